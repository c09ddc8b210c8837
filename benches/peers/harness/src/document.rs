//! The tables in docs/performance.md, between two marks.

use crate::Places;

const BEGIN: &str = "<!-- peers:begin -->";
const END: &str = "<!-- peers:end -->";

/// Puts the text between the marks.
pub fn write(places: &Places, text: &str) -> Result<(), String> {
    let path = places.repository.join("docs/performance.md");
    let failed = |error: std::io::Error| format!("{}: {error}", path.display());
    let before = std::fs::read_to_string(&path).map_err(failed)?;
    let marks = before.split_once(BEGIN).and_then(|(head, rest)| Some((head, rest.split_once(END)?.1)));
    let (head, tail) = marks.ok_or_else(|| format!("{} has no {BEGIN} … {END}", path.display()))?;
    std::fs::write(&path, format!("{head}{BEGIN}\n{}\n{END}{tail}", text.trim())).map_err(failed)
}
