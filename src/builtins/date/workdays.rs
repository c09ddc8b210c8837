//! Which days are work days: those that are neither in the weekend nor a holiday.

use std::collections::HashSet;

use jiff::civil::Date;

use super::to_date;
use super::weekday::weekday;
use crate::builtins::error::{no_work_day, work_days_too_far};
use crate::builtins::support::{at, holds};
use crate::catalogue::{Call, Parameter};
use crate::value::{Failure, Kinds, Value};

/// A list or collection, or one text or date instead of it.
const DAYS: Kinds = Kinds::LIST.or(Kinds::COLLECTION).or(Kinds::TEXT).or(Kinds::DATE).or(Kinds::NULL);

/// The parameter of the days that are no work days.
pub(super) const WEEKENDS: Parameter = Parameter::optional("weekends", DAYS);
/// The parameter of the dates that are no work days.
pub(super) const HOLIDAYS: Parameter = Parameter::optional("holidays", DAYS);

/// Further away than these days, work days are not counted.
pub(super) const FARTHEST: i64 = 400 * 366;

/// The work days of one call.
pub(super) struct Workdays {
    /// By weekday, Sunday first.
    weekend: [bool; 7],
    holidays: HashSet<Date>,
}

impl Workdays {
    /// Reads weekends and holidays from the arguments at and after a position; Saturday and Sunday unless given.
    pub(super) fn read(call: &Call<'_>, function: &str, arguments: &[Value], first: usize) -> Result<Self, Failure> {
        let mut weekend = [true, false, false, false, false, false, true];
        let days = elements(at(arguments, first));
        if !matches!(at(arguments, first), Value::Null) {
            weekend = [false; 7];
            for day in &days {
                let day = weekday(&day.to_text()?)?.to_sunday_zero_offset();
                if let Some(place) = usize::try_from(day).ok().and_then(|day| weekend.get_mut(day)) {
                    *place = true;
                }
            }
        }
        let dates = elements(at(arguments, first + 1));
        holds(call, dates.len())?;
        let holidays = dates.iter().map(|value| Ok(to_date(call, function, value)?.civil().date()));
        if weekend == [true; 7] {
            return Err(no_work_day());
        }
        Ok(Self { weekend, holidays: holidays.collect::<Result<_, Failure>>()? })
    }

    /// Whether the day is one.
    pub(super) fn has(&self, date: Date) -> bool {
        let day = usize::try_from(date.weekday().to_sunday_zero_offset()).unwrap_or_default();
        !self.weekend.get(day).copied().unwrap_or_default() && !self.holidays.contains(&date)
    }

    /// The `number`th work day after the date, or before it when `step` is -1.
    pub(super) fn nth(&self, mut date: Date, number: i64, step: i64) -> Result<Date, Failure> {
        let mut left = number;
        for _ in 0..FARTHEST {
            if left <= 0 {
                return Ok(date);
            }
            date = next(date, step)?;
            left -= i64::from(self.has(date));
        }
        Err(work_days_too_far(FARTHEST))
    }
}

/// The day after, or before when `step` is -1.
pub(super) fn next(date: Date, step: i64) -> Result<Date, Failure> {
    if step < 0 { date.yesterday() } else { date.tomorrow() }.map_err(|_| Failure::date_range())
}

fn elements(value: &Value) -> Vec<Value> {
    match value {
        Value::Null => Vec::new(),
        Value::Aggregate(list) => list.items().unwrap_or_default(),
        single => vec![single.clone()],
    }
}
