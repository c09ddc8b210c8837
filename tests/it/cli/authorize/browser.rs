//! The browser comes back to a page of this machine: with a token, with a refusal, from elsewhere, or never.

use serde_json::json;

use super::super::harness::Desk;
use super::super::server::{Answer, Server};
use super::person::{SignIn, back, get, open, parameter, provider, request, service};

const ANY_PORT: &str = "loopback_any_port = true";

#[test]
fn one_command_and_one_consent_make_a_connection_that_works() {
    let (desk, server) = (Desk::project(""), provider());
    service(&desk, &server, ANY_PORT);
    let mut sign_in = SignIn::start(&desk, &["--json"]);
    let question = sign_in.address();
    let page = open(&question);
    assert_eq!(page.status, 200, "{}", page.text);
    assert!(page.text.contains("You are signed in"), "{}", page.text);
    let done = sign_in.done().expect(0);
    let document = done.json();
    let connection = &document["connection"];
    assert_eq!((&connection["state"], &connection["link_name"]), (&json!("connected"), &json!("shop")));
    assert_eq!((&document["account"], &connection["account"]), (&json!("ann@acme.test"), &json!("ann@acme.test")));
    assert_eq!(connection["scopes"], json!(["a.read", "b.write"]));
    // The client's id is public here; nothing else that was sent or got is to be seen.
    assert!(done.stderr.contains("the-client-of-acme"));
    let port = parameter(&question, "redirect_uri");
    assert!(done.stderr.contains(&port) && done.stderr.contains("ssh -L"), "{}", done.stderr);
    for secret in ["the-secret-of-acme", "the-access-token", "the-refresh-token", "good"] {
        assert!(!done.all().contains(secret) && !page.text.contains(secret), "{secret}");
    }
    desk.sluice(&["connections", "test", "shop"]).expect(0);
    assert_eq!(server.calls()[..2], ["GET /authorize", "POST /token"]);
    // The vault holds it sealed.
    for (path, content) in desk.files() {
        let content = String::from_utf8_lossy(&content);
        assert!(!content.contains("the-refresh-token"), "{}", path.display());
    }
}

#[test]
fn the_page_of_this_machine_is_guarded() {
    let (desk, server) = (Desk::project(""), provider());
    service(&desk, &server, ANY_PORT);
    let mut sign_in = SignIn::start(&desk, &[]);
    let question = sign_in.address();
    let good = back(&question, &[("code", "good")]);
    let host = format!("127.0.0.1:{}", good.port().unwrap());
    let mut elsewhere = good.clone();
    elsewhere.set_path("/elsewhere");
    assert_eq!(get(&elsewhere, &host).status, 404);
    assert_eq!(request("POST", &good, &host).status, 404);
    assert_eq!(get(&good, "evil.test").status, 403);
    assert_eq!(get(&good, "127.0.0.1").status, 403);
    let mut strange = good.clone();
    strange.set_query(Some("code=good&state=strange"));
    let page = get(&strange, &host);
    assert_eq!(page.status, 400);
    sign_in.wait_for("does not belong to this sign-in");
    // None of that ended the wait.
    let page = get(&good, &host.replace("127.0.0.1", "localhost"));
    assert_eq!(page.status, 200);
    for header in
        ["cache-control: no-store", "default-src 'none'", "frame-ancestors 'none'", "referrer-policy: no-referrer"]
    {
        assert!(page.headers.contains(header), "{header} is not among\n{}", page.headers);
    }
    assert!(!page.text.contains("script") && !page.text.contains("http:") && !page.text.contains("good"));
    sign_in.done().expect(0);
}

#[test]
fn a_refusal_ends_the_wait_and_stores_nothing() {
    let (desk, server) = (Desk::project(""), provider());
    service(&desk, &server, ANY_PORT);
    let mut sign_in = SignIn::start(&desk, &[]);
    let question = sign_in.address();
    let page = open(&back(&question, &[("error", "access_denied"), ("error_description", "<b>no</b>")]));
    assert!(page.text.contains("Access was not given") && !page.text.contains("<b>"), "{}", page.text);
    sign_in.done().complains(5, &["connections::consent-denied", "access_denied", "authorize shop"]);
    let mut sign_in = SignIn::start(&desk, &["--json"]);
    let question = sign_in.address();
    let page = open(&back(&question, &[("code", "used")]));
    assert!(page.text.contains("did not work"), "{}", page.text);
    assert_eq!(sign_in.done().expect(5).json()["error"]["code"], json!("connections::code-refused"));
    assert_eq!(desk.sluice(&["connections", "list", "--json"]).expect(0).json(), json!([]));
    assert!(!desk.path("connections.toml").exists());
}

#[test]
fn a_wait_without_an_answer_ends() {
    let (desk, server) = (Desk::project(""), provider());
    service(&desk, &server, ANY_PORT);
    let mut sign_in = SignIn::start(&desk, &["--timeout", "300ms"]);
    sign_in.address();
    sign_in.done().complains(5, &["connections::consent-timed-out", "--timeout"]);
    // What came and was not ours is the better reason.
    let mut sign_in = SignIn::start(&desk, &["--timeout", "2s"]);
    let mut strange = back(&sign_in.address(), &[]);
    strange.set_query(Some("code=good&state=strange"));
    open(&strange);
    sign_in.done().complains(5, &["error[connections::wrong-state]"]);
}

