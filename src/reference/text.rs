//! The reference for a terminal: plain text, in colour and wrapped to a width when there is a person to read it.

use std::fmt::Write;

use super::entry::{Entry, Field};
use super::markdown::example_lines;
use super::wrap::wrapped;

/// The widest name beside which a description still begins on the same line.
const NAME: usize = 26;

/// How the text is shown.
#[derive(Clone, Copy, Debug, Default)]
pub struct Look {
    /// The width of the terminal in characters; `None` where lines are never broken, as in a file.
    pub width: Option<usize>,
    /// Whether there is colour.
    pub colour: bool,
}

impl Look {
    pub(super) fn painted(self, style: &str, text: &str) -> String {
        if self.colour { format!("\x1b[{style}m{text}\x1b[0m") } else { text.to_owned() }
    }

    fn strong(self, text: &str) -> String {
        self.painted("1", text)
    }

    fn faint(self, text: &str) -> String {
        self.painted("2", text)
    }
}

/// A table of entries by part: name and description.
pub fn index_text(entries: &[&Entry], look: Look) -> String {
    let mut text = String::new();
    for chunk in entries.chunk_by(|a, b| a.part == b.part) {
        let Some(part) = chunk.first().map(|entry| &entry.part) else { continue };
        if !text.is_empty() {
            text.push('\n');
        }
        let _ = writeln!(text, "{} {}", look.strong(&part.title), look.faint(&format!("({})", part.slug)));
        let column = chunk.iter().map(|entry| entry.name.chars().count()).max().unwrap_or(0).min(NAME) + 4;
        for entry in chunk {
            let name = format!("  {}", entry.name);
            let begin = match name.chars().count() {
                length if length + 2 <= column => {
                    format!("{}{}", look.painted("36", &name), " ".repeat(column - length))
                }
                _ => format!("{}\n{}", look.painted("36", &name), " ".repeat(column)),
            };
            let about = match entry.absent {
                Some(_) => format!("{} (does not run here)", entry.about),
                None => entry.about.clone(),
            };
            let about = wrapped(&about, look.width, column);
            let about = if entry.absent.is_some() { look.faint(&about) } else { about };
            let _ = writeln!(text, "{begin}{about}");
        }
    }
    text
}

/// All that is known of one entry.
pub fn entry_text(entry: &Entry, look: Look) -> String {
    let mut text = format!("{} {}\n", look.strong(&entry.name), look.faint(&format!("· {}", entry.part.title)));
    let _ = writeln!(text, "{}", wrapped(&entry.about, look.width, 0));
    if let Some(absent) = entry.absent {
        let reason = format!("Does not run here: {}. Instead: {}.", absent.why, absent.instead);
        let _ = writeln!(text, "\n{}", look.painted("33", &wrapped(&reason, look.width, 0)));
    }
    text.push('\n');
    for signature in &entry.signatures {
        let _ = writeln!(text, "  {}", look.painted("36", signature));
    }
    text.push('\n');
    fields(&mut text, &entry.parameters, look);
    fact(&mut text, "stands behind", &entry.receivers, look);
    fact(&mut text, "gives", entry.gives, look);
    fact(&mut text, "also called", &entry.aliases.join(", "), look);
    fact(&mut text, "elsewhere", &entry.elsewhere.join(", "), look);
    fact(&mut text, "only in", &entry.services.join(", "), look);
    fact(&mut text, "in Creator", &entry.in_creator.join("; "), look);
    for sentence in entry.differs {
        fact(&mut text, "differs", sentence, look);
    }
    if !entry.examples.is_empty() || !entry.own_examples.is_empty() {
        text.push('\n');
        for line in example_lines(entry).lines() {
            let line = match line.rfind("// ") {
                Some(at) if look.colour => {
                    let (code, comment) = line.split_at_checked(at).unwrap_or((line, ""));
                    format!("{code}{}", look.painted("32", comment))
                }
                _ => line.to_owned(),
            };
            let _ = writeln!(text, "{}", format!("  {line}").trim_end());
        }
    }
    if !entry.see.is_empty() || !entry.page.is_empty() {
        text.push('\n');
        fact(&mut text, "see also", &entry.see.join(", "), look);
        fact(&mut text, "Zoho's page", &entry.page, look);
    }
    text
}

fn fields(text: &mut String, fields: &[Field], look: Look) {
    let column = fields.iter().map(|field| field.name.chars().count()).max().unwrap_or(0).min(NAME) + 4;
    for field in fields {
        let name = format!("  {:<1$}", field.name, column - 2);
        let told = if field.about.is_empty() { &field.kinds } else { field.about };
        let told = if field.optional { format!("{told} (optional)") } else { told.to_owned() };
        let _ = writeln!(text, "{name}{}", wrapped(told.trim(), look.width, column));
    }
    if !fields.is_empty() {
        text.push('\n');
    }
}

fn fact(text: &mut String, name: &str, told: &str, look: Look) {
    if !told.is_empty() {
        let _ = writeln!(text, "{}{}", look.faint(&format!("{name:<15}")), wrapped(told, look.width, 15));
    }
}
