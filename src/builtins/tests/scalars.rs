//! Texts and numbers, by the samples of their pages.

use super::{decimal, shows};

#[test]
fn text_positions_count_characters() {
    assert_eq!(shows("length", &["日本🎉".into()]), "3");
    assert_eq!(shows("indexOf", &["日本🎉".into(), "🎉".into()]), "2");
    assert_eq!(shows("subString", &["日本🎉x".into(), 1.into(), 3.into()]), "本🎉");
    assert_eq!(shows("subString", &["Hello".into(), 3.into(), 1.into()]), "run::text-index");
    assert_eq!(shows("subString", &["Hello".into(), (-1).into()]), "run::text-index");
    assert_eq!(shows("subString", &["Hello".into(), 5.into()]), "");
    assert_eq!(shows("left", &["abc".into(), i64::MIN.into()]), "abc");
    assert_eq!(shows("right", &["日本🎉".into(), 1.into()]), "🎉");
    assert_eq!(shows("reverse", &["日本".into()]), "本日");
    assert_eq!(shows("leftpad", &["日".into(), 3.into()]), "  日");
}

#[test]
fn numbers_and_booleans_are_made_text_first() {
    assert_eq!(shows("contains", &[1234.into(), "23".into()]), "true");
    assert_eq!(shows("length", &[true.into()]), "4");
    assert_eq!(shows("replaceAll", &[decimal("1.50"), 5.into(), 6.into()]), "1.60");
}

#[test]
fn addresses_are_encoded_as_forms() {
    assert_eq!(shows("encodeUrl", &["a b/é~*".into()]), "a+b%2F%C3%A9%7E*");
    assert_eq!(shows("encodeURL", &[12.into()]), "12");
}

#[test]
fn texts_become_numbers_or_say_why_not() {
    assert_eq!(shows("toLong", &[" 12 ".into()]), "12");
    assert_eq!(shows("toLong", &["99.9".into()]), "99");
    assert_eq!(shows("toLong", &["".into()]), "run::not-a-number");
    assert_eq!(shows("toLong", &["134A".into()]), "run::not-a-number");
    assert_eq!(shows("toLong", &["99999999999999999999".into()]), "run::overflow");
    assert_eq!(shows("toNumber", &["4876876000000225001".into()]), "4876876000000225001");
    assert_eq!(shows("toDecimal", &["15.50".into()]), "15.50");
}

#[test]
fn rounding_follows_the_samples_of_its_page() {
    let round = |digits: &str, places: i64| shows("round", &[decimal(digits), places.into()]);
    let samples = [
        ("218.5", 0, "219"),
        ("-218.4", 0, "-218"),
        ("-2.5", 0, "-3"),
        ("214.2", -1, "210"),
        ("218.2", -1, "220"),
        ("218.2", -2, "200"),
        ("294.2", -2, "300"),
        ("218.222", -3, "0"),
        ("-150.55", -2, "-200"),
        ("2.345", 2, "2.35"),
        ("2.50", 5, "2.5"),
        ("1.5", i64::MIN, "0"),
        ("1.5", i64::MAX, "1.5"),
    ];
    for (digits, places, expected) in samples {
        assert_eq!(round(digits, places), expected, "{digits} at {places}");
    }
    assert_eq!(shows("round", &[1250.into(), (-2).into()]), "1300");
    assert_eq!(shows("truncate", &[decimal("-2.79"), 1.into()]), "-2.7");
    assert_eq!(shows("ceil", &[decimal("79228162514264337593543950335")]), "run::overflow");
    assert_eq!(shows("abs", &[i64::MIN.into()]), "run::overflow");
    assert_eq!(shows("isOdd", &[i64::MIN.into()]), "false");
    assert_eq!(shows("isEven", &[decimal("4.0")]), "true");
}
