//! Any secret, in any encoding, at any place of a text, comes out masked; and nothing else does.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::io::Write;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use proptest::prelude::*;

use super::{MOST_LEARNED, Redactor};
use crate::secret::Secret;

fn knowing(secret: &str) -> Arc<Redactor> {
    let redactor = Arc::new(Redactor::default());
    assert!(redactor.register(&Secret::new(secret)));
    redactor
}

/// The ways in which a value travels.
fn encodings(secret: &str) -> Vec<(&'static str, String)> {
    let percent = |upper: bool, keep: fn(u8) -> bool| -> String {
        let byte = |byte: u8| match (keep(byte), upper) {
            (true, _) => char::from(byte).to_string(),
            (false, true) => format!("%{byte:02X}"),
            (false, false) => format!("%{byte:02x}"),
        };
        secret.bytes().map(byte).collect()
    };
    let json = |text: &str| {
        let quoted = serde_json::to_string(text).unwrap();
        quoted[1..quoted.len() - 1].to_owned()
    };
    let ascii_json: String = secret.encode_utf16().map(|unit| format!("\\u{unit:04X}")).collect();
    let form: String = url::form_urlencoded::byte_serialize(secret.as_bytes()).collect();
    let again: String = url::form_urlencoded::byte_serialize(form.as_bytes()).collect();
    let xml = |character: char| match character {
        '<' => "&lt;".to_owned(),
        '>' => "&gt;".to_owned(),
        '&' => "&amp;".to_owned(),
        '"' => "&quot;".to_owned(),
        '\'' => "&#39;".to_owned(),
        other => other.to_string(),
    };
    let hex: String = secret.bytes().map(|byte| format!("{byte:02x}")).collect();
    vec![
        ("raw", secret.to_owned()),
        ("percent, all, upper", percent(true, |_| false)),
        ("percent, all, lower", percent(false, |_| false)),
        ("percent, unreserved kept", percent(true, |byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte))),
        ("percent, sub-delimiters kept", percent(false, |byte| byte.is_ascii_graphic() && !b"%&\\+".contains(&byte))),
        ("form", form),
        ("form, twice", again),
        ("JSON", json(secret)),
        ("JSON in JSON", json(&json(secret))),
        ("JSON in JSON in JSON", json(&json(&json(secret)))),
        ("JSON, escaped slashes", json(secret).replace('/', "\\/")),
        ("JSON, ASCII only", ascii_json),
        ("JSON in a form", url::form_urlencoded::byte_serialize(json(secret).as_bytes()).collect()),
        ("XML", secret.chars().map(xml).collect()),
        ("XML, decimal", secret.chars().map(|character| format!("&#{};", u32::from(character))).collect()),
        ("XML, hexadecimal", secret.chars().map(|character| format!("&#x{:x};", u32::from(character))).collect()),
        ("hex", hex.clone()),
        ("hex, upper", hex.to_uppercase()),
        ("base64", STANDARD.encode(secret)),
        ("base64url", URL_SAFE_NO_PAD.encode(secret)),
    ]
}

/// Secrets with everything that encoders treat specially, and with plain letters, beginning and ending visibly.
fn secrets() -> impl Strategy<Value = String> {
    let plain = "[A-Za-z0-9]{6,40}";
    let odd = r#"[!-~][ -~éß漢😀]{3,30}[!-~]"#;
    let escapes = r#"[%\\&+"<;#x25u]{4,12}"#;
    prop_oneof![plain, odd, escapes].prop_filter("a part of the mask", |secret| !"[redacted]".contains(secret.as_str()))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_encoding_is_masked(secret in secrets()) {
        let redactor = knowing(&secret);
        for (name, encoded) in encodings(&secret) {
            let text = format!("» {encoded} «");
            let masked = redactor.redact(&text).into_owned();
            prop_assert!(masked == "» [redacted] «" || masked == "» [redacted]= «" || masked == "» [redacted]== «",
                "{name}: {text} became {masked}");
        }
    }

    #[test]
    fn base64_of_a_longer_text_is_masked(secret in secrets(), before in "[a-z:]{0,7}", after in "[a-z:]{0,7}") {
        let redactor = knowing(&secret);
        let joined = format!("{before}{secret}{after}");
        for encoded in [STANDARD.encode(&joined), URL_SAFE_NO_PAD.encode(&joined)] {
            let masked = redactor.redact(&encoded).into_owned();
            let (left, right) = masked.split_once("[redacted]").expect("it is masked");
            // No character that holds a bit of the secret is left.
            prop_assert!(left.len() * 6 <= before.len() * 8, "{encoded} became {masked}");
            prop_assert!(right.trim_end_matches('=').len() * 6 <= after.len() * 8 + 5, "{encoded} became {masked}");
        }
    }

    #[test]
    fn chunks_do_not_matter(secret in secrets(), cuts in prop::collection::vec(1_usize..9, 1..40)) {
        let redactor = knowing(&secret);
        for (name, encoded) in encodings(&secret) {
            let text = format!("a {encoded}{encoded} b {}", &encoded[..encoded.floor_char_boundary(encoded.len() / 2)]);
            let mut writer = redactor.writer(Vec::new());
            let mut rest = text.as_bytes();
            for cut in cuts.iter().cycle() {
                let (chunk, after) = rest.split_at((*cut).min(rest.len()));
                writer.write_all(chunk).unwrap();
                rest = after;
                if rest.is_empty() {
                    break;
                }
            }
            let written = String::from_utf8(writer.finish().unwrap().unwrap()).unwrap();
            prop_assert!(!written.contains(&encoded), "{name}: {written}");
            prop_assert_eq!(written, redactor.redact(&text).into_owned(), "{}: {}", name, text);
        }
    }

    #[test]
    fn other_text_stays(text in "[ -~\\n]{0,200}") {
        let redactor = knowing("Zx9/Qw+7 \"Kd\"\\%&");
        prop_assert_eq!(redactor.redact(&text), text.as_str());
    }
}

