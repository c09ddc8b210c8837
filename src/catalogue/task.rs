//! A task: something that leaves the script, as a bracket block (`invokeurl [ … ]`) or as a call
//! (`zoho.crm.getRecordById(…)`). A task prepares an effect from its arguments and makes a value of the reply; between
//! the two the machine sleeps.

use std::borrow::Cow;

use super::{Absence, Call, Example};
use crate::effect::{Action, Reply};
use crate::value::{Failure, Kinds, Value};

/// One task. Names are found without regard to case.
pub struct Task {
    /// The documented spelling, dots included.
    pub name: Cow<'static, str>,
    /// How it is written.
    pub form: Form,
    /// One sentence: what it does.
    pub about: Cow<'static, str>,
    /// The documented name, when this is another name of the same task.
    pub alias_of: Option<&'static str>,
    /// The service or theme under which the reference lists it: `crm`, `web`.
    pub group: &'static str,
    /// The path of Zoho's page, as in [`super::Builtin::page`].
    pub page: &'static str,
    /// Executed by the tests; `api.example.com` answers there.
    pub examples: &'static [Example],
    /// What is different from Zoho's page, a sentence each.
    pub differs: &'static [&'static str],
    /// Names of rows that a reader of this one may be looking for.
    pub see: &'static [&'static str],
    /// Why it does not run here. Then it is a warning in `check` and a catchable error when reached.
    pub absent: Option<Absence>,
    /// What it does.
    pub perform: Box<dyn Perform>,
}

/// How a task is written.
#[derive(Debug)]
pub enum Form {
    /// `name [ attribute : value … ]`
    Bracket(&'static [Attribute]),
    /// `name(argument, …)`
    Call(Vec<TaskParameter>),
    /// A statement or expression of Creator with a form of its own, such as `insert into Form [ … ]`; the resolver fills in
    /// the attributes.
    Statement(&'static [Attribute]),
}

/// An attribute of a bracket task.
#[derive(Clone, Copy, Debug)]
pub struct Attribute {
    /// The documented spelling; compared without regard to case.
    pub name: &'static str,
    /// What it is for.
    pub about: &'static str,
    /// Whether it must be given.
    pub required: bool,
    /// Whether a bare word that is no variable stands for itself, as `GET` after `type`.
    pub word: bool,
}

/// A parameter of a task that is called.
#[derive(Clone, Debug)]
pub struct TaskParameter {
    /// The name in the reference.
    pub name: String,
    /// The kinds it takes.
    pub kinds: Kinds,
    /// Whether it may be left out; then also all after it.
    pub optional: bool,
}

/// The evaluated arguments of a task by the position of their attribute or parameter in the row.
#[derive(Clone, Copy, Debug)]
pub struct Arguments<'a> {
    /// For each value, which attribute or parameter it is.
    pub slots: &'a [u16],
    /// The values.
    pub values: &'a [Value],
}

impl<'a> Arguments<'a> {
    /// The value of the attribute or parameter at `slot`; `None` when it was not given.
    pub fn get(&self, slot: usize) -> Option<&'a Value> {
        self.slots.iter().position(|given| usize::from(*given) == slot).and_then(|at| self.values.get(at))
    }
}

/// An effect and what becomes of its reply.
pub struct Prepared {
    /// What is asked of the driver.
    pub action: Action,
    /// Makes the task's value of the reply.
    pub finish: Finish,
}

/// Makes a value of a reply.
pub type Finish = Box<dyn FnOnce(&mut Call<'_>, Reply) -> Result<Value, Failure>>;

/// The two halves of a task.
pub trait Perform: Send + Sync {
    /// Checks and encodes the arguments. A failure here is an error of the script.
    fn prepare(&self, task: &Task, call: &mut Call<'_>, arguments: Arguments<'_>) -> Result<Prepared, Failure>;

    /// The value at once, for a function of the application that only computes; `None` for all that want something of the
    /// world.
    fn compute(&self, _: &Task, _: &mut Call<'_>, _: Arguments<'_>) -> Option<Result<Value, Failure>> {
        None
    }
}

impl std::fmt::Debug for Task {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Task").field("name", &self.name).finish_non_exhaustive()
    }
}

impl Task {
    /// The error of reaching a task that does not run here.
    pub fn refused(&self) -> Failure {
        self.absent
            .map_or_else(|| Failure::internal("a task that runs was refused"), |absent| absent.failure(&self.name))
    }

    /// The fewest and the most arguments of a task that is called; for a bracket task the attributes.
    pub fn arity(&self) -> (usize, usize) {
        match &self.form {
            Form::Bracket(attributes) | Form::Statement(attributes) => {
                (attributes.iter().filter(|attribute| attribute.required).count(), attributes.len())
            }
            Form::Call(parameters) => {
                (parameters.iter().filter(|parameter| !parameter.optional).count(), parameters.len())
            }
        }
    }
}
