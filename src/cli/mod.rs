//! The command line: one file per subcommand. This room reads arguments, calls the rooms below, and is the only one
//! that prints. Results go to standard output, everything else to standard error; `exit.rs` has the exit codes.

mod check;
mod connections;
mod dates;
mod demo;
mod doctor;
mod error;
mod exit;
mod explain;
mod fmt;
mod functions;
mod interrupt;
mod output;
mod renewal;
#[cfg(feature = "repl")]
mod repl;
mod report;
mod run;
mod services;
mod surroundings;
mod table;
mod workspace;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue};
use clap::{Args, Parser, Subcommand};

use error::Error;
use exit::Exit;
use output::{ColourChoice, Output};

/// What stands below the list of options.
const AFTER: &str = "\
Every option has an environment variable: SLUICE_ and its name, such as SLUICE_LIMITS for --limits. An option counts \
before its variable, and that before sluice.toml.

`sluice explain CODE` tells what the code above a message means, and what to do.

Exit codes: 0 done, 1 wrong usage or a file that cannot be read, 2 the script does not parse or check, 3 the script \
failed, 5 a connection could not be used, 130 interrupted.";

/// How the variables begin that stand for options.
const OURS: &str = "SLUICE_";

/// Runs Deluge, Zoho's scripting language, on this machine.
#[derive(Debug, Parser)]
#[command(name = "sluice", version, after_help = AFTER, arg_required_else_help = true, max_term_width = 100)]
struct Arguments {
    #[command(flatten)]
    shared: Shared,
    #[command(subcommand)]
    verb: Verb,
}

/// The options that every verb has.
#[derive(Args, Clone, Debug, Default)]
struct Shared {
    /// The project folder [default: the nearest one, from here upwards, with a sluice.toml]
    #[arg(long, global = true, value_name = "DIR", env = "SLUICE_PROJECT", hide_env = true, display_order = 900)]
    project: Option<PathBuf>,
    /// When to use colour
    #[arg(long, global = true, value_name = "WHEN", value_enum, default_value = "auto", display_order = 901)]
    #[arg(env = "SLUICE_COLOR", hide_env = true)]
    color: ColourChoice,
}

// The options of a verb are put together when it is asked for: those of all verbs took longer than a short script.
#[derive(Debug, Subcommand)]
#[command(defer = true)]
enum Verb {
    /// Run a script
    Run(Box<run::Options>),
    /// Try Deluge line by line
    #[cfg(feature = "repl")]
    Repl(Box<repl::Options>),
    /// Check scripts without running them
    Check(check::Options),
    /// Format scripts as Zoho's own editor does
    Fmt(fmt::Options),
    /// Set up and show the connections that scripts use
    #[command(subcommand)]
    Connections(connections::Verb),
    /// Show and add the services that connections are made with
    #[command(subcommand)]
    Services(services::Verb),
    /// Say how this machine, the project and each connection are, and what to do next
    Doctor(doctor::Options),
    /// Look up what a function, task or system variable does
    Functions(functions::Options),
    /// Explain what a code such as run::null-receiver means, and how to cure it
    Explain(explain::Options),
    /// See a contact sync run against a stand-in for the platform, on this machine alone
    Demo(demo::Options),
    /// Renew a token for another process of this program; its order comes by standard input
    #[command(name = renewal::NAME, hide = true)]
    Renewal,
}

/// `sluice run` without the other verbs: putting those together as well takes longer than a short script runs.
#[derive(Debug, Parser)]
#[command(name = "sluice")]
struct RunAlone {
    #[command(flatten)]
    shared: Shared,
    #[command(subcommand)]
    verb: RunVerb,
}

#[derive(Debug, Subcommand)]
enum RunVerb {
    Run(Box<run::Options>),
}

/// Reads the arguments of this process and does what they say.
pub fn main() -> ExitCode {
    if let Some(options) = file_alone(std::env::args_os().skip(1), std::env::vars_os()) {
        return run::main(&options, &Shared::default()).into();
    }
    // What is wrong with arguments, and what help there is, is said by the whole command line.
    if std::env::args_os().nth(1).is_some_and(|verb| verb == "run")
        && let Ok(RunAlone { shared, verb: RunVerb::Run(options) }) = RunAlone::try_parse()
    {
        return run::main(&options, &shared).into();
    }
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(mut error) => {
            hide_values(&mut error);
            // Help and the version are results; anything else is wrong usage. A closed output is nobody's problem.
            let _ = error.print();
            return if error.use_stderr() { Exit::Usage } else { Exit::Ok }.into();
        }
    };
    perform(arguments).into()
}

/// What `sluice run FILE` asks for when no variable says more: then nothing is left to parse, and putting the options together
/// takes longer than running a short script.
fn file_alone(
    arguments: impl Iterator<Item = OsString>,
    mut variables: impl Iterator<Item = (OsString, OsString)>,
) -> Option<run::Options> {
    let [verb, file] = arguments.collect::<Vec<_>>().try_into().ok()?;
    let is_file = !file.is_empty() && !file.as_encoded_bytes().starts_with(b"-");
    let is_ours = |name: &OsString| {
        let beginning = name.as_encoded_bytes().get(..OURS.len());
        beginning.is_some_and(|beginning| beginning.eq_ignore_ascii_case(OURS.as_bytes()))
    };
    (verb == "run" && is_file && !variables.any(|(name, _)| is_ours(&name))).then(|| run::Options::of_file(file.into()))
}

