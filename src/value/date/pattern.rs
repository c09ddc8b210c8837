//! Date patterns in the letters of Java's `SimpleDateFormat`, which Zoho's pages document: `dd-MMM-yyyy`. Letters that
//! mean nothing make the whole pattern mean nothing; plain words stand in single quotes, and two of those are one.

/// A pattern, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    items: Vec<Item>,
}

/// A part of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Item {
    /// A letter and how often it stands there.
    Field(char, usize),
    /// Text that stands for itself.
    Literal(String),
}

/// The letters that mean something.
const LETTERS: &str = "GyYMLwWDdFEuaHkKhmsSzZX";

/// More of one letter is refused: it would only pad with zeros.
const MOST_REPEATED: usize = 40;

/// Longer patterns are refused: no date needs them.
const LONGEST: usize = 1000;

impl Pattern {
    /// Reads a pattern; `None` for one with a letter that means nothing or an open quote.
    pub fn new(text: &str) -> Option<Self> {
        if text.len() > LONGEST {
            return None;
        }
        let mut items: Vec<Item> = Vec::new();
        let mut letters = text.chars().peekable();
        while let Some(letter) = letters.next() {
            if letter == '\'' {
                push(&mut items, &quoted(&mut letters)?);
            } else if letter.is_ascii_alphabetic() {
                if !LETTERS.contains(letter) {
                    return None;
                }
                let mut count = 1;
                while letters.next_if_eq(&letter).is_some() {
                    count += 1;
                }
                if count > MOST_REPEATED {
                    return None;
                }
                items.push(Item::Field(letter, count));
            } else {
                push(&mut items, letter.encode_utf8(&mut [0; 4]));
            }
        }
        Some(Self { items })
    }

    /// `dd-MMM-yyyy`, which accounts have until they choose another.
    pub fn standard() -> Self {
        let dash = || Item::Literal("-".to_owned());
        Self { items: vec![Item::Field('d', 2), dash(), Item::Field('M', 3), dash(), Item::Field('y', 4)] }
    }

    /// Whether the pattern says which day and no time: it may then be the date format of an account.
    pub fn is_date_format(&self) -> bool {
        let has = |wanted: &str| {
            self.items.iter().any(|item| matches!(item, Item::Field(letter, _) if wanted.contains(*letter)))
        };
        has("y") && (has("D") || has("ML") && has("d")) && !self.names_a_time()
    }

    /// Whether the pattern names a time of day.
    pub fn names_a_time(&self) -> bool {
        self.items.iter().any(|item| matches!(item, Item::Field(letter, _) if "aHkKhmsS".contains(*letter)))
    }

    pub(super) fn items(&self) -> &[Item] {
        &self.items
    }
}

/// The rest of a quoted part; a quote in it is written twice, and two quotes outside are one.
fn quoted(letters: &mut std::iter::Peekable<std::str::Chars<'_>>) -> Option<String> {
    if letters.next_if_eq(&'\'').is_some() {
        return Some("'".to_owned());
    }
    let mut text = String::new();
    loop {
        match letters.next()? {
            '\'' if letters.next_if_eq(&'\'').is_some() => text.push('\''),
            '\'' => return Some(text),
            other => text.push(other),
        }
    }
}

fn push(items: &mut Vec<Item>, text: &str) {
    match items.last_mut() {
        Some(Item::Literal(literal)) => literal.push_str(text),
        _ => items.push(Item::Literal(text.to_owned())),
    }
}
