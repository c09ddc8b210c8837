//! What `--trace`, `--curl` and `--har` show of a run, as a person meets it.

use std::process::Stdio;
use std::time::Duration;

use serde_json::{Value, json};

use super::credentials::{connect, service};
use super::harness::{Desk, golden};
use super::server::{Answer, Seen, Server};

/// A server with a token endpoint that refuses the first token it sees, and one address that moved.
fn acme() -> Server {
    Server::start(|seen: &Seen| match seen.path() {
        "/token" => Answer::token("the-new-token"),
        "/moved" => Answer::Redirect("/orders?page=2".to_owned()),
        _ if seen.header("authorization") == "Bearer an-old-token" => Answer::json(401, json!({"code": "INVALID"})),
        _ => Answer::json(200, json!({"orders": [{"id": 7, "paid": true}], "more": {}})),
    })
}

fn oauth2(desk: &Desk, server: &Server) {
    let url = server.url("/token");
    let auth =
        format!("type = \"oauth2\"\ngrant = \"authorization_code\"\nauthorize_url = \"{url}\"\ntoken_url = \"{url}\"");
    service(desk, "acme", &auth);
    let secrets = [
        ("client_id", "ann"),
        ("client_secret", "the-secret"),
        ("refresh_token", "r-token"),
        ("access_token", "an-old-token"),
    ];
    connect(desk, "shop", "acme", &["--expires-in", "3600"], &secrets).expect(0);
}

/// The text with `T` for each time of a trace, and without the version.
fn normal(server: &Server, text: &str) -> String {
    let word = |word: &str| {
        let number = word.trim_end_matches([',', ':']);
        let is_time = number.contains('.') && number.parse::<f64>().is_ok();
        if is_time { word.replacen(number, "T", 1) } else { word.to_owned() }
    };
    let line = |line: &str| line.split(' ').map(word).collect::<Vec<_>>().join(" ") + "\n";
    let text: String = server.normal(text).lines().map(line).collect();
    text.replace(concat!("sluice/", env!("CARGO_PKG_VERSION")), "sluice/VERSION")
}

