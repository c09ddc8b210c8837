//! The machine that runs programs. It does no I/O and waits for nothing: [`Machine::resume`] runs until the script needs
//! something from the world, until its slice of work is spent, or to the end, and hands that out as a [`Step`]. A
//! waiting script is this plain structure, a few kilobytes, on no thread.

mod allowance;
mod arithmetic;
mod builtin;
mod container;
mod execute;
mod frame;
mod kept;
mod limits;
mod loaded;
mod machine;
mod meter;
mod origins;
mod registers;
mod rows;
mod steps;
mod trouble;

pub use kept::Kept;
pub use limits::{Limits, PROFILES, Usage};
pub use loaded::Loaded;
pub use machine::Machine;
pub use trouble::{Called, Trouble};

use crate::effect::Effect;
use crate::value::Data;

/// An `info` line and where it was printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printed {
    /// What is shown.
    pub text: String,
    /// The line of the statement, from 1.
    pub line: u32,
    /// The text that the statement stands in, among the program's sources; 0 is the script.
    pub file: usize,
}

/// Why the machine stopped for now.
#[derive(Debug)]
pub enum Step {
    /// The script wants this; resume with the reply.
    Effect(Box<Effect>),
    /// The slice is spent; resume without a reply when others had their turn.
    Pause,
    /// The run is over.
    Done(Result<Data, Box<Trouble>>),
}

#[cfg(test)]
mod tests;
