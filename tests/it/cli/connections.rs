//! The life of a connection as a person leads it: made, tested, switched off, revoked, edited, made again, deleted.

mod deleting;
mod editing;
mod listing;
mod samples;
mod signing_in;
mod states;
mod testing;
mod users;
