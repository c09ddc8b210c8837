//! Values: printing, JSON, arithmetic, equality, and what must neither leak nor overflow.
#![allow(clippy::unwrap_used, clippy::panic)]

use super::*;

fn printed(value: &Value) -> String {
    value.print().unwrap()
}

#[test]
fn a_value_is_sixteen_bytes_and_data_may_travel() {
    fn is_send<T: Send>() {}
    assert_eq!(size_of::<Value>(), 16);
    assert_eq!(size_of::<Result<Value, Failure>>(), 16);
    assert_eq!(size_of::<Option<Value>>(), 16);
    assert_eq!((size_of::<Text>(), size_of::<Aggregate>(), size_of::<Failure>()), (8, 8, 8));
    assert_eq!(size_of::<Key>(), 24);
    is_send::<Data>();
}

#[test]
fn lists_print_joined_and_json_inside_and_as_json_when_they_came_from_json() {
    let map = json::parse(r#"{"a":1}"#).unwrap();
    assert_eq!(printed(&Value::list(vec!["x".into(), 2.into()])), "x,2");
    assert_eq!(printed(&Value::list(vec![map.clone(), map])), r#"{"a":1},{"a":1}"#);
    assert_eq!(printed(&Value::list(vec![1.into(), Value::list(vec!["a".into()])])), r#"1,["a"]"#);
    assert_eq!(printed(&json::parse("[1,\"b\"]").unwrap()), "[1,\"b\"]");
}

#[test]
fn json_keeps_digits_order_and_long_ids() {
    let text = r#"{"z":4876876000000225001,"a":1.50,"m":{"t":"say \"hi\"\n","n":null},"l":[],"u":"\u00e9"}"#;
    let read = printed(&json::parse(text).unwrap());
    assert_eq!(read, text.replace("\\u00e9", "é"));
}

#[test]
fn json_numbers_beyond_decimal_and_halves_of_surrogates_lose_nothing_else() {
    let big =
        printed(&json::parse(r#"{"a":1e30,"b":123456789012345678901234567890,"c":1e-30,"d":0.0,"e":2}"#).unwrap());
    assert_eq!(big, r#"{"a":"1e+30","b":"123456789012345678901234567890","c":"1e-30","d":0.0,"e":2}"#);
    let half = printed(&json::parse_lenient(r#"{"a":"x\ud83dy","b":"\ud83d\ude00"}"#).unwrap());
    assert_eq!(half, "{\"a\":\"x\u{fffd}y\",\"b\":\"😀\"}");
}

#[test]
fn lenient_json_reads_bare_words_and_refuses_prose() {
    let read = |text: &str| json::parse_lenient(text).map(|value| printed(&value)).unwrap_or("refused".into());
    assert_eq!(read("{company:Zoho, product:'Creator',}"), r#"{"company":"Zoho","product":"Creator"}"#);
    assert_eq!(read("[a, {b:[1,-2.5]}, ]"), r#"["a",{"b":[1,-2.5]}]"#);
    for broken in ["", "hello", "{a:1", "{a}", "[1 2", "{a:1}}", "'x'"] {
        assert_eq!(read(broken), "refused", "{broken}");
    }
    assert_eq!(read(&"[".repeat(100_000)), "refused");
}

#[test]
fn decimals_are_exact_and_quotients_have_double_digits() {
    let decimal = |text: &str| Value::decimal(Decimal::parse(text).unwrap());
    assert_eq!(printed(&decimal("24.6").subtract(&24.into()).unwrap()), "0.6");
    assert_eq!(printed(&decimal("1.5").multiply(&2.into()).unwrap()), "3");
    assert_eq!(printed(&Value::from(12).divide(&decimal("365.0")).unwrap()), "0.03287671232876712");
    assert_eq!(printed(&Value::from(5).divide(&5.into()).unwrap()), "1");
    assert_eq!(printed(&decimal("15.50")), "15.50");
}

#[test]
fn arithmetic_beyond_64_bits_and_on_null_fails_with_a_code() {
    let code = |result: Result<Value, Failure>| result.unwrap_err().into_report().code;
    assert_eq!(code(Value::from(i64::MAX).add(&1.into())), "run::overflow");
    assert_eq!(code(Value::Null.add(&1.into())), "run::null-operand");
    assert_eq!(code(Value::from(1).divide(&0.into())), "run::divide-by-zero");
    assert_eq!(code(Value::from("5").multiply(&2.into())), "run::operand-types");
    assert_eq!(printed(&Value::from(i64::MIN).remainder(&(-1).into()).unwrap()), "0");
}

#[test]
fn equality_is_loose_for_the_operator_only() {
    assert!(Value::from(200).loosely_equals(&"200".into()).unwrap());
    assert!(!Value::from(200).strictly_equals(&"200".into()));
    let list = Value::list(vec!["a".into(), "b".into()]);
    assert!(list.loosely_equals(&"a".into()).unwrap());
    assert!(!list.strictly_equals(&"a".into()));
}

#[test]
fn a_million_nested_lists_are_freed_and_refuse_to_print() {
    let mut list = Value::list(vec![]);
    for _ in 0..1_000_000 {
        list = Value::list(vec![list]);
    }
    assert_eq!(list.print().unwrap_err().report().code, "run::nested-too-deep");
    assert!(Data::from_value(&list).is_err());
    drop(list);
}

#[test]
fn a_cycle_is_broken_at_the_end_of_the_run() {
    let list = Aggregate::list(vec![]);
    let value = Value::Aggregate(list.clone());
    list.list_mut().unwrap().push(value.clone());
    assert!(value.print().is_err());
    assert!(value.strictly_equals(&value));
    let mut cycles = Cycles::default();
    cycles.stored(&list, &value);
    drop(value);
    cycles.break_all();
    assert_eq!(list.size(), 0);
}

#[test]
fn braces_become_what_is_first_done_to_them_for_every_holder() {
    let braces = Aggregate::braces();
    let other = braces.clone();
    braces.map_mut().unwrap().insert("a".into(), 1.into());
    assert_eq!(other.kind(), Kind::Map);
    assert!(other.list_mut().is_none());
}

#[test]
fn text_grows_in_place_and_counts_characters() {
    let mut text = Text::new("é");
    let copy = text.clone();
    text.append(2, 100, |out| {
        out.push_str("ab");
        Ok(())
    })
    .unwrap();
    assert_eq!((text.as_str(), text.length(), copy.as_str()), ("éab", 3, "é"));
    assert_eq!((text.offset(1), text.offset(3), text.offset(4)), (Some(2), Some(4), None));
}

#[test]
fn a_growing_text_keeps_its_count_and_is_as_before_after_an_error() {
    let mut text = Text::new("é".repeat(30));
    assert_eq!(text.length(), 30);
    for more in ["a", "", "日本"] {
        let add = |out: &mut compact_str::CompactString| {
            out.push_str(more);
            Ok(())
        };
        text.append(more.len(), usize::MAX, add).unwrap();
        assert_eq!(text.length(), text.as_str().chars().count());
    }
    let before = text.as_str().to_owned();
    let fails = |out: &mut compact_str::CompactString| {
        out.push_str("lost");
        Err(Failure::too_large())
    };
    for mut text in [text.clone(), Text::new(before.as_str())] {
        assert!(text.append(4, usize::MAX, fails).is_err());
        assert_eq!((text.as_str(), text.length()), (before.as_str(), 33));
    }
}

#[test]
fn keys_of_numbers_texts_and_decimals_are_three_keys() {
    assert_eq!(size_of::<Key>(), 24);
    let decimal = Value::decimal(Decimal::parse("1").unwrap());
    let keys = [Value::Number(1), Value::from("1"), decimal.clone(), Value::Boolean(true), Value::Null];
    let map: Map = keys.iter().zip(0..).map(|(key, at)| (Key::new(key).unwrap(), Value::Number(at))).collect();
    assert_eq!(map.len(), 5);
    for (key, at) in keys.iter().zip(0..) {
        assert!(matches!(map.get(&Key::new(key).unwrap()), Some(Value::Number(found)) if *found == at));
        assert!(Key::new(key).unwrap().to_value().strictly_equals(key));
    }
}

#[test]
fn what_is_small_but_would_print_for_ever_is_refused() {
    let text = Value::text("x".repeat(1_000_000));
    let wide = Value::list(vec![text; 2_000]);
    for value in [wide.clone(), Value::list(vec![wide])] {
        assert_eq!(value.print().unwrap_err().report().code, "run::value-too-large");
        assert_eq!(Data::from_value(&value).unwrap_err().report().code, "run::value-too-large");
    }
}
