//! No secret gets into a file, whatever it is in; what is masked still matches.

use base64::Engine as _;

use super::*;
use crate::secret::{Redactor, Secret};

const MARKER: &str = "Mk/q+Z\"x&<9=vTw1~R";

/// A marker as other places write it.
fn forms() -> Vec<String> {
    let hex: String = MARKER.bytes().map(|byte| format!("{byte:02x}")).collect();
    let json = serde_json::json!(MARKER).to_string();
    let percent: String = url::form_urlencoded::byte_serialize(MARKER.as_bytes()).collect();
    let base64 = base64::engine::general_purpose::STANDARD.encode(MARKER);
    vec![MARKER.to_owned(), json[1..json.len() - 1].to_owned(), percent, hex, base64]
}

#[track_caller]
fn shows_none(desk: &Desk) {
    for (name, content) in desk.files() {
        let text = String::from_utf8_lossy(&content);
        for form in forms() {
            assert!(!text.contains(&form), "{name} shows {form}:\n{text}");
            assert!(!name.contains(&form));
        }
    }
}

fn telling_exchange() -> (Effect, Reply) {
    let mut http = http::Request::new(Method::Post, format!("{URL}?q={}", forms()[2]).parse().unwrap());
    http.headers.push(("X-Note".into(), MARKER.into()));
    http.headers.push(("Authorization".into(), "Bearer of-the-script".into()));
    http.body = Body::Form(vec![("text".into(), MARKER.into()), ("password".into(), "of-the-script".into())]);
    let odd = format!("{{ \"all\" : {}, \"n\": 83920174 }}", serde_json::json!(forms()));
    (request(http), json(URL, &odd))
}

#[test]
fn a_known_value_is_nowhere_in_any_encoding() {
    let desk = Desk::new();
    let redactor = Arc::new(Redactor::default());
    redactor.register(&Secret::new(MARKER));
    redactor.register(&Secret::new("83920174"));
    let mut binary = b"\x00\xff".to_vec();
    binary.extend_from_slice(MARKER.as_bytes());
    let large = format!("{}{}", "x".repeat(70_000), forms().join(" "));
    let exchanges = [
        telling_exchange(),
        (get(&format!("{URL}/b")), answer(URL, "image/png", binary)),
        (get(&format!("{URL}/l")), answer(URL, "text/plain", large)),
    ];
    desk.record(Options { redactor: Arc::clone(&redactor), ..Options::default() }, &exchanges);
    shows_none(&desk);
    let all: String = desk.files().iter().map(|(_, content)| String::from_utf8_lossy(content).into_owned()).collect();
    assert!(!all.contains("of-the-script") && !all.contains("83920174"), "{all}");
    // What is masked is found again, also where nobody knows the secret.
    let cassette = desk.replay();
    let Reply::Response(response) = ask(&cassette, &telling_exchange().0) else { panic!("no answer") };
    let body: serde_json::Value = serde_json::from_slice(&response.body).expect("masked JSON is JSON");
    assert_eq!(body["n"], "[redacted]");
}

#[test]
fn what_is_learned_later_is_gone_from_what_came_before() {
    let desk = Desk::new();
    let before = post_json(URL, "{\"note\": \"tk-0123456789\"}");
    let after =
        json(URL, "{\"access_token\": \"tk-0123456789\", \"token\": 1234567, \"keys\": {\"api_key\": [\"abcdefgh\"]}}");
    desk.record(Options::default(), &[(before.clone(), json(URL, "{}")), (get(URL), after)]);
    let all: String = desk.files().iter().map(|(_, content)| String::from_utf8_lossy(content).into_owned()).collect();
    for secret in ["tk-0123456789", "1234567", "abcdefgh"] {
        assert!(!all.contains(secret), "{secret}:\n{all}");
    }
    assert!(matches!(ask(&desk.replay(), &before), Reply::Response(_)));
}

#[test]
fn patterns_mask_more_and_plain_ones_stay_out_of_the_head() {
    let desk = Desk::new();
    let redact = ["cust-([0-9]+)", "hunter2", "[A-Z]{2}[0-9]{4}"].map(str::to_owned).to_vec();
    let body = "{\"id\":\"cust-77\",\"nick\":\"hunter2\",\"plate\":\"see AB1234!\",\"n\":12}";
    let report = desk.record(Options { redact, ..Options::default() }, &[(post_json(URL, body), json(URL, body))]);
    assert_eq!(report.private_patterns, 1);
    let all: String = desk.files().iter().map(|(_, content)| String::from_utf8_lossy(content).into_owned()).collect();
    assert!(!all.contains("hunter2") && !all.contains("AB1234") && !all.contains("cust-77"), "{all}");
    assert!(all.contains("cust-[redacted]") && all.contains("see [redacted]!"), "{all}");
    assert!(matches!(ask(&desk.replay(), &post_json(URL, body)), Reply::Response(_)));
    for wrong in ["(", "x*", &"x".repeat(5000)] {
        let options = Options { redact: vec![wrong.to_owned()], ..Options::default() };
        let error = Cassette::open(&Desk::new().folder(), options).err().unwrap();
        assert_eq!(error.code(), "replay::pattern");
        assert!(!error.to_string().contains("xxxx"));
    }
}

#[test]
fn users_and_passwords_of_addresses_are_masked() {
    let desk = Desk::new();
    let asked = get("https://ann:s3cretpw@api.acme.test/orders");
    desk.record(Options::default(), &[(asked.clone(), json(URL, "{}"))]);
    let all: String = desk.files().iter().map(|(_, content)| String::from_utf8_lossy(content).into_owned()).collect();
    assert!(!all.contains("s3cretpw") && all.contains("https://[redacted]@api.acme.test/orders"), "{all}");
    assert!(matches!(ask(&desk.replay(), &asked), Reply::Response(_)));
}

#[test]
fn what_looks_personal_is_told_by_kind_and_never_by_value() {
    let desk = Desk::new();
    let body = "{\"email\":\"ann@example.com\",\"call\":\"+44 20 7946 0958\",\"iban\":\"DE89370400440532013000\",\
                \"card\":\"4111 1111 1111 1111\",\"id\":\"4876876000000333001\",\"not_card\":\"4111 1111 1111 1112\"}";
    let report = desk.record(Options::default(), &[(get(URL), json(URL, body))]);
    let found: Vec<(&str, usize)> = report.personal.iter().map(|finding| (finding.kind, finding.count)).collect();
    assert_eq!(
        found,
        [
            ("account numbers (IBAN)", 1),
            ("card numbers", 1),
            ("fields with personal names", 2),
            ("mail addresses", 1),
            ("telephone numbers", 1)
        ]
    );
    assert!(report.personal.iter().all(|finding| finding.files == ["0001-get-api.acme.test-orders.json"]));
    let plain = Desk::new().record(Options::default(), &[(get(URL), json(URL, "{\"id\":17,\"date\":\"2026-01-31\"}"))]);
    assert_eq!(plain.personal, []);
}
