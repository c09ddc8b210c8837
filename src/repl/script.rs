//! What a session leaves as a script that runs without it: a `;` that was left out is put, a value that was shown becomes an
//! `info` line, and where a later input reads `_` the value is assigned to it first.

use std::ops::Range;

use super::session::LAST;
use crate::source::Source;
use crate::syntax::ast::StatementKind;
use crate::syntax::{Arena, Dialect, parse, parse_input};

/// The statements of an input that ran to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Kept {
    /// The statements, but for the expression at the end.
    statements: String,
    /// The expression whose value was shown.
    shown: Option<String>,
}

impl Kept {
    /// The statements of a source; nothing when it only defines functions. `asks` tells that it ends with an expression.
    pub(super) fn read(source: &Source, dialect: Dialect, asks: bool) -> Option<Self> {
        let arena = Arena::new();
        let parsed = parse_input(source, dialect, &arena);
        let statement = parsed.script.body.last()?;
        let last = statement.span;
        let functions = parsed.script.functions.iter().map(|function| function.header.to(function.body.span));
        let shown = match &statement.kind {
            _ if asks => Some(last),
            // The script goes on where the input ended.
            StatementKind::Return(Some(value)) => Some(value.span),
            _ => None,
        };
        let end = if shown.is_some() { last.start as usize } else { source.text().len() };
        let shown = shown.map(|span| source.slice(span).trim_end_matches(';').trim_end().to_owned());
        let lacks_semicolon = || {
            let found = parse(source, dialect, &arena).diagnostics;
            found.iter().any(|found| found.code == "syntax::missing-semicolon")
        };
        let semicolon = (shown.is_none() && lacks_semicolon()).then_some((last.end as usize..last.end as usize, ";"));
        let edits = functions.map(|function| (function.range(), "")).chain(semicolon);
        let statements = edited(source.text().get(..end)?, edits.collect());
        Some(Self { statements: statements.trim_matches(['\r', '\n']).trim_end().to_owned(), shown })
    }

    fn reads_last(&self) -> bool {
        let is_word = |letter: char| letter.is_alphanumeric() || letter == '_';
        let all = self.shown.iter().chain(std::iter::once(&self.statements));
        all.flat_map(|text| text.split(|letter| !is_word(letter))).any(|word| word == LAST)
    }
}

/// The text with its functions taken out and its `;` put in. What stands within texts stays as it is, empty lines included.
fn edited(text: &str, mut edits: Vec<(Range<usize>, &str)>) -> String {
    edits.sort_by_key(|(range, _)| std::cmp::Reverse(range.start));
    let mut text = text.to_owned();
    for (range, replacement) in edits {
        if text.get(range.clone()).is_some() {
            text.replace_range(range, replacement);
        }
    }
    text
}

/// The inputs and the functions as one script.
pub(super) fn script<'a>(inputs: &[Kept], functions: impl Iterator<Item = &'a str>) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut rest = inputs;
    while let Some((input, after)) = rest.split_first() {
        rest = after;
        lines.extend(Some(input.statements.clone()).filter(|statements| !statements.is_empty()));
        let Some(shown) = &input.shown else { continue };
        // `_` is this value up to the next one that is shown, which may read it itself.
        let next = after.iter().position(|later| later.shown.is_some()).map_or(after.len(), |at| at + 1);
        if after.iter().take(next).any(Kept::reads_last) {
            lines.push(format!("{LAST} = {shown};"));
            lines.push(format!("info {LAST};"));
        } else {
            lines.push(format!("info {shown};"));
        }
    }
    lines.extend(functions.map(str::to_owned));
    let mut script = lines.join("\n");
    if !script.is_empty() {
        script.push('\n');
    }
    script
}

#[cfg(test)]
mod tests {
    use super::{Kept, script};
    use crate::source::Source;
    use crate::syntax::Dialect;

    fn saved(inputs: &[(&str, bool)]) -> String {
        let read = |(text, asks): &(&str, bool)| Kept::read(&Source::new("input", *text), Dialect::Portable, *asks);
        let kept: Vec<Kept> = inputs.iter().filter_map(read).collect();
        script(&kept, std::iter::empty())
    }

    #[test]
    fn inputs_become_statements() {
        assert_eq!(saved(&[("a = {1, 2}", false), ("a.size()", true)]), "a = {1, 2};\ninfo a.size();\n");
        assert_eq!(saved(&[("a = 1 // one", false)]), "a = 1; // one\n");
        assert_eq!(saved(&[("a = 1; a + 1;", true)]), "a = 1;\ninfo a + 1;\n");
        assert_eq!(saved(&[("if(true)\n{\n  info 1;\n}", false)]), "if(true)\n{\n  info 1;\n}\n");
        assert_eq!(saved(&[("void f() { info 1; }", false), ("void g() { info 1; }\n\nx = 5", false)]), "x = 5;\n");
        assert_eq!(saved(&[("{\"a\": 1}", true), ("{1, 2};", true)]), "info {\"a\": 1};\ninfo {1, 2};\n");
        assert_eq!(saved(&[("a = 1; return a;", false), ("a", true)]), "a = 1;\ninfo a;\ninfo a;\n");
        assert_eq!(saved(&[("if(true, 1, 2)", true)]), "info if(true, 1, 2);\n");
        assert_eq!(saved(&[("s = \"a \n\nb\"", false)]), "s = \"a \n\nb\";\n");
        assert_eq!(saved(&[]), "");
    }

    #[test]
    fn the_last_value_is_kept_where_it_is_read() {
        let expected = "_ = 1 + 1;\ninfo _;\ninfo _ + 1;\ninfo 5;\n";
        assert_eq!(saved(&[("1 + 1", true), ("_ + 1", true), ("5", true)]), expected);
    }
}
