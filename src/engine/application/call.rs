//! A call of a function of the application, on its way from a script and back. A panic of the application ends the run that
//! called, and nothing else: not its thread, not the engine, and no other run.

use std::any::Any;
use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::task::Poll;

use crate::catalogue::{Arguments, Call, Form, Perform, Prepared, Task};
use crate::effect::{Action, Caller, HostBody, HostCall, Problem, Reply};
use crate::host::{Answering, Body, Context, Error, Function, Io};
use crate::value::{Data, Failure, Kind, Value, Weight};

/// A function with what it needs to run.
pub(super) struct Row {
    body: Body,
    waiting: Option<Arc<Waiting>>,
}

/// A function that may wait.
struct Waiting {
    body: Arc<dyn Fn(Vec<Data>, Context) -> Answering + Send + Sync>,
    /// The names of the parameters, for what is said of an argument.
    parameters: Vec<String>,
    io: Arc<Io>,
}

/// Gives a constant anew.
pub(super) struct Fresh(pub(super) Data);

impl Row {
    pub(super) fn new(function: &Function, io: &Arc<Io>) -> Self {
        let parameters = || function.takes().iter().map(|known| known.name.clone()).collect();
        let waiting = match function.body() {
            Body::Here(_) => None,
            Body::Elsewhere(body) => {
                Some(Arc::new(Waiting { body: Arc::clone(body), parameters: parameters(), io: Arc::clone(io) }))
            }
        };
        Self { body: function.body().clone(), waiting }
    }
}

impl Perform for Row {
    fn prepare(&self, task: &Task, _: &mut Call<'_>, arguments: Arguments<'_>) -> Result<Prepared, Failure> {
        let Some(waiting) = &self.waiting else {
            return Err(Failure::internal("a function that computes was performed as an effect"));
        };
        let given = checked(task, arguments.values)?;
        let named = waiting.parameters.iter().cloned().zip(given).collect();
        let body: Arc<dyn HostBody> = Arc::clone(waiting) as Arc<dyn HostBody>;
        let call = HostCall::new(&task.name, named, body);
        Ok(Prepared { action: Action::Host(Box::new(call)), finish: Box::new(finish) })
    }

    fn compute(&self, task: &Task, call: &mut Call<'_>, arguments: Arguments<'_>) -> Option<Result<Value, Failure>> {
        let Body::Here(body) = &self.body else { return None };
        let given = match checked(task, arguments.values) {
            Ok(given) => given,
            Err(failure) => return Some(Err(failure)),
        };
        let answer = catch_unwind(AssertUnwindSafe(|| body(given)));
        Some(match answer {
            Ok(Ok(data)) => within_limits(data.to_value(), call),
            Ok(Err(error)) => Err(failed(problem(error, &task.name, |at| parameter_of(task, at)))),
            Err(payload) => Err(failed(panicked(&task.name, payload.as_ref()))),
        })
    }
}

impl Perform for Fresh {
    fn prepare(&self, _: &Task, _: &mut Call<'_>, _: Arguments<'_>) -> Result<Prepared, Failure> {
        Err(Failure::internal("a constant was performed as an effect"))
    }

    fn compute(&self, _: &Task, call: &mut Call<'_>, _: Arguments<'_>) -> Option<Result<Value, Failure>> {
        Some(within_limits(self.0.to_value(), call))
    }
}

impl HostBody for Waiting {
    fn perform(&self, call: HostCall, at: Caller, reply: Box<dyn FnOnce(Reply) + Send>) {
        let (body, parameters) = (Arc::clone(&self.body), self.parameters.clone());
        let unwanted = call.unwanted();
        let (names, given): (Vec<String>, Vec<Data>) = call.arguments.into_iter().unzip();
        let context = Context::new(at, names);
        let function = call.function;
        let work = async move {
            let answer = guarded(move || body(given, context));
            let answer = tokio::select! {
                biased;
                () = unwanted => return,
                answer = answer => answer,
            };
            let parameter = |at| parameters.get(at).cloned().unwrap_or_default();
            reply(match answer {
                Ok(Ok(data)) => Reply::Value(data),
                Ok(Err(error)) => Reply::Failed(problem(error, &function, parameter)),
                Err(payload) => Reply::Failed(panicked(&function, payload.as_ref())),
            });
        };
        // Without a thread the answer is dropped, which its run takes as the end.
        self.io.spawn(work);
    }
}

