//! A program with its constants made into values, which belong to one thread. A thread makes them once for all runs of
//! the program, and for each function when it is first called. The rows of built-ins that it calls are kept with them.

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;
use std::sync::{Arc, Weak};

use super::rows::Rows;
use crate::program::{Code, Program};
use crate::value::{Failure, Guess, Value};

/// A program as one thread runs it.
#[derive(Debug)]
pub struct Loaded {
    program: Arc<Program>,
    made: Rc<Made>,
}

/// What a thread makes of a program.
#[derive(Debug)]
struct Made {
    functions: Box<[Function]>,
    rows: Rows,
}

#[derive(Debug)]
struct Function {
    code: Arc<Code>,
    constants: OnceCell<Box<[Value]>>,
    /// What its instructions on maps remember.
    guesses: OnceCell<Box<[Guess]>>,
}

/// What was made of a program that may be gone.
type Kept = (Weak<Program>, Rc<Made>);

/// Of how many programs a thread keeps the constants.
const KEPT_PROGRAMS: usize = 64;

thread_local! {
    /// What this thread has made of programs, the latest last, for their next runs. It keeps no program alive.
    static KEPT: RefCell<Vec<Kept>> = const { RefCell::new(Vec::new()) };
}

impl Loaded {
    /// Prepares a program for this thread.
    pub fn new(program: Arc<Program>) -> Self {
        let made = KEPT.with_borrow_mut(|kept| made_of(&program, kept));
        Self { program, made }
    }

    /// The program.
    pub fn program(&self) -> &Arc<Program> {
        &self.program
    }

    /// The rows of built-ins that it calls.
    #[inline]
    pub(super) fn rows(&self) -> &Rows {
        &self.made.rows
    }

    /// A function and its constants; a failure for a number that is no function of the program.
    #[inline]
    pub(super) fn function(&self, number: usize) -> Result<(&Code, &[Value]), Failure> {
        let Some(Function { code, constants, .. }) = self.made.functions.get(number) else {
            return Err(Failure::internal("a function that does not exist was called"));
        };
        Ok((code, constants.get_or_init(|| code.constants.iter().map(|constant| constant.to_value()).collect())))
    }

    /// What the instructions of a function remember of the maps that they met; nothing for a number that is no function.
    #[inline]
    pub(super) fn guesses(&self, number: usize) -> &[Guess] {
        let Some(Function { code, guesses, .. }) = self.made.functions.get(number) else { return &[] };
        guesses.get_or_init(|| (0..code.guesses).map(|_| Guess::default()).collect())
    }
}

fn made_of(program: &Arc<Program>, kept: &mut Vec<Kept>) -> Rc<Made> {
    if let Some((_, known)) = kept.iter().find(|(of, _)| of.as_ptr() == Arc::as_ptr(program)) {
        return Rc::clone(known);
    }
    kept.retain(|(of, _)| of.strong_count() > 0);
    if kept.len() >= KEPT_PROGRAMS {
        kept.remove(0);
    }
    let codes = program.codes().iter();
    let functions = codes
        .map(|code| Function { code: Arc::clone(code), constants: OnceCell::new(), guesses: OnceCell::new() })
        .collect();
    let made = Rc::new(Made { functions, rows: Rows::default() });
    kept.push((Arc::downgrade(program), Rc::clone(&made)));
    made
}
