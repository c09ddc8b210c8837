//! What a replacement means, in Java's way: `$1` and `${name}` are groups of the match, and a sign after `\` is itself.

use fancy_regex::Captures;

use super::error::no_such_group;
use crate::value::Failure;

/// A part of a replacement.
pub(super) enum Piece {
    /// Itself.
    Text(String),
    /// What the group of this number matched.
    Group(usize),
}

impl Piece {
    /// What stands for this part of the replacement; a group that took no part gives nothing.
    pub(super) fn expand<'a>(&'a self, captures: &Captures<'a, str>) -> &'a str {
        match self {
            Piece::Text(text) => text,
            Piece::Group(group) => captures.get(*group).map_or("", |found| found.as_str()),
        }
    }
}

/// The parts of a replacement for matches of a pattern with so many groups, the whole match being one, of which some have
/// names.
pub(super) fn pieces(groups: usize, names: &[(String, usize)], replacement: &str) -> Result<Vec<Piece>, Failure> {
    let mut pieces = Vec::new();
    let mut plain = String::new();
    let mut rest = replacement.chars().peekable();
    while let Some(sign) = rest.next() {
        match (sign, rest.peek().copied()) {
            ('\\', Some(next)) => {
                rest.next();
                plain.push(next);
            }
            ('$', Some('0'..='9')) => {
                // Java takes the first digit in any case and further ones as long as there is such a group.
                let mut group = digit(rest.next());
                if group >= groups {
                    return Err(no_such_group(&group.to_string()));
                }
                while let Some('0'..='9') = rest.peek() {
                    let longer = group.saturating_mul(10).saturating_add(digit(rest.peek().copied()));
                    if longer >= groups {
                        break;
                    }
                    rest.next();
                    group = longer;
                }
                pieces.push(Piece::Text(std::mem::take(&mut plain)));
                pieces.push(Piece::Group(group));
            }
            ('$', Some('{')) => {
                rest.next();
                let name: String = rest.by_ref().take_while(|sign| *sign != '}').collect();
                let Some((_, group)) = names.iter().find(|(known, _)| *known == name) else {
                    return Err(no_such_group(&format!("{{{name}}}")));
                };
                pieces.push(Piece::Text(std::mem::take(&mut plain)));
                pieces.push(Piece::Group(*group));
            }
            // A `$` or `\` with nothing to refer to stands for itself; Java refuses it.
            (other, _) => plain.push(other),
        }
    }
    pieces.push(Piece::Text(plain));
    Ok(pieces)
}

fn digit(sign: Option<char>) -> usize {
    sign.and_then(|sign| sign.to_digit(10)).and_then(|digit| usize::try_from(digit).ok()).unwrap_or(0)
}