fn perform(arguments: Arguments) -> Exit {
    let shared = &arguments.shared;
    match arguments.verb {
        Verb::Run(options) => run::main(&options, shared),
        #[cfg(feature = "repl")]
        Verb::Repl(options) => repl::main(&options, shared),
        Verb::Check(options) => check::main(&options, shared),
        Verb::Fmt(options) => fmt::main(&options, shared),
        Verb::Connections(verb) => connections::main(verb, shared),
        Verb::Services(verb) => services::main(verb, shared),
        Verb::Doctor(options) => doctor::main(&options, shared),
        Verb::Functions(options) => functions::main(&options, shared),
        Verb::Explain(options) => explain::main(&options, shared),
        Verb::Demo(options) => demo::main(&options, shared),
        Verb::Renewal => renewal::main(),
    }
}

/// Does what these words after `sluice` say, as a command of its own.
#[cfg(feature = "repl")]
fn perform_words(words: &[&str], shared: &Shared) -> Exit {
    match Arguments::try_parse_from(std::iter::once("sluice").chain(words.iter().copied())) {
        Ok(arguments) => perform(Arguments { shared: shared.clone(), ..arguments }),
        Err(error) => {
            let _ = error.print();
            Exit::Usage
        }
    }
}

/// What stands in the wrong place of a command about connections may be a secret, as in `--credentials password=…`, so it
/// is not repeated.
fn hide_values(error: &mut clap::Error) {
    if !std::env::args_os().any(|argument| argument == "connections") {
        return;
    }
    for kind in [ContextKind::InvalidValue, ContextKind::InvalidArg] {
        if matches!(error.get(kind), Some(ContextValue::String(text)) if !text.starts_with('-')) {
            error.insert(kind, ContextValue::String("…".to_owned()));
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::ffi::OsString;

    use clap::{Command, CommandFactory, Parser, Subcommand};

    #[test]
    fn the_command_line_is_consistent() {
        super::Arguments::command().debug_assert();
    }

    #[test]
    fn a_file_alone_is_understood_as_by_the_parser() {
        let words = ["run", "greeting.dg"].map(OsString::from);
        let short = super::file_alone(words.clone().into_iter(), std::iter::empty()).unwrap();
        let parsed = super::RunAlone::try_parse_from(std::iter::once(OsString::from("sluice")).chain(words)).unwrap();
        let super::RunVerb::Run(options) = parsed.verb;
        assert_eq!(format!("{short:?}"), format!("{options:?}"));
        assert_eq!(format!("{:?}", super::Shared::default()), format!("{:?}", parsed.shared));
    }

    #[test]
    fn everything_else_is_left_to_the_parser() {
        let file_alone = |words: &[&str], variable: &str| {
            let variables = [(OsString::from(variable), OsString::from("1"))];
            super::file_alone(words.iter().map(OsString::from), variables.into_iter()).is_some()
        };
        assert!(file_alone(&["run", "greeting.dg"], "PATH"));
        assert!(!file_alone(&["run", "greeting.dg"], "SLUICE_JSON"));
        for words in
            [&["check", "a.dg"][..], &["run"], &["run", ""], &["run", "-"], &["run", "--help"], &["run", "a", "b"]]
        {
            assert!(!file_alone(words, "PATH"), "{words:?}");
        }
    }

    #[test]
    fn what_a_verb_does_is_said_the_same_everywhere() {
        let abouts = |command: &Command| -> Vec<String> {
            command.get_subcommands().map(|verb| format!("{}: {:?}", verb.get_name(), verb.get_about())).collect()
        };
        for mut command in [
            super::Arguments::command(),
            super::connections::Verb::augment_subcommands(Command::new("connections")),
            super::services::Verb::augment_subcommands(Command::new("services")),
        ] {
            let listed = abouts(&command);
            command.build();
            let own = abouts(&command);
            assert!(listed.iter().all(|verb| own.contains(verb)), "{listed:?}\n{own:?}");
        }
    }

    #[test]
    fn every_option_has_its_variable() {
        fn walk(command: &clap::Command) {
            for argument in command.get_arguments().filter(|argument| argument.get_long().is_some()) {
                let long = argument.get_long().unwrap_or_default();
                // A credential's place is told by its own form; the others are no options.
                if !["help", "version", "credential", "yes"].contains(&long) {
                    let variable = format!("SLUICE_{}", long.replace('-', "_").to_uppercase());
                    assert_eq!(argument.get_env().and_then(|name| name.to_str()), Some(variable.as_str()), "--{long}");
                }
            }
            command.get_subcommands().for_each(walk);
        }
        let mut command = super::Arguments::command();
        // Otherwise the options of the verbs are not there yet.
        command.build();
        walk(&command);
    }
}
