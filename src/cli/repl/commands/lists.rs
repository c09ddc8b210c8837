//! Commands that show what there is.

use std::path::Path;

use super::super::Exit;
use super::super::prompt::Prompt;
use crate::cli::run::usage;
use crate::cli::{perform_words, table};
use crate::repl::command::{COMMANDS, Command};
use crate::repl::pretty::{brief, describe};
use crate::value::Data;

/// The widest value in the list of variables.
const VALUE_WIDTH: usize = 60;

/// The narrowest, however narrow the terminal is.
const MIN_VALUE_WIDTH: usize = 12;

/// The longest name and the longest kind that are shown whole there.
const NAME_WIDTH: usize = 30;
const KIND_WIDTH: usize = 36;

/// The columns that stand between and around three cells.
const BORDERS: usize = 8;

/// `:help [NAME]`
pub(super) fn help(prompt: &Prompt<'_>, name: Option<&str>) -> Exit {
    let Some(name) = name else { return overview(prompt) };
    let command = name.strip_prefix(':').map_or_else(|| exact(name), Command::find);
    match command {
        Some(command) => {
            prompt.output.result(&format!("{}\n{}", command.usage(), command.about));
            Exit::Ok
        }
        None => perform_words(&["functions", "--", name], prompt.shared),
    }
}

/// A command of exactly this name that is no function of Deluge's.
fn exact(name: &str) -> Option<&'static Command> {
    COMMANDS.iter().find(|command| command.name == name)
}

fn overview(prompt: &Prompt<'_>) -> Exit {
    let rows = COMMANDS.iter().map(|command| [command.usage(), command.about.to_owned()]);
    prompt.output.result(&table::draw(["command", "what it does"], rows));
    prompt.output.result("\nA name may be cut short. `:help NAME` shows a function, a task or a command.");
    Exit::Ok
}

/// `:vars`
pub(super) fn variables(prompt: &Prompt<'_>) -> Exit {
    let session = prompt.session.borrow();
    if session.variables().len() == 0 {
        prompt.output.result("There are no variables yet.");
        return Exit::Ok;
    }
    let described = session.variables().map(|(name, value)| {
        // A value that holds itself cannot be copied out.
        let data = prompt.redacted(&Data::from_value(value).unwrap_or_default());
        (shortened(name, NAME_WIDTH), shortened(&describe(&data), KIND_WIDTH), data)
    });
    let described: Vec<_> = described.collect();
    let widest = |column: fn(&(String, String, Data)) -> &String| {
        described.iter().map(|row| column(row).chars().count()).max().unwrap_or_default()
    };
    let others = widest(|row| &row.0).max("variable".len()) + widest(|row| &row.1);
    let room = prompt.look(true).width.saturating_sub(others + BORDERS).clamp(MIN_VALUE_WIDTH, VALUE_WIDTH);
    let rows = described.iter().map(|(name, kind, data)| [name.clone(), kind.clone(), brief(data, room)]);
    prompt.output.result(&table::draw(["variable", "kind", "value"], rows));
    Exit::Ok
}

/// The beginning of a text that is too long for its column.
fn shortened(text: &str, width: usize) -> String {
    match text.char_indices().nth(width) {
        None => text.to_owned(),
        Some(_) => text.chars().take(width - 1).chain(['…']).collect(),
    }
}

/// `:functions`
pub(super) fn functions(prompt: &mut Prompt<'_>) -> Exit {
    prompt.read_project();
    let session = prompt.session.borrow();
    let own: Vec<[String; 2]> =
        session.functions().map(|(_, signature, input)| [signature.to_owned(), input.to_owned()]).collect();
    let project = session.project().signatures();
    if own.is_empty() && project.is_empty() {
        prompt.output.result("There are no functions yet. `:help NAME` shows what Deluge has.");
        return Exit::Ok;
    }
    let folder = prompt.world.workspace.project().map(|project| project.folder());
    let below = |file: String| {
        let path = folder.and_then(|folder| Path::new(&file).strip_prefix(folder).ok());
        path.map(|path| path.display().to_string()).unwrap_or(file)
    };
    let rows = own.into_iter().chain(project.into_iter().map(|(signature, file)| [signature, below(file)]));
    prompt.output.result(&table::draw(["function", "defined in"], rows));
    Exit::Ok
}

/// `:limits`
pub(super) fn limits(prompt: &Prompt<'_>) -> Exit {
    let (used, time) = prompt.last.as_ref().map(|last| (last.usage, last.time)).unwrap_or_default();
    prompt.output.result(&usage::table(&used, time, prompt.world.limits()));
    prompt.output.result("\nThe limits hold for each input; `used` is by the last one.");
    Exit::Ok
}

/// `:reset`
pub(super) fn reset(prompt: &mut Prompt<'_>) -> Exit {
    prompt.session.borrow_mut().reset();
    prompt.value = None;
    prompt.output.result("Variables and functions are forgotten.");
    Exit::Ok
}
