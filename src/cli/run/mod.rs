//! `sluice run`: one script, from a file or standard input, with its arguments, to its end. Connections, their vault and
//! the network are not touched before it is known that the script has tasks.

mod archive;
mod arguments;
pub(super) mod cassette;
mod curl;
mod dry;
pub(super) mod network;
pub(super) mod stand_ins;
pub(super) mod usage;

use std::io::{IsTerminal, Read};
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::sync::{Arc, Once};
use std::time::Duration;

use clap::Args;
use clap::builder::FalseyValueParser;

use super::surroundings::Surroundings;
use super::workspace::Workspace;
use super::{Error, Exit, Output, Shared, interrupt, report};
use crate::diagnostic::Diagnostic;
use crate::engine::{Engine, Outcome, Run};
use crate::http::Detail;
use crate::program::{self, Program};
use crate::project::{Export, Lints, Script, duration};
use crate::secret::Redactor;
use crate::source::Source;
use crate::syntax::Dialect;
use crate::value::Data;
use archive::Archive;
use arguments::Given;
use cassette::{Inserted, Recording};
use curl::Commands;
pub(super) use network::Network;
use stand_ins::StandIns;

/// More is never read of standard input; the parser refuses a quarter of it.
const MOST_INPUT: u64 = 64_000_000;

/// What is found when a function is in another file.
pub(super) const NEEDS_LIBRARY: [&str; 3] =
    ["check::missing-function", "check::unknown-function", "check::undefined-variable"];

#[derive(Args, Debug, Default)]
#[command(after_help = "\
Examples:
  sluice run hello.dg
  echo 'info 1 + 1;' | sluice run -
  sluice run order.dg --function total --arg quantity=3 --arg 'item:={\"price\": 9.50}'")]
pub(super) struct Options {
    /// The script; `-` reads standard input
    pub(super) file: Option<PathBuf>,
    /// The function to run, when the file only defines functions [default: its only one]
    #[arg(long, short, value_name = "NAME", env = "SLUICE_FUNCTION", hide_env = true)]
    function: Option<String>,
    /// An argument; text is converted to the type of the parameter, `name:=json` gives any value
    #[arg(long, value_name = "NAME=VALUE", env = "SLUICE_ARG", hide_env = true, hide_env_values = true)]
    arg: Vec<String>,
    /// A JSON object of arguments
    #[arg(long, value_name = "FILE.json", env = "SLUICE_ARGS", hide_env = true)]
    args: Option<PathBuf>,
    /// A JSON object that the script reads as `input`
    #[arg(long, value_name = "FILE.json", env = "SLUICE_INPUT", hide_env = true)]
    input: Option<PathBuf>,
    /// Show what is sent and received on standard error, without secrets: `headers`, or `body` for all
    #[arg(long, value_name = "DETAIL", num_args = 0..=1, require_equals = true, default_missing_value = "body")]
    #[arg(env = "SLUICE_TRACE", hide_env = true, value_parser = parse_trace)]
    pub(super) trace: Option<Trace>,
    /// Show each request as a curl command on standard error, with variables in the place of secrets
    #[arg(long, env = "SLUICE_CURL", hide_env = true, value_parser = FalseyValueParser::new())]
    curl: bool,
    /// Write what was sent and received to an HTTP archive, without secrets
    #[arg(long, value_name = "FILE", env = "SLUICE_HAR", hide_env = true)]
    har: Option<PathBuf>,
    /// Show what would be sent and send nothing; every request is answered with an empty object
    #[arg(long, env = "SLUICE_DRY_RUN", hide_env = true, value_parser = FalseyValueParser::new())]
    pub(super) dry_run: bool,
    #[command(flatten)]
    pub(super) stand_ins: stand_ins::StandInOptions,
    /// Send the requests for a host to an address of this machine instead
    #[arg(long, value_name = "HOST=URL", env = "SLUICE_ROUTE", hide_env = true, value_delimiter = ',')]
    pub(super) route: Vec<String>,
    /// Send everything through this proxy, as http://user:password@host:port; an empty address means none
    #[arg(long, value_name = "URL", env = "SLUICE_PROXY", hide_env = true, hide_env_values = true)]
    pub(super) proxy: Option<String>,
    /// The limits: generous, zoho-crm or zoho-creator; numbers may follow, as in zoho-crm,depth=100
    #[arg(long, value_name = "NAME[,KEY=NUMBER]", env = "SLUICE_LIMITS", hide_env = true)]
    pub(super) limits: Option<String>,
    /// The time that the run may take, such as 30s or 5m
    #[arg(long, value_name = "TIME", env = "SLUICE_TIMEOUT", hide_env = true, value_parser = duration)]
    pub(super) timeout: Option<Duration>,
    /// The user whose credentials count, for connections that use those of the login user
    #[arg(long = "as", value_name = "USER", env = "SLUICE_AS", hide_env = true)]
    pub(super) user: Option<String>,
    /// The dialect: portable, crm, creator, cliq, books or desk
    #[arg(long, value_name = "NAME", env = "SLUICE_DIALECT", hide_env = true)]
    pub(super) dialect: Option<String>,
    #[command(flatten)]
    pub(super) recording: Recording,
    #[command(flatten)]
    pub(super) surroundings: Surroundings,
    /// Do not print the returned value
    #[arg(long, env = "SLUICE_NO_RESULT", hide_env = true, value_parser = FalseyValueParser::new())]
    no_result: bool,
    /// Show at the end, on standard error, what was used of each limit
    #[arg(long, env = "SLUICE_USAGE", hide_env = true, value_parser = FalseyValueParser::new())]
    usage: bool,
    /// Print one JSON document with value, info lines, error and usage
    #[arg(long, env = "SLUICE_JSON", hide_env = true, value_parser = FalseyValueParser::new())]
    json: bool,
    /// Print control characters as they are, also on a terminal
    #[arg(long, env = "SLUICE_RAW", hide_env = true, value_parser = FalseyValueParser::new())]
    raw: bool,
}

