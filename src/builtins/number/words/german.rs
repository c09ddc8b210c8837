//! German: ones before tens in one word, whose parts are joined by soft hyphens (U+00AD) so that it can be broken.

use super::rule::{Begin, Language, Rule, at};

pub(super) const GERMAN: Language = Language {
    minus: "minus ",
    point: " Komma ",
    between_digits: " ",
    begin: Begin::FIRST,
    rules: &[NUMBERS, BEFORE_NOUN, BEFORE_MILLIONS],
};

const NUMBERS: &[Rule] = &[
    at(0, "null"),
    at(1, "eins"),
    at(2, "zwei"),
    at(3, "drei"),
    at(4, "vier"),
    at(5, "fünf"),
    at(6, "sechs"),
    at(7, "sieben"),
    at(8, "acht"),
    at(9, "neun"),
    at(10, "zehn"),
    at(11, "elf"),
    at(12, "zwölf"),
    at(13, ">zehn"),
    at(16, "sechzehn"),
    at(17, "siebzehn"),
    at(18, ">zehn"),
    at(20, "[>1\u{ad}und\u{ad}]zwanzig"),
    at(30, "[>1\u{ad}und\u{ad}]dreißig"),
    at(40, "[>1\u{ad}und\u{ad}]vierzig"),
    at(50, "[>1\u{ad}und\u{ad}]fünfzig"),
    at(60, "[>1\u{ad}und\u{ad}]sechzig"),
    at(70, "[>1\u{ad}und\u{ad}]siebzig"),
    at(80, "[>1\u{ad}und\u{ad}]achtzig"),
    at(90, "[>1\u{ad}und\u{ad}]neunzig"),
    at(100, "<1\u{ad}hundert[\u{ad}>]"),
    at(1_000, "<1\u{ad}tausend[\u{ad}>]"),
    at(1_000_000, "eine Million[ >]"),
    at(2_000_000, "<2 Millionen[ >]"),
    at(1_000_000_000, "eine Milliarde[ >]"),
    at(2_000_000_000, "<2 Milliarden[ >]"),
    at(1_000_000_000_000, "eine Billion[ >]"),
    at(2_000_000_000_000, "<2 Billionen[ >]"),
    at(1_000_000_000_000_000, "eine Billiarde[ >]"),
    at(2_000_000_000_000_000, "<2 Billiarden[ >]"),
];

/// `ein` in front of what counts.
const BEFORE_NOUN: &[Rule] =
    &[at(1, "ein"), at(2, "=0"), at(100, "<\u{ad}hundert[\u{ad}>]"), at(1_000, "<\u{ad}tausend[\u{ad}>]")];

/// `eine` in front of millions, which are feminine.
const BEFORE_MILLIONS: &[Rule] =
    &[at(1, "eine"), at(2, "=0"), at(100, "<1\u{ad}hundert[\u{ad}>]"), at(1_000, "<1\u{ad}tausend[\u{ad}>]")];
