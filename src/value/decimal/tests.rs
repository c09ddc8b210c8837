//! The fast paths give what `rust_decimal` gives, and decimals stay small.
#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::*;

/// Digits of every length with every scale.
fn decimals() -> impl Strategy<Value = Decimal> {
    let digits = prop_oneof![
        (0_u64..1000).prop_map(u128::from),
        any::<u32>().prop_map(u128::from),
        any::<u64>().prop_map(u128::from),
        (0_u128..1 << 96),
        (0_u32..20, 1_u64..1000).prop_map(|(zeros, digits)| u128::from(digits) * 10_u128.pow(zeros)),
    ];
    (digits, 0..=MOST_PLACES, any::<bool>()).prop_map(|(digits, scale, negative)| {
        Decimal::new(digits as u64, (digits >> 64) as u32, scale, negative && digits != 0)
    })
}

fn shown(decimal: Option<Decimal>) -> Option<String> {
    decimal.map(|decimal| format!("{decimal:?}"))
}

proptest! {
    #[test]
    fn small_results_are_those_of_the_library(a in decimals(), b in decimals(), places in 0_u8..=28) {
        let (left, right) = (a.wide(), b.wide());
        prop_assert_eq!(shown(a.plus(b)), shown(left.checked_add(right).map(computed)));
        prop_assert_eq!(shown(a.minus(b)), shown(left.checked_sub(right).map(computed)));
        prop_assert_eq!(shown(a.times(b)), shown(left.checked_mul(right).map(computed)));
        prop_assert_eq!(a.cmp(&b), left.cmp(&right));
        prop_assert_eq!(shown(Some(a.stripped())), shown(Some(computed(left))));
        if let Some(rest) = left.checked_rem(right) {
            prop_assert_eq!(shown(a.remainder(b)), shown(Some(computed(rest))));
        }
        let rounded = |strategy| Some(computed(left.round_dp_with_strategy(u32::from(places), strategy)));
        use rust_decimal::RoundingStrategy::{MidpointAwayFromZero, ToZero};
        prop_assert_eq!(shown(a.round(i64::from(places))), shown(rounded(MidpointAwayFromZero)));
        prop_assert_eq!(shown(a.truncate(i64::from(places))), shown(rounded(ToZero)));
        prop_assert_eq!(shown(Some(a.floor())), shown(Some(computed(left.floor()))));
        prop_assert_eq!(shown(Some(a.ceil())), shown(Some(computed(left.ceil()))));
        prop_assert_eq!(a.to_number(), rust_decimal::prelude::ToPrimitive::to_i64(&left.trunc()));
    }

    #[test]
    fn texts_are_read_and_written_as_the_library_does(decimal in decimals(), text in "[+-]?[0-9]{0,21}[.e_]?[0-9]{0,9}[.]?") {
        let mut printed = String::new();
        decimal.print_to(&mut printed);
        prop_assert_eq!(&printed, &decimal.wide().to_string());
        prop_assert_eq!(shown(Decimal::parse(&printed)), shown(Some(decimal)));
        if let Some(read) = text::read(&text) {
            let library = rust_decimal::Decimal::from_str_exact(&text).map(narrow);
            prop_assert_eq!(shown(Some(read)), shown(library.ok()));
        }
    }

    #[test]
    fn doubles_have_their_shortest_digits(
        double in prop_oneof![
            any::<f64>(),
            (any::<i64>(), any::<i64>()).prop_map(|(a, b)| a as f64 / b as f64),
            (any::<i32>(), 1..10_000).prop_map(|(a, b)| f64::from(a) / f64::from(b)),
            any::<i64>().prop_map(|whole| whole as f64),
        ],
    ) {
        let expected = if double.is_finite() { Decimal::parse(&format!("{double}")) } else { None };
        prop_assert_eq!(shown(Decimal::from_double(double)), shown(expected));
        if let Some(decimal) = Decimal::from_double(double) {
            prop_assert_eq!(decimal.to_double(), decimal.wide().to_string().parse::<f64>().unwrap());
        }
    }
}

#[test]
fn equal_decimals_have_one_hash() {
    use std::hash::{BuildHasher, RandomState};
    let state = RandomState::new();
    let hash = |text: &str| state.hash_one(Decimal::parse(text).unwrap());
    assert_eq!(hash("2.50"), hash("2.5"));
    assert_eq!(hash("-0.00"), hash("0"));
    assert_ne!(hash("-1"), hash("1"));
}
