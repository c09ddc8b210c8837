//! The program, the project's file, folders and the clock.

use std::time::{SystemTime, UNIX_EPOCH};

use super::super::Error;
use super::super::workspace::Workspace;
use super::Section;
use crate::connections::inspect;

/// 2026-01-01: no clock that is right shows less.
const EARLIEST: u64 = 1_767_225_600;
/// How far clocks of machines that share a folder may be apart, in seconds.
const TOLERANCE: u64 = 120;

pub(super) fn program() -> Section {
    let mut section = Section::new("Program");
    let (system, processor) = (std::env::consts::OS, std::env::consts::ARCH);
    section.ok("version", format!("sluice {} on {system} {processor}", env!("CARGO_PKG_VERSION")));
    section
}

pub(super) fn project(workspace: &Workspace, broken: Option<Error>) -> Section {
    let mut section = Section::new("Project");
    let folder = workspace.project().map(|project| project.folder().display().to_string());
    match (broken, folder) {
        (Some(error), folder) => {
            section.fail("sluice.toml", &error);
            if folder.is_some() {
                section.warn("settings", "everything below is said without what sluice.toml sets", None);
            }
        }
        (None, Some(folder)) => {
            let name = workspace.settings().and_then(|settings| settings.name.clone());
            let name = name.map(|name| format!("\"{name}\" in ")).unwrap_or_default();
            section.ok("sluice.toml", format!("{name}{folder} can be read"));
        }
        (None, None) => section.ok("sluice.toml", "there is no project here; your own connections are used"),
    }
    section
}

pub(super) fn folders(workspace: &Workspace) -> Section {
    let mut section = Section::new("Folders");
    match workspace.user_folder() {
        Ok(folder) => {
            let shown = folder.display();
            match inspect::private_folder(&folder, false) {
                Ok(true) => section.ok("your own folder", shown.to_string()),
                Ok(false) => section.ok("your own folder", format!("{shown}, which is made when it is needed")),
                Err(error) => section.fail("your own folder", &error.into()),
            }
            match inspect::private_file(&folder.join("identity.txt")) {
                Ok(true) => section.ok("identity", "bundles for this machine can be opened here"),
                Ok(false) => {}
                Err(error) => section.fail("identity", &error.into()),
            }
        }
        Err(error) => section.fail("your own folder", &error.into()),
    }
    if let Some(project) = workspace.project() {
        let folder = inspect::project_folder(project.folder());
        let shown = folder.display();
        match inspect::private_folder(&folder, true) {
            Ok(true) if !folder.join(".gitignore").exists() => {
                let next = format!("write a line with `*` into {}", folder.join(".gitignore").display());
                section.warn("project's secrets", format!("{shown} has no .gitignore"), Some(next));
            }
            Ok(true) => section.ok("project's secrets", shown.to_string()),
            Ok(false) => section.ok("project's secrets", format!("{shown}, which is made when it is needed")),
            Err(error) => section.fail("project's secrets", &error.into()),
        }
    }
    section
}

/// `newest` is when a record of a vault was last changed, in seconds since 1970.
pub(super) fn clock(newest: u64) -> Section {
    let mut section = Section::new("Clock");
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map(|since| since.as_secs()).unwrap_or_default();
    let shown = i64::try_from(now).ok().and_then(|seconds| jiff::Timestamp::from_second(seconds).ok());
    let shown = shown.map(|time| time.strftime("%Y-%m-%d %H:%M UTC").to_string()).unwrap_or_default();
    let next = Some("set the clock of this machine: certificates, tokens and signatures depend on it".to_owned());
    if now < EARLIEST {
        section.wrong("time", format!("it cannot be {shown}"), next);
    } else if newest > now.saturating_add(TOLERANCE) {
        section.warn("time", format!("it is {shown}, but a vault was written later than that"), next);
    } else {
        section.ok("time", shown);
    }
    section
}
