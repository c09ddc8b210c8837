//! Scripts that wait on a timer: what is measured is the engine alone. The timer is one thread; all waits are equally
//! long, so the first to come is the first to be over.

use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use sluice::effect::{Effect, Reply};
use sluice::host::{Answer, Driver};
use sluice::{Engine, Run};

const WAIT: Duration = Duration::from_millis(50);

/// Answers each effect 50 ms later.
struct Timer(Mutex<Sender<(Instant, Answer)>>);

impl Driver for Timer {
    fn perform(&self, _: Effect, _: Option<&str>, reply: Answer) {
        let _ = self.0.lock().expect("no thread panics").send((Instant::now() + WAIT, reply));
    }
}

/// Starts the scripts, and waits until all are over.
pub fn run(scripts: usize) {
    let (sender, waits) = channel::<(Instant, Answer)>();
    let response = response();
    std::thread::spawn(move || {
        for (due, reply) in waits {
            std::thread::sleep(due.saturating_duration_since(Instant::now()));
            reply(Reply::Response(response.clone()));
        }
    });
    let engine = Engine::builder().driver(Arc::new(Timer(Mutex::new(sender)))).threads(2).build().expect("an engine");
    let script = r#"
        total = 0;
        for each page in {1, 2, 3}
        {
            answer = invokeurl [ url: "https://api.example.com/pages/" + page type: GET ];
            total = total + answer.get("count");
        }
        return total;
    "#;
    let program = engine.compile("wait", script).expect("a program");
    let runs: Vec<_> = (0..scripts).map(|_| engine.run(&program, Run::script())).collect();
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    for run in runs {
        assert_eq!(runtime.block_on(run).result.expect("a result"), sluice::Data::Number(21));
    }
}

fn response() -> sluice::http::Response {
    let headers = vec![("content-type".to_owned(), "application/json".to_owned())];
    let url = url::Url::parse("https://api.example.com/").expect("a URL");
    sluice::http::Response { status: 200, headers, body: bytes::Bytes::from_static(b"{\"count\":7}"), url }
}
