//! What each code of a problem means: the sections of `docs/errors/*.md`, which are part of the program, so that the page
//! on the web and `sluice explain` never disagree. A section is a heading with the code, and paragraphs, items and blocks of
//! code below it; its first sentence is what lists show.

use std::fmt::Write;

use super::text::Look;
use super::wrap::wrapped;
use crate::diagnostic::suggest;

/// The pages, in the order in which a script meets them. A test compares them with the folder.
const PAGES: &[&str] = &[
    include_str!("../../docs/errors/syntax.md"),
    include_str!("../../docs/errors/check.md"),
    include_str!("../../docs/errors/run.md"),
    include_str!("../../docs/errors/criteria.md"),
    include_str!("../../docs/errors/limits.md"),
    include_str!("../../docs/errors/http.md"),
    include_str!("../../docs/errors/mail.md"),
    include_str!("../../docs/errors/connections.md"),
    include_str!("../../docs/errors/replay.md"),
    include_str!("../../docs/errors/project.md"),
    include_str!("../../docs/errors/engine.md"),
    include_str!("../../docs/errors/repl.md"),
    include_str!("../../docs/errors/cli.md"),
];

/// One section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// The code, `room::kebab-case`.
    pub code: &'static str,
    /// The section below its heading, in Markdown.
    pub text: &'static str,
}

/// What a person asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Explained {
    /// The sections that are meant: one, or those of the same name in several rooms.
    Sections(Vec<Explanation>),
    /// The room whose name was given, with all its sections.
    Room(Vec<Explanation>),
    /// There is no such code; the nearest one, if one is near.
    Nothing(Option<&'static str>),
}

/// All sections, page by page.
pub fn explanations() -> impl Iterator<Item = Explanation> {
    PAGES.iter().flat_map(|page| page.split("\n## ").skip(1)).map(|section| {
        let (code, text) = section.split_once('\n').unwrap_or((section, ""));
        Explanation { code: code.trim(), text: text.trim() }
    })
}

/// The sections of a code in any case, with or without its room, and also as it was copied out of a message.
pub fn explain(asked: &str) -> Explained {
    let inner = asked.trim().strip_prefix("error[").unwrap_or(asked.trim());
    let name = inner.trim_matches(|letter: char| !letter.is_ascii_alphanumeric()).to_lowercase().replace('_', "-");
    let that = |is_meant: &dyn Fn(&Explanation) -> bool| explanations().filter(is_meant).collect::<Vec<_>>();
    let sections = that(&|one| one.code == name || one.name() == name);
    if !sections.is_empty() {
        return Explained::Sections(sections);
    }
    let room = that(&|one| one.room() == name);
    if !room.is_empty() {
        return Explained::Room(room);
    }
    let whole = suggest(&name, explanations().map(|one| one.code));
    let near = whole.or_else(|| {
        let name = suggest(name.rsplit("::").next().unwrap_or(&name), explanations().map(|one| one.name()))?;
        explanations().find(|one| one.name() == name).map(|one| one.code)
    });
    Explained::Nothing(near)
}

impl Explanation {
    /// What stands before the colons.
    pub fn room(&self) -> &'static str {
        self.code.split_once("::").map_or("", |(room, _)| room)
    }

    /// What stands behind the colons.
    pub fn name(&self) -> &'static str {
        self.code.split_once("::").map_or(self.code, |(_, name)| name)
    }

    /// The first sentence.
    pub fn summary(&self) -> String {
        let first = self.text.split("\n\n").next().unwrap_or_default().replace('\n', " ");
        match first.split_once(". ") {
            Some((sentence, _)) => format!("{sentence}."),
            None => first,
        }
    }
}

/// A table of sections by room: code and first sentence.
pub fn explanation_index(sections: &[Explanation], look: Look) -> String {
    let mut text = String::new();
    for room in sections.chunk_by(|a, b| a.room() == b.room()) {
        if !text.is_empty() {
            text.push('\n');
        }
        let column = room.iter().map(|one| one.code.len()).max().unwrap_or(0) + 2;
        for one in room {
            let begin = look.painted("36", &format!("{:<column$}", one.code));
            let _ = writeln!(text, "{begin}{}", inline(&wrapped(&one.summary(), look.width, column), look));
        }
    }
    text
}

/// One section as it is read in a terminal.
pub fn explanation_text(section: &Explanation, look: Look) -> String {
    let mut text = format!("{}\n", look.painted("1;36", section.code));
    for (at, part) in section.text.split("```").enumerate() {
        // Between the first and the second mark stands code, and so on.
        if at % 2 == 1 {
            code(&mut text, part, look);
        } else {
            prose(&mut text, part, look);
        }
    }
    text
}

