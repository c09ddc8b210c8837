//! XPath 1.0, section by section, on one small document.

use super::found;
use crate::value::xml::{Problem, xpath::execute_within};

const BOOKS: &str = "<books lang='en'><!--first--><book id='1' kind='a'><title xml:lang='en-GB'>One</title><price>30.00</price>\
     </book><book id='2'><title>Two  words</title><price>29.99</price></book><book id='3' kind='b'><title>Three</title>\
     <price>n/a</price></book><note/></books>";

fn check(cases: &[(&str, &str)]) {
    for (path, wanted) in cases {
        assert_eq!(found(BOOKS, path), *wanted, "{path}");
    }
}

#[test]
fn steps_predicates_and_short_forms() {
    check(&[
        ("/books/book[2]/title/text()", "Two  words"),
        ("books/book[3]/@id", "<id>3</id>"),
        ("//book[@kind]/@id", "<id>1</id><id>3</id>"),
        ("//book[@kind='b']/title", "<title>Three</title>"),
        ("//book[not(@kind)]/title/text()", "Two  words"),
        ("//title/text()", "One-|-Two  words-|-Three"),
        ("/books/book[last()]/@id", "<id>3</id>"),
        ("/books/book[position() < 3][2]/@id", "<id>2</id>"),
        ("(//title)[2]/../@id", "<id>2</id>"),
        ("//book[title = 'Three']/price/text()", "n/a"),
        ("//book[price < 30]/@id", "<id>2</id>"),
        ("//*[name() = 'note']", "<note/>"),
        ("/books/./book[1]/..//note", "<note/>"),
        ("//price[1]", "<price>30.00</price><price>29.99</price><price>n/a</price>"),
        ("//@id | //note", "<id>1</id><id>2</id><id>3</id><note/>"),
        ("/books/nothing", ""),
        ("/books/book/text()", ""),
        ("count(/)", "1"),
        ("//book [ 1 ] / @ id", "<id>1</id>"),
        ("//book[1]['x']/@id", "<id>1</id>"),
        ("//book[1]['']/@id", ""),
    ]);
}

#[test]
fn every_axis() {
    check(&[
        ("//book[2]/preceding-sibling::book/@id", "<id>1</id>"),
        ("//book[3]/preceding-sibling::book[1]/@id", "<id>2</id>"),
        ("//book[1]/following-sibling::*[1]/@id", "<id>2</id>"),
        ("count(//book[2]/following::*)", "4"),
        ("count(//book[2]/preceding::node())", "6"),
        ("//book[2]/preceding::title/text()", "One"),
        ("name(//price[. = '29.99']/ancestor::*[1])", "book"),
        ("count(//title[1]/ancestor-or-self::*)", "7"),
        ("count(/books/descendant::*)", "10"),
        ("count(/descendant-or-self::node())", "19"),
        ("/child::books/attribute::lang", "<lang>en</lang>"),
        ("//note/self::note", "<note/>"),
        ("count(//note/self::book)", "0"),
        ("name(//@kind[. = 'b']/parent::*)", "book"),
        ("count(//book[1]/@id/following::title)", "3"),
        ("count(//book[2]/@id/preceding::title)", "1"),
        ("count(//book[1]/@*/ancestor-or-self::node())", "5"),
        ("count(//@id/child::node())", "0"),
        ("count(//@id/self::*)", "0"),
        ("//comment()", "<!--first-->"),
        ("count(//node())", "18"),
    ]);
}