impl Options {
    /// The script and nothing else.
    pub(super) fn of_file(file: PathBuf) -> Self {
        Self { file: Some(file), ..Self::default() }
    }
}

/// How much a trace shows; a variable may also turn it off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trace {
    Off,
    Headers,
    Body,
}

impl Trace {
    /// The option that asks for a detail.
    #[cfg(feature = "repl")]
    pub(super) fn of(detail: Option<Detail>) -> Option<Trace> {
        detail.map(|detail| match detail {
            Detail::Headers => Trace::Headers,
            Detail::Body => Trace::Body,
        })
    }

    pub(super) fn detail(trace: Option<Trace>) -> Option<Detail> {
        match trace {
            None | Some(Trace::Off) => None,
            Some(Trace::Headers) => Some(Detail::Headers),
            Some(Trace::Body) => Some(Detail::Body),
        }
    }
}

pub(super) fn main(options: &Options, shared: &Shared) -> Exit {
    let output = Arc::new(Output::new(shared.color, options.raw, Arc::new(Redactor::default())));
    let exit = match attempt(options, shared, &output) {
        Ok(exit) => exit,
        Err(error) if options.json => {
            output.json(&report::not_started(&error, output.redactor()));
            error.exit()
        }
        Err(error) => output.problem(&error, false),
    };
    output.finish(exit)
}

