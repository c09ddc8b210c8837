//! What a value is, in the names that the documentation has for its kinds: a list by what it holds, a map by its keys.

use super::compact;
use super::line::{Escapes, Line, Style};
use super::shape::about_file;
use crate::http::grouped;
use crate::repl::measure::count;
use crate::value::Data;

/// More keys are counted only.
const MOST_KEYS: usize = 12;

/// The columns of a key.
const KEY: usize = 40;

/// One line about a value: `LIST of 3 KEY-VALUE`, `KEY-VALUE, 2 keys: id, name`, `FILE (12 bytes, text/csv)`.
pub fn describe(value: &Data) -> String {
    match value {
        Data::Text(text) => format!("{}, {}", kind(value), count(text.chars().count(), "character")),
        Data::List { items, .. } | Data::Elements(items) => elements(kind(value), items),
        Data::Map(pairs) | Data::Pairs(pairs) => keys(kind(value), pairs),
        Data::DateTime(date) if !date.has_time() => format!("{} without a time", kind(value)),
        Data::File(file) => {
            let mut line = Line::new(KEY * 2);
            line.add_foreign(Style::Plain, &about_file(file), Escapes::Few);
            format!("{} ({})", kind(value), plain(line))
        }
        _ => kind(value).to_owned(),
    }
}

/// The documented name of a kind.
fn kind(value: &Data) -> &'static str {
    match value {
        Data::Null => "null",
        Data::Boolean(_) => "BOOLEAN",
        Data::Number(_) => "NUMBER",
        Data::Decimal(_) => "DECIMAL",
        Data::Text(_) => "TEXT",
        Data::DateTime(_) => "DATE-TIME",
        Data::List { .. } => "LIST",
        Data::Map(_) => "KEY-VALUE",
        Data::Braces => "LIST or KEY-VALUE, empty",
        Data::Elements(_) | Data::Pairs(_) => "COLLECTION",
        Data::Time(_) => "TIME",
        Data::File(_) => "FILE",
    }
}

fn elements(name: &str, items: &[Data]) -> String {
    let mut kinds: Vec<(&str, usize)> = Vec::new();
    for item in items {
        // What may be a list or a map is told apart from both.
        let kind = if let Data::Braces = item { "{}" } else { kind(item) };
        match kinds.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, number)) => *number += 1,
            None => kinds.push((kind, 1)),
        }
    }
    match kinds.as_slice() {
        [] => format!("{name}, empty"),
        [(kind, number)] => format!("{name} of {} {kind}", grouped(*number)),
        kinds => {
            let each = kinds.iter().map(|(kind, number)| format!("{} {kind}", grouped(*number)));
            format!("{name} of {}: {}", grouped(items.len()), each.collect::<Vec<_>>().join(", "))
        }
    }
}

fn keys(name: &str, pairs: &[(Data, Data)]) -> String {
    if pairs.is_empty() {
        return format!("{name}, empty");
    }
    let mut shown: Vec<String> = pairs.iter().take(MOST_KEYS).map(|(key, _)| key_named(key)).collect();
    if let Some(more) = pairs.len().checked_sub(MOST_KEYS).filter(|more| *more > 0) {
        shown.push(format!("and {} more", grouped(more)));
    }
    format!("{name}, {}: {}", count(pairs.len(), "key"), shown.join(", "))
}

fn key_named(key: &Data) -> String {
    let mut line = Line::new(KEY);
    match key {
        Data::Text(text) => line.add_foreign(Style::Plain, text, Escapes::Few),
        other => compact::add(other, &mut line),
    }
    plain(line)
}

fn plain(mut line: Line) -> String {
    line.cut();
    let mut text = String::new();
    line.render(false, &mut text);
    text
}
