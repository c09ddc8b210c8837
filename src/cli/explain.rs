//! `sluice explain`: what a code means, why it happens and what to do, for those who know Deluge but not compilers. The
//! texts are those of `docs/errors`.

use std::sync::Arc;

use clap::Args;
use clap::builder::FalseyValueParser;
use serde_json::{Value, json};

use super::{Error, Exit, Output, Shared};
use crate::reference::{Explained, Explanation, Look, explain, explanation_index, explanation_text, explanations};
use crate::secret::Redactor;

/// The width of texts where no terminal tells one.
const WIDTH: usize = 100;

#[derive(Args, Debug)]
#[command(after_help = "\
A code may be written in any case and without what stands before the colons: null-receiver. The name of a group, such as \
limits, lists its codes; without a code, all are listed.")]
pub(super) struct Options {
    /// The codes, as they stand above a message
    #[arg(value_name = "CODE")]
    codes: Vec<String>,
    /// Print one JSON document
    #[arg(long, env = "SLUICE_JSON", hide_env = true, value_parser = FalseyValueParser::new())]
    json: bool,
}

pub(super) fn main(options: &Options, shared: &Shared) -> Exit {
    let output = Output::new(shared.color, false, Arc::new(Redactor::default()));
    let exit = match attempt(options, &output) {
        Ok(()) => Exit::Ok,
        Err(error) => output.problem(&error, options.json),
    };
    output.finish(exit)
}

fn attempt(options: &Options, output: &Output) -> Result<(), Error> {
    let width = output.width().map_or(WIDTH, |width| width.clamp(40, WIDTH));
    let look = Look { width: Some(width), colour: output.colours_results() };
    let mut texts = Vec::new();
    let mut found = Vec::new();
    for code in &options.codes {
        match explain(code) {
            Explained::Sections(sections) => {
                texts.extend(sections.iter().map(|section| explanation_text(section, look)));
                found.extend(sections);
            }
            Explained::Room(sections) => {
                texts.push(explanation_index(&sections, look));
                found.extend(sections);
            }
            Explained::Nothing(near) => return Err(Error::UnknownCode { code: code.clone(), near }),
        }
    }
    if options.codes.is_empty() {
        found.extend(explanations());
        texts.push(explanation_index(&found, look));
    }
    if options.json {
        output.json(&json!({ "explanations": found.iter().map(document).collect::<Value>() }));
    } else {
        output.styled(&texts.join("\n"));
    }
    Ok(())
}

/// A section as JSON. The field names are stable.
fn document(section: &Explanation) -> Value {
    json!({ "code": section.code, "summary": section.summary(), "text": section.text })
}
