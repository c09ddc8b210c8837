//! Signing in from the command line, against a provider on loopback, with a browser that only follows addresses.

mod browser;
mod by_hand;
mod guide;
pub mod person;
