//! The program `sluice`. Everything is in the library's room `cli`.

use std::process::ExitCode;

fn main() -> ExitCode {
    sluice::cli::main()
}
