//! The refresh contract against a server whose tokens end, rotate and are revoked as a family when one is used twice.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use super::server::{Answer, Seen, Server, json};
use super::{Bench, get, open, wanted};
use crate::connections::vault::{Change, RecordId};
use crate::connections::{Connections, Origin, Status};
use crate::secret::Secret;

/// A strict provider: each refresh token works once.
#[derive(Default)]
struct Provider {
    issued: usize,
    valid_access: BTreeSet<String>,
    refresh: String,
    rotates: bool,
    family_revoked: bool,
    /// Seconds, as the token answer says.
    life: u64,
}

impl Provider {
    fn answer(&mut self, seen: &Seen) -> Answer {
        if seen.target == "/token" { self.token(seen) } else { self.api(seen) }
    }

    fn api(&self, seen: &Seen) -> Answer {
        let token = seen.header("authorization").trim_start_matches("Bearer ");
        if self.valid_access.contains(token) {
            json(200, "{\"ok\":true}")
        } else {
            json(401, "{\"code\":\"INVALID_TOKEN\"}")
        }
    }

    fn token(&mut self, seen: &Seen) -> Answer {
        if seen.form("grant_type") == "client_credentials" {
            assert_eq!(seen.header("authorization"), "Basic dGhlLWlkOnRoZS1zZWNyZXQlMkY=");
            return self.issue(None);
        }
        if self.family_revoked || seen.form("refresh_token") != self.refresh {
            self.family_revoked = true;
            return json(400, "{\"error\":\"invalid_grant\"}");
        }
        if self.rotates {
            self.refresh = format!("refresh-{}", self.issued + 2);
        }
        let refresh = self.rotates.then(|| self.refresh.clone());
        self.issue(refresh)
    }

    fn issue(&mut self, refresh: Option<String>) -> Answer {
        self.issued += 1;
        let token = format!("access-{}", self.issued + 1);
        self.valid_access = BTreeSet::from([token.clone()]);
        let refresh = refresh.map(|token| format!(",\"refresh_token\":\"{token}\"")).unwrap_or_default();
        json(200, format!("{{\"access_token\":\"{token}\",\"expires_in\":{}{refresh}}}", self.life))
    }
}

struct Setting {
    bench: Bench,
    server: Server,
    provider: Arc<Mutex<Provider>>,
}

impl Setting {
    /// A connection with the tokens `access-1` and `refresh-1`.
    fn new(rotates: bool, expires_in: Option<i64>) -> Self {
        let provider = Arc::new(Mutex::new(Provider {
            valid_access: BTreeSet::from(["access-1".to_owned()]),
            refresh: "refresh-1".to_owned(),
            life: 3600,
            rotates,
            ..Provider::default()
        }));
        let answering = Arc::clone(&provider);
        let server = Server::start(move |seen| answering.lock().unwrap().answer(seen));
        let bench = Bench::with_service(&service(&server));
        let fields = [
            ("client_id", "the-id"),
            ("client_secret", "the-secret/"),
            ("access_token", "access-1"),
            ("refresh_token", "refresh-1"),
        ];
        let mut wanted = wanted(&fields);
        wanted.expires_in = expires_in;
        bench.connections.create(wanted).unwrap();
        Self { bench, server, provider }
    }

    async fn status(&self) -> u16 {
        self.status_of(&self.bench.connections).await
    }

    async fn status_of(&self, connections: &Connections) -> u16 {
        connections.send("acme_main", None, get(&self.server.url("/api"))).await.unwrap().status
    }

    fn refreshes(&self) -> usize {
        self.server.count("/token")
    }

    fn field(&self, key: &str) -> String {
        let vault = self.bench.connections.vault_of(Origin::User);
        vault.get(&RecordId::new("acme_main", None)).unwrap().unwrap().field(key).to_owned()
    }
}

fn service(server: &Server) -> String {
    format!(
        "link_name = \"acme\"\nhosts = [\"127.0.0.1\"]\n[auth]\ntype = \"oauth2\"\ntoken_url = \"{}/token\"\nscope_delimiter = \" \"\n",
        server.base
    )
}

