//! New lists made of a list.

use crate::builtins::support::{self, INDEX, items, optional_whole, whole};
use crate::builtins::value_set::ValueSet;
use crate::catalogue::{Builtin, Call, Category, Example, Parameter};
use crate::value::{Failure, Kinds, Value};

/// What the rows of this table share.
const ROW: Builtin = Builtin { category: Category::List, ..support::ROW };

pub(in crate::builtins) static TABLE: &[Builtin] = &[
    Builtin {
        name: "distinct",
        page: "functions/list/distinct",
        elsewhere: &["unique", "uniq", "array_unique"],
        on: Kinds::LIST,
        about: "Gives a new list with the first of each group of equal elements.",
        examples: &[
            Example::Prints(r#"l = {"1",1,1,2,2,3}; info l.distinct();"#, "1,1,2,3"),
            Example::Prints("l = {{1,2},{1,2},{2,1}}; info l.distinct().size();", "2"),
            Example::Shows("List().distinct().size()", "0"),
        ],
        see: &["intersect", "contains"],
        run: distinct,
        ..ROW
    },
    Builtin {
        name: "intersect",
        page: "functions/list/intersect",
        elsewhere: &["intersection", "array_intersect"],
        on: Kinds::LIST,
        parameters: &[Parameter::required("elements", Kinds::LIST)],
        about: "Gives a new list with the elements that are also in another list.",
        examples: &[
            Example::Prints("a = {1,2,3}; info a.intersect({3,2,4});", "2,3"),
            Example::Prints(r#"a = {"A"}; info a.intersect({"a"}).size();"#, "0"),
            Example::Prints("a = {1,1,2}; info a.intersect({1});", "1,1"),
            Example::Fails("a = {1}; info a.intersect(1);", "run::argument-type"),
        ],
        see: &["distinct", "removeAll", "contains"],
        run: intersect,
        ..ROW
    },
    Builtin {
        name: "subList",
        page: "functions/list/sublist",
        elsewhere: &["slice", "array_slice"],
        on: Kinds::LIST,
        parameters: &[Parameter::required("startIndex", INDEX), Parameter::optional("endIndex", INDEX)],
        about: "Gives a new list of the elements from a position up to another, which is not included.",
        examples: &[
            Example::Prints("l = {1,2,3,4}; info l.subList(1,3);", "2,3"),
            Example::Prints("l = {1,2,3,4}; info l.sublist(2);", "3,4"),
            Example::Fails("l = {1,2,3,4}; info l.subList(0,5);", "run::index"),
            Example::Fails("l = {1,2}; info l.subList(-1);", "run::index"),
        ],
        see: &["get", "duplicate"],
        run: sub_list,
        ..ROW
    },
];

/// Also of collections.
pub(in crate::builtins) fn distinct(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let mut seen = ValueSet::default();
    Ok(Value::list(items("distinct", arguments, 0)?.into_iter().filter(|item| seen.insert(item)).collect()))
}

/// Also of collections.
pub(in crate::builtins) fn intersect(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let wanted = ValueSet::of(&items("intersect", arguments, 1)?);
    Ok(Value::list(items("intersect", arguments, 0)?.into_iter().filter(|item| wanted.contains(item)).collect()))
}

fn sub_list(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let items = items("subList", arguments, 0)?;
    let start = whole("subList", arguments, 1)?;
    let end = optional_whole("subList", arguments, 2)?;
    let from = usize::try_from(start).map_err(|_| Failure::index(start))?;
    let part = match end {
        Some(end) => items.get(from..usize::try_from(end).map_err(|_| Failure::index(end))?),
        None => items.get(from..),
    };
    // Whichever bound is the larger one is the one that lies outside.
    part.map(|part| Value::list(part.to_vec())).ok_or_else(|| Failure::index(end.unwrap_or(start).max(start)))
}
