//! XML: what is read, what is written, and what no text or path may do.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod fuzz;
mod paths;

use super::*;
use crate::value::{Value, json};

const LARGEST: usize = 1_000_000;

/// The result of a path, or the beginning of what is wrong.
fn found(text: &str, path: &str) -> String {
    match execute(text, path, LARGEST) {
        Ok(result) => result,
        Err(problem) => format!("{problem:?}").chars().take_while(|c| c.is_alphanumeric()).collect(),
    }
}

fn written(text: &str) -> String {
    write_root(&json::parse_lenient(text).unwrap(), LARGEST).unwrap()
}

#[test]
fn what_servers_put_around_xml_is_read() {
    let text = "\u{feff}\n<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<!-- c --><?p q?>\n<!DOCTYPE a>\n<a><![CDATA[1 < 2]]><!-- x --><b>&#65;&amp;</b></a>\n";
    assert_eq!(found(text, "/a/text()"), "1 < 2");
    assert_eq!(found(text, "string(/)"), "1 < 2A&");
    assert_eq!(found(text, "/a/b"), "<b>&#65;&amp;</b>");
    assert_eq!(found(text, "/comment()"), "<!-- c -->");
    assert_eq!(found(text, "/a/comment()"), "<!-- x -->");
    assert_eq!(found(text, "/processing-instruction('p')"), "<?p q?>");
    assert_eq!(found(text, "/"), "<a><![CDATA[1 < 2]]><!-- x --><b>&#65;&amp;</b></a>");
}

#[test]
fn what_is_no_xml_is_refused() {
    for text in
        ["", "words", "<a>", "<a></b>", "<a/><b/>", "<a b=1/>", "<a>&unknown;</a>", "<n:a/>", "<a b='1' b='2'/>"]
    {
        assert_eq!(found(text, "/a"), "Xml", "{text}");
    }
}

#[test]
fn entities_that_multiply_and_texts_that_cost_too_much_are_refused_before_reading() {
    let bomb = "<!DOCTYPE a [<!ENTITY x 'xxxxxxxxxx'><!ENTITY y '&x;&x;&x;&x;'>]><a>&y;</a>";
    let external = "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>";
    let deep = "<a>".repeat(100_000) + &"</a>".repeat(100_000);
    let attributes = (0..100_000).fold("<a".to_owned(), |text, at| text + " b" + &at.to_string() + "='>'") + "/>";
    let prefixes = (0..1_000).fold("<a".to_owned(), |text, at| format!("{text}><b xmlns:c{at}='x'/")) + "></a>";
    let long = format!("<a>{}</a>", "x".repeat(20_000_000));
    for text in [bomb, external, &deep, &attributes, &prefixes, &long] {
        assert_eq!(found(text, "/a"), "Xml");
        assert!(nodes(text).is_err());
    }
    let allowed = "<a>".repeat(256) + &"</a>".repeat(256);
    assert_eq!(found(&allowed, "count(//a)"), "256");
    assert_eq!(found("<a b='<!DOCTYPE [ &gt; '/>", "/a"), "Xml");
    assert_eq!(found("<a><![CDATA[<!DOCTYPE a [<b><b>]]><c/></a>", "/a/c"), "<c/>");
}

#[test]
fn a_piece_of_xml_can_be_read_alone() {
    let text = "<f xmlns='urn:d' xmlns:n='urn:n' xmlns:unused='urn:u'><n:e n:k='1'>x</n:e><e xmlns='urn:o'/></f>";
    assert_eq!(found(text, "/f/n:e"), "<n:e xmlns=\"urn:d\" xmlns:n=\"urn:n\" n:k='1'>x</n:e>");
    assert_eq!(found(text, "//@n:k"), "<n:k xmlns:n=\"urn:n\">1</n:k>");
    assert_eq!(found(text, "/f/*[2]"), "<e xmlns='urn:o'/>");
    for path in ["/f/n:e", "//@n:k", "/f/*[2]", "/f"] {
        let piece = found(text, path);
        assert_eq!(found(&piece, "/*"), piece, "{path}");
    }
}

#[test]
fn an_xml_text_falls_into_its_nodes() {
    let pieces = |text: &str| nodes(text).map(|nodes| nodes.join(" ; ")).unwrap_or("refused".to_owned());
    assert_eq!(pieces("<d>1</d><d a='x'/> <e/>"), "<d>1</d> ; <d a='x'/> ; <e/>");
    assert_eq!(pieces("<?xml version='1.0'?><r><d/><d/></r>"), "<r><d/><d/></r>");
    assert_eq!(pieces("1-|-2"), "1 ; 2");
    assert_eq!(pieces("a<d/>b"), "a ; <d/> ; b");
    assert_eq!(pieces("  "), "");
    for broken in ["<d>", "</root><root>", "<d/></e>", "a < b"] {
        assert_eq!(pieces(broken), "refused", "{broken}");
    }
}

#[test]
fn values_are_written_as_elements() {
    assert_eq!(written("{a:1, b:['x',{c:null}], d:''}"), "<root><a>1</a><b>x</b><b><c>null</c></b><d/></root>");
    assert_eq!(written("{}"), "<root/>");
    assert_eq!(written("{a:{}, b:[]}"), "<root><a/></root>");
    assert_eq!(written("[1,{a:2}]"), "<root><array>1</array><array><a>2</a></array></root>");
    assert_eq!(written("[[1,2],3]"), "<root><array><array>1</array><array>2</array></array><array>3</array></root>");
    assert_eq!(
        written(r#"{"a b":1,"1c":2,"":3,"x:y":4,"<":5,"é":6,"a'><b>":7}"#),
        "<root><a_b>1</a_b><_1c>2</_1c><_>3</_><x_y>4</x_y><_>5</_><é>6</é><a___b_>7</a___b_></root>"
    );
    assert_eq!(written(r#"{"t":"<&>\"'\r\n\u0000"}"#), "<root><t>&lt;&amp;&gt;&quot;&apos;&#13;\n\u{fffd}</t></root>");
    let nested = "{\"a\":".repeat(190) + "1" + &"}".repeat(190);
    assert_eq!(found(&written(&nested), "string(/)"), "1");
}

#[test]
fn values_too_deep_or_too_large_are_not_written() {
    let mut deep = Value::from(1);
    for _ in 0..10_000 {
        deep = Value::list(vec![deep]);
    }
    assert!(matches!(write_root(&deep, LARGEST), Err(Problem::Value(_))));
    let wide = Value::list(vec![Value::text("x".repeat(1_000)); 2_000]);
    assert!(matches!(write_root(&wide, LARGEST), Err(Problem::Size)));
}
