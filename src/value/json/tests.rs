//! JSON: what is written is read as it was, whoever reads it, and no text does harm.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use proptest::prelude::*;

use super::*;
use crate::value::{Aggregate, Decimal, Key, Map, Value};

fn lenient(text: &str) -> String {
    parse_lenient(text).map_or("refused".to_owned(), |value| value.print().unwrap())
}

fn written(value: &Value) -> String {
    let mut out = String::new();
    write(value, &mut out).unwrap();
    out
}

fn values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (any::<i64>(), 1..20_u32).prop_map(|(digits, scale)| {
            let text = format!(
                "{}.{:0>width$}",
                digits / 1_000,
                digits.unsigned_abs() % 1_000,
                width = scale as usize % 9 + 1
            );
            Value::decimal(Decimal::parse(&text).unwrap())
        }),
        any::<String>().prop_map(Value::from),
        "[\\x00-\\x20\"\\\\/\u{7f}\u{2028}😀]{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 60, 6, |inner| {
        let key = prop_oneof![any::<String>(), "[a-c ]{0,3}"];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(|items| Value::Aggregate(Aggregate::json_list(items))),
            prop::collection::vec((key, inner), 0..6).prop_map(|pairs| {
                Value::map(pairs.into_iter().map(|(key, value)| (Key::from(key.as_str()), value)).collect::<Map>())
            }),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read_as_it_was(value in values()) {
        let text = written(&value);
        let read = parse(&text).unwrap();
        prop_assert!(read.strictly_equals(&value), "{}", text);
        prop_assert_eq!(written(&read), text);
    }

    #[test]
    fn every_reader_accepts_what_is_written(value in values()) {
        let text = written(&value);
        prop_assert!(text.bytes().all(|byte| byte >= 0x20));
        let _: serde::de::IgnoredAny = serde_json::from_str(&text).unwrap();
        if value.is_aggregate() {
            let read = lenient::parse(&text).unwrap();
            prop_assert!(read.strictly_equals(&value), "{}", text);
        }
    }

    #[test]
    fn blanks_between_do_not_matter(value in values()) {
        let spread = written(&value).replace("\":", "\" : ").replace("},", "} ,\n\t").replace('[', "[ ");
        // Blanks may have come into texts as well; only whether it is read is compared.
        prop_assert!(parse_lenient(&spread).is_ok() || !value.is_aggregate());
    }

    #[test]
    fn random_texts_never_panic(text in "\\PC*", bytes in prop::collection::vec(any::<u8>(), 0..80)) {
        let _ = parse_lenient(&text);
        let _ = parse_lenient(&String::from_utf8_lossy(&bytes));
        let _ = parse_lenient(&format!("{{a:{text}}}"));
    }

    #[test]
    fn what_is_read_to_the_letter_is_what_serde_reads(
        value in values(),
        at in any::<prop::sample::Index>(),
        sign in "[\\[\\]{}:,\"\\\\u0-9a-fntr. +Ee\n-]{0,3}",
    ) {
        let text = written(&value);
        let places: Vec<usize> = (0..=text.len()).filter(|at| text.is_char_boundary(*at)).collect();
        let (before, after) = text.split_at(places[at.index(places.len())]);
        let mut shorter = after.chars();
        shorter.next();
        for text in [format!("{before}{sign}{after}"), format!("{before}{sign}{}", shorter.as_str())] {
            let theirs = serde_json::from_str::<serde_json::Value>(&text);
            let ours = strict::parse(&text);
            prop_assert_eq!(ours.is_ok(), theirs.is_ok(), "{}", text);
            let is_same = |value| strict::parse(&theirs.unwrap().to_string()).unwrap().strictly_equals(&value);
            prop_assert!(ours.is_err() || is_same(ours.unwrap()), "{}", text);
        }
    }

    #[test]
    fn random_punctuation_never_panics(text in "[\\[\\]{}:,\"'\\\\u0-9a-e. -]{0,40}") {
        if let Ok(value) = parse_lenient(&text) {
            prop_assert!(parse(&written(&value)).is_ok());
        }
    }
}

