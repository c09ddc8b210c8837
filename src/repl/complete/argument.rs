//! Arguments that are names of something: keys of a live map, modules of Zoho CRM, link names of connections, methods of
//! HTTP. They are offered within quotes, and with quotes where none were typed.

use super::Site;
use super::attribute;
use super::candidate::{Candidate, Candidates};
use super::receiver::Chain;
use crate::catalogue::{Form, TaskParameter};
use crate::tasks::CRM_MODULES;

/// Methods whose first argument is a key.
const TAKE_KEYS: &[&str] = &["get", "getJSON", "containKey", "containsKey", "put", "remove", "removeKey"];

/// What an argument is to be.
enum Wanted {
    /// A key, of a map that has these; whether further arguments follow it.
    Key(Vec<String>, bool),
    Module,
    Connection,
}

/// Adds what can stand in the open text at the site, whose quote is `quote`; false if it is an ordinary text.
pub(super) fn in_text(site: &Site<'_>, quote: char, found: &mut Candidates) -> bool {
    if site.typed.contains('\n') {
        return false;
    }
    if let Some(values) = attribute::values(site) {
        return attribute::add_values(site, &values, Some(quote), found);
    }
    let Some(wanted) = wanted(site) else { return false };
    add(site, wanted, Some(quote), found);
    true
}

/// Adds what can stand where a call's argument begins; what was typed of it may be the beginning of a variable, too.
pub(super) fn bare(site: &Site<'_>, found: &mut Candidates) {
    if site.typed.is_empty()
        && let Some(wanted) = wanted(site)
    {
        add(site, wanted, None, found);
    }
}

fn add(site: &Site<'_>, wanted: Wanted, quote: Option<char>, found: &mut Candidates) {
    match wanted {
        Wanted::Key(keys, more) => {
            for key in keys {
                let ending = if more { ", " } else { ")" };
                add_quoted(site, &key, "key", quote, ending, found);
            }
        }
        Wanted::Module => {
            for module in CRM_MODULES {
                add_quoted(site, module, "module of Zoho CRM", quote, "", found);
            }
        }
        Wanted::Connection => {
            for connection in site.known.scope.connections() {
                add_quoted(site, &connection.name, &connection.about, quote, "", found);
            }
        }
    }
}

/// Adds a text with its quotes, as far as they are missing, and with what follows it if nothing does.
pub(super) fn add_quoted(
    site: &Site<'_>,
    text: &str,
    about: &str,
    quote: Option<char>,
    ending: &str,
    found: &mut Candidates,
) {
    let (opening, closing) = match quote {
        None => ("\"", '"'),
        Some(quote) => ("", quote),
    };
    let mut insert = opening.to_owned();
    for letter in text.chars() {
        if letter == closing || letter == '\\' {
            insert.push('\\');
        }
        insert.push(letter);
    }
    if !super::begins(&insert, site.typed) {
        return;
    }
    if !site.after.starts_with(closing) {
        insert.push(closing);
        if site.ends_line() {
            insert.push_str(ending);
        }
    }
    found.add(Candidate::inserting(text, insert, about));
}

/// What the argument at the site is to be.
fn wanted(site: &Site<'_>) -> Option<Wanted> {
    let before = site.before;
    if !matches!(before.last(1), "(" | ",") {
        return None;
    }
    let open = before.opener().filter(|open| before.written(*open) == "(")?;
    let index = before.within(open).iter().filter(|at| before.written(**at) == ",").count();
    let name_at = open.checked_sub(1)?;
    let word = before.word(name_at)?;
    let behind_dot = name_at >= 2 && before.written(name_at - 1) == ".";
    if let Some((name, _)) = before.dotted(name_at)
        && let Some(task) = site.known.catalogue.called_task(&name)
        && let Form::Call(parameters) = &task.form
    {
        return of_task(&name, parameters.get(index)?);
    }
    let takes_key = TAKE_KEYS.iter().any(|known| known.eq_ignore_ascii_case(word));
    if !behind_dot || index > 0 || !takes_key {
        return None;
    }
    let receiver = before.up_to(name_at - 1);
    let (chain, _) = Chain::before(receiver)?;
    let keys = chain.look(receiver, site.known.scope).keys;
    (!keys.is_empty()).then(|| Wanted::Key(keys, word.eq_ignore_ascii_case("put")))
}

fn of_task(task: &str, parameter: &TaskParameter) -> Option<Wanted> {
    match parameter.name.as_str() {
        "connection" => Some(Wanted::Connection),
        "module" if super::begins(task, "zoho.crm.") => Some(Wanted::Module),
        _ => None,
    }
}
