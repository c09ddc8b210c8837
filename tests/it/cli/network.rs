//! Requests without connections, routes, dry runs, and servers that behave badly.

use serde_json::json;
use sluice::sandbox::{CONTACT_KNOWN_TO_BOOKS, CONTACT_NEW_TO_BOOKS, Options, Sandbox};

use super::credentials::connect;
use super::harness::Desk;
use super::server::{Answer, Server, owned};

#[test]
fn a_network_failure_can_be_caught() {
    let desk = Desk::new();
    let request = "invokeurl [url: \"http://127.0.0.1:1/\" type: GET]";
    let script =
        format!("try\n{{\n\tx = {request};\n}}\ncatch(e)\n{{\n\tinfo e.lineNo + \": \" + e.message;\n}}\ninfo \"on\";");
    let done = desk.run(&script, &[]).expect(0);
    assert!(
        done.stdout.starts_with("3: could not connect to 127.0.0.1:1") && done.stdout.ends_with("\non\n"),
        "{done:?}"
    );
    let done = desk.run(&format!("info 1;\nx = {request};\ninfo 2;"), &[]);
    let done = done.complains(3, &["http::connect", "(Line no: 2)", "127.0.0.1:1"]);
    assert_eq!(done.stdout, "1\n");
}

#[test]
fn error_answers_do_not_raise() {
    let desk = Desk::new();
    for status in [400, 401, 404, 429, 500, 503] {
        let server = Server::start(move |_| Answer::json(status, json!({"code": status})));
        let script = format!(
            "reply = invokeurl [url: \"{0}\" type: GET];\ninfo reply.get(\"code\");\n\
             whole = invokeurl [url: \"{0}\" type: GET detailed: true];\ninfo whole.get(\"responseCode\");",
            server.url("/orders")
        );
        desk.run(&script, &[]).prints(&format!("{status}\n{status}\n"));
    }
}

#[test]
fn a_server_that_never_answers_ends_with_the_time_of_the_run() {
    let (desk, server) = (Desk::new(), Server::start(|_| Answer::Silence));
    let request = format!("invokeurl [url: \"{}\" type: GET]", server.url("/slow"));
    let script = format!("info \"before\";\nx = {request};\ninfo \"after\";");
    let started = std::time::Instant::now();
    let done = desk.run(&script, &["--timeout", "1s"]).complains(3, &["limits::time"]);
    assert!(started.elapsed() < std::time::Duration::from_secs(10), "{:?}", started.elapsed());
    assert_eq!(done.stdout, "before\n");
    // The limits of a run cannot be caught.
    let caught = format!("try\n{{\n\tx = {request};\n}}\ncatch(e)\n{{\n\tinfo \"caught\";\n}}\n");
    let done = desk.run(&caught, &["--timeout", "200ms"]).complains(3, &["limits::time"]);
    assert_eq!(done.stdout, "");
}

#[test]
fn answers_that_break_off_or_lead_in_circles_are_failures() {
    let desk = Desk::new();
    let server = Server::start(|_| Answer::Broken);
    let script = format!("x = invokeurl [url: \"{}\"];", server.url("/"));
    desk.run(&script, &[]).complains(3, &["http::broken-answer", "127.0.0.1"]);
    let server = Server::start(|seen| Answer::Redirect(format!("{}x", seen.target)));
    let script = format!("x = invokeurl [url: \"{}\"];", server.url("/"));
    desk.run(&script, &[]).complains(3, &["http::redirect", "help:"]);
    assert!(server.seen().len() < 50, "{} redirects were followed", server.seen().len());
}

#[test]
fn json_that_is_nested_without_end_is_survived() {
    let desk = Desk::new();
    let deep = format!("{}1{}", "[".repeat(200_000), "]".repeat(200_000));
    let body = deep.clone();
    let server =
        Server::start(move |_| Answer::Reply { status: 200, media_type: "application/json", body: body.clone() });
    let script = format!("x = invokeurl [url: \"{}\"];\ninfo \"still here\";", server.url("/"));
    desk.run(&script, &[]).prints("still here\n");
    desk.write("deep.json", format!("{{\"a\": {deep}}}"));
    desk.run("info a;", &["--args", "deep.json"]).complains(1, &["cli::not-json", "deep.json"]);
}

#[test]
fn answers_of_all_kinds_are_values() {
    let desk = Desk::new();
    let cases = [
        ("application/json", "{\"a\": [1, 2.50]}", "{\"a\":[1,2.50]}\n"),
        ("application/json", "[1, \"b\"]", "[1,\"b\"]\n"),
        ("text/plain", "hello", "hello\n"),
        ("text/plain", "", "\n"),
        ("application/json", "{broken", "{broken\n"),
    ];
    for (media_type, body, printed) in cases {
        let server = Server::start(move |_| Answer::Reply { status: 200, media_type, body: body.to_owned() });
        desk.run(&format!("info invokeurl [url: \"{}\"];", server.url("/")), &[]).prints(printed);
    }
}

