//! Behind a colon: commands and what they take.

use super::candidate::{Candidate, Candidates};
use super::{Known, begins, deluge, files};
use crate::reference::explanations;
use crate::repl::command::{Argument, COMMANDS, Command};

/// Adds what can stand between `text`, which follows the colon, and `after`. Gives the length of what was typed of it.
pub(super) fn complete(text: &str, after: &str, known: &Known<'_>, found: &mut Candidates) -> Option<usize> {
    let Some((name, rest)) = text.split_once(char::is_whitespace) else {
        for command in COMMANDS.iter().filter(|command| begins(command.name, text)) {
            found.add(Candidate::inserting(command.name, inserted(command, after), command.about));
        }
        return Some(text.len());
    };
    let typed = rest.trim_start();
    match Command::find(name)?.argument {
        Argument::None | Argument::User => return None,
        Argument::Expression => return deluge(rest, after, known, found).map(|start| rest.len() - start),
        Argument::File => return Some(files::complete(typed, known.folder, false, found)),
        Argument::Folder => return Some(files::complete(typed, known.folder, true, found)),
        Argument::Switch => {
            for word in ["on", "off"].into_iter().filter(|word| begins(word, typed)) {
                found.add(Candidate::new(word, ""));
            }
        }
        Argument::Code => codes(typed, found),
        Argument::Name => names(typed, known, found),
    }
    Some(typed.len())
}

fn inserted(command: &Command, after: &str) -> String {
    let space = command.argument != Argument::None && !after.starts_with(' ');
    format!("{}{}", command.name, if space { " " } else { "" })
}

/// Codes of messages, with or without what stands before their colons.
fn codes(typed: &str, found: &mut Candidates) {
    let meant = explanations().filter(|one| begins(one.code, typed) || begins(one.name(), typed));
    found.add_sorted(meant.map(|one| Candidate::new(one.code, &one.summary())));
}

/// What help can be had on.
fn names(typed: &str, known: &Known<'_>, found: &mut Candidates) {
    let colon = typed.starts_with(':');
    let bare = typed.strip_prefix(':').unwrap_or(typed);
    for command in COMMANDS.iter().filter(|command| begins(command.name, bare)) {
        let name = if colon { format!(":{}", command.name) } else { command.name.to_owned() };
        found.add(Candidate::inserting(&command.usage(), name, command.about));
    }
    if colon {
        return;
    }
    let mut rows: Vec<Candidate> =
        known.scope.functions(typed).iter().map(|one| Candidate::new(&one.name, &one.about)).collect();
    for row in known.catalogue.builtins() {
        rows.push(Candidate::new(row.name, row.about));
    }
    rows.extend(known.catalogue.tasks().map(|task| Candidate::new(&task.name, &task.about)));
    rows.retain(|row| begins(&row.name, typed));
    found.add_sorted(rows);
}
