//! Recording a run and replaying it: through the program, with a connection and a server that is then gone.

use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;
use sluice::effect::{Action, Effect, Reply};
use sluice::environment::Environment;
use sluice::host::cassette::{Mode, Options};
use sluice::host::{Answer as Reaction, Cassette, Driver};
use sluice::{Engine, Run};

use super::credentials::{connect, service};
use super::harness::{Call, Desk};
use super::server::{Answer, Seen, Server};

/// A secret with everything that encodings write differently.
const MARKER: &str = "MkCas/q+Z\"x&<9=vTw1~R";

/// Asks through a connection, makes random numbers, catches a failure, and prints the time.
const SCRIPT: &str = "\
orders = invokeurl [url: base + \"/orders?page=1\" type: GET connection: \"shop\"];
info orders;
sent = {\"at\": zoho.currenttime, \"dice\": randomNumber(1, 1000000), \"note\": orders.get(\"raw\")};
made = invokeurl [url: base + \"/orders\" type: POST parameters: sent.toString() connection: \"shop\" detailed: true];
info made.get(\"responseCode\") + \" \" + made.get(\"responseText\");
picture = invokeurl [url: base + \"/picture\" type: GET];
info picture;
try
{
	gone = invokeurl [url: \"http://127.0.0.1:1/\"];
}
catch (e)
{
	info e.message;
}
info zoho.currenttime;
return sent.get(\"dice\");
";

/// Runs the script in the folder, as if no CI job were around.
fn run(desk: &Desk, script: &str, options: &[&str]) -> Call {
    desk.write("script.dg", script);
    desk.call(&[&["run", "script.dg"], options].concat()).env("CI", "")
}

/// A server that throws the marker back in several encodings.
fn telling() -> Server {
    Server::start(|seen: &Seen| match seen.path() {
        "/picture" => Answer::Reply { status: 200, media_type: "image/png", body: format!("\u{0}PNG {MARKER}") },
        "/orders" if seen.method == "POST" => Answer::json(201, json!({"id": seen.before})),
        _ => {
            let hex: String = MARKER.bytes().map(|byte| format!("{byte:02x}")).collect();
            Answer::json(
                200,
                json!({"raw": MARKER, "pair": STANDARD.encode(format!("ann:{MARKER}")), "hex": hex,
                       "access_token": "issued-by-the-server", "price": 1.50, "email": "ann@example.com"}),
            )
        }
    })
}

fn basic(desk: &Desk) {
    service(desk, "acme", "type = \"basic\"");
    connect(desk, "shop", "acme", &[], &[("username", "ann"), ("password", MARKER)]).expect(0);
}

/// The files of a cassette, with the names from its folder on.
fn files(desk: &Desk, folder: &str) -> Vec<(String, Vec<u8>)> {
    let root = desk.path(folder);
    let all = desk.files().into_iter();
    let mut inside: Vec<_> = all
        .filter_map(|(path, content)| Some((path.strip_prefix(&root).ok()?.to_str()?.to_owned(), content)))
        .collect();
    inside.sort();
    inside
}

#[test]
fn a_run_is_recorded_and_replayed_without_server_and_vault() {
    let (desk, server) = (Desk::project(""), telling());
    basic(&desk);
    let base = format!("base={}", server.url(""));
    let options = |more: &[&'static str]| {
        [&["--arg", base.as_str()], more].concat().iter().map(|one| (*one).to_owned()).collect::<Vec<_>>()
    };
    let go = |more: &[&'static str]| {
        let options = options(more);
        run(&desk, SCRIPT, &options.iter().map(String::as_str).collect::<Vec<_>>()).done()
    };
    let recorded = go(&["--record", "tape"]).expect(0);
    assert!(recorded.stderr.contains("note: 4 exchanges were recorded in tape"), "{}", recorded.stderr);
    assert!(
        recorded.stderr.contains("warning: tape may hold what is personal: 1 fields")
            || recorded.stderr.contains("1 mail addresses"),
        "{}",
        recorded.stderr
    );
    assert!(!recorded.stderr.contains("ann@example.com"));
    let count = server.seen().len();
    assert_eq!(count, 3);
    drop(server);
    fs::remove_dir_all(desk.home("")).unwrap();

    let hex: String = MARKER.bytes().map(|byte| format!("{byte:02x}")).collect();
    let quoted = json!(MARKER).to_string();
    let percent: String = url::form_urlencoded::byte_serialize(MARKER.as_bytes()).collect();
    let forms = [MARKER.to_owned(), quoted[1..quoted.len() - 1].to_owned(), percent, hex];
    let pair = STANDARD.encode(format!("ann:{MARKER}"));
    for (name, content) in files(&desk, "tape") {
        let text = String::from_utf8_lossy(&content);
        for form in forms.iter().map(String::as_str).chain([pair.as_str(), "issued-by-the-server"]) {
            assert!(!text.contains(form), "{name} shows {form}:\n{text}");
        }
    }

    let replayed = go(&["--replay", "tape"]).expect(0);
    assert_eq!((replayed.stdout.as_str(), replayed.stderr.as_str()), (recorded.stdout.as_str(), ""));
    for format in [&["--replay", "tape"][..], &["--replay", "tape", "--json"], &["--replay", "tape", "--usage"]] {
        let (first, second) = (go(format).expect(0), go(format).expect(0));
        assert_eq!((&first.stdout, &first.stderr), (&second.stdout, &second.stderr), "{format:?}");
    }
    assert_eq!(go(&["--replay", "tape", "--json"]).json()["usage"]["ms"], 0);
    // What was asked for counts before what is recorded; here the request holds the time, so it is another one.
    let other = go(&["--replay", "tape", "--now", "2020-01-01T00:00:00Z"]).complains(3, &["replay::miss", "body `at`"]);
    assert!(!other.stderr.contains("issued-by-the-server"));
}

#[test]
fn the_modes_are_kept_and_ci_never_records() {
    let (desk, server) = (Desk::new(), Server::friendly());
    let script = format!("info invokeurl [url: \"{}\"];", server.url("/a"));
    let ci = |value: &str, options: &[&str]| run(&desk, &script, options).env("CI", value).done();
    for value in ["true", "1", "yes"] {
        ci(value, &["--cassette", "tape"]).complains(1, &["replay::no-cassette", "tape", "--record"]);
    }
    assert_eq!(server.seen().len(), 0);
    ci("true", &["--cassette", "tape", "--cassette-mode", "once"]).expect(0);
    assert_eq!(server.seen().len(), 1);
    for value in ["", "false", "0"] {
        ci(value, &["--cassette", "other"]).expect(0);
        fs::remove_dir_all(desk.path("other")).unwrap();
    }
    assert_eq!(server.seen().len(), 4);
    for options in
        [&["--cassette", "tape"][..], &["--replay", "tape"], &["--cassette", "tape", "--cassette-mode", "none"]]
    {
        run(&desk, &script, options).done().prints("{\"ok\":true}\n");
    }
    run(&desk, &script, &[]).env("SLUICE_REPLAY", "tape").done().prints("{\"ok\":true}\n");
    assert_eq!(server.seen().len(), 4);
    let more = format!("{script}\ninfo invokeurl [url: \"{}\"];", server.url("/b"));
    run(&desk, &more, &["--cassette", "tape"])
        .done()
        .complains(3, &["replay::miss", "path: recorded \"/a\", asked \"/b\""]);
    let added = run(&desk, &more, &["--cassette", "tape", "--cassette-mode", "new_episodes"]).done().expect(0);
    assert!(added.stderr.contains("1 exchange was recorded"), "{}", added.stderr);
    assert_eq!(server.seen().len(), 5);
    let less = run(&desk, &script, &["--replay", "tape"]).done().expect(0);
    assert!(less.stderr.contains("note: 1 recorded exchange was not asked for: 0002-get-"), "{}", less.stderr);
    run(&desk, &script, &["--record", "tape"]).done().expect(0);
    assert_eq!(files(&desk, "tape").len(), 2, "recorded anew");
}

#[test]
fn contradictions_are_wrong_usage() {
    let desk = Desk::new();
    for options in [
        &["--cassette", "a", "--record", "b"][..],
        &["--record", "a", "--replay", "b"],
        &["--record", "a", "--cassette-mode", "none"],
        &["--cassette-mode", "none"],
        &["--redact", "x"],
        &["--match", "method"],
        &["--cassette", "a", "--dry-run"],
    ] {
        run(&desk, "info 1;", options).done().complains(1, &["cli::cassette-choice", "help:"]);
    }
    run(&desk, "info 1;", &["--record", "a"]).env("SLUICE_REPLAY", "b").done().complains(1, &["cli::cassette-choice"]);
    run(&desk, "info 1;", &["--cassette", "a", "--cassette-mode", "some"]).done().expect(1);
    run(&desk, "info 1;", &["--cassette", "a", "--match", "colour"])
        .done()
        .complains(1, &["replay::matcher", "colour"]);
    let done =
        run(&desk, "info 1;", &["--cassette", "a", "--redact", "(secret"]).done().complains(1, &["replay::pattern"]);
    assert!(!done.stderr.contains("secret"), "{}", done.stderr);
    assert!(!desk.path("a").exists());
    let done = run(&desk, "info 1;", &["--replay", "a", "--json"]).done().expect(1);
    assert_eq!(done.json()["error"]["code"], "replay::no-cassette");
}

#[test]
fn a_miss_is_never_caught() {
    let (desk, server) = (Desk::new(), Server::friendly());
    run(&desk, "info 1;", &["--record", "tape"]).done().prints("1\n");
    let script = format!(
        "try\n{{\n\tx = invokeurl [url: \"{}\"];\n}}\ncatch (e)\n{{\n\tinfo \"caught\";\n}}\n",
        server.url("/")
    );
    let done = run(&desk, &script, &["--replay", "tape"]).done().complains(3, &["replay::miss", "no exchange at all"]);
    assert_eq!(done.stdout, "");
    let done = run(&desk, &script, &["--replay", "tape", "--json"]).done().expect(3);
    assert_eq!(done.json()["error"]["code"], "replay::miss");
    assert!(server.seen().is_empty());
}

#[test]
fn matchers_of_a_recording_stay_with_it() {
    let (desk, server) = (Desk::new(), Server::friendly());
    let script = |nonce: u32| format!("info invokeurl [url: \"{}?nonce={nonce}\"];", server.url("/a"));
    run(&desk, &script(1), &["--record", "tape", "--match-ignore", "query.nonce"]).done().expect(0);
    run(&desk, &script(2), &["--replay", "tape"]).done().prints("{\"ok\":true}\n");
    run(&desk, &script(1), &["--record", "exact"]).done().expect(0);
    run(&desk, &script(2), &["--replay", "exact"]).done().complains(3, &["query `nonce`: recorded \"1\", asked \"2\""]);
    run(&desk, &script(2), &["--replay", "exact", "--match", "method,host,path"]).done().prints("{\"ok\":true}\n");
}

#[test]
fn what_cannot_be_written_leaves_the_result() {
    let (desk, server) = (Desk::new(), Server::friendly());
    desk.write("file", "in the way");
    let script = format!("info invokeurl [url: \"{}\"];", server.url("/"));
    let done =
        run(&desk, &script, &["--record", "file/tape"]).done().complains(1, &["replay::write", "0 of 1", "help:"]);
    assert_eq!(done.stdout, "{\"ok\":true}\n");
    let failing = format!("{script}\nthrow \"x\";");
    let done = run(&desk, &failing, &["--record", "file/tape"]).done().complains(3, &["replay::write", "run::thrown"]);
    assert_eq!(done.stdout, "{\"ok\":true}\n");
    // What a failing run asked for is kept.
    run(&desk, &failing, &["--record", "tape"]).done().expect(3);
    assert_eq!(files(&desk, "tape").len(), 2);
}

#[test]
fn large_and_odd_bodies_come_back_to_the_byte() {
    let (desk, large) = (Desk::new(), format!("{{\"a\": \"{}\"}}", "é".repeat(60_000)));
    let body = large.clone();
    let server = Server::start(move |seen: &Seen| {
        let (media_type, body) = match seen.path() {
            "/large" => ("application/json", body.clone()),
            "/odd" => ("application/json", "{\"a\" :1,\r\n \"b\": \"\\u00e9\\/\"}\n\n".to_owned()),
            _ => ("text/plain", "one\ntwo\r\n".to_owned()),
        };
        Answer::Reply { status: 200, media_type, body }
    });
    let script = "for each path in {\"large\", \"odd\", \"text\"}\n{\n\tinfo invokeurl [url: base + \"/\" + path response-format: STRING];\n}\n";
    let base = format!("base={}", server.url(""));
    let recorded = run(&desk, script, &["--arg", &base, "--record", "tape"]).done().expect(0);
    assert!(recorded.stdout.contains(&large));
    drop(server);
    run(&desk, script, &["--arg", &base, "--replay", "tape"]).done().prints(&recorded.stdout);
}

/// Answers each request with the number of its order, from other threads.
struct Numbered(AtomicUsize);

impl Driver for Numbered {
    fn perform(&self, effect: Effect, _user: Option<&str>, reply: Reaction) {
        let number = self.0.fetch_add(1, Ordering::Relaxed);
        let Action::Request(request) = effect.action else { return };
        let response = sluice::http::Response {
            status: 200,
            headers: vec![("content-type".into(), "application/json".into())],
            body: format!("{{\"n\":{number}}}").into(),
            url: request.http.url,
        };
        std::thread::spawn(move || reply(Reply::Response(response)));
    }
}

#[test]
fn many_runs_share_a_cassette() {
    const RUNS: usize = 200;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tape");
    let script = "return invokeurl [url: \"https://api.acme.test/next\"].get(\"n\") + invokeurl [url: \"https://api.acme.test/\" + id].get(\"n\");";
    let all = |cassette: Arc<Cassette>| {
        let engine = Engine::builder().environment(Environment::default()).driver(cassette).build().unwrap();
        let options = sluice::program::Options { given: vec!["id".into()], ..Default::default() };
        let program = engine.check(&sluice::source::Source::new("s", script), &options).0.unwrap();
        let mut sums: Vec<String> = std::thread::scope(|scope| {
            let runs: Vec<_> = (0..RUNS)
                .map(|id| {
                    let (engine, program) = (&engine, &program);
                    let run = Run::script().argument("id", id as i64);
                    scope.spawn(move || engine.run_blocking(program, run).result.unwrap().print().ok().unwrap())
                })
                .collect();
            runs.into_iter().map(|run| run.join().unwrap()).collect()
        });
        sums.sort();
        sums
    };
    let open = |mode: Mode| Cassette::open(&path, Options { mode, ..Options::default() }).unwrap();
    let recording = Arc::new(open(Mode::Once).over(Arc::new(Numbered(AtomicUsize::new(0)))));
    all(Arc::clone(&recording));
    assert_eq!(recording.finish().unwrap().recorded, 2 * RUNS);
    let replaying = Arc::new(open(Mode::None));
    all(Arc::clone(&replaying));
    let report = replaying.finish().unwrap();
    assert_eq!((report.replayed, report.missed, report.unused.len()), (2 * RUNS, 0, 0));
}
