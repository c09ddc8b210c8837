//! Connections on their way from one machine to another, each a folder here: what is shown, what arrives, what is refused.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use serde_json::Value;

use super::credentials::{connect, service};
use super::harness::{Call, Desk};

const OAUTH2: &str =
    "type = \"oauth2\"\nauthorize_url = \"https://login.acme.test/a\"\ntoken_url = \"https://login.acme.test/t\"";
const SECRETS: [(&str, &str); 4] = [
    ("client_id", "the-client-id-0123"),
    ("client_secret", "marker-client-secret"),
    ("access_token", "marker-access-token"),
    ("refresh_token", "marker-refresh-token"),
];
const MARKERS: [&str; 3] = ["marker-client-secret", "marker-access-token", "marker-refresh-token"];

/// A project with the connection `shop` of a service of its own.
fn machine() -> Desk {
    let desk = Desk::project("");
    service(&desk, "acme", OAUTH2);
    connect(&desk, "shop", "acme", &["--expires-in", "3600"], &SECRETS).expect(0);
    desk
}

/// The recipient of a machine.
fn recipient(desk: &Desk) -> String {
    desk.sluice(&["connections", "identity"]).expect(0).stdout.trim().to_owned()
}

/// Exports from one machine and puts the bundle on another.
fn bring(from: &Desk, to: &Desk, more: &[&str]) -> String {
    let recipient = recipient(to);
    let done = from
        .sluice(&[&["connections", "export", "shop", "--to", &recipient, "-o", "shop.age"], more].concat())
        .expect(0);
    fs::copy(from.path("shop.age"), to.path("shop.age")).unwrap();
    fs::remove_file(from.path("shop.age")).unwrap();
    assert!(MARKERS.iter().all(|marker| !done.all().contains(marker)), "{}", done.all());
    done.stdout
}

fn import(desk: &Desk, more: &[&str]) -> Call {
    desk.call(&[&["connections", "import", "shop.age"], more].concat())
}

#[test]
fn a_connection_moves_and_nothing_of_it_is_shown() {
    let (here, there) = (machine(), Desk::project(""));
    let listed = bring(&here, &there, &[]);
    for part in
        ["link name", "shop", "acme", "refresh_token", "yes", "With the service acme, for", "Written to shop.age"]
    {
        assert!(listed.contains(part), "{part}: {listed}");
    }
    let shown = import(&there, &["--list"]).done().expect(0).all();
    assert!(shown.contains("new") && !there.path("connections.toml").exists(), "{shown}");
    let done = import(&there, &[]).done().expect(0);
    assert!(MARKERS.iter().all(|marker| !format!("{shown}{}", done.all()).contains(marker)));
    let show = there.sluice(&["connections", "show", "shop", "--json"]).expect(0).json();
    assert_eq!(show["state"], "connected");
    assert!(there.path("services/acme.toml").exists());
    let again = import(&there, &["--json"]).done().expect(0).json();
    let results: Vec<&str> =
        again["steps"].as_array().unwrap().iter().map(|step| step["result"].as_str().unwrap()).collect();
    assert_eq!((results, &again["error"]), (vec!["same", "same", "same"], &Value::Null));
    // No file of either machine has a secret in clear.
    for (path, content) in here.files().into_iter().chain(there.files()) {
        let text = String::from_utf8_lossy(&content);
        assert!(MARKERS.iter().all(|marker| !text.contains(marker)), "{}", path.display());
    }
}

#[test]
fn the_bundle_is_private_and_never_written_over_another_file() {
    let desk = machine();
    let recipient = recipient(&desk);
    let export = |more: &[&str]| desk.sluice(&[&["connections", "export", "--all", "--to", &recipient], more].concat());
    export(&["-o", "a.age"]).complains(0, &["only one machine can go on"]);
    assert_eq!(fs::metadata(desk.path("a.age")).unwrap().permissions().mode() & 0o777, 0o600);
    export(&["-o", "a.age"]).complains(1, &["connections::file", "it is there already"]);
    export(&["-o", "no/folder/a.age"]).complains(1, &["connections::file"]);
    let piped = export(&[]).expect(0);
    assert!(piped.stdout.starts_with("-----BEGIN AGE") && piped.stderr.contains("link name"), "{}", piped.all());
    let done = desk.call(&["connections", "import", "-"]).input(&piped.stdout).done().expect(0);
    assert!(done.stdout.contains("same"), "{}", done.stdout);
    export(&["--json"]).expect(1);
    let document = export(&["--json", "-o", "b.age"]).expect(0).json();
    assert_eq!(document["contents"][0]["has_refresh_token"], true);
    desk.sluice(&["connections", "export", "--to", &recipient]).expect(1);
    desk.sluice(&["connections", "export", "shop"]).expect(1);
    desk.sluice(&["connections", "export", "shoq", "--to", &recipient]).complains(5, &["did you mean \"shop\""]);
    desk.sluice(&["connections", "export", "shop", "--to", "age1xyz"]).complains(1, &["connections::bundle-recipient"]);
}

