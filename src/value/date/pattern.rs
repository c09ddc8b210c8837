//! Date patterns in the letters of Java's `SimpleDateFormat`, which Zoho's pages document: `dd-MMM-yyyy`. Letters that
//! mean nothing make the whole pattern mean nothing; plain words stand in single quotes, and two of those are one.

/// A pattern, taken apart. Scripts hand patterns to functions in loops, so taking one apart makes two allocations, however
/// many parts it has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    parts: Vec<Part>,
    /// What stands for itself, one literal after the other.
    literals: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Field(u8, u8),
    /// So many bytes more of the literals.
    Literal(u16),
}

/// A part of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Item<'p> {
    /// A letter and how often it stands there.
    Field(u8, usize),
    /// Text that stands for itself.
    Literal(&'p str),
}

/// More of one letter is refused: it would only pad with zeros.
const MOST_REPEATED: u8 = 40;

/// Room for the parts and the literals of most patterns.
const USUAL: usize = 16;

/// Longer patterns are refused: no date needs them.
const LONGEST: usize = 1000;

impl Pattern {
    /// Reads a pattern; `None` for one with a letter that means nothing or an open quote.
    pub fn new(text: &str) -> Option<Self> {
        if text.len() > LONGEST {
            return None;
        }
        let mut pattern = Self { parts: Vec::with_capacity(USUAL), literals: String::with_capacity(USUAL) };
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            rest = if first == '\'' {
                pattern.take_quoted(rest)?
            } else if first.is_ascii_alphabetic() {
                pattern.take_field(rest)?
            } else {
                let end = rest.find(|letter: char| letter == '\'' || letter.is_ascii_alphabetic());
                let (plain, rest) = rest.split_at_checked(end.unwrap_or(rest.len()))?;
                pattern.push(plain);
                rest
            };
        }
        Some(pattern)
    }

    /// Takes one letter as often as it stands there, and gives the rest; `None` for one that means nothing.
    fn take_field<'t>(&mut self, text: &'t str) -> Option<&'t str> {
        let letter = *text.as_bytes().first()?;
        if !has_meaning(letter) {
            return None;
        }
        let count = text.bytes().take_while(|next| *next == letter).count();
        self.parts.push(Part::Field(letter, u8::try_from(count).ok().filter(|count| *count <= MOST_REPEATED)?));
        text.get(count..)
    }

    /// Takes a quoted part, and gives the rest; a quote in it is written twice, and two quotes outside are one. `None` for
    /// one without end.
    fn take_quoted<'t>(&mut self, text: &'t str) -> Option<&'t str> {
        let mut rest = text.strip_prefix('\'')?;
        if let Some(rest) = rest.strip_prefix('\'') {
            self.push("'");
            return Some(rest);
        }
        loop {
            let (plain, after) = rest.split_once('\'')?;
            self.push(plain);
            match after.strip_prefix('\'') {
                Some(more) => {
                    self.push("'");
                    rest = more;
                }
                None => return Some(after),
            }
        }
    }

    /// Adds text that stands for itself.
    fn push(&mut self, text: &str) {
        // No pattern is longer than 16 bits say.
        let length = text.len() as u16;
        self.literals.push_str(text);
        match self.parts.last_mut() {
            Some(Part::Literal(before)) => *before += length,
            _ => self.parts.push(Part::Literal(length)),
        }
    }

    /// `dd-MMM-yyyy`, which accounts have until they choose another.
    pub fn standard() -> Self {
        let dash = Part::Literal(1);
        let parts = vec![Part::Field(b'd', 2), dash, Part::Field(b'M', 3), dash, Part::Field(b'y', 4)];
        Self { parts, literals: "--".to_owned() }
    }

    /// Whether the pattern says which day and no time: it may then be the date format of an account.
    pub fn is_date_format(&self) -> bool {
        let names = |wanted: u8| self.names(|letter| letter == wanted);
        let names_a_month = names(b'M') || names(b'L');
        names(b'y') && (names(b'D') || names_a_month && names(b'd')) && !self.names_a_time()
    }

    /// Whether the pattern names a time of day.
    pub fn names_a_time(&self) -> bool {
        self.names(|letter| matches!(letter, b'a' | b'H' | b'k' | b'K' | b'h' | b'm' | b's' | b'S'))
    }

    fn names(&self, is_wanted: impl Fn(u8) -> bool) -> bool {
        self.parts.iter().any(|part| matches!(part, Part::Field(letter, _) if is_wanted(*letter)))
    }

    pub(super) fn items(&self) -> impl Iterator<Item = Item<'_>> {
        let mut literals = self.literals.as_str();
        self.parts.iter().map(move |part| match *part {
            Part::Field(letter, count) => Item::Field(letter, usize::from(count)),
            Part::Literal(length) => {
                let (text, rest) = literals.split_at_checked(usize::from(length)).unwrap_or((literals, ""));
                literals = rest;
                Item::Literal(text)
            }
        })
    }
}

/// Whether a letter stands for a part of a date.
fn has_meaning(letter: u8) -> bool {
    matches!(letter, b'G' | b'y' | b'Y' | b'M' | b'L' | b'w' | b'W' | b'D' | b'd' | b'F' | b'E' | b'u' | b'a')
        || matches!(letter, b'H' | b'k' | b'K' | b'h' | b'm' | b's' | b'S' | b'z' | b'Z' | b'X')
}
