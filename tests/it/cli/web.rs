//! `getUrl` and `postUrl` through the real program: sent, traced, shown by a dry run, masked and guarded as `invokeurl` is.

use sluice::{Engine, Run};

use super::harness::Desk;
use super::server::{Server, owned};

#[test]
fn get_url_and_post_url_are_sent() {
    let (desk, server) = (Desk::project(""), Server::friendly());
    let script = format!(
        "text = getUrl(\"{0}/get?page=2\", {{\"X-Id\": \"7\"}});\ninfo text.getJSON(\"ok\");\n\
         answer = postUrl(\"{0}/form\", {{\"name\": \"a b&c\"}}, false);\ninfo answer.get(\"responseCode\");\n\
         postURL(\"{0}/raw\", \"plain\");\n",
        server.url("")
    );
    desk.write("sluice.toml", "[network]\nallow_private = [\"127.0.0.0/8\"]\n");
    desk.run(&script, &[]).prints("true\n200\n");
    assert_eq!(server.calls(), ["GET /get", "POST /form", "POST /raw"]);
    let seen = server.seen();
    assert_eq!(seen[0].header("x-id"), "7");
    assert_eq!(seen[1].form(), owned(&[("name", "a b&c")]));
    assert_eq!((seen[2].header("content-type"), seen[2].body.as_str()), ("text/plain", "plain"));
}

#[test]
fn they_are_traced_masked_and_left_out_of_a_dry_run() {
    let (desk, server) = (Desk::new(), Server::friendly());
    let script = "x = getUrl(\"https://api.acme.test/orders?api_key=s3cr3t-k3y-0123\", {\"Authorization\": \"Bearer t0k3n-0123456\"});";
    let route = format!("api.acme.test={}", server.url(""));
    let done = desk.run(script, &["--dry-run"]).expect(0);
    assert!(done.stderr.contains("getUrl would send") && server.seen().is_empty(), "{}", done.stderr);
    let traced = desk.run(script, &["--route", &route, "--trace"]).expect(0);
    assert!(traced.stderr.contains("> GET /orders") && server.calls() == ["GET /orders"], "{}", traced.stderr);
    for shown in [done.all(), traced.all()] {
        assert!(!shown.contains("t0k3n-0123456") && !shown.contains("s3cr3t-k3y-0123"), "{shown}");
    }
}

#[test]
fn a_guarded_engine_does_not_dial_its_own_network() {
    let server = Server::friendly();
    let engine = Engine::builder().build().unwrap();
    let program = engine.compile("script", &format!("info getUrl(\"{}\");", server.url("/x"))).unwrap();
    let trouble = engine.run_blocking(&program, Run::script()).result.unwrap_err();
    assert!(trouble.code.starts_with("http::"), "{}", trouble.code);
    assert!(server.seen().is_empty());
}

#[test]
fn a_task_of_the_platform_is_told_by_a_dry_run_and_refused_by_a_real_one() {
    let desk = Desk::new();
    let script = "openUrl(\"https://example.com\", \"new window\");\nanswer = zoho.ai.translate(\"Guten Tag\", \"en\");\n\
                  info answer.get(\"text\");\nzoho.pushNotification(\"a@b.example\", \"t\", \"m\", \"r\", 1);\ninfo \"on\";";
    let done = desk.run(script, &["--dry-run"]).expect(0);
    assert_eq!(done.stdout, "null\non\n");
    for told in
        ["line 1: would call openUrl(\"https://example.com\"", "line 2: would call zoho.ai.translate(\"Guten Tag\""]
    {
        assert!(done.stderr.contains(told), "{}", done.stderr);
    }
    desk.run(script, &[]).complains(3, &["run::task-not-available", "openUrl is not supported"]);
    let caught = "try { x = zoho.map.geoCode(\"Chennai\"); } catch (e) { info e.message.contains(\"not supported\"); }";
    assert_eq!(desk.run(caught, &[]).expect(0).stdout, "true\n");
}
