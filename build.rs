//! Lists the files of `services/` and makes the parser from `grammar/deluge.lalrpop` into `$OUT_DIR/deluge.rs`. A published crate carries the generated
//! file instead of the grammar, so that whoever builds it need not run LALRPOP: before `cargo package`, copy
//! `target/*/build/sluice-*/out/deluge.rs` to `grammar/deluge.rs`; the manifest excludes `grammar/*.lalrpop`.

use std::error::Error;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    pack_relocations();
    order_functions();
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
/// into memory, and takes a twentieth less time. Linkers that somebody chose may not know such lists, and debug builds have
/// other functions.
fn order_functions() {
    println!("cargo:rerun-if-changed=start.ld");
    let is_linux = std::env::var("CARGO_CFG_TARGET_OS").is_ok_and(|system| system == "linux");
    let is_release = std::env::var("PROFILE").is_ok_and(|profile| profile == "release");
    let is_chosen = std::env::var_os("RUSTC_LINKER").is_some()
        || std::env::var("CARGO_ENCODED_RUSTFLAGS").is_ok_and(|flags| flags.contains("link"));
    if is_linux && is_release && !is_chosen {
        let list = Path::new(&std::env::var("CARGO_MANIFEST_DIR").unwrap_or_default()).join("start.ld");
        println!("cargo:rustc-link-arg-bins=-T{}", list.display());
    }
}

/// Packs the addresses that the loader adjusts at every start, on systems whose loader reads the packed form (glibc from
/// 2.36 on): a start then reads some 140 pages less, which is a third of what a short script costs.
fn pack_relocations() {
    let target = |name: &str| std::env::var(format!("CARGO_CFG_TARGET_{name}")).unwrap_or_default();
    if target("OS") == "linux" && target("ENV") == "gnu" {
        println!("cargo:rustc-link-arg-bins=-Wl,-z,pack-relative-relocs");
    }
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
