//! What a prompt remembers: variables, functions, and the inputs that made them. Each function that an input defines is kept
//! as a source of its own, with the lines it had there, and the latest of a name is the one that is called, also by those
//! that were defined before it.

use std::sync::Arc;

use indexmap::IndexMap;

use super::script::{Kept, script};
use crate::diagnostic::Diagnostic;
use crate::engine::{self, Engine, Outcome, Run};
use crate::program::{Library, Options, Program};
use crate::source::Source;
use crate::syntax::{Arena, Dialect, ast, parse_input};
use crate::value::{Caught, Shared, Value};
use crate::vm::Trouble;

/// The name of the variable that holds the last value.
pub const LAST: &str = "_";
/// The name of the variable that holds the last error, as `catch` gives it.
pub const LAST_ERROR: &str = "_error";

/// The state of a prompt. It belongs to one thread.
#[derive(Debug)]
pub struct Session {
    values: engine::Session,
    functions: IndexMap<String, Defined>,
    /// The functions of the project's files, once they are known.
    project: Arc<Library>,
    /// Those of the session before those of the project.
    library: Arc<Library>,
    dialect: Dialect,
    /// How many inputs there were.
    count: usize,
    /// The inputs that ran to their end.
    kept: Vec<Kept>,
    /// The text of the last input.
    last: String,
}

/// A function that an input defined.
#[derive(Clone, Debug)]
struct Defined {
    source: Source,
    signature: String,
}

/// An input that was checked, ready to be run.
#[derive(Debug)]
pub struct Input {
    /// Its text under the name `input N`.
    pub source: Source,
    /// It as a program; none when a diagnostic is an error.
    pub program: Option<Arc<Program>>,
    /// What was found.
    pub diagnostics: Vec<Diagnostic>,
}

impl Session {
    /// An empty session in a dialect.
    pub fn new(dialect: Dialect) -> Self {
        Self {
            values: engine::Session::default(),
            functions: IndexMap::new(),
            project: Arc::default(),
            library: Arc::default(),
            dialect,
            count: 0,
            kept: Vec::new(),
            last: String::new(),
        }
    }

    /// Gives the session the functions of a project.
    pub fn set_project(&mut self, library: Arc<Library>) {
        self.project = library;
        self.join_libraries();
    }

    /// Checks what was typed. It counts as an input whatever comes of it.
    pub fn check(&mut self, text: &str, engine: &Engine) -> Input {
        self.count += 1;
        text.clone_into(&mut self.last);
        self.check_source(Source::new(format!("input {}", self.count), text), engine)
    }

    /// Checks a text that has a name of its own, such as a file.
    pub fn check_source(&self, source: Source, engine: &Engine) -> Input {
        let options = Options {
            dialect: self.dialect,
            given: self.values.names_in(source.text()),
            library: Arc::clone(&self.library),
            is_input: true,
            ..Options::default()
        };
        let (program, diagnostics) = engine.check(&source, &options);
        Input { source, program, diagnostics }
    }

    /// Takes over the functions of an input and runs its statements; gives nothing when it has none. What it assigned stays,
    /// also after an error, which is then in `_error`.
    pub fn run(&mut self, input: &Input, engine: &Engine, run: Run) -> Option<Outcome> {
        let program = input.program.as_ref()?;
        self.define(&input.source);
        if !program.has_body() {
            self.keep(input);
            return None;
        }
        let outcome = self.values.run(engine, program, run);
        match &outcome.result {
            Ok(_) => {
                self.keep(input);
                if self.answers(input) {
                    let value = self.values.returned().clone();
                    self.values.set(LAST, value);
                }
            }
            Err(trouble) => self.values.set(LAST_ERROR, caught(trouble)),
        }
        Some(outcome)
    }

    /// Runs an expression for a command: what it gives is told, and neither `_` nor the inputs change.
    pub fn evaluate(&mut self, input: &Input, engine: &Engine, run: Run) -> Option<Outcome> {
        let program = input.program.as_ref().filter(|program| program.has_body())?;
        Some(self.values.run(engine, program, run))
    }

    /// Whether the last run gave something to show: a value, or null where a value was asked for.
    pub fn answers(&self, input: &Input) -> bool {
        let asks = input.program.as_ref().is_some_and(|program| program.asks());
        asks || !self.values.returned().is_null()
    }

    /// Sets what was wrong before anything ran.
    pub fn set_error(&mut self, found: &Diagnostic, line: u32) {
        let caught = Caught { message: found.message.clone(), line, code: found.code.to_string(), thrown: Value::Null };
        self.values.set(LAST_ERROR, Value::Caught(Shared::new(caught)));
    }

    /// The variables in the order in which they were first assigned.
    pub fn variables(&self) -> impl ExactSizeIterator<Item = (&str, &Value)> {
        self.values.variables()
    }

    /// The value of a variable.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.values.get(name)
    }

    /// The functions of the session: name, how it is called, and the input that defined it.
    pub fn functions(&self) -> impl Iterator<Item = (&str, &str, &str)> {
        self.functions.iter().map(|(name, defined)| (name.as_str(), defined.signature.as_str(), defined.source.name()))
    }

    /// The functions of the project.
    pub fn project(&self) -> &Library {
        &self.project
    }

    /// The inputs that ran to their end, and the functions as they are now, as one script: values that were shown are `info`
    /// lines of it.
    pub fn script(&self) -> String {
        script(&self.kept, self.functions.values().map(|defined| defined.source.text()))
    }

    /// The last input, for editing it.
    pub fn last_input(&self) -> &str {
        &self.last
    }

    /// Forgets variables, functions and inputs; the numbers of inputs go on.
    pub fn reset(&mut self) {
        self.values.clear();
        self.functions.clear();
        self.kept.clear();
        self.join_libraries();
    }

    fn define(&mut self, source: &Source) {
        let arena = Arena::new();
        let parsed = parse_input(source, self.dialect, &arena);
        if parsed.script.functions.is_empty() {
            return;
        }
        for function in &parsed.script.functions {
            let name = function.path.iter().map(|name| name.text).collect::<Vec<_>>().join(".");
            let whole = function.header.to(function.body.span);
            let defined = Defined { source: source.part(whole, source.name()), signature: signature(&name, function) };
            // The latest stands last, so that lists show it so.
            self.functions.shift_remove(&name);
            self.functions.insert(name, defined);
        }
        self.join_libraries();
    }

    fn join_libraries(&mut self) {
        let own = self.functions.values().map(|defined| (defined.source.clone(), self.dialect));
        self.library = Arc::new(Library::new(own).before(&self.project));
    }

    fn keep(&mut self, input: &Input) {
        let asks = input.program.as_ref().is_some_and(|program| program.asks());
        self.kept.extend(Kept::read(&input.source, self.dialect, asks));
    }
}

/// `total(orders, rate)`
fn signature(name: &str, function: &ast::Function<'_>) -> String {
    let parameters = function.parameters.iter().map(|parameter| parameter.name.text);
    format!("{name}({})", parameters.collect::<Vec<_>>().join(", "))
}

fn caught(trouble: &Trouble) -> Value {
    let thrown = trouble.thrown.as_ref().map(|thrown| thrown.to_value()).unwrap_or_default();
    let (message, code) = (trouble.message.clone(), trouble.code.clone());
    Value::Caught(Shared::new(Caught { message, line: trouble.line, code, thrown }))
}
