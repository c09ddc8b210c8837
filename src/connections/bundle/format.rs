//! What is inside a bundle: one JSON document with a version, which is read before anything else.

use std::collections::BTreeMap;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::{Bundle, BundleError, BundledConnection, BundledService, Lock, Opener, Sealed};
use crate::connections::Error;
use crate::connections::connection::{Connection, Credentials};
use crate::connections::name::LinkName;
use crate::connections::service::Service;
use crate::connections::vault::{Plain, Record};

/// The version that is written, and the only one that is read.
const VERSION: u64 = 1;

/// The document; `Text` is borrowed for writing and owned after reading.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document<Text> {
    sluice_bundle: u64,
    made_at: u64,
    made_by: String,
    access_only: bool,
    services: Vec<ServiceEntry>,
    connections: Vec<ConnectionEntry<Text>>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ServiceEntry {
    link_name: String,
    toml: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    logo: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ConnectionEntry<Text> {
    link_name: String,
    name: String,
    service: String,
    scopes: Vec<String>,
    credentials: String,
    parameters: BTreeMap<String, String>,
    default_for: Vec<String>,
    authorisations: Vec<Authorisation<Text>>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Authorisation<Text> {
    user: Option<String>,
    record: Plain<Text>,
}

impl Bundle {
    /// Encrypts the bundle; the result is a text to be written into a file.
    ///
    /// # Errors
    /// When it is too large.
    pub fn seal(&self, lock: &Lock) -> Result<Vec<u8>, Error> {
        let plain = self.to_bytes()?;
        if plain.len() as u64 > super::LARGEST / 2 {
            return Err(BundleError::TooLarge("it has more than 8 MiB").into());
        }
        lock.seal(&plain)
    }

    /// Opens a bundle. What is in it is well formed then, and no more.
    ///
    /// # Errors
    /// Every [`BundleError`] about keys and content; what is wrong with a service in it.
    pub fn open(sealed: &Sealed, opener: &Opener) -> Result<Self, Error> {
        Self::from_bytes(&sealed.open(opener)?)
    }

    fn to_bytes(&self) -> Result<Zeroizing<Vec<u8>>, Error> {
        let document = Document {
            sluice_bundle: VERSION,
            made_at: self.made_at,
            made_by: self.made_by.clone(),
            access_only: self.access_only,
            services: self.services.iter().map(ServiceEntry::of).collect(),
            connections: self.connections.iter().map(ConnectionEntry::of).collect(),
        };
        let mut bytes = Zeroizing::new(Vec::with_capacity(64 * 1024));
        serde_json::to_writer(&mut *bytes, &document).map_err(|_| Error::Internal("a bundle cannot be written"))?;
        Ok(bytes)
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        /// Read first: a later version may look different in all else.
        #[derive(Deserialize)]
        struct Version {
            sluice_bundle: u64,
        }
        let other = BundleError::Damaged("its content is no list of connections");
        let Version { sluice_bundle } = serde_json::from_slice(bytes).map_err(|_| other.clone())?;
        if sluice_bundle != VERSION {
            return Err(BundleError::Version(sluice_bundle).into());
        }
        let document: Document<String> = serde_json::from_slice(bytes).map_err(|_| other)?;
        let services = document.services.into_iter().map(ServiceEntry::read).collect::<Result<Vec<_>, _>>()?;
        let connections = document.connections.into_iter().map(ConnectionEntry::read).collect::<Result<Vec<_>, _>>()?;
        let bundle = Self {
            made_at: document.made_at,
            made_by: plain_text(document.made_by)?,
            access_only: document.access_only,
            services,
            connections,
        };
        bundle.check_names()?;
        Ok(bundle)
    }

    /// For tests of what a bundle may hold.
    #[cfg(test)]
    pub(in crate::connections) fn read_plain(bytes: &[u8]) -> Result<Self, Error> {
        Self::from_bytes(bytes)
    }

    /// What a bundle holds, before it is encrypted.
    #[cfg(test)]
    pub(in crate::connections) fn plain_bytes(&self) -> Vec<u8> {
        self.to_bytes().map(|bytes| bytes.to_vec()).unwrap_or_default()
    }

    /// Nothing may be there twice: which of the two counts would be anybody's guess.
    fn check_names(&self) -> Result<(), Error> {
        let is_repeated = |mut names: Vec<String>| {
            let count = names.len();
            names.sort_unstable();
            names.dedup();
            names.len() != count
        };
        let users =
            |one: &BundledConnection| is_repeated(one.records.iter().map(|(user, _)| format!("{user:?}")).collect());
        let services = self.services.iter().map(|one| one.service.link_name.to_string()).collect();
        let connections = self.connections.iter().map(|one| one.connection.link_name.to_string()).collect();
        match is_repeated(services) || is_repeated(connections) || self.connections.iter().any(users) {
            true => Err(BundleError::Damaged("something is in it twice").into()),
            false => Ok(()),
        }
    }
}

impl ServiceEntry {
    fn of(bundled: &BundledService) -> Self {
        Self {
            link_name: bundled.service.link_name.to_string(),
            toml: bundled.text.clone(),
            logo: bundled.logo.as_ref().map(|bytes| STANDARD.encode(bytes)),
        }
    }

    fn read(self) -> Result<BundledService, Error> {
        let service = Service::parse(
            &format!("the service \"{}\" of the bundle", plain_text(self.link_name.clone())?),
            &self.toml,
        )?;
        if service.link_name.as_str() != self.link_name {
            return Err(BundleError::Damaged("a service has two names").into());
        }
        let logo = self.logo.map(|text| STANDARD.decode(text)).transpose();
        let logo = logo.map_err(|_| BundleError::Damaged("a picture cannot be read"))?;
        Ok(BundledService { service: Arc::new(service), text: self.toml, logo })
    }
}

impl<'a> ConnectionEntry<&'a str> {
    fn of(bundled: &'a BundledConnection) -> Self {
        let connection = &bundled.connection;
        let authorisations =
            bundled.records.iter().map(|(user, record)| Authorisation { user: user.clone(), record: record.plain() });
        Self {
            link_name: connection.link_name.to_string(),
            name: connection.name.clone(),
            service: connection.service.clone(),
            scopes: connection.scopes.clone(),
            credentials: connection.credentials.as_str().to_owned(),
            parameters: connection.parameters.clone(),
            default_for: connection.default_for.clone(),
            authorisations: authorisations.collect(),
        }
    }
}

impl ConnectionEntry<String> {
    fn read(self) -> Result<BundledConnection, Error> {
        const NAME: BundleError = BundleError::Damaged("a connection has a name that cannot be one");
        let texts = |texts: Vec<String>| texts.into_iter().map(plain_text).collect::<Result<Vec<_>, _>>();
        let pairs = self.parameters.into_iter().map(|(key, value)| Ok((plain_text(key)?, plain_text(value)?)));
        let connection = Connection {
            link_name: LinkName::known(&self.link_name).ok_or(NAME)?,
            name: plain_text(self.name)?,
            service: LinkName::known(&self.service).ok_or(NAME)?.to_string(),
            scopes: texts(self.scopes)?,
            credentials: Credentials::parse(&self.credentials).ok_or(NAME)?,
            parameters: pairs.collect::<Result<_, Error>>()?,
            default_for: texts(self.default_for)?,
        };
        let record = |one: Authorisation<String>| {
            // Who names a user for the owner's credentials, or none for a user's, would get a record that nobody finds.
            super::super::create::check_user(&connection, one.user.as_deref())?;
            Ok((one.user, Record::from_plain(one.record)))
        };
        let records = self.authorisations.into_iter().map(record).collect::<Result<_, Error>>()?;
        Ok(BundledConnection { connection, records })
    }
}

/// A text that people will see.
fn plain_text(text: String) -> Result<String, Error> {
    match text.len() > 4_096 || text.chars().any(char::is_control) {
        true => Err(BundleError::Damaged("a text in it is too long or holds control characters").into()),
        false => Ok(text),
    }
}