#[test]
fn a_job_takes_its_identity_from_the_environment() {
    let (here, ci) = (machine(), Desk::project(""));
    bring(&here, &ci, &["--access-only"]);
    let identity = fs::read_to_string(ci.home("identity.txt")).unwrap();
    fs::remove_file(ci.home("identity.txt")).unwrap();
    import(&ci, &[]).done().complains(1, &["connections::bundle-identity", "SLUICE_IDENTITY"]);
    // As the content, as the bare key, and as the name of a file, with a key for the vault.
    let key = identity.lines().find(|line| line.starts_with("AGE-")).unwrap();
    ci.write("id.txt", &identity);
    for value in [identity.as_str(), key, "id.txt"] {
        import(&ci, &["--list"]).env("SLUICE_IDENTITY", value).done().expect(0);
    }
    let refused = import(&ci, &["--identity", key]).done().complains(1, &["cli::bare-credential"]);
    assert!(!refused.all().contains(key));
    let vault = "c2x1aWNlIGZpeHR1cmUga2V5LCAzMiBieXRlcyBsb24=";
    let done = import(&ci, &[]).env("SLUICE_IDENTITY", key).env("SLUICE_VAULT_KEY", vault).done().expect(0);
    assert!(done.stdout.contains("access_token") && !done.stdout.contains("client_secret"), "{}", done.stdout);
    let shown = ci.call(&["connections", "show", "shop"]).env("SLUICE_VAULT_KEY", vault).done().expect(0);
    assert!(shown.stdout.contains("connected"), "{}", shown.stdout);
    let looked = ci.call(&["doctor"]).env("SLUICE_VAULT_KEY", vault).done().expect(0);
    assert!(looked.stdout.contains("and nothing renews it"), "{}", looked.stdout);
    let wrong = import(&ci, &[]).env("SLUICE_IDENTITY", "age1nothing").done().expect(1);
    assert!(wrong.stderr.contains("connections::file"), "{}", wrong.stderr);
}

#[test]
fn a_passphrase_opens_what_it_closed() {
    let (here, there) = (machine(), Desk::project(""));
    let export = ["connections", "export", "shop", "--passphrase-file", "-", "-o", "shop.age"];
    here.call(&export).input("short\n").done().complains(1, &["shorter than eight"]);
    here.call(&export).input("correct horse\n").done().expect(0);
    fs::copy(here.path("shop.age"), there.path("shop.age")).unwrap();
    import(&there, &[]).done().complains(1, &["connections::bundle-passphrase", "none was given"]);
    there.write("word.txt", "wrong horse\n");
    let done = import(&there, &["--passphrase-file", "word.txt"]).done().complains(1, &["does not open"]);
    assert!(!done.all().contains("wrong horse"));
    import(&there, &["--passphrase-file", "-"]).input("correct horse\n").done().expect(0);
}

#[test]
fn another_definition_refuses_the_credentials() {
    let (here, there) = (machine(), Desk::project(""));
    bring(&here, &there, &[]);
    service(&there, "acme", &OAUTH2.replace("login.acme.test/t", "login.evil.test/t"));
    for more in [&[][..], &["--replace"]] {
        let done = import(&there, more).done().complains(5, &["connections::bundle-left-out", "login.evil.test"]);
        assert!(done.stdout.contains("refused"), "{}", done.stdout);
    }
    there.sluice(&["connections", "show", "shop"]).expect(5);
}

#[test]
fn damaged_files_are_named_as_what_they_are() {
    let (here, there) = (machine(), Desk::project(""));
    bring(&here, &there, &[]);
    let whole = fs::read_to_string(there.path("shop.age")).unwrap();
    let try_out = |text: &str, code: &str| {
        there.write("shop.age", text);
        import(&there, &[]).done().complains(1, &[code]);
    };
    try_out(&whole[..whole.len() / 2], "connections::bundle-truncated");
    try_out("hello", "connections::bundle-damaged");
    try_out(&whole.replacen('A', "B", 40), "connections::bundle-damaged");
    fs::remove_file(there.path("shop.age")).unwrap();
    import(&there, &[]).done().complains(1, &["cli::read"]);
    fs::create_dir(there.path("shop.age")).unwrap();
    import(&there, &[]).done().complains(1, &["it is a folder"]);
}
