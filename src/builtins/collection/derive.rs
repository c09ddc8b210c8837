//! New lists and collections made of one, and collections made of something else.

use super::{ELEMENTS, has_pairs};
use crate::builtins::error::outside_collection;
use crate::builtins::list::derive::{distinct, intersect};
use crate::builtins::support::{self, INDEX, aggregate, at, items, optional_whole, text};
use crate::catalogue::{Builtin, Call, Category, Example, Parameter};
use crate::value::{Contents, Failure, Kind, Kinds, Value, json};

/// What the rows of this table share.
const ROW: Builtin = Builtin { category: Category::Collection, on: Kinds::COLLECTION, ..support::ROW };

pub(in crate::builtins) static TABLE: &[Builtin] = &[
    Builtin {
        name: "distinct",
        page: "functions/collection/distinct",
        elsewhere: &["unique", "uniq"],
        about: "Gives a list with the first of each group of equal elements or values.",
        examples: &[
            Example::Prints(r#"c = Collection("a","b","b"); info c.distinct();"#, "a,b"),
            Example::Prints(r#"c = Collection("x":5,"y":2,"z":5); info c.distinct();"#, "5,2"),
            Example::Prints(r#"c = Collection("1",1); info c.distinct().size();"#, "2"),
        ],
        see: &["intersect", "values"],
        run: distinct,
        ..ROW
    },
    Builtin {
        name: "intersect",
        page: "functions/collection/intersect",
        elsewhere: &["intersection"],
        parameters: &[Parameter::required("other", ELEMENTS)],
        about: "Gives a list of the elements or values that are also in another collection or list.",
        examples: &[
            Example::Prints("a = Collection(1,2,3); b = Collection(3,2,4); info a.intersect(b);", "2,3"),
            Example::Prints(r#"a = Collection("A"); info a.intersect({"a"}).size();"#, "0"),
            Example::Fails("a = Collection(1); info a.intersect(1);", "run::argument-type"),
        ],
        see: &["distinct", "deleteAll", "containsValue"],
        run: intersect,
        ..ROW
    },
    Builtin {
        name: "duplicate",
        page: "functions/collection/duplicate",
        elsewhere: &["clone", "copy", "slice"],
        parameters: &[Parameter::optional("startIndex", INDEX), Parameter::optional("endIndex", INDEX)],
        about: "Gives a list of the elements from a position up to another, which is not included; of pairs a copy.",
        examples: &[
            Example::Prints(r#"c = Collection("a","b","c"); info c.duplicate(0,2);"#, "a,b"),
            Example::Prints(r#"c = Collection("k":1); d = c.duplicate(); d.update("k",2); info c;"#, r#"{"k":1}"#),
            Example::Fails(r#"c = Collection("a","b"); info c.duplicate(0,5);"#, "run::index"),
        ],
        see: &["values", "subList", "toCollection"],
        run: duplicate,
        ..ROW
    },
    Builtin {
        name: "toCollection",
        page: "functions/collection/to-collection",
        category: Category::Conversion,
        on: Kinds::TEXT,
        about: "Reads a text in braces into a collection: of pairs as in JSON, or of elements with commas between them.",
        examples: &[
            Example::Shows(
                r#""{company:Zoho, product:Deluge}".toCollection()"#,
                r#"{"company":"Zoho","product":"Deluge"}"#,
            ),
            Example::Shows(r#""{company, Zoho}".toCollection()"#, "company,Zoho"),
            Example::Shows(r#""[1,2]".toCollection().containsValue(2)"#, "true"),
            Example::Fails(r#"info "plain words".toCollection();"#, "run::invalid-json"),
        ],
        differs: &["Pairs keep the order of the text; the page shows another order."],
        see: &["Collection", "toMap", "toList"],
        run: of_text,
        ..ROW
    },
    Builtin {
        name: "toCollection",
        page: "functions/collection/to-collection",
        category: Category::Conversion,
        on: Kinds::LIST.or(Kinds::MAP).or(Kinds::COLLECTION),
        about: "Gives a new collection of the elements of a list or the pairs of a map.",
        examples: &[
            Example::Prints("l = {1,2}; c = l.toCollection(); c.insert(3); info c; info l;", "1,2,3\n1,2"),
            Example::Shows(r#"{"k":1}.toCollection().getKey(1)"#, "k"),
            Example::Prints(r#"c = {}.toCollection(); c.insert("k":1); info c;"#, r#"{"k":1}"#),
        ],
        see: &["Collection", "values"],
        run: of_container,
        ..ROW
    },
];

fn duplicate(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let collection = aggregate("duplicate", arguments, 0)?;
    let start = optional_whole("duplicate", arguments, 1)?;
    let end = optional_whole("duplicate", arguments, 2)?;
    if has_pairs(collection) {
        return match start.or(end) {
            Some(_) => Err(Failure::argument("duplicate", Kinds::LIST, Kind::Map)),
            None => Ok(Value::collection(collection.borrow().clone())),
        };
    }
    let items = items("duplicate", arguments, 0)?;
    let bound = |index: i64| usize::try_from(index).map_err(|_| outside_collection());
    let start = start.map_or(Ok(0), bound)?;
    let end = end.map_or(Ok(items.len()), bound)?;
    items.get(start..end).map(|part| Value::list(part.to_vec())).ok_or_else(outside_collection)
}

fn of_text(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let text = text(arguments, 0)?;
    match json::parse_lenient(&text).or_else(|failure| elements(&text).ok_or(failure))? {
        Value::Aggregate(read) => Ok(Value::collection(read.borrow().clone())),
        _ => Err(Failure::invalid_json("a collection begins with { or [")),
    }
}

/// The elements between braces: `{company, Zoho}`, which is no JSON.
fn elements(text: &str) -> Option<Value> {
    let inside = text.trim().strip_prefix('{')?.strip_suffix('}')?;
    json::parse_lenient(&format!("[{inside}]")).ok()
}

fn of_container(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    match at(arguments, 0) {
        Value::Aggregate(container) => Ok(Value::collection(container.borrow().clone())),
        _ => Ok(Value::collection(Contents::Braces)),
    }
}
