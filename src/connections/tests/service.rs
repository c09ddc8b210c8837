//! Service files: what is read, and what each mistake is told.

use crate::connections::{Auth, Error, Location, Service};

const ACME: &str = r#"
link_name = "acme"
name = "Acme"
description = "Orders and customers"
stage = "ready"
hosts = ["api.acme.test", "*.eu.acme.test"]
plain_http = false
[auth]
type = "oauth2"
grant = "authorization_code_pkce"
authorize_url = "https://login.acme.test/authorize?access_type=offline"
token_url = "https://login.acme.test/token"
refresh_url = "https://login.acme.test/token"
revoke_url = "https://login.acme.test/revoke"
location = "header"
bearer_name = "Bearer"
expiry = 3600
scope_delimiter = " "
scopes = [{ name = "Read orders", value = "orders.read" }]
[[dynamic]]
key = "domain"
name = "Your domain"
[verify]
method = "GET"
url = "https://api.acme.test/v1/me"
"#;

fn problem(text: &str) -> Error {
    Service::parse("services/acme.toml", text).unwrap_err()
}

#[test]
fn the_documented_file_is_read_whole() {
    let service = Service::parse("services/acme.toml", ACME).unwrap();
    assert_eq!(service.hosts, ["api.acme.test", "*.eu.acme.test"]);
    assert_eq!(service.dynamic[0].key, "domain");
    let Auth::OAuth2(oauth2) = &service.auth else { panic!() };
    assert_eq!(oauth2.token_url.as_str(), "https://login.acme.test/token");
    assert_eq!(oauth2.scopes[0].value, "orders.read");
    assert_eq!(oauth2.expiry, Some(3600));
    assert_eq!(service.verify.unwrap().url.path(), "/v1/me");
}

#[test]
fn an_api_key_has_one_location_or_one_each() {
    let service = Service::parse(
        "s",
        r#"
link_name = "acme"
hosts = ["api.acme.test"]
[auth]
type = "api_key"
location = "query"
parameters = [{ key = "appid", name = "API key" }, { key = "X-Id", name = "Id", location = "header" }]
"#,
    )
    .unwrap();
    let Auth::ApiKey(api_key) = &service.auth else { panic!() };
    assert_eq!(api_key.parameters[0].location, Location::Query);
    assert_eq!(api_key.parameters[1].location, Location::Header);
}

#[test]
fn an_unknown_key_names_place_and_the_nearest() {
    let error = problem(&ACME.replace("token_url", "tokn_url"));
    // Without its token_url the file has another problem first, so the misspelt key is an additional one here.
    assert!(error.to_string().contains("token_url"), "{error}");
    let error = problem(&ACME.replace("bearer_name", "bearer_nam"));
    assert_eq!(error.code(), "connections::unknown-key");
    assert_eq!(error.to_string(), "services/acme.toml, line 16: unknown key `[auth] bearer_nam`");
    assert!(error.help().starts_with("did you mean \"bearer_name\"?"), "{}", error.help());
    assert_eq!(
        problem(&ACME.replace("key = \"domain\"", "key = \"domain\"\nsecret = true")).code(),
        "connections::unknown-key"
    );
    assert_eq!(
        problem(&ACME.replace("value = \"orders.read\"", "value = \"x\", x = 1")).code(),
        "connections::unknown-key"
    );
}

