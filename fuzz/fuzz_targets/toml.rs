//! Any settings, service or connections are read or refused with a reason.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| sluice_fuzz::toml::check(bytes));
