//! Tasks are tested without a network: what they ask for is compared, and answers are made up.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod integration;
mod invokeurl;
mod mail;
mod platform;
mod reply;
mod robust;
mod web;

use bytes::Bytes;

use crate::catalogue::{Arguments, Call, Form, Prepared, Task};
use crate::effect::{Action, Problem, Reply, Request};
use crate::environment::{Environment, Random, Randomness};
use crate::http::{Body, Response};
use crate::value::{Answers, Cycles, Failure, File, Shared, Value, json};

fn task(name: &str) -> Task {
    let mut tasks = super::load().into_iter();
    tasks.find(|task| task.name.eq_ignore_ascii_case(name)).unwrap_or_else(|| panic!("no task {name}"))
}

/// Prepares a task that sends a request in an environment.
fn prepare_in(
    environment: &Environment,
    task: &Task,
    slots: &[u16],
    values: &[Value],
) -> Result<(Request, Prepared), Failure> {
    let prepared = prepare_any(environment, task, slots, values)?;
    let Action::Request(request) = &prepared.action else { panic!("no request") };
    Ok(((**request).clone(), prepared))
}

/// Prepares a task in an environment.
fn prepare_any(environment: &Environment, task: &Task, slots: &[u16], values: &[Value]) -> Result<Prepared, Failure> {
    let mut cycles = Cycles::default();
    let mut call = Call {
        environment,
        random: &mut Random::new(Randomness::Seed(1)),
        cycles: &mut cycles,
        answers: &mut Answers::default(),
        largest: 1 << 20,
        elements: 1 << 20,
        memory: 1 << 30,
    };
    task.perform.prepare(task, &mut call, Arguments { slots, values })
}

/// Calls an integration task.
fn call(name: &str, values: &[Value]) -> Result<(Request, Prepared), Failure> {
    let slots: Vec<u16> = (0..values.len() as u16).collect();
    prepare_in(&Environment::default(), &task(name), &slots, values)
}

/// Runs `invokeurl` with these attributes.
fn invoke(attributes: &[(&str, Value)]) -> Result<(Request, Prepared), Failure> {
    invoke_in(&Environment::default(), attributes)
}

fn invoke_in(environment: &Environment, attributes: &[(&str, Value)]) -> Result<(Request, Prepared), Failure> {
    let task = task("invokeurl");
    let Form::Bracket(known) = &task.form else { panic!("invokeurl is a bracket task") };
    let slots: Vec<u16> = attributes
        .iter()
        .map(|(name, _)| known.iter().position(|attribute| attribute.name == *name).expect(name) as u16)
        .collect();
    let values: Vec<Value> = attributes.iter().map(|(_, value)| value.clone()).collect();
    prepare_in(environment, &task, &slots, &values)
}

/// The value that a task makes of a reply.
fn finish(prepared: Prepared, reply: Reply) -> Result<Value, Failure> {
    let environment = Environment::default();
    let mut cycles = Cycles::default();
    (prepared.finish)(
        &mut Call {
            environment: &environment,
            random: &mut Random::new(Randomness::Seed(1)),
            cycles: &mut cycles,
            answers: &mut Answers::default(),
            largest: 1 << 20,
            elements: 1 << 20,
            memory: 1 << 30,
        },
        reply,
    )
}

fn answer(status: u16, headers: &[(&str, &str)], body: impl Into<Bytes>) -> Reply {
    Reply::Response(Response {
        status,
        headers: headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
        body: body.into(),
        url: "https://api.example.com/files/logo%20small.png?size=1".parse().unwrap(),
    })
}

fn no_answer() -> Reply {
    let help = Some("try again".to_owned());
    Reply::Failed(Problem { code: "http::timeout".to_owned(), message: "socket timeout error".to_owned(), help })
}

fn of_json(text: &str) -> Value {
    json::parse(text).unwrap()
}

fn file(name: &str, content: &'static [u8]) -> Value {
    Value::file(File::new(name, "text/csv", content))
}

fn printed(value: &Value) -> String {
    value.print().unwrap()
}

fn code<T>(result: Result<T, Failure>) -> String {
    match result {
        Ok(_) => "no failure".to_owned(),
        Err(failure) => failure.into_report().code,
    }
}

fn message<T>(result: Result<T, Failure>) -> String {
    match result {
        Ok(_) => "no failure".to_owned(),
        Err(failure) => failure.into_report().message,
    }
}

/// A body in one line: its kind and what it holds.
fn shown(body: &Body) -> String {
    match body {
        Body::Empty => "empty".to_owned(),
        Body::Form(fields) => {
            let fields: Vec<_> = fields.iter().map(|(key, value)| format!("{key}={value}")).collect();
            format!("form {}", fields.join("&"))
        }
        Body::Raw { content_type, bytes } => format!("{content_type} {}", String::from_utf8_lossy(bytes)),
        Body::Multipart(parts) => {
            let parts = parts.iter().map(|part| {
                let file = part.file_name.as_deref().map(|name| format!("({name})")).unwrap_or_default();
                format!("{}{file}={}", part.name, String::from_utf8_lossy(&part.bytes))
            });
            format!("multipart {}", parts.collect::<Vec<_>>().join("&"))
        }
    }
}
