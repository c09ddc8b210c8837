//! The map beside one of another crate, step by step, and removing pair after pair.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use indexmap::IndexMap;
use proptest::collection::vec;
use proptest::prelude::*;

use super::*;
use crate::value::TextKey;

/// What a test does to both maps.
#[derive(Clone, Debug)]
enum Step {
    Insert(u8, i64),
    PutGuessed(u8, i64),
    GetGuessed(u8),
    Make(Vec<u8>),
    Remove(u8),
    Change(u8),
    Extend(Vec<u8>),
    Copy,
    Clear,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        12 => (any::<u8>(), any::<i64>()).prop_map(|(key, value)| Step::Insert(key, value)),
        8 => (any::<u8>(), any::<i64>()).prop_map(|(key, value)| Step::PutGuessed(key, value)),
        8 => any::<u8>().prop_map(Step::GetGuessed),
        1 => vec(any::<u8>(), 0..6).prop_map(Step::Make),
        6 => any::<u8>().prop_map(Step::Remove),
        2 => any::<u8>().prop_map(Step::Change),
        1 => vec(any::<u8>(), 0..40).prop_map(Step::Extend),
        1 => Just(Step::Copy),
    ];
    vec(prop_oneof![200 => step, 1 => Just(Step::Clear)], 0..300)
}

/// A key of one of the three kinds; few enough that many steps meet the same one.
fn key(number: u8) -> Key {
    let number = number % 48;
    match number % 4 {
        0 => Key::Number(i64::from(number)),
        1 => Key::new(&Value::Boolean(number < 24)).unwrap(),
        2 => Key::from(format!("{number}").as_str()),
        _ => Key::from(format!("a key that is too long to stand inline, number {number}").as_str()),
    }
}

fn number(value: &Value) -> i64 {
    let Value::Number(number) = value else { panic!("{value:?}") };
    *number
}

/// What a map holds, in its order.
fn held<'a>(pairs: impl IntoIterator<Item = (&'a Key, &'a Value)>) -> Vec<(String, i64)> {
    pairs.into_iter().map(|(key, value)| (format!("{key:?}"), number(value))).collect()
}

proptest! {
    #[test]
    fn it_does_what_another_map_with_an_order_does(steps in steps()) {
        let mut map = Map::default();
        let mut other: IndexMap<Key, Value> = IndexMap::new();
        let guesses: Vec<Guess> = (0..256).map(|_| Guess::default()).collect();
        for step in steps {
            match step {
                Step::Insert(at, value) => {
                    let before = map.insert(key(at), Value::Number(value));
                    let expected = other.insert(key(at), Value::Number(value));
                    prop_assert_eq!(before.as_ref().map(number), expected.as_ref().map(number));
                }
                Step::PutGuessed(at, value) => {
                    if let Key::Text(text) = key(at) {
                        map.put_guessed(&Text::new(text), &Value::Number(value), &guesses[usize::from(at)]);
                        other.insert(key(at), Value::Number(value));
                    }
                }
                Step::GetGuessed(at) => {
                    if let Key::Text(text) = key(at) {
                        let found = map.get_guessed(&Text::new(text), &guesses[usize::from(at) ^ 1]);
                        prop_assert_eq!(found.map(number), other.get(&key(at)).map(number));
                    }
                }
                Step::Make(keys) => {
                    let names: Vec<String> = keys.iter().map(|at| format!("{}", at % 8)).collect();
                    let values = || (0..keys.len() as i64).map(Value::Number).collect::<Vec<_>>();
                    // The second is made by what the first left behind.
                    let guess = Guess::default();
                    for _ in 0..2 {
                        map = Map::of_record(names.iter().map(String::as_str), values().into_iter(), &guess);
                    }
                    other = names.iter().map(|name| Key::from(name.as_str())).zip(values()).collect();
                }
                Step::Remove(at) => {
                    let removed = map.shift_remove(&key(at));
                    let expected = other.shift_remove(&key(at));
                    prop_assert_eq!(removed.as_ref().map(number), expected.as_ref().map(number));
                }
                Step::Change(at) => {
                    map.get_mut(&key(at)).into_iter().chain(other.get_mut(&key(at))).for_each(|value| *value = 7.into());
                }
                Step::Extend(keys) => {
                    map.extend(keys.iter().map(|at| (key(*at), Value::Number(i64::from(*at)))));
                    other.extend(keys.iter().map(|at| (key(*at), Value::Number(i64::from(*at)))));
                }
                Step::Copy => map = map.clone(),
                Step::Clear => {
                    map.clear();
                    other.clear();
                }
            }
            prop_assert_eq!(map.len(), other.len());
            prop_assert_eq!(map.is_empty(), other.is_empty());
        }
        prop_assert_eq!(held(&map), held(&other));
        prop_assert_eq!(map.iter().len(), map.iter().count());
        prop_assert_eq!(map.values().map(number).collect::<Vec<_>>(), other.values().map(number).collect::<Vec<_>>());
        for at in 0..48 {
            let (key, position) = (key(at), map.position(&key(at)));
            prop_assert_eq!(map.get(&key).map(number), other.get(&key).map(number));
            prop_assert_eq!(map.contains_key(&key), other.contains_key(&key));
            prop_assert_eq!(position.and_then(|at| map.get_index(at)).map(|(key, _)| key), other.get_key_value(&key).map(|(key, _)| key));
            if let Key::Text(text) = &key {
                prop_assert_eq!(map.position(&TextKey(text)), position);
            }
        }
        let pairs: Vec<_> = map.into_iter().collect();
        prop_assert_eq!(held(pairs.iter().map(|(key, value)| (key, value))), held(&other));
    }
}

