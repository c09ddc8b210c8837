//! Any pattern on any text ends.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| sluice_fuzz::pattern::check(bytes));
