//! The prompt without its terminal: what an input is, how values are shown, what can be completed. It prints nothing and
//! knows no options; `cli` reads the keys and performs the commands.

pub mod command;
pub mod complete;
mod error;
pub mod helper;
pub mod highlight;
pub mod hint;
pub mod history;
pub mod input;
pub mod measure;
pub mod paging;
pub mod pretty;
mod script;
pub mod session;

pub use error::Error;
