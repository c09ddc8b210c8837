//! `sluice connections sample`: a request to paste into a script or into client-side code.

use clap::Args;
use clap::builder::FalseyValueParser;

use super::super::Error;
use super::{Common, Place};

#[derive(Args, Debug)]
pub(in crate::cli) struct Options {
    /// The connection
    link_name: String,
    /// Only the block for scripts
    #[arg(long, conflicts_with = "json_form")]
    #[arg(env = "SLUICE_DELUGE", hide_env = true, value_parser = FalseyValueParser::new())]
    deluge: bool,
    /// Only the JSON form, which client-side code hands to ZOHO.CRM.CONNECTION.invoke
    #[arg(long, env = "SLUICE_JSON_FORM", hide_env = true, value_parser = FalseyValueParser::new())]
    json_form: bool,
    #[command(flatten)]
    pub(super) common: Common,
}

pub(super) fn main(options: &Options, place: &Place) -> Result<(), Error> {
    let (connections, output) = (place.connections()?, &place.output);
    let sample = connections.sample(&options.link_name)?;
    if options.common.json {
        let link_name = &options.link_name;
        output.json(&serde_json::json!({"link_name": link_name, "deluge": sample.deluge, "json": sample.json}));
        return Ok(());
    }
    let pretty = format!("{:#}\n", sample.json);
    if options.deluge {
        output.text(&sample.deluge);
    } else if options.json_form {
        output.text(&pretty);
    } else {
        output.title("Deluge");
        output.text(&sample.deluge);
        output.title("\nJSON");
        output.text(&pretty);
    }
    Ok(())
}
