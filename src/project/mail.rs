//! `[mail]` of `sluice.toml`: which server mails are handed to, or the folder that they are written into instead. The
//! password is not here but in the vault, behind the connection that is named.

use super::Error;
use super::document::Table;
use crate::host::{MailServer, Security};
use crate::http::Guard;

/// What `[mail]` says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MailSettings {
    /// The server that mails are handed to.
    pub server: Option<MailServer>,
    /// The folder, below the project's, that mails are written into instead of being sent.
    pub folder: Option<String>,
}

impl MailSettings {
    /// Takes the table apart. `guard` knows the exceptions of `[network]`.
    pub(super) fn read(mut table: Table<'_>, guard: &Guard) -> Result<Self, Error> {
        let folder = table.text("folder")?.filter(|folder| !folder.is_empty());
        let server = table.spanned_text("server")?;
        let security = table.spanned_text("security")?;
        let port = table.spanned_number("port")?;
        let connection = table.text("connection")?;
        let Some((offset, host)) = server else {
            // Without a server these would do nothing, which nobody means who writes them.
            let lone = security.map(|(offset, _)| offset).or(port.map(|(offset, _)| offset));
            return match lone {
                Some(offset) => {
                    Err(table.problem(offset, "[mail] names no `server`", "add `server = \"smtp.example.com\"`"))
                }
                None => table.finish().map(|()| Self { server: None, folder }),
            };
        };
        let wrong_host = || table.wrong(offset, "server", "the name of a mail server");
        if host.contains(['/', '@', ' ']) || url::Host::parse(&host).is_err() {
            return Err(wrong_host());
        }
        let (secured, security) = match security {
            None => (offset, Security::default()),
            Some((offset, word)) => {
                let found = Security::parse(&word);
                (offset, found.ok_or_else(|| table.no_such_word(offset, "security", &word, &Security::NAMES))?)
            }
        };
        if security == Security::None && !guard.allows_plain_http(&host) {
            let problem = format!("`security` cannot be \"none\" for {host}");
            let help = "write \"starttls\" or \"tls\"; without encryption mails go only to this machine and to addresses that \
                        allow_private lists";
            return Err(table.problem(secured, problem, help));
        }
        let port = match port {
            None => security.port(),
            Some((offset, number)) => match u16::try_from(number) {
                Ok(port) if port > 0 => port,
                _ => return Err(table.wrong(offset, "port", "a number from 1 to 65535")),
            },
        };
        table.finish()?;
        Ok(Self { server: Some(MailServer { host, port, security, connection }), folder })
    }
}
