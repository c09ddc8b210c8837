//! Numbers in words and by patterns, against tables that the originals gave: ICU's spell-out rules for the words, Java's
//! `DecimalFormat` for the patterns (`null` where it refuses a pattern). Columns are separated by tabs.

use sluice::program::Options;
use sluice::source::Source;
use sluice::{Engine, Run};

const WORDS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/numbers/words.tsv");
const FORMATS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/numbers/formats.tsv");

#[test]
fn numbers_in_words_are_those_of_icu() {
    compare(WORDS, |language, number| format!("info ({number}).toWords(\"{language}\");"));
}

#[test]
fn formatted_numbers_are_those_of_java() {
    compare(FORMATS, |number, pattern| format!("info ({number}).text(\"{pattern}\");"));
}

/// Runs one statement for each line and compares what it prints with the third column.
fn compare(table: &str, statement: fn(&str, &str) -> String) {
    let table = std::fs::read_to_string(table).unwrap();
    let rows: Vec<Vec<&str>> = table.lines().map(|line| line.split('\t').collect()).collect();
    let engine = Engine::builder().build().unwrap();
    let mut wrong = Vec::new();
    for rows in rows.chunks(500) {
        let script: String = rows.iter().map(|row| statement(row[0], row[1]) + "\n").collect();
        let (program, diagnostics) = engine.check(&Source::new("table", script), &Options::default());
        let outcome = engine.run_blocking(&program.unwrap_or_else(|| panic!("{diagnostics:?}")), Run::script());
        outcome.result.unwrap();
        assert_eq!(outcome.info.len(), rows.len());
        for (row, printed) in rows.iter().zip(&outcome.info) {
            if row[2] != printed {
                wrong.push(format!("{row:?}: {printed}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {} differ:\n{}", wrong.len(), rows.len(), wrong.join("\n"));
}
