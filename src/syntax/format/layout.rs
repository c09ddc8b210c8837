//! Writes the pieces. What begins a line follows from the roles alone, as Zoho's editor knows no other layout, with two
//! additions. Comments stay in their place, and a bracket that holds one is spread over lines, an entry on each. And
//! where a line would be longer than [`WIDTH`], line ends that its author has set at the edges and commas of a bracket,
//! or around an operator or a dot, are kept; Zoho prints such a line as one, however long.

use super::comment::Comment;
use super::piece::{Piece, Pieces, Role, Start};
use super::spacing::blanks;

/// The columns that a line may have before line ends inside it are kept; a tab counts as four.
const WIDTH: usize = 120;
const TAB: usize = 4;

/// Writes all of it; `None` if it would be longer than `most` bytes.
pub(super) fn write(pieces: &Pieces, most: usize) -> Option<String> {
    let list = &pieces.list;
    let bytes = list.iter().map(|piece| piece.text.len() + 2).sum::<usize>();
    let mut writer = Writer {
        list,
        line_end: pieces.line_end,
        out: String::with_capacity(bytes.min(most)),
        blocks: Vec::new(),
        brackets: Vec::new(),
        in_header: false,
        indent: 0,
        width: 0,
        must_break: false,
    };
    for index in 0..list.len() {
        writer.piece(index);
        if writer.out.len() > most {
            return None;
        }
    }
    Some(writer.out)
}

struct Writer<'a, 's> {
    list: &'a [Piece<'s>],
    line_end: &'static str,
    out: String,
    /// How far the statements of the open blocks are indented.
    blocks: Vec<usize>,
    /// The open brackets of the statement.
    brackets: Vec<Bracket>,
    /// Whether the statement at hand is the header of a block.
    in_header: bool,
    /// How far the line at hand is indented.
    indent: usize,
    /// How long the statement at hand would be on one line.
    width: usize,
    /// Whether a line comment was written last, so that the line has to end.
    must_break: bool,
}

/// An open bracket.
#[derive(Clone, Copy)]
struct Bracket {
    /// How far the line is indented on which it opened.
    base: usize,
    /// Whether its entries have lines of their own.
    is_spread: bool,
    is_task: bool,
    is_long: bool,
}

/// What comes before a piece.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    Blanks(usize),
    /// A line end; the next line is indented so far. A blank line of the source may be kept.
    Line {
        indent: usize,
        may_part: bool,
    },
}

impl Writer<'_, '_> {
    fn piece(&mut self, index: usize) {
        let Some(piece) = self.list.get(index) else { return };
        if piece.start == Start::Line {
            self.brackets.clear();
            self.in_header = piece.begins_header;
            self.width = piece.width;
        }
        let inner = self.inner(index, piece);
        if piece.role == Role::BlockClose {
            self.blocks.pop();
        }
        let gap = self.gap(index, piece);
        self.separate(index, piece, gap, inner);
        self.out.push_str(piece.text);
        self.open(piece);
        for comment in &piece.behind {
            let touches = piece.role == Role::Open && !comment.ends_line() && self.out.ends_with(piece.text);
            if !touches {
                self.out.push(' ');
            }
            self.comment(comment);
        }
    }

    /// How far comments above a piece are indented; and the piece itself, if a comment alone pushes it to a new line.
    fn inner(&self, index: usize, piece: &Piece) -> usize {
        let block = self.blocks.last().copied().unwrap_or_default();
        let edge = matches!(piece.role, Role::Close | Role::TaskClose) || self.begins_entry(index, piece);
        match self.brackets.last() {
            _ if piece.role == Role::TaskOpen => self.indent,
            Some(bracket) if bracket.is_spread && edge => bracket.base + 1,
            Some(bracket) if bracket.is_spread => bracket.base + 2,
            Some(bracket) => bracket.base + 1,
            None if piece.start == Start::Line => block,
            None => block + 1,
        }
    }

    /// Whether the piece is the first of an entry of the innermost bracket.
    fn begins_entry(&self, index: usize, piece: &Piece) -> bool {
        match self.brackets.last().map(|bracket| bracket.is_task) {
            Some(true) => piece.start == Start::Attribute,
            Some(false) => matches!(self.before(index), Some(before) if before.opens() || before.is_comma()),
            None => false,
        }
    }

