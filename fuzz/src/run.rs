//! What compiles runs to an end within its limits, whatever the world answers: with a value or with an error that says
//! something, never with one of Sluice's own mistakes.

use std::sync::Arc;
use std::time::Duration;

use sluice::diagnostic::Severity;
use sluice::environment::{Clock, Environment, Randomness};
use sluice::program::{Code, Options};
use sluice::source::Source;
use sluice::syntax::Dialect;
use sluice::vm::Limits;
use sluice::{Engine, Outcome, Program, Run};

use super::driver::{Odd, values};
use super::{in_time, is_sound};

/// Limits that a small script can reach.
const LIMITS: Limits = Limits {
    statements: 3_000,
    depth: 30,
    text: 60_000,
    elements: 60_000,
    memory: 20_000_000,
    output: 20_000,
    requests: 20,
    mails: 20,
    time: Some(Duration::from_secs(2)),
    connect_time: Duration::from_secs(1),
    request_time: Duration::from_secs(1),
    answer: 60_000,
    zoho_answer: 60_000,
    posturl_answer: 60_000,
};
/// How many functions of a script are called.
const FUNCTIONS: usize = 4;

thread_local! {
    static WORLDS: [World; 2] = [Dialect::Portable, Dialect::Creator].map(World::new);
}

/// An engine and the driver that it asks.
struct World {
    engine: Engine,
    driver: Arc<Odd>,
    dialect: Dialect,
}

/// Checks the bytes as a script with every lint, and runs them when they compile.
pub fn check(bytes: &[u8]) {
    let source = Source::new("script.dg", String::from_utf8_lossy(bytes));
    WORLDS.with(|worlds| worlds.iter().for_each(|world| world.check(&source)));
}

impl World {
    fn new(dialect: Dialect) -> Self {
        let driver = Arc::new(Odd::default());
        let clock = Clock::Fixed("2026-01-31T23:59:59Z".parse().unwrap_or_default());
        let environment = Environment { clock, randomness: Randomness::Seed(1), ..Environment::default() };
        let engine = Engine::builder().dialect(dialect).environment(environment).limits(LIMITS).driver(driver.clone());
        let engine = engine.build().unwrap_or_else(|error| panic!("no engine: {error}"));
        Self { engine, driver, dialect }
    }

    fn check(&self, source: &Source) {
        let plain = Options { dialect: self.dialect, ..Options::default() };
        let (program, found) = in_time(|| self.engine.check(source, &plain));
        found.iter().for_each(|found| is_sound(found, source));
        let refused = found.iter().any(|found| found.severity == Severity::Error);
        assert_eq!(program.is_none(), refused, "{found:?}");
        let linted = Options { lints: true, connections: Some(vec!["books".into()]), ..plain };
        let (_, found) = in_time(|| self.engine.check(source, &linted));
        found.iter().for_each(|found| is_sound(found, source));
        let Some(program) = program else { return };
        let first = program.codes().first().filter(|_| program.has_body());
        for code in first.into_iter().chain(program.functions().iter().take(FUNCTIONS)) {
            self.run(source, &program, code);
        }
    }

    fn run(&self, source: &Source, program: &Arc<Program>, code: &Code) {
        let state = source
            .text()
            .bytes()
            .fold(14_695_981_039_346_656_037, |sum: u64, byte| (sum ^ u64::from(byte)).wrapping_mul(1_099_511_628_211));
        self.driver.set(state, source.text());
        let mut run = if code.name.is_empty() { Run::script() } else { Run::function(&code.name) };
        let given = if code.name.is_empty() { 0 } else { code.parameters.len() };
        let values = values(state, source.text(), given);
        for (name, value) in code.variables.iter().zip(values) {
            run = run.argument(name, value);
        }
        let outcome = in_time(|| self.engine.run_blocking(program, run));
        ends_well(source, &outcome);
    }
}

fn ends_well(source: &Source, outcome: &Outcome) {
    assert!(outcome.usage.statements <= LIMITS.statements + 1, "{} statements", outcome.usage.statements);
    assert!(outcome.usage.requests <= LIMITS.requests + 1, "{} requests", outcome.usage.requests);
    let printed: usize = outcome.info.iter().map(String::len).sum();
    assert!(printed <= LIMITS.output + 100, "{printed} bytes of output");
    match &outcome.result {
        Ok(value) => drop(value.print()),
        Err(trouble) => {
            assert!(!trouble.code.ends_with("::internal"), "{trouble:?}");
            assert!(trouble.line >= 1 && !trouble.code.is_empty(), "{trouble:?}");
            is_sound(&trouble.diagnostic(), source);
        }
    }
}