#[test]
fn a_request_is_sent_as_it_is_written() {
    let (desk, server) = (Desk::new(), Server::friendly());
    let script = "\
a = invokeurl [url: base + \"/get\" type: GET parameters: {\"q\": \"a b&c\", \"n\": 1.50}];
b = invokeurl [url: base + \"/form\" type: POST parameters: {\"JSONString\": {\"id\": 7, \"name\": \"é\"}.toString()}];
c = invokeurl [url: base + \"/raw\" type: PUT parameters: {\"id\": 7}.toString() headers: {\"X-Id\": \"7\"} content-type: \"application/json\"];
d = invokeurl [url: base + \"/gone\" type: DELETE];
";
    desk.run(script, &["--arg", &format!("base={}", server.url(""))]).prints("");
    let seen = server.seen();
    assert_eq!(server.calls(), ["GET /get", "POST /form", "PUT /raw", "DELETE /gone"]);
    assert_eq!(seen[0].query(), owned(&[("q", "a b&c"), ("n", "1.50")]));
    assert_eq!(seen[1].form(), owned(&[("JSONString", "{\"id\":7,\"name\":\"é\"}")]));
    assert_eq!((seen[2].header("content-type"), seen[2].header("x-id")), ("application/json", "7"));
    assert_eq!(seen[2].body, "{\"id\":7}");
    assert!(seen.iter().all(|seen| seen.header("authorization").is_empty() && seen.header("referer").is_empty()));
}

#[test]
fn a_trace_shows_what_was_sent_and_received() {
    let (desk, server) = (Desk::new(), Server::friendly());
    let script =
        "info invokeurl [url: \"https://api.acme.test/orders?page=2\" type: POST parameters: {\"name\": \"Ann\"}];";
    let route = format!("api.acme.test={}", server.url("/base"));
    let done = desk.run(script, &["--route", &route, "--trace"]).expect(0);
    assert_eq!(done.stdout, "{\"ok\":true}\n");
    let shown = server.normal(&done.stderr);
    let parts = ["* api.acme.test is routed to http://SERVER/base", "> POST /base/orders?page=2", "} name=Ann"];
    for part in parts.into_iter().chain(["< HTTP/1.1 200 OK", "< content-type: application/json", "{   \"ok\": true"]) {
        assert!(shown.contains(part), "{part}:\n{shown}");
    }
    let done = desk.run(script, &["--route", &route, "--trace=headers"]).expect(0);
    assert!(done.stderr.contains("> POST") && !done.stderr.contains("name=Ann"), "{}", done.stderr);
    desk.run(script, &["--route", &route]).prints("{\"ok\":true}\n");
}

#[test]
fn a_dry_run_shows_each_request_and_sends_none() {
    let (desk, server) = (Desk::project(""), Server::friendly());
    let base = server.url("");
    let script = format!(
        "a = invokeurl [url: \"{base}/one\" type: POST parameters: {{\"name\": \"Ann\"}} connection: \"not there\"];\n\
         info a;\n\
         b = zoho.crm.getRecordById(\"Leads\", 77, Map(), \"other\");\n\
         c = invokeurl [url: \"{base}/two\" headers: {{\"X-Id\": \"7\"}} detailed: true];\n\
         info c.get(\"responseCode\");\n"
    );
    let done = desk.run(&script, &["--dry-run"]).expect(0);
    assert_eq!(done.stdout, "{}\n200\n");
    let shown = server.normal(&done.stderr);
    for part in [
        "* line 1: invokeurl would send through the connection \"not there\"",
        "> POST http://SERVER/one",
        "} name=Ann",
        "* line 3: zoho.crm.getRecordById would send through the connection \"other\"",
        "/Leads/77",
        "> GET http://SERVER/two",
        "> X-Id: 7",
    ] {
        assert!(shown.contains(part), "{part}:\n{shown}");
    }
    assert!(server.seen().is_empty());
    assert!(!desk.home("").exists() && !desk.path(".sluice").exists(), "a dry run leaves nothing behind");
}

/// Sets up the two connections of the contact sync with the sandbox's clients.
fn two_connections(desk: &Desk, sandbox: &Sandbox, bigin: &str, books: &str) {
    for (link_name, service, client) in
        [(bigin, "zoho_bigin", sandbox.client()), (books, "zoho_books", sandbox.register_client().unwrap())]
    {
        let (id, secret, token) = (&client.client_id, &client.client_secret, &client.refresh_token);
        let secrets = [("client_id", &**id), ("client_secret", &**secret), ("refresh_token", &**token)];
        connect(desk, link_name, service, &[], &secrets).expect(0);
    }
}

#[test]
fn a_contact_sync_reaches_the_sandbox_by_routes_on_the_command_line() {
    let sandbox = Sandbox::start(Options { uses_per_token: Some(2), ..Options::default() }).unwrap();
    let desk = Desk::new();
    // The link names of an extension have the extension's name before them.
    let script = include_str!("../../../scripts/contact_sync.dg")
        .replace("\"contacts_bigin\"", "\"biginandbooks__bigin\"")
        .replace("\"books\"", "\"biginandbooks__books\"");
    two_connections(&desk, &sandbox, "biginandbooks__bigin", "biginandbooks__books");
    let base = sandbox.base_url();
    let routes = [
        format!("www.zohoapis.com={base}"),
        format!("accounts.zoho.com={base}"),
        format!("books.zoho.com={base}/books"),
    ];
    let mut options: Vec<&str> = routes.iter().flat_map(|route| ["--route", route]).collect();
    let customers = sandbox.customers().len();
    let known = format!("contact:={{\"Contacts.ID\": \"{CONTACT_KNOWN_TO_BOOKS}\"}}");
    let done = desk.run(&script, &[&options[..], &["--arg", &known]].concat()).expect(0);
    assert!(done.stdout.contains("updating Nora Byrne") && done.stdout.contains("has been saved"), "{done:?}");
    assert_eq!(done.stderr, "");
    assert_eq!(sandbox.customers().len(), customers);

    desk.write("contact.json", format!("{{\"contact\": {{\"Contacts.ID\": \"{CONTACT_NEW_TO_BOOKS}\"}}}}"));
    options.extend(["--args", "contact.json", "--json"]);
    let document = desk.run(&script, &options).expect(0).json();
    assert!(document["info"].to_string().contains("The contact has been added."), "{document}");
    assert_eq!(document["usage"]["http"], 3);
    assert_eq!(sandbox.customers().len(), customers + 1);
    let refused = sandbox.requests().iter().filter(|request| request.status == 401).count();
    assert!(refused > 0, "no token ended on the way");
}

#[test]
fn routes_of_the_project_file_lead_to_the_sandbox_too() {
    let sandbox = Sandbox::start(Options::default()).unwrap();
    let base = sandbox.base_url();
    let desk = Desk::project(&format!(
        "name = \"sync\"\n[network.routes]\n\"www.zohoapis.com\" = \"{base}\"\n\"accounts.zoho.com\" = \"{base}\"\n\
         \"books.zoho.com\" = \"{base}/books\"\n"
    ));
    two_connections(&desk, &sandbox, "contacts_bigin", "books");
    let contact = format!("contact:={{\"Contacts.ID\": \"{CONTACT_KNOWN_TO_BOOKS}\"}}");
    let done = desk.run(include_str!("../../../scripts/contact_sync.dg"), &["--arg", &contact]).expect(0);
    assert!(done.stdout.contains("has been saved"), "{done:?}");
}

#[test]
fn routes_come_from_the_environment_and_lead_to_this_machine_alone() {
    let (desk, server) = (Desk::new(), Server::friendly());
    desk.write("script.dg", "info invokeurl [url: \"https://a.test/x\"];\ninfo invokeurl [url: \"https://b.test/y\"];");
    let routes = format!("a.test={0},b.test={0}", server.url(""));
    let done = desk.call(&["run", "script.dg"]).env("SLUICE_ROUTE", &routes).done().expect(0);
    assert_eq!(done.stdout.lines().count(), 2);
    assert_eq!(server.calls(), ["GET /x", "GET /y"]);
    for route in ["a.test=http://10.0.0.1/", "a.test=https://example.com", "a.test", "a.test=ftp://127.0.0.1"] {
        desk.sluice(&["run", "script.dg", "--route", route]).complains(1, &["http::invalid-route", "help:"]);
    }
}

#[test]
fn tasks_use_the_connection_that_is_the_default_of_their_service() {
    let sandbox = Sandbox::start(Options::default()).unwrap();
    let base = sandbox.base_url();
    let desk = Desk::project(&format!(
        "[network.routes]\n\"www.zohoapis.com\" = \"{base}\"\n\"accounts.zoho.com\" = \"{base}\"\n"
    ));
    let client = sandbox.client();
    let secrets = [
        ("client_id", &*client.client_id),
        ("client_secret", &*client.client_secret),
        ("refresh_token", &*client.refresh_token),
    ];
    connect(&desk, "crm", "zoho_crm", &["--default-for", "crm"], &secrets).expect(0);
    let script = format!("info zoho.crm.getRecordById(\"Contacts\", {CONTACT_KNOWN_TO_BOOKS}).get(\"Last_Name\");");
    desk.run(&script, &[]).prints("Byrne\n");
    let script = format!("info zoho.bigin.getRecordById(\"Contacts\", {CONTACT_KNOWN_TO_BOOKS});");
    desk.run(&script, &[]).complains(5, &["connections::no-default", "default_for = [\"bigin\"]"]);
}
