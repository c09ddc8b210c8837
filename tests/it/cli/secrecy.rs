//! A secret is shown nowhere: one marker stands in each kind of credential, the server throws every marker back in many
//! encodings, and neither stream of any command has one, nor does any file in the clear.

use base64::Engine;
use base64::alphabet;
use base64::engine::general_purpose::{GeneralPurpose, NO_PAD, STANDARD};
use serde_json::json;

use super::credentials::{connect, send, service};
use super::harness::{Desk, Done};
use super::server::{Answer, Seen, Server};

/// A text with everything that encodings write differently.
fn marker(name: &str) -> String {
    format!("Mk{name}/q+Z\"x&<9=vTw1~R{name}")
}

/// How a marker may look: as it is, and in the usual encodings.
fn forms(marker: &str) -> Vec<String> {
    let bytes = marker.as_bytes();
    let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._~".contains(byte);
    let upper = |byte: &u8| if is_plain(byte) { char::from(*byte).to_string() } else { format!("%{byte:02X}") };
    let lower = |byte: &u8| if is_plain(byte) { char::from(*byte).to_string() } else { format!("%{byte:02x}") };
    let form: String = url::form_urlencoded::byte_serialize(bytes).collect();
    let whole: String = bytes.iter().map(|byte| format!("%{byte:02X}")).collect();
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let json = json!(marker).to_string();
    let html = marker.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
    let mut forms = vec![marker.to_owned(), json[1..json.len() - 1].to_owned(), html, hex.to_uppercase(), hex];
    forms.extend([form, whole.to_lowercase(), whole]);
    forms.extend([bytes.iter().map(upper).collect(), bytes.iter().map(lower).collect()]);
    for alphabet in [alphabet::STANDARD, alphabet::URL_SAFE] {
        let engine = GeneralPurpose::new(&alphabet, NO_PAD);
        for before in 0..3 {
            // The digits that the marker alone decides, with other text before and after it.
            let encoded = engine.encode([&b"xx"[..before], bytes, b"yy"].concat());
            forms.push(encoded[(before * 8).div_ceil(6)..(before + bytes.len()) * 8 / 6].to_owned());
        }
    }
    forms
}

/// Everything that a server can do with what it knows.
fn thrown_back(markers: &[String]) -> serde_json::Value {
    let texts: Vec<String> = markers.iter().flat_map(|marker| forms(marker)).collect();
    let inside: Vec<String> = markers.iter().map(|marker| format!("before{marker}after")).collect();
    let joined: Vec<String> = markers.iter().map(|marker| STANDARD.encode(format!("ann:{marker}"))).collect();
    let nested: Vec<String> =
        markers.iter().map(|marker| json!({"a": json!({"b": marker}).to_string()}).to_string()).collect();
    let first = &markers[0];
    json!({"raw": first, "texts": texts, "inside": inside, "joined": joined, "nested": nested, first: "as a key"})
}

#[track_caller]
fn shows_none(markers: &[String], what: &str, text: &str) {
    for marker in markers {
        for form in forms(marker) {
            if let Some(at) = text.find(&form) {
                let around: String = text[..at].chars().rev().take(60).collect::<String>().chars().rev().collect();
                panic!("{what} shows {form:?} after {around:?}");
            }
        }
    }
}

/// Every way of a run to show something, alone and together.
const SINKS: [&[&str]; 10] = [
    &[],
    &["--trace"],
    &["--trace=headers"],
    &["--json"],
    &["--json", "--trace"],
    &["--dry-run"],
    &["--curl"],
    &["--curl", "--dry-run"],
    &["--har", "run.har"],
    &["--curl", "--trace", "--json", "--usage", "--har", "all.har"],
];

/// The archives, as they are and with their texts read, hold requests and no secret.
#[track_caller]
fn archive_shows_none(markers: &[String], desk: &Desk) {
    for name in ["run.har", "all.har"] {
        let text = std::fs::read_to_string(desk.path(name)).unwrap();
        shows_none(markers, name, &text);
        let archive: serde_json::Value = serde_json::from_str(&text).unwrap();
        let entries = archive["log"]["entries"].as_array().unwrap();
        assert!(entries.len() >= 2 && text.contains("[redacted]"), "{text}");
        let mut left = vec![&archive];
        while let Some(value) = left.pop() {
            match value {
                serde_json::Value::String(text) => shows_none(markers, name, text),
                serde_json::Value::Array(values) => left.extend(values),
                serde_json::Value::Object(fields) => left.extend(fields.values()),
                _ => {}
            }
        }
    }
}

