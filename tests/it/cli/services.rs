//! The life of a custom service, told by commands alone: made, changed, made ready, used, edited and deleted, with what each
//! step does to its connections.

use serde_json::{Value, json};

use super::credentials::{connect, send};
use super::harness::{Desk, Done};
use super::server::{Server, owned};

const KEY: [(&str, &str); 1] = [("X-Key", "a long key")];

fn services(desk: &Desk, rest: &[&str]) -> Done {
    desk.sluice(&[&["services"][..], rest].concat())
}

fn text(desk: &Desk) -> String {
    std::fs::read_to_string(desk.path("services/acme.toml")).unwrap()
}

fn with_key(stage: &[&str]) -> Desk {
    let desk = Desk::project("");
    let create = ["create", "acme", "--auth-type", "api_key", "--host", "127.0.0.1", "--parameter", "X-Key=API key"];
    services(&desk, &[&create[..], stage].concat()).expect(0);
    desk
}

fn with_scopes() -> Desk {
    let desk = Desk::project("");
    services(
        &desk,
        &[
            "create",
            "acme",
            "--auth-type",
            "oauth2",
            "--host",
            "api.acme.test",
            "--token-url",
            "https://login.acme.test/token",
            "--grant",
            "client_credentials",
            "--scope",
            "orders.read=Read orders",
            "--scope",
            "orders.write",
            "--ready",
        ],
    )
    .expect(0);
    desk
}

fn state(desk: &Desk) -> Value {
    desk.sluice(&["connections", "show", "shop", "--json"]).json()["state"].clone()
}

#[test]
fn every_setting_has_an_option() {
    let desk = Desk::project("");
    desk.write("picture.PNG", b"\x89PNG\r\n\x1a\nrest");
    services(
        &desk,
        &[
            "create",
            "acme",
            "--name",
            "Acme",
            "--description",
            "Orders, customers",
            "--logo",
            "picture.PNG",
            "--auth-type",
            "oauth2",
            "--host",
            "{shop}.acme.test",
            "--host",
            "*.eu.acme.test",
            "--grant",
            "authorization_code_pkce",
            "--authorize-url",
            "https://login.acme.test/authorize",
            "--token-url",
            "https://login.acme.test/token",
            "--refresh-url",
            "https://login.acme.test/refresh",
            "--revoke-url",
            "https://login.acme.test/revoke",
            "--location",
            "query",
            "--bearer-name",
            "Zoho-oauthtoken",
            "--client-auth",
            "basic",
            "--expiry",
            "900",
            "--scope-delimiter",
            "space",
            "--scope",
            "orders.read=Read orders",
            "--scope",
            "orders.write",
            "--dynamic",
            "shop=Your shop",
            "--verify",
            "https://{shop}.acme.test/me",
            "--verify-method",
            "POST",
            "--plain-http",
            "false",
        ],
    )
    .expect(0);
    let expected = r#"link_name = "acme"
name = "Acme"
description = "Orders, customers"
stage = "draft"
logo = "acme.png"
hosts = ["{shop}.acme.test", "*.eu.acme.test"]
plain_http = false

[auth]
type = "oauth2"
grant = "authorization_code_pkce"
authorize_url = "https://login.acme.test/authorize"
token_url = "https://login.acme.test/token"
refresh_url = "https://login.acme.test/refresh"
revoke_url = "https://login.acme.test/revoke"
client_auth = "basic"
bearer_name = "Zoho-oauthtoken"
location = "query"
expiry = 900
scope_delimiter = " "
scopes = [{ value = "orders.read", name = "Read orders" }, { value = "orders.write" }]

[[dynamic]]
key = "shop"
name = "Your shop"

[verify]
method = "POST"
url = "https://{shop}.acme.test/me"
"#;
    assert_eq!(text(&desk), expected);
    assert!(desk.path("services/acme.png").exists());
    services(&desk, &["validate", "services/acme.toml"])
        .prints("services/acme.toml: the service \"acme\" (oauth2) is right.\n");
    for (auth_type, rest) in [
        ("basic", &[][..]),
        ("aws_v4", &["--aws-service", "sqs", "--region", "eu-west-1"]),
        (
            "oauth1",
            &[
                "--request-token-url",
                "https://a.test/r",
                "--authorize-url",
                "https://a.test/a",
                "--access-token-url",
                "https://a.test/t",
                "--signature",
                "HMAC-SHA256",
                "--location",
                "form",
            ],
        ),
    ] {
        let create = ["create", auth_type, "--host", "a.test", "--ready", "--auth-type", auth_type];
        services(&desk, &[&create[..], rest].concat()).expect(0);
    }
}

