//! What an edit or the end of a service means for its connections: all of them are revoked (Zoho help page
//! "Connections"), so that no credential outlives the definition it was given for.

use std::sync::PoisonError;

use super::session::Connections;
use super::vault::Change;
use super::{Error, Origin};

impl Connections {
    /// Forgets every authorisation of all connections of a service. The connections stay defined, and each can be
    /// authorised again. Gives the link names of those that had an authorisation.
    ///
    /// # Errors
    /// A vault that cannot be opened or written; what was forgotten before stays forgotten.
    pub fn forget_authorisations(&self, service: &str) -> Result<Vec<String>, Error> {
        let registry = self.program.read().unwrap_or_else(PoisonError::into_inner);
        let mut forgotten = Vec::new();
        for link_name in registry.connections_of(service) {
            let origin = registry.origin_of(&link_name).unwrap_or(Origin::Program);
            let vault = self.vault_of(origin);
            for id in vault.ids()?.iter().filter(|id| id.link_name() == link_name) {
                vault.update(id, &mut |_| Change::Delete)?;
                forgotten.push(link_name.clone());
            }
        }
        forgotten.dedup();
        Ok(forgotten)
    }
}
