//! Changing a map in place.

use crate::builtins::support::{self, aggregate, at, holds, key_to_store};
use crate::catalogue::{Builtin, Call, Category, Example, Gives, Parameter};
use crate::value::{Aggregate, Contents, Failure, Key, Kind, Kinds, Map, Value};

/// What the rows of this table share.
const ROW: Builtin = Builtin { category: Category::Map, ..support::ROW };

pub(in crate::builtins) static TABLE: &[Builtin] = &[
    Builtin {
        name: "put",
        page: "functions/map/put",
        elsewhere: &["set", "setItem"],
        on: Kinds::MAP,
        parameters: &[Parameter::required("key", Kinds::ANY), Parameter::required("value", Kinds::ANY)],
        gives: Gives::Nothing,
        about: "Stores a value under a key; a key that is there already keeps its place.",
        examples: &[
            Example::Prints(r#"m = Map(); m.put("a",4); m.put("b",3); m.put("a",5); info m;"#, r#"{"a":5,"b":3}"#),
            Example::Prints(r#"m = {}; m.put("k",null); info m;"#, r#"{"k":null}"#),
            Example::Prints(r#"m = Map(); m.put("self",m); info m.get("self").size();"#, "1"),
            Example::Fails(r#"l = {1,2}; l.put("k",1);"#, "run::argument-type"),
        ],
        see: &["putAll", "get", "remove", "insert"],
        run: put,
        ..ROW
    },
    Builtin {
        name: "putAll",
        page: "functions/map/putAll",
        elsewhere: &["merge", "assign", "array_merge"],
        on: Kinds::MAP,
        parameters: &[Parameter::required("pairs", Kinds::MAP)],
        gives: Gives::Nothing,
        about: "Stores every pair of another map.",
        examples: &[
            Example::Prints(r#"a = {"k":1,"l":1}; a.putAll({"k":2,"m":3}); info a;"#, r#"{"k":2,"l":1,"m":3}"#),
            Example::Prints(r#"a = {"k":1}; a.putAll(a); info a;"#, r#"{"k":1}"#),
            Example::Fails(r#"a = {"k":1}; a.putAll({1,2});"#, "run::argument-type"),
        ],
        see: &["put", "insertAll"],
        run: put_all,
        ..ROW
    },
    Builtin {
        name: "remove",
        page: "functions/map/remove",
        elsewhere: &["removeKey", "unset", "pop"],
        on: Kinds::MAP,
        parameters: &[Parameter::required("key", Kinds::ANY)],
        gives: Gives::Either,
        about: "Removes a key and gives its value, null when there is no such key.",
        examples: &[
            Example::Prints(r#"m = {"a":1,"b":2}; m.remove("a"); info m;"#, r#"{"b":2}"#),
            Example::Prints(r#"m = {"a":1}; m.remove("zz"); info m;"#, r#"{"a":1}"#),
            Example::Prints(r#"m = {"a":1}; x = m.remove("a"); info x; info m;"#, "1\n{}"),
        ],
        differs: &["The removed value may be used; the page documents no result."],
        see: &["clear", "deleteKey"],
        run: remove,
        ..ROW
    },
];

fn put(call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let (map, value) = (aggregate("put", arguments, 0)?, at(arguments, 2));
    holds(call, map.size().saturating_add(1))?;
    let key = key_to_store(at(arguments, 1))?;
    call.cycles.stored(map, value);
    call.cycles.stored(map, at(arguments, 1));
    change("put", map, |pairs| pairs.insert(key, value.clone()))?;
    Ok(Value::Null)
}

fn put_all(call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let (map, other) = (aggregate("putAll", arguments, 0)?, aggregate("putAll", arguments, 1)?);
    let added = match &*other.borrow() {
        Contents::Map(pairs) => pairs.clone(),
        _ => Map::default(),
    };
    holds(call, map.size().saturating_add(added.len()))?;
    if added.iter().any(|(key, value)| key.reaches_others() || value.reaches_others()) {
        call.cycles.remember(map);
    }
    change("putAll", map, |pairs| pairs.extend(added))?;
    Ok(Value::Null)
}

fn remove(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let (map, key) = (aggregate("remove", arguments, 0)?, at(arguments, 1));
    if map.kind() == Kind::Braces {
        // `{}` that was meant as a list: no position is inside it.
        return match key {
            Value::Number(index) => Err(Failure::index(*index)),
            _ => Ok(Value::Null),
        };
    }
    let key = Key::new(key)?;
    change("remove", map, |pairs| pairs.shift_remove(&key)).map(Option::unwrap_or_default)
}

/// Changes the pairs. They are borrowed meanwhile, so `with` must not look into any value.
fn change<T>(function: &str, map: &Aggregate, with: impl FnOnce(&mut Map) -> T) -> Result<T, Failure> {
    let mut pairs = map.map_mut().ok_or_else(|| Failure::argument(function, Kinds::MAP, Kind::List))?;
    Ok(with(&mut pairs))
}