#[test]
fn open_weather_takes_two_commands() {
    let (desk, server) = (Desk::project(""), Server::friendly());
    services(
        &desk,
        &[
            "create",
            "weather_api",
            "--auth-type",
            "api_key",
            "--host",
            "127.0.0.1",
            "--location",
            "query",
            "--parameter",
            "appid=API key",
            "--ready",
        ],
    )
    .expect(0);
    connect(&desk, "weather", "weather_api", &[], &[("appid", "a secret key")]).expect(0);
    send(&desk, &server.url("/data/2.5/weather?q=Cork"), "weather", "type: GET").prints("{\"ok\":true}\n");
    assert_eq!(server.only().query(), owned(&[("q", "Cork"), ("appid", "a secret key")]));
}

#[test]
fn each_rule_has_its_message() {
    let desk = Desk::project("");
    let long = "a".repeat(256);
    let many: Vec<String> = (0..51).map(|at| format!("--scope=s{at}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let oauth2 = ["--auth-type", "oauth2", "--token-url", "https://a.test/t"];
    let with = |rest: &[&'static str]| [&oauth2[..], rest].concat();
    let cases: Vec<(Vec<&str>, &str)> = vec![
        (vec!["--name", &long], "`name` is too long: 256 characters"),
        (vec!["--name=-acme"], "`name` begins with neither"),
        (vec!["--name", "Acme.com"], "`name` holds \".\""),
        (vec!["--description", &long], "`description` is too long"),
        (vec!["--description", "Tom's"], "`description` holds"),
        (vec!["--logo", "missing.png"], "missing.png"),
        (vec!["--logo", "acme.gif"], "ends in none of .png, .jpg and .jpeg"),
        (vec!["--auth-type", "api_key", "--parameter", "key=-x"], "the name \"-x\" of `key` begins with neither"),
        (vec!["--auth-type", "api_key", "--parameter", "key=Key (new)"], "holds \"(\""),
        (vec!["--auth-type", "api_key"], "needs `parameters`"),
        (with(&["--scope", "s=_s"]), "the name \"_s\" of `s` begins with neither"),
        (with(&many.iter().map(|one| &*one.to_string().leak()).collect::<Vec<_>>()), "more than 50 scopes"),
        (with(&["--expiry", "899"]), "`[auth] expiry` is out of range"),
        (with(&["--expiry", "86401"]), "`[auth] expiry` is out of range"),
        (with(&["--bearer-name", "My Bearer"]), "bearer_name"),
        (with(&["--location", "form"]), "`location` cannot be \"form\""),
        (with(&["--grant", "magic"]), "magic"),
        (vec!["--host", "https://a.test"], "`hosts`"),
        (vec!["--verify", "http://a.test/"], "plain http"),
    ];
    for (rest, part) in cases {
        let mut create = vec!["create", "acme"];
        if !rest.contains(&"--host") {
            create.extend(["--host", "a.test"]);
        }
        if !rest.contains(&"--auth-type") {
            create.extend(["--auth-type", "basic"]);
        }
        services(&desk, &[&create[..], &rest].concat()).complains(1, &[part, "help:"]);
        assert!(!desk.path("services/acme.toml").exists(), "{rest:?}");
    }
    services(&desk, &["create", "Acme", "--host", "a.test"]).complains(1, &["connections::invalid-link-name"]);
    services(&desk, &["create", "acme", "--auth-type", "basic"]).complains(1, &["`hosts` is missing"]);
    services(&desk, &["create"]).complains(1, &["cli::no-service-name", "help:"]);
}

#[test]
fn all_problems_of_all_files_are_told() {
    let desk = Desk::project("");
    desk.write("good.toml", "link_name = \"good\"\nhosts = [\"a.test\"]\n[auth]\ntype = \"basic\"\n");
    desk.write(
        "bad.toml",
        "link_name = \"Bad\"\nname = \"Acme.com\"\nlogo = \"../a.png\"\nstag = 1\n[auth]\ntype = \"basik\"\n[verify]\n",
    );
    let done = services(&desk, &["validate", "good.toml", "bad.toml"]).expect(1);
    for part in
        ["link name", "`name` holds", "`logo` is not", "`hosts` is missing", "basik", "url", "unknown key `stag`"]
    {
        assert!(done.stderr.contains(part), "{part}: {done:?}");
    }
    assert!(done.stdout.contains("right") && done.stdout.contains("7 problems"), "{done:?}");
    let document = services(&desk, &["validate", "good.toml", "bad.toml", "--json"]).expect(1).json();
    assert_eq!(document[0]["ok"], true);
    assert_eq!(document[0]["service"]["link_name"], "good");
    assert_eq!((&document[1]["ok"], document[1]["problems"].as_array().unwrap().len()), (&json!(false), 7));
    let done = services(&desk, &["create", "--file", "bad.toml", "--json"]).expect(1);
    assert_eq!(done.json()["problems"], document[1]["problems"]);
}

#[test]
fn a_draft_has_no_connections_until_it_is_ready() {
    let desk = with_key(&[]);
    connect(&desk, "shop", "acme", &[], &KEY)
        .complains(1, &["connections::service-in-draft", "sluice services ready acme"]);
    services(&desk, &["ready", "acme"]).expect(0);
    assert!(text(&desk).contains("stage = \"ready\""));
    connect(&desk, "shop", "acme", &[], &KEY).expect(0);
    assert!(services(&desk, &["ready", "acme"]).expect(0).stdout.contains("already"));
    let shown = services(&desk, &["show", "acme", "--json"]).expect(0).json();
    assert_eq!(
        (&shown["stage"], &shown["connections"], &shown["origin"]),
        (&json!("ready"), &json!(["shop"]), &json!("project"))
    );
    desk.write("draft.toml", text(&desk).replace("ready", "draft"));
    services(&desk, &["edit", "acme", "--file", "draft.toml", "--yes"])
        .complains(1, &["connections::service-frozen", "cannot become a draft again"]);
}

#[test]
fn another_type_is_for_drafts_and_loses_the_settings() {
    let desk = with_key(&[]);
    let before = text(&desk);
    services(&desk, &["edit", "acme", "--auth-type", "basic"])
        .complains(1, &["cli::not-confirmed", "the settings of api_key are lost", "X-Key", "--yes"]);
    assert_eq!(text(&desk), before);
    services(&desk, &["edit", "acme", "--auth-type", "basic", "--yes"]).expect(0);
    assert!(text(&desk).ends_with("[auth]\ntype = \"basic\"\n"), "{}", text(&desk));
    services(&desk, &["ready", "acme"]).expect(0);
    services(&desk, &["edit", "acme", "--auth-type", "api_key", "--parameter", "a", "--yes"])
        .complains(1, &["connections::service-frozen", "its authentication type stays \"basic\""]);
}

#[test]
fn parameters_are_frozen_when_ready() {
    let desk = with_key(&["--ready"]);
    services(&desk, &["edit", "acme", "--remove-parameter", "X-Key", "--parameter", "b"])
        .complains(1, &["connections::service-frozen", "the parameter `X-Key`", "show acme --toml"]);
    services(
        &desk,
        &["edit", "acme", "--parameter", "X-Key=The key", "--parameter", "query:b=Second", "--location", "form"],
    )
    .expect(0);
    let expected = "parameters = [{ key = \"X-Key\", name = \"The key\" }, { key = \"b\", name = \"Second\", location = \"query\" }]";
    assert!(text(&desk).contains(expected), "{}", text(&desk));
    services(&desk, &["edit", "acme", "--remove-parameter", "none"]).complains(1, &["no parameter \"none\"", "X-Key"]);

    let desk = with_scopes();
    for change in [
        ["--grant", "authorization_code"],
        ["--bearer-name", "Token"],
        ["--expiry", "900"],
        ["--scope-delimiter", "plus"],
    ] {
        services(&desk, &["edit", "acme", change[0], change[1]])
            .complains(1, &["connections::service-frozen", "cannot change any more"]);
    }
    services(
        &desk,
        &["edit", "acme", "--bearer-name", "Bearer", "--expiry", "3600", "--token-url", "https://b.test/t"],
    )
    .expect(0);
}

#[test]
fn scopes_are_frozen_once_there_is_a_connection() {
    let desk = with_scopes();
    services(&desk, &["edit", "acme", "--remove-scope", "orders.write", "--scope", "orders.read=Look"]).expect(0);
    let secrets = [("client_id", "ann"), ("client_secret", "a long secret")];
    connect(&desk, "shop", "acme", &[], &secrets).expect(0);
    for change in [["--remove-scope", "orders.read"], ["--scope", "orders.read=See"]] {
        services(&desk, &["edit", "acme", change[0], change[1], "--yes"])
            .complains(1, &["connections::service-frozen", "it has connections", "orders.read"]);
    }
    assert_eq!(state(&desk), "connected");
    services(&desk, &["edit", "acme", "--scope", "orders.all", "--yes"]).expect(0);
}

#[test]
fn an_edit_revokes_the_connections_and_keeps_comments() {
    let (desk, server) = (Desk::project(""), Server::friendly());
    let head = "# Our shop\nlink_name = \"acme\" # fixed\nname = \"Acme\" # shown\nhosts = [\"127.0.0.1\"]\n\n[auth] # key\ntype = \"api_key\"\n";
    let list = "parameters = [\n    # from the account page\n    { key = \"X-Key\", name = \"Key\" },\n]\n";
    desk.write("acme.toml", format!("{head}{list}"));
    services(&desk, &["create", "--file", "acme.toml"]).expect(0);
    connect(&desk, "shop", "acme", &[], &KEY).expect(0);
    let done = services(&desk, &["edit", "acme", "--name", "Acme 2"]);
    done.complains(1, &["cli::not-confirmed", "the connection shop", "will be revoked", "--yes"]);
    assert_eq!(state(&desk), "connected");
    let done = services(&desk, &["edit", "acme", "--name", "Acme 2", "--yes", "--json"]).expect(0).json();
    assert_eq!((&done["revoked"], &done["service"]["name"]), (&json!(["shop"]), &json!("Acme 2")));
    let expected = format!("{head}{list}").replace("\"Acme\"", "\"Acme 2\"");
    assert_eq!(text(&desk), expected);
    assert_ne!(state(&desk), "connected");
    send(&desk, &server.url("/"), "shop", "type: GET").expect(5);
    assert!(server.seen().is_empty());
    connect(&desk, "shop", "acme", &[], &KEY).expect(0);
    assert!(services(&desk, &["edit", "acme", "--name", "Acme 2"]).expect(0).stdout.contains("Nothing changes"));
    assert_eq!(state(&desk), "connected");
    services(&desk, &["edit", "acme", "--parameter", "b=Second", "--yes"]).expect(0);
    let added = "    { key = \"X-Key\", name = \"Key\" },\n    { key = \"b\", name = \"Second\" },\n]";
    assert_eq!(text(&desk), expected.replace("    { key = \"X-Key\", name = \"Key\" },\n]", added));
}

#[test]
fn a_service_with_connections_is_deleted_when_that_is_confirmed() {
    let desk = with_key(&["--ready"]);
    connect(&desk, "shop", "acme", &[], &KEY).expect(0);
    services(&desk, &["delete", "acme"])
        .complains(1, &["cli::not-confirmed", "the connection shop", "will be revoked"]);
    assert_eq!(state(&desk), "connected");
    let done = services(&desk, &["delete", "acme", "--yes", "--json"]).expect(0).json();
    assert_eq!(done, json!({"deleted": "acme", "revoked": ["shop"]}));
    assert!(!desk.path("services/acme.toml").exists());
    services(&desk, &["delete", "acme"]).complains(1, &["connections::unknown-service"]);
    desk.sluice(&["connections", "delete", "shop"]).expect(0);
    let desk = with_key(&[]);
    services(&desk, &["delete", "acme"]).prints("The service \"acme\" is deleted.\n");
}

#[test]
fn default_services_are_copied_not_changed() {
    let desk = Desk::project("");
    for verb in [&["edit", "airtable", "--name", "Mine"][..], &["delete", "airtable", "--yes"], &["ready", "airtable"]]
    {
        services(&desk, verb).complains(1, &["connections::default-service", "show airtable --toml"]);
    }
    let text = services(&desk, &["show", "airtable", "--toml"]).expect(0).stdout;
    desk.write("mine.toml", text.replace("link_name = \"airtable\"", "link_name = \"my_table\""));
    services(&desk, &["create", "--file", "mine.toml"]).expect(0);
    let listed = services(&desk, &["list", "--custom"]).expect(0).stdout;
    assert!(listed.contains("my_table") && !listed.contains("airtable "), "{listed}");
}

#[test]
fn a_link_name_is_fixed_and_a_logo_is_a_picture() {
    let desk = with_key(&[]);
    desk.write("other.toml", text(&desk).replace("\"acme\"", "\"acme2\""));
    services(&desk, &["edit", "acme", "--file", "other.toml", "--yes"]).complains(1, &["its link name cannot become"]);
    desk.write("page.png", "<html>");
    services(&desk, &["edit", "acme", "--logo", "page.png"]).complains(1, &["the logo is not what its name says"]);
    desk.write("page.png", b"\x89PNG\r\n\x1a\n");
    services(&desk, &["edit", "acme", "--logo", "page.png"]).expect(0);
    assert_eq!(std::fs::read(desk.path("services/acme.png")).unwrap(), b"\x89PNG\r\n\x1a\n");
    services(&desk, &["delete", "acme"]).expect(0);
    assert!(!desk.path("services/acme.png").exists());
}

/// The commands of the guide, as they stand there.
#[cfg(unix)]
#[test]
fn the_guides_two_commands_set_up_open_weather() {
    let guide = include_str!("../../../docs/guide/services.md");
    let commands = guide.split("```sh\n").nth(1).unwrap().split("```").next().unwrap();
    let commands = commands.replace("\\\n", " ");
    assert_eq!(commands.lines().count(), 2);
    let desk = Desk::project("");
    for command in commands.lines() {
        let call = std::process::Command::new("sh")
            .args([
                "-c",
                &format!("echo a-secret-key | {}", command.replacen("sluice", env!("CARGO_BIN_EXE_sluice"), 1)),
            ])
            .current_dir(desk.path(""))
            .env("SLUICE_HOME", desk.home(""))
            .output()
            .unwrap();
        assert!(call.status.success(), "{command}: {call:?}");
    }
    let shown = desk.sluice(&["connections", "show", "weather", "--json"]).expect(0).json();
    assert_eq!((&shown["state"], &shown["hosts"]), (&json!("connected"), &json!(["api.openweathermap.org"])));
}
