//! User name and password for a mail server. Like every credential they leave only for a host of their service, and under
//! the definition that they were given for; a service that lists a host without a port means the ports of mail submission
//! too.

use url::Url;

use super::Error;
use super::auth::Auth;
use super::session::Connections;
use crate::secret::Secret;

/// The ports on which mail is handed over (RFC 5321, RFC 6409, RFC 8314).
const MAIL_PORTS: [u16; 3] = [25, 465, 587];

impl Connections {
    /// User name and password of a connection of the type `basic`, for the mail server `host`. The redactor knows them
    /// before they are given out.
    ///
    /// # Errors
    /// As for [`Connections::send`], and [`Error::NoLogin`] for a connection of another type.
    pub(crate) fn mail_login(
        &self,
        link_name: &str,
        user: Option<&str>,
        host: &str,
        port: u16,
    ) -> Result<(String, Secret), Error> {
        let target = self.target(link_name, user)?;
        let service = target.service.link_name.to_string();
        let Auth::Basic(basic) = &target.service.auth else {
            return Err(Error::NoLogin { link_name: link_name.to_owned(), service });
        };
        if !addresses(host, port).any(|address| target.hosts.allow(&address)) {
            return Err(Error::InvalidDomain {
                link_name: link_name.to_owned(),
                service,
                host: format!("{host}:{port}"),
                hosts: target.hosts.texts().map(str::to_owned).collect(),
            });
        }
        let record = target.record()?;
        self.register(&target, &record);
        Ok((record.field(&basic.username.key).to_owned(), Secret::new(record.field(&basic.password.key))))
    }
}

/// The address with its port, and without it where the port is one of mail.
fn addresses(host: &str, port: u16) -> impl Iterator<Item = Url> {
    let plain = MAIL_PORTS.contains(&port).then(|| format!("https://{host}/"));
    [Some(format!("https://{host}:{port}/")), plain].into_iter().flatten().filter_map(|text| Url::parse(&text).ok())
}
