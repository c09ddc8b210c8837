//! What the one-line form and the indented form have in common: which brackets a container has, and how each of the other
//! values is written inside of one. A date in single quotes and a collection with its name are what a script would write.

use jiff::tz::TimeZone;

use super::line::{Escapes, Line, Style};
use crate::repl::measure::count;
use crate::value::{Data, DateTime, File};

/// A container taken apart.
#[derive(Clone, Copy)]
pub(super) struct Shape<'a> {
    pub(super) open: &'static str,
    pub(super) children: Children<'a>,
    pub(super) close: &'static str,
}

/// What a container holds.
#[derive(Clone, Copy)]
pub(super) enum Children<'a> {
    Items(&'a [Data]),
    Pairs(&'a [(Data, Data)]),
}

/// One thing that a container holds.
#[derive(Clone, Copy)]
pub(super) struct Entry<'a> {
    pub(super) key: Option<&'a Data>,
    pub(super) value: &'a Data,
}

impl<'a> Children<'a> {
    pub(super) fn len(self) -> usize {
        match self {
            Children::Items(items) => items.len(),
            Children::Pairs(pairs) => pairs.len(),
        }
    }

    pub(super) fn get(self, at: usize) -> Option<Entry<'a>> {
        match self {
            Children::Items(items) => items.get(at).map(|value| Entry { key: None, value }),
            Children::Pairs(pairs) => pairs.get(at).map(|(key, value)| Entry { key: Some(key), value }),
        }
    }
}

/// The parts of a container; `None` for every other value.
pub(super) fn shape(value: &Data) -> Option<Shape<'_>> {
    let (open, children, close) = match value {
        Data::List { items, .. } => ("[", Children::Items(items), "]"),
        Data::Map(pairs) => ("{", Children::Pairs(pairs), "}"),
        Data::Braces => ("{", Children::Items(&[]), "}"),
        Data::Elements(items) => ("Collection(", Children::Items(items), ")"),
        Data::Pairs(pairs) => ("Collection(", Children::Pairs(pairs), ")"),
        _ => return None,
    };
    Some(Shape { open, children, close })
}

/// Writes a value that is no container as it stands inside of one.
pub(super) fn add_scalar(value: &Data, line: &mut Line) {
    match value {
        Data::Null => line.add(Style::Faint, "null"),
        Data::Boolean(value) => line.add(Style::Constant, if *value { "true" } else { "false" }),
        Data::Number(number) => line.add(Style::Number, &number.to_string()),
        Data::Decimal(decimal) => line.add(Style::Number, &decimal.to_string()),
        Data::Text(text) => add_text(Style::Text, text, line),
        Data::DateTime(date) => add_literal(&date.print(), line),
        Data::Time(time) => add_literal(&time.print(), line),
        Data::File(file) => {
            line.add(Style::Date, "<");
            add_file(file, line);
            line.add(Style::Date, ">");
        }
        Data::List { .. } | Data::Map(_) | Data::Braces | Data::Elements(_) | Data::Pairs(_) => {}
    }
}

/// Writes a text between quotes.
pub(super) fn add_text(style: Style, text: &str, line: &mut Line) {
    line.add(style, "\"");
    line.add_foreign(style, text, Escapes::Language);
    line.add(style, "\"");
}

/// Writes a value that is neither text nor container as it stands alone: dates with their zone.
pub(super) fn add_alone(value: &Data, line: &mut Line) {
    match value {
        Data::DateTime(date) => {
            line.add_foreign(Style::Date, &date.print(), Escapes::Few);
            if date.has_time() {
                line.add(Style::Faint, " (");
                line.add_foreign(Style::Faint, &zone(date), Escapes::Few);
                line.add(Style::Faint, ")");
            }
        }
        Data::Time(time) => line.add(Style::Date, &time.print()),
        Data::File(file) => add_file(file, line),
        other => add_scalar(other, line),
    }
}

/// The size and type of a file: `12 bytes, text/csv`.
pub(super) fn about_file(file: &File) -> String {
    let size = count(file.bytes.len(), "byte");
    match file.content_type.as_str() {
        "" => size,
        content_type => format!("{size}, {content_type}"),
    }
}

fn add_literal(text: &str, line: &mut Line) {
    line.add(Style::Date, "'");
    line.add_foreign(Style::Date, text, Escapes::Few);
    line.add(Style::Date, "'");
}

fn add_file(file: &File, line: &mut Line) {
    line.add_foreign(Style::Date, &file.name, Escapes::Few);
    line.add(Style::Faint, " (");
    line.add_foreign(Style::Faint, &about_file(file), Escapes::Few);
    line.add(Style::Faint, ")");
}

/// The zone of a date and its distance from UTC on that day, which changes with summer and winter.
fn zone(date: &DateTime) -> String {
    let zone = date.settings().zone();
    if *zone == TimeZone::UTC {
        return "UTC".to_owned();
    }
    let seconds = zone.to_offset(date.instant()).seconds();
    let (sign, minutes) = (if seconds < 0 { '-' } else { '+' }, seconds.unsigned_abs() / 60);
    let offset = format!("UTC{sign}{:02}:{:02}", minutes / 60, minutes % 60);
    match zone.iana_name() {
        Some(name) => format!("{name}, {offset}"),
        None => offset,
    }
}
