//! Where a credential does not go, and that none is ever shown.

use std::sync::Arc;

use super::server::{Server, json};
use super::{Bench, get, wanted};
use crate::connections::{Connections, Error};
use crate::http::{Client, Options};
use crate::secret::{Redactor, Secret};

const MARKER: &str = "marker-9f3c-secret";

fn basic_service(hosts: &str) -> String {
    format!("link_name = \"acme\"\nhosts = [{hosts}]\n[auth]\ntype = \"basic\"\n")
}

fn connected(service: &str) -> Bench {
    let bench = Bench::with_service(service);
    bench.connections.create(wanted(&[("username", "asha"), ("password", MARKER)])).unwrap();
    bench
}

async fn refused(bench: &Bench, url: &str) -> Error {
    bench.connections.send("acme_main", None, get(url)).await.unwrap_err()
}

#[tokio::test]
async fn a_host_that_the_service_does_not_list_gets_nothing() {
    let server = Server::start(|_| json(200, "{}"));
    let bench = connected(&basic_service("\"api.acme.test\", \"*.eu.acme.test\""));
    let error = refused(&bench, &server.url("/x")).await;
    assert_eq!(error.code(), "connections::invalid-domain");
    assert!(error.to_string().contains("Invalid Domain"), "{error}");
    assert!(error.help().contains("api.acme.test, *.eu.acme.test"), "{}", error.help());
    for url in [
        "https://acme.test/",
        "https://api.acme.test.evil.test/",
        "https://api.acme.test@evil.test/",
        "https://eu.acme.test/",
    ] {
        assert_eq!(refused(&bench, url).await.code(), "connections::invalid-domain", "{url}");
    }
    assert_eq!(server.seen().len(), 0);
}

#[tokio::test]
async fn plain_http_is_refused_unless_the_service_allows_it() {
    let bench = connected(&basic_service("\"api.acme.test\""));
    let error = refused(&bench, "http://api.acme.test/").await;
    assert_eq!(error.code(), "connections::plain-http");
    let allowed = basic_service("\"api.acme.test\"").replace("[auth]", "plain_http = true\n[auth]");
    let bench = connected(&allowed);
    // Past our check it is the network that fails: there is no such host.
    assert!(matches!(refused(&bench, "http://api.acme.test/").await, Error::Http(_)));
}

#[tokio::test]
async fn an_edited_definition_gets_nothing_and_shows_the_change() {
    let server = Server::start(|_| json(200, "{\"access_token\":\"x\"}"));
    let oauth2 = |host: &str, token_url: &str| {
        format!(
            "link_name = \"acme\"\nhosts = [{host}]\n[auth]\ntype = \"oauth2\"\ntoken_url = \"{token_url}\"\nclient_auth = \"basic\"\n"
        )
    };
    let mut bench = Bench::with_service(&oauth2("\"127.0.0.1\"", "https://login.acme.test/token"));
    let fields = [("client_id", "the-id"), ("client_secret", MARKER), ("refresh_token", MARKER)];
    bench.connections.create(wanted(&fields)).unwrap();
    for (host, token_url, line) in [
        ("\"127.0.0.1\"", server.url("/token"), "- auth.token_url = https://login.acme.test/token"),
        ("\"127.0.0.1\", \"evil.test\"", "https://login.acme.test/token".to_owned(), "+ host = evil.test"),
    ] {
        bench.write_service(&oauth2(host, &token_url));
        bench.reopen();
        let error = refused(&bench, &server.url("/x")).await;
        assert_eq!(error.code(), "connections::definition-changed");
        assert!(error.help().contains(line), "{}", error.help());
        assert!(error.help().contains("sluice connections create acme_main"), "{}", error.help());
        assert_eq!(bench.connections.summaries().unwrap()[0].status.as_str(), "definition changed");
    }
    assert_eq!(server.seen().len(), 0);
    // Creating it again confirms.
    bench.connections.create(wanted(&fields)).unwrap();
    assert_eq!(bench.connections.summaries().unwrap()[0].status.as_str(), "connected");
}