#[test]
fn each_mistake_is_told() {
    for (from, to, message) in [
        ("link_name = \"acme\"\n", "", "`link_name` is missing"),
        ("link_name = \"acme\"", "link_name = \"Acme\"", "\"Acme\" cannot be a link name"),
        ("hosts = [\"api.acme.test\", \"*.eu.acme.test\"]", "", "`hosts` is missing"),
        ("hosts = [\"api.acme.test\", \"*.eu.acme.test\"]", "hosts = []", "no host is named"),
        ("\"*.eu.acme.test\"", "\"https://a.test\"", "is an address"),
        ("stage = \"ready\"", "stage = \"done\"", "`stage` cannot be \"done\""),
        ("type = \"oauth2\"", "type = \"oauth3\"", "no authentication type \"oauth3\""),
        ("grant = \"authorization_code_pkce\"", "grant = \"password\"", "no grant \"password\""),
        ("https://login.acme.test/token", "http://login.acme.test/token", "is plain http"),
        ("https://login.acme.test/revoke", "nowhere", "is no address"),
        ("https://login.acme.test/revoke", "https://a:b@acme.test/", "holds a user name or password"),
        ("location = \"header\"", "location = \"form\"", "`location` cannot be \"form\""),
        ("expiry = 3600", "expiry = 60", "out of range"),
        ("expiry = 3600", "expiry = \"long\"", "is not a whole number"),
        ("expiry = 3600", "cool_down = 60\nrenewals = 101", "`[auth] renewals` is out of range"),
        ("expiry = 3600", "renewals = 2", "`[auth] renewals` stands without `cool_down`"),
        ("expiry = 3600", "cool_down = 3601", "`[auth] cool_down` is out of range"),
        ("expiry = 3600", "renew_before = 4000", "`[auth] renew_before` is out of range"),
        ("expiry = 3600", "parameters = { client_id = \"x\" }", "`[auth] parameters` cannot set `client_id`"),
        ("expiry = 3600", "parameters = { audience = \"a\\nb\" }", "too long or no plain text"),
        ("scope_delimiter = \" \"", "scope_delimiter = \"|\"", "`[auth] scope_delimiter` is unknown"),
        ("bearer_name = \"Bearer\"", "bearer_name = \"A b\"", "is no single word"),
        ("plain_http = false", "plain_http = 1", "is not true or false"),
        ("https://login.acme.test/authorize", "https://{tenant}.acme.test/authorize", "`authorize_url` holds {tenant}"),
        ("[[dynamic]]", "[dynamic]", "is not a list of tables"),
        ("link_name = ", "link_name + ", "this is no TOML"),
    ] {
        let error = problem(&ACME.replace(from, to));
        assert!(error.to_string().contains(message), "{error}");
        assert!(error.to_string().contains("services/acme.toml, line "), "{error}");
        assert!(!error.help().is_empty());
    }
}

#[test]
fn the_device_grant_needs_its_address_and_seals_it() {
    let text = ACME.replace("authorization_code_pkce", "device_code");
    assert!(problem(&text).to_string().contains("`[auth] device_url` is missing"));
    let text = text.replace("token_url", "device_url = \"https://login.acme.test/device\"\ntoken_url");
    let service = Service::parse("s", &text).unwrap();
    assert!(service.definition().contains(&"auth.grant = device_code".to_owned()));
    assert!(service.definition().contains(&"auth.device_url = https://login.acme.test/device".to_owned()));
}

fn with_auth(auth: &str) -> Result<Service, Error> {
    Service::parse("s", &format!("link_name = \"acme\"\nhosts = [\"api.acme.test\"]\n[auth]\n{auth}"))
}

#[test]
fn signing_types_are_read_with_what_they_ask_for() {
    let keys = |service: &Service| service.auth.fields().into_iter().map(|field| field.key).collect::<Vec<_>>();
    let service = with_auth(
        r#"type = "oauth1"
request_token_url = "https://acme.test/request"
authorize_url = "https://acme.test/authorize?name=x"
access_token_url = "https://acme.test/access"
location = "query"
signature = "HMAC-SHA256""#,
    )
    .unwrap();
    assert_eq!(keys(&service), ["consumer_key", "consumer_secret", "token", "token_secret"]);
    assert!(service.auth.fields().iter().all(|field| field.required));
    assert!(service.definition().contains(&"auth.signature = HMAC-SHA256".to_owned()));
    assert!(service.definition().contains(&"auth.access_token_url = https://acme.test/access".to_owned()));
    // Without an address that gives tokens, the consumer signs for itself.
    let alone = with_auth("type = \"oauth1\"").unwrap();
    assert_eq!(alone.auth.fields().iter().filter(|field| field.required).count(), 2);
    let aws = with_auth("type = \"aws_v4\"\naws_service = \"s3\"\nregion = \"eu-central-1\"").unwrap();
    assert_eq!(keys(&aws), ["access_key", "secret_key"]);
    assert!(aws.definition().contains(&"auth.region = eu-central-1".to_owned()));
    for (auth, message) in [
        ("type = \"oauth1\"\nsignature = \"RSA-SHA1\"", "`[auth] signature` cannot be \"RSA-SHA1\""),
        ("type = \"oauth1\"\naccess_token_url = \"http://a.test/\"", "is plain http"),
        ("type = \"oauth1\"\naccess_token_url = \"https://{x}.a.test/\"", "holds {x}"),
        ("type = \"aws_v4\"\nregion = \"x\"", "`[auth] aws_service` is missing"),
        ("type = \"aws_v4\"\naws_service = \"s3/x\"\nregion = \"x\"", "is no single word"),
        ("type = \"aws_v4\"\naws_service = \"{s}\"\nregion = \"x\"", "holds {s}"),
    ] {
        let error = with_auth(auth).unwrap_err();
        assert!(error.to_string().contains(message), "{error}");
    }
}

