//! The documents of `--json`, which programs rely on: compared whole with `tests/goldens/json/`, and key by key with what
//! the guide promises.

use serde_json::Value;

use super::harness::{Desk, Done, golden};

/// Compares a document with its golden file, with what differs between runs made equal.
#[track_caller]
fn compare(desk: &Desk, name: &str, done: &Done) -> Value {
    let document = done.json();
    assert_eq!(done.stdout.lines().count(), 1, "a document is one line:\n{}", done.stdout);
    let mut normal: Value = serde_json::from_str(&desk.normal(&done.stdout)).unwrap();
    // The memory of a value is not the same on every machine.
    let moments = ["", "/connection", "/0"].map(|at| [format!("{at}/created_at"), format!("{at}/updated_at")]);
    let counts = ["/usage/ms", "/usage/memory"].map(str::to_owned);
    for place in moments.iter().flatten().chain(&counts) {
        if let Some(number) = normal.pointer_mut(place) {
            assert!(number.is_u64(), "{number}");
            *number = 0.into();
        }
    }
    golden(&format!("json/{name}.json"), &format!("{normal:#}\n"));
    document
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

#[track_caller]
fn has_the_keys_of_a_run(document: &Value) {
    assert_eq!(keys(document), ["value", "info", "error", "usage", "diagnostics"]);
    assert_eq!(
        keys(&document["usage"]),
        ["statements", "calls", "http", "mails", "depth", "text", "elements", "memory", "output", "ms"]
    );
    if !document["error"].is_null() {
        assert_eq!(keys(&document["error"]), ["code", "message", "help", "file", "line", "column", "stack"]);
        for called in document["error"]["stack"].as_array().unwrap() {
            assert_eq!(keys(called), ["function", "file", "line"]);
        }
    }
    has_the_keys_of_diagnostics(&document["diagnostics"]);
}

#[track_caller]
fn has_the_keys_of_diagnostics(list: &Value) {
    for found in list.as_array().unwrap() {
        assert_eq!(keys(found), ["code", "severity", "line", "column", "message", "help"]);
    }
}

#[test]
fn a_run_that_succeeds() {
    let desk = Desk::new();
    let script = "\
total = 0.10;
for each price in {1.90, 2.25}
{
	total = total + price;
}
info \"total: \" + total;
info {\"nested\": {\"list\": {1, null, true}}};
return {\"total\": total, \"price\": 15.50, \"id\": 9223372036854775807, \"lines\": {\"a\\nb\", \"é\"}, \"none\": null};
";
    let done = desk.run(script, &["--json"]).expect(0);
    let document = compare(&desk, "run-success", &done);
    has_the_keys_of_a_run(&document);
    assert!(done.stdout.contains("\"total\":4.25,\"price\":15.50,\"id\":9223372036854775807"), "{}", done.stdout);
    assert_eq!(done.stderr, "");
}

#[test]
fn a_run_with_warnings() {
    let desk = Desk::new();
    let done = desk.run("1 + 1;\nx = 2;\nif(x = 2)\n{\n\tinfo x;\n}\n", &["--json"]).expect(0);
    has_the_keys_of_a_run(&compare(&desk, "run-warnings", &done));
    assert_eq!(done.stderr, "");
}

#[test]
fn a_run_that_fails_has_the_stack() {
    let desk = Desk::new();
    let script = "\
int inner(map order)
{
	return order.get(\"lines\").size();
}
int outer(map order)
{
	return inner(order) + 1;
}
info \"before\";
total = outer({\"id\": 1});
";
    let done = desk.run(script, &["--json"]).expect(3);
    let document = compare(&desk, "run-failure", &done);
    has_the_keys_of_a_run(&document);
    let stack: Vec<_> = document["error"]["stack"].as_array().unwrap().iter().map(|called| &called["line"]).collect();
    assert_eq!(stack, [3, 7, 10]);
    assert_eq!(done.stderr, "");
}

#[test]
fn a_run_that_does_not_check() {
    let desk = Desk::new();
    let script = "info \"ä\" + nmae;\ninfo \"a\".toUpperCas();\n";
    let done = desk.run(script, &["--json", "--arg", "name=x"]).expect(2);
    let document = compare(&desk, "run-check-error", &done);
    has_the_keys_of_a_run(&document);
    assert_eq!((&document["error"]["line"], &document["error"]["column"]), (&1.into(), &12.into()));
    assert_eq!(document["diagnostics"].as_array().unwrap().len(), 2);
    assert_eq!(done.stderr, "");
}

#[test]
fn a_run_without_its_connection() {
    let desk = Desk::new();
    let script = "\
info \"before\";
reply = invokeurl
[
	url: \"https://api.acme.test/orders\"
	type: GET
	connection: \"acme\"
];
";
    let done = desk.run(script, &["--json"]).expect(5);
    let document = compare(&desk, "run-connection-error", &done);
    has_the_keys_of_a_run(&document);
    assert_eq!(document["info"], serde_json::json!(["before"]));
    assert_eq!(done.stderr, "");
}

#[test]
fn a_run_that_did_not_begin() {
    let desk = Desk::new();
    let done = desk.sluice(&["run", "missing.dg", "--json"]).expect(1);
    has_the_keys_of_a_run(&compare(&desk, "run-missing-file", &done));
    let done = desk.run("int f(int n)\n{\n\treturn n;\n}\n", &["--json", "--arg", "n=x"]).expect(1);
    has_the_keys_of_a_run(&compare(&desk, "run-wrong-argument", &done));
    assert_eq!(done.stderr, "");
}

#[test]
fn the_variable_asks_for_the_document_too() {
    let desk = Desk::new();
    desk.write("script.dg", "return 1;");
    let document = desk.call(&["run", "script.dg"]).env("SLUICE_JSON", "1").done().expect(0).json();
    assert_eq!(document["value"], 1);
}

#[test]
fn a_file_is_described() {
    let desk = Desk::new();
    let server = super::server::Server::start(|_| super::server::Answer::Reply {
        status: 200,
        media_type: "text/plain",
        body: "12345".to_owned(),
    });
    let script = "return invokeurl [url: address type: GET response-format: FILE];";
    let address = format!("address={}", server.url("/report.txt"));
    let done = desk.run(script, &["--json", "--arg", &address]).expect(0);
    let document = done.json();
    assert_eq!(keys(&document["value"]), ["name", "type", "size"]);
    assert_eq!(document["value"]["size"], 5);
    assert_eq!(document["usage"]["http"], 1);
}

#[test]
fn checked_files() {
    let desk = Desk::new();
    desk.write("scripts/good.dg", "info 1;\n");
    desk.write("scripts/bad.dg", "info \"a\".toUpperCas();\ninfo (1;\n1 + 1;\n");
    desk.write("scripts/odd.dg", "1 + 1;\n");
    desk.write("scripts/latin.dg", b"info \"\xe9\";\n");
    let done = desk.sluice(&["check", "--json", "scripts", "missing.dg"]).expect(1);
    let document = compare(&desk, "check", &done);
    let files = document.as_array().unwrap();
    assert_eq!(files.len(), 5);
    for file in files {
        assert_eq!(keys(file), ["path", "ok", "dialect", "diagnostics"]);
        has_the_keys_of_diagnostics(&file["diagnostics"]);
    }
    assert_eq!(done.stderr, "");
    desk.sluice(&["check", "--json", "scripts"]).expect(2);
    desk.sluice(&["check", "--json", "scripts/good.dg", "scripts/odd.dg"]).expect(0);
    let denied = desk.sluice(&["check", "--json", "--deny-warnings", "scripts/good.dg", "scripts/odd.dg"]).expect(2);
    let ok: Vec<_> = denied.json().as_array().unwrap().iter().map(|file| file["ok"].clone()).collect();
    assert_eq!(ok, [true, false]);
}

#[test]
fn connections_and_services() {
    let desk = Desk::project("");
    desk.write(
        "acme.toml",
        "link_name = \"acme\"\nname = \"Acme\"\nhosts = [\"api.acme.test\"]\n[auth]\ntype = \"basic\"\n",
    );
    let done = desk.sluice(&["services", "create", "--file", "acme.toml", "--json"]).expect(0);
    compare(&desk, "services-create", &done);
    let done = desk.sluice(&["services", "show", "zoho_books", "--json"]).expect(0);
    compare(&desk, "services-show", &done);
    let create = ["connections", "create", "shop", "--service", "acme", "--credential", "username=env:NAME"];
    let create = [&create[..], &["--credential", "password=-", "--as", "ann", "--json"]].concat();
    let done = desk.call(&create).env("NAME", "ann").input("a long password\n").done().expect(0);
    compare(&desk, "connections-create", &done);
    let listed = desk.sluice(&["connections", "list", "--json"]).expect(0);
    let document = compare(&desk, "connections-list", &listed);
    assert_eq!(
        keys(&document[0]).join(" "),
        "link_name name service auth_type credentials user owner account kind namespace state reason changes scopes \
         granted_scopes hosts parameters default_for expires_in last_used created_at updated_at warnings origin vault"
    );
    assert_eq!(desk.sluice(&["connections", "show", "shop", "--json"]).expect(0).json(), document[0]);
    compare(&desk, "connections-unknown", &desk.sluice(&["connections", "show", "shopp", "--json"]).expect(5));
    let done = desk.sluice(&["connections", "delete", "shop", "--json"]).expect(0);
    let document = done.json();
    assert_eq!((keys(&document).join(" "), &document["deleted"]), ("deleted revoked".to_owned(), &"shop".into()));
    assert_eq!(keys(&document["revoked"][0]).join(" "), "link_name user provider_told host reason");
    assert_eq!(desk.sluice(&["connections", "list", "--json"]).expect(0).json(), serde_json::json!([]));
}
