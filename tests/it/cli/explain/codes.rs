//! The codes that the program can show, read from its sources: texts in quotes of the form `room::kebab-case`.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::super::harness::goldens;

/// Every code in `src`, leaving out tests.
pub fn in_sources() -> BTreeSet<String> {
    // The codes of limits are put together while running, and their goldens are complete.
    let mut codes: BTreeSet<String> = in_goldens().into_iter().filter(|code| code.starts_with("limits::")).collect();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_stem().unwrap().to_str().unwrap();
            if name == "tests" {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else {
                let text = fs::read_to_string(&path).unwrap();
                // Tests inside a file stand at its end.
                let shipped = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
                // Examples in documentation have codes of applications.
                let code: Vec<&str> = shipped.lines().filter(|line| !line.trim_start().starts_with("///")).collect();
                codes.extend(code.join("\n").split('"').filter(|text| is_code(text)).map(str::to_owned));
            }
        }
    }
    codes
}

/// The codes that have a file below `tests/goldens/diagnostics/`.
pub fn in_goldens() -> BTreeSet<String> {
    let mut codes = BTreeSet::new();
    for room in fs::read_dir(goldens().join("diagnostics")).unwrap() {
        let room = room.unwrap().path();
        for file in fs::read_dir(&room).unwrap() {
            let file = file.unwrap().path();
            let name = |path: &Path| path.file_stem().unwrap().to_str().unwrap().to_owned();
            codes.insert(format!("{}::{}", name(&room), name(&file)));
        }
    }
    codes
}

/// Whether a text is nothing but a code: lower case, digits and single hyphens on both sides of the colons.
fn is_code(text: &str) -> bool {
    let is_name = |name: &str| {
        let is_word = |word: &str| {
            !word.is_empty() && word.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit())
        };
        name.split('-').all(is_word)
    };
    text.split_once("::").is_some_and(|(room, name)| is_name(room) && is_name(name))
}