#[test]
fn bare_words_are_texts_unless_they_are_numbers_of_json() {
    assert_eq!(
        lenient("{a:0150, b:007, c:-, d:1., e:.5, f:+1, g:1e3, h:-0.50, i:NaN, j:0x1F, k:1_000, l:12 34}"),
        r#"{"a":"0150","b":"007","c":"-","d":"1.","e":".5","f":"+1","g":1000,"h":-0.50,"i":"NaN","j":"0x1F","k":"1_000","l":"12 34"}"#
    );
    assert_eq!(lenient("{a:True, b:null, c:nullx, d:true}"), r#"{"a":"True","b":null,"c":"nullx","d":true}"#);
    assert_eq!(lenient("{a:99999999999999999999999999999999}"), r#"{"a":"99999999999999999999999999999999"}"#);
}

#[test]
fn quotes_escapes_and_line_ends_are_read_leniently() {
    assert_eq!(lenient(r#"{'it\'s':"a'b", "b":'c"d'}"#), r#"{"it's":"a'b","b":"c\"d"}"#);
    assert_eq!(lenient("{\"a\":\"375 St\n Rt\",}"), r#"{"a":"375 St\n Rt"}"#);
    assert_eq!(lenient("\u{feff} {\"a\" : 1}\n"), r#"{"a":1}"#);
    assert_eq!(
        lenient(r#"["\ud83d\ude00","\ud83d","\ude00x","\ud83d\u0041"]"#),
        "[\"😀\",\"\u{fffd}\",\"\u{fffd}x\",\"\u{fffd}A\"]"
    );
    assert_eq!(lenient(r#"{"a":1,"b":2,"a":3}"#), r#"{"a":3,"b":2}"#);
    for broken in [
        r#"{"a":"\u12"}"#,
        r#"{"a":"\u+123"}"#,
        "{a:'x}",
        r#"{"a":"b"c"}"#,
        "{a:1}{b:2}",
        "[1,,2]",
        "{:1}",
        "{a:}",
        "[",
        "{",
    ] {
        assert_eq!(lenient(broken), "refused", "{broken}");
    }
}

#[test]
fn nesting_has_a_limit_and_so_has_the_number_of_parts() {
    let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    assert_eq!(lenient(&nested(200)), nested(200));
    assert_eq!(lenient(&nested(201)), "refused");
    assert_eq!(lenient(&"{a:".repeat(1_000_000)), "refused");
    let many = format!("[{}0]", "{},".repeat(4_000_000));
    assert_eq!(lenient(&many), "refused");
}

#[test]
fn numbers_are_those_of_json_and_keep_their_digits() {
    for refused in ["01", "-", "-01", "1.", ".5", "1e", "1e+", "--1", "+1", "00", "1_0", "0x1", "1 2", "1.e5", "-a"] {
        assert!(parse(refused).is_err(), "{refused}");
    }
    for kept in [
        "0",
        "-1",
        "123456789012345678",
        "999999999999999999",
        "-999999999999999999",
        "9223372036854775807",
        "-9223372036854775808",
        "9223372036854775808",
        "1.50",
        "-0.25",
        "1e+999",
    ] {
        assert_eq!(parse(kept).unwrap().print().unwrap(), kept);
    }
    for (text, printed) in [
        ("-0", "0"),
        ("1e2", "100"),
        (" 7\n", "7"),
        ("0e5", "0"),
        ("2E-2", "0.02"),
        ("1E99", "1e+99"),
        ("-1e-99", "-1e-99"),
    ] {
        assert_eq!(parse(text).unwrap().print().unwrap(), printed, "{text}");
    }
}

#[test]
fn a_refusal_says_what_is_wrong() {
    let refused = |text: &str| parse(text).unwrap_err().into_report().help.unwrap_or_default();
    assert!(refused("{\"a\":1,}").contains("line 1 column 8"), "{}", refused("{\"a\":1,}"));
    assert!(refused(&"[".repeat(200)).contains("too deep"));
    assert!(refused(r#"["\ud800"]"#).contains("surrogate"));
    let many = format!("[{}0]", "{},".repeat(4_000_000));
    assert!(refused(&many).contains("too many parts"));
}

#[test]
fn containers_of_other_sizes_follow_each_other() {
    let text = r#"[{"a":1,"b":[1,2,3]},{},{"c":[]},{"a":1,"a":2,"b":{"x":{}}},[[],[1]],[]]"#;
    let once = r#"[{"a":1,"b":[1,2,3]},{},{"c":[]},{"a":2,"b":{"x":{}}},[[],[1]],[]]"#;
    assert_eq!(written(&parse(text).unwrap()), once);
}
