//! When a connection is not used: each case has its own code, exit code 5 and a way out, and nothing leaves the machine.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use serde_json::json;

use super::credentials::{connect, send, service};
use super::harness::{Desk, Done};
use super::server::{Answer, Server};

const PAIR: [(&str, &str); 2] = [("username", "ann"), ("password", "a long password")];

/// A project with the connection `shop` to a server that answers everything.
fn shop() -> (Desk, Server) {
    let (desk, server) = (Desk::project(""), Server::friendly());
    service(&desk, "acme", "type = \"basic\"");
    connect(&desk, "shop", "acme", &[], &PAIR).expect(0);
    (desk, server)
}

fn get(desk: &Desk, server: &Server) -> Done {
    send(desk, &server.url("/orders"), "shop", "type: GET")
}

#[test]
fn an_unknown_connection_is_answered_with_a_proposal() {
    let (desk, server) = shop();
    let done = send(&desk, &server.url("/orders"), "shpo", "type: GET");
    let help = ["connections::unknown-link-name", "(Line no: 1)", "\"shpo\"", "did you mean \"shop\"?"];
    done.complains(5, &help);
    assert!(server.seen().is_empty());
}

#[test]
fn credentials_go_to_the_hosts_of_the_service_alone() {
    let (desk, server) = shop();
    let other = server.url("/orders").replace("127.0.0.1", "localhost");
    let done = send(&desk, &other, "shop", "type: GET");
    done.complains(5, &["connections::invalid-domain", "localhost", "acme", "127.0.0.1", "nothing was sent"]);
    for url in ["https://127.0.0.1.evil.test/", "https://evil.test/?x=127.0.0.1", "https://127.0.0.1@evil.test/"] {
        send(&desk, url, "shop", "type: GET").complains(5, &["connections::invalid-domain", "evil.test"]);
    }
    assert!(server.seen().is_empty());
}

#[test]
fn a_redirect_takes_no_credential_along() {
    let target = Server::friendly();
    let to = target.url("/elsewhere");
    let server = Server::start(move |_| Answer::Redirect(to.clone()));
    let desk = Desk::project("");
    let parameters = "{ key = \"X-Own\", location = \"header\" }, { key = \"own\", location = \"query\" }, \
                      { key = \"form\", location = \"form\" }";
    service(&desk, "acme", &format!("type = \"api_key\"\nparameters = [{parameters}]"));
    let secrets = [("X-Own", "header-key"), ("own", "query-key"), ("form", "form-key")];
    connect(&desk, "shop", "acme", &[], &secrets).expect(0);
    let done = send(&desk, &server.url("/start"), "shop", "type: POST parameters: {\"a\": 1}");
    assert!(matches!(done.code, 0 | 3), "{done:?}");
    assert_eq!(server.only().header("x-own"), "header-key");
    for seen in target.seen() {
        assert!(!format!("{seen:?}").contains("-key"), "{seen:?}");
    }
}

#[test]
fn plain_http_to_other_machines_is_refused() {
    let desk = Desk::project("");
    desk.write("new.toml", "link_name = \"acme\"\nhosts = [\"api.acme.test\"]\n[auth]\ntype = \"basic\"\n");
    desk.sluice(&["services", "create", "--file", "new.toml"]).expect(0);
    connect(&desk, "shop", "acme", &[], &PAIR).expect(0);
    let done = send(&desk, "http://api.acme.test/", "shop", "type: GET");
    done.complains(5, &["connections::plain-http", "plain_http = true"]);
}