#[test]
fn pairs_are_removed_one_after_the_other_in_linear_time() {
    let keys = || (0..200_000).map(Key::Number);
    let mut map: Map = keys().map(|key| (key, Value::Null)).collect();
    // From the front, where everything behind would have to move up; minutes if it did.
    keys().for_each(|key| assert!(map.shift_remove(&key).is_some()));
    assert!(map.is_empty());
    assert_eq!(map.insert(Key::Number(1), Value::Null).map(|value| number(&value)), None);
    assert_eq!(map.len(), 1);
}

#[test]
fn records_take_their_values_and_nothing_else() {
    assert_eq!(size_of::<Map>(), 32);
    let names: Vec<String> = (0..FEW).map(|number| format!("field {number}")).collect();
    let made = || names.iter().map(|name| (Key::from(name.as_str()), Value::Null)).collect::<Map>();
    let (map, other) = (made(), made());
    assert!(map.iter().zip(other.iter()).all(|((key, _), (same, _))| std::ptr::eq(key, same)));
    assert_eq!(map.bytes(), FEW * size_of::<Value>());
    let mut more = other.clone();
    more.insert("one more".into(), Value::Null);
    assert!(more.bytes() > FEW * size_of::<(Key, Value)>());
    assert_eq!((other.len(), more.len()), (FEW, FEW + 1));
}

#[test]
fn too_many_kinds_of_records_are_no_records_and_the_thread_forgets_them() {
    let record =
        |name: &str| [(Key::from(name), Value::from(1)), ("b".into(), Value::from(2))].into_iter().collect::<Map>();
    let is_record = |map: &Map| matches!(map.0, Form::Record(_));
    let known: Vec<Map> = (0..50).map(|number| record(&format!("key {number}"))).collect();
    assert_eq!(known.iter().filter(|map| is_record(map)).count(), FEW);
    assert!(
        known.iter().enumerate().all(|(at, map)| map.contains_key(&TextKey(&format!("key {at}"))) && map.len() == 2)
    );
    // After many refusals all begins anew, and what was made before stays what it is.
    let late = (0..10_000).map(|_| record("a late one")).filter(is_record).count();
    assert!((1_000..10_000).contains(&late), "{late}");
    assert_eq!(known.iter().filter(|map| is_record(map)).count(), FEW);
    assert!(known.iter().enumerate().all(|(at, map)| map.contains_key(&TextKey(&format!("key {at}")))));
}

#[test]
fn the_shapes_that_maps_hold_on_to_are_limited() {
    // Each of these grows from a shape that the thread forgets, were it not for the map.
    let mut held: Vec<Map> = Vec::new();
    for first in 0..200 {
        for second in 0..15 {
            let mut map = held.get(first * 7 % held.len().max(1)).cloned().unwrap_or_default();
            map.insert(Key::from(format!("{first} {second}").as_str()), Value::Null);
            held.push(map);
        }
    }
    let mut shapes: Vec<*const Key> = held
        .iter()
        .filter(|map| matches!(map.0, Form::Record(_)))
        .filter_map(|map| map.keys().next())
        .map(std::ptr::from_ref)
        .collect();
    shapes.sort_unstable();
    shapes.dedup();
    assert!((100..=1_000).contains(&shapes.len()), "{}", shapes.len());
}
