//! Dates against a second library, which counts in its own way; what only Creator refuses; and TIME in scripts.

use std::sync::Arc;

use chrono::{Datelike, Days, Duration, Months, NaiveDate, NaiveDateTime, Timelike};
use proptest::prelude::*;

use super::{perform_in, rows, run};
use crate::syntax::Dialect;
use crate::value::{DateSettings, DateTime, Pattern, Time, Value};

const FIRST: i64 = -30_000_000_000;
const LAST: i64 = 200_000_000_000;

/// The same moment twice: ours and theirs.
fn both(seconds: i64) -> (Value, NaiveDateTime) {
    let ours = DateTime::at_milliseconds(seconds * 1000, &Arc::default()).unwrap();
    (Value::date(ours), chrono::DateTime::from_timestamp(seconds, 0).unwrap().naive_utc())
}

fn iso(value: Value) -> String {
    match value {
        Value::DateTime(date) => date.format(&Pattern::new("yyyy-MM-dd'T'HH:mm:ss").unwrap()),
        other => other.print().unwrap(),
    }
}

fn call(name: &str, values: &[Value]) -> String {
    run(name, values).map_or_else(|failure| failure.into_report().code, iso)
}

fn theirs(moment: NaiveDateTime) -> String {
    moment.format("%Y-%m-%dT%H:%M:%S").to_string()
}

fn months_later(moment: NaiveDateTime, months: i32) -> NaiveDateTime {
    let step = Months::new(months.unsigned_abs());
    if months < 0 { moment - step } else { moment + step }
}

fn last_of_month(date: NaiveDate) -> NaiveDate {
    (date.with_day(1).unwrap() + Months::new(1)).pred_opt().unwrap()
}

