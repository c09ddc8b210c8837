//! Decimals as texts. The usual ones are read and written here digit by digit; `rust_decimal` has the rest.

use super::Decimal;

/// So many digits always fit 64 bits.
const MOST_DIGITS: usize = 19;

/// An optional minus sign, digits and, if need be, a point and more digits; nothing for everything else, which may be a
/// number too.
pub(super) fn read(text: &str) -> Option<Decimal> {
    let (negative, plain) = match text.strip_prefix('-') {
        Some(plain) => (true, plain),
        None => (false, text),
    };
    if plain.len() > MOST_DIGITS + 1 {
        return None;
    }
    let (mut digits, mut count, mut point) = (0_u64, 0, None);
    for byte in plain.bytes() {
        match byte {
            b'0'..=b'9' => {
                digits = digits.wrapping_mul(10).wrapping_add(u64::from(byte - b'0'));
                count += 1;
            }
            b'.' if point.is_none() && count > 0 => point = Some(count),
            _ => return None,
        }
    }
    if !(1..=MOST_DIGITS).contains(&count) || point == Some(count) {
        return None;
    }
    let scale = u8::try_from(count - point.unwrap_or(count)).ok()?;
    Some(Decimal::new(digits, 0, scale, negative && digits != 0))
}

/// Appends the digits, with as many after the point as the scale says.
pub(super) fn write(number: Decimal, out: &mut String) {
    let mut buffer = itoa::Buffer::new();
    let digits = match number.high() {
        0 => buffer.format(number.low),
        _ => buffer.format(number.digits()),
    };
    if number.is_negative() {
        out.push('-');
    }
    let scale = usize::from(number.places());
    match digits.len().checked_sub(scale) {
        _ if scale == 0 => out.push_str(digits),
        None | Some(0) => {
            out.push_str("0.");
            (digits.len()..scale).for_each(|_| out.push('0'));
            out.push_str(digits);
        }
        Some(whole) => {
            let (whole, fraction) = digits.split_at_checked(whole).unwrap_or((digits, ""));
            out.push_str(whole);
            out.push('.');
            out.push_str(fraction);
        }
    }
}