fn attempt(options: &Options, shared: &Shared, output: &Arc<Output>) -> Result<Exit, Error> {
    let workspace = Workspace::open(shared)?;
    let limits = workspace.limits(options.limits.as_deref())?;
    let dialect = workspace.dialect(options.dialect.as_deref())?;
    let given = Given::read(&options.arg, options.args.as_deref(), options.input.as_deref())?;
    let mut environment = workspace.environment(&options.surroundings)?;
    let mut cassette = Inserted::open(&options.recording, options.dry_run, &mut environment, output)?;
    let dates = Arc::clone(&environment.dates);
    let mut script = read_script(options.file.as_deref())?;
    let archive = options.har.as_deref().map(|path| Archive::new(path, output)).transpose()?;
    let mut network = Network::new(&workspace, &options.route, Trace::detail(options.trace), output)?
        .with_proxy(options.proxy.as_deref())?
        .with_limits(&limits);
    if let Some(archive) = &archive {
        network = network.with_listener(archive.listener());
    }
    let guessed = dialect.is_none() && script.is_creator_by_name();
    let dialect = choose_dialect(dialect, &script, output);
    // A mere guess decides how the script is read, not how its functions behave.
    let behaviour = if guessed { Dialect::default() } else { dialect };
    let stand_ins = StandIns::read(&options.stand_ins, options.dry_run, &workspace, &environment)?;
    // A mock stands before the cassette, so that a replay can be given a failure that was never recorded.
    let driver = cassette.driver(network.driver(options.dry_run));
    let mut driver = stand_ins.before(driver, &network, output);
    if options.curl {
        driver = Arc::new(Commands::new(driver, &workspace, output)?);
    }
    let engine = Engine::builder().environment(environment).dialect(behaviour).driver(driver).build()?;

    let context = options.file.as_deref().and_then(|file| workspace.project()?.context_of(file));
    let mut names = given.names(script.source.text());
    names.extend(context.iter().flat_map(|context| context.variables).map(|name| (*name).to_owned()));
    let lints = workspace.project().map(|project| &project.settings().lints);
    let mut checked = program::Options { dialect, guessed, given: names, ..program::Options::default() };
    let mut function = options.function.as_deref();
    if let Some(export) = Export::read(&script.source) {
        checked.library = Arc::clone(&export.library);
        (script.source, function) = exported(&export, function)?;
    }
    let (mut program, mut found) = compile(&engine, &script, &checked, lints);
    // The project's other files are read only for a script that asks for them.
    if workspace.project().is_some()
        && checked.library.is_empty()
        && found.iter().any(|one| NEEDS_LIBRARY.contains(&one.code.as_ref()))
    {
        checked.library = workspace.library(workspace.dialect(options.dialect.as_deref())?)?;
        (program, found) = compile(&engine, &script, &checked, lints);
    }
    let Some(program) = program else {
        return Ok(refuse(&found, &script.source, options.json, output));
    };
    if !options.json {
        found.iter().for_each(|warning| output.diagnostic(warning, &script.source));
    }

    let entry = arguments::entry(&program, function)?;
    let mut limits = limits;
    limits.time = options.timeout.or(limits.time);
    let mut run = given.run(&program, entry, &dates)?.limits(limits.clone());
    if let Some(user) = &options.user {
        run = run.user(user);
    }
    if !options.dry_run && cassette.needs_network() && program.codes().iter().any(|code| !code.sites.is_empty()) {
        network.open(&workspace)?;
    }
    let mut outcome = perform(&engine, &program, run, options, output);
    cassette.steady(&mut outcome);
    let exit = show(&outcome, &program, options, &found, output);
    if options.usage {
        usage::table(&outcome.usage, outcome.time, &limits).lines().for_each(|line| output.note(line));
    }
    stand_ins.note_unused(output);
    let exit = cassette.finish(exit, output);
    match archive.map(Archive::write) {
        Some(Err(error)) => Ok(output.problem(&error, false).max(exit)),
        None | Some(Ok(())) => Ok(exit),
    }
}

/// Runs the program, and prints its lines as they come unless they are to be in a document.
fn perform(engine: &Engine, program: &Arc<Program>, run: Run, options: &Options, output: &Arc<Output>) -> Outcome {
    let run = if options.json { run } else { print_info(run, output) };
    engine.run_blocking(program, interruptible(run))
}

/// Lets Ctrl-C end the run. Waiting for the signal takes a thread, which a run that is over in its first slice does without:
/// there Ctrl-C ends the program, as it does before and after the run.
fn interruptible(run: Run) -> Run {
    let cancelled = run.cancel_flag();
    let begun = Once::new();
    run.on_progress(move |_| begun.call_once(|| interrupt::cancels(&cancelled)))
}

/// Prints the returned value or the error, or both in one document.
fn show(
    outcome: &Outcome,
    program: &Arc<Program>,
    options: &Options,
    warnings: &[Diagnostic],
    output: &Output,
) -> Exit {
    let exit = match &outcome.result {
        Ok(_) => Exit::Ok,
        Err(trouble) => Exit::of_run(&trouble.code),
    };
    if options.json {
        output.json(&report::outcome(outcome, program.sources(), warnings, output.redactor()));
        return exit;
    }
    match &outcome.result {
        Ok(value) if options.no_result || matches!(value, Data::Null) => {}
        Ok(value) => match value.to_value().print() {
            Ok(text) => {
                output.result(&text);
            }
            Err(failure) => {
                let report = failure.into_report();
                output.trouble(&Diagnostic::error(report.code.clone(), report.message), program, 0);
                return Exit::of_run(&report.code);
            }
        },
        // Nobody reads on, as after `| head`: that ended the run and is no failure of the script.
        Err(_) if output.is_closed() => return Exit::Ok,
        Err(trouble) => output.trouble(&trouble.diagnostic(), program, trouble.file),
    }
    exit
}

