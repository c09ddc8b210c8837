//! The driver that records exchanges and plays them again. What is recorded is kept in memory as it happened and is
//! cleaned and written when the run is over: only then everything that is secret is known. Nothing is written before.
//! Token traffic belongs to the live driver, so a cassette never sees any.

mod answers;
mod asked;
mod clean;
mod content;
mod data;
mod error;
mod exchange;
mod folder;
mod head;
mod layout;
mod matchers;
mod nearest;
mod parts;
mod personal;
mod tape;
#[cfg(test)]
mod tests;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;

pub use error::Error;
pub use personal::Finding;

use self::answers::{Answers, Found};
use self::clean::Cleaner;
use self::content::Bodies;
use self::head::{FORMAT, Head};
use self::matchers::Matchers;
use self::parts::Parts;
use self::tape::Tape;
use super::{Answer, Driver, pass_on};
use crate::connections::Connections;
use crate::effect::{Action, Effect, Problem, Reply};
use crate::environment::{Clock, Environment, Randomness};
use crate::http;
use crate::secret::Redactor;
use crate::value::{DateSettings, zone_named};

/// What happens with effects: the four modes of VCR.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// Records when there is no cassette; otherwise replays, and what is not recorded is an error.
    #[default]
    Once,
    /// Replays; what is not recorded is an error.
    None,
    /// Replays, and records what is not there yet.
    NewEpisodes,
    /// Records everything anew, in place of what is there.
    All,
}

impl Mode {
    /// By its name: `once`, `none`, `new_episodes`, `all`.
    pub fn parse(name: &str) -> Option<Self> {
        [("once", Mode::Once), ("none", Mode::None), ("new_episodes", Mode::NewEpisodes), ("all", Mode::All)]
            .into_iter()
            .find_map(|(known, mode)| known.eq_ignore_ascii_case(&name.replace('-', "_")).then_some(mode))
    }
}

/// How a cassette is used.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// What happens with effects.
    pub mode: Mode,
    /// By what requests are recognised: words from `method`, `url` (host, path and query together), `host`, `path`, `query`,
    /// `unordered-query`, `body`, `headers:NAME`, and `repeat`, with which the last answer is given again and again. When
    /// there are none, those of the cassette count, or `method`, `url` and `body`.
    pub matched_by: Vec<String>,
    /// What is left out when comparing, besides what the cassette names: `query.NAME`, `headers.NAME`, and `body.FIELD`
    /// with a path such as `items.0.id` or `items.*.id`.
    pub ignore: Vec<String>,
    /// Regular expressions of what is masked besides what the redactor knows; those of the cassette join them. Where one
    /// has a group, the first group is masked, otherwise the whole match.
    pub redact: Vec<String>,
    /// Knows the secrets of the run, and learns those that exchanges show under telling names.
    pub redactor: Arc<Redactor>,
    /// What recorded scripts take for the present; the time of the machine when there is none.
    pub now: Option<Timestamp>,
    /// Where random numbers of a recorded run begin; chosen at random when there is none.
    pub seed: Option<u64>,
    /// The time zone of a recorded run, by its name in the tz database.
    pub time_zone: Option<String>,
}

/// What a run must be told so that it goes as the recorded one did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pins {
    /// What scripts take for the present.
    pub now: Timestamp,
    /// Where random numbers begin.
    pub seed: u64,
    /// The time zone by its name, where it is known.
    pub time_zone: Option<String>,
}

impl Pins {
    /// Tells an environment, where nothing else was asked of it.
    pub fn apply(&self, environment: &mut Environment) {
        if environment.clock == Clock::System {
            environment.clock = Clock::Fixed(self.now);
        }
        if environment.randomness == Randomness::System {
            environment.randomness = Randomness::Seed(self.seed);
        }
        let zone = self.time_zone.as_deref().filter(|_| environment.dates.follows_machine()).and_then(zone_named);
        if let Some(zone) = zone {
            environment.dates = Arc::new((*environment.dates).clone().with_zone(zone));
        }
    }
}

/// What became of a cassette.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// How many exchanges were recorded.
    pub recorded: usize,
    /// How many effects were answered from the cassette.
    pub replayed: usize,
    /// How many effects found no answer.
    pub missed: usize,
    /// The files of recorded exchanges that nobody asked for.
    pub unused: Vec<String>,
    /// What looks personal in what was recorded now.
    pub personal: Vec<Finding>,
    /// How many patterns of [`Options::redact`] were kept out of the head, because they are what they hide.
    pub private_patterns: usize,
}

