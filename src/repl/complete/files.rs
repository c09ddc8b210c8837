//! Files and folders behind a command.

use std::path::Path;

use super::candidate::{Candidate, Candidates};

/// So many entries of a folder are looked at.
const MOST_ENTRIES: usize = 5_000;

/// Adds what is in the folder that `typed` names, as far as it fits; a folder is inserted with a slash. Gives the length of
/// the last part of `typed`, which a candidate takes the place of.
pub(super) fn complete(typed: &str, folder: &Path, only_folders: bool, found: &mut Candidates) -> usize {
    let at = typed.rfind(std::path::is_separator).map_or(0, |at| at + 1);
    let (above, part) = typed.split_at_checked(at).unwrap_or(("", typed));
    let Ok(entries) = std::fs::read_dir(folder.join(above)) else { return part.len() };
    let mut candidates = Vec::new();
    for entry in entries.take(MOST_ENTRIES).flatten() {
        let Ok(name) = entry.file_name().into_string() else { continue };
        let is_hidden = name.starts_with('.') && !part.starts_with('.');
        if is_hidden || !name.starts_with(part) {
            continue;
        }
        // A link counts as what it leads to.
        let is_folder = std::fs::metadata(entry.path()).is_ok_and(|data| data.is_dir());
        if is_folder {
            let name = format!("{name}/");
            candidates.push(Candidate::new(&name, ""));
        } else if !only_folders {
            candidates.push(Candidate::new(&name, ""));
        }
    }
    found.add_sorted(candidates);
    part.len()
}