#[tokio::test]
async fn a_living_token_is_used_and_an_expired_one_renewed_before_sending() {
    let setting = Setting::new(false, Some(3600));
    assert_eq!(setting.status().await, 200);
    assert_eq!(setting.refreshes(), 0);
    setting.bench.pass(3600 - 61);
    assert_eq!(setting.status().await, 200);
    assert_eq!(setting.refreshes(), 0);
    setting.bench.pass(1);
    assert_eq!(setting.status().await, 200);
    assert_eq!(setting.refreshes(), 1);
    assert_eq!(setting.server.count("/api"), 3);
    let asked = setting.server.seen().into_iter().find(|seen| seen.target == "/token").unwrap();
    assert_eq!(asked.method, "POST");
    assert_eq!(asked.form("client_id"), "the-id");
    assert_eq!(asked.form("client_secret"), "the-secret/");
    assert_eq!(setting.field("refresh_token"), "refresh-1");
    assert_eq!(setting.bench.connections.summary("acme_main").unwrap()[0].expires_in, Some(3600));
}

#[tokio::test]
async fn a_short_life_has_a_short_margin() {
    let setting = Setting::new(false, Some(100));
    setting.bench.pass(89);
    setting.status().await;
    assert_eq!(setting.refreshes(), 0);
    setting.bench.pass(1);
    setting.status().await;
    assert_eq!(setting.refreshes(), 1);
}

#[tokio::test]
async fn a_401_renews_once_and_asks_once_more() {
    let setting = Setting::new(false, None);
    setting.provider.lock().unwrap().valid_access.clear();
    assert_eq!(setting.status().await, 200);
    assert_eq!(setting.refreshes(), 1);
    assert_eq!(setting.server.count("/api"), 2);
}

#[tokio::test]
async fn a_second_401_is_the_answer() {
    let setting = Setting::new(false, Some(0));
    let provider = Arc::clone(&setting.provider);
    provider.lock().unwrap().life = 3600;
    assert_eq!(setting.status().await, 200);
    // A server that refuses every token is believed after one renewal.
    let server = Server::start(|seen| match seen.target.as_str() {
        "/token" => json(200, "{\"access_token\":\"never-good\",\"expires_in\":3600}"),
        _ => json(401, "{}"),
    });
    let bench = Bench::with_service(&service(&server));
    bench
        .connections
        .create(wanted(&[("client_id", "the-id"), ("refresh_token", "refresh-1"), ("access_token", "old-token")]))
        .unwrap();
    let sent = bench.connections.send("acme_main", None, get(&server.url("/api"))).await.unwrap();
    assert_eq!((sent.status, server.count("/token"), server.count("/api")), (401, 1, 2));
    // A token that was renewed just before is not renewed again.
    bench.pass(3600);
    let sent = bench.connections.send("acme_main", None, get(&server.url("/api"))).await.unwrap();
    assert_eq!((sent.status, server.count("/token"), server.count("/api")), (401, 2, 3));
}

