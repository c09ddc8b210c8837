//! Any bytes give a tree and diagnostics. Every place in either lies in the text, on the borders of characters.

use sluice::diagnostic::Severity;
use sluice::project::{Export, Script};
use sluice::source::Span;
use sluice::syntax::{Arena, Dialect, Ending, ending, parse, read_export};

use super::{in_time, is_place, is_sound};

/// Larger trees are parsed, but their places are not compared one by one.
const LARGEST_COMPARED: usize = 20_000;

/// Parses the bytes as a script in every dialect, as a line at the prompt and as an exported application.
pub fn check(bytes: &[u8]) {
    let script = Script::new("script.dg", bytes.to_vec());
    script.looks_like_creator();
    if let Some(broken) = &script.broken {
        is_sound(broken, &script.source);
    }
    let text = script.source.text();
    for dialect in Dialect::names().filter_map(Dialect::parse) {
        let arena = Arena::new();
        let parsed = in_time(|| parse(&script.source, dialect, &arena));
        assert!(parsed.diagnostics.len() <= 51, "{} diagnostics", parsed.diagnostics.len());
        parsed.diagnostics.iter().for_each(|found| is_sound(found, &script.source));
        let is_clean = !parsed.diagnostics.iter().any(|found| found.severity == Severity::Error);
        if matches!(dialect, Dialect::Portable | Dialect::Creator) && text.len() <= LARGEST_COMPARED {
            // The tree has no walker of its own; what it shows for debugging has every place.
            let shown = format!("{:?}", parsed.script);
            assert!(!is_clean || !shown.contains("Broken"), "a broken place without an error");
            places(&shown, |span| assert!(is_place(text, span), "{span:?} is no place of the text"));
        }
        assert!(!is_clean || in_time(|| ending(text)) != Ending::Open, "a script without errors is not complete");
    }
    if let Some(application) = in_time(|| read_export(text)) {
        let scripts = application.scripts.iter().map(|script| script.span);
        for span in scripts.chain(application.functions) {
            assert!(is_place(text, span), "{span:?} is no place of the text");
        }
        Export::read(&script.source);
    }
}

/// Calls `on_place` for each `Span { start: 1, end: 2 }` outside quotes.
fn places(shown: &str, mut on_place: impl FnMut(Span)) {
    let mut in_text = false;
    let mut rest = shown;
    while let Some(at) = rest.find(['"', '\\', 'S']) {
        let found = rest.get(at..).unwrap_or_default();
        rest = rest.get(at + 1..).unwrap_or_default();
        match found.as_bytes().first() {
            Some(b'\\') => rest = rest.get(1..).unwrap_or_default(),
            Some(b'"') => in_text = !in_text,
            _ if in_text => {}
            _ => {
                let Some(numbers) = found.strip_prefix("Span { start: ") else { continue };
                let mut numbers =
                    numbers.split(|letter: char| !letter.is_ascii_digit()).filter(|part| !part.is_empty());
                if let (Some(Ok(start)), Some(Ok(end))) =
                    (numbers.next().map(str::parse), numbers.next().map(str::parse))
                {
                    on_place(Span { start, end });
                }
            }
        }
    }
}
