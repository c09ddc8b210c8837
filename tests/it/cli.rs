//! The command line as a person or a CI job meets it: the real program is started for every case, in a folder of its own,
//! and what it prints, sends and answers with its exit code is compared.

mod arguments;
mod authorize;
mod cassette;
mod checking;
mod connection_cases;
mod connections;
pub mod credentials;
mod dates;
mod default_services;
mod demo;
mod diagnostics;
#[cfg(unix)]
mod doctor;
mod documents;
mod explain;
mod export;
mod formatting;
#[cfg(target_os = "linux")]
mod full_disk;
mod functions;
pub mod harness;
mod library;
mod limits;
mod mail;
mod mocks;
#[cfg(unix)]
mod moving;
mod network;
mod oauth;
mod proxy;
#[cfg(unix)]
mod refusals;
mod secrecy;
mod sending;
pub mod server;
mod service_definitions;
mod services;
pub mod signing_in;
#[cfg(target_os = "linux")]
mod starting;
mod streams;
mod token_answers;
mod tracing;
mod vault;
mod web;
