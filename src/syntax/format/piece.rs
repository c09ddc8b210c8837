//! What is written: the tokens of the source in order, each with its role, its comments and how its line began, and
//! the braces that the source leaves out. The terminals of the grammar know the roles, but some tokens are no
//! terminals (the colon of an attribute, a comma before a closing bracket, a `;` too many) and some terminals take in
//! several tokens (`else if`, `content-type`); here both are brought together.

use super::comment::{self, Comment};
use crate::syntax::context::{Leaf, LeafKind, Reading};
use crate::syntax::token::{Kind, Raw, RawToken, Token};

/// What a piece is, as far as layout asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A variable, a function, a type.
    Name,
    /// A number, a text, `true`.
    Literal,
    /// A word that a value or a name follows.
    Keyword,
    /// A word whose parenthesis touches it: `if` as statement or value, `alert`.
    If,
    /// The end of `for each`.
    ForEach,
    /// A token of a terminal that takes in the next one, too.
    Part {
        tight: bool,
    },
    /// `+` or `-` before a value.
    Sign,
    /// `!`
    Bang,
    Operator,
    Assign,
    Dot,
    Comma {
        spaced: bool,
    },
    Colon,
    Semicolon,
    Open,
    Close,
    TaskOpen,
    TaskClose,
    /// The name of an attribute or field; some have a blank before their colon.
    Attribute {
        spaced: bool,
    },
    BlockOpen {
        indents: bool,
    },
    BlockClose,
    /// Behind the last token.
    End,
}

/// What begins with a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Start {
    Nothing,
    /// A line: a statement, a brace, `else`, `catch`.
    Line,
    /// An attribute of a task, or a field of a record.
    Attribute,
}

/// A token, or a brace that is added.
#[derive(Clone, Debug)]
pub(super) struct Piece<'s> {
    pub role: Role,
    pub start: Start,
    pub text: &'s str,
    /// Whether it is a brace that the source does not have.
    pub is_added: bool,
    /// Of the first piece of a line: whether it begins the header of a block.
    pub begins_header: bool,
    /// Comments on the lines above it.
    pub above: Vec<Comment<'s>>,
    /// Comments behind it on its line.
    pub behind: Vec<Comment<'s>>,
    /// Line ends between it and the comment or token before it.
    pub lines_before: usize,
    /// Of a bracket or the first piece of a line: how long all of it would be on one line; see `measure.rs`.
    pub width: usize,
    /// Of a bracket: whether the source has line ends at its commas, or inside its brackets' edges.
    pub is_split: bool,
    /// Of a bracket: whether a comment between its entries takes a line to its end.
    pub must_split: bool,
}

/// All pieces, with an empty one at the end.
#[derive(Debug)]
pub(super) struct Pieces<'s> {
    pub list: Vec<Piece<'s>>,
    /// How lines end.
    pub line_end: &'static str,
}

/// Brings the raw tokens and the terminals of a source together.
pub(super) fn pieces<'s>(text: &'s str, raw: &[RawToken], reading: &Reading) -> Pieces<'s> {
    let list = Vec::with_capacity(raw.len() + 1);
    let mut builder =
        Builder { text, raw, list, at: 0, end: 0, leaf: None, header: None, typed: false, carriage_return: None };
    let mut leaves = reading.leaves.iter().copied().peekable();
    for (index, token) in reading.tokens.iter().enumerate() {
        while leaves.peek().is_some_and(|leaf| leaf.range().end <= index) {
            leaves.next();
        }
        builder.enter(leaves.peek().copied().filter(|leaf| leaf.range().start <= index));
        builder.terminal(*token);
    }
    builder.enter(None);
    builder.loose(u32::MAX);
    builder.push(Role::End, Start::Line, text.len(), text.len());
    let line_end = if builder.carriage_return == Some(true) { "\r\n" } else { "\n" };
    Pieces { list: builder.list, line_end }
}

