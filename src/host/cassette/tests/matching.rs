//! What counts as the same request, and what a miss says.

use super::*;
use crate::http::Part;

fn words(text: &str) -> Vec<String> {
    text.split(',').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Whether a recorded request answers another one.
#[track_caller]
fn answers(matched_by: &str, ignore: &str, recorded: &Effect, asked: &Effect) -> bool {
    let desk = Desk::new();
    let options = Options { matched_by: words(matched_by), ignore: words(ignore), ..Options::default() };
    desk.record(options, &[(recorded.clone(), json(URL, "{}"))]);
    // The words stand in the head, so that nobody repeats them.
    !matches!(ask(&desk.replay(), asked), Reply::Failed(_))
}

#[test]
fn requests_are_compared_by_what_they_mean() {
    let same = |a: &Effect, b: &Effect| answers("", "", a, b);
    assert!(same(&post_json(URL, "{\"a\":1,\"b\":[2]}"), &post_json(URL, "{ \"b\": [2], \"a\": 1 }")));
    assert!(!same(&post_json(URL, "{\"a\":1}"), &post_json(URL, "{\"a\":2}")));
    assert!(!same(&post_json(URL, "[1,2]"), &post_json(URL, "[2,1]")));
    assert!(!same(&get(URL), &post(URL, Body::Empty)));
    assert!(!same(&get(&format!("{URL}?a=1&b=2")), &get(&format!("{URL}?b=2&a=1"))));
    let form = |fields: &[(&str, &str)]| {
        post(URL, Body::Form(fields.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect()))
    };
    assert!(same(&form(&[("a", "1"), ("b", "{\"x\":1, \"y\":2}")]), &form(&[("b", "{\"y\":2,\"x\":1}"), ("a", "1")])));
    assert!(!same(&form(&[("a", "1"), ("a", "2")]), &form(&[("a", "2"), ("a", "1")])));
    let raw =
        Body::Raw { content_type: "application/x-www-form-urlencoded".into(), bytes: Bytes::from_static(b"b=2&a=1+1") };
    assert!(same(&form(&[("a", "1 1"), ("b", "2")]), &post(URL, raw)));
    let parts = |bytes: &'static [u8]| {
        let part = Part {
            name: "file".into(),
            file_name: Some("a.png".into()),
            content_type: Some("image/png".into()),
            bytes: Bytes::from_static(bytes),
        };
        post(URL, Body::Multipart(vec![part]))
    };
    assert!(same(&parts(b"\xff\x00"), &parts(b"\xff\x00")));
    assert!(!same(&parts(b"\xff\x00"), &parts(b"\xff\x01")));
}

#[test]
fn the_words_choose_what_is_compared() {
    let query = |query: &str| get(&format!("{URL}?{query}"));
    assert!(answers("method,url,unordered-query", "", &query("a=1&b=2"), &query("b=2&a=1")));
    assert!(answers("method,host,path", "", &query("a=1"), &query("a=2")));
    assert!(answers("query", "", &query("a=1"), &get("https://other.test/x?a=1")));
    assert!(answers("", "query.nonce", &query("a=1&nonce=5"), &query("a=1&nonce=6")));
    assert!(answers("", "body.at", &post_json(URL, "{\"at\":1,\"b\":2}"), &post_json(URL, "{\"b\":2,\"at\":5}")));
    let rows = |id: u32| post_json(URL, &format!("{{\"rows\":[{{\"id\":{id},\"n\":1}},{{\"id\":{id},\"n\":2}}]}}"));
    assert!(!answers("", "", &rows(1), &rows(2)));
    assert!(answers("", "body.rows[].id", &rows(1), &rows(2)));
    assert!(!answers("", "body.rows[0].id", &rows(1), &rows(2)));
    let header = |value: &str| {
        let mut http = http::Request::new(Method::Get, URL.parse().unwrap());
        http.headers.push(("X-Id".into(), value.into()));
        request(http)
    };
    assert!(answers("", "", &header("1"), &header("2")));
    assert!(!answers("method,url,headers:x-id", "", &header("1"), &header("2")));
    assert!(answers("method,url,headers:x-id", "headers.X-Id", &header("1"), &header("2")));
    for wrong in [&["method", "colour"][..], &["headers:"]] {
        let matched_by = wrong.iter().map(|word| (*word).to_owned()).collect();
        let opened = Cassette::open(&Desk::new().folder(), Options { matched_by, ..Options::default() });
        assert_eq!(opened.err().unwrap().code(), "replay::matcher");
    }
    for wrong in ["body", "body.", "cookie.a"] {
        let opened = Cassette::open(&Desk::new().folder(), Options { ignore: words(wrong), ..Options::default() });
        assert_eq!(opened.err().unwrap().code(), "replay::matcher", "{wrong}");
    }
}

#[test]
fn a_miss_says_what_differs_from_the_nearest() {
    let desk = Desk::new();
    let order = |page: u32, price: &str, note: &str| {
        post_json(&format!("{URL}?page={page}"), &format!("{{\"items\":[{{\"price\":{price}}}],\"note\":\"{note}\"}}"))
    };
    let other = get("https://books.acme.test/invoices");
    desk.record(Options::default(), &[(other, json(URL, "{}")), (order(1, "5", "hi"), json(URL, "{}"))]);
    let cassette = desk.replay();
    let (message, help) = miss(ask(&cassette, &order(2, "6.50", "hi")));
    assert_eq!(message, format!("no recorded answer is left for POST {URL}?page=2"));
    for part in [
        "the nearest is 0002-post-api.acme.test-orders.json",
        "query `page`: recorded \"1\", asked \"2\"",
        "body `items[0].price`: recorded 5, asked 6.50",
        "--cassette-mode new_episodes",
    ] {
        assert!(help.contains(part), "{part}:\n{help}");
    }
    assert!(!help.contains("note"), "{help}");
    let (_, help) = miss(ask(&cassette, &get("https://books.acme.test/bills")));
    assert!(help.contains("0001-") && help.contains("path: recorded \"/invoices\", asked \"/bills\""), "{help}");
    assert_eq!(cassette.finish().unwrap().missed, 2);
}
