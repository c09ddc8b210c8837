//! Services and connections set up by commands alone, and what then reaches the server: the exact header, query or form
//! field, once, and nothing else.

use super::harness::{Desk, Done};
use super::server::{Server, owned};

/// Writes and installs a service for this machine with this `[auth]` table.
pub fn service(desk: &Desk, link_name: &str, auth: &str) {
    let text =
        format!("link_name = \"{link_name}\"\nname = \"{link_name}\"\nhosts = [\"127.0.0.1\"]\n[auth]\n{auth}\n");
    desk.write("new.toml", text);
    desk.sluice(&["services", "create", "--file", "new.toml"]).expect(0);
}

/// Makes a connection; each secret is handed over in an environment variable.
pub fn connect(desk: &Desk, link_name: &str, service: &str, options: &[&str], secrets: &[(&str, &str)]) -> Done {
    let sources: Vec<String> =
        secrets.iter().enumerate().map(|(at, (key, _))| format!("{key}=env:GIVEN_{at}")).collect();
    let mut arguments = vec!["connections", "create", link_name, "--service", service];
    arguments.extend(options);
    arguments.extend(sources.iter().flat_map(|source| ["--credential", source]));
    let call = desk.call(&arguments);
    let call = secrets.iter().enumerate().fold(call, |call, (at, (_, value))| call.env(&format!("GIVEN_{at}"), value));
    call.done()
}

/// Runs one request through a connection; `rest` are further attributes.
pub fn send(desk: &Desk, url: &str, link_name: &str, rest: &str) -> Done {
    let script =
        format!("reply = invokeurl\n[\n\turl: \"{url}\"\n\t{rest}\n\tconnection: \"{link_name}\"\n];\ninfo reply;\n");
    desk.run(&script, &[])
}

#[test]
fn basic_is_the_joined_pair_in_base64() {
    let (desk, server) = (Desk::project(""), Server::friendly());
    service(&desk, "acme", "type = \"basic\"");
    connect(&desk, "shop", "acme", &[], &[("username", "ann"), ("password", "pä:ss wörd")]).expect(0);
    send(&desk, &server.url("/me"), "shop", "type: GET").prints("{\"ok\":true}\n");
    let seen = server.only();
    // ann:pä:ss wörd
    assert_eq!(seen.header("authorization"), "Basic YW5uOnDDpDpzcyB3w7ZyZA==");
    assert_eq!((seen.method.as_str(), seen.target.as_str(), seen.body.as_str()), ("GET", "/me", ""));
}

#[test]
fn api_keys_go_into_header_query_and_form() {
    let (desk, server) = (Desk::project(""), Server::friendly());
    let parameters = "type = \"api_key\"\nparameters = [\n\
        { key = \"X-Acme-Key\", location = \"header\" },\n\
        { key = \"acme id\", location = \"query\" },\n\
        { key = \"acme_form\", location = \"form\" },\n]";
    service(&desk, "acme", parameters);
    let secrets = [("X-Acme-Key", "header key"), ("acme id", "query&key=ü"), ("acme_form", "form+key")];
    connect(&desk, "shop", "acme", &[], &secrets).expect(0);
    let url = server.url("/orders?page=2");
    send(&desk, &url, "shop", "type: POST parameters: {\"name\": \"A & B\"}").prints("{\"ok\":true}\n");
    let seen = server.only();
    assert_eq!(seen.header("x-acme-key"), "header key");
    assert_eq!(seen.query(), owned(&[("page", "2"), ("acme id", "query&key=ü")]));
    assert_eq!(seen.form(), owned(&[("name", "A & B"), ("acme_form", "form+key")]));
    assert_eq!((seen.header("authorization"), seen.header("cookie")), ("", ""));
}

