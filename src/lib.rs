#![doc = include_str!("../docs/guide/embedding.md")]
//!
//! # The modules
//!
//! They stand in reading order; each uses only modules on a lower floor of the table in `ARCHITECTURE.md`.

pub mod source;

pub mod secret;

pub mod diagnostic;

pub mod http;

pub mod value;

#[doc(hidden)] // Words, tokens and trees, for the tests, the fuzz targets and the grammars of editors.
pub mod syntax;

pub mod connections;

pub mod criteria;

pub mod effect;

pub mod environment;

#[doc(hidden)] // The rows of the language with their function pointers, for the tests of the reference.
pub mod catalogue;

pub mod host;

#[doc(hidden)] // Instructions and their verifier, for the fuzz targets; `Program` stands below.
pub mod program;

#[doc(hidden)] // For the tests of the rows.
pub mod builtins;

#[doc(hidden)] // For the tests of the rows.
pub mod tasks;

#[doc(hidden)] // The machine, for the tests; its limits stand below.
pub mod vm;

pub mod engine;

#[doc(hidden)] // Files of the command line, for its tests and the fuzz targets.
pub mod project;

#[doc(hidden)] // The pages of the reference, for the tests that write them.
pub mod reference;

#[cfg(feature = "server")]
#[doc(hidden)] // For the tests, which send their requests to it.
pub mod sandbox;

#[cfg(feature = "repl")]
mod repl;

#[cfg(feature = "cli")]
#[doc(hidden)] // For the binary, which calls `main`.
pub mod cli;

pub use connections::{Connections, Location};
pub use engine::{
    Builder, Engine, Error, Info, Mapping, Outcome, Performed, Progress, Record, RecordKeys, Refused, Run,
};
pub use environment::Environment;
pub use program::{Library, Options as CompileOptions, Program};
pub use secret::Secret;
pub use syntax::Dialect;
pub use value::Data;
pub use vm::{Called, Limits, Trouble, Usage};

// Their types stand in those of this library; a program that names them needs the same versions.
#[doc(no_inline)]
pub use {bytes, jiff, serde_json, url};

/// Its examples run with the tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
