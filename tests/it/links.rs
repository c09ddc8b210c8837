//! Links between the documents lead to files and headings that are there. The pages of the reference have a test of their
//! own; links to the Internet are not followed.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

const FOLDERS: &[&str] = &["", "docs/decisions", "docs/errors", "docs/guide", "editors"];

#[test]
fn links_between_documents_lead_somewhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (mut wrong, mut links) = (Vec::new(), 0);
    for file in FOLDERS.iter().flat_map(|folder| documents(&root.join(folder))) {
        for target in targets(&fs::read_to_string(&file).unwrap()) {
            links += 1;
            let (path, heading) = target.split_once('#').unwrap_or((target.as_str(), ""));
            let page = if path.is_empty() { file.clone() } else { file.parent().unwrap().join(path) };
            let is_right = match heading {
                "" => page.exists(),
                heading => fs::read_to_string(&page).is_ok_and(|text| headings(&text).contains(heading)),
            };
            if !is_right {
                wrong.push(format!("{}: {target}", file.display()));
            }
        }
    }
    assert!(links > 50, "only {links} links were seen");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn documents(folder: &Path) -> Vec<PathBuf> {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files.filter(|path| path.extension().is_some_and(|ending| ending == "md")).collect()
}

/// The lines that are not part of a block of code.
fn prose(text: &str) -> impl Iterator<Item = &str> {
    text.split("```").step_by(2).flat_map(str::lines)
}

fn targets(text: &str) -> Vec<String> {
    let after = prose(text).flat_map(|line| line.split("](").skip(1));
    let targets = after.filter_map(|rest| rest.split_once(')')).map(|(target, _)| target.to_owned());
    targets.filter(|target| !target.starts_with("http")).collect()
}

/// The headings as Markdown renderers name them in links.
fn headings(text: &str) -> BTreeSet<String> {
    let names = prose(text).filter(|line| line.starts_with('#')).map(|line| line.trim_start_matches('#').trim());
    let kept = |letter: &char| letter.is_alphanumeric() || matches!(letter, ' ' | '-' | '_');
    names.map(|name| name.to_lowercase().chars().filter(kept).collect::<String>().replace(' ', "-")).collect()
}
