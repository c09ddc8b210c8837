//! The files that are made of the rows. `UPDATE=1 cargo test --test it reference` writes them anew.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::{Path, PathBuf};

use sluice::reference::{Book, compatibility, pages};

#[test]
fn the_pages_are_those_of_the_rows() {
    let folder = root().join("docs/reference");
    let wanted: BTreeMap<String, String> = made().into_iter().collect();
    if updates() {
        fs::create_dir_all(&folder).unwrap();
        for name in names(&folder).into_iter().filter(|name| !wanted.contains_key(name)) {
            fs::remove_file(folder.join(name)).unwrap();
        }
        for (name, text) in &wanted {
            fs::write(folder.join(name), text).unwrap();
        }
    }
    let stale: Vec<&String> =
        wanted.iter().filter(|(name, text)| read(&folder.join(name)) != **text).map(|(name, _)| name).collect();
    let extra: Vec<String> = names(&folder).into_iter().filter(|name| !wanted.contains_key(name)).collect();
    assert!(
        stale.is_empty() && extra.is_empty(),
        "docs/reference is not that of the rows (stale: {stale:?}, no page of it: {extra:?}); \
         UPDATE=1 cargo test --test it reference writes it anew"
    );
}

#[test]
fn the_lists_of_what_differs_are_those_of_the_rows() {
    let path = root().join("COMPATIBILITY.md");
    let text = read(&path);
    let wanted = compatibility(&text, &Book::new(&super::catalogue()));
    for name in ["counts", "differs", "not here"] {
        assert_eq!(text.matches(&format!("<!-- rows: {name} -->")).count(), 1, "{name}");
    }
    assert_eq!(text.matches("<!-- rows: ").count(), 3, "a mark has an unknown name");
    assert_eq!(text.matches("<!-- end -->").count(), 3, "a mark has no end");
    if updates() {
        fs::write(&path, &wanted).unwrap();
    }
    assert!(
        read(&path) == wanted,
        "COMPATIBILITY.md is not that of the rows; UPDATE=1 cargo test --test it reference writes it anew"
    );
}

#[test]
fn the_same_rows_make_the_same_pages() {
    assert_eq!(made(), made());
}

#[test]
fn every_link_of_the_pages_leads_somewhere() {
    let pages: HashMap<String, String> = made().into_iter().collect();
    let mut wrong = Vec::new();
    let mut links = 0;
    for (name, text) in &pages {
        for (at, _) in text.match_indices("](") {
            let target = text[at + 2..].split(')').next().unwrap();
            links += 1;
            if target.starts_with("https://www.zoho.com/") {
                continue;
            }
            let (file, anchor) = target.split_once('#').unwrap_or((target, ""));
            let page = if file.is_empty() { Some(text) } else { pages.get(file) };
            if !page.is_some_and(|page| anchor.is_empty() || anchors(page).iter().any(|known| known == anchor)) {
                wrong.push(format!("{name}: {target}"));
            }
        }
    }
    assert!(links > 300, "only {links} links were seen");
    assert!(wrong.is_empty(), "{} links lead nowhere:\n{}", wrong.len(), wrong.join("\n"));
}

/// The anchors of a page's headings, as Markdown renderers number them.
fn anchors(page: &str) -> Vec<String> {
    let headings = page.lines().filter_map(|line| line.strip_prefix("## "));
    let plain = |heading: &str| heading.to_lowercase().chars().filter(|c| c.is_alphanumeric() || *c == '-').collect();
    let plain: Vec<String> = headings.map(plain).collect();
    let numbered = |(at, name): (usize, &String)| match plain[..at].iter().filter(|known| *known == name).count() {
        0 => name.clone(),
        before => format!("{name}-{before}"),
    };
    plain.iter().enumerate().map(numbered).collect()
}

fn made() -> Vec<(String, String)> {
    let mut made = pages(&Book::new(&super::catalogue()));
    made.push((super::services::NAME.to_owned(), super::services::page()));
    made
}

fn updates() -> bool {
    std::env::var_os("UPDATE").is_some()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_default()
}

fn names(folder: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}
