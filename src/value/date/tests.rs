//! Reading, writing and comparing dates.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::sync::Arc;

use proptest::prelude::*;

use super::*;

fn settings() -> Arc<DateSettings> {
    Arc::default()
}

fn iso(text: &str, settings: &Arc<DateSettings>) -> String {
    let date = DateTime::read(text, settings).map(|date| date.format(&Pattern::new("yyyy-MM-dd HH:mm:ss").unwrap()));
    date.unwrap_or_else(|failure| failure.into_report().code)
}

/// The patterns of the help page "date-time".
const DOCUMENTED: &str = "dd-MMM-yy|dd-MMM-yyyy|dd-MMMM-yy|dd-MMMM-yyyy|MM-dd-yy|yy-MM-dd|dd-MM-yy|dd-MM-yyyy|MM-dd-yyyy|\
    yyyy-MM-dd|yy/MM/dd|dd/MM/yy|MM/dd/yy|yyyy/MM/dd|MM/dd/yyyy|dd/MM/yyyy|dd MMM,yy|MMM dd,yy|dd MMM,yyyy|MMM dd,yyyy|\
    dd MMMM,yy|MMMM dd,yy|dd MMMM,yyyy|MMMM dd,yyyy|E,MMMM dd,yyyy|E,MMM dd,yyyy|MMM dd yy|dd MMM yy|MMM dd yyyy|\
    dd MMM yyyy|MMMM dd yy|dd MMMM yy|dd MMMM yyyy|MMMM dd yyyy|dd.MM.yy|MM.dd.yy|yy.MM.dd|dd MM yyyy|dd.MM.yyyy|MM.dd.yyyy|\
    yyyy.MM.dd";

#[test]
fn every_documented_pattern_is_a_literal_and_is_read_when_it_is_configured() {
    assert_eq!(DOCUMENTED.split('|').count(), 41);
    // A day that no other order can mean.
    let day = DateTime::read("31-Oct-2034 07:08:09", &settings()).unwrap();
    for pattern in DOCUMENTED.split('|') {
        let format = Pattern::new(pattern).unwrap();
        let written = day.format(&format);
        assert!(looks_like_date(&written), "{pattern}: {written}");
        let configured = Arc::new(DateSettings::default().with_format(format.clone()));
        assert_eq!(iso(&(written.clone() + " 07:08:09"), &configured), "2034-10-31 07:08:09", "{pattern}");
        if !pattern.starts_with("yy-") && !pattern.starts_with("yy/") && !pattern.starts_with("yy.") {
            assert_eq!(iso(&written, &settings()), "2034-10-31 00:00:00", "{pattern}");
        }
    }
}

#[test]
fn an_ambiguous_date_is_read_by_the_format_then_by_its_separators() {
    assert_eq!(iso("02/04/2020", &settings()), "2020-02-04 00:00:00");
    assert_eq!(iso("02-04-2020", &settings()), "2020-04-02 00:00:00");
    assert_eq!(iso("02.04.2020", &settings()), "2020-04-02 00:00:00");
    assert_eq!(iso("25/04/2020", &settings()), "2020-04-25 00:00:00");
    let slashes = Arc::new(DateSettings::default().with_format(Pattern::new("dd/MM/yyyy").unwrap()));
    assert_eq!(iso("02/04/2020", &slashes), "2020-04-02 00:00:00");
    assert_eq!(iso("2020-04-02", &slashes), "2020-04-02 00:00:00");
}

#[test]
fn a_time_that_is_too_large_goes_back_to_zero() {
    for (text, wanted) in [
        ("01-Jan-2019 24:10:10", "2019-01-01 00:00:00"),
        ("01-Jan-2019 10:75:30", "2019-01-01 10:00:00"),
        ("01-Jan-2019 10:20:75", "2019-01-01 10:20:00"),
        ("01-Jan-2019 02:30 PM", "2019-01-01 14:30:00"),
        ("01-Jan-2019 12:00:05 am", "2019-01-01 00:00:05"),
        ("01-Jan-2019 100:00:00", "run::unparsable-date"),
        ("30-Feb-2019", "run::unparsable-date"),
        ("01-Jan-20190", "run::unparsable-date"),
    ] {
        assert!(looks_like_date(text), "{text}");
        assert_eq!(iso(text, &settings()), wanted, "{text}");
    }
}

