//! Editing the files of a connected service by hand sends no secret anywhere: every key of every kind of service file is
//! changed once, and nothing reaches another server than the one that the credentials were given for.

use std::collections::BTreeSet;

use crate::cli::credentials::{connect, send};
use crate::cli::harness::Desk;
use crate::cli::server::{Answer, Server};

const HEAD: &str = "link_name = \"acme\"\nname = \"Acme\"\ndescription = \"Orders\"\nstage = \"ready\"\n\
    hosts = [\"GOOD\"]\nplain_http = false\n[[dynamic]]\nkey = \"tenant\"\nname = \"Tenant\"\ndefault = \"main\"\n\
    values = [\"main\", \"EVIL\"]\n[verify]\nmethod = \"GET\"\nurl = \"http://GOOD/me\"\n";
const OAUTH2: &str = "[auth]\ntype = \"oauth2\"\ngrant = \"authorization_code\"\nauthorize_url = \"http://GOOD/authorize\"\n\
    token_url = \"http://GOOD/token\"\nrefresh_url = \"http://GOOD/refresh\"\nrevoke_url = \"http://GOOD/revoke\"\n\
    location = \"header\"\nbearer_name = \"Bearer\"\nclient_auth = \"form\"\nexpiry = 3600\nrenew_before = 60\n\
    cool_down = 0\nscope_delimiter = \" \"\nparameters = { audience = \"orders\" }\n\
    scopes = [{ name = \"Read\", value = \"orders.read\" }]\n";
const API_KEY: &str = "[auth]\ntype = \"api_key\"\nlocation = \"header\"\n\
    parameters = [{ key = \"X-Key\", name = \"Key\", location = \"header\", prefix = \"Key \" }]\n";
const BASIC: &str = "[auth]\ntype = \"basic\"\n";

/// An edit, and whether it must stop everything: what decides where or how a secret is sent.
type Edit = (&'static str, &'static str, bool);

const HEAD_EDITS: &[Edit] = &[
    ("link_name = \"acme\"", "link_name = \"other\"", true),
    ("name = \"Acme\"", "name = \"EVIL\"", false),
    ("description = \"Orders\"", "description = \"http://EVIL/\"", false),
    ("stage = \"ready\"", "stage = \"draft\"", false),
    ("hosts = [\"GOOD\"]", "hosts = [\"EVIL\"]", true),
    ("hosts = [\"GOOD\"]", "hosts = [\"GOOD\", \"EVIL\"]", true),
    ("hosts = [\"GOOD\"]", "hosts = [\"*\"]", true),
    ("plain_http = false", "plain_http = true", true),
    ("key = \"tenant\"", "key = \"hosts\"", true),
    ("name = \"Tenant\"", "name = \"EVIL\"", false),
    ("default = \"main\"", "default = \"EVIL\"", true),
    ("values = [\"main\", \"EVIL\"]", "values = [\"EVIL\"]", true),
    ("method = \"GET\"", "method = \"POST\"", true),
    ("url = \"http://GOOD/me\"", "url = \"http://EVIL/me\"", true),
];
const OAUTH2_EDITS: &[Edit] = &[
    ("type = \"oauth2\"", "type = \"basic\"", true),
    ("grant = \"authorization_code\"", "grant = \"client_credentials\"", true),
    ("authorize_url = \"http://GOOD/", "authorize_url = \"http://EVIL/", true),
    ("token_url = \"http://GOOD/", "token_url = \"http://EVIL/", true),
    ("refresh_url = \"http://GOOD/", "refresh_url = \"http://EVIL/", true),
    ("refresh_url = \"http://GOOD/refresh\"\n", "", true),
    ("revoke_url = \"http://GOOD/", "revoke_url = \"http://EVIL/", true),
    ("location = \"header\"", "location = \"query\"", true),
    ("bearer_name = \"Bearer\"", "bearer_name = \"Other\"", true),
    ("bearer_name = \"Bearer\"", "header_name = \"X-Other\"", true),
    ("client_auth = \"form\"", "client_auth = \"basic\"", true),
    ("expiry = 3600", "expiry = 900", false),
    ("renew_before = 60", "renew_before = 600", false),
    ("cool_down = 0", "cool_down = 600", false),
    ("scope_delimiter = \" \"", "scope_delimiter = \",\"", true),
    ("parameters = { audience = \"orders\" }", "parameters = { audience = \"all\" }", true),
    ("value = \"orders.read\"", "value = \"orders.all\"", false),
];
const API_KEY_EDITS: &[Edit] = &[
    ("type = \"api_key\"", "type = \"basic\"", true),
    ("location = \"header\"\n", "location = \"query\"\n", false),
    ("key = \"X-Key\"", "key = \"X-Other\"", true),
    ("name = \"Key\"", "name = \"EVIL\"", false),
    ("location = \"header\",", "location = \"query\",", true),
    ("prefix = \"Key \"", "prefix = \"Other \"", true),
];
const BASIC_EDITS: &[Edit] = &[("type = \"basic\"", "type = \"oauth1\"", true)];

