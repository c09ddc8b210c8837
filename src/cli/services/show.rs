//! `sluice services show`: what a connection needs, and with `--toml` the file, from which another service can be made.

use clap::Args;
use clap::builder::FalseyValueParser;

use super::super::{Error, report};
use super::{Common, Place};
use crate::connections::{Auth, FileRegistry, Origin, Service, defaults};

#[derive(Args, Debug)]
pub(in crate::cli) struct Options {
    /// The service
    link_name: String,
    /// Print its file
    #[arg(long, env = "SLUICE_TOML", hide_env = true, conflicts_with = "json", value_parser = FalseyValueParser::new())]
    toml: bool,
    #[command(flatten)]
    pub(super) common: Common,
}

pub(super) fn main(options: &Options, place: &Place<'_>) -> Result<(), Error> {
    let registry = place.registry()?;
    if options.toml {
        place.output.text(&text_of(&options.link_name, &registry)?);
        return Ok(());
    }
    let service = registry.service(&options.link_name)?;
    place.report(&report::service(&service, &registry), &lines(&service, &registry)?);
    Ok(())
}

fn text_of(link_name: &str, registry: &FileRegistry) -> Result<String, Error> {
    if registry.origin_of_service(link_name) == Origin::Program {
        let link_name = registry.service(link_name)?.link_name.to_string();
        return Ok(defaults::text(&link_name).unwrap_or_default().to_owned());
    }
    Ok(registry.service_file(link_name, "shown")?.text)
}

fn lines(service: &Service, registry: &FileRegistry) -> Result<Vec<String>, Error> {
    let link_name = service.link_name.as_str();
    let origin = registry.origin_of_service(link_name);
    let mut lines = Vec::new();
    let mut line = |name: &str, value: &str| {
        if !value.is_empty() {
            let name = if name.is_empty() { String::new() } else { format!("{name}:") };
            lines.push(format!("{name:<14}{value}"));
        }
    };
    line("link name", link_name);
    line("name", &service.name);
    line("about", &service.description);
    line("logo", service.logo.as_deref().unwrap_or_default());
    line("kind", if origin == Origin::Program { "default" } else { "custom" });
    if origin != Origin::Program {
        line("file", &registry.service_file(link_name, "shown")?.path.display().to_string());
    }
    line("type", service.auth.type_name());
    line("stage", service.stage.as_str());
    line("hosts", &service.hosts.join(", "));
    line("", if service.hosts_verified { "" } else { "(not compared with what the provider publishes)" });
    if let Auth::OAuth2(oauth2) = &service.auth {
        for scope in &oauth2.scopes {
            line("scope", &format!("{} ({})", scope.value, scope.name));
        }
    }
    for parameter in &service.dynamic {
        let default = parameter.default.as_ref().map(|value| format!(" [default: {value}]")).unwrap_or_default();
        let follows = parameter.follows.as_ref().map(|key| format!(" [goes with {key}]")).unwrap_or_default();
        line("parameter", &format!("{} ({}){default}{follows}", parameter.key, parameter.name));
    }
    for field in service.auth.fields() {
        let needed = if field.required { "" } else { ", may be left out" };
        line("credential", &format!("{} ({}{needed})", field.key, field.name));
    }
    if let Some(verify) = &service.verify {
        line("verified by", &format!("{} {}", verify.method.as_str(), verify.url));
    }
    line("connections", &registry.connections_of(link_name).join(", "));
    Ok(lines)
}
