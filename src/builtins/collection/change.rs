//! Adding to a collection and changing what is in it.

use super::{change_elements, change_pairs, has_pairs, pairs, position};
use crate::builtins::error::outside_collection;
use crate::builtins::support::{self, aggregate, at, holds, items, key_to_store};
use crate::catalogue::{Builtin, Call, Category, Example, Gives, Parameter};
use crate::value::{Aggregate, Contents, Failure, Kinds, Map, Value};

/// What the rows of this table share.
const ROW: Builtin =
    Builtin { category: Category::Collection, on: Kinds::COLLECTION, gives: Gives::Nothing, ..support::ROW };

pub(in crate::builtins) static TABLE: &[Builtin] = &[
    Builtin {
        name: "insert",
        page: "functions/collection/insert",
        elsewhere: &["push", "append"],
        parameters: &[Parameter::required("elements", Kinds::LIST.or(Kinds::MAP))],
        gathers: true,
        about: "Inserts elements at the end, or key-value pairs; a key that is there already gets the new value.",
        examples: &[
            Example::Prints(r#"c = Collection("a"); c.insert("b","c"); info c;"#, "a,b,c"),
            Example::Prints(r#"c = Collection(); c.insert("k":1); c.insert("k":2); info c;"#, r#"{"k":2}"#),
            Example::Prints(r#"c = Collection(); c.insert({"k":1}); info c.size(); info c.get(0).get("k");"#, "1\n1"),
            Example::Fails(r#"c = Collection("a"); c.insert("k":1);"#, "run::collection-kind"),
        ],
        differs: &[
            "Two plain arguments are two elements; one page writes insert(\"product\",\"Creator\") where a pair is meant.",
        ],
        see: &["insertAll", "update", "delete", "add", "put"],
        run: insert,
        ..ROW
    },
    Builtin {
        name: "insertAll",
        page: "functions/collection/insertall",
        elsewhere: &["extend", "pushAll"],
        parameters: &[Parameter::required("contents", Kinds::LIST.or(Kinds::MAP).or(Kinds::COLLECTION))],
        about: "Inserts the elements of a list or the pairs of a map.",
        examples: &[
            Example::Prints(r#"c = Collection("a"); c.insertAll({"b","c"}); info c;"#, "a,b,c"),
            Example::Prints(r#"c = Collection("k":1); c.insertAll({"k":2,"l":3}); info c;"#, r#"{"k":2,"l":3}"#),
            Example::Fails(r#"c = Collection("k":1); c.insertAll({"a"});"#, "run::collection-kind"),
        ],
        see: &["insert", "addAll", "putAll"],
        run: |call, arguments| insert_contents(call, "insertAll", arguments),
        ..ROW
    },
    Builtin {
        name: "update",
        page: "functions/collection/update",
        elsewhere: &["set", "setItem"],
        parameters: &[Parameter::required("key", Kinds::ANY), Parameter::required("value", Kinds::ANY)],
        about: "Replaces the element at a position, or the value of a key, which is added when it is new.",
        examples: &[
            Example::Prints(r#"c = Collection("a","b"); c.update(1,"z"); info c;"#, "a,z"),
            Example::Prints(r#"c = Collection("k":1); c.update("l",2); info c;"#, r#"{"k":1,"l":2}"#),
            Example::Fails(r#"c = Collection("a"); c.update(1,"z");"#, "run::index"),
        ],
        see: &["insert", "get", "deleteKey"],
        run: update,
        ..ROW
    },
    Builtin {
        name: "clear",
        page: "functions/collection/clear",
        about: "Removes everything; the collection may then take elements or pairs.",
        examples: &[
            Example::Prints(r#"c = Collection("k":1); c.clear(); info c;"#, "{}"),
            Example::Prints(r#"c = Collection("a"); c.clear(); c.insert("k":1); info c;"#, r#"{"k":1}"#),
            Example::Prints("c = Collection(); c.clear(); info c.isEmpty();", "true"),
        ],
        see: &["deleteAll", "isEmpty"],
        run: clear,
        ..ROW
    },
];

fn insert(call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    insert_contents(call, "insert", arguments)
}

/// Inserts the contents of the first argument: gathered ones are a list or a map of their own.
fn insert_contents(call: &mut Call<'_>, function: &str, arguments: &[Value]) -> Result<Value, Failure> {
    let (collection, given) = (aggregate(function, arguments, 0)?, aggregate(function, arguments, 1)?);
    holds(call, collection.size().saturating_add(given.size()))?;
    if given.size() == 0 {
        return Ok(Value::Null);
    }
    match pairs(given) {
        Some(pairs) => insert_pairs(call, function, arguments, collection, pairs)?,
        None => {
            let added = items(function, arguments, 1)?;
            let nested = added.iter().any(Value::reaches_others);
            change_elements(function, arguments, |elements| elements.extend(added))?;
            if nested {
                call.cycles.remember(collection);
            }
        }
    }
    Ok(Value::Null)
}

fn insert_pairs(
    call: &mut Call<'_>,
    function: &str,
    arguments: &[Value],
    collection: &Aggregate,
    added: Map,
) -> Result<(), Failure> {
    let nested = added.iter().any(|(key, value)| key.reaches_others() || value.reaches_others());
    change_pairs(function, arguments, |pairs| pairs.extend(added))?;
    if nested {
        call.cycles.remember(collection);
    }
    Ok(())
}

fn update(call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let collection = aggregate("update", arguments, 0)?;
    let (key, value) = (at(arguments, 1), at(arguments, 2).clone());
    let is_key = match &*collection.borrow() {
        Contents::Map(_) => true,
        Contents::List(_) => false,
        Contents::Braces => !matches!(key, Value::Number(_)),
    };
    call.cycles.stored(collection, &value);
    call.cycles.stored(collection, key);
    if is_key {
        holds(call, collection.size().saturating_add(1))?;
        let key = key_to_store(key)?;
        change_pairs("update", arguments, |pairs| pairs.insert(key, value)).map(drop)?;
    } else {
        let index = usize::try_from(position("update", arguments, 1)?).map_err(|_| outside_collection())?;
        let place = |elements: &mut Vec<Value>| elements.get_mut(index).map(|place| std::mem::replace(place, value));
        let before = change_elements("update", arguments, place)?;
        drop(before.ok_or_else(outside_collection)?);
    }
    Ok(Value::Null)
}

fn clear(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    // What was inside is dropped after the borrow has ended, since it may hold the collection itself.
    if has_pairs(aggregate("clear", arguments, 0)?) {
        change_pairs("clear", arguments, std::mem::take).map(drop)?;
    } else {
        change_elements("clear", arguments, std::mem::take).map(drop)?;
    }
    Ok(Value::Null)
}
