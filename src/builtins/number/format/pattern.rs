//! The patterns of number formats, as Java's `DecimalFormat` reads them (help page "text" shows such patterns):
//!
//! | sign | stands for |
//! | --- | --- |
//! | `0` | a digit, zero too |
//! | `#` | a digit, but no zero at the outer end |
//! | `,` | how many digits stand between separators: as many as follow the last one |
//! | `.` | the decimal point |
//! | `E` | an exponent, of as many digits as zeros follow |
//! | `%`, `‰` | hundred or thousand times the number |
//! | `;` | what follows gives the text around negative numbers |
//! | `'` | the text up to the next one as it is; `''` is the quote itself |
//!
//! Everything else stands around the number as written.

use std::iter::Peekable;
use std::str::Chars;

/// A pattern that was read.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct NumberPattern {
    pub(super) positive: Around,
    pub(super) negative: Around,
    /// The power of ten that `%` or `‰` multiplies with.
    pub(super) shift: u8,
    pub(super) places: Places,
}

/// What stands before and after the digits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Around {
    pub(super) before: String,
    pub(super) after: String,
}

/// The places for digits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Places {
    /// The fewest digits before the point.
    pub(super) whole: usize,
    /// The places before the point; with an exponent also the most digits there.
    pub(super) whole_most: usize,
    /// The fewest digits after the point.
    pub(super) fraction: usize,
    /// The most digits after the point.
    pub(super) fraction_most: usize,
    /// How many digits stand between separators; 0 for none.
    pub(super) group: usize,
    /// Whether the point is shown without a fraction too.
    pub(super) always_point: bool,
    /// The fewest digits of the exponent; 0 for no exponent.
    pub(super) exponent: usize,
}

impl NumberPattern {
    /// `None` for a pattern that Java refuses, and for one without a place for a digit.
    pub(super) fn read(pattern: &str) -> Option<Self> {
        let mut signs = pattern.chars().peekable();
        let first = Half::read(&mut signs, true)?;
        signs.next_if_eq(&';');
        let second = if signs.peek().is_some() { Some(Half::read(&mut signs, false)?) } else { None };
        let places = places(&first.places, first.exponent)?;
        let negative = match second {
            Some(half) if half.around != first.around => half.around,
            _ => Around { before: format!("-{}", first.around.before), after: first.around.after.clone() },
        };
        Some(Self { positive: first.around, negative, shift: first.shift, places })
    }
}

/// Whether a format is one of numbers and not of dates: it has a place for a digit outside quotes.
pub(super) fn has_digit_place(format: &str) -> bool {
    format.split('\'').step_by(2).any(|unquoted| unquoted.contains(['0', '#']))
}

/// One side of the `;`.
#[derive(Default)]
struct Half {
    around: Around,
    shift: u8,
    places: String,
    exponent: usize,
}

impl Half {
    /// Reads up to the `;` that ends the first half, or to the end.
    fn read(signs: &mut Peekable<Chars<'_>>, first: bool) -> Option<Self> {
        let mut half = Self::default();
        while let Some(sign) = signs.peek().copied() {
            if sign == ';' {
                return (first && !half.places.is_empty()).then_some(half);
            }
            signs.next();
            match sign {
                '#' | '0' | ',' | '.' => {
                    half.places.push(sign);
                    half.exponent(signs, first)?;
                }
                '\'' => half.quoted(signs)?,
                '%' => half.multiplied(2, sign)?,
                '‰' => half.multiplied(3, sign)?,
                other => half.text(other),
            }
        }
        Some(half)
    }

    /// An exponent directly after a place. In the second half nothing is counted.
    fn exponent(&mut self, signs: &mut Peekable<Chars<'_>>, first: bool) -> Option<()> {
        if signs.next_if_eq(&'E').is_none() || !first {
            return Some(());
        }
        let given = self.exponent > 0;
        while signs.next_if_eq(&'0').is_some() {
            self.exponent += 1;
        }
        let again = signs.peek() == Some(&'E');
        (!given && !again && self.exponent > 0 && self.places.contains(['0', '#'])).then_some(())
    }

    fn quoted(&mut self, signs: &mut Peekable<Chars<'_>>) -> Option<()> {
        if signs.next_if_eq(&'\'').is_some() {
            self.text('\'');
            return Some(());
        }
        loop {
            match signs.next()? {
                '\'' if signs.next_if_eq(&'\'').is_some() => self.text('\''),
                '\'' => return Some(()),
                other => self.text(other),
            }
        }
    }

    fn multiplied(&mut self, power: u8, sign: char) -> Option<()> {
        if self.shift > 0 {
            return None;
        }
        self.shift = power;
        self.text(sign);
        Some(())
    }

    fn text(&mut self, sign: char) {
        if self.places.is_empty() { self.around.before.push(sign) } else { self.around.after.push(sign) }
    }
}

/// Counts the places. `None` where they are in no order that makes sense: `0#`, two points, a separator at the end.
fn places(signs: &str, exponent: usize) -> Option<Places> {
    let (whole, fraction) = match signs.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (signs, None),
    };
    let digits: String = whole.chars().filter(|sign| *sign != ',').collect();
    let optional = digits.find('0').unwrap_or(digits.len());
    let after = fraction.unwrap_or_default();
    let shown = after.find('#').unwrap_or(after.len());
    let ordered = !digits.get(optional..)?.contains('#') && !after.get(shown..)?.contains('0');
    let group = whole.rsplit_once(',').map(|(_, last)| last.len());
    if !ordered || after.contains(['.', ',']) || group == Some(0) || digits.is_empty() && after.is_empty() {
        return None;
    }
    let mut places = Places {
        whole: digits.len() - optional,
        whole_most: digits.len(),
        fraction: shown,
        fraction_most: after.len(),
        group: group.unwrap_or(0),
        always_point: fraction.is_some() && (digits.is_empty() || after.is_empty()),
        exponent,
    };
    // Without any zero one place beside the point counts as zero: that before it, or else that after it.
    if fraction.is_some() && places.whole == 0 && places.fraction == 0 {
        if digits.is_empty() { places.fraction = 1 } else { places.whole = 1 }
    }
    Some(places)
}
