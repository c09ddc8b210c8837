//! What parses is formatted, and formatting loses nothing.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| sluice_fuzz::format::check(bytes));
