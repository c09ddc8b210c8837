//! The key of the vault from the command line: where it comes from, and how it is changed.

use super::harness::{Desk, Done};

const SERVICE: &str = "link_name = \"acme\"\nhosts = [\"api.acme.test\"]\n[auth]\ntype = \"basic\"\n";
const KEY: &str = "c2x1aWNlIGZpeHR1cmUga2V5LCAzMiBieXRlcyBsb24=";
const CREATE: [&str; 9] = [
    "connections",
    "create",
    "acme_main",
    "--service",
    "acme",
    "--credential",
    "username=env:NAME_OF_USER",
    "--credential",
    "password=env:WORD_OF_USER",
];

fn desk() -> Desk {
    let desk = Desk::project("");
    desk.write("services/acme.toml", SERVICE);
    desk
}

fn create(desk: &Desk, variables: &[(&str, &str)]) -> Done {
    let call = desk.call(&CREATE).env("NAME_OF_USER", "asha").env("WORD_OF_USER", "marker-secret");
    variables.iter().fold(call, |call, (name, value)| call.env(name, value)).done()
}

fn with(desk: &Desk, arguments: &[&str], variables: &[(&str, &str)]) -> Done {
    variables.iter().fold(desk.call(arguments), |call, (name, value)| call.env(name, value)).done()
}

#[test]
fn the_list_says_what_opens_the_vault() {
    let desk = desk();
    create(&desk, &[]).expect(0);
    for arguments in [&["connections", "list"][..], &["connections", "show", "acme_main"]] {
        let shown = desk.sluice(arguments).expect(0).stdout;
        assert!(shown.contains("vault.json, opened by the key file") && shown.contains("vault.key"), "{shown}");
    }
}

#[test]
fn a_key_follows_another() {
    let desk = desk();
    let show = ["connections", "show", "acme_main", "--json"];
    create(&desk, &[]).expect(0);
    let done = desk.sluice(&["connections", "rekey"]).expect(0);
    assert!(done.stdout.contains("has a new key: the key file"), "{}", done.stdout);
    assert!(done.stdout.contains("other vaults may use it"), "{}", done.stdout);
    let done = desk.sluice(&["connections", "rekey", "--data-key"]).expect(0);
    assert!(done.stdout.contains("The one record of"), "{}", done.stdout);
    let to = ["connections", "rekey", "--to", "passphrase", "--json"];
    desk.sluice(&to[..4]).complains(1, &["SLUICE_VAULT_NEW_PASSPHRASE"]);
    with(&desk, &to[..4], &[("SLUICE_VAULT_NEW_PASSPHRASE", "short")]).complains(1, &["shorter than eight"]);
    let document = with(&desk, &to, &[("SLUICE_VAULT_NEW_PASSPHRASE", "correct horse")]).expect(0).json();
    assert_eq!((&document["source"], &document["records"]), (&"passphrase".into(), &1.into()));
    assert_eq!(document["previous_key_stays"], false);
    desk.sluice(&show).expect(5);
    let passphrase = ("SLUICE_VAULT_PASSPHRASE", "correct horse");
    assert_eq!(with(&desk, &show, &[passphrase]).expect(0).json()["state"], "connected");
    // The key of the environment, while the old passphrase is there too.
    let to = ["connections", "rekey", "--to", "environment"];
    let done = with(&desk, &to, &[passphrase, ("SLUICE_VAULT_KEY", KEY)]).expect(0);
    assert!(done.stdout.contains("From now on SLUICE_VAULT_KEY"), "{}", done.stdout);
    assert_eq!(with(&desk, &show, &[("SLUICE_VAULT_KEY", KEY)]).expect(0).json()["state"], "connected");
    let again = with(&desk, &["connections", "rekey"], &[("SLUICE_VAULT_KEY", KEY)]);
    again.complains(1, &["SLUICE_VAULT_NEW_KEY", "old key"]);
    for (_, content) in desk.files() {
        let content = String::from_utf8_lossy(&content);
        assert!(!content.contains("marker-secret") && !content.contains("correct horse"));
    }
}

#[test]
fn a_variable_for_another_vault_is_told() {
    let desk = desk();
    create(&desk, &[]).expect(0);
    let before = std::fs::read(desk.path(".sluice/vault.json")).unwrap();
    for variable in [("SLUICE_VAULT_KEY", KEY), ("SLUICE_VAULT_PASSPHRASE", "correct horse")] {
        let done = create(&desk, &[variable]).expect(5);
        assert!(done.stderr.contains("connections::vault-key-source"), "{}", done.stderr);
        assert!(done.stderr.contains("a key file") && done.stderr.contains("rekey"), "{}", done.stderr);
        assert!(!done.all().contains(variable.1), "{}", done.all());
    }
    assert_eq!(std::fs::read(desk.path(".sluice/vault.json")).unwrap(), before);
    let done = create(&desk, &[("SLUICE_VAULT_SOURCE", "keychain")]).expect(0);
    assert_eq!(done.stderr, "", "the word counts for new vaults alone");
    let new = self::desk();
    create(&new, &[("SLUICE_VAULT_SOURCE", "keychain")]).complains(1, &["\"keychain\"", "keyring, file"]);
    create(&new, &[("SLUICE_VAULT_SOURCE", "passphrase")]).complains(5, &["SLUICE_VAULT_PASSPHRASE"]);
    create(&new, &[("SLUICE_VAULT_KEY", KEY), ("SLUICE_VAULT_SOURCE", "file")]).complains(1, &["a key file"]);
}

#[test]
fn a_vault_can_be_given_its_source_before_its_first_secret() {
    let desk = desk();
    let done =
        with(&desk, &["connections", "rekey", "--to", "passphrase"], &[("SLUICE_VAULT_PASSPHRASE", "one two three")]);
    assert!(done.expect(0).stdout.contains("is made"), "no vault");
    create(&desk, &[("SLUICE_VAULT_PASSPHRASE", "one two three")]).expect(0);
    assert!(!desk.home("vault.key").exists());
}