#[test]
fn an_edited_token_url_gets_nothing() {
    let (good, evil) = (Server::start(|_| Answer::token("a-token")), Server::start(|_| Answer::token("a-token")));
    let desk = Desk::project("");
    let auth = "type = \"oauth2\"\ngrant = \"authorization_code\"\nauthorize_url = \"URL\"\ntoken_url = \"URL\"";
    service(&desk, "acme", &auth.replace("URL", &good.url("/token")));
    let secrets = [("client_id", "ann"), ("client_secret", "a secret"), ("refresh_token", "refresh")];
    connect(&desk, "shop", "acme", &["--expires-in", "0"], &secrets).expect(0);
    let file = desk.path("services/acme.toml");
    let text = fs::read_to_string(&file).unwrap();
    let edited = text.replace(
        &format!("\ntoken_url = \"{}\"", good.url("/token")),
        &format!("\ntoken_url = \"{}\"", evil.url("/token")),
    );
    assert_ne!(text, edited);
    fs::write(&file, edited).unwrap();
    let done = send(&desk, &good.url("/orders"), "shop", "type: GET");
    let parts =
        ["connections::definition-changed", &evil.url("/token"), "sluice connections authorize shop", "+ ", "- "];
    done.complains(5, &parts);
    let shown = desk.sluice(&["connections", "show", "shop", "--json"]).expect(0).json();
    assert_eq!(shown["state"], "definition changed");
    assert_eq!(shown["changes"].as_array().unwrap().len(), 2);
    assert!(good.seen().is_empty() && evil.seen().is_empty());
    // Undoing the edit is enough.
    fs::write(&file, text).unwrap();
    send(&desk, &good.url("/orders"), "shop", "type: GET").expect(0);
    assert_eq!(good.calls(), ["POST /token", "GET /orders"]);
}

#[test]
fn every_edit_that_matters_stops_the_connection() {
    let (desk, server) = shop();
    let file = desk.path("services/acme.toml");
    let text = fs::read_to_string(&file).unwrap();
    for (from, to) in [
        ("\"127.0.0.1\"", "\"127.0.0.1\", \"evil.test\""),
        ("\"127.0.0.1\"", "\"*\""),
        ("[auth]", "plain_http = true\n[auth]"),
        ("type = \"basic\"", "type = \"api_key\"\nparameters = [{ key = \"username\", location = \"query\" }]"),
    ] {
        fs::write(&file, text.replace(from, to)).unwrap();
        get(&desk, &server).complains(5, &["connections::definition-changed"]);
    }
    assert!(server.seen().is_empty());
    // What people read may change.
    fs::write(&file, text.replace("name = \"acme\"\nhosts", "name = \"Acme Limited\"\nhosts")).unwrap();
    get(&desk, &server).expect(0);
    // Scopes belong to the connection.
    let file = desk.path("connections.toml");
    let text = fs::read_to_string(&file).unwrap();
    let edited = text.replace("scopes = []", "scopes = [\"all\"]");
    assert_ne!(text, edited);
    fs::write(&file, edited).unwrap();
    get(&desk, &server).complains(5, &["connections::definition-changed", "scope = all"]);
}

#[test]
fn a_vault_that_others_can_read_is_not_opened() {
    for name in [".sluice/vault.json", "vault.key"] {
        let (desk, server) = shop();
        let path = if name == "vault.key" { desk.home(name) } else { desk.path(name) };
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600, "{name}");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        let hint = format!("chmod 600 {}", path.display());
        get(&desk, &server).complains(5, &["connections::loose-permissions", &hint[..20]]);
        assert!(
            get(&desk, &server).stderr.replace("\n        ", "").contains(path.file_name().unwrap().to_str().unwrap())
        );
        assert!(server.seen().is_empty());
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        get(&desk, &server).expect(0);
    }
}

#[test]
fn the_private_folder_is_private_and_kept_out_of_version_control() {
    let (desk, _server) = shop();
    let mode = |name: &str| fs::metadata(desk.path(name)).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(".sluice"), 0o700);
    assert_eq!(fs::read_to_string(desk.path(".sluice/.gitignore")).unwrap().trim(), "*");
}

