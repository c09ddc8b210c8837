//! Comments and line ends between two tokens. The lexer passes over them, so they are read from the gaps that it
//! leaves, which hold nothing but blanks and comments.

/// A comment, with what stood around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Comment<'s> {
    /// From its slashes on; a line comment without the blanks at its end.
    pub text: &'s str,
    /// How many line ends stand before it, behind the token or comment before.
    pub lines_before: usize,
}

impl Comment<'_> {
    /// Whether it reaches to the end of its line.
    pub fn ends_line(&self) -> bool {
        self.text.starts_with("//")
    }

    /// Whether it begins a line.
    pub fn own_line(&self) -> bool {
        self.lines_before > 0
    }
}

/// What stands between two tokens.
#[derive(Clone, Debug, Default)]
pub(super) struct Gap<'s> {
    pub comments: Vec<Comment<'s>>,
    /// How many line ends stand behind the last comment.
    pub lines_after: usize,
    /// Whether the first line end of the gap is written with a carriage return; `None` if the gap has none.
    pub carriage_return: Option<bool>,
}

/// Reads a gap.
pub(super) fn read(text: &str) -> Gap<'_> {
    let mut gap = Gap::default();
    let mut rest = text;
    while let Some(at) = rest.find('/') {
        let (blanks, from_comment) = rest.split_at(at);
        gap.note_line_end(blanks);
        let length = match from_comment.strip_prefix("/*").map(|inner| inner.find("*/")) {
            Some(Some(length)) => length + 4,
            Some(None) => from_comment.len(),
            None => from_comment.find('\n').unwrap_or(from_comment.len()),
        };
        let (comment, behind) = from_comment.split_at(length);
        let comment = if comment.starts_with("//") { comment.trim_end() } else { comment };
        gap.comments.push(Comment { text: comment, lines_before: line_ends(blanks) });
        // The carriage return before a line end is no part of a line comment.
        rest = from_comment.get(comment.len()..).filter(|_| comment.starts_with("//")).unwrap_or(behind);
    }
    gap.note_line_end(rest);
    gap.lines_after = line_ends(rest);
    gap
}

impl Gap<'_> {
    fn note_line_end(&mut self, blanks: &str) {
        if self.carriage_return.is_none() {
            self.carriage_return =
                blanks.find('\n').map(|at| blanks.get(..at).is_some_and(|line| line.ends_with('\r')));
        }
    }
}

/// Line ends in blanks; a carriage return alone is one too.
fn line_ends(blanks: &str) -> usize {
    let lone =
        blanks.bytes().zip(blanks.bytes().skip(1).chain([0])).filter(|(one, next)| *one == b'\r' && *next != b'\n');
    blanks.bytes().filter(|byte| *byte == b'\n').count() + lone.count()
}
