//! `sluice services list`.

use clap::Args;
use clap::builder::FalseyValueParser;
use serde_json::Value;

use super::super::table::draw;
use super::super::{Error, report};
use super::{Common, Place};
use crate::connections::{Service, defaults};

#[derive(Args, Debug)]
pub(in crate::cli) struct Options {
    /// Only those that come with Sluice
    #[arg(long, conflicts_with = "custom", env = "SLUICE_DEFAULT", hide_env = true, value_parser = FalseyValueParser::new())]
    default: bool,
    /// Only those of the project and the user
    #[arg(long, env = "SLUICE_CUSTOM", hide_env = true, value_parser = FalseyValueParser::new())]
    custom: bool,
    #[command(flatten)]
    pub(super) common: Common,
}

pub(super) fn main(options: &Options, place: &Place<'_>) -> Result<(), Error> {
    let (registry, output) = (place.registry()?, &place.output);
    let mut services: Vec<Service> = Vec::new();
    if !options.custom {
        for link_name in defaults::link_names() {
            services.extend(defaults::find(link_name)?);
        }
    }
    if !options.default {
        services.extend(registry.custom_services().map(|service| Service::clone(service)));
        registry.problems().iter().for_each(|problem| output.warning(&problem.to_string()));
    }
    services.sort_by(|a, b| a.link_name.cmp(&b.link_name));
    if place.json {
        output.json(&services.iter().map(|service| report::service(service, &registry)).collect::<Value>());
        return Ok(());
    }
    if services.is_empty() {
        output.result("There are no custom services. `sluice services create` makes one.");
        return Ok(());
    }
    let rows = services.iter().map(|service| {
        let link_name = service.link_name.as_str();
        [
            link_name.to_owned(),
            service.name.clone(),
            service.auth.type_name().to_owned(),
            service.stage.as_str().to_owned(),
            number(registry.connections_of(link_name).len()),
            report::origin_of_service(&registry, link_name).to_owned(),
        ]
    });
    output.result(&draw(["link name", "name", "type", "stage", "connections", "origin"], rows));
    Ok(())
}

/// Most services have none, and a column of zeros hides those that have.
fn number(connections: usize) -> String {
    if connections == 0 { String::new() } else { connections.to_string() }
}