#[test]
fn a_key_in_the_query_joins_the_parameters_of_a_get() {
    let (desk, server) = (Desk::project(""), Server::friendly());
    let parameters = "type = \"api_key\"\nlocation = \"query\"\nparameters = [{ key = \"key\" }, { key = \"token\" }]";
    service(&desk, "acme", parameters);
    connect(&desk, "shop", "acme", &[], &[("key", "first key"), ("token", "second")]).expect(0);
    send(&desk, &server.url("/orders"), "shop", "type: GET parameters: {\"q\": \"é\"}").expect(0);
    let seen = server.only();
    assert_eq!(seen.query(), owned(&[("q", "é"), ("key", "first key"), ("token", "second")]));
    assert_eq!(seen.body, "");
}

#[test]
fn a_key_for_a_form_is_not_put_anywhere_else() {
    let (desk, server) = (Desk::project(""), Server::friendly());
    service(&desk, "acme", "type = \"api_key\"\nparameters = [{ key = \"key\", location = \"form\" }]");
    connect(&desk, "shop", "acme", &[], &[("key", "a form key")]).expect(0);
    let done = send(&desk, &server.url("/orders"), "shop", "type: POST parameters: \"raw text\"");
    done.complains(5, &["connections::no-place-for-key", "help:"]);
    assert!(server.seen().is_empty());
}

#[test]
fn what_a_script_sets_by_hand_gives_way_to_the_connection() {
    let (desk, server) = (Desk::project(""), Server::friendly());
    service(&desk, "acme", "type = \"basic\"");
    connect(&desk, "shop", "acme", &[], &[("username", "ann"), ("password", "secret")]).expect(0);
    let headers = "type: GET headers: {\"authorization\": \"Bearer mine\", \"X-Trace\": \"7\"}";
    send(&desk, &server.url("/me"), "shop", headers).expect(0);
    let seen = server.only();
    assert_eq!(seen.header("authorization"), "Basic YW5uOnNlY3JldA==");
    assert_eq!(seen.header("x-trace"), "7");
}

#[test]
fn secrets_come_from_variables_files_and_standard_input() {
    let (desk, server) = (Desk::project(""), Server::friendly());
    let keys = ["a", "b", "c", "d"].map(|key| format!("{{ key = \"{key}\", location = \"query\" }}")).join(", ");
    service(&desk, "acme", &format!("type = \"api_key\"\nparameters = [{keys}]"));
    desk.write("key.txt", " from a file \r\n");
    let sources = ["a=-", "b=env:MY_KEY", "c=file:key.txt", "d=-"];
    let mut arguments = vec!["connections", "create", "shop", "--service", "acme"];
    arguments.extend(sources.iter().flat_map(|source| ["--credential", source]));
    desk.call(&arguments).env("MY_KEY", "from a variable").input("first line\r\nsecond line").done().expect(0);
    send(&desk, &server.url("/"), "shop", "type: GET").expect(0);
    let expected = [("a", "first line"), ("b", "from a variable"), ("c", " from a file "), ("d", "second line")];
    assert_eq!(server.only().query(), owned(&expected));
}

#[test]
fn a_source_that_gives_nothing_is_named() {
    let desk = Desk::project("");
    service(&desk, "acme", "type = \"basic\"");
    desk.write("empty.txt", "\n");
    let create = |password: &str| {
        let arguments =
            ["connections", "create", "shop", "--service", "acme", "--credential", "username=env:USER_NAME"];
        desk.call(&[&arguments[..], &["--credential", password]].concat()).env("USER_NAME", "ann").done()
    };
    create("password=env:NOT_SET_HERE").complains(1, &["cli::credential", "`password`", "NOT_SET_HERE"]);
    create("password=file:missing.txt").complains(1, &["cli::credential", "missing.txt"]);
    let empty = ["--credential", "username=file:empty.txt", "--credential", "password=env:USER_NAME"];
    let empty = [&["connections", "create", "shop", "--service", "acme"][..], &empty].concat();
    desk.call(&empty).env("USER_NAME", "ann").done().complains(1, &["cli::credential", "empty"]);
    create("password=-").complains(1, &["cli::credential", "standard input"]);
    create("pasword=env:USER_NAME").complains(1, &["connections::unknown-credential", "did you mean \"password\"?"]);
    desk.sluice(&["connections", "show", "shop"]).expect(5);
}

