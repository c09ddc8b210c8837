//! Screens as people see them, and what holds of every screen: it is not too wide, not too high, and steers nothing.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::sync::Arc;

use proptest::prelude::*;
use unicode_width::UnicodeWidthStr;

use super::*;
use crate::value::{DateSettings, DateTime, Decimal, File, Time, zone_named};

const LOOK: Look = Look { width: 60, rows: Some(12), colour: false };
const WHOLE: Look = Look { width: 60, rows: None, colour: false };

fn from_json(text: &str) -> Data {
    Data::from_json(text).unwrap()
}

/// The screen of a JSON text, and below it what was left out.
fn screen(text: &str, look: &Look) -> String {
    told(show(&from_json(text), look))
}

fn told(shown: Shown) -> String {
    match shown.cut {
        Some(cut) => format!("{}\n({cut})", shown.text),
        None => shown.text,
    }
}

fn date(text: &str, zone: &str) -> Data {
    let settings = Arc::new(DateSettings::default().with_zone(zone_named(zone).unwrap()));
    Data::DateTime(DateTime::read(text, &settings).unwrap())
}

fn records(number: usize) -> String {
    let record = |at: usize| {
        format!(
            r#"{{"id":"5437{at:012}","Last_Name":"Name {at}","Amount":{}.50,"Owner":{{"name":"Ada","id":"1"}},"Email":null}}"#,
            at * 37
        )
    };
    format!("[{}]", (0..number).map(record).collect::<Vec<_>>().join(","))
}