#[cfg(unix)]
#[test]
fn ctrl_c_stops_the_wait_and_stores_nothing() {
    let (desk, server) = (Desk::project(""), provider());
    service(&desk, &server, ANY_PORT);
    let mut sign_in = SignIn::start(&desk, &[]);
    sign_in.address();
    sign_in.interrupt();
    let done = sign_in.done().complains(130, &["nothing was stored"]);
    assert_eq!(done.stdout, "");
    assert!(!desk.path("connections.toml").exists() && server.seen().is_empty());
}

#[test]
fn a_port_that_is_taken_is_named() {
    let (desk, server) = (Desk::project(""), provider());
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    service(&desk, &server, &format!("callback_port = {port}"));
    SignIn::start(&desk, &[]).done().complains(1, &["cli::port-taken", &port, "--port"]);
    service(&desk, &server, "");
    SignIn::start(&desk, &["--port", &port]).done().complains(1, &["cli::port-taken", &port]);
}

#[test]
fn signing_in_again_needs_only_the_name() {
    let (desk, server) = (Desk::project(""), provider());
    service(&desk, &server, ANY_PORT);
    let mut sign_in = SignIn::start(&desk, &[]);
    open(&sign_in.address());
    sign_in.done().expect(0);
    let mut again = SignIn::spawn(desk.command(&["connections", "authorize", "shop", "--no-browser"]));
    open(&again.address());
    again.done().expect(0);
    // A definition that sends the secret elsewhere has to be confirmed with the secret.
    let text = std::fs::read_to_string(desk.path("services/acme.toml")).unwrap();
    desk.write("services/acme.toml", text.replace("/token\"", "/other\""));
    let send = "x = invokeurl\n[\n\turl: \"http://127.0.0.1:1/\"\n\tconnection: \"shop\"\n];\n";
    desk.run(send, &[]).complains(5, &["connections::definition-changed", "sluice connections authorize shop"]);
    desk.sluice(&["connections", "authorize", "shop"]).complains(1, &["connections::missing-credential", "client_id"]);
}

#[test]
fn a_service_without_a_consent_says_so() {
    let desk = Desk::project("");
    desk.sluice(&["connections", "authorize", "x", "--service", "twilio"])
        .complains(5, &["connections::no-consent", "sluice connections create x --service twilio"]);
    desk.sluice(&["connections", "authorize", "x"]).complains(1, &["cli::no-service"]);
    desk.sluice(&["connections", "authorize", "x", "--service", "dropbox", "--code", "4/abc-the-code"])
        .complains(1, &["cli::bare-credential"])
        .complains(1, &[]);
}

/// What opens addresses on a desktop is a program by a known name.
#[cfg(target_os = "linux")]
#[test]
fn the_persons_own_browser_is_asked_where_there_is_a_screen() {
    use std::os::unix::fs::PermissionsExt;
    let (desk, server) = (Desk::project(""), provider());
    service(&desk, &server, ANY_PORT);
    desk.write("bin/xdg-open", "#!/bin/sh\nprintf '%s' \"$1\" > opened.part && mv opened.part opened\n");
    std::fs::set_permissions(desk.path("bin/xdg-open"), std::fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:{}", desk.path("bin").display(), std::env::var("PATH").unwrap());
    let start = |ssh: bool, options: &[&str]| {
        let credentials = ["--credential", "client_id=env:ACME_ID"];
        let common = ["connections", "authorize", "shop", "--service", "acme"];
        let mut command = desk.command(&[&common[..], &credentials, options].concat());
        command.env("PATH", &path).env("DISPLAY", ":9").env("ACME_ID", "id");
        command.env_remove("SSH_CONNECTION").env_remove("SSH_TTY");
        if ssh {
            command.env("SSH_CONNECTION", "10.0.0.1 1 10.0.0.2 22");
        }
        SignIn::spawn(command)
    };
    for (ssh, options) in [(true, &[][..]), (false, &["--no-browser"])] {
        let mut sign_in = start(ssh, options);
        sign_in.wait_for("Open this address in a browser");
        open(&sign_in.address());
        sign_in.done().expect(0);
        assert!(!desk.path("opened").exists());
    }
    let mut sign_in = start(false, &[]);
    sign_in.wait_for("The browser was asked");
    let question = sign_in.address();
    open(&question);
    sign_in.done().expect(0);
    let opened = || std::fs::read_to_string(desk.path("opened")).ok();
    let began = std::time::Instant::now();
    while opened().is_none() && began.elapsed().as_secs() < 30 {
        std::thread::yield_now();
    }
    assert_eq!(opened().as_deref(), Some(question.as_str()));
}

#[test]
fn a_token_endpoint_that_does_not_answer_is_told() {
    let desk = Desk::project("");
    let server = Server::start(|_| Answer::json(503, json!({})));
    service(&desk, &server, ANY_PORT);
    let mut sign_in = SignIn::start(&desk, &[]);
    let question = sign_in.address();
    open(&back(&question, &[("code", "good")]));
    sign_in.done().complains(5, &["connections::token-answer"]);
}
