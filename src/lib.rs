#![doc = include_str!("../README.md")]
//!
//! The modules stand in reading order; each uses only modules on a lower floor of the table in `ARCHITECTURE.md`.

pub mod source;

pub mod secret;

pub mod diagnostic;

pub mod http;

pub mod value;

pub mod syntax;

pub mod connections;

pub mod criteria;

pub mod effect;

pub mod environment;

pub mod catalogue;

pub mod host;

pub mod program;

pub mod builtins;

pub mod tasks;

pub mod vm;

pub mod engine;

pub mod project;

pub mod reference;

#[cfg(feature = "server")]
pub mod sandbox;

#[cfg(feature = "repl")]
pub mod repl;

#[cfg(feature = "cli")]
pub mod cli;

pub use connections::Location;
pub use engine::{Builder, Engine, Error, Mapping, Outcome, Record, RecordKeys, Refused, Run};
pub use program::Program;
pub use secret::Secret;
pub use value::Data;
