//! A service (Creator: connector): how to authenticate with an API, and where its credentials may go. Services are TOML
//! files, the default ones included. What decides where a secret goes is also available as lines of text, the
//! *definition*: the vault seals it beside each credential, so that a later edit cannot redirect one.

use url::Url;

use super::Error;
use super::auth::{Auth, Basic};
use super::document::{Document, Table};
use super::dynamic::{DynamicParameter, placeholders};
use super::groups;
use super::hosts::{Hosts, is_loopback};
use super::logo;
use super::name::LinkName;
use super::rules::{self, BrokenRule};
use crate::http::Method;

/// A service.
#[derive(Clone, Debug, PartialEq)]
pub struct Service {
    /// The name by which connections refer to it.
    pub link_name: LinkName,
    /// The name that people read.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// The name of a picture beside its file.
    pub logo: Option<String>,
    /// Whether connections can be made.
    pub stage: Stage,
    /// Where its credentials may go, as patterns that may hold placeholders.
    pub hosts: Vec<String>,
    /// Whether the hosts were compared with what the provider publishes; `false` only in default services. It changes
    /// nothing, but tells whoever gets `connections::invalid-domain` that the list may be at fault.
    pub hosts_verified: bool,
    /// Whether its credentials may go unencrypted.
    pub plain_http: bool,
    /// How to authenticate.
    pub auth: Auth,
    /// The values that each connection gives.
    pub dynamic: Vec<DynamicParameter>,
    /// A request that proves that a connection works.
    pub verify: Option<Verification>,
}

/// Creator's stages of a custom connector.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Still being made: no connections.
    Draft,
    /// In use.
    Ready,
}

/// A request that proves that a connection works.
#[derive(Clone, Debug, PartialEq)]
pub struct Verification {
    /// Usually GET.
    pub method: Method,
    /// An address of the API.
    pub url: Url,
    /// Where the answer names the account, as a JSON pointer (RFC 6901): `/user/email`.
    pub account: Option<String>,
}

impl Service {
    /// Reads a service from the text of its file; `name` is the file's name for messages.
    ///
    /// # Errors
    /// What is wrong with the text: place, problem and cure.
    pub fn parse(name: &str, text: &str) -> Result<Self, Error> {
        Self::read(&Document::new(name, text))
    }

    /// Reads a service that comes with the program: its names are its provider's, whatever our rules for names say.
    pub(super) fn parse_default(name: &str, text: &str) -> Result<Self, Error> {
        Self::read_all(&Document::new(name, text), Names::AnyName).map_err(first)
    }

    /// Everything that is wrong with the text of a service's file, in the order of the file's tables; empty when nothing
    /// is.
    pub fn problems(name: &str, text: &str) -> Vec<Error> {
        Self::read_all(&Document::new(name, text), Names::OurRules).err().unwrap_or_default()
    }

    pub(super) fn read(document: &Document) -> Result<Self, Error> {
        Self::read_all(document, Names::OurRules).map_err(first)
    }

