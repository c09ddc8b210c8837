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
    Remove(u8),
    Change(u8),
    Extend(Vec<u8>),
    Copy,
    Clear,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        12 => (any::<u8>(), any::<i64>()).prop_map(|(key, value)| Step::Insert(key, value)),
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
        for step in steps {
            match step {
                Step::Insert(at, value) => {
                    let before = map.insert(key(at), Value::Number(value));
                    let expected = other.insert(key(at), Value::Number(value));
                    prop_assert_eq!(before.as_ref().map(number), expected.as_ref().map(number));
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
    assert!(matches!(map.finder, Finder::Few(_)));
}

#[test]
fn few_pairs_take_their_slots_and_nothing_else() {
    assert_eq!(size_of::<Map>(), 40);
    assert_eq!(size_of::<Slot>(), size_of::<(Key, Value)>());
    let mut map: Map = (0..FEW as i64).map(|number| (Key::Number(number), Value::Null)).collect();
    assert_eq!(map.bytes(), map.slots.capacity() * size_of::<Slot>());
    map.insert("one more".into(), Value::Null);
    assert!(map.bytes() > map.slots.capacity() * size_of::<Slot>());
}