#[test]
fn a_bare_value_is_refused_and_not_repeated() {
    let desk = Desk::project("");
    service(&desk, "acme", "type = \"basic\"");
    for bare in
        ["password=hunter2", "hunter2", "password=hunter2=", "password=:hunter2", "password=file:", "hunter2=-x"]
    {
        let arguments = ["connections", "create", "shop", "--service", "acme", "--credential", bare];
        for arguments in [&arguments[..], &[&arguments[..], &["--json"]].concat()] {
            let done = desk.sluice(arguments).expect(1);
            assert!(done.all().contains("cli::bare-credential"), "{done:?}");
            assert!(!done.all().contains("hunter2"), "{done:?}");
        }
    }
    assert_eq!(desk.sluice(&["connections", "list", "--json"]).expect(0).stdout, "[]\n");
}

#[test]
fn a_secret_in_the_wrong_place_is_not_repeated_either() {
    let desk = Desk::project("");
    for wrong in [
        &["--credentials", "password=hunter2"][..],
        &["--credential", "password", "hunter2"],
        &["--password=hunter2"],
        &["--expires-in", "hunter2"],
        &["--param", "hunter2"],
        &["hunter2"],
    ] {
        let done =
            desk.sluice(&[&["connections", "create", "shop", "--service", "zoho_books"], wrong].concat()).expect(1);
        assert!(!done.all().contains("hunter2") && !done.stderr.is_empty(), "{done:?}");
    }
}

#[test]
fn missing_credentials_are_listed() {
    let desk = Desk::project("");
    service(
        &desk,
        "acme",
        "type = \"api_key\"\nparameters = [{ key = \"k1\" }, { key = \"k2\", name = \"Second key\" }]",
    );
    let done = connect(&desk, "shop", "acme", &[], &[("k1", "one")]);
    done.complains(1, &["connections::missing-credential", "`k2` (Second key)", "KEY=env:NAME"]);
    connect(&desk, "shop", "acne", &[], &[]).complains(1, &["connections::unknown-service", "did you mean \"acme\"?"]);
    let done = connect(&desk, "Shop!", "acme", &[], &[("k1", "one"), ("k2", "two")]);
    done.complains(1, &["connections::invalid-link-name", "Shop!"]);
    desk.sluice(&["connections", "create", "shop"]).complains(1, &["cli::no-service"]);
}

#[test]
fn connections_are_listed_shown_and_deleted() {
    let (desk, server) = (Desk::project("name = \"shop\"\n"), Server::friendly());
    let none = desk.sluice(&["connections", "list"]).expect(0);
    assert!(none.stdout.contains("sluice connections create"), "{none:?}");
    service(&desk, "acme", "type = \"basic\"");
    let created =
        connect(&desk, "shop", "acme", &["--name", "The shop"], &[("username", "ann"), ("password", "secret")]);
    let created = created.expect(0);
    assert!(created.stdout.contains("\"shop\"") && created.stderr.is_empty(), "{created:?}");
    let listed = desk.sluice(&["connections", "list"]).expect(0).stdout;
    assert!(listed.contains("shop") && listed.contains("connected") && listed.contains("acme"), "{listed}");
    let shown = desk.sluice(&["connections", "show", "shop"]).expect(0).stdout;
    for part in ["The shop", "acme (basic)", "connected", "the project", "vault.json"] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    desk.sluice(&["connections", "show", "shp"]).complains(5, &["unknown-link-name", "did you mean \"shop\"?"]);
    desk.sluice(&["connections", "delete", "shp"]).complains(5, &["unknown-link-name"]);
    desk.sluice(&["connections", "delete", "shop", "--yes"]).expect(0);
    desk.sluice(&["connections", "show", "shop"]).expect(5);
    send(&desk, &server.url("/me"), "shop", "type: GET").complains(5, &["connections::unknown-link-name"]);
    assert!(server.seen().is_empty());
}

