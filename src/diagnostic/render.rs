//! Diagnostics as text, drawn by miette. The line named first in each message is the Deluge line that Zoho's editor
//! would show, so that a person can go there without reading the drawing.

use std::fmt;

use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteSpanContents, SourceSpan, ThemeCharacters, ThemeStyles,
};

use super::{Diagnostic, Severity};
use crate::source::{Source, Span};

/// Whether to draw with terminal colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// Plain text.
    Off,
    /// ANSI colours.
    On,
}

/// Lines longer than this many bytes are not drawn; the place is named instead.
const LONGEST_LINE: usize = 2_000;

/// Where messages break when no narrower terminal asks for less.
const WIDTH: usize = 110;

/// Draws one diagnostic with the source lines it points at. Without labels only message, code and help are drawn.
pub fn render(diagnostic: &Diagnostic, source: &Source, colour: Colour) -> String {
    render_within(diagnostic, source, colour, WIDTH)
}

/// As [`render`], for a terminal with lines of so many characters. Messages and help are broken to fit; the lines of the
/// script are not.
pub fn render_within(diagnostic: &Diagnostic, source: &Source, colour: Colour, width: usize) -> String {
    if let Some(span) = diagnostic.span()
        && diagnostic.labels.iter().any(|label| longest_line(source.text(), label.span) > LONGEST_LINE)
    {
        let place = source.position(span.start);
        let message = format!("{} [{}:{}:{}]", diagnostic.message, source.name(), place.line, place.column);
        let named = Diagnostic { message, labels: Vec::new(), ..diagnostic.clone() };
        return render_within(&named, source, colour, width);
    }
    let styles = match colour {
        Colour::On => ThemeStyles::ansi(),
        Colour::Off => ThemeStyles::none(),
    };
    let theme = GraphicalTheme { characters: ThemeCharacters::unicode(), styles };
    let handler = GraphicalReportHandler::new_themed(theme).with_width(width.clamp(40, WIDTH)).with_links(false);
    let drawn = Drawn { diagnostic, text: Numbered(source) };
    let mut text = String::new();
    match handler.render_report(&mut text, &drawn) {
        Ok(()) => text,
        Err(fmt::Error) => format!("{}: {}\n", diagnostic.code, diagnostic.message),
    }
}

/// The bytes of the longest line that a span touches.
fn longest_line(text: &str, span: Span) -> usize {
    let start = text.get(..span.start as usize).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    let end = text.get(span.end as usize..).and_then(|after| after.find('\n'));
    let end = end.map_or(text.len(), |at| span.end as usize + at);
    text.get(start..end).unwrap_or_default().split('\n').map(str::len).max().unwrap_or_default()
}

/// A source whose lines are numbered as in the file that it is a part of.
struct Numbered<'a>(&'a Source);

impl miette::SourceCode for Numbered<'_> {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        lines_before: usize,
        lines_after: usize,
    ) -> Result<Box<dyn miette::SpanContents<'a> + 'a>, miette::MietteError> {
        let part = self.0.text().read_span(span, lines_before, lines_after)?;
        let line = part.line() + self.0.first_line() as usize - 1;
        Ok(Box::new(MietteSpanContents::new_named(
            self.0.name().to_owned(),
            part.data(),
            *part.span(),
            line,
            part.column(),
            part.line_count(),
        )))
    }
}

/// A diagnostic dressed for miette.
struct Drawn<'a> {
    diagnostic: &'a Diagnostic,
    text: Numbered<'a>,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_is_underlined_unless_its_line_is_too_long_to_draw() {
        let draw = |text: String| {
            let source = Source::new("a.dg", text);
            render(
                &Diagnostic::error("room::code", "wrong").at(Span::new(7, 8), "here").help("mend it"),
                &source,
                Colour::Off,
            )
        };
        let short = draw("info a b;\n".into());
        assert!(short.contains("info a b;") && short.contains("here") && short.contains("mend it"), "{short}");
        let long = draw(format!("info a b;{}", " ".repeat(LONGEST_LINE)));
        assert!(long.contains("wrong [a.dg:1:8]") && long.len() < 300, "{long}");
    }
}
