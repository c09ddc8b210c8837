//! What goes through serde comes back as it was, and what does not fit is refused with its place.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use proptest::prelude::*;
use serde::{Deserialize, Serialize};

use super::*;
use crate::data;
use crate::value::{DateSettings, DateTime, Decimal, File, Time, TimeReading};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Order {
    name: String,
    customer: Option<Customer>,
    lines: Vec<Line>,
    by_number: BTreeMap<u64, (i8, char)>,
    by_flag: BTreeMap<bool, Unit>,
    by_shape: BTreeMap<Plain, Wrapped>,
    shapes: Vec<Shape>,
    inner: Vec<Inner>,
    adjacent: Vec<Adjacent>,
    either: Vec<Either>,
    small: f32,
    large: u64,
    huge: i128,
    nothing: (),
    exact: Decimal,
    when: DateTime,
    file: File,
    anything: Data,
    #[serde(flatten)]
    rest: HashMap<String, i64>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Customer {
    id: i64,
    email: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Line {
    price: f64,
    quantity: u32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Unit;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Wrapped(Option<Vec<u8>>);

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
enum Plain {
    First,
    Second,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
enum Shape {
    Point,
    Circle(f64),
    Pair(i32, String),
    Box { width: u16, label: Option<String> },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind")]
enum Inner {
    A { n: i32 },
    B(Customer),
    C,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "t", content = "c")]
enum Adjacent {
    A(f64),
    B { n: i32 },
    C,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
enum Either {
    Number(i64),
    Float(f64),
    Text(String),
    Many(Vec<bool>),
}

fn date(text: &str, zone: &str) -> DateTime {
    let settings = DateSettings::default().with_zone(jiff::tz::TimeZone::get(zone).unwrap());
    DateTime::read(text, &Arc::new(settings)).unwrap()
}

fn order() -> Order {
    Order {
        name: "Größe \"x\"".into(),
        customer: Some(Customer { id: i64::MIN, email: None }),
        lines: vec![Line { price: 9.9, quantity: 2 }, Line { price: 0.1 + 0.2, quantity: 0 }],
        by_number: [(7, (-8, 'ß')), (u64::from(u32::MAX), (0, '0'))].into(),
        by_flag: [(true, Unit)].into(),
        by_shape: [(Plain::First, Wrapped(Some(vec![1, 255]))), (Plain::Second, Wrapped(None))].into(),
        shapes: vec![
            Shape::Point,
            Shape::Circle(2.0),
            Shape::Pair(-1, "a".into()),
            Shape::Box { width: 3, label: Some("l".into()) },
        ],
        inner: vec![Inner::A { n: 1 }, Inner::B(Customer { id: 2, email: Some("e".into()) }), Inner::C],
        adjacent: vec![Adjacent::A(1.0), Adjacent::B { n: 2 }, Adjacent::C],
        either: vec![Either::Number(1), Either::Float(1.5), Either::Text("x".into()), Either::Many(vec![true])],
        small: 0.1,
        large: u64::MAX,
        huge: -79_228_162_514_264_337_593_543_950_335,
        nothing: (),
        exact: Decimal::parse("12345678901234567890.123400").unwrap(),
        when: date("31-Jan-2026 10:00:00", "Asia/Kolkata"),
        file: File::named("a.pdf", vec![0, 159, 146, 150]),
        anything: Data::Map(vec![(Data::Number(1), Data::Pairs(vec![(Data::from(true), Data::Braces)]))]),
        rest: [("extra".to_owned(), 5)].into(),
    }
}

#[test]
fn a_rust_type_comes_back_as_it_was() {
    let before = order();
    let data = Data::from_serde(&before).unwrap();
    let after: Order = data.to_serde().unwrap();
    assert_eq!(after, before);
    assert_eq!(after.exact.to_string(), "12345678901234567890.123400", "the scale is kept");
    assert_eq!(after.when.settings(), before.when.settings(), "the zone is kept");
    assert_eq!(data.get("by_number").unwrap().entries()[0].0, Data::Number(7), "keys keep their kind");
    assert_eq!(
        data.get("shapes").unwrap().to_json().unwrap(),
        r#"["Point",{"Circle":2},{"Pair":[-1,"a"]},{"Box":{"width":3,"label":"l"}}]"#
    );
    assert_eq!(data.get("small"), Some(&Data::Decimal(Decimal::parse("0.1").unwrap())));
}

#[test]
fn texts_are_borrowed() {
    #[derive(Deserialize)]
    struct Names<'a> {
        first: &'a str,
        #[serde(borrow)]
        last: Cow<'a, str>,
    }
    let data = data!({"first": "Ada", "last": "Byron"});
    let names: Names<'_> = data.to_serde().unwrap();
    assert_eq!((names.first, names.last.as_ref()), ("Ada", "Byron"));
    assert!(matches!(names.last, Cow::Borrowed(_)));
}

#[test]
fn bytes_are_files() {
    struct Bytes(Vec<u8>);
    impl Serialize for Bytes {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.serialize_bytes(&self.0)
        }
    }
    let data = Data::from_serde(&Bytes(vec![0, 255])).unwrap();
    assert_eq!(data, Data::from(File::new("", "application/octet-stream", vec![0, 255])));
    assert_eq!(data.to_serde::<&[u8]>().unwrap(), [0, 255]);
}

#[test]
fn errors_say_where_and_what() {
    #[derive(Debug, Deserialize)]
    struct Outer {
        #[allow(dead_code)]
        lines: Vec<Line>,
    }
    let error = |data: Data| data.to_serde::<Outer>().unwrap_err().to_string();
    let line = |price: Data, quantity: Data| data!({"lines": [{"price": 1, "quantity": 1}, {"price": price, "quantity": quantity}]});
    let cases = [
        (line("x".into(), 1.into()), r#"lines[1].price: expected a number, found TEXT "x""#),
        (line(1.into(), 1.5.into()), "lines[1].quantity: expected a whole number, found DECIMAL 1.5"),
        (line(1.into(), (-1).into()), "lines[1].quantity: expected u32, found NUMBER -1"),
        (line(Data::Null, 1.into()), "lines[1].price: expected a number, found null"),
        (line(data!([]), 1.into()), "lines[1].price: expected a number, found a LIST"),
        (data!({"lines": {"a": 1}}), "lines: expected a LIST, found a KEY-VALUE"),
        (data!({"lines": [{"price": 1}]}), "lines[0]: missing field `quantity`"),
        (data!({}), "missing field `lines`"),
        (data!(7), "expected a KEY-VALUE, found NUMBER 7"),
    ];
    for (data, text) in cases {
        assert_eq!(error(data), text);
    }
    let error = data!({"a b": {"c": "x".repeat(50)}}).to_serde::<HashMap<String, HashMap<String, bool>>>().unwrap_err();
    assert_eq!(error.path(), r#"["a b"].c"#);
    assert_eq!(error.message(), format!("expected true or false, found TEXT {:?}", "x".repeat(40) + "…"));

    let error = data!({"Circle": "r"}).to_serde::<Shape>().unwrap_err().to_string();
    assert_eq!(error, r#"Circle: expected a number, found TEXT "r""#);
    let error = data!("Square").to_serde::<Shape>().unwrap_err().to_string();
    assert!(error.contains("Square") && error.contains("Point"), "{error}");
    let error = data!([1, 2, 3]).to_serde::<(i32, i32)>().unwrap_err().to_string();
    assert_eq!(error, "expected 2 elements, found 3");
    let error = data!([1]).to_serde::<(i32, i32)>().unwrap_err().to_string();
    assert!(error.contains("length 1"), "{error}");

    let error = |value: Result<Data, ConversionError>| value.unwrap_err().to_string();
    assert_eq!(error(Data::from_serde(&[("a", f64::NAN)])), "[0][1]: NaN is no number that a DECIMAL can hold");
    let map: BTreeMap<&str, f64> = [("deep", 1e300)].into();
    assert_eq!(error(Data::from_serde(&map)), "deep: 1e300 is beyond what a DECIMAL can hold");
    assert_eq!(
        error(Data::from_serde(&i128::MAX)),
        "170141183460469231731687303715884105727 has more digits than a DECIMAL can hold"
    );
}

#[test]
fn nothing_is_nested_without_end() {
    #[derive(Debug, Serialize, Deserialize)]
    struct Endless(Option<Box<Endless>>);
    assert!(Data::Number(1).to_serde::<Endless>().unwrap_err().to_string().contains("200 levels"));

    let mut data = Data::Null;
    for _ in 0..200 {
        data = Data::list([data]);
    }
    assert_eq!(data.to_serde::<Data>().unwrap(), data);
    assert_eq!(Data::from(serde_json::Value::from(&data)), data);
    assert!(serde_json::to_value(&data).is_ok());
    let deeper = Data::list([data]);
    assert!(serde_json::to_value(&deeper).is_err());
    #[derive(Serialize)]
    struct Deep(Vec<Deep>);
    let mut deep = Deep(Vec::new());
    for _ in 0..300 {
        deep = Deep(vec![deep]);
    }
    assert!(Data::from_serde(&deep).unwrap_err().to_string().contains("200 levels"));
}

#[test]
fn the_view_as_json_follows_its_rule() {
    let TimeReading::Time(time) = Time::read("02:15:10 PM") else { panic!() };
    let data = Data::Map(vec![
        (Data::from("decimal"), Data::Decimal(Decimal::parse("-9.90").unwrap())),
        (Data::from("when"), date("31-Jan-2026 10:00:00", "Europe/Dublin").into()),
        (Data::from("summer"), date("31-Jul-2026 10:00:00", "Europe/Dublin").into()),
        (Data::from("day"), date("31-Jan-2026", "Asia/Kolkata").into()),
        (Data::from("time"), time.into()),
        (Data::from("file"), File::named("a.txt", "hello").into()),
        (Data::Number(1), Data::Braces),
        (Data::from("many"), Data::Elements(vec![Data::Null])),
    ]);
    let expected = concat!(
        r#"{"decimal":-9.90,"when":"2026-01-31T10:00:00+00:00","summer":"2026-07-31T10:00:00+01:00","#,
        r#""day":"2026-01-31","time":"02:15:10 PM","file":{"name":"a.txt","type":"text/plain","size":5},"1":{},"many":[null]}"#
    );
    assert_eq!(serde_json::to_string(&data).unwrap(), expected);
    assert_eq!(serde_json::Value::from(&data).to_string(), expected);
    assert_eq!(serde_json::to_value(&data).unwrap(), serde_json::Value::from(data));

    #[derive(Deserialize)]
    struct Dates {
        when: DateTime,
        day: DateTime,
        time: Time,
        decimal: Decimal,
    }
    let dates: Dates = serde_json::from_str(expected).unwrap();
    assert_eq!(dates.when, date("31-Jan-2026 10:00:00", "Europe/Dublin"));
    assert_eq!((dates.day.print(), dates.decimal.to_string()), ("31-Jan-2026".to_owned(), "-9.90".to_owned()));
    assert_eq!(dates.time.print(), "02:15:10 PM");
    assert!(serde_json::from_str::<File>(r#"{"name":"a"}"#).unwrap_err().to_string().contains("expected a FILE"));
    assert!(serde_json::from_str::<DateTime>(r#""soon""#).unwrap_err().to_string().contains("expected a date"));
}

#[test]
fn numbers_keep_their_digits_through_serde_json() {
    for text in ["9.90", "-0.5", "12345678901234567890", "1e400", "0.10", "7", "1.5e3", "79228162514264337593543950335"]
    {
        let ours = Data::from_json(text).unwrap();
        let json: serde_json::Value = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::from_str::<Data>(text).unwrap(), ours, "{text}");
        assert_eq!(Data::from(json.clone()), ours, "{text}");
        assert_eq!(Data::from_serde(&json).unwrap(), ours, "{text}");
        assert_eq!(serde_json::to_string(&ours).unwrap(), ours.to_json().unwrap(), "{text}");
    }
}

#[test]
fn a_division_that_goes_up_fits_whole_numbers() {
    let five = Data::Decimal(Decimal::parse("5.00").unwrap());
    assert_eq!(five.to_serde::<u8>().unwrap(), 5);
    assert_eq!(five.as_i64(), Some(5));
    assert_eq!(data!({"kind": "A", "n": (Decimal::from(5))}).to_serde::<Inner>().unwrap(), Inner::A { n: 5 });
    let keys: HashMap<i64, String> = data!({"1": "a", (2): "b"}).to_serde().unwrap();
    assert_eq!(keys, [(1, "a".to_owned()), (2, "b".to_owned())].into());
    let keys: BTreeMap<String, bool> =
        Data::Map(vec![(1.into(), true.into()), (false.into(), false.into())]).to_serde().unwrap();
    assert_eq!(keys, [("1".to_owned(), true), ("false".to_owned(), false)].into());
}

fn any_data() -> impl Strategy<Value = Data> {
    let leaf = prop_oneof![
        Just(Data::Null),
        any::<bool>().prop_map(Data::from),
        any::<i64>().prop_map(Data::from),
        (any::<i64>(), 0..20_u32)
            .prop_map(|(digits, scale)| { Data::Decimal(Decimal::parse(&format!("{digits}e-{scale}")).unwrap()) }),
        ".{0,6}".prop_map(Data::Text),
        (-60_000_000_000_i64..200_000_000_000)
            .prop_map(|second| { Data::from(jiff::Timestamp::from_second(second).unwrap()) }),
        (0..86_400_i64, any::<bool>()).prop_map(|(second, half)| Data::Time(Time::at(second, half).unwrap())),
        any::<Vec<u8>>().prop_map(|bytes| Data::from(File::named("f.bin", bytes))),
        Just(Data::Braces),
    ];
    leaf.prop_recursive(4, 40, 5, |inner| {
        let items = prop::collection::vec(inner.clone(), 0..5);
        let pairs = prop::collection::vec((inner.clone(), inner), 0..5);
        prop_oneof![
            (items.clone(), any::<bool>()).prop_map(|(items, from_json)| Data::List { items, from_json }),
            items.prop_map(Data::Elements),
            pairs.clone().prop_map(Data::Map),
            pairs.prop_map(Data::Pairs),
        ]
    })
}

proptest! {
    /// Also what equality does not see: the debug form tells lists of JSON and others apart.
    #[test]
    fn data_inside_rust_types_passes_unharmed(data in any_data()) {
        #[derive(Serialize, Deserialize)]
        struct Holder { before: u8, held: Data, list: Vec<Option<Data>> }
        let holder = Holder { before: 1, held: data.clone(), list: vec![Some(data.clone()), Some(data.clone())] };
        let back: Holder = Data::from_serde(&holder).unwrap().to_serde().unwrap();
        prop_assert_eq!(format!("{:?}", back.held), format!("{data:?}"));
        prop_assert_eq!(format!("{:?}", Data::from_serde(&data).unwrap()), format!("{data:?}"));
        prop_assert_eq!(back.list.len(), 2);
    }

    #[test]
    fn both_ways_to_json_agree_and_can_be_read(data in any_data()) {
        let text = serde_json::to_string(&data).unwrap();
        let read: serde_json::Value = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(&read, &serde_json::Value::from(&data));
        prop_assert_eq!(&Data::from(read), &serde_json::from_str::<Data>(&text).unwrap());
    }

    #[test]
    fn json_is_read_as_from_json_reads_it(data in any_data()) {
        let text = serde_json::to_string(&data).unwrap();
        let ours = Data::from_json(&text).unwrap();
        prop_assert_eq!(&serde_json::from_str::<Data>(&text).unwrap(), &ours);
    }

    #[test]
    fn numbers_of_every_size_come_back(whole in any::<i64>(), large in any::<u64>(), float in -1e15..1e15, wide in -(1_i128 << 95)..(1_i128 << 95)) {
        prop_assert_eq!(Data::from_serde(&whole).unwrap().to_serde::<i64>().unwrap(), whole);
        prop_assert_eq!(Data::from_serde(&large).unwrap().to_serde::<u64>().unwrap(), large);
        prop_assert_eq!(Data::from_serde(&float).unwrap().to_serde::<f64>().unwrap(), float);
        prop_assert_eq!(Data::from_serde(&wide).unwrap().to_serde::<i128>().unwrap(), wide);
    }

    /// Whatever it is, asking for a type that it is not is an error and nothing worse.
    #[test]
    fn no_data_does_harm(data in any_data()) {
        let _ = data.to_serde::<Order>();
        let _ = data.to_serde::<Vec<Shape>>();
        let _ = data.to_serde::<BTreeMap<String, Either>>();
        let _ = data.to_serde::<serde_json::Value>();
        let _ = data.to_string();
    }
}
