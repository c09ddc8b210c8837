//! A text as an editor shows it: every token and comment with the role that it has where it stands. The roles are those
//! of the context pass, so that `info` before a value is a keyword and `info = 1` assigns to a variable. Any text has
//! pieces, however broken it is; what the pass has given up keeps the role that its words may have.

use super::context::words::{Keyword, is_task, is_type, keyword};
use super::context::{self, Settings};
use super::lexer::lex;
use super::token::{Kind, Raw, RawToken};
use crate::source::Span;

/// A token or a comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Its place. Pieces are in order and do not overlap; between them is white space.
    pub span: Span,
    /// What it is by itself.
    pub shape: Shape,
    /// What it is where it stands.
    pub role: Role,
}

/// What a piece is by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A name or a keyword.
    Word,
    /// Digits, with or without a point.
    Number,
    /// A text in quotes.
    Text,
    /// A text without its closing quote.
    OpenText,
    /// A comment; also one without its end.
    Comment,
    /// `(`, `[` or `{`
    Open,
    /// `)`, `]` or `}`
    Close,
    /// An operator or another sign.
    Sign,
    /// A character that is part of nothing.
    Bad,
}

/// What a piece is where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Nothing that a word or sign is not anyway: a variable, a function, an operator.
    Plain,
    /// A word that steers the run or makes a statement, or the word of an operator.
    Keyword,
    /// `true`, `false`, `null`
    Constant,
    /// A part of the name of a task whose attributes stand in brackets.
    Task,
    /// A part of the name of an attribute.
    Attribute,
}

/// All pieces of a text.
pub fn pieces(text: &str) -> Vec<Piece> {
    let raw = lex(text, &[]);
    let tokens = context::read(text, &raw, Settings { is_input: true, ..Settings::default() }).tokens;
    let mut tokens = tokens.into_iter().filter(|token| token.end() > token.start).peekable();
    let mut pieces = Vec::with_capacity(raw.len());
    let mut open = Vec::new();
    let mut end = 0;
    for (at, token) in raw.iter().copied().enumerate() {
        comments(text, Span { start: end, end: token.start }, &mut pieces);
        end = token.end();
        while tokens.next_if(|known| known.end() <= token.start).is_some() {}
        let known = tokens.peek().filter(|known| known.start <= token.start).map(|known| known.kind);
        let shape = shape(token.kind);
        let role = match shape {
            Shape::Word if named_type(text, token, raw.get(at + 1)) => Role::Keyword,
            Shape::Word => match word_role(text, token, known) {
                Role::Plain if is_broken(known) => broken_role(text, raw.get(at..).unwrap_or_default(), &open),
                role => role,
            },
            _ => Role::Plain,
        };
        match shape {
            Shape::Open => open.push(token.kind),
            Shape::Close => drop(open.pop()),
            _ => {}
        }
        pieces.push(Piece { span: token.span(), shape, role });
    }
    comments(text, Span { start: end, end: text.len() as u32 }, &mut pieces);
    pieces
}

/// Adds the comments between two tokens, of which the lexer says nothing.
fn comments(text: &str, between: Span, pieces: &mut Vec<Piece>) {
    let mut start = between.start as usize;
    while let Some(found) = text.get(start..between.end as usize).and_then(|gap| gap.find('/')) {
        start += found;
        let rest = text.get(start..between.end as usize).unwrap_or_default();
        let length = match rest.strip_prefix("/*") {
            Some(inner) => inner.find("*/").map(|at| at + 4),
            None => rest.find('\n'),
        };
        let length = length.unwrap_or(rest.len()).max(1);
        pieces.push(Piece { span: Span::new(start, start + length), shape: Shape::Comment, role: Role::Plain });
        start += length;
    }
}

fn shape(kind: Raw) -> Shape {
    match kind {
        Raw::Word => Shape::Word,
        Raw::Number | Raw::Decimal | Raw::BadNumber => Shape::Number,
        Raw::DoubleText | Raw::SingleText => Shape::Text,
        Raw::OpenText => Shape::OpenText,
        Raw::OpenComment => Shape::Comment,
        Raw::ParenOpen | Raw::SquareOpen | Raw::BraceOpen => Shape::Open,
        Raw::ParenClose | Raw::SquareClose | Raw::BraceClose => Shape::Close,
        Raw::Bad => Shape::Bad,
        _ => Shape::Sign,
    }
}

/// Whether the word is the type of the name behind it, as in the header of a function.
fn named_type(text: &str, token: RawToken, next: Option<&RawToken>) -> bool {
    let word = text.get(token.span().range()).unwrap_or_default();
    next.is_some_and(|next| next.kind == Raw::Word) && is_type(word)
}

/// The role of a word that is, or is a part of, the terminal `known`.
fn word_role(text: &str, token: RawToken, known: Option<Kind>) -> Role {
    match known {
        Some(Kind::Attribute) => Role::Attribute,
        Some(Kind::TaskName) => Role::Task,
        Some(Kind::True | Kind::False | Kind::Null) => Role::Constant,
        known if is_broken(known) => {
            let word = text.get(token.span().range()).unwrap_or_default();
            match keyword(word) {
                Some(Keyword::True | Keyword::False | Keyword::Null) => Role::Constant,
                Some(_) => Role::Keyword,
                None => Role::Plain,
            }
        }
        Some(kind) if is_keyword(kind) => Role::Keyword,
        _ => Role::Plain,
    }
}

/// Whether the pass has given up what a token stands in, as it does with most that is still being typed.
fn is_broken(known: Option<Kind>) -> bool {
    matches!(known, None | Some(Kind::BrokenStatement | Kind::BrokenValue))
}

/// What the first of `rest` most likely is within something broken: the name of a task, or of an attribute where a square
/// bracket is open and a colon follows.
fn broken_role(text: &str, rest: &[RawToken], open: &[Raw]) -> Role {
    let word = rest.first().and_then(|token| text.get(token.span().range())).unwrap_or_default();
    if is_task(word) {
        return Role::Task;
    }
    let mut rest = rest;
    while let [
        RawToken { kind: Raw::Word, .. },
        RawToken { kind: Raw::Minus, .. },
        RawToken { kind: Raw::Word, .. },
        ..,
    ] = rest
    {
        rest = rest.get(2..).unwrap_or_default();
    }
    match rest {
        [RawToken { kind: Raw::Word, .. }, RawToken { kind: Raw::Colon, .. }, ..]
            if open.last() == Some(&Raw::SquareOpen) =>
        {
            Role::Attribute
        }
        _ => Role::Plain,
    }
}

fn is_keyword(kind: Kind) -> bool {
    use Kind::*;
    matches!(
        kind,
        If | IfValue
            | ElseIf
            | Else
            | ForEach
            | ForEachIndex
            | HeaderIn
            | Try
            | Catch
            | Throw
            | Return
            | Break
            | Continue
            | Info
            | In
            | NotIn
            | Not
            | Tight
            | Loose
            | InsertInto
            | Update
            | DeleteFrom
            | Client
            | SortBy
            | Ascending
            | Descending
            | RangeFrom
            | RangeTo
    )
}
