//! Deleting from a collection, by value or by key. A value that is not there is no error, nor is a key; a position is.

use super::{ELEMENTS, change_elements, change_pairs, has_pairs, position};
use crate::builtins::error::outside_collection;
use crate::builtins::support::{self, aggregate, at, items};
use crate::builtins::value_set::ValueSet;
use crate::catalogue::{Builtin, Call, Category, Example, Gives, Parameter};
use crate::value::{Contents, Failure, Key, Kind, Kinds, Map, Value};

/// What the rows of this table share.
const ROW: Builtin =
    Builtin { category: Category::Collection, on: Kinds::COLLECTION, gives: Gives::Nothing, ..support::ROW };

pub(in crate::builtins) static TABLE: &[Builtin] = &[
    Builtin {
        name: "delete",
        page: "functions/collection/delete",
        elsewhere: &["discard"],
        parameters: &[Parameter::required("value", Kinds::ANY)],
        about: "Deletes the first element that equals the value, or the first pair that has it as value.",
        examples: &[
            Example::Prints(r#"c = Collection("a","b","a"); c.delete("a"); info c;"#, "b,a"),
            Example::Prints(r#"c = Collection("x":5,"y":2); c.delete(2); info c;"#, r#"{"x":5}"#),
            Example::Prints(r#"c = Collection("a"); c.delete("z"); info c;"#, "a"),
        ],
        see: &["deleteAll", "deleteKey", "clear", "removeElement"],
        run: delete,
        ..ROW
    },
    Builtin {
        name: "deleteAll",
        page: "functions/collection/deleteall",
        elsewhere: &["difference"],
        parameters: &[Parameter::required("values", ELEMENTS)],
        about: "Deletes every element that is in a list, or every pair whose value is.",
        examples: &[
            Example::Prints(r#"c = Collection("a","b","a"); c.deleteAll({"a","z"}); info c;"#, "b"),
            Example::Prints(r#"c = Collection("x":1,"y":2); c.deleteAll({1}); info c;"#, r#"{"y":2}"#),
            Example::Fails(r#"c = Collection("a"); c.deleteAll("a");"#, "run::argument-type"),
        ],
        see: &["delete", "deleteKeys", "clear", "removeAll"],
        run: delete_all,
        ..ROW
    },
    Builtin {
        name: "deleteKey",
        page: "functions/collection/deletekey",
        elsewhere: &["removeAt", "pop", "splice"],
        parameters: &[Parameter::required("key", Kinds::ANY)],
        about: "Deletes the element at a position, counted from 0, or the pair of a key.",
        examples: &[
            Example::Prints(r#"c = Collection("a","b","c"); c.deleteKey(1); info c;"#, "a,c"),
            Example::Prints(r#"c = Collection("x":1); c.deleteKey("zz"); info c;"#, r#"{"x":1}"#),
            Example::Fails(r#"c = Collection("a"); c.deleteKey(1);"#, "run::index"),
        ],
        see: &["deleteKeys", "delete", "remove"],
        run: delete_key,
        ..ROW
    },
    Builtin {
        name: "deleteKeys",
        page: "functions/collection/deletekeys",
        elsewhere: &["omit"],
        parameters: &[Parameter::required("keys", ELEMENTS)],
        about: "Deletes the elements at these positions, as they were before the call, or the pairs of these keys.",
        examples: &[
            Example::Prints(r#"c = Collection("a","b","c"); c.deleteKeys({1,2}); info c;"#, "a"),
            Example::Prints(r#"c = Collection("x":1,"y":2); c.deleteKeys({"x","zz"}); info c;"#, r#"{"y":2}"#),
            Example::Fails(r#"c = Collection("a","b"); c.deleteKeys({0,5});"#, "run::index"),
        ],
        see: &["deleteKey", "deleteAll"],
        run: delete_keys,
        ..ROW
    },
];

fn delete(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let wanted = at(arguments, 1);
    let collection = aggregate("delete", arguments, 0)?.borrow();
    match &*collection {
        Contents::Map(map) => {
            let found = map.iter().find(|(_, value)| value.strictly_equals(wanted)).map(|(key, _)| key.clone());
            drop(collection);
            remove_pairs("delete", arguments, found.as_slice())
        }
        Contents::List(items) => {
            let found = items.iter().position(|value| value.strictly_equals(wanted));
            drop(collection);
            found.map_or(Ok(Value::Null), |index| remove_element("delete", arguments, index))
        }
        Contents::Braces => Ok(Value::Null),
    }
}

fn delete_all(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let deleted = ValueSet::of(&items("deleteAll", arguments, 1)?);
    let kept = items("deleteAll", arguments, 0)?.iter().map(|value| !deleted.contains(value)).collect();
    keep("deleteAll", arguments, kept)
}

fn delete_key(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let (collection, key) = (aggregate("deleteKey", arguments, 0)?, at(arguments, 1));
    match collection.contents_kind() {
        Kind::Map => remove_pairs("deleteKey", arguments, &[Key::new(key)?]),
        Kind::Braces if !matches!(key, Value::Number(_)) => Ok(Value::Null),
        _ => {
            let index = element(position("deleteKey", arguments, 1)?, collection.size())?;
            remove_element("deleteKey", arguments, index)
        }
    }
}

fn delete_keys(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let collection = aggregate("deleteKeys", arguments, 0)?;
    let keys = items("deleteKeys", arguments, 1)?;
    match collection.contents_kind() {
        Kind::Map => {
            let keys = keys.iter().map(Key::new).collect::<Result<Vec<_>, _>>()?;
            remove_pairs("deleteKeys", arguments, &keys)
        }
        Kind::Braces => Ok(Value::Null),
        _ => {
            let mut kept = vec![true; collection.size()];
            for key in &keys {
                let index = element(position("deleteKeys", std::slice::from_ref(key), 0)?, kept.len())?;
                kept.get_mut(index).into_iter().for_each(|place| *place = false);
            }
            keep("deleteKeys", arguments, kept)
        }
    }
}

/// The position of an element that must exist.
fn element(index: i64, size: usize) -> Result<usize, Failure> {
    usize::try_from(index).ok().filter(|index| *index < size).ok_or_else(outside_collection)
}

/// Removes the pairs of these keys, as far as there are such. What goes is dropped after the borrow has ended, since it may
/// hold the collection itself.
fn remove_pairs(function: &str, arguments: &[Value], keys: &[Key]) -> Result<Value, Failure> {
    let remove = |pairs: &mut Map| keys.iter().map(|key| pairs.shift_remove(key)).collect::<Vec<_>>();
    change_pairs(function, arguments, remove).map(drop)?;
    Ok(Value::Null)
}

fn remove_element(function: &str, arguments: &[Value], index: usize) -> Result<Value, Failure> {
    change_elements(function, arguments, |items| (index < items.len()).then(|| items.remove(index))).map(drop)?;
    Ok(Value::Null)
}

/// Keeps the elements or pairs that are marked, in order.
fn keep(function: &str, arguments: &[Value], kept: Vec<bool>) -> Result<Value, Failure> {
    let mut marks = kept.into_iter();
    let mut is_kept = || marks.next().unwrap_or(true);
    // What goes is dropped after the borrow has ended, since it may hold the collection itself.
    if has_pairs(aggregate(function, arguments, 0)?) {
        drop(change_pairs(function, arguments, |pairs| {
            let stay = pairs.iter().filter(|_| is_kept()).map(|(key, value)| (key.clone(), value.clone())).collect();
            std::mem::replace(pairs, stay)
        })?);
    } else {
        drop(change_elements(function, arguments, |items| {
            let stay = items.iter().filter(|_| is_kept()).cloned().collect();
            std::mem::replace(items, stay)
        })?);
    }
    Ok(Value::Null)
}
