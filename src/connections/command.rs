//! A request through a connection as a curl command. The credential is put where it would go, by the same code, but what is
//! put there is the name of a variable: no vault is opened, and a connection that has no credential yet will do.

use super::auth::{Auth, Fields, Occasion};
use super::target::Target;
use super::vault::MemoryVault;
use super::{Error, FileRegistry};
use crate::http::{Command, Request, variable};
use crate::secret::Secret;
use std::sync::Arc;

impl FileRegistry {
    #[doc(hidden)] // For the command line.
    /// The command for a request through this connection. What stands in the way of sending it is a remark.
    pub fn command(&self, link_name: &str, request: Request) -> Command {
        match self.marked(link_name, &request) {
            Ok(command) => command,
            Err(error) => {
                let mut request = request;
                if matches!(error, Error::UnknownLinkName { .. }) {
                    request.set_header("Authorization", variable([link_name, "authorization"]));
                }
                Command::new(request).with_note(error.to_string())
            }
        }
    }

    fn marked(&self, link_name: &str, request: &Request) -> Result<Command, Error> {
        let connection = self.connection(link_name)?;
        let service = self.service(&connection.service)?;
        let target = Target::new(connection, service, None, Arc::new(MemoryVault::default()))?;
        let mut request = target.filled(request.clone())?;
        if let Auth::Basic(basic) = &target.service.auth {
            let [user, password] =
                [&basic.username, &basic.password].map(|half| variable([link_name, half.key.as_str()]));
            return Ok(Command::new(request).with_user(user, password));
        }
        if matches!(target.service.auth, Auth::OAuth1(_) | Auth::AwsV4(_)) {
            let note = "each request through this connection is signed anew, which is left out here";
            return Ok(Command::new(request).with_note(note));
        }
        let mut keys: Vec<String> = target.service.auth.fields().into_iter().map(|field| field.key).collect();
        keys.push("access_token".to_owned());
        let fields: Fields =
            keys.into_iter().map(|key| (key.clone(), Secret::new(variable([link_name, &key])))).collect();
        let service = target.service.link_name.as_str();
        let occasion = Occasion { link_name, service, values: &target.values, now: 0 };
        target.service.auth.apply(&occasion, &fields, &mut request)?;
        Ok(Command::new(request))
    }
}