/// A block of code without its marks; the first line, which says whether it is wrong or right, is set off.
fn code(text: &mut String, block: &str, look: Look) {
    text.push('\n');
    for line in block.lines().skip(1) {
        let line = match line.split_whitespace().nth(1).filter(|_| line.starts_with("// ")) {
            Some("wrong") => look.painted("31", line),
            Some("right") => look.painted("32", line),
            _ => line.replace('\t', "    "),
        };
        let _ = writeln!(text, "{}", format!("    {line}").trim_end());
    }
}

fn prose(text: &mut String, paragraphs: &str, look: Look) {
    for paragraph in paragraphs.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty()) {
        text.push('\n');
        let items = paragraph.split("\n- ").enumerate();
        for (at, item) in items {
            let is_item = at > 0 || item.starts_with("- ");
            let item =
                item.trim_start_matches("- ").replace('\n', " ").split_whitespace().collect::<Vec<_>>().join(" ");
            let (begin, indent) = if is_item { ("- ", 2) } else { ("", 0) };
            let _ = writeln!(text, "{begin}{}", inline(&wrapped(&item, look.width, indent), look));
        }
    }
}

/// Marks of Markdown inside a line: with colour they become colours; without it, `**` is left out and backticks stay.
fn inline(text: &str, look: Look) -> String {
    let mut shown = String::with_capacity(text.len());
    for (at, part) in text.split("**").enumerate() {
        let part = if look.colour { spans(part, look) } else { part.to_owned() };
        shown.push_str(&if at % 2 == 1 { look.painted("1", &part) } else { part });
    }
    shown
}

fn spans(text: &str, look: Look) -> String {
    let parts = text.split('`').enumerate();
    parts.map(|(at, part)| if at % 2 == 1 { look.painted("36", part) } else { part.to_owned() }).collect()
}

#[cfg(test)]
mod tests {
    use super::super::text::Look;
    use super::{Explained, Explanation, explain, explanation_index, explanation_text, explanations};

    const SECTION: Explanation = Explanation {
        code: "run::example",
        text: "The *first* sentence. The second\none.\n\n**Why it happens.** Of `a`, or\n\n- one item\n- another\n\n```deluge\n// wrong\n\tinfo 1;\n```",
    };

    fn codes(asked: &str) -> Vec<&'static str> {
        match explain(asked) {
            Explained::Sections(sections) | Explained::Room(sections) => sections.iter().map(|one| one.code).collect(),
            Explained::Nothing(near) => near.into_iter().collect(),
        }
    }

    #[test]
    fn a_code_is_found_however_it_is_written() {
        for asked in ["run::null-receiver", "NULL-RECEIVER", " Run::Null_Receiver:", "error[run::null-receiver]"] {
            assert_eq!(codes(asked), ["run::null-receiver"], "{asked}");
        }
        assert_eq!(
            codes("argument-count"),
            ["check::argument-count", "run::argument-count", "criteria::argument-count"]
        );
        assert_eq!(explain("run::nul-reciever"), Explained::Nothing(Some("run::null-receiver")));
        assert_eq!(explain("check::null-reciever"), Explained::Nothing(Some("run::null-receiver")));
        assert_eq!(explain("frobnicate everything"), Explained::Nothing(None));
        assert!(codes("limits").iter().all(|code| code.starts_with("limits::")));
        for one in explanations() {
            assert!(codes(one.code).contains(&one.code), "{}", one.code);
        }
    }

    #[test]
    fn a_section_is_plain_in_a_pipe_and_coloured_before_a_person() {
        let plain = explanation_text(&SECTION, Look { width: Some(30), colour: false });
        assert_eq!(
            plain,
            "run::example\n\nThe *first* sentence. The\nsecond one.\n\nWhy it happens. Of `a`, or\n\n- one item\n- another\n\n    // wrong\n        info 1;\n"
        );
        let coloured = explanation_text(&SECTION, Look { width: None, colour: true });
        for part in [
            "\x1b[1;36mrun::example\x1b[0m",
            "\x1b[1mWhy it happens.\x1b[0m",
            "\x1b[36ma\x1b[0m",
            "\x1b[31m// wrong\x1b[0m",
        ] {
            assert!(coloured.contains(part), "{part:?} {coloured:?}");
        }
    }

    #[test]
    fn a_list_shows_the_first_sentence() {
        let shown = explanation_index(&[SECTION], Look::default());
        assert_eq!(shown, "run::example  The *first* sentence.\n");
    }
}
