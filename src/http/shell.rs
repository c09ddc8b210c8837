//! Words for a POSIX shell. A text becomes exactly one argument whatever it holds, and the places of secrets become
//! variables. Characters that would steer the terminal on which a command is shown are written by `printf`.

use super::curl::steers;

/// What stands before the name of a variable within a text …
const OPENS: &str = "__sluice_variable__";
/// … and after it. Letters, digits and `_` alone, which no encoding of addresses and forms changes.
const CLOSES: &str = "__end";

/// The place of a secret within a text: a variable whose name is made of these words. In a command it becomes `$NAME`.
pub fn variable<'w>(words: impl IntoIterator<Item = &'w str>) -> String {
    let letter = |letter: char| if letter.is_ascii_alphanumeric() { letter.to_ascii_uppercase() } else { '_' };
    let words: Vec<String> = words.into_iter().map(|word| word.chars().map(letter).collect()).collect();
    let name = words.join("_");
    // A name may not begin with a digit, and one that ends with `_` would run into what follows it.
    let name = name.trim_matches('_');
    let digit = if name.starts_with(|first: char| first.is_ascii_digit()) || name.is_empty() { "SECRET" } else { "" };
    format!("{OPENS}{digit}{name}{CLOSES}")
}

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece<'t> {
    Plain(&'t str),
    /// The name of a variable.
    Variable(&'t str),
}

/// The text taken apart at the places of secrets.
pub(super) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    let mut from = 0;
    while let Some(found) = rest.get(from..).and_then(|rest| rest.find(OPENS)) {
        let at = from + found;
        let after = rest.get(at + OPENS.len()..).unwrap_or_default();
        let is_name = |letter: char| letter.is_ascii_uppercase() || letter.is_ascii_digit() || letter == '_';
        let length = after.find(|letter| !is_name(letter)).unwrap_or(after.len());
        let name = after.get(..length).and_then(|name| name.strip_suffix("__")).filter(|name| !name.is_empty());
        match (name, after.get(length..).and_then(|after| after.strip_prefix("end"))) {
            (Some(name), Some(after)) => {
                pieces.extend(rest.get(..at).filter(|plain| !plain.is_empty()).map(Piece::Plain));
                pieces.push(Piece::Variable(name));
                (rest, from) = (after, 0);
            }
            _ => from = at + OPENS.len(),
        }
    }
    if !rest.is_empty() || pieces.is_empty() {
        pieces.push(Piece::Plain(rest));
    }
    pieces
}

/// The text as one word.
pub(super) fn word(text: &str) -> String {
    let pieces = pieces(text);
    let has_variable = pieces.iter().any(|piece| matches!(piece, Piece::Variable(_)));
    let fits = pieces.iter().all(|piece| match piece {
        Piece::Plain(plain) => !plain.contains(['"', '$', '`', '\\', '!']) && !plain.chars().any(steers),
        Piece::Variable(_) => true,
    });
    if has_variable && fits {
        return double_quoted(&pieces);
    }
    let one = |piece: &Piece<'_>| match piece {
        Piece::Plain(plain) if !has_variable && is_plain(plain) => (*plain).to_owned(),
        Piece::Plain(plain) => quoted(plain),
        Piece::Variable(name) => format!("\"${name}\""),
    };
    pieces.iter().map(one).collect()
}

fn double_quoted(pieces: &[Piece<'_>]) -> String {
    let mut shown = String::from("\"");
    for (at, piece) in pieces.iter().enumerate() {
        match (piece, pieces.get(at + 1)) {
            (Piece::Plain(plain), _) => shown.push_str(plain),
            (Piece::Variable(name), Some(Piece::Plain(next))) if next.starts_with(in_name) => {
                shown.push_str(&format!("${{{name}}}"));
            }
            (Piece::Variable(name), _) => shown.push_str(&format!("${name}")),
        }
    }
    shown + "\""
}

fn in_name(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_'
}

/// Whether no shell sees anything in it but itself.
fn is_plain(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._/:@%+=,".contains(&byte))
}

fn quoted(text: &str) -> String {
    let mut shown = String::with_capacity(text.len() + 2);
    let mut rest = text;
    while !rest.is_empty() {
        let steering = rest.starts_with(steers);
        let end = rest.find(|letter| steers(letter) != steering).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        if steering {
            let octal: String = run.bytes().map(|byte| format!("\\{byte:03o}")).collect();
            shown.push_str(&format!("\"$(printf '{octal}')\""));
        } else {
            shown.push_str(&format!("'{}'", run.replace('\'', "'\\''")));
        }
        rest = after;
    }
    if shown.is_empty() { "''".to_owned() } else { shown }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::process::Command;

    use proptest::prelude::*;

    use super::{variable, word};

    /// What a shell makes of the word.
    fn by_shell(word: &str) -> String {
        let script = format!("printf '%s.' {word}");
        let done = Command::new("sh").arg("-c").arg(script).env("A_KEY", "the $value").output().unwrap();
        assert!(done.status.success(), "{word}: {}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).unwrap()
    }

    #[test]
    fn variables_stand_where_secrets_would() {
        let key = variable(["a", "key"]);
        assert_eq!(word(&format!("Bearer {key}")), "\"Bearer $A_KEY\"");
        assert_eq!(word(&format!("{key}s&x=1")), "\"${A_KEY}s&x=1\"");
        assert_eq!(word(&format!("{{\"k\":\"{key}\"}}")), "'{\"k\":\"'\"$A_KEY\"'\"}'");
        assert_eq!(word("it's"), "'it'\\''s'");
        assert_eq!(word("a\u{1b}b"), "'a'\"$(printf '\\033')\"'b'");
        assert_eq!(variable(["shop__main", "X-Key"]), "__sluice_variable__SHOP__MAIN_X_KEY__end");
        assert_eq!(word(&variable(["1"])), "\"$SECRET1\"");
        for text in ["__sluice_variable__", "__sluice_variable__a b__end", "__sluice_variable____end"] {
            assert_eq!(by_shell(&word(text)), format!("{text}."));
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_shell_reads_what_was_written(
            before in "([ -~]|[\\n\\t\\r\u{1b}é\u{202e}😀'\"$`\\\\!]){0,20}",
            after in "([ -~]|[\\n\\t\\r\u{7f}é\u{202e}😀'\"$`\\\\!]){0,20}",
        ) {
            prop_assert_eq!(by_shell(&word(&before)), format!("{before}."));
            let text = format!("{before}{}{after}", variable(["a", "key"]));
            prop_assert_eq!(by_shell(&word(&text)), format!("{before}the $value{after}."));
        }
    }
}
