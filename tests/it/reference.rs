//! Every example of every built-in is run, and every row has what the reference needs.

use sluice::catalogue::{Builtin, Example};
use sluice::diagnostic::Severity;
use sluice::program::Options;
use sluice::source::Source;
use sluice::{Engine, Run};

#[test]
fn every_example_of_every_builtin_is_true() {
    let engine = Engine::builder().build().unwrap();
    let mut wrong = Vec::new();
    let mut count = 0;
    for row in engine.catalogue().builtins() {
        assert!(!row.examples.is_empty(), "{} has no example", row.name);
        assert!(row.about.ends_with('.'), "{}: the description is no sentence", row.name);
        for example in row.examples {
            count += 1;
            if let Err(found) = holds(&engine, example) {
                wrong.push(format!("{}: {example:?}: {found}", row.name));
            }
        }
    }
    println!("{count} examples were run");
    assert!(wrong.is_empty(), "{} examples are not true:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_builtin_is_found_by_every_name_in_any_case() {
    let engine = Engine::builder().build().unwrap();
    let catalogue = engine.catalogue();
    for row in catalogue.builtins() {
        for name in std::iter::once(&row.name).chain(row.aliases) {
            let group = catalogue.find(&name.to_uppercase()).and_then(|number| catalogue.group(number)).unwrap();
            assert!(group.rows().iter().any(|known| std::ptr::eq::<Builtin>(*known, row)), "{name}");
        }
    }
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
