//! The integration tests, in one binary so that they link once.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::print_stdout)]

mod bad_input;
mod checks;
mod cli;
mod conformance;
mod contact_sync;
mod creator;
mod floors;
mod reference;
mod workflow_rule;