    fn read_all(document: &Document, names: Names) -> Result<Self, Vec<Error>> {
        let mut table = document.table().map_err(|error| vec![error])?;
        let mut problems = Vec::new();
        let link_name = keep(&mut problems, read_link_name(&mut table));
        let name = keep(&mut problems, names.read(&mut table, "name", rules::service_name)).flatten();
        let description = keep(&mut problems, names.read(&mut table, "description", rules::description)).flatten();
        let logo = keep(&mut problems, read_logo(&mut table)).flatten();
        let stage = keep(&mut problems, Stage::read(&mut table));
        let plain_http = keep(&mut problems, table.boolean("plain_http")).flatten().unwrap_or(false);
        let hosts = keep(&mut problems, read_hosts(&mut table));
        let hosts_verified = keep(&mut problems, table.boolean("hosts_verified")).flatten().unwrap_or(true);
        let auth = keep(&mut problems, read_auth(&mut table, plain_http));
        let dynamic = keep(&mut problems, read_dynamic(&mut table));
        let verify = keep(&mut problems, read_verify(&mut table, plain_http));
        if let Some(auth) = &auth
            && names == Names::OurRules
        {
            problems.extend(broken_display_names(auth, &table));
        }
        let (Some(link_name), Some(stage), Some(hosts), Some(auth), Some(dynamic), Some(verify)) =
            (link_name, stage, hosts, auth, dynamic, verify)
        else {
            problems.extend(table.finish().err());
            return Err(problems);
        };
        let name = name.unwrap_or_else(|| link_name.to_string());
        let description = description.unwrap_or_default();
        let service = Self {
            link_name,
            name,
            description,
            logo,
            stage,
            hosts,
            hosts_verified,
            plain_http,
            auth,
            dynamic,
            verify,
        };
        problems.extend(service.check_placeholders(&table).err());
        problems.extend(table.finish().err());
        if problems.is_empty() { Ok(service) } else { Err(problems) }
    }

    /// What decides where a credential goes, one setting per line.
    pub(super) fn definition(&self) -> Vec<String> {
        let mut lines = vec![format!("service = {}", self.link_name)];
        self.auth.definition(&mut lines);
        lines.push(format!("plain_http = {}", self.plain_http));
        let mut hosts: Vec<_> = self.hosts.iter().map(|host| format!("host = {host}")).collect();
        hosts.sort();
        lines.append(&mut hosts);
        if let Some(Verification { method, url, .. }) = &self.verify {
            lines.push(format!("verify = {} {url}", method.as_str()));
        }
        lines
    }

    /// SHA-256 of the definition in hexadecimal: two services with the same digest send credentials alike.
    pub fn digest(&self) -> String {
        digest(&self.definition())
    }

    /// A placeholder that no `[[dynamic]]` declares would be sent as it stands. Revocation addresses are left out: some
    /// services put the token or the client id there.
    fn check_placeholders(&self, table: &Table<'_>) -> Result<(), Error> {
        let mut texts: Vec<(&str, String)> = Vec::new();
        let mut filled: Vec<&str> = Vec::new();
        match &self.auth {
            Auth::OAuth2(oauth2) => {
                texts.push(("token_url", oauth2.token_url.to_string()));
                let url = |name, url: &Option<Url>| url.as_ref().map(|url| (name, url.to_string()));
                texts.extend(url("authorize_url", &oauth2.authorize_url));
                texts.extend(url("refresh_url", &oauth2.refresh_url));
                texts.extend(url("device_url", &oauth2.device_url));
            }
            Auth::OAuth1(oauth1) => texts.extend(oauth1.urls().map(|(name, url)| (name, url.to_string()))),
            Auth::AwsV4(aws) => {
                texts.extend([("aws_service", aws.service.clone()), ("region", aws.region.clone())]);
            }
            Auth::ApiKey(api_key) => filled.extend(api_key.placeholders()),
            Auth::Basic(_) => {}
        }
        texts.extend(self.verify.as_ref().map(|verify| ("url", verify.url.to_string())));
        texts.extend(self.hosts.iter().map(|host| ("hosts", host.clone())));
        for (name, text) in &texts {
            for key in placeholders(text) {
                let is_key = *name == "url" && filled.contains(&key);
                if !is_key && !self.dynamic.iter().any(|parameter| parameter.key.eq_ignore_ascii_case(key)) {
                    let problem = format!("`{name}` holds {{{key}}}, which no `[[dynamic]]` table declares");
                    let offset = table.find(&format!("{{{key}}}"));
                    return Err(table.problem(offset, problem, format!("add `[[dynamic]]` with `key = \"{key}\"`")));
                }
            }
        }
        Ok(())
    }
}

