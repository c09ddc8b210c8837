//! What the figures were taken on.

use std::path::Path;
use std::process::Command;

use crate::Places;
use crate::building::Tools;
use crate::peer::{PEERS, Source};
use crate::workload::Mode;

/// Lines that say which machine, which compiler, and which versions of everybody.
pub fn describe(places: &Places, tools: &Tools) -> String {
    let cpu = read("/proc/cpuinfo");
    let model = cpu.lines().find_map(|line| line.strip_prefix("model name")?.split_once(':'));
    let model = model.map_or("a processor without a name", |(_, name)| name.trim());
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let kernel = read("/proc/sys/kernel/osrelease");
    let rustc = told("rustc", &["--version"]).unwrap_or_default();
    let commit = told("git", &["-C", &places.repository.to_string_lossy(), "rev-parse", "--short", "HEAD"]);
    let commit = commit.map(|commit| format!(" (commit {commit})")).unwrap_or_default();
    format!(
        "{model}, {cores} cores; Linux {}; {rustc}.\nSluice {}{commit}; {}.\n",
        kernel.trim(),
        locked(places, "sluice").unwrap_or_default(),
        versions(places, tools).join(", ")
    )
}

fn versions(places: &Places, tools: &Tools) -> Vec<String> {
    let mut all = Vec::new();
    for peer in PEERS.iter().skip(2) {
        let Ok(command) = tools.command(peer, Mode::Run) else { continue };
        let ask = |words: &[&str]| command.first().and_then(|program| told(&program.to_string_lossy(), words));
        let version = match peer.source {
            Source::Crate("mlua") => {
                let engine = if peer.name == "luau" { "luau0-src" } else { "lua-src" };
                let locked = |package| locked(places, package).unwrap_or_default();
                Some(format!("mlua {}, {engine} {}", locked("mlua"), locked(engine)))
            }
            Source::Crate(package) => locked(places, package),
            Source::Command => None,
            Source::Lua => ask(&["-v"]).and_then(|line| line.split_whitespace().nth(1).map(str::to_owned)),
            Source::Python => ask(&["--version"]).and_then(|line| line.split_whitespace().nth(1).map(str::to_owned)),
            Source::Compat => ask(&["-c", "import importlib.metadata as m; print(m.version('deluge-compat'))"]),
        };
        all.push(format!(
            "{} {}",
            peer.name,
            version.map_or_else(
                || "of an unknown version".to_owned(),
                |version| { if version.contains(' ') { format!("({version})") } else { version } }
            )
        ));
    }
    all
}

/// The version of a package in Cargo.lock; the newest where there are several.
fn locked(places: &Places, package: &str) -> Option<String> {
    let lock: toml::Table = read(places.peers.join("Cargo.lock")).parse().ok()?;
    let packages = lock.get("package")?.as_array()?.iter();
    let versions = packages.filter(|entry| entry.get("name").and_then(toml::Value::as_str) == Some(package));
    versions.filter_map(|entry| entry.get("version")?.as_str()).next_back().map(str::to_owned)
}

fn read(path: impl AsRef<Path>) -> String {
    std::fs::read_to_string(path).unwrap_or_default()
}

fn told(program: &str, words: &[&str]) -> Option<String> {
    let output = Command::new(program).args(words).output().ok()?;
    let line = String::from_utf8_lossy(&output.stdout).lines().next()?.trim().to_owned();
    (!line.is_empty()).then_some(line)
}
