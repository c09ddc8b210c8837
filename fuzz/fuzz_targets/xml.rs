//! Any path on any document ends, and any value can be written.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| sluice_fuzz::xml::check(bytes));
