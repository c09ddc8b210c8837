//! DECIMAL. Literals and sums are exact and keep their scale; a quotient is the shortest decimal of the double quotient,
//! which is what Zoho prints (help page "yearFraction": `12/365` gives `0.03287671232876712`). Results of arithmetic
//! print without trailing zeros; a literal keeps the scale it was written with (`15.50`).
//!
//! The numbers and their limits are those of `rust_decimal`, but a value holds one without memory of its own, and what fits
//! 64 bits is computed here.

mod small;
#[cfg(test)]
mod tests;
mod text;

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::num::NonZeroU64;
use std::str::FromStr;

use rust_decimal::prelude::FromPrimitive;

/// An exact decimal number of up to 28 significant digits.
///
/// Two words, one of which is never zero: so a decimal, or none, is handed on in two registers.
#[derive(Clone, Copy)]
pub struct Decimal {
    /// The lower 64 bits of the digits.
    low: u64,
    /// The upper 32 bits of the digits; below them 16 bits of flags: [`SIGN`], the scale, and a bit that is always set.
    rest: NonZeroU64,
}

/// The bit of a number below zero; never set for zero.
const SIGN: u64 = 1 << 15;

/// The largest number of digits after the point.
const MOST_PLACES: u8 = 28;

impl Decimal {
    const ZERO: Self = Self { low: 0, rest: NonZeroU64::MIN };

    /// Of the lower 64 and the upper 32 bits of the digits, how many of them stand after the point, and the sign, which
    /// is to be false for zero.
    #[inline(always)]
    fn new(low: u64, high: u32, scale: u8, negative: bool) -> Self {
        let sign = if negative { SIGN } else { 0 };
        Self { low, rest: NonZeroU64::MIN | u64::from(high) << 32 | sign | u64::from(scale) << 1 }
    }

    /// The upper 32 bits of the digits.
    #[inline(always)]
    fn high(self) -> u32 {
        (self.rest.get() >> 32) as u32
    }

    /// How many digits stand after the point, at most [`MOST_PLACES`].
    #[inline(always)]
    fn places(self) -> u8 {
        (self.rest.get() >> 1) as u8
    }

    /// In the parts that a value keeps: flags, the upper 32 and the lower 64 bits of the digits.
    #[inline(always)]
    pub(super) fn into_parts(self) -> (u16, u32, u64) {
        (self.rest.get() as u16, self.high(), self.low)
    }

    /// Of the parts that [`Decimal::into_parts`] gave.
    #[inline(always)]
    pub(super) fn from_parts(flags: u16, high: u32, low: u64) -> Self {
        Self { low, rest: NonZeroU64::MIN | u64::from(high) << 32 | u64::from(flags) }
    }

    #[inline(always)]
    fn is_negative(self) -> bool {
        self.rest.get() & SIGN != 0
    }

    /// Reads digits with an optional sign, point and exponent; `None` when it is no number or too long to be exact.
    pub fn parse(digits: &str) -> Option<Self> {
        let digits = digits.strip_prefix('+').unwrap_or(digits);
        let plain = digits.strip_suffix('.').unwrap_or(digits);
        text::read(plain).or_else(|| {
            rust_decimal::Decimal::from_str_exact(plain)
                .or_else(|_| rust_decimal::Decimal::from_scientific(plain))
                .or_else(|_| rust_decimal::Decimal::from_str(plain))
                .ok()
                .map(narrow)
        })
    }

    /// The nearest decimal to a double, by its shortest digits; `None` for what is no number or out of range.
    pub fn from_double(double: f64) -> Option<Self> {
        if !double.is_finite() {
            return None;
        }
        if let Some(short) = small::of_double(double) {
            return Some(short);
        }
        let mut buffer = zmij::Buffer::new();
        let digits = buffer.format_finite(double);
        match digits.contains('e') {
            true => Self::parse(&format!("{double}")),
            false => Self::parse(digits.strip_suffix(".0").unwrap_or(digits)),
        }
    }

