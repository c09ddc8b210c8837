//! Places in a text.
use super::{Position, Source, Span};

#[test]
fn columns_count_characters_and_lines_begin_at_one() {
    let source = Source::new("t", "é = 1;\nx = 2;");
    assert_eq!(source.position(0), Position { line: 1, column: 1 });
    assert_eq!(source.position(3), Position { line: 1, column: 3 });
    assert_eq!(source.position(8), Position { line: 2, column: 1 });
}

#[test]
fn a_span_outside_the_text_is_empty() {
    assert_eq!(Source::new("t", "ab").slice(Span::new(1, 9)), "");
}
