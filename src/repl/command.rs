//! The commands of the prompt as data: one table says how each is written, what completion offers behind it and what
//! `:help` prints. What a command does is not known here.

use crate::diagnostic::suggest;

/// One command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Command {
    /// The name, without its colon.
    pub name: &'static str,
    /// What may stand behind it.
    pub argument: Argument,
    /// Whether the argument may be left out.
    pub optional: bool,
    /// One sentence: what it does.
    pub about: &'static str,
}

/// What stands behind the name of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Argument {
    /// Nothing.
    None,
    /// The name of a function, a task or a command.
    Name,
    /// A file.
    File,
    /// A folder.
    Folder,
    /// An expression.
    Expression,
    /// `on` or `off`.
    Switch,
    /// The user for whom scripts run.
    User,
    /// The code of a message, as `run::invalid-url`.
    Code,
}

/// An input that is a command, taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Typed<'i> {
    /// The name as it was typed, without its colon; empty for a colon alone.
    pub name: &'i str,
    /// What stands behind the name, without the white space around it.
    pub argument: &'i str,
}

/// Every command, in the order in which `:help` lists them.
pub const COMMANDS: &[Command] = &[
    optional("help", Argument::Name, "Lists the commands, or shows a function, a task or a command."),
    plain("vars", "Lists the variables."),
    plain("functions", "Lists the functions of the session and of the project."),
    plain("connections", "Lists the connections."),
    plain("services", "Lists the services."),
    optional(
        "full",
        Argument::Expression,
        "Shows the last value, or that of an expression, without leaving anything out.",
    ),
    optional("json", Argument::Expression, "Shows the last value, or that of an expression, as JSON."),
    required("type", Argument::Expression, "Says what kind of value an expression gives."),
    required("time", Argument::Expression, "Shows the value of an expression and how long it took."),
    required("bytecode", Argument::Expression, "Shows what an expression is compiled to."),
    required("load", Argument::File, "Runs a file at this prompt; its variables and functions stay."),
    required("run", Argument::File, "Runs a file by itself, as `sluice run` does."),
    required("save", Argument::File, "Writes the inputs that ran to a file, as a script."),
    optional("edit", Argument::File, "Opens the last input, or a file, in an editor and runs what was written."),
    plain("reset", "Forgets all variables and the functions of the session."),
    optional("trace", Argument::Switch, "Says whether requests are shown as they are sent, or switches it."),
    optional("dry", Argument::Switch, "Says whether requests are only shown and not sent, or switches it."),
    required("record", Argument::Folder, "Keeps the requests from here on, and their answers, in a folder."),
    required("replay", Argument::Folder, "Answers requests from a folder that was recorded."),
    optional("as", Argument::User, "Says for which user scripts run, or changes the user."),
    plain("limits", "Shows the limits of one input."),
    required("explain", Argument::Code, "Explains the code of a message."),
    plain("quit", "Ends the session."),
];

const fn plain(name: &'static str, about: &'static str) -> Command {
    Command { name, argument: Argument::None, optional: true, about }
}

const fn required(name: &'static str, argument: Argument, about: &'static str) -> Command {
    Command { name, argument, optional: false, about }
}

const fn optional(name: &'static str, argument: Argument, about: &'static str) -> Command {
    Command { name, argument, optional: true, about }
}

impl Command {
    /// The command of this name, in any case; a name may be cut short where only one command begins so.
    pub fn find(name: &str) -> Option<&'static Command> {
        let exact = COMMANDS.iter().find(|command| command.name.eq_ignore_ascii_case(name));
        exact.or_else(|| {
            let mut beginning = COMMANDS.iter().filter(|command| begins(command.name, name));
            beginning.next().filter(|_| !name.is_empty() && beginning.next().is_none())
        })
    }

    /// The name of the command that a misspelt name may mean.
    pub fn suggest(name: &str) -> Option<&'static str> {
        suggest(name, COMMANDS.iter().map(|command| command.name))
    }

    /// How it is written: `:type EXPRESSION`, `:trace [on|off]`.
    pub fn usage(&self) -> String {
        match (self.argument.placeholder(), self.optional) {
            ("", _) => format!(":{}", self.name),
            (placeholder, true) => format!(":{} [{placeholder}]", self.name),
            (placeholder, false) => format!(":{} {placeholder}", self.name),
        }
    }
}

impl Argument {
    /// The word that stands for it where the command is explained.
    pub fn placeholder(self) -> &'static str {
        match self {
            Argument::None => "",
            Argument::Name => "NAME",
            Argument::File => "FILE",
            Argument::Folder => "FOLDER",
            Argument::Expression => "EXPRESSION",
            Argument::Switch => "on|off",
            Argument::User => "USER",
            Argument::Code => "CODE",
        }
    }
}

impl<'i> Typed<'i> {
    /// The command in `input`; `None` when it is Deluge.
    pub fn read(input: &'i str) -> Option<Typed<'i>> {
        let rest = input.trim_start().strip_prefix(':')?.trim_end();
        let end = rest.find(|letter: char| !letter.is_alphanumeric() && letter != '_').unwrap_or(rest.len());
        let (name, argument) = rest.split_at_checked(end).unwrap_or((rest, ""));
        Some(Typed { name, argument: argument.trim_start() })
    }
}

/// Whether `name` begins with `prefix`, in any case.
fn begins(name: &str, prefix: &str) -> bool {
    name.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::{COMMANDS, Command, Typed};

    #[test]
    fn a_command_is_found_by_its_name_and_by_a_beginning_that_no_other_has() {
        let found = |name| Command::find(name).map(|command| command.name);
        assert_eq!(found("vars"), Some("vars"));
        assert_eq!(found("VARS"), Some("vars"));
        assert_eq!(found("q"), Some("quit"));
        assert_eq!(found("re"), None, "reset, record and replay begin so");
        assert_eq!(found(""), None);
        assert_eq!(Command::suggest("lod"), Some("load"));
    }

    #[test]
    fn an_input_is_taken_apart() {
        let read = |input| Typed::read(input).map(|typed| (typed.name, typed.argument));
        assert_eq!(read(":load  a b.dg \n"), Some(("load", "a b.dg")));
        assert_eq!(read("  :q"), Some(("q", "")));
        assert_eq!(read(":"), Some(("", "")));
        assert_eq!(read(":type[1]"), Some(("type", "[1]")));
        assert_eq!(read("a : b"), None);
        assert_eq!(read(""), None);
    }

    #[test]
    fn usages() {
        let usage = |name| Command::find(name).unwrap().usage();
        assert_eq!(usage("quit"), ":quit");
        assert_eq!(usage("type"), ":type EXPRESSION");
        assert_eq!(usage("trace"), ":trace [on|off]");
        assert!(COMMANDS.iter().all(|command| command.about.ends_with('.')));
    }
}
