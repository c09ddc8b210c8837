//! What is wrong with a command of the prompt. What is wrong with Deluge is told as it is for files.

/// Why a command was not performed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// No command has this name.
    #[error("there is no command `:{name}`")]
    UnknownCommand {
        /// What was typed.
        name: String,
        /// The commands that may be meant.
        near: Vec<&'static str>,
    },
    /// The command needs an argument.
    #[error("`:{name}` stands alone")]
    MissingArgument {
        /// The command.
        name: &'static str,
        /// How it is written.
        usage: String,
    },
    /// The command takes no argument.
    #[error("`:{name}` takes nothing, and `{given}` stands behind it")]
    TakesNothing {
        /// The command.
        name: &'static str,
        /// What was typed.
        given: String,
    },
    /// The argument is none of the words that may stand there.
    #[error("`:{name} {given}` is no choice")]
    Choice {
        /// The command.
        name: &'static str,
        /// What was typed.
        given: String,
        /// The words.
        wanted: &'static str,
    },
    /// A command that asks for an expression was given statements that end without one, or nothing at all.
    #[error("there is no expression to look at")]
    NoExpression,
    /// A command is about the last value, and there is none.
    #[error("there is no last value yet")]
    NoValue,
    /// The value cannot be written as JSON.
    #[error("the value cannot be written as JSON: {message}")]
    NoJson {
        /// Why.
        message: String,
    },
    /// No input has run to its end.
    #[error("there is nothing to save yet")]
    NothingToSave,
    /// The file to save to is there.
    #[error("{file} is there already")]
    FileIsThere {
        /// The file.
        file: String,
    },
    /// A switch cannot change while requests are recorded.
    #[error("requests are being recorded")]
    Recording,
    /// A command needs a person.
    #[error("`:{name}` needs a terminal")]
    NoTerminal {
        /// The command.
        name: &'static str,
    },
    /// The editor could not be opened, or failed.
    #[error("the editor `{program}` could not be used: {reason}")]
    Editor {
        /// Its name, as the environment has it.
        program: String,
        /// Why.
        reason: String,
    },
    /// The terminal could not be read.
    #[error("the terminal cannot be used: {reason}")]
    Terminal {
        /// Why.
        reason: String,
    },
}

impl Error {
    /// The stable code, `repl::kebab-case`.
    pub fn code(&self) -> &'static str {
        match self {
            Error::UnknownCommand { .. } => "repl::unknown-command",
            Error::MissingArgument { .. } => "repl::missing-argument",
            Error::TakesNothing { .. } => "repl::takes-nothing",
            Error::Choice { .. } => "repl::choice",
            Error::NoExpression => "repl::no-expression",
            Error::NoValue => "repl::no-value",
            Error::NoJson { .. } => "repl::no-json",
            Error::NothingToSave => "repl::nothing-to-save",
            Error::FileIsThere { .. } => "repl::file-is-there",
            Error::Recording => "repl::recording",
            Error::NoTerminal { .. } => "repl::no-terminal",
            Error::Editor { .. } => "repl::editor",
            Error::Terminal { .. } => "repl::terminal",
        }
    }

    /// What to do about it.
    pub fn help(&self) -> String {
        match self {
            Error::UnknownCommand { near, .. } => {
                let names: Vec<String> = near.iter().map(|name| format!("`:{name}`")).collect();
                match names.split_last() {
                    None => "`:help` lists the commands".to_owned(),
                    Some((only, [])) => format!("did you mean {only}? `:help` lists the commands"),
                    Some((last, others)) => format!("did you mean {} or {last}?", others.join(", ")),
                }
            }
            Error::MissingArgument { usage, .. } => format!("write `{usage}`"),
            Error::TakesNothing { name, .. } => format!("write `:{name}` alone"),
            Error::Choice { name, wanted, .. } => format!("write `:{name}` and {wanted}"),
            Error::NoExpression => "write an expression behind the command, such as `:type a.get(\"b\")`".to_owned(),
            Error::NoValue => "type an expression first, or write it behind the command".to_owned(),
            Error::NoJson { .. } => "look at it without `:json`".to_owned(),
            Error::NothingToSave => "what ran without an error can be saved".to_owned(),
            Error::FileIsThere { .. } => "choose another name, or remove the file; nothing was written".to_owned(),
            Error::Recording => "end it first with `:record off`".to_owned(),
            Error::NoTerminal { name } => format!("start `sluice repl` on a terminal to use `:{name}`"),
            Error::Editor { .. } => "name another in the environment variable EDITOR".to_owned(),
            Error::Terminal { .. } => "give the inputs as a file instead: `sluice repl < inputs.txt`".to_owned(),
        }
    }
}
