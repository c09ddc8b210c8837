//! French of France: sixties and eighties are counted in twenties, and plurals lose their `s` before more.

use super::rule::{Begin, Language, Rule, at, in_twenties};

pub(super) const FRENCH: Language = Language {
    minus: "moins ",
    point: " virgule ",
    between_digits: " ",
    begin: Begin::FIRST,
    rules: &[NUMBERS, AFTER_TENS, AFTER_EIGHTY, AFTER_HUNDREDS, BEFORE_THOUSANDS],
};

const NUMBERS: &[Rule] = &[
    at(0, "zéro"),
    at(1, "un"),
    at(2, "deux"),
    at(3, "trois"),
    at(4, "quatre"),
    at(5, "cinq"),
    at(6, "six"),
    at(7, "sept"),
    at(8, "huit"),
    at(9, "neuf"),
    at(10, "dix"),
    at(11, "onze"),
    at(12, "douze"),
    at(13, "treize"),
    at(14, "quatorze"),
    at(15, "quinze"),
    at(16, "seize"),
    at(17, "dix->"),
    at(20, "vingt[->1]"),
    at(30, "trente[->1]"),
    at(40, "quarante[->1]"),
    at(50, "cinquante[->1]"),
    in_twenties(60, "soixante[->1]"),
    in_twenties(80, "quatre-vingt>2"),
    at(100, "cent[ >]"),
    at(200, "< cent>3"),
    at(1_000, "mille[ >]"),
    at(2_000, "<4 mille[ >]"),
    at(1_000_000, "un million[ >]"),
    at(2_000_000, "<4 millions[ >]"),
    at(1_000_000_000, "un milliard[ >]"),
    at(2_000_000_000, "<4 milliards[ >]"),
    at(1_000_000_000_000, "un billion[ >]"),
    at(2_000_000_000_000, "<4 billions[ >]"),
    at(1_000_000_000_000_000, "un billiard[ >]"),
    at(2_000_000_000_000_000, "<4 billiards[ >]"),
];

const AFTER_TENS: &[Rule] = &[at(1, "et-un"), at(2, "=0"), at(11, "et-onze"), at(12, "=0")];

const AFTER_EIGHTY: &[Rule] = &[at(0, "s"), at(1, "-=0")];

const AFTER_HUNDREDS: &[Rule] = &[at(0, "s"), at(1, " =0")];

/// Hundreds and eighties without their `s`.
const BEFORE_THOUSANDS: &[Rule] =
    &[at(0, "=0"), in_twenties(80, "quatre-vingt[->]"), at(100, "cent[ >]"), at(200, "< cent[ >]"), at(1_000, "=0")];
