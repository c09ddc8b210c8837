//! The order of `sort` and `sortKey`: numbers by value, texts by character code, false before true, dates by instant.
//! Values of several types have no order (help page "sort").

use std::cmp::Ordering;

use crate::value::{Kind, Value};

/// Sorts by a value of each row; false, and everything stays where it is, when the values have no order.
pub(super) fn sort_by_value<T>(rows: &mut [T], ascending: bool, value: impl Fn(&T) -> &Value) -> bool {
    if !has_one_order(rows.iter().map(&value)) {
        return false;
    }
    let order = |a: &T, b: &T| value(a).order(value(b)).unwrap_or(Ordering::Equal);
    // Equal rows keep their places in both directions.
    match ascending {
        true => rows.sort_by(order),
        false => rows.sort_by(|a, b| order(b, a)),
    }
    true
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
