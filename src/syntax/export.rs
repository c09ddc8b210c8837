//! The export of a whole Creator application (`.ds`): its functions, and the scripts of its workflows, each with its
//! place in the file. Everything else of it (forms, reports, pages) is passed over. A block's header is the line before
//! its `{`; the script of an action stands between parentheses.

use super::lexer::{lex, lex_first};
use super::token::{Raw, RawToken};
use crate::source::Span;

/// What an application's export holds for us.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Application {
    /// The application's name.
    pub name: String,
    /// The definitions of its functions, one after the other.
    pub functions: Option<Span>,
    /// The scripts of its workflows, in order.
    pub scripts: Vec<ExportedScript>,
}

/// A script of a workflow.
#[derive(Clone, Debug, PartialEq)]
pub struct ExportedScript {
    /// The link name of the workflow.
    pub workflow: String,
    /// What a person calls it.
    pub title: String,
    /// The form that it belongs to, if any.
    pub form: Option<String>,
    /// When it runs: `on validate`, `on user input of Email`.
    pub event: String,
    /// The script.
    pub span: Span,
}

/// Reads an export; nothing when the text is not one.
pub fn read_export(text: &str) -> Option<Application> {
    // Nearly every text is none, which its beginning tells.
    let beginning = lex_first(text, 2);
    let [first, name] = beginning.as_slice() else { return None };
    let begins = first.kind == Raw::Word && slice(text, *first).eq_ignore_ascii_case("application");
    if !begins || name.kind != Raw::DoubleText {
        return None;
    }
    let raw = lex(text, &[]);
    let application = Application { name: quoted(slice(text, *name)).to_owned(), ..Application::default() };
    let mut reader = Reader { text, raw: &raw, at: 2, blocks: Vec::new(), application };
    reader.read();
    Some(reader.application)
}

struct Reader<'t> {
    text: &'t str,
    raw: &'t [RawToken],
    at: usize,
    /// The open blocks.
    blocks: Vec<Block<'t>>,
    application: Application,
}

struct Block<'t> {
    header: &'t str,
    /// What `form = …` in it says.
    form: Option<&'t str>,
}

impl<'t> Reader<'t> {
    fn read(&mut self) {
        while let Some(token) = self.raw.get(self.at).copied() {
            match token.kind {
                Raw::BraceOpen if self.header() == "Deluge" && self.is_inside("functions") => {
                    self.application.functions = self.skip(Raw::BraceOpen, Raw::BraceClose);
                    continue;
                }
                Raw::BraceOpen => {
                    let header = self.header();
                    self.blocks.push(Block { header, form: None });
                }
                Raw::BraceClose => drop(self.blocks.pop()),
                Raw::ParenOpen => {
                    let is_script = self.is_inside("actions");
                    let span = self.skip(Raw::ParenOpen, Raw::ParenClose);
                    if let Some(span) = span.filter(|_| is_script) {
                        self.script(span);
                    }
                    continue;
                }
                Raw::Word if self.is_inside("actions") && self.begins_call() => {
                    let span = self.statement();
                    self.script(span);
                    continue;
                }
                Raw::Assign if self.word_before() == "form" => {
                    let form = self.raw.get(self.at + 1).map(|next| slice(self.text, *next));
                    if let Some(block) = self.blocks.last_mut() {
                        block.form = form;
                    }
                }
                _ => {}
            }
            self.at += 1;
        }
    }

    fn is_inside(&self, header: &str) -> bool {
        self.blocks.last().is_some_and(|block| block.header == header)
    }

    /// The line that ends before the token at hand.
    fn header(&self) -> &'t str {
        let end = self.before().map_or(0, |token| token.end() as usize);
        let text = self.text.get(..end).unwrap_or_default();
        text.rsplit('\n').next().unwrap_or_default().trim()
    }

    fn before(&self) -> Option<RawToken> {
        self.at.checked_sub(1).and_then(|at| self.raw.get(at)).copied()
    }

    fn word_before(&self) -> &'t str {
        self.before().map_or("", |token| slice(self.text, token))
    }

    /// Whether a call stands at hand, and not the name of an action with its script below.
    fn begins_call(&self) -> bool {
        let Some([word, next]) = self.raw.get(self.at..self.at + 2) else { return false };
        matches!(next.kind, Raw::Dot | Raw::ParenOpen) && word.end() == next.start
    }

    /// Passes over a statement that stands in a block of actions by itself.
    fn statement(&mut self) -> Span {
        let rest = self.raw.get(self.at..).unwrap_or_default();
        let length = rest.iter().position(|token| matches!(token.kind, Raw::Semicolon | Raw::BraceClose));
        let length =
            length.map_or(rest.len(), |at| at + usize::from(rest.get(at).is_some_and(|t| t.kind == Raw::Semicolon)));
        let statement = rest.get(..length).unwrap_or_default();
        self.at += length.max(1);
        let start = statement.first().map_or(0, |token| token.start);
        Span { start, end: statement.last().map_or(start, |token| token.end()) }
    }

    /// Passes over a bracket and all that is in it; gives what stands between. Nothing when it is never closed.
    fn skip(&mut self, open: Raw, close: Raw) -> Option<Span> {
        let start = self.raw.get(self.at)?.end();
        let mut depth = 0usize;
        while let Some(token) = self.raw.get(self.at) {
            self.at += 1;
            if token.kind == open {
                depth += 1;
            } else if token.kind == close {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return Some(Span { start, end: token.start });
                }
            }
        }
        None
    }

    fn script(&mut self, span: Span) {
        let named = self.blocks.iter().rposition(|block| block.header.contains(" as \""));
        let Some((workflow, title)) =
            named.and_then(|at| self.blocks.get(at)).and_then(|block| block.header.split_once(" as "))
        else {
            return;
        };
        let inner = named.map_or(0, |at| at + 1);
        let events = self.blocks.get(inner..).unwrap_or_default();
        let event =
            events.iter().map(|block| block.header).find(|header| header.starts_with("on ")).unwrap_or("on start");
        let form = self.blocks.iter().rev().find_map(|block| block.form);
        self.application.scripts.push(ExportedScript {
            workflow: workflow.to_owned(),
            title: quoted(title).to_owned(),
            form: form.map(str::to_owned),
            event: event.to_owned(),
            span,
        });
    }
}

fn slice(text: &str, token: RawToken) -> &str {
    text.get(token.span().range()).unwrap_or_default()
}

/// A text without its quotes.
fn quoted(text: &str) -> &str {
    text.trim().trim_matches('"')
}
