//! A value on one line. The line's room bounds both the work and the depth: each container takes a column before what it
//! holds is looked at.

use super::line::{Line, Style};
use super::shape::{Entry, add_scalar, add_text, shape};
use crate::value::Data;

/// Writes a value, or as much of it as fits.
pub(super) fn add(value: &Data, line: &mut Line) {
    let Some(shape) = shape(value) else { return add_scalar(value, line) };
    line.add(Style::Plain, shape.open);
    let mut at = 0;
    while let Some(entry) = shape.children.get(at).filter(|_| !line.is_over()) {
        if at > 0 {
            line.add(Style::Plain, ", ");
        }
        add_entry(entry, line);
        at += 1;
    }
    line.add(Style::Plain, shape.close);
}

/// Writes an element, or a pair with its key.
pub(super) fn add_entry(entry: Entry<'_>, line: &mut Line) {
    if let Some(key) = entry.key {
        add_key(key, line);
        line.add(Style::Plain, ": ");
    }
    if !line.is_over() {
        add(entry.value, line);
    }
}

/// Writes a key: a text in quotes as any text, so that the keys `1` and `"1"` differ.
pub(super) fn add_key(key: &Data, line: &mut Line) {
    match key {
        Data::Text(text) => add_text(Style::Key, text, line),
        other => add(other, line),
    }
}

/// A value in a given room. What does not fit is cut with `…`, before the quote or bracket that ends it. Gives whether it
/// was cut.
pub(super) fn within(value: &Data, room: usize) -> (Line, bool) {
    let end = match value {
        Data::Text(_) => (Style::Text, "\""),
        other => (Style::Plain, shape(other).map_or("", |shape| shape.close)),
    };
    fit(room, end, |line| add(value, line))
}

/// A key in a given room, cut like a value.
pub(super) fn key_within(key: &Data, room: usize) -> (Line, bool) {
    let end = if let Data::Text(_) = key { "\"" } else { "" };
    fit(room, (Style::Key, end), |line| add_key(key, line))
}

fn fit(room: usize, (style, end): (Style, &str), write: impl Fn(&mut Line)) -> (Line, bool) {
    let mut line = Line::new(room);
    write(&mut line);
    if !line.is_over() {
        return (line, false);
    }
    let mut line = Line::new(room.saturating_sub(end.len()));
    write(&mut line);
    line.cut();
    line.widen(room);
    line.add(style, end);
    (line, true)
}
