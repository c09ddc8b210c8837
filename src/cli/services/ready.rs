//! `sluice services ready`: the step from draft to ready, which cannot be taken back.

use clap::Args;
use serde_json::json;
use toml_edit::DocumentMut;

use super::super::{Error, report};
use super::toml::set;
use super::{Common, Place};
use crate::connections::{Service, Stage};

#[derive(Args, Debug)]
pub(in crate::cli) struct Options {
    /// The service
    link_name: String,
    #[command(flatten)]
    pub(super) common: Common,
}

pub(super) fn main(options: &Options, place: &Place<'_>) -> Result<(), Error> {
    let link_name = &options.link_name;
    let mut registry = place.registry()?;
    let file = registry.service_file(link_name, "edited")?;
    let mut service = std::sync::Arc::new(Service::parse(&file.path.display().to_string(), &file.text)?);
    let mut line = format!("The service \"{link_name}\" is ready already.");
    if service.stage == Stage::Draft {
        let mut document: DocumentMut = file.text.parse().map_err(|error: toml_edit::TomlError| Error::Read {
            what: file.path.display().to_string(),
            reason: error.message().to_owned(),
        })?;
        set(&mut document, "stage", "ready");
        service = registry.replace_service_file(&file, &document.to_string(), None)?;
        line =
            format!("The service \"{link_name}\" is ready; its authentication type and parameters stay as they are.");
    }
    let next = format!("`sluice connections create NAME --service {link_name}` makes a connection.");
    place.report(&json!({"service": report::service(&service, &registry)}), &[line, next]);
    Ok(())
}
