//! The printed commands do what they say: a shell hands exactly the right arguments on, and the real curl, where there is
//! one, sends what our own client sends.

use std::process::Command as Process;

use bytes::Bytes;
use proptest::prelude::*;
use url::Url;

use super::super::{Body, Client, Command, Method, Part, Request, variable};
use super::open;
use super::server::{Received, Server, answer};
use crate::secret::Redactor;

const KEY: &str = "k-y 'of\" \\the $(shop)%41+&=é";

/// What curl would be started with.
fn by_shell(lines: &[String]) -> Vec<String> {
    let script = format!("curl() {{ for a in \"$@\"; do printf '%s\\0' \"$a\"; done; }}\n{}\n", lines.join("\n"));
    let done = Process::new("sh").arg("-c").arg(&script).env("ACME_KEY", KEY).output().unwrap();
    assert!(done.status.success(), "{script}\n{}", String::from_utf8_lossy(&done.stderr));
    let text = String::from_utf8(done.stdout).unwrap();
    text.split_terminator('\0').map(str::to_owned).collect()
}

fn lines(command: &Command) -> Vec<String> {
    command.lines(&Redactor::default())
}

fn post(url: &str, body: Body) -> Request {
    let mut request = Request::new(Method::Post, Url::parse(url).unwrap());
    request.body = body;
    request
}

fn raw(content_type: &str, bytes: &[u8]) -> Body {
    Body::Raw { content_type: content_type.into(), bytes: Bytes::copy_from_slice(bytes) }
}

fn part(name: &str, file_name: Option<&str>, content_type: Option<&str>, bytes: &[u8]) -> Part {
    Part {
        name: name.into(),
        file_name: file_name.map(Into::into),
        content_type: content_type.map(Into::into),
        bytes: Bytes::copy_from_slice(bytes),
    }
}

#[test]
fn it_reads_as_a_person_would_write_it() {
    let mut request = Request::new(Method::Get, Url::parse("https://api.acme.test/orders?page=2&q=a%20b").unwrap());
    request.set_header("Authorization", format!("Zoho-oauthtoken {}", variable(["acme", "key"])));
    assert_eq!(
        lines(&Command::new(request)),
        [
            "# set first: ACME_KEY",
            "curl 'https://api.acme.test/orders?page=2&q=a%20b' \\",
            "  -H \"Authorization: Zoho-oauthtoken $ACME_KEY\"",
        ]
    );
    let mut request =
        post("https://api.acme.test/x?access_token=abc&list[]=1", raw("application/json", b"{\"a\": \"it's\"}"));
    request.method = Method::Put;
    request.set_header("X-Empty", "");
    assert_eq!(
        lines(&Command::new(request)),
        [
            "# set first: ACCESS_TOKEN (percent-encoded)",
            "curl --globoff \\",
            "  \"https://api.acme.test/x?access_token=$ACCESS_TOKEN&list[]=1\" \\",
            "  -X PUT \\",
            "  -H 'X-Empty;' \\",
            "  -H 'Content-Type: application/json' \\",
            "  --data-raw '{\"a\": \"it'\\''s\"}'",
        ]
    );
}

#[test]
fn secrets_are_variables_wherever_they_stand() {
    let key = variable(["acme", "key"]);
    let fields =
        [("a", "1 2"), ("zapikey", key.as_str()), ("client_secret", "MARKER"), ("b", "{\"password\":\"MARKER\"}")];
    let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
    let mut request = post("https://ann:MARKER@api.acme.test/?token=MARKER", Body::Form(fields));
    request.set_header("X-Api-Key", "MARKER");
    request.set_header("X-Own", "MARKER");
    request.credential_headers = vec!["x-own".into()];
    let redactor = Redactor::default();
    redactor.register_text("it's MARK2");
    request.set_header("X-Note", "this: it's MARK2");
    let shown = Command::new(request).lines(&redactor).join("\n");
    assert!(!shown.contains("MARK"), "{shown}");
    for part in [
        "# [redacted] stands for a secret",
        "# set first: TOKEN (percent-encoded), X_API_KEY, X_OWN, USERNAME, PASSWORD, ACME_KEY, CLIENT_SECRET, SECRET",
        "  --user \"$USERNAME:$PASSWORD\" \\",
        "  -H \"X-Api-Key: $X_API_KEY\" \\",
        "  --data-raw a=1+2 \\",
        "  --data-urlencode \"zapikey=$ACME_KEY\" \\",
        "  --data-urlencode \"client_secret=$CLIENT_SECRET\" \\",
        "  --data-urlencode 'b={\"password\":\"'\"$SECRET\"'\"}'",
        "  -H 'X-Note: this: [redacted]' \\",
    ] {
        assert!(shown.contains(part), "{part}\n{shown}");
    }
}