#[test]
fn a_token_can_have_a_header_of_its_own_and_a_key_a_prefix() {
    let service = Service::parse("s", &ACME.replace("bearer_name = \"Bearer\"", "header_name = \"X-Token\"")).unwrap();
    assert!(service.definition().contains(&"auth.header_name = X-Token".to_owned()));
    let error = problem(&ACME.replace("bearer_name = \"Bearer\"", "header_name = \"Host\""));
    assert!(error.to_string().contains("`[auth] header_name` is a header of the transport"), "{error}");
    let key = |rest: &str| with_auth(&format!("type = \"api_key\"\nparameters = [{{ {rest} }}]"));
    let service = key("key = \"Authorization\", prefix = \"Bearer \"").unwrap();
    assert!(service.definition().contains(&"auth.parameter = Authorization in header after \"Bearer \"".to_owned()));
    let error = key("key = \"a b\", location = \"placeholder\"").unwrap_err();
    assert!(error.to_string().contains("cannot stand between braces"), "{error}");
    assert!(key("key = \"a\", prefix = \"x\\n\"").is_err());
}

#[test]
fn shared_lists_are_put_in_by_name() {
    let text = ACME.replace("\"api.acme.test\"", "\"@zoho_hosts\"");
    assert!(Service::parse("s", &text).unwrap().hosts.contains(&"*.zoho.com.au".to_owned()));
    let error = problem(&text.replace("@zoho_hosts", "@zohohosts"));
    assert!(error.to_string().contains("there is no shared list \"@zohohosts\""), "{error}");
    assert!(error.help().contains("@zoho_hosts"));
}

#[test]
fn the_digest_follows_what_decides_where_secrets_go() {
    let digest = |text: &str| Service::parse("s", text).unwrap().digest();
    let before = digest(ACME);
    assert_eq!(before.len(), 64);
    for (from, to) in [
        ("login.acme.test/token\"\nrefresh", "login.acme.tesu/token\"\nrefresh"),
        ("login.acme.test/authorize", "evil.test/authorize"),
        ("login.acme.test/revoke", "evil.test/revoke"),
        ("\"*.eu.acme.test\"", "\"*.eu.evil.test\""),
        ("location = \"header\"", "location = \"query\""),
        ("scope_delimiter = \" \"", "scope_delimiter = \",\""),
        ("plain_http = false", "plain_http = true"),
        ("authorization_code_pkce", "client_credentials"),
        ("api.acme.test/v1/me", "api.acme.test/v2/me"),
    ] {
        assert!(ACME.contains(from), "{from}");
        assert_ne!(digest(&ACME.replace(from, to)), before, "{from}");
    }
    assert_eq!(digest(&ACME.replace("Orders and customers", "Other words")), before);
    assert_eq!(
        digest(&ACME.replace("\"api.acme.test\", \"*.eu.acme.test\"", "\"*.eu.acme.test\", \"api.acme.test\"")),
        before
    );
}
