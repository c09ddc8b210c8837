//! JSON, read straight into values and written straight from them.

mod lenient;
mod read;
mod scan;
mod strict;
#[cfg(test)]
mod tests;
mod write;

pub(super) use read::{NUMBER_TOKEN, number};
pub use read::{heft, parse, parse_lenient};
pub use write::{write, write_aggregate, write_text};
