//! Makes the parser from `grammar/deluge.lalrpop` into `$OUT_DIR/deluge.rs`. A published crate carries the generated
//! file instead of the grammar, so that whoever builds it need not run LALRPOP: before `cargo package`, copy
//! `target/*/build/sluice-*/out/deluge.rs` to `grammar/deluge.rs`; the manifest excludes `grammar/*.lalrpop`.

use std::error::Error;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
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