/// Prints `info` lines as they come. When nobody reads them any more the run ends.
pub(super) fn print_info(run: Run, output: &Arc<Output>) -> Run {
    let (output, cancelled) = (Arc::clone(output), run.cancel_flag());
    run.on_info(move |line| {
        if !output.result(line) {
            cancelled.store(true, Ordering::Relaxed);
        }
    })
}

/// Parses, checks and compiles.
pub(super) fn compile(
    engine: &Engine,
    script: &Script,
    options: &program::Options,
    lints: Option<&Lints>,
) -> (Option<Arc<Program>>, Vec<Diagnostic>) {
    if let Some(broken) = &script.broken {
        return (None, vec![broken.clone()]);
    }
    let (program, found) = engine.check(&script.source, options);
    let found = lints.map_or(found.clone(), |lints| lints.apply(found));
    let denied = found.iter().any(|one| one.severity == crate::diagnostic::Severity::Error);
    (program.filter(|_| !denied), found)
}

fn refuse(found: &[Diagnostic], source: &Source, json: bool, output: &Output) -> Exit {
    if json {
        output.json(&report::refused(found, source, output.redactor()));
    } else {
        found.iter().for_each(|one| output.diagnostic(one, source));
    }
    Exit::Check
}

/// The part of an application's export that is run: the script of a workflow, or the functions.
fn exported<'n>(export: &Export, name: Option<&'n str>) -> Result<(Source, Option<&'n str>), Error> {
    if let Some(source) = name.and_then(|name| export.script(name)) {
        return Ok((source.clone(), None));
    }
    let mut known: Vec<String> = export.library.names().map(str::to_owned).collect();
    known.sort();
    known.extend(export.script_names());
    match (name, &export.functions) {
        (Some(name), Some(functions)) if export.library.defines(name) => Ok((functions.clone(), Some(name))),
        (Some(name), _) => Err(Error::NoFunction { name: name.to_owned(), known }),
        (None, _) if known.is_empty() => Err(Error::NothingExported),
        (None, _) => Err(Error::WhichFunction { known }),
    }
}

/// The dialect that was chosen, else Creator's for a script that shows signs of it, which is then said.
pub(super) fn choose_dialect(chosen: Option<Dialect>, script: &Script, output: &Output) -> Dialect {
    match (chosen, script.looks_like_creator()) {
        (Some(dialect), _) => dialect,
        (None, None) => Dialect::default(),
        (None, Some(reason)) => {
            let name = script.source.name();
            output.note(&format!(
                "note: {name} is read in the dialect `creator`, because {reason}; --dialect chooses another"
            ));
            Dialect::Creator
        }
    }
}

/// The script of a file, or of standard input.
pub(super) fn read_script(file: Option<&Path>) -> Result<Script, Error> {
    match file {
        Some(file) if file.as_os_str() != "-" => Ok(Script::read(file)?),
        None if std::io::stdin().is_terminal() => Err(Error::NoScript),
        named => {
            let mut bytes = Vec::new();
            let read = std::io::stdin().lock().take(MOST_INPUT).read_to_end(&mut bytes);
            read.map_err(|error| Error::Read { what: "standard input".to_owned(), reason: error.to_string() })?;
            if named.is_none() && bytes.is_empty() {
                return Err(Error::EmptyInput);
            }
            Ok(Script::new("<stdin>", bytes))
        }
    }
}

pub(super) fn parse_trace(word: &str) -> Result<Trace, String> {
    match word.to_ascii_lowercase().as_str() {
        "headers" => Ok(Trace::Headers),
        "body" | "1" | "true" | "yes" | "on" => Ok(Trace::Body),
        "" | "0" | "false" | "no" | "off" => Ok(Trace::Off),
        _ => Err("write `headers` or `body`".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Trace, duration, parse_trace};

    #[test]
    fn times_have_units() {
        assert_eq!(duration("30s"), Ok(Duration::from_secs(30)));
        assert_eq!(duration("1.5m"), Ok(Duration::from_secs(90)));
        assert_eq!(duration("250ms"), Ok(Duration::from_millis(250)));
        assert_eq!(duration("2"), Ok(Duration::from_secs(2)));
        for wrong in ["", "s", "3x", "-1s", "1e400", "nan", "30 s"] {
            assert!(duration(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_trace_can_be_turned_off_by_its_variable() {
        assert_eq!(parse_trace("headers"), Ok(Trace::Headers));
        assert_eq!(parse_trace("1"), Ok(Trace::Body));
        assert_eq!(parse_trace("0"), Ok(Trace::Off));
        assert!(parse_trace("all").is_err());
    }
}
