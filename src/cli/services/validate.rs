//! `sluice services validate`: everything that is wrong with service files, none of which is added or used.

use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::{Value, json};

use super::super::table::draw;
use super::super::{Error, Exit, report};
use super::{Common, Place};
use crate::connections::{Service, check_logo};

#[derive(Args, Debug)]
pub(in crate::cli) struct Options {
    /// The services' files
    #[arg(required = true, value_name = "FILE.toml")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) common: Common,
}

pub(super) fn main(options: &Options, place: &Place<'_>) -> Exit {
    let found: Vec<(&PathBuf, Vec<Error>)> = options.files.iter().map(|file| (file, problems(file))).collect();
    let is_right = found.iter().all(|(_, problems)| problems.is_empty());
    if place.json {
        place.output.json(&found.iter().map(|(file, problems)| document(file, problems, place)).collect());
    } else {
        for problem in found.iter().flat_map(|(_, problems)| problems) {
            place.output.problem(problem, false);
        }
        summary(&found, place);
    }
    if is_right { Exit::Ok } else { Exit::Usage }
}

/// Everything that is wrong with a file.
pub(super) fn problems(file: &Path) -> Vec<Error> {
    let name = file.display().to_string();
    let text = match read(file) {
        Ok(text) => text,
        Err(error) => return vec![error],
    };
    let mut problems: Vec<Error> = Service::problems(&name, &text).into_iter().map(Error::from).collect();
    if let Ok(Some(logo)) = Service::parse(&name, &text).map(|service| service.logo) {
        problems.extend(check_logo(&file.with_file_name(logo)).err().map(Error::from));
    }
    problems
}

/// The text of a file.
pub(super) fn read(file: &Path) -> Result<String, Error> {
    /// No service needs nearly as much.
    const LARGEST: u64 = 1024 * 1024;
    let fail = |reason: String| Error::Read { what: file.display().to_string(), reason };
    match std::fs::metadata(file) {
        Ok(about) if about.len() > LARGEST => return Err(fail(format!("it is larger than {LARGEST} bytes"))),
        Ok(about) if about.is_dir() => return Err(fail("it is a folder".to_owned())),
        // A device might never end. A pipe that a person names here is theirs to fill.
        #[cfg(unix)]
        Ok(about) if std::os::unix::fs::FileTypeExt::is_char_device(&about.file_type()) => {
            return Err(fail("it is a device".to_owned()));
        }
        _ => {}
    }
    std::fs::read_to_string(file).map_err(|error| fail(error.to_string()))
}

/// Reports all problems of one text; the exit code of the first.
pub(super) fn all(problems: &[Error], place: &Place<'_>) -> Exit {
    let mut exits = problems.iter().map(|problem| match place.json {
        true => problem.exit(),
        false => place.output.problem(problem, false),
    });
    let exit = exits.next().unwrap_or(Exit::Usage);
    exits.for_each(drop);
    if place.json {
        let redactor = place.output.redactor();
        let all: Vec<Value> = problems.iter().map(|problem| report::error(problem, redactor)).collect();
        place.output.json(&json!({"error": all.first(), "problems": all}));
    }
    exit
}

fn document(file: &Path, problems: &[Error], place: &Place<'_>) -> Value {
    let redactor = place.output.redactor();
    let service = read(file).ok().and_then(|text| Service::parse("", &text).ok());
    json!({
        "path": file.display().to_string(),
        "ok": problems.is_empty(),
        "problems": problems.iter().map(|problem| report::error(problem, redactor)).collect::<Value>(),
        "service": service.map(|service| report::service_alone(&service)),
    })
}

fn summary(found: &[(&PathBuf, Vec<Error>)], place: &Place<'_>) {
    let row = |(file, problems): &(&PathBuf, Vec<Error>)| {
        let service = read(file).ok().and_then(|text| Service::parse("", &text).ok());
        let service =
            service.map(|one| [one.link_name.to_string(), one.auth.type_name().into(), one.stage.as_str().into()]);
        let [link_name, auth_type, stage] = service.unwrap_or_default();
        let result = if problems.is_empty() {
            "right".to_owned()
        } else {
            super::super::table::count(problems.len(), "problem")
        };
        [file.display().to_string(), link_name, auth_type, stage, result]
    };
    match found {
        [(_, problems)] if !problems.is_empty() => {}
        [one] => {
            let [file, link_name, auth_type, ..] = row(one);
            place.output.result(&format!("{file}: the service \"{link_name}\" ({auth_type}) is right."));
        }
        all => {
            place.output.result(&draw(["file", "link name", "type", "stage", "result"], all.iter().map(row)));
        }
    }
}
