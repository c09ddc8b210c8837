//! The referee: a room uses only rooms on lower floors. Every `crate::` and `super::` path outside comments and texts
//! counts, not only `use` lines.

use std::fs;
use std::path::{Path, PathBuf};

/// The rooms by floor, the lowest first.
const FLOORS: &[&[&str]] = &[
    &["source", "secret"],
    &["diagnostic", "http"],
    &["value", "syntax", "connections"],
    &["criteria", "effect", "environment"],
    &["catalogue", "host"],
    &["program", "builtins", "tasks"],
    &["vm"],
    &["engine"],
    &["project", "sandbox", "reference"],
    &["repl"],
    &["cli"],
];

#[test]
fn every_room_uses_only_lower_floors() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut wrong = Vec::new();
    let mut paths = 0;
    for file in rust_files(&source) {
        let relative = file.strip_prefix(&source).unwrap();
        let Some(room) = relative.components().next().map(|first| first.as_os_str().to_str().unwrap()) else {
            continue;
        };
        if matches!(room, "lib.rs" | "main.rs") {
            continue;
        }
        let own = floor(room).unwrap_or_else(|| panic!("`src/{room}` stands on no floor; add it to FLOORS"));
        for used in used_rooms(&fs::read_to_string(&file).unwrap(), relative) {
            paths += 1;
            // A macro that is exported stands at the root, wherever it is written.
            if used == room || used == "data" {
                continue;
            }
            match floor(&used) {
                Some(below) if below < own => {}
                Some(_) => wrong.push(format!("{}: `{room}` may not use `{used}`", relative.display())),
                None => wrong.push(format!("{}: `{used}` is no room", relative.display())),
            }
        }
    }
    assert!(paths > 100, "the referee saw only {paths} paths");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_file_says_what_it_is_and_stays_small() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for file in rust_files(&source) {
        let text = fs::read_to_string(&file).unwrap();
        let is_test = file.to_str().unwrap().contains("tests");
        let begins = text.starts_with("//!") || text.starts_with("#![doc");
        assert!(begins || is_test, "{} does not say at its top what it is", file.display());
        assert!(text.lines().count() <= 800, "{} has more than 800 lines", file.display());
    }
}

#[test]
fn the_referee_sees_paths_and_not_comments() {
    let text = "use crate::{value::Data, vm};\n// crate::cli\nlet x = super::super::super::http::get(\"crate::host\");";
    assert_eq!(used_rooms(text, Path::new("engine/deep/file.rs")), ["value", "vm", "http"]);
    assert_eq!(used_rooms("use super::http;", Path::new("engine/mod.rs")), ["http"]);
    assert_eq!(used_rooms("use super::http;", Path::new("engine/file.rs")), Vec::<String>::new());
}

fn floor(room: &str) -> Option<usize> {
    FLOORS.iter().position(|rooms| rooms.contains(&room))
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// The rooms that the paths of a file begin in.
fn used_rooms(text: &str, file: &Path) -> Vec<String> {
    let code = without_comments_and_texts(text);
    let mut rooms = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let before = code[..at].chars().next_back();
        if !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':' || c == '$') {
            rooms.extend(first_names(&code[at + "crate::".len()..]));
        }
    }
    // `super` leads out of the room when it is repeated more often than the file lies deep.
    let depth = file.components().count() - usize::from(file.file_name().is_some_and(|name| name == "mod.rs"));
    let mut rest = code.as_str();
    while let Some(at) = rest.find("super::") {
        let supers = rest[at..].split("super::").skip(1).take_while(|piece| piece.is_empty()).count() + 1;
        let after = &rest[at + supers * "super::".len()..];
        if supers >= depth {
            // Inside an inline module one `super` less leads out, so what is no room is one of the file's own names.
            rooms.extend(first_names(after).into_iter().filter(|name| floor(name).is_some()));
        }
        rest = after;
    }
    rooms
}

/// The first segment of a path, or of each path in braces.
fn first_names(path: &str) -> Vec<String> {
    let name = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let Some(list) = path.strip_prefix('{') else { return vec![name(path)] };
    let (mut names, mut depth, mut piece) = (Vec::new(), 0, String::new());
    for character in list.chars() {
        match character {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => names.push(name(std::mem::take(&mut piece).trim())),
            _ if depth == 0 => piece.push(character),
            _ => {}
        }
    }
    names.push(name(piece.trim()));
    names.retain(|name| !name.is_empty());
    names
}

fn without_comments_and_texts(text: &str) -> String {
    let mut code = String::new();
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '/' if characters.peek() == Some(&'/') => {
                characters.by_ref().find(|c| *c == '\n');
                code.push('\n');
            }
            '"' => {
                while let Some(inside) = characters.next() {
                    match inside {
                        '\\' => drop(characters.next()),
                        '"' => break,
                        _ => {}
                    }
                }
                code.push_str("\"\"");
            }
            '\'' if characters.clone().nth(1) == Some('\'') || characters.peek() == Some(&'\\') => {
                // A character literal, which may be a quote.
                if characters.next() == Some('\\') {
                    characters.next();
                }
                characters.by_ref().find(|c| *c == '\'');
                code.push_str("' '");
            }
            other => code.push(other),
        }
    }
    code
}