#[test]
fn a_value_stands_alone() {
    let cases = [
        (Data::Null, "null"),
        (Data::Boolean(true), "true"),
        (Data::Number(i64::MIN), "-9223372036854775808"),
        (Data::Decimal(Decimal::parse("15.50").unwrap()), "15.50"),
        (Data::from(5), "5"),
        (Data::from("5"), r#""5""#),
        (Data::from(""), r#""""#),
        (Data::from("say \"hi\"\n\tto C:\\"), r#""say \"hi\"\n\tto C:\\""#),
        (date("31-Jan-2026 10:00:00", "Asia/Kolkata"), "31-Jan-2026 10:00:00 (Asia/Kolkata, UTC+05:30)"),
        (date("31-Jan-2026 10:00:00", "America/New_York"), "31-Jan-2026 10:00:00 (America/New_York, UTC-05:00)"),
        (date("31-Jul-2026 10:00:00", "America/New_York"), "31-Jul-2026 10:00:00 (America/New_York, UTC-04:00)"),
        (date("31-Jan-2026 10:00:00", "UTC"), "31-Jan-2026 10:00:00 (UTC)"),
        (date("31-Jan-2026", "Asia/Kolkata"), "31-Jan-2026"),
        (Data::Time(Time::at(36_610, true).unwrap()), "10:10:10 AM"),
        (Data::from(File::new("a.csv", "text/csv", vec![0; 1_234])), "a.csv (1,234 bytes, text/csv)"),
        (Data::Braces, "{}"),
        (Data::list([]), "[]"),
        (Data::Elements(Vec::new()), "Collection()"),
    ];
    for (value, shown) in cases {
        assert_eq!(show(&value, &LOOK), Shown { text: shown.to_owned(), cut: None });
    }
}

#[test]
fn what_fits_a_line_stays_on_it() {
    assert_eq!(screen(r#"{"a":1,"b":[1,"2",null,true,{}]}"#, &LOOK), r#"{"a": 1, "b": [1, "2", null, true, {}]}"#);
    let kinds = Data::Map(vec![
        (Data::from("1"), date("31-Jan-2026 10:00:00", "UTC")),
        (Data::from(1), Data::Time(Time::at(36_610, false).unwrap())),
        (Data::from("f"), Data::from(File::new("a", "", vec![1]))),
    ]);
    let look = Look { width: 200, ..LOOK };
    let shown = r#"{"1": '31-Jan-2026 10:00:00', 1: '10:10:10', "f": <a (1 byte)>}"#;
    assert_eq!(told(show(&kinds, &look)), shown);
    assert_eq!(told(show(&Data::Elements(vec![Data::from(1), Data::from("a")]), &look)), r#"Collection(1, "a")"#);
    assert_eq!(told(show(&Data::Pairs(vec![(Data::from("a"), Data::from(1))]), &look)), r#"Collection("a": 1)"#);
}

#[test]
fn what_does_not_fit_a_line_is_indented() {
    let text = r#"{"id":"5437000000000001","name":"Ada Lovelace","address":{"street":"1 Analytical Way",
        "city":"London"},"tags":["maths","engines","poetry","flowers","dances","horses","music","gambling"],
        "note":"A rather long text that does not fit into the line, whatever one does with it."}"#;
    let shown = r#"{
  "id": "5437000000000001",
  "name": "Ada Lovelace",
  "address": {"street": "1 Analytical Way", "city": "London"},
  "tags": [
    "maths", "engines", "poetry", "flowers", "dances",
    "horses", "music", "gambling"
  ],
  "note": "A rather long text that does not fit into the l…"
}
(parts of long values)"#;
    assert_eq!(screen(text, &Look { width: 62, ..LOOK }), shown.replace("the l…", "the lin…"));
    let whole = shown.replace("the l…", "the line, whatever one does with it.").replace("\n(parts of long values)", "");
    assert_eq!(screen(text, &Look { width: 62, ..WHOLE }), whole);
    let low = Look { rows: Some(6), ..LOOK };
    let shown = r#"{
  "id": "5437000000000001",
  "name": "Ada Lovelace",
  "address": {"street": "1 Analytical Way", "city": "Lond…},
  … 2 more keys
}
(2 more keys, parts of long values)"#;
    assert_eq!(screen(text, &low), shown);
}

#[test]
fn each_level_gets_its_part_of_the_lines() {
    let reply =
        format!(r#"{{"data":{},"info":{{"per_page":200,"count":200,"page":1,"more_records":true}}}}"#, records(5_000));
    let shown = r#"{
  "data": [
    {"id": "5437000000000000", "Last_Name": "Name 0", "Am…},
    {"id": "5437000000000001", "Last_Name": "Name 1", "Am…},
    … 4,998 more elements
  ],
  "info": {
    "per_page": 200,
    "count": 200,
    "page": 1,
    "more_records": true
  }
}
(parts of long values)"#;
    assert_eq!(screen(&reply, &Look { rows: Some(13), ..LOOK }), shown);
}

#[test]
fn short_elements_share_lines() {
    let numbers = Data::list((0..5_000).map(Data::Number));
    let shown = "[
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16,
  17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30,
  31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44,
  … 4,955 more elements
]
(4,955 more elements)";
    assert_eq!(told(show(&numbers, &Look { rows: Some(6), ..LOOK })), shown);
    let whole = show(&numbers, &WHOLE);
    assert_eq!((whole.cut, Data::from_json(&whole.text)), (None, Ok(from_json(&numbers.to_json().unwrap()))));
}

#[test]
fn a_list_of_maps_is_a_table() {
    let text =
        r#"[{"a":1,"b":"x"},{"a":22.5,"c":null},{"b":"日本語","c":"a\nb","a":"5"},{"b":"null","c":[1,{"d":""}]}]"#;
    let shown = r#" a     b       c
──────────────────────────────
    1  x
 22.5          null
 5     日本語  a\nb
       "null"  [1, {"d": ""}]
 4 rows"#;
    assert_eq!(screen(text, &LOOK), shown);
    assert_eq!(screen(text, &WHOLE), shown);
    assert_eq!(screen(r#"[{"a":"x"}]"#, &LOOK), " a\n───\n x\n 1 row");
    assert_eq!(screen("[{},{}]", &LOOK), "[{}, {}]");
    assert_eq!(screen(r#"[{"a":1},2]"#, &LOOK), r#"[{"a": 1}, 2]"#);
}

#[test]
fn a_long_table_shows_its_head_and_its_tail() {
    let shown = r#" id                Last_Name     Amount  Owner         Email
────────────────────────────────────────────────────────────
 5437000000000000  Name 0          0.50  {"name": "…}  null
 5437000000000001  Name 1         37.50  {"name": "…}  null
 5437000000000002  Name 2         74.50  {"name": "…}  null
 5437000000000003  Name 3        111.50  {"name": "…}  null
 5437000000000004  Name 4        148.50  {"name": "…}  null
 … 4,992 more rows
 5437000000004997  Name 4997  184889.50  {"name": "…}  null
 5437000000004998  Name 4998  184926.50  {"name": "…}  null
 5437000000004999  Name 4999  184963.50  {"name": "…}  null
 5,000 rows
(4,992 more rows, parts of long values)"#;
    assert_eq!(screen(&records(5_000), &LOOK), shown);
    let narrow = r#" id                Last_Name     Amount
────────────────────────────────────────
 5437000000000000  Name 0          0.50
 … 4,998 more rows
 5437000000004999  Name 4999  184963.50
 5,000 rows, and 2 more columns: Owner,…
(4,998 more rows, 2 more columns)"#;
    assert_eq!(screen(&records(5_000), &Look { width: 40, rows: Some(1), ..LOOK }), narrow);
}

#[test]
fn a_record_with_many_fields_is_shown_whole_where_there_is_room() {
    let text = records(1);
    let shown = r#"[
  {
    "id": "5437000000000000",
    "Last_Name": "Name 0",
    "Amount": 0.50,
    "Owner": {"name": "Ada", "id": "1"},
    "Email": null
  }
]"#;
    let narrow = Look { width: 44, ..LOOK };
    assert_eq!(screen(&text, &narrow), shown);
    assert_eq!(screen(&text, &Look { rows: None, ..narrow }), shown);
    let low = screen(&text, &Look { rows: Some(7), ..narrow });
    assert!(low.ends_with(" 1 row, and 2 more columns: Owner, Email\n(2 more columns)"), "{low}");
}

#[test]
fn keys_that_only_hidden_rows_have_are_told() {
    let rows = (0..100).map(|at| if at == 50 { r#"{"b":1}"# } else { r#"{"a":1}"# });
    let text = format!("[{}]", rows.collect::<Vec<_>>().join(","));
    assert!(screen(&text, &LOOK).ends_with("100 rows, and 1 more column: b\n(92 more rows, 1 more column)"));
}

#[test]
fn long_texts_are_cut() {
    let lines = Data::from("one\n".repeat(100));
    let begin = "\"one\none\none\none\none\none";
    assert_eq!(told(show(&lines, &Look { rows: Some(6), ..LOOK })), format!("{begin}…\"\n(377 more characters)"));
    assert_eq!(told(show(&lines, &WHOLE)), format!("\"{}\"", "one\n".repeat(100)));
    let long = Data::from("x".repeat(50_000));
    let shown = show(&long, &LOOK);
    assert_eq!(shown.text.width().div_ceil(60), 12);
    assert_eq!(shown.cut.unwrap().to_string(), "49,283 more characters");
    let shown = show(&long, &Look { width: usize::MAX, ..LOOK });
    assert_eq!(shown.cut.unwrap().to_string(), "48,000 more characters");
}

#[test]
fn nothing_in_a_text_steers_the_terminal() {
    let text = "\u{1b}[31m\u{202e}\u{200b}\u{7}\r\u{9b}\u{2028}\u{e0041}";
    let written = r"\u{1b}[31m\u{202e}\u{200b}\u{7}\r\u{9b}\u{2028}\u{e0041}";
    assert_eq!(told(show(&Data::from(text), &LOOK)), format!("\"{written}\""));
    let table = Data::list([Data::map([(text, text)])]);
    assert_eq!(told(show(&table, &Look { width: 200, ..LOOK })).matches(written).count(), 2);
    let file = Data::from(File::new(text, text, vec![]));
    assert_eq!(told(show(&file, &LOOK)), format!("{written} (0 bytes, {written})"));
    let marks = show(&Data::from(format!("a{}", "\u{301}".repeat(50))), &LOOK).text;
    assert_eq!(marks.matches('\u{301}').count(), 6, "{marks}");
}

#[test]
fn kinds_have_their_colours() {
    let colour = Look { colour: true, ..LOOK };
    let shown = "{\u{1b}[36m\"a\"\u{1b}[0m: \u{1b}[33m1\u{1b}[0m, \u{1b}[36m\"b\"\u{1b}[0m: \u{1b}[32m\"x\"\u{1b}[0m, \
                 \u{1b}[36m\"c\"\u{1b}[0m: \u{1b}[2mnull\u{1b}[0m, \u{1b}[36m\"d\"\u{1b}[0m: \u{1b}[35mtrue\u{1b}[0m}";
    assert_eq!(screen(r#"{"a":1,"b":"x","c":null,"d":true}"#, &colour), shown);
    let table = " \u{1b}[1ma\u{1b}[0m\n\u{1b}[2m───\u{1b}[0m\n \u{1b}[32mx\u{1b}[0m\n\u{1b}[2m 1 row\u{1b}[0m";
    assert_eq!(screen(r#"[{"a":"x"}]"#, &colour), table);
}

#[test]
fn json_has_an_entry_on_each_line() {
    let value = from_json(r#"{"a":1,"b":[1,{"x":[]}],"c":null,"d":{},"e":"\u202e\"é","f":15.50}"#);
    let shown = r#"{
  "a": 1,
  "b": [
    1,
    {
      "x": []
    }
  ],
  "c": null,
  "d": {},
  "e": "\u202e\"é",
  "f": 15.50
}"#;
    assert_eq!(told(json(&value, &WHOLE).unwrap()), shown);
    let begin = shown.lines().take(5).collect::<Vec<_>>().join("\n");
    assert_eq!(
        told(json(&value, &Look { rows: Some(6), ..LOOK }).unwrap()),
        format!("{begin}\n…\n(parts of long values)")
    );
    let long = json(&Data::from("x".repeat(5_000)), &LOOK).unwrap();
    assert_eq!((long.text.width(), long.text.ends_with('…')), (11 * 60, true));
    let dates = Data::list([Data::map([("a", date("31-Jan-2026", "UTC"))]), date("31-Jan-2026", "UTC")]);
    let written = told(json(&dates, &WHOLE).unwrap());
    assert_eq!(from_json(&written), from_json(&dates.to_json().unwrap()));
}

#[test]
fn a_kind_is_described() {
    let cases = [
        ("null", "null"),
        ("\"abc\"", "TEXT, 3 characters"),
        ("5", "NUMBER"),
        ("5.0", "DECIMAL"),
        ("true", "BOOLEAN"),
        ("[]", "LIST, empty"),
        ("{}", "KEY-VALUE, empty"),
        ("[1,2,\"a\"]", "LIST of 3: 2 NUMBER, 1 TEXT"),
        (r#"{"a":1,"b\u001b":2}"#, "KEY-VALUE, 2 keys: a, b\\u{1b}"),
        (r#"[{"a":1},{"b":2}]"#, "LIST of 2 KEY-VALUE"),
    ];
    for (text, told) in cases {
        assert_eq!(describe(&from_json(text)), told);
    }
    let many = Data::map((0..14).map(|key| (key.to_string(), key)));
    assert_eq!(describe(&many), "KEY-VALUE, 14 keys: 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, and 2 more");
    assert_eq!(describe(&Data::Braces), "LIST or KEY-VALUE, empty");
    assert_eq!(describe(&Data::Elements(vec![Data::Braces, Data::Null])), "COLLECTION of 2: 1 {}, 1 null");
    assert_eq!(describe(&date("31-Jan-2026 10:00:00", "UTC")), "DATE-TIME");
    assert_eq!(describe(&date("31-Jan-2026", "UTC")), "DATE-TIME without a time");
    assert_eq!(describe(&Data::from(File::new("a", "text/csv", vec![0; 12]))), "FILE (12 bytes, text/csv)");
}

#[test]
fn a_brief_value_is_one_line() {
    let value = from_json(r#"[{"a":"one\ntwo"},{"a":2}]"#);
    assert_eq!(brief(&value, 40), r#"[{"a": "one\ntwo"}, {"a": 2}]"#);
    assert_eq!(brief(&value, 20), r#"[{"a": "one\ntwo"}…]"#);
    assert_eq!(brief(&Data::from("x".repeat(50)), 10), r#""xxxxxxx…""#);
}

#[test]
fn depth_is_bounded() {
    let nested = |depth: usize| (0..depth).fold(Data::Null, |inner, _| Data::list([inner, Data::from(1)]));
    for look in [LOOK, WHOLE, Look { width: 20, ..WHOLE }] {
        show(&nested(200), &look);
        show(&nested(1_000), &look);
    }
    assert!(json(&nested(200), &WHOLE).is_ok());
    assert_eq!(json(&nested(201), &WHOLE).unwrap_err().report().code, "run::nested-too-deep");
}

/// The code points that are likely to be handled wrongly, and any other.
fn any_text() -> impl Strategy<Value = String> {
    let odd = proptest::sample::select(
        "a \"\\\n\t\r\u{1b}\u{202e}\u{200d}\u{301}\u{fe0f}日👍🏽🇩🇪ﬁلا한\u{1100}\u{1161}".chars().collect::<Vec<_>>(),
    );
    let letter = prop_oneof![6 => odd, 1 => any::<char>(), 6 => proptest::char::range('a', 'z')];
    proptest::collection::vec(letter, 0..40).prop_map(|letters| letters.into_iter().collect())
}

fn any_data() -> impl Strategy<Value = Data> {
    let leaf = prop_oneof![
        Just(Data::Null),
        Just(Data::Braces),
        any::<bool>().prop_map(Data::from),
        any::<i64>().prop_map(Data::from),
        (any::<i64>(), 0..20_usize).prop_map(|(whole, places)| {
            Data::Decimal(Decimal::parse(&format!("{}.{:0>places$}", whole % 1_000_000, 7)).unwrap())
        }),
        any_text().prop_map(Data::from),
        Just(date("31-Jan-2026 10:00:00", "Asia/Kolkata")),
        Just(date("31-Jan-2026", "UTC")),
        (0..86_400_i64, any::<bool>()).prop_map(|(second, half)| Data::Time(Time::at(second, half).unwrap())),
        (any_text(), any_text()).prop_map(|(name, kind)| Data::from(File::new(name, kind, vec![0; 3]))),
    ];
    leaf.prop_recursive(5, 120, 12, |inner| {
        let pairs = proptest::collection::vec(
            (prop_oneof![9 => any_text().prop_map(Data::from), 1 => inner.clone()], inner.clone()),
            0..12,
        );
        let row = proptest::collection::btree_map(
            proptest::sample::select(vec!["id", "name", "Long_Name_Of_Field", "日本"]),
            inner.clone(),
            0..4,
        );
        let row = row.prop_map(Data::map);
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..12).prop_map(Data::list),
            proptest::collection::vec(inner, 0..12).prop_map(Data::Elements),
            pairs.clone().prop_map(Data::Map),
            pairs.prop_map(Data::Pairs),
            proptest::collection::vec(row, 1..12).prop_map(Data::list),
        ]
    })
}

fn is_container(value: &Data) -> bool {
    shape::shape(value).is_some()
}

fn without_colours(text: &str) -> String {
    let mut parts = text.split('\u{1b}');
    let first = parts.next().unwrap().to_owned();
    parts.fold(first, |plain, part| plain + part.split_once('m').unwrap().1)
}

proptest! {
    #[test]
    fn a_screen_is_neither_too_wide_nor_too_high(value in any_data(), width in 20..140_usize, rows in 1..50_usize) {
        let look = Look { width, rows: Some(rows), colour: false };
        let shown = show(&value, &look).text;
        let most = rows.max(6);
        let height: usize = shown.lines().map(|line| line.width().div_ceil(width).max(1)).sum();
        if is_container(&value) {
            prop_assert!(shown.lines().all(|line| line.width() <= width), "{shown}");
        }
        prop_assert!(height <= most, "{height} lines\n{shown}");
        let document = json(&value, &look).unwrap().text;
        let height: usize = document.lines().map(|line| line.width().div_ceil(width).max(1)).sum();
        prop_assert!(height <= most, "{height} lines\n{document}");
    }

    #[test]
    fn colours_are_all_that_steers(value in any_data(), width in 1..140_usize, rows in proptest::option::of(1..50_usize)) {
        let plain = show(&value, &Look { width, rows, colour: false });
        let steers = |letter: char| letter.is_control() && letter != '\n' || letter == '\u{202e}';
        prop_assert!(!plain.text.chars().any(steers));
        let coloured = show(&value, &Look { width, rows, colour: true });
        prop_assert_eq!(without_colours(&coloured.text), plain.text);
        prop_assert_eq!(&coloured.cut, &plain.cut);
        prop_assert!(rows.is_some() || plain.cut.is_none());
        describe(&value);
    }

    #[test]
    fn json_reads_back_as_the_same(value in any_data(), width in 1..140_usize) {
        let shown = json(&value, &Look { width, rows: None, colour: false }).unwrap();
        prop_assert_eq!(shown.cut, None);
        let compact = value.to_json().unwrap();
        prop_assert_eq!(Data::from_json(&shown.text).unwrap(), Data::from_json(&compact).unwrap());
    }
}
