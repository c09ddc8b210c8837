//! What can stand behind a dot: the methods that the value before it has, the keys of a live map, and the next part of a
//! name of the platform.

use std::collections::BTreeMap;

use super::candidate::{Candidate, Candidates};
use super::receiver::Chain;
use super::{Site, begins};
use crate::catalogue::{Form, Task};
use crate::value::{Kind, Kinds};

pub(super) fn complete(site: &Site<'_>, found: &mut Candidates) {
    let dot = site.before.len() - 1;
    let Some((chain, _)) = Chain::before(site.before.up_to(dot)) else { return };
    let seen = chain.look(site.before.up_to(dot), site.known.scope);
    if let Some(path) = chain.path() {
        // A variable hides a name of the platform.
        let first = path.split('.').next().unwrap_or_default();
        let is_variable = site.known.scope.look(first, &[]).is_some();
        let segments = if is_variable { Vec::new() } else { segments(site, &format!("{path}.")) };
        if !segments.is_empty() {
            return found.add_sorted(segments);
        }
    }
    let fields = if seen.kinds.has(Kind::Map) || seen.kinds.has(Kind::Collection) { seen.keys.as_slice() } else { &[] };
    for key in fields.iter().filter(|key| is_name(key) && site.fits(key)) {
        found.add(Candidate::new(key, "key"));
    }
    if seen.kinds == Kinds::CAUGHT {
        for (field, about) in CAUGHT.iter().filter(|(field, _)| site.fits(field)) {
            found.add(Candidate::new(field, about));
        }
    }
    found.add_sorted(methods(site, seen.kinds));
}

/// What a caught error has.
const CAUGHT: &[(&str, &str)] = &[
    ("message", "What went wrong."),
    ("lineNo", "The line on which it went wrong."),
    ("type", "UserDefined for what was thrown, else RuntimeError."),
];

/// The methods of values of some kinds; all methods when nothing is known, and of null, which may become anything.
fn methods(site: &Site<'_>, kinds: Kinds) -> Vec<Candidate> {
    let kinds = if kinds.except(Kinds::NULL).is_empty() { Kinds::ANY } else { kinds };
    let catalogue = site.known.catalogue;
    let groups = (0..catalogue.group_count()).filter_map(|number| catalogue.group(number as u16));
    let mut candidates = Vec::new();
    for group in groups.filter(|group| group.is_method() && site.fits(group.name)) {
        let Some(row) = Kind::ALL.into_iter().filter(|kind| kinds.has(*kind)).find_map(|kind| group.on(kind)) else {
            continue;
        };
        if site.typed.is_empty() && !row.name.eq_ignore_ascii_case(group.name) {
            continue;
        }
        let takes_nothing = row.parameters.is_empty() && !row.gathers;
        candidates.push(Candidate::inserting(group.name, site.call(group.name, takes_nothing), row.about));
    }
    candidates
}

/// The next parts of the platform's names that begin with `path`, which ends with a dot or is empty.
pub(super) fn segments(site: &Site<'_>, path: &str) -> Vec<Candidate> {
    let catalogue = site.known.catalogue;
    let wanted = format!("{path}{}", site.typed);
    let mut leaves: BTreeMap<String, Candidate> = BTreeMap::new();
    let mut above: BTreeMap<String, (String, usize)> = BTreeMap::new();
    let mut add = |name: &str, insert: &dyn Fn(&str) -> String, about: &str| {
        let Some(rest) = name.get(path.len()..).filter(|_| begins(name, &wanted)) else { return };
        match rest.split_once('.') {
            Some((segment, _)) => {
                let (_, count) = above.entry(segment.to_lowercase()).or_insert_with(|| (segment.to_owned(), 0));
                *count += 1;
            }
            None => {
                leaves.insert(rest.to_owned(), Candidate::inserting(rest, insert(rest), about));
            }
        }
    };
    for task in catalogue.tasks().filter(|task| task.alias_of.is_none() || !site.typed.is_empty()) {
        add(&task.name, &|leaf| written(site, task, leaf), &task.about);
    }
    let groups = (0..catalogue.group_count()).filter_map(|number| catalogue.group(number as u16));
    for group in groups.filter(|group| group.name.contains('.')) {
        let Some(row) = group.plain() else { continue };
        add(group.name, &|leaf| site.call(leaf, row.parameters.is_empty()), row.about);
    }
    for function in catalogue.application().functions() {
        add(&function.task.name, &|leaf| written(site, &function.task, leaf), &function.task.about);
    }
    for constant in catalogue.application().constants() {
        add(&constant.name, &str::to_owned, &constant.about);
    }
    for variable in catalogue.system_variables() {
        add(&format!("zoho.{}", variable.name), &str::to_owned, variable.about);
    }
    let names = above.into_values().map(|(segment, count)| {
        let dot = if site.after.starts_with('.') { "" } else { "." };
        let about = if count == 1 { "1 name".to_owned() } else { format!("{count} names") };
        Candidate::inserting(&segment, format!("{segment}{dot}"), &about)
    });
    names.chain(leaves.into_values()).collect()
}

/// A task's name with what must follow it.
fn written(site: &Site<'_>, task: &Task, leaf: &str) -> String {
    match &task.form {
        Form::Call(parameters) => site.call(leaf, parameters.is_empty()),
        Form::Bracket(_) if site.ends_line() => format!("{leaf} [ "),
        Form::Bracket(_) | Form::Statement(_) => leaf.to_owned(),
    }
}

fn is_name(key: &str) -> bool {
    key.starts_with(|letter: char| letter.is_alphabetic() || letter == '_')
        && key.chars().all(|letter| letter.is_alphanumeric() || letter == '_')
}