struct Builder<'s, 'r> {
    text: &'s str,
    raw: &'r [RawToken],
    list: Vec<Piece<'s>>,
    /// Index of the next raw token.
    at: usize,
    /// Where the last raw token ended.
    end: usize,
    /// The leaf of the terminal at hand, and whether its first token was seen.
    leaf: Option<(Leaf, bool)>,
    /// The kind of the last leaf, until a block opens.
    header: Option<LeafKind>,
    /// Whether the last piece is a type before an assignment, which began the line.
    typed: bool,
    carriage_return: Option<bool>,
}

impl Builder<'_, '_> {
    fn enter(&mut self, leaf: Option<Leaf>) {
        if leaf.map(|leaf| leaf.start) != self.leaf.map(|(leaf, _)| leaf.start) {
            self.header = self.leaf.map(|(leaf, _)| leaf.kind).or(self.header);
            self.leaf = leaf.map(|leaf| (leaf, false));
        }
    }

    /// Writes the raw tokens up to the terminal, and those of the terminal itself.
    fn terminal(&mut self, token: Token) {
        self.loose(token.start);
        if token.start == token.end() {
            return self.supplied(token.kind);
        }
        let first = self.at;
        while let Some(raw) = self.raw.get(self.at).copied().filter(|raw| raw.end() <= token.end()) {
            let next = self.raw.get(self.at + 1).copied().filter(|next| next.end() <= token.end());
            let role = match next {
                Some(_) if raw.kind == Raw::Dot && self.at == first => Role::Dot,
                Some(next) => Role::Part { tight: !is_word(raw) || !is_word(next) },
                None => self.role(token),
            };
            let start = if self.at == first { self.start(token.kind) } else { Start::Nothing };
            self.take(role, start, raw);
        }
        if let Some((_, seen)) = &mut self.leaf {
            *seen = true;
        }
    }

    /// A terminal without text: of these only braces are written.
    fn supplied(&mut self, kind: Kind) {
        let role = match kind {
            Kind::BlockOpen => Role::BlockOpen { indents: true },
            Kind::BlockClose => Role::BlockClose,
            _ => return,
        };
        self.header = None;
        let text = if kind == Kind::BlockOpen { "{" } else { "}" };
        self.list.push(Piece { text, is_added: true, ..empty(role, Start::Line) });
    }

    /// Writes the tokens before `offset` that are no terminals.
    fn loose(&mut self, offset: u32) {
        while let Some(raw) = self.raw.get(self.at).copied().filter(|raw| raw.end() <= offset) {
            let role = match raw.kind {
                Raw::Semicolon => Role::Semicolon,
                Raw::Comma => Role::Comma { spaced: false },
                // An attribute's colon; or the `=` behind a field's name, which Zoho's editor prints as tightly.
                Raw::Colon | Raw::Assign => Role::Colon,
                Raw::ParenClose => Role::Close,
                _ => Role::Name,
            };
            let inside = self.leaf.is_some_and(|(_, seen)| seen);
            let alone = self.list.last().is_none_or(|last| matches!(last.role, Role::BlockOpen { .. }));
            self.typed = raw.kind == Raw::Word && !inside;
            let begins = self.typed || raw.kind == Raw::Semicolon && alone && !inside;
            self.take(role, if begins { Start::Line } else { Start::Nothing }, raw);
        }
    }

    fn take(&mut self, role: Role, start: Start, raw: RawToken) {
        self.at += 1;
        self.push(role, start, raw.start as usize, raw.end() as usize);
    }

    fn push(&mut self, role: Role, start: Start, from: usize, to: usize) {
        let gap = comment::read(self.text.get(self.end..from).unwrap_or_default());
        self.end = to;
        self.carriage_return = self.carriage_return.or(gap.carriage_return);
        let mut piece = Piece { text: self.text.get(from..to).unwrap_or_default(), ..empty(role, start) };
        piece.lines_before = gap.lines_after;
        piece.begins_header = self.leaf.is_some_and(|(leaf, _)| leaf.kind != LeafKind::Statement);
        let mut comments = gap.comments.into_iter().peekable();
        // An added brace has no line of its own in the source, so the comment belongs to the token before it.
        if let Some(before) = self.list.iter_mut().rfind(|before| !before.is_added) {
            while let Some(comment) = comments.next_if(|comment| !comment.own_line()) {
                before.behind.push(comment);
            }
        }
        piece.above = comments.collect();
        self.list.push(piece);
    }