/// Records and replays. Shared by any number of runs at once.
pub struct Cassette {
    deck: Arc<Deck>,
    dates: Arc<DateSettings>,
    inner: Option<Arc<dyn Driver>>,
}

/// What is the same for all runs, whatever performs for them.
struct Deck {
    folder: PathBuf,
    head: Head,
    matchers: Matchers,
    cleaner: Cleaner,
    /// What is on the cassette; none when everything is recorded anew.
    answers: Option<Mutex<Answers>>,
    /// The bodies of the recorded answers.
    bodies: Bodies,
    /// What is recorded now; none for a mere replay.
    tape: Option<Arc<Mutex<Tape>>>,
    /// The number of the last exchange on the cassette.
    last: usize,
}

impl Cassette {
    /// Opens the cassette of a folder. Nothing is written before [`Cassette::finish`].
    ///
    /// # Errors
    /// Every [`Error`] but [`Error::Write`]. [`Error::NoCassette`] comes with [`Mode::None`] alone.
    pub fn open(folder: &Path, options: Options) -> Result<Self, Error> {
        let is_there = folder::exists(folder);
        let (replays, records) = match options.mode {
            Mode::Once => (is_there, !is_there),
            Mode::None => (true, false),
            Mode::NewEpisodes => (is_there, true),
            Mode::All => (false, true),
        };
        let contents = if replays { Some(folder::read(folder)?) } else { None };
        let mut patterns = options.redact.clone();
        patterns.extend(contents.iter().flat_map(|contents| contents.head.redact.clone()));
        let cleaner = Cleaner::new(Arc::clone(&options.redactor), &patterns)?;
        let matchers = matchers(&options, contents.as_ref().map(|contents| &contents.head))?;
        let tape = records.then(|| Arc::new(Mutex::new(Tape::default())));
        let mut deck = Deck {
            folder: folder.to_owned(),
            head: new_head(&options, &matchers, &cleaner),
            matchers,
            cleaner,
            answers: None,
            bodies: Bodies::new(),
            tape,
            last: 0,
        };
        if let Some(contents) = contents {
            deck.answers = Some(Mutex::new(Answers::new(contents.exchanges, &deck.matchers)));
            deck.head = contents.head;
            deck.bodies = contents.bodies;
            deck.last = contents.last;
        }
        Ok(Self { deck: Arc::new(deck), dates: Arc::default(), inner: None })
    }

    /// Gives it the driver that performs what is recorded. Without one, only what is on the cassette is answered.
    #[must_use]
    pub fn over(self, inner: Arc<dyn Driver>) -> Self {
        Self { inner: Some(inner), ..self }
    }

    /// Gives it the settings of dates in recorded values.
    #[must_use]
    pub fn with_dates(self, dates: Arc<DateSettings>) -> Self {
        Self { dates, ..self }
    }

    /// What runs are to be told: also those that are recorded, since a request may hold the time or a random number.
    pub fn pins(&self) -> Pins {
        Pins { now: self.deck.head.now, seed: self.deck.head.seed, time_zone: self.deck.head.time_zone.clone() }
    }

    /// Whether anything may be performed.
    pub fn records(&self) -> bool {
        self.deck.tape.is_some()
    }

    /// Writes what was recorded, cleaned of all secrets that are known by now, and tells what became of the cassette. To
    /// be called when all runs are over; a second call writes nothing.
    ///
    /// # Errors
    /// [`Error::Write`] and [`Error::TooLarge`]: exchanges that are written stay, and can be read.
    pub fn finish(&self) -> Result<Report, Error> {
        self.finish_with(&mut || Ok(()))
    }

    fn finish_with(&self, step: &mut dyn FnMut() -> io::Result<()>) -> Result<Report, Error> {
        let mut report = Report::default();
        if let Some(answers) = &self.deck.answers {
            lock(answers).tell(&mut report);
        }
        if let Some(tape) = &self.deck.tape {
            report.private_patterns = self.deck.cleaner.private_patterns();
            let is_new = self.deck.answers.is_none();
            let head = is_new.then(|| exchange::pretty(&serde_json::to_value(&self.deck.head).unwrap_or_default()));
            lock(tape).write(&self.deck.folder, head, self.deck.last, &self.deck.cleaner, &mut report, step)?;
        }
        Ok(report)
    }

