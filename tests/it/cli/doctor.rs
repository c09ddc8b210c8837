//! `sluice doctor` where something is wrong: it says so, says the rest too, and ends with the right code.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use serde_json::Value;

use super::credentials::{connect, service};
use super::harness::{Desk, Done};
use super::server::Server;

const BASIC: &str = "type = \"basic\"";
const SECRETS: [(&str, &str); 2] = [("username", "asha"), ("password", "marker-password")];

/// A project with the connection `shop` of a service of its own.
fn desk() -> Desk {
    let desk = Desk::project("");
    service(&desk, "acme", BASIC);
    connect(&desk, "shop", "acme", &[], &SECRETS).expect(0);
    desk
}

fn doctor(desk: &Desk) -> Done {
    let done = desk.sluice(&["doctor"]);
    assert!(!done.all().contains("marker-password"), "{}", done.all());
    done
}

#[track_caller]
fn tells(done: &Done, code: i32, parts: &[&str]) {
    assert_eq!(done.code, code, "{}", done.all());
    for part in parts {
        assert!(done.stdout.contains(part), "no {part:?}:\n{}", done.stdout);
    }
}

#[test]
fn all_is_well() {
    let desk = desk();
    let before = desk.files();
    let done = doctor(&desk);
    tells(
        &done,
        0,
        &["version: sluice ", "opened by the key file", "1 authorisation", "shop: connected", "All is well."],
    );
    assert_eq!(desk.files(), before, "it changes nothing");
    let document = desk.sluice(&["doctor", "--json"]).expect(0).json();
    let names: Vec<&str> =
        document["sections"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["program", "project", "folders", "vaults", "services", "connections", "network", "clock"]);
    assert_eq!((&document["ok"], &document["sections"][1]["findings"][0]["next"]), (&true.into(), &Value::Null));
    let empty = Desk::new();
    tells(&doctor(&empty), 0, &["there is no project here", "there are none yet", "which is made when it is needed"]);
    assert!(!empty.home("").exists());
}

#[test]
fn a_broken_project_file_is_told_and_the_rest_too() {
    let desk = desk();
    desk.write("sluice.toml", "name = \n");
    tells(&doctor(&desk), 1, &["fail  sluice.toml: ", "shop: connected", "One thing is wrong."]);
    desk.sluice(&["connections", "list"]).expect(1);
    desk.write("sluice.toml", "");
    desk.write("connections.toml", "[shop\n");
    tells(&doctor(&desk), 1, &["fail  definitions: ", "opened by the key file"]);
    let done = desk.sluice(&["--project", "nowhere", "doctor"]);
    tells(&done, 1, &["project::no-folder", "your own vault"]);
}

#[test]
fn a_machine_without_a_home_is_told() {
    let desk = desk();
    let mut command = desk.command(&["doctor"]);
    let output = command.env_remove("SLUICE_HOME").env_remove("HOME").output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert!(text.contains("project::no-user-folder") && text.contains("sluice.toml"), "{text}");
}

#[test]
fn each_state_has_its_next_command() {
    let desk = desk();
    fs::write(
        desk.path("connections.toml"),
        fs::read_to_string(desk.path("connections.toml")).unwrap() + "\n[other]\nservice = \"acme\"\n",
    )
    .unwrap();
    tells(
        &doctor(&desk),
        5,
        &["shop: connected", "fail  other: not connected", "next: ", "sluice connections create other"],
    );
    desk.sluice(&["connections", "disable", "shop"]).expect(0);
    tells(&doctor(&desk), 5, &["shop: disabled", "sluice connections enable shop"]);
    desk.sluice(&["connections", "enable", "shop"]).expect(0);
    let path = desk.path("services/acme.toml");
    let text = fs::read_to_string(&path).unwrap();
    let hosts = text.lines().find(|line| line.starts_with("hosts")).unwrap().to_owned();
    fs::write(&path, text.replace(&hosts, "hosts = [\"*\"]")).unwrap();
    tells(&doctor(&desk), 5, &["definition changed", "+ host = *", "warn  acme: it has `hosts = [\"*\"]`"]);
    fs::write(&path, text.replace(&hosts, "hosts = []\nstage = 7")).unwrap();
    tells(&doctor(&desk), 5, &["fail  service: ", "shop: unusable"]);
    fs::write(&path, format!("stage = \"draft\"\n{text}")).unwrap();
    tells(&doctor(&desk), 5, &["a draft", "sluice services ready acme"]);
}

#[test]
fn vaults_keys_and_permissions_are_looked_at() {
    let desk = desk();
    let (vault, key) = (desk.path(".sluice/vault.json"), desk.home("vault.key"));
    let mode = |path: &std::path::Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    mode(&vault, 0o644);
    tells(&doctor(&desk), 5, &["connections::loose-permissions", "next: run `chmod 600 "]);
    mode(&vault, 0o600);
    mode(&desk.path(".sluice"), 0o755);
    tells(&doctor(&desk), 5, &["fail  project's secrets: ", "next: run `chmod 700 ", "shop: connected"]);
    mode(&desk.path(".sluice"), 0o700);
    mode(&desk.home(""), 0o777);
    tells(&doctor(&desk), 5, &["fail  your own folder: "]);
    mode(&desk.home(""), 0o700);
    let saved = fs::read(&key).unwrap();
    fs::remove_file(&key).unwrap();
    tells(&doctor(&desk), 5, &["connections::vault-key-missing", "fail  shop: "]);
    fs::write(&key, saved).unwrap();
    mode(&key, 0o600);
    fs::write(&vault, "{").unwrap();
    tells(&doctor(&desk), 5, &["connections::vault-damaged", "fail  project's vault: "]);
    let other = desk.call(&["doctor"]).env("SLUICE_VAULT_KEY", "AAAA").done();
    assert_eq!(other.code, 5, "{}", other.all());
}

#[test]
fn the_network_is_told() {
    let desk = desk();
    desk.write(
        "sluice.toml",
        "[network]\nproxy = \"http://proxy.example.com:3128\"\nallow_private = [\"10.0.0.0/8\"]\n\
         certificates = [\"gone.pem\"]\n[network.routes]\n\"api.acme.test\" = \"http://127.0.0.1:9\"\n",
    );
    let done = doctor(&desk);
    tells(
        &done,
        1,
        &["proxy.example.com:3128", "10.0.0.0/8", "fail  authority: ", "warn  route: requests for api.acme.test"],
    );
    desk.write("sluice.toml", "");
    let done = desk.call(&["doctor"]).env("HTTPS_PROXY", "http://user:marker-proxy@p.test:1").done();
    tells(&done, 0, &["HTTPS_PROXY is set, but Sluice does not read it"]);
    assert!(!done.all().contains("marker-proxy"));
}

#[test]
fn nothing_is_sent_unless_that_is_asked_for() {
    let server = Server::friendly();
    let desk = Desk::project("");
    let verify = format!("{BASIC}\n[verify]\nurl = \"{}\"", server.url("/me"));
    service(&desk, "acme", &verify);
    connect(&desk, "shop", "acme", &[], &SECRETS).expect(0);
    doctor(&desk).expect(0);
    assert!(server.calls().is_empty());
    tells(&desk.sluice(&["doctor", "--online"]), 0, &["was answered with status 200"]);
    assert_eq!(server.calls(), ["GET /me"]);
}
