//! `sluice functions`: the reference on the command line. A name is found in any case, by any of its names, by the end of
//! a dotted one, and by what another language calls it.

use std::sync::Arc;

use clap::Args;
use clap::builder::FalseyValueParser;
use serde_json::{Value, json};

use super::{Error, Exit, Output, Shared};
use crate::catalogue::Example;
use crate::engine::Engine;
use crate::reference::{Book, Entry, Found, Look, entry_text, index_text};
use crate::secret::Redactor;

/// Longer lines are hard to read, however wide the terminal is.
const WIDEST: usize = 110;

#[derive(Args, Debug)]
#[command(after_help = "\
Without a name, all functions, tasks and system variables are listed by category. A name may be of another language, such \
as push, and may be the end of a longer one, such as getRecords.")]
pub(super) struct Options {
    /// The function, task or system variable
    name: Option<String>,
    /// List one category, such as text, list, date-time or tasks-crm
    #[arg(long, value_name = "NAME", env = "SLUICE_CATEGORY", hide_env = true, conflicts_with = "name")]
    category: Option<String>,
    /// List those whose names or descriptions hold a text
    #[arg(long, value_name = "TEXT", env = "SLUICE_SEARCH", hide_env = true, conflicts_with = "name")]
    search: Option<String>,
    /// Print one JSON document
    #[arg(long, env = "SLUICE_JSON", hide_env = true, value_parser = FalseyValueParser::new())]
    json: bool,
}

pub(super) fn main(options: &Options, shared: &Shared) -> Exit {
    let output = Output::new(shared.color, false, Arc::new(Redactor::default()));
    let exit = match attempt(options, &output) {
        Ok(()) => Exit::Ok,
        Err(error) => output.problem(&error, options.json),
    };
    output.finish(exit)
}

fn attempt(options: &Options, output: &Output) -> Result<(), Error> {
    let book = Book::new(Engine::builder().build()?.catalogue());
    match &options.name {
        Some(name) => one(name, &book, options.json, output),
        None => list(options, &book, output),
    }
}

fn list(options: &Options, book: &Book, output: &Output) -> Result<(), Error> {
    let mut entries = match &options.search {
        Some(text) => book.about(text),
        None => book.entries().iter().collect(),
    };
    if let Some(category) = &options.category {
        let slug = slug(category, book)?;
        entries.retain(|entry| entry.part.slug == slug);
    }
    if options.json {
        output.json(&json!({ "functions": entries.into_iter().map(document).collect::<Value>() }));
    } else if entries.is_empty() {
        output.result("Nothing is called or described like that.");
    } else {
        output.styled(&index_text(&entries, look(output)));
    }
    Ok(())
}

/// The category of that name: its slug, or its heading.
fn slug(category: &str, book: &Book) -> Result<String, Error> {
    let parts = book.parts();
    let is_meant = |slug: &str, title: &str| {
        let asked = category.trim();
        slug.eq_ignore_ascii_case(asked)
            || title.eq_ignore_ascii_case(asked)
            || slug.strip_prefix("tasks-").is_some_and(|service| service.eq_ignore_ascii_case(asked))
    };
    let found = parts.iter().find(|(part, _)| is_meant(&part.slug, &part.title));
    found.map(|(part, _)| part.slug.clone()).ok_or_else(|| Error::NoSuchName {
        what: "category",
        name: category.to_owned(),
        known: parts.iter().map(|(part, _)| part.slug.clone()).collect(),
    })
}

fn one(name: &str, book: &Book, json: bool, output: &Output) -> Result<(), Error> {
    let found = book.find(name);
    let (entries, advice) = match found {
        Found::Rows(entries) | Found::Several(entries) if json => (entries, None),
        Found::Rows(entries) => return shown(&entries, output),
        Found::Several(entries) => {
            output.styled(&index_text(&entries, look(output)));
            return Ok(());
        }
        Found::Elsewhere(entries) => {
            let mut names: Vec<&str> = Vec::new();
            for entry in &entries {
                if !names.contains(&entry.name.as_str()) {
                    names.push(&entry.name);
                }
            }
            (entries.clone(), Some(format!("In Deluge this is called {}.", names.join(" or "))))
        }
        Found::Advice(advice) => (Vec::new(), Some(sentence(advice))),
        Found::Nothing(near) => return Err(Error::NotInReference { name: name.to_owned(), near }),
    };
    if json {
        let rows = entries.into_iter().map(document).collect::<Value>();
        output.json(&json!({ "functions": rows, "advice": advice }));
        return Ok(());
    }
    if let Some(advice) = advice {
        output.result(&advice);
    }
    if !entries.is_empty() {
        output.result("");
        shown(&entries, output)?;
    }
    Ok(())
}

/// The entries in full, one below the other.
fn shown(entries: &[&Entry], output: &Output) -> Result<(), Error> {
    let look = look(output);
    let texts: Vec<String> = entries.iter().map(|entry| entry_text(entry, look)).collect();
    output.styled(&texts.join("\n"));
    Ok(())
}

/// With a capital letter and a full stop.
fn sentence(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", characters.as_str())
}

fn look(output: &Output) -> Look {
    Look { width: output.width().map(|width| width.clamp(40, WIDEST)), colour: output.colours_results() }
}

/// An entry as JSON. The field names are stable.
fn document(entry: &Entry) -> Value {
    let parameters = entry.parameters.iter().map(
        |field| json!({"name": field.name, "kinds": field.kinds, "optional": field.optional, "about": field.about}),
    );
    let examples = entry.examples.iter().map(|example| match example {
        Example::Shows(code, printed) => json!({"code": format!("info {code};"), "prints": printed}),
        Example::Prints(code, printed) => json!({"code": code, "prints": printed}),
        Example::Fails(code, error) => json!({"code": code, "error": error}),
    });
    let absent = entry.absent.map(|absent| json!({"why": absent.why, "instead": absent.instead}));
    json!({
        "name": entry.name,
        "aliases": entry.aliases,
        "elsewhere": entry.elsewhere,
        "category": entry.part.slug,
        "signatures": entry.signatures,
        "receivers": entry.receivers,
        "parameters": parameters.collect::<Value>(),
        "gives": entry.gives,
        "about": entry.about,
        "examples": examples.collect::<Value>(),
        "only_in": entry.services,
        "in_creator": entry.in_creator,
        "differs": entry.differs,
        "see": entry.see,
        "page": entry.page,
        "runs": entry.absent.is_none(),
        "absent": absent,
    })
}