#[test]
fn a_changed_byte_anywhere_in_the_vault_is_found() {
    let (desk, server) = shop();
    let path = desk.path(".sluice/vault.json");
    let bytes = fs::read(&path).unwrap();
    let step = (bytes.len() / 40).max(1);
    for at in (0..bytes.len()).step_by(step) {
        let mut changed = bytes.clone();
        changed[at] ^= 1;
        fs::write(&path, &changed).unwrap();
        let done = get(&desk, &server);
        assert!(done.code == 5 && done.stderr.contains("connections::vault-"), "byte {at}: {done:?}");
    }
    for changed in [&bytes[..bytes.len() / 2], b"", b"{}", b"[1]", b"\xff\xfe"] {
        fs::write(&path, changed).unwrap();
        get(&desk, &server).complains(5, &["connections::vault-", "help:"]);
        let listed = desk.sluice(&["connections", "list"]);
        assert!(!listed.all().contains("a long password"), "{listed:?}");
    }
    assert!(server.seen().is_empty());
    fs::write(&path, bytes).unwrap();
    get(&desk, &server).expect(0);
}

#[test]
fn a_missing_or_other_key_opens_no_vault() {
    let (desk, server) = shop();
    let key = desk.home("vault.key");
    let text = fs::read_to_string(&key).unwrap();
    fs::remove_file(&key).unwrap();
    get(&desk, &server).complains(5, &["connections::vault-key-missing", "vault.key"]);
    assert!(!key.exists(), "no other key takes its place");
    fs::write(&key, text).unwrap();
    fs::set_permissions(&key, fs::Permissions::from_mode(0o600)).unwrap();
    get(&desk, &server).expect(0);
    let script = desk.call(&["run", "script.dg"]);
    let other = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    let done = script.env("SLUICE_VAULT_KEY", other).done().complains(5, &["connections::vault-key-source"]);
    assert!(!done.all().contains(other), "{done:?}");
    for (text, code) in [(other, "connections::vault-damaged"), ("not a key", "connections::vault-key-invalid")] {
        fs::write(&key, text).unwrap();
        let done = get(&desk, &server).complains(5, &[code]);
        assert!(!done.all().contains(text), "{done:?}");
    }
    assert_eq!(server.seen().len(), 1);
}

#[test]
fn a_key_from_the_environment_needs_no_file() {
    let (desk, server) = (Desk::project(""), Server::friendly());
    service(&desk, "acme", "type = \"basic\"");
    let key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    let arguments = ["connections", "create", "shop", "--service", "acme", "--credential", "username=env:NAME"];
    desk.call(&arguments).env("NAME", "ann").done().complains(1, &["connections::missing-credential", "`password`"]);
    // An empty password is one when it is given.
    let arguments = [&arguments[..], &["--credential", "password=env:NONE"]].concat();
    desk.call(&arguments).env("SLUICE_VAULT_KEY", key).env("NAME", "ann").env("NONE", "").done().expect(0);
    assert!(!desk.home("vault.key").exists());
    let script = format!("info invokeurl [url: \"{}\" connection: \"shop\"];", server.url("/"));
    desk.write("script.dg", script);
    desk.call(&["run", "script.dg"]).env("SLUICE_VAULT_KEY", key).done().expect(0);
    assert_eq!(server.only().header("authorization"), "Basic YW5uOg==");
}

