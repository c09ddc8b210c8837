//! Collections: their two kinds, and properties of what sorts, selects and deletes, against simple models.

use proptest::prelude::*;

use super::{parsed, run, shows};
use crate::value::{Aggregate, Contents, Data, Kind, Value};

fn elements(items: Vec<Value>) -> Value {
    Value::collection(Contents::List(items))
}

fn pairs(json: &str) -> Value {
    run("toCollection", &[parsed(json)]).unwrap()
}

fn gathered(items: &[i64]) -> Value {
    Value::list(items.iter().map(|item| Value::from(*item)).collect())
}

#[test]
fn the_first_contents_decide_what_a_collection_is_until_it_is_empty() {
    let collection = Value::collection(Contents::Braces);
    let same = collection.clone();
    run("insert", &[collection.clone(), gathered(&[1, 2])]).unwrap();
    assert_eq!(same.print().unwrap(), "1,2");
    let pair = parsed(r#"{"k":1}"#);
    let failure = run("insert", &[collection.clone(), pair.clone()]).unwrap_err();
    assert_eq!(failure.report().code, "run::collection-kind");
    assert!(failure.report().catchable);
    run("deleteAll", &[collection.clone(), gathered(&[2, 1])]).unwrap();
    assert_eq!((same.print().unwrap().as_str(), same.kind()), ("{}", Kind::Collection));
    run("insertAll", &[collection.clone(), pair]).unwrap();
    assert_eq!(same.print().unwrap(), r#"{"k":1}"#);
    assert_eq!(shows("insert", &[collection.clone(), gathered(&[1])]), "run::collection-kind");
    run("delete", &[collection.clone(), 1.into()]).unwrap();
    run("update", &[collection, "z".into(), 9.into()]).unwrap();
    assert_eq!(same.print().unwrap(), r#"{"z":9}"#);
}

#[test]
fn positions_outside_have_the_documented_texts() {
    let letters = || elements(vec!["a".into(), "b".into()]);
    let message = |name: &str, rest: &[Value]| {
        let values: Vec<Value> = std::iter::once(letters()).chain(rest.iter().cloned()).collect();
        run(name, &values).unwrap_err().into_report().message
    };
    assert_eq!(message("get", &[2.into()]), "Given index 2 is greater than the list size");
    let bounds = "Given string is lesser than the applied boundary, so index out of bounds exception arisen";
    assert_eq!(message("update", &[2.into(), "z".into()]), bounds);
    assert_eq!(message("deleteKey", &[(-1).into()]), bounds);
    assert_eq!(message("deleteKeys", &[gathered(&[0, 2])]), bounds);
    assert_eq!(message("duplicate", &[0.into(), 3.into()]), bounds);
    assert_eq!(message("duplicate", &[2.into(), 1.into()]), bounds);
    assert_eq!(message("get", &["x".into()]), "'TEXT' can not be cast to '[BIGINT]' for the function 'get'");
    assert_eq!(shows("get", &[Value::collection(Contents::Braces), 0.into()]), "run::index");
    assert_eq!(shows("get", &[Value::collection(Contents::Braces), "k".into()]), "null");
}

#[test]
fn texts_in_braces_become_collections() {
    let read = |text: &str| shows("toCollection", &[text.into()]);
    assert_eq!(read("{company, Zoho, product, Deluge}"), "company,Zoho,product,Deluge");
    assert_eq!(read(r#"{"a":{"b":[1]},c:'d'}"#), r#"{"a":{"b":[1]},"c":"d"}"#);
    assert_eq!(read("[[1,2],{a:1}]"), r#"[1,2],{"a":1}"#);
    assert_eq!(read("{a, http://b}"), "a,http://b");
    assert_eq!((read("{}").as_str(), read("[]").as_str()), ("{}", "{}"));
    for broken in ["", "{", "a,b", "{a:1", "5", "{a,}b"] {
        assert_eq!(read(broken), "run::invalid-json", "{broken}");
    }
}

#[test]
fn a_collection_may_be_given_to_itself() {
    let collection = elements(vec![1.into(), 2.into()]);
    run("insertAll", &[collection.clone(), collection.clone()]).unwrap();
    assert_eq!(collection.print().unwrap(), "1,2,1,2");
    run("insert", &[collection.clone(), Value::list(vec![collection.clone()])]).unwrap();
    assert_eq!(collection.print().unwrap_err().report().code, "run::nested-too-deep");
    assert_eq!(shows("getKey", &[collection.clone(), collection.clone()]), "4");
    run("deleteAll", &[collection.clone(), collection.clone()]).unwrap();
    assert_eq!(shows("size", &[collection]), "0");
    let map = pairs(r#"{"k":1}"#);
    run("update", &[map.clone(), map.clone(), map.clone()]).unwrap();
    assert_eq!(shows("size", std::slice::from_ref(&map)), "2");
    run("clear", std::slice::from_ref(&map)).unwrap();
    assert_eq!(map.print().unwrap(), "{}");
}

#[test]
fn collections_equal_what_holds_the_same() {
    let list = gathered(&[1, 2]);
    let collection = elements(vec![1.into(), 2.into()]);
    assert!(collection.strictly_equals(&list) && list.strictly_equals(&collection));
    assert!(pairs(r#"{"a":1,"b":2}"#).strictly_equals(&parsed(r#"{"b":2,"a":1}"#)));
    assert!(!collection.strictly_equals(&pairs(r#"{"0":1,"1":2}"#)));
    assert!(Value::from(2).is_in(&collection).unwrap());
    assert!(Value::from(1).is_in(&pairs(r#"{"a":1}"#)).unwrap());
    assert!(collection.add(&"!".into()).unwrap().strictly_equals(&"1,2!".into()));
}

#[test]
fn the_size_limit_holds() {
    let many = Value::list(vec![Value::Null; super::LARGEST]);
    let collection = Value::collection(Contents::Braces);
    run("insertAll", &[collection.clone(), many]).unwrap();
    let failure = run("insert", &[collection, gathered(&[1])]).unwrap_err();
    assert_eq!((failure.report().code.as_str(), failure.report().catchable), ("limits::size", false));
}

/// Scalars of every kind that has an order and some that have none, few enough to be equal often.
fn scalar() -> impl Strategy<Value = Data> {
    prop_oneof![
        (-3i64..4).prop_map(Data::from),
        prop::sample::select(vec!["", "a", "B", "b", "1", "_", "é"]).prop_map(Data::from),
        any::<bool>().prop_map(Data::from),
        prop::sample::select(vec!["-1.5", "1.0", "2.50"])
            .prop_map(|digits| Data::Decimal(crate::value::Decimal::parse(digits).unwrap())),
        Just(Data::Null),
    ]
}

/// Lists of one type, and of several.
fn scalars() -> impl Strategy<Value = Vec<Data>> {
    let numbers = prop::collection::vec((-9i64..9).prop_map(Data::from), 0..12);
    let texts = prop::collection::vec("[ -~é]{0,3}".prop_map(Data::from), 0..12);
    prop_oneof![numbers, texts, prop::collection::vec(scalar(), 0..8)]
}

/// Anything that a script can build, collections included.
fn nested() -> impl Strategy<Value = Data> {
    scalar().prop_recursive(4, 40, 5, |inner| {
        let pairs = || prop::collection::btree_map("[a-c]{1,2}", inner.clone(), 1..4);
        let texts = |pairs: std::collections::BTreeMap<String, Data>| {
            pairs.into_iter().map(|(key, value)| (Data::from(key), value)).collect::<Vec<_>>()
        };
        prop_oneof![
            (prop::collection::vec(inner.clone(), 0..4), any::<bool>())
                .prop_map(|(items, from_json)| Data::List { items, from_json }),
            prop::collection::vec(inner.clone(), 0..4).prop_map(Data::Elements),
            pairs().prop_map(move |pairs| Data::Map(texts(pairs))),
            pairs().prop_map(move |pairs| Data::Pairs(texts(pairs))),
            Just(Data::Braces),
        ]
    })
}

fn values(data: &[Data]) -> Vec<Value> {
    data.iter().map(Data::to_value).collect()
}

fn items(value: &Value) -> Vec<Value> {
    let Value::Aggregate(aggregate) = value else { panic!("{value:?}") };
    aggregate.items().unwrap()
}

fn same(left: &[Value], right: &[Value]) -> bool {
    left.len() == right.len() && left.iter().zip(right).all(|(a, b)| a.strictly_equals(b))
}

fn has(list: &[Value], wanted: &Value) -> bool {
    list.iter().any(|item| item.strictly_equals(wanted))
}

/// The family of values that have an order among themselves.
fn family(value: &Value) -> u8 {
    match value {
        Value::Number(_) | Value::Decimal { .. } => 0,
        Value::Text(_) => 1,
        Value::Boolean(_) => 2,
        other => panic!("{other:?} has no order"),
    }
}

/// A collection of pairs with these values; its keys are the positions.
fn keyed(list: &[Value]) -> Value {
    let keyed = Aggregate::collection(Contents::Braces);
    for (at, value) in list.iter().enumerate() {
        keyed.map_mut().unwrap().insert(format!("{at:02}").as_str().into(), value.clone());
    }
    Value::Aggregate(keyed)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn sorting_is_a_total_order_or_changes_nothing(data in scalars(), ascending: bool) {
        let before = values(&data);
        let list = Value::list(before.clone());
        let result = run("sort", &[list.clone(), ascending.into()]).unwrap();
        let collection = elements(before.clone());
        run("sort", &[collection.clone(), ascending.into()]).unwrap();
        let pairs = keyed(&before);
        run("sort", &[pairs.clone(), ascending.into()]).unwrap();
        let after = items(&list);
        prop_assert!(same(&after, &items(&collection)) && same(&after, &items(&pairs)));

        let ordered = !before.iter().any(Value::is_null)
            && before.iter().all(|value| family(value) == family(&before[0]));
        prop_assert_eq!(result.is_null(), !ordered);
        if !ordered {
            prop_assert!(same(&before, &after));
            return Ok(());
        }
        for two in after.windows(2) {
            let order = two[0].order(&two[1]).unwrap();
            prop_assert!(if ascending { order.is_le() } else { order.is_ge() }, "{:?}", two);
        }
        let count = |list: &[Value], wanted: &Value| list.iter().filter(|item| item.strictly_equals(wanted)).count();
        prop_assert!(before.iter().all(|value| count(&before, value) == count(&after, value)));
    }

    #[test]
    fn selecting_and_deleting_agree_with_simple_models(left in scalars(), right in scalars()) {
        let (left, right) = (values(&left), values(&right));
        let mut distinct: Vec<Value> = Vec::new();
        left.iter().for_each(|value| if !has(&distinct, value) { distinct.push(value.clone()) });
        let common: Vec<Value> = left.iter().filter(|value| has(&right, value)).cloned().collect();
        let rest: Vec<Value> = left.iter().filter(|value| !has(&right, value)).cloned().collect();
        for collection in [elements(left.clone()), keyed(&left)] {
            prop_assert!(same(&distinct, &items(&run("distinct", std::slice::from_ref(&collection)).unwrap())));
            let other = elements(right.clone());
            prop_assert!(same(&common, &items(&run("intersect", &[collection.clone(), other.clone()]).unwrap())));
            run("deleteAll", &[collection.clone(), other]).unwrap();
            prop_assert!(same(&rest, &items(&collection)));
            let Value::Aggregate(aggregate) = &collection else { panic!("{collection:?}") };
            prop_assert_eq!(aggregate.size() == 0, matches!(&*aggregate.borrow(), Contents::Braces));
        }
    }

    #[test]
    fn positions_agree_with_slices(data in scalars(), start in 0usize..14, end in 0usize..14) {
        let list = values(&data);
        let at = |index: usize| Value::from(i64::try_from(index).unwrap());
        let part = run("duplicate", &[elements(list.clone()), at(start), at(end)]);
        match list.get(start..end) {
            Some(model) => prop_assert!(same(model, &items(&part.unwrap()))),
            None => prop_assert_eq!(part.unwrap_err().into_report().code, "run::index"),
        }
        let collection = elements(list.clone());
        let deleted = run("deleteKeys", &[collection.clone(), Value::list(vec![at(start), at(end), at(start)])]);
        if start < list.len() && end < list.len() {
            let kept = list.iter().enumerate().filter(|(index, _)| *index != start && *index != end);
            prop_assert!(same(&kept.map(|(_, value)| value.clone()).collect::<Vec<_>>(), &items(&collection)));
        } else {
            prop_assert_eq!(deleted.is_err(), !list.is_empty());
            prop_assert!(same(&list, &items(&collection)));
        }
    }

    #[test]
    fn everything_crosses_threads_as_it_is(data in nested()) {
        let value = data.to_value();
        let again = Data::from_value(&value).unwrap();
        prop_assert_eq!(&again, &data);
        prop_assert!(again.to_value().strictly_equals(&value));
        prop_assert_eq!(again.print().unwrap(), value.print().unwrap());
    }
}
