//! Bodies are called as the machine calls them: found by name and kind of the receiver, kinds and number checked.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod containers;
mod encoding;
mod odd;
mod patterns;
mod scalars;

use std::collections::HashSet;

use super::{SYSTEM_VARIABLES, tables};
use crate::catalogue::{Builtin, Call, Catalogue, Example};
use crate::environment::{Environment, Random, Randomness};
use crate::value::{Cycles, Decimal, Failure, Kind, Value, json};

const LARGEST: usize = 20_000;

fn rows() -> impl Iterator<Item = &'static Builtin> {
    tables().iter().flat_map(|table| table.iter())
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
    let mut cycles = Cycles::default();
    let environment = Environment::default();
    let result = (row.run)(
        &mut Call {
            environment: &environment,
            random: &mut Random::new(Randomness::Seed(1)),
            cycles: &mut cycles,
            largest: LARGEST,
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
    on(Kind::Braces, "add addAll size contains sort isEmpty toString toJSONList toMap");
    on(Kind::Text, texts);
    on(Kind::Null, "isNull isBlank isEmpty isValidObject isNumber isText");
    for name in ["ifnull", "Map", "list", "list:string", "List:Long", "List:Float", "List:bool"] {
        assert!(catalogue.group(catalogue.find(name).unwrap()).unwrap().plain().is_some(), "{name}");
    }
}