proptest! {
    #[test]
    fn dates_move_as_in_another_library(seconds in FIRST..LAST, number in -5000_i32..5000) {
        let (date, moment) = both(seconds);
        let step = [date, i64::from(number).into()];
        let cases = [
            ("addDay", moment + Duration::days(number.into())),
            ("subDay", moment - Duration::days(number.into())),
            ("addWeek", moment + Duration::weeks(number.into())),
            ("subWeek", moment - Duration::weeks(number.into())),
            ("addMonth", months_later(moment, number)),
            ("subMonth", months_later(moment, -number)),
            ("addYear", months_later(moment, number / 10 * 12)),
            ("addHour", moment + Duration::hours(number.into())),
            ("subHour", moment - Duration::hours(number.into())),
            ("addMinutes", moment + Duration::minutes(number.into())),
            ("subMinutes", moment - Duration::minutes(number.into())),
            ("addSeconds", moment + Duration::seconds(number.into())),
            ("subSeconds", moment - Duration::seconds(number.into())),
            ("edate", months_later(moment, number).date().into()),
            ("eomonth", last_of_month(months_later(moment, number).date()).into()),
        ];
        for (name, wanted) in cases {
            let step = if name == "addYear" { [step[0].clone(), i64::from(number / 10).into()] } else { step.clone() };
            prop_assert_eq!(call(name, &step), theirs(wanted), "{} {}", name, number);
        }
    }

    #[test]
    fn parts_are_those_of_another_library(seconds in FIRST..LAST) {
        let (date, moment) = both(seconds);
        let date = [date];
        let day = moment.date();
        let first_of_year = day.with_ordinal(1).unwrap();
        let days_before = i64::from(first_of_year.weekday().num_days_from_sunday());
        let next_year = NaiveDate::from_ymd_opt(day.year() + 1, 1, 1).unwrap();
        let starts_next = next_year - Days::new(next_year.weekday().num_days_from_sunday().into());
        let week = if day >= starts_next { 1 } else { (i64::from(day.ordinal0()) + days_before) / 7 + 1 };
        let sunday = day - Days::new(day.weekday().num_days_from_sunday().into());
        let cases = [
            ("getYear", moment.year().to_string()),
            ("getMonth", moment.month().to_string()),
            ("getDay", moment.day().to_string()),
            ("getHour", moment.hour().to_string()),
            ("getMinutes", moment.minute().to_string()),
            ("getSeconds", moment.second().to_string()),
            ("getDayOfWeek", (day.weekday().num_days_from_sunday() + 1).to_string()),
            ("getDayOfYear", day.ordinal().to_string()),
            ("getWeekOfYear", week.to_string()),
            ("toNumber", (seconds * 1000).to_string()),
            ("toStartOfMonth", theirs(day.with_day(1).unwrap().into())),
            ("toStartOfWeek", theirs(sunday.into())),
        ];
        for (name, wanted) in cases {
            prop_assert_eq!(call(name, &date), wanted, "{} {}", name, theirs(moment));
        }
    }

    #[test]
    fn differences_are_those_of_another_library(a in FIRST..LAST, b in FIRST..LAST) {
        let ((start, from), (end, to)) = (both(a), both(b));
        let pair = [start, end];
        let days = (to.date() - from.date()).num_days();
        let whole_years = if to.date() >= from.date() {
            i64::from(to.date().years_since(from.date()).unwrap())
        } else {
            -i64::from(from.date().years_since(to.date()).unwrap())
        };
        let cases = [
            ("daysBetween", (to - from).num_days()),
            ("hoursBetween", (to - from).num_hours()),
            ("monthsBetween", days / 30),
            ("yearsBetween", days / 365),
            ("totalYear", whole_years),
        ];
        for (name, wanted) in cases {
            prop_assert_eq!(call(name, &pair), wanted.to_string(), "{} {} {}", name, from, to);
        }
    }

    #[test]
    fn work_days_are_counted_as_they_are_listed(seconds in 0_i64..4_000_000_000, length in 0_i64..400, number in 0_i64..300) {
        let ((start, from), (end, _)) = (both(seconds), both(seconds + length * 86_400));
        let is_work_day = |day: NaiveDate| !matches!(day.weekday().num_days_from_sunday(), 0 | 6);
        let in_range = |first: i64| (first..=length).filter(|day| is_work_day(from.date() + Duration::days(*day))).count();
        let pair = [start.clone(), end];
        prop_assert_eq!(call("workDaysBetween", &pair), in_range(1).to_string());
        let Ok(Value::Aggregate(listed)) = run("workDaysList", &pair) else { panic!("a list") };
        prop_assert_eq!(listed.size(), in_range(0));
        let mut day = from.date();
        let mut left = number;
        while left > 0 {
            day = day.succ_opt().unwrap();
            left -= i64::from(is_work_day(day));
        }
        prop_assert_eq!(call("workday", &[start, number.into()]), theirs(day.into()));
    }

    #[test]
    fn every_documented_pattern_reads_what_it_writes(seconds in -1_500_000_000_i64..1_500_000_000, which in 0_usize..41) {
        // Years of two digits are those near the present, so the range stays within 80 years before 2020 and 20 after.
        let date = DateTime::at_milliseconds((seconds + 500_000_000) * 1000, &Arc::default()).unwrap();
        let written = PATTERNS.split('|').nth(which).unwrap();
        let pattern = Pattern::new(written).unwrap();
        let settings = Arc::new(DateSettings::default().with_format(pattern.clone()));
        let text = date.format(&pattern);
        let full_year = written.matches('y').count() == 4;
        if full_year || (1950..2030).contains(&date.civil().year()) {
            let read = DateTime::read_by(&text, &pattern, None, &settings).unwrap();
            prop_assert_eq!(read.civil().date(), date.civil().date(), "{} {}", written, &text);
            let named = DateTime::read(&text, &settings).unwrap();
            prop_assert_eq!(named.civil().date(), date.civil().date(), "{} {}", written, text);
        }
    }

    #[test]
    fn times_move_as_in_another_library(second in 0_u32..86_400, number in -2000_i64..2000, twelve: bool) {
        let time = Value::Time(Time::at(second.into(), twelve).unwrap());
        let clock = NaiveDate::MIN.and_time(chrono::NaiveTime::from_num_seconds_from_midnight_opt(second, 0).unwrap());
        for (name, step) in [("addHour", 3600), ("subHour", -3600), ("addMinutes", 60), ("subMinutes", -60), ("addSeconds", 1)] {
            let later = i64::from(second) + number * step;
            let wanted = if (0..86_400).contains(&later) {
                let moved = clock + Duration::seconds(number * step);
                moved.format(if twelve { "%I:%M:%S %p" } else { "%H:%M:%S" }).to_string()
            } else {
                "run::time-range".to_owned()
            };
            prop_assert_eq!(call(name, &[time.clone(), number.into()]), wanted, "{} {}", name, number);
        }
    }
}

