//! What lists and maps have in common.

use super::support::{self, MAP_ONLY, aggregate, count};
use crate::catalogue::{Builtin, Call, Category, Example, Gives};
use crate::value::{Failure, Kind, Kinds, Value};

/// What the rows of this table share.
const ROW: Builtin = Builtin { category: Category::List, ..support::ROW };
/// What the rows for maps share.
const MAP_ROW: Builtin = Builtin { category: Category::Map, on: MAP_ONLY, ..support::ROW };

pub(super) static TABLE: &[Builtin] = &[
    Builtin {
        name: "size",
        page: "functions/list/size",
        elsewhere: &["count"],
        on: Kinds::LIST,
        about: "Gives the number of elements; what is nested counts as one.",
        examples: &[
            Example::Shows(r#"{"a",{"b","c"}}.size()"#, "2"),
            Example::Shows("{}.size()", "0"),
            Example::Fails("n = 5; info n.size();", "run::argument-type"),
        ],
        see: &["isEmpty", "get"],
        run: size,
        ..ROW
    },
    Builtin {
        name: "size",
        page: "functions/map/size",
        elsewhere: &["count"],
        about: "Gives the number of key-value pairs; what is nested counts as one.",
        examples: &[
            Example::Shows(r#"{"a":1,"b":{"c":2}}.size()"#, "2"),
            Example::Shows(r#"{"a":1,"a":2}.size()"#, "1"),
            Example::Shows("Map().size()", "0"),
        ],
        see: &["isEmpty", "keys"],
        run: size,
        ..MAP_ROW
    },
    Builtin {
        name: "clear",
        page: "functions/list/clear",
        on: Kinds::LIST,
        gives: Gives::Nothing,
        about: "Removes every element.",
        examples: &[
            Example::Prints("l = {1,2}; l.clear(); l.add(3); info l;", "3"),
            Example::Prints("a = {1}; b = a; a.clear(); info b.size();", "0"),
            Example::Fails("l = {1}; x = l.clear();", "check::no-value"),
        ],
        see: &["removeAll", "isEmpty"],
        run: clear,
        ..ROW
    },
    Builtin {
        name: "clear",
        page: "functions/map/clear",
        gives: Gives::Nothing,
        about: "Removes every key-value pair.",
        examples: &[
            Example::Prints(r#"m = {"a":1}; m.clear(); info m;"#, "{}"),
            Example::Prints(r#"m = {"a":1}; m.clear(); m.put("b",2); info m;"#, r#"{"b":2}"#),
            Example::Fails(r#"m = {"a":1}; x = m.clear();"#, "check::no-value"),
        ],
        see: &["remove", "isEmpty"],
        run: clear,
        ..MAP_ROW
    },
];

fn size(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    aggregate("size", arguments, 0).map(|aggregate| count(aggregate.size()))
}

fn clear(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let container = aggregate("clear", arguments, 0)?;
    match container.kind() {
        Kind::List => drop(container.list_mut().map(|mut items| std::mem::take(&mut *items))),
        Kind::Map => drop(container.map_mut().map(|mut map| std::mem::take(&mut *map))),
        _ => {}
    }
    Ok(Value::Null)
}
