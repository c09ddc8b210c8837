//! Switching off and revoking while a token is being renewed: the new token, which may be the only valid one, is neither
//! lost nor left behind at the provider.

use std::sync::{Mutex, mpsc};

use super::server::{Seen, Server, json};
use super::{Bench, get, wanted};
use crate::connections::vault::{RecordId, State};
use crate::connections::{Error, Origin, Told};

/// A connection whose token is due, a server that renews it once it is let, and what lets it.
fn renewing() -> (Bench, Server, mpsc::Sender<()>) {
    let (let_go, held) = mpsc::channel();
    let held = Mutex::new(held);
    let server = Server::start(move |seen: &Seen| {
        if seen.target == "/token" {
            // A test that ended has nothing to wait for.
            let _ = held.lock().unwrap().recv();
            return json(200, "{\"access_token\":\"access-2\",\"refresh_token\":\"refresh-2\",\"expires_in\":3600}");
        }
        json(200, "{}")
    });
    let bench = Bench::with_service(&format!(
        "link_name = \"acme\"\nhosts = [\"127.0.0.1\"]\n[auth]\ntype = \"oauth2\"\nauthorize_url = \"{0}\"\n\
         token_url = \"{0}\"\nrevoke_url = \"{1}\"\n",
        server.url("/token"),
        server.url("/revoke"),
    ));
    let mut wanted = wanted(&[("client_id", "the-id"), ("access_token", "access-1"), ("refresh_token", "refresh-1")]);
    wanted.expires_in = Some(0);
    bench.connections.create(wanted).unwrap();
    (bench, server, let_go)
}

async fn renewal_has_begun(server: &Server) {
    while server.count("/token") == 0 {
        tokio::task::yield_now().await;
    }
}

async fn let_go_then(server: &Server, let_go: mpsc::Sender<()>) {
    renewal_has_begun(server).await;
    // The other task meets the lock first.
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
    let_go.send(()).unwrap();
}

#[tokio::test]
async fn disabling_waits_for_a_renewal_and_keeps_the_new_token() {
    let (bench, server, let_go) = renewing();
    let disabling = async {
        renewal_has_begun(&server).await;
        bench.connections.set_disabled("acme_main", None, true).await.unwrap()
    };
    let sending = bench.connections.send("acme_main", None, get(&server.url("/orders")));
    let (_, switched, ()) = tokio::join!(sending, disabling, let_go_then(&server, let_go));
    assert_eq!(switched, 1);
    let vault = bench.connections.vault_of(Origin::User);
    let record = vault.get(&RecordId::new("acme_main", None)).unwrap().unwrap();
    assert_eq!((record.field("refresh_token"), record.about.disabled), ("refresh-2", true));
    let refused = bench.connections.send("acme_main", None, get(&server.url("/orders"))).await;
    assert!(matches!(refused, Err(Error::Disabled { .. })));
}

#[tokio::test]
async fn revoking_waits_for_a_renewal_and_ends_the_new_token() {
    let (bench, server, let_go) = renewing();
    let revoking = async {
        renewal_has_begun(&server).await;
        bench.connections.revoke("acme_main", None, false).await.unwrap()
    };
    let sending = bench.connections.send("acme_main", None, get(&server.url("/orders")));
    let (_, revoked, ()) = tokio::join!(sending, revoking, let_go_then(&server, let_go));
    assert_eq!(revoked.told, Told::Provider { host: "127.0.0.1".to_owned() });
    let seen = server.seen();
    let told = seen.iter().find(|seen| seen.target == "/revoke").unwrap();
    assert_eq!((told.form("token").as_str(), told.form("client_id").as_str()), ("refresh-2", "the-id"));
    let record = bench.connections.vault_of(Origin::User).get(&RecordId::new("acme_main", None)).unwrap().unwrap();
    assert_eq!((record.fields.len(), record.state), (0, State::Revoked));
}
