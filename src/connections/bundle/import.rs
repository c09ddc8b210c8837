//! Takes in what a bundle holds, in an order in which a failure leaves nothing that is of no use: services, then for each
//! connection its authorisations, then its entry. Importing the same bundle again goes on where it stopped.

use std::io::Write;
use std::sync::PoisonError;

use super::plan::compare;
use super::{Bundle, BundleError, BundledConnection, BundledService, Planned, Verdict};
use crate::connections::Error;
use crate::connections::session::Connections;
use crate::connections::vault::{Change, Record};

impl Planned {
    /// The error that names what was left out, if anything was.
    pub fn complaint(&self) -> Option<Error> {
        let (what, replaceable) = self.left_out();
        (!what.is_empty()).then(|| BundleError::LeftOut { what, replaceable }.into())
    }
}

impl Connections {
    /// Takes in what [`Connections::plan_import`] says, and gives what was done.
    ///
    /// # Errors
    /// Files and vaults that cannot be written. What came before is in.
    pub async fn import(&self, bundle: &Bundle, replace: bool) -> Result<Planned, Error> {
        let mut planned = self.plan_import(bundle, replace)?;
        let mut steps = planned.steps.iter_mut();
        for (bundled, step) in bundle.services.iter().zip(steps.by_ref()) {
            if step.verdict.changes() {
                self.add_bundled_service(bundled)?;
            }
        }
        for bundled in &bundle.connections {
            let Some(step) = steps.next() else { break };
            let (is_new, is_replaced) = (step.verdict == Verdict::New, matches!(step.verdict, Verdict::Replaces(_)));
            if is_replaced {
                let registry = self.registry_of(bundled.connection.link_name.as_str());
                registry.replace_connection(bundled.connection.clone())?;
            }
            for ((user, record), step) in bundled.records.iter().zip(steps.by_ref()) {
                if step.verdict.changes() {
                    step.verdict = self.put_bundled(bundle, bundled, user.as_deref(), record, replace).await?;
                }
            }
            if is_new {
                let registry = self.registry_of(bundled.connection.link_name.as_str());
                registry.create_connection(bundled.connection.clone())?;
            }
        }
        Ok(planned)
    }

    fn add_bundled_service(&self, bundled: &BundledService) -> Result<(), Error> {
        let name = format!("the service \"{}\" of the bundle", bundled.service.link_name);
        let logo = bundled.logo.as_ref().zip(bundled.service.logo.as_ref());
        let logo = logo.map(|(bytes, name)| -> std::io::Result<_> {
            let folder = tempfile::tempdir()?;
            let path = folder.path().join(name);
            std::fs::File::create(&path)?.write_all(bytes)?;
            Ok((folder, path))
        });
        let logo = logo.transpose().map_err(|error| Error::file("write", &std::env::temp_dir(), &error))?;
        let mut registry = self.program.write().unwrap_or_else(PoisonError::into_inner);
        registry.add_service_file(&name, &bundled.text, logo.as_ref().map(|(_, path)| path.as_path())).map(|_| ())
    }

    /// Writes one authorisation, unless it is no longer what the plan saw.
    async fn put_bundled(
        &self,
        bundle: &Bundle,
        bundled: &BundledConnection,
        user: Option<&str>,
        record: &Record,
        replace: bool,
    ) -> Result<Verdict, Error> {
        let target = match self.target_for(bundle, bundled, user) {
            Ok(target) => target,
            Err(why) => return Ok(Verdict::Refused(vec![why])),
        };
        let _alone = self.alone(&target.id, &target.vault).await?;
        let mut verdict = Verdict::New;
        target.vault.update(&target.id, &mut |stored| {
            verdict = compare(stored.as_ref(), record, replace);
            match verdict.changes() {
                true => Change::Put(Box::new(record.clone())),
                false => Change::Keep,
            }
        })?;
        Ok(verdict)
    }
}