#[test]
fn short_values_are_not_registered() {
    let redactor = Redactor::default();
    assert!(!redactor.register(&Secret::new("")));
    assert!(!redactor.register_text("abc"));
    assert!(!redactor.register_text("  äöü "));
    assert!(redactor.register_text("äöüß"));
    assert_eq!(redactor.redact("abc äöüß"), "abc [redacted]");
}

#[test]
fn overlapping_secrets_leave_nothing_of_either() {
    let redactor = Redactor::default();
    for secret in ["abcdef", "defghi", "abcd", "user:abcdef"] {
        redactor.register_text(secret);
    }
    assert_eq!(redactor.redact("-abcdefghi-"), "-[redacted]-");
    assert_eq!(redactor.redact("user:abcdef"), "[redacted]");
    assert_eq!(redactor.redact("abcd, defghi"), "[redacted], [redacted]");
}

#[test]
fn a_basic_header_shows_neither_the_join_nor_the_password() {
    let redactor = knowing("open sesame");
    let header = format!("Basic {}", STANDARD.encode("Aladdin:open sesame"));
    assert_eq!(redactor.redact(&header), "Basic QWxhZGRpbj[redacted]==");
}

#[test]
fn the_lines_of_a_key_are_masked_one_by_one() {
    let key =
        "-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49AgEG\nCCqGSM49AwEHBG0wawIBAQQg\n-----END PRIVATE KEY-----\n";
    let redactor = knowing(key);
    assert_eq!(redactor.redact(key), "[redacted]\n");
    assert_eq!(redactor.redact("at MIGHAgEAMBMGByqGSM49AgEG;"), "at [redacted];");
    assert_eq!(redactor.redact("-----BEGIN PRIVATE KEY-----"), "-----BEGIN PRIVATE KEY-----");
}

#[test]
fn long_secrets_are_masked_whole() {
    let secret: String = (0..900).map(|number| format!("{number:x}.")).collect();
    assert!(secret.len() > 2_048);
    let redactor = knowing(&secret);
    assert_eq!(redactor.redact(&format!("<{secret}>")), "<[redacted]>");
    let form: String = url::form_urlencoded::byte_serialize(secret.as_bytes()).collect();
    assert_eq!(redactor.redact(&form), "[redacted]");
}

#[test]
fn learned_values_go_before_registered_ones() {
    let redactor = knowing("the connection's");
    for number in 0..2 * MOST_LEARNED {
        redactor.learn(&format!("learned-{number:05}"));
    }
    let latest = format!("learned-{:05}", 2 * MOST_LEARNED - 1);
    assert_eq!(redactor.redact(&latest), "[redacted]");
    assert_eq!(redactor.redact("learned-00000"), "learned-00000");
    assert_eq!(redactor.redact("the connection's"), "[redacted]");
    assert!(!redactor.learn(&"x".repeat(10_000)));
}

#[test]
fn hostile_texts_take_no_long_time() {
    let redactor = Redactor::default();
    redactor.register_text(&"\\".repeat(1_024));
    redactor.register_text(&"a".repeat(1_024));
    redactor.register_text(&"%".repeat(1_024));
    let begun = std::time::Instant::now();
    for unit in ["\\", "a", "%", "%25", "&amp;", "&#", "\\u005c"] {
        let text = unit.repeat(20_000 / unit.len());
        let masked = redactor.redact(&text);
        assert!(masked.len() <= text.len());
    }
    assert!(begun.elapsed().as_secs() < 30);
}

#[test]
fn debug_shows_no_value() {
    let redactor = knowing("hunter2hunter2");
    assert_eq!(format!("{redactor:?}"), "Redactor(1 values)");
}

#[test]
fn the_writer_holds_back_only_what_may_become_a_secret() {
    let redactor = knowing("secret-value");
    let mut writer = redactor.writer(Vec::new());
    writer.write_all(b"hello, sec").unwrap();
    writer.write_all(b"ond line\nsecret-").unwrap();
    writer.write_all(b"value\n").unwrap();
    assert_eq!(writer.finish().unwrap().unwrap(), b"hello, second line\n[redacted]\n");
}

#[test]
fn long_texts_are_masked_across_blocks() {
    let redactor = knowing("a secret \"value\"");
    let text = "0123456789, a+secret+%22value%22, \\u0061 secret \\\"value\\\" & so on; ".repeat(4_000);
    assert!(text.len() > 3 * super::BLOCK_BYTES);
    let masked = redactor.redact(&text);
    assert_eq!(masked, "0123456789, [redacted], [redacted] & so on; ".repeat(4_000));
    let other = "nothing % to \\ see & here + there; ".repeat(4_000);
    assert!(matches!(redactor.redact(&other), std::borrow::Cow::Borrowed(_)));
}
