//! Random paths over random documents, random texts, and what is written must be read as it was.

use proptest::prelude::*;

use super::{LARGEST, found};
use crate::value::xml::{execute, nodes, write::escape_to, write_root};
use crate::value::{Key, Map, Value};

fn escape(text: &str) -> String {
    let mut out = String::new();
    escape_to(text, &mut out);
    out
}

fn document() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        "[a-z ]{0,6}",
        Just("<a/>".to_owned()),
        Just("<!--c-->".to_owned()),
        Just("<?p i?>".to_owned()),
        Just("<![CDATA[<]]>".to_owned()),
        "[0-9]{1,3}",
    ];
    let inner = leaf.prop_recursive(5, 40, 5, |inner| {
        let attributes = prop_oneof![Just(""), Just(" b='1'"), Just(" n:b='x'"), Just(" xmlns='urn:o'")];
        ("[abc]", attributes, prop::collection::vec(inner, 0..5))
            .prop_map(|(name, attributes, inside)| format!("<{name}{attributes}>{}</{name}>", inside.concat()))
    });
    inner.prop_map(|inside| format!("<r xmlns:n='urn:n'>{inside}</r>"))
}

/// Pieces of paths that often fit together, so that many of the random paths can be read.
fn path() -> impl Strategy<Value = String> {
    let test = prop_oneof![
        Just("*"),
        Just("a"),
        Just("b"),
        Just("node()"),
        Just("text()"),
        Just("n:b"),
        Just("@*"),
        Just("."),
        Just(".."),
        Just("ancestor::*"),
        Just("following::node()"),
        Just("preceding::*"),
        Just("preceding-sibling::node()"),
        Just("following-sibling::*"),
        Just("namespace::*"),
        Just("descendant-or-self::node()"),
        Just("comment()"),
    ];
    let simple = prop::collection::vec((prop_oneof![Just("/"), Just("//")], test), 1..4)
        .prop_map(|steps| steps.into_iter().map(|(slash, test)| format!("{slash}{test}")).collect::<String>());
    simple.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(path, predicate)| format!("{path}[{predicate}]")),
            (inner.clone(), inner.clone()).prop_map(|(left, right)| format!("{left} | {right}")),
            (inner.clone(), "=|!=|<|>=|\\+|\\*|div|mod|and|or", inner.clone())
                .prop_map(|(left, operator, right)| format!("({left}) {operator} ({right})")),
            ("count|string|sum|name|boolean|normalize-space|number|floor", inner.clone())
                .prop_map(|(function, inner)| format!("{function}({inner})")),
            (inner.clone(), 0..4).prop_map(|(path, position)| format!("({path})[{position}]")),
            (inner.clone(), inner).prop_map(|(left, right)| format!("concat({left}, translate({right}, 'ab', 'b'))")),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_paths_on_random_documents_end(document in document(), path in path()) {
        if let Ok(result) = execute(&document, &path, LARGEST) {
            prop_assert!(result.len() <= LARGEST + document.len());
        }
    }

    #[test]
    fn every_element_found_can_be_read_alone(document in document()) {
        for name in ["a", "b", "c"] {
            let pieces = nodes(&found(&document, &format!("//{name}"))).unwrap();
            prop_assert_eq!(pieces.len().to_string(), found(&document, &format!("count(//{name})")));
            for piece in pieces {
                prop_assert_eq!(found(&piece, "/*"), piece);
            }
        }
    }

    #[test]
    fn random_texts_neither_panic_nor_hang(text in "\\PC*", path in "\\PC*", bytes in prop::collection::vec(any::<u8>(), 0..60)) {
        let odd = String::from_utf8_lossy(&bytes);
        for (text, path) in [(text.as_str(), path.as_str()), ("<a b='1'>x</a>", &*path), (&odd, "//*"), ("<a/>", &odd)] {
            let _ = execute(text, path, LARGEST);
            let _ = nodes(text);
        }
    }

    #[test]
    fn random_markup_neither_panics_nor_hangs(text in "(<|</|/>|>|<a|<!--|-->|<!\\[CDATA\\[|\\]\\]>|<!DOCTYPE |'|\"|=|b|&|;|#|<\\?| xmlns:){0,30}") {
        let _ = execute(&text, "//*", LARGEST);
        let _ = execute(&format!("<a>{text}</a>"), "//node()", LARGEST);
        let _ = nodes(&text);
    }

    #[test]
    fn escaped_text_is_read_as_it_was(text in "[\\PC\\t\\n\\r<>&'\"]*") {
        let shown = format!("<a b=\"{}\">{}</a>", escape(&text).replace(['\t', '\n'], " "), escape(&text));
        prop_assert_eq!(found(&shown, "string(/a)"), text.clone());
        prop_assert_eq!(found(&shown, "string(/a/@b)"), text.replace(['\t', '\n'], " "));
    }

    #[test]
    fn any_key_gives_a_name_and_any_text_is_kept(key in "\\PC{0,8}", text in "\\PC*") {
        let map: Map = [(Key::from(key.as_str()), Value::from(text.as_str()))].into_iter().collect();
        let written = write_root(&Value::map(map), LARGEST).unwrap();
        prop_assert_eq!(found(&written, "count(/root/*)"), "1");
        prop_assert_eq!(found(&written, "string(/root/*)"), text);
    }
}
