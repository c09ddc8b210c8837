//! JSON as people read it. Only the blanks between the tokens change: names that occur twice, digits and escapes stay as
//! they came, which a reader that builds values would not keep.

use std::iter::Peekable;
use std::str::Chars;

use serde::de::IgnoredAny;

/// Deeper levels are not moved further in.
const DEEPEST: usize = 40;

/// The document with a line for each value; `None` when the text is no JSON object or list.
pub(super) fn json(text: &str) -> Option<String> {
    let text = text.trim();
    if !text.starts_with(['{', '[']) || serde_json::from_str::<IgnoredAny>(text).is_err() {
        return None;
    }
    let mut shown = String::with_capacity(text.len() * 2);
    let mut depth = 0_usize;
    let mut rest = text.chars().peekable();
    while let Some(letter) = rest.next() {
        match letter {
            ' ' | '\t' | '\r' | '\n' => {}
            '"' => {
                shown.push('"');
                copy_text(&mut rest, &mut shown);
            }
            '{' | '[' => {
                shown.push(letter);
                skip_blanks(&mut rest);
                match rest.next_if(|next| matches!(next, '}' | ']')) {
                    Some(end) => shown.push(end),
                    None => {
                        depth += 1;
                        new_line(&mut shown, depth);
                    }
                }
            }
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                new_line(&mut shown, depth);
                shown.push(letter);
            }
            ',' => {
                shown.push(',');
                new_line(&mut shown, depth);
            }
            ':' => shown.push_str(": "),
            _ => shown.push(letter),
        }
    }
    Some(shown)
}

/// The rest of a text, whose quote was read, to its closing quote.
fn copy_text(rest: &mut Peekable<Chars<'_>>, shown: &mut String) {
    while let Some(letter) = rest.next() {
        shown.push(letter);
        match letter {
            '"' => return,
            '\\' => shown.extend(rest.next()),
            _ => {}
        }
    }
}

fn skip_blanks(rest: &mut Peekable<Chars<'_>>) {
    while rest.next_if(|letter| matches!(letter, ' ' | '\t' | '\r' | '\n')).is_some() {}
}

fn new_line(shown: &mut String, depth: usize) {
    shown.push('\n');
    shown.extend(std::iter::repeat_n("  ", depth.min(DEEPEST)));
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::json;

    #[test]
    fn a_value_a_line() {
        let shown = json(r#" {"a":[1.50, {}, [ ],"x, \"{y}\" "], "a" : null} "#);
        let wanted = "\
{
  \"a\": [
    1.50,
    {},
    [],
    \"x, \\\"{y}\\\" \"
  ],
  \"a\": null
}";
        assert_eq!(shown.unwrap(), wanted);
    }

    #[test]
    fn other_texts_are_left_alone() {
        for text in ["", "7", "\"a\"", "{", "{a: 1}", "[1] x"] {
            assert_eq!(json(text), None, "{text}");
        }
    }

    #[test]
    fn depth_costs_little() {
        let deep = format!("{}{}", "[".repeat(20_000), "]".repeat(20_000));
        assert!(json(&deep).is_none_or(|shown| shown.len() < 200 * deep.len()));
    }
}
