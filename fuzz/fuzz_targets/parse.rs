//! Any bytes are parsed; what is said about them points into the text.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| sluice_fuzz::parse::check(bytes));