    fn start(&mut self, kind: Kind) -> Start {
        if std::mem::take(&mut self.typed) {
            return Start::Nothing;
        }
        match (self.leaf, kind) {
            (_, Kind::Attribute | Kind::FieldName) => Start::Attribute,
            (Some((_, false)), _) => Start::Line,
            (None, Kind::Try | Kind::Else | Kind::Catch | Kind::BlockOpen | Kind::BlockClose) => Start::Line,
            _ => Start::Nothing,
        }
    }

    fn role(&mut self, token: Token) -> Role {
        use Kind::*;
        let in_header = self.leaf.is_some_and(|(leaf, _)| leaf.kind == LeafKind::Function);
        let text = self.text.get(token.span().range()).unwrap_or_default();
        match token.kind {
            Name | TaskName | FormName => Role::Name,
            If | ElseIf | IfValue | Client => Role::If,
            ForEach => Role::ForEach,
            Attribute => Role::Attribute { spaced: has_spaced_colon(text) },
            FieldName => Role::Attribute { spaced: false },
            Plus | Minus if !self.behind_value() => Role::Sign,
            Not if text == "!" => Role::Bang,
            Plus | Minus | Star | Slash | Percent | Equal | NotEqual | Less | LessOrEqual | Greater
            | GreaterOrEqual | In | NotIn | Tight | Loose => Role::Operator,
            Assign | AddAssign | SubtractAssign | MultiplyAssign | DivideAssign | RemainderAssign => Role::Assign,
            Kind::Dot => Role::Dot,
            Comma => Role::Comma { spaced: in_header },
            Colon => Role::Colon,
            Semicolon => Role::Semicolon,
            ParenOpen | ListOpen | LiteralOpen | CriteriaOpen => Role::Open,
            ParenClose | ListClose | LiteralClose | CriteriaClose => Role::Close,
            Kind::TaskOpen | FieldsOpen => Role::TaskOpen,
            Kind::TaskClose | FieldsClose => Role::TaskClose,
            Kind::BlockOpen => Role::BlockOpen { indents: self.header.take() != Some(LeafKind::Function) },
            Kind::BlockClose => Role::BlockClose,
            InsertInto | Update | DeleteFrom | SortBy | Ascending | Descending | RangeFrom | RangeTo => Role::Keyword,
            ForEachIndex | HeaderIn | Not | Else | Try | Catch | Throw | Return | Break | Continue | Info
            | Function => Role::Keyword,
            Number | Decimal | DoubleText | SingleText | True | False | Null | Period | GetAll => Role::Literal,
            BrokenValue | BrokenStatement => Role::Literal,
        }
    }

    fn behind_value(&self) -> bool {
        let ends_value = |role| matches!(role, Role::Name | Role::Literal | Role::Close | Role::TaskClose);
        self.list.last().is_some_and(|piece| ends_value(piece.role))
    }
}

fn empty<'s>(role: Role, start: Start) -> Piece<'s> {
    let (above, behind) = (Vec::new(), Vec::new());
    let (is_added, begins_header) = (false, false);
    Piece {
        role,
        start,
        text: "",
        is_added,
        begins_header,
        above,
        behind,
        lines_before: 0,
        width: 0,
        is_split: false,
        must_split: false,
    }
}

fn is_word(raw: RawToken) -> bool {
    matches!(raw.kind, Raw::Word | Raw::Number)
}

/// Zoho's editor prints `url :x` but `parameters:x`: it sets a blank behind the attributes that a task cannot do without.
fn has_spaced_colon(name: &str) -> bool {
    ["url", "type", "service", "path", "from", "to", "subject", "message"]
        .iter()
        .any(|spaced| spaced.eq_ignore_ascii_case(name))
}
