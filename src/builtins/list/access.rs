//! Looking into a list. Elements are compared strictly: the number 1 is not the text "1" (help page "contains").

use crate::builtins::support::{self, INDEX, LIST_ONLY, aggregate, at, count, inside, text_result, whole};
use crate::catalogue::{Builtin, Call, Category, Example, Parameter};
use crate::value::{Contents, Failure, Kinds, Value};

/// What the rows of this table share.
const ROW: Builtin = Builtin { category: Category::List, ..support::ROW };

pub(in crate::builtins) static TABLE: &[Builtin] = &[
    Builtin {
        name: "get",
        page: "functions/list/get",
        elsewhere: &["at", "elementAt"],
        on: LIST_ONLY,
        parameters: POSITION,
        about: "Gives the element at a position, counted from 0.",
        examples: &[
            Example::Prints(r#"l = {"a",{"c","d"}}; info l.get(1).get(0);"#, "c"),
            Example::Prints(r#"l = {"a","b"}; i = "1"; info l.get(i);"#, "b"),
            Example::Fails(r#"l = {"a","b"}; info l.get(2);"#, "run::index"),
        ],
        differs: &["A position may also be a number in quotes."],
        see: &["getAsString", "indexOf", "subList", "size"],
        run: get,
        ..ROW
    },
    Builtin {
        name: "getAsString",
        page: "functions/collection/get-as-string",
        elsewhere: &["getString"],
        on: Kinds::LIST.or(Kinds::COLLECTION).or(Kinds::TEXT),
        parameters: POSITION,
        about: "Gives the element at a position, counted from 0, as text; of a text, the piece between commas.",
        examples: &[
            Example::Prints("l = {120.46}; info l.getAsString(0) + 1;", "120.461"),
            Example::Prints("c = Collection({1,2}); info c.getAsString(0);", "1,2"),
            Example::Shows(r#""123,456,120,120.46".getasstring(2)"#, "120"),
            Example::Fails("l = {1}; info l.getAsString(1);", "run::index"),
        ],
        see: &["get", "toString", "toListString"],
        run: get_as_string,
        ..ROW
    },
    Builtin {
        name: "contains",
        page: "functions/list/contains",
        elsewhere: &["includes", "in_array"],
        on: Kinds::LIST,
        parameters: ELEMENT,
        about: "Whether an element equals the value.",
        examples: &[
            Example::Prints(r#"l = {1,"2","Zoho"}; info l.contains("Zoho");"#, "true"),
            Example::Prints(r#"l = {1,"2","Zoho"}; info l.contains(2);"#, "false"),
            Example::Prints(r#"l = {1,{"India","USA"}}; info l.contains({"India","USA"});"#, "true"),
            Example::Prints("l = List(); info l.contains(null);", "false"),
        ],
        see: &["notContains", "indexOf", "intersect"],
        run: contains,
        ..ROW
    },
    Builtin {
        name: "notContains",
        page: "functions/string/notcontains",
        on: Kinds::LIST,
        parameters: ELEMENT,
        about: "Whether no element equals the value.",
        examples: &[
            Example::Prints(r#"l = {"Creator"}; info l.notContains("creator");"#, "true"),
            Example::Prints(r#"l = {"Creator"}; info l.notContains("Creator");"#, "false"),
            Example::Prints(r#"l = {1,2}; info l.notContains("1");"#, "true"),
        ],
        see: &["contains", "indexOf"],
        run: not_contains,
        ..ROW
    },
    Builtin {
        name: "indexOf",
        page: "functions/list/indexof",
        elsewhere: &["findIndex", "index"],
        on: Kinds::LIST,
        parameters: ELEMENT,
        about: "Gives the position of the first element that equals the value, or -1.",
        examples: &[
            Example::Prints("l = {5,6,7,6}; info l.indexOf(6);", "1"),
            Example::Prints(r#"l = {5,6}; info l.indexOf("6");"#, "-1"),
            Example::Shows("List().indexOf(1)", "-1"),
        ],
        see: &["lastIndexOf", "contains", "get"],
        run: index_of,
        ..ROW
    },
    Builtin {
        name: "lastIndexOf",
        page: "functions/list/lastindexof",
        elsewhere: &["findLastIndex", "rindex"],
        on: Kinds::LIST,
        parameters: ELEMENT,
        about: "Gives the position of the last element that equals the value, or -1.",
        examples: &[
            Example::Prints("l = {5,6,7,6}; info l.lastIndexOf(6);", "3"),
            Example::Shows("List().lastIndexOf(1)", "-1"),
            Example::Prints(r#"l = {5,6}; info l.lastIndexOf("6");"#, "-1"),
        ],
        see: &["indexOf", "contains", "get"],
        run: last_index_of,
        ..ROW
    },
];

const POSITION: &[Parameter] = &[Parameter::required("index", INDEX)];
const ELEMENT: &[Parameter] = &[Parameter::required("element", Kinds::ANY)];

fn get(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    element("get", arguments)
}

fn get_as_string(call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let element = match at(arguments, 0) {
        Value::Text(text) => {
            let index = whole("getAsString", arguments, 1)?;
            let piece = usize::try_from(index).ok().and_then(|index| text.split(',').nth(index));
            Value::text(piece.ok_or_else(|| Failure::index(index))?)
        }
        _ => element("getAsString", arguments)?,
    };
    text_result(call, element.to_text()?)
}

fn element(function: &str, arguments: &[Value]) -> Result<Value, Failure> {
    let list = aggregate(function, arguments, 0)?;
    let index = whole(function, arguments, 1)?;
    list.item(inside(index, list.size())?).ok_or_else(|| Failure::index(index))
}

fn contains(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    Ok(Value::Boolean(first(arguments)?.is_some()))
}

fn not_contains(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    Ok(Value::Boolean(first(arguments)?.is_none()))
}

fn index_of(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    Ok(first(arguments)?.map_or(Value::Number(-1), count))
}

fn last_index_of(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let list = aggregate("lastIndexOf", arguments, 0)?;
    let position = match &*list.borrow() {
        Contents::List(items) => items.iter().rposition(|item| item.strictly_equals(at(arguments, 1))),
        _ => None,
    };
    Ok(position.map_or(Value::Number(-1), count))
}

/// The position of the first element that equals the argument.
pub(super) fn first(arguments: &[Value]) -> Result<Option<usize>, Failure> {
    let list = aggregate("indexOf", arguments, 0)?;
    Ok(match &*list.borrow() {
        Contents::List(items) => at(arguments, 1).position_in(items),
        _ => None,
    })
}
