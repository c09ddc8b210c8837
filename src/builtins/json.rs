//! Reading JSON text. Zoho reads leniently (`{company:Zoho}`), and so do these. An array inside JSON stays JSON, and
//! prints with brackets, until `toJSONList` makes a plain list of it (help page "toJSONList").

use super::support::{self, PRESENT, aggregate, at, json_fits, text};
use crate::catalogue::{Builtin, Call, Category, Example, Parameter};
use crate::value::{Aggregate, Failure, Key, Kind, Kinds, Value, json};

/// What the rows of this table share.
const ROW: Builtin = Builtin { category: Category::Json, ..support::ROW };

pub(super) static TABLE: &[Builtin] = &[
    Builtin {
        name: "toMap",
        page: "functions/string/tomap",
        on: Kinds::TEXT,
        about: "Reads the text of a JSON object into a map.",
        examples: &[
            Example::Shows(r#""{company:Zoho, product:'Creator'}".toMap().get("product")"#, "Creator"),
            Example::Shows(r#""{\"id\":4876876000000225001}".toMap()"#, r#"{"id":4876876000000225001}"#),
            Example::Fails(r#"info "plain words".toMap();"#, "run::invalid-json"),
        ],
        run: to_map,
        ..ROW
    },
    Builtin {
        name: "toMap",
        page: "functions/string/tomap",
        on: Kinds::MAP,
        about: "Gives the map itself.",
        examples: &[Example::Shows(r#"{"a":1}.toMap()"#, r#"{"a":1}"#)],
        run: |_, arguments| Ok(at(arguments, 0).clone()),
        ..ROW
    },
    Builtin {
        name: "toJSONList",
        page: "functions/common/tojsonlist",
        on: Kinds::TEXT,
        about: "Reads the text of a JSON array into a list.",
        examples: &[
            Example::Shows(r#""[343,443,577]".toJSONList()"#, "343,443,577"),
            Example::Shows(r#""[{\"id\":1},{\"id\":2}]".toJSONList().get(1).get("id")"#, "2"),
            Example::Fails(r#"info "[1,2".toJSONList();"#, "run::invalid-json"),
        ],
        run: to_json_list,
        ..ROW
    },
    Builtin {
        name: "toJSONList",
        page: "functions/common/tojsonlist",
        on: Kinds::LIST,
        about: "Gives the list; one that came from JSON prints like any other list from then on.",
        examples: &[
            Example::Shows(r#""{Qty:[4,5]}".getJSON("Qty").toJSONList()"#, "4,5"),
            Example::Shows("{1,2}.toJSONList()", "1,2"),
        ],
        run: as_plain_list,
        ..ROW
    },
    Builtin {
        name: "getJSON",
        page: "functions/common/getjson",
        on: Kinds::TEXT,
        parameters: &[Parameter::required("key", PRESENT)],
        about: "Gives the value of a key in the text of a JSON object, null when there is no such key.",
        examples: &[
            Example::Shows(r#""{\"a\":{\"b\":5}}".getJSON("a").getJSON("b")"#, "5"),
            Example::Shows(r#""{\"a\":1}".getJson("zz")"#, "null"),
            Example::Fails(r#"info "not json".getJSON("a");"#, "run::invalid-json"),
        ],
        run: get_json_of_text,
        ..ROW
    },
    Builtin {
        name: "getJSON",
        page: "functions/common/getjson",
        on: Kinds::MAP.or(Kinds::COLLECTION),
        parameters: &[Parameter::required("key", PRESENT)],
        about: "Gives the value of a key, null when there is no such key.",
        examples: &[
            Example::Shows(r#"{"a":{"b":5}}.getJSON("a").getJSON("b")"#, "5"),
            Example::Shows(r#"{"a":1}.getJSON("zz")"#, "null"),
        ],
        run: get_json,
        ..ROW
    },
];

fn to_map(call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    object(call, &text(arguments, 0)?).map(Value::Aggregate)
}

fn to_json_list(call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let text = text(arguments, 0)?;
    json_fits(call, &text)?;
    match json::parse_lenient(&text)? {
        Value::Aggregate(array) if array.kind() == Kind::List => Ok(plain(&array)),
        _ => Err(Failure::invalid_json("an array is needed, which begins with [")),
    }
}

fn as_plain_list(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let list = aggregate("toJSONList", arguments, 0)?;
    Ok(if list.is_from_json() { plain(list) } else { Value::Aggregate(list.clone()) })
}

fn get_json_of_text(call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    value_of(&object(call, &text(arguments, 0)?)?, at(arguments, 1))
}

fn get_json(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    value_of(aggregate("getJSON", arguments, 0)?, at(arguments, 1))
}

fn object(call: &Call<'_>, text: &str) -> Result<Aggregate, Failure> {
    json_fits(call, text)?;
    match json::parse_lenient(text)? {
        Value::Aggregate(object) if object.kind() != Kind::List => Ok(object),
        _ => Err(Failure::invalid_json("an object is needed, which begins with {")),
    }
}

fn plain(array: &Aggregate) -> Value {
    Value::list(array.items().unwrap_or_default())
}

fn value_of(map: &Aggregate, key: &Value) -> Result<Value, Failure> {
    Ok(super::map::access::find(map, &Key::new(key)?).unwrap_or_default())
}
