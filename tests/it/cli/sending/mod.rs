//! What connections send: each authentication type in each place, whose credentials, and what no edit, parameter or
//! redirect can make of them.

mod edits;
mod hosts;
mod placement;
mod users;
