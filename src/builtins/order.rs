//! The order of `sort` and `sortKey`: numbers by value, texts by character code, false before true, dates by instant.
//! Values of several types have no order (help page "sort").

use std::cmp::{Ordering, Reverse};

use crate::value::{Kind, Text, Value};

/// Sorts by a value of each row; false, and everything stays where it is, when the values have no order. Equal rows keep
/// their places in both directions.
pub(super) fn sort_by_value<T>(rows: &mut [T], ascending: bool, value: impl Fn(&T) -> &Value) -> bool {
    if !has_one_order(rows.iter().map(&value)) {
        return false;
    }
    // Numbers and texts are what is sorted in thousands, so theirs is an order that need not ask for kinds again.
    if rows.iter().all(|row| matches!(value(row), Value::Number(_))) {
        let number = |row: &T| if let Value::Number(number) = value(row) { *number } else { 0 };
        match ascending {
            true => rows.sort_by_key(number),
            false => rows.sort_by_key(|row| Reverse(number(row))),
        }
    } else if matches!(rows.first().map(&value), Some(Value::Text(_))) {
        match ascending {
            true => rows.sort_by_cached_key(|row| TextOrder::of(value(row))),
            false => rows.sort_by_cached_key(|row| Reverse(TextOrder::of(value(row)))),
        }
    } else {
        let order = |a: &T, b: &T| value(a).order(value(b)).unwrap_or(Ordering::Equal);
        match ascending {
            true => rows.sort_by(order),
            false => rows.sort_by(|a, b| order(b, a)),
        }
    }
    true
}

/// A text as it is compared: by its first bytes, which decide for most without a look at the text itself, then by all.
struct TextOrder {
    first: [u64; 2],
    text: Text,
}

impl TextOrder {
    fn of(value: &Value) -> Self {
        let text = if let Value::Text(text) = value { text.clone() } else { Text::new("") };
        let mut bytes = text.bytes().chain(std::iter::repeat(0));
        // The first byte weighs most.
        let mut eight = || u64::from_be_bytes(std::array::from_fn(|_| bytes.next().unwrap_or_default()));
        let first = [eight(), eight()];
        Self { first, text }
    }
}

impl Ord for TextOrder {
    fn cmp(&self, other: &Self) -> Ordering {
        self.first.cmp(&other.first).then_with(|| self.text.as_str().cmp(other.text.as_str()))
    }
}

impl PartialOrd for TextOrder {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for TextOrder {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for TextOrder {}

/// Whether all are texts, or all numbers, or all booleans, or all dates.
fn has_one_order<'a>(mut values: impl Iterator<Item = &'a Value>) -> bool {
    let family = |value: &Value| match value.kind() {
        Kind::Decimal => Kind::Number,
        other => other,
    };
    let Some(wanted) = values.next().map(family) else { return true };
    matches!(wanted, Kind::Text | Kind::Number | Kind::Boolean | Kind::DateTime)
        && values.all(|value| family(value) == wanted)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;

    use super::*;
    use crate::value::Decimal;

    /// What is sorted by a key of its own comes out as by comparing the values, equal ones in their places.
    fn check(values: Vec<Value>) {
        for ascending in [true, false] {
            let mut rows: Vec<(usize, Value)> = values.iter().cloned().enumerate().collect();
            let mut expected = rows.clone();
            expected.sort_by(|(_, a), (_, b)| {
                let order = a.order(b).unwrap();
                if ascending { order } else { order.reverse() }
            });
            assert!(sort_by_value(&mut rows, ascending, |(_, value)| value));
            let places = |rows: &[(usize, Value)]| rows.iter().map(|(at, _)| *at).collect::<Vec<_>>();
            assert_eq!(places(&rows), places(&expected));
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn texts_and_numbers_have_the_order_of_their_values(
            texts in prop::collection::vec("[ab\\x00é]{0,4}|a{14,18}[b\\x00😀]{0,3}", 0..80),
            numbers in prop::collection::vec(prop_oneof![-3..3_i64, any::<i64>()], 0..80),
            fraction in any::<bool>(),
        ) {
            check(texts.into_iter().map(Value::from).collect());
            let mut numbers: Vec<Value> = numbers.into_iter().map(Value::from).collect();
            if fraction {
                numbers.push(Value::decimal(Decimal::parse("0.5").unwrap()));
            }
            check(numbers);
        }
    }
}
