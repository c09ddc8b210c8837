//! Every task takes every kind of argument without a panic.

use super::*;
use crate::value::{Aggregate, Caught, Decimal, Map};

fn odd_values() -> Vec<Value> {
    let deep = (0..1_000).fold(Value::list(vec![]), |inner, _| Value::list(vec![inner]));
    let cycle = Aggregate::map(Map::default());
    cycle.map_mut().unwrap().insert("self".into(), Value::Aggregate(cycle.clone()));
    let any_key = Value::map([(crate::value::Key::new(&7.into()).unwrap(), Value::Null)].into_iter().collect());
    let caught = Caught { message: "m".into(), line: 1, code: "run::x".into(), thrown: Value::Null };
    vec![
        Value::Null,
        true.into(),
        i64::MIN.into(),
        Value::decimal(Decimal::parse("-0.5").unwrap()),
        "".into(),
        "https://a.test/?".into(),
        "\r\n\0\u{202e}é".into(),
        "x".repeat(100_000).into(),
        Value::list(vec![Value::Null, "a".into()]),
        of_json(r#"{"connection":{"a":1},"trigger":{"b":[]},"":[],"paramName":null,"a\r\nb":"c"}"#),
        any_key,
        Value::Aggregate(Aggregate::braces()),
        deep,
        Value::Aggregate(cycle),
        file("../\u{0}", b"\xff"),
        Value::Caught(Shared::new(caught)),
    ]
}

fn odd_replies() -> Vec<Reply> {
    vec![
        answer(204, &[], ""),
        answer(200, &[("content-type", "application/json")], r#"{"data":"x"}"#),
        answer(
            200,
            &[("content-type", ";;;"), ("content-disposition", "attachment; filename*=x; =;\"")],
            "{\"data\":[1]}",
        ),
        answer(599, &[("content-disposition", "é\u{301}ttachment")], &b"\xff\x00"[..]),
        no_answer(),
        Reply::Value(crate::value::Data::Null),
    ]
}

#[test]
fn nothing_panics_whatever_stands_where() {
    let environment = Environment::default();
    let mut prepared = 0;
    for task in crate::tasks::load() {
        let (least, most) = task.arity();
        for value in odd_values() {
            for count in [0, least, most, most + 3] {
                let slots: Vec<u16> = (0..count as u16).collect();
                for reply in odd_replies() {
                    let values = vec![value.clone(); count];
                    if let Ok(ready) = prepare_any(&environment, &task, &slots, &values) {
                        prepared += 1;
                        if let Err(failure) = finish(ready, reply) {
                            assert_ne!(failure.report().code, "run::internal", "{failure:?}");
                        }
                    } else {
                        break;
                    }
                }
            }
        }
    }
    assert!(prepared > 0);
}

#[test]
fn each_attribute_takes_any_value_without_a_panic() {
    let task = task("invokeurl");
    let Form::Bracket(attributes) = &task.form else { panic!("invokeurl is a bracket task") };
    for attribute in *attributes {
        for value in odd_values() {
            for kind in ["GET", "POST"] {
                let all = [("url", "https://a.test/".into()), ("type", kind.into()), (attribute.name, value.clone())];
                let skip = if matches!(attribute.name, "url" | "type") { 1 } else { 0 };
                for reply in odd_replies() {
                    match invoke(all.get(skip * 2..).unwrap()) {
                        Ok((_, ready)) => drop(finish(ready, reply)),
                        Err(failure) => assert!(failure.report().help.as_deref() != Some("")),
                    }
                }
            }
        }
    }
}

#[test]
fn a_driver_that_answers_with_the_wrong_thing_is_named() {
    let (_, ready) = invoke(&[("url", "https://a.test/".into())]).unwrap();
    let result = finish(ready, Reply::Value(crate::value::Data::Null));
    assert_eq!(code(result), "run::wrong-reply");
}
