//! `xmlEncode` and `xmlDecode`: the five entities that every XML document knows. Other characters need none.

use super::entity;
use crate::builtins::support::{self, TEXTUAL, text, text_result};
use crate::catalogue::{Builtin, Category, Example};

/// What the rows of this table share.
const ROW: Builtin = Builtin { category: Category::Encoding, on: TEXTUAL, ..support::ROW };

pub(in crate::builtins) static TABLE: &[Builtin] = &[
    Builtin {
        name: "xmlEncode",
        elsewhere: &["escapeXml", "xmlEscape", "escapeXml10", "escapeXml11", "saxutils.escape"],
        page: "string/xml-encode",
        about: "Writes < > & and both kinds of quotes as entities, so that a text can stand in XML.",
        examples: &[
            Example::Shows(r#""<b>Tom & Ann's</b>".xmlEncode()"#, "&lt;b&gt;Tom &amp; Ann&apos;s&lt;/b&gt;"),
            Example::Shows(r#"xmlEncode("say \"é\"")"#, "say &quot;é&quot;"),
            Example::Shows(r#"xmlEncode("")"#, ""),
            Example::Fails("note = null;\ninfo note.xmlEncode();", "run::null-receiver"),
        ],
        differs: &["Texts longer than 300 KB are encoded too."],
        see: &["xmlDecode", "htmlEncode", "toXml"],
        run: |call, arguments| entity::encode(call, &text(arguments, 0)?, name_of),
        ..ROW
    },
    Builtin {
        name: "xmlDecode",
        elsewhere: &["unescapeXml", "xmlUnescape", "saxutils.unescape"],
        page: "string/xml-decode",
        about: "Puts characters for the five entities of XML and for numbered ones; what is no entity stays.",
        examples: &[
            Example::Shows(r#""&lt;b&gt;Ann&apos;s&lt;/b&gt;".xmlDecode()"#, "<b>Ann's</b>"),
            Example::Shows(r#"xmlDecode("&#233;&#x26;")"#, "é&"),
            Example::Shows(r#"xmlDecode("&amp;lt; &eacute;")"#, "&lt; &eacute;"),
            Example::Fails("note = null;\ninfo note.xmlDecode();", "run::null-receiver"),
        ],
        differs: &["Texts longer than 300 KB are decoded too."],
        see: &["xmlEncode", "htmlDecode", "executeXPath"],
        run: |call, arguments| text_result(call, entity::decode(&text(arguments, 0)?, character_of)),
        ..ROW
    },
];

const ENTITIES: [(&str, char); 5] = [("lt", '<'), ("gt", '>'), ("amp", '&'), ("quot", '"'), ("apos", '\'')];

fn name_of(character: char) -> Option<&'static str> {
    ENTITIES.iter().find(|(_, known)| *known == character).map(|(name, _)| *name)
}

fn character_of(name: &str) -> Option<char> {
    ENTITIES.iter().find(|(known, _)| *known == name).map(|(_, character)| *character)
}
