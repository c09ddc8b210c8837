//! Tasks that only Zoho's platform can do: `openUrl`, text messages, notifications of its mobile app, its AI and its maps.
//! Their arguments are checked here; whether they are refused, told or answered is the driver's affair, as with any
//! effect. `check` warns of them all the same, because a real run can only refuse them.

use super::absence;
use super::arguments::Bound;
use super::reply;
use crate::catalogue::{Arguments, Call, Form, Perform, Prepared, Task, TaskParameter};
use crate::effect::{Action, Platform, Problem};
use crate::value::{Data, Failure, Kinds, Value};

/// What is told of all of them.
pub(super) const DIFFERS: &[&str] =
    &["A dry run tells the call and goes on with null, or with an empty map where Zoho gives one."];

/// What a task of the platform gives.
#[derive(Clone, Copy)]
pub(super) enum Gives {
    /// A map.
    Map,
    /// Nothing that a script could read, or a figure.
    Other,
}

/// What the tasks of a group give; `None` for groups that are no such tasks.
pub(super) fn gives(group: &str, name: &str) -> Option<Gives> {
    match group {
        "map" if name.eq_ignore_ascii_case("zoho.map.distanceBetween") => Some(Gives::Other),
        "ai" | "map" => Some(Gives::Map),
        "push" | "twilio" | "clickatell" | "hoiio" | "smsmagic" | "clockworksms" => Some(Gives::Other),
        _ => None,
    }
}

/// The row of `openUrl`.
pub(super) fn open_url() -> Task {
    let parameter = |name: &str, optional: bool| TaskParameter { name: name.to_owned(), kinds: Kinds::TEXT, optional };
    Task {
        name: "openUrl".into(),
        alias_of: None,
        group: "web",
        page: "openurl",
        form: Form::Call(vec![parameter("url", false), parameter("window", false), parameter("option", true)]),
        about: "Takes the user's browser to an address, in the same or another window.".into(),
        examples: &[],
        differs: DIFFERS,
        see: &["getUrl", "invokeurl"],
        absent: Some(absence::of("browser")),
        perform: Box::new(OpenUrl),
    }
}

struct OpenUrl;

impl Perform for OpenUrl {
    fn prepare(&self, task: &Task, _: &mut Call<'_>, arguments: Arguments<'_>) -> Result<Prepared, Failure> {
        called(task, arguments.values, Gives::Other)
    }
}

/// The effect of a task that is called, its arguments checked as those of the integration tasks are.
pub(super) fn called(task: &Task, values: &[Value], gives: Gives) -> Result<Prepared, Failure> {
    let Form::Call(parameters) = &task.form else {
        return Err(Failure::internal("a task that is not called was called"));
    };
    let bound = Bound::new(&task.name, parameters, values)?;
    let given = parameters.iter().filter_map(|parameter| Some((parameter.name.as_str(), bound.get(&parameter.name)?)));
    let connection = bound.connection.as_deref().map(Value::from);
    let given: Vec<_> = given.chain(connection.as_ref().map(|name| ("connection", name))).collect();
    effect(task, given, gives)
}

/// The effect with arguments that were checked.
pub(super) fn effect(task: &Task, arguments: Vec<(&str, &Value)>, gives: Gives) -> Result<Prepared, Failure> {
    let arguments = arguments.into_iter().map(|(name, value)| Ok((name.to_owned(), Data::from_value(value)?)));
    let refused = task.refused().into_report();
    let platform = Platform {
        task: task.name.to_string(),
        arguments: arguments.collect::<Result<_, Failure>>()?,
        idle: match gives {
            Gives::Map => Data::Map(Vec::new()),
            Gives::Other => Data::Null,
        },
        out_of_reach: Problem { code: refused.code, message: refused.message, help: refused.help },
    };
    Ok(Prepared { action: Action::Platform(Box::new(platform)), finish: Box::new(reply::given) })
}
