//! How long statements and brackets would be on one line, and which brackets the source spreads over several. Lengths
//! are of what will be written, never of what was read, so that formatting twice decides twice the same.

use super::piece::{Pieces, Role, Start};
use super::spacing::blanks;

/// Fills in what the pieces' brackets and lines measure.
pub(super) fn measure(pieces: &mut Pieces) {
    let list = &mut pieces.list;
    let mut column = 0;
    let mut line: Option<(usize, usize)> = None;
    let mut open: Vec<Bracket> = Vec::new();
    for index in 0..list.len() {
        let before = index.checked_sub(1).and_then(|at| list.get(at)).map(|piece| piece.role);
        let gap = blanks(list, index);
        let Some(piece) = list.get(index) else { return };
        let (role, starts_line) = (piece.role, piece.start == Start::Line);
        let on_fresh_line = piece.lines_before > 0;
        let takes_line = !piece.above.is_empty();
        let commented = piece.behind.iter().any(|comment| comment.ends_line());
        let length = piece.text.chars().count();
        if starts_line {
            if let Some((start, at)) = line.replace((index, column))
                && let Some(first) = list.get_mut(start)
            {
                first.width = column - at;
            }
            open.clear();
        }
        if let Some(bracket) = open.last_mut() {
            let at_edge = matches!(role, Role::Close | Role::TaskClose | Role::Comma { .. })
                || matches!(before, Some(Role::Open | Role::TaskOpen | Role::Comma { .. }));
            bracket.is_split |= at_edge && on_fresh_line;
            bracket.must_split |= takes_line;
        }
        column += gap;
        if matches!(role, Role::Open | Role::TaskOpen) {
            open.push(Bracket { index, column, is_split: false, must_split: false });
        }
        column += length;
        if matches!(role, Role::Close | Role::TaskClose)
            && let Some(bracket) = open.pop()
            && let Some(opener) = list.get_mut(bracket.index)
        {
            opener.width = column - bracket.column;
            opener.is_split = bracket.is_split;
            opener.must_split = bracket.must_split;
        }
        if let Some(bracket) = open.last_mut() {
            bracket.must_split |= commented;
        }
    }
}

/// A bracket that is open.
struct Bracket {
    index: usize,
    column: usize,
    is_split: bool,
    must_split: bool,
}