/// The value of a future, or what it panicked with, at its making or at any step.
async fn guarded(begin: impl FnOnce() -> Answering) -> Result<Result<Data, Error>, Box<dyn Any + Send>> {
    let mut future = catch_unwind(AssertUnwindSafe(begin))?;
    poll_fn(|context| match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(context))) {
        Ok(Poll::Pending) => Poll::Pending,
        Ok(Poll::Ready(answer)) => Poll::Ready(Ok(answer)),
        Err(payload) => Poll::Ready(Err(payload)),
    })
    .await
}

/// The arguments as data, once their kinds are what the parameters take.
fn checked(task: &Task, values: &[Value]) -> Result<Vec<Data>, Failure> {
    let Form::Call(parameters) = &task.form else { return Err(Failure::internal("a function has no parameters")) };
    let check = |(at, (parameter, value)): (usize, (&crate::catalogue::TaskParameter, &Value))| {
        let kind = value.kind();
        if parameter.kinds.has(kind) {
            return Data::from_value(value);
        }
        let failure = Failure::wrong_argument(&task.name, parameter.kinds, value, at + 1);
        Err(if kind == Kind::Null { failure.null_operand(at) } else { failure })
    };
    parameters.iter().zip(values).enumerate().map(check).collect()
}

fn parameter_of(task: &Task, at: usize) -> String {
    match &task.form {
        Form::Call(parameters) => parameters.get(at).map(|known| known.name.clone()).unwrap_or_default(),
        _ => String::new(),
    }
}

/// The value of a reply.
fn finish(call: &mut Call<'_>, reply: Reply) -> Result<Value, Failure> {
    match reply {
        Reply::Value(data) => within_limits(data.to_value(), call),
        Reply::Failed(problem) => Err(failed(problem)),
        Reply::Response(_) => Err(Failure::internal("a function of the application was answered with a response")),
    }
}

/// A result is held to the limits of what a built-in may make.
fn within_limits(value: Value, call: &Call<'_>) -> Result<Value, Failure> {
    let weight = Weight::of_new(&value);
    if weight.text > call.largest {
        return Err(Failure::limit_of_texts(call.largest));
    }
    if weight.elements > call.elements {
        return Err(Failure::limit_of_elements(call.elements));
    }
    if weight.bytes > call.memory {
        return Err(Failure::limit_of_memory(call.memory));
    }
    Ok(value)
}

fn problem(error: Error, function: &str, parameter: impl Fn(usize) -> String) -> Problem {
    let (code, message, help) = error.told(function, parameter);
    Problem { code, message, help }
}

/// The end of a run whose call panicked. Only a text is told of what it panicked with: anything else has none.
fn panicked(function: &str, payload: &(dyn Any + Send)) -> Problem {
    let said = payload.downcast_ref::<String>().map(String::as_str).or_else(|| payload.downcast_ref::<&str>().copied());
    let said = said.map(|said| format!(": {said}")).unwrap_or_default();
    Problem {
        code: "run::host-panic".to_owned(),
        message: format!("the function '{function}' of the application panicked{said}"),
        help: Some("this is a mistake of the application, not of the script; other runs go on".to_owned()),
    }
}

fn failed(problem: Problem) -> Failure {
    let is_final = problem.ends_run();
    let failure = Failure::new(problem.code, problem.message);
    let failure = if is_final { failure.uncatchable() } else { failure };
    match problem.help {
        Some(help) => failure.help(help),
        None => failure,
    }
}
