//! Script files: which files are scripts, and how their bytes become a source. A file that is not UTF-8 is a script that
//! does not parse, not a file that cannot be read: it is reported with its line like any other mistake in it.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::{Error, Export, Project};
use crate::diagnostic::Diagnostic;
use crate::source::{Source, Span};

/// The endings of script files.
const ENDINGS: [&str; 3] = ["dg", "deluge", "ds"];

/// More is never read of one file; the parser refuses a quarter of it.
const MOST_BYTES: u64 = 64_000_000;

/// The text of a script.
#[derive(Clone, Debug)]
pub struct Script {
    /// The text; where bytes were none, it has the replacement character.
    pub source: Source,
    /// Set when the bytes were no text.
    pub broken: Option<Diagnostic>,
}

impl Script {
    /// Reads a file; its path is the source's name.
    ///
    /// # Errors
    /// [`Error::File`] when it is missing, a folder, too large, or not ours to read.
    pub fn read(path: &Path) -> Result<Self, Error> {
        let fail = |error: std::io::Error| Error::file(path, &error);
        let refuse = |reason: &str| Error::File { path: path.to_owned(), reason: reason.to_owned() };
        let file = File::open(path).map_err(fail)?;
        if file.metadata().map_err(fail)?.is_dir() {
            return Err(refuse("it is a folder"));
        }
        let mut bytes = Vec::new();
        file.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(fail)?;
        if bytes.len() as u64 > MOST_BYTES {
            return Err(refuse("it is larger than any script may be"));
        }
        Ok(Self::new(path.display().to_string(), bytes))
    }

    /// Makes a script of bytes that came from elsewhere, such as standard input.
    pub fn new(name: impl Into<String>, bytes: Vec<u8>) -> Self {
        let name: String = name.into();
        let bytes = match String::from_utf8(bytes) {
            Ok(text) => return Self { source: Source::new(name, text), broken: None },
            Err(error) => error.into_bytes(),
        };
        let offset = bytes.utf8_chunks().next().map_or(0, |chunk| chunk.valid().len());
        let source = Source::new(name, String::from_utf8_lossy(&bytes).into_owned());
        let line = source.line(u32::try_from(offset).unwrap_or(u32::MAX));
        let message =
            format!("the script is not UTF-8: the byte at offset {offset}, on line {line}, begins no character");
        let help = match bytes.as_slice() {
            [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => "this looks like UTF-16; save it as UTF-8",
            _ => "save it as UTF-8; older exports may be Windows-1252",
        };
        let place = Span::new(offset, offset + '\u{fffd}'.len_utf8());
        let broken = Diagnostic::error("syntax::not-utf8", message).at(place, "here").help(help);
        Self { source, broken: Some(broken) }
    }

    /// Whether only the name speaks for Creator: scripts of other services are kept under that ending too.
    pub fn is_creator_by_name(&self) -> bool {
        self.looks_like_creator().is_some() && !uses_thisapp(self.source.text()) && Export::read(&self.source).is_none()
    }

    /// Why this script is read in Creator's dialect when nothing else was said; `None` when nothing speaks for it.
    pub fn looks_like_creator(&self) -> Option<&'static str> {
        let is_export =
            Path::new(self.source.name()).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("ds"));
        if is_export {
            Some("it is a .ds file")
        } else {
            uses_thisapp(self.source.text()).then_some("it uses `thisapp.`")
        }
    }
}

/// The scripts below a folder, sorted: by their endings, and in a project those that `include` names too. Hidden folders
/// and `target` are left out, and links to folders are not followed.
///
/// # Errors
/// A folder that cannot be read.
pub fn scripts_below(folder: &Path, project: Option<&Project>) -> Result<Vec<PathBuf>, Error> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let fail = |error: std::io::Error| Error::file(&folder, &error);
        for entry in std::fs::read_dir(&folder).map_err(fail)? {
            let entry = entry.map_err(fail)?;
            let (path, name) = (entry.path(), entry.file_name());
            if name.to_string_lossy().starts_with('.') {
                continue;
            }
            if entry.file_type().map_err(fail)?.is_dir() {
                if name != "target" {
                    folders.push(path);
                }
            } else if (is_script(&path) || project.is_some_and(|project| project.includes(&path))) && path.is_file() {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

fn is_script(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known)))
}

fn uses_thisapp(text: &str) -> bool {
    const WORD: &str = "thisapp.";
    text.match_indices(WORD).any(|(at, _)| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        !before.is_some_and(|letter| letter.is_alphanumeric() || matches!(letter, '_' | '.' | '"' | '\''))
    })
}
