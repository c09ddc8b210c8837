//! Italian: one word below a million, whose parts are joined by soft hyphens (U+00AD). A ten loses its last letter
//! before `uno` and `otto`, and a final `tre` is stressed.

use super::rule::{Begin, Language, Rule, at};

pub(super) const ITALIAN: Language = Language {
    minus: "meno ",
    point: " virgola ",
    between_digits: " ",
    begin: Begin::FIRST,
    rules: &[
        NUMBERS,
        AFTER_TWENTY,
        AFTER_TENS,
        AFTER_HUNDREDS,
        BEFORE_MILLIONS,
        BEFORE_THOUSANDS,
        AFTER_TWENTY_BEFORE_NOUN,
        AFTER_TENS_BEFORE_NOUN,
        AFTER_TWENTY_BEFORE_THOUSANDS,
        AFTER_TENS_BEFORE_THOUSANDS,
        AFTER_HUNDREDS_BEFORE_THOUSANDS,
    ],
};

const NUMBERS: &[Rule] = &[
    at(0, "zero"),
    at(1, "uno"),
    at(2, "due"),
    at(3, "tre"),
    at(4, "quattro"),
    at(5, "cinque"),
    at(6, "sei"),
    at(7, "sette"),
    at(8, "otto"),
    at(9, "nove"),
    at(10, "dieci"),
    at(11, "undici"),
    at(12, "dodici"),
    at(13, "tredici"),
    at(14, "quattordici"),
    at(15, "quindici"),
    at(16, "sedici"),
    at(17, "diciassette"),
    at(18, "diciotto"),
    at(19, "diciannove"),
    at(20, "vent>1"),
    at(30, "trent>2"),
    at(40, "quarant>2"),
    at(50, "cinquant>2"),
    at(60, "sessant>2"),
    at(70, "settant>2"),
    at(80, "ottant>2"),
    at(90, "novant>2"),
    at(100, "cent>3"),
    at(200, "<\u{ad}cent>3"),
    at(1_000, "mille[\u{ad}>]"),
    at(2_000, "<5\u{ad}mila[\u{ad}>]"),
    at(1_000_000, "un milione[ >]"),
    at(2_000_000, "<4 milioni[ >]"),
    at(1_000_000_000, "un miliardo[ >]"),
    at(2_000_000_000, "<4 miliardi[ >]"),
    at(1_000_000_000_000, "un bilione[ >]"),
    at(2_000_000_000_000, "<4 bilioni[ >]"),
    at(1_000_000_000_000_000, "un biliardo[ >]"),
    at(2_000_000_000_000_000, "<4 biliardi[ >]"),
];

const AFTER_TWENTY: &[Rule] = &[
    at(0, "i"),
    at(1, "\u{ad}uno"),
    at(2, "i\u{ad}due"),
    at(3, "i\u{ad}tré"),
    at(4, "i\u{ad}=0"),
    at(8, "\u{ad}otto"),
    at(9, "i\u{ad}nove"),
];

const AFTER_TENS: &[Rule] = &[
    at(0, "a"),
    at(1, "\u{ad}uno"),
    at(2, "a\u{ad}due"),
    at(3, "a\u{ad}tré"),
    at(4, "a\u{ad}=0"),
    at(8, "\u{ad}otto"),
    at(9, "a\u{ad}nove"),
];

const AFTER_HUNDREDS: &[Rule] = &[
    at(0, "o"),
    at(1, "o\u{ad}uno"),
    at(2, "o\u{ad}due"),
    at(3, "o\u{ad}tré"),
    at(4, "o\u{ad}=0"),
    at(8, "\u{ad}otto"),
    at(9, "o\u{ad}=0"),
    at(80, "\u{ad}=0"),
    at(90, "o\u{ad}=0"),
];

/// `un` in front of millions, also after tens.
const BEFORE_MILLIONS: &[Rule] = &[
    at(1, "un"),
    at(2, "=0"),
    at(20, "vent>6"),
    at(30, "trent>7"),
    at(40, "quarant>7"),
    at(50, "cinquant>7"),
    at(60, "sessant>7"),
    at(70, "settant>7"),
    at(80, "ottant>7"),
    at(90, "novant>7"),
    at(100, "cent>3"),
    at(200, "<\u{ad}cent>3"),
    at(1_000, "=0"),
];

/// As before millions, but a `tre` is not stressed.
const BEFORE_THOUSANDS: &[Rule] = &[
    at(0, "=4"),
    at(20, "vent>8"),
    at(30, "trent>9"),
    at(40, "quarant>9"),
    at(50, "cinquant>9"),
    at(60, "sessant>9"),
    at(70, "settant>9"),
    at(80, "ottant>9"),
    at(90, "novant>9"),
    at(100, "cent>10"),
    at(200, "<\u{ad}cent>10"),
];

const AFTER_TWENTY_BEFORE_NOUN: &[Rule] = &[at(0, "i"), at(1, "\u{ad}un"), at(2, "=1")];

const AFTER_TENS_BEFORE_NOUN: &[Rule] = &[at(0, "a"), at(1, "\u{ad}un"), at(2, "=2")];

const AFTER_TWENTY_BEFORE_THOUSANDS: &[Rule] = &[at(0, "=6"), at(3, "i\u{ad}tre"), at(4, "=6")];

const AFTER_TENS_BEFORE_THOUSANDS: &[Rule] = &[at(0, "=7"), at(3, "a\u{ad}tre"), at(4, "=7")];

const AFTER_HUNDREDS_BEFORE_THOUSANDS: &[Rule] = &[at(0, "=3"), at(3, "o\u{ad}tre"), at(4, "=3")];
