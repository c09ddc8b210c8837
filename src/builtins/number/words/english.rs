//! English, without "and" between hundreds and the rest; India counts in lakhs and crores.

use super::rule::{Begin, Language, Rule, at};

/// Great Britain and the United States.
pub(super) const ENGLISH: Language = Language { rules: &[SMALL, THOUSANDS], ..LANGUAGE };

/// India.
pub(super) const INDIAN: Language = Language { rules: &[SMALL, LAKHS], ..LANGUAGE };

const LANGUAGE: Language = Language {
    minus: "minus ",
    point: " point ",
    between_digits: " ",
    begin: Begin { whole: 1, negative: 1, before_point: 1, digit: 1 },
    rules: &[],
};

/// Below a thousand.
const SMALL: &[Rule] = &[
    at(0, "zero"),
    at(1, "one"),
    at(2, "two"),
    at(3, "three"),
    at(4, "four"),
    at(5, "five"),
    at(6, "six"),
    at(7, "seven"),
    at(8, "eight"),
    at(9, "nine"),
    at(10, "ten"),
    at(11, "eleven"),
    at(12, "twelve"),
    at(13, "thirteen"),
    at(14, "fourteen"),
    at(15, "fifteen"),
    at(16, "sixteen"),
    at(17, "seventeen"),
    at(18, "eighteen"),
    at(19, "nineteen"),
    at(20, "twenty[->]"),
    at(30, "thirty[->]"),
    at(40, "forty[->]"),
    at(50, "fifty[->]"),
    at(60, "sixty[->]"),
    at(70, "seventy[->]"),
    at(80, "eighty[->]"),
    at(90, "ninety[->]"),
    at(100, "< hundred[ >]"),
];

const THOUSANDS: &[Rule] = &[
    at(0, "=0"),
    at(1_000, "< thousand[ >]"),
    at(1_000_000, "< million[ >]"),
    at(1_000_000_000, "< billion[ >]"),
    at(1_000_000_000_000, "< trillion[ >]"),
    at(1_000_000_000_000_000, "< quadrillion[ >]"),
];

/// Beyond the crores it goes on as elsewhere.
const LAKHS: &[Rule] = &[
    at(0, "=0"),
    at(1_000, "< thousand[ >]"),
    at(100_000, "< lakh[ >]"),
    at(10_000_000, "< crore[ >]"),
    at(1_000_000_000_000, "< trillion[ >]"),
    at(1_000_000_000_000_000, "< quadrillion[ >]"),
];