const SCRIPT: &str = "\
orders = invokeurl [url: base + \"/moved\" type: GET connection: \"shop\"];
made = invokeurl [url: base + \"/orders\" type: POST parameters: {\"name\": \"Ann & Co\"} headers: {\"X-Id\": \"it's 7\"} connection: \"shop\"];
";

#[test]
fn a_trace_numbers_what_is_sent_anew() {
    let (desk, server) = (Desk::project(""), acme());
    oauth2(&desk, &server);
    let base = format!("base={}", server.url(""));
    let done = desk.run(SCRIPT, &["--arg", &base, "--trace"]).expect(0);
    golden("trace/body.txt", &normal(&server, &done.stderr));
    let done = desk.run(SCRIPT, &["--arg", &base, "--trace=headers"]).expect(0);
    golden("trace/headers.txt", &normal(&server, &done.stderr));
    let done = desk.run(SCRIPT, &["--arg", &base, "--trace=headers", "--color", "always"]).expect(0);
    assert!(done.stderr.contains("\u{1b}[32m> GET /moved\u{1b}[0m\n"), "{}", done.stderr);
}

#[test]
fn commands_are_the_same_with_and_without_the_credential() {
    let (desk, server) = (Desk::project(""), acme());
    oauth2(&desk, &server);
    let base = format!("base={}", server.url(""));
    let done = desk.run(SCRIPT, &["--arg", &base, "--curl"]).expect(0);
    golden("trace/curl.txt", &normal(&server, &done.stderr));
    let before = server.seen().len();
    let dry = desk.run(SCRIPT, &["--arg", &base, "--curl", "--dry-run"]).expect(0);
    assert_eq!(server.seen().len(), before, "a dry run sends nothing");
    let commands = |text: &str| -> Vec<String> {
        text.lines().filter(|line| !line.starts_with(['*', '>', '}'])).map(str::to_owned).collect()
    };
    assert_eq!(commands(&dry.stderr), commands(&done.stderr));
}

#[test]
fn commands_of_each_kind_of_connection_name_its_variables() {
    let (desk, server) = (Desk::project(""), Server::friendly());
    service(&desk, "basic", "type = \"basic\"");
    let keys = "type = \"api_key\"\nparameters = [\n{ key = \"X-Acme-Key\", location = \"header\" },\n\
                { key = \"key\", location = \"query\" },\n{ key = \"form_key\", location = \"form\" },\n]";
    service(&desk, "keys", keys);
    connect(&desk, "one", "basic", &[], &[("username", "ann"), ("password", "hidden-word")]).expect(0);
    let secrets = [("X-Acme-Key", "hidden-a"), ("key", "hidden-b"), ("form_key", "hidden-c")];
    connect(&desk, "app__two", "keys", &[], &secrets).expect(0);
    let script = format!(
        "a = invokeurl [url: \"{0}/a\" connection: \"one\"];\n\
         b = invokeurl [url: \"{0}/b?x=1\" type: POST parameters: {{\"n\": 1}} connection: \"app__two\"];\n\
         try {{ c = invokeurl [url: \"{0}/c\" connection: \"not there\"]; }} catch (e) {{ info \"caught\"; }}\n\
         try {{ d = invokeurl [url: \"http://elsewhere.test/d\" connection: \"one\"]; }} catch (e) {{ info \"caught\"; }}\n",
        server.url("")
    );
    let done = desk.run(&script, &["--curl"]).expect(0);
    assert_eq!(done.stdout, "caught\ncaught\n");
    golden("trace/curl-connections.txt", &normal(&server, &done.stderr));
    assert!(!done.all().contains("hidden"), "{}", done.all());
    assert_eq!(server.seen().len(), 2);
}

#[test]
fn an_archive_is_written_also_when_the_script_fails() {
    let (desk, server) = (Desk::project(""), acme());
    oauth2(&desk, &server);
    let script = format!("{SCRIPT}x = null;\ny = x.toMap();\n");
    desk.write("out.har", "an older one");
    let base = format!("base={}", server.url(""));
    desk.run(&script, &["--arg", &base, "--har", "out.har"]).expect(3);
    let archive: Value = serde_json::from_slice(&std::fs::read(desk.path("out.har")).unwrap()).unwrap();
    let entries = archive["log"]["entries"].as_array().unwrap();
    let calls: Vec<String> = entries
        .iter()
        .map(|entry| {
            let url = server.normal(entry["request"]["url"].as_str().unwrap());
            format!("{} {url} {}", entry["request"]["method"].as_str().unwrap(), entry["response"]["status"])
        })
        .collect();
    assert_eq!(
        calls,
        [
            "GET http://SERVER/moved 307",
            "GET http://SERVER/orders?page=2 401",
            "POST http://SERVER/token 200",
            "GET http://SERVER/moved 307",
            "GET http://SERVER/orders?page=2 200",
            "POST http://SERVER/orders 200",
        ]
    );
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let about = std::fs::metadata(desk.path("out.har")).unwrap();
        assert_eq!(about.permissions().mode() & 0o777, 0o600);
    }
    let left: Vec<_> =
        desk.files().into_iter().filter(|(path, _)| path.to_string_lossy().contains(".sluice-")).collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn an_archive_that_cannot_be_written_stops_the_run_before_it_begins() {
    let (desk, server) = (Desk::new(), Server::friendly());
    let script = format!("info invokeurl [url: \"{}\"];", server.url("/"));
    for path in ["not/there.har", "."] {
        let done = desk.run(&script, &["--har", path]).complains(1, &["cli::write-file", path, "help:"]);
        assert_eq!((done.stdout.as_str(), server.seen().len()), ("", 0));
    }
    if cfg!(target_os = "linux") {
        // Everything can be opened there, and nothing written.
        let done = desk.run(&script, &["--har", "/dev/full"]).complains(1, &["cli::write-file", "/dev/full"]);
        assert_eq!((done.stdout.as_str(), server.seen().len()), ("{\"ok\":true}\n", 1));
        desk.run(&script, &["--har", "/dev/null"]).prints("{\"ok\":true}\n");
    }
}

#[cfg(unix)]
#[test]
fn an_archive_of_an_interrupted_run_has_what_was_done() {
    let desk = Desk::new();
    let (tell, told) = std::sync::mpsc::channel();
    let server = Server::start(move |seen| {
        let _ = tell.send(seen.path().to_owned());
        if seen.path() == "/slow" { Answer::Silence } else { Answer::ok() }
    });
    desk.write(
        "script.dg",
        format!("a = invokeurl [url: \"{0}/a\"];\nb = invokeurl [url: \"{0}/slow\"];\n", server.url("")),
    );
    let mut command = desk.command(&["run", "script.dg", "--har", "out.har"]);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    for path in ["/a", "/slow"] {
        assert_eq!(told.recv_timeout(Duration::from_secs(60)).unwrap(), path);
    }
    let killed = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(killed.success());
    assert_eq!(child.wait().unwrap().code(), Some(130));
    let archive: Value = serde_json::from_slice(&std::fs::read(desk.path("out.har")).unwrap()).unwrap();
    assert_eq!(archive["log"]["entries"][0]["response"]["content"]["text"], "{\"ok\":true}");
}