    fn before(&self, index: usize) -> Option<&Piece<'_>> {
        index.checked_sub(1).and_then(|at| self.list.get(at))
    }

    fn gap(&self, index: usize, piece: &Piece) -> Gap {
        let line = |indent, may_part| Gap::Line { indent, may_part };
        let spread = self.brackets.last().filter(|bracket| bracket.is_spread);
        match (piece.role, spread) {
            _ if piece.start == Start::Line => line(self.blocks.last().copied().unwrap_or_default(), true),
            (Role::TaskOpen, _) => line(self.indent, false),
            (Role::Close | Role::TaskClose, Some(bracket)) => line(bracket.base, false),
            (_, Some(bracket)) if self.begins_entry(index, piece) => line(bracket.base + 1, true),
            _ if self.keeps_line_end(index, piece) => line(self.inner(index, piece), false),
            _ => Gap::Blanks(blanks(self.list, index)),
        }
    }

    /// Whether the source has a line end at this operator or dot, and the line is long without it.
    fn keeps_line_end(&self, index: usize, piece: &Piece) -> bool {
        let is_long = match self.brackets.last() {
            Some(bracket) => bracket.is_long,
            None => self.blocks.last().copied().unwrap_or_default() * TAB + self.width > WIDTH,
        };
        let behind = self.list.get(index + 1);
        is_long
            && matches!(piece.role, Role::Operator | Role::Dot)
            && (piece.lines_before > 0
                || behind.is_some_and(|next| next.lines_before > 0 && next.above.is_empty()) && piece.behind.is_empty())
    }

    /// Writes the comments above a piece, and what separates it from what is before it.
    fn separate(&mut self, index: usize, piece: &Piece, gap: Gap, inner: usize) {
        let opened = self.before(index).is_none_or(|before| before.opens() && before.behind.is_empty());
        for (at, comment) in piece.above.iter().enumerate() {
            if at == 0 || comment.own_line() || self.must_break {
                self.line(inner, comment.lines_before > 1 && (at > 0 || !opened));
            } else {
                self.out.push(' ');
            }
            self.comment(comment);
        }
        let commented = !piece.above.is_empty();
        let behind_comment = commented || self.before(index).is_some_and(|before| !before.behind.is_empty());
        let parted = piece.lines_before > 1 && (commented || !opened) && !piece.goes_on();
        match gap {
            Gap::Line { .. } if commented && piece.lines_before == 0 && !self.must_break && !piece.is_edge() => {
                self.out.push(' ');
            }
            Gap::Line { indent, may_part } => self.line(indent, parted && may_part),
            Gap::Blanks(_) if self.must_break || commented && piece.lines_before > 0 => self.line(inner, false),
            Gap::Blanks(_) if behind_comment && !piece.touches() => self.out.push(' '),
            Gap::Blanks(count) => self.out.extend(std::iter::repeat_n(' ', count)),
        }
        self.must_break = false;
    }

    fn comment(&mut self, comment: &Comment) {
        self.out.push_str(comment.text);
        self.must_break = comment.ends_line();
    }

    /// Ends the line and begins the next one.
    fn line(&mut self, indent: usize, parted: bool) {
        if !self.out.is_empty() {
            self.out.push_str(self.line_end);
            if parted {
                self.out.push_str(self.line_end);
            }
        }
        self.out.extend(std::iter::repeat_n('\t', indent));
        self.indent = indent;
        self.must_break = false;
    }

    /// Whether the entries of a bracket may have lines of their own. In a header, and in the parentheses of a task's
    /// value, the parser takes a line end behind the opening bracket for a sign that the closing one is missing.
    fn may_spread(&self, piece: &Piece) -> bool {
        !self.in_header && (piece.text != "(" || !self.brackets.iter().any(|bracket| bracket.is_task))
    }

    /// Notes the block or bracket that a piece has opened or closed.
    fn open(&mut self, piece: &Piece) {
        match piece.role {
            Role::BlockOpen { indents } => self.blocks.push(self.indent + usize::from(indents)),
            Role::Close | Role::TaskClose => drop(self.brackets.pop()),
            Role::Open | Role::TaskOpen => {
                let is_task = piece.role == Role::TaskOpen;
                let is_long = is_task || self.indent * TAB + piece.width > WIDTH;
                let is_spread = is_task || self.may_spread(piece) && (piece.must_split || piece.is_split && is_long);
                self.brackets.push(Bracket { base: self.indent, is_spread, is_task, is_long });
            }
            _ => {}
        }
    }
}

impl Piece<'_> {
    fn opens(&self) -> bool {
        matches!(self.role, Role::BlockOpen { .. } | Role::Open | Role::TaskOpen)
    }

    fn is_comma(&self) -> bool {
        matches!(self.role, Role::Comma { .. })
    }

    /// Whether it stands on a line of its own, whatever is before it.
    fn is_edge(&self) -> bool {
        matches!(self.role, Role::BlockOpen { .. } | Role::BlockClose | Role::TaskOpen | Role::TaskClose | Role::End)
    }

    /// Whether it goes on with the statement before it, so that no blank line parts the two.
    fn goes_on(&self) -> bool {
        self.is_edge() || ["else", "catch"].iter().any(|word| self.text.eq_ignore_ascii_case(word))
    }

    /// Whether it touches what is before it.
    fn touches(&self) -> bool {
        self.is_comma() || matches!(self.role, Role::Close | Role::TaskClose | Role::Semicolon)
    }
}
