//! The order of `sort` and `sortKey`: numbers by value, texts by character code, false before true, dates by instant.
//! Values of several types have no order (help page "sort").

use std::cmp::{Ordering, Reverse};

use crate::value::{Kind, Value};

/// With fewer rows, making keys takes longer than what they spare.
const FEW: usize = 20;

/// Sorts values as [`sort_by_value`] sorts rows.
pub(super) fn sort_values(values: &mut Vec<Value>, ascending: bool) -> bool {
    // Equal numbers are one and the same, so the numbers alone are sorted and written down again.
    let numbers = match values.len() {
        ..FEW => None,
        _ => values.iter().map(number).collect::<Option<Vec<i64>>>(),
    };
    let Some(mut numbers) = numbers else { return sort_by_value(values, ascending, |value| value) };
    numbers.sort_unstable();
    if !ascending {
        numbers.reverse();
    }
    values.iter_mut().zip(numbers).for_each(|(value, number)| value.set_number(number));
    true
}

/// Sorts by a value of each row; false, and everything stays where it is, when the values have no order. Equal rows keep
/// their places in both directions.
pub(super) fn sort_by_value<T>(rows: &mut Vec<T>, ascending: bool, value: impl Fn(&T) -> &Value) -> bool {
    /// So many have places of 32 bits.
    const MANY: usize = u32::MAX as usize;
    if !has_one_order(rows.iter().map(&value)) {
        return false;
    }
    // Numbers and texts are what is sorted in thousands, so theirs is an order that need not ask for kinds again.
    if rows.iter().all(|row| number(value(row)).is_some()) {
        let number = |row: &T| number(value(row)).unwrap_or_default();
        match ascending {
            true => rows.sort_by_key(number),
            false => rows.sort_by_key(|row| Reverse(number(row))),
        }
    } else if (FEW..MANY).contains(&rows.len()) && rows.first().is_some_and(|row| value(row).as_text().is_some()) {
        sort_by_text(rows, ascending, |row| value(row).as_text().unwrap_or_default());
    } else {
        let order = |a: &T, b: &T| value(a).order(value(b)).unwrap_or(Ordering::Equal);
        match ascending {
            true => rows.sort_by(order),
            false => rows.sort_by(|a, b| order(b, a)),
        }
    }
    true
}

fn number(value: &Value) -> Option<i64> {
    if let Value::Number(number) = value { Some(*number) } else { None }
}

/// By the first bytes of each text, which decide for most; then those that begin alike by all of their bytes. A key is one
/// number, the first bytes and below them the row's place, so that most of sorting compares numbers.
fn sort_by_text<T>(rows: &mut Vec<T>, ascending: bool, text: impl Fn(&T) -> &str) {
    /// The bits of the place.
    const PLACE: u32 = u32::BITS;
    let key = |(place, row): (u32, &T)| {
        let first = first_bytes(text(row));
        u128::from(place) | if ascending { first } else { !first } << PLACE
    };
    let mut keys: Vec<u128> = (0..).zip(rows.iter()).map(key).collect();
    keys.sort_unstable();
    let place = |key: &u128| (*key & u128::from(u32::MAX)) as usize;
    let text_of = |key: &u128| rows.get(place(key)).map(&text);
    for alike in keys.chunk_by_mut(|a, b| a >> PLACE == b >> PLACE).filter(|alike| alike.len() > 1) {
        match ascending {
            true => alike.sort_by(|a, b| text_of(a).cmp(&text_of(b))),
            false => alike.sort_by(|a, b| text_of(b).cmp(&text_of(a))),
        }
    }
    let mut waiting: Vec<Option<T>> = rows.drain(..).map(Some).collect();
    rows.extend(keys.iter().filter_map(|key| waiting.get_mut(place(key))?.take()));
}

/// The first twelve bytes, of which the first weighs most, and zeros where there are not so many.
fn first_bytes(text: &str) -> u128 {
    let mut bytes = [0; 16];
    let (_, last) = bytes.split_at_mut(4);
    last.iter_mut().zip(text.as_bytes()).for_each(|(byte, of_text)| *byte = *of_text);
    u128::from_be_bytes(bytes)
}

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
            let mut alone = values.clone();
            assert!(sort_values(&mut alone, ascending));
            let printed = |value: &Value| value.print().unwrap();
            assert!(alone.iter().map(printed).eq(expected.iter().map(|(_, value)| printed(value))));
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
