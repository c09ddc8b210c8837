//! `sluice fmt`: rewrites scripts in the layout of Zoho's own editor, or tells which ones it would rewrite. A script
//! that does not parse is left as it is and does not keep the others from being formatted.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use clap::builder::FalseyValueParser;
use serde_json::{Value, json};

use super::run::read_script;
use super::table::count;
use super::workspace::Workspace;
use super::{Error, Exit, Output, Shared, report};
use crate::diagnostic::Diagnostic;
use crate::project::{Script, save, scripts_below};
use crate::secret::Redactor;
use crate::syntax::{Dialect, format, read_export};

#[derive(Args, Debug)]
#[command(after_help = "\
In folders, files that end in .dg, .deluge or .ds are formatted, and those that `include` in sluice.toml names. `-` reads \
standard input and writes to standard output. Scripts that do not parse, and exports of Creator applications, are left as \
they are.

Exit codes: 0 all are formatted, 1 with --check some are not, or a file cannot be read or written, 2 a script does not \
parse.")]
pub(super) struct Options {
    /// Files and folders, or `-`
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Write nothing; list the files that are not formatted, and fail if there are any
    #[arg(long, env = "SLUICE_CHECK", hide_env = true, value_parser = FalseyValueParser::new())]
    check: bool,
    /// The dialect: portable, crm, creator, cliq, books or desk; the layout is the same in all
    #[arg(long, value_name = "NAME", env = "SLUICE_DIALECT", hide_env = true)]
    dialect: Option<String>,
    /// Print one JSON list with path, ok, changed and diagnostics of each file
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
    let dialect = workspace.dialect(options.dialect.as_deref())?.unwrap_or_default();
    let mut formatter = Formatter { options, output, dialect, tally: Tally::default() };
    if options.paths.iter().any(|path| path.as_os_str() == "-") {
        if options.paths.len() > 1 {
            return Err(Error::InputBesidePaths);
        }
        let script = read_script(Some(Path::new("-")))?;
        formatter.script(None, &script);
        return Ok(formatter.finish());
    }
    let mut seen = HashSet::new();
    for path in &options.paths {
        let is_named = !path.is_dir();
        let files = match is_named {
            true => Ok(vec![path.clone()]),
            false => scripts_below(path, workspace.project()),
        };
        match files {
            Ok(files) => {
                for file in files {
                    if seen.insert(file.canonicalize().unwrap_or_else(|_| file.clone())) {
                        formatter.file(&file, is_named);
                    }
                }
            }
            Err(error) => formatter.failed(path, error.into()),
        }
    }
    Ok(formatter.finish())
}

/// What a command has, and what it has done.
struct Formatter<'a> {
    options: &'a Options,
    output: &'a Output,
    dialect: Dialect,
    tally: Tally,
}

#[derive(Default)]
struct Tally {
    changed: usize,
    unchanged: usize,
    refused: usize,
    failed: usize,
    report: Vec<Value>,
}

impl Formatter<'_> {
    fn file(&mut self, path: &Path, is_named: bool) {
        let script = match Script::read(path) {
            Ok(script) => script,
            Err(error) => return self.failed(path, error.into()),
        };
        if !is_named && read_export(script.source.text()).is_some() {
            let shown = path.display();
            self.output.note(&format!("note: {shown} is left out, because it is the export of a Creator application"));
            return;
        }
        self.script(Some(path), &script);
    }

    /// Formats a script; without a path it came from standard input.
    fn script(&mut self, path: Option<&Path>, script: &Script) {
        let text = script.source.text();
        let formatted = match formatted(script, self.dialect) {
            Ok(formatted) => formatted,
            Err(found) => return self.refused(script, &found),
        };
        let changed = formatted != text;
        if let (Some(path), true, false) = (path, changed, self.options.check)
            && let Err(error) = save(path, &formatted)
        {
            return self.failed(path, error.into());
        }
        self.tally.changed += usize::from(changed);
        self.tally.unchanged += usize::from(!changed);
        let name = script.source.name();
        if self.options.json {
            let mut entry = json!({"path": name, "ok": true, "changed": changed, "diagnostics": []});
            if let (None, false, Some(fields)) = (path, self.options.check, entry.as_object_mut()) {
                fields.insert("formatted".to_owned(), formatted.into());
            }
            self.tally.report.push(entry);
        } else if path.is_none() && !self.options.check {
            self.output.text(&formatted);
        } else if changed {
            self.output.result(name);
        }
    }

    /// The script is left as it is, because something is wrong with it.
    fn refused(&mut self, script: &Script, found: &[Diagnostic]) {
        self.tally.refused += 1;
        if self.options.json {
            let diagnostics = report::diagnostics(found, &script.source, self.output.redactor());
            let path = script.source.name();
            let entry = json!({"path": path, "ok": false, "changed": false, "diagnostics": diagnostics});
            self.tally.report.push(entry);
        } else {
            found.iter().for_each(|one| self.output.diagnostic(one, &script.source));
        }
    }

    /// The file could not be read or written.
    fn failed(&mut self, path: &Path, error: Error) {
        self.tally.failed += 1;
        if self.options.json {
            let diagnostic = json!({
                "code": error.code(),
                "severity": "error",
                "line": null,
                "column": null,
                "message": error.to_string(),
                "help": error.help(),
            });
            let path = path.to_string_lossy();
            let entry = json!({"path": path, "ok": false, "changed": false, "diagnostics": [diagnostic]});
            self.tally.report.push(entry);
        } else {
            self.output.problem(&error, false);
        }
    }

    fn finish(self) -> Exit {
        let Tally { changed, unchanged, refused, failed, report } = self.tally;
        let check = self.options.check;
        if self.options.json {
            self.output.json(&Value::Array(report));
        } else if !self.options.paths.iter().any(|path| path.as_os_str() == "-") {
            let verb = if check { "not formatted" } else { "formatted" };
            let mut numbers = vec![format!("{} {verb}", count(changed, "file")), format!("{unchanged} unchanged")];
            if refused + failed > 0 {
                numbers.push(format!("{} left as they are", refused + failed));
            }
            self.output.note(&numbers.join(", "));
        }
        match (failed, refused) {
            (1.., _) => Exit::Usage,
            (_, 1..) => Exit::Check,
            _ if check && changed > 0 => Exit::Usage,
            _ => Exit::Ok,
        }
    }
}

fn formatted(script: &Script, dialect: Dialect) -> Result<String, Vec<Diagnostic>> {
    if let Some(broken) = &script.broken {
        return Err(vec![broken.clone()]);
    }
    if read_export(script.source.text()).is_some() {
        let message = "this is the export of a whole Creator application, which is not formatted";
        let help =
            "Creator itself reads such a file only in its own layout; format scripts that are files of their own";
        return Err(vec![Diagnostic::error("cli::creator-export", message).help(help)]);
    }
    format(&script.source, dialect)
}
