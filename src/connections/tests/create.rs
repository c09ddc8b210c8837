//! Making, listing and removing connections.

use super::{Bench, wanted};
use crate::connections::{Credentials, Status};
use crate::secret::Secret;

const BASIC: &str = "link_name = \"acme\"\nhosts = [\"api.acme.test\"]\n[auth]\ntype = \"basic\"\n";
const OAUTH2: &str =
    "link_name = \"acme\"\nhosts = [\"*\"]\n[auth]\ntype = \"oauth2\"\ntoken_url = \"https://login.acme.test/\"\n";

#[test]
fn a_connection_is_made_listed_and_removed() {
    let mut bench = Bench::with_service(BASIC);
    let mut new = wanted(&[("username", "asha"), ("password", "pass-word")]);
    new.name = Some("Acme, main".into());
    new.default_for = vec!["crm".into()];
    let created = bench.connections.create(new).unwrap();
    assert!(created.vault.contains("vault.json") && created.vault.contains("vault.key"), "{}", created.vault);
    assert_eq!(created.warnings, Vec::<String>::new());
    bench.reopen();
    let all = bench.connections.summaries().unwrap();
    assert_eq!(all.len(), 1);
    assert_eq!((all[0].name.as_str(), all[0].service.as_str(), all[0].auth_type), ("Acme, main", "acme", "basic"));
    assert_eq!(all[0].status, Status::Connected);
    assert_eq!(all[0].hosts, ["api.acme.test"]);
    assert_eq!(bench.connections.registry_of("acme_main").default_for("crm").unwrap().as_deref(), Some("acme_main"));
    assert_eq!(bench.connections.summary("acme_mein").unwrap_err().code(), "connections::unknown-link-name");
    bench.connections.delete("acme_main").unwrap();
    assert_eq!(bench.connections.delete("acme_main").unwrap_err().code(), "connections::unknown-link-name");
    bench.reopen();
    assert!(bench.connections.summaries().unwrap().is_empty());
}

#[test]
fn a_committed_entry_waits_for_its_credentials() {
    let mut bench = Bench::with_service(BASIC);
    std::fs::write(
        bench.path().join("connections.toml"),
        "# mine\n[acme_main]\nservice = \"acme\"\nscopes = [\"a\"]\n",
    )
    .unwrap();
    bench.reopen();
    assert_eq!(bench.connections.summaries().unwrap()[0].status, Status::NotConnected);
    bench.connections.create(wanted(&[("username", "asha"), ("password", "pass-word")])).unwrap();
    assert_eq!(bench.connections.summaries().unwrap()[0].status, Status::Connected);
    let text = std::fs::read_to_string(bench.path().join("connections.toml")).unwrap();
    assert_eq!(text, "# mine\n[acme_main]\nservice = \"acme\"\nscopes = [\"a\"]\n");
}

#[test]
fn other_settings_need_a_deletion_first() {
    let bench = Bench::with_service(BASIC);
    let fields = [("username", "asha"), ("password", "pass-word")];
    bench.connections.create(wanted(&fields)).unwrap();
    let mut scopes = wanted(&fields);
    scopes.scopes = vec!["more".into()];
    let mut service = wanted(&[("access_token", "token-one")]);
    service.service = "slack".into();
    let mut user = wanted(&fields);
    user.credentials = Credentials::User;
    for other in [scopes, service, user] {
        let error = bench.connections.create(other).unwrap_err();
        assert_eq!(error.code(), "connections::already-exists");
        assert!(error.help().contains("sluice connections delete acme_main"), "{}", error.help());
    }
}

