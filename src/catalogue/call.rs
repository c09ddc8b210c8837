//! What a body may use besides its arguments.

use crate::environment::{Environment, Random};
use crate::value::{Answers, Cycles};

/// The surroundings of one call.
#[derive(Debug)]
pub struct Call<'a> {
    /// What the run was told about the world.
    pub environment: &'a Environment,
    /// The random numbers of the run.
    pub random: &'a mut Random,
    /// Where containers that take another container are remembered.
    pub cycles: &'a mut Cycles,
    /// What came with the answers that the script holds.
    pub answers: &'a mut Answers,
    /// The longest text that a call may make, in bytes.
    pub largest: usize,
    /// The largest list or map that a call may make, in elements or pairs.
    pub elements: usize,
    /// The most memory that a call may take, in bytes. A built-in that would need more says so before it changes anything:
    /// it is called again when weighing finds that there is more.
    pub memory: usize,
}
