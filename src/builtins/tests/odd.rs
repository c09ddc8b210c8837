//! What nobody means to pass: loops, nulls, the ends of ranges, sizes beyond every limit.

use super::{LARGEST, decimal, parsed, perform, rows, run, shows};
use std::sync::Arc;

use crate::value::{Aggregate, Caught, Contents, DateTime, Element, File, Shared, Time, Value};

/// Values that are easily forgotten. New ones each time, since bodies change them.
fn odd_values() -> Vec<Value> {
    let loops = Aggregate::list(vec![1.into()]);
    loops.list_mut().unwrap().push(Value::Aggregate(loops.clone()));
    let map_loop = Aggregate::map(Default::default());
    map_loop.map_mut().unwrap().insert("self".into(), Value::Aggregate(map_loop.clone()));
    let collection_loop = Aggregate::collection(Contents::Braces);
    collection_loop.map_mut().unwrap().insert("self".into(), Value::Aggregate(collection_loop.clone()));
    let Value::Aggregate(object) = parsed(r#"{"b":2,"a":[1]}"#) else { panic!("an object") };
    let pairs = object.borrow().clone();
    let typed = Aggregate::typed_list(Element::Number);
    typed.list_mut().unwrap().push(3.into());
    let file = File::new("a.txt", "text/plain", "é");
    let date = |text: &str| Value::date(DateTime::read(text, &Arc::default()).unwrap());
    let caught = Caught { message: "no".into(), line: 3, code: "run::index".into(), thrown: Value::Null };
    let mut values: Vec<Value> = vec![
        Value::Null,
        true.into(),
        0.into(),
        (-1).into(),
        2.into(),
        i64::MIN.into(),
        i64::MAX.into(),
        decimal("-0.5"),
        decimal("79228162514264337593543950335"),
        decimal("0.0000000000000000000000000001"),
        Value::list(vec![]),
        Value::list(vec!["a".into(), 1.into(), Value::Null]),
        Value::Aggregate(loops),
        Value::Aggregate(map_loop),
        Value::Aggregate(collection_loop),
        Value::collection(Contents::Braces),
        Value::collection(Contents::List(vec![2.into(), "b".into(), Value::Null])),
        Value::collection(pairs),
        Value::Aggregate(typed),
        Value::Aggregate(Aggregate::braces()),
        parsed("[3,1,2]"),
        parsed(r#"{"a":{"b":[1]},"":null}"#),
        Value::file(file),
        Value::file(File::new("", "", "PK\u{5}\u{6}")),
        Value::Time(Time::at(86_399, false).unwrap()),
        Value::Time(Time::at(0, true).unwrap()),
        date("29-Feb-2020"),
        date("31-Dec-9999 23:59:59"),
        Value::Caught(Shared::new(caught)),
    ];
    let texts = [
        "",
        " ",
        "é日本🎉",
        "ß",
        "a,b,,c",
        "$1\\",
        "(a*)*b",
        "[",
        "{a:1}",
        "[1,2]",
        "99999999999999999999",
        "-1",
        "true",
    ];
    values.extend(texts.map(Value::from));
    values
}

#[test]
fn odd_arguments_never_panic() {
    let mut step = 0_usize;
    for row in rows() {
        let (fewest, most) = row.arity();
        for given in fewest..=most {
            let slots: Vec<_> = (!row.on.is_empty())
                .then_some(row.on)
                .into_iter()
                .chain(row.parameters.iter().take(given).map(|parameter| parameter.kinds))
                .collect();
            let odd = odd_values().len();
            let combinations = odd.pow(slots.len() as u32);
            // All combinations of few arguments, a spread of those of many.
            let stride = (combinations / 2_000).max(1);
            let stride = if stride > 1 { stride | 1 } else { 1 };
            let mut number = 0;
            while number < combinations {
                let pool = odd_values();
                let mut rest = number;
                let values: Vec<Value> = slots
                    .iter()
                    .filter_map(|kinds| {
                        let value = pool[rest % odd].clone();
                        rest /= odd;
                        kinds.has(value.kind()).then_some(value)
                    })
                    .collect();
                if values.len() == slots.len() {
                    let result = perform(row, &values);
                    if let Err(failure) = &result {
                        assert_ne!(failure.report().code, "run::internal", "{}", row.name);
                    }
                    step += 1;
                }
                number += stride;
            }
        }
    }
    assert!(step > 10_000, "only {step} calls");
}

#[test]
fn nothing_grows_beyond_the_limit_and_no_try_catches_that() {
    let long = "x".repeat(LARGEST / 2 + 1);
    let too_large = |name: &str, values: &[Value]| {
        let report = run(name, values).unwrap_err().into_report();
        assert_eq!((report.code.as_str(), report.catchable), ("limits::size", false), "{name}");
    };
    too_large("repeat", &["ab".into(), i64::MAX.into()]);
    too_large("leftpad", &["ab".into(), i64::MAX.into()]);
    too_large("concat", &[long.as_str().into(), long.as_str().into()]);
    too_large("replaceAll", &[long.as_str().into(), "x".into(), "yyy".into()]);
    too_large("replaceAll", &[long.as_str().into(), "x".into(), "yyy".into(), true.into()]);
    too_large("toList", &[",".repeat(LARGEST).into()]);
    let full = Value::list(vec![Value::Null; LARGEST]);
    too_large("add", &[full.clone(), 1.into()]);
    too_large("addAll", &[full.clone(), full]);
    assert_eq!(shows("repeat", &["".into(), i64::MAX.into()]), "");
}