    /// As the nearest double.
    pub fn to_double(self) -> f64 {
        // Both halves of the quotient are doubles without loss, so it is rounded once.
        const EXACT: [f64; 16] = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];
        match EXACT.get(usize::from(self.places())) {
            Some(unit) if self.high() == 0 && self.low < 1 << 53 => {
                let digits = self.low as f64 / unit;
                if self.is_negative() { -digits } else { digits }
            }
            _ => self.to_string().parse().unwrap_or(f64::NAN),
        }
    }

    /// Cut towards zero; `None` beyond 64 bits.
    pub fn to_number(self) -> Option<i64> {
        if let Some(number) = small::to_number(self) {
            return Some(number);
        }
        let whole = self.truncate(0)?;
        let digits = i128::try_from(whole.digits()).ok()?;
        i64::try_from(if whole.is_negative() { -digits } else { digits }).ok()
    }

    /// The whole number that it is, with any number of digits; `None` when it has a fraction.
    pub fn to_whole(self) -> Option<i128> {
        let number = self.stripped();
        let digits = i128::try_from(number.digits()).ok()?;
        (number.places() == 0).then_some(if number.is_negative() { -digits } else { digits })
    }

    /// How many digits stand after the point.
    pub fn scale(self) -> u32 {
        u32::from(self.places())
    }

    /// Whether it is this whole number.
    pub fn eq_number(self, number: i64) -> bool {
        self == Self::from(number)
    }

    /// Whether it is zero.
    pub fn is_zero(self) -> bool {
        self.low == 0 && self.high() == 0
    }

    /// The sum; `None` when it does not fit.
    #[inline]
    pub fn plus(self, other: Self) -> Option<Self> {
        match small::plus(self, other) {
            None => self.widely(other, rust_decimal::Decimal::checked_add),
            small => small,
        }
    }

    /// The difference; `None` when it does not fit.
    #[inline]
    pub fn minus(self, other: Self) -> Option<Self> {
        match small::minus(self, other) {
            None => self.widely(other, rust_decimal::Decimal::checked_sub),
            small => small,
        }
    }

    /// The product; `None` when it does not fit.
    #[inline]
    pub fn times(self, other: Self) -> Option<Self> {
        match small::times(self, other) {
            None => self.widely(other, rust_decimal::Decimal::checked_mul),
            small => small,
        }
    }

    /// The remainder, with the sign of `self`; `None` for a zero divisor or when it does not fit.
    pub fn remainder(self, other: Self) -> Option<Self> {
        match small::remainder(self, other) {
            None => self.widely(other, rust_decimal::Decimal::checked_rem),
            small => small,
        }
    }

    /// The quotient of the two as doubles, by its shortest digits; `None` for a zero divisor or when it does not fit.
    pub(super) fn over(self, other: Self) -> Option<Self> {
        Self::from_double(self.to_double() / other.to_double()).map(Self::stripped)
    }

    /// Rounded at a digit: `places` counts to the right of the point, or to the left when negative. A half goes away
    /// from zero (help page "round": 218.5 becomes 219). `None` when the result does not fit.
    pub fn round(self, places: i64) -> Option<Self> {
        self.at_digit(places, true)
    }

    /// Cut at a digit, counted as for [`Decimal::round`].
    pub fn truncate(self, places: i64) -> Option<Self> {
        self.at_digit(places, false)
    }

    fn at_digit(self, places: i64, away: bool) -> Option<Self> {
        let strategy = match away {
            true => rust_decimal::RoundingStrategy::MidpointAwayFromZero,
            false => rust_decimal::RoundingStrategy::ToZero,
        };
        if places >= 0 {
            let places = u8::try_from(places).unwrap_or(MOST_PLACES).min(MOST_PLACES);
            return small::at_place(self, places, away)
                .or_else(|| Some(computed(self.wide().round_dp_with_strategy(u32::from(places), strategy))));
        }
        let exponent = places.unsigned_abs();
        if exponent > u64::from(MOST_PLACES) {
            return Some(Self::ZERO);
        }
        let unit = rust_decimal::Decimal::from_i128(10_i128.checked_pow(u32::try_from(exponent).ok()?)?)?;
        // Only digits left of the point decide, and without the others the quotient is exact.
        let units = self.wide().trunc().checked_div(unit)?.round_dp_with_strategy(0, strategy);
        units.checked_mul(unit).map(computed)
    }

    /// The largest whole number that is not above.
    pub fn floor(self) -> Self {
        small::floor(self).unwrap_or_else(|| computed(self.wide().floor()))
    }

    /// The smallest whole number that is not below.
    pub fn ceil(self) -> Self {
        small::floor(self.negate()).map_or_else(|| computed(self.wide().ceil()), Self::negate)
    }

    /// The part right of the point, with the sign and all its digits: 0.50 of 2.50 (help page "frac").
    pub fn fraction(self) -> Self {
        match self.wide().fract() {
            none if none.is_zero() => Self::ZERO,
            digits => narrow(digits),
        }
    }

    /// Raised to a whole power without losing a digit; `None` when that is not possible.
    pub fn raised(self, exponent: i64) -> Option<Self> {
        let number = self.wide().normalize();
        let exponent = u32::try_from(exponent).ok()?;
        let digits = number.mantissa().checked_pow(exponent)?;
        let scale = number.scale().checked_mul(exponent)?;
        rust_decimal::Decimal::try_from_i128_with_scale(digits, scale).ok().map(computed)
    }

    /// Without zeros at its end.
    pub fn stripped(self) -> Self {
        small::strip(self).unwrap_or_else(|| computed(self.wide()))
    }

    /// With at least one digit after the point, zero if need be: `3.0`.
    pub fn with_point(self) -> Self {
        let mut number = self.wide();
        if number.scale() == 0 {
            number.rescale(1);
        }
        narrow(number)
    }

    /// The magnitude; the scale stays.
    pub fn abs(self) -> Self {
        Self::new(self.low, self.high(), self.places(), false)
    }

    /// The same magnitude with the other sign; the scale stays.
    pub fn negate(self) -> Self {
        Self::new(self.low, self.high(), self.places(), !self.is_negative() && !self.is_zero())
    }

    /// Appends the printed form: the digits, with as many after the point as the scale says.
    pub(super) fn print_to(self, out: &mut String) {
        text::write(self, out);
    }

    /// The digits without point and sign.
    fn digits(self) -> u128 {
        u128::from(self.high()) << 64 | u128::from(self.low)
    }

    #[cold]
    fn widely(
        self,
        other: Self,
        compute: fn(rust_decimal::Decimal, rust_decimal::Decimal) -> Option<rust_decimal::Decimal>,
    ) -> Option<Self> {
        compute(self.wide(), other.wide()).map(computed)
    }

    /// As the type that knows how to compute with all digits.
    fn wide(self) -> rust_decimal::Decimal {
        let (low, middle) = (self.low as u32, (self.low >> 32) as u32);
        rust_decimal::Decimal::from_parts(low, middle, self.high(), self.is_negative(), u32::from(self.places()))
    }
}

fn computed(decimal: rust_decimal::Decimal) -> Decimal {
    narrow(decimal.normalize())
}

fn narrow(decimal: rust_decimal::Decimal) -> Decimal {
    let parts = decimal.unpack();
    let low = u64::from(parts.mid) << 32 | u64::from(parts.lo);
    // Zero has no sign (help page "round" gives `0`, and Java's decimals know no other zero). Both types have the same
    // limit of places.
    Decimal::new(low, parts.hi, parts.scale as u8, parts.negative && !decimal.is_zero())
}

impl From<i64> for Decimal {
    fn from(number: i64) -> Self {
        Self::new(number.unsigned_abs(), 0, 0, number < 0)
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Decimal {}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        small::compare(*self, *other).unwrap_or_else(|| self.wide().cmp(&other.wide()))
    }
}

impl Hash for Decimal {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let number = self.stripped();
        (number.low, number.rest).hash(state);
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.wide().fmt(f)
    }
}

impl fmt::Debug for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Decimal({self})")
    }
}
