//! Commands that ask for a value, or for the program of an expression. Without an expression they are about the last value.

use super::super::Exit;
use super::super::prompt::Prompt;
use crate::program::listing;
use crate::repl::Error as Problem;
use crate::repl::measure::duration;
use crate::repl::pretty::{describe, json as draw_json, show};
use crate::value::Data;

/// `:full [EXPRESSION]`
pub(super) fn full(prompt: &mut Prompt<'_>, expression: Option<&str>) -> Exit {
    with_value(prompt, expression, |prompt, value| {
        prompt.print(&show(&prompt.redacted(value), &prompt.look(false)));
        Exit::Ok
    })
}

/// `:json [EXPRESSION]`
pub(super) fn json(prompt: &mut Prompt<'_>, expression: Option<&str>) -> Exit {
    with_value(prompt, expression, |prompt, value| match draw_json(&prompt.redacted(value), &prompt.look(false)) {
        Ok(shown) => {
            prompt.print(&shown);
            Exit::Ok
        }
        Err(failure) => {
            let report = failure.into_report();
            prompt.output.problem(&Problem::NoJson { message: report.message }.into(), false)
        }
    })
}

/// `:type EXPRESSION`
pub(super) fn type_of(prompt: &mut Prompt<'_>, expression: &str) -> Exit {
    with_value(prompt, Some(expression), |prompt, value| {
        prompt.output.result(&describe(&prompt.redacted(value)));
        Exit::Ok
    })
}

/// `:time EXPRESSION`
pub(super) fn time(prompt: &mut Prompt<'_>, expression: &str) -> Exit {
    match prompt.evaluate(expression) {
        Ok((value, outcome)) => {
            if !matches!(value, Data::Null) {
                prompt.answer(&value);
            }
            let (statements, requests) = (outcome.usage.statements, outcome.usage.requests);
            let requests = match requests {
                0 => String::new(),
                1 => ", 1 request".to_owned(),
                many => format!(", {many} requests"),
            };
            let plural = if statements == 1 { "" } else { "s" };
            let text = format!("{}, {statements} statement{plural}{requests}", duration(outcome.time));
            prompt.output.styled(&prompt.faint(&text));
            Exit::Ok
        }
        Err(exit) => exit,
    }
}

/// `:bytecode EXPRESSION`
pub(super) fn bytecode(prompt: &mut Prompt<'_>, expression: &str) -> Exit {
    match prompt.program_of(expression) {
        Some((_, program)) => {
            prompt.output.result(listing(&program).trim_end());
            Exit::Ok
        }
        None => Exit::Check,
    }
}

fn with_value(
    prompt: &mut Prompt<'_>,
    expression: Option<&str>,
    then: impl FnOnce(&Prompt<'_>, &Data) -> Exit,
) -> Exit {
    let value = match expression {
        Some(expression) => prompt.evaluate(expression).map(|(value, _)| value),
        None => prompt.value.clone().ok_or_else(|| prompt.output.problem(&Problem::NoValue.into(), false)),
    };
    match value {
        Ok(value) => then(prompt, &value),
        Err(exit) => exit,
    }
}
