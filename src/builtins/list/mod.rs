//! Functions of LIST. Lists are shared: what changes one is seen by every variable that holds it. Whatever compares
//! elements works on a copy of them, because an element may be, or contain, the list itself.

pub(super) mod access;
pub(super) mod change;
pub(super) mod derive;
pub(super) mod element;
