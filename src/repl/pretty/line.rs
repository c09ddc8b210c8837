//! One line of a screen: texts with styles, counted in columns. It takes what fits its room and nothing more, so that
//! whoever writes a long value into it can stop early: the work is bounded by what is shown.

use unicode_width::UnicodeWidthChar;

/// What a part of a line is; on a terminal each has its colour, one of the sixteen that every terminal has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// Brackets, commas and blanks.
    Plain,
    /// The key of a map.
    Key,
    /// TEXT
    Text,
    /// NUMBER and DECIMAL
    Number,
    /// `true` and `false`
    Constant,
    /// DATE-TIME, TIME and FILE
    Date,
    /// `null`, and what is said about a value.
    Faint,
    /// The head of a column.
    Heading,
}

/// How characters are written that cannot stand for themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Escapes {
    /// As little as possible, outside of quotes.
    Few,
    /// As in a text of a script; `\u{1b}` for what the language has no escape for.
    Language,
    /// As in JSON.
    Json,
}

/// A line under way.
#[derive(Clone, Debug)]
pub(super) struct Line {
    text: String,
    /// Where each part ends, and its style.
    parts: Vec<(usize, Style)>,
    width: usize,
    room: usize,
    /// Length and width of the longest beginning that leaves room for `…`.
    safe: (usize, usize),
    is_over: bool,
    marks: usize,
}

impl Line {
    /// An empty line of at most so many columns.
    pub(super) fn new(room: usize) -> Self {
        Self { text: String::new(), parts: Vec::new(), width: 0, room, safe: (0, 0), is_over: false, marks: 0 }
    }

    /// The columns in use.
    pub(super) fn width(&self) -> usize {
        self.width
    }

    /// Whether something did not fit; the rest is not taken any more.
    pub(super) fn is_over(&self) -> bool {
        self.is_over
    }

    /// Adds a text of ours or digits.
    pub(super) fn add(&mut self, style: Style, text: &str) {
        for letter in text.chars() {
            self.add_letter(style, letter);
        }
    }

    /// Adds blanks up to a column.
    pub(super) fn pad_to(&mut self, column: usize) {
        for _ in self.width..column {
            self.add_letter(Style::Plain, ' ');
        }
    }

    /// Adds another line.
    pub(super) fn append(&mut self, other: &Line) {
        let mut from = 0;
        for (end, style) in &other.parts {
            self.add(*style, other.text.get(from..*end).unwrap_or_default());
            from = *end;
        }
        self.is_over |= other.is_over;
    }

    /// Adds text that a script or a server gave, whatever is in it: what would steer a terminal or could not be seen is
    /// written out.
    pub(super) fn add_foreign(&mut self, style: Style, text: &str, escapes: Escapes) {
        for letter in text.chars() {
            if self.is_over {
                return;
            }
            self.add_foreign_letter(style, letter, escapes);
        }
    }

    /// Adds one character of such a text.
    pub(super) fn add_foreign_letter(&mut self, style: Style, letter: char, escapes: Escapes) {
        match letter {
            '\n' => self.add_unit(style, "\\n", 2),
            '\t' => self.add_unit(style, "\\t", 2),
            '\r' => self.add_unit(style, "\\r", 2),
            '"' if escapes != Escapes::Few => self.add_unit(style, "\\\"", 2),
            '\\' if escapes != Escapes::Few => self.add_unit(style, "\\\\", 2),
            // A heap of marks upon one letter covers the lines around it.
            _ if is_unseen(letter) || (self.marks >= MOST_MARKS && columns(letter) == 0) => {
                let (escape, marks) = (written_out(letter, escapes), self.marks);
                self.add_unit(style, &escape, escape.len());
                self.marks = if is_unseen(letter) { 0 } else { marks };
            }
            _ => self.add_letter(style, letter),
        }
    }

    /// Ends what did not fit with `…`. Gives whether something was cut off.
    pub(super) fn cut(&mut self) -> bool {
        if !self.is_over {
            return false;
        }
        let (length, width) = self.safe;
        self.text.truncate(length);
        self.width = width;
        self.parts.iter_mut().for_each(|(end, _)| *end = (*end).min(length));
        self.is_over = false;
        if self.room > 0 {
            self.add_letter(Style::Faint, '…');
        }
        true
    }

    /// Lets the line have more columns.
    pub(super) fn widen(&mut self, room: usize) {
        self.room = self.room.max(room);
    }

    /// The line as it is printed, without blanks at its end.
    pub(super) fn render(&self, colour: bool, out: &mut String) {
        let shown = self.text.trim_end_matches(' ').len();
        let mut from = 0;
        for (end, style) in &self.parts {
            let part = self.text.get(from..(*end).min(shown)).unwrap_or_default();
            from = *end;
            match style.code().filter(|_| colour && !part.is_empty()) {
                Some(code) => out.extend(["\x1b[", code, "m", part, "\x1b[0m"]),
                None => out.push_str(part),
            }
        }
    }

    fn add_letter(&mut self, style: Style, letter: char) {
        let width = match letter {
            // It asks for the picture of a letter, which is two columns wide.
            '\u{fe0f}' if self.marks == 0 => 1,
            _ => columns(letter),
        };
        let marks = if columns(letter) == 0 { self.marks + 1 } else { 0 };
        self.add_unit(style, letter.encode_utf8(&mut [0; 4]), width);
        self.marks = marks;
    }

    /// Adds what must not be cut apart.
    fn add_unit(&mut self, style: Style, unit: &str, width: usize) {
        self.marks = 0;
        if self.is_over || width > self.room.saturating_sub(self.width) {
            self.is_over = true;
            return;
        }
        self.text.push_str(unit);
        self.width += width;
        match self.parts.last_mut() {
            Some((end, last)) if *last == style => *end = self.text.len(),
            _ => self.parts.push((self.text.len(), style)),
        }
        if self.width < self.room {
            self.safe = (self.text.len(), self.width);
        }
    }
}

impl Style {
    fn code(self) -> Option<&'static str> {
        match self {
            Style::Plain => None,
            Style::Key => Some("36"),
            Style::Text => Some("32"),
            Style::Number => Some("33"),
            Style::Constant => Some("35"),
            Style::Date => Some("94"),
            Style::Faint => Some("2"),
            Style::Heading => Some("1"),
        }
    }
}

fn written_out(letter: char, escapes: Escapes) -> String {
    match escapes {
        Escapes::Json => letter.encode_utf16(&mut [0; 2]).iter().map(|half| format!("\\u{half:04x}")).collect(),
        Escapes::Few | Escapes::Language => letter.escape_unicode().collect(),
    }
}

/// More marks than any writing puts upon one letter.
const MOST_MARKS: usize = 6;

/// The columns of a character.
pub(super) fn columns(letter: char) -> usize {
    letter.width().unwrap_or(0)
}

/// Whether a character steers a terminal, turns the direction of writing, or hides: none of them shows itself. Some are
/// parts of pictures, but they are also how a text says something else than it seems to.
fn is_unseen(letter: char) -> bool {
    letter.is_control()
        || matches!(
            letter,
            '\u{ad}'
                | '\u{34f}'
                | '\u{61c}'
                | '\u{115f}'..='\u{1160}'
                | '\u{17b4}'..='\u{17b5}'
                | '\u{180b}'..='\u{180f}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{3164}'
                | '\u{feff}'
                | '\u{ffa0}'
                | '\u{fff0}'..='\u{fffb}'
                | '\u{1d173}'..='\u{1d17a}'
                | '\u{e0000}'..='\u{e0fff}'
        )
}
