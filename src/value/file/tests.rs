//! Files: types, charsets, what is sent, and that one file is one object.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use proptest::prelude::*;

use super::*;
use crate::value::Value;

fn csv(bytes: &'static [u8]) -> File {
    File::new("a.csv", "text/csv", bytes)
}

#[test]
fn the_type_is_told_by_the_ending_then_by_the_content() {
    let type_of = |name: &str, bytes: &'static [u8]| File::named(name, bytes).content_type;
    assert_eq!(type_of("Report.PDF", b"%PDF"), "application/pdf");
    assert_eq!(type_of("feedback", b"good"), "text/plain");
    assert_eq!(type_of("feedback.unknown", b"\xff\xfe\x00"), "application/octet-stream");
}

#[test]
fn content_is_read_in_the_charset_of_its_server_or_of_its_first_bytes() {
    let mut file = csv(b"caf\xe9");
    assert_eq!(file.text(), "caf\u{fffd}");
    file.charset = Some("ISO-8859-1".into());
    assert_eq!(file.text(), "café");
    file.charset = Some("no such charset".into());
    assert_eq!(file.text(), "caf\u{fffd}");
    assert_eq!(csv(b"\xfe\xff\0h\0i").text(), "hi");
    assert_eq!(csv(b"\xef\xbb\xbfhi").text(), "hi");
}

#[test]
fn a_text_is_sent_in_the_charset_that_was_set() {
    let mut file = csv("é日".as_bytes());
    assert_eq!((file.sent_bytes().to_vec(), file.sent_type().unwrap()), ("é日".into(), "text/csv".to_owned()));
    for (charset, wanted) in [
        ("UTF-16", &b"\xfe\xff\x00\xe9\x65\xe5"[..]),
        ("UTF-16LE", b"\xe9\x00\xe5\x65"),
        ("utf-16be", b"\x00\xe9\x65\xe5"),
        ("ISO-8859-1", b"\xe9?"),
        ("Shift_JIS", b"?\x93\xfa"),
        ("UTF-8", "é日".as_bytes()),
    ] {
        assert!(is_charset(charset), "{charset}");
        file.sent_charset = Some(charset.into());
        assert_eq!(file.sent_bytes(), wanted, "{charset}");
        assert_eq!(file.sent_type().unwrap(), format!("text/csv; charset={charset}"));
    }
    assert_eq!(file.text(), "é日", "the content stays as it is");
    assert!(!is_charset("UTF-99") && !is_charset(""));
}

#[test]
fn what_is_no_text_is_sent_as_it_is() {
    let mut image = File::new("a.png", "image/png", &b"\x89PNG"[..]);
    image.sent_charset = Some("UTF-16".into());
    assert_eq!((image.sent_bytes(), image.sent_type().unwrap()), (image.bytes.clone(), "image/png".to_owned()));
    let mut broken = csv(b"\xff\xfe\xfd\x00");
    broken.charset = Some("UTF-8".into());
    broken.sent_charset = Some("UTF-8".into());
    broken.bytes = Bytes::from_static(b"a\xffb");
    assert_eq!((broken.sent_bytes(), broken.sent_type().unwrap()), (broken.bytes.clone(), "text/csv".to_owned()));
}

#[test]
fn a_set_type_is_sent_as_its_media_type() {
    let mut file = csv(b"x");
    for (set, sent) in [("pdf", "application/pdf"), (".PNG", "image/png"), ("image/x-own", "image/x-own")] {
        file.content_type = set.into();
        assert_eq!(file.sent_type().as_deref(), Some(sent));
    }
    file.content_type = "nothing known".into();
    assert_eq!(file.sent_type().as_deref(), Some("application/octet-stream"));
    file.content_type = String::new();
    assert_eq!(file.sent_type(), None);
}

#[test]
fn every_holder_sees_a_change() {
    let one = SharedFile::new(csv(b"x"));
    let other = one.clone();
    one.change(|file| file.name = "b.csv".into());
    assert_eq!(other.borrow().name, "b.csv");
    assert_eq!(one, other);
    assert_ne!(one, SharedFile::new(csv(b"x")));
}

#[test]
fn a_csv_file_has_rows() {
    let rows = |file: &File| Value::list(file.rows().unwrap()).print().unwrap();
    let people = csv(b"name,age\r\n\r\n\"Ann, B.\",5\nBob\n");
    assert!(people.is_csv() && File::named("x.CSV", "").is_csv() && !File::named("x.txt", "").is_csv());
    assert_eq!(rows(&people), r#"["name","age"],["Ann, B.","5"],["Bob"]"#);
    assert_eq!(rows(&csv(b"a,\"open\n")), r#"["a","open\n"]"#);
    assert_eq!(rows(&csv(b"")), "");
    let large = File::new("a.csv", "text/csv", vec![b'a'; 2 * 1024 * 1024 + 1]);
    assert_eq!(large.rows().unwrap_err().report().code, "run::file-size");
}

proptest! {
    #[test]
    fn texts_come_back_from_every_unicode_charset(text in "[^\0\u{feff}\u{fffe}]*") {
        for charset in ["UTF-8", "UTF-16", "UTF-16LE", "UTF-16BE", "GB18030"] {
            let bytes = charset::encode(&text, charset).unwrap();
            // GB18030 of the Web has other uses for some code points of private use.
            if charset == "GB18030" && text.contains(|letter| ('\u{e000}'..='\u{f8ff}').contains(&letter)) {
                continue;
            }
            prop_assert_eq!(charset::decode(&bytes, Some(charset)), text.clone(), "{}", charset);
        }
    }

    #[test]
    fn any_bytes_can_be_read_and_sent(bytes: Vec<u8>, charset in ".{0,12}") {
        let mut file = File::named("x", bytes.clone());
        file.sent_charset = Some(charset.clone());
        file.charset = Some(charset);
        let _ = (file.text(), file.sent_bytes(), file.sent_type(), file.rows());
        prop_assert_eq!(&file.bytes[..], &bytes[..]);
    }
}