const OAUTH1: &str = "[auth]\ntype = \"oauth1\"\nrequest_token_url = \"http://GOOD/request\"\n\
    authorize_url = \"http://GOOD/authorize\"\naccess_token_url = \"http://GOOD/access\"\nlocation = \"header\"\n\
    signature = \"HMAC-SHA1\"\n";
const OAUTH1_EDITS: &[Edit] = &[
    ("type = \"oauth1\"", "type = \"basic\"", true),
    ("request_token_url = \"http://GOOD/", "request_token_url = \"http://EVIL/", true),
    ("authorize_url = \"http://GOOD/", "authorize_url = \"http://EVIL/", true),
    ("access_token_url = \"http://GOOD/", "access_token_url = \"http://EVIL/", true),
    ("location = \"header\"", "location = \"query\"", true),
    ("signature = \"HMAC-SHA1\"", "signature = \"PLAINTEXT\"", true),
];
const AWS: &str = "[auth]\ntype = \"aws_v4\"\naws_service = \"s3\"\nregion = \"eu-west-1\"\n";
const AWS_EDITS: &[Edit] = &[
    ("type = \"aws_v4\"", "type = \"basic\"", true),
    ("aws_service = \"s3\"", "aws_service = \"sqs\"", true),
    ("region = \"eu-west-1\"", "region = \"us-east-1\"", true),
];

const SECRET: &str = "a-secret-nobody-else-may-see";

/// Changes each key of a connected service, one after the other.
fn every_edit(auth: &str, edits: &[Edit], secrets: &[(&str, &str)]) {
    covers_every_key(auth, edits);
    let evil = Server::friendly();
    for (from, to, stops) in HEAD_EDITS.iter().chain(edits) {
        let good = Server::start(|seen| match seen.path() {
            "/token" | "/refresh" => Answer::token("issued"),
            _ => Answer::ok(),
        });
        let desk = Desk::project("");
        let host = |server: &Server| server.url("").trim_start_matches("http://").to_owned();
        let named = |text: &str| text.replace("GOOD", &host(&good)).replace("EVIL", &host(&evil));
        let before = named(&format!("{HEAD}{auth}"));
        desk.write("new.toml", &before);
        desk.sluice(&["services", "create", "--file", "new.toml"]).expect(0);
        connect(&desk, "shop", "acme", &[], secrets).expect(0);
        let after = before.replacen(&named(from), &named(to), 1);
        assert_ne!(before, after, "{from}");
        desk.write("services/acme.toml", &after);
        let (to_evil, to_good) = (evil.url("/orders"), good.url("/orders"));
        let mut tries: Vec<_> = [&to_evil, &to_good].map(|url| send(&desk, url, "shop", "type: GET")).into();
        tries.push(desk.sluice(&["connections", "test", "shop", "--url", &to_evil]));
        tries.push(desk.sluice(&["connections", "test", "shop"]));
        for done in tries {
            assert!(!done.all().contains(SECRET), "{from}: {done:?}");
            if *stops {
                let is_changed = done.stderr.contains("connections::definition-changed");
                assert!(done.code == 5 || done.code != 0 && !is_changed, "{from} => {to}: {done:?}");
                tells_what_changed(&done.stderr, &named(from), &named(to));
            }
        }
        assert!(evil.seen().is_empty(), "{from} => {to}: {:#?}", evil.seen());
        assert!(!*stops || good.seen().is_empty(), "{from} => {to}: {:#?}", good.seen());
        assert!(*stops || good.seen().len() <= 3, "{from} => {to}: {:#?}", good.seen());
    }
}

/// A definition that changed is shown with the line that did and the command that confirms it; one that is none any more
/// with its place.
fn tells_what_changed(message: &str, from: &str, to: &str) {
    if !message.contains("connections::definition-changed") {
        let others = ["connections::invalid-file", "connections::unknown-", "connections::invalid-parameter"];
        assert!(others.iter().any(|code| message.contains(code)), "{from} => {to}: {message}");
        return;
    }
    let told = message.replace("\n  │ ", "").replace("\n        ", "\n").replace("\n  help: ", "\n");
    let lines: Vec<_> = told.lines().filter(|line| line.starts_with("+ ") || line.starts_with("- ")).collect();
    assert!(!lines.is_empty(), "{from} => {to}: {message}");
    // The value of the edit is in one of the lines, unless the line went away altogether.
    let value = |edit: &str| edit.split('"').rfind(|part| part.len() > 3).unwrap_or_default().to_owned();
    let is_shown = [from, to].iter().any(|edit| lines.iter().any(|line| line.contains(&value(edit))));
    assert!(is_shown, "{from} => {to}: {message}");
    let commands = ["sluice connections create shop --service", "sluice connections authorize shop"];
    assert!(commands.iter().any(|command| told.contains(command)), "{message}");
}

