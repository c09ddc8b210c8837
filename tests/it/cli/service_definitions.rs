//! Definitions of services, good and bad, as files: what each command says about them, by exit code and codes of messages.
//! A file in `tests/services` says in its first lines what is to come of it: `# right`, or `# wrong: CODE PART` for each
//! problem in order.

use serde_json::{Value, json};

use super::credentials::{connect, send};
use super::harness::{Desk, Done};
use super::server::Server;

/// A definition and the problems that it has.
struct Case {
    name: String,
    text: String,
    wrong: Vec<(String, String)>,
}

fn cases() -> Vec<Case> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/services");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let case = |path: std::path::PathBuf| {
        let text = std::fs::read_to_string(&path).unwrap();
        let wrong = text.lines().filter_map(|line| line.strip_prefix("# wrong: ")?.split_once(' '));
        let wrong: Vec<_> = wrong.map(|(code, part)| (code.to_owned(), part.to_owned())).collect();
        assert_eq!(wrong.is_empty(), text.starts_with("# right\n"), "{path:?}");
        Case { name: path.file_name().unwrap().to_string_lossy().into_owned(), text, wrong }
    };
    files.into_iter().map(case).collect()
}

fn services(desk: &Desk, rest: &[&str]) -> Done {
    desk.sluice(&[&["services"][..], rest, &["--json"]].concat())
}

/// The codes of all problems of a document.
fn codes(problems: &Value) -> Vec<&str> {
    problems.as_array().unwrap().iter().map(|problem| problem["code"].as_str().unwrap()).collect()
}

fn installed(desk: &Desk) -> Vec<String> {
    let entries: Vec<_> = std::fs::read_dir(desk.path("services")).into_iter().flatten().flatten().collect();
    let mut names: Vec<_> = entries.iter().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn there_are_definitions_of_both_kinds() {
    let all = cases();
    let wrong = all.iter().filter(|case| !case.wrong.is_empty()).count();
    assert!(wrong >= 50 && all.len() - wrong >= 13, "{wrong} of {}", all.len());
}

#[test]
fn wrong_definitions_are_refused_with_all_that_is_wrong() {
    let desk = Desk::project("");
    for Case { name, text, wrong } in cases().into_iter().filter(|case| !case.wrong.is_empty()) {
        desk.write("new.toml", &text);
        let document = services(&desk, &["validate", "new.toml"]).expect(1).json();
        let expected: Vec<&str> = wrong.iter().map(|(code, _)| code.as_str()).collect();
        assert_eq!(
            (&document[0]["ok"], codes(&document[0]["problems"])),
            (&json!(false), expected),
            "{name}: {document}"
        );
        for ((_, part), problem) in wrong.iter().zip(document[0]["problems"].as_array().unwrap()) {
            let message = problem["message"].as_str().unwrap();
            assert!(message.contains(part.as_str()), "{name}: {message}");
            assert!(problem["help"].as_str().is_some_and(|help| help.len() > 10), "{name}: {problem}");
        }
        let refused = services(&desk, &["create", "--file", "new.toml"]);
        assert_ne!(refused.code, 0, "{name}");
        assert_eq!(refused.json()["problems"], document[0]["problems"], "{name}");
        assert_eq!(installed(&desk), Vec::<String>::new(), "{name}");
    }
}

#[test]
fn right_definitions_live_from_draft_to_their_end() {
    for Case { name, text, .. } in cases().into_iter().filter(|case| case.wrong.is_empty()) {
        let desk = Desk::project("");
        desk.write("new.toml", &text);
        let document = services(&desk, &["validate", "new.toml"]).expect(0).json();
        assert_eq!((&document[0]["ok"], codes(&document[0]["problems"]).len()), (&json!(true), 0), "{name}");
        let made = services(&desk, &["create", "--file", "new.toml"]).expect(0).json();
        let link_name = made["service"]["link_name"].as_str().unwrap();
        assert_eq!(installed(&desk), [format!("{link_name}.toml")], "{name}");
        assert_eq!(services(&desk, &["show", link_name]).expect(0).json(), made["service"], "{name}");
        // The same again changes nothing, another definition of the name is refused.
        services(&desk, &["create", "--file", "new.toml"]).expect(0);
        desk.write("other.toml", text.replacen("[auth]", "[verify]\nurl = \"https://api.acme.test/o\"\n\n[auth]", 1));
        if !text.contains("[verify]") {
            let taken = services(&desk, &["create", "--file", "other.toml"]).expect(1).json();
            assert_eq!(taken["error"]["code"], "connections::already-exists", "{name}");
        }
        let edited = services(&desk, &["edit", link_name, "--description", "Changed"]).expect(0).json();
        assert_eq!(edited["service"]["description"], "Changed", "{name}");
        let ready = services(&desk, &["ready", link_name]).expect(0).json();
        assert_eq!(ready["service"]["stage"], "ready", "{name}");
        let refused = services(&desk, &["edit", link_name, "--auth-type", other_type(&ready), "--yes"]);
        assert_ne!(refused.code, 0, "{name}");
        desk.write("draft.toml", format!("stage = \"draft\"\n{}", text.replace("stage = \"draft\"\n", "")));
        let refused = services(&desk, &["edit", link_name, "--file", "draft.toml", "--yes"]).expect(1).json();
        assert_eq!(refused["error"]["code"], "connections::service-frozen", "{name}");
        let deleted = services(&desk, &["delete", link_name]).expect(0).json();
        assert_eq!(deleted, json!({"deleted": link_name, "revoked": []}), "{name}");
        assert_eq!(installed(&desk), Vec::<String>::new(), "{name}");
    }
}

fn other_type(document: &Value) -> &'static str {
    if document["service"]["auth_type"] == "basic" { "api_key" } else { "basic" }
}

