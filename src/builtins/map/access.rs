//! Looking into a map. A key that is not there gives null, never an error (help page "get").

use crate::builtins::support::{self, MAP_ONLY, aggregate, at};
use crate::catalogue::{Builtin, Call, Category, Example, Parameter};
use crate::value::{Aggregate, Contents, Failure, Key, Kind, Kinds, Value};

/// What the rows of this table share.
const ROW: Builtin = Builtin { category: Category::Map, ..support::ROW };

pub(in crate::builtins) static TABLE: &[Builtin] = &[
    Builtin {
        name: "get",
        page: "functions/map/get",
        elsewhere: &["getValue", "getOrDefault"],
        on: Kinds::MAP,
        parameters: KEY,
        about: "Gives the value of a key, null when there is no such key.",
        examples: &[
            Example::Prints(r#"m = {"a":{"b":7}}; info m.get("a").get("b");"#, "7"),
            Example::Prints(r#"m = {"Product":"Creator"}; info m.get("product");"#, "null"),
            Example::Prints(r#"m = {1:"one","1":"text"}; info m.get(1);"#, "one"),
        ],
        see: &["getJSON", "containKey", "keys", "ifNull"],
        run: get,
        ..ROW
    },
    Builtin {
        name: "keys",
        page: "functions/map/keys",
        elsewhere: &["keySet", "array_keys"],
        on: Kinds::MAP,
        about: "Gives a list of the keys in the order in which they were put.",
        examples: &[
            Example::Prints(r#"m = {"b":1,"a":2}; info m.keys();"#, "b,a"),
            Example::Shows("Map().keys().size()", "0"),
            Example::Prints(r#"m = {1:"Number","a":"Text"}; info m.keys();"#, "1,a"),
        ],
        see: &["values", "containKey", "get"],
        run: keys,
        ..ROW
    },
    Builtin {
        name: "values",
        page: "functions/collection/values",
        elsewhere: &["array_values"],
        on: Kinds::MAP,
        about: "Gives a list of the values in the order of their keys.",
        examples: &[
            Example::Prints(r#"m = {"b":1,"a":2}; info m.values();"#, "1,2"),
            Example::Shows("Map().values().size()", "0"),
            Example::Prints(r#"m = {"a":{1,2}}; m.values().get(0).add(3); info m;"#, r#"{"a":[1,2,3]}"#),
        ],
        differs: &["Zoho documents values for COLLECTION only."],
        see: &["keys", "containValue"],
        run: values,
        ..ROW
    },
    Builtin {
        name: "containKey",
        page: "functions/map/containkey",
        elsewhere: &["has", "hasKey", "hasOwnProperty"],
        aliases: &["containsKey"],
        on: Kinds::MAP,
        parameters: KEY,
        about: "Whether there is such a key; letter case counts.",
        examples: &[
            Example::Prints(r#"m = {"Product":"Creator"}; info m.containsKey("Product");"#, "true"),
            Example::Prints(r#"m = {"Product":"Creator"}; info m.containKey("product");"#, "false"),
            Example::Prints(r#"m = {1:"one"}; info m.containKey("1");"#, "false"),
        ],
        differs: &["containsKey, as the function of COLLECTION is called, is accepted too."],
        see: &["containValue", "get", "keys"],
        run: contains_key,
        ..ROW
    },
    Builtin {
        name: "containValue",
        page: "functions/map/containvalue",
        elsewhere: &["hasValue"],
        aliases: &["containsValue"],
        on: Kinds::MAP,
        parameters: &[Parameter::required("value", Kinds::ANY)],
        about: "Whether some key has an equal value.",
        examples: &[
            Example::Prints(r#"m = {"a":5}; info m.containValue(5);"#, "true"),
            Example::Prints(r#"m = {"a":5}; info m.containsValue("5");"#, "false"),
            Example::Prints(r#"m = {"a":"Creator"}; info m.containValue("creator");"#, "false"),
        ],
        differs: &["containsValue, as the function of COLLECTION is called, is accepted too."],
        see: &["containKey", "values"],
        run: contains_value,
        ..ROW
    },
    Builtin {
        name: "contains",
        page: "functions/string/contains",
        on: MAP_ONLY,
        parameters: KEY,
        about: "Whether there is such a key.",
        examples: &[
            Example::Prints(r#"m = {"city":"Oslo"}; info m.contains("city");"#, "true"),
            Example::Prints(r#"m = {"city":"Oslo"}; info m.contains("Oslo");"#, "false"),
            Example::Prints(r#"m = {1:"one"}; info m.contains("1");"#, "false"),
        ],
        differs: &[
            "Zoho documents contains for TEXT and LIST only; this is the opposite of notContains, which takes maps too.",
        ],
        see: &["notContains", "containKey", "containValue"],
        run: contains_key,
        ..ROW
    },
    Builtin {
        name: "notContains",
        page: "functions/string/notcontains",
        on: MAP_ONLY,
        parameters: KEY,
        about: "Whether there is no such key.",
        examples: &[
            Example::Prints(r#"m = {"city":"Oslo"}; info m.notContains("price");"#, "true"),
            Example::Prints(r#"m = {"city":"Oslo"}; info m.notContains("city");"#, "false"),
            Example::Prints(r#"m = {"city":"Oslo"}; info m.notContains("City");"#, "true"),
        ],
        see: &["contains", "containKey"],
        run: not_contains_key,
        ..ROW
    },
];

const KEY: &[Parameter] = &[Parameter::required("key", Kinds::ANY)];

fn get(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let (map, key) = (aggregate("get", arguments, 0)?, at(arguments, 1));
    match key {
        Value::Text(key) => Ok(map.entry(key).unwrap_or_default()),
        // `{}` that was meant as a list: no position is inside it.
        Value::Number(index) if map.kind() == Kind::Braces => Err(Failure::index(*index)),
        other => Ok(find(map, &Key::new(other)?).unwrap_or_default()),
    }
}

/// The value of a key.
pub(in crate::builtins) fn find(map: &Aggregate, key: &Key) -> Option<Value> {
    match &*map.borrow() {
        Contents::Map(pairs) => pairs.get(key).cloned(),
        _ => None,
    }
}

fn keys(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let map = aggregate("keys", arguments, 0)?;
    Ok(Value::list(match &*map.borrow() {
        Contents::Map(pairs) => pairs.keys().map(Key::to_value).collect(),
        _ => Vec::new(),
    }))
}

fn values(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let map = aggregate("values", arguments, 0)?;
    Ok(Value::list(match &*map.borrow() {
        Contents::Map(pairs) => pairs.values().cloned().collect(),
        _ => Vec::new(),
    }))
}

fn contains_key(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    has_key(arguments).map(Value::Boolean)
}

fn not_contains_key(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    has_key(arguments).map(|has| Value::Boolean(!has))
}

fn has_key(arguments: &[Value]) -> Result<bool, Failure> {
    let key = Key::new(at(arguments, 1))?;
    Ok(match &*aggregate("containsKey", arguments, 0)?.borrow() {
        Contents::Map(pairs) => pairs.contains_key(&key),
        _ => false,
    })
}

fn contains_value(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let map = aggregate("containsValue", arguments, 0)?;
    Ok(Value::Boolean(match &*map.borrow() {
        Contents::Map(pairs) => pairs.values().any(|value| value.strictly_equals(at(arguments, 1))),
        _ => false,
    }))
}
