//! One entry of `connections.toml`: an instance of a service with its scopes and parameters. It holds no secret, so it
//! can be committed; the credentials are in the vault under its link name.

use std::collections::BTreeMap;

use super::Error;
use super::document::Table;
use super::name::LinkName;

/// A connection as it is defined.
#[derive(Clone, Debug, PartialEq)]
pub struct Connection {
    /// The name that scripts use.
    pub link_name: LinkName,
    /// The name that people read.
    pub name: String,
    /// The link name of its service.
    pub service: String,
    /// The scopes that were or are to be granted.
    pub scopes: Vec<String>,
    /// Whose credentials a run uses.
    pub credentials: Credentials,
    /// Values of the service's dynamic parameters.
    pub parameters: BTreeMap<String, String>,
    /// The groups of integration tasks (`crm`, `bigin`, …) that use this connection when a call names none.
    pub default_for: Vec<String>,
}

/// Whose credentials a run uses: Zoho's switch "use credentials of login user".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Credentials {
    /// The owner's, whoever runs the script.
    #[default]
    Owner,
    /// Those of the user who runs the script.
    User,
}

impl Connection {
    /// A connection of the owner's without scopes and parameters.
    pub fn new(link_name: LinkName, service: impl Into<String>) -> Self {
        Self {
            name: link_name.to_string(),
            link_name,
            service: service.into(),
            scopes: Vec::new(),
            credentials: Credentials::Owner,
            parameters: BTreeMap::new(),
            default_for: Vec::new(),
        }
    }

    pub(super) fn read(link_name: &str, mut table: Table<'_>) -> Result<Self, Error> {
        let Some(link_name) = LinkName::known(link_name) else {
            return Err(table.problem_here(
                format!("\"{link_name}\" cannot be a link name"),
                "use lower-case letters, digits and `_`",
            ));
        };
        let offset = table.offset_of("credentials");
        let credentials = table.text("credentials")?;
        let credentials = match credentials.as_deref() {
            None => Credentials::Owner,
            Some(word) => Credentials::parse(word).ok_or_else(|| {
                table.problem(offset, format!("`credentials` cannot be \"{word}\""), "write \"owner\" or \"user\"")
            })?,
        };
        let connection = Self {
            name: table.text("name")?.unwrap_or_else(|| link_name.to_string()),
            link_name,
            service: table.required_text("service")?,
            scopes: table.texts("scopes")?.unwrap_or_default(),
            credentials,
            parameters: table.named_texts("parameters")?,
            default_for: table.texts("default_for")?.unwrap_or_default(),
        };
        table.finish()?;
        Ok(connection)
    }

    /// The entry as it is written into `connections.toml`.
    pub(super) fn to_toml(&self) -> toml::Table {
        let texts = |texts: &[String]| toml::Value::Array(texts.iter().cloned().map(toml::Value::String).collect());
        let mut table = toml::Table::new();
        table.insert("name".to_owned(), self.name.clone().into());
        table.insert("service".to_owned(), self.service.clone().into());
        table.insert("scopes".to_owned(), texts(&self.scopes));
        table.insert("credentials".to_owned(), self.credentials.as_str().into());
        if !self.parameters.is_empty() {
            let parameters = self.parameters.iter().map(|(key, value)| (key.clone(), value.clone().into())).collect();
            table.insert("parameters".to_owned(), toml::Value::Table(parameters));
        }
        if !self.default_for.is_empty() {
            table.insert("default_for".to_owned(), texts(&self.default_for));
        }
        table
    }
}

impl Credentials {
    /// `owner` or `user`.
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "owner" => Some(Credentials::Owner),
            "user" => Some(Credentials::User),
            _ => None,
        }
    }

    /// The word in the file.
    pub fn as_str(self) -> &'static str {
        match self {
            Credentials::Owner => "owner",
            Credentials::User => "user",
        }
    }
}
