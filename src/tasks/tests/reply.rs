//! What a script gets of an answer.

use super::*;
use crate::value::Kind;

const URL: (&str, &str) = ("url", "https://api.example.com/x");

fn get(extra: &[(&str, Value)], reply: Reply) -> Result<Value, Failure> {
    let mut attributes = vec![(URL.0, URL.1.into())];
    attributes.extend_from_slice(extra);
    finish(invoke(&attributes)?.1, reply)
}

fn converted(content_type: &str, body: &'static [u8]) -> Value {
    get(&[], answer(200, &[("content-type", content_type)], body)).unwrap()
}

fn as_file(value: &Value) -> File {
    match value {
        Value::File(file) => file.borrow().clone(),
        other => panic!("{} is no file", other.kind().name()),
    }
}

#[test]
fn json_becomes_maps_and_lists_whatever_it_is_called() {
    let object = br#"{"id":4876876000000225001,"total":12.50,"list":[1]}"#;
    for label in [
        "application/json",
        "application/vnd.api+json;charset=UTF-8",
        "text;charset=UTF-8",
        "",
        "application/octet-stream",
    ] {
        let value = converted(label, object);
        assert_eq!((value.kind(), printed(&value).as_bytes()), (Kind::Map, object.as_slice()), "{label}");
    }
    let list = converted("text/html", b" [1,\"b\"]");
    assert_eq!((list.kind(), printed(&list)), (Kind::List, "[1,\"b\"]".to_owned()));
    assert_eq!(converted("application/json", b"\xef\xbb\xbf{}").kind(), Kind::Map);
}

#[test]
fn what_is_no_json_stays_text() {
    for text in [r#"{"a":1"#, "{a:1}", "\"text\"", "12", "true", "null", "<p>502</p>"] {
        let value = converted("application/json", text.as_bytes());
        assert_eq!((value.kind(), printed(&value)), (Kind::Text, text.to_owned()));
    }
    let deep: &'static [u8] = Box::leak("[".repeat(300_000).into_boxed_str()).as_bytes();
    assert_eq!(converted("application/json", deep).kind(), Kind::Text);
    assert_eq!(printed(&converted("application/xml", b"<a>{}</a>")), "<a>{}</a>");
    assert_eq!(printed(&converted("text/plain", b"caf\xe9")), "caf\u{fffd}");
}

#[test]
fn an_empty_body_is_an_empty_text() {
    for label in ["", "application/json", "image/png"] {
        assert!(converted(label, b"").loosely_equals(&"".into()).unwrap(), "{label}");
    }
}

#[test]
fn binary_content_becomes_a_file_with_its_name() {
    let png = converted("image/png", b"\x89PNG");
    let file = as_file(&png);
    assert_eq!((file.name.as_str(), file.content_type.as_str()), ("logo small.png", "image/png"));
    assert_eq!(file.bytes.as_ref(), b"\x89PNG");
    assert_eq!(as_file(&converted("", b"\xff\xfe")).content_type, "application/octet-stream");
    assert_eq!(converted("application/x-unknown", b"plain").kind(), Kind::Text);

    let named = |disposition: &str, content_type: &str, body: &'static [u8]| {
        let headers = [("content-disposition", disposition), ("content-type", content_type)];
        let value = get(&[], answer(200, &headers, body)).unwrap();
        if value.kind() == Kind::File { as_file(&value).name } else { printed(&value) }
    };
    assert_eq!(named("attachment; filename=\"a \\\"b\\\";.csv\"; size=3", "text/csv", b"1"), "a \"b\";.csv");
    assert_eq!(named("ATTACHMENT; size=3; filename=a.csv", "text/csv", b"1"), "a.csv");
    assert_eq!(named("attachment; filename=x; filename*=UTF-8''na%C3%AFve.txt", "text/csv", b"1"), "naïve.txt");
    assert_eq!(named("attachment; filename=\"../../etc/passwd\"", "text/csv", b"1"), "passwd");
    assert_eq!(named("attachment; filename=\"c:\\\\x\\\\..\"", "text/csv", b"1"), "logo small.png");
    assert_eq!(named("attachment", "text/csv", b"{}"), "logo small.png");
    assert_eq!(named("inline; filename=a.pdf", "application/pdf", b"%PDF"), "a.pdf");
    assert_eq!(named("attachment; filename=a.json", "application/json", b"{\"a\":1}"), "{\"a\":1}");
}

#[test]
fn the_response_format_decides_over_the_content() {
    let with = |format: &str| {
        let reply = answer(200, &[("content-type", "application/json")], "{\"a\":1}");
        get(&[("response-format", format.into())], reply).unwrap()
    };
    assert_eq!(as_file(&with("FILE")).name, "logo small.png");
    assert_eq!(with("string").kind(), Kind::Text);
    assert!(with("None").is_null());
    assert_eq!((with("COLLECTION").kind(), printed(&with("COLLECTION"))), (Kind::Collection, "{\"a\":1}".to_owned()));
    assert_eq!(with("default").kind(), Kind::Map);
}

#[test]
fn detailed_gives_text_headers_and_code() {
    let headers = [("Content-Type", "application/json"), ("set-cookie", "a=1"), ("Set-Cookie", "b=2")];
    let value = get(&[("detailed", true.into())], answer(404, &headers, "{\"code\":5}")).unwrap();
    let wanted = concat!(
        r#"{"responseText":{"code":5},"#,
        r#""responseHeader":{"content-type":"application/json","set-cookie":"a=1, b=2"},"responseCode":404}"#
    );
    assert_eq!(printed(&value), wanted);
    let Value::Aggregate(map) = &value else { panic!("a map") };
    assert!(map.entry("responseCode").unwrap().loosely_equals(&"404".into()).unwrap());
    let simple = get(&[("detailed", "False".into())], answer(500, &[], "oops")).unwrap();
    assert_eq!(printed(&simple), "oops");
}

#[test]
fn no_answer_is_an_error_that_can_be_caught() {
    let failure = get(&[], no_answer()).unwrap_err().into_report();
    assert_eq!((failure.code.as_str(), failure.message.as_str()), ("http::timeout", "socket timeout error"));
    assert_eq!(failure.help.as_deref(), Some("try again"));
    assert!(failure.catchable);
}