#[test]
fn files_are_named_and_lead_nowhere_else() {
    let parts = vec![
        part("doc", Some("../../etc/pass\"wd"), None, b"x"),
        part("doc", Some("-o.txt"), Some("text/plain"), b"y"),
        part("doc", Some("o.txt"), Some("text/plain"), b"y"),
        part("note", None, None, b"@not a file"),
        part("json", None, Some("application/json"), b"{\"a\": \"b\"}"),
        part("bytes", None, None, b"\0\xff"),
    ];
    let shown = lines(&Command::new(post("https://api.acme.test/", Body::Multipart(parts))));
    assert_eq!(
        shown,
        [
            "# reads pass_wd, which held 1 bytes",
            "# reads o.txt, which held 1 bytes",
            "# reads 2-o.txt, which held 1 bytes",
            "# reads part.bin, which held 2 bytes",
            "curl https://api.acme.test/ \\",
            "  -F 'doc=@\"pass_wd\";filename=\"../../etc/pass\\\"wd\";type=application/octet-stream' \\",
            "  -F 'doc=@\"o.txt\";filename=\"-o.txt\";type=text/plain' \\",
            "  -F 'doc=@\"2-o.txt\";filename=\"o.txt\";type=text/plain' \\",
            "  --form-string 'note=@not a file' \\",
            "  -F 'json=\"{\\\"a\\\": \\\"b\\\"}\";type=application/json' \\",
            "  -F 'bytes=<\"part.bin\"'",
        ]
    );
    let shown = lines(&Command::new(post("https://api.acme.test/", raw("image/png", b"\x89PNG\0"))));
    assert!(shown.contains(&"  --data-binary @body.bin".to_owned()), "{shown:?}");
}

/// Texts with everything that shells, forms and addresses treat specially.
fn text() -> impl Strategy<Value = String> {
    "([ -~]|[\n\té😀'\"$`\\\\!%&+=#@<;]){0,16}"
}

fn any_body() -> impl Strategy<Value = Body> {
    let fields = prop::collection::vec((text(), text()), 0..4);
    let name = "[a-zA-Z0-9 _.é-]{1,10}";
    let parts =
        prop::collection::vec((name, prop::option::of(name), prop::option::of(Just("text/x-own")), text()), 1..4);
    prop_oneof![
        Just(Body::Empty),
        fields.prop_map(Body::Form),
        (prop_oneof![Just("text/plain"), Just("application/json"), Just("")], text())
            .prop_map(|(content_type, text)| raw(content_type, text.as_bytes())),
        prop::collection::vec(any::<u8>(), 1..40).prop_map(|bytes| raw("application/octet-stream", &bytes)),
        parts.prop_map(|parts| {
            let one = |(name, file, kind, text): (String, Option<String>, Option<&str>, String)| {
                part(&name, file.as_deref(), kind, text.as_bytes())
            };
            Body::Multipart(parts.into_iter().map(one).collect())
        }),
    ]
}

