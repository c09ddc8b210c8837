//! Making maps, lists and collections: `Map()`, `List()`, `List:Int()`, `Collection(1, 2)`.

use super::support::{self, at, holds, text};
use crate::catalogue::{Builtin, Call, Category, Example, Parameter};
use crate::value::{Aggregate, Contents, Element, Failure, Kinds, Map, Value};

/// What the rows of this table share.
const ROW: Builtin = Builtin { category: Category::List, ..support::ROW };

pub(super) static TABLE: &[Builtin] = &[
    Builtin {
        name: "Map",
        category: Category::Map,
        page: "map-manipulations/create-map",
        elsewhere: &["dict", "Object", "HashMap"],
        parameters: &[Parameter::optional("pairs", Kinds::MAP)],
        about: "Makes an empty map, or a copy of a map.",
        examples: &[
            Example::Shows("Map()", "{}"),
            Example::Prints(r#"a = {"k":1}; b = map(a); b.put("k", 2); info a;"#, r#"{"k":1}"#),
            Example::Fails(r#"m = Map({1,2});"#, "run::argument-type"),
        ],
        see: &["put", "List", "Collection", "toMap"],
        run: new_map,
        ..ROW
    },
    Builtin {
        name: "List",
        page: "list-manipulations/create-list",
        elsewhere: &["Array", "ArrayList"],
        parameters: &[Parameter::optional("elements", Kinds::LIST.or(Kinds::TEXT))],
        about: "Makes an empty list, a copy of a list, or a list of the pieces of a text between commas.",
        examples: &[
            Example::Shows("List().size()", "0"),
            Example::Shows(r#"List("red,,blue").size()"#, "3"),
            Example::Prints("a = {1}; b = List(a); b.add(2); info a;", "1"),
            Example::Fails(r#"l = List({"k":1});"#, "run::argument-type"),
        ],
        see: &["add", "toList", "Map", "Collection"],
        run: new_list,
        ..ROW
    },
    Builtin {
        name: "List:String",
        page: "create-list-datatype",
        about: "Makes an empty list of texts, which turns numbers and booleans into text.",
        examples: &[
            Example::Prints(r#"l = List:String(); l.add(1); info l.contains("1");"#, "true"),
            Example::Fails("l = List:String(); l.add({1,2});", "run::argument-type"),
            Example::Prints(r#"l = List:String(); l.addAll({1,true}); info l.get(1) + "!";"#, "true!"),
        ],
        see: &["List", "List:Int", "toListString"],
        run: |_, _| Ok(typed(Element::Text)),
        ..ROW
    },
    Builtin {
        name: "List:Int",
        page: "create-list-datatype",
        aliases: &["List:Long"],
        about: "Makes an empty list of whole numbers, which may also be added in quotes.",
        examples: &[
            Example::Prints(r#"l = List:Int(); l.add("12"); info l.contains(12);"#, "true"),
            Example::Fails(r#"l = List:Int(); l.add("1.5");"#, "run::argument-type"),
            Example::Prints("l = List:Long(); l.add(4.0); l.add(null); info l;", "4,null"),
        ],
        see: &["List", "List:Float"],
        run: |_, _| Ok(typed(Element::Number)),
        ..ROW
    },
    Builtin {
        name: "List:Float",
        page: "create-list-datatype",
        about: "Makes an empty list of decimals, which may also be added in quotes.",
        examples: &[
            Example::Prints(r#"l = List:Float(); l.add("1.5"); info l.contains(1.5);"#, "true"),
            Example::Fails(r#"l = List:Float(); l.add("half");"#, "run::argument-type"),
            Example::Prints("l = List:Float(); l.add(7); info l;", "7"),
        ],
        see: &["List", "List:Int"],
        run: |_, _| Ok(typed(Element::Decimal)),
        ..ROW
    },
    Builtin {
        name: "List:Date",
        page: "create-list-datatype",
        aliases: &["List:DateTime"],
        about: "Makes an empty list of dates, which may also be added in quotes or as milliseconds.",
        examples: &[
            Example::Prints(r#"l = List:Date(); l.add("15-Jan-2020"); info l;"#, "15-Jan-2020 00:00:00"),
            Example::Prints("l = List:Date(); l.add(1000); info l.get(0);", "01-Jan-1970 00:00:01"),
            Example::Fails(r#"l = List:Date(); l.add("1000");"#, "run::argument-type"),
        ],
        see: &["List", "toDateTime"],
        run: |_, _| Ok(typed(Element::Date)),
        ..ROW
    },
    Builtin {
        name: "List:Bool",
        page: "create-list-datatype",
        about: "Makes an empty list of booleans, which may also be added in quotes.",
        examples: &[
            Example::Prints(r#"l = List:Bool(); l.add("True"); info l;"#, "true"),
            Example::Fails("l = List:Bool(); l.add(1);", "run::argument-type"),
            Example::Prints("l = List:Bool(); l.addAll({true,false}); info l.contains(false);", "true"),
        ],
        see: &["List"],
        run: |_, _| Ok(typed(Element::Boolean)),
        ..ROW
    },
    Builtin {
        name: "Collection",
        page: "datatypes/collection",
        category: Category::Collection,
        parameters: &[Parameter::optional("contents", Kinds::LIST.or(Kinds::MAP))],
        gathers: true,
        about: "Makes a collection of these elements or key-value pairs; an empty one takes either.",
        examples: &[
            Example::Shows(r#"Collection("nut","bolt")"#, "nut,bolt"),
            Example::Shows(r#"Collection("Name":"Shawn","Gender":"Male").get("Name")"#, "Shawn"),
            Example::Shows("Collection({1,2}).size()", "1"),
            Example::Fails(r#"c = Collection("a","k":1);"#, "check::mixed-arguments"),
        ],
        differs: &[
            "Zoho allows 25,000 elements in Creator and 50,000 elsewhere; here the size limit of the run applies.",
        ],
        see: &["insert", "toCollection", "List", "Map"],
        run: new_collection,
        ..ROW
    },
];

fn new_map(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let copy = match at(arguments, 0) {
        Value::Aggregate(pairs) => match &*pairs.borrow() {
            Contents::Map(map) => map.clone(),
            _ => Map::default(),
        },
        _ => Map::default(),
    };
    Ok(Value::map(copy))
}

fn new_list(call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let items = match at(arguments, 0) {
        Value::Null => Vec::new(),
        Value::Aggregate(list) => list.items().unwrap_or_default(),
        _ => {
            let text = text(arguments, 0)?;
            holds(call, text.matches(',').count() + 1)?;
            text.split(',').map(Value::from).collect()
        }
    };
    Ok(Value::list(items))
}

fn new_collection(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    Ok(Value::collection(match at(arguments, 0) {
        Value::Aggregate(gathered) => gathered.borrow().clone(),
        _ => Contents::Braces,
    }))
}

fn typed(element: Element) -> Value {
    Value::Aggregate(Aggregate::typed_list(element))
}
