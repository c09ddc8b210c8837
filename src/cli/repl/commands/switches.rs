//! Commands that change in what world inputs run. Without an argument they say how it is.

use std::path::PathBuf;

use super::super::prompt::Prompt;
use super::super::{Error, Exit, Trace};
use crate::cli::run::parse_trace;
use crate::http::Detail;
use crate::repl::Error as Problem;

/// `:trace [on|off|headers]`
pub(super) fn trace(prompt: &mut Prompt<'_>, word: Option<&str>) -> Result<Exit, Error> {
    if let Some(word) = word {
        let wanted = parse_trace(word).map_err(|_| choice("trace", word, "on, off or headers"))?;
        let options = prompt.options;
        prompt.world.switch(options, |switches| switches.trace = Trace::detail(Some(wanted)))?;
    }
    let told = match prompt.world.switches().trace {
        None => "trace: off",
        Some(Detail::Headers) => "trace: on, headers alone",
        Some(Detail::Body) => "trace: on",
    };
    prompt.output.result(told);
    Ok(Exit::Ok)
}

/// `:dry [on|off]`
pub(super) fn dry(prompt: &mut Prompt<'_>, word: Option<&str>) -> Result<Exit, Error> {
    if let Some(word) = word {
        let wanted = match word.to_ascii_lowercase().as_str() {
            "on" => true,
            "off" => false,
            _ => return Err(choice("dry", word, "on or off")),
        };
        let options = prompt.options;
        prompt.world.switch(options, |switches| switches.dry = wanted)?;
    }
    prompt.output.result(match prompt.world.switches().dry {
        true => "dry: on; requests are shown and not sent",
        false => "dry: off",
    });
    Ok(Exit::Ok)
}

/// `:record FOLDER|off` and `:replay FOLDER|off`
pub(super) fn cassette(prompt: &mut Prompt<'_>, folder: &str, replays: bool) -> Result<Exit, Error> {
    let wanted = (!folder.eq_ignore_ascii_case("off")).then(|| (PathBuf::from(folder), replays));
    let options = prompt.options;
    prompt.world.switch(options, |switches| switches.cassette = wanted)?;
    prompt.output.result(&match &prompt.world.switches().cassette {
        None => "requests are neither recorded nor replayed".to_owned(),
        Some((folder, false)) => format!("requests are recorded in {}; `:record off` ends it", folder.display()),
        Some((folder, true)) => format!("requests are answered from {}; `:replay off` ends it", folder.display()),
    });
    Ok(Exit::Ok)
}

/// `:as [USER]`
pub(super) fn user(prompt: &mut Prompt<'_>, user: Option<&str>) -> Exit {
    if let Some(user) = user {
        prompt.world.set_user((user != "-").then(|| user.to_owned()));
    }
    prompt.output.result(&match &prompt.world.switches().user {
        Some(user) => format!("inputs run as {user}; `:as -` ends it"),
        None => "inputs run for no particular user".to_owned(),
    });
    Exit::Ok
}

fn choice(name: &'static str, given: &str, wanted: &'static str) -> Error {
    Problem::Choice { name, given: given.to_owned(), wanted }.into()
}
