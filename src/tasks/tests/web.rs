//! What `getUrl` and `postUrl` send, by the kinds of their arguments, and what they make of an answer.

use super::*;
use crate::effect::Connection;
use crate::http::Method;

const URL: &str = "https://api.example.com/orders?page=2";
const JSON: &[(&str, &str)] = &[("Content-Type", "application/json")];

fn sent(name: &str, arguments: &[Value]) -> String {
    let request = call(name, arguments).unwrap().0;
    let headers: Vec<_> = request.http.headers.iter().map(|(name, value)| format!("{name}={value} ")).collect();
    format!("{}{}", headers.concat(), shown(&request.http.body))
}

fn got(name: &str, arguments: &[Value], headers: &[(&str, &str)], body: &'static [u8]) -> Value {
    finish(call(name, arguments).unwrap().1, answer(200, headers, body)).unwrap()
}

#[test]
fn they_get_and_post_without_a_connection() {
    let (get, _) = call("geturl", &[URL.into()]).unwrap();
    assert_eq!((get.task.as_str(), get.http.method, get.http.url.as_str()), ("getUrl", Method::Get, URL));
    assert_eq!((get.connection, get.http.body), (Connection::None, Body::Empty));
    let (post, _) = call("postURL", &[URL.into(), "a=1".into()]).unwrap();
    assert_eq!((post.http.method, post.connection), (Method::Post, Connection::None));
}

#[test]
fn what_may_be_left_out_is_told_apart_by_its_kind() {
    let headers = || of_json(r#"{"X-Id":7}"#);
    let url = || Value::from(URL);
    assert_eq!(sent("getUrl", &[url(), headers()]), "X-Id=7 empty");
    assert_eq!(sent("getUrl", &[url(), headers(), false.into()]), "X-Id=7 empty");
    assert_eq!(sent("getUrl", &[url(), true.into(), headers()]), "X-Id=7 empty");
    assert_eq!(sent("getUrl", &[url(), Value::Null, false.into()]), "empty");
    assert_eq!(sent("getUrl", &[url(), of_json("{}"), false.into()]), "empty");
    let form = || of_json(r#"{"name":"Ann","n":[1]}"#);
    assert_eq!(sent("postUrl", &[url(), form()]), "form name=Ann&n=[1]");
    assert_eq!(sent("postUrl", &[url(), form(), headers()]), "X-Id=7 form name=Ann&n=[1]");
    assert_eq!(sent("postUrl", &[url(), "a=1 b".into(), false.into()]), "text/plain a=1 b");
    assert_eq!(sent("postUrl", &[url(), "{\"a\":1}".into()]), "application/json {\"a\":1}");
    assert_eq!(sent("postUrl", &[url(), Value::Null]), "empty");
    let typed = of_json(r#"{"content-type":"text/xml"}"#);
    assert_eq!(sent("postUrl", &[url(), "<a/>".into(), typed, true.into()]), "content-type=text/xml text/xml <a/>");
}

#[test]
fn true_gives_the_text_and_false_a_map() {
    let body = br#"{"a":1}"#;
    for (name, arguments) in [("getUrl", vec![URL.into()]), ("postUrl", vec![URL.into(), "x".into()])] {
        let with = |simple: Option<bool>| {
            let mut all: Vec<Value> = arguments.clone();
            all.extend(simple.map(Value::from));
            got(name, &all, JSON, body)
        };
        assert_eq!(with(None).as_text(), Some(r#"{"a":1}"#), "JSON stays a text");
        assert_eq!(with(Some(true)).as_text(), Some(r#"{"a":1}"#));
        let wanted =
            r#"{"responseText":{"a":1},"responseHeader":{"content-type":"application/json"},"responseCode":200}"#;
        assert_eq!(printed(&with(Some(false))), wanted);
    }
    let picture = got("getUrl", &[URL.into()], &[("content-type", "image/png")], b"\x89PNG\xff");
    assert!(matches!(picture, Value::File(_)), "{picture:?}");
    assert_eq!(got("getUrl", &[URL.into()], &[], b"").as_text(), Some(""));
}

#[test]
fn what_does_not_fit_is_refused_before_anything_is_sent() {
    let refused = |name: &str, arguments: &[Value]| message(call(name, arguments));
    let mismatch =
        |name: &str, index: usize| format!("Argument type mismatches for the function {name} at index {index}");
    assert_eq!(refused("getUrl", &[5.into()]), mismatch("getUrl", 1));
    assert_eq!(refused("getUrl", &[URL.into(), "x".into()]), mismatch("getUrl", 2));
    assert_eq!(refused("postUrl", &[URL.into(), 5.into()]), mismatch("postUrl", 2));
    assert_eq!(refused("postUrl", &[URL.into(), "a".into(), of_json("[1]")]), mismatch("postUrl", 3));
    assert_eq!(code(call("getUrl", &["file:///etc/passwd".into()])), "run::invalid-url");
    assert_eq!(code(call("getUrl", &[URL.into(), of_json(r#"{"a\nb":"c"}"#)])), "run::invalid-header");
    let failed = finish(call("getUrl", &[URL.into()]).unwrap().1, no_answer()).err().unwrap();
    assert_eq!(failed.report().message, "socket timeout error");
}