#[tokio::test]
async fn a_token_without_a_way_to_renew_gives_its_401() {
    let server = Server::start(|_| json(401, "{}"));
    let bench = Bench::with_service(&service(&server));
    let mut wanted = wanted(&[("access_token", "old-token")]);
    wanted.expires_in = Some(1000);
    bench.connections.create(wanted).unwrap();
    let sent = bench.connections.send("acme_main", None, get(&server.url("/api"))).await.unwrap();
    assert_eq!(sent.status, 401);
    bench.pass(1000);
    let error = bench.connections.send("acme_main", None, get(&server.url("/api"))).await.unwrap_err();
    assert_eq!(error.code(), "connections::needs-reconnect");
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn rotation_keeps_the_previous_token_until_the_new_one_has_worked() {
    let setting = Setting::new(true, Some(0));
    assert_eq!(setting.status().await, 200);
    assert_eq!(setting.field("refresh_token"), "refresh-2");
    assert_eq!(setting.field("previous_refresh_token"), "refresh-1");
    setting.bench.pass(3600);
    assert_eq!(setting.status().await, 200);
    assert_eq!(setting.field("refresh_token"), "refresh-3");
    assert_eq!(setting.field("previous_refresh_token"), "refresh-2");
    setting.provider.lock().unwrap().rotates = false;
    setting.bench.pass(3600);
    assert_eq!(setting.status().await, 200);
    assert_eq!(setting.field("previous_refresh_token"), "");
    assert!(!setting.provider.lock().unwrap().family_revoked);
}

#[tokio::test]
async fn a_refusal_after_an_interrupted_renewal_says_so() {
    let setting = Setting::new(true, Some(0));
    let vault = setting.bench.connections.vault_of(Origin::User);
    // As a process leaves it that dies between the answer and its disk.
    setting.provider.lock().unwrap().refresh = "refresh-2".to_owned();
    vault
        .update(&RecordId::new("acme_main", None), &mut |record| {
            let mut record = record.unwrap();
            record.renewal.begun_at = Some(1);
            Change::Put(Box::new(record))
        })
        .unwrap();
    let error = setting.bench.connections.send("acme_main", None, get(&setting.server.url("/api"))).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "UnAuthenticated Connections: the connection \"acme_main\" must be connected again: the server refused its \
         refresh token: invalid_grant; how the renewal before ended is not known, so the server may have replaced the \
         token then"
    );
    assert_eq!(setting.field("refresh_token"), "refresh-1");
    assert_eq!(vault.get(&RecordId::new("acme_main", None)).unwrap().unwrap().renewal.begun_at, None);
}

#[tokio::test]
async fn a_renewal_is_noted_before_it_is_sent_and_after() {
    let seen = Arc::new(Mutex::new(None));
    let place: Arc<Mutex<Option<Arc<dyn crate::connections::vault::Vault>>>> = Arc::default();
    let (noted, found) = (Arc::clone(&seen), Arc::clone(&place));
    let server = Server::start(move |asked| {
        if asked.target == "/token" {
            let vault = found.lock().unwrap().clone().unwrap();
            *noted.lock().unwrap() = vault.get(&RecordId::new("acme_main", None)).unwrap().unwrap().renewal.begun_at;
        }
        json(200, "{\"access_token\":\"access-2\",\"expires_in\":3600}")
    });
    let bench = Bench::with_service(&service(&server));
    let vault = bench.connections.vault_of(Origin::User);
    *place.lock().unwrap() = Some(Arc::clone(&vault));
    bench.connections.create(wanted(&[("client_id", "the-id"), ("refresh_token", "refresh-1")])).unwrap();
    bench.connections.send("acme_main", None, get(&server.url("/api"))).await.unwrap();
    assert_eq!(*seen.lock().unwrap(), Some(super::START));
    assert_eq!(vault.get(&RecordId::new("acme_main", None)).unwrap().unwrap().renewal.begun_at, None);
}

#[tokio::test]
async fn a_refused_token_gives_way_to_the_previous_one() {
    let setting = Setting::new(false, Some(0));
    let vault = setting.bench.connections.vault_of(Origin::User);
    vault
        .update(&RecordId::new("acme_main", None), &mut |record| {
            let mut record = record.unwrap();
            record.fields.insert("refresh_token".into(), Secret::new("refresh-lost"));
            record.fields.insert("previous_refresh_token".into(), Secret::new("refresh-1"));
            Change::Put(Box::new(record))
        })
        .unwrap();
    let provider = Arc::clone(&setting.provider);
    let server = Server::start(move |seen| {
        let mut provider = provider.lock().unwrap();
        provider.family_revoked = false;
        provider.answer(seen)
    });
    // The same vault under a service whose endpoint forgives.
    setting.bench.write_service(&service(&server));
    let mut bench = setting.bench;
    bench.reopen();
    let fields = [("client_id", "the-id"), ("refresh_token", "refresh-lost")];
    let mut again = wanted(&fields);
    again.expires_in = None;
    bench.connections.create(again).unwrap();
    let vault = bench.connections.vault_of(Origin::User);
    vault
        .update(&RecordId::new("acme_main", None), &mut |record| {
            let mut record = record.unwrap();
            record.fields.insert("previous_refresh_token".into(), Secret::new("refresh-1"));
            Change::Put(Box::new(record))
        })
        .unwrap();
    let sent = bench.connections.send("acme_main", None, get(&server.url("/api"))).await.unwrap();
    assert_eq!(sent.status, 200);
    let record = vault.get(&RecordId::new("acme_main", None)).unwrap().unwrap();
    assert_eq!(record.field("refresh_token"), "refresh-1");
}

