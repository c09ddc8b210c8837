//! Bodies come back to the byte.

use proptest::prelude::*;

use super::super::content::{Bodies, Content};
use super::super::layout::Layout;
use super::*;

fn there_and_back(bytes: &[u8], media_type: &str) -> (Bytes, serde_json::Value, usize) {
    let cleaner = super::super::clean::Cleaner::new(Arc::default(), &[]).unwrap();
    let mut bodies = Bodies::new();
    let content = Content::of(&Bytes::from(bytes.to_vec()), media_type, &cleaner);
    let written = content.write(&mut bodies);
    let read = Content::read(&serde_json::from_str(&written.to_string()).unwrap(), &bodies).unwrap();
    assert_eq!(read, content);
    (read.bytes(), written, bodies.len())
}

#[test]
fn usual_layouts_stand_as_json() {
    for (text, layout) in [
        ("{\"a\":1,\"b\":[1,2.50,{}]}", "compact"),
        ("{\"a\": 1, \"b\": [1, 2.50, {}]}", "spaced"),
        ("{\n  \"a\": 1,\n  \"b\": [\n    1\n  ]\n}", "indented-2"),
        ("[\n    1,\n    {\n        \"a\": []\n    }\n]\n", "indented-4+line"),
        ("{\n\t\"a\": 1\n}\n", "indented-tab+line"),
    ] {
        let (bytes, written, files) = there_and_back(text.as_bytes(), "application/json");
        assert_eq!((bytes.as_ref(), written["layout"].as_str(), files), (text.as_bytes(), Some(layout), 0));
        assert!(Layout::named(layout).is_some());
    }
}

#[test]
fn whatever_else_is_text_or_a_file() {
    for text in
        ["{\"a\" : 1}", "{\"a\":1,\"a\":2}", "{\"a\":\"\\u00e9\\/\"}", "{broken", "a\r\nb\n\n", "\u{feff}{}", "17"]
    {
        let (bytes, written, files) = there_and_back(text.as_bytes(), "text/plain");
        assert_eq!((bytes.as_ref(), files), (text.as_bytes(), 0), "{written}");
        assert!(written.get("json").is_none(), "{written}");
    }
    let deep = format!("{}{}", "[".repeat(150), "]".repeat(150));
    assert_eq!(there_and_back(deep.as_bytes(), "application/json").0, deep);
    let large = format!("{{\"a\":\"{}\"}}", "x".repeat(70_000));
    for bytes in [large.as_bytes(), b"\x00\x01", b"\xff\xfe"] {
        let (back, written, files) = there_and_back(bytes, "application/x");
        assert_eq!((back.as_ref(), files, written["bytes"].as_u64()), (bytes, 1, Some(bytes.len() as u64)));
    }
}

#[test]
fn the_same_content_is_kept_once() {
    let desk = Desk::new();
    let image: Vec<u8> = (0..=255).cycle().take(100_000).collect();
    let exchanges: Vec<(Effect, Reply)> = (0..3)
        .map(|at| {
            let url = format!("{URL}/{at}");
            (get(&url), answer(&url, "image/png", image.clone()))
        })
        .collect();
    desk.record(Options::default(), &exchanges);
    assert_eq!(desk.names().iter().filter(|name| name.starts_with("bodies/")).count(), 1);
    let cassette = desk.replay();
    assert!(exchanges.iter().all(|(effect, reply)| ask(&cassette, effect) == *reply));
}

proptest! {
    #[test]
    fn every_body_comes_back(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        // Four characters and more may look like a secret by their name only, which random bytes do not.
        prop_assert_eq!(there_and_back(&bytes, "").0, Bytes::from(bytes));
    }

    #[test]
    fn every_json_comes_back(text in r#"[\[\]{}:,"0-9a-c \n\\.-]{0,40}"#) {
        prop_assert_eq!(there_and_back(text.as_bytes(), "application/json").0, Bytes::from(text));
    }
}
