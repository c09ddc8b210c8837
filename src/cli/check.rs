//! `sluice check`: every problem of every file, without running anything. A file is checked with the names that its
//! context in `sluice.toml` declares.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use clap::builder::FalseyValueParser;
use serde_json::{Value, json};

use super::run::choose_dialect;
use super::table::count;
use super::workspace::Workspace;
use super::{Error, Exit, Output, Shared, report};
use crate::diagnostic::{Diagnostic, Severity};
use crate::engine::Engine;
use crate::program::{self, Library};
use crate::project::{Export, Script, scripts_below};
use crate::secret::Redactor;
use crate::source::Source;
use crate::syntax::{Arena, Dialect, parse};

#[derive(Args, Debug)]
#[command(after_help = "\
In folders, files that end in .dg, .deluge or .ds are checked, and those that `include` in sluice.toml names; hidden \
folders and `target` are left out. A file that is named is checked whatever its name.")]
pub(super) struct Options {
    /// Files and folders
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Stop after parsing: names, arguments and types are not looked at
    #[arg(long, env = "SLUICE_SYNTAX", hide_env = true, value_parser = FalseyValueParser::new())]
    syntax: bool,
    /// Fail on warnings too
    #[arg(long, env = "SLUICE_DENY_WARNINGS", hide_env = true, value_parser = FalseyValueParser::new())]
    deny_warnings: bool,
    /// The dialect: portable, crm, creator, cliq, books or desk
    #[arg(long, value_name = "NAME", env = "SLUICE_DIALECT", hide_env = true)]
    dialect: Option<String>,
    /// Print one JSON list with path, ok and diagnostics of each file
    #[arg(long, env = "SLUICE_JSON", hide_env = true, value_parser = FalseyValueParser::new())]
    json: bool,
}

pub(super) fn main(options: &Options, shared: &Shared) -> Exit {
    let output = Output::new(shared.color, false, Arc::new(Redactor::default()));
    let exit = match attempt(options, shared, &output) {
        Ok(exit) => exit,
        Err(error) => output.problem(&error, options.json),
    };
    output.finish(exit)
}

fn attempt(options: &Options, shared: &Shared, output: &Output) -> Result<Exit, Error> {
    let workspace = Workspace::open(shared)?;
    let checker = Checker {
        engine: Engine::builder().build()?,
        library: workspace.library(workspace.dialect(options.dialect.as_deref())?)?,
        dialect: workspace.dialect(options.dialect.as_deref())?,
        connections: connections(&workspace),
        workspace,
        options,
        output,
    };
    let mut tally = Tally::default();
    let mut seen = HashSet::new();
    for path in &options.paths {
        let files = match path.is_dir() {
            true => scripts_below(path, checker.workspace.project()),
            false => Ok(vec![path.clone()]),
        };
        match files {
            Ok(files) => {
                for file in files {
                    // A file may be named twice by different paths, such as itself and its folder.
                    if seen.insert(file.canonicalize().unwrap_or_else(|_| file.clone())) {
                        checker.file(file, &mut tally);
                    }
                }
            }
            Err(error) => checker.unreadable(path, error.into(), &mut tally),
        }
    }
    Ok(tally.finish(options, output))
}

/// What checking a file needs.
struct Checker<'a> {
    engine: Engine,
    library: Arc<Library>,
    dialect: Option<Dialect>,
    /// The link names of the connections, in a project.
    connections: Option<Vec<String>>,
    workspace: Workspace,
    options: &'a Options,
    output: &'a Output,
}

