//! How long something took and how many there are, as people say it: three digits tell enough of a time, and thousands are
//! set apart.

use std::time::Duration;

use crate::http::grouped;

/// A duration in the largest unit that leaves no zero before the point: `850 ns`, `12.3 ms`, `1.02 s`, `4 m 3 s`,
/// `2 h 5 m`.
pub fn duration(time: Duration) -> String {
    let seconds = time.as_secs();
    // From here on it would be written as a minute.
    if time.as_millis() >= 59_950 {
        let seconds = seconds.saturating_add(u64::from(time.subsec_millis() >= 500));
        return match seconds / 60 {
            minutes @ 0..60 => format!("{minutes} m {} s", seconds % 60),
            minutes => format!("{} h {} m", grouped(minutes / 60), minutes % 60),
        };
    }
    let nanoseconds = time.as_nanos();
    // A unit is taken until three digits of it would read as a thousand.
    match nanoseconds {
        0..1_000 => format!("{nanoseconds} ns"),
        1_000..999_500 => three_digits(nanoseconds as f64 / 1e3, "µs"),
        999_500..999_500_000 => three_digits(nanoseconds as f64 / 1e6, "ms"),
        _ => three_digits(nanoseconds as f64 / 1e9, "s"),
    }
}

/// A number of things: `1 row`, `5,000 rows`.
pub fn count(number: usize, thing: &str) -> String {
    format!("{} {thing}{}", grouped(number), if number == 1 { "" } else { "s" })
}

fn three_digits(number: f64, unit: &str) -> String {
    let places = if number < 9.995 {
        2
    } else if number < 99.95 {
        1
    } else {
        0
    };
    format!("{number:.places$} {unit}")
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{count, duration, grouped};

    #[test]
    fn three_digits_of_a_duration_are_told() {
        let cases: [(u64, &str); 20] = [
            (0, "0 ns"),
            (850, "850 ns"),
            (1_000, "1.00 µs"),
            (9_994, "9.99 µs"),
            (9_996, "10.0 µs"),
            (99_960, "100 µs"),
            (999_499, "999 µs"),
            (999_500, "1.00 ms"),
            (12_345_678, "12.3 ms"),
            (999_499_999, "999 ms"),
            (999_500_000, "1.00 s"),
            (1_020_000_000, "1.02 s"),
            (59_949_999_999, "59.9 s"),
            (59_950_000_000, "1 m 0 s"),
            (60_499_000_000, "1 m 0 s"),
            (243_000_000_000, "4 m 3 s"),
            (3_599_499_000_000, "59 m 59 s"),
            (3_599_500_000_000, "1 h 0 m"),
            (7_500_000_000_000, "2 h 5 m"),
            (u64::MAX, "5,124,095 h 34 m"),
        ];
        for (nanoseconds, told) in cases {
            assert_eq!(duration(Duration::from_nanos(nanoseconds)), told, "{nanoseconds}");
        }
        assert_eq!(duration(Duration::MAX), "5,124,095,576,030,431 h 0 m");
    }

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!([0, 12, 999, 1_000, 1_234_567].map(grouped), ["0", "12", "999", "1,000", "1,234,567"]);
        assert_eq!([count(0, "row"), count(1, "row"), count(5_000, "row")], ["0 rows", "1 row", "5,000 rows"]);
    }
}
