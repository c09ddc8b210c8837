//! What each kind of body looks like on the wire.

use bytes::Bytes;

use super::super::{Body, Method, Part, Request};
use super::server::{Received, Server, answer};
use super::{open, send};

async fn sent(method: Method, body: Body, headers: &[(&str, &str)]) -> Received {
    let server = Server::start(|_| answer(200, &[], b""));
    let mut request = Request::new(method, server.url("/"));
    request.body = body;
    for (name, value) in headers {
        request.set_header(name, *value);
    }
    send(open(), request).await.unwrap();
    server.only()
}

fn text_part(name: &str, text: &str) -> Part {
    Part { name: name.into(), file_name: None, content_type: None, bytes: Bytes::from(text.to_owned()) }
}

#[tokio::test]
async fn a_form_is_encoded_as_browsers_do() {
    let fields =
        vec![("JSONString".to_owned(), r#"{"name":"Ann & Bo","n":1}"#.to_owned()), ("é".into(), "a+b *~".into())];
    let received = sent(Method::Put, Body::Form(fields), &[]).await;
    assert_eq!(received.header("content-type").unwrap(), "application/x-www-form-urlencoded");
    assert_eq!(received.text(), "JSONString=%7B%22name%22%3A%22Ann+%26+Bo%22%2C%22n%22%3A1%7D&%C3%A9=a%2Bb+*%7E");
}

#[tokio::test]
async fn raw_bytes_go_as_they_are_and_a_given_content_type_wins() {
    let body = || Body::Raw { content_type: "text/plain".into(), bytes: Bytes::from_static(b"{\"a\":1}\r\n\0") };
    let received = sent(Method::Post, body(), &[]).await;
    assert_eq!(received.header("content-type").unwrap(), "text/plain");
    assert_eq!(received.body, b"{\"a\":1}\r\n\0");
    let received = sent(Method::Patch, body(), &[("content-TYPE", "application/json")]).await;
    assert_eq!(received.method, "PATCH");
    assert_eq!(received.header("content-type").unwrap(), "application/json");
}

#[tokio::test]
async fn nothing_is_sent_as_nothing() {
    let received = sent(Method::Get, Body::Empty, &[]).await;
    assert_eq!((received.header("content-length"), received.header("content-type")), (None, None));
    let received = sent(Method::Post, Body::Empty, &[]).await;
    assert_eq!(received.header("content-length").unwrap(), "0");
    let received = sent(Method::Delete, Body::Form(vec![("id".into(), "7".into())]), &[]).await;
    assert_eq!(received.text(), "id=7");
}

#[tokio::test]
async fn multipart_has_each_part_in_order() {
    let file = Part {
        name: "the \"file\"".into(),
        file_name: Some("grüße.png".into()),
        content_type: Some("image/png".into()),
        bytes: Bytes::from_static(&[0, 255, 13, 10]),
    };
    let bare = Part { file_name: Some("x".into()), content_type: None, ..file.clone() };
    let received = sent(Method::Post, Body::Multipart(vec![text_part("note", "hi"), file, bare]), &[]).await;
    let content_type = received.header("content-type").unwrap();
    let boundary = content_type.strip_prefix("multipart/form-data; boundary=").unwrap();
    let mut expected = format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nhi\r\n--{boundary}\r\n\
         Content-Disposition: form-data; name=\"the %22file%22\"; filename=\"grüße.png\"\r\nContent-Type: image/png\r\n\r\n"
    )
    .into_bytes();
    expected.extend_from_slice(&[0, 255, 13, 10]);
    expected.extend_from_slice(
        format!(
            "\r\n--{boundary}\r\nContent-Disposition: form-data; name=\"the %22file%22\"; filename=\"x\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        )
        .as_bytes(),
    );
    expected.extend_from_slice(&[0, 255, 13, 10]);
    expected.extend_from_slice(format!("\r\n--{boundary}--\r\n").as_bytes());
    assert_eq!(received.body, expected);
}

#[tokio::test]
async fn a_given_multipart_type_keeps_or_gets_its_boundary() {
    let body = || Body::Multipart(vec![text_part("a", "1")]);
    let received = sent(Method::Post, body(), &[("Content-Type", "multipart/form-data; boundary=\"own\"")]).await;
    assert_eq!(received.header("content-type").unwrap(), "multipart/form-data; boundary=\"own\"");
    assert!(received.text().starts_with("--own\r\n"));
    let received = sent(Method::Post, body(), &[("Content-Type", "Multipart/Form-Data;")]).await;
    let content_type = received.header("content-type").unwrap();
    let boundary = content_type.strip_prefix("Multipart/Form-Data; boundary=").unwrap();
    assert!(received.text().starts_with(&format!("--{boundary}\r\n")));
}

#[tokio::test]
async fn line_breaks_in_the_head_of_a_part_are_refused() {
    let parts = [
        Part { name: "a\r\nb".into(), ..text_part("", "") },
        Part { file_name: Some("a\nb".into()), ..text_part("f", "") },
        Part { content_type: Some("text/plain\r\nX: 1".into()), ..text_part("f", "") },
    ];
    for part in parts {
        let mut request = Request::new(Method::Post, "http://127.0.0.1:9/".parse().unwrap());
        request.body = Body::Multipart(vec![part]);
        let error = send(open(), request).await.unwrap_err();
        assert_eq!(error.code(), "http::invalid-header");
    }
}
