//! What `invokeurl` sends, row by row of the encoding rules, and what it refuses.

use super::*;
use crate::effect::Connection;
use crate::http::Method;
use crate::value::Map;

const URL: &str = "https://api.example.com/contacts";

fn body_of(kind: &str, attributes: &[(&str, Value)]) -> String {
    let mut all = vec![("url", URL.into()), ("type", kind.into())];
    all.extend_from_slice(attributes);
    shown(&invoke(&all).unwrap().0.http.body)
}

fn url_of(url: &str, parameters: Value) -> String {
    invoke(&[("url", url.into()), ("parameters", parameters)]).unwrap().0.http.url.to_string()
}

#[test]
fn the_type_is_any_documented_method_in_any_case_and_get_when_left_out() {
    let method = |word: &str| invoke(&[("url", URL.into()), ("type", word.into())]).unwrap().0.http.method;
    assert_eq!(invoke(&[("url", URL.into())]).unwrap().0.http.method, Method::Get);
    assert_eq!(
        (method("post"), method("Delete"), method(" OPTIONS ")),
        (Method::Post, Method::Delete, Method::Options)
    );
    for wrong in ["HEAD", "FETCH", "", "GET POST"] {
        assert_eq!(code(invoke(&[("url", URL.into()), ("type", wrong.into())])), "run::invokeurl-type", "{wrong:?}");
    }
    let failure = invoke(&[("url", URL.into()), ("type", "FETCH".into())]).err().unwrap();
    assert!(failure.report().help.as_ref().unwrap().contains("GET, POST, PUT, PATCH, DELETE, OPTIONS"));
    assert!(failure.report().catchable);
}

