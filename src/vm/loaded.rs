//! A program with its constants made into values, which belong to one thread. A thread makes them once for all runs of
//! the program, and for each function when it is first called.

use std::cell::OnceCell;
use std::sync::Arc;

use crate::program::{Code, Program};
use crate::value::{Failure, Value};

/// A program as one thread runs it.
#[derive(Debug)]
pub struct Loaded {
    program: Arc<Program>,
    functions: Vec<Function>,
}

#[derive(Debug)]
struct Function {
    code: Arc<Code>,
    constants: OnceCell<Box<[Value]>>,
}

impl Loaded {
    /// Prepares a program for this thread.
    pub fn new(program: Arc<Program>) -> Self {
        let codes = program.codes().iter();
        let functions = codes.map(|code| Function { code: Arc::clone(code), constants: OnceCell::new() }).collect();
        Self { program, functions }
    }

    /// The program.
    pub fn program(&self) -> &Arc<Program> {
        &self.program
    }

    /// A function and its constants; a failure for a number that is no function of the program.
    #[inline]
    pub(super) fn function(&self, number: usize) -> Result<(&Code, &[Value]), Failure> {
        let Some(Function { code, constants }) = self.functions.get(number) else {
            return Err(Failure::internal("a function that does not exist was called"));
        };
        Ok((code, constants.get_or_init(|| code.constants.iter().map(|constant| constant.to_value()).collect())))
    }
}
