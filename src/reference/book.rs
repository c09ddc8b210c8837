//! All entries in the order in which the reference lists them: by part, and in a part as in the tables.

use std::collections::HashMap;

use super::entry::Entry;
use super::part::Part;
use crate::catalogue::{Catalogue, Form, Task};

/// The whole reference.
#[derive(Debug)]
pub struct Book {
    entries: Vec<Entry>,
}

impl Book {
    /// The reference of the rows of an engine.
    pub fn new(catalogue: &Catalogue) -> Self {
        let mut entries: Vec<Entry> = catalogue.builtins().into_iter().map(Entry::of_builtin).collect();
        entries.extend(tasks(catalogue));
        entries.extend(catalogue.application().functions().iter().map(Entry::of_host_function));
        entries.extend(catalogue.application().constants().iter().map(Entry::of_constant));
        entries.extend(catalogue.system_variables().iter().map(Entry::of_variable));
        // Sorting keeps the order of the tables inside a part.
        entries.sort_by(|a, b| a.part.cmp(&b.part));
        name_headings(&mut entries);
        Self { entries }
    }

    /// Every entry, in order.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The parts that have entries, in order, each with its entries.
    pub fn parts(&self) -> Vec<(&Part, &[Entry])> {
        let same = |a: &Entry, b: &Entry| a.part == b.part;
        self.entries.chunk_by(same).filter_map(|chunk| Some((&chunk.first()?.part, chunk))).collect()
    }

    /// The entry that a name in `see` leads to from an entry of `part`: one of the same part, or else the first.
    pub fn seen(&self, name: &str, part: &Part) -> Option<&Entry> {
        let mut called = self.entries.iter().filter(|entry| entry.is_called(name));
        let first = called.next()?;
        Some(if first.part == *part { first } else { called.find(|entry| entry.part == *part).unwrap_or(first) })
    }
}

/// Gives each entry the anchor of its heading: a name that a page already has is numbered.
fn name_headings(entries: &mut [Entry]) {
    let mut taken: HashMap<(Part, String), usize> = HashMap::new();
    for entry in entries {
        let name = anchor(&entry.name);
        let count = taken.entry((entry.part.clone(), name.clone())).or_default();
        entry.anchor = if *count == 0 { name } else { format!("{name}-{count}") };
        *count += 1;
    }
}

/// The anchor that Markdown renderers make of a heading: lower case, without punctuation.
fn anchor(heading: &str) -> String {
    heading.to_lowercase().chars().filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_')).collect()
}

/// The tasks by their documented names, in the order of these names: the catalogue keeps them in none.
fn tasks(catalogue: &Catalogue) -> Vec<Entry> {
    let all: Vec<&Task> = catalogue.tasks().collect();
    let mut aliases: HashMap<&str, Vec<String>> = HashMap::new();
    for task in &all {
        if let Some(name) = task.alias_of {
            aliases.entry(name).or_default().push(task.name.to_string());
        }
    }
    let mut named: Vec<&Task> = all.into_iter().filter(|task| task.alias_of.is_none()).collect();
    // `invokeurl [ … ]` stands before `invokeUrl(…)`.
    named.sort_by_cached_key(|task| (task.name.to_lowercase(), matches!(task.form, Form::Call(_))));
    let entry = |task: &Task| {
        let mut others = aliases.get(task.name.as_ref()).cloned().unwrap_or_default();
        others.sort();
        Entry::of_task(task, others)
    };
    named.into_iter().map(entry).collect()
}
