//! The main job, end to end on loopback: contacts are read from Bigin and written to Books through two connections whose
//! access tokens end on the way. Our script and a real-world one run unchanged.

use std::sync::Arc;

use sluice::connections::{Connections, CreateConnection, Credentials};
use sluice::http::{Client, Guard, Options, Routes};
use sluice::sandbox::{self, CONTACT_KNOWN_TO_BOOKS, CONTACT_NEW_TO_BOOKS, Sandbox};
use sluice::secret::Redactor;
use sluice::{Data, Engine, Outcome, Run, Secret};

#[test]
fn our_script_creates_and_updates_customers_while_tokens_expire() {
    let script = include_str!("../../scripts/contact_sync.dg");
    both_branches(script, "contacts_bigin", "books");
}

#[test]
fn a_real_script_runs_unchanged() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/seeds/contact_sync.dg");
    let Ok(script) = std::fs::read_to_string(path) else {
        println!("skipped: {path} is not on this machine, and the script is not ours to keep");
        return;
    };
    let (bigin, books) = ("biginandbooksconnectionnew__biginconnection", "biginandbooksconnectionnew__booksconnection");
    both_branches(&script, bigin, books);
}

fn both_branches(script: &str, bigin: &str, books: &str) {
    let sandbox = Sandbox::start(sandbox::Options { uses_per_token: Some(2), ..Default::default() }).unwrap();
    let engine = engine(&sandbox, bigin, books);
    let customers = sandbox.customers().len();

    let created = sync(&engine, script, CONTACT_NEW_TO_BOOKS);
    assert!(created.result.is_ok(), "{:?}", created.result);
    assert!(created.info.iter().any(|line| line.contains("The contact has been added.")), "{:#?}", created.info);
    assert_eq!(sandbox.customers().len(), customers + 1);

    let updated = sync(&engine, script, CONTACT_KNOWN_TO_BOOKS);
    assert!(updated.result.is_ok(), "{:?}", updated.result);
    assert!(updated.info.iter().any(|line| line.contains("has been saved")), "{:#?}", updated.info);
    assert_eq!(sandbox.customers().len(), customers + 1);

    let requests = sandbox.requests();
    let refused = requests.iter().filter(|logged| logged.status == 401).count();
    assert!(refused > 0, "no token expired on the way: {requests:#?}");
    assert!(requests.iter().any(|logged| logged.method == "PUT" && logged.status == 200), "{requests:#?}");
}

fn sync(engine: &Engine, script: &str, contact: &str) -> Outcome {
    let source = sluice::source::Source::new("contact_sync.dg", script);
    let options = sluice::program::Options { given: vec!["contact".into()], ..Default::default() };
    let (program, diagnostics) = engine.check(&source, &options);
    let program = program.unwrap_or_else(|| panic!("{diagnostics:#?}"));
    let contact = Data::map([("Contacts.ID", contact)]);
    engine.run_blocking(&program, Run::script().argument("contact", contact))
}

fn engine(sandbox: &Sandbox, bigin: &str, books: &str) -> Engine {
    let mut routes = Routes::new();
    routes.add("www.zohoapis.com", sandbox.base_url()).unwrap();
    routes.add("accounts.zoho.com", sandbox.base_url()).unwrap();
    routes.add("books.zoho.com", &format!("{}/books", sandbox.base_url())).unwrap();
    let redactor = Arc::new(Redactor::default());
    let options = Options { guard: Guard::off(), routes, redactor: Arc::clone(&redactor), ..Options::default() };
    let client = Client::new(options.clone()).unwrap();
    let connections = Connections::in_memory(client, redactor);
    for (link_name, service) in [(bigin, "zoho_bigin"), (books, "zoho_books")] {
        let client = sandbox.client();
        connections
            .create(CreateConnection {
                link_name: link_name.to_owned(),
                name: None,
                service: service.to_owned(),
                scopes: Vec::new(),
                parameters: Default::default(),
                credentials: Credentials::Owner,
                default_for: Vec::new(),
                fields: vec![
                    ("client_id".into(), Secret::new(client.client_id)),
                    ("client_secret".into(), Secret::new(client.client_secret)),
                    ("refresh_token".into(), Secret::new(client.refresh_token)),
                ],
                expires_in: None,
                ..CreateConnection::default()
            })
            .unwrap();
    }
    Engine::builder().connections(connections).network(options).build().unwrap()
}
