//! A text that stands alone. One that fits a line has its line ends as `\n`; of a longer one each line is a line, because
//! that is how a page or a table in a text is read. Either way a backslash of the text is written twice, so what is shown
//! has one meaning.

use super::line::{Escapes, Line, Style};
use super::shape::add_text;
use super::{Cut, Look, Shown};

/// More characters are not shown at first.
const MOST_CHARACTERS: usize = 2_000;

pub(super) fn show(text: &str, look: &Look) -> Shown {
    let (begin, rest) = text.split_at_checked(beginning(text, look)).unwrap_or((text, ""));
    if rest.is_empty() {
        let mut line = Line::new(if text.contains('\n') { look.width } else { usize::MAX });
        add_text(Style::Text, text, &mut line);
        if !line.is_over() {
            let mut text = String::new();
            line.render(look.colour, &mut text);
            return Shown { text, cut: None };
        }
    }
    let mut out = String::new();
    let mut lines = begin.split('\n').peekable();
    let mut quote = "\"";
    while let Some(text) = lines.next() {
        let mut line = Line::new(usize::MAX);
        line.add(Style::Text, quote);
        line.add_foreign(Style::Text, text, Escapes::Language);
        quote = "";
        if lines.peek().is_none() {
            line.add(Style::Faint, if rest.is_empty() { "" } else { "…" });
            line.add(Style::Text, "\"");
        }
        line.render(look.colour, &mut out);
        out.push_str(if lines.peek().is_some() { "\n" } else { "" });
    }
    let left_out = rest.chars().count();
    let cut = Cut { more: (left_out > 0).then_some((left_out, "character")), ..Cut::default() };
    Shown { text: out, cut: cut.found() }
}

/// How many bytes of the text are shown: those that fit the rows, of which a long line takes several.
fn beginning(text: &str, look: &Look) -> usize {
    let Some(mut left) = look.most_rows() else { return text.len() };
    let mut line = Line::new(usize::MAX);
    for (number, (at, letter)) in text.char_indices().enumerate() {
        if number >= MOST_CHARACTERS {
            return at;
        }
        if letter == '\n' {
            left = left.saturating_sub(height(&line, look));
            line = Line::new(usize::MAX);
        } else {
            line.add_foreign_letter(Style::Text, letter, Escapes::Language);
        }
        if height(&line, look) > left {
            return at;
        }
    }
    text.len()
}

/// The rows that a terminal makes of a line with its quotes and `…`.
fn height(line: &Line, look: &Look) -> usize {
    (line.width() + 3).div_ceil(look.width.max(1))
}
