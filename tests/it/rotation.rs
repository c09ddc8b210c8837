//! A refresh token that works once is never lost: processes of several threads renew it at the same time and are killed
//! in the middle. The server ends the whole family when a token comes back that was replaced. It comes in two kinds.
//!
//! The strict one forgives nothing: a token that was used is not to be seen again, not even when its answer got lost. Here
//! renewals are made by a renewer, which no kill of a run meets.
//!
//! The lenient one takes the last token that it has seen used until one of its successors is used, as FAPI 2.0 asks of
//! servers that rotate. Here renewals are made in the killed process itself, which may die between the answer and its own
//! disk, and then has nothing else. Without that grace no client survives every kill.
//!
//! `SLUICE_ROTATION_ROUNDS` sets how many rounds are played; the few by default are for every day.

use std::io::Read;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, mpsc};
use std::time::{Duration, Instant};

use serde_json::json;
use sluice::connections::vault::KeySource;
use sluice::connections::{Connections, Renewer, Setting, Status};
use sluice::http::{Client, Guard, Options};
use sluice::secret::Redactor;
use sluice::{Engine, Outcome, Run};

use crate::cli::credentials::{connect, service};
use crate::cli::harness::Desk;
use crate::cli::server::{Answer, Seen, Server};

const ROUNDS: usize = 12;
/// Of the program, in each round.
const PROCESSES: usize = 3;
/// In the one process that is not the program.
const THREADS: usize = 6;
const SECRETS: [(&str, &str); 3] =
    [("client_id", "the-client-id"), ("client_secret", "the client secret"), ("refresh_token", "refresh-0")];

/// One family of tokens.
#[derive(Debug, Default)]
struct Family {
    issued: usize,
    /// The last refresh token that was used, and everything that was given for it.
    used: String,
    successors: Vec<String>,
    refreshes: usize,
    /// Whether a used token is ever taken again.
    is_lenient: bool,
    forgiven: usize,
    /// The token that ended the family, once it has ended.
    revoked_by: Option<String>,
    /// Seconds.
    life: u64,
}

impl Family {
    fn server(life: u64, is_lenient: bool) -> (Server, Arc<Mutex<Self>>) {
        let first = Self { successors: vec!["refresh-0".to_owned()], life, is_lenient, ..Self::default() };
        let family = Arc::new(Mutex::new(first));
        let answering = Arc::clone(&family);
        let server = Server::start(move |seen| answering.lock().unwrap().answer(seen));
        (server, family)
    }

    fn answer(&mut self, seen: &Seen) -> Answer {
        if seen.path() != "/token" {
            let is_ours = seen.header("authorization").starts_with("Bearer access-") && self.revoked_by.is_none();
            return if is_ours { Answer::ok() } else { Answer::json(401, json!({"code": "NO"})) };
        }
        let token = seen.form().into_iter().find(|(key, _)| key == "refresh_token").unwrap().1;
        if self.successors.contains(&token) {
            self.used = token;
            self.successors.clear();
        } else if self.is_lenient && self.used == token {
            self.forgiven += 1;
        } else {
            self.revoked_by.get_or_insert(token);
        }
        if self.revoked_by.is_some() {
            return Answer::json(400, json!({"error": "invalid_grant"}));
        }
        self.issued += 1;
        self.refreshes += 1;
        let new = format!("refresh-{}", self.issued);
        self.successors.push(new.clone());
        let access = format!("access-{}", self.issued);
        Answer::json(200, json!({"access_token": access, "refresh_token": new, "expires_in": self.life}))
    }
}

/// A desk with an expired connection `shop`, and a script that uses it.
fn desk(server: &Server, calls: usize) -> Desk {
    let desk = Desk::project("");
    let auth = format!("type = \"oauth2\"\nauthorize_url = \"{0}\"\ntoken_url = \"{0}\"", server.url("/token"));
    service(&desk, "acme", &auth);
    connect(&desk, "shop", "acme", &[], &SECRETS).expect(0);
    let one = format!("info invokeurl [url: \"{}\" connection: \"shop\"];\n", server.url("/orders"));
    desk.write("script.dg", one.repeat(calls));
    desk
}

fn open_network() -> Options {
    Options { guard: Guard::off(), ..Options::default() }
}

fn connections(desk: &Desk) -> Connections {
    let client = Client::new(open_network()).unwrap();
    let key = KeySource::File(desk.home("vault.key"));
    Connections::open(Some(&desk.path("")), &desk.home(""), key, client, Arc::default()).unwrap()
}

#[test]
fn no_kill_ends_the_family() {
    // The program renews by a renewer of its own accord, so this one has only the processes of threads, without.
    play(true, |desk, server| (0..PROCESSES).map(|_| threads(desk, server, false)).collect());
}

#[test]
fn no_kill_ends_the_family_of_a_server_that_forgives_nothing() {
    play(false, |desk, server| {
        let mut players: Vec<_> = (0..PROCESSES).map(|_| desk.command(&["run", "script.dg"])).collect();
        players.push(threads(desk, server, true));
        players
    });
}

