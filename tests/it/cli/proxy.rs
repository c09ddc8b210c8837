//! A proxy, authorities and the limits of requests, as they are set for a run.

use super::harness::Desk;
use super::server::{Answer, Server};

#[test]
fn a_proxy_comes_from_option_variable_or_project_and_never_from_elsewhere() {
    let proxy = Server::friendly();
    let script = "info invokeurl [ url: \"http://api.unknown.test/orders?a=b\" type: GET ];";
    let desk = Desk::new();
    desk.run(script, &["--proxy", &proxy.url("")]).prints("{\"ok\":true}\n");
    assert_eq!(proxy.only().target, "http://api.unknown.test/orders?a=b");

    desk.write("script.dg", script);
    let with_password = proxy.url("").replace("http://", "http://asha:pass-4711-word@");
    let done = desk.call(&["run", "script.dg", "--trace"]).env("SLUICE_PROXY", &with_password).done().expect(0);
    assert_eq!(proxy.seen()[1].header("proxy-authorization"), "Basic YXNoYTpwYXNzLTQ3MTEtd29yZA==");
    assert!(!done.all().contains("pass-4711-word") && !done.all().contains("YXNoYT"), "{}", done.all());

    let project = Desk::project(&format!("[network]\nproxy = \"{}\"\n", proxy.url("")));
    project.run(script, &[]).prints("{\"ok\":true}\n");
    assert_eq!(proxy.seen().len(), 3);
    let server = Server::friendly();
    project.run(&format!("info invokeurl [ url: \"{}\" ];", server.url("/direct")), &[]).prints("{\"ok\":true}\n");
    assert_eq!((proxy.seen().len(), server.seen().len()), (3, 1));

    project.write("script.dg", script);
    for variable in ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "HTTPS_PROXY"] {
        // Without a proxy the name is unknown; an empty one turns off that of the project.
        let call = project.call(&["run", "script.dg", "--proxy", ""]).env(variable, &proxy.url(""));
        call.done().complains(3, &["http::dns", "api.unknown.test"]);
    }
    assert_eq!(proxy.seen().len(), 3);
}

#[test]
fn a_proxy_that_is_none_is_told_without_its_password() {
    let desk = Desk::new();
    let done = desk.run("info 1;", &["--proxy", "https://asha:pass-4711-word@p.test"]);
    let done = done.complains(1, &["http::invalid-proxy", "SLUICE_PROXY"]);
    assert!(!done.all().contains("pass-4711-word"), "{}", done.all());
}

#[test]
fn authorities_are_read_when_they_are_needed() {
    let server = Server::friendly();
    let desk = Desk::project("[network]\ncertificates = [\"no/such.pem\"]\n");
    desk.run(&format!("info invokeurl [ url: \"{}\" ];", server.url("/")), &[]).prints("{\"ok\":true}\n");
    let secure = "try { x = invokeurl [ url: \"https://127.0.0.1:1/\" ]; } catch (e) { info e.message; }";
    for (content, reason) in [
        (None, "No such file"),
        (Some("not PEM"), "no certificate in PEM form"),
        (Some("-----BEGIN CERTIFICATE-----\n!!!\n-----END CERTIFICATE-----\n"), "damaged"),
    ] {
        if let Some(content) = content {
            desk.write("no/such.pem", content);
        }
        let done = desk.run(secure, &[]).expect(0);
        assert!(done.stdout.starts_with("the certificates in ") && done.stdout.contains(reason), "{}", done.stdout);
    }
}

#[test]
fn requests_have_limits_of_a_run() {
    let desk = Desk::new();
    let silent = Server::start(|_| Answer::Silence);
    let caught = |url: &str| format!("try {{ info invokeurl [ url: \"{url}\" ]; }} catch (e) {{ info e.message; }}");
    desk.run(&caught(&silent.url("/")), &["--limits", "zoho-crm,request-time=1"]).prints("socket timeout error\n");
    let server = Server::start(|_| Answer::Reply { status: 200, media_type: "text/plain", body: "x".repeat(2_000) });
    let too_large = "the answer of 127.0.0.1 has more than 1000 bytes of content\n";
    desk.run(&caught(&server.url("/")), &["--limits", "answer=1000"]).prints(too_large);
    desk.run(&caught(&server.url("/")).replace("info ", "x = "), &["--limits", "answer=2000"]).prints("");
    let posted = format!("info postUrl(\"{}\", {{\"a\": 1}}).length();", server.url("/"));
    desk.run(&posted, &["--limits", "answer=1000"]).prints("2000\n");
}
