//! What stands before the cursor, as tokens to walk back over.

use crate::syntax::{Piece, Shape, pieces};

/// The text up to the cursor and its tokens; comments are left out.
#[derive(Clone, Copy, Debug)]
pub(super) struct Before<'t> {
    pub text: &'t str,
    pieces: &'t [Piece],
}

/// Where the tokens end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// In a comment, or right behind what cannot go on.
    Closed,
    /// In a name that begins at this byte; at the cursor when nothing was typed of it.
    Name(usize),
    /// In a text whose first letter stands at this byte.
    Text(usize),
}

/// Cuts the text up to the cursor into the tokens before what is being typed, and says what that is.
pub(super) fn read(text: &str) -> (Vec<Piece>, End) {
    let mut pieces = pieces(text);
    if let Some(last) = pieces.last()
        && last.shape == Shape::Comment
        && last.span.end as usize == text.len()
    {
        let written = text.get(last.span.range()).unwrap_or_default();
        if written.starts_with("//") || !written.ends_with("*/") || written.len() < 4 {
            return (Vec::new(), End::Closed);
        }
    }
    pieces.retain(|piece| piece.shape != Shape::Comment);
    if let Some(open) = pieces.iter().position(|piece| piece.shape == Shape::OpenText) {
        let start = pieces.get(open).map_or(0, |piece| piece.span.start as usize + 1);
        pieces.truncate(open);
        return (pieces, End::Text(start));
    }
    let end = match pieces.last() {
        Some(last) if last.span.end as usize == text.len() => match last.shape {
            Shape::Word => {
                let start = last.span.start as usize;
                pieces.pop();
                End::Name(start)
            }
            Shape::Open | Shape::Sign => End::Name(text.len()),
            _ => End::Closed,
        },
        _ => End::Name(text.len()),
    };
    (pieces, end)
}

impl<'t> Before<'t> {
    pub(super) fn new(text: &'t str, pieces: &'t [Piece]) -> Self {
        Self { text, pieces }
    }

    /// How many tokens there are.
    pub(super) fn len(self) -> usize {
        self.pieces.len()
    }

    /// The tokens before a place.
    pub(super) fn up_to(self, end: usize) -> Self {
        Self { pieces: self.pieces.get(..end).unwrap_or(self.pieces), ..self }
    }

    /// A token by its number.
    pub(super) fn piece(self, at: usize) -> Option<Piece> {
        self.pieces.get(at).copied()
    }

    /// What is written at a token; empty where there is none.
    pub(super) fn written(self, at: usize) -> &'t str {
        self.piece(at).and_then(|piece| self.text.get(piece.span.range())).unwrap_or_default()
    }

    /// What is written so many tokens before the end: 1 is the last.
    pub(super) fn last(self, back: usize) -> &'t str {
        self.len().checked_sub(back).map_or("", |at| self.written(at))
    }

    /// The word at a token; `None` when it is none.
    pub(super) fn word(self, at: usize) -> Option<&'t str> {
        self.piece(at).filter(|piece| piece.shape == Shape::Word).map(|_| self.written(at))
    }

    /// Whether two tokens that follow one another touch.
    pub(super) fn touches(self, at: usize) -> bool {
        let end = self.piece(at).map(|piece| piece.span.end);
        end.is_some() && end == self.piece(at + 1).map(|piece| piece.span.start)
    }

    /// Whether a line ends between the last token and this byte.
    pub(super) fn is_fresh_line(self, start: usize) -> bool {
        let end = self.pieces.last().map_or(0, |piece| piece.span.end as usize);
        self.text.get(end..start).is_some_and(|between| between.contains('\n'))
    }

    /// The bracket that is open at the end of the tokens. A `;` closes what is open in its statement.
    pub(super) fn opener(self) -> Option<usize> {
        let mut depth = 0usize;
        for at in (0..self.len()).rev() {
            match self.piece(at)?.shape {
                Shape::Close => depth += 1,
                Shape::Open if depth == 0 => return Some(at),
                Shape::Open => depth -= 1,
                Shape::Sign if depth == 0 && self.written(at) == ";" => return None,
                _ => {}
            }
        }
        None
    }

    /// The bracket that the closing one at `close` closes.
    pub(super) fn partner(self, close: usize) -> Option<usize> {
        self.up_to(close).opener()
    }

    /// The numbers of the tokens within the bracket open at `opener` that stand in no further bracket.
    pub(super) fn within(self, opener: usize) -> Vec<usize> {
        let mut depth = 0usize;
        let mut outer = Vec::new();
        for at in opener + 1..self.len() {
            match self.piece(at).map(|piece| piece.shape) {
                Some(Shape::Open) => {
                    if depth == 0 {
                        outer.push(at);
                    }
                    depth += 1;
                }
                Some(Shape::Close) => depth = depth.saturating_sub(1),
                Some(_) if depth == 0 => outer.push(at),
                _ => {}
            }
        }
        outer
    }

    /// The dotted name that ends with the token at `end`, and the number of its first token.
    pub(super) fn dotted(self, end: usize) -> Option<(String, usize)> {
        self.word(end)?;
        let mut first = end;
        while first >= 2 && self.written(first - 1) == "." && self.word(first - 2).is_some() {
            first -= 2;
        }
        let name = (first..=end).map(|at| self.written(at)).collect();
        Some((name, first))
    }
}