#[test]
fn answers_that_are_no_tokens_are_named() {
    let page = |status, body: &str| Answer::Reply { status, media_type: "text/html", body: body.to_owned() };
    let cases: Vec<(Answer, &str, &str)> = vec![
        (page(200, "<!doctype html><p>Sign in"), "connections::token-answer", "web page"),
        (page(404, "<html></html>"), "connections::token-answer", "web page"),
        (page(200, ""), "connections::token-answer", "empty answer"),
        (page(502, "<html></html>"), "connections::token-answer", "502"),
        (Answer::json(200, json!({"error": "invalid_client"})), "connections::token-refused", "invalid_client"),
        (Answer::json(200, json!({"error": "invalid_code"})), "connections::needs-reconnect", "invalid_code"),
        (Answer::json(200, json!({"ok": true})), "connections::token-answer", "access_token"),
        (Answer::json(200, json!(["a-token"])), "connections::token-answer", "token-answer"),
        (Answer::json(200, json!({"access_token": "a\r\nX-Evil: 1"})), "connections::token-answer", "control"),
        (Answer::json(200, json!({"access_token": {"a": 1}})), "connections::token-answer", "access_token"),
    ];
    for (answer, code, part) in cases {
        let answer = std::sync::Mutex::new(Some(answer));
        let server = Server::start(move |_| answer.lock().unwrap().take().unwrap_or_else(|| Answer::token("late")));
        let desk = Desk::project("");
        let auth = "type = \"oauth2\"\ngrant = \"authorization_code\"\nauthorize_url = \"URL\"\ntoken_url = \"URL\"";
        service(&desk, "acme", &auth.replace("URL", &server.url("/token")));
        let secrets = [("client_id", "ann"), ("client_secret", "a secret"), ("refresh_token", "refresh")];
        connect(&desk, "shop", "acme", &[], &secrets).expect(0);
        get(&desk, &server).complains(5, &[code, part, "help:"]);
        assert_eq!(server.calls(), ["POST /token"], "{code} {part}");
        // What was stored is kept: but for a refusal of the grant itself, the next run works.
        if code != "connections::needs-reconnect" {
            get(&desk, &server).expect(0);
        }
    }
}

#[test]
fn a_token_endpoint_that_is_not_there() {
    let desk = Desk::project("");
    let url = "http://127.0.0.1:1/token";
    let auth = format!("type = \"oauth2\"\ngrant = \"client_credentials\"\ntoken_url = \"{url}\"");
    service(&desk, "acme", &auth);
    connect(&desk, "shop", "acme", &[], &[("client_id", "ann"), ("client_secret", "a secret")]).expect(0);
    let done = send(&desk, "http://127.0.0.1:1/orders", "shop", "type: GET");
    done.complains(5, &["connections::token-answer", "127.0.0.1", "could not be asked"]);
}

#[test]
fn files_that_are_wrong_are_named_with_their_line() {
    let desk = Desk::project("");
    let validate = |text: &str| {
        desk.write("new.toml", text);
        let created = desk.sluice(&["services", "create", "--file", "new.toml"]).expect(1);
        let validated = desk.sluice(&["services", "validate", "new.toml"]).expect(1);
        assert_eq!(created.stderr, validated.stderr);
        validated
    };
    let head = "link_name = \"acme\"\nhosts = [\"api.acme.test\"]\n";
    let cases = [
        ("link_name = \"acme\"\n[auth]\ntype = \"basic\"\n".to_owned(), "`hosts` is missing"),
        (format!("{head}stag = \"ready\"\n[auth]\ntype = \"basic\"\n"), "did you mean"),
        (format!("{head}[auth]\ntype = \"basik\"\n"), "basik"),
        (format!("{head}[auth]\ntype = \"oauth2\"\ngrant = \"device_code\"\n"), "`[auth] token_url` is missing"),
        (format!("{head}[auth]\ntype = \"aws_v4\"\n"), "aws_service"),
        (format!("{head}[auth]\ntype = \"api_key\"\n"), "parameters"),
        (
            format!(
                "{head}[auth]\ntype = \"oauth2\"\ngrant = \"client_credentials\"\ntoken_url = \"http://a.test/\"\n"
            ),
            "plain http",
        ),
        (head.replace("api.acme.test", "*.com") + "[auth]\ntype = \"basic\"\n", "too wide"),
        ("link_name = \"Acme!\"\n".to_owned(), "cannot be a link name"),
        ("link_name = ".to_owned(), "new.toml"),
    ];
    for (text, part) in cases {
        validate(&text).complains(1, &["new.toml, line ", part, "help:"]);
    }
    desk.sluice(&["services", "validate", "missing.toml"]).complains(1, &["missing.toml"]);
    desk.write("draft.toml", format!("{head}stage = \"draft\"\n[auth]\ntype = \"basic\"\n"));
    desk.sluice(&["services", "create", "--file", "draft.toml"]).expect(0);
    connect(&desk, "shop", "acme", &[], &PAIR).complains(1, &["connections::service-in-draft"]);
}
