//! Words that may have a meaning of their own, all in any case. None of them is reserved everywhere: `info = 1;`
//! assigns to a variable, and a word after a dot is always a name.

/// A word with a meaning at the start of a statement or a value, or between values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::syntax) enum Keyword {
    If,
    Else,
    For,
    Try,
    Catch,
    Throw,
    Return,
    Break,
    Continue,
    Info,
    True,
    False,
    Null,
    Void,
    In,
    Is,
    Not,
    And,
    Or,
}

/// The keyword that `word` is. Most words are none, and most of these are told by their length alone.
pub(in crate::syntax) fn keyword(word: &str) -> Option<Keyword> {
    let among: &[(&str, Keyword)] = match word.len() {
        2 => &[("if", Keyword::If), ("in", Keyword::In), ("is", Keyword::Is), ("or", Keyword::Or)],
        3 => &[("for", Keyword::For), ("try", Keyword::Try), ("not", Keyword::Not), ("and", Keyword::And)],
        4 => &[
            ("info", Keyword::Info),
            ("else", Keyword::Else),
            ("true", Keyword::True),
            ("null", Keyword::Null),
            ("void", Keyword::Void),
        ],
        5 => &[
            ("false", Keyword::False),
            ("break", Keyword::Break),
            ("catch", Keyword::Catch),
            ("throw", Keyword::Throw),
        ],
        6 => &[("return", Keyword::Return)],
        8 => &[("continue", Keyword::Continue)],
        _ => return None,
    };
    among.iter().find(|(name, _)| name.eq_ignore_ascii_case(word)).map(|(_, keyword)| *keyword)
}

/// Whether a variable cannot have this name (variables page, and the words that begin blocks).
pub(super) fn is_reserved(word: &str) -> bool {
    use Keyword::*;
    matches!(keyword(word), Some(True | False | Null | Void | Return | If | Else))
}

/// Whether the word is a type, or what other languages write before a variable.
pub(in crate::syntax) fn is_type(word: &str) -> bool {
    const TYPES: [&str; 23] = [
        "string",
        "text",
        "int",
        "integer",
        "long",
        "bigint",
        "number",
        "float",
        "double",
        "decimal",
        "bool",
        "boolean",
        "date",
        "datetime",
        "time",
        "list",
        "map",
        "collection",
        "file",
        "var",
        "let",
        "const",
        "void",
    ];
    TYPES.iter().any(|name| name.eq_ignore_ascii_case(word))
}

/// Whether the word is the name of a task that every service has; its bracket then is a task's, whatever it holds.
pub(in crate::syntax) fn is_task(word: &str) -> bool {
    ["invokeurl", "invokeapi", "sendmail", "sendsms"].iter().any(|name| name.eq_ignore_ascii_case(word))
}
