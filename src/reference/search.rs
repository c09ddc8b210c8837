//! Finding what somebody asks for: by any of its names in any case, by the end of a dotted name, by what another
//! language calls it, and at last by the nearest spelling.

use super::book::Book;
use super::entry::Entry;
use crate::catalogue::advice;
use crate::diagnostic::suggest;

/// What was found for a name.
#[derive(Debug)]
pub enum Found<'b> {
    /// The entries of that name, one for each group of receivers.
    Rows(Vec<&'b Entry>),
    /// Entries of other names whose last part it is: several services have a task `createRecord`.
    Several(Vec<&'b Entry>),
    /// What Deluge calls the same thing.
    Elsewhere(Vec<&'b Entry>),
    /// How Deluge does it without a function of its own, a sentence without its full stop.
    Advice(&'static str),
    /// Nothing; the name that may have been meant.
    Nothing(Option<String>),
}

impl Book {
    /// What there is about a name, such as `indexOf`, `text.indexOf()`, `zoho.crm.getRecords`, `getRecords` or `push`.
    pub fn find(&self, name: &str) -> Found<'_> {
        let asked = name.trim().trim_end_matches(';').trim_end_matches("()").trim().replace("._", ".");
        if let Some(found) = self.by_name(&asked) {
            return found;
        }
        if let Some(advice) = advice(&asked) {
            return Found::Advice(advice.instead);
        }
        // What is before the last dot may be a variable: `list.push`.
        let short = asked.rsplit('.').next().unwrap_or(&asked);
        match self.by_name(short) {
            Some(found) if short != asked => found,
            _ => match advice(short) {
                Some(advice) => Found::Advice(advice.instead),
                None => Found::Nothing(self.nearest(&asked).or_else(|| self.nearest(short))),
            },
        }
    }

    /// Entries whose names or descriptions hold a text, in any case.
    pub fn about(&self, text: &str) -> Vec<&Entry> {
        let text = text.to_lowercase();
        let holds = |of: &str| of.to_lowercase().contains(&text);
        let is_meant = |entry: &&Entry| {
            let names = std::iter::once(&entry.name).chain(&entry.aliases).any(|name| holds(name));
            names || holds(&entry.about) || entry.elsewhere.iter().any(|name| holds(name))
        };
        self.entries().iter().filter(is_meant).collect()
    }

    fn by_name(&self, name: &str) -> Option<Found<'_>> {
        let rows: Vec<&Entry> = self.entries().iter().filter(|entry| entry.is_called(name)).collect();
        if !rows.is_empty() {
            return Some(Found::Rows(rows));
        }
        let rows: Vec<&Entry> = self.entries().iter().filter(|entry| is_among(entry.elsewhere, name)).collect();
        if !rows.is_empty() {
            return Some(Found::Elsewhere(rows));
        }
        let end = format!(".{}", name.to_lowercase());
        let ends = |entry: &&Entry| entry.name.to_lowercase().ends_with(&end);
        let rows: Vec<&Entry> = self.entries().iter().filter(ends).collect();
        match rows.len() {
            0 => None,
            1 => Some(Found::Rows(rows)),
            _ => Some(Found::Several(rows)),
        }
    }

    fn nearest(&self, name: &str) -> Option<String> {
        let names = self.entries().iter().flat_map(|entry| {
            let aliases = entry.aliases.iter().map(String::as_str);
            std::iter::once(entry.name.as_str()).chain(aliases).chain([entry.short_name()])
        });
        suggest(name, names).map(str::to_owned)
    }
}

fn is_among(names: &[&str], name: &str) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}
