//! The face for programs that embed Sluice. An [`Engine`] holds what runs share: the built-ins, the connections, the
//! environment, the threads. Compile a script once; run it as often as wanted, from any thread, waiting or not.
//!
//! ```
//! use sluice::{Data, Engine, Run};
//!
//! let engine = Engine::builder().build()?;
//! let program = engine.compile("greet", r#"string greet(String name) { return "Hello " + name; }"#)?;
//! let outcome = engine.run_blocking(&program, Run::function("greet").argument("name", "Ada"));
//! assert_eq!(outcome.result?, Data::from("Hello Ada"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod application;
mod builder;
mod error;
mod outcome;
mod pool;
mod run;
mod session;
mod waiting;
mod worker;

pub use builder::Builder;
pub use error::{Error, Refused};
pub use outcome::Outcome;
pub use run::Run;
pub use session::Session;

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::catalogue::Catalogue;
use crate::connections::Connections;
use crate::diagnostic::Diagnostic;
use crate::effect::{Effect, Problem, Reply};
use crate::environment::Environment;
use crate::host::{Answer, Driver};
use crate::program::{Options, Program};
use crate::source::Source;
use crate::syntax::Dialect;
use crate::vm::Limits;
use pool::Pool;

/// Compiles and runs scripts. Clones share everything. Dropping the last one ends its threads, wherever that happens.
#[derive(Clone)]
pub struct Engine {
    shared: Arc<Shared>,
}

struct Shared {
    catalogue: Arc<Catalogue>,
    connections: Connections,
    driver: Arc<dyn Driver>,
    environment: Arc<Environment>,
    limits: Limits,
    dialect: Dialect,
    pool: Pool,
}

impl Engine {
    /// Sets up an engine; without further calls it has no connections, and refuses to dial private addresses.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// Compiles a script. `name` is what messages call it.
    ///
    /// # Errors
    /// [`Refused`] with every problem found, when one of them is an error.
    pub fn compile(&self, name: &str, text: &str) -> Result<Arc<Program>, Refused> {
        let source = Source::new(name, text);
        let options = Options { dialect: self.shared.dialect, ..Options::default() };
        let (program, diagnostics) = self.check(&source, &options);
        program.ok_or(Refused { source, diagnostics })
    }

    /// Parses and checks a script and, when no problem is an error, compiles it.
    pub fn check(&self, source: &Source, options: &Options) -> (Option<Arc<Program>>, Vec<Diagnostic>) {
        let (program, diagnostics) = Program::compile(source, options, &self.shared.catalogue);
        (program.map(Arc::new), diagnostics)
    }

    /// Runs a program; the future may be awaited in any runtime, or on none. Dropping it cancels the run.
    pub fn run(&self, program: &Arc<Program>, run: Run) -> impl Future<Output = Outcome> + Send + use<> {
        let cancelled = Arc::clone(&run.cancelled);
        let (done, outcome) = tokio::sync::oneshot::channel();
        self.shared.pool.start(self.job(program, run, Box::new(move |outcome| drop(done.send(outcome)))));
        let guard = Guard(cancelled);
        async move {
            let outcome = outcome.await.unwrap_or_else(|_| Outcome::abandoned());
            drop(guard);
            outcome
        }
    }

    /// Runs a program on this thread and waits for it there, inside or outside asynchronous code.
    pub fn run_blocking(&self, program: &Arc<Program>, run: Run) -> Outcome {
        let (done, outcome) = std::sync::mpsc::channel();
        worker::run_here(self.job(program, run, Box::new(move |outcome| drop(done.send(outcome)))));
        outcome.try_recv().unwrap_or_else(|_| Outcome::abandoned())
    }

    /// The connections that scripts of this engine may name.
    pub fn connections(&self) -> &Connections {
        &self.shared.connections
    }

    /// The rows that scripts of this engine may use.
    pub fn catalogue(&self) -> &Arc<Catalogue> {
        &self.shared.catalogue
    }

    fn job(&self, program: &Arc<Program>, run: Run, done: Box<dyn FnOnce(Outcome) + Send>) -> worker::Job {
        let shared = &self.shared;
        let limits = run.limits.clone().unwrap_or_else(|| shared.limits.clone());
        let driver = match &run.connections {
            Some(connections) => shared.driver.with_connections(connections).unwrap_or_else(|| Arc::new(NoConnections)),
            None => Arc::clone(&shared.driver),
        };
        worker::Job {
            program: Arc::clone(program),
            environment: Arc::clone(&shared.environment),
            driver,
            limits,
            run,
            is_foreign: program.uses_application() && !Arc::ptr_eq(program.catalogue(), &shared.catalogue),
            done,
        }
    }
}

/// Performs nothing, for a run with connections of its own under a driver that cannot use them.
struct NoConnections;

impl Driver for NoConnections {
    fn perform(&self, _effect: Effect, _user: Option<&str>, reply: Answer) {
        reply(Reply::Failed(Problem {
            code: "run::own-connections".to_owned(),
            message: "the run brings connections of its own, which the driver of this engine cannot use".to_owned(),
            help: Some("implement `Driver::with_connections` for the driver; nothing was sent".to_owned()),
        }));
    }
}

/// Cancels a run whose future is no longer awaited.
struct Guard(Arc<AtomicBool>);

impl Drop for Guard {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests;
