//! A number as its decimal digits and the place of its point, so that formatting rounds digits and never a double.

/// `0.d1d2d3… × 10^point`, without zeros at either end; zero has no digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Digits {
    pub(super) negative: bool,
    pub(super) digits: Vec<u8>,
    pub(super) point: i64,
}

impl Digits {
    /// Of a printed number: an optional minus, digits, and an optional point with digits.
    pub(super) fn of(printed: &str) -> Self {
        let magnitude = printed.trim_start_matches('-');
        let (whole, fraction) = magnitude.split_once('.').unwrap_or((magnitude, ""));
        let values = whole.bytes().chain(fraction.bytes()).filter(u8::is_ascii_digit).map(|byte| byte - b'0');
        let digits = values.collect();
        let mut number = Self { negative: printed.starts_with('-'), digits, point: signed(whole.len()) };
        number.strip();
        number
    }

    pub(super) fn is_zero(&self) -> bool {
        self.digits.is_empty()
    }

    /// Times a power of ten.
    pub(super) fn shift(&mut self, power: u8) {
        if !self.is_zero() {
            self.point += i64::from(power);
        }
    }

    /// Rounded to its first `keep` digits, a half to the even neighbour as Java's number formats do. Below zero digits
    /// nothing is left.
    pub(super) fn round(&mut self, keep: i64) {
        let Ok(keep) = usize::try_from(keep) else {
            self.clear();
            return;
        };
        let Some(next) = self.digits.get(keep).copied() else { return };
        let odd = keep.checked_sub(1).and_then(|last| self.digits.get(last)).is_some_and(|digit| digit % 2 == 1);
        // Digits end with one that is not zero, so anything after the next one is more than a half.
        let up = next > 5 || next == 5 && (odd || self.digits.len() > keep + 1);
        self.digits.truncate(keep);
        if up {
            self.increment();
        }
        self.strip();
    }

    fn increment(&mut self) {
        for digit in self.digits.iter_mut().rev() {
            if *digit < 9 {
                *digit += 1;
                return;
            }
            *digit = 0;
        }
        self.digits.insert(0, 1);
        self.point += 1;
    }

    fn strip(&mut self) {
        let zeros = self.digits.iter().take_while(|digit| **digit == 0).count();
        self.digits.drain(..zeros);
        self.point -= signed(zeros);
        while self.digits.last() == Some(&0) {
            self.digits.pop();
        }
        if self.is_zero() {
            self.point = 0;
        }
    }

    fn clear(&mut self) {
        self.digits.clear();
        self.point = 0;
    }
}

fn signed(size: usize) -> i64 {
    i64::try_from(size).unwrap_or(i64::MAX)
}
