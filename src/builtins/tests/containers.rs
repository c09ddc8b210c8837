//! Lists, maps and what is read into them.

use super::{decimal, list, parsed, run, shows};
use crate::value::{Aggregate, Value};

#[test]
fn null_blank_and_empty_follow_the_pages() {
    let all =
        |value: Value| ["isNull", "isBlank", "isEmpty"].map(|name| shows(name, std::slice::from_ref(&value))).join(" ");
    assert_eq!(all(" ".into()), "false true true");
    assert_eq!(all("".into()), "true true true");
    assert_eq!(all(Value::Null), "true true null");
    assert_eq!(all(Value::Aggregate(Aggregate::braces())), "false true true");
    assert_eq!(all(list(&[""])), "false false false");
    assert_eq!(all(parsed(r#"{"":""}"#)), "false false false");
    assert_eq!(all(0.into()), "false false false");
    assert_eq!(shows("ifnull", &[Value::Null, "y".into()]), "y");
    assert_eq!(shows("ifnull", &["".into(), "y".into()]), "");
}

#[test]
fn texts_become_lists() {
    let size = |name: &str, values: &[Value]| shows("size", &[run(name, values).unwrap()]);
    assert_eq!(size("toList", &["a,,b,".into()]), "4");
    assert_eq!(size("toList", &["".into()]), "1");
    assert_eq!(size("toList", &["abc".into(), ";".into()]), "1");
    assert_eq!(size("toList", &["日本".into(), "".into()]), "2");
    assert_eq!(size("toList", &[r#"[{"id":1},{"id":2}]"#.into()]), "2");
    assert_eq!(size("toList", &["[1,2".into()]), "2");
    assert_eq!(size("List", &["a,,b".into()]), "3");
    assert_eq!(shows("toList", &["[1, 2]".into()]), "[1,2]");
    assert_eq!(shows("toJSONList", &["[1, 2]".into()]), "1,2");
    assert_eq!(shows("toJSONList", &["{a:1}".into()]), "run::invalid-json");
    assert_eq!(shows("toString", &[list(&["a", "b"]), "; ".into()]), "a; b");
}

#[test]
fn json_is_read_leniently_and_arrays_stay_json_until_made_lists() {
    let text: Value = "{Name:'Lia Shelton', OrderNo:[343,443,577]}".into();
    let array = run("getJSON", &[text.clone(), "OrderNo".into()]).unwrap();
    assert_eq!(array.print().unwrap(), "[343,443,577]");
    assert_eq!(shows("toJSONList", &[array]), "343,443,577");
    assert_eq!(shows("getJSON", &[text, "zz".into()]), "null");
    assert_eq!(shows("getJSON", &["[1]".into(), "a".into()]), "run::invalid-json");
    assert_eq!(shows("toMap", &["[1]".into()]), "run::invalid-json");
    assert_eq!(shows("toMap", &["".into()]), "run::invalid-json");
    let failure = run("toMap", &["plain words".into()]).unwrap_err();
    assert_eq!(failure.report().message, "Invalid JSON Format String");
}

#[test]
fn sorting_keeps_to_one_kind() {
    assert_eq!(shows("sort", &[list(&["b", "_x", "#x", "B"])]), "#x,B,_x,b");
    assert_eq!(shows("sort", &[list(&["Creator", "crm", "Zoho"]), true.into()]), "Creator,Zoho,crm");
    let numbers = Value::list(vec![10.into(), decimal("9.5"), 100.into()]);
    assert_eq!(shows("sort", &[numbers.clone(), false.into()]), "100,10,9.5");
    assert_eq!(numbers.print().unwrap(), "100,10,9.5");
    let mixed = Value::list(vec![2.into(), "a".into(), 1.into()]);
    assert_eq!(shows("sort", std::slice::from_ref(&mixed)), "null");
    assert_eq!(mixed.print().unwrap(), "2,a,1");
    assert_eq!(shows("sort", &[Value::list(vec![list(&["a"])])]), "null");
}

#[test]
fn a_list_may_be_given_to_itself() {
    let numbers = || Value::list(vec![1.into(), 2.into()]);
    let both = |name: &str| {
        let list = numbers();
        run(name, &[list.clone(), list.clone()]).unwrap();
        shows("size", &[list])
    };
    assert_eq!(both("addAll"), "4");
    assert_eq!(both("add"), "3");
    assert_eq!(both("removeAll"), "0");
    let map = parsed(r#"{"k":1}"#);
    run("putAll", &[map.clone(), map.clone()]).unwrap();
    run("put", &[map.clone(), map.clone(), map.clone()]).unwrap();
    assert_eq!(shows("size", std::slice::from_ref(&map)), "2");
    assert_eq!(run("keys", &[map]).unwrap().print().unwrap(), r#"k,{"k":1}"#);
}

#[test]
fn equal_elements_are_found_whatever_their_form() {
    let items = vec![
        1.into(),
        decimal("1.0"),
        "1".into(),
        parsed(r#"{"a":1,"b":[2]}"#),
        parsed(r#"{"b":[2],"a":1}"#),
        Value::list(vec![]),
        Value::Aggregate(Aggregate::braces()),
        Value::Null,
        Value::Null,
    ];
    assert_eq!(shows("size", &[run("distinct", &[Value::list(items)]).unwrap()]), "5");
    let many: Vec<Value> = (0..200_000).map(|n| Value::from(n % 1_000)).collect();
    assert_eq!(shows("size", &[run("distinct", &[Value::list(many)]).unwrap()]), "1000");
    assert_eq!(shows("intersect", &[list(&["a", "b", "a"]), list(&["a"])]), "a,a");
}

#[test]
fn typed_lists_convert_or_refuse() {
    let add = |kind: &str, value: Value| {
        let list = run(kind, &[]).unwrap();
        match run("add", &[list.clone(), value]) {
            Ok(_) => shows("get", &[list, 0.into()]),
            Err(failure) => failure.into_report().code,
        }
    };
    assert_eq!(add("List:String", true.into()), "true");
    assert_eq!(add("List:String", list(&[])), "run::argument-type");
    assert_eq!(add("List:Int", " 7 ".into()), "7");
    assert_eq!(add("List:Int", decimal("7.0")), "7");
    assert_eq!(add("List:Int", decimal("7.5")), "run::argument-type");
    assert_eq!(add("List:Int", decimal("79228162514264337593543950335")), "run::argument-type");
    assert_eq!(add("List:Float", 7.into()), "7");
    assert_eq!(add("List:Bool", "FALSE".into()), "false");
    assert_eq!(add("List:Bool", "no".into()), "run::argument-type");
    let texts = run("List:String", &[]).unwrap();
    run("addAll", &[texts.clone(), Value::list(vec![1.into(), 2.into()])]).unwrap();
    assert_eq!(shows("contains", &[texts, "2".into()]), "true");
}

#[test]
fn indexes_outside_name_the_index() {
    let letters = list(&["a", "b", "c"]);
    assert_eq!(shows("get", &[letters.clone(), "1".into()]), "b");
    assert_eq!(shows("get", &[letters.clone(), (-1).into()]), "run::index");
    assert_eq!(shows("subList", &[letters.clone(), 3.into()]), "");
    assert_eq!(shows("subList", &[letters.clone(), 2.into(), 1.into()]), "run::index");
    assert_eq!(shows("get", &[Value::Aggregate(Aggregate::braces()), 0.into()]), "run::index");
    let failure = run("get", &[letters, 10.into()]).unwrap_err();
    assert_eq!(failure.report().message, "Given index 10 is greater than the list size");
}

#[test]
fn maps_keep_order_and_strict_keys() {
    let map = parsed(r#"{"a":1,"b":2,"c":3}"#);
    assert_eq!(shows("remove", &[map.clone(), "a".into()]), "1");
    run("put", &[map.clone(), "b".into(), 5.into()]).unwrap();
    run("put", &[map.clone(), 1.into(), "one".into()]).unwrap();
    assert_eq!(map.print().unwrap(), r#"{"b":5,"c":3,"1":"one"}"#);
    assert_eq!(shows("get", &[map.clone(), "1".into()]), "null");
    assert_eq!(shows("containsKey", &[map.clone(), 1.into()]), "true");
    assert_eq!(shows("remove", &[map, "zz".into()]), "null");
}

#[test]
fn dates_are_sorted_in_time() {
    let settings = std::sync::Arc::default();
    let date = |text: &str| Value::date(crate::value::DateTime::read(text, &settings).unwrap());
    let dates = Value::list(vec![date("02-Jan-2020 01:00:00"), date("01-Feb-2019"), date("02-Jan-2020")]);
    assert_eq!(shows("sort", &[dates]), "01-Feb-2019,02-Jan-2020,02-Jan-2020 01:00:00");
}
