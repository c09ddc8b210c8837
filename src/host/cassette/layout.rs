//! How a JSON text is laid out, so that a body can stand in a cassette as JSON and be given back to the byte. A text in no
//! usual layout (a name twice, an escaped letter, blanks of its own) is kept as text.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Value;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter, Serializer};

/// Deeper JSON is kept as text, since readers of JSON stop at a depth of 128.
const DEEPEST: usize = 90;

/// Blanks, indentation and the end of a JSON text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Layout {
    blanks: Blanks,
    ends_line: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Blanks {
    /// `{"a":1,"b":2}`
    None,
    /// `{"a": 1, "b": 2}`
    Single,
    /// Two to a level.
    Two,
    /// Four to a level.
    Four,
    /// A tab to a level.
    Tab,
}

const NAMES: [(&str, Blanks); 5] = [
    ("compact", Blanks::None),
    ("spaced", Blanks::Single),
    ("indented-2", Blanks::Two),
    ("indented-4", Blanks::Four),
    ("indented-tab", Blanks::Tab),
];

/// Added to the name of a layout whose text ends with a line end.
const LINE: &str = "+line";

impl Layout {
    /// The JSON of a text and its layout; `None` where no layout gives the text back, and for what is no object or array.
    pub(super) fn of(text: &str) -> Option<(Value, Self)> {
        let start = text.trim_start();
        if !start.starts_with('{') && !start.starts_with('[') {
            return None;
        }
        let value: Value = serde_json::from_str(text).ok()?;
        if depth(&value) > DEEPEST {
            return None;
        }
        let ends_line = text.ends_with('\n');
        let mut layouts = NAMES.iter().map(|(_, blanks)| Layout { blanks: *blanks, ends_line });
        let layout = layouts.find(|layout| layout.write(&value) == text)?;
        Some((value, layout))
    }

    /// By its name in a file.
    pub(super) fn named(name: &str) -> Option<Self> {
        let (plain, ends_line) = name.strip_suffix(LINE).map_or((name, false), |plain| (plain, true));
        let (_, blanks) = NAMES.iter().find(|(known, _)| *known == plain)?;
        Some(Layout { blanks: *blanks, ends_line })
    }

    /// Its name in a file.
    pub(super) fn name(self) -> String {
        let name = NAMES.iter().find(|(_, blanks)| *blanks == self.blanks).map_or("", |(name, _)| name);
        format!("{name}{}", if self.ends_line { LINE } else { "" })
    }

    /// The text.
    pub(super) fn write(self, value: &Value) -> String {
        let mut text = match self.blanks {
            Blanks::None => written(value, CompactFormatter),
            Blanks::Single => written(value, Spaced),
            Blanks::Two => written(value, PrettyFormatter::with_indent(b"  ")),
            Blanks::Four => written(value, PrettyFormatter::with_indent(b"    ")),
            Blanks::Tab => written(value, PrettyFormatter::with_indent(b"\t")),
        };
        if self.ends_line {
            text.push('\n');
        }
        text
    }
}

/// How deep objects and arrays are nested.
pub(super) fn depth(value: &Value) -> usize {
    let mut deepest = 0;
    let mut left = vec![(value, 1)];
    while let Some((value, depth)) = left.pop() {
        deepest = deepest.max(depth);
        match value {
            Value::Array(items) => left.extend(items.iter().map(|item| (item, depth + 1))),
            Value::Object(fields) => left.extend(fields.values().map(|value| (value, depth + 1))),
            _ => {}
        }
    }
    deepest
}

fn written(value: &Value, formatter: impl Formatter) -> String {
    let mut out = Vec::new();
    // A vector takes everything, and a value that was read can be written.
    let _ = value.serialize(&mut Serializer::with_formatter(&mut out, formatter));
    String::from_utf8(out).unwrap_or_default()
}

/// A blank after each comma and colon, as Python writes it.
struct Spaced;

impl Formatter for Spaced {
    fn begin_array_value<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        if first { Ok(()) } else { writer.write_all(b", ") }
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        if first { Ok(()) } else { writer.write_all(b", ") }
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        writer.write_all(b": ")
    }
}
