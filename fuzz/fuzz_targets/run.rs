//! What compiles is run in a world that answers oddly.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| sluice_fuzz::run::check(bytes));