/// Sets a connection up and lets every command speak about it.
fn stays_hidden(auth: &str, secrets: &[(&str, &str)], options: &[&str], request: &str, by_server: &[&str]) {
    let secret: Vec<(&str, String)> = secrets
        .iter()
        .map(|(key, value)| (*key, if *value == "M" { marker(key) } else { (*value).to_owned() }))
        .collect();
    let ours =
        secret.iter().zip(secrets).filter(|(_, (_, value))| *value == "M").map(|((_, marker), _)| marker.clone());
    let markers: Vec<String> = ours.chain(by_server.iter().map(|name| marker(name))).collect();
    let known = markers.clone();
    let server = Server::start(move |seen: &Seen| match seen.path() {
        "/token" => Answer::json(
            200,
            json!({"access_token": marker("issued"), "refresh_token": marker("rotated"), "expires_in": 0,
                   "note": thrown_back(&known)}),
        ),
        "/refused" => Answer::json(401, thrown_back(&known)),
        _ => Answer::json(200, thrown_back(&known)),
    });
    let desk = Desk::project("");
    service(&desk, "acme", &auth.replace("TOKEN_URL", &server.url("/token")));
    let secret: Vec<(&str, &str)> = secret.iter().map(|(key, value)| (*key, value.as_str())).collect();

    let mut outputs: Vec<(String, Done)> = Vec::new();
    // Before each run, since a run may replace tokens, and those that are gone are not known any more.
    let create = |json: &[&str]| connect(&desk, "shop", "acme", &[options, json].concat(), &secret).expect(0);
    outputs.push(("create".to_owned(), create(&["--json"])));
    let script = format!(
        "reply = invokeurl [url: \"{}?q=1\" {request} connection: \"shop\"];\ninfo reply;\ninfo reply.get(\"raw\");\n\
         for each text in ifnull(reply.get(\"texts\"), List())\n{{\n\tinfo \"it is \" + text;\n}}\n\
         whole = invokeurl [url: \"{}\" {request} connection: \"shop\" detailed: true];\ninfo whole;\nreturn reply;\n",
        server.url("/orders"),
        server.url("/refused"),
    );
    for options in SINKS {
        outputs.push(("create".to_owned(), create(&[])));
        let done = desk.run(&script, options).expect(0);
        if options.contains(&"--curl") {
            assert!(done.stderr.contains("\ncurl ") && done.stderr.contains("$SHOP_"), "{}", done.stderr);
        }
        outputs.push((format!("run {options:?}"), done));
    }
    archive_shows_none(&markers, &desk);
    let masked =
        outputs.iter().filter(|(what, done)| what.starts_with("run") && done.stdout.contains("[redacted]")).count();
    let dry = SINKS.iter().filter(|options| options.contains(&"--dry-run")).count();
    assert_eq!(masked, SINKS.len() - dry, "every run but the dry ones prints masks");
    let failing = format!(
        "reply = invokeurl [url: \"{}\" {request} connection: \"shop\"];\nthrow reply.get(\"raw\");\n",
        server.url("/orders"),
    );
    for options in [&[][..], &["--json"]] {
        create(&[]);
        outputs.push(("a failing run".to_owned(), desk.run(&failing, options).expect(3)));
    }
    for arguments in [
        &["connections", "list"][..],
        &["connections", "list", "--json"],
        &["connections", "show", "shop"],
        &["connections", "show", "shop", "--json"],
        &["services", "show", "acme"],
        &["services", "list", "--custom", "--json"],
        &["connections", "show", "shopp"],
        &["check", "."],
        &["connections", "delete", "shop"],
    ] {
        outputs.push((arguments.join(" "), desk.sluice(arguments)));
        if arguments[1] == "list" {
            for (path, content) in desk.files() {
                shows_none(&markers, &path.display().to_string(), &String::from_utf8_lossy(&content));
            }
        }
    }
    for (what, done) in outputs {
        shows_none(&markers, &what, &done.all());
    }
    assert!(!server.seen().is_empty());
}

#[test]
fn a_password() {
    stays_hidden("type = \"basic\"", &[("username", "ann"), ("password", "M")], &[], "type: GET", &[]);
}

#[test]
fn a_user_name_that_is_the_key() {
    stays_hidden("type = \"basic\"", &[("username", "M"), ("password", "x")], &[], "type: GET", &[]);
}

#[test]
fn api_keys() {
    let auth = "type = \"api_key\"\nparameters = [\n{ key = \"X-Own\", location = \"header\" },\n\
                { key = \"own\", location = \"query\" },\n{ key = \"form\", location = \"form\" },\n]";
    let secrets = [("X-Own", "M"), ("own", "M"), ("form", "M")];
    stays_hidden(auth, &secrets, &[], "type: POST parameters: {\"a\": 1}", &[]);
}

