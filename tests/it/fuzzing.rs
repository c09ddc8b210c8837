//! The promises that `scripts/fuzz` tries on inputs bred by libFuzzer, kept on every build with inputs that need no nightly
//! toolchain: scripts of the tests, damaged in the same ways each time.

#[path = "../../fuzz/src/lib.rs"]
mod promises;

use std::fs;
use std::path::Path;

use serde_json::Value;

/// How many damaged scripts are tried; about a second of work in a build without optimisation.
const SCRIPTS: usize = 300;
/// How many damaged texts of each other kind.
const TEXTS: usize = 150;

/// What is done with the bytes of a damaged script; it panics when a promise is broken.
type Check = fn(&[u8]);

#[test]
fn damaged_scripts_keep_the_promises() {
    let scripts = scripts();
    let words = words();
    let mut dice = Dice(0x5eed_0001);
    for _ in 0..SCRIPTS {
        let script = dice.damaged(&scripts, &words);
        watched(&script, promises::parse::check);
        watched(&script, promises::format::check);
        watched(&script, promises::run::check);
    }
}

#[test]
fn damaged_texts_of_other_kinds_keep_the_promises() {
    let words = words();
    let checks: [(&str, Check); 4] = [
        ("json", promises::json::check),
        ("xml", promises::xml::check),
        ("pattern", promises::pattern::check),
        ("toml", promises::toml::check),
    ];
    for (kind, check) in checks {
        let seeds = seeds(kind);
        let mut dice = Dice(0x5eed_0002);
        for _ in 0..TEXTS {
            watched(&dice.damaged(&seeds, &words), check);
        }
    }
}

/// Checks a text, and shows it when it breaks a promise.
fn watched(text: &str, check: fn(&[u8])) {
    let shown = Shown(text);
    check(text.as_bytes());
    std::mem::forget(shown);
}

struct Shown<'t>(&'t str);

impl Drop for Shown<'_> {
    fn drop(&mut self) {
        println!("with this text:\n{:?}", self.0);
    }
}

fn scripts() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut scripts = vec![fs::read_to_string(root.join("scripts/contact_sync.dg")).unwrap()];
    for file in ["language", "text-number-logical", "collections-dates-files"] {
        let cases = fs::read_to_string(root.join(format!("tests/conformance/{file}.jsonl"))).unwrap();
        let cases = cases.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        scripts.extend(cases.map(|case| case["script"].as_str().unwrap().to_owned()));
    }
    // The forms that few cases have; they are more often damaged than the others.
    (0..20).for_each(|_| scripts.extend(seeds("scripts")));
    scripts
}

/// The inputs of a kind that are kept for libFuzzer.
fn seeds(kind: &str) -> Vec<String> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds.txt");
    let text = fs::read_to_string(file).unwrap();
    let seeds = text.lines().filter_map(|line| line.strip_prefix(kind)?.strip_prefix(':'));
    let unescaped = [("\\0", "\0"), ("\\n", "\n"), ("\\t", "\t"), ("\\\\", "\\")];
    let seeds: Vec<String> =
        seeds.map(|seed| unescaped.iter().fold(seed.to_owned(), |seed, (from, to)| seed.replace(from, to))).collect();
    assert!(!seeds.is_empty(), "{kind}");
    seeds
}

/// The words of libFuzzer's dictionary, without its escapes for single bytes.
fn words() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let dictionary = fs::read_to_string(root.join("fuzz/deluge.dict")).unwrap();
    let words = dictionary.lines().filter_map(|line| line.strip_prefix('"')?.strip_suffix('"'));
    words.filter(|word| !word.contains("\\x")).map(|word| word.replace("\\\"", "\"").replace("\\\\", "\\")).collect()
}

/// Numbers that look random and are the same each time (xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides.max(1) as u64) as usize
    }

    /// One of the texts with one to four pieces cut out, doubled, replaced by a word or by a piece of another text.
    fn damaged(&mut self, texts: &[String], words: &[String]) -> String {
        let mut letters: Vec<char> = texts[self.below(texts.len())].chars().collect();
        for _ in 0..=self.below(4) {
            let from = self.below(letters.len() + 1);
            let to = (from + self.below(12)).min(letters.len());
            let piece: Vec<char> = match self.below(5) {
                0 => Vec::new(),
                1 => letters[from..to].repeat(2),
                2 => {
                    let other: Vec<char> = texts[self.below(texts.len())].chars().collect();
                    let start = self.below(other.len());
                    other.into_iter().skip(start).take(20).collect()
                }
                _ => words[self.below(words.len())].chars().collect(),
            };
            letters.splice(from..to, piece);
        }
        letters.into_iter().collect()
    }
}
