//! Looking into a collection. Values are compared strictly: the number 1 is not the text "1".

use super::position;
use crate::builtins::map::access::find;
use crate::builtins::support::{self, aggregate, at, count, inside};
use crate::catalogue::{Builtin, Call, Category, Example, Parameter};
use crate::value::{Contents, Failure, Key, Kinds, Value};

/// What the rows of this table share.
const ROW: Builtin = Builtin { category: Category::Collection, on: Kinds::COLLECTION, ..support::ROW };

pub(in crate::builtins) static TABLE: &[Builtin] = &[
    Builtin {
        name: "get",
        page: "functions/collection/get",
        elsewhere: &["at", "elementAt"],
        parameters: KEY,
        about: "Gives the element at a position, counted from 0, or the value of a key; null when there is no such key.",
        examples: &[
            Example::Prints(r#"c = Collection("a","b"); info c.get(1);"#, "b"),
            Example::Prints(r#"c = Collection("name":"Ada"); info c.get("Name");"#, "null"),
            Example::Fails(r#"c = Collection("a","b"); info c.get(2);"#, "run::index"),
        ],
        differs: &["A position past the end is an error, as in the page's example; its table of parameters says null."],
        see: &["getAsString", "containsKey", "getKey", "values"],
        run: get,
        ..ROW
    },
    Builtin {
        name: "getKey",
        page: "functions/collection/getkey",
        elsewhere: &["findIndex", "findKey"],
        parameters: VALUE,
        about: "Gives the position of the first equal element, or -1; of pairs the key of the first equal value, or null.",
        examples: &[
            Example::Prints(r#"c = Collection("a","b","a"); info c.getKey("a"); info c.getKey("z");"#, "0\n-1"),
            Example::Prints(r#"c = Collection("x":5,"y":5); info c.getKey(5); info c.getKey(7);"#, "x\nnull"),
            Example::Prints(r#"c = Collection(1,2); info c.getKey("1");"#, "-1"),
        ],
        see: &["getLastKey", "containsValue", "indexOf"],
        run: |_, arguments| key_of("getKey", arguments, false),
        ..ROW
    },
    Builtin {
        name: "getLastKey",
        page: "functions/collection/getlastkey",
        elsewhere: &["findLastIndex", "findLastKey"],
        parameters: VALUE,
        about: "Gives the position of the last equal element, or -1; of pairs the key of the last equal value, or null.",
        examples: &[
            Example::Prints(r#"c = Collection("a","b","a"); info c.getLastKey("a"); info c.getLastKey("z");"#, "2\n-1"),
            Example::Prints(r#"c = Collection("x":5,"y":5); info c.getLastKey(5); info c.getLastKey(7);"#, "y\nnull"),
            Example::Prints("c = Collection(); info c.getLastKey(1);", "-1"),
        ],
        see: &["getKey", "containsValue", "lastIndexOf"],
        run: |_, arguments| key_of("getLastKey", arguments, true),
        ..ROW
    },
    Builtin {
        name: "keys",
        page: "functions/collection/keys",
        about: "Gives a list of the keys; of a collection of elements, the elements and not their positions.",
        examples: &[
            Example::Prints(r#"c = Collection("x":1,"y":2); info c.keys();"#, "x,y"),
            Example::Prints(r#"c = Collection("a","b"); info c.keys();"#, "a,b"),
            Example::Prints("c = Collection(); info c.keys().size();", "0"),
        ],
        differs: &["Pairs keep the order in which they were inserted; Zoho promises no order."],
        see: &["values", "containsKey"],
        run: keys,
        ..ROW
    },
    Builtin {
        name: "values",
        page: "functions/collection/values",
        elsewhere: &["toArray"],
        about: "Gives a list of the values, or of the elements.",
        examples: &[
            Example::Prints(r#"c = Collection("x":1,"y":2); info c.values();"#, "1,2"),
            Example::Prints(r#"c = Collection("a","b"); l = c.values(); l.add("z"); info c;"#, "a,b"),
            Example::Prints("c = Collection(); info c.values().size();", "0"),
        ],
        see: &["keys", "distinct", "duplicate"],
        run: values,
        ..ROW
    },
    Builtin {
        name: "size",
        page: "functions/collection/size",
        elsewhere: &["count"],
        about: "Gives the number of elements or pairs; what is nested counts as one.",
        examples: &[
            Example::Prints(r#"c = Collection("a",{"b","c"}); info c.size();"#, "2"),
            Example::Prints(r#"c = Collection("x":1); c.insert("x":2); info c.size();"#, "1"),
            Example::Prints("c = Collection(); info c.size();", "0"),
        ],
        see: &["isEmpty", "keys"],
        run: size,
        ..ROW
    },
    Builtin {
        name: "containsKey",
        aliases: &["containKey"],
        page: "functions/collection/containskey",
        elsewhere: &["has", "hasKey", "hasOwnProperty"],
        parameters: KEY,
        about: "Whether there is such a key or, among elements, such a position; letter case counts.",
        examples: &[
            Example::Prints(
                r#"c = Collection("CRM":2); info c.containsKey("CRM"); info c.containKey("crm");"#,
                "true\nfalse",
            ),
            Example::Prints(r#"c = Collection("a","b"); info c.containsKey(1); info c.containsKey(2);"#, "true\nfalse"),
            Example::Prints(r#"c = Collection("a","b"); info c.containsKey("a");"#, "false"),
        ],
        see: &["containsValue", "get", "contains"],
        run: contains_key,
        ..ROW
    },
    Builtin {
        name: "containsValue",
        aliases: &["containValue"],
        page: "functions/collection/containsvalue",
        elsewhere: &["hasValue"],
        parameters: VALUE,
        about: "Whether an element or a value equals this one; letter case counts.",
        examples: &[
            Example::Prints(r#"c = Collection("x":5); info c.containsValue(5);"#, "true"),
            Example::Prints(r#"c = Collection("a"); info c.containsValue("A");"#, "false"),
            Example::Prints(r#"c = Collection(1,2); info c.containsValue("1");"#, "false"),
        ],
        see: &["containsKey", "getKey"],
        run: |_, arguments| has_value(arguments).map(Value::Boolean),
        ..ROW
    },
    Builtin {
        name: "contains",
        page: "functions/list/contains",
        elsewhere: &["includes"],
        parameters: VALUE,
        about: "Whether an element equals the value; of pairs, whether there is such a key.",
        examples: &[
            Example::Prints(r#"c = Collection("a","b"); info c.contains("b");"#, "true"),
            Example::Prints(r#"c = Collection("x":1); info c.contains("x"); info c.contains(1);"#, "true\nfalse"),
            Example::Prints("c = Collection(); info c.contains(null);", "false"),
        ],
        differs: &["Zoho's page of contains does not name COLLECTION; it is the opposite of notContains, which does."],
        see: &["notContains", "containsKey", "containsValue"],
        run: |_, arguments| contains(arguments).map(Value::Boolean),
        ..ROW
    },
    Builtin {
        name: "notContains",
        page: "functions/string/notcontains",
        parameters: VALUE,
        about: "Whether no element equals the value; of pairs, whether there is no such key.",
        examples: &[
            Example::Prints(r#"c = Collection("Creator"); info c.notContains("creator");"#, "true"),
            Example::Prints(r#"c = Collection("x":1); info c.notContains("x");"#, "false"),
            Example::Prints("c = Collection(); info c.notContains(1);", "true"),
        ],
        see: &["contains", "containsKey"],
        run: |_, arguments| contains(arguments).map(|found| Value::Boolean(!found)),
        ..ROW
    },
];

const KEY: &[Parameter] = &[Parameter::required("key", Kinds::ANY)];
const VALUE: &[Parameter] = &[Parameter::required("value", Kinds::ANY)];

fn get(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let (collection, key) = (aggregate("get", arguments, 0)?, at(arguments, 1));
    let is_key = match &*collection.borrow() {
        Contents::Map(_) => true,
        Contents::List(_) => false,
        // Nothing is in it: no position is, and a key is merely missing.
        Contents::Braces => !matches!(key, Value::Number(_)),
    };
    if is_key {
        return Ok(find(collection, &Key::new(key)?).unwrap_or_default());
    }
    let index = position("get", arguments, 1)?;
    collection.item(inside(index, collection.size())?).ok_or_else(|| Failure::index(index))
}

fn key_of(function: &str, arguments: &[Value], last: bool) -> Result<Value, Failure> {
    let wanted = at(arguments, 1);
    let is_it = |value: &Value| value.strictly_equals(wanted);
    Ok(match &*aggregate(function, arguments, 0)?.borrow() {
        Contents::Map(map) => {
            let mut found = map.iter().filter(|(_, value)| is_it(value)).map(|(key, _)| key);
            let key = if last { found.next_back() } else { found.next() };
            key.map(Key::to_value).unwrap_or_default()
        }
        Contents::List(items) => {
            let found = if last { items.iter().rposition(is_it) } else { items.iter().position(is_it) };
            found.map_or(Value::Number(-1), count)
        }
        Contents::Braces => Value::Number(-1),
    })
}

fn keys(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    Ok(Value::list(match &*aggregate("keys", arguments, 0)?.borrow() {
        Contents::Map(map) => map.keys().map(Key::to_value).collect(),
        Contents::List(items) => items.clone(),
        Contents::Braces => Vec::new(),
    }))
}

fn values(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    support::items("values", arguments, 0).map(Value::list)
}

fn size(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    aggregate("size", arguments, 0).map(|collection| count(collection.size()))
}

fn contains_key(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let (collection, key) = (aggregate("containsKey", arguments, 0)?, at(arguments, 1));
    let has = match &*collection.borrow() {
        Contents::Map(map) => map.contains_key(&Key::new(key)?),
        Contents::List(items) => {
            let index = key.as_decimal().and_then(|index| index.to_number());
            index.is_some_and(|index| inside(index, items.len()).is_ok())
        }
        Contents::Braces => false,
    };
    Ok(Value::Boolean(has))
}

fn has_value(arguments: &[Value]) -> Result<bool, Failure> {
    let wanted = at(arguments, 1);
    let is_it = |value: &Value| value.strictly_equals(wanted);
    Ok(match &*aggregate("containsValue", arguments, 0)?.borrow() {
        Contents::Map(map) => map.values().any(is_it),
        Contents::List(items) => items.iter().any(is_it),
        Contents::Braces => false,
    })
}

/// Among elements by value, among pairs by key (help page "notContains").
fn contains(arguments: &[Value]) -> Result<bool, Failure> {
    let key = at(arguments, 1);
    match &*aggregate("contains", arguments, 0)?.borrow() {
        Contents::Map(map) => Ok(map.contains_key(&Key::new(key)?)),
        _ => has_value(arguments),
    }
}
