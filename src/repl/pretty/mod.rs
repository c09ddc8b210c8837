//! How the prompt shows values: lists of maps as tables, other containers with brackets and indentation, a text in quotes,
//! so that `"5"` and `5` differ. What is shown bounds the work: a list of millions is cut before it is laid out, and what
//! was left out is told.
//!
//! Control characters, and those that hide or turn writing, are written out as `\u{1b}`, so that a text cannot steer the
//! terminal. The colours are the only escape sequences in what is given back.

mod compact;
mod describe;
mod json;
mod line;
mod outline;
mod shape;
mod table;
#[cfg(test)]
mod tests;
mod text;

use std::fmt;

pub use describe::describe;
pub use json::json;

use crate::repl::measure::count;
use crate::value::Data;
use line::Line;

/// How values are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Columns of the terminal; `usize::MAX` where there is none.
    pub width: usize,
    /// The lines after which a value is cut; `None` shows all of it. A few lines, some six, are always shown.
    pub rows: Option<usize>,
    /// Whether keys, texts, numbers and constants have colours.
    pub colour: bool,
}

/// A value as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The lines, without a line end after the last.
    pub text: String,
    /// What was left out.
    pub cut: Option<Cut>,
}

/// What was left out of a value, to be told beside it: `4,960 more rows`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cut {
    more: Option<(usize, &'static str)>,
    columns: usize,
    has_shortened: bool,
}

/// The prompt's form of a value. With rows, no line of a list or map is wider than the terminal; a text has its own line
/// ends alone, so that it can be copied. Without, nothing is left out, whatever the width.
pub fn show(value: &Data, look: &Look) -> Shown {
    let look = &look.bounded();
    match value {
        Data::Text(text) => text::show(text, look),
        Data::List { .. } | Data::Map(_) | Data::Braces | Data::Elements(_) | Data::Pairs(_) => {
            match table::show(value, look) {
                // A record with many fields is better seen whole, if there is room for that.
                Some(shown) if shown.cut.as_ref().is_some_and(|cut| cut.columns > 0) => {
                    Some(outline::show(value, look)).filter(|whole| whole.cut.is_none()).unwrap_or(shown)
                }
                Some(shown) => shown,
                None => outline::show(value, look),
            }
        }
        other => {
            let mut line = Line::new(MOST_ALONE);
            shape::add_alone(other, &mut line);
            line.cut();
            let mut text = String::new();
            line.render(look.colour, &mut text);
            Shown { text, cut: None }
        }
    }
}

/// A value on one line of at most so many columns, without colours: for lists of values.
pub fn brief(value: &Data, columns: usize) -> String {
    let (line, _) = compact::within(value, columns.min(WIDEST));
    let mut text = String::new();
    line.render(false, &mut text);
    text
}

/// What a single value may take that is no text: names of files and of types can be long.
const MOST_ALONE: usize = 1_000;

/// The fewest lines that something is shown in.
const FEWEST_ROWS: usize = 6;

/// No terminal is wider, and where there is none, what is cut must be cut somewhere.
const WIDEST: usize = 1_000;

impl Look {
    fn bounded(self) -> Self {
        Self { width: if self.rows.is_some() { self.width.min(WIDEST) } else { self.width }, ..self }
    }

    fn most_rows(&self) -> Option<usize> {
        self.rows.map(|rows| rows.max(FEWEST_ROWS))
    }
}

impl Cut {
    /// `None` when nothing was left out.
    fn found(self) -> Option<Self> {
        (self != Self::default()).then_some(self)
    }
}

impl fmt::Display for Cut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let more = |(number, thing): (usize, &str)| count(number, &format!("more {thing}"));
        let parts = [
            self.more.map(more),
            (self.columns > 0).then(|| more((self.columns, "column"))),
            self.has_shortened.then(|| "parts of long values".to_owned()),
        ];
        f.write_str(&parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
    }
}
