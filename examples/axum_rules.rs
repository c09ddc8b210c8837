//! A web service with contacts of its own and workflow rules on them: a rule is a criterion and a Deluge function, compiled
//! when it is made, and run for each contact that is created. Try it:
//!
//! ```text
//! cargo run --example axum_rules &
//! curl localhost:3000/rules --json '{"name": "greet", "criteria": "Mailing_Country == \"Ireland\"", "script":
//!     "map greet(map contact) { contact.put(\"Greeting\", \"Dia dhuit, \" + contact.get(\"First_Name\")); return contact; }"}'
//! curl localhost:3000/contacts --json '{"First_Name": "Aoife", "Mailing_Country": "Ireland"}'
//! ```
#![allow(clippy::print_stdout)]

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sluice::criteria::{Criteria, Options};
use sluice::{Data, Engine, Limits, Program, Run, host};

/// What the handlers share. Cloning it is cheap.
#[derive(Clone)]
struct Service {
    engine: Engine,
    rules: Arc<RwLock<Vec<Rule>>>,
}

/// A rule, compiled.
#[derive(Clone)]
struct Rule {
    name: String,
    criteria: Criteria,
    program: Arc<Program>,
}

/// A rule as it is sent.
#[derive(Deserialize)]
struct NewRule {
    name: String,
    criteria: String,
    script: String,
}

/// What became of a contact.
#[derive(Serialize)]
struct Created {
    contact: Value,
    /// The rules that ran, with their `info` lines.
    ran: Vec<(String, Vec<String>)>,
    /// The rules that failed, with their messages; the contact is created all the same.
    failed: Vec<(String, String)>,
}

type Refusal = (StatusCode, String);

/// Serves until it is stopped.
///
/// # Errors
/// The port is taken.
#[tokio::main]
pub async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:3000").await?;
    println!("rules and contacts on http://{}", listener.local_addr()?);
    axum::serve(listener, router()?).await?;
    Ok(())
}

/// The service.
///
/// # Errors
/// The engine cannot be put together.
pub fn router() -> Result<Router, sluice::Error> {
    let limits =
        Limits { statements: 200_000, memory: 32_000_000, time: Some(Duration::from_secs(10)), ..Limits::default() };
    let engine = Engine::builder()
        .limits(limits)
        .function(
            host::asynchronous("contacts.count", |country: String| async move {
                // A real service asks its database here; the script sleeps meanwhile.
                country.len() as i64
            })
            .parameters(["country"])
            .about("Gives how many contacts a country has."),
        )
        .log(|info| println!("[run {}] {}:{} {}", info.run, info.file, info.line, info.text))
        .build()?;
    let service = Service { engine, rules: Arc::default() };
    Ok(Router::new().route("/rules", post(create_rule)).route("/contacts", post(create_contact)).with_state(service))
}

async fn create_rule(State(service): State<Service>, Json(new): Json<NewRule>) -> Result<StatusCode, Refusal> {
    // The messages have the place and what to do, as a person wants to read them.
    let refuse = |error: String| (StatusCode::UNPROCESSABLE_ENTITY, error);
    let criteria = Criteria::compile(&new.criteria, &Options::default()).map_err(|error| refuse(error.to_string()))?;
    let program = service.engine.compile(&new.name, &new.script).map_err(|error| refuse(error.to_string()))?;
    let mut rules = service.rules.write().unwrap_or_else(PoisonError::into_inner);
    rules.retain(|rule| rule.name != new.name);
    rules.push(Rule { name: new.name, criteria, program });
    Ok(StatusCode::CREATED)
}

async fn create_contact(State(service): State<Service>, Json(contact): Json<Value>) -> Result<Json<Created>, Refusal> {
    let mut contact = Data::from(contact);
    let rules = service.rules.read().unwrap_or_else(PoisonError::into_inner).clone();
    let (mut ran, mut failed) = (Vec::new(), Vec::new());
    for rule in &rules {
        // A rule sees what the rules before it changed.
        if !rule.criteria.matches(&contact) {
            continue;
        }
        let run = Run::function(&rule.name).argument("contact", contact.clone()).id(rule.name.as_str());
        let outcome = service.engine.run(&rule.program, run).await;
        match outcome.result {
            Ok(Data::Null) => ran.push((rule.name.clone(), outcome.info)),
            Ok(changed) => {
                contact = changed;
                ran.push((rule.name.clone(), outcome.info));
            }
            Err(error) => failed.push((rule.name.clone(), error.to_string())),
        }
    }
    let contact = Value::from(&contact);
    Ok(Json(Created { contact, ran, failed }))
}