/// Creates a service from one of the files.
fn create(desk: &Desk, file: &str) {
    let path = format!("{}/tests/services/{file}", env!("CARGO_MANIFEST_DIR"));
    services(desk, &["create", "--file", &path]).expect(0);
}

fn code_of(done: Done) -> String {
    done.expect(1).json()["error"]["code"].as_str().unwrap().to_owned()
}

#[test]
fn basic_asks_for_its_two_values_by_its_own_names() {
    let (desk, server) = (Desk::project(""), Server::friendly());
    create(&desk, "basic-names.toml");
    let credentials = services(&desk, &["show", "voice"]).expect(0).json()["credentials"].clone();
    let expected = json!([
        {"key": "account_sid", "name": "Account SID", "required": true},
        {"key": "auth_token", "name": "Auth token", "required": true},
    ]);
    assert_eq!(credentials, expected);
    services(&desk, &["edit", "voice", "--host", "127.0.0.1"]).expect(0);
    services(&desk, &["ready", "voice"]).expect(0);
    connect(&desk, "calls", "voice", &[], &[("username", "ann"), ("password", "a long one")])
        .complains(1, &["connections::unknown-credential", "account_sid"]);
    connect(&desk, "calls", "voice", &[], &[("account_sid", "an:n"), ("auth_token", "a long one")])
        .complains(1, &["connections::invalid-credential", "`account_sid` holds a colon"]);
    connect(&desk, "calls", "voice", &[], &[("account_sid", "ann"), ("auth_token", "a long one")]).expect(0);
    send(&desk, &server.url("/me"), "calls", "type: GET").prints("{\"ok\":true}\n");
    // ann:a long one
    assert_eq!(server.only().header("authorization"), "Basic YW5uOmEgbG9uZyBvbmU=");

    let swapped = std::fs::read_to_string(desk.path("services/voice.toml")).unwrap();
    let swapped =
        swapped.replace("account_sid", "x").replace("auth_token", "account_sid").replace("\"x\"", "\"auth_token\"");
    desk.write("new.toml", swapped);
    assert_eq!(
        code_of(services(&desk, &["edit", "voice", "--file", "new.toml", "--yes"])),
        "connections::service-frozen"
    );
    let rename = ["edit", "voice", "--parameter", "account_sid=Account", "--yes"];
    assert_eq!(services(&desk, &rename).expect(0).json()["revoked"], json!(["calls"]));
}

#[test]
fn options_give_basic_other_names() {
    let desk = Desk::project("");
    let made = services(
        &desk,
        &[
            "create",
            "voice",
            "--auth-type",
            "basic",
            "--host",
            "a.test",
            "--parameter",
            "sid=Account SID",
            "--parameter",
            "token",
        ],
    );
    let keys: Vec<_> = made.expect(0).json()["service"]["credentials"].as_array().unwrap().to_vec();
    assert_eq!(keys.iter().map(|key| key["key"].as_str().unwrap()).collect::<Vec<_>>(), ["sid", "token"]);
}

#[test]
fn client_ids_and_secrets_are_printable_with_single_blanks() {
    let desk = Desk::project("");
    create(&desk, "client-credentials.toml");
    for (id, secret, part) in [
        ("änn", "a long secret", "`client_id` holds something else at character 1"),
        ("ann", "a long\u{a0}secret", "`client_secret` holds something else at character 7"),
        ("ann", "a long  secret", "`client_secret` holds two blanks in a row"),
        ("ann\nb", "a long secret", "`client_id` holds a line break"),
        ("", "a long secret", "`client_id` cannot be read: it is empty"),
    ] {
        let done = connect(&desk, "robot", "machine", &[], &[("client_id", id), ("client_secret", secret)]);
        done.complains(1, &[part]);
    }
    let every: String = (' '..='~').collect();
    connect(&desk, "robot", "machine", &[], &[("client_id", "my app"), ("client_secret", &every)]).expect(0);
}

