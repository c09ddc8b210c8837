//! Reads what was written, and compares it with the source: the same tokens in the same roles (but for added braces),
//! hence the same tree, and the same comments in the same places.

use super::comment;
use super::piece::Pieces;
use crate::syntax::context::{self, Reading, Settings};
use crate::syntax::lexer::lex;
use crate::syntax::token::Kind;

/// Whether `formatted` says what the source of `pieces` says.
pub(super) fn holds(pieces: &Pieces, reading: &Reading, settings: Settings, formatted: &str) -> bool {
    let raw = lex(formatted, &[]);
    let again = context::read(formatted, &raw, settings);
    let slice = |start: usize, end: usize| formatted.get(start..end).unwrap_or_default();
    let tokens = raw.iter().map(|token| slice(token.start as usize, token.end() as usize));
    let written = pieces.list.iter().map(|piece| piece.text).filter(|text| !text.is_empty());
    if !tokens.eq(written) || again.stopped || again.problems.iter().any(|located| located.problem.is_error()) {
        return false;
    }
    if !roles(reading).eq(roles(&again)) {
        return false;
    }
    let mut ends = vec![0];
    ends.extend(raw.iter().map(|token| token.end() as usize));
    let starts = raw.iter().map(|token| token.start as usize).chain([formatted.len()]);
    let gaps = ends.iter().zip(starts).map(|(end, start)| comment::read(slice(*end, start)));
    let found = gaps.flat_map(|gap| gap.comments).map(|comment| comment.text);
    let wanted = pieces.list.iter().flat_map(|piece| piece.above.iter().chain(&piece.behind));
    found.eq(wanted.map(|comment| comment.text))
}

fn roles(reading: &Reading) -> impl Iterator<Item = Kind> {
    reading.tokens.iter().map(|token| token.kind)
}
