//! What is read as JSON is written and read again.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| sluice_fuzz::json::check(bytes));
