//! What the embedding program brings becomes rows of the catalogue. Names are checked here, once: a name that the language,
//! the platform or another row has would make one script mean two things.

mod call;

use std::sync::Arc;

use call::{Fresh, Row};

use super::Error;
use crate::catalogue::{Application, Catalogue, Constant, Form, HostFunction, Perform, Task, TaskParameter};
use crate::host::{Function, Io, Parameter};
use crate::syntax::VOCABULARY;
use crate::value::Data;

/// First parts of names that belong to the platform, or that every script may read.
const RESERVED: &[&str] = &[
    "zoho",
    "thisapp",
    "standalone",
    "automation",
    "button",
    "schedule",
    "related_list",
    "validation_rule",
    "input",
    "void",
];

/// What an application brings to an engine.
#[derive(Default)]
pub(super) struct Own {
    pub(super) functions: Vec<Function>,
    pub(super) constants: Vec<(String, Data, String)>,
}

impl Own {
    /// The catalogue with the rows of the application.
    pub(super) fn join(self, catalogue: Catalogue) -> Result<Catalogue, Error> {
        if self.functions.is_empty() && self.constants.is_empty() {
            return Ok(catalogue);
        }
        let mut application = Application::default();
        let io = Arc::new(Io::default());
        for function in self.functions {
            let refuse = |problem: &str| Err(refused(function.name(), problem));
            if let Some(problem) = name_problem(function.name(), &catalogue) {
                return refuse(&problem);
            }
            if let Some(problem) = function.problem() {
                return refuse(problem);
            }
            if let Some(problem) = parameter_problem(function.takes()) {
                return refuse(&problem);
            }
            let name = function.name().to_owned();
            if !application.add_function(row(&function, &io)) {
                return Err(refused(&name, TWICE));
            }
        }
        for (name, value, about) in self.constants {
            if let Some(problem) = name_problem(&name, &catalogue) {
                return Err(refused(&name, &problem));
            }
            let fresh = Arc::new(task(&name, &about, &[], Box::new(Fresh(value.clone()))));
            if !application.add_constant(Constant { name: name.clone(), value, about, fresh }) {
                return Err(refused(&name, TWICE));
            }
        }
        match above_itself(&application) {
            Some(name) => Err(refused(&name, "it is also the namespace of another name")),
            None => Ok(catalogue.with_application(application)),
        }
    }
}

const TWICE: &str = "there is another function or constant of this name";

fn refused(name: &str, problem: &str) -> Error {
    Error::Application { name: name.to_owned(), problem: problem.to_owned() }
}

fn row(function: &Function, io: &Arc<Io>) -> HostFunction {
    let row = Row::new(function, io);
    HostFunction {
        task: Arc::new(task(function.name(), function.description(), function.takes(), Box::new(row))),
        gives: function.gives(),
        examples: function.examples().to_vec(),
    }
}

fn task(name: &str, about: &str, parameters: &[Parameter], perform: Box<dyn Perform>) -> Task {
    let parameter =
        |known: &Parameter| TaskParameter { name: known.name.clone(), kinds: known.kinds, optional: known.optional };
    Task {
        name: name.to_owned().into(),
        form: Form::Call(parameters.iter().map(parameter).collect()),
        about: about.to_owned().into(),
        alias_of: None,
        group: Application::GROUP,
        page: "",
        examples: &[],
        differs: &[],
        see: &[],
        absent: None,
        perform,
    }
}

/// Why a name cannot be that of a row of the application.
fn name_problem(name: &str, catalogue: &Catalogue) -> Option<String> {
    let mut parts = name.split('.');
    if !parts.clone().all(is_identifier) {
        return Some(
            "names are made of letters, digits and `_`, begin with no digit, and have dots between their parts"
                .to_owned(),
        );
    }
    let first = parts.next().unwrap_or_default();
    let is_first = |known: &str| known.eq_ignore_ascii_case(first);
    if RESERVED.iter().any(|known| is_first(known)) {
        return Some(format!("`{first}` belongs to the platform"));
    }
    let words = [VOCABULARY.control, VOCABULARY.statements, VOCABULARY.word_operators, VOCABULARY.constants];
    let types = [VOCABULARY.types, VOCABULARY.creator];
    if words.iter().chain(&types).any(|group| group.iter().any(|known| is_first(known))) {
        return Some(format!("`{first}` is a word of the language"));
    }
    if catalogue.find(name).is_some() {
        return Some("a built-in function has this name".to_owned());
    }
    // `invokeurl` is one name, `invokeurl.x` would begin with a task.
    let is_task = catalogue.task(name).is_some() || catalogue.task(first).is_some();
    is_task.then(|| "a task has this name".to_owned())
}

fn parameter_problem(parameters: &[Parameter]) -> Option<String> {
    for (at, parameter) in parameters.iter().enumerate() {
        if !is_identifier(&parameter.name) {
            return Some(format!("`{}` is no name of a parameter", parameter.name));
        }
        if parameters.iter().take(at).any(|other| other.name == parameter.name) {
            return Some(format!("two parameters are called `{}`", parameter.name));
        }
    }
    // The number of arguments of a call has eight bits.
    (parameters.len() > 200).then(|| "it has more than 200 parameters".to_owned())
}

fn is_identifier(part: &str) -> bool {
    part.starts_with(|letter: char| letter.is_ascii_alphabetic() || letter == '_')
        && part.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
}

/// A constant whose name is the namespace of another row: what stands behind its dot could be either.
fn above_itself(application: &Application) -> Option<String> {
    let names: Vec<String> = application.names().map(str::to_lowercase).collect();
    let constants = application.constants().iter().map(|constant| &constant.name);
    let is_above = |constant: &&String| {
        let start = format!("{}.", constant.to_lowercase());
        names.iter().any(|name| name.starts_with(&start))
    };
    constants.into_iter().find(is_above).cloned()
}
