//! Texts and their escapes.

use super::value;
use crate::syntax::unescape;

#[test]
fn escapes() {
    assert_eq!(unescape("plain"), "plain");
    assert_eq!(unescape(r#"a\"b\'c\\d\/e"#), "a\"b'c\\d/e");
    assert_eq!(unescape(r"\n\t\r\b\f"), "\n\t\r\u{8}\u{c}");
    assert_eq!(unescape(r"\d+\.\$"), r"\d+\.\$");
    assert_eq!(unescape(r"\\d"), r"\d");
    assert_eq!(unescape("é\\n\\é"), "é\n\\é");
    assert_eq!(unescape("end\\"), "end\\");
}

#[test]
fn texts_without_need_are_not_copied() {
    assert!(matches!(unescape("plain"), std::borrow::Cow::Borrowed("plain")));
}

#[test]
fn quotes_within_quotes() {
    assert_eq!(value(r#""\"" + x + "\"""#), r#"("\"" + x + "\"")"#);
    assert_eq!(value(r#""it's" + 'say "x"'"#), r#"("it's" + 'say "x"')"#);
    assert_eq!(value("\"https://x/*y*/\""), "\"https://x/*y*/\"");
    assert_eq!(value("\"two\nlines\""), "\"two\nlines\"");
    assert_eq!(value(r#""\\" + ''"#), r#"("\\" + '')"#);
    assert_eq!(value("\"日本 🎉\""), "\"日本 🎉\"");
}
