//! The vaults: where each is, what opens it, and whether it does.

use super::super::Error;
use super::super::table::count;
use super::super::workspace::Workspace;
use super::Section;
use crate::connections::vault::{FileVault, Vault};

pub(super) fn look(workspace: &Workspace) -> Section {
    let mut section = Section::new("Vaults");
    if workspace.project().is_some() {
        add(&mut section, "project's vault", workspace.vault());
    }
    add(&mut section, "your own vault", workspace.user_vault());
    section
}

fn add(section: &mut Section, what: &str, vault: Result<FileVault, Error>) {
    let looked = vault.and_then(|vault| {
        let kind = vault.key_kind()?;
        Ok((kind.is_some(), vault.ids()?.len(), vault.describe()))
    });
    match looked {
        Ok((true, records, described)) => section.ok(what, format!("{described}; {}", count(records, "authorisation"))),
        Ok((false, _, described)) => section.ok(what, described),
        Err(error) => section.fail(what, &error),
    }
}