    /// Looks for an answer; `None` when everything is recorded anew.
    fn look_up(&self, effect: &Effect) -> Option<Result<Reply, Problem>> {
        let answers = self.deck.answers.as_ref()?;
        let (_, asked) = asked::ask(effect, &self.deck.cleaner, &mut Bodies::new());
        let parts = Parts::of(&asked, &self.deck.matchers);
        let url = url_of(effect);
        let found = lock(answers).take(&parts, &asked, self.deck.matchers.repeats, self.deck.tape.is_some());
        Some(match found {
            Found::Answer(file, answered) => {
                answered.reply(url, &self.deck.bodies, &self.dates).map_err(|reason| Problem {
                    code: "replay::damaged".to_owned(),
                    message: format!("{file} cannot be read: {reason}"),
                    help: None,
                })
            }
            Found::Nothing(miss) => Err(Problem {
                code: MISS.to_owned(),
                message: miss.message,
                help: Some(format!(
                    "{}to record it as well: --cassette {} --cassette-mode new_episodes",
                    miss.help,
                    self.deck.folder.display()
                )),
            }),
        })
    }

    fn record(&self, effect: Effect, user: Option<&str>, reply: Answer) {
        let (Some(tape), Some(inner)) = (&self.deck.tape, &self.inner) else {
            return reply(Reply::Failed(Problem {
                code: "run::no-reply".to_owned(),
                message: "there is no driver that could perform this".to_owned(),
                help: None,
            }));
        };
        let number = lock(tape).ask(&effect);
        let tape = Arc::clone(tape);
        let keep = move |answer: Reply| {
            lock(&tape).answer(number, &answer);
            reply(answer);
        };
        pass_on(inner, effect, user, Box::new(keep));
    }
}

/// The code of an effect that no recorded exchange answers.
pub(crate) const MISS: &str = "replay::miss";

impl Driver for Cassette {
    fn perform(&self, effect: Effect, user: Option<&str>, reply: Answer) {
        learn(&effect, None, self.deck.cleaner.redactor());
        match self.look_up(&effect) {
            Some(Ok(answer)) => {
                learn(&effect, Some(&answer), self.deck.cleaner.redactor());
                reply(answer);
            }
            Some(Err(problem)) if self.deck.tape.is_none() || problem.code != MISS => reply(Reply::Failed(problem)),
            Some(Err(_)) | None => self.record(effect, user, reply),
        }
    }

    /// The same cassette; what is recorded for the run is performed over its connections.
    fn with_connections(&self, connections: &Connections) -> Option<Arc<dyn Driver>> {
        let inner = match &self.inner {
            Some(inner) => Some(inner.with_connections(connections)?),
            None => None,
        };
        Some(Arc::new(Self { deck: Arc::clone(&self.deck), dates: Arc::clone(&self.dates), inner }))
    }

    fn takes_host_calls(&self) -> bool {
        true
    }
}

/// Registers what an exchange shows under telling names, as the client does where it sends: a replay then masks the same.
fn learn(effect: &Effect, reply: Option<&Reply>, redactor: &Redactor) {
    match (reply, &effect.action) {
        (None, Action::Request(request)) => http::learn_request(&request.http, redactor),
        (Some(Reply::Response(response)), _) => http::learn_response(response, redactor),
        _ => {}
    }
}

fn url_of(effect: &Effect) -> Option<&url::Url> {
    match &effect.action {
        Action::Request(request) => Some(&request.http.url),
        _ => None,
    }
}

/// What was asked for counts before what the cassette says; what is left out adds up.
fn matchers(options: &Options, head: Option<&Head>) -> Result<Matchers, Error> {
    let words = match (options.matched_by.is_empty(), head) {
        (false, _) => options.matched_by.clone(),
        (true, Some(head)) => head.matched_by.clone(),
        (true, None) => ["method", "url", "body"].map(str::to_owned).to_vec(),
    };
    let mut ignore = head.map(|head| head.ignore.clone()).unwrap_or_default();
    ignore.extend(options.ignore.clone());
    Matchers::new(&words, &ignore)
}

fn new_head(options: &Options, matchers: &Matchers, cleaner: &Cleaner) -> Head {
    Head {
        format: FORMAT,
        sluice: env!("CARGO_PKG_VERSION").to_owned(),
        now: options.now.unwrap_or_else(Timestamp::now),
        seed: options.seed.unwrap_or_else(random_seed),
        time_zone: options.time_zone.clone(),
        matched_by: matchers.words(),
        ignore: matchers.ignored_words(),
        redact: cleaner.shareable_patterns(),
    }
}

/// 32 random bits: enough to differ, and short to read.
fn random_seed() -> u64 {
    let mut bytes = [0; 4];
    match getrandom::fill(&mut bytes) {
        Ok(()) => u64::from(u32::from_be_bytes(bytes)),
        Err(_) => 0,
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
