//! What a script is told of the world besides its arguments: clock, dates, random numbers, and the values of system
//! variables. An option counts before `sluice.toml`.

use clap::Args;

use super::Error;
use super::dates::Dates;
use crate::builtins::SYSTEM_VARIABLES;
use crate::environment::{Environment, Randomness};
use crate::project::Settings;
use crate::value::Data;

#[derive(Args, Clone, Debug, Default)]
pub(super) struct Surroundings {
    #[command(flatten)]
    dates: Dates,
    /// The value of a system variable, by its name after `zoho.`: loginuserid=asha@example.com
    #[arg(long, value_name = "NAME=VALUE", env = "SLUICE_SYSTEM", hide_env = true)]
    system: Vec<String>,
    /// Where random numbers begin, so that each run has the same [default: different ones each time]
    #[arg(long, value_name = "NUMBER", env = "SLUICE_SEED", hide_env = true)]
    seed: Option<u64>,
}

impl Surroundings {
    /// Sets an environment.
    pub(super) fn apply(&self, settings: Option<&Settings>, environment: &mut Environment) -> Result<(), Error> {
        self.dates.apply(settings, environment)?;
        if let Some(seed) = self.seed {
            environment.randomness = Randomness::Seed(seed);
        }
        for given in &self.system {
            let (name, value) = given.split_once('=').ok_or_else(|| Error::SystemForm { given: given.clone() })?;
            let name = name.trim().to_lowercase();
            let name = name.strip_prefix("zoho.").unwrap_or(&name);
            let known = || SYSTEM_VARIABLES.iter().filter(|variable| variable.function.is_none());
            if !known().any(|variable| variable.name == name) {
                return Err(Error::NoSuchName {
                    what: "system variable",
                    name: name.to_owned(),
                    known: known().map(|variable| variable.name.to_owned()).collect(),
                });
            }
            environment.system.insert(name.to_owned(), Data::Text(value.to_owned()));
        }
        Ok(())
    }
}