#[test]
fn a_part_of_a_wrong_length_is_told_from_an_impossible_date() {
    for text in ["08-Ja-2019", "101-Jan-2019", "01-Jan-20190", "01/012/2020", "01-Jan-2019 100:00:00", "12345-01-01"] {
        assert!(is_miswritten_date(text), "{text}");
    }
    for text in
        ["", "08-Jan-2019", "35-Jan-2019", "2019-01-08", "01-Jan-2019 24:75:00", "8-x y-2019", "555-1234", "1.2.3.4"]
    {
        assert!(!is_miswritten_date(text), "{text}");
    }
}

#[test]
fn other_texts_in_single_quotes_are_no_dates() {
    let texts = "|a|10|1.2.3|192.168.0.1|555-1234|2020|Jan|Maybe 12|it's 5-Jan-2020|12-34|1-2-3-4|10:30:00|2020-01-15T10:00:00|\
        5-Foo-2020|1/2|ABC-12-2020|2020-01-15 noon|--|1 2 3|١٢-٠٣-٢٠٢٠|dd-MM-yyyy";
    for text in texts.split('|') {
        assert!(!looks_like_date(text), "{text}");
    }
}

#[test]
fn patterns_write_what_java_writes() {
    let date = DateTime::read("05-Jan-2021 14:07:09", &settings()).unwrap();
    for (pattern, wanted) in [
        ("M/d/yy h:m:s a", "1/5/21 2:7:9 PM"),
        ("MMM MMMM E EEEE", "Jan January Tue Tuesday"),
        ("G y yyy yyyyy Y", "AD 2021 2021 02021 2021"),
        ("w W D F u", "2 2 5 1 2"),
        ("k K S SSS", "14 2 0 000"),
        ("''yy'' 'o''clock'", "'21' o'clock"),
        ("'''yy'''.''''é'x'-M", "'yy'.''éx-1"),
        ("z Z X XXX", "UTC +0000 Z Z"),
    ] {
        assert_eq!(date.format(&Pattern::new(pattern).unwrap()), wanted, "{pattern}");
    }
    let summer = DateTime::read("01-Jul-2021 12:00:00", &settings()).unwrap();
    let shown = |zone: &str| summer.format_in(&Pattern::new("HH:mm z Z X XX XXX").unwrap(), &forgiving_zone(zone));
    assert_eq!(shown("America/New_York"), "08:00 EDT -0400 -04 -0400 -04:00");
    assert_eq!(shown("GMT+5:30"), "17:30 GMT+05:30 +0530 +05 +0530 +05:30");
    for bad in ["jj", "yyyy-MM-ddThh", "'open", "b"] {
        assert_eq!(Pattern::new(bad), None, "{bad}");
    }
}

#[test]
fn weeks_are_those_of_the_united_states() {
    let last = DateTime::read("29-Dec-2019", &settings()).unwrap();
    assert_eq!(last.format(&Pattern::new("YYYY yyyy w").unwrap()), "2020 2019 1");
}

#[test]
fn zones_have_old_names_and_offsets() {
    for (name, seconds) in [("GMT-8", -28800), ("GMT+0530", 19800), ("EST", -18000), ("SST", 39600), ("nowhere", 0)] {
        let offset = forgiving_zone(name).to_offset(jiff::Timestamp::from_second(1_580_701_692).unwrap());
        assert_eq!(offset.seconds(), seconds, "{name}");
    }
    for name in ["GMT+24", "GMT+5:3", "GMT+:30", "GMT+", "UTC+8", ""] {
        assert!(zone_named(name).is_none(), "{name}");
    }
    assert_eq!(near_zone("Asia/Kolkatta").as_deref(), Some("Asia/Kolkata"));
}

