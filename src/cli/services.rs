//! `sluice services`: what connections are made with. The default services come with the program; custom ones are files.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::builder::FalseyValueParser;
use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::table::{draw, some};
use super::workspace::Workspace;
use super::{Error, Exit, Output, Shared, report};
use crate::connections::{FileRegistry, Service, defaults};
use crate::secret::Redactor;

#[derive(Debug, Subcommand)]
pub(super) enum Verb {
    /// List the services
    List(List),
    /// Show one service and what a connection needs
    Show(Show),
    /// Add a service from its file
    Create(Create),
    /// Check a service file without adding it
    Validate(Validate),
}

#[derive(Args, Debug)]
pub(super) struct List {
    /// Only those that come with Sluice
    #[arg(long, conflicts_with = "custom", env = "SLUICE_DEFAULT", hide_env = true, value_parser = FalseyValueParser::new())]
    default: bool,
    /// Only those of the project and the user
    #[arg(long, env = "SLUICE_CUSTOM", hide_env = true, value_parser = FalseyValueParser::new())]
    custom: bool,
    #[command(flatten)]
    common: Common,
}

#[derive(Args, Debug)]
pub(super) struct Show {
    /// The service
    link_name: String,
    #[command(flatten)]
    common: Common,
}

#[derive(Args, Debug)]
pub(super) struct Create {
    /// The service's file
    #[arg(long, value_name = "FILE.toml", env = "SLUICE_FILE", hide_env = true)]
    file: PathBuf,
    #[command(flatten)]
    common: Common,
}

#[derive(Args, Debug)]
pub(super) struct Validate {
    /// The service's file
    file: PathBuf,
    #[command(flatten)]
    common: Common,
}

/// The options that all of these verbs have.
#[derive(Args, Debug)]
struct Common {
    /// Use the user's own services, also inside a project folder
    #[arg(long, env = "SLUICE_USER_REGISTRY", hide_env = true, value_parser = FalseyValueParser::new())]
    user_registry: bool,
    /// Print one JSON document
    #[arg(long, env = "SLUICE_JSON", hide_env = true, value_parser = FalseyValueParser::new())]
    json: bool,
}

pub(super) fn main(verb: Verb, shared: &Shared) -> Exit {
    let common = match &verb {
        Verb::List(options) => &options.common,
        Verb::Show(options) => &options.common,
        Verb::Create(options) => &options.common,
        Verb::Validate(options) => &options.common,
    };
    let output = Output::new(shared.color, false, Arc::new(Redactor::default()));
    let exit = match attempt(&verb, common, shared, &output) {
        Ok(()) => Exit::Ok,
        Err(error) => output.problem(&error, common.json),
    };
    output.finish(exit)
}

fn attempt(verb: &Verb, common: &Common, shared: &Shared, output: &Output) -> Result<(), Error> {
    if let Verb::Validate(options) = verb {
        return validate(&options.file, common.json, output);
    }
    let workspace = if common.user_registry { Workspace::of_user() } else { Workspace::open(shared)? };
    let mut registry = workspace.registry()?;
    match verb {
        Verb::List(options) => list(options, &registry, output),
        Verb::Show(options) => show(&options.link_name, &registry, common.json, output),
        Verb::Create(options) => create(&options.file, &mut registry, common.json, output),
        Verb::Validate(_) => Ok(()),
    }
}

fn list(options: &List, registry: &FileRegistry, output: &Output) -> Result<(), Error> {
    let mut services: Vec<(Service, bool)> = Vec::new();
    if !options.custom {
        for link_name in defaults::link_names() {
            services.extend(defaults::find(link_name)?.map(|service| (service, true)));
        }
    }
    if !options.default {
        services.extend(registry.custom_services().map(|service| (Service::clone(service), false)));
        registry.problems().iter().for_each(|problem| output.warning(&problem.to_string()));
    }
    services.sort_by(|(a, _), (b, _)| a.link_name.cmp(&b.link_name));
    if options.common.json {
        output.json(
            &services.iter().map(|(service, is_default)| report::service(service, *is_default)).collect::<Value>(),
        );
        return Ok(());
    }
    if services.is_empty() {
        output.result("There are no custom services. `sluice services create --file FILE` adds one.");
        return Ok(());
    }
    let rows = services.iter().map(|(service, is_default)| {
        [
            service.link_name.to_string(),
            service.name.clone(),
            if *is_default { "default" } else { "custom" }.to_owned(),
            service.auth.type_name().to_owned(),
            service.stage.as_str().to_owned(),
            some(&service.hosts, 2),
        ]
    });
    output.result(&draw(["link name", "name", "kind", "type", "stage", "hosts"], rows));
    Ok(())
}

fn show(link_name: &str, registry: &FileRegistry, json: bool, output: &Output) -> Result<(), Error> {
    let service = registry.service(link_name)?;
    let is_default = !registry.custom_services().any(|custom| custom.link_name == service.link_name);
    if json {
        output.json(&report::service(&service, is_default));
        return Ok(());
    }
    let line = |name: &str, value: &str| {
        if !value.is_empty() {
            let name = if name.is_empty() { String::new() } else { format!("{name}:") };
            output.result(&format!("{name:<14}{value}"));
        }
    };
    line("link name", service.link_name.as_str());
    line("name", &service.name);
    line("about", &service.description);
    line("kind", if is_default { "default" } else { "custom" });
    line("type", service.auth.type_name());
    line("stage", service.stage.as_str());
    line("hosts", &service.hosts.join(", "));
    line("", if service.hosts_verified { "" } else { "(not compared with what the provider publishes)" });
    for parameter in &service.dynamic {
        let default = parameter.default.as_ref().map(|value| format!(" [default: {value}]")).unwrap_or_default();
        line("parameter", &format!("{} ({}){default}", parameter.key, parameter.name));
    }
    for field in service.auth.fields() {
        let needed = if field.required { "" } else { ", may be left out" };
        line("credential", &format!("{} ({}{needed})", field.key, field.name));
    }
    Ok(())
}

fn create(file: &Path, registry: &mut FileRegistry, json: bool, output: &Output) -> Result<(), Error> {
    let service = registry.install_service(file)?;
    if json {
        output.json(&json!({"service": report::service(&service, false)}));
        return Ok(());
    }
    let link_name = &service.link_name;
    output.result(&format!(
        "The service \"{link_name}\" is there; its credentials may go to {}.",
        service.hosts.join(", ")
    ));
    output.result(&format!("`sluice connections create NAME --service {link_name}` makes a connection."));
    Ok(())
}

fn validate(file: &Path, json: bool, output: &Output) -> Result<(), Error> {
    let name = file.display().to_string();
    let text =
        std::fs::read_to_string(file).map_err(|error| Error::Read { what: name.clone(), reason: error.to_string() })?;
    match Service::parse(&name, &text) {
        Ok(service) if json => {
            output.json(&json!({"path": name, "ok": true, "service": report::service(&service, false)}));
        }
        Ok(service) => {
            let (link_name, kind) = (&service.link_name, service.auth.type_name());
            output.result(&format!("{name}: the service \"{link_name}\" ({kind}) is right."));
        }
        Err(error) => return Err(error.into()),
    }
    Ok(())
}
