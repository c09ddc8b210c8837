//! Lists the files of `services/` and makes the parser from `grammar/deluge.lalrpop` into `$OUT_DIR/deluge.rs`. A published crate carries the generated
//! file instead of the grammar, so that whoever builds it need not run LALRPOP: before `cargo package`, copy
//! `target/*/build/sluice-*/out/deluge.rs` to `grammar/deluge.rs`; the manifest excludes `grammar/*.lalrpop`.

use std::error::Error;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    fix_addresses();
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

/// Links the program for a fixed address where the system's linker is asked for it: a program that may stand anywhere has its
/// tables (names, texts, examples: 700 KB) written by the loader at every start, page by page, which took a third of the time
/// of a short script. Libraries, heap and stack stand at random addresses as before.
fn fix_addresses() {
    let target = |name: &str| std::env::var(format!("CARGO_CFG_TARGET_{name}")).unwrap_or_default();
    let is_static = target("FEATURE").split(',').any(|feature| feature == "crt-static");
    if target("OS") == "linux" && target("ENV") == "gnu" && !is_static {
        println!("cargo:rustc-link-arg-bins=-no-pie");
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
