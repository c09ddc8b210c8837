//! Digits put into the places of a pattern.

use super::digits::Digits;
use super::pattern::{NumberPattern, Places};

/// The number, given as it prints, by a pattern.
pub(super) fn write(printed: &str, pattern: &NumberPattern) -> String {
    let mut number = Digits::of(printed);
    number.shift(pattern.shift);
    let around = if number.negative { &pattern.negative } else { &pattern.positive };
    let mut out = around.before.clone();
    if pattern.places.exponent > 0 {
        scientific(number, &pattern.places, &mut out);
    } else {
        plain(number, &pattern.places, &mut out);
    }
    out.push_str(&around.after);
    out
}

fn plain(mut number: Digits, places: &Places, out: &mut String) {
    number.round(number.point.saturating_add(signed(places.fraction_most)));
    let whole = usize::try_from(number.point).unwrap_or(0).max(places.whole);
    let begin = out.len();
    for left in (1..=whole).rev() {
        out.push(digit(&number, number.point - signed(left)));
        if places.group > 0 && left > 1 && (left - 1) % places.group == 0 {
            out.push(',');
        }
    }
    let given = usize::try_from(signed(number.digits.len()) - number.point).unwrap_or(0);
    let fraction = if number.is_zero() { places.fraction } else { given.max(places.fraction) };
    if fraction == 0 && out.len() == begin {
        out.push('0');
    }
    if fraction > 0 || places.always_point {
        out.push('.');
    }
    for right in 0..fraction {
        out.push(digit(&number, number.point.saturating_add(signed(right))));
    }
}

/// With an exponent. Where more places stand before the point than must be filled, the exponent is a multiple of their
/// number; else it is such that the places before the point are filled.
fn scientific(mut number: Digits, places: &Places, out: &mut String) {
    let most = places.whole_most.saturating_add(places.fraction_most);
    if most > 0 {
        number.round(signed(most));
    }
    let repeats = places.whole_most > 1 && places.whole_most > places.whole;
    let (exponent, whole) = match (number.is_zero(), repeats) {
        (true, _) => (0, if repeats { 1 } else { signed(places.whole) }),
        (false, true) => {
            let step = signed(places.whole_most);
            let exponent = (number.point - 1).div_euclid(step) * step;
            (exponent, number.point - exponent)
        }
        (false, false) => (number.point - signed(places.whole), signed(places.whole)),
    };
    let total = signed(number.digits.len()).max(signed(places.whole + places.fraction)).max(whole);
    for at in 0..total {
        if at == whole {
            out.push('.');
        }
        out.push(digit(&number, at));
    }
    if places.always_point && total == whole {
        out.push('.');
    }
    out.push_str(if exponent < 0 { "E-" } else { "E" });
    let exponent = exponent.unsigned_abs().to_string();
    out.push_str(&"0".repeat(places.exponent.saturating_sub(exponent.len())));
    out.push_str(&exponent);
}

/// The digit at a place counted from the first one; zero before and after them.
fn digit(number: &Digits, at: i64) -> char {
    let digit = usize::try_from(at).ok().and_then(|at| number.digits.get(at));
    char::from(b'0' + digit.copied().unwrap_or(0))
}

fn signed(size: usize) -> i64 {
    i64::try_from(size).unwrap_or(i64::MAX)
}