#[tokio::test]
async fn an_edited_entry_gets_nothing_either() {
    let server = Server::start(|_| json(200, "{}"));
    let service = "link_name = \"acme\"\nhosts = [\"127.0.0.1\"]\n[auth]\ntype = \"oauth2\"\n\
                   token_url = \"https://{login}/token\"\n[[dynamic]]\nkey = \"login\"\nname = \"Login host\"\n";
    let mut bench = Bench::with_service(service);
    let mut wanted = wanted(&[("access_token", MARKER)]);
    wanted.parameters.insert("login".into(), "login.acme.test".into());
    bench.connections.create(wanted).unwrap();
    let path = bench.path().join("connections.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    for edited in [text.replace("login.acme.test", "evil.test"), text.replace("scopes = []", "scopes = [\"all\"]")] {
        assert_ne!(edited, text);
        std::fs::write(&path, edited).unwrap();
        bench.reopen();
        assert_eq!(refused(&bench, &server.url("/x")).await.code(), "connections::definition-changed");
    }
    std::fs::write(&path, text.replace("\"acme\"", "\"slack\"")).unwrap();
    bench.reopen();
    assert!(bench.connections.send("acme_main", None, get(&server.url("/x"))).await.is_err());
    assert_eq!(server.seen().len(), 0);
}

#[tokio::test]
async fn a_placeholder_is_filled_in_before_the_host_is_checked() {
    let server = Server::start(|_| json(200, "{}"));
    let service = "link_name = \"acme\"\nhosts = [\"127.0.0.1\", \"{domain}.acme.test\"]\n[auth]\ntype = \"basic\"\n\
                   [[dynamic]]\nkey = \"domain\"\nname = \"Your domain\"\n";
    let bench = Bench::with_service(service);
    let mut shop = wanted(&[("username", "asha"), ("password", MARKER)]);
    assert_eq!(bench.connections.create(shop.clone()).unwrap_err().code(), "connections::invalid-parameter");
    shop.parameters.insert("domain".into(), "evil.test/".into());
    assert_eq!(bench.connections.create(shop.clone()).unwrap_err().code(), "connections::invalid-parameter");
    shop.parameters.insert("domain".into(), "shop".into());
    bench.connections.create(shop).unwrap();
    assert_eq!(bench.connections.summaries().unwrap()[0].hosts, ["127.0.0.1", "shop.acme.test"]);
    assert_eq!(refused(&bench, "https://other.acme.test/").await.code(), "connections::invalid-domain");
    assert!(matches!(refused(&bench, "https://{domain}.acme.test/").await, Error::Http(_)));
    bench.connections.send("acme_main", None, get(&server.url("/{domain}/{other}?d={domain}"))).await.unwrap();
    assert_eq!(server.seen()[0].target, "/shop/%7Bother%7D?d=shop");
}

#[tokio::test]
async fn a_redirect_to_another_host_takes_no_credential_along() {
    let other = Server::start(|_| json(401, "{}"));
    let target = other.url("/landing");
    let server = Server::start(move |_| (302, "text/plain", target.clone()));
    let bench = connected(&basic_service("\"127.0.0.1\""));
    let sent = bench.connections.send("acme_main", None, get(&server.url("/x"))).await.unwrap();
    assert_eq!(sent.status, 401);
    assert_ne!(server.seen()[0].header("authorization"), "");
    assert_eq!(other.seen()[0].header("authorization"), "");
}

#[tokio::test]
async fn users_have_their_own_authorisation() {
    let server = Server::start(|_| json(200, "{}"));
    let bench = Bench::with_service(&basic_service("\"127.0.0.1\""));
    let of = |user: &str| {
        let mut wanted = wanted(&[("username", user), ("password", MARKER)]);
        wanted.credentials = crate::connections::Credentials::User;
        wanted.user = Some(user.to_owned());
        wanted
    };
    bench.connections.create(of("asha")).unwrap();
    bench.connections.create(of("ben")).unwrap();
    for user in ["asha", "ben"] {
        bench.connections.send("acme_main", Some(user), get(&server.url("/x"))).await.unwrap();
    }
    assert_ne!(server.seen()[0].header("authorization"), server.seen()[1].header("authorization"));
    let error = bench.connections.send("acme_main", Some("cy"), get(&server.url("/x"))).await.unwrap_err();
    assert_eq!(error.code(), "connections::not-authorised");
    assert!(error.to_string().contains("UnAuthenticated Connections") && error.to_string().contains("cy"), "{error}");
    assert!(error.help().contains("sluice connections create acme_main --service acme --user cy"), "{}", error.help());
    assert!(bench.connections.send("acme_main", None, get(&server.url("/x"))).await.is_err());
    assert_eq!(bench.connections.summaries().unwrap().len(), 2);
    bench.connections.delete("acme_main").unwrap();
    bench.connections.create(of("ben")).unwrap();
    assert!(bench.connections.send("acme_main", Some("asha"), get(&server.url("/x"))).await.is_err());
}