#[test]
fn tokens_and_client_secrets() {
    let auth =
        "type = \"oauth2\"\ngrant = \"authorization_code\"\nauthorize_url = \"TOKEN_URL\"\ntoken_url = \"TOKEN_URL\"";
    let secrets = [("client_id", "ann"), ("client_secret", "M"), ("refresh_token", "M"), ("access_token", "M")];
    let by_server = ["issued", "rotated"];
    stays_hidden(auth, &secrets, &["--expires-in", "0"], "type: GET", &by_server);
    // A token that is still good, refused on the way: nobody knows the next one before it is issued.
    stays_hidden(auth, &secrets, &["--expires-in", "3600"], "type: GET", &[]);
    let in_query = format!("{auth}\nlocation = \"query\"");
    stays_hidden(&in_query, &secrets, &["--expires-in", "0"], "type: GET", &by_server);
}

#[test]
fn a_client_of_its_own() {
    let auth = "type = \"oauth2\"\ngrant = \"client_credentials\"\nclient_auth = \"basic\"\ntoken_url = \"TOKEN_URL\"";
    stays_hidden(auth, &[("client_id", "ann"), ("client_secret", "M")], &[], "type: GET", &["issued"]);
}

#[test]
fn a_token_endpoint_that_repeats_what_it_was_sent() {
    let markers = [marker("secret"), marker("refresh")];
    let known = markers.clone();
    let answers = [
        Answer::json(400, json!({"error": known[0], "error_description": format!("{} is not known", known[1])})),
        Answer::json(200, json!({"error": "invalid_client", "error_description": known.join(" and ")})),
        Answer::Reply { status: 200, media_type: "text/html", body: format!("<p>{} {}</p>", known[0], known[1]) },
        Answer::Reply { status: 500, media_type: "text/plain", body: known.join("\n") },
    ];
    for answer in answers {
        let answer = std::sync::Mutex::new(Some(answer));
        let server = Server::start(move |_| answer.lock().unwrap().take().unwrap_or_else(Answer::ok));
        let desk = Desk::project("");
        let auth = "type = \"oauth2\"\ngrant = \"authorization_code\"\nauthorize_url = \"URL\"\ntoken_url = \"URL\"";
        service(&desk, "acme", &auth.replace("URL", &server.url("/token")));
        let secrets = [("client_id", "ann"), ("client_secret", &*markers[0]), ("refresh_token", &*markers[1])];
        connect(&desk, "shop", "acme", &[], &secrets).expect(0);
        let done = send(&desk, &server.url("/"), "shop", "type: GET").expect(5);
        shows_none(&markers, "the message", &done.all());
        let shown = desk.sluice(&["connections", "show", "shop"]).expect(0);
        shows_none(&markers, "show", &shown.all());
    }
}

#[test]
fn what_a_script_sets_by_hand_under_a_known_name() {
    let (desk, server) = (Desk::new(), Server::friendly());
    let markers = ["header", "query", "body"].map(marker);
    let script = "\
reply = invokeurl
[
	url: address
	type: POST
	headers: {\"Authorization\": \"Bearer \" + header, \"X-Api-Key\": header}
	parameters: {\"client_secret\": body, \"name\": \"plain\"}
];
info reply;
";
    let query: String = url::form_urlencoded::byte_serialize(markers[1].as_bytes()).collect();
    let address = format!("address={}?access_token={query}", server.url("/by-hand"));
    let (header, body) = (format!("header={}", markers[0]), format!("body={}", markers[2]));
    let arguments = ["--arg", &address, "--arg", &header, "--arg", &body];
    for options in [&["--trace"][..], &["--dry-run"], &["--curl"]] {
        let done = desk.run(script, &[&arguments, options].concat()).expect(0);
        let masked = if options == ["--curl"] { "$AUTHORIZATION" } else { "[redacted]" };
        assert!(done.stderr.contains("/by-hand") && done.stderr.contains(masked), "{done:?}");
        assert!(done.stderr.contains("plain"), "{done:?}");
        shows_none(&markers, options[0], &done.all());
    }
    desk.run(script, &[&arguments[..], &["--har", "by-hand.har"]].concat()).expect(0);
    let archive = std::fs::read_to_string(desk.path("by-hand.har")).unwrap();
    assert!(archive.contains("plain"), "{archive}");
    shows_none(&markers, "--har", &archive);
    assert_eq!(server.seen().len(), 3);
    assert!(server.seen().iter().all(|seen| seen.header("authorization").ends_with(&markers[0])));
}
