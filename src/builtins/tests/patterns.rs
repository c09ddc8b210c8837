//! Searching and replacing as Java does it.

use super::{run, shows};

fn replace(text: &str, find: &str, by: &str) -> String {
    shows("replaceAll", &[text.into(), find.into(), by.into()])
}

#[test]
fn patterns_are_those_of_java() {
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
fn anchors_and_dots_know_the_line_ends_of_java() {
    assert_eq!(replace("a\nb\n", "$", "!"), "a\nb!\n!");
    assert_eq!(replace("a\r\n", "a$", "x"), "x\r\n");
    assert_eq!(replace("a\nb", "a$", "x"), "a\nb");
    assert_eq!(replace("a\nb\n", "(?m)^", ">"), ">a\n>b\n");
    assert_eq!(replace("a\r\nb", "(?m)$", "<"), "a<\r\nb<");
    assert_eq!(replace("a\nb", "(?m)^b$", "x"), "a\nx");
    assert_eq!(replace("a\rb\u{2028}c", ".", "x"), "x\rx\u{2028}x");
    assert_eq!(replace("a\rb", "(?d).", "x"), "xxx");
    assert_eq!(replace("a\nb", "(?s)a.b", "x"), "x");
    assert_eq!(replace("a\nb", "(?s:a.)b", "x"), "x");
    assert_eq!(replace("ab\n", r"b\Z", "x"), "ax\n");
    assert_eq!(replace("ab\n", r"b\z", "x"), "ab\n");
    assert_eq!(replace("a\r\nb\nc", r"\R", "|"), "a|b|c");
    assert_eq!(replace("one line", "^one", "1"), "1 line");
    assert_eq!(replace("one line", "line$", "1"), "one 1");
}

#[test]
fn sets_are_those_of_java() {
    assert_eq!(replace("é1a", r"\p{Alpha}", "x"), "é1x");
    assert_eq!(replace("é1a", r"\p{javaLetter}", "x"), "x1x");
    assert_eq!(replace("é1a", r"\p{L}|\pN", "x"), "xxx");
    assert_eq!(replace("é1a", r"\P{IsAlphabetic}", "x"), "éxa");
    assert_eq!(replace("é1a", r"(?U)\w", "x"), "xxx");
    assert_eq!(replace("aβж", r"\p{InGreek}|\p{IsCyrillic}", "x"), "axx");
    assert_eq!(replace("a!b~", r"\p{Punct}", "x"), "axbx");
    assert_eq!(replace("a\u{a0}\tb", r"\h+", "-"), "a-b");
    assert_eq!(replace("a-f g", "[a-z&&[^bf]]", "x"), "x-f x");
    assert_eq!(replace("a-b.c", r"[\w-.]", "x"), "xxxxx");
    assert_eq!(replace("a-b", "[a-]", "x"), "xxb");
    assert_eq!(replace("a]b", "[]a]", "x"), "xxb");
    assert_eq!(replace("a]b", "[^]a]", "x"), "a]x");
    assert_eq!(replace("a~~b--c", "[~~-]", ""), "abc");
    assert_eq!(replace("abc123", "[a-c[1-2]]", "x"), "xxxxx3");
    assert_eq!(replace("a:p", "[[:alpha:]]", "x"), "xxx");
    assert_eq!(replace("[.]", r"[\Q[.\E]", "x"), "xx]");
    assert_eq!(replace("aé1", r"[^\P{L}a]", "x"), "ax1");
    assert_eq!(replace("a1 é", r"[^\p{L}\P{Nd}]", "x"), "ax é");
    assert_eq!(replace("aB", r"(?i)\QAb\E", "x"), "x");
}

#[test]
fn signs_are_written_in_all_ways_of_java() {
    assert_eq!(replace("AéA", r"\x41\u00e9\x{41}", "x"), "x");
    assert_eq!(replace("🎉", r"\uD83C\uDF89", "x"), "x");
    assert_eq!(replace("A\t", r"\0101\011", "x"), "x");
    assert_eq!(replace("\u{1b}\u{7}\u{c}", r"\e\a\f", "x"), "x");
    assert_eq!(replace("\u{1}", r"\cA", "x"), "x");
    assert_eq!(replace("a b#c", "(?x) a \\s b \\# # the rest\n c", "x"), "x");
    assert_eq!(replace("{x}", r"\{x\}", "-"), "-");
    assert_eq!(replace("a}b]", "}b]", "-"), "a-");
}

#[test]
fn groups_and_repetitions_are_those_of_java() {
    assert_eq!(replace("aaa", "a++a", "x"), "aaa");
    assert_eq!(replace("aaab", "a{1,2}+ab", "x"), "x");
    assert_eq!(replace("aab", "a{2}+ab", "x"), "aab");
    assert_eq!(replace("aaab", "(?>a+)b", "x"), "x");
    assert_eq!(replace("<a><b>", "<.+?>", "x"), "xx");
    assert_eq!(replace("abab", r"(?<pair>ab)\k<pair>", "x"), "x");
    assert_eq!(replace("abcab", r"(?<pair>ab)(c)\1", "${pair}$2"), "abc");
    assert_eq!(replace("aa0", r"(a)\10", "x"), "x");
    assert_eq!(replace("price: 5", r"(?<=price: {1,3})\d", "6"), "price: 6");
    assert_eq!(replace("foobar", r"(?<!foo)bar", "x"), "foobar");
    assert_eq!(replace("AbaB", r"(?i)ab(?-i)aB", "x"), "x");
    assert_eq!(replace("aBAB", r"(?i:ab)|zz", "x"), "xx");
}

#[test]
fn what_java_refuses_or_nobody_supports_is_named() {
    let message = |pattern: &str| {
        let failure = run("replaceAll", &["a".into(), pattern.into(), "".into()]).unwrap_err();
        let report = failure.into_report();
        assert_eq!(report.code, "run::pattern", "{pattern}");
        report.message
    };
    for (pattern, part) in [
        ("*a", "before *"),
        ("a**", "before *"),
        ("{name}", "{ that counts nothing"),
        ("a{2", "{ that counts nothing"),
        ("a{3,1}", "first number"),
        ("a)", "without its ("),
        ("(a", "not closed"),
        ("[a", "not closed"),
        ("[z-a]", "z-a"),
        ("\\", "single \\"),
        (r"\y", r"\y"),
        (r"\N{LATIN SMALL LETTER A}", r"\N"),
        (r"\X", r"\X"),
        (r"\1", r"\1"),
        (r"\k<n>(?<n>a)", "no group before"),
        (r"(?<n>a)(?<n>b)", "two groups"),
        (r"\p{Nonsense}", "Nonsense"),
        (r"\p{InKlingon}", "Klingon"),
        (r"\xZZ", "hexadecimal"),
        (r"\uD83C", "half a sign"),
        ("(?P<n>a)", "(?P"),
        (r"\b{g}", r"\b{"),
    ] {
        let message = message(pattern);
        assert!(message.contains(part), "{pattern}: {message}");
    }
    message(&"(".repeat(60));
    message(&"[".repeat(60));
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
fn known_catastrophes_end_soon() {
    let text = format!("{}!", "a".repeat(4_000));
    let commas = format!("{}P", "x,".repeat(2_000));
    let catastrophes = [
        (r"(a+)+$", &text),
        (r"([a-zA-Z]+)*$", &text),
        (r"(a|aa)+$", &text),
        (r"(a|a?)+$", &text),
        (r"(.*a){20}$", &text),
        (r"(a+)+\1$", &text),
        (r"(?=(a+)+$)\w", &text),
        (r"(?<!(a+)+$)b", &text),
        (r"((a+)+)+\2b", &text),
        (r"^(([a-z])+.)+[A-Z]([a-z])+$", &text),
        (r"^(.*?,){11}P", &commas),
        (r"(?:x*,?)*?(?<=Q)\1?", &commas),
        (r"(x+x+)+y", &text),
        (r"a{0,500}a{0,500}a{0,500}\b(?!a)b", &text),
    ];
    for (pattern, text) in catastrophes {
        let started = std::time::Instant::now();
        let result = shows("replaceAll", &[text.as_str().into(), pattern.into(), "".into()]);
        assert!(started.elapsed().as_secs() < 10, "{pattern} took {:?}: {:.40}", started.elapsed(), result);
    }
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

#[test]
fn long_texts_are_found_in_any_case() {
    let wanted = "ab".repeat(50_000);
    let text = format!("<{}>", wanted.to_uppercase());
    assert_eq!(shows("getPrefixIgnoreCase", &[text.as_str().into(), wanted.as_str().into()]), "<");
    assert_eq!(shows("replaceAllIgnoreCase", &[text.as_str().into(), wanted.as_str().into(), "-".into()]), "<->");
    assert_eq!(shows("replaceFirstIgnoreCase", &["aXbx".into(), "x".into(), "-".into()]), "a-bx");
    assert_eq!(shows("replaceAllIgnoreCase", &["ab".into(), "".into(), "-".into()]), "-a-b-");
    assert_eq!(shows("getSuffixIgnoreCase", &["Äpfel".into(), "äP".into()]), "fel");
}