#[test]
fn operators() {
    check(&[
        ("1 + 2 * 3 - 4 div 2", "5"),
        ("-7 mod 3", "-1"),
        ("5 mod -3", "2"),
        ("- - 2", "2"),
        ("--'3'", "3"),
        ("1 div 0", "Infinity"),
        ("-1 div 0", "-Infinity"),
        ("0 div 0", "NaN"),
        ("-0", "0"),
        (".5 + 5.", "5.5"),
        ("0.1 + 0.2", "0.30000000000000004"),
        ("1000000 * 1000000 * 1000000 * 1000000", "1000000000000000000000000"),
        ("1 = 1.0 and 'a' != 'b'", "true"),
        ("1 = 2 or 2 > 1 = true()", "true"),
        ("3 > 2 > 1", "false"),
        ("'10' > '9'", "true"),
        ("'a' < 'b'", "false"),
        ("//book/@id = 2", "true"),
        ("//book/@id = '4'", "false"),
        ("//book/@id != '4'", "true"),
        ("//note != //note", "false"),
        ("//title != //title", "true"),
        ("//title = //title", "true"),
        ("//nothing = //nothing", "false"),
        ("//nothing = false()", "true"),
        ("//price > 29.995", "true"),
        ("//price <= 1", "false"),
        ("30 >= //price", "true"),
        ("2 < //@id", "true"),
        ("true() > false()", "true"),
        ("//book[@id = 1 or @id = 3]/@id", "<id>1</id><id>3</id>"),
        ("//book[@id > 1 and @kind]/@id", "<id>3</id>"),
    ]);
}

#[test]
fn names_that_are_operators_elsewhere() {
    let text = "<and><or>1</or><div-mod>2</div-mod><text>3</text><count>4</count><div>5</div></and>";
    for (path, wanted) in [
        ("/and/or", "<or>1</or>"),
        ("/and/or or /and/or", "true"),
        ("/and/div-mod/text()", "2"),
        ("/and/text/text()", "3"),
        ("/and/count * 2", "8"),
        ("/and/* * 2", "2"),
        ("/and/div div /and/div", "1"),
        ("count(*)", "1"),
        ("/and/child::div/text()", "5"),
    ] {
        assert_eq!(found(text, path), wanted, "{path}");
    }
}

#[test]
fn every_function() {
    check(&[
        ("count(//book)", "3"),
        ("sum(//book/@id)", "6"),
        ("sum(//price)", "NaN"),
        ("string(//title)", "One"),
        ("string(//book[1])", "One30.00"),
        ("concat('a', 1, true(), //title)", "a1trueOne"),
        ("starts-with('abc', 'ab')", "true"),
        ("contains('abc', '')", "true"),
        ("substring-before('1999/04/01', '/')", "1999"),
        ("substring-after('1999/04/01', '/')", "04/01"),
        ("substring-after('abc', 'x')", ""),
        ("substring('12345', 2, 3)", "234"),
        ("substring('12345', 2)", "2345"),
        ("substring('12345', 1.5, 2.6)", "234"),
        ("substring('12345', 0, 3)", "12"),
        ("substring('12345', 0 div 0, 3)", ""),
        ("substring('12345', -42, 1 div 0)", "12345"),
        ("substring('12345', -1 div 0, 1 div 0)", ""),
        ("substring('äöü', 2, 1)", "ö"),
        ("string-length('äöü')", "3"),
        ("//book[2]/title[string-length() = 10]/text()", "Two  words"),
        ("normalize-space(//book[2]/title)", "Two words"),
        ("normalize-space('  a \t b  ')", "a b"),
        ("translate('bar', 'abc', 'AB')", "BAr"),
        ("translate('--aaa--', 'abc-', 'ABC')", "AAA"),
        ("boolean(//nothing)", "false"),
        ("boolean('false')", "true"),
        ("not(0)", "true"),
        ("true() and not(false())", "true"),
        ("number(' 12.50 ')", "12.5"),
        ("number('1e3')", "NaN"),
        ("number('')", "NaN"),
        ("number(true())", "1"),
        ("floor(-1.5)", "-2"),
        ("ceiling(1.2)", "2"),
        ("round(2.5)", "3"),
        ("round(-2.5)", "-2"),
        ("round(0.4)", "0"),
        ("round(0 div 0)", "NaN"),
        ("name(//@kind)", "kind"),
        ("local-name(//title/@*)", "lang"),
        ("name(//title/@*)", "xml:lang"),
        ("namespace-uri(//title/@*)", "http://www.w3.org/XML/1998/namespace"),
        ("local-name(//nothing)", ""),
        ("//title[lang('en')]/text()", "One"),
        ("count(//title[lang('e')])", "0"),
        ("count(id('1'))", "0"),
        ("//book[position() = last()]/@id", "<id>3</id>"),
    ]);
}

