//! Commands that read and write files. A file that is loaded is an input under its own name; what is saved is a script that
//! `sluice run` takes.

use std::io::Write;
use std::path::Path;
use std::process::Command;

use super::super::prompt::Prompt;
use super::super::{Error, Exit};
use crate::cli::run as run_verb;
use crate::project::Script;
use crate::repl::Error as Problem;

/// `:load FILE`
pub(super) fn load(prompt: &mut Prompt<'_>, file: &str) -> Result<Exit, Error> {
    let script = Script::read(Path::new(file))?;
    if let Some(broken) = &script.broken {
        prompt.output.diagnostic(broken, &script.source);
        return Ok(Exit::Check);
    }
    let input = prompt.session.borrow().check_source(script.source, prompt.world.engine());
    Ok(prompt.run(input))
}

/// `:run FILE`
pub(super) fn run(prompt: &Prompt<'_>, file: &str) -> Exit {
    run_verb::main(&prompt.options.of_run(file, prompt.world.switches()), prompt.shared)
}

/// `:save FILE`
pub(super) fn save(prompt: &Prompt<'_>, file: &str) -> Result<Exit, Error> {
    let script = prompt.session.borrow().script();
    if script.is_empty() {
        return Err(Problem::NothingToSave.into());
    }
    let script = prompt.output.redactor().redact(&script).into_owned();
    let problem = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => Problem::FileIsThere { file: file.to_owned() }.into(),
        _ => Error::WriteFile { what: file.to_owned(), reason: error.to_string() },
    };
    let created = std::fs::OpenOptions::new().write(true).create_new(true).open(file);
    created.and_then(|mut out| out.write_all(script.as_bytes())).map_err(problem)?;
    let lines = script.lines().count();
    prompt.output.result(&format!("{lines} line{} written to {file}", if lines == 1 { "" } else { "s" }));
    Ok(Exit::Ok)
}

/// `:edit [FILE]`
pub(super) fn edit(prompt: &mut Prompt<'_>, file: Option<&str>) -> Result<Exit, Error> {
    if !prompt.is_interactive {
        return Err(Problem::NoTerminal { name: "edit" }.into());
    }
    if let Some(file) = file {
        open_editor(Path::new(file))?;
        return load(prompt, file);
    }
    let problem =
        |error: std::io::Error| Error::WriteFile { what: "a temporary file".to_owned(), reason: error.to_string() };
    let mut draft = tempfile::Builder::new().prefix("sluice-").suffix(".dg").tempfile().map_err(problem)?;
    let last = prompt.session.borrow().last_input().to_owned();
    draft.write_all(last.as_bytes()).and_then(|()| draft.flush()).map_err(problem)?;
    open_editor(draft.path())?;
    let script = Script::read(draft.path())?;
    let text = script.source.text().to_owned();
    if text.trim().is_empty() || text == last {
        prompt.output.result("Nothing was changed.");
        return Ok(Exit::Ok);
    }
    let input = prompt.session.borrow_mut().check(&text, prompt.world.engine());
    Ok(prompt.run(input))
}

/// Opens the editor that the environment names.
fn open_editor(file: &Path) -> Result<(), Error> {
    let named =
        ["VISUAL", "EDITOR"].iter().find_map(|name| std::env::var(name).ok().filter(|value| !value.trim().is_empty()));
    let named = named.unwrap_or_else(|| if cfg!(windows) { "notepad".to_owned() } else { "vi".to_owned() });
    // `code --wait` is a program and its options.
    let mut words = named.split_whitespace();
    let program = words.next().unwrap_or_default();
    let status = Command::new(program).args(words).arg(file).status();
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(Problem::Editor { program: named, reason: format!("it ended with {status}") }.into()),
        Err(error) => Err(Problem::Editor { program: named, reason: error.to_string() }.into()),
    }
}
