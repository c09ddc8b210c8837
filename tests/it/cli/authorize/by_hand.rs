//! Codes that a person carries: from Zoho's Self Client, or out of a browser on another machine.

use super::super::harness::Desk;
use super::person::{SignIn, back, provider, service};

#[test]
fn the_address_that_a_browser_ended_at_is_taken_from_standard_input() {
    let (desk, server) = (Desk::project(""), provider());
    service(&desk, &server, "");
    let mut sign_in = SignIn::start(&desk, &["--code", "-"]);
    let question = sign_in.wait_for("response_type=code").trim().parse().unwrap();
    let address = back(&question, &[("code", "good")]);
    sign_in.give(address.as_str());
    sign_in.done().expect(0);
    let form = server.seen()[0].form();
    assert!(form.contains(&("redirect_uri".to_owned(), "http://127.0.0.1:8917/callback".to_owned())));
    assert!(form.iter().any(|(key, value)| key == "code_verifier" && value.len() == 43));
}

#[test]
fn an_address_of_another_sign_in_is_refused() {
    let (desk, server) = (Desk::project(""), provider());
    service(&desk, &server, "");
    let mut sign_in = SignIn::start(&desk, &["--code", "-"]);
    sign_in.give("http://127.0.0.1:8917/callback?code=good&state=another");
    sign_in.done().complains(5, &["connections::wrong-state"]);
    let mut sign_in = SignIn::start(&desk, &["--code", "-", "--port", "9000"]);
    sign_in.give("http://127.0.0.1:8917/callback?code=good&state=another");
    sign_in.done().complains(5, &["connections::wrong-callback", "http://127.0.0.1:9000/callback"]);
    SignIn::start(&desk, &["--code", "-"]).done().complains(1, &["cli::credential"]);
    assert!(server.seen().is_empty());
}

#[test]
fn a_code_alone_belongs_to_the_callback_address() {
    let (desk, server) = (Desk::project(""), provider());
    service(&desk, &server, "");
    desk.write("code.txt", "good\n");
    SignIn::start(&desk, &["--code", "file:code.txt"]).done().expect(0);
    assert!(server.seen()[0].form().iter().any(|(key, _)| key == "redirect_uri"));
}

#[test]
fn a_self_clients_code_goes_without_an_address() {
    let (desk, server) = (Desk::project(""), provider());
    service(&desk, &server, "self_client = true\nconsole_url = \"https://console.acme.test/\"");
    let mut sign_in = SignIn::start(&desk, &["--code", "-"]);
    sign_in.wait_for("https://console.acme.test/");
    sign_in.wait_for("a.read,b.write");
    sign_in.give("good");
    let done = sign_in.done().expect(0);
    assert!(!done.all().contains("good") && done.stdout.contains("ann@acme.test"), "{done:?}");
    let form = server.seen()[0].form();
    assert!(!form.iter().any(|(key, _)| ["redirect_uri", "code_verifier"].contains(&key.as_str())), "{form:?}");
}

#[test]
fn zohos_console_is_that_of_the_data_centre() {
    let desk = Desk::project("");
    let mut command = desk.command(&[
        "connections",
        "authorize",
        "books",
        "--service",
        "zoho_books",
        "--scope",
        "ZohoBooks.contacts.ALL,ZohoBooks.settings.READ",
        "--param",
        "accounts=accounts.zoho.eu",
        "--credential",
        "client_id=env:ID",
        "--code",
        "-",
    ]);
    command.env("ID", "1000.X");
    let mut sign_in = SignIn::spawn(command);
    sign_in.wait_for("https://api-console.zoho.eu/");
    sign_in.wait_for("ZohoBooks.contacts.ALL,ZohoBooks.settings.READ");
    sign_in.done().complains(1, &["cli::credential"]);
}
