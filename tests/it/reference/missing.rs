//! What the reference must have: a row for every documented name, three examples for every row that runs, an
//! answer for the names of other languages, and rows for all that other rows point to.

use sluice::catalogue::{ADVICE, Builtin, Catalogue, Form};
use sluice::reference::{Book, Found};
use sluice::value::{Kind, Kinds};

/// What Zoho's pages document: name, receivers joined by `|` or `-`, category. Facts of the pages and nothing else.
const DOCUMENTED: &str = include_str!("../../reference/documented.tsv");

/// What people type first who come from JavaScript, Python, Java or SQL.
const FOREIGN: &str = "push append split substr substring includes indexOf replace trim toUpperCase upper lower ucase \
    concat charAt join len length count pop shift splice map filter forEach reduce keys containsKey has typeof print \
    console.log JSON.parse JSON.stringify parseInt parseFloat int str float ceil floor pow sqrt random abs nvl coalesce \
    isnull strftime datediff dateadd sysdate getdate btoa atob encodeURIComponent md5 sha256 slice sorted strip";

#[test]
fn nothing_is_missing() {
    let catalogue = super::catalogue();
    let book = Book::new(&catalogue);
    let mut missing = documented(&catalogue);
    missing.extend(few_examples(&catalogue));
    missing.extend(
        FOREIGN
            .split_whitespace()
            .filter(|name| matches!(book.find(name), Found::Nothing(_)))
            .map(|name| format!("elsewhere: {name} leads nowhere")),
    );
    let needless = ADVICE.iter().filter(|advice| !catalogue.elsewhere(advice.name).is_empty());
    missing.extend(needless.map(|advice| format!("advice: {} leads to a row", advice.name)));
    for entry in book.entries() {
        let lost = entry.see.iter().filter(|name| book.seen(name, &entry.part).is_none());
        missing.extend(lost.map(|name| format!("see: {} ({}) points to {name}", entry.name, entry.part.title)));
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

fn documented(catalogue: &Catalogue) -> Vec<String> {
    let mut missing = Vec::new();
    for line in DOCUMENTED.lines().skip(1) {
        let mut columns = line.split('\t');
        let (name, receivers) = (columns.next().unwrap(), columns.next().unwrap());
        let lost = receivers.split('|').filter(|receiver| !is_there(catalogue, name, receiver));
        missing.extend(lost.map(|receiver| format!("documented: {name} on {receiver}")));
    }
    missing
}

fn few_examples(catalogue: &Catalogue) -> Vec<String> {
    let few = catalogue.builtins().into_iter().filter(|row| row.absent.is_none() && row.examples.len() < 3);
    few.map(|row| format!("examples: {} ({}) has {}", row.name, row.category.title(), row.examples.len())).collect()
}

fn is_there(catalogue: &Catalogue, name: &str, receiver: &str) -> bool {
    if catalogue.task(name).is_some_and(|task| matches!(task.form, Form::Call(_))) {
        return true;
    }
    // `if(condition, a, b)` is part of the language.
    if name == "if" {
        return true;
    }
    let Some(group) = catalogue.find(name).and_then(|number| catalogue.group(number)) else { return false };
    let rows = group.rows();
    match receiver {
        // What has no receiver may be written with one, when its first argument can be that.
        "-" => !rows.is_empty() || group.absent().is_some(),
        "FORM" | "FIELD" | "RECORDS" => group.absent().is_some(),
        "ANY" => [Kind::Text, Kind::Number, Kind::List, Kind::Map].into_iter().all(|kind| takes(&rows, kind)),
        kind => takes(&rows, self::kind(kind)),
    }
}

/// Whether a row takes such a receiver, or has none and takes it as argument.
fn takes(rows: &[&'static Builtin], kind: Kind) -> bool {
    rows.iter().any(|row| {
        let first = row.parameters.first().map_or(Kinds::NONE, |parameter| parameter.kinds);
        row.on.has(kind) || (row.on.is_empty() && first.has(kind))
    })
}

fn kind(name: &str) -> Kind {
    match name {
        "TEXT" => Kind::Text,
        "NUMBER" => Kind::Number,
        "DECIMAL" => Kind::Decimal,
        "BOOLEAN" => Kind::Boolean,
        "DATE-TIME" => Kind::DateTime,
        "TIME" => Kind::Time,
        "LIST" => Kind::List,
        "KEY-VALUE" => Kind::Map,
        "COLLECTION" => Kind::Collection,
        "FILE" => Kind::File,
        other => panic!("{other} is no kind of receiver"),
    }
}
