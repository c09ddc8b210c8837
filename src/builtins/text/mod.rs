//! Functions of TEXT. Positions count characters (Unicode scalar values), never bytes; a number, a boolean or a caught
//! error as receiver is made text first (help page "reverse").

pub(super) mod case;
pub(super) mod change;
pub(super) mod compare;
pub(super) mod cut;
pub(super) mod filter;
pub(super) mod replace;
pub(super) mod search;
