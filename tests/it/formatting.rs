//! Formatting changes no script: tokens, comments and checks stay, and formatting again changes nothing. Tried on every
//! script of the tests, and on scripts made at random with blanks and comments in every gap.

use std::cell::Cell;
use std::fs;
use std::path::Path;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value;
use sluice::Engine;
use sluice::program::Options;
use sluice::source::Source;
use sluice::syntax::{Dialect, format};

#[test]
fn every_script_of_the_tests_keeps_what_it_says() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let engine = Engine::builder().build().unwrap();
    let mut scripts = vec![fs::read_to_string(root.join("scripts/contact_sync.dg")).unwrap()];
    for entry in fs::read_dir(root.join("tests/conformance")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "jsonl") {
            let cases = fs::read_to_string(path).unwrap();
            let cases = cases.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
            scripts.extend(cases.map(|case| case["script"].as_str().unwrap().to_owned()));
        }
    }
    let (mut formatted, mut refused) = (0, 0);
    for script in &scripts {
        match keeps(&engine, script) {
            true => formatted += 1,
            false => refused += 1,
        }
    }
    println!("{formatted} scripts were formatted, {refused} do not parse");
    assert!(formatted > 1200 && refused < formatted / 8);
}

/// Formats a script and compares; false if it does not parse.
fn keeps(engine: &Engine, script: &str) -> bool {
    let format = |text: &str| format(&Source::new("script", text), Dialect::Portable);
    let once = match format(script) {
        Ok(once) => once,
        Err(found) => {
            assert!(found.iter().all(|one| one.code != "syntax::not-formatted"), "{script}");
            return false;
        }
    };
    assert_eq!(format(&once).as_ref(), Ok(&once), "not settled:\n{script}");
    assert_eq!(essence(&once), essence(script), "{script}\nbecame\n{once}");
    assert_eq!(found(engine, &once), found(engine, script), "{script}\nbecame\n{once}");
    true
}

/// All that is no blank and no brace, which is more than tokens and comments need and less than they have: braces are
/// added only where they are missing, which is compared by what is found.
fn essence(script: &str) -> String {
    script.chars().filter(|letter| !letter.is_whitespace() && !"{}\u{feff}".contains(*letter)).collect()
}

/// The codes of what checking finds, but for the braces that formatting adds.
fn found(engine: &Engine, script: &str) -> Vec<String> {
    let (_, found) = engine.check(&Source::new("script", script), &Options::default());
    found.into_iter().filter(|one| one.code != "syntax::missing-braces").map(|one| one.code.to_string()).collect()
}

#[test]
fn random_scripts_keep_what_they_say() {
    let engine = Engine::builder().build().unwrap();
    let kept = Cell::new(0);
    let config = ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() };
    let mut runner = proptest::test_runner::TestRunner::new_with_rng(
        config,
        proptest::test_runner::TestRng::deterministic_rng(proptest::test_runner::RngAlgorithm::ChaCha),
    );
    let scripts = (vec(statement(), 0..6), vec(filler(), 1..60));
    runner
        .run(&scripts, |(statements, fillers)| {
            let mut fillers = fillers.iter().cycle();
            let words: Vec<String> = statements.concat();
            let script = words.iter().fold(String::new(), |text, word| text + word + " " + fillers.next().unwrap());
            // A line end in an unlucky place is read as a sign that a bracket is missing; such scripts are refused.
            kept.set(kept.get() + u32::from(keeps(&engine, &script)));
            Ok(())
        })
        .unwrap_or_else(|error| panic!("{error}"));
    println!("{} of 600 random scripts were formatted", kept.get());
    assert!(kept.get() > 500);
}

/// What may stand between two tokens, besides a blank.
fn filler() -> impl Strategy<Value = &'static str> {
    select(vec![
        "",
        "",
        "",
        "",
        "",
        "\n",
        "\r\n",
        "\t",
        "\n\n\n",
        "// a\n",
        "/* b */",
        "\n/* c\n d */\n",
        "\n// e \n\n",
    ])
}

fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

fn value() -> impl Strategy<Value = Vec<String>> {
    let leaf =
        select(vec!["1", "2.5", "\"a  b\nc\"", "'d // e'", "x", "null", "zoho . currentdate", "{ }", "[ ]", "- 1"]);
    let long = "\"a long text that fills most of the line on which it stands, and makes most lines too long for it\"";
    let leaf = prop_oneof![4 => leaf.prop_map(words), 1 => Just(vec![long.to_owned()])];
    leaf.prop_recursive(4, 24, 4, |inner| {
        let list = |open: &'static str, close: &'static str| {
            vec(inner.clone(), 1..4).prop_map(move |items| {
                let mut all = words(open);
                for (at, item) in items.into_iter().enumerate() {
                    all.extend(if at > 0 { words(",") } else { Vec::new() });
                    all.extend(item);
                }
                all.extend(words(close));
                all
            })
        };
        let operator = select(vec!["+", "-", "*", "==", "&&", "||", "<", "in"]);
        prop_oneof![
            list("{", "}"),
            list("[", "]"),
            list("f (", ")"),
            list("x . get (", ") . size ( )"),
            (inner.clone(), inner.clone()).prop_map(|(key, value)| [
                words("{ \"k\" :"),
                key,
                words(", \"l\" :"),
                value,
                words("}")
            ]
            .concat()),
            (inner.clone(), operator, inner.clone()).prop_map(|(left, operator, right)| {
                [words("("), left, words(operator), right, words(")")].concat()
            }),
            inner.clone().prop_map(|value| [words("! ("), value, words(")")].concat()),
            (inner.clone(), inner.clone(), inner.clone())
                .prop_map(|(a, b, c)| { [words("if ("), a, words(","), b, words(","), c, words(")")].concat() }),
        ]
    })
}

fn statement() -> impl Strategy<Value = Vec<String>> {
    let simple = prop_oneof![
        value().prop_map(|value| [words("x ="), value, words(";")].concat()),
        value().prop_map(|value| [words("info"), value, words(";")].concat()),
        value().prop_map(|value| [words("x . y +="), value, words(";")].concat()),
        (value(), value()).prop_map(|(url, body)| {
            [words("r = invokeurl [ url :"), url, words("type : POST body :"), body, words("content-type : x ] ;")]
                .concat()
        }),
        Just(words("return ;")),
        Just(words("return x ;")),
    ];
    simple.prop_recursive(3, 12, 3, |inner| {
        let block = vec(inner.clone(), 0..3).prop_map(|body| [words("{"), body.concat(), words("}")].concat());
        prop_oneof![
            (value(), block.clone()).prop_map(|(test, body)| [words("if ("), test, words(")"), body].concat()),
            (value(), inner.clone(), block.clone()).prop_map(|(test, one, other)| {
                [words("if ("), test, words(")"), one, words("else"), other].concat()
            }),
            (value(), block.clone(), value(), inner).prop_map(|(first, one, second, other)| {
                [words("if ("), first, words(")"), one, words("else if ("), second, words(")"), other].concat()
            }),
            (value(), block.clone()).prop_map(|(list, body)| [words("for each x in"), list, body].concat()),
            (block.clone(), block)
                .prop_map(|(body, handler)| { [words("try"), body, words("catch ( e )"), handler].concat() }),
        ]
    })
}
