//! Lists the files of `services/` and makes the parser from `grammar/deluge.lalrpop` into `$OUT_DIR/deluge.rs`. A published crate carries the generated
//! file instead of the grammar, so that whoever builds it need not run LALRPOP: before `cargo package`, copy
//! `target/*/build/sluice-*/out/deluge.rs` to `grammar/deluge.rs`; the manifest excludes `grammar/*.lalrpop`.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::Command;

fn main() -> Result<(), Box<dyn Error>> {
    order_functions();
    link_unwinder_statically();
    list_services()?;
    let grammar = Path::new("grammar/deluge.lalrpop");
    let packaged = Path::new("grammar/deluge.rs");
    let out = std::env::var("OUT_DIR")?;
    if grammar.exists() {
        lalrpop::Configuration::new()
            .emit_rerun_directives(true)
            .emit_whitespace(false)
            .set_in_dir("grammar")
            .set_out_dir(&out)
            .process()?;
    } else {
        println!("cargo:rerun-if-changed={}", packaged.display());
        std::fs::copy(packaged, Path::new(&out).join("deluge.rs"))?;
    }
    Ok(())
}

/// Puts together what a short run calls (`scripts/order` wrote the list): a start then brings a third less of the program
/// into memory, and takes a twentieth less time. Debug builds have other functions.
fn order_functions() {
    println!("cargo:rerun-if-changed=start.ld");
    if is_release_for_linux() {
        println!("cargo:rustc-link-arg-bins=-T{}", here("start.ld").display());
    }
}

/// Takes what walks up the stack after a panic from gcc's static library, where there is one: a start in which the loader does not
/// open the shared one takes a twentieth less time. Rust asks for `gcc_s` by name, so what is found first by that name is a
/// file that leads to the other library.
fn link_unwinder_statically() {
    let is_native = std::env::var("HOST").ok() == std::env::var("TARGET").ok();
    if is_native && is_for("ENV", "gnu") && is_release_for_linux() && has_static_unwinder() {
        println!("cargo:rustc-link-arg-bins=-L{}", here("linking").display());
    }
}

fn has_static_unwinder() -> bool {
    // A compiler that does not find the file answers with its bare name.
    let asked = Command::new("cc").arg("-print-file-name=libgcc_eh.a").output();
    asked.is_ok_and(|answer| Path::new(String::from_utf8_lossy(&answer.stdout).trim()).is_absolute())
}

/// Linkers that somebody chose may not know what the usual ones know.
fn is_release_for_linux() -> bool {
    let is_release = std::env::var("PROFILE").is_ok_and(|profile| profile == "release");
    let is_chosen = std::env::var_os("RUSTC_LINKER").is_some()
        || std::env::var("CARGO_ENCODED_RUSTFLAGS").is_ok_and(|flags| flags.contains("link"));
    is_for("OS", "linux") && is_release && !is_chosen
}

fn is_for(what: &str, value: &str) -> bool {
    std::env::var(format!("CARGO_CFG_TARGET_{what}")).is_ok_and(|target| target == value)
}

fn here(path: &str) -> PathBuf {
    Path::new(&std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join(path)
}

/// Writes the list of default services: a file that is put into `services/` is a service, without a line of Rust.
fn list_services() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=services");
    let mut files =
        std::fs::read_dir("services")?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<Vec<_>>>()?;
    files.retain(|file| file.extension().is_some_and(|extension| extension == "toml"));
    files.sort();
    let mut list = String::from("&[\n");
    for file in files {
        let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let path = file.canonicalize()?;
        list.push_str(&format!("    ({name:?}, include_str!({:?})),\n", path.to_string_lossy()));
    }
    list.push_str("]\n");
    std::fs::write(Path::new(&std::env::var("OUT_DIR")?).join("default_services.rs"), list)?;
    Ok(())
}
