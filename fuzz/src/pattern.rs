//! Any regular expression on any text ends, with an answer or with an error that says what it is, and makes nothing larger
//! than the limit.

use sluice::builtins;
use sluice::catalogue::{Builtin, Call};
use sluice::environment::{Environment, Random, Randomness};
use sluice::value::{Answers, Cycles, Value};

use super::{halves, in_time};

/// The functions that take a pattern, with the number of texts behind the receiver.
const FUNCTIONS: [(&str, usize); 3] = [("matches", 1), ("replaceAll", 2), ("replaceFirst", 2)];
/// The limit on what is made.
const LARGEST: usize = 50_000;
/// A text that patterns with nested repetitions find hard.
const HARD: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab\nÄé 12,34";

/// The first part of the bytes is the pattern, then come the text and the replacement.
pub fn check(bytes: &[u8]) {
    let (pattern, rest) = halves(bytes);
    let (text, replacement) = halves(rest.as_bytes());
    for text in [text.as_str(), HARD] {
        for (name, count) in FUNCTIONS {
            let arguments: Vec<Value> =
                [text, &pattern, &replacement].map(Value::from).into_iter().take(count + 1).collect();
            call(row(name), &arguments);
        }
    }
}

fn call(row: &Builtin, arguments: &[Value]) {
    let environment = Environment::default();
    let (mut random, mut cycles) = (Random::new(Randomness::Seed(1)), Cycles::default());
    let mut call = Call {
        environment: &environment,
        random: &mut random,
        cycles: &mut cycles,
        answers: &mut Answers::default(),
        largest: LARGEST,
        elements: LARGEST,
        memory: 100 * LARGEST,
    };
    match in_time(|| (row.run)(&mut call, arguments)) {
        Ok(value) => assert!(value.as_text().is_none_or(|text| text.len() <= LARGEST), "{} made too much", row.name),
        Err(failure) => {
            let report = failure.report();
            assert!(report.code != "run::internal" && !report.message.is_empty(), "{report:?}");
        }
    }
}

fn row(name: &str) -> &'static Builtin {
    let rows = builtins::tables().iter().flat_map(|table| table.iter());
    rows.into_iter().find(|row| row.name == name).unwrap_or_else(|| panic!("there is no {name}"))
}