#[tokio::test]
async fn a_server_that_is_down_does_not_end_a_token_that_lives() {
    let server = Server::start(|seen| if seen.target == "/token" { json(503, "{}") } else { json(200, "{}") });
    let bench = Bench::with_service(&service(&server));
    let mut wanted = wanted(&[("client_id", "the-id"), ("refresh_token", "refresh-1"), ("access_token", "old-token")]);
    wanted.expires_in = Some(3600);
    bench.connections.create(wanted).unwrap();
    bench.pass(3570);
    bench.connections.send("acme_main", None, get(&server.url("/api"))).await.unwrap();
    assert!(bench.notes().iter().any(|note| note.contains("status 503")), "{:?}", bench.notes());
    bench.pass(30);
    let error = bench.connections.send("acme_main", None, get(&server.url("/api"))).await.unwrap_err();
    assert_eq!(error.code(), "connections::token-answer");
}

#[tokio::test]
async fn client_credentials_fetch_their_own_token() {
    let provider = Arc::new(Mutex::new(Provider { life: 100, ..Provider::default() }));
    let answering = Arc::clone(&provider);
    let server = Server::start(move |seen| answering.lock().unwrap().answer(seen));
    let text = format!("{}grant = \"client_credentials\"\nclient_auth = \"basic\"\n", service(&server));
    let bench = Bench::with_service(&text);
    let mut wanted = wanted(&[("client_id", "the-id"), ("client_secret", "the-secret/")]);
    wanted.scopes = vec!["orders.read".into(), "orders.write".into()];
    bench.connections.create(wanted).unwrap();
    for _ in 0..3 {
        let sent = bench.connections.send("acme_main", None, get(&server.url("/api"))).await.unwrap();
        assert_eq!(sent.status, 200);
    }
    assert_eq!(server.count("/token"), 1);
    assert_eq!(server.seen()[0].form("scope"), "orders.read orders.write");
    assert_eq!(server.seen()[0].form("client_secret"), "");
    bench.pass(95);
    bench.connections.send("acme_main", None, get(&server.url("/api"))).await.unwrap();
    assert_eq!(server.count("/token"), 2);
    provider.lock().unwrap().valid_access.clear();
    let sent = bench.connections.send("acme_main", None, get(&server.url("/api"))).await.unwrap();
    assert_eq!((sent.status, server.count("/token")), (200, 3));
}

#[tokio::test]
async fn a_thousand_requests_make_one_renewal() {
    let setting = Arc::new(Setting::new(true, Some(0)));
    let tasks: Vec<_> = (0..1000)
        .map(|_| {
            let setting = Arc::clone(&setting);
            tokio::spawn(async move { setting.status().await })
        })
        .collect();
    for task in tasks {
        assert_eq!(task.await.unwrap(), 200);
    }
    assert_eq!(setting.refreshes(), 1);
    assert!(!setting.provider.lock().unwrap().family_revoked);
}

#[tokio::test]
async fn a_thousand_401s_make_one_renewal() {
    let setting = Arc::new(Setting::new(true, None));
    setting.provider.lock().unwrap().valid_access.clear();
    let tasks: Vec<_> = (0..1000)
        .map(|_| {
            let setting = Arc::clone(&setting);
            tokio::spawn(async move { setting.status().await })
        })
        .collect();
    for task in tasks {
        assert_eq!(task.await.unwrap(), 200);
    }
    assert_eq!(setting.refreshes(), 1);
}

