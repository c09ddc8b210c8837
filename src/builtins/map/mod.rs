//! Functions of KEY-VALUE. Pairs keep the order in which they were put; keys are strict about kind and case.

pub(super) mod access;
pub(super) mod change;
