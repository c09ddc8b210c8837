//! Arithmetic on decimals of at most 64 bits of digits, which nearly all are. Every function gives the exact result
//! without zeros at its end, or nothing: what has more digits or has to be rounded to fit is left to `rust_decimal`,
//! which gives the same results more slowly.

use std::cmp::Ordering;

use super::{Decimal, MOST_PLACES};

/// The powers of ten of 64 bits.
const POWERS: [u64; 20] = [
    1,
    10,
    100,
    1_000,
    10_000,
    100_000,
    1_000_000,
    10_000_000,
    100_000_000,
    1_000_000_000,
    10_000_000_000,
    100_000_000_000,
    1_000_000_000_000,
    10_000_000_000_000,
    100_000_000_000_000,
    1_000_000_000_000_000,
    10_000_000_000_000_000,
    100_000_000_000_000_000,
    1_000_000_000_000_000_000,
    10_000_000_000_000_000_000,
];

#[inline(always)]
pub(super) fn plus(a: Decimal, b: Decimal) -> Option<Decimal> {
    if let Some((left, right, scale)) = aligned_shortly(a, b)
        && let Some(sum) = left.checked_add(right)
    {
        return Some(of_short(sum, scale));
    }
    let (left, right, scale) = aligned(a, b)?;
    exact(left + right, scale)
}

#[inline(always)]
pub(super) fn minus(a: Decimal, b: Decimal) -> Option<Decimal> {
    if let Some((left, right, scale)) = aligned_shortly(a, b)
        && let Some(difference) = left.checked_sub(right)
    {
        return Some(of_short(difference, scale));
    }
    let (left, right, scale) = aligned(a, b)?;
    exact(left - right, scale)
}

#[inline(always)]
pub(super) fn times(a: Decimal, b: Decimal) -> Option<Decimal> {
    if !(is_small(a) && is_small(b)) {
        return None;
    }
    let scale = a.places() + b.places();
    if let (Some(digits), ..=MOST_PLACES) = (a.low.checked_mul(b.low), scale) {
        return Some(stripped(digits, scale, a.is_negative() != b.is_negative()));
    }
    let digits = u128::from(a.low) * u128::from(b.low);
    of_magnitude(digits, scale, a.is_negative() != b.is_negative())
}

/// For a divisor that is not zero.
#[inline(always)]
pub(super) fn remainder(a: Decimal, b: Decimal) -> Option<Decimal> {
    let (left, right, scale) = aligned(a, b)?;
    let (left, right) = (left.unsigned_abs(), right.unsigned_abs());
    let rest = match (u64::try_from(left), u64::try_from(right)) {
        (Ok(left), Ok(right)) => left.checked_rem(right)?,
        _ => u64::try_from(left.checked_rem(right)?).ok()?,
    };
    Some(stripped(rest, scale, a.is_negative()))
}

#[inline(always)]
pub(super) fn compare(a: Decimal, b: Decimal) -> Option<Ordering> {
    let (left, right, _) = aligned(a, b)?;
    Some(left.cmp(&right))
}

/// A double that has at most six digits after the point. No other decimal of up to 15 digits has the same double, so its
/// shortest digits are these.
#[inline]
pub(super) fn of_double(double: f64) -> Option<Decimal> {
    const UNIT: f64 = 1e6;
    const SIXTEEN_DIGITS: u64 = 1_000_000_000_000_000;
    let whole = double.abs() as u64;
    if whole < SIXTEEN_DIGITS && whole as f64 == double.abs() {
        return Some(Decimal::new(whole, 0, 0, double < 0.0));
    }
    let digits = (double.abs() * UNIT + 0.5) as u64;
    let is_it = digits < SIXTEEN_DIGITS && digits as f64 / UNIT == double.abs();
    is_it.then(|| stripped(digits, 6, double < 0.0))
}

/// Cut after so many places; with `away`, a half goes away from zero.
#[inline(always)]
pub(super) fn at_place(number: Decimal, places: u8, away: bool) -> Option<Decimal> {
    if !is_small(number) {
        return None;
    }
    let Some(superfluous) = number.places().checked_sub(places) else {
        return Some(stripped(number.low, number.places(), number.is_negative()));
    };
    let unit = power(superfluous)?;
    let (whole, rest) = (number.low / unit, number.low % unit);
    let up = away && rest >= unit - rest;
    Some(stripped(whole + u64::from(up), places, number.is_negative()))
}

