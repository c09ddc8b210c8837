//! Every row of the tables of requests: what a script sends arrives byte for byte, and what a server answers becomes the
//! documented value. The rows are data, in `tests/requests`, one object a line:
//!
//! | key | content |
//! | --- | --- |
//! | `name`, `script` | what the row holds; `BASE` is the address of the server |
//! | `method`, `target`, `headers`, `body` | what arrives; a header of null is not sent, a boundary is `BOUNDARY` |
//! | `reply` | what the server answers, `body` or `base64`; `{"ok":true}` without it |
//! | `prints`, `fails` | the `info` lines, or the code of the error that ends the script |
//! | `httpbin` | what httpbin reports of the request, for rows whose variable `answer` holds that |

mod arrived;
mod httpbin;

use std::fs;
use std::path::Path;

use arrived::{Arrived, Listener, Reply};
use serde_json::Value;
use sluice::http::{Guard, Options, Routes};
use sluice::{Engine, Run, Secret};

/// The hosts to which `invokeapi` sends; they lead to folders of their names on the server of the test.
const HOSTS: [&str; 3] = ["www.zohoapis.com", "recruit.zoho.com", "cliq.zoho.com"];

#[test]
fn maps_texts_and_files_are_encoded() {
    hold("encoding", 40);
}

#[test]
fn files_are_sent_in_every_form() {
    hold("files", 16);
}

#[test]
fn answers_become_values() {
    hold("replies", 40);
}

#[test]
fn the_functions_tell_their_arguments_apart() {
    hold("functions", 18);
}

#[test]
fn invokeapi_sends_to_its_services() {
    hold("invokeapi", 30);
}

#[test]
fn bad_input_is_refused() {
    hold("bad", 20);
}

/// The rows of a table.
fn rows(table: &str) -> Vec<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/requests/{table}.jsonl"));
    fs::read_to_string(path).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn hold(table: &str, at_least: usize) {
    let listener = Listener::start();
    let mut routes = Routes::new();
    // The path tells which host was meant, because a routed server is asked by its own name.
    HOSTS.iter().for_each(|host| routes.add(host, &format!("{}/{host}", listener.base())).unwrap());
    let engine = engine(Options { routes, guard: Guard::off(), ..Options::default() });
    let rows = rows(table);
    assert!(rows.len() >= at_least, "only {} rows", rows.len());
    let mut wrong = Vec::new();
    for row in &rows {
        let found = check(row, &engine, &listener);
        wrong.extend(found.into_iter().map(|found| format!("{}: {found}\n  {}", row["name"], row["script"])));
    }
    assert!(wrong.is_empty(), "{} findings in {table}:\n{}", wrong.len(), wrong.join("\n"));
}

fn engine(network: Options) -> Engine {
    let builder = Engine::builder().network(network);
    builder.bearer("zoho", Secret::new("t0k3n".to_owned()), &HOSTS).build().unwrap()
}

/// What of a row is not true.
fn check(row: &Value, engine: &Engine, listener: &Listener) -> Vec<String> {
    let reply = row.get("reply").map_or_else(Reply::friendly, Reply::of);
    listener.answer(reply);
    let script = row["script"].as_str().unwrap().replace("BASE", &listener.base());
    let program = match engine.compile("row.dg", &script) {
        Ok(program) => program,
        Err(refused) => return vec![format!("does not compile: {refused:?}")],
    };
    let outcome = engine.run_blocking(&program, Run::script());
    let arrived = listener.take();
    let mut wrong = Vec::new();
    match (&outcome.result, row["fails"].as_str()) {
        (Err(trouble), Some(code)) if trouble.code == code => {
            // What is refused before anything is asked never leaves.
            if arrived.is_some() && code.starts_with("run::invalid") {
                wrong.push("something was sent".to_owned());
            }
            return wrong;
        }
        (Ok(_), None) => {}
        (found, _) => return vec![format!("ended with {found:?}")],
    }
    if let Some(prints) = row["prints"].as_array() {
        let wanted: Vec<&str> = prints.iter().filter_map(Value::as_str).collect();
        if outcome.info != wanted {
            wrong.push(format!("prints {:?}, not {wanted:?}", outcome.info));
        }
    }
    match arrived {
        Some(arrived) => wrong.extend(compare(row, &arrived)),
        None => wrong.push("nothing arrived".to_owned()),
    }
    wrong
}

fn compare(row: &Value, arrived: &Arrived) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut same = |what: &str, found: Option<String>, wanted: Option<&str>| {
        if found.as_deref() != wanted {
            wrong.push(format!("{what} is {found:?}, not {wanted:?}"));
        }
    };
    for (key, found) in [("method", &arrived.method), ("target", &arrived.target)] {
        if let Some(wanted) = row[key].as_str() {
            same(key, Some(found.clone()), Some(wanted));
        }
    }
    for (name, wanted) in row["headers"].as_object().into_iter().flatten() {
        same(name, arrived.header(name), wanted.as_str());
    }
    if let Some(wanted) = row["body"].as_str() {
        same("body", Some(arrived.body()), Some(wanted));
    }
    if arrived.header("content-length").is_some_and(|length| length != arrived.bytes.len().to_string()) {
        wrong.push("the length is not that of the body".to_owned());
    }
    wrong
}