#[test]
fn parameters_of_a_get_join_the_query() {
    let parameters = || of_json(r#"{"search text":"a&b=ü+1","page":2,"none":null,"filter":{"x":[1]},"ok":true}"#);
    let query = "search%20text=a%26b%3D%C3%BC%2B1&page=2&none=&filter=%7B%22x%22%3A%5B1%5D%7D&ok=true";
    assert_eq!(url_of(URL, parameters()), format!("{URL}?{query}"));
    assert_eq!(url_of("https://a.test/x?y=1", parameters()), format!("https://a.test/x?y=1&{query}"));
    assert_eq!(url_of("https://a.test/x?", parameters()), format!("https://a.test/x?{query}"));
    assert_eq!(url_of("https://a.test/x?y=1&#top", of_json(r#"{"z":2}"#)), "https://a.test/x?y=1&z=2#top");
    assert_eq!(url_of(URL, Value::map(Map::default())), URL);
    assert_eq!(url_of(URL, of_json(r#"{"":""}"#)), URL);
}

#[test]
fn a_text_joins_the_query_of_a_get_as_it_is() {
    assert_eq!(url_of(URL, "a=b%20c&d=e".into()), format!("{URL}?a=b%20c&d=e"));
    assert_eq!(url_of("https://a.test/?x=1", "?a=b".into()), "https://a.test/?x=1&a=b");
    assert_eq!(url_of(URL, "a=b c#d".into()), format!("{URL}?a=b%20c%23d"));
    assert_eq!(url_of(URL, " ".into()), URL);
    assert_eq!(code(invoke(&[("url", URL.into()), ("parameters", "a=1\r\nb".into())])), "run::invalid-url");
}

#[test]
fn parameters_of_other_methods_are_the_body() {
    let map = || of_json(r#"{"JSONString":{"name":"Ü","list":[1,{"a":null}]},"n":1.50,"none":null,"no":false}"#);
    let form = r#"form JSONString={"name":"Ü","list":[1,{"a":null}]}&n=1.50&none=&no=false"#;
    for method in ["POST", "PUT", "PATCH", "DELETE"] {
        assert_eq!(body_of(method, &[("parameters", map())]), form);
    }
    let text_inside = Value::map([("JSONString".into(), r#"{"name":"Ü"}"#.into())].into_iter().collect());
    assert_eq!(body_of("POST", &[("parameters", text_inside)]), r#"form JSONString={"name":"Ü"}"#);
    assert_eq!(body_of("POST", &[("parameters", "a=1 & b".into())]), "text/plain a=1 & b");
    assert_eq!(body_of("POST", &[("parameters", file("a.csv", b"1,2"))]), "application/octet-stream 1,2");
    assert_eq!(body_of("POST", &[("parameters", Value::Null)]), "empty");
}

#[test]
fn a_text_body_that_is_json_is_labelled_so_unless_told_otherwise() {
    let plain = Environment { label_json: false, ..Environment::default() };
    for attribute in ["parameters", "body"] {
        let with = |text: &str| body_of("POST", &[(attribute, text.into())]);
        assert_eq!(with(" {\"a\":[1]}"), "application/json  {\"a\":[1]}");
        assert_eq!(with("[]"), "application/json []");
        assert_eq!(with("{a:1}"), "text/plain {a:1}");
        assert_eq!(with("\"text\""), "text/plain \"text\"");
        assert_eq!(with(""), "text/plain ");
        let attributes = [("url", URL.into()), ("type", "PUT".into()), (attribute, "{}".into())];
        assert_eq!(shown(&invoke_in(&plain, &attributes).unwrap().0.http.body), "text/plain {}");
    }
    let given = |name, value: Value| body_of("POST", &[("parameters", "{}".into()), (name, value)]);
    assert_eq!(given("content-type", "text/xml".into()), "text/xml {}");
    assert_eq!(given("headers", of_json(r#"{"content-TYPE":"text/csv"}"#)), "text/csv {}");
}

#[test]
fn the_content_type_attribute_wins_over_the_header() {
    let attributes = [
        ("url", URL.into()),
        ("type", "POST".into()),
        ("content-type", "application/xml".into()),
        ("headers", of_json(r#"{"Content-Type":"text/plain","X-Id":7}"#)),
        ("parameters", "<a/>".into()),
    ];
    let request = invoke(&attributes).unwrap().0;
    assert_eq!(shown(&request.http.body), "application/xml <a/>");
    let headers = [("X-Id".to_owned(), "7".to_owned()), ("Content-Type".to_owned(), "application/xml".to_owned())];
    assert_eq!(request.http.headers, headers);
}

#[test]
fn a_map_is_multipart_when_asked_for_and_as_body() {
    let map =
        || Value::map([("a".into(), file("a.csv", b"1")), ("b".into(), of_json(r#"{"c":1}"#))].into_iter().collect());
    let parts = r#"multipart a(a.csv)=1&b={"c":1}"#;
    let multipart = ("content-type", Value::from("multipart/form-data"));
    let header = ("headers", of_json(r#"{"content-type":"Multipart/Form-Data; charset=utf-8"}"#));
    assert_eq!(body_of("POST", &[("parameters", map()), multipart.clone()]), parts);
    assert_eq!(body_of("POST", &[("parameters", map()), header]), parts);
    assert_eq!(body_of("POST", &[("parameters", map())]), parts, "a form cannot carry a file");
    assert_eq!(body_of("POST", &[("body", map())]), parts);
    assert_eq!(body_of("GET", &[("body", "x".into())]), "text/plain x");
    let form = ("headers", of_json(r#"{"Content-Type":"application/x-www-form-urlencoded"}"#));
    assert_eq!(body_of("POST", &[("body", of_json(r#"{"a":1}"#)), form]), "form a=1");
    let json = ("headers", of_json(r#"{"Content-Type":"application/json"}"#));
    assert_eq!(body_of("POST", &[("body", of_json(r#"{"a":1}"#)), json]), r#"application/json {"a":1}"#);
    assert_eq!(body_of("POST", &[("body", file("a.bin", b"1"))]), "application/octet-stream 1");
}

#[test]
fn files_are_parts_in_every_documented_form() {
    let named =
        Value::map([("paramName".into(), "doc".into()), ("content".into(), file("d.txt", b"D"))].into_iter().collect());
    let text = of_json(r#"{"paramName":"note","content":"hi","stringPart":"true"}"#);
    let plain = Value::map([("content".into(), file("c.txt", b"C"))].into_iter().collect());
    let list = Value::list(vec![file("a.csv", b"A"), named, text, plain, "loose".into()]);
    let files = |files: Value| body_of("POST", &[("files", files)]);
    assert_eq!(files(list), "multipart file(a.csv)=A&doc(d.txt)=D&note=hi&content(c.txt)=C&file=loose");
    assert_eq!(files(file("a.csv", b"A")), "multipart file(a.csv)=A");
    assert_eq!(files(of_json(r#"{"paramName":"p"}"#)), "multipart p=");
    let both = [("files", file("a.csv", b"A")), ("parameters", of_json(r#"{"id":5}"#))];
    assert_eq!(body_of("POST", &both), "multipart id=5&file(a.csv)=A");
    let Body::Multipart(parts) = invoke(&[("url", URL.into()), ("files", file("a.csv", b"A"))]).unwrap().0.http.body
    else {
        panic!("files make a multipart body")
    };
    assert_eq!(parts[0].content_type.as_deref(), Some("text/csv"));
    let nested = Value::list(vec![Value::list(vec![])]);
    assert_eq!(code(invoke(&[("url", URL.into()), ("files", nested)])), "run::argument-type");
}

#[test]
fn what_was_set_on_a_file_is_how_it_is_sent() {
    let cafe = file("a.csv", "café".as_bytes());
    let Value::File(shared) = &cafe else { panic!("a file") };
    shared.change(|file| {
        file.name = "b.txt".to_owned();
        file.parameter_name = Some("upload".to_owned());
        file.content_type = "txt".to_owned();
        file.sent_charset = Some("ISO-8859-1".to_owned());
    });
    let parts = |files: Value| match invoke(&[("url", URL.into()), ("files", files)]).unwrap().0.http.body {
        Body::Multipart(parts) => parts,
        other => panic!("{other:?}"),
    };
    let part = parts(Value::list(vec![cafe.clone()])).remove(0);
    assert_eq!((part.name.as_str(), part.file_name.as_deref()), ("upload", Some("b.txt")));
    assert_eq!(part.content_type.as_deref(), Some("text/plain; charset=ISO-8859-1"));
    assert_eq!(&part.bytes[..], b"caf\xe9");
    // A map names the field itself.
    let named =
        Value::map([("paramName".into(), "doc".into()), ("content".into(), cafe.clone())].into_iter().collect());
    assert_eq!(parts(named)[0].name, "doc");
    assert_eq!(parts(Value::map([("key".into(), cafe)].into_iter().collect()))[0].name, "key");
}

#[test]
fn the_connection_is_named_and_never_resolved() {
    let request = invoke(&[("url", URL.into()), ("connection", " zoho_crm ".into())]).unwrap().0;
    assert_eq!(request.connection, Connection::Named("zoho_crm".to_owned()));
    assert_eq!(request.task, "invokeurl");
    assert_eq!(invoke(&[("url", URL.into())]).unwrap().0.connection, Connection::None);
    assert_eq!(code(invoke(&[("url", URL.into()), ("connection", Value::Null)])), "run::argument-type");
}

#[test]
fn addresses_must_be_whole_and_messages_do_not_repeat_their_keys() {
    for wrong in [
        "",
        "/contacts",
        "api.example.com",
        "file:///etc/passwd",
        "ftp://a.test/",
        "https:a.test",
        "https://",
        "https://a.test:99999/",
        "https://a b/",
        "https://a.test/\r\nX: 1",
        "javascript:alert(1)",
    ] {
        assert_eq!(code(invoke(&[("url", wrong.into())])), "run::invalid-url", "{wrong:?}");
    }
    for key in ["ftp://me:secret@a.test/?key=secret", "https://me:secret@a.test:99999/#secret", "a\n?secret"] {
        assert!(!message(invoke(&[("url", key.into())])).contains("secret"), "{key}");
    }
    let dynamic = invoke(&[("url", "HTTPS://{domain}.acme.test/{id}".into())]).unwrap().0;
    assert_eq!(dynamic.http.url.as_str(), "https://{domain}.acme.test/%7Bid%7D");
}

#[test]
fn headers_cannot_smuggle_lines() {
    let with = |headers: &str| invoke(&[("url", URL.into()), ("headers", of_json(headers))]);
    for wrong in
        [r#"{"A":"x\r\nB: y"}"#, r#"{"A\n":"x"}"#, r#"{"A":"\u0000"}"#, r#"{"a b":1}"#, r#"{"ü":1}"#, r#"{"":"x"}"#]
    {
        assert_eq!(code(with(wrong)), "run::invalid-header", "{wrong}");
    }
    assert!(!message(with(r#"{"A":"token\n"}"#)).contains("token"));
    let headers = with(r#"{"X-A":" 1 ","x-a":"2","Note":"grün","N":null}"#).unwrap().0.http.headers;
    let pairs: Vec<_> = headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(pairs, [("x-a", "2"), ("Note", "grün"), ("N", "")]);
    let content_type = [("url", URL.into()), ("content-type", "a/b\r\nX: 1".into())];
    assert_eq!(code(invoke(&content_type)), "run::invalid-header");
}

#[test]
fn attributes_of_a_wrong_kind_get_the_documented_text() {
    let with = |name, value: Value| message(invoke(&[("url", URL.into()), ("type", "POST".into()), (name, value)]));
    let cast =
        |kind: &str, wanted: &str| format!("'{kind}' can not be cast to '[{wanted}]' for the function 'invokeurl'");
    assert_eq!(message(invoke(&[("url", 5.into())])), cast("BIGINT", "TEXT"));
    assert_eq!(message(invoke(&[])), cast("NULL", "TEXT"));
    assert_eq!(with("headers", "A: b".into()), cast("TEXT", "MAP"));
    assert_eq!(with("parameters", 5.into()), cast("BIGINT", "TEXT, MAP, FILE"));
    assert_eq!(with("body", Value::list(vec![])), cast("LIST", "TEXT, MAP, FILE"));
    assert_eq!(with("connection", of_json("{}")), cast("MAP", "TEXT"));
    assert_eq!(with("detailed", 1.into()), cast("BIGINT", "BOOLEAN"));
    assert_eq!(with("files", 1.into()), cast("BIGINT", "TEXT, LIST, MAP, FILE"));
    let get = [("url", URL.into()), ("parameters", file("a", b""))];
    assert_eq!(message(invoke(&get)), cast("FILE", "TEXT, MAP"));
}

#[test]
fn what_cannot_be_combined_or_is_not_known_says_so() {
    let with = |attributes: &[(&str, Value)]| {
        let mut all = vec![("url", URL.into())];
        all.extend_from_slice(attributes);
        code(invoke(&all))
    };
    assert_eq!(with(&[("body", "a".into()), ("parameters", "b".into())]), "run::body-and-parameters");
    assert_eq!(with(&[("response-format", "PDF".into())]), "run::invokeurl-response-format");
    assert_eq!(with(&[("response-decoding", "UTF-99".into())]), "run::charset");
    assert_eq!(with(&[("response-decoding", "utf-8".into()), ("response-format", "default".into())]), "no failure");
    assert_eq!(with(&[("useraccess", true.into()), ("connection_timeout", 5.into())]), "no failure");
    let text_with_files = [("type", "POST".into()), ("files", file("a", b"")), ("parameters", "x".into())];
    assert_eq!(with(&text_with_files), "run::argument-type");
}
