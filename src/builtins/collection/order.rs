//! Sorting a collection in place. Unlike `sort` of a list this gives nothing, so values that have no order, being of
//! several types, simply stay where they are.

use super::{change_elements, change_pairs, pairs};
use crate::builtins::order::{sort_by_value, sort_values};
use crate::builtins::support::{self, aggregate, flag, items};
use crate::catalogue::{Builtin, Call, Category, Example, Gives, Parameter};
use crate::value::{Contents, Failure, Key, Kind, Kinds, Value};

/// What the rows of this table share.
const ROW: Builtin = Builtin {
    category: Category::Collection,
    on: Kinds::COLLECTION,
    parameters: &[Parameter::optional("ascending", Kinds::BOOLEAN)],
    gives: Gives::Nothing,
    ..support::ROW
};

pub(in crate::builtins) static TABLE: &[Builtin] = &[
    Builtin {
        name: "sort",
        page: "functions/collection/sort",
        elsewhere: &["sorted", "orderBy"],
        about: "Sorts elements, or pairs by their values; what is of several types stays as it is.",
        examples: &[
            Example::Prints(r#"c = Collection("Mail","CRM"); c.sort(); info c;"#, "CRM,Mail"),
            Example::Prints(r#"c = Collection("x":5,"y":2); c.sort(); info c;"#, r#"{"y":2,"x":5}"#),
            Example::Prints(r#"c = Collection(2,"a",1); c.sort(false); info c;"#, "2,a,1"),
            Example::Fails(r#"c = Collection(2,1); c.sort("x");"#, "run::argument-type"),
        ],
        see: &["sortKey", "values"],
        run: sort,
        ..ROW
    },
    Builtin {
        name: "sortKey",
        page: "functions/collection/sortkey",
        elsewhere: &["ksort", "sortKeys"],
        about: "Sorts pairs by their keys; keys of several types stay as they are.",
        examples: &[
            Example::Prints(r#"c = Collection("b":1,"A":2,"a":3); c.sortKey(); info c;"#, r#"{"A":2,"a":3,"b":1}"#),
            Example::Prints(r#"c = Collection("a":1,"b":2); c.sortKey(false); info c;"#, r#"{"b":2,"a":1}"#),
            Example::Fails(r#"c = Collection("b","a"); c.sortKey();"#, "run::argument-type"),
        ],
        see: &["sort", "keys"],
        run: sort_key,
        ..ROW
    },
];

fn sort(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let ascending = flag(arguments, 1).unwrap_or(true);
    if let Some(pairs) = pairs(aggregate("sort", arguments, 0)?) {
        let mut rows: Vec<(Key, Value)> = pairs.into_iter().collect();
        if sort_by_value(&mut rows, ascending, |(_, value)| value) {
            change_pairs("sort", arguments, |pairs| *pairs = rows.into_iter().collect())?;
        }
    } else {
        let mut sorted = items("sort", arguments, 0)?;
        if sort_values(&mut sorted, ascending) {
            change_elements("sort", arguments, |items| *items = sorted)?;
        }
    }
    Ok(Value::Null)
}

fn sort_key(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let ascending = flag(arguments, 1).unwrap_or(true);
    let mut rows: Vec<(Value, (Key, Value))> = match &*aggregate("sortKey", arguments, 0)?.borrow() {
        Contents::Map(map) => map.iter().map(|(key, value)| (key.to_value(), (key.clone(), value.clone()))).collect(),
        Contents::List(_) => return Err(Failure::argument("sortKey", Kinds::MAP, Kind::List)),
        Contents::Braces => return Ok(Value::Null),
    };
    if sort_by_value(&mut rows, ascending, |(key, _)| key) {
        change_pairs("sortKey", arguments, |pairs| *pairs = rows.into_iter().map(|(_, pair)| pair).collect())?;
    }
    Ok(Value::Null)
}
