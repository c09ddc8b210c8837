//! Japanese, Korean and Chinese, which count in ten thousands. Chinese fills a gap between places with a zero; Korean
//! has one word for zero alone and another for a zero in front of a point.

use super::rule::{Begin, Language, Rule, at};

pub(super) const JAPANESE: Language =
    Language {
        minus: "マイナス", point: "・", between_digits: "", begin: Begin::FIRST, rules: &[JAPANESE_NUMBERS]
    };

pub(super) const KOREAN: Language = Language {
    minus: "마이너스 ",
    point: "점",
    between_digits: "",
    begin: Begin { whole: 1, negative: 0, before_point: 0, digit: 1 },
    rules: &[KOREAN_NUMBERS, KOREAN_ALONE],
};

pub(super) const CHINESE: Language = Language {
    minus: "负",
    point: "点",
    between_digits: "",
    begin: Begin::FIRST,
    rules: &[
        CHINESE_NUMBERS,
        CHINESE_AFTER_HUNDREDS,
        CHINESE_AFTER_THOUSANDS,
        CHINESE_AFTER_10_TO_THE_4TH,
        CHINESE_AFTER_10_TO_THE_8TH,
        CHINESE_AFTER_10_TO_THE_12TH,
        CHINESE_AFTER_10_TO_THE_16TH,
    ],
};

const JAPANESE_NUMBERS: &[Rule] = &[
    at(0, "〇"),
    at(1, "一"),
    at(2, "二"),
    at(3, "三"),
    at(4, "四"),
    at(5, "五"),
    at(6, "六"),
    at(7, "七"),
    at(8, "八"),
    at(9, "九"),
    at(10, "十[>]"),
    at(20, "<十[>]"),
    at(100, "百[>]"),
    at(200, "<百[>]"),
    at(1_000, "千[>]"),
    at(2_000, "<千[>]"),
    at(10_000, "<万[>]"),
    at(100_000_000, "<億[>]"),
    at(1_000_000_000_000, "<兆[>]"),
    at(10_000_000_000_000_000, "<京[>]"),
];

const KOREAN_NUMBERS: &[Rule] = &[
    at(0, "영"),
    at(1, "일"),
    at(2, "이"),
    at(3, "삼"),
    at(4, "사"),
    at(5, "오"),
    at(6, "육"),
    at(7, "칠"),
    at(8, "팔"),
    at(9, "구"),
    at(10, "십[>]"),
    at(20, "<십[>]"),
    at(100, "백[>]"),
    at(200, "<백[>]"),
    at(1_000, "천[>]"),
    at(2_000, "<천[>]"),
    at(10_000, "만[ >]"),
    at(20_000, "<만[ >]"),
    at(100_000_000, "<억[ >]"),
    at(1_000_000_000_000, "<조[ >]"),
    at(10_000_000_000_000_000, "<경[ >]"),
];

const KOREAN_ALONE: &[Rule] = &[at(0, "공"), at(1, "=0")];

const CHINESE_NUMBERS: &[Rule] = &[
    at(0, "〇"),
    at(1, "一"),
    at(2, "二"),
    at(3, "三"),
    at(4, "四"),
    at(5, "五"),
    at(6, "六"),
    at(7, "七"),
    at(8, "八"),
    at(9, "九"),
    at(10, "十[>]"),
    at(20, "<十[>]"),
    at(100, "<百[>1]"),
    at(1_000, "<千[>2]"),
    at(10_000, "<万[>3]"),
    at(100_000_000, "<亿[>4]"),
    at(1_000_000_000_000, "<兆[>5]"),
    at(10_000_000_000_000_000, "<京[>6]"),
];

const CHINESE_AFTER_HUNDREDS: &[Rule] = &[at(1, "〇=0"), at(10, "一=0"), at(20, "=0")];

const CHINESE_AFTER_THOUSANDS: &[Rule] = &[at(1, "〇=0"), at(10, "〇一=0"), at(20, "〇=0"), at(100, "=0")];

const CHINESE_AFTER_10_TO_THE_4TH: &[Rule] = &[at(1, "〇=0"), at(10, "〇一=0"), at(20, "〇=0"), at(1_000, "=0")];

const CHINESE_AFTER_10_TO_THE_8TH: &[Rule] = &[at(1, "〇=0"), at(10, "〇一=0"), at(20, "〇=0"), at(10_000, "=0")];

const CHINESE_AFTER_10_TO_THE_12TH: &[Rule] = &[at(1, "〇=0"), at(10, "〇一=0"), at(20, "〇=0"), at(10_000_000, "=0")];

const CHINESE_AFTER_10_TO_THE_16TH: &[Rule] =
    &[at(1, "〇=0"), at(10, "〇一=0"), at(20, "〇=0"), at(1_000_000_000_000, "=0")];
