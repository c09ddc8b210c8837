//! Functions of numbers against simple models of them: integers instead of decimals, sorted lists instead of ranks.

use proptest::prelude::*;

use super::{decimal, run, shows};
use crate::value::{Decimal, Value};

const LANGUAGES: [&str; 10] = ["en-us", "en-gb", "en-in", "fr", "de", "it", "es", "ja", "ko", "zh"];

/// `mantissa` with `scale` digits after the point, as it is written.
fn written(mantissa: i64, scale: usize) -> String {
    let digits = format!("{:0width$}", mantissa.unsigned_abs(), width = scale + 1);
    let (whole, fraction) = digits.split_at(digits.len() - scale);
    let sign = if mantissa < 0 { "-" } else { "" };
    if scale == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

fn value_of(value: &Value) -> Decimal {
    value.to_decimal().unwrap()
}

fn list(numbers: &[i64]) -> Value {
    Value::list(numbers.iter().map(|number| Value::Number(*number)).collect())
}

proptest! {
    #[test]
    fn rounding_and_cutting_agree_with_integers(mantissa in any::<i64>(), scale in 0_usize..12, places in -20_i64..14) {
        let number = decimal(&written(mantissa, scale));
        let dropped = scale as i64 - places;
        let (rounded, cut) = if dropped <= 0 {
            (i128::from(mantissa), i128::from(mantissa))
        } else {
            let unit = 10_i128.pow(dropped as u32);
            let half = if mantissa < 0 { -unit / 2 } else { unit / 2 };
            ((i128::from(mantissa) + half) / unit * unit, i128::from(mantissa) / unit * unit)
        };
        let scaled = |digits: i128| {
            let unit = Decimal::parse(&format!("0.{:0>1$}", 1, scale)).filter(|_| scale > 0);
            Decimal::parse(&digits.to_string()).unwrap().times(unit.unwrap_or(Decimal::from(1))).unwrap()
        };
        prop_assert_eq!(value_of(&run("round", &[number.clone(), places.into()]).unwrap()), scaled(rounded));
        prop_assert_eq!(value_of(&run("truncate", &[number, places.into()]).unwrap()), scaled(cut));
    }

    #[test]
    fn formatted_numbers_read_back(mantissa in any::<i64>(), scale in 0_usize..12) {
        let number = decimal(&written(mantissa, scale));
        let text = run("text", &[number.clone(), "#,##0.############".into()]).unwrap().print().unwrap();
        let read = Decimal::parse(&text.replace(',', "")).unwrap();
        prop_assert_eq!(read, value_of(&number));
        let percent = run("text", &[number.clone(), "0.############%".into()]).unwrap().print().unwrap();
        let read = Decimal::parse(percent.trim_end_matches('%')).unwrap();
        prop_assert_eq!(read, value_of(&number).times(Decimal::from(100)).unwrap());
    }

    #[test]
    fn no_pattern_and_no_number_is_too_odd_to_format(number in any::<i64>(), scale in 0_usize..18, pattern in "[#0,.;%'Ea -]{0,14}") {
        let _ = run("text", &[decimal(&written(number, scale)), pattern.as_str().into()]);
        let _ = run("toString", &[Value::Number(number), pattern.as_str().into()]);
    }

    #[test]
    fn every_number_has_words_or_is_refused(number in any::<i64>(), scale in 0_usize..18) {
        for language in LANGUAGES {
            let whole = run("toWords", &[number.into(), language.into()]);
            prop_assert_eq!(whole.is_ok(), number.unsigned_abs() < 10_u64.pow(18));
            let words = run("toWords", &[decimal(&written(number, scale)), language.into()]);
            prop_assert!(words.is_err() || !words.unwrap().print().unwrap().contains(['<', '>', '=', '[', ']']));
        }
    }

    #[test]
    fn statistics_agree_with_a_sorted_list(numbers in prop::collection::vec(-1_000_i64..1_000, 1..40), percent in 1_usize..=100) {
        let mut sorted = numbers.clone();
        sorted.sort_unstable();
        let size = sorted.len();
        let values = list(&numbers);
        let place = (percent * size).div_ceil(100);
        prop_assert_eq!(shows("percentile", &[values.clone(), (percent as i64).into()]), sorted[place - 1].to_string());
        let twice = sorted[(size - 1) / 2] + sorted[size / 2];
        let median = run("median", std::slice::from_ref(&values)).unwrap();
        prop_assert_eq!(value_of(&median).times(Decimal::from(2)).unwrap(), Decimal::from(twice));
        prop_assert_eq!(shows("largest", std::slice::from_ref(&values)), sorted[size - 1].to_string());
        prop_assert_eq!(shows("nthSmallest", &[values.clone(), (place as i64).into()]), sorted[place - 1].to_string());
        prop_assert_eq!(shows("nthLargest", &[values.clone(), 1.into()]), sorted[size - 1].to_string());
        let rank = sorted.iter().filter(|number| **number > numbers[0]).count() + 1;
        prop_assert_eq!(shows("rank", &[values, numbers[0].into()]), rank.to_string());
    }

    #[test]
    fn random_numbers_stay_between_their_bounds(first in any::<i64>(), second in any::<i64>(), scale in 1_usize..18) {
        let (lower, upper) = (first.min(second), first.max(second));
        let Value::Number(drawn) = run("randomNumber", &[first.into(), second.into()]).unwrap() else {
            return Err(TestCaseError::fail("no NUMBER"));
        };
        prop_assert!(drawn == lower || lower <= drawn && drawn < upper);
        let bounds = [decimal(&written(first, scale)), decimal(&written(second, scale))];
        let drawn = value_of(&run("randomNumber", &bounds).unwrap());
        let (first, second) = (value_of(&bounds[0]), value_of(&bounds[1]));
        prop_assert!(drawn == first.min(second) || first.min(second) <= drawn && drawn < first.max(second));
    }

    #[test]
    fn doubles_and_decimals_have_the_same_digits(double in any::<f64>().prop_filter("in range", |double| double.abs() < 1e27)) {
        if let Some(decimal) = Decimal::from_double(double) && (double == 0.0 || double.abs() > 1e-10) {
            prop_assert_eq!(decimal.to_double(), double);
        }
    }
}

#[test]
fn what_is_undefined_is_null_and_what_is_too_large_an_error() {
    for (name, number) in
        [("sqrt", "-0.1"), ("log", "0"), ("log10", "-1"), ("asin", "1.1"), ("acos", "-1.1"), ("acosh", "0")]
    {
        assert_eq!(shows(name, &[decimal(number)]), "null", "{name}");
    }
    assert_eq!(shows("atanh", &[(-1).into()]), "null");
    assert_eq!(shows("power", &[0.into(), (-1).into()]), "null");
    assert_eq!(shows("power", &[decimal("-2"), decimal("0.5")]), "null");
    for (name, number) in [("exp", 67), ("sinh", 68), ("cosh", -68)] {
        assert_eq!(shows(name, &[number.into()]), "run::overflow", "{name}");
    }
    assert_eq!(shows("power", &[i64::MAX.into(), 2.into()]), "run::overflow");
    assert_eq!(shows("exp", &[i64::MIN.into()]), "0.0");
    assert_eq!(shows("degrees", &[decimal("79228162514264337593543950335")]), "run::overflow");
}

#[test]
fn powers_are_exact_where_they_fit_and_doubles_elsewhere() {
    assert_eq!(shows("power", &[3.into(), 39.into()]), "4052555153018976267");
    assert_eq!(shows("power", &[decimal("1.1"), 10.into()]), "2.5937424601");
    assert_eq!(shows("power", &[2.into(), (-1).into()]), "0.5");
    assert_eq!(shows("power", &[2.into(), decimal("0.5")]), "1.4142135623730951");
    assert_eq!(shows("power", &[0.into(), 0.into()]), "1");
    assert_eq!(shows("power", &[1.into(), i64::MAX.into()]), "1");
}

#[test]
fn powers_of_ten_have_whole_logarithms() {
    for exponent in 0..=18 {
        assert_eq!(shows("log10", &[10_i64.pow(exponent).into()]), format!("{exponent}.0"));
    }
}

#[test]
fn formatting_needs_a_number_and_a_pattern_that_makes_sense() {
    for pattern in ["", "abc", "0#", "#0#", "0.#0", "1.0.0.", "0,", "'0", "0E", "0E0E0", "%%0", ";0", "0;0;0", "#,"] {
        assert_eq!(shows("text", &[5.into(), pattern.into()]), "null", "{pattern}");
    }
    assert_eq!(shows("text", &["12.5".into(), "000.00".into()]), "012.50");
    assert_eq!(shows("toString", &["12.5".into(), "000.00".into()]), "012.50");
    assert_eq!(shows("toString", &[0.into(), "yyyy".into()]), "1970");
    assert_eq!(shows("text", &["abc".into(), "0".into()]), "run::argument-type");
    for pattern in ["0".repeat(70_000), "0E".to_owned() + &"0".repeat(70_000)] {
        assert_eq!(shows("text", &[5.into(), pattern.as_str().into()]), "limits::size");
    }
}

#[test]
fn languages_are_found_in_any_spelling_and_others_are_refused() {
    assert_eq!(shows("toWords", &[21.into(), "EN_us".into()]), "twenty-one");
    assert_eq!(shows("toWords", &[21.into()]), "twenty-one");
    assert_eq!(shows("toWords", &[21.into(), 1.into()]), "run::language");
    assert_eq!(shows("toWords", &[i64::MIN.into(), "de".into()]), "run::argument-range");
    assert_eq!(shows("toWords", &[decimal("5.00"), "en-gb".into()]), "five");
    assert_eq!(shows("toWords", &[decimal("-0.0"), "en-gb".into()]), "zero");
}

#[test]
fn zero_has_no_sign() {
    assert_eq!(shows("round", &[decimal("-0.4"), 0.into()]), "0");
    assert_eq!(shows("truncate", &[decimal("-0.49"), 1.into()]), "-0.4");
    assert_eq!(shows("frac", &[decimal("-3.00")]), "0");
    assert_eq!(shows("abs", &[decimal("-0.00")]), "0.00");
    assert_eq!(decimal("0.0").negate().unwrap().print().unwrap(), "0.0");
}
