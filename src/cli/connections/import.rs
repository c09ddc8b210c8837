//! `sluice connections import`: what is inside is listed first, then what becomes of each part. Nothing that is here is
//! replaced unless that was asked for.

use std::path::{Path, PathBuf};

use clap::Args;
use clap::builder::FalseyValueParser;
use serde_json::{Value, json};

use super::super::table::draw_columns;
use super::super::{Error, Exit, report};
use super::export::{document, services, table};
use super::{Common, Place, passphrase, prompt, wait};
use crate::connections::bundle::{Bundle, BundleError, Identities, Opener, Planned, Sealed, Step};
use crate::connections::{self, Connections};

/// The variable that holds an identity, or the name of its file.
const VARIABLE: &str = "SLUICE_IDENTITY";

#[derive(Args, Debug)]
#[command(after_help = "\
Exit codes: 0 all of it is here now, 5 something was left out.

Examples:
  sluice connections import books.age --list
  sluice connections import books.age
  SLUICE_IDENTITY=\"$IDENTITY_OF_CI\" sluice connections import for-ci.age")]
pub(in crate::cli) struct Options {
    /// The bundle; `-` reads standard input
    file: String,
    /// Show what is inside and what would become of it, and stop there
    #[arg(long, env = "SLUICE_LIST", hide_env = true, value_parser = FalseyValueParser::new())]
    list: bool,
    /// Replace connections and authorisations that differ; services are never replaced
    #[arg(long, env = "SLUICE_REPLACE", hide_env = true, value_parser = FalseyValueParser::new())]
    replace: bool,
    /// The file with the identity; the variable SLUICE_IDENTITY may also hold it [default: that of this machine]
    #[arg(long, value_name = "FILE", env = "SLUICE_IDENTITY", hide_env = true)]
    identity: Option<String>,
    /// The file with the passphrase; `-` reads a line of standard input
    #[arg(long, value_name = "FILE", env = "SLUICE_PASSPHRASE_FILE", hide_env = true)]
    passphrase_file: Option<String>,
    /// Do not ask
    #[arg(long)]
    yes: bool,
    #[command(flatten)]
    pub(super) common: Common,
}

pub(super) fn main(options: &Options, place: &Place) -> Result<Exit, Error> {
    let (connections, output) = (place.connections()?, &place.output);
    let sealed = read(options)?;
    let bundle = Bundle::open(&sealed, &opener(options, &sealed, place)?)?;
    let planned = connections.plan_import(&bundle, options.replace)?;
    if !options.common.json {
        output.result(&format!("{}, made by Sluice {}:\n", options.file, bundle.made_by));
        output.result(&table(&bundle.contents(connections.seconds())));
        for line in services(&bundle) {
            output.result(&line);
        }
    }
    let done = match options.list {
        true => planned,
        false if !options.yes && !prompt::confirmed("Import this?") => return Err(Error::NotConfirmed),
        false => wait(connections.import(&bundle, options.replace))??,
    };
    let complaint = done.complaint().filter(|_| !options.list).map(Error::from);
    if options.common.json {
        let error = complaint.as_ref().map_or(Value::Null, |error| report::error(error, output.redactor()));
        output.json(&result(&bundle, &done, &connections, !options.list, &error));
    } else {
        output.result(&format!("\n{}", outcome(&done)));
        if let Some(error) = &complaint {
            output.problem(error, false);
        }
    }
    Ok(complaint.map_or(Exit::Ok, |error| error.exit()))
}

fn read(options: &Options) -> Result<Sealed, Error> {
    if options.file != "-" {
        let path = Path::new(&options.file);
        let fail = |error: std::io::Error| Error::Read { what: options.file.clone(), reason: error.to_string() };
        if path.is_dir() {
            return Err(Error::Read { what: options.file.clone(), reason: "it is a folder".to_owned() });
        }
        return Ok(Sealed::read(std::fs::File::open(path).map_err(fail)?)?);
    }
    if options.passphrase_file.as_deref() == Some("-") {
        let problem = "standard input already holds the bundle".to_owned();
        return Err(Error::Credential { key: "passphrase".to_owned(), problem });
    }
    Ok(Sealed::read(std::io::stdin().lock())?)
}

fn opener(options: &Options, sealed: &Sealed, place: &Place) -> Result<Opener, Error> {
    if sealed.needs_passphrase() {
        let known = passphrase::known(options.passphrase_file.as_deref())?;
        return Ok(Opener::Passphrase(known.ok_or(connections::Error::from(BundleError::NoPassphrase))?));
    }
    let identities = match &options.identity {
        Some(text) if Identities::is_identity(text) => {
            // In an argument it would be in the shell's history and in the list of processes.
            if std::env::var(VARIABLE).as_ref() != Ok(text) {
                return Err(Error::BareCredential);
            }
            Identities::parse(VARIABLE, text)?
        }
        Some(file) => Identities::read(&PathBuf::from(file))?,
        None => {
            let known = Identities::of_user(&place.workspace.user_folder()?)?;
            known.ok_or(connections::Error::from(BundleError::NoIdentity))?
        }
    };
    Ok(Opener::Identities(identities))
}

/// What became of each part, for people.
fn outcome(done: &Planned) -> String {
    let column = |header: &'static str, cell: &dyn Fn(&Step) -> String| {
        (header, done.steps.iter().map(cell).collect::<Vec<String>>())
    };
    let mut columns = vec![
        column("what", &|step| step.kind.to_owned()),
        column("link name", &|step| step.link_name.clone()),
        column("user", &|step| step.user.clone().unwrap_or_default()),
        column("result", &|step| step.verdict.as_str().to_owned()),
        column("because", &|step| step.verdict.lines().first().cloned().unwrap_or_default()),
    ];
    columns.retain(|(_, cells)| cells.iter().any(|cell| !cell.is_empty()));
    draw_columns(columns.iter().map(|(header, cells)| (*header, cells.as_slice())))
}

fn result(bundle: &Bundle, done: &Planned, connections: &Connections, imported: bool, error: &Value) -> Value {
    let step = |step: &Step| {
        json!({
            "kind": step.kind,
            "link_name": step.link_name,
            "user": step.user,
            "result": step.verdict.as_str(),
            "because": step.verdict.lines(),
        })
    };
    json!({
        "made_at": bundle.made_at,
        "made_by": bundle.made_by,
        "access_only": bundle.access_only,
        "contents": bundle.contents(connections.seconds()).iter().map(document).collect::<Value>(),
        "imported": imported,
        "steps": done.steps.iter().map(step).collect::<Value>(),
        "error": error,
    })
}
