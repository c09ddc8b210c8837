//! Large and hostile sources: time stays linear, depth is bounded, nothing panics.

use super::{only, problems};
use crate::source::Source;
use crate::syntax::ast::{Argument, Expression, ExpressionKind, Statement, StatementKind};
use crate::syntax::token::{RawToken, Token};
use crate::syntax::{Dialect, ending, parse};

#[test]
fn words_and_nodes_of_long_scripts_stay_small() {
    assert_eq!((size_of::<RawToken>(), size_of::<Token>()), (8, 8));
    let nodes = (size_of::<Expression<'_>>(), size_of::<Statement<'_>>());
    assert!(nodes.0 <= 64 && nodes.1 <= 136, "{nodes:?}");
    assert!(size_of::<Argument<'_>>() <= 72);
}

#[test]
fn a_long_sum_is_one_flat_node() {
    let source = Source::new("test", format!("x = {};", vec!["a"; 200_000].join("+")));
    let arena = crate::syntax::Arena::new();
    let parsed = parse(&source, Dialect::Portable, &arena);
    assert_eq!(parsed.diagnostics, []);
    let StatementKind::Assign { value, .. } = &parsed.script.body[0].kind else { panic!() };
    let ExpressionKind::Operators(_, rest) = &value.kind else { panic!() };
    assert_eq!(rest.len(), 199_999);
}

#[test]
fn deep_nesting_is_refused_once() {
    for (open, close) in [("(", ")"), ("[", "]"), ("{", "}"), ("f(", ")"), ("if(a,", ")")] {
        let script = format!("x = {}1{};", open.repeat(200_000), close.repeat(200_000));
        assert_eq!(only(&script).0, "syntax::too-deep");
        assert_eq!(only(&format!("x = {}", open.repeat(200_000))).0, "syntax::too-deep");
    }
    assert_eq!(only(&"if(a){".repeat(10_000)).0, "syntax::too-deep");
    let without_braces = problems(&"if(a) ".repeat(10_000));
    assert!(without_braces.iter().any(|problem| problem.starts_with("syntax::too-deep")));
}

#[test]
fn two_hundred_brackets_are_fine() {
    let script = format!("x = {}1{};", "(".repeat(200), ")".repeat(200));
    assert_eq!(problems(&script), Vec::<String>::new());
    assert_eq!(only(&format!("x = ({}1{});", "(".repeat(200), ")".repeat(200))).0, "syntax::too-deep");
}

#[test]
fn runs_of_signs_do_not_nest() {
    let script = format!(
        "a = {}b; c = {}1; d = e{}; f = g{}; if(h){{}}{}",
        "!".repeat(100_001),
        "-".repeat(100_001),
        " == !b".repeat(50_000),
        ".h()".repeat(50_000),
        "else if(h){}".repeat(50_000)
    );
    assert_eq!(problems(&script), Vec::<String>::new());
}

#[test]
fn large_sources_are_refused() {
    let source = Source::new("test", "x = 1;\n".repeat(2_400_000));
    let arena = crate::syntax::Arena::new();
    let parsed = parse(&source, Dialect::Portable, &arena);
    assert_eq!(parsed.diagnostics.iter().map(|d| d.code.to_string()).collect::<Vec<_>>(), ["syntax::too-large"]);
}

#[test]
fn diagnostics_are_capped() {
    for line in [
        "x = 1 + ;\n",
        "x = a b;\n",
        "\\\"\n",
        "a = \"x;\n",
        "}\n",
        "x = 1\n",
        "if(a) b();\n",
        "a = \"x';\n b = 'c\"; #\n",
    ] {
        let found = problems(&line.repeat(20_000));
        assert!(!found.is_empty() && found.len() <= 51, "{line:?}: {}", found.len());
    }
    let found = problems(&"x = 1 + ;\n".repeat(60));
    assert_eq!(found.len(), 51);
    assert_eq!(found[50], "syntax::too-many-errors 60");
}

#[test]
fn odd_inputs_do_not_panic() {
    let pieces = [
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        ";",
        ":",
        ",",
        ".",
        "=",
        "==",
        "+",
        "!",
        "if",
        "else",
        "for each",
        "x",
        "in",
        "try",
        "catch",
        "return",
        "info",
        "\"",
        "'",
        "1",
        "1.",
        "/*",
        "//",
        "\n",
        "invokeurl [",
        "url :",
        "void f(",
        "not",
        "is",
        "é",
        "\\",
        "#",
        "?",
        "<%",
        "insert into",
        "&&",
        "||",
        "\u{feff}",
        "while(",
        "function",
    ];
    // A small generator of its own: the sequence must be the same on every run.
    let mut state = 12_345_u32;
    for _ in 0..4_000 {
        let mut script = String::new();
        for _ in 0..12 {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            script.push_str(pieces[(state >> 16) as usize % pieces.len()]);
            if state & 256 == 0 {
                script.push(' ');
            }
        }
        let source = Source::new("test", script.as_str());
        let arena = crate::syntax::Arena::new();
        let parsed = parse(&source, Dialect::Portable, &arena);
        let broken = format!("{:?}", parsed.script).contains("Broken");
        let errors = parsed.diagnostics.iter().any(|d| d.severity == crate::diagnostic::Severity::Error);
        assert!(errors || !broken, "a broken place without an error: {script:?}");
        ending(&script);
    }
}
