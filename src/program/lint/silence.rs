//! Comments that silence: `// sluice: allow check::unused-variable` speaks for its own line, or, when nothing else stands
//! on it, for the next. Codes may be written without what stands before `::`. A comment that silences nothing is not
//! reported, but a code that does not exist is, since it was meant to silence something.

use std::collections::HashMap;

use super::may_be_lowered;
use crate::diagnostic::{Diagnostic, Severity, suggest};
use crate::program::warning_codes;
use crate::source::{Source, Span};

/// Leaves out the warnings that a comment silences.
pub fn silence(source: &Source, mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    if !source.text().contains("sluice:") {
        return diagnostics;
    }
    let (allowed, unknown) = comments(source);
    diagnostics.retain(|found| {
        let may = found.severity == Severity::Warning || may_be_lowered(&found.code);
        let line = found.span().map(|span| source.line(span.start));
        let codes = line.and_then(|line| allowed.get(&line)).map(Vec::as_slice).unwrap_or_default();
        !(may && codes.iter().any(|code| is_code(&found.code, code)))
    });
    diagnostics.extend(unknown);
    diagnostics
}

/// The codes that are allowed on each line, and what is wrong with the comments.
fn comments(source: &Source) -> (HashMap<u32, Vec<&str>>, Vec<Diagnostic>) {
    let (mut allowed, mut unknown): (HashMap<u32, Vec<&str>>, _) = (HashMap::new(), Vec::new());
    let mut start = 0;
    for line in source.text().split_inclusive('\n') {
        if let Some((before, codes)) = line.rsplit_once("//").and_then(|(before, text)| Some((before, allow(text)?))) {
            let number = source.line(u32::try_from(start).unwrap_or(u32::MAX));
            let number = if before.trim().is_empty() { number + 1 } else { number };
            for code in codes.split([',', ' ', '\t', '\r', '\n']).filter(|code| !code.is_empty()) {
                if !warning_codes().any(|known| is_code(known, code)) {
                    let at = start + (code.as_ptr() as usize - line.as_ptr() as usize);
                    unknown.push(unknown_code(code, Span::new(at, at + code.len())));
                }
                allowed.entry(number).or_default().push(code);
            }
        }
        start += line.len();
    }
    (allowed, unknown)
}

fn allow(comment: &str) -> Option<&str> {
    comment.trim_start().strip_prefix("sluice:")?.trim_start().strip_prefix("allow")
}

fn is_code(known: &str, written: &str) -> bool {
    known == written || known.split_once("::").is_some_and(|(_, name)| name == written)
}

fn unknown_code(code: &str, span: Span) -> Diagnostic {
    let near = suggest(code, warning_codes())
        .or_else(|| suggest(code, warning_codes().filter_map(|known| known.split_once("::").map(|(_, name)| name))));
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => "write the code that stands above the warning, such as check::unused-variable".to_owned(),
    };
    Diagnostic::warning("check::unknown-check", format!("there is no warning called `{code}`"))
        .at(span, "silences nothing")
        .help(help)
}
