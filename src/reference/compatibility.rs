//! The parts of `COMPATIBILITY.md` that are made of the rows: how many work, which differ and how, which do not run and
//! why. Each stands between two marks in the file; the rest of the file is written by hand.

use std::fmt::Write;

use super::book::Book;
use super::entry::Entry;

/// The file with the text between each pair of marks (`<!-- rows: NAME -->` and `<!-- end -->`) made anew. A mark of an unknown
/// name, or without its end, is left as it is, and a test finds it.
pub fn compatibility(file: &str, book: &Book) -> String {
    let mut out = String::new();
    let mut rest = file;
    while let Some((before, after)) = rest.split_once("<!-- rows: ") {
        out.push_str(before);
        let section = after.split_once(" -->").and_then(|(name, body)| Some((name, section(name, book)?, body)));
        let Some((name, made, end)) =
            section.and_then(|(name, made, body)| Some((name, made, body.split_once(END)?.1)))
        else {
            out.push_str("<!-- rows: ");
            rest = after;
            continue;
        };
        let _ = write!(out, "<!-- rows: {name} -->\n\n{made}\n{END}");
        rest = end;
    }
    out.push_str(rest);
    out
}

const END: &str = "<!-- end -->";

fn section(name: &str, book: &Book) -> Option<String> {
    match name {
        "counts" => Some(counts(book)),
        "differs" => Some(differs(book)),
        "not here" => Some(not_here(book)),
        _ => None,
    }
}

#[derive(Clone, Copy, Default)]
struct Count {
    works: usize,
    differs: usize,
    absent: usize,
}

impl Count {
    fn of(entries: &[Entry]) -> Self {
        let mut count = Self::default();
        for entry in entries {
            match (entry.absent.is_some(), entry.differs.is_empty()) {
                (true, _) => count.absent += 1,
                (false, true) => count.works += 1,
                (false, false) => count.differs += 1,
            }
        }
        count
    }

    fn row(self, title: &str) -> String {
        format!("| {title} | {} | {} | {} |\n", self.works, self.differs, self.absent)
    }
}

fn counts(book: &Book) -> String {
    let mut text = "| part | works | works, with a difference | not here |\n| --- | ---: | ---: | ---: |\n".to_owned();
    for (part, entries) in book.parts() {
        let title = format!("[{}](docs/reference/{})", part.title, part.file_name());
        text.push_str(&Count::of(entries).row(&title));
    }
    text.push_str(&Count::of(book.entries()).row("**all**"));
    text
}

fn differs(book: &Book) -> String {
    let mut text = String::new();
    for (part, entries) in book.parts() {
        let mut rows = entries.iter().filter(|entry| entry.absent.is_none() && !entry.differs.is_empty()).peekable();
        if rows.peek().is_some() {
            let _ = write!(text, "{}**{}**\n\n", if text.is_empty() { "" } else { "\n" }, part.title);
        }
        for entry in rows {
            let _ = writeln!(text, "- `{}`: {}", entry.name, entry.differs.join(" "));
        }
    }
    text
}

/// What does not run, by the reason that rows share, and below it by part.
fn not_here(book: &Book) -> String {
    let mut reasons: Vec<(&str, &str)> = Vec::new();
    let reason = |entry: &Entry| entry.absent.map(|absent| (absent.why, absent.instead));
    for found in book.entries().iter().filter_map(reason) {
        if !reasons.contains(&found) {
            reasons.push(found);
        }
    }
    let mut text = String::new();
    for (why, instead) in reasons {
        let _ = writeln!(text, "- {}. Instead: {instead}.", capital(why));
        for (part, entries) in book.parts() {
            let rows = entries.iter().filter(|entry| reason(entry) == Some((why, instead)));
            let names: Vec<String> = rows.map(|entry| format!("`{}`", entry.name)).collect();
            if !names.is_empty() {
                let _ = writeln!(text, "  - {}: {}", part.title, names.join(", "));
            }
        }
    }
    text
}

fn capital(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}", characters.as_str())
}
