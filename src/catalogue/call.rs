//! What a body may use besides its arguments.

use crate::environment::{Environment, Random};
use crate::value::Cycles;

/// The surroundings of one call.
#[derive(Debug)]
pub struct Call<'a> {
    /// What the run was told about the world.
    pub environment: &'a Environment,
    /// The random numbers of the run.
    pub random: &'a mut Random,
    /// Where containers that take another container are remembered.
    pub cycles: &'a mut Cycles,
    /// The longest text, in bytes, and the longest list or map that a call may make.
    pub largest: usize,
}