impl Checker<'_> {
    fn file(&self, file: PathBuf, tally: &mut Tally) {
        let script = match Script::read(&file) {
            Ok(script) => script,
            Err(error) => return self.unreadable(&file, error.into(), tally),
        };
        let dialect = match self.options.json {
            true => self
                .dialect
                .unwrap_or_else(|| script.looks_like_creator().map_or(Dialect::default(), |_| Dialect::Creator)),
            false => choose_dialect(self.dialect, &script, self.output),
        };
        let parts = self.parts(&file, &script, dialect);
        let failed = tally.add(parts.iter().flat_map(|(_, found)| found), self.options.deny_warnings);
        if self.options.json {
            let redactor = self.output.redactor();
            let shown = parts.iter().flat_map(|(source, found)| report::diagnostics(found, source, redactor));
            tally.report.push(json!({
                "path": file.to_string_lossy(),
                "ok": !failed,
                "dialect": dialect.as_str(),
                "diagnostics": shown.collect::<Vec<_>>(),
            }));
        } else {
            for (source, found) in &parts {
                found.iter().for_each(|one| self.output.diagnostic(one, source));
            }
        }
    }

    /// What is found in each script of a file. An application's export holds many, every other file one.
    fn parts(&self, file: &Path, script: &Script, dialect: Dialect) -> Vec<(Source, Vec<Diagnostic>)> {
        if let Some(broken) = &script.broken {
            return vec![(script.source.clone(), vec![broken.clone()])];
        }
        match Export::read(&script.source) {
            Some(export) => {
                let sources = export.functions.iter().chain(export.scripts.iter().map(|(_, source)| source));
                let check = |source: &Source| {
                    let mut found = self.part(file, source, dialect, false, &export.library);
                    // What is wrong in the functions is told once, with the functions.
                    found.retain(|one| one.code != "check::broken-function");
                    (source.clone(), found)
                };
                sources.map(check).collect()
            }
            None => {
                let guessed = self.dialect.is_none() && script.is_creator_by_name();
                vec![(script.source.clone(), self.part(file, &script.source, dialect, guessed, &self.library))]
            }
        }
    }

    fn part(
        &self,
        file: &Path,
        source: &Source,
        dialect: Dialect,
        guessed: bool,
        library: &Arc<Library>,
    ) -> Vec<Diagnostic> {
        let project = self.workspace.project();
        let found = if self.options.syntax {
            program::silence(source, parse(source, dialect, &Arena::new()).diagnostics)
        } else {
            let context = project.and_then(|project| project.context_of(file));
            let given = context.iter().flat_map(|context| context.variables).map(|name| (*name).to_owned());
            let options = program::Options {
                dialect,
                guessed,
                given: given.collect(),
                library: Arc::clone(library),
                lints: true,
                connections: self.connections.clone(),
                is_input: false,
                whole_library: false,
            };
            self.engine.check(source, &options).1
        };
        // What was found to be a secret is not shown again with its line.
        for secret in found.iter().filter(|one| one.code == "check::secret-literal").filter_map(Diagnostic::span) {
            self.output.redactor().learn(source.slice(secret));
        }
        match project {
            Some(project) => project.settings().lints.apply(found),
            None => found,
        }
    }

    fn unreadable(&self, path: &std::path::Path, error: Error, tally: &mut Tally) {
        tally.unreadable += 1;
        if self.options.json {
            tally.report.push(json!({
                "path": path.to_string_lossy(),
                "ok": false,
                "dialect": null,
                "diagnostics": [{
                    "code": error.code(),
                    "severity": "error",
                    "line": null,
                    "column": null,
                    "message": error.to_string(),
                    "help": error.help(),
                }],
            }));
        } else {
            self.output.problem(&error, false);
        }
    }
}

/// The link names that scripts of the project may use. A registry that cannot be read is reported by what needs it.
fn connections(workspace: &Workspace) -> Option<Vec<String>> {
    workspace.project()?;
    let registry = workspace.registry().ok()?;
    Some(registry.names())
}

/// What was found so far.
#[derive(Default)]
struct Tally {
    files: usize,
    errors: usize,
    warnings: usize,
    unreadable: usize,
    report: Vec<Value>,
}

impl Tally {
    /// Counts a file; true when it fails.
    fn add<'a>(&mut self, found: impl Iterator<Item = &'a Diagnostic>, deny_warnings: bool) -> bool {
        let (errors, warnings): (Vec<_>, Vec<_>) = found.partition(|one| one.severity == Severity::Error);
        let (errors, warnings) = (errors.len(), warnings.len());
        self.files += 1;
        self.errors += errors;
        self.warnings += warnings;
        errors > 0 || deny_warnings && warnings > 0
    }

    fn finish(self, options: &Options, output: &Output) -> Exit {
        if options.json {
            output.json(&Value::Array(self.report));
        } else {
            let numbers = [count(self.files, "file"), count(self.errors, "error"), count(self.warnings, "warning")];
            output.result(&numbers.join(", "));
        }
        if self.unreadable > 0 {
            Exit::Usage
        } else if self.errors > 0 || options.deny_warnings && self.warnings > 0 {
            Exit::Check
        } else {
            Exit::Ok
        }
    }
}
