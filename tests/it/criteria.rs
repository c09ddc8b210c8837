//! Criteria on records: the tables in `tests/criteria`. A row is criteria, a record as JSON and what is expected, with tabs
//! between. `{"$date": "…"}` in a record is a DATE-TIME in the zone of the row, with `"zone"` in another; `{"$time": "…"}`
//! is a TIME. A row `@ key=value …` sets zone, now, dialect and module for those below it.

use std::path::Path;
use std::sync::Arc;
use std::{fs, mem};

use proptest::prelude::*;
use sluice::Data;
use sluice::criteria::{Criteria, Options, Record};
use sluice::syntax::Dialect;
use sluice::value::{DateSettings, DateTime, Time, TimeReading, zone_named};

#[path = "../../examples/criteria.rs"]
mod example;

fn in_zone(zone: &str) -> Arc<DateSettings> {
    Arc::new(DateSettings::default().with_zone(zone_named(zone).unwrap()))
}

fn options(line: &str) -> Options {
    let mut options = Options::default();
    for pair in line.split_whitespace() {
        let (key, value) = pair.split_once('=').unwrap();
        match key {
            "zone" => options.dates = in_zone(value),
            "now" => options.now = Some(value.parse().unwrap()),
            "dialect" => options.dialect = Dialect::parse(value).unwrap(),
            "module" => options.module = Some(value.to_owned()),
            _ => panic!("{key}"),
        }
    }
    options
}

/// A record with its typed values.
fn typed(data: &mut Data, dates: &Arc<DateSettings>) {
    if let Some(Data::Text(text)) = data.get("$date") {
        let dates = match data.get("zone") {
            Some(Data::Text(zone)) => in_zone(zone),
            _ => Arc::clone(dates),
        };
        *data = Data::DateTime(DateTime::read(text, &dates).unwrap());
    } else if let Some(Data::Text(text)) = data.get("$time") {
        let TimeReading::Time(time) = Time::read(text) else { panic!("{text}") };
        *data = Data::Time(time);
    } else if let Data::Map(pairs) = data {
        pairs.iter_mut().for_each(|(_, value)| typed(value, dates));
    } else if let Data::List { items, .. } = data {
        items.iter_mut().for_each(|value| typed(value, dates));
    }
}