impl Stage {
    fn read(table: &mut Table<'_>) -> Result<Self, Error> {
        let offset = table.offset_of("stage");
        match table.text("stage")?.as_deref() {
            None | Some("ready") => Ok(Stage::Ready),
            Some("draft") => Ok(Stage::Draft),
            Some(word) => {
                Err(table.problem(offset, format!("`stage` cannot be \"{word}\""), "write \"draft\" or \"ready\""))
            }
        }
    }

    /// The word in the file.
    pub fn as_str(self) -> &'static str {
        match self {
            Stage::Draft => "draft",
            Stage::Ready => "ready",
        }
    }
}

impl Verification {
    fn read(mut table: Table<'_>, plain_http: bool) -> Result<Self, Error> {
        let offset = table.offset_of("method");
        let word = table.text("method")?.unwrap_or_else(|| "GET".to_owned());
        let Some(method) = Method::parse(&word) else {
            return Err(table.problem(offset, format!("there is no method \"{word}\""), "write \"GET\""));
        };
        let Some(url) = read_url(&mut table, "url", plain_http)? else {
            return Err(table.problem_here("`[verify] url` is missing", "add `url = \"https://…\"`"));
        };
        let offset = table.offset_of("account");
        let account = table.text("account")?;
        if account.as_ref().is_some_and(|pointer| !pointer.starts_with('/')) {
            return Err(table.problem(
                offset,
                "`[verify] account` is no JSON pointer",
                "write for example \"/user/email\"",
            ));
        }
        table.finish()?;
        Ok(Self { method, url, account })
    }
}

/// Reads an address, which may hold placeholders. Plain http is refused unless the service allows it, or it is loopback.
pub(super) fn read_url(table: &mut Table<'_>, key: &'static str, plain_http: bool) -> Result<Option<Url>, Error> {
    let offset = table.offset_of(key);
    let Some(text) = table.text(key)? else { return Ok(None) };
    let url = Url::parse(text.trim())
        .map_err(|error| table.problem(offset, format!("`{key}` is no address: {error}"), "write `https://…`"))?;
    match url.scheme() {
        "https" => {}
        "http" if plain_http || is_loopback(&url) => {}
        "http" => {
            let help = "write `https://…`, or set `plain_http = true` if this network can be trusted";
            return Err(table.problem(offset, format!("`{key}` is plain http"), help));
        }
        _ => return Err(table.problem(offset, format!("`{key}` is no web address"), "write `https://…`")),
    }
    if !url.username().is_empty() || url.password().is_some() {
        let help = "credentials belong into the connection, not into a file";
        return Err(table.problem(offset, format!("`{key}` holds a user name or password"), help));
    }
    Ok(Some(url))
}