/// Separate registries, clients and locks over the same files: what several processes are to each other.
#[test]
fn other_processes_share_the_renewal() {
    let setting = Setting::new(true, Some(0));
    let path = setting.bench.path();
    std::thread::scope(|scope| {
        for _ in 0..6 {
            scope.spawn(|| {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
                let connections = open(path, &setting.bench.time, &setting.bench.notes);
                for _ in 0..3 {
                    assert_eq!(runtime.block_on(setting.status_of(&connections)), 200);
                }
            });
        }
    });
    assert_eq!(setting.refreshes(), 1);
    assert!(!setting.provider.lock().unwrap().family_revoked);
}

#[tokio::test]
async fn a_renewal_that_nobody_waits_for_is_still_stored() {
    let setting = Setting::new(true, Some(0));
    let url = setting.server.url("/api");
    let sending = setting.bench.connections.send("acme_main", None, get(&url));
    // The script is stopped while the token endpoint is being asked.
    let asking = async {
        while !setting.bench.notes().iter().any(|note| note.contains("renewing")) {
            tokio::time::sleep(std::time::Duration::from_micros(50)).await;
        }
    };
    let is_stopped = tokio::select! {
        () = asking => true,
        _ = sending => false,
    };
    if is_stopped {
        for _ in 0..500 {
            if setting.field("refresh_token") == "refresh-2" {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
    }
    assert_eq!(setting.field("refresh_token"), "refresh-2");
    assert_eq!(setting.status().await, 200);
    assert_eq!(setting.refreshes(), 1);
}

#[tokio::test]
async fn creating_again_ends_the_need_to_reconnect() {
    let setting = Setting::new(false, Some(0));
    setting.provider.lock().unwrap().refresh = "refresh-new".to_owned();
    setting.bench.connections.send("acme_main", None, get(&setting.server.url("/api"))).await.unwrap_err();
    let status = |bench: &Bench| bench.connections.summary("acme_main").unwrap()[0].status.clone();
    assert!(matches!(status(&setting.bench), Status::NeedsReconnect { .. }));
    setting.provider.lock().unwrap().family_revoked = false;
    setting.bench.connections.create(wanted(&[("client_id", "the-id"), ("refresh_token", "refresh-new")])).unwrap();
    assert_eq!(setting.status().await, 200);
    assert_eq!(status(&setting.bench), Status::Connected);
}

/// Scripts keep their absolute addresses; routes lead the API and the accounts server to this machine.
#[tokio::test]
async fn a_zoho_service_works_through_routes() {
    let server = Server::start(|seen| match seen.target.as_str() {
        "/accounts/oauth/v2/token" => json(200, "{\"access_token\":\"1000.fresh\",\"expires_in\":3600}"),
        _ => json(200, format!("{{\"token\":\"{}\"}}", seen.header("authorization"))),
    });
    let mut routes = crate::http::Routes::new();
    routes.add("books.zoho.com", &server.url("/books")).unwrap();
    routes.add("accounts.zoho.com", &server.url("/accounts")).unwrap();
    let options = crate::http::Options { routes, ..crate::http::Options::default() };
    let client = crate::http::Client::new(options).unwrap();
    let bench = Bench::new();
    let connections = bench.connections.clone().with_client(client);
    let mut new =
        wanted(&[("client_id", "1000.X"), ("client_secret", "the-secret"), ("refresh_token", "1000.refresh")]);
    new.link_name = "biginandbooksconnectionnew__booksconnection".to_owned();
    new.service = "zoho_books".to_owned();
    connections.create(new).unwrap();
    let url = "https://books.zoho.com/api/v3/contacts?search_text=a";
    let sent = connections.send("biginandbooksconnectionnew__booksconnection", None, get(url)).await.unwrap();
    assert_eq!(sent.status, 200);
    let seen = server.seen();
    assert_eq!(seen[0].form("refresh_token"), "1000.refresh");
    assert_eq!(seen[1].target, "/books/api/v3/contacts?search_text=a");
    assert_eq!(seen[1].header("authorization"), "Zoho-oauthtoken 1000.fresh");
}
