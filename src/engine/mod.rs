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
mod ending;
mod error;
mod log;
mod mapping;
mod outcome;
mod pool;
mod progress;
mod record;
mod run;
mod session;
mod waiting;
mod worker;

pub use builder::Builder;
pub use error::{Error, Refused};
pub use log::Info;
pub use mapping::Mapping;
pub use outcome::{Outcome, Performed};
pub use progress::Progress;
pub use record::{Record, RecordKeys};
pub use run::Run;
#[doc(hidden)] // For the prompt.
pub use session::Session;

use std::collections::HashMap;
use std::future::Future;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use crate::catalogue::Catalogue;
use crate::connections::Connections;
use crate::diagnostic::{Diagnostic, Severity};
use crate::effect::{Effect, Problem, Reply};
use crate::environment::Environment;
use crate::host::{Answer, Driver};
use crate::program::{Library, Options, Program};
use crate::source::Source;
use crate::syntax::Dialect;
use crate::vm::Limits;
use ending::Ending;
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
    log: Option<Arc<log::Sink>>,
    /// Who runs scripts that do not say so themselves.
    user: Option<String>,
    /// How many runs there were.
    runs: AtomicU64,
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
        self.compile_all([(name, text)])
    }

    /// Compiles files together: each may call the functions of the others by their dotted names (`standalone.f`,
    /// `automation.f`, `thisapp.ns.f`), and any function can be run. [`Run::script`] runs the statements outside functions of
    /// the first file.
    ///
    /// ```
    /// use sluice::{Data, Engine, Run};
    ///
    /// let engine = Engine::builder().build()?;
    /// let program = engine.compile_all([
    ///     ("tax.dg", "int standalone.tax(int net) { return net * 23 / 100; }"),
    ///     ("order.dg", r#"string automation.total(int net) { return "EUR " + (net + standalone.tax(net)); }"#),
    /// ])?;
    /// let outcome = engine.run_blocking(&program, Run::function("automation.total").argument("net", 100));
    /// assert_eq!(outcome.result?, Data::from("EUR 123"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`Refused`] with every problem of every file, when one of them is an error.
    pub fn compile_all<N: Into<Arc<str>>, T: Into<Arc<str>>>(
        &self,
        files: impl IntoIterator<Item = (N, T)>,
    ) -> Result<Arc<Program>, Refused> {
        let files: Vec<Source> = files.into_iter().map(|(name, text)| Source::new(name, text)).collect();
        self.compile_with(files, &Options { dialect: self.shared.dialect, ..Options::default() })
    }

    /// The same with options: the names that the statements outside functions are [given](Options::given), a dialect, checks.
    ///
    /// # Errors
    /// [`Refused`], as for [`Engine::compile_all`].
    pub fn compile_with(&self, files: Vec<Source>, options: &Options) -> Result<Arc<Program>, Refused> {
        // A file alone has no others that could call its functions, or define them again.
        let together = if files.len() > 1 { files.as_slice() } else { &[] };
        let own: Vec<Library> =
            together.iter().map(|source| Library::new([(source.clone(), options.dialect)])).collect();
        let library = |left_out: usize| {
            let others = own.iter().enumerate().filter(|(at, _)| *at != left_out);
            let library = others.fold(Library::default(), |all, (_, one)| all.before(one));
            Arc::new(library.before(&options.library))
        };
        let first = files.first().cloned().unwrap_or_else(|| Source::new("", ""));
        let options = Options { library: library(0), whole_library: true, ..options.clone() };
        let (program, found) = self.check(&first, &options);
        let mut problems = vec![(first, found)];
        for (at, source) in files.iter().enumerate().skip(1) {
            let options = Options { library: library(at), whole_library: false, given: Vec::new(), ..options.clone() };
            problems.push((source.clone(), self.check(source, &options).1));
        }
        for (name, file, first) in duplicates(&files, &own) {
            if let Some((source, found)) = problems.get_mut(file) {
                let message = format!("`{name}` is defined in {first} already");
                let help = format!("rename one of them, or leave one of {first} and {} out", source.name());
                found.push(Diagnostic::error("check::duplicate", message).help(help));
            }
        }
        let is_error = |found: &Diagnostic| found.severity == Severity::Error;
        // What is wrong with another file is told there, with its place.
        let is_clean = !problems.iter().skip(1).flat_map(|(_, found)| found).any(is_error);
        program.filter(|_| is_clean).ok_or(Refused { problems })
    }

    #[doc(hidden)] // For the command line.
    /// Parses and checks a script and, when no problem is an error, compiles it.
    pub fn check(&self, source: &Source, options: &Options) -> (Option<Arc<Program>>, Vec<Diagnostic>) {
        let (program, diagnostics) = Program::compile(source, options, &self.shared.catalogue);
        (program.map(Arc::new), diagnostics)
    }

    /// Runs a program. The run begins at once, on one of the engine's threads, and does not wait for the first poll. The future may
    /// be awaited in any runtime, or on none. Dropping it cancels the run, also while it waits for a reply.
    pub fn run(&self, program: &Arc<Program>, run: Run) -> impl Future<Output = Outcome> + Send + use<> {
        let cancelled = Arc::clone(&run.cancelled);
        let (done, outcome) = tokio::sync::oneshot::channel();
        self.shared.pool.start(self.job(program, run, move |outcome| drop(done.send(outcome))));
        let guard = Guard(cancelled);
        async move {
            let outcome = outcome.await.unwrap_or_else(|_| Outcome::abandoned());
            drop(guard);
            outcome
        }
    }

    /// Runs a program on this thread and waits for it there. That works inside asynchronous code as well, whose thread does nothing
    /// else meanwhile.
    pub fn run_blocking(&self, program: &Arc<Program>, run: Run) -> Outcome {
        let place = Arc::new(OnceLock::new());
        let told = Arc::clone(&place);
        worker::run_here(self.job(program, run, move |outcome| drop(told.set(outcome))));
        Arc::into_inner(place).and_then(OnceLock::into_inner).unwrap_or_else(Outcome::abandoned)
    }

    /// The connections that scripts of this engine may name.
    pub fn connections(&self) -> &Connections {
        &self.shared.connections
    }

    #[doc(hidden)] // For the command line.
    /// The rows that scripts of this engine may use.
    pub fn catalogue(&self) -> &Arc<Catalogue> {
        &self.shared.catalogue
    }

    fn job(&self, program: &Arc<Program>, run: Run, done: impl FnOnce(Outcome) + Send + 'static) -> worker::Job {
        let shared = &self.shared;
        let limits = run.limits.clone().unwrap_or_else(|| shared.limits.clone());
        let driver = match &run.connections {
            Some(connections) => shared.driver.with_connections(connections).unwrap_or_else(|| Arc::new(NoConnections)),
            None => Arc::clone(&shared.driver),
        };
        let number = shared.runs.fetch_add(1, Ordering::Relaxed) + 1;
        let id = run.id.clone().unwrap_or_else(|| Arc::from(itoa::Buffer::new().format(number)));
        let mut run = run;
        if run.user.is_none() {
            run.user.clone_from(&shared.user);
        }
        worker::Job {
            ending: Ending::new(Arc::clone(&id), done),
            id,
            log: shared.log.clone(),
            program: Arc::clone(program),
            environment: Arc::clone(&shared.environment),
            driver,
            limits,
            run,
            is_foreign: program.uses_application() && !Arc::ptr_eq(program.catalogue(), &shared.catalogue),
        }
    }
}

/// The functions that several files define: name, the file that defines it again, and the name of the first.
fn duplicates(files: &[Source], libraries: &[Library]) -> Vec<(String, usize, String)> {
    let mut known: HashMap<String, &str> = HashMap::new();
    let mut found = Vec::new();
    for (at, (source, library)) in files.iter().zip(libraries).enumerate() {
        let mut names: Vec<&str> = library.names().collect();
        names.sort_unstable();
        for name in names {
            match known.get(name) {
                Some(first) => found.push((name.to_owned(), at, (*first).to_owned())),
                None => drop(known.insert(name.to_owned(), source.name())),
            }
        }
    }
    found
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
