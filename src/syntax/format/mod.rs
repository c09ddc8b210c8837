//! Prints a script as Zoho's own editor prints it when it saves: braces on lines of their own, tabs, no blank behind a
//! comma. It works on the tokens and not on the tree, since a tree has no comments: `piece.rs` gives every token its
//! role and its comments, `spacing.rs` says what stands between two tokens of a line, `measure.rs` how long things
//! would be on one line, and `layout.rs` writes. What was written is read again, and given out only if it holds the
//! same tokens in the same roles and the same comments (`proof.rs`); so no script can change its meaning here.

mod comment;
mod layout;
mod measure;
mod piece;
mod proof;
mod spacing;

use super::context::{self, Settings};
use super::dialect::Dialect;
use super::lexer::lex;
use super::parser::{MAX_BYTES, parse};
use super::tree::Arena;
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Source;

/// The script in the layout of Zoho's editor. Formatting the result again gives the same. Tokens and comments stay
/// what they are, in any dialect; only braces around the body of an `if` or `else` that has none are added. A byte-order mark is
/// left out, and lines end as the first line of the script does.
///
/// # Errors
/// What is wrong with the script, if it does not parse; such a script is not formatted at all.
pub fn format(source: &Source, dialect: Dialect) -> Result<String, Vec<Diagnostic>> {
    let mut found = parse(source, dialect, &Arena::new()).diagnostics;
    found.retain(|diagnostic| diagnostic.severity == Severity::Error);
    if !found.is_empty() {
        return Err(found);
    }
    let text = source.text();
    let raw = lex(text, &[]);
    let settings = Settings { or_is_tight: dialect.or_is_tight(), ..Settings::default() };
    let reading = context::read(text, &raw, settings);
    let mut pieces = piece::pieces(text, &raw, &reading);
    measure::measure(&mut pieces);
    let formatted = layout::write(&pieces, MAX_BYTES).ok_or_else(|| vec![too_large()])?;
    match proof::holds(&pieces, &reading, settings, &formatted) {
        true => Ok(formatted),
        false => Err(vec![not_proven()]),
    }
}

fn too_large() -> Diagnostic {
    let message = format!("formatted, the script would be larger than {} MB", MAX_BYTES / 1_000_000);
    Diagnostic::error("syntax::too-large", message).help("divide it into several scripts")
}

fn not_proven() -> Diagnostic {
    let message = "the script was left as it is, because formatting it would have changed what it says";
    Diagnostic::error("syntax::not-formatted", message).help("this is a mistake in Sluice; please report the script")
}
