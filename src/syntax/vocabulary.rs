//! The words and signs of the language in groups, for whoever colours or completes scripts. It says what a word may
//! mean, not that it means it everywhere: most are ordinary names where nothing asks for them. Tests compare it with
//! the lexer and the context pass.

/// Words and signs that a reader of scripts may want to see together. Words are in lower case; any case counts.
#[derive(Clone, Copy, Debug)]
pub struct Vocabulary {
    /// Words that steer the run.
    pub control: &'static [&'static str],
    /// Words before a value that make a statement.
    pub statements: &'static [&'static str],
    /// Statements and clauses of Creator; some are two words.
    pub creator: &'static [&'static str],
    /// `true` and the like.
    pub constants: &'static [&'static str],
    /// Types in headers of functions.
    pub types: &'static [&'static str],
    /// Tasks whose attributes stand in brackets.
    pub tasks: &'static [&'static str],
    /// Names that the platform gives a meaning when a dot follows.
    pub namespaces: &'static [&'static str],
    /// Operators that are words.
    pub word_operators: &'static [&'static str],
    /// Operators that compare.
    pub comparisons: &'static [&'static str],
    /// Operators that join conditions.
    pub logic: &'static [&'static str],
    /// Operators that compute.
    pub arithmetic: &'static [&'static str],
    /// Operators that assign.
    pub assignments: &'static [&'static str],
}

/// The vocabulary.
pub const VOCABULARY: Vocabulary = Vocabulary {
    control: &["if", "else", "for", "each", "index", "in", "try", "catch", "throw", "return", "break", "continue"],
    statements: &["info"],
    creator: &[
        "insert into",
        "delete from",
        "update",
        "sort by",
        "range from",
        "cancel submit",
        "cancel delete",
        "success message",
        "reload",
        "alert",
        "show",
        "hide",
        "enable",
        "disable",
        "clear",
        "focus",
    ],
    constants: &["true", "false", "null"],
    types: &[
        "void",
        "string",
        "text",
        "int",
        "long",
        "bigint",
        "number",
        "float",
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
    ],
    tasks: &["invokeurl", "invokeapi", "sendmail", "sendsms"],
    namespaces: &["zoho", "thisapp", "standalone", "automation", "input", "old"],
    word_operators: &["in", "not", "is", "and", "or"],
    comparisons: &["==", "!=", "<=", ">=", "<", ">"],
    logic: &["&&", "||", "!"],
    arithmetic: &["+", "-", "*", "/", "%"],
    assignments: &["=", "+=", "-=", "*=", "/=", "%="],
};
