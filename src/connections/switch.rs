//! Switches a connection off and on again. Its credentials stay where they are; as long as it is off, none is sent.

use super::create::check_user;
use super::session::Connections;
use super::vault::{Change, Record, State};
use super::{Error, Origin};

impl Connections {
    /// Disables or enables a connection: for one user, or when none is named for all. Gives how many authorisations that
    /// are.
    ///
    /// # Errors
    /// [`Error::NotAuthorised`] when there is no authorisation to switch.
    pub async fn set_disabled(&self, link_name: &str, user: Option<&str>, disabled: bool) -> Result<usize, Error> {
        let registry = self.registry_of(link_name);
        let connection = registry.connection(link_name)?;
        let origin = registry.origin_of(link_name).unwrap_or(Origin::Program);
        let link_name = connection.link_name.as_str();
        let user = check_user(&connection, user)?;
        let vault = self.vault_of(origin);
        let (mut switched, now) = (0, self.now());
        for id in vault.ids()? {
            if id.link_name() != link_name || (user.is_some() && id.user() != user) {
                continue;
            }
            let _alone = self.alone(&id, &vault).await?;
            vault.update(&id, &mut |stored| match stored {
                Some(stored) if stored.state != State::Revoked => {
                    switched += 1;
                    let mut record = Record { updated_at: now, ..stored };
                    record.about.disabled = disabled;
                    Change::Put(Box::new(record))
                }
                _ => Change::Keep,
            })?;
        }
        if switched > 0 {
            return Ok(switched);
        }
        Err(Error::NotAuthorised {
            link_name: link_name.to_owned(),
            service: connection.service.clone(),
            user: user.map(str::to_owned),
            signs_in: self.signs_in(link_name),
        })
    }
}
