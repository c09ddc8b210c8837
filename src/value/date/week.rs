//! Weeks as Java counts them in the United States: the week with 1 January is the first, so the last days of December may
//! belong to the first week of the next year (help page "getWeekOfYear").

use jiff::civil::{Date, Weekday};

/// The number of the week in the year that the week belongs to.
pub fn week_of_year(date: Date, start: Weekday) -> i64 {
    if week_year(date, start) != date.year() {
        return 1;
    }
    week(date.first_of_year(), i64::from(date.day_of_year()), start)
}

/// The year that the week belongs to.
pub fn week_year(date: Date, start: Weekday) -> i16 {
    let left = i64::from(date.days_in_year()) - i64::from(date.day_of_year());
    // The week ends so many days after the date.
    let ends = 6 - i64::from(date.weekday().since(start));
    if ends > left { date.year().saturating_add(1) } else { date.year() }
}

/// The number of the week in the month.
pub fn week_of_month(date: Date, start: Weekday) -> i64 {
    week(date.first_of_month(), i64::from(date.day()), start)
}

/// The week of the `day`th day from `first` on, which is in week 1.
fn week(first: Date, day: i64, start: Weekday) -> i64 {
    (day - 1 + i64::from(first.weekday().since(start))) / 7 + 1
}
