//! What an application sets and is told: files, log, progress, time, effects, clients of its own.

use std::future::Future;
use std::pin::Pin;
use std::time::{Duration, Instant};

use super::*;
use crate::environment::Clock;
use crate::host::cassette::{self, Cassette};
use crate::host::{Live, MailFolder, Mock};
use crate::http::{Client, Request, Response, Transport};
use crate::secret::Secret;

const TAX: &str = "float standalone.tax(float net)\n{\n    info \"taxing\";\n    return net / 4;\n}";
const TOTAL: &str = "float automation.total(float net) { return net + standalone.tax(net); }";

#[test]
fn files_call_one_another_and_any_function_can_be_run() {
    let engine = Engine::builder().build().unwrap();
    let program = engine.compile_all([("tax.dg", TAX), ("total.dg", TOTAL)]).unwrap();
    for (function, expected) in [("automation.total", "10"), ("total", "10"), ("standalone.tax", "2"), ("tax", "2")] {
        let outcome = engine.run_blocking(&program, Run::function(function).argument("net", 8));
        assert_eq!(outcome.result.unwrap().print().unwrap(), expected, "{function}");
    }
    let outcome = engine.run_blocking(&program, Run::function("automation.total").argument("net", "x"));
    assert_eq!(outcome.error().unwrap().stack[0].file, "total.dg");
}

#[test]
fn what_is_wrong_is_told_of_its_own_file() {
    let engine = Engine::builder().build().unwrap();
    let refused = engine.compile_all([("tax.dg", TAX), ("bad.dg", "void f() { info 1 +; }")]).unwrap_err();
    let names: Vec<_> = refused.files().iter().map(|(source, found)| (source.name(), found.len())).collect();
    assert_eq!(names, [("tax.dg", 1), ("bad.dg", 1)]);
    assert!(refused.to_string().contains("bad.dg:1:"), "{refused}");

    let refused = engine.compile_all([("a.dg", TAX), ("b.dg", TAX)]).unwrap_err();
    let found: Vec<_> = refused.diagnostics().map(|found| found.message.as_str()).collect();
    assert_eq!(found, ["`standalone.tax` is defined in a.dg already"]);
}

#[test]
fn the_log_says_which_run_and_where() {
    let lines = Arc::new(Mutex::new(Vec::new()));
    let sink = Arc::clone(&lines);
    let engine = Engine::builder()
        .log(move |info| {
            sink.lock().unwrap().push(format!("{} {}:{} {}", info.run, info.file, info.line, info.text));
        })
        .build()
        .unwrap();
    let program = engine.compile_all([("total.dg", TOTAL), ("tax.dg", TAX)]).unwrap();
    let run = || Run::function("automation.total").argument("net", 8);
    let named = engine.run_blocking(&program, run().id("order 7"));
    assert_eq!((named.id.as_ref(), named.info.as_slice()), ("order 7", ["taxing".to_owned()].as_slice()));
    let counted = engine.run_blocking(&program, run());
    assert_eq!(counted.id.as_ref(), "2");
    assert_eq!(*lines.lock().unwrap(), ["order 7 tax.dg:3 taxing", "2 tax.dg:3 taxing"]);
}

#[test]
fn a_run_tells_how_far_it_has_come_and_ends_in_time() {
    let engine = Engine::builder().build().unwrap();
    let endless = "x = leftPad(\"a\", 1000).toList(\"\"); for each a in x { for each b in x { for each c in x { d = 1; } } } return 1;";
    let program = engine.compile("endless", endless).unwrap();
    let told = Arc::new(Mutex::new(Vec::new()));
    let watcher = Arc::clone(&told);
    let run = Run::script()
        .timeout(Duration::from_millis(60))
        .on_progress(move |progress| watcher.lock().unwrap().push(progress.usage.statements));
    assert_eq!(engine.run_blocking(&program, run).error().unwrap().code, "limits::time");
    let told = told.lock().unwrap();
    assert!(told.len() > 2 && told.is_sorted(), "{told:?}");

    let late = Run::script().deadline(Instant::now());
    assert_eq!(engine.run_blocking(&program, late).error().unwrap().code, "limits::time");
}

#[test]
fn an_outcome_lists_what_was_asked_of_the_world_without_what_may_be_secret() {
    let told = Arc::new(Mutex::new(0));
    let count = Arc::clone(&told);
    let engine = Engine::builder().system("adminuserid", "me@b.test").dry_run(move |_| *count.lock().unwrap() += 1);
    let engine = engine.build().unwrap();
    let script = "a = invokeurl [ url : \"https://user:pass@a.test/x?key=5\" connection : \"crm\" ];\n\
                  sendmail [ from : zoho.adminuserid to : \"a@b.test\" subject : \"s\" message : \"m\" ]";
    let program = engine.compile("effects", script).unwrap();
    let outcome = engine.run_blocking(&program, Run::script());
    let found: Vec<_> = outcome.effects.iter().map(|made| format!("{}: {}", made.line, made.what)).collect();
    assert_eq!(found, ["1: GET https://a.test/x through crm", "2: send a mail to 1 address"]);
    assert_eq!(*told.lock().unwrap(), 2);
}