/// A marker in every credential, an endpoint that repeats what it gets, and every way to fail: it is in no text.
#[tokio::test]
async fn no_message_holds_a_secret() {
    let server = Server::start(|seen| match seen.target.as_str() {
        "/token" => json(
            400,
            format!(
                "{{\"error\":\"{}\",\"error_description\":\"{}\"}}",
                seen.form("refresh_token"),
                seen.form("client_secret")
            ),
        ),
        _ => json(401, "{}"),
    });
    let traced = Arc::new(std::sync::Mutex::new(Vec::new()));
    let sink = Arc::clone(&traced);
    let redactor = Arc::new(Redactor::default());
    let trace = crate::http::Trace::new(move |line: &str| sink.lock().unwrap().push(line.to_owned()));
    let options = Options {
        guard: crate::http::Guard::off(),
        trace: Some(trace),
        redactor: Arc::clone(&redactor),
        ..Options::default()
    };
    let client = Client::new(options).unwrap();
    let mut texts = Vec::new();
    let mut errors = Vec::new();
    let connections = Connections::in_memory(client, redactor);
    let service = format!(
        "link_name = \"acme\"\nhosts = [\"127.0.0.1\"]\n[auth]\ntype = \"oauth2\"\ntoken_url = \"{}/token\"\n",
        server.base
    );
    connections.add_service(crate::connections::Service::parse("acme.toml", &service).unwrap()).unwrap();
    let all = [("client_id", MARKER), ("client_secret", MARKER), ("refresh_token", MARKER), ("access_token", MARKER)];
    let secret = |text: &str| Secret::new(text);
    connections.create(wanted(&all)).unwrap();
    connections.basic("plain", "asha", &secret(MARKER), &["127.0.0.1"]).unwrap();
    connections.bearer("token", &secret(MARKER), &["127.0.0.1"]).unwrap();
    for location in
        [crate::connections::Location::Query, crate::connections::Location::Form, crate::connections::Location::Header]
    {
        connections
            .api_key(&format!("key_{}", location.as_str()), "k", &secret(MARKER), location, &["127.0.0.1"])
            .unwrap();
    }
    errors.push(connections.create(wanted(&[("clint_id", MARKER)])).unwrap_err());
    errors.push(connections.create(wanted(&[("client_id", &format!("{MARKER}\n"))])).unwrap_err());
    errors.push(connections.create(wanted(&[("client_id", MARKER), ("client_id", MARKER)])).unwrap_err());
    for link_name in ["acme_main", "plain", "token", "key_query", "key_form", "key_header"] {
        for url in [server.url("/x"), "https://evil.test/".to_owned(), "http://127.0.0.1:1/".to_owned()] {
            match connections.send(link_name, None, get(&url)).await {
                Ok(response) => texts.push(String::from_utf8_lossy(&response.body).into_owned()),
                Err(error) => errors.push(error),
            }
        }
    }
    assert!(errors.len() > 10);
    texts.extend(errors.iter().map(|error| format!("{error} {error:?} {}", error.help())));
    texts.push(format!("{:?}", connections.summaries().unwrap()));
    texts.push(format!("{:?}", wanted(&all)));
    texts.extend(traced.lock().unwrap().iter().cloned());
    assert!(traced.lock().unwrap().len() > 20);
    for text in texts {
        assert!(!text.contains(MARKER), "{text}");
    }
}

/// What the redactor learns: secrets, and names only where they are the secret.
#[test]
fn ordinary_names_stay_readable() {
    let masked = |service: &str, fields: &[(&str, &str)], text: &str| {
        let bench = Bench::with_service(service);
        bench.connections.create(wanted(fields)).unwrap();
        bench.connections.redactor.redact(text) != text
    };
    let basic = basic_service("\"a.test\"");
    let pair = [("username", "asha@example.com"), ("password", MARKER)];
    assert!(!masked(&basic, &pair, "asha@example.com"));
    assert!(masked(&basic, &pair, MARKER));
    assert!(masked(&basic, &[("username", MARKER), ("password", "x")], MARKER));
    assert!(masked(&basic, &[("username", MARKER), ("password", "")], MARKER));
    let oauth2 =
        "link_name = \"acme\"\nhosts = [\"a.test\"]\n[auth]\ntype = \"oauth2\"\ntoken_url = \"https://a.test/\"\n";
    let client = |id: &'static str| [("client_id", id), ("refresh_token", "refresh-one")];
    assert!(!masked(oauth2, &client("client"), "client"));
    assert!(masked(oauth2, &client("1000.ABCDEFGHIJKLMNOP"), "1000.ABCDEFGHIJKLMNOP"));
}
