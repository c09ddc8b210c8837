//! How texts of the reference break into lines that fit.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use super::wrap::wrapped;

#[test]
fn texts_break_at_blanks_and_long_words_stay_whole() {
    assert_eq!(wrapped("one two three", Some(8), 0), "one two\nthree");
    assert_eq!(wrapped("one two three", Some(10), 2), "one two\n  three");
    assert_eq!(wrapped("a verylongword b", Some(4), 0), "a\nverylongword\nb");
    assert_eq!(wrapped("one two three", None, 0), "one two three");
}
