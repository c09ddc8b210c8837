//! A program with its constants made into values, which belong to one thread. A thread makes them once for all runs of
//! the program, and for each function when it is first called.

use std::cell::OnceCell;
use std::sync::Arc;

use crate::program::{Code, Program};
use crate::value::Value;

/// A program as one thread runs it.
#[derive(Debug)]
pub struct Loaded {
    program: Arc<Program>,
    constants: Vec<OnceCell<Box<[Value]>>>,
}

impl Loaded {
    /// Prepares a program for this thread.
    pub fn new(program: Arc<Program>) -> Self {
        let constants = program.codes().iter().map(|_| OnceCell::new()).collect();
        Self { program, constants }
    }

    /// The program.
    pub fn program(&self) -> &Arc<Program> {
        &self.program
    }

    /// A function and its constants; nothing for a number that is no function of the program.
    #[inline]
    pub(super) fn function(&self, number: usize) -> Option<(&Code, &[Value])> {
        let code = self.program.codes().get(number)?;
        let constants = self.constants.get(number)?;
        Some((code, constants.get_or_init(|| code.constants.iter().map(|constant| constant.to_value()).collect())))
    }
}
