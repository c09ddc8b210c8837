//! Secrets that are known by their names.

use bytes::Bytes;

use super::super::sensitive::{learn_content, learn_headers, learn_request};
use super::super::{Body, Method, Part, Request, Response, is_sensitive_field, is_sensitive_header, mask_fields};
use crate::secret::Redactor;

#[test]
fn names_are_known_in_any_case_and_with_either_dash() {
    for name in ["Authorization", "COOKIE", "x-api-key", "Client-Secret", "X-Auth-Token", "apikey"] {
        assert!(is_sensitive_header(name), "{name}");
    }
    for name in ["access_token", "ACCESS-TOKEN", "zapikey", "client_secret", "Password"] {
        assert!(is_sensitive_field(name), "{name}");
    }
    for name in ["accept", "page_token", "tokens", "passwords", "code", "", "x"] {
        assert!(!is_sensitive_header(name) && !is_sensitive_field(name), "{name}");
    }
}

#[test]
fn values_are_masked_in_every_notation() {
    for (text, masked) in [
        ("a=1&access_token=abc.def&b=2", "a=1&access_token=[redacted]&b=2"),
        (r#"{"access_token": "a\"b", "n": 1}"#, r#"{"access_token": "[redacted]", "n": 1}"#),
        (r#"{"a":"{\"client_secret\":\"s3\",\"x\":1}"}"#, r#"{"a":"{\"client_secret\":\"[redacted]\",\"x\":1}"}"#),
        ("JSONString=%7B%22password%22%3A%22p%26w%22%7D&x=1", "JSONString=%7B%22password%22%3A%22[redacted]%22%7D&x=1"),
        ("<r><api_key>k</api_key></r>", "<r><api_key>[redacted]</api_key></r>"),
        ("/path?zapikey=1003.x HTTP", "/path?zapikey=[redacted] HTTP"),
        ("{&quot;token&quot;:&quot;t&quot;}", "{&quot;token&quot;:&quot;[redacted]&quot;}"),
    ] {
        assert_eq!(mask_fields(text), masked);
    }
    for text in [
        "the password: wrong",
        r#"<input type="password" name="x">"#,
        r#"{"token": null, "password": {"set": true}, "api_key": 12}"#,
        "access_token=",
        "page_token=abc",
        "password",
        "password=",
        "\"password\":\"",
        "%password%22",
    ] {
        assert_eq!(mask_fields(text), text);
    }
}

#[test]
fn what_a_request_carries_is_learned() {
    let mut request = Request::new(
        Method::Post,
        "https://u:url-password@a.example/?zapikey=query-key-1&page=visible".parse().unwrap(),
    );
    request.set_header("Authorization", "Zoho-oauthtoken header-token-1");
    request.set_header("Proxy-Authorization", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    request.set_header("Cookie", "lang=english; session=cookie-value-0123456789");
    request.set_header("X-Special", "special-header-1");
    request.set_header("X-Other", "visible-header");
    request.credential_headers = vec!["x-special".into()];
    request.body = Body::Form(vec![
        ("client_secret".into(), "form-secret-1".into()),
        ("JSONString".into(), r#"{"password":"json\/secret-1","name":"visible-name"}"#.into()),
    ]);
    let redactor = Redactor::default();
    learn_request(&request, &redactor);
    for secret in [
        "url-password",
        "query-key-1",
        "header-token-1",
        "open sesame",
        "cookie-value-0123456789",
        "special-header-1",
        "form-secret-1",
        "json/secret-1",
    ] {
        assert_eq!(redactor.redact(secret), "[redacted]", "{secret}");
    }
    for other in ["visible", "visible-header", "visible-name", "english", "Zoho-oauthtoken", "Aladdin"] {
        assert_eq!(redactor.redact(other), other);
    }
}

#[test]
fn other_bodies_are_learned_too() {
    let redactor = Redactor::default();
    let part = |name: &str, text: &'static str| Part {
        name: name.into(),
        file_name: None,
        content_type: None,
        bytes: Bytes::from_static(text.as_bytes()),
    };
    let mut request = Request::new(Method::Post, "https://a.example/".parse().unwrap());
    request.body = Body::Multipart(vec![part("api_key", "part-key-1"), part("note", "visible-note")]);
    learn_request(&request, &redactor);
    let bytes = Bytes::from_static(b"refresh_token=raw%2Ftoken+1&token=true\xff");
    request.body = Body::Raw { content_type: String::new(), bytes };
    learn_request(&request, &redactor);
    assert_eq!(
        redactor.redact("part-key-1, raw/token 1, visible-note, true"),
        "[redacted], [redacted], visible-note, true"
    );
}

#[test]
fn what_an_answer_hands_out_is_learned() {
    let redactor = Redactor::default();
    learn_headers(
        &[("set-cookie".into(), "sid=0123456789abcdefgh; Path=/some-long-path-here; HttpOnly".into())],
        &redactor,
    );
    let response = Response {
        status: 200,
        headers: Vec::new(),
        body: Bytes::from_static(
            br#"{"access_token":"1000.answer-token","api_domain":"https://www.zohoapis.eu","token":"word"}"#,
        ),
        url: "https://a.example/".parse().unwrap(),
    };
    learn_content(&response, &redactor);
    assert_eq!(redactor.redact("0123456789abcdefgh 1000.answer-token"), "[redacted] [redacted]");
    for other in ["https://www.zohoapis.eu", "/some-long-path-here", "word"] {
        assert_eq!(redactor.redact(other), other);
    }
}
