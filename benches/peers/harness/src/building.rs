//! Building the runners, and finding or installing the rest. What is not to be had is told in the table, with the reason.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::Places;
use crate::options::Options;
use crate::peer::{Family, PEERS, Peer, Source};
use crate::workload::Mode;

/// The newest version of the package when this was written; it is asked for by number, so that figures can be had again.
const COMPAT: &str = "deluge-compat[cli]==1.2.11";

/// How each peer is started.
pub struct Tools {
    /// The command for a script, and that for a whole program, or why there is none.
    found: BTreeMap<&'static str, Result<Tool, String>>,
}

/// One peer's commands.
#[derive(Clone)]
struct Tool {
    measure: Vec<OsString>,
    start: Vec<OsString>,
    is_runner: bool,
}

impl Tools {
    /// The command to which script and mode are added.
    pub fn command(&self, peer: &Peer, mode: Mode) -> Result<Vec<OsString>, String> {
        let tool = self.found.get(peer.name).cloned().unwrap_or_else(|| Err("was not asked for".to_owned()))?;
        Ok(if mode == Mode::Start { tool.start } else { tool.measure })
    }

    /// Whether its whole program is a runner, which is told the mode.
    pub fn is_runner(&self, peer: &Peer) -> bool {
        matches!(self.found.get(peer.name), Some(Ok(tool)) if tool.is_runner)
    }

    /// Whether a peer takes part in workloads of this mode.
    pub fn has_mode(&self, peer: &Peer, mode: Mode) -> bool {
        peer.source != Source::Command || mode == Mode::Start
    }
}

/// Builds and finds everything that the options ask for.
pub fn tools(places: &Places, options: &Options) -> Tools {
    let meant = PEERS.iter().filter(|peer| options.wants_peer(peer.name));
    let found = meant.map(|peer| {
        let tool = tool(peer, places, options);
        if let Err(reason) = &tool {
            eprintln!("{} is missing: {reason}", peer.name);
        }
        (peer.name, tool)
    });
    Tools { found: found.collect() }
}

fn tool(peer: &Peer, places: &Places, options: &Options) -> Result<Tool, String> {
    let script = |name: &str| places.peers.join("runners").join(name).into_os_string();
    match peer.source {
        Source::Crate(_) => {
            let runner = peer.runner();
            if !options.built {
                // The program that waits embeds Sluice as well; together they build it once.
                let both = ["-p", &runner, "-p", "waiting"];
                let what = if peer.family == Family::Sluice { &both[..] } else { &both[..2] };
                cargo(places, what, &places.peers)?;
            }
            let program = vec![existing(&places.target.join("release").join(&runner))?];
            Ok(Tool { measure: program.clone(), start: program, is_runner: true })
        }
        Source::Command => {
            if !options.built {
                cargo(places, &["--bin", "sluice"], &places.repository)?;
            }
            let program = existing(&places.target.join("release/sluice"))?;
            Ok(Tool { measure: Vec::new(), start: vec![program, "run".into()], is_runner: false })
        }
        Source::Lua => {
            let lua =
                || "install the packages lua5.4 and lua-cjson of Debian (apt-get install lua5.4 lua-cjson)".to_owned();
            run(Command::new("lua5.4").args(["-e", "require 'cjson'"])).map_err(|_| lua())?;
            let lua = OsString::from("lua5.4");
            Ok(Tool { measure: vec![lua.clone(), script("run.lua")], start: vec![lua], is_runner: false })
        }
        Source::Python => {
            run(Command::new("python3").arg("--version")).map_err(|_| "install python3".to_owned())?;
            let python = python(places);
            Ok(Tool { measure: vec![python.clone(), script("run.py")], start: vec![python], is_runner: false })
        }
        Source::Compat => {
            let folder = places.made.join("python");
            let (python, program) = (folder.join("bin/python"), folder.join("bin/deluge-run"));
            if !program.exists() {
                eprintln!("installing {COMPAT}");
                run(Command::new("python3").args(["-m", "venv"]).arg(&folder))?;
                run(Command::new(&python).args(["-m", "pip", "install", "--quiet", COMPAT]))?;
            }
            let measure = vec![existing(&python)?, script("deluge_compat.py")];
            Ok(Tool { measure, start: vec![existing(&program)?], is_runner: false })
        }
    }
}

/// The interpreter itself: what is on the path may be a script that chooses one, and takes longer than Python.
fn python(places: &Places) -> OsString {
    let ask =
        Command::new("python3").args(["-c", "import sys; print(sys.executable)"]).current_dir(&places.made).output();
    let path = ask.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned()).unwrap_or_default();
    if path.is_empty() { "python3".into() } else { path.into() }
}

/// Builds in the release profile; cargo shows its progress.
pub fn cargo(places: &Places, what: &[&str], folder: &Path) -> Result<(), String> {
    eprintln!("building {}", what.join(" "));
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(["build", "--release"]).args(what).current_dir(folder).arg("--target-dir").arg(&places.target);
    let status = command.status().map_err(|error| error.to_string())?;
    if status.success() { Ok(()) } else { Err("its runner does not build here".to_owned()) }
}

fn existing(path: &Path) -> Result<OsString, String> {
    if path.exists() { Ok(path.into()) } else { Err(format!("there is no {}", path.display())) }
}

fn run(command: &mut Command) -> Result<(), String> {
    let output = command.stdin(Stdio::null()).output().map_err(|error| error.to_string())?;
    let told = String::from_utf8_lossy(&output.stderr);
    if output.status.success() { Ok(()) } else { Err(told.lines().last().unwrap_or("it failed").to_owned()) }
}
