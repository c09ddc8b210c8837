//! What runs allocate and hold, counted by the allocator: a binary of its own, because an allocator is the whole program's.
//! Counts are the same on every machine, whatever else it does; times are not.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod allocations;
mod leaks;
mod limits;
mod suspended;

use std::alloc::System;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use peakmem_alloc::PeakMemAlloc;
use sluice::{Engine, Program};
use stats_alloc::{INSTRUMENTED_SYSTEM, StatsAlloc};

/// One crate counts allocations, the other finds the peak; both take a block that grows for one block, as the system does.
#[global_allocator]
static HEAP: PeakMemAlloc<&StatsAlloc<System>> = PeakMemAlloc::new(&INSTRUMENTED_SYSTEM);

/// The counters are the program's, so tests measure one after the other.
fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// How many allocations there were so far; a block that grows counts as one.
fn allocations() -> usize {
    let stats = INSTRUMENTED_SYSTEM.stats();
    stats.allocations + stats.reallocations
}

/// An engine, and a script compiled by it.
fn compiled(script: &str) -> (Engine, Arc<Program>) {
    let engine = Engine::builder().build().unwrap();
    let program = engine.compile("script.dg", script).unwrap_or_else(|refused| panic!("{script}\n{refused}"));
    (engine, program)
}
