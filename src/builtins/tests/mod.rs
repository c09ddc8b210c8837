//! Bodies are called as the machine calls them: found by name and kind of the receiver, kinds and number checked.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod collections;
mod containers;
mod dates;
mod encoding;
mod files;
mod fuzz;
mod numbers;
mod odd;
mod patterns;
mod properties;
mod scalars;

use std::collections::HashSet;

use super::{SYSTEM_VARIABLES, tables};
use crate::catalogue::{Builtin, Call, Catalogue, Category, Example};
use crate::environment::{Environment, Random, Randomness};
use crate::syntax::Dialect;
use crate::value::{Answers, Cycles, Decimal, Failure, Kind, Value, json};

const LARGEST: usize = 20_000;

/// The rows that have a body.
fn rows() -> impl Iterator<Item = &'static Builtin> {
    tables().iter().flat_map(|table| table.iter()).filter(|row| row.absent.is_none())
}

fn catalogue() -> Catalogue {
    Catalogue::new(tables(), SYSTEM_VARIABLES, Vec::new)
}

/// The result of `name` on these values, the receiver first.
fn run(name: &str, values: &[Value]) -> Result<Value, Failure> {
    let catalogue = catalogue();
    let group = catalogue.group(catalogue.find(name).expect(name)).unwrap();
    let row = values.first().and_then(|first| group.on(first.kind())).or(group.plain()).expect(name);
    perform(row, values)
}

fn perform(row: &Builtin, values: &[Value]) -> Result<Value, Failure> {
    perform_in(Dialect::Portable, row, values)
}

fn perform_in(dialect: Dialect, row: &Builtin, values: &[Value]) -> Result<Value, Failure> {
    let mut cycles = Cycles::default();
    let environment = Environment { dialect, ..Environment::default() };
    let result = (row.run)(
        &mut Call {
            environment: &environment,
            random: &mut Random::new(Randomness::Seed(1)),
            cycles: &mut cycles,
            answers: &mut Answers::default(),
            largest: LARGEST,
            elements: LARGEST,
            memory: 1 << 30,
        },
        values,
    );
    drop(cycles);
    result
}

/// The printed result, or the code of the error.
fn shows(name: &str, values: &[Value]) -> String {
    match run(name, values) {
        Ok(value) => value.print().unwrap(),
        Err(failure) => failure.into_report().code,
    }
}

fn decimal(digits: &str) -> Value {
    Value::decimal(Decimal::parse(digits).unwrap())
}

fn list(items: &[&str]) -> Value {
    Value::list(items.iter().map(|item| Value::from(*item)).collect())
}

fn parsed(text: &str) -> Value {
    json::parse(text).unwrap()
}

#[test]
fn every_row_is_described_has_an_example_and_a_body() {
    for row in rows() {
        assert!(!row.name.is_empty() && !row.examples.is_empty(), "{row:?}");
        assert!(row.about.ends_with('.') && row.about.len() < 120, "{}: {}", row.name, row.about);
        let mut optional = false;
        for parameter in row.parameters {
            assert!(!optional || parameter.optional, "{}: required after optional", row.name);
            optional = parameter.optional;
            assert!(!parameter.kinds.is_empty() && !parameter.name.is_empty());
        }
        for example in row.examples {
            let (Example::Shows(script, _) | Example::Prints(script, _) | Example::Fails(script, _)) = example;
            let named = std::iter::once(row.name).chain(row.aliases.iter().copied());
            let script = script.to_lowercase();
            assert!(named.into_iter().any(|name| script.contains(&name.to_lowercase())), "{}: {script}", row.name);
        }
    }
}

#[test]
fn no_two_rows_claim_the_same_name_and_kind() {
    let mut claimed = HashSet::new();
    for row in rows() {
        for name in std::iter::once(row.name).chain(row.aliases.iter().copied()) {
            let name = name.to_lowercase();
            if row.on.is_empty() {
                assert!(claimed.insert((name.clone(), None)), "{name} twice");
            }
            for kind in Kind::ALL.into_iter().filter(|kind| row.on.has(*kind)) {
                assert!(claimed.insert((name.clone(), Some(kind as u8))), "{name} twice on {kind:?}");
            }
        }
    }
}

#[test]
fn rows_of_one_name_gather_all_or_none_of_their_arguments() {
    for row in rows().filter(|row| row.gathers) {
        assert!(rows().filter(|other| other.name.eq_ignore_ascii_case(row.name)).all(|other| other.gathers));
        assert_eq!(row.parameters.len(), 1, "{}", row.name);
    }
}

#[test]
fn every_function_the_scripts_use_most_is_there() {
    let catalogue = catalogue();
    let on = |kind: Kind, names: &str| {
        for name in names.split_whitespace() {
            let group = catalogue.find(name).and_then(|number| catalogue.group(number));
            assert!(group.is_some_and(|group| group.on(kind).is_some()), "{name} on {kind:?}");
        }
    };
    let maps = "put putAll get keys values size remove containsKey containKey isEmpty toString clear";
    let lists = "add addAll get size contains indexOf remove sort distinct isEmpty toString removeAll subList";
    let texts = "length len trim toUpperCase toLowerCase contains startsWith endsWith replaceAll subString indexOf \
                 toList toMap toNumber toLong toDecimal getJSON toJSONList toString encodeUrl isNull";
    on(Kind::Map, maps);
    on(Kind::Braces, maps);
    on(Kind::List, lists);
    let collections = "insert insertAll get update delete deleteAll deleteKey deleteKeys clear containsKey containKey \
                       containsValue contains notContains getKey getLastKey keys values size isEmpty sort sortKey \
                       distinct intersect duplicate getAsString toCollection toString isNull isBlank getJSON";
    on(Kind::Collection, collections);
    on(Kind::Braces, "add addAll size contains sort isEmpty toString toJSONList toMap");
    on(Kind::Text, texts);
    on(Kind::Null, "isNull isBlank isEmpty isValidObject isNumber isText");
    for name in ["ifnull", "Map", "list", "list:string", "List:Long", "List:Float", "List:bool"] {
        assert!(catalogue.group(catalogue.find(name).unwrap()).unwrap().plain().is_some(), "{name}");
    }
}

#[test]
fn rows_of_dates_and_files_have_all_that_the_reference_shows() {
    let catalogue = catalogue();
    for row in rows().filter(|row| matches!(row.category, Category::DateTime | Category::File)) {
        let name = row.name;
        assert!(row.examples.len() >= 3, "{name} has {} examples", row.examples.len());
        let undocumented = ["tomorrow", "yesterday"];
        assert!(!row.page.is_empty() || undocumented.contains(&name), "{name} has no page");
        assert!(!row.see.is_empty(), "{name} leads nowhere");
        for see in row.see {
            assert!(rows().any(|known| known.name == *see), "{name}: see {see}");
        }
        for elsewhere in row.elsewhere {
            assert!(catalogue.find(elsewhere).is_none(), "{name}: {elsewhere} is a name here, too");
        }
        assert!(row.differs.iter().all(|differs| differs.ends_with('.')), "{name}");
    }
}
