//! What the commands do; `repl::command` says which there are and how they are written.

mod files;
mod lists;
mod switches;
mod values;

use super::prompt::Prompt;
use super::{Error, Exit};
use crate::repl::Error as Problem;
use crate::repl::command::{COMMANDS, Command, Typed};

/// Does what a command says; nothing comes of the one that ends the session.
pub(super) fn perform(prompt: &mut Prompt<'_>, typed: &Typed<'_>) -> Result<Option<Exit>, Error> {
    let Some(command) = Command::find(typed.name) else { return Err(unknown(typed.name)) };
    if !command.optional && typed.argument.is_empty() {
        return Err(Problem::MissingArgument { name: command.name, usage: command.usage() }.into());
    }
    let argument = Some(typed.argument).filter(|argument| !argument.is_empty());
    if let (Some(given), true) = (argument, command.argument.placeholder().is_empty()) {
        return Err(Problem::TakesNothing { name: command.name, given: given.to_owned() }.into());
    }
    let exit = match command.name {
        "help" => lists::help(prompt, argument),
        "vars" => lists::variables(prompt),
        "functions" => lists::functions(prompt),
        "connections" => super::super::perform_words(&["connections", "list"], prompt.shared),
        "services" => super::super::perform_words(&["services", "list"], prompt.shared),
        "limits" => lists::limits(prompt),
        "explain" => super::super::perform_words(&["explain", typed.argument], prompt.shared),
        "full" => values::full(prompt, argument),
        "json" => values::json(prompt, argument),
        "type" => values::type_of(prompt, typed.argument),
        "time" => values::time(prompt, typed.argument),
        "bytecode" => values::bytecode(prompt, typed.argument),
        "load" => files::load(prompt, typed.argument)?,
        "run" => files::run(prompt, typed.argument),
        "save" => files::save(prompt, typed.argument)?,
        "edit" => files::edit(prompt, argument)?,
        "trace" => switches::trace(prompt, argument)?,
        "dry" => switches::dry(prompt, argument)?,
        "record" => switches::cassette(prompt, typed.argument, false)?,
        "replay" => switches::cassette(prompt, typed.argument, true)?,
        "as" => switches::user(prompt, argument),
        "reset" => lists::reset(prompt),
        "quit" => return Ok(None),
        _ => return Err(unknown(typed.name)),
    };
    Ok(Some(exit))
}

fn unknown(name: &str) -> Error {
    let begins = |known: &&str| !name.is_empty() && known.starts_with(name);
    let mut near: Vec<&str> = COMMANDS.iter().map(|command| command.name).filter(begins).collect();
    if near.is_empty() {
        near.extend(Command::suggest(name));
    }
    Problem::UnknownCommand { name: name.to_owned(), near }.into()
}