/// Cut towards zero.
#[inline(always)]
pub(super) fn to_number(number: Decimal) -> Option<i64> {
    let whole = i64::try_from(number.low / power(number.places())?).ok().filter(|_| is_small(number))?;
    Some(if number.is_negative() { -whole } else { whole })
}

/// The largest whole number that is not above.
#[inline(always)]
pub(super) fn floor(number: Decimal) -> Option<Decimal> {
    let unit = power(number.places()).filter(|_| is_small(number))?;
    let (whole, rest) = (number.low / unit, number.low % unit);
    let whole = whole + u64::from(number.is_negative() && rest > 0);
    Some(Decimal::new(whole, 0, 0, number.is_negative() && whole > 0))
}

/// Without the zeros at its end.
#[inline(always)]
pub(super) fn strip(number: Decimal) -> Option<Decimal> {
    is_small(number).then(|| stripped(number.low, number.places(), number.is_negative()))
}

#[inline(always)]
fn is_small(number: Decimal) -> bool {
    number.high() == 0
}

#[inline(always)]
fn power(exponent: u8) -> Option<u64> {
    POWERS.get(usize::from(exponent)).copied()
}

/// The digits of both with their signs, and the scale that they have then, where they fit 63 bits: prices and sums do.
#[inline(always)]
fn aligned_shortly(a: Decimal, b: Decimal) -> Option<(i64, i64, u8)> {
    let (left, right) = (short(a)?, short(b)?);
    let unit = |apart: u8| i64::try_from(power(apart)?).ok();
    Some(match a.places().cmp(&b.places()) {
        Ordering::Equal => (left, right, a.places()),
        Ordering::Less => (left.checked_mul(unit(b.places() - a.places())?)?, right, b.places()),
        Ordering::Greater => (left, right.checked_mul(unit(a.places() - b.places())?)?, a.places()),
    })
}

#[inline(always)]
fn short(number: Decimal) -> Option<i64> {
    let digits = i64::try_from(number.low).ok().filter(|_| is_small(number))?;
    Some(if number.is_negative() { -digits } else { digits })
}

#[inline(always)]
fn of_short(digits: i64, scale: u8) -> Decimal {
    stripped(digits.unsigned_abs(), scale, digits < 0)
}

/// The digits of both with their signs, and the scale that they have then.
#[inline(always)]
fn aligned(a: Decimal, b: Decimal) -> Option<(i128, i128, u8)> {
    /// With more, digits of 64 bits would pass 127.
    const MOST_APART: u8 = 18;
    if !(is_small(a) && is_small(b)) || a.places().abs_diff(b.places()) > MOST_APART {
        return None;
    }
    let (left, right) = (signed(a), signed(b));
    Some(match a.places().cmp(&b.places()) {
        Ordering::Equal => (left, right, a.places()),
        Ordering::Less => (left * i128::from(power(b.places() - a.places())?), right, b.places()),
        Ordering::Greater => (left, right * i128::from(power(a.places() - b.places())?), a.places()),
    })
}

#[inline(always)]
fn signed(number: Decimal) -> i128 {
    let digits = i128::from(number.low);
    if number.is_negative() { -digits } else { digits }
}

#[inline(always)]
fn exact(digits: i128, scale: u8) -> Option<Decimal> {
    of_magnitude(digits.unsigned_abs(), scale, digits < 0)
}

#[inline(always)]
fn of_magnitude(digits: u128, scale: u8, negative: bool) -> Option<Decimal> {
    if scale > MOST_PLACES {
        return None;
    }
    match u64::try_from(digits) {
        Ok(digits) => Some(stripped(digits, scale, negative)),
        Err(_) => large(digits, scale, negative),
    }
}

/// More than 64 bits of digits; nothing for more than 96 bits, and for zeros at the end, which are rare.
fn large(digits: u128, scale: u8, negative: bool) -> Option<Decimal> {
    let high = u32::try_from(digits >> 64).ok()?;
    let low = digits as u64;
    // 2^64 leaves 1 when divided by 5.
    let ends_with_zero = low.is_multiple_of(2) && (u64::from(high) + low % 5).is_multiple_of(5);
    (scale == 0 || !ends_with_zero).then_some(Decimal::new(low, high, scale, negative))
}

#[inline(always)]
fn stripped(mut digits: u64, mut scale: u8, negative: bool) -> Decimal {
    if digits == 0 {
        return Decimal::ZERO;
    }
    while scale > 0 && digits.is_multiple_of(10) {
        digits /= 10;
        scale -= 1;
    }
    Decimal::new(digits, 0, scale, negative)
}