/// Starts these processes in each round and kills some of them.
fn play(is_lenient: bool, players: impl Fn(&Desk, &Server) -> Vec<Command>) {
    let rounds = std::env::var("SLUICE_ROTATION_ROUNDS").ok().and_then(|text| text.parse().ok()).unwrap_or(ROUNDS);
    // Tokens end as soon as they are given, so that every request renews.
    let (server, family) = Family::server(0, is_lenient);
    let desk = desk(&server, 2);
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let (mut killed, begun) = (0, Instant::now());
    for round in 0..rounds {
        let mut players: Vec<Child> = players(&desk, &server).into_iter().map(start).collect();
        let victims = 1 + dice.below(2);
        // The later ones have had more time already.
        for victim in 0..victims {
            wait(Duration::from_micros(dice.below(90_000)));
            let chosen = dice.below(players.len() as u64 - victim);
            let mut child = players.swap_remove(chosen as usize);
            child.kill().unwrap();
            child.wait().unwrap();
            killed += 1;
        }
        for child in players {
            finishes(child, round);
        }
        let state = connections(&desk).summary("shop").unwrap()[0].status.clone();
        assert_eq!(state, Status::Connected, "round {round}");
        assert_eq!(family.lock().unwrap().revoked_by, None, "round {round}");
    }
    let family = family.lock().unwrap();
    println!(
        "{rounds} rounds in {:?}: {killed} kills, {} refreshes, {} lost answers forgiven",
        begun.elapsed(),
        family.refreshes,
        family.forgiven
    );
    assert!(family.refreshes >= rounds, "{family:?}");
}

/// The process of several threads: this test program again, with this one test and the desk in its environment.
#[test]
fn player() {
    let Ok(place) = std::env::var("SLUICE_ROTATION_DESK") else { return };
    let url = std::env::var("SLUICE_ROTATION_URL").unwrap();
    let (project, user) = place.split_once('|').unwrap();
    let client = Client::new(open_network()).unwrap();
    let key = KeySource::File(std::path::Path::new(user).join("vault.key"));
    let mut connections =
        Connections::open(Some(project.as_ref()), user.as_ref(), key, client, Arc::new(Redactor::default())).unwrap();
    if std::env::var_os("SLUICE_ROTATION_RENEWER").is_some() {
        let setting = Setting::new(Some(project.as_ref()), user.as_ref());
        connections = connections.with_renewer(Renewer::new(env!("CARGO_BIN_EXE_sluice").into(), setting));
    }
    let engine = Engine::builder().connections(connections).network(open_network()).threads(THREADS).build().unwrap();
    let script = format!("info invokeurl [url: \"{url}\" connection: \"shop\"];");
    let program = engine.compile("script.dg", &script).unwrap();
    std::thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                let outcome = engine.run_blocking(&program, Run::script());
                assert!(outcome.result.is_ok(), "{:?}", outcome.result);
            });
        }
    });
}

fn threads(desk: &Desk, server: &Server, has_renewer: bool) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "rotation::player", "--nocapture"]);
    let place = format!("{}|{}", desk.path("").display(), desk.home("").display());
    command.env("SLUICE_ROTATION_DESK", place).env("SLUICE_ROTATION_URL", server.url("/orders"));
    if has_renewer {
        command.env("SLUICE_ROTATION_RENEWER", "1");
    }
    command
}

fn start(mut command: Command) -> Child {
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

#[track_caller]
fn finishes(mut child: Child, round: usize) {
    let status = child.wait().unwrap();
    let mut text = String::new();
    child.stdout.take().unwrap().read_to_string(&mut text).unwrap();
    child.stderr.take().unwrap().read_to_string(&mut text).unwrap();
    assert!(status.success(), "round {round}: {text}");
}

/// Lets the others go on.
fn wait(time: Duration) {
    let (_open, never) = mpsc::channel::<()>();
    let _ = never.recv_timeout(time);
}

/// The same numbers each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }
}

#[test]
fn a_thousand_scripts_of_one_engine_make_one_refresh() {
    const SCRIPTS: usize = 1000;
    let (server, family) = Family::server(3600, false);
    let desk = desk(&server, 1);
    let engine = Engine::builder().connections(connections(&desk)).network(open_network()).build().unwrap();
    let script = std::fs::read_to_string(desk.path("script.dg")).unwrap();
    let program = engine.compile("script.dg", &script).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let outcomes: Vec<Outcome> = runtime.block_on(async {
        let runs: Vec<_> = (0..SCRIPTS).map(|_| tokio::spawn(engine.run(&program, Run::script()))).collect();
        let mut outcomes = Vec::new();
        for run in runs {
            outcomes.push(run.await.unwrap());
        }
        outcomes
    });
    for outcome in outcomes {
        assert!(outcome.result.is_ok(), "{:?}", outcome.result);
        assert_eq!(outcome.info, ["{\"ok\":true}"]);
    }
    assert_eq!(family.lock().unwrap().refreshes, 1);
    assert_eq!(server.calls().len(), SCRIPTS + 1);
}

#[test]
fn twenty_processes_make_one_refresh() {
    let (server, family) = Family::server(3600, false);
    let desk = desk(&server, 1);
    let players: Vec<Child> = (0..20).map(|_| start(desk.command(&["run", "script.dg"]))).collect();
    for child in players {
        finishes(child, 0);
    }
    assert_eq!(family.lock().unwrap().refreshes, 1);
    assert_eq!(server.calls().len(), 21);
}
