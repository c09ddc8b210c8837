//! Searching and replacing as Java does it.

use super::shows;

#[test]
fn patterns_are_those_of_java() {
    let replace = |text: &str, find: &str, by: &str| shows("replaceAll", &[text.into(), find.into(), by.into()]);
    assert_eq!(replace("1.2", ".", "-"), "---");
    assert_eq!(replace("a1b22c", r"\d+", "#"), "a#b#c");
    assert_eq!(replace("né 1", r"[^\w\s]", ""), "n 1");
    assert_eq!(replace("a\u{a0}b c", r"\s", ""), "a\u{a0}bc");
    assert_eq!(replace("<b>x</b>", r"\<[^\>]*\>", ""), "x");
    assert_eq!(replace("jane@x.org", r"\@", " at "), "jane at x.org");
    assert_eq!(replace("a.b", r"\Q.\E", "-"), "a-b");
    assert_eq!(replace("aa bb ab", r"(\w)\1", "<$1>"), "<a> <b> ab");
    assert_eq!(replace("price 5", r"price(?= \d)", "cost"), "cost 5");
    assert_eq!(replace("ab", r"(?<first>a)(b)", "${first}$2$12"), "aba2");
    assert_eq!(replace("ab", "(a)", r"\$1"), "$1b");
    assert_eq!(replace("5 USD", "USD", "$"), "5 $");
    assert_eq!(replace("ab", "a", "$1"), "run::pattern");
    assert_eq!(replace("ab", "(", ""), "run::pattern");
    assert_eq!(replace("ab", "", "-"), "-a-b-");
    assert_eq!(replace("Ann", "n", ""), "A");
    assert_eq!(replace("x [1] (2)", r"[\[\]\(\)]", ""), "x 1 2");
    assert_eq!(replace("a-b_c d", r"[^a-zA-Z0-9\-\ ]", ""), "a-bc d");
}

#[test]
fn a_pattern_must_match_the_whole_text() {
    let matches = |text: &str, pattern: &str| shows("matches", &[text.into(), pattern.into()]);
    assert_eq!(matches("jane2023@zylker.com", r"[a-z 0-9]+\@[a-z]+\.[a-z]+"), "true");
    assert_eq!(matches("abc", "a|abc"), "true");
    assert_eq!(matches("xabc", "a|abc"), "false");
    assert_eq!(matches("a\nb", "a"), "false");
}

#[test]
fn a_pattern_that_explodes_is_an_error_and_not_a_wait() {
    let text = "a".repeat(5_000);
    assert_eq!(shows("matches", &[text.as_str().into(), r"(?=x?)(a*)*\1b".into()]), "run::pattern");
    assert_eq!(shows("matches", &["a".into(), "(a{1000}){1000}".into()]), "run::pattern");
    assert_eq!(shows("matches", &["a".into(), "(".repeat(90_000).into()]), "run::pattern");
    assert_eq!(shows("matches", &["a".into(), "a".repeat(200_000).into()]), "run::pattern");
}

#[test]
fn plain_replacing_takes_both_texts_literally() {
    let plain =
        |name: &str, text: &str, find: &str, by: &str| shows(name, &[text.into(), find.into(), by.into(), true.into()]);
    assert_eq!(plain("replaceAll", "1.2.3", ".", "$1"), "1$12$13");
    assert_eq!(plain("replaceFirst", "a.b.c", ".", "-"), "a-b.c");
    assert_eq!(plain("replaceAllIgnoreCase", "A.b.B", "B", r"$\"), r"A.$\.$\");
    assert_eq!(shows("replaceAll", &["1.2".into(), ".".into(), "-".into(), "true".into()]), "1-2");
}
