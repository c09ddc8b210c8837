//! Texts as editors show them.

use proptest::prelude::*;

use crate::syntax::{Role, Shape, pieces};

/// The words of a text that have a role, and its comments.
fn roles(text: &str) -> String {
    let mut shown = Vec::new();
    for piece in pieces(text) {
        let written = &text[piece.span.range()];
        match (piece.shape, piece.role) {
            (Shape::Comment, _) => shown.push(format!("#{written}")),
            (_, Role::Plain) => {}
            (_, role) => shown.push(format!("{written}:{}", format!("{role:?}").to_lowercase())),
        }
    }
    shown.join(" ")
}

#[test]
fn a_word_is_what_it_is_where_it_stands() {
    assert_eq!(roles("info x; info = 1; info.size();"), "info:keyword");
    assert_eq!(
        roles("if(a == null) { b = true; } else if(c) { }"),
        "if:keyword null:constant true:constant else:keyword if:keyword"
    );
    assert_eq!(
        roles("for each index i in times { break; }"),
        "for:keyword each:keyword index:keyword in:keyword break:keyword"
    );
    assert_eq!(roles("a = b not in c and d;"), "not:keyword in:keyword and:keyword");
    assert_eq!(roles("void f(string a) { return a; }"), "void:keyword string:keyword return:keyword");
}

#[test]
fn attributes_and_tasks() {
    assert_eq!(
        roles("x = invokeurl [ url : u content-type : c ];"),
        "invokeurl:task url:attribute content:attribute type:attribute"
    );
    assert_eq!(roles("m = {\"url\" : url};"), "");
    let typing = "x = invokeurl [ url : \"a\" content-type : b con";
    assert_eq!(roles(typing), "invokeurl:task url:attribute content:attribute type:attribute");
    assert_eq!(roles("m = {a : b c"), "");
}

#[test]
fn comments_stand_between_tokens() {
    assert_eq!(roles("a // one / two\n/* three */ = /**/ 4 // five"), "#// one / two #/* three */ #/**/ #// five");
    assert_eq!(roles("a = 4 /* open"), "#/* open");
    assert_eq!(roles("a = \"// no\"; /"), "");
}

#[test]
fn what_is_unfinished_has_pieces() {
    assert_eq!(roles("if(tr"), "if:keyword");
    assert_eq!(roles("info \"x"), "info:keyword");
    assert_eq!(roles("return ("), "return:keyword");
}

proptest! {
    #[test]
    fn pieces_are_in_order_and_leave_out_only_white_space(text in "([ -~]|\n|é|😀){0,80}") {
        check(&text);
    }

    #[test]
    fn so_are_those_of_likely_texts(words in prop::collection::vec(prop::sample::select(WORDS), 0..30)) {
        check(&words.concat());
    }
}

const WORDS: &[&str] = &[
    "info ",
    "if",
    "(",
    ")",
    "{",
    "}",
    "[",
    "]",
    "\"a",
    "\"",
    "'",
    "//",
    "/*",
    "*/",
    "\n",
    " ",
    "x",
    ".",
    "=",
    ";",
    ":",
    ",",
    "invokeurl",
    "url",
    "else ",
    "for each ",
    "in ",
    "1",
    "void f",
    "try",
    "catch",
];

fn check(text: &str) {
    let mut end = 0;
    for piece in pieces(text) {
        let start = piece.span.start as usize;
        assert!(start >= end && piece.span.end as usize > start, "{text:?} {piece:?}");
        assert!(blank(&text[end..start]), "{text:?} {piece:?}");
        end = piece.span.end as usize;
        assert!(text.is_char_boundary(end));
    }
    assert!(blank(&text[end..]), "{text:?}");
}

fn blank(text: &str) -> bool {
    text.chars().all(|letter| letter.is_whitespace() || letter.is_control())
}
