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
        elsewhere: &["parse", "parseJSON", "json_decode", "loads", "fromJson"],
        page: "functions/string/tomap",
        on: Kinds::TEXT,
        about: "Reads the text of a JSON object into a map.",
        examples: &[
            Example::Shows(
                r#""{company:Zoho, product:'Creator'}".toMap()"#,
                r#"{"company":"Zoho","product":"Creator"}"#,
            ),
            Example::Shows(
                r#""{\"id\":4876876000000225001,\"price\":1.50}".toMap()"#,
                r#"{"id":4876876000000225001,"price":1.50}"#,
            ),
            Example::Shows(r#""{zip:0150, ids:[7,8,],}".toMap()"#, r#"{"zip":"0150","ids":[7,8]}"#),
            Example::Shows(r#""{}".toMap().size()"#, "0"),
            Example::Fails(r#"info "plain words".toMap();"#, "run::invalid-json"),
            Example::Fails(r#"info "[1,2]".toMap();"#, "run::invalid-json"),
        ],
        differs: &[
            "Keys keep the order of the text.",
            "Numbers keep their digits; one that neither NUMBER nor DECIMAL can hold becomes text.",
        ],
        see: &["toJSONList", "getJSON", "toString", "toXml"],
        run: to_map,
        ..ROW
    },
    Builtin {
        name: "toMap",
        page: "functions/string/tomap",
        on: Kinds::MAP,
        about: "Gives the map itself: replies that are JSON are maps already.",
        examples: &[
            Example::Shows(r#"{"a":1}.toMap()"#, r#"{"a":1}"#),
            Example::Prints(r#"m = {"a":1}; m.toMap().put("b",2); info m;"#, r#"{"a":1,"b":2}"#),
            Example::Shows("{}.toMap().size()", "0"),
        ],
        see: &["getJSON"],
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
            Example::Shows(r#""[]".toJSONList().size()"#, "0"),
            Example::Fails(r#"info "[1,2".toJSONList();"#, "run::invalid-json"),
            Example::Fails(r#"info "{a:1}".toJSONList();"#, "run::invalid-json"),
        ],
        see: &["toMap", "getJSON", "toList"],
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
            Example::Shows(r#""{Qty:[{a:1},{a:2}]}".getJSON("Qty").toJSONList().get(1).getJSON("a")"#, "2"),
            Example::Shows("{1,2}.toJSONList()", "1,2"),
        ],
        see: &["getJSON", "toString"],
        run: as_plain_list,
        ..ROW
    },
    Builtin {
        name: "getJSON",
        elsewhere: &["json_value", "json_extract", "JSON_QUERY"],
        page: "functions/common/getjson",
        on: Kinds::TEXT,
        parameters: &[Parameter::required("key", PRESENT)],
        about: "Gives the value of a key in the text of a JSON object, null when there is no such key.",
        examples: &[
            Example::Shows(r#""{\"a\":{\"b\":5}}".getJSON("a").getJSON("b")"#, "5"),
            Example::Shows(r#""{\"a\":1}".getJson("zz")"#, "null"),
            Example::Shows(r#""{\"1\":[true]}".getJSON(1)"#, "[true]"),
            Example::Prints(
                r#"for each row in "{data:[{id:1},{id:2}]}".getJSON("data") { info row.getJSON("id"); }"#,
                "1\n2",
            ),
            Example::Fails(r#"info "not json".getJSON("a");"#, "run::invalid-json"),
        ],
        see: &["get", "toMap", "toJSONList", "executeXPath"],
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
            Example::Fails(r#"info {"a":1}.getJSON("a").getJSON("b");"#, "run::argument-type"),
        ],
        see: &["get", "toJSONList"],
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
    // In JSON every key is a text, so the key may be given as a number.
    let key = text(arguments, 1)?;
    Ok(object(call, &text(arguments, 0)?)?.entry(&key).unwrap_or_default())
}

fn get_json(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let map = aggregate("getJSON", arguments, 0)?;
    Ok(super::map::access::find(map, &Key::new(at(arguments, 1))?).unwrap_or_default())
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
