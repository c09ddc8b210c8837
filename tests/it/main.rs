//! The integration tests, in one binary so that they link once.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::print_stdout)]

mod axum_rules;
mod bad_input;
mod checks;
mod cli;
mod collections;
mod conformance;
mod contact_sync;
mod creator;
mod criteria;
mod dependencies;
mod editors;
mod faults;
mod floors;
mod formatting;
mod fuzzing;
mod host_functions;
mod links;
mod messages;
mod number_tables;
mod peers;
mod reference;
mod repl;
mod requests;
mod rotation;
mod tenants;
mod workflow_rule;