/// SHA-256 of lines in hexadecimal.
pub(super) fn digest(lines: &[String]) -> String {
    use sha2::Digest;
    let mut hash = sha2::Sha256::new();
    for line in lines {
        hash.update(line.as_bytes());
        hash.update(b"\n");
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn read_hosts(table: &mut Table<'_>) -> Result<Vec<String>, Error> {
    let offset = table.offset_of("hosts");
    let help = "add `hosts = [\"api.acme.test\"]`: the exact hosts, or `*.acme.test`, where its credentials may go";
    let Some(hosts) = table.texts("hosts")? else {
        return Err(table.problem(offset, "`hosts` is missing", help));
    };
    let hosts =
        groups::expand(hosts).map_err(|problem| table.problem(offset, format!("`hosts`: {problem}"), groups::HELP))?;
    // A placeholder has the shape of a label, so the pattern can be checked before its value is known.
    Hosts::parse(hosts.iter().map(String::as_str))
        .map_err(|problem| table.problem(offset, format!("`hosts`: {problem}"), help))?;
    Ok(hosts)
}

/// Whose rules the names of a service follow.
#[derive(Clone, Copy, PartialEq)]
enum Names {
    /// Ours, which are Zoho's for custom connectors.
    OurRules,
    /// Nobody's.
    AnyName,
}

impl Names {
    fn read(
        self,
        table: &mut Table<'_>,
        key: &'static str,
        rule: impl Fn(&str) -> Result<(), BrokenRule>,
    ) -> Result<Option<String>, Error> {
        let offset = table.offset_of(key);
        let Some(text) = table.text(key)? else { return Ok(None) };
        match rule(&text) {
            Err(broken) if self == Names::OurRules => {
                Err(table.problem(offset, format!("`{key}` {}", broken.problem), broken.help))
            }
            _ => Ok(Some(text)),
        }
    }
}

/// A name that is not given is the key or the value itself, which has no rule.
fn broken_display_names(auth: &Auth, table: &Table<'_>) -> Vec<Error> {
    let names: Vec<(&str, &str)> = match auth {
        Auth::ApiKey(api_key) => api_key.parameters.iter().map(|one| (&*one.name, &*one.key)).collect(),
        Auth::OAuth2(oauth2) => oauth2.scopes.iter().map(|one| (&*one.name, &*one.value)).collect(),
        Auth::Basic(basic) if *basic != Basic::default() => {
            [&basic.username, &basic.password].map(|one| (&*one.name, &*one.key)).into()
        }
        Auth::Basic(_) | Auth::OAuth1(_) | Auth::AwsV4(_) => Vec::new(),
    };
    let broken = |(name, key): (&str, &str)| {
        let broken = rules::display_name(name).err().filter(|_| name != key)?;
        let problem = format!("the name \"{}\" of `{key}` {}", name.escape_debug(), broken.problem);
        Some(table.problem(table.find(&format!("\"{name}\"")), problem, broken.help))
    };
    names.into_iter().filter_map(broken).collect()
}

fn read_link_name(table: &mut Table<'_>) -> Result<LinkName, Error> {
    let offset = table.offset_of("link_name");
    LinkName::of_service(&table.required_text("link_name")?)
        .map_err(|error| table.problem(offset, error.to_string(), error.help()))
}

fn read_logo(table: &mut Table<'_>) -> Result<Option<String>, Error> {
    let offset = table.offset_of("logo");
    let Some(name) = table.text("logo")? else { return Ok(None) };
    let help = "write the name of a PNG or JPEG beside this file, such as \"acme.png\"";
    logo::check_name(&name).map_err(|problem| {
        let problem = format!("`logo` {problem}: \"{}\"", name.escape_debug());
        table.problem(offset, problem, help)
    })?;
    Ok(Some(name))
}

fn read_auth(table: &mut Table<'_>, plain_http: bool) -> Result<Auth, Error> {
    match table.table("auth")? {
        Some(auth) => Auth::read(auth, plain_http),
        None => Err(table.problem_here("`[auth]` is missing", "add a table `[auth]` with `type = \"…\"`")),
    }
}

fn read_dynamic(table: &mut Table<'_>) -> Result<Vec<DynamicParameter>, Error> {
    let offset = table.offset_of("dynamic");
    let all = table.tables("dynamic")?.into_iter().map(DynamicParameter::read).collect::<Result<Vec<_>, _>>()?;
    match DynamicParameter::check_all(&all) {
        Ok(()) => Ok(all),
        Err((problem, help)) => Err(table.problem(offset, problem, help)),
    }
}

fn read_verify(table: &mut Table<'_>, plain_http: bool) -> Result<Option<Verification>, Error> {
    table.table("verify")?.map(|table| Verification::read(table, plain_http)).transpose()
}

/// The result, or its problem among the others.
fn keep<T>(problems: &mut Vec<Error>, result: Result<T, Error>) -> Option<T> {
    result.map_err(|error| problems.push(error)).ok()
}

fn first(problems: Vec<Error>) -> Error {
    problems.into_iter().next().unwrap_or(Error::Internal("a service is wrong without a problem"))
}
