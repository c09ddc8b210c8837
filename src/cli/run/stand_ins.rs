//! What answers in place of the world: files of mocks, and the folder that mails are written into. They stand before the
//! driver of the run, live or dry, mocks first.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::SystemTime;

use clap::Args;
use clap::builder::FalseyValueParser;

use super::super::workspace::Workspace;
use super::super::{Error, Output};
use super::{Network, dry};
use crate::environment::{Clock, Environment};
use crate::host::{Driver, MailFolder, Mock};
use crate::project::Mocks;

// The options of stand-ins. No doc comment, which would take the place of the verb's.
#[derive(Args, Clone, Debug, Default)]
pub(in crate::cli) struct StandInOptions {
    /// Write mails into this folder instead of sending them
    #[arg(long, value_name = "DIR", env = "SLUICE_MAILS", hide_env = true)]
    mails: Option<PathBuf>,
    /// Answer requests, mails and other tasks by the rules of this file
    #[arg(long, value_name = "FILE.toml", env = "SLUICE_MOCK", hide_env = true, value_delimiter = ',')]
    mock: Vec<PathBuf>,
    /// Fail what no mock answers, instead of sending it
    #[arg(long, env = "SLUICE_MOCK_ONLY", hide_env = true, value_parser = FalseyValueParser::new())]
    mock_only: bool,
}

/// The stand-ins of a run.
pub(in crate::cli) struct StandIns {
    mocks: Mocks,
    mails: Option<PathBuf>,
    date: Option<SystemTime>,
    dry: bool,
    mock: OnceLock<Arc<Mock>>,
}

impl StandIns {
    /// Reads the files.
    pub(in crate::cli) fn read(
        options: &StandInOptions,
        dry: bool,
        workspace: &Workspace,
        environment: &Environment,
    ) -> Result<Self, Error> {
        let mut mocks = Mocks::default();
        for file in options.mock.iter().filter(|file| !file.as_os_str().is_empty()) {
            mocks.add(file)?;
        }
        mocks.strict |= options.mock_only;
        let mails = options.mails.clone().filter(|folder| !folder.as_os_str().is_empty());
        // A run whose clock stands still writes the same files again; one that is dry has no date of its own.
        let date = match environment.clock {
            Clock::Fixed(instant) => Some(SystemTime::from(instant)),
            Clock::System if dry => None,
            Clock::System => Some(SystemTime::now()),
        };
        Ok(Self { mocks, mails: mails.or_else(|| workspace.mail_folder()), date, dry, mock: OnceLock::new() })
    }

    /// The driver with the stand-ins before it.
    pub(in crate::cli) fn before(
        &self,
        driver: Arc<dyn Driver>,
        network: &Network,
        output: &Arc<Output>,
    ) -> Arc<dyn Driver> {
        let driver = match &self.mails {
            Some(folder) => self.mail_folder(folder, driver, output),
            None => driver,
        };
        if self.mocks == Mocks::default() {
            return driver;
        }
        let mock = Mock::new(self.mocks.rules.clone(), network.limits(), driver);
        let mock = Arc::new(if self.mocks.strict { mock.strict() } else { mock });
        Arc::clone(self.mock.get_or_init(|| mock)) as Arc<dyn Driver>
    }

    /// Says at the end which mocks nothing asked for, since that is mostly a slip in their conditions.
    pub(in crate::cli) fn note_unused(&self, output: &Output) {
        for name in self.mock.get().map(|mock| mock.unused()).unwrap_or_default() {
            output.note(&format!("note: {name}: this mock was never used"));
        }
    }

    fn mail_folder(&self, folder: &Path, inner: Arc<dyn Driver>, output: &Arc<Output>) -> Arc<dyn Driver> {
        let (dry, teller) = (self.dry, Arc::clone(output));
        let driver = MailFolder::new(folder, Arc::clone(output.redactor()), inner).on_written(move |effect, path| {
            if dry {
                dry::tell(effect, &teller);
            }
            teller.note(&format!("* line {}: the mail was written to {}", effect.line, path.display()));
        });
        Arc::new(match self.date {
            Some(date) => driver.dated(date),
            None => driver,
        })
    }
}
