//! DECIMAL. Literals and sums are exact and keep their scale; a quotient is the shortest decimal of the double quotient,
//! which is what Zoho prints (help page "yearFraction": `12/365` gives `0.03287671232876712`). Results of arithmetic
//! print without trailing zeros; a literal keeps the scale it was written with (`15.50`).

use std::fmt;
use std::str::FromStr;

use rust_decimal::prelude::{FromPrimitive, ToPrimitive};

/// An exact decimal number of up to 28 significant digits.
#[derive(Clone, Copy, Debug)]
pub struct Decimal(rust_decimal::Decimal);

impl Decimal {
    /// Reads digits with an optional sign, point and exponent; `None` when it is no number or too long to be exact.
    pub fn parse(digits: &str) -> Option<Self> {
        let digits = digits.strip_prefix('+').unwrap_or(digits);
        let plain = digits.strip_suffix('.').unwrap_or(digits);
        rust_decimal::Decimal::from_str_exact(plain)
            .or_else(|_| rust_decimal::Decimal::from_scientific(plain))
            .or_else(|_| rust_decimal::Decimal::from_str(plain))
            .ok()
            .map(unsigned_zero)
    }

    /// The nearest decimal to a double, by its shortest digits; `None` for what is no number or out of range.
    pub fn from_double(double: f64) -> Option<Self> {
        double.is_finite().then(|| Self::parse(&format!("{double}"))).flatten()
    }

    /// As the nearest double.
    pub fn to_double(self) -> f64 {
        // Both halves of the quotient are doubles without loss, so it is rounded once.
        const EXACT: [f64; 16] = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];
        let digits = self.0.mantissa();
        match usize::try_from(self.0.scale()).ok().and_then(|scale| EXACT.get(scale)) {
            Some(unit) if digits.unsigned_abs() < 1 << 53 => digits as f64 / unit,
            _ => self.0.to_string().parse().unwrap_or(f64::NAN),
        }
    }

    /// Cut towards zero; `None` beyond 64 bits.
    pub fn to_number(self) -> Option<i64> {
        self.0.trunc().to_i64()
    }

    /// The whole number that it is, with any number of digits; `None` when it has a fraction.
    pub fn to_whole(self) -> Option<i128> {
        if self.0.is_integer() { self.0.to_i128() } else { None }
    }

    /// How many digits stand after the point.
    pub fn scale(self) -> u32 {
        self.0.scale()
    }

    /// Whether it is this whole number.
    pub fn eq_number(self, number: i64) -> bool {
        self == Self::from(number)
    }

    /// Whether it is zero.
    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }

    /// The sum; `None` when it does not fit.
    pub fn plus(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(computed)
    }

    /// The difference; `None` when it does not fit.
    pub fn minus(self, other: Self) -> Option<Self> {
        self.0.checked_sub(other.0).map(computed)
    }

    /// The product; `None` when it does not fit.
    pub fn times(self, other: Self) -> Option<Self> {
        self.0.checked_mul(other.0).map(computed)
    }

    /// The remainder, with the sign of `self`; `None` for a zero divisor or when it does not fit.
    pub fn remainder(self, other: Self) -> Option<Self> {
        self.0.checked_rem(other.0).map(computed)
    }

    /// Rounded at a digit: `places` counts to the right of the point, or to the left when negative. A half goes away
    /// from zero (help page "round": 218.5 becomes 219). `None` when the result does not fit.
    pub fn round(self, places: i64) -> Option<Self> {
        self.at_digit(places, rust_decimal::RoundingStrategy::MidpointAwayFromZero)
    }

    /// Cut at a digit, counted as for [`Decimal::round`].
    pub fn truncate(self, places: i64) -> Option<Self> {
        self.at_digit(places, rust_decimal::RoundingStrategy::ToZero)
    }

    fn at_digit(self, places: i64, strategy: rust_decimal::RoundingStrategy) -> Option<Self> {
        if places >= 0 {
            let places = u32::try_from(places).unwrap_or(u32::MAX).min(rust_decimal::Decimal::MAX_SCALE);
            return Some(computed(self.0.round_dp_with_strategy(places, strategy)));
        }
        let exponent = places.unsigned_abs();
        if exponent > u64::from(rust_decimal::Decimal::MAX_SCALE) {
            return Some(Self::from(0));
        }
        let unit = rust_decimal::Decimal::from_i128(10_i128.checked_pow(u32::try_from(exponent).ok()?)?)?;
        // Only digits left of the point decide, and without the others the quotient is exact.
        let units = self.0.trunc().checked_div(unit)?.round_dp_with_strategy(0, strategy);
        units.checked_mul(unit).map(computed)
    }

    /// The largest whole number that is not above.
    pub fn floor(self) -> Self {
        computed(self.0.floor())
    }

    /// The smallest whole number that is not below.
    pub fn ceil(self) -> Self {
        computed(self.0.ceil())
    }

    /// The part right of the point, with the sign and all its digits: 0.50 of 2.50 (help page "frac").
    pub fn fraction(self) -> Self {
        match self.0.fract() {
            none if none.is_zero() => Self::from(0),
            digits => Self(digits),
        }
    }

    /// Raised to a whole power without losing a digit; `None` when that is not possible.
    pub fn raised(self, exponent: i64) -> Option<Self> {
        let number = self.0.normalize();
        let exponent = u32::try_from(exponent).ok()?;
        let digits = number.mantissa().checked_pow(exponent)?;
        let scale = number.scale().checked_mul(exponent)?;
        rust_decimal::Decimal::try_from_i128_with_scale(digits, scale).ok().map(computed)
    }

    /// Without zeros at its end.
    pub fn stripped(self) -> Self {
        computed(self.0)
    }

    /// With at least one digit after the point, zero if need be: `3.0`.
    pub fn with_point(self) -> Self {
        let mut number = self.0;
        if number.scale() == 0 {
            number.rescale(1);
        }
        Self(number)
    }

    /// The magnitude; the scale stays.
    pub fn abs(self) -> Self {
        Self(self.0.abs())
    }

    /// The same magnitude with the other sign; the scale stays.
    pub fn negate(self) -> Self {
        unsigned_zero(-self.0)
    }
}

/// The quotient of two numbers given as doubles: exact halves and quarters stay exact, the rest has 16 or 17 digits.
/// `None` for a zero divisor or out of range.
pub(super) fn quotient(left: f64, right: f64) -> Option<Decimal> {
    Decimal::from_double(left / right).map(|decimal| computed(decimal.0))
}

fn computed(decimal: rust_decimal::Decimal) -> Decimal {
    unsigned_zero(decimal.normalize())
}

/// Zero has no sign (help page "round" gives `0`, and Java's decimals know no other zero).
fn unsigned_zero(mut decimal: rust_decimal::Decimal) -> Decimal {
    if decimal.is_zero() {
        decimal.set_sign_positive(true);
    }
    Decimal(decimal)
}

impl From<i64> for Decimal {
    fn from(number: i64) -> Self {
        Self(rust_decimal::Decimal::from_i64(number).unwrap_or_default())
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl Eq for Decimal {}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.cmp(&other.0)
    }
}

impl std::hash::Hash for Decimal {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
