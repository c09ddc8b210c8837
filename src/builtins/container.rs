//! What lists and maps have in common.

use super::support::{self, aggregate, count};
use crate::catalogue::{Builtin, Call, Category, Example, Gives};
use crate::value::{Failure, Kind, Kinds, Value};

/// What the rows of this table share.
const ROW: Builtin = Builtin { category: Category::List, ..support::ROW };

pub(super) static TABLE: &[Builtin] = &[
    Builtin {
        name: "size",
        page: "functions/list/size",
        on: Kinds::LIST.or(Kinds::MAP),
        about: "Gives the number of elements or pairs; what is nested counts as one.",
        examples: &[
            Example::Shows(r#"{"a",{"b","c"}}.size()"#, "2"),
            Example::Shows(r#"{"a":1,"a":2}.size()"#, "1"),
            Example::Shows("{}.size()", "0"),
        ],
        run: size,
        ..ROW
    },
    Builtin {
        name: "clear",
        page: "functions/list/clear",
        on: Kinds::LIST.or(Kinds::MAP),
        gives: Gives::Nothing,
        about: "Removes everything.",
        examples: &[
            Example::Prints("l = {1,2}; l.clear(); l.add(3); info l;", "3"),
            Example::Prints(r#"m = {"a":1}; m.clear(); info m;"#, "{}"),
        ],
        run: clear,
        ..ROW
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