#[test]
fn a_service_that_is_ready_keeps_what_its_connections_rely_on() {
    let desk = Desk::project("");
    for file in ["oauth2-all.toml", "api-key-query.toml", "oauth1.toml", "aws.toml"] {
        create(&desk, file);
    }
    services(&desk, &["ready", "box_files"]).expect(0);
    services(&desk, &["ready", "weather_api"]).expect(0);
    for (service, change) in [
        ("box_files", ["--grant", "client_credentials"]),
        ("box_files", ["--expiry", "901"]),
        ("box_files", ["--bearer-name", "Token"]),
        ("box_files", ["--scope-delimiter", "plus"]),
        ("weather_api", ["--remove-parameter", "appid"]),
        ("signed", ["--signature", "PLAINTEXT"]),
        ("queue", ["--aws-service", "s3"]),
    ] {
        let before = std::fs::read(desk.path(&format!("services/{service}.toml"))).unwrap();
        let done = services(&desk, &["edit", service, change[0], change[1], "--yes"]);
        assert_ne!(done.code, 0, "{change:?}");
        let code = done.json()["error"]["code"].clone();
        assert!(
            ["connections::service-frozen", "connections::invalid-file"].contains(&code.as_str().unwrap()),
            "{code}"
        );
        assert_eq!(std::fs::read(desk.path(&format!("services/{service}.toml"))).unwrap(), before, "{change:?}");
    }
    for (service, change) in [
        ("box_files", ["--scope", "files:share=Share files"]),
        ("box_files", ["--revoke-url", "https://api.box.test/v2/revoke"]),
        ("weather_api", ["--parameter", "lang=Language"]),
        ("queue", ["--region", "us-east-1"]),
        ("signed", ["--location", "header"]),
    ] {
        services(&desk, &["edit", service, change[0], change[1], "--yes"]).expect(0);
    }
}

#[test]
fn logos_are_told_by_content_and_size() {
    let desk = Desk::project("");
    let png = b"\x89PNG\r\n\x1a\n".to_vec();
    let sized = |bytes: usize| [png.clone(), vec![0; bytes - png.len()]].concat();
    for (name, content, right) in [
        ("a.png", png.clone(), true),
        ("a.jpg", b"\xff\xd8\xff\xe0".to_vec(), true),
        ("a.jpeg", b"\xff\xd8\xff\xe0".to_vec(), true),
        ("a.png", sized(1024 * 1024 - 1), true),
        ("a.png", sized(1024 * 1024), false),
        ("a.png", b"\xff\xd8\xff\xe0".to_vec(), false),
        ("a.jpg", b"<svg/>".to_vec(), false),
        ("a.jpg", Vec::new(), false),
    ] {
        desk.write(name, &content);
        let text = format!("link_name = \"acme\"\nlogo = \"{name}\"\nhosts = [\"a.test\"]\n[auth]\ntype = \"basic\"\n");
        desk.write("new.toml", text);
        let exit = if right { 0 } else { 1 };
        let document = services(&desk, &["validate", "new.toml"]).expect(exit).json();
        assert_eq!(document[0]["ok"], right, "{name}, {} bytes", content.len());
        services(&desk, &["create", "--file", "new.toml"]).expect(exit);
        let there = if right { vec![name.to_owned(), "acme.toml".to_owned()] } else { Vec::new() };
        assert_eq!(installed(&desk), there, "{name}");
        if right {
            services(&desk, &["delete", "acme"]).expect(0);
        }
        assert_eq!(installed(&desk), Vec::<String>::new());
    }
}

#[test]
fn a_picture_of_two_services_stays_with_the_other() {
    let desk = Desk::project("");
    let text = |link_name: &str| {
        format!("link_name = \"{link_name}\"\nlogo = \"p.png\"\nhosts = [\"a.test\"]\n[auth]\ntype = \"basic\"\n")
    };
    desk.write("p.png", b"\x89PNG\r\n\x1a\n");
    for name in ["one", "two"] {
        desk.write(&format!("services/{name}.toml"), text(name));
    }
    desk.write("services/p.png", b"\x89PNG\r\n\x1a\nshared");
    desk.write("new.toml", text("three"));
    assert_eq!(services(&desk, &["create", "--file", "new.toml"]).json()["error"]["code"], "connections::file");
    services(&desk, &["delete", "one"]).expect(0);
    assert_eq!(installed(&desk), ["p.png", "two.toml"]);
    services(&desk, &["delete", "two"]).expect(0);
    assert_eq!(installed(&desk), Vec::<String>::new());
}

