//! An error that ended a run: what, where, by which calls, and where a guilty null came from.

use crate::diagnostic::{Colour, Diagnostic, render};
use crate::program::Program;
use crate::source::{Source, Span};
use crate::value::Data;

/// Why a run failed.
#[derive(Clone, Debug, PartialEq)]
pub struct Trouble {
    /// Stable name, `room::kebab-case`.
    pub code: String,
    /// The text, as a script would read it in `e.message`.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// The text where it happened, among the program's sources; 0 is the script.
    pub file: usize,
    /// Where it happened.
    pub span: Span,
    /// The line where it happened, from 1.
    pub line: u32,
    /// The functions that were being executed, the innermost first.
    pub stack: Vec<Called>,
    /// For a null that should not have been one: the place that gave it, and a sentence about it.
    pub origin: Option<(Span, String)>,
    /// What was thrown, when the script threw it.
    pub thrown: Option<Data>,
}

/// How many calls a message names.
const SHOWN_CALLS: usize = 5;

/// A function in execution when a run failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Called {
    /// The dotted name; empty for the statements outside functions.
    pub function: String,
    /// The name of the file that it stands in.
    pub file: String,
    /// The line that was being executed, from 1.
    pub line: u32,
}

impl Trouble {
    /// As a message with the place underlined; it begins with the line, as Zoho's error page does.
    pub fn diagnostic(&self) -> Diagnostic {
        let message = format!("(Line no: {}) {}", self.line, self.message);
        let mut diagnostic = Diagnostic::error(self.code.clone(), message).at(self.span, "here");
        if let Some((place, sentence)) = &self.origin {
            diagnostic = diagnostic.at(*place, sentence.clone());
        }
        let calls = self.stack.windows(2).filter_map(|pair| match pair {
            [inner, outer] if inner.file != outer.file => {
                Some(format!("{} was called on line {} of {}", inner.function, outer.line, outer.file))
            }
            [inner, outer] => Some(format!("{} was called on line {}", inner.function, outer.line)),
            _ => None,
        });
        let mut calls: Vec<String> = calls.collect();
        if calls.len() > SHOWN_CALLS {
            let left_out = calls.len() - SHOWN_CALLS;
            calls.truncate(SHOWN_CALLS);
            calls.push(format!("… and {left_out} more calls"));
        }
        let help = self.help.clone().into_iter().chain(calls).collect::<Vec<_>>().join("\n");
        if help.is_empty() { diagnostic } else { diagnostic.help(help) }
    }

    /// As text for people: the message, the lines of the script with the place underlined, the calls that led there, and what to
    /// do. `program` is the one that ran.
    pub fn report(&self, program: &Program) -> String {
        let source = program.sources().get(self.file);
        source.map_or_else(|| self.to_string(), |source| render(&self.diagnostic(), source, Colour::Off))
    }

    /// The text of the failing place.
    pub fn text<'s>(&self, source: &'s Source) -> &'s str {
        source.slice(self.span)
    }
}
