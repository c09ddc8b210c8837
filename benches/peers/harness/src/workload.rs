//! The workloads: a folder each, with `workload.toml` and a script per language.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::options::Options;
use crate::peer::Peer;
use crate::{Places, input};

/// One workload, ready to be run.
pub struct Workload {
    /// The name of its folder.
    pub name: String,
    /// What `workload.toml` says.
    pub told: Told,
    /// The text that its scripts read, as a file.
    pub input: Option<PathBuf>,
    folder: PathBuf,
    made: PathBuf,
}

/// `workload.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Told {
    /// Which of the classes of docs/performance.md it belongs to.
    pub class: u8,
    /// What it does, in a few words.
    pub title: String,
    /// What a reader should know about it.
    #[serde(default)]
    pub note: String,
    /// What every script must return.
    pub answer: String,
    /// What is measured.
    pub mode: Mode,
    /// The name of a generated file, see `input.rs`.
    pub input: Option<String>,
    /// How often the template is repeated, with its number in the place of `{i}`, to make the script.
    pub repeat: Option<usize>,
    /// Peers, or languages by their ending, that compute with floats what others compute exactly.
    #[serde(default)]
    pub floats: Vec<String>,
    /// About what these return.
    pub answer_float: Option<f64>,
    /// How far from that.
    #[serde(default)]
    pub tolerance: f64,
    /// Peers, or languages by their ending, that cannot run it, and why.
    #[serde(default)]
    pub without: BTreeMap<String, String>,
}

/// What is measured; the runners know the same modes.
#[derive(Clone, Copy, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// The time of a run.
    Run,
    /// The time until a text is compiled.
    Compile,
    /// The time of many runs of a program that was compiled once.
    Rule,
    /// The time of a process.
    Start,
}

impl Mode {
    /// As the runners call it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Run => "run",
            Self::Compile => "compile",
            Self::Rule => "rule",
            Self::Start => "start",
        }
    }
}

/// All that the options ask for, by class and name.
pub fn all(places: &Places, options: &Options) -> Result<Vec<Workload>, String> {
    let folder = places.peers.join("workloads");
    let entries = std::fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut names: Vec<String> = entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| options.wants(name))
        .collect();
    names.sort_unstable();
    let mut all = names.into_iter().map(|name| read(places, name)).collect::<Result<Vec<_>, _>>()?;
    all.sort_by_key(|workload| workload.told.class);
    Ok(all)
}

fn read(places: &Places, name: String) -> Result<Workload, String> {
    let folder = places.peers.join("workloads").join(&name);
    let told = text(&folder.join("workload.toml"))?;
    let told: Told = toml::from_str(&told).map_err(|error| format!("{name}/workload.toml: {error}"))?;
    let input = told.input.as_deref().map(|input| given(places, input)).transpose()?;
    let made = places.made.join("scripts").join(&name);
    Ok(Workload { name, told, input, folder, made })
}

/// The file of an input.
fn given(places: &Places, name: &str) -> Result<PathBuf, String> {
    let text = input::make(name).ok_or_else(|| format!("there is no recipe for the input {name}"))?;
    let path = places.made.join(name);
    std::fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(path)
}

impl Workload {
    /// The script for a peer, or why there is none.
    pub fn script(&self, peer: &Peer) -> Result<PathBuf, String> {
        if let Some(reason) = self.told.without.get(peer.name).or_else(|| self.told.without.get(peer.extension)) {
            return Err(reason.clone());
        }
        if self.told.repeat.is_some() && self.folder.join(format!("template.{}", peer.extension)).exists() {
            return self.generated(peer.extension, 1);
        }
        let script = self.folder.join(format!("script.{}", peer.extension));
        if script.exists() { Ok(script) } else { Err(format!("has no script.{}", peer.extension)) }
    }

    /// The script made of the template, so many times as long as it is to be.
    pub fn generated(&self, extension: &str, times: usize) -> Result<PathBuf, String> {
        let template = text(&self.folder.join(format!("template.{extension}")))?;
        let repeat = self.told.repeat.unwrap_or(1) * times;
        let script: String = (0..repeat).map(|number| template.replace("{i}", &number.to_string())).collect();
        std::fs::create_dir_all(&self.made).map_err(|error| error.to_string())?;
        let path = self.made.join(format!("script-{times}.{extension}"));
        std::fs::write(&path, script).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(path)
    }

    /// Whether a peer computes with floats here what is exact elsewhere.
    pub fn is_float(&self, peer: &Peer) -> bool {
        self.told.floats.iter().any(|name| name == peer.name || name == peer.extension)
    }

    /// Whether an answer is the right one.
    pub fn is_right(&self, peer: &Peer, answer: &str) -> bool {
        match self.told.answer_float {
            Some(about) if self.is_float(peer) => {
                answer.parse().is_ok_and(|answer: f64| (answer - about).abs() <= self.told.tolerance)
            }
            // Whole programs print what they like around it; runners their figures.
            _ if self.told.mode == Mode::Start => answer.contains(&self.told.answer),
            _ => answer == self.told.answer,
        }
    }
}

fn text(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}
