//! The same calls by scripts and by bare reqwest: as many at once, the same requests, the answers read as JSON.

use sluice::http::{Guard, Options};
use sluice::{Engine, Run};

use crate::server;

/// What is called.
#[derive(Clone, Copy)]
pub enum Kind {
    /// GET, and a field of the answer is read.
    Get,
    /// POST of 1 KB of JSON, and a field of the answer is read.
    Post,
}

/// So many scripts at once, each with so many calls one after the other.
pub fn sluice(url: &str, scripts: usize, calls: usize, kind: Kind) {
    let network = Options { guard: Guard::off(), per_host: per_host(), ..Options::default() };
    let engine = Engine::builder().network(network).threads(2).build().expect("an engine");
    let call = match kind {
        Kind::Get => "answer = invokeurl [ url: address type: GET ];",
        Kind::Post => {
            "answer = invokeurl [ url: address type: POST parameters: content content-type: \"application/json\" ];"
        }
    };
    let pages: Vec<String> = (1..=calls).map(|page| page.to_string()).collect();
    let script = format!(
        "int run(String address, String content) {{ total = 0; for each page in {{{}}} {{ {call} total = total + answer.get(\"count\"); }} return total; }}",
        pages.join(",")
    );
    let program = engine.compile("call", &script).expect("a program");
    let runs: Vec<_> = (0..scripts)
        .map(|_| {
            let run = Run::function("run").argument("address", url).argument("content", server::record().as_str());
            engine.run(&program, run)
        })
        .collect();
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    for run in runs {
        let result = runtime.block_on(run).result.expect("a result");
        assert_eq!(result, sluice::Data::Number(7 * calls as i64));
    }
}

/// How many calls are under way at once: as by default, or as PER_HOST says (0 for all).
fn per_host() -> usize {
    let said = std::env::var("PER_HOST").ok().and_then(|number| number.parse().ok());
    said.unwrap_or_else(|| Options::default().per_host)
}

/// The same without scripts: a task for each script.
pub fn reqwest(url: &str, scripts: usize, calls: usize, kind: Kind) {
    let threads = std::env::var("REQWEST_THREADS").ok().and_then(|threads| threads.parse().ok()).unwrap_or(2);
    let runtime = match threads {
        1 => tokio::runtime::Builder::new_current_thread().enable_all().build(),
        more => tokio::runtime::Builder::new_multi_thread().worker_threads(more).enable_all().build(),
    };
    runtime.expect("a runtime").block_on(async {
        let client = reqwest::Client::builder().no_proxy().build().expect("a client");
        let tasks: Vec<_> = (0..scripts)
            .map(|_| {
                let (client, url, content) = (client.clone(), url.to_owned(), server::record());
                tokio::spawn(async move {
                    let mut total = 0;
                    for _ in 0..calls {
                        let request = match kind {
                            Kind::Get => client.get(&url),
                            Kind::Post => {
                                client.post(&url).header("content-type", "application/json").body(content.clone())
                            }
                        };
                        let answer = request.send().await.expect("an answer").bytes().await.expect("a body");
                        let answer: serde_json::Value = serde_json::from_slice(&answer).expect("JSON");
                        total += answer["count"].as_i64().unwrap_or_default();
                    }
                    total
                })
            })
            .collect();
        for task in tasks {
            assert_eq!(task.await.expect("a total"), 7 * calls as i64);
        }
    });
}
