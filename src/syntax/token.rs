//! The two alphabets of this room. A [`RawToken`] is what the lexer sees; a [`Token`] is what the grammar sees, where
//! the kind already tells in which role a bracket or a word stands. Both are eight bytes without any text: the text
//! is found in the source by the token's offsets when the tree is built.

use logos::Logos;

use crate::source::Span;

/// What the lexer tells apart.
#[derive(Logos, Clone, Copy, Debug, PartialEq, Eq)]
#[logos(skip r"[ \t\r\n\x0B\x0C]+")]
#[logos(skip(r"//[^\n]*", allow_greedy = true))]
pub(super) enum Raw {
    #[regex("[A-Za-z_][A-Za-z0-9_]*")]
    Word,
    /// Digits; the lexer looks at what follows them and may turn this into `Decimal` or `BadNumber`.
    #[regex("[0-9]+")]
    Number,
    Decimal,
    /// Digits that run into letters: `1e3`, `2nd`.
    BadNumber,
    #[token("\"")]
    DoubleText,
    #[token("'")]
    SingleText,
    /// A text without its closing quote; it reaches to the end of its line.
    OpenText,
    #[token("/*")]
    OpenComment,
    #[token("(")]
    ParenOpen,
    #[token(")")]
    ParenClose,
    #[token("[")]
    SquareOpen,
    #[token("]")]
    SquareClose,
    #[token("{")]
    BraceOpen,
    #[token("}")]
    BraceClose,
    #[token(";")]
    Semicolon,
    #[token(",")]
    Comma,
    #[token(":")]
    Colon,
    #[token(".")]
    Dot,
    #[token("=")]
    Assign,
    #[token("+=")]
    AddAssign,
    #[token("-=")]
    SubtractAssign,
    #[token("*=")]
    MultiplyAssign,
    #[token("/=")]
    DivideAssign,
    #[token("%=")]
    RemainderAssign,
    #[token("==")]
    Equal,
    #[token("!=")]
    NotEqual,
    #[token("<>")]
    #[token("===")]
    #[token("!==")]
    ForeignComparison,
    #[token("=>")]
    #[token("->")]
    Arrow,
    #[token("<")]
    Less,
    #[token("<=")]
    LessOrEqual,
    #[token(">")]
    Greater,
    #[token(">=")]
    GreaterOrEqual,
    #[token("+")]
    Plus,
    #[token("-")]
    Minus,
    #[token("*")]
    Star,
    #[token("/")]
    Slash,
    #[token("%")]
    Percent,
    #[token("!")]
    Bang,
    #[token("&&")]
    And,
    #[token("||")]
    Or,
    #[token("?")]
    Question,
    /// A character that is part of nothing. The lexer settles those beyond ASCII, which may begin a word.
    #[regex(r"[^\x00-\x7F]")]
    Bad,
    /// After the last token.
    End,
}

/// What stands at a place of the source. Small, as a long source has as many as all else that compiling it needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Placed<Kind> {
    pub kind: Kind,
    /// In bytes; three of them tell the length of any text that a source within its limit can hold.
    length: [u8; 3],
    pub start: u32,
}

/// A piece of the source before its role is known.
pub(super) type RawToken = Placed<Raw>;

/// A terminal of the grammar with its place. Tokens that were supplied are empty.
pub(super) type Token = Placed<Kind>;

impl<Kind> Placed<Kind> {
    /// A token over a span.
    #[inline]
    pub fn new(kind: Kind, span: Span) -> Self {
        let [a, b, c, rest] = span.end.saturating_sub(span.start).to_le_bytes();
        let length = if rest == 0 { [a, b, c] } else { [u8::MAX; 3] };
        Self { kind, length, start: span.start }
    }

    /// The same place with another meaning.
    #[inline]
    pub fn with<Other>(&self, kind: Other) -> Placed<Other> {
        Placed { kind, length: self.length, start: self.start }
    }

    /// Where it ends.
    #[inline]
    pub fn end(&self) -> u32 {
        let [a, b, c] = self.length;
        self.start + u32::from_le_bytes([a, b, c, 0])
    }

    /// Its place.
    #[inline]
    pub fn span(&self) -> Span {
        Span { start: self.start, end: self.end() }
    }
}

/// A piece of the source in its role; the terminals of the grammar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Name,
    Number,
    Decimal,
    DoubleText,
    SingleText,
    True,
    False,
    Null,
    /// `if` where a value stands.
    IfValue,
    /// The whole dotted name in front of a task's bracket.
    TaskName,
    /// An attribute's name, its colon left out.
    Attribute,
    /// The whole dotted name of a form, in front of its criteria or its fields.
    FormName,
    /// A field's name in `insert into` and `update`, its `=` left out.
    FieldName,
    /// `insert into`
    InsertInto,
    /// `update` before records
    Update,
    /// `delete from`
    DeleteFrom,
    /// A Creator statement that a word or two name: `alert`, `cancel submit`, `hide`.
    Client,
    /// `sort by`
    SortBy,
    Ascending,
    Descending,
    /// `range from`
    RangeFrom,
    /// The `to` of a range.
    RangeTo,
    /// `.getall()` behind what is sorted or cut to a range.
    GetAll,
    /// `this month`, `last 3 weeks`, `2 years ago` behind `in`.
    Period,
    /// An expression that did not parse.
    BrokenValue,
    /// A statement that did not parse, its `;` included.
    BrokenStatement,
    ParenOpen,
    ParenClose,
    ListOpen,
    ListClose,
    TaskOpen,
    TaskClose,
    CriteriaOpen,
    CriteriaClose,
    FieldsOpen,
    FieldsClose,
    LiteralOpen,
    LiteralClose,
    BlockOpen,
    BlockClose,
    Semicolon,
    Comma,
    Colon,
    Dot,
    Assign,
    AddAssign,
    SubtractAssign,
    MultiplyAssign,
    DivideAssign,
    RemainderAssign,
    Plus,
    Minus,
    Star,
    Slash,
    Percent,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    In,
    NotIn,
    Not,
    /// The one of `&&` and `||` that is read first in the dialect.
    Tight,
    /// The other one.
    Loose,
    If,
    ElseIf,
    Else,
    ForEach,
    ForEachIndex,
    /// The `in` of a loop's header.
    HeaderIn,
    Try,
    Catch,
    Throw,
    Return,
    Break,
    Continue,
    Info,
    /// Stands, with no text, before the type of a function definition.
    Function,
}

impl Kind {
    /// Whether only Creator's scripts have it.
    pub fn is_creator(self) -> bool {
        use Kind::*;
        matches!(self, InsertInto | Update | DeleteFrom | Client | SortBy | RangeFrom | CriteriaOpen)
    }
}