#[test]
fn the_tables_hold() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/criteria");
    let (mut rows, mut wrong) = (0, Vec::new());
    for file in fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        let mut options = options("");
        for (at, line) in text.lines().enumerate() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if let Some(settings) = line.strip_prefix('@') {
                options = self::options(settings);
                continue;
            }
            rows += 1;
            let columns: Vec<&str> = line.split('\t').filter(|column| !column.is_empty()).collect();
            let [criteria, record, expected] = columns.as_slice() else { panic!("{}:{}", path.display(), at + 1) };
            let mut record = Data::from_json(record).unwrap_or_else(|problem| panic!("{line}: {problem}"));
            typed(&mut record, &options.dates);
            let found = match Criteria::compile(criteria, &options) {
                Ok(compiled) => compiled.matches(&record).to_string(),
                Err(refused) => refused.diagnostics[0].code.to_string(),
            };
            if found != *expected {
                wrong.push(format!("{}:{}: {found} and not {line}", path.file_name().unwrap().display(), at + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {rows} rows\n{}", wrong.len(), wrong.join("\n"));
    assert!(rows >= 150, "{rows}");
}

#[test]
fn the_example_runs() {
    example::main().unwrap();
}

#[test]
fn fields_are_told_once_in_their_order() {
    let criteria =
        r#"City == "Cork" && (Owner.name != null || !Active) && City.contains("C") && a in {1} && b == Name"#;
    let criteria = Criteria::compile(criteria, &Options::default()).unwrap();
    assert_eq!(criteria.fields().collect::<Vec<_>>(), ["City", "Owner.name", "Active", "a", "b", "Name"]);
}

struct Contact {
    email: Data,
}

impl Record for Contact {
    fn field(&self, name: &str) -> Option<&Data> {
        (name == "Email").then_some(&self.email)
    }
}

#[test]
fn a_type_of_ones_own_is_judged_without_a_map() {
    let criteria = Criteria::compile("(Email:ends_with:@example.com)", &Options::default()).unwrap();
    assert!(criteria.matches(&Contact { email: "Ann@Example.com".into() }));
    assert!(!criteria.matches(&Contact { email: Data::Null }));
}

#[test]
fn copies_are_shared_between_threads() {
    fn shared<T: Send + Sync + Clone + 'static>(_: &T) {}
    let criteria = Criteria::compile("a == 1", &Options::default()).unwrap();
    shared(&criteria);
    assert_eq!(mem::size_of::<Criteria>(), mem::size_of::<usize>());
    let copy = criteria.clone();
    assert!(std::thread::spawn(move || copy.matches(&Data::map([("a", 1)]))).join().unwrap());
}

#[test]
fn limits_refuse_what_is_too_large() {
    let code = |text: &str| Criteria::compile(text, &Options::default()).unwrap_err().diagnostics[0].code.to_string();
    assert_eq!(code(&format!("a == \"{}\"", "x".repeat(70_000))), "criteria::too-large");
    assert_eq!(code(&["a == 1"; 1_001].join(" || ")), "criteria::too-large");
    assert_eq!(code(&["(a:equals:1)"; 1_001].join("or")), "criteria::too-large");
    assert_eq!(code(&format!("{}a == 1{}", "(".repeat(300), ")".repeat(300))), "syntax::too-deep");
    assert_eq!(code(&format!("{}a:equals:1{}", "(".repeat(300), ")".repeat(300))), "criteria::too-large");
    let rule = format!("{}{}", r#"{"group":["#.repeat(300), "]}".repeat(300));
    assert!(["criteria::too-large", "criteria::rule-form"].contains(&code(&rule).as_str()));
    assert!(Criteria::compile(&["a == 1"; 1_000].join(" && "), &Options::default()).is_ok());
    assert!(Criteria::compile(&format!("{}a == 1", "!".repeat(60_000)), &Options::default()).is_ok());
    let deep = format!("{}a == 1{}", "!(".repeat(150), ")".repeat(150));
    assert!(Criteria::compile(&deep, &Options::default()).unwrap().matches(&Data::map([("a", 1)])));
}

#[test]
fn problems_are_shown_in_their_place() {
    let shown = |text: &str| Criteria::compile(text, &Options::default()).unwrap_err();
    let place = |text: &str| {
        let refused = shown(text);
        let span = refused.diagnostics[0].span().unwrap();
        (refused.source.slice(span).to_owned(), refused.diagnostics[0].help.clone().unwrap_or_default())
    };
    assert_eq!(place("(Email:equls:x)"), ("equls".into(), "did you mean `equals`?".into()));
    assert_eq!(place("(Email:=:x)"), ("=".into(), "did you mean `equals`?".into()));
    assert_eq!(place("Name.startWith(\"x\")"), ("startWith".into(), "did you mean `startsWith`?".into()));
    assert_eq!(place("a > \"x\"").0, "\"x\"");
    assert_eq!(place("a == '2026-02-30'").0, "'2026-02-30'");
    assert_eq!(place("City equals \"Cork\"").1, "did you mean `==`?");
    assert_eq!(place("City like \"Cork%\"").1, "did you mean `Field.contains(\"…\")`?");
    assert_eq!(place("((a:equals:1)and(b:equals:2)").0, "(");
    for text in ["(a == 1", "a == 1)", "a == ", "a = = 1", "a === 1", "\"x", "a == 'x", "a == 1]; y = X[b == 1", "&& a"]
    {
        let refused = shown(text);
        let end = refused.source.text().len() as u32;
        assert!(refused.to_string().contains("help: "), "{text}: {refused}");
        assert!(refused.diagnostics.iter().flat_map(|one| &one.labels).all(|label| label.span.end <= end), "{text}");
        assert!(!refused.to_string().contains("Record["), "{refused}");
    }
}

proptest! {
    #[test]
    fn no_text_brings_it_down(text in "\\PC{0,60}") {
        judge(&text);
    }

    #[test]
    fn no_mixture_of_its_words_brings_it_down(
        words in prop::collection::vec(prop::sample::select(WORDS), 0..14),
    ) {
        judge(&words.join(" "));
        judge(&words.concat());
    }

    #[test]
    fn what_compiles_compiles_again_and_judges_the_same(
        words in prop::collection::vec(prop::sample::select(WORDS), 1..9),
        number in -3i64..3,
    ) {
        if let Ok(criteria) = Criteria::compile(&words.join(" "), &Options::default()) {
            let again = Criteria::compile(&criteria.to_string(), &Options::default()).unwrap();
            let record = Data::map([("a", Data::Number(number)), ("b", "x".into())]);
            prop_assert_eq!(criteria.matches(&record), again.matches(&record));
            let brackets = Criteria::compile(&format!("({criteria})"), &Options::default());
            if let Ok(brackets) = brackets {
                prop_assert_eq!(criteria.matches(&record), brackets.matches(&record));
            }
        }
    }

    #[test]
    fn a_condition_and_its_opposite_never_both_hold(
        left in prop::sample::select(&["a", "b", "c", "1", "null", "\"x\"", "{1,2}", "today"][..]),
        operator in prop::sample::select(&["==", "!=", "<", ">=", "in", "not in"][..]),
        right in prop::sample::select(&["a", "b", "c", "1", "null", "\"x\"", "{1,2}", "today"][..]),
        number in -3i64..3,
    ) {
        let text = format!("{left} {operator} {right}");
        if let Ok(criteria) = Criteria::compile(&text, &Options::default()) {
            let opposite = Criteria::compile(&format!("!({text})"), &Options::default()).unwrap();
            let record = Data::map([("a", Data::Number(number)), ("b", "x".into())]);
            prop_assert!(!(criteria.matches(&record) && opposite.matches(&record)));
        }
    }
}

const WORDS: &[&str] = &[
    "a",
    "b",
    "(",
    ")",
    "==",
    "!=",
    "&&",
    "||",
    "!",
    "in",
    "not in",
    "{",
    "}",
    ",",
    "1",
    "\"x\"",
    "null",
    "true",
    ".contains(",
    "is",
    ":equals:",
    ":",
    "and",
    "or",
    "'2026-03-29'",
    "this month",
    "today",
    ".",
    "\\",
    "<",
    "]",
    ";",
    "{\"group\":[",
    "${EMPTY}",
    "between",
    "\"",
    "-",
    "+",
    "//",
    "/*",
    "\n",
    "Form[",
    "isEmpty()",
];

fn judge(text: &str) {
    match Criteria::compile(text, &Options::default()) {
        Ok(criteria) => {
            let record = Data::map([("a", Data::Number(1)), ("b", "x".into())]);
            criteria.matches(&record);
        }
        Err(refused) => assert!(!refused.to_string().is_empty()),
    }
}