#[cfg(unix)]
mod links {
    //! A project may come from a stranger, with links in its folder of services.

    use std::os::unix::fs::symlink;

    use super::*;

    const TEXT: &str = "link_name = \"acme\"\nlogo = \"acme.png\"\nhosts = [\"a.test\"]\n[auth]\ntype = \"basic\"\n";
    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

    /// A desk with a file and a picture of the person's own beside the project.
    fn desk() -> Desk {
        let desk = Desk::project("");
        std::fs::create_dir_all(desk.home("own")).unwrap();
        std::fs::create_dir_all(desk.path("services")).unwrap();
        std::fs::write(desk.home("own/acme.toml"), TEXT).unwrap();
        std::fs::write(desk.home("own/acme.png"), [PNG, b"own"].concat()).unwrap();
        desk
    }

    fn is_untouched(desk: &Desk) {
        assert_eq!(std::fs::read_to_string(desk.home("own/acme.toml")).unwrap(), TEXT);
        assert_eq!(std::fs::read(desk.home("own/acme.png")).unwrap(), [PNG, b"own"].concat());
    }

    #[test]
    fn a_link_for_a_file_is_not_written_through() {
        let desk = desk();
        symlink(desk.home("own/acme.toml"), desk.path("services/acme.toml")).unwrap();
        symlink(desk.home("own/acme.png"), desk.path("services/acme.png")).unwrap();
        let refused = services(&desk, &["edit", "acme", "--name", "Mine", "--yes"]);
        assert_ne!(refused.code, 0);
        let error = refused.json()["error"].clone();
        assert_eq!(error["code"], "connections::file");
        assert!(error["message"].as_str().unwrap().contains("it is a link"), "{error}");
        is_untouched(&desk);
        services(&desk, &["delete", "acme"]).expect(0);
        is_untouched(&desk);
        assert_eq!(installed(&desk), Vec::<String>::new());
    }

    #[test]
    fn a_link_for_a_picture_is_not_written_through() {
        let desk = desk();
        symlink(desk.home("own/acme.png"), desk.path("services/acme.png")).unwrap();
        desk.write("new.toml", TEXT);
        desk.write("acme.png", [PNG, b"new"].concat());
        assert_eq!(services(&desk, &["create", "--file", "new.toml"]).json()["error"]["code"], "connections::file");
        desk.write("services/acme.toml", TEXT);
        let edit = services(&desk, &["edit", "acme", "--logo", "acme.png"]);
        assert_eq!(edit.json()["error"]["code"], "connections::file");
        is_untouched(&desk);
    }

    #[test]
    fn a_link_for_the_folder_is_not_entered() {
        let desk = desk();
        std::fs::remove_dir(desk.path("services")).unwrap();
        symlink(desk.home("own"), desk.path("services")).unwrap();
        desk.write("new.toml", TEXT.replace("\"acme\"", "\"other\"").replace("logo = \"acme.png\"\n", ""));
        for verb in [&["delete", "acme"][..], &["edit", "acme", "--name", "Mine"], &["create", "--file", "new.toml"]] {
            let refused = services(&desk, verb);
            assert_eq!(refused.json()["error"]["code"], "connections::file", "{verb:?}");
            assert_ne!(refused.code, 0);
        }
        is_untouched(&desk);
        assert!(!desk.home("own/other.toml").exists());
    }

    #[test]
    fn a_link_to_a_device_does_not_hang() {
        let desk = desk();
        symlink("/dev/zero", desk.path("services/acme.toml")).unwrap();
        let shown = services(&desk, &["show", "acme"]);
        assert_eq!(shown.json()["error"]["code"], "connections::file");
        services(&desk, &["list", "--custom"]).expect(0);
        assert_ne!(services(&desk, &["validate", "/dev/zero"]).code, 0);
    }

    #[test]
    fn a_picture_elsewhere_is_neither_taken_nor_removed() {
        let desk = desk();
        let outside = desk.home("own/acme.png").display().to_string();
        desk.write("services/acme.toml", TEXT.replace("\"acme.png\"", &format!("\"{outside}\"")));
        let done = services(&desk, &["show", "acme"]);
        assert_eq!(done.expect(1).json()["error"]["code"], "connections::invalid-file");
        services(&desk, &["delete", "acme"]).expect(0);
        is_untouched(&desk);
    }
}
