//! The rows of the catalogue and what is made of them: every example is run, every row has what the reference needs, every
//! documented name is there, and the pages in `docs/reference` and `COMPATIBILITY.md` are those of the rows.

mod missing;
mod pages;
mod services;

use std::sync::Arc;

use serde_json::json;
use sluice::catalogue::{ADVICE, Builtin, Catalogue, Example};
use sluice::diagnostic::Severity;
use sluice::http::{self, Routes};
use sluice::program::Options;
use sluice::reference::Book;
use sluice::source::Source;
use sluice::{Engine, Run};

use super::cli::server::{Answer, Server};

#[test]
fn every_example_is_true() {
    let server = Server::start(|seen| Answer::json(200, json!({"method": seen.method, "path": seen.path()})));
    let mut routes = Routes::new();
    routes.add("api.example.com", &server.url("")).unwrap();
    let engine = Engine::builder().network(http::Options { routes, ..http::Options::default() }).build().unwrap();
    let mut wrong = Vec::new();
    let mut count = 0;
    for entry in Book::new(engine.catalogue()).entries() {
        for example in entry.examples {
            count += 1;
            if let Err(found) = holds(&engine, example) {
                wrong.push(format!("{}: {example:?}: {found}", entry.name));
            }
        }
    }
    println!("{count} examples were run");
    assert!(wrong.is_empty(), "{} examples are not true:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_row_has_what_the_reference_needs() {
    let catalogue = catalogue();
    let book = Book::new(&catalogue);
    let mut wrong = Vec::new();
    for entry in book.entries() {
        let mut claim = |holds: bool, problem: &str| {
            if !holds {
                wrong.push(format!("{} ({}): {problem}", entry.name, entry.part.title));
            }
        };
        claim(entry.about.ends_with('.'), "the description is no sentence");
        claim(entry.about.chars().count() < 120, "the description is longer than a line");
        for name in entry.elsewhere {
            claim(!entry.is_called(name), &format!("{name} is its own name"));
        }
        for sentence in entry.differs {
            claim(sentence.ends_with('.'), "a difference is no sentence");
        }
        if let Some(absent) = entry.absent {
            claim(entry.examples.is_empty(), "what does not run has examples");
            claim(!absent.why.ends_with('.') && !absent.instead.ends_with('.'), "the reason is a whole sentence");
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_builtin_is_found_by_every_name_in_any_case() {
    let catalogue = catalogue();
    for row in catalogue.builtins() {
        for name in std::iter::once(&row.name).chain(row.aliases) {
            let group = catalogue.find(&name.to_uppercase()).and_then(|number| catalogue.group(number)).unwrap();
            let mut rows = group.rows().into_iter().chain(group.absent());
            assert!(rows.any(|known| std::ptr::eq::<Builtin>(known, row)), "{name}");
        }
    }
}

#[test]
fn advice_is_given_only_where_no_row_answers() {
    let catalogue = catalogue();
    let mut seen: Vec<String> = Vec::new();
    for advice in ADVICE {
        // `x.map(…)` is asked for although `map()` is a function.
        let group = catalogue.find(advice.name).and_then(|number| catalogue.group(number));
        assert!(!group.is_some_and(|group| group.is_method()), "{} is a function here", advice.name);
        assert!(!advice.instead.ends_with('.'), "{}", advice.name);
        let name = advice.name.to_lowercase();
        assert!(!seen.contains(&name), "{name} twice");
        seen.push(name);
    }
}

fn catalogue() -> Arc<Catalogue> {
    Arc::clone(Engine::builder().build().unwrap().catalogue())
}

fn holds(engine: &Engine, example: &Example) -> Result<(), String> {
    let (script, wanted) = match example {
        Example::Shows(expression, wanted) => (format!("info {expression};"), Ok(*wanted)),
        Example::Prints(statements, wanted) => (statements.to_string(), Ok(*wanted)),
        Example::Fails(statements, code) => (statements.to_string(), Err(*code)),
    };
    let (program, diagnostics) = engine.check(&Source::new("example", script), &Options::default());
    let result = match program {
        Some(program) => {
            let outcome = engine.run_blocking(&program, Run::script());
            match outcome.result {
                Ok(_) => Ok(outcome.info.join("\n")),
                Err(trouble) => Err(trouble.code),
            }
        }
        None => {
            let first = diagnostics.iter().find(|found| found.severity == Severity::Error);
            Err(first.map(|found| found.code.to_string()).unwrap_or_default())
        }
    };
    match (wanted, &result) {
        (Ok(wanted), Ok(printed)) if wanted == printed => Ok(()),
        (Err(wanted), Err(code)) if wanted == code => Ok(()),
        _ => Err(format!("got {result:?}")),
    }
}
