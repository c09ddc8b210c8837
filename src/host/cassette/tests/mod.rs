//! Cassettes over a driver that answers by a function, in folders of their own.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod bodies;
mod faults;
mod matching;
mod reading;
mod secrets;
mod values;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use tempfile::TempDir;

use super::{Cassette, Mode, Options, Report};
use crate::effect::{Action, Connection, Effect, EffectName, Reply, Request};
use crate::host::{Answer, Driver};
use crate::http::{self, Body, Method, Response};

/// A driver that answers by a function and counts.
struct World<F>(F, Arc<Mutex<usize>>);

impl<F: Fn(&Effect) -> Reply + Send + Sync> Driver for World<F> {
    fn perform(&self, effect: Effect, _user: Option<&str>, reply: Answer) {
        *self.1.lock().unwrap() += 1;
        reply((self.0)(&effect));
    }
}

/// A folder for a cassette.
struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn folder(&self) -> PathBuf {
        self.0.path().join("orders")
    }

    fn open(&self, options: Options) -> Cassette {
        Cassette::open(&self.folder(), options).unwrap()
    }

    /// Records these effects anew, with these answers.
    fn record(&self, options: Options, exchanges: &[(Effect, Reply)]) -> Report {
        let all = exchanges.to_vec();
        let world = World(
            move |effect: &Effect| all.iter().find(|(known, _)| known == effect).unwrap().1.clone(),
            Arc::default(),
        );
        let cassette = self.open(Options { mode: Mode::All, ..options }).over(Arc::new(world));
        for (effect, reply) in exchanges {
            assert_eq!(&ask(&cassette, effect), reply, "what is recorded reaches the run as it is");
        }
        cassette.finish().unwrap()
    }

    fn replay(&self) -> Cassette {
        self.open(Options { mode: Mode::None, ..Options::default() })
    }

    /// Every file with its content.
    fn files(&self) -> Vec<(String, Vec<u8>)> {
        let mut files = Vec::new();
        let mut folders = vec![self.folder()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(&folder).unwrap() {
                let path = entry.unwrap().path();
                match path.is_dir() {
                    true => folders.push(path),
                    false => files.push((name(&path, &self.folder()), std::fs::read(&path).unwrap())),
                }
            }
        }
        files.sort();
        files
    }

    fn names(&self) -> Vec<String> {
        self.files().into_iter().map(|(name, _)| name).collect()
    }

    fn edit(&self, file: &str, from: &str, to: &str) {
        let path = self.folder().join(file);
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{file} has no {from}:\n{text}");
        std::fs::write(path, text.replace(from, to)).unwrap();
    }
}

fn name(path: &Path, folder: &Path) -> String {
    path.strip_prefix(folder).unwrap().display().to_string()
}

/// Asks a driver and waits.
fn ask(driver: &dyn Driver, effect: &Effect) -> Reply {
    let (send, receive) = std::sync::mpsc::channel();
    driver.perform(effect.clone(), None, Box::new(move |reply| send.send(reply).unwrap()));
    receive.recv().unwrap()
}

fn effect(action: Action) -> Effect {
    Effect { name: EffectName { function: "main".into(), site: 0, occurrence: 0 }, line: 3, action }
}

fn request(http: http::Request) -> Effect {
    effect(Action::Request(Box::new(Request { task: "invokeurl".into(), connection: Connection::None, http })))
}

fn get(url: &str) -> Effect {
    request(http::Request::new(Method::Get, url.parse().unwrap()))
}

fn post(url: &str, body: Body) -> Effect {
    request(http::Request { body, ..http::Request::new(Method::Post, url.parse().unwrap()) })
}

fn post_json(url: &str, body: &str) -> Effect {
    post(url, Body::Raw { content_type: "application/json".into(), bytes: Bytes::from(body.to_owned()) })
}

/// An answer of `url` with status 200.
fn answer(url: &str, media_type: &str, body: impl Into<Bytes>) -> Reply {
    Reply::Response(Response {
        status: 200,
        headers: vec![("content-type".into(), media_type.into())],
        body: body.into(),
        url: url.parse().unwrap(),
    })
}

fn json(url: &str, body: &str) -> Reply {
    answer(url, "application/json", body.to_owned())
}

/// The message and the help of a miss.
#[track_caller]
fn miss(reply: Reply) -> (String, String) {
    match reply {
        Reply::Failed(problem) if problem.code == "replay::miss" => (problem.message, problem.help.unwrap_or_default()),
        other => panic!("no miss: {other:?}"),
    }
}

const URL: &str = "https://api.acme.test/orders";

#[test]
fn what_was_recorded_is_replayed_without_the_world() {
    let desk = Desk::new();
    let failed = Reply::Failed(crate::effect::Problem {
        code: "http::timeout".into(),
        message: "socket timeout error".into(),
        help: Some("try again".into()),
    });
    let exchanges = [
        (get(URL), json(URL, "{\"a\": 1.50}")),
        (post_json(URL, "{\"id\":7}"), json(URL, "[]\n")),
        (get("https://api.acme.test/slow"), failed),
    ];
    let report = desk.record(Options::default(), &exchanges);
    assert_eq!(report.recorded, 3);
    let names = desk.names();
    assert_eq!(
        names,
        [
            "0001-get-api.acme.test-orders.json",
            "0002-post-api.acme.test-orders.json",
            "0003-get-api.acme.test-slow.json",
            "cassette.json"
        ]
    );
    let cassette = desk.replay();
    assert!(!cassette.records());
    for (effect, reply) in &exchanges {
        assert_eq!(&ask(&cassette, effect), reply);
    }
    let report = cassette.finish().unwrap();
    assert_eq!((report.replayed, report.missed, report.unused.len()), (3, 0, 0));
}

