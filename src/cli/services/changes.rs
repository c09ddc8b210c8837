//! Settings given as options, put into the text of a service's file.

use std::path::{Path, PathBuf};

use toml_edit::{DocumentMut, Table};

use super::super::Error;
use super::fields::{Fields, Removals};
use super::toml::{put, remove, set, set_text, strip, table, texts};

impl Fields {
    /// The text of a new service's file.
    pub(super) fn to_text(&self, link_name: &str, ready: bool) -> Result<String, Error> {
        let mut document = DocumentMut::new();
        set(&mut document, "link_name", link_name);
        let top = Fields { name: self.name.clone(), description: self.description.clone(), ..Fields::default() };
        top.apply_top(&mut document, link_name);
        set(&mut document, "stage", if ready { "ready" } else { "draft" });
        self.apply(&mut document, link_name, &Removals::default())?;
        Ok(document.to_string())
    }

    /// Puts what was given into the document, and takes out what is to go.
    pub(super) fn apply(&self, document: &mut DocumentMut, link_name: &str, removals: &Removals) -> Result<(), Error> {
        self.apply_top(document, link_name);
        if let Some(auth_type) = self.auth_type.map(super::fields::AuthType::as_str)
            && let Some(auth) = table(document, "auth")
            && auth.get("type").and_then(toml_edit::Item::as_str) != Some(auth_type)
        {
            // The settings of one type mean nothing to another.
            auth.clear();
            set(auth, "type", auth_type);
        }
        if let Some(auth) = table(document, "auth") {
            self.apply_auth(auth, removals)?;
        }
        for given in &self.dynamic {
            let (key, name) = halves(given);
            put(
                document,
                "dynamic",
                true,
                ("key", key),
                &name.map(|name| ("name", name)).into_iter().collect::<Vec<_>>(),
            );
        }
        for key in &removals.remove_dynamic {
            taken_out(document, "dynamic", "key", key, "dynamic parameter")?;
        }
        self.apply_verify(document);
        Ok(())
    }

    /// The file of the logo that was given.
    pub(super) fn logo_file(&self) -> Option<PathBuf> {
        self.logo.as_ref().filter(|logo| !logo.is_empty()).map(PathBuf::from)
    }

    fn apply_top(&self, document: &mut Table, link_name: &str) {
        if let Some(name) = &self.name {
            set_text(document, "name", name);
        }
        if let Some(description) = &self.description {
            set_text(document, "description", description);
        }
        if let Some(logo) = &self.logo {
            set_text(document, "logo", &logo_name(link_name, logo));
        }
        if !self.host.is_empty() {
            set(document, "hosts", texts(&self.host));
        }
        if let Some(plain_http) = self.plain_http {
            set(document, "plain_http", plain_http);
        }
    }

    fn apply_auth(&self, auth: &mut Table, removals: &Removals) -> Result<(), Error> {
        let given = [
            ("grant", &self.grant),
            ("request_token_url", &self.request_token_url),
            ("authorize_url", &self.authorize_url),
            ("access_token_url", &self.access_token_url),
            ("token_url", &self.token_url),
            ("refresh_url", &self.refresh_url),
            ("revoke_url", &self.revoke_url),
            ("device_url", &self.device_url),
            ("client_auth", &self.client_auth),
            ("bearer_name", &self.bearer_name),
            ("signature", &self.signature),
            ("aws_service", &self.aws_service),
            ("region", &self.region),
        ];
        for (key, text) in given.into_iter().filter_map(|(key, text)| Some((key, text.as_ref()?))) {
            set_text(auth, key, text);
        }
        if let Some(location) = self.location {
            // It is the place of all that do not say their own below.
            strip(auth, "parameters", "location");
            set(auth, "location", location.as_str());
        }
        if let Some(expiry) = self.expiry {
            set(auth, "expiry", i64::from(expiry));
        }
        if let Some(delimiter) = self.scope_delimiter {
            set(auth, "scope_delimiter", delimiter.as_str());
        }
        for given in &self.parameter {
            let (location, rest) = place_of(given);
            let (key, name) = halves(rest);
            let rest = [name.map(|name| ("name", name)), location.map(|location| ("location", location))];
            put(auth, "parameters", false, ("key", key), &rest.into_iter().flatten().collect::<Vec<_>>());
        }
        for key in &removals.remove_parameter {
            taken_out(auth, "parameters", "key", key, "parameter")?;
        }
        for given in &self.scope {
            let (value, name) = halves(given);
            put(
                auth,
                "scopes",
                false,
                ("value", value),
                &name.map(|name| ("name", name)).into_iter().collect::<Vec<_>>(),
            );
        }
        for value in &removals.remove_scope {
            taken_out(auth, "scopes", "value", value, "scope")?;
        }
        Ok(())
    }

    fn apply_verify(&self, document: &mut DocumentMut) {
        if self.verify.as_deref() == Some("") {
            document.remove("verify");
            return;
        }
        let given = [("method", &self.verify_method), ("url", &self.verify)];
        for (key, text) in given.into_iter().filter_map(|(key, text)| Some((key, text.as_ref()?))) {
            if let Some(verify) = table(document, "verify") {
                set_text(verify, key, text);
            }
        }
    }
}

fn taken_out(table: &mut Table, list: &str, key: &str, id: &str, what: &'static str) -> Result<(), Error> {
    remove(table, list, key, id).map_err(|known| Error::NoSuchName { what, name: id.to_owned(), known })
}

/// `KEY=NAME`, or a key alone.
fn halves(text: &str) -> (&str, Option<&str>) {
    match text.split_once('=') {
        Some((key, name)) => (key.trim(), Some(name.trim())),
        None => (text.trim(), None),
    }
}

/// The place in front of a parameter.
fn place_of(text: &str) -> (Option<&str>, &str) {
    match text.split_once(':') {
        Some((place @ ("query" | "form" | "header"), rest)) => (Some(place), rest),
        _ => (None, text),
    }
}

/// The copy of a logo is called after its service, so that no two have the same.
fn logo_name(link_name: &str, given: &str) -> String {
    match Path::new(given).extension() {
        Some(extension) if !given.is_empty() => {
            format!("{link_name}.{}", extension.to_string_lossy().to_ascii_lowercase())
        }
        _ => given.to_owned(),
    }
}