#[test]
fn before_1900_a_zone_has_its_standard_time() {
    let zone = |name: &str| Arc::new(DateSettings::default().with_zone(zone_named(name).unwrap()));
    let pattern = Pattern::new("MM,d,yyyy hh:mm:ss a").unwrap();
    let moscow = zone_named("Europe/Moscow").unwrap();
    let read = DateTime::read_by("01,11,19 1:30:00 pm", &pattern, Some(&moscow), &zone("Asia/Kolkata")).unwrap();
    assert_eq!(read.print(), "11-Jan-0019 16:00:00");
    let summer = DateTime::read("01-Jul-1899 12:00:00", &zone("America/New_York")).unwrap();
    assert_eq!(summer.format(&Pattern::new("HH:mm Z").unwrap()), "12:00 -0500");
    assert_eq!(summer.plus_seconds(3600).unwrap().print(), "01-Jul-1899 13:00:00");
    let edge = DateTime::read("31-Dec-1899 23:59:59", &zone("Asia/Kolkata")).unwrap();
    assert_eq!(edge.plus_seconds(1).unwrap().civil().year(), 1900);
}

#[test]
fn a_change_of_the_clocks_costs_an_hour_and_no_day() {
    let paris = Arc::new(DateSettings::default().with_zone(zone_named("Europe/Paris").unwrap()));
    let before = DateTime::read("27-Mar-2021 02:30:00", &paris).unwrap();
    let day = before.plus(Span::new().days(1)).unwrap();
    assert_eq!(day.milliseconds() - before.milliseconds(), 86_400_000);
    assert_eq!(before.plus_seconds(86_400).unwrap().print(), "28-Mar-2021 03:30:00");
}

#[test]
fn in_creator_a_date_equals_every_time_of_its_day() {
    let creator = Arc::new(DateSettings::default().as_in_creator());
    for (settings, equal) in [(settings(), false), (creator, true)] {
        let day = DateTime::read("01-Jan-2020", &settings).unwrap();
        let time = DateTime::read("01-Jan-2020 10:15:00", &settings).unwrap();
        assert_eq!(day == time, equal);
    }
}

proptest! {
    #[test]
    fn any_text_is_read_by_any_pattern_without_trouble(
        text in "[-0-9/., :a-zA-Z+é]{0,30}|[0-9]{1,4}[-/. ][0-9]{1,3}[-/. ][0-9]{1,5} [0-9:]{0,9}|\\PC{0,20}",
        pattern in "[GyYMwWDdFEuaHkKhmsSzZX' ,/:.-]{0,12}|\\PC{0,8}",
    ) {
        let possible = DateTime::read(&text, &settings());
        if let Some(pattern) = Pattern::new(&pattern) {
            let configured = Arc::new(DateSettings::default().with_format(pattern.clone()));
            let _ = read_date(&text, &configured);
            if let Ok(read) = DateTime::read_by(&text, &pattern, None, &settings()) {
                let _ = read.print();
            }
            if let Ok(date) = possible {
                let _ = date.format(&pattern);
                let _ = date.format_in(&pattern, &forgiving_zone("America/New_York"));
            }
        }
    }

    #[test]
    fn what_a_date_prints_reads_as_the_same_date(seconds in -30_000_000_000_i64..240_000_000_000) {
        let date = DateTime::at_milliseconds(seconds * 1000, &settings()).unwrap();
        prop_assert_eq!(&DateTime::read(&date.print(), &settings()).unwrap(), &date);
        let format = Pattern::new("EEE, dd MMMM yyyy hh:mm:ss a XXX").unwrap();
        prop_assert_eq!(&DateTime::read_by(&date.format(&format), &format, None, &settings()).unwrap(), &date);
    }
}
