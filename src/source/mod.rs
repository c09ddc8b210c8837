//! A script's text and the places in it. Every stage speaks of places as a [`Span`] of byte offsets; only what a
//! person reads (diagnostics, run-time errors, JSON reports) turns them into a [`Position`] of line and column.

mod position;

pub use position::Position;

use std::sync::{Arc, OnceLock};

/// A named text: a script file, standard input or a text handed over by an embedding program.
#[derive(Clone, Debug)]
pub struct Source {
    name: Arc<str>,
    text: Arc<str>,
    /// Byte offset at which each line begins; the first is 0. Looked for when a line is first asked for, which most runs
    /// never do.
    line_starts: Arc<OnceLock<Box<[u32]>>>,
    /// The number of the first line; more than 1 for a part of a larger file.
    first_line: u32,
}

/// A half-open range of byte offsets in a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset after the last byte.
    pub end: u32,
}

impl Span {
    /// The span from `start` up to, not including, `end`. Offsets beyond 4 GiB are cut to that bound; sources are
    /// refused long before (see `syntax`'s size limit).
    pub fn new(start: usize, end: usize) -> Self {
        let fit = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Self { start: fit(start), end: fit(end) }
    }

    /// The smallest span that covers both.
    pub fn to(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The empty span just after this one: where something is missing.
    pub fn after(self) -> Span {
        Span { start: self.end, end: self.end }
    }

    /// As a range for slicing.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

impl Source {
    /// Wraps `text` under `name`; the name is what messages show (a path, `<stdin>`, a rule's name).
    pub fn new(name: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> Self {
        Self { name: name.into(), text: text.into(), line_starts: Arc::default(), first_line: 1 }
    }

    /// A part of this text as a source of its own, whose lines are numbered as they are here.
    pub fn part(&self, span: Span, name: impl Into<Arc<str>>) -> Self {
        Self { first_line: self.line(span.start), ..Self::new(name, self.slice(span)) }
    }

    /// The same source with another text in its place, for showing.
    pub fn with_text(&self, text: impl Into<Arc<str>>) -> Self {
        Self { first_line: self.first_line, ..Self::new(Arc::clone(&self.name), text) }
    }

    /// The number of the first line: 1, unless this is a part of a larger file.
    pub fn first_line(&self) -> u32 {
        self.first_line
    }

    /// The name given at creation.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text of a span; empty when the span lies outside the source.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// The 1-based line of a byte offset.
    pub fn line(&self, offset: u32) -> u32 {
        self.line_in_text(offset) as u32 + self.first_line
    }

    /// The line of a byte offset, from 0.
    fn line_in_text(&self, offset: u32) -> usize {
        self.line_starts().partition_point(|start| *start <= offset).max(1) - 1
    }

    fn line_starts(&self) -> &[u32] {
        self.line_starts.get_or_init(|| {
            let line_ends = memchr::memchr_iter(b'\n', self.text.as_bytes());
            std::iter::once(0).chain(line_ends.map(|at| at as u32 + 1)).collect()
        })
    }

    /// The position of a byte offset: 1-based line, 1-based column counted in Unicode scalar values.
    pub fn position(&self, offset: u32) -> Position {
        let line = self.line(offset);
        let start = self.line_starts().get(self.line_in_text(offset)).copied().unwrap_or_default();
        let before = self.text.get(start as usize..offset as usize).unwrap_or_default();
        Position { line, column: before.chars().count() as u32 + 1 }
    }
}

#[cfg(test)]
mod tests;
