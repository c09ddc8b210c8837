//! How a language spells numbers: rules, each for the numbers from its own value up to the next rule's. The words of a
//! rule say where the rest of the number goes:
//!
//! | sign | is replaced by |
//! | --- | --- |
//! | `<` | how often the rule's unit goes into the number |
//! | `>` | what remains |
//! | `=` | the number itself, by other rules |
//! | `[…]` | what stands in it, left out when nothing remains |
//!
//! A number after a sign names the rules to go on with, by their place in [`Language::rules`]; without one the same rules
//! go on. So `at(1000, "< thousand[ >]")` spells 1000 to 999999 in English.

/// The rules of one language. They give what ICU's spell-out rules give, with which Zoho's page "toWords" agrees.
pub(super) struct Language {
    /// What stands before a negative number.
    pub(super) minus: &'static str,
    /// What stands between the whole part and the digits after it.
    pub(super) point: &'static str,
    /// What stands between the digits after the point.
    pub(super) between_digits: &'static str,
    /// Which rules begin a whole number, a number after a minus, the whole part of a fraction, and each digit after the point.
    pub(super) begin: Begin,
    /// Groups of rules, each ordered by value and with a first value at or below every number that comes to it.
    pub(super) rules: &'static [&'static [Rule]],
}

/// With which group of rules a part of a number begins.
pub(super) struct Begin {
    pub(super) whole: usize,
    pub(super) negative: usize,
    pub(super) before_point: usize,
    pub(super) digit: usize,
}

impl Begin {
    /// The first group for all of them, as in most languages.
    pub(super) const FIRST: Begin = Begin { whole: 0, negative: 0, before_point: 0, digit: 0 };
}

/// The words of the numbers from one value on.
pub(super) struct Rule {
    from: u64,
    unit: u64,
    words: &'static str,
}

/// A rule whose unit is the largest power of ten in its value.
pub(super) const fn at(from: u64, words: &'static str) -> Rule {
    let mut unit = 1;
    while from / unit >= 10 {
        unit *= 10;
    }
    Rule { from, unit, words }
}

/// A rule that counts in twenties.
pub(super) const fn in_twenties(from: u64, words: &'static str) -> Rule {
    Rule { from, unit: 20, words }
}

/// More than any number needs: a number becomes smaller at each step but `=`, and no `=` leads back.
const DEEPEST: usize = 100;

impl Language {
    /// Appends the words of a number by one group of rules.
    pub(super) fn spell(&self, number: u64, group: usize, out: &mut String) {
        self.step(number, group, 0, out);
    }

    fn step(&self, number: u64, group: usize, depth: usize, out: &mut String) {
        let rules = self.rules.get(group).copied().unwrap_or_default();
        let next = rules.partition_point(|rule| rule.from <= number);
        let Some(rule) = next.checked_sub(1).and_then(|at| rules.get(at)) else { return };
        if depth > DEEPEST {
            return;
        }
        let rest = number % rule.unit;
        let mut inside = true;
        let mut signs = rule.words.chars().peekable();
        while let Some(sign) = signs.next() {
            let part = match sign {
                '<' => number / rule.unit,
                '>' => rest,
                '=' => number,
                '[' | ']' => {
                    inside = sign == ']' || rest > 0;
                    continue;
                }
                letter => {
                    if inside {
                        out.push(letter);
                    }
                    continue;
                }
            };
            let mut named = None;
            while let Some(digit) = signs.peek().and_then(|digit| digit.to_digit(10)) {
                named = Some(named.unwrap_or(0) * 10 + digit as usize);
                signs.next();
            }
            if inside {
                self.step(part, named.unwrap_or(group), depth + 1, out);
            }
        }
    }
}