#[test]
fn the_modes_are_those_of_vcr() {
    let desk = Desk::new();
    let run = |mode: Mode, urls: &[&str]| {
        let count = Arc::new(Mutex::new(0));
        let world = World(|_: &Effect| json(URL, "{\"ok\":true}"), Arc::clone(&count));
        let cassette = Cassette::open(&desk.folder(), Options { mode, ..Options::default() })?.over(Arc::new(world));
        let failed = urls.iter().filter(|url| matches!(ask(&cassette, &get(url)), Reply::Failed(_))).count();
        let report = cassette.finish()?;
        let performed = *count.lock().unwrap();
        Ok::<_, super::Error>((performed, report.recorded, report.replayed, failed))
    };
    let other = "https://api.acme.test/other";
    assert_eq!(run(Mode::None, &[URL]).unwrap_err().code(), "replay::no-cassette");
    assert_eq!(run(Mode::Once, &[URL, URL]).unwrap(), (2, 2, 0, 0), "it records what is not there");
    assert_eq!(run(Mode::Once, &[URL, other]).unwrap(), (0, 0, 1, 1), "then it replays, and refuses the rest");
    assert_eq!(run(Mode::NewEpisodes, &[URL, other]).unwrap(), (1, 1, 1, 0), "it adds what is new");
    assert_eq!(desk.names().len(), 4);
    assert_eq!(run(Mode::None, &[URL, URL, other]).unwrap(), (0, 0, 3, 0));
    assert_eq!(run(Mode::None, &[URL, URL, URL]).unwrap(), (0, 0, 2, 1), "the third time was not recorded");
    assert_eq!(run(Mode::All, &[other]).unwrap(), (1, 1, 0, 0), "everything is recorded anew");
    assert_eq!(desk.names(), ["0001-get-api.acme.test-other.json", "cassette.json"]);
}

#[test]
fn equal_requests_take_the_answers_in_order() {
    let desk = Desk::new();
    let count = Mutex::new(0);
    let world = World(
        move |_: &Effect| {
            *count.lock().unwrap() += 1;
            json(URL, &format!("{{\"n\":{}}}", *count.lock().unwrap()))
        },
        Arc::default(),
    );
    let cassette = desk.open(Options::default()).over(Arc::new(world));
    let asked: Vec<Reply> = (0..3).map(|_| ask(&cassette, &get(URL))).collect();
    cassette.finish().unwrap();
    let cassette = desk.replay();
    assert_eq!((0..3).map(|_| ask(&cassette, &get(URL))).collect::<Vec<_>>(), asked);
    let (message, help) = miss(ask(&cassette, &get(URL)));
    assert!(
        message.contains("GET https://api.acme.test/orders") && help.contains("recorded 3 times"),
        "{message} {help}"
    );
    let repeating = desk.open(Options {
        mode: Mode::None,
        matched_by: ["method", "url", "body", "repeat"].map(str::to_owned).to_vec(),
        ..Options::default()
    });
    let again: Vec<Reply> = (0..5).map(|_| ask(&repeating, &get(URL))).collect();
    assert_eq!(again[..3], asked);
    assert_eq!((&again[3], &again[4]), (&asked[2], &asked[2]));
}

#[test]
fn the_head_pins_what_a_run_is_told() {
    let desk = Desk::new();
    let now = "2026-01-31T09:00:00Z".parse().unwrap();
    let options =
        Options { now: Some(now), seed: Some(7), time_zone: Some("Asia/Kolkata".into()), ..Options::default() };
    desk.record(options.clone(), &[]);
    let pins = desk.replay().pins();
    assert_eq!((pins.now, pins.seed, pins.time_zone.as_deref()), (now, 7, Some("Asia/Kolkata")));
}

#[test]
fn nothing_is_written_before_the_end_nor_without_a_need() {
    let desk = Desk::new();
    let world = World(|_: &Effect| json(URL, "{}"), Arc::default());
    let cassette = desk.open(Options::default()).over(Arc::new(world));
    ask(&cassette, &get(URL));
    assert!(!desk.folder().exists());
    cassette.finish().unwrap();
    let before = desk.files();
    let world = World(|_: &Effect| json(URL, "{}"), Arc::default());
    let cassette = desk.open(Options { mode: Mode::NewEpisodes, ..Options::default() }).over(Arc::new(world));
    ask(&cassette, &get(URL));
    assert_eq!(cassette.finish().unwrap().recorded, 0);
    assert_eq!(desk.files(), before);
}

#[cfg(unix)]
#[test]
fn only_the_owner_can_read_it() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::new();
    desk.record(Options::default(), &[(get(URL), answer(URL, "image/png", vec![0, 159, 1]))]);
    let mode = |path: PathBuf| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(desk.folder()), mode(desk.folder().join("bodies"))), (0o700, 0o700));
    for (name, _) in desk.files() {
        assert_eq!(mode(desk.folder().join(&name)), 0o600, "{name}");
    }
}
