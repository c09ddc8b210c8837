//! Inputs that follow one another and share their variables, as at a prompt or in the cells of a notebook. Values belong to
//! one thread, so a session does, too, and its runs happen on it.

use std::sync::Arc;

use super::{Engine, Outcome, Run, worker};
use crate::program::Program;
use crate::value::Value;
use crate::vm::Kept;

/// Variables that outlive the runs. Dropping it frees them, cycles included.
///
/// ```
/// use sluice::{Data, Engine, Run, engine::Session, program::Options, source::Source};
///
/// let engine = Engine::builder().build()?;
/// let mut session = Session::default();
/// for (text, expected) in [("a = List(); b = a", Data::Null), ("a.add(1); b.size()", Data::from(1))] {
///     let options = Options { given: session.names_in(text), is_input: true, ..Options::default() };
///     let (program, _) = engine.check(&Source::new("input", text), &options);
///     let outcome = session.run(&engine, &program.ok_or("does not check")?, Run::script());
///     assert_eq!(outcome.result?, expected);
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Default)]
pub struct Session {
    kept: Box<Kept>,
}

impl Session {
    /// Runs the statements outside functions of a program on this thread. Its variables begin with the values that they have
    /// here, and what they hold at its end stays here, also when it failed or was cancelled. The values are live: two
    /// variables that hold one list go on to do so.
    pub fn run(&mut self, engine: &Engine, program: &Arc<Program>, run: Run) -> Outcome {
        let (done, outcome) = std::sync::mpsc::channel();
        let job = engine.job(program, run, move |outcome| drop(done.send(outcome)));
        self.kept = worker::run_on(job, std::mem::take(&mut self.kept));
        outcome.try_recv().unwrap_or_else(|_| Outcome::abandoned())
    }

    /// The names of variables that occur in a text: what its program is to be [given](crate::program::Options::given).
    pub fn names_in(&self, text: &str) -> Vec<String> {
        let words = text.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
        let mut names: Vec<String> = words.filter(|word| self.kept.has(word)).map(str::to_owned).collect();
        names.sort();
        names.dedup();
        names
    }

    /// The variables in the order in which they were first assigned.
    pub fn variables(&self) -> impl ExactSizeIterator<Item = (&str, &Value)> {
        self.kept.variables()
    }

    /// The value of a variable.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.kept.get(name)
    }

    /// Assigns a variable.
    pub fn set(&mut self, name: &str, value: Value) {
        self.kept.set(name, value);
    }

    /// What the last run returned, as the live value; null after one that failed.
    pub fn returned(&self) -> &Value {
        self.kept.returned()
    }

    /// Forgets all variables.
    pub fn clear(&mut self) {
        *self.kept = Kept::default();
    }
}
