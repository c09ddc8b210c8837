//! What was found: lines in sections, each well, to be noted or wrong, with what to do next.

use serde_json::{Value, json};

use super::super::output::visible;
use super::super::table::count;
use super::super::{Error, Exit, Output};

/// How something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    Ok,
    Warn,
    Fail,
}

/// One thing that was looked at.
#[derive(Debug)]
struct Finding {
    mark: Mark,
    /// What it is: a short name, the same at each call.
    what: String,
    /// How it is, in words.
    text: String,
    /// What to do next.
    next: Option<String>,
}

/// What was found about one subject.
#[derive(Debug)]
pub(super) struct Section {
    name: &'static str,
    findings: Vec<Finding>,
    /// The exit code when something in it is wrong.
    exit: Exit,
}

/// Everything that was found.
#[derive(Debug, Default)]
pub(super) struct Report(Vec<Section>);

impl Section {
    pub(super) fn new(name: &'static str) -> Self {
        Self { name, findings: Vec::new(), exit: Exit::Usage }
    }

    pub(super) fn ok(&mut self, what: &str, text: impl Into<String>) {
        self.add(Mark::Ok, what, text.into(), None);
    }

    pub(super) fn warn(&mut self, what: &str, text: impl Into<String>, next: Option<String>) {
        self.add(Mark::Warn, what, text.into(), next);
    }

    /// Something that is wrong in the words of its error.
    pub(super) fn fail(&mut self, what: &str, error: &Error) {
        if error.exit() == Exit::Connection {
            self.exit = Exit::Connection;
        }
        self.add(Mark::Fail, what, format!("{error} ({})", error.code()), error.help());
    }

    /// A connection that cannot be used.
    pub(super) fn unusable(&mut self, what: &str, text: String, next: Option<String>) {
        self.exit = Exit::Connection;
        self.add(Mark::Fail, what, text, next);
    }

    /// Something else that is wrong.
    pub(super) fn wrong(&mut self, what: &str, text: String, next: Option<String>) {
        self.add(Mark::Fail, what, text, next);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.findings.is_empty()
    }

    fn add(&mut self, mark: Mark, what: &str, text: String, next: Option<String>) {
        let next = next.filter(|next| !next.is_empty());
        self.findings.push(Finding { mark, what: what.to_owned(), text, next });
    }

    fn has(&self, mark: Mark) -> bool {
        self.findings.iter().any(|finding| finding.mark == mark)
    }
}

impl Report {
    pub(super) fn add(&mut self, section: Section) {
        self.0.push(section);
    }

    /// A connection that cannot be used counts before everything else.
    pub(super) fn exit(&self) -> Exit {
        let failed = self.0.iter().filter(|section| section.has(Mark::Fail));
        failed.map(|section| section.exit).max().unwrap_or(Exit::Ok)
    }

    pub(super) fn show(&self, output: &Output, json: bool) {
        if json {
            return output.json(&self.document(output));
        }
        for section in &self.0 {
            output.title(section.name);
            section.findings.iter().for_each(|finding| finding.show(output));
        }
        let number = |mark| self.0.iter().flat_map(|one| &one.findings).filter(|one| one.mark == mark).count();
        let (wrong, noted) = (number(Mark::Fail), number(Mark::Warn));
        output.result(&match (wrong, noted) {
            (0, 0) => "\nAll is well.".to_owned(),
            (0, noted) => format!("\nAll works; {} above.", count(noted, "warning")),
            (1, _) => "\nOne thing is wrong.".to_owned(),
            (wrong, _) => format!("\n{wrong} things are wrong."),
        });
    }

    fn document(&self, output: &Output) -> Value {
        let clean = |text: &str| output.redactor().redact(text).into_owned();
        let finding = |one: &Finding| {
            json!({
                "what": clean(&one.what),
                "state": one.mark.as_str(),
                "text": clean(&one.text),
                "next": one.next.as_deref().map(clean),
            })
        };
        let section = |one: &Section| json!({"name": one.name.to_lowercase(), "findings": one.findings.iter().map(finding).collect::<Value>()});
        json!({"ok": self.exit() == Exit::Ok, "sections": self.0.iter().map(section).collect::<Value>()})
    }
}

impl Finding {
    fn show(&self, output: &Output) {
        let clean = |text: &str| {
            let text = output.redactor().redact(text);
            visible(&text).replace('\n', "\n        ")
        };
        let mark = self.mark.painted(output.colours_results());
        output.styled(&format!("  {mark}  {}: {}", clean(&self.what), clean(&self.text)));
        if let Some(next) = &self.next {
            output.styled(&format!("        next: {}", clean(next)));
        }
    }
}

impl Mark {
    fn as_str(self) -> &'static str {
        match self {
            Mark::Ok => "ok",
            Mark::Warn => "warn",
            Mark::Fail => "fail",
        }
    }

    /// The word, four characters wide.
    fn painted(self, in_colour: bool) -> String {
        let word = format!("{:<4}", self.as_str());
        let colour = match self {
            Mark::Ok => "32",
            Mark::Warn => "33",
            Mark::Fail => "31;1",
        };
        if in_colour { format!("\x1b[{colour}m{word}\x1b[0m") } else { word }
    }
}