#[test]
fn names_with_namespaces() {
    let text =
        "<f xmlns='urn:d' xmlns:n='urn:n'><e>1</e><n:e>2</n:e><e xmlns=''>3</e><p:e xmlns:p='urn:n' n:k='4'/></f>";
    for (path, wanted) in [
        ("/f/e/text()", "1-|-3"),
        ("//n:e/text()", "2"),
        ("count(//n:e)", "2"),
        ("count(//p:e)", "2"),
        ("count(//n:*)", "2"),
        ("//@n:k", "<n:k xmlns:n=\"urn:n\">4</n:k>"),
        ("count(//@k)", "0"),
        ("//*[local-name() = 'e' and namespace-uri() = 'urn:n']/text()", "2"),
        ("name(//n:e[2])", "p:e"),
        ("/f/namespace::n", "urn:n"),
        ("//@*[local-name() = 'k']", "<n:k xmlns:n=\"urn:n\">4</n:k>"),
        ("//x:e", "Path"),
    ] {
        assert_eq!(found(text, path), wanted, "{path}");
    }
}

#[test]
fn what_is_no_path_is_refused() {
    let long = format!("/a{}", "/a".repeat(10_000));
    let deep = format!("{}1{}", "(".repeat(1_000), ")".repeat(1_000));
    let deep_predicates = "a[".repeat(1_000);
    for path in [
        "",
        " ",
        "/a/b[",
        "/a/b]",
        "a b",
        "//",
        "/a/",
        "a/@",
        "@@a",
        "a::b",
        "child::",
        "unknown()",
        "count()",
        "count(1)",
        "concat('a')",
        "'a",
        "$x",
        "1 +",
        "a | 1",
        "'a'[1]",
        "text(1)",
        "a[1",
        "(a",
        "!a",
        "a:b:c",
        "..a",
        "a/(b)",
        "a,b",
        "#",
        "\u{0}",
        "position(1)",
        "1/a",
        &long,
        &deep,
        &deep_predicates,
    ] {
        assert_eq!(found("<a/>", path), "Path", "{path}");
    }
}

#[test]
fn a_path_that_takes_too_many_steps_ends() {
    let ends = |text: &str, path: &str| {
        assert!(matches!(execute_within(200_000, text, path, 1_000), Err(Problem::Steps)), "{path}");
    };
    let rows = format!("<a>{}</a>", "<b><c/></b>".repeat(2_000));
    ends(&rows, "//b[count(preceding::*) > count(following::*)]");
    ends(&rows, "//*[//*[//*]]");
    ends(&rows, "count(//*[. = //*])");
    let text = format!("<a>{}</a>", "x".repeat(10_000));
    ends(&text, &format!("concat({}'')", "/a,".repeat(3_000)));
    ends(&text, &format!("{}1", "/a = /a and ".repeat(800)));
    assert_eq!(found(&rows, "count(//b[c])"), "2000");
}

#[test]
fn a_refused_path_says_what_is_wrong() {
    let detail = |path: &str| match execute_within(1_000, "<a/>", path, 1_000) {
        Err(Problem::Path(detail)) => detail,
        other => panic!("{other:?}"),
    };
    assert_eq!(detail("/a/b["), "it ends too early");
    assert_eq!(detail("/a/b[1"), "`]` is missing before its end");
    assert_eq!(detail("count(a b)"), "`)` is missing before `b`");
    assert_eq!(detail("/a ]"), "`]` is not expected");
    assert_eq!(detail("lower-case(a)"), "it has no function `lower-case`");
    assert_eq!(detail("/x:a"), "the text declares no prefix `x`");
    assert_eq!(detail("$x"), "`$` has no meaning in it");
}

#[test]
fn brackets_may_be_nested_as_deep_as_is_allowed() {
    let text = "<a/>";
    assert_eq!(found(text, &format!("{}1{}", "(1 + ".repeat(31), ")".repeat(31))), "32");
    assert_eq!(found(text, &format!("/a{}{}", "[/a".repeat(31), "]".repeat(31))), text);
    assert_eq!(found(text, &format!("{}/a{}", "boolean((/a)[".repeat(15), "])".repeat(15))), "true");
}

#[test]
fn a_result_too_large_is_not_made() {
    let nested = "<a>".repeat(200) + &"x".repeat(100_000) + &"</a>".repeat(200);
    assert_eq!(found(&nested, "//a"), "Size");
}
