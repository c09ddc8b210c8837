//! `htmlEncode` and `htmlDecode`: the named entities of HTML 4, to which Zoho's pages keep. HTML 4 has no name for the
//! apostrophe, so it stays as it is, and `&apos;` is not decoded.

use std::collections::HashMap;

use super::entity;
use super::html_entities::ENTITIES;
use crate::builtins::support::{self, TEXTUAL, text, text_result};
use crate::catalogue::{Builtin, Call, Category, Example};
use crate::value::{Failure, Value};

/// What the rows of this table share.
const ROW: Builtin = Builtin { category: Category::Encoding, on: TEXTUAL, ..support::ROW };

pub(in crate::builtins) static TABLE: &[Builtin] = &[
    Builtin {
        name: "htmlEncode",
        elsewhere: &["escapeHtml", "escapeHtml4", "htmlspecialchars", "htmlentities", "htmlEscape", "html.escape"],
        page: "string/html-encode",
        about: "Writes the characters that have a name in HTML 4 as entities; apostrophes stay as they are.",
        examples: &[
            Example::Shows(r#""<b>Tea & 'cake'</b>".htmlEncode()"#, "&lt;b&gt;Tea &amp; 'cake'&lt;/b&gt;"),
            Example::Shows(r#"htmlEncode("Café: 5 €")"#, "Caf&eacute;: 5 &euro;"),
            Example::Shows(r#""&lt;".htmlEncode()"#, "&amp;lt;"),
            Example::Fails("page = null;\ninfo page.htmlEncode();", "run::null-receiver"),
        ],
        differs: &["Texts longer than 300 KB are encoded too."],
        see: &["htmlDecode", "xmlEncode", "encodeUrl"],
        run: html_encode,
        ..ROW
    },
    Builtin {
        name: "htmlDecode",
        elsewhere: &["unescapeHtml", "unescapeHtml4", "htmlspecialchars_decode", "html_entity_decode", "html.unescape"],
        page: "string/html-decode",
        about: "Puts characters for the entities of HTML 4 and for numbered ones; what is no entity stays.",
        examples: &[
            Example::Shows(r#""&lt;p&gt;Caf&eacute;&lt;/p&gt;".htmlDecode()"#, "<p>Café</p>"),
            Example::Shows(r#"htmlDecode("&#39;&#x1F600;")"#, "'😀"),
            Example::Shows(r#"htmlDecode("R&D, AT&T; &apos;")"#, "R&D, AT&T; &apos;"),
            Example::Fails("page = null;\ninfo page.htmlDecode();", "run::null-receiver"),
        ],
        differs: &["Texts longer than 300 KB are decoded too."],
        see: &["htmlEncode", "xmlDecode"],
        run: html_decode,
        ..ROW
    },
];

fn html_encode(call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    entity::encode(call, &text(arguments, 0)?, |character| {
        let at = ENTITIES.binary_search_by_key(&character, |(_, known)| *known).ok()?;
        ENTITIES.get(at).map(|(name, _)| *name)
    })
}

fn html_decode(call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let encoded = text(arguments, 0)?;
    // Most texts have no entity and need no index.
    let known: HashMap<&str, char> =
        if encoded.contains('&') { ENTITIES.iter().copied().collect() } else { HashMap::new() };
    text_result(call, entity::decode(&encoded, |name| known.get(name).copied()))
}

#[cfg(test)]
mod tests {
    use super::ENTITIES;

    #[test]
    fn the_entities_stand_in_the_order_of_their_characters() {
        assert!(ENTITIES.is_sorted_by(|(_, one), (_, next)| one < next));
        assert_eq!(ENTITIES.len(), 252);
    }
}