fn any_request() -> impl Strategy<Value = Request> {
    let method = prop::sample::select(vec![
        Method::Get,
        Method::Post,
        Method::Put,
        Method::Patch,
        Method::Delete,
        Method::Options,
    ]);
    let query = prop::collection::vec((text(), text()), 0..3);
    let headers = prop::collection::vec(("X-[A-Z][a-z]{2,5}", "[!-~]([ -~é]{0,12}[!-~])?|"), 0..3);
    (method, "[a-zA-Z0-9 é'!$&()*+,;=:@\\[\\]{}-]{0,10}", query, headers, any_body()).prop_map(
        |(method, path, query, headers, body)| {
            let mut url = Url::parse("http://127.0.0.1:9/").unwrap();
            url.set_path(&format!("/{path}"));
            if !query.is_empty() {
                url.query_pairs_mut().extend_pairs(query);
            }
            let mut request = Request::new(method, url);
            headers.into_iter().for_each(|(name, value)| request.set_header(&name, value));
            request.body = body;
            request
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_shell_hands_the_right_arguments_on(mut request in any_request(), with_key in any::<bool>()) {
        if with_key {
            request.set_header("X-Key", format!("it is {}!", variable(["acme", "key"])));
        }
        let command = Command::new(request);
        let wanted: Vec<String> = command
            .arguments(&Redactor::default())
            .into_iter()
            .map(|argument| argument.replace(&variable(["acme", "key"]), KEY))
            .collect();
        prop_assert_eq!(by_shell(&lines(&command)), wanted);
    }
}

/// What arrived, with everything left out in which two clients may differ.
fn essence(received: &Received) -> (String, String, Vec<(String, String)>, Vec<u8>) {
    let own = ["host", "user-agent", "accept", "accept-encoding", "content-length", "connection", "expect"];
    let content_type = received.header("content-type").unwrap_or_default();
    let boundary = content_type.split("boundary=").nth(1).map(str::to_owned);
    let mut headers: Vec<(String, String)> =
        received.headers.iter().filter(|(name, _)| !own.contains(&name.as_str())).cloned().collect();
    headers.sort();
    let mut body = received.body.clone();
    if let Some(boundary) = boundary {
        headers.iter_mut().for_each(|(_, value)| *value = value.replace(&boundary, "BOUNDARY"));
        let text: String = body.iter().copied().map(char::from).collect();
        body = text.replace(&boundary, "BOUNDARY").chars().map(|letter| letter as u8).collect();
    }
    if content_type == "application/x-www-form-urlencoded" {
        let pairs: Vec<_> = url::form_urlencoded::parse(&body).into_owned().collect();
        body = format!("{pairs:?}").into_bytes();
    }
    (received.method.clone(), received.target.clone(), headers, body)
}

fn has_curl() -> bool {
    Process::new("curl").arg("--version").output().is_ok_and(|done| done.status.success())
}

#[test]
fn curl_sends_what_we_send() {
    if !has_curl() {
        // The shell alone is tried then, above.
        return;
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let server = Server::start(|_| answer(200, &[], b"ok"));
    let folder = tempfile::tempdir().unwrap();
    let config = ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() };
    proptest!(config, |(mut request in any_request())| {
        request.url.set_port(Some(server.address.port())).unwrap();
        let before = server.received().len();
        runtime.block_on(Client::new(open()).unwrap().send(request.clone())).unwrap();
        let files: Vec<(String, Bytes)> = match &request.body {
            Body::Raw { bytes, .. } => vec![("body.bin".into(), bytes.clone())],
            Body::Multipart(parts) => {
                let shown = Command::new(request.clone()).arguments(&Redactor::default());
                let named = shown.iter().filter_map(|argument| argument.split_once("=@\"")?.1.split('"').next());
                let contents = parts.iter().filter(|part| part.file_name.is_some()).map(|part| part.bytes.clone());
                named.map(str::to_owned).zip(contents).collect()
            }
            _ => Vec::new(),
        };
        for (name, bytes) in files {
            std::fs::write(folder.path().join(name), bytes).unwrap();
        }
        let script = lines(&Command::new(request.clone())).join("\n");
        let done = Process::new("sh").arg("-c").arg(&script).current_dir(folder.path()).output().unwrap();
        prop_assert!(done.status.success(), "{}\n{}", script, String::from_utf8_lossy(&done.stderr));
        let received = server.received();
        prop_assert_eq!(received.len(), before + 2);
        prop_assert_eq!(essence(&received[before + 1]), essence(&received[before]), "{}", script);
    });
}
