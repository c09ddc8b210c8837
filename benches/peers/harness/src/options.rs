//! The options; none is needed.

/// What the command line says.
pub struct Options {
    /// `--peers a,b`: these only. Sluice is always measured.
    pub peers: Option<Vec<String>>,
    /// `--workloads x,y`: these only; `waiting` stands for the scripts that wait.
    pub workloads: Option<Vec<String>>,
    /// `--repeats N`: how often everything is measured.
    pub repeats: usize,
    /// `--write`: writes the tables into docs/performance.md.
    pub write: bool,
    /// `--bars`: a bar that is not met makes the exit code 1.
    pub bars: bool,
    /// `--built`: uses the runners that are there.
    pub built: bool,
}

const USAGE: &str = "usage: harness [--peers a,b] [--workloads x,y] [--repeats N] [--write] [--bars] [--built]";

impl Options {
    /// Reads the words of the command line.
    pub fn of(words: &[String]) -> Result<Self, String> {
        let mut options = Self { peers: None, workloads: None, repeats: 5, write: false, bars: false, built: false };
        let mut words = words.iter();
        while let Some(word) = words.next() {
            let mut value = || words.next().ok_or_else(|| format!("{word} needs a value; {USAGE}"));
            match word.as_str() {
                "--peers" => options.peers = Some(list(value()?)),
                "--workloads" => options.workloads = Some(list(value()?)),
                "--repeats" => {
                    let said = value()?;
                    let number = said.parse().ok().filter(|number| *number > 0);
                    options.repeats = number.ok_or_else(|| format!("`{said}` is no number of repeats"))?;
                }
                "--write" => options.write = true,
                "--bars" => options.bars = true,
                "--built" => options.built = true,
                other => return Err(format!("`{other}` is no option; {USAGE}")),
            }
        }
        if options.write && (options.peers.is_some() || options.workloads.is_some()) {
            return Err("--write replaces the tables, and so wants everything to be measured".to_owned());
        }
        Ok(options)
    }

    /// Whether a workload is to be measured.
    pub fn wants(&self, workload: &str) -> bool {
        self.workloads.as_ref().is_none_or(|names| names.iter().any(|name| name == workload))
    }

    /// Whether a peer is to be measured.
    pub fn wants_peer(&self, peer: &str) -> bool {
        peer.starts_with("sluice") || self.peers.as_ref().is_none_or(|names| names.iter().any(|name| name == peer))
    }
}

fn list(text: &str) -> Vec<String> {
    text.split(',').map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
}
