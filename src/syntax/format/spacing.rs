//! How many blanks stand between two pieces of a line. What is not named here has one between them: operators and
//! `=`, words, and a keyword and its value.

use super::piece::{Piece, Role};

/// The blanks before the piece at `index`, if it stands on the line of the one before it.
pub(super) fn blanks(list: &[Piece], index: usize) -> usize {
    let piece = |back: usize| index.checked_sub(back).and_then(|at| list.get(at));
    let (Some(before), Some(this)) = (piece(1), piece(0)) else { return 0 };
    match (before.role, this.role) {
        (Role::Part { tight }, _) => usize::from(!tight),
        (Role::Attribute { spaced }, _) => usize::from(spaced),
        (_, Role::Semicolon | Role::Comma { .. } | Role::Close | Role::Colon | Role::End) => 0,
        // `1.` and `.` would be read as `1` and two points.
        (_, Role::Dot) => usize::from(before.text.ends_with('.')),
        (Role::Open | Role::Dot | Role::Bang, _) => 0,
        (Role::Comma { spaced }, _) => usize::from(spaced),
        // A key called `list` with a value `string(…)` would be read as the type of a list.
        (Role::Colon, Role::Name) => {
            let is_list = piece(2).is_some_and(|key| key.text.eq_ignore_ascii_case("list"));
            usize::from(is_list && list.get(index + 1).is_some_and(|next| next.role == Role::Open))
        }
        (Role::Colon, _) => 0,
        // Two signs would be read as `++` or `--`.
        (Role::Sign, Role::Sign) => 1,
        (Role::Sign, _) => 0,
        (Role::Name | Role::If | Role::Close, Role::Open) => 0,
        (Role::ForEach, _) => 2,
        _ => 1,
    }
}
