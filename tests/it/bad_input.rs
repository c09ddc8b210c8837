//! Input that nobody meant: huge, deep, broken. Each gives a clear diagnostic with a code; none panics or hangs.

use sluice::diagnostic::{Colour, Severity, render};
use sluice::program::Options;
use sluice::source::Source;
use sluice::{Engine, Run};

/// The codes of the errors, and the printed lines when there are none.
fn judge(script: &str) -> Result<Vec<String>, Vec<String>> {
    let engine = Engine::builder().build().unwrap();
    let source = Source::new("bad.dg", script);
    let (program, diagnostics) = engine.check(&source, &Options::default());
    for found in &diagnostics {
        assert!(found.code.contains("::") && !found.message.is_empty(), "{found:?}");
        assert!(!render(found, &source, Colour::Off).is_empty());
    }
    match program {
        Some(program) => {
            let outcome = engine.run_blocking(&program, Run::script());
            outcome.result.map(|_| outcome.info).map_err(|trouble| vec![trouble.code])
        }
        None => {
            let errors = diagnostics.into_iter().filter(|found| found.severity == Severity::Error);
            Err(errors.map(|found| found.code.to_string()).collect())
        }
    }
}

fn first_code(script: &str) -> String {
    judge(script).unwrap_err().first().cloned().unwrap()
}

#[test]
fn broken_scripts_name_the_form_that_is_broken() {
    let cases = [
        ("info \"abc;\ninfo 1;", "syntax::unterminated-text"),
        ("/* open", "syntax::unterminated-comment"),
        ("if(true)\n{\n\tinfo 1;", "syntax::unbalanced"),
        ("info 1\ninfo 2;", "syntax::missing-semicolon"),
        ("x = invokeurl\n[\n\turl :\"https://a.test\"\n\tpqrs :1\n];", "check::unknown-attribute"),
        ("x = 1 > 0 ? 1 : 2;", "syntax::not-deluge"),
        ("while(true)\n{\n\tinfo 1;\n}", "syntax::not-deluge"),
        ("x++;", "syntax::not-deluge"),
    ];
    for (script, code) in cases {
        assert_eq!(first_code(script), code, "{script}");
    }
}

#[test]
fn a_ten_megabyte_script_is_run() {
    let line = "total = total + 1; // a line of a very long script, with a comment that makes it longer\n";
    let script = format!("total = 0;\n{}info total;", line.repeat(10_000_000 / line.len()));
    assert_eq!(judge(&script), Ok(vec![(10_000_000 / line.len()).to_string()]));
}

#[test]
fn two_million_terms_are_added() {
    let script = format!("a = 1;\ninfo a{};", "+a".repeat(2_000_000));
    assert_eq!(judge(&script), Ok(vec!["2000001".to_owned()]));
}

#[test]
fn two_hundred_thousand_brackets_are_refused() {
    for (open, close) in [("(", ")"), ("[", "]"), ("{", "}"), ("!", ""), ("-", "")] {
        let script = format!("x = {}1{};", open.repeat(200_000), close.repeat(200_000));
        match judge(&script) {
            // A run of `!` is folded too, and 1 is no condition.
            Err(codes) if open == "!" => assert_eq!(codes, ["run::not-a-condition"]),
            Err(codes) => assert!(codes.iter().any(|code| code == "syntax::too-deep"), "{open}: {codes:?}"),
            Ok(_) => assert_eq!(open, "-", "only signs are folded, however many there are"),
        }
    }
    assert_eq!(first_code(&"(".repeat(200_000)), "syntax::too-deep");
    assert_eq!(first_code(&"if(true){".repeat(200_000)), "syntax::too-deep");
}

#[test]
fn long_chains_of_calls_and_branches_are_flat() {
    let calls = format!("x = \"a\"{}; info x;", ".trim()".repeat(50_000));
    assert_eq!(judge(&calls), Ok(vec!["a".to_owned()]));
    let branches = format!("x = 3; if(x == 1) {{ }} {} else {{ info \"end\"; }}", "else if(x == 2) { }".repeat(20_000));
    assert_eq!(judge(&branches), Ok(vec!["end".to_owned()]));
}

#[test]
fn noise_is_refused_without_a_flood() {
    for noise in ["}".repeat(5_000), "\"".repeat(5_001), ";{[(".repeat(2_000), "é\u{0}\u{7f}@#$%^&".repeat(1_000)] {
        let codes = judge(&noise).unwrap_err();
        assert!(!codes.is_empty() && codes.len() <= 60, "{} errors", codes.len());
    }
}
