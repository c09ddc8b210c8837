//! The reference as Markdown files: a page for each part and an index. The same rows always give the same bytes.

use std::fmt::Write;

use super::book::Book;
use super::entry::{Entry, Field};
use super::example;
use super::part::Part;

/// The pages: file names with their contents, the index first.
pub fn pages(book: &Book) -> Vec<(String, String)> {
    let mut pages = vec![("README.md".to_owned(), index(book))];
    for (part, entries) in book.parts() {
        pages.push((part.file_name(), page(part, entries, book)));
    }
    pages
}

/// The address of an entry as seen from a page of `from`, or from the index.
fn link(entry: &Entry, from: Option<&Part>) -> String {
    match from {
        Some(part) if *part == entry.part => format!("#{}", entry.anchor),
        _ => format!("{}#{}", entry.part.file_name(), entry.anchor),
    }
}

fn index(book: &Book) -> String {
    let mut text = "# Reference\n\n\
        Every function, task and system variable, by part. These pages are made of the rows that run; the examples are executed by\n\
        the tests. `sluice functions NAME` shows the same on the command line, and `COMPATIBILITY.md` lists what differs from Zoho.\n"
        .to_owned();
    let headings = [("Functions", true), ("Tasks and variables", false)];
    for (heading, functions) in headings {
        let _ = write!(text, "\n## {heading}\n");
        for (part, entries) in book.parts().into_iter().filter(|(part, _)| part.holds_functions() == functions) {
            let mut shown: Vec<&str> = Vec::new();
            let mut links = Vec::new();
            for entry in entries {
                if !shown.contains(&entry.name.as_str()) {
                    shown.push(&entry.name);
                    links.push(format!("[{}]({})", short(entry, part), link(entry, None)));
                }
            }
            let _ = write!(text, "\n### [{}]({})\n\n{}\n", part.title, part.file_name(), links.join(" ·\n"));
        }
    }
    text
}

/// The name in the index: a task's service is in the heading above it.
fn short<'e>(entry: &'e Entry, part: &Part) -> &'e str {
    if part.holds_functions() { &entry.name } else { entry.name.strip_prefix("zoho.").unwrap_or(&entry.name) }
}

fn page(part: &Part, entries: &[Entry], book: &Book) -> String {
    let mut text = format!("# {}\n\n[Reference](README.md)\n", part.title);
    for entry in entries {
        let _ = write!(text, "\n## {}\n\n{}\n", entry.name, entry.about);
        if let Some(absent) = entry.absent {
            let _ = write!(text, "\n**Does not run here:** {}. Instead: {}.\n", absent.why, absent.instead);
        }
        let _ = write!(text, "\n```text\n{}\n```\n", entry.signatures.join("\n"));
        parameters(&mut text, &entry.parameters);
        facts(&mut text, entry);
        examples(&mut text, entry);
        if !entry.differs.is_empty() {
            let _ = write!(text, "\n**Differs from Zoho:**\n\n");
            for sentence in entry.differs {
                let _ = writeln!(text, "- {sentence}");
            }
        }
        let mut links = Vec::new();
        let seen = entry.see.iter().filter_map(|name| Some((name, book.seen(name, part)?)));
        links.extend(seen.map(|(name, row)| format!("[{name}]({})", link(row, Some(part)))));
        if !entry.page.is_empty() {
            links.push(format!("[Zoho's page]({})", entry.page));
        }
        if !links.is_empty() {
            let _ = write!(text, "\nSee also: {}\n", links.join(", "));
        }
    }
    text
}

fn parameters(text: &mut String, fields: &[Field]) {
    if fields.is_empty() {
        return;
    }
    let described = fields.iter().any(|field| !field.about.is_empty());
    let heads = if described { "| attribute | | what for |" } else { "| parameter | | takes |" };
    let _ = write!(text, "\n{heads}\n| --- | --- | --- |\n");
    for field in fields {
        let optional = if field.optional { "optional" } else { "" };
        let told = if described { field.about } else { &field.kinds };
        let _ = writeln!(text, "| `{}` | {optional} | {told} |", field.name);
    }
}

fn facts(text: &mut String, entry: &Entry) {
    let mut facts = Vec::new();
    if !entry.receivers.is_empty() {
        facts.push(format!("Stands behind: {}.", entry.receivers));
    }
    facts.push(format!("Gives {}.", entry.gives));
    if !entry.aliases.is_empty() {
        let names: Vec<_> = entry.aliases.iter().map(|alias| format!("`{alias}`")).collect();
        facts.push(format!("Also called {}.", names.join(", ")));
    }
    if !entry.elsewhere.is_empty() {
        let names: Vec<_> = entry.elsewhere.iter().map(|name| format!("`{name}`")).collect();
        facts.push(format!("In other languages: {}.", names.join(", ")));
    }
    if !entry.services.is_empty() {
        facts.push(format!("In Zoho only in {}.", entry.services.join(", ")));
    }
    for lack in &entry.in_creator {
        facts.push(format!("Not all of it in Creator: {lack}."));
    }
    let _ = write!(text, "\n{}\n", facts.join(" "));
}

fn examples(text: &mut String, entry: &Entry) {
    if entry.examples.is_empty() && entry.own_examples.is_empty() {
        return;
    }
    let _ = write!(text, "\n```js\n{}```\n", example_lines(entry));
}

/// The examples of an entry, with an empty line around long ones.
pub(super) fn example_lines(entry: &Entry) -> String {
    let mut text = String::new();
    let mut before_long = false;
    let own = entry.own_examples.iter().map(|(expression, printed)| example::shown(expression, printed));
    for (at, shown) in entry.examples.iter().map(example::lines).chain(own).enumerate() {
        let long = example::is_long(&shown);
        if at > 0 && (long || before_long) {
            text.push('\n');
        }
        before_long = long;
        for line in shown {
            text.push_str(&line);
            text.push('\n');
        }
    }
    text
}