/// No key of the files is left out of the table.
fn covers_every_key(auth: &str, edits: &[Edit]) {
    let keys = |text: &str| -> BTreeSet<String> {
        let words = text.split(|c: char| !c.is_ascii_alphanumeric() && !"_ =".contains(c));
        words.filter_map(|word| Some(word.split_once(" =")?.0.trim().to_owned())).collect()
    };
    let edited: String = HEAD_EDITS.iter().chain(edits).map(|(from, ..)| format!("{from}\n")).collect();
    let left: Vec<_> = keys(&format!("{HEAD}{auth}")).difference(&keys(&edited)).cloned().collect();
    // The list of scopes and its name, which only people read, change with its values.
    assert!(left.iter().all(|key| ["scopes", "audience", "parameters"].contains(&key.as_str())), "{left:?}");
}

#[test]
fn no_edit_of_an_oauth_service_sends_a_secret() {
    let secrets = [("client_id", "the-id"), ("client_secret", SECRET), ("refresh_token", SECRET)];
    every_edit(OAUTH2, OAUTH2_EDITS, &secrets);
}

#[test]
fn no_edit_of_an_api_key_service_sends_a_secret() {
    every_edit(API_KEY, API_KEY_EDITS, &[("X-Key", SECRET)]);
}

#[test]
fn no_edit_of_a_basic_service_sends_a_secret() {
    every_edit(BASIC, BASIC_EDITS, &[("username", "ann"), ("password", SECRET)]);
}

#[test]
fn no_edit_of_an_oauth1_service_sends_a_secret() {
    let secrets =
        [("consumer_key", "the-key"), ("consumer_secret", SECRET), ("token", SECRET), ("token_secret", SECRET)];
    every_edit(OAUTH1, OAUTH1_EDITS, &secrets);
}

#[test]
fn no_edit_of_an_aws_service_sends_a_secret() {
    every_edit(AWS, AWS_EDITS, &[("access_key", "the-access-key"), ("secret_key", SECRET)]);
}

/// The entry in `connections.toml`: another service, other scopes, other values.
#[test]
fn no_edit_of_the_connection_sends_a_secret() {
    let (good, evil) = (Server::friendly(), Server::friendly());
    let desk = Desk::project("");
    let host = |server: &Server| server.url("").trim_start_matches("http://").to_owned();
    for (name, server) in [("acme", &good), ("other", &evil)] {
        let dynamic = "[[dynamic]]\nkey = \"tenant\"\n";
        let head = format!("link_name = \"{name}\"\nhosts = [\"{}\"]\n{BASIC}", host(server));
        desk.write("new.toml", format!("{head}[verify]\nurl = \"{}\"\n{dynamic}", server.url("/me")));
        desk.sluice(&["services", "create", "--file", "new.toml"]).expect(0);
    }
    connect(
        &desk,
        "shop",
        "acme",
        &["--scope", "a", "--param", "tenant=main"],
        &[("username", "ann"), ("password", SECRET)],
    )
    .expect(0);
    let before = std::fs::read_to_string(desk.path("connections.toml")).unwrap();
    for (from, to) in [
        ("service = \"acme\"", "service = \"other\"".to_owned()),
        ("scopes = [\"a\"]", "scopes = [\"a\", \"all\"]".to_owned()),
        ("scopes = [\"a\"]", "scopes = []".to_owned()),
        ("tenant = \"main\"", format!("tenant = \"{}\"", host(&evil))),
        ("[shop", "[other_shop".to_owned()),
    ] {
        let after = before.replace(from, &to);
        assert_ne!(before, after, "{from}");
        desk.write("connections.toml", after);
        for server in [&evil, &good] {
            for name in ["shop", "other_shop"] {
                let done = send(&desk, &server.url("/{tenant}"), name, "type: GET").expect(5);
                assert!(!done.all().contains(SECRET), "{done:?}");
                desk.sluice(&["connections", "test", name]).expect(5);
            }
        }
        assert!(good.seen().is_empty() && evil.seen().is_empty(), "{from} => {to}");
    }
    desk.write("connections.toml", before);
    send(&desk, &good.url("/{tenant}"), "shop", "type: GET").expect(0);
}
