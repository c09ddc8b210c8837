//! What parses without an error can be formatted; that changes nothing but blanks and braces, and doing it again changes
//! nothing at all.

use sluice::diagnostic::Severity;
use sluice::source::Source;
use sluice::syntax::{Arena, Dialect, format, parse};

use super::{in_time, is_sound};

/// Formats the bytes as a script.
pub fn check(bytes: &[u8]) {
    let source = Source::new("script.dg", String::from_utf8_lossy(bytes));
    for dialect in [Dialect::Portable, Dialect::Creator] {
        let once = match in_time(|| format(&source, dialect)) {
            Ok(once) => Source::new("script.dg", once),
            Err(found) => {
                found.iter().for_each(|found| is_sound(found, &source));
                assert!(found.iter().all(|found| found.code != "syntax::not-formatted"), "cannot be formatted");
                continue;
            }
        };
        let twice = in_time(|| format(&once, dialect));
        assert_eq!(twice.as_deref(), Ok(once.text()), "formatting again changes something");
        assert_eq!(essence(source.text()), essence(once.text()), "formatting lost or added something");
        let codes = |source: &Source| {
            let found =
                parse(source, dialect, &Arena::new()).diagnostics.into_iter().map(|found| found.code.into_owned());
            // Formatting adds the braces.
            let mut codes: Vec<String> = found.filter(|code| code != "syntax::missing-braces").collect();
            codes.sort();
            codes
        };
        assert_eq!(codes(&source), codes(&once), "formatting changes what is found");
        assert!(
            !parse(&once, dialect, &Arena::new()).diagnostics.iter().any(|found| found.severity == Severity::Error)
        );
    }
}

/// All that formatting keeps: what is no blank and no brace, which it may add.
fn essence(script: &str) -> String {
    let is_mark = |letter| matches!(letter, '\u{FEFF}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{180E}');
    script.chars().filter(|letter| !letter.is_whitespace() && !is_mark(*letter) && !"{}".contains(*letter)).collect()
}
