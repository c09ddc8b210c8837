//! A value as JSON for people: the same document as [`Data::to_json`] gives, an entry on each line. What a terminal would
//! not show is escaped as JSON does it, so that the document stays the same for whoever reads it.

use super::line::{Escapes, Line, Style};
use super::{Cut, Look, Shown};
use crate::value::{Data, Failure};

/// How deep a value may be nested to be written, as everywhere else.
const DEEPEST: usize = 200;

/// The bytes of the longest document.
const LONGEST: usize = 200_000_000;

/// Deeper levels are not moved further in.
const MOST_INDENTED: usize = 40;

/// An indented document of JSON; with rows, its first lines.
///
/// # Errors
/// `run::nested-too-deep` for a value nested too deep, `run::value-too-large` for a document beyond 200 megabytes.
pub fn json(value: &Data, look: &Look) -> Result<Shown, Failure> {
    let look = &look.bounded();
    let mut page =
        Page { look, left: look.most_rows(), out: String::new(), line: Line::new(usize::MAX), is_full: false };
    page.line = page.new_line();
    page.value(value, 0, false)?;
    page.end_line();
    let cut = Cut { has_shortened: page.is_full, ..Cut::default() };
    Ok(Shown { text: page.out, cut: cut.found() })
}

struct Page<'l> {
    look: &'l Look,
    /// The rows that are left; `None` without end.
    left: Option<usize>,
    out: String,
    line: Line,
    /// Whether there was no room for all.
    is_full: bool,
}

impl Page<'_> {
    fn value(&mut self, value: &Data, depth: usize, is_in_map: bool) -> Result<(), Failure> {
        match value {
            Data::Null => self.line.add(Style::Faint, "null"),
            Data::Boolean(value) => self.line.add(Style::Constant, if *value { "true" } else { "false" }),
            Data::Number(number) => self.line.add(Style::Number, &number.to_string()),
            Data::Decimal(decimal) => self.line.add(Style::Number, &decimal.to_string()),
            Data::Text(text) => self.text(Style::Text, text),
            // A date gets a time inside a map, as when a script makes a text of it.
            Data::DateTime(date) if is_in_map => self.text(Style::Text, &date.print_in_map()),
            Data::DateTime(date) => self.text(Style::Text, &date.print()),
            Data::Time(time) => self.text(Style::Text, &time.print()),
            Data::File(file) => self.text(Style::Text, &file.name),
            Data::List { items, .. } | Data::Elements(items) if !items.is_empty() || is_list(value) => {
                self.container("[", "]", items, depth, |page, item| page.value(item, depth + 1, false))?;
            }
            Data::Map(pairs) | Data::Pairs(pairs) => {
                self.container("{", "}", pairs, depth, |page, (key, value)| {
                    page.key(key)?;
                    page.line.add(Style::Plain, ": ");
                    page.value(value, depth + 1, true)
                })?;
            }
            Data::List { .. } | Data::Elements(_) | Data::Braces => self.line.add(Style::Plain, "{}"),
        }
        Ok(())
    }

    fn container<T>(
        &mut self,
        open: &str,
        close: &str,
        children: &[T],
        depth: usize,
        write: impl Fn(&mut Self, &T) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        if depth >= DEEPEST {
            return Err(Failure::too_deep());
        }
        self.line.add(Style::Plain, open);
        for (at, child) in children.iter().enumerate() {
            self.line.add(Style::Plain, if at > 0 { "," } else { "" });
            self.next_line(depth + 1)?;
            if self.is_full {
                return Ok(());
            }
            write(self, child)?;
        }
        if !children.is_empty() {
            self.next_line(depth)?;
        }
        self.line.add(Style::Plain, close);
        Ok(())
    }

    fn key(&mut self, key: &Data) -> Result<(), Failure> {
        match key {
            Data::Text(text) => self.text(Style::Key, text),
            Data::DateTime(date) => self.text(Style::Key, &date.print_in_map()),
            other => self.text(Style::Key, &other.to_value().print()?),
        }
        Ok(())
    }

    fn text(&mut self, style: Style, text: &str) {
        self.line.add(style, "\"");
        self.line.add_foreign(style, text, Escapes::Json);
        self.line.add(style, "\"");
    }

    fn next_line(&mut self, depth: usize) -> Result<(), Failure> {
        self.end_line();
        if self.out.len() > LONGEST {
            return Err(Failure::too_large());
        }
        self.line.pad_to(2 * depth.min(MOST_INDENTED));
        Ok(())
    }

    /// Puts the line below the others if there is room for it, else `…`.
    fn end_line(&mut self) {
        if self.is_full {
            return;
        }
        let mut line = std::mem::replace(&mut self.line, Line::new(0));
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        if line.cut() {
            self.is_full = true;
            self.left = None;
        }
        line.render(self.look.colour, &mut self.out);
        let rows = line.width().div_ceil(self.look.width.max(1)).max(1);
        self.left = self.left.map(|left| left.saturating_sub(rows));
        self.line = self.new_line();
    }

    /// A line that may go over all the rows that are left. The last of them is kept for `…`.
    fn new_line(&self) -> Line {
        match self.left {
            None => Line::new(usize::MAX),
            Some(0 | 1) => Line::new(1),
            Some(left) => Line::new((left - 1).saturating_mul(self.look.width)),
        }
    }
}

fn is_list(value: &Data) -> bool {
    matches!(value, Data::List { .. })
}