/// The patterns of the help page "date-time".
const PATTERNS: &str = "dd-MMM-yy|dd-MMM-yyyy|dd-MMMM-yy|dd-MMMM-yyyy|MM-dd-yy|yy-MM-dd|dd-MM-yy|dd-MM-yyyy|MM-dd-yyyy|\
    yyyy-MM-dd|yy/MM/dd|dd/MM/yy|MM/dd/yy|yyyy/MM/dd|MM/dd/yyyy|dd/MM/yyyy|dd MMM,yy|MMM dd,yy|dd MMM,yyyy|MMM dd,yyyy|\
    dd MMMM,yy|MMMM dd,yy|dd MMMM,yyyy|MMMM dd,yyyy|E,MMMM dd,yyyy|E,MMM dd,yyyy|MMM dd yy|dd MMM yy|MMM dd yyyy|\
    dd MMM yyyy|MMMM dd yy|dd MMMM yy|dd MMMM yyyy|MMMM dd yyyy|dd.MM.yy|MM.dd.yy|yy.MM.dd|dd MM yyyy|dd.MM.yyyy|MM.dd.yyyy|\
    yyyy.MM.dd";

#[test]
fn creator_refuses_what_its_pages_say() {
    let in_creator = |name: &str, values: &[Value]| {
        let row = rows().find(|row| row.name == name && values.first().is_some_and(|first| row.on.has(first.kind())));
        perform_in(Dialect::Creator, row.unwrap(), values).map_or_else(|failure| failure.into_report().code, iso)
    };
    let text = Value::from("15-Mar-2019");
    let date = Value::date(DateTime::read("15-Mar-2019", &Arc::default()).unwrap());
    for name in ["addBusinessDay", "workday"] {
        assert_eq!(in_creator(name, &[text.clone(), 1.into()]), "run::argument-type", "{name}");
        assert_eq!(in_creator(name, &[date.clone(), 1.into()]), "2019-03-18T00:00:00", "{name}");
        assert_eq!(call(name, &[text.clone(), 1.into()]), "2019-03-18T00:00:00", "{name}");
    }
    for name in ["getDate", "getTime", "getDateTime"] {
        assert_eq!(in_creator(name, std::slice::from_ref(&text)), "run::argument-type", "{name}");
    }
    for name in ["timeBetween", "workDaysList"] {
        assert_eq!(in_creator(name, &[date.clone(), text.clone()]), "run::argument-type", "{name}");
        assert_eq!(in_creator(name, &[text.clone(), date.clone()]), "run::argument-type", "{name}");
    }
    assert_eq!(in_creator("subBusinessDay", &[text.clone(), 1.into()]), "2019-03-14T00:00:00");
    assert_eq!(in_creator("toString", &[text, "yyyy".into()]), "15-Mar-2019");
}

#[test]
fn a_part_of_a_wrong_length_gives_null_where_the_page_says_so() {
    for text in ["08-Ja-2019", "101-Jan-2019", "01-Jan-20190", "01-Jan-2019 100:00:00"] {
        for name in [
            "getDay",
            "getMonth",
            "getYear",
            "getDayOfWeek",
            "getDayOfYear",
            "getWeekOfYear",
            "toStartOfMonth",
            "toStartOfWeek",
        ] {
            assert_eq!(call(name, &[text.into()]), "null", "{name} {text}");
        }
        assert_ne!(call("getHour", &[text.into()]), "null", "{text}");
        assert_ne!(call("addDay", &[text.into(), 1.into()]), "null", "{text}");
    }
    assert_eq!(call("getDay", &["35-Jan-2019".into()]), "run::unparsable-date");
}

#[test]
fn a_time_is_no_date() {
    let time = Value::Time(Time::at(36_000, true).unwrap());
    assert_eq!(call("toString", std::slice::from_ref(&time)), "10:00:00 AM");
    assert_eq!(call("toString", &[time.clone(), "HH 'h' mm".into()]), "10 h 00");
    assert_eq!(call("isDate", std::slice::from_ref(&time)), "false");
    assert_eq!(time.add(&" o'clock".into()).unwrap().print().unwrap(), "10:00:00 AM o'clock");
    let pairs = [(Value::from("at"), time.clone())]
        .into_iter()
        .map(|(key, value)| (crate::value::Key::new(&key).unwrap(), value));
    assert_eq!(Value::map(pairs.collect()).print().unwrap(), r#"{"at":"10:00:00 AM"}"#);
    let same = Value::Time(Time::at(36_000, false).unwrap());
    assert!(time.strictly_equals(&same) && time.loosely_equals(&"10:00:00".into()).unwrap());
    assert!(time.compare(&Value::Time(Time::at(36_001, false).unwrap())).unwrap().is_lt());
    assert!(time.compare(&1.into()).is_err() && time.subtract(&same).is_err());
}