#[test]
fn what_scripts_are_told_is_set_by_name() {
    let engine = Engine::builder()
        .time_zone("Asia/Kolkata")
        .clock(Clock::Fixed("2026-01-31T20:00:00Z".parse().unwrap()))
        .system("loginuserid", "ada@example.com")
        .build()
        .unwrap();
    let program = engine.compile("told", "return zoho.currenttime + \" \" + zoho.loginuserid;").unwrap();
    let outcome = engine.run_blocking(&program, Run::script());
    assert_eq!(outcome.result.unwrap(), Data::from("01-Feb-2026 01:30:00 ada@example.com"));
    let code = |builder: Builder| builder.build().err().map(|error| error.code());
    assert_eq!(code(Engine::builder().time_zone("Mars/Base")), Some("engine::time-zone"));
    assert_eq!(code(Engine::builder().system("currentdate", "x")), Some("engine::system-variable"));
}

/// Answers what it was sent.
#[derive(Debug)]
struct Mirror;

impl Transport for Mirror {
    fn send(
        &self,
        request: Request,
        dialled: url::Url,
    ) -> Pin<Box<dyn Future<Output = Result<Response, crate::http::Error>> + Send + '_>> {
        let shown = format!("{} {}", request.method.as_str(), request.header("authorization").unwrap_or_default());
        let headers = vec![("content-type".to_owned(), "text/plain".to_owned())];
        Box::pin(async move { Ok(Response { status: 200, headers, body: shown.into(), url: dialled }) })
    }
}

#[test]
fn a_client_of_ones_own_sends_with_the_credentials_of_the_connection() {
    let engine = Engine::builder()
        .transport(Arc::new(Mirror))
        .bearer("crm", Secret::new("walnut-token"), &["a.test"])
        .build()
        .unwrap();
    let script = "return invokeurl [ url : \"https://a.test/\" type : POST connection : \"crm\" ];";
    let program = engine.compile("mirror", script).unwrap();
    let outcome = engine.run_blocking(&program, Run::script());
    assert_eq!(outcome.result.unwrap(), Data::from("POST Bearer walnut-token"));
}

#[test]
fn the_blocking_form_works_inside_and_outside_of_a_runtime() {
    let engine = Engine::builder().build().unwrap();
    let program = engine.compile("one", "return 1;").unwrap();
    assert_eq!(engine.run_blocking(&program, Run::script()).result.unwrap(), Data::from(1));
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        assert_eq!(engine.run_blocking(&program, Run::script()).result.unwrap(), Data::from(1));
        assert_eq!(engine.run(&program, Run::script()).await.result.unwrap(), Data::from(1));
        drop(engine);
    });
}

/// Connections of one tenant over the client of the test above.
fn tenant(client: &Client, token: &str) -> Connections {
    let connections = Connections::in_memory(client.clone(), Arc::default());
    connections.bearer("crm", &Secret::new(token), &["api.example.com"]).unwrap();
    connections
}

#[test]
fn tenants_share_a_dry_run_a_recording_and_its_replay() {
    let options = crate::http::Options { transport: Some(Arc::new(Mirror)), ..Default::default() };
    let client = Client::new(options).unwrap();
    let text = r#"return invokeurl [ url: "https://api.example.com/things" type: GET connection: "crm" ];"#;
    let run = |engine: &Engine, token: &str| {
        let program = engine.compile("call.dg", text).unwrap();
        engine
            .run_blocking(&program, Run::script().connections(tenant(&client, token)))
            .result
            .map_err(|error| error.code)
    };

    let dry = Engine::builder().dry_run(|_| {}).build().unwrap();
    assert_eq!(run(&dry, "walnut-token").map(|reply| reply.to_string()), Ok("{}".to_owned()));

    let folder = tempfile::tempdir().unwrap();
    let live = Live::new(Connections::in_memory(client.clone(), Arc::default()), client.clone());
    let options = cassette::Options { mode: cassette::Mode::All, ..cassette::Options::default() };
    let cassette = Arc::new(Cassette::open(folder.path(), options).unwrap().over(Arc::new(live)));
    let mocks = Mock::new(Vec::new(), crate::http::Limits::default(), Arc::clone(&cassette) as Arc<dyn Driver>);
    let mails = MailFolder::new(folder.path().join("mails"), Arc::default(), Arc::new(mocks));
    let recording = Engine::builder().driver(Arc::new(mails)).build().unwrap();
    let recorded = [run(&recording, "walnut-token"), run(&recording, "hazel-token")];
    assert!(recorded.iter().all(Result::is_ok), "{recorded:?}");
    assert_eq!(cassette.finish().unwrap().recorded, 2);

    let replay = Engine::builder().replay(folder.path()).build().unwrap();
    assert_eq!([run(&replay, "walnut-token"), run(&replay, "hazel-token")], recorded);
}

#[test]
fn an_error_is_drawn_in_the_file_where_it_happened() {
    let engine = Engine::builder().build().unwrap();
    let files =
        [("a.dg", "return standalone.b(null);"), ("b.dg", "int standalone.b(string x)\n{\n    return x.length();\n}")];
    let program = engine.compile_all(files).unwrap();
    let report = engine.run_blocking(&program, Run::script()).error().unwrap().report(&program);
    assert!(report.contains("b.dg:3:") && report.contains("return x.length();"), "{report}");
}
