//! Diagnostics as text, drawn by miette. The line named first in each message is the Deluge line that Zoho's editor
//! would show, so that a person can go there without reading the drawing.

use std::fmt;

use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, NamedSource, SourceSpan, ThemeCharacters, ThemeStyles,
};

use super::{Diagnostic, Severity};
use crate::source::Source;

/// Whether to draw with terminal colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// Plain text.
    Off,
    /// ANSI colours.
    On,
}

/// Draws one diagnostic with the source lines it points at. Without labels only message, code and help are drawn.
pub fn render(diagnostic: &Diagnostic, source: &Source, colour: Colour) -> String {
    let styles = match colour {
        Colour::On => ThemeStyles::ansi(),
        Colour::Off => ThemeStyles::none(),
    };
    let theme = GraphicalTheme { characters: ThemeCharacters::unicode(), styles };
    let handler = GraphicalReportHandler::new_themed(theme).with_width(110).with_links(false);
    let drawn = Drawn { diagnostic, text: NamedSource::new(source.name(), source.text().to_owned()) };
    let mut text = String::new();
    match handler.render_report(&mut text, &drawn) {
        Ok(()) => text,
        Err(fmt::Error) => format!("{}: {}\n", diagnostic.code, diagnostic.message),
    }
}

/// A diagnostic dressed for miette.
struct Drawn<'a> {
    diagnostic: &'a Diagnostic,
    text: NamedSource<String>,
}

impl fmt::Debug for Drawn<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.diagnostic.fmt(f)
    }
}

impl fmt::Display for Drawn<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.diagnostic.message)
    }
}

impl std::error::Error for Drawn<'_> {}

impl miette::Diagnostic for Drawn<'_> {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(&self.diagnostic.code))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.diagnostic.severity {
            Severity::Warning => miette::Severity::Warning,
            Severity::Error => miette::Severity::Error,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.diagnostic.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn miette::SourceCode> {
        (!self.diagnostic.labels.is_empty()).then_some(&self.text as &dyn miette::SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let place = |label: &super::Label| SourceSpan::from(label.span.range());
        let labels = self.diagnostic.labels.iter().enumerate().map(move |(at, label)| {
            let text = (!label.text.is_empty()).then(|| label.text.clone());
            match at {
                0 => LabeledSpan::new_primary_with_span(text, place(label)),
                _ => LabeledSpan::new_with_span(text, place(label)),
            }
        });
        Some(Box::new(labels))
    }
}
