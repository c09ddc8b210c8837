//! Calls of built-ins. Most of what a short one cost was finding out which row is meant and whether it may be called so;
//! what was found is remembered (`rows.rs`), and only the kinds of the arguments are checked anew.

use super::loaded::Loaded;
use super::meter::Meter;
use super::rows::Asked;
use crate::catalogue::{Builtin, Call, Gives, Group, Use};
use crate::syntax::Dialect;
use crate::value::{Failure, Kind, Kinds, Value};

/// Calls the built-in of a group for these arguments, the receiver first; `method` when it is written with a dot.
#[inline]
pub(super) fn builtin(
    loaded: &Loaded,
    group: u16,
    method: bool,
    arguments: &[Value],
    call: &mut Call<'_>,
    meter: &mut Meter,
) -> Result<Value, Failure> {
    if !call.answers.is_empty()
        && let Some(body) = body_of_answer(loaded, group, method, arguments, call)
    {
        return Ok(body);
    }
    let receiver = arguments.first().map_or(Kind::Null, Value::kind);
    let asked = Asked { group, method, receiver, count: arguments.len() };
    let row = match loaded.rows().known(&asked) {
        Some(row) => row,
        None => find(loaded, &asked, arguments, call.environment.dialect)?,
    };
    if !row.fits(arguments) {
        return Err(wrong_argument(loaded, row, &asked, arguments));
    }
    meter.effort(arguments);
    call.memory = meter.left();
    // Looked at where it is: see `put_result`.
    let result = (row.run)(call, arguments);
    match &result {
        Ok(value) => meter.result(value),
        Err(_) => return result.map_err(|failure| failed(loaded, row, group, failure, meter)),
    }
    if row.gives != Gives::Value
        && let [receiver, stored @ ..] = arguments
    {
        meter.stored(receiver, stored);
    }
    result
}

/// The same for instructions of which it is the exception.
#[cold]
#[inline(never)]
pub(super) fn method(
    loaded: &Loaded,
    group: u16,
    arguments: &[Value],
    call: &mut Call<'_>,
    meter: &mut Meter,
) -> Result<Value, Failure> {
    builtin(loaded, group, true, arguments, call, meter)
}

/// What `get("responseText")` gives of the answer of a call.
#[cold]
fn body_of_answer(loaded: &Loaded, group: u16, method: bool, arguments: &[Value], call: &Call<'_>) -> Option<Value> {
    let catalogue = loaded.program().catalogue();
    match arguments {
        [receiver, key] if method && group == catalogue.everyday().get => call.answers.entry(receiver, key),
        _ => None,
    }
}

/// Picks the row by the receiver and checks the number of arguments.
#[inline(never)]
fn find(loaded: &Loaded, asked: &Asked, arguments: &[Value], dialect: Dialect) -> Result<&'static Builtin, Failure> {
    let group = group(loaded, asked.group)?;
    let row = match (asked.method, group.plain()) {
        (false, Some(row)) if row.takes(arguments.len()) => row,
        _ => match group.on(asked.receiver) {
            Some(row) => row,
            None => return Err(no_row(group, arguments)),
        },
    };
    let given = arguments.len() - row.receivers().min(arguments.len());
    if !row.takes(given) {
        let message = format!("No. of arguments mismatches for the function {}", group.name);
        return Err(Failure::new("run::argument-count", message).help(format!("{given} given")));
    }
    let use_of_row = Use { name: group.name, is_method: asked.method, given, receiver: Some(asked.receiver) };
    if let Some(absent) = row.absent(dialect, &use_of_row) {
        let message = format!("Not able to find '{}' function", group.name);
        return Err(Failure::new("run::not-in-creator", message).help(row.instead(absent)));
    }
    // Another run of the program may be of another dialect.
    if row.not_in_creator.is_empty() {
        loaded.rows().remember(asked, row);
    }
    Ok(row)
}

fn group(loaded: &Loaded, number: u16) -> Result<&Group, Failure> {
    let group = loaded.program().catalogue().group(number);
    group.ok_or_else(|| Failure::internal("a built-in that does not exist was called"))
}

/// What the failure of a body is for the script.
#[cold]
fn failed(loaded: &Loaded, row: &Builtin, number: u16, failure: Failure, meter: &mut Meter) -> Failure {
    if failure.is_limit_of_memory() {
        meter.refused = true;
        return Failure::limit_of_memory(meter.limits.memory);
    }
    match group(loaded, number) {
        Ok(group) => failure.renamed(row.name, group.name),
        Err(failure) => failure,
    }
}

/// Why no row of a group takes the receiver.
#[cold]
fn no_row(group: &Group, arguments: &[Value]) -> Failure {
    match group.absent().and_then(|row| row.absent) {
        Some(absent) if group.rows().is_empty() => absent.failure(group.name),
        _ => wrong_receiver(group, arguments),
    }
}

/// An argument whose kind the row does not take.
#[cold]
fn wrong_argument(loaded: &Loaded, row: &Builtin, asked: &Asked, arguments: &[Value]) -> Failure {
    let group = match group(loaded, asked.group) {
        Ok(group) => group,
        Err(failure) => return failure,
    };
    let receivers = row.receivers();
    let given = arguments.get(receivers..).unwrap_or_default();
    let misfit = row.parameters.iter().zip(given).position(|(parameter, value)| !parameter.kinds.has(value.kind()));
    let at = misfit.unwrap_or_default();
    let (operand, index) = (at + receivers, at + 1 + if asked.method { 0 } else { receivers });
    let kinds = row.parameters.get(at).map_or(Kinds::ANY, |parameter| parameter.kinds);
    let value = arguments.get(operand).unwrap_or(&Value::Null);
    let failure = Failure::wrong_argument(group.name, kinds, value, index);
    if value.is_null() { failure.null_operand(operand) } else { failure }
}

fn wrong_receiver(group: &Group, arguments: &[Value]) -> Failure {
    let (name, receiver) = (group.name, arguments.first().unwrap_or(&Value::Null));
    if receiver.is_null() {
        let message = format!("Value is empty and '{name}' function cannot be applied");
        return Failure::new("run::null-receiver", message)
            .null_operand(0)
            .help("test it before with isNull(), or give a default with ifnull(value, default)");
    }
    let takes = group.rows().iter().fold(Kinds::NONE, |all, row| all.or(row.on)).except(Kinds::NULL);
    // `get("name")` of a number is meant for a map, though lists have a `get` too.
    let is_keyed = takes.has(Kind::List) && arguments.get(1).is_some_and(|key| key.kind() == Kind::Text);
    let takes = if is_keyed && takes.has(Kind::Map) { takes.except(Kinds::of(Kind::List)) } else { takes };
    Failure::wrong_argument(name, takes, receiver, 1)
}