#[test]
fn what_a_connection_is_cannot_be_changed_by_creating_it_again() {
    let desk = Desk::project("");
    service(&desk, "acme", "type = \"basic\"");
    service(&desk, "other", "type = \"basic\"");
    let pair = [("username", "ann"), ("password", "secret")];
    connect(&desk, "shop", "acme", &[], &pair).expect(0);
    connect(&desk, "shop", "acme", &[], &pair).expect(0);
    let done = connect(&desk, "shop", "other", &[], &pair);
    done.complains(1, &["connections::already-exists", "sluice connections delete shop"]);
}

#[test]
fn without_a_project_the_users_folder_is_used() {
    let (desk, server) = (Desk::new(), Server::friendly());
    service(&desk, "acme", "type = \"basic\"");
    connect(&desk, "shop", "acme", &[], &[("username", "ann"), ("password", "secret")]).expect(0);
    send(&desk, &server.url("/me"), "shop", "type: GET").expect(0);
    assert!(desk.home("connections.toml").is_file() && desk.home("services/acme.toml").is_file());
    assert!(!desk.path(".sluice").exists() && !desk.path("connections.toml").exists());
}

#[test]
fn a_project_sees_the_users_connections_and_cannot_redefine_them() {
    let (desk, server) = (Desk::new(), Server::friendly());
    service(&desk, "acme", "type = \"basic\"");
    connect(&desk, "shop", "acme", &[], &[("username", "ann"), ("password", "secret")]).expect(0);
    desk.write("sluice.toml", "");
    send(&desk, &server.url("/me"), "shop", "type: GET").expect(0);
    desk.write("services/acme.toml", "link_name = \"acme\"\nhosts = [\"*\"]\n[auth]\ntype = \"basic\"\n");
    let done = send(&desk, &server.url("/again"), "shop", "type: GET");
    assert!(done.code != 0 && done.stderr.contains("connections::redefined"), "{done:?}");
    assert_eq!(server.calls(), ["GET /me"]);
}

#[test]
fn the_login_users_credentials_are_chosen_by_as() {
    let (desk, server) = (Desk::project(""), Server::friendly());
    service(&desk, "acme", "type = \"api_key\"\nparameters = [{ key = \"key\", location = \"query\" }]");
    let of = |user: &'static str| ["--credentials", "user", "--user", user];
    connect(&desk, "shop", "acme", &of("asha"), &[("key", "key of asha")]).expect(0);
    connect(&desk, "shop", "acme", &of("ben"), &[("key", "key of ben")]).expect(0);
    let script = format!("info invokeurl [url: \"{}\" type: GET connection: \"shop\"];", server.url("/"));
    desk.run(&script, &["--as", "ben"]).expect(0);
    desk.run(&script, &["--as", "asha"]).expect(0);
    desk.run(&script, &["--as", "carl"]).complains(5, &["connections::not-authorised", "carl", "--user carl"]);
    let keys: Vec<_> = server.seen().iter().map(|seen| seen.query()[0].1.clone()).collect();
    assert_eq!(keys, ["key of ben", "key of asha"]);
}

#[test]
fn parameters_of_a_connection_fill_addresses_and_hosts() {
    let (desk, server) = (Desk::project(""), Server::friendly());
    let port = server.url("").rsplit_once(':').unwrap().1.to_owned();
    let text = "link_name = \"acme\"\nhosts = [\"{domain}.acme.test\"]\nplain_http = true\n[auth]\ntype = \"basic\"\n\
                [[dynamic]]\nkey = \"domain\"\nname = \"Your domain\"\n";
    desk.write("acme.toml", text);
    desk.sluice(&["services", "create", "--file", "acme.toml"]).expect(0);
    let pair = [("username", "ann"), ("password", "secret")];
    connect(&desk, "shop", "acme", &[], &pair).complains(1, &["connections::invalid-parameter", "domain"]);
    connect(&desk, "shop", "acme", &["--param", "domain=north"], &pair).expect(0);
    let route = format!("north.acme.test=http://127.0.0.1:{port}");
    let script = "info invokeurl [url: \"https://{domain}.acme.test/me\" type: GET connection: \"shop\"];";
    desk.run(script, &["--route", &route]).prints("{\"ok\":true}\n");
    assert_eq!(server.only().header("authorization"), "Basic YW5uOnNlY3JldA==");
}