#[test]
fn what_is_missing_or_wrong_is_named_and_nothing_is_written() {
    let bench = Bench::with_service(BASIC);
    let code = |fields: &[(&str, &str)]| bench.connections.create(wanted(fields)).unwrap_err().code();
    assert_eq!(code(&[("password", "x")]), "connections::missing-credential");
    assert_eq!(code(&[("username", "a:b")]), "connections::invalid-credential");
    assert_eq!(code(&[("username", "a\r\nX: y")]), "connections::invalid-credential");
    let error = bench.connections.create(wanted(&[("usrname", "a")])).unwrap_err();
    assert!(error.help().starts_with("did you mean \"username\"?"), "{}", error.help());
    let fields = [("username", "asha"), ("password", "pass-word")];
    let with = |change: fn(&mut crate::connections::CreateConnection)| {
        let mut wanted = wanted(&fields);
        change(&mut wanted);
        bench.connections.create(wanted).unwrap_err().code()
    };
    assert_eq!(with(|new| new.link_name = "Acme".into()), "connections::invalid-link-name");
    assert_eq!(with(|new| new.service = "acne".into()), "connections::unknown-service");
    assert_eq!(with(|new| new.user = Some("asha".into())), "connections::invalid-credential");
    assert_eq!(with(|new| new.expires_in = Some(10)), "connections::invalid-credential");
    assert_eq!(with(|new| _ = new.parameters.insert("x".into(), "y".into())), "connections::invalid-parameter");
    assert!(!bench.path().join("vault.json").exists());
    assert!(!bench.path().join("connections.toml").exists());
}

#[test]
fn oauth2_needs_a_token_from_somewhere() {
    let bench = Bench::with_service(OAUTH2);
    let missing = |fields: &[(&str, &str)]| bench.connections.create(wanted(fields)).unwrap_err().to_string();
    assert!(missing(&[]).contains("`refresh_token`"), "{}", missing(&[]));
    assert!(missing(&[("refresh_token", "refresh-1")]).contains("`client_id`"));
    let mut refresh = wanted(&[("client_id", "the-id"), ("refresh_token", "refresh-1")]);
    refresh.expires_in = Some(0);
    bench.connections.create(refresh).unwrap();
    assert_eq!(bench.connections.summaries().unwrap()[0].expires_in, Some(0));
    let created = bench.connections.create(wanted(&[("access_token", "abc")])).unwrap();
    assert_eq!(created.warnings.len(), 2, "{:?}", created.warnings);
    assert!(created.warnings[0].contains("too short to be masked"));
    assert!(created.warnings[1].contains("hosts = [\"*\"]"));
    let mut bench = Bench::with_service(&OAUTH2.replace("type", "grant = \"client_credentials\"\ntype"));
    let error = bench.connections.create(wanted(&[("client_id", "the-id")])).unwrap_err();
    assert!(error.to_string().contains("`client_secret` (Client secret)"), "{error}");
    bench.write_service(&OAUTH2.replace("[auth]", "stage = \"draft\"\n[auth]"));
    bench.reopen();
    let error = bench.connections.create(wanted(&[("access_token", "token-one")])).unwrap_err();
    assert_eq!(error.code(), "connections::service-in-draft");
}

#[test]
fn zoho_in_another_data_centre_is_one_parameter() {
    let bench = Bench::new();
    let mut new = wanted(&[("client_id", "1000.X"), ("client_secret", "s-e-c-r-e-t"), ("refresh_token", "1000.r.e")]);
    new.service = "zohobigin".into();
    new.link_name = "biginandbooksconnectionnew__biginconnection".into();
    new.parameters.insert("accounts".into(), "accounts.evil.test".into());
    assert_eq!(bench.connections.create(new.clone()).unwrap_err().code(), "connections::invalid-parameter");
    new.parameters.insert("accounts".into(), "accounts.zoho.eu".into());
    bench.connections.create(new).unwrap();
    let all = bench.connections.summaries().unwrap();
    assert_eq!(all[0].service, "zoho_bigin");
    assert_eq!(all[0].status, Status::Connected);
}

#[test]
fn memory_connections_check_their_hosts() {
    let connections = crate::connections::Connections::in_memory(super::client(), std::sync::Arc::default());
    assert!(connections.bearer("a", &Secret::new("token-one"), &[]).is_err());
    assert!(connections.bearer("a", &Secret::new("token-one"), &["https://a.test"]).is_err());
    assert!(connections.bearer("A", &Secret::new("token-one"), &["a.test"]).is_err());
    connections.bearer("a", &Secret::new("token-one"), &["a.test"]).unwrap();
    let error = connections.bearer("a", &Secret::new("token-two"), &["a.test"]).unwrap_err();
    assert_eq!(error.code(), "connections::redefined");
}
