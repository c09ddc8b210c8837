//! The questions of `sluice services create` on a terminal. Only what no option gave is asked for; a bad answer is asked for
//! again with the rule that it breaks, so that what comes out can be written as it is.

use std::io::{BufRead, Write};
use std::path::Path;

use url::Url;

use super::super::Error;
use super::fields::{AuthType, Delimiter, Fields, Location};
use crate::connections::{self, Hosts, LinkName, check_logo};

/// More scopes than these a service cannot have.
const MOST_SCOPES: usize = 50;

/// What is known of a service that is being made.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) link_name: Option<String>,
    pub(super) fields: Fields,
    pub(super) ready: bool,
}

/// A person who answers.
pub(super) struct Form<'a, R, W> {
    pub(super) input: &'a mut R,
    pub(super) output: &'a mut W,
}

impl Draft {
    /// Whether the options said everything that a service must have.
    pub(super) fn is_complete(&self) -> bool {
        let fields = &self.fields;
        let of_type = match fields.auth_type {
            None => false,
            Some(AuthType::Basic | AuthType::OAuth1) => true,
            Some(AuthType::ApiKey) => !fields.parameter.is_empty(),
            Some(AuthType::OAuth2) => fields.token_url.is_some(),
            Some(AuthType::AwsV4) => fields.aws_service.is_some() && fields.region.is_some(),
        };
        self.link_name.is_some() && !fields.host.is_empty() && of_type
    }
}

impl<R: BufRead, W: Write> Form<'_, R, W> {
    /// Asks for everything that the draft does not say. `is_taken` tells of link names that cannot be used any more.
    pub(super) fn fill(&mut self, draft: &mut Draft, is_taken: &dyn Fn(&str) -> bool) -> Result<(), Error> {
        self.say(
            "A service says how to authenticate with an API, and where credentials may go. Enter takes what is in [ ].",
        );
        self.general(draft, is_taken)?;
        let fields = &mut draft.fields;
        let auth_type = match fields.auth_type {
            Some(auth_type) => auth_type,
            None => {
                let types = [
                    ("basic", AuthType::Basic),
                    ("api_key", AuthType::ApiKey),
                    ("oauth1", AuthType::OAuth1),
                    ("oauth2", AuthType::OAuth2),
                    ("aws_v4", AuthType::AwsV4),
                ];
                self.choice("Authentication type", &types, None)?
            }
        };
        fields.auth_type = Some(auth_type);
        if fields.dynamic.is_empty() {
            self.dynamic(fields)?;
        }
        match auth_type {
            AuthType::Basic => self.basic(fields)?,
            AuthType::ApiKey => self.api_key(fields)?,
            AuthType::OAuth1 => self.oauth1(fields)?,
            AuthType::OAuth2 => self.oauth2(fields)?,
            AuthType::AwsV4 => self.aws(fields)?,
        }
        self.reach(fields)?;
        if !draft.ready {
            let answers = [("y", true), ("n", false)];
            let question = "Ready for connections? Type and parameters then stay as they are";
            draft.ready = self.choice(question, &answers, Some("n"))?;
        }
        Ok(())
    }

    fn general(&mut self, draft: &mut Draft, is_taken: &dyn Fn(&str) -> bool) -> Result<(), Error> {
        let fields = &mut draft.fields;
        if fields.name.is_none() {
            let rule = |text: &str| rule(connections::service_name(text));
            fields.name = Some(self.ask("Name that people read", draft.link_name.as_deref(), &rule)?);
        }
        if draft.link_name.is_none() {
            let proposal = proposal(fields.name.as_deref().unwrap_or_default());
            let rule = |text: &str| match LinkName::of_service(text) {
                Err(error) => Err(format!("{error}: {}", error.help())),
                Ok(_) if is_taken(text) => Err("there is a service of this name".to_owned()),
                Ok(_) => Ok(()),
            };
            draft.link_name = Some(self.ask("Link name, which connections use", proposal.as_deref(), &rule)?);
        }
        if fields.description.is_none() {
            let rule = |text: &str| rule(connections::description(text));
            fields.description = self.may(&empty_is_none("What it is for"), &rule)?;
        }
        if fields.logo.is_none() {
            let rule = |text: &str| check_logo(Path::new(text)).map_err(|error| error.to_string());
            fields.logo = self.may(&empty_is_none("Logo, a PNG or JPEG of less than 1 MB"), &rule)?;
        }
        Ok(())
    }

    fn dynamic(&mut self, fields: &mut Fields) -> Result<(), Error> {
        self.say("Values that each connection gives stand as {key} in addresses and hosts.");
        let is_key = |text: &str| match text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') {
            true => Ok(()),
            false => Err("use letters, digits and _".to_owned()),
        };
        while let Some(key) = self.may("Key of such a value (empty: no more)", &is_key)? {
            let name = self.ask("Name by which it is asked for", Some(&key), &no_rule)?;
            fields.dynamic.push(pair(&key, &name));
        }
        Ok(())
    }

    /// The two values of basic. With the usual keys and names nothing is written.
    fn basic(&mut self, fields: &mut Fields) -> Result<(), Error> {
        if !fields.parameter.is_empty() {
            return Ok(());
        }
        let is_display_name = |text: &str| rule(connections::display_name(text));
        let mut given = Vec::new();
        for (key, name) in [("username", "User name"), ("password", "Password")] {
            let asked = self.ask(
                &format!("Name by which the {} is asked for", name.to_lowercase()),
                Some(name),
                &is_display_name,
            )?;
            let is_other_key = |text: &str| match given.iter().any(|(known, _)| known == text) {
                true => Err("give each its own key".to_owned()),
                false => is_key(text),
            };
            let key = self.ask("Key of this value, as in --credential KEY=-", Some(key), &is_other_key)?;
            given.push((key, asked));
        }
        let usual = [("username", "User name"), ("password", "Password")];
        if !given.iter().map(|(key, name)| (&**key, &**name)).eq(usual) {
            fields.parameter = given.iter().map(|(key, name)| pair(key, name)).collect();
        }
        Ok(())
    }

    fn api_key(&mut self, fields: &mut Fields) -> Result<(), Error> {
        if !fields.parameter.is_empty() {
            return Ok(());
        }
        let places = [("header", "header:"), ("query", "query:"), ("form", "form:")];
        let is_display_name = |text: &str| rule(connections::display_name(text));
        loop {
            let key = match fields.parameter.is_empty() {
                true => Some(self.ask("Key of the parameter, such as X-API-Key", None, &is_key)?),
                false => self.may("Key of another parameter (empty: no more)", &is_key)?,
            };
            let Some(key) = key else { return Ok(()) };
            let name = self.ask("Name by which it is asked for", Some("API key"), &is_display_name)?;
            let place = match fields.location {
                Some(_) => "",
                None => self.choice("Where it goes", &places, Some("header"))?,
            };
            fields.parameter.push(format!("{place}{}", pair(&key, &name)));
        }
    }

    fn oauth1(&mut self, fields: &mut Fields) -> Result<(), Error> {
        self.url("Request token URL", &mut fields.request_token_url, true, &fields.dynamic)?;
        self.url("Authorize URL", &mut fields.authorize_url, true, &fields.dynamic)?;
        self.url("Access token URL", &mut fields.access_token_url, true, &fields.dynamic)?;
        if fields.location.is_none() {
            let places = [("header", Location::Header), ("query", Location::Query), ("form", Location::Form)];
            fields.location = Some(self.choice("Where the signature goes", &places, Some("header"))?);
        }
        let methods = ["HMAC-SHA1", "HMAC-SHA256", "PLAINTEXT"];
        self.word("Signature", &mut fields.signature, &methods)
    }

    fn oauth2(&mut self, fields: &mut Fields) -> Result<(), Error> {
        self.word(
            "Grant",
            &mut fields.grant,
            &["authorization_code", "authorization_code_pkce", "client_credentials", "device_code"],
        )?;
        match fields.grant.as_deref() {
            Some("client_credentials") => {}
            Some("device_code") => {
                self.url("Device authorization URL", &mut fields.device_url, false, &fields.dynamic)?;
            }
            _ => self.url("Authorize URL", &mut fields.authorize_url, false, &fields.dynamic)?,
        }
        self.url("Token URL", &mut fields.token_url, false, &fields.dynamic)?;
        self.url("Refresh URL, when it is not the token URL", &mut fields.refresh_url, true, &fields.dynamic)?;
        self.url("Revoke URL", &mut fields.revoke_url, true, &fields.dynamic)?;
        self.word("How the client proves itself", &mut fields.client_auth, &["form", "basic"])?;
        if fields.location.is_none() {
            let places = [("header", Location::Header), ("query", Location::Query)];
            fields.location = Some(self.choice("Where the token goes", &places, Some("header"))?);
        }
        if fields.bearer_name.is_none() && fields.location == Some(Location::Header) {
            let rule = |text: &str| match text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b)) {
                true => Ok(()),
                false => Err("write one word of letters and digits".to_owned()),
            };
            fields.bearer_name = Some(self.ask("Bearer name, the word before the token", Some("Bearer"), &rule)?);
        }
        if fields.expiry.is_none() {
            let rule = |text: &str| match text.parse() {
                Ok(900..=86_400_u32) => Ok(()),
                _ => Err("give seconds from 900 (15 minutes) to 86400 (24 hours)".to_owned()),
            };
            fields.expiry = self.ask("Life of a token in seconds", Some("3600"), &rule)?.parse().ok();
        }
        self.scopes(fields)
    }

    fn scopes(&mut self, fields: &mut Fields) -> Result<(), Error> {
        if fields.scope.is_empty() {
            let is_display_name = |text: &str| rule(connections::display_name(text));
            while fields.scope.len() < MOST_SCOPES {
                let Some(value) = self.may("Scope (empty: no more)", &is_key)? else { break };
                let name = match self.may("Name of the scope (empty: the same)", &is_display_name)? {
                    Some(name) => pair(&value, &name),
                    None => value,
                };
                fields.scope.push(name);
            }
        }
        if fields.scope_delimiter.is_none() && fields.scope.len() > 1 {
            let all = [("comma", Delimiter::Comma), ("space", Delimiter::Space), ("plus", Delimiter::Plus)];
            fields.scope_delimiter = Some(self.choice("What stands between scopes", &all, Some("comma"))?);
        }
        Ok(())
    }

    fn aws(&mut self, fields: &mut Fields) -> Result<(), Error> {
        if fields.aws_service.is_none() {
            fields.aws_service = Some(self.ask("AWS service, such as sqs", None, &no_rule)?);
        }
        if fields.region.is_none() {
            fields.region = Some(self.ask("AWS region, such as us-east-1", None, &no_rule)?);
        }
        Ok(())
    }

    /// The request that proves a connection, and the hosts, for which its host is the proposal.
    fn reach(&mut self, fields: &mut Fields) -> Result<(), Error> {
        let question = "URL of a GET that proves that a connection works";
        self.url(question, &mut fields.verify, true, &fields.dynamic)?;
        if !fields.host.is_empty() {
            return Ok(());
        }
        let host = fields.verify.as_deref().and_then(host_of);
        let rule = |text: &str| {
            Hosts::parse(list(text).iter().map(String::as_str)).map(|_| ())?;
            list(text).iter().try_for_each(|host| declared(host, &fields.dynamic))
        };
        let answer = self.ask("Hosts that its credentials may go to, with commas", host.as_deref(), &rule)?;
        fields.host = list(&answer);
        Ok(())
    }

    fn url(
        &mut self,
        question: &str,
        known: &mut Option<String>,
        may_be_empty: bool,
        dynamic: &[String],
    ) -> Result<(), Error> {
        if known.is_some() {
            return Ok(());
        }
        let rule = |text: &str| {
            match Url::parse(text) {
                Err(error) => return Err(format!("this is no address: {error}")),
                Ok(url) if url.scheme() != "https" => return Err("write https://…".to_owned()),
                Ok(url) if !url.username().is_empty() || url.password().is_some() => {
                    return Err("credentials belong into the connection".to_owned());
                }
                Ok(_) => {}
            }
            declared(text, dynamic)
        };
        *known = match may_be_empty {
            true => self.may(&empty_is_none(question), &rule)?,
            false => Some(self.ask(question, None, &rule)?),
        };
        Ok(())
    }

    /// One of several words, the first of which is the default.
    fn word(&mut self, question: &str, known: &mut Option<String>, words: &[&str]) -> Result<(), Error> {
        if known.is_none() {
            let answers: Vec<_> = words.iter().map(|word| (*word, (*word).to_owned())).collect();
            *known = Some(self.choice(question, &answers, words.first().copied())?);
        }
        Ok(())
    }

    fn choice<T: Clone>(&mut self, question: &str, answers: &[(&str, T)], default: Option<&str>) -> Result<T, Error> {
        let words: Vec<&str> = answers.iter().map(|(word, _)| *word).collect();
        let find = |text: &str| answers.iter().find(|(word, _)| word.eq_ignore_ascii_case(text));
        let rule = |text: &str| find(text).map(|_| ()).ok_or_else(|| format!("write one of {}", words.join(", ")));
        let answer = self.ask(&format!("{question} ({})", words.join(", ")), default, &rule)?;
        find(&answer).map(|(_, value)| value.clone()).ok_or(Error::FormEnded)
    }

    /// A question that may be left out.
    fn may(&mut self, question: &str, rule: &dyn Fn(&str) -> Result<(), String>) -> Result<Option<String>, Error> {
        let answer = self.ask(question, Some(""), &|text| if text.is_empty() { Ok(()) } else { rule(text) })?;
        Ok(Some(answer).filter(|answer| !answer.is_empty()))
    }

    fn ask(
        &mut self,
        question: &str,
        default: Option<&str>,
        rule: &dyn Fn(&str) -> Result<(), String>,
    ) -> Result<String, Error> {
        loop {
            let shown = default.filter(|default| !default.is_empty()).map(|default| format!(" [{default}]"));
            let _ = write!(self.output, "{question}{}: ", shown.unwrap_or_default());
            let _ = self.output.flush();
            let answer = self.line()?;
            let answer = if answer.is_empty() { default.unwrap_or_default().to_owned() } else { answer };
            let problem = match rule(&answer) {
                _ if answer.is_empty() && default.is_none() => "this is needed".to_owned(),
                Ok(()) => return Ok(answer),
                Err(problem) => problem,
            };
            self.say(&format!("  {problem}"));
        }
    }

    fn line(&mut self) -> Result<String, Error> {
        /// No answer needs nearly as much.
        const LONGEST: u64 = 64 * 1024;
        let mut line = String::new();
        match std::io::Read::take(&mut *self.input, LONGEST).read_line(&mut line) {
            Ok(read) if read > 0 => Ok(line.trim().to_owned()),
            _ => Err(Error::FormEnded),
        }
    }

    /// Nobody is left to be told when the terminal is gone.
    fn say(&mut self, text: &str) {
        let _ = writeln!(self.output, "{text}");
    }
}

fn rule(result: Result<(), connections::BrokenRule>) -> Result<(), String> {
    result.map_err(|broken| format!("it {}: {}", broken.problem, broken.help))
}

/// The question with what an empty answer means.
fn empty_is_none(question: &str) -> String {
    format!("{question} (may be left empty)")
}

fn no_rule(_: &str) -> Result<(), String> {
    Ok(())
}

/// A key that can also be given as an option.
fn is_key(text: &str) -> Result<(), String> {
    match text.contains('=') || text.chars().any(char::is_control) {
        true => Err("it cannot hold =".to_owned()),
        false => Ok(()),
    }
}

/// As an option gives it.
fn pair(key: &str, name: &str) -> String {
    if key == name { key.to_owned() } else { format!("{key}={name}") }
}

fn list(text: &str) -> Vec<String> {
    text.split(',').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

fn host_of(url: &str) -> Option<String> {
    let rest = url.split_once("://")?.1;
    let host = rest.split(['/', '?', '#']).next()?;
    Some(host.to_owned()).filter(|host| !host.is_empty())
}

/// Whether every placeholder is one of the values that connections give.
fn declared(text: &str, dynamic: &[String]) -> Result<(), String> {
    let key_of = |given: &String| given.split('=').next().unwrap_or_default().to_ascii_lowercase();
    let known: Vec<String> = dynamic.iter().map(key_of).collect();
    let mut rest = text;
    while let Some((_, after)) = rest.split_once('{') {
        let Some((key, behind)) = after.split_once('}') else { break };
        if !known.contains(&key.to_ascii_lowercase()) {
            return Err(format!("{{{key}}} is none of the values that connections give"));
        }
        rest = behind;
    }
    Ok(())
}

/// A link name made of a name: `Open Weather` gives `open_weather`.
fn proposal(name: &str) -> Option<String> {
    let one = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' };
    let text: String = name.chars().map(one).collect();
    let parts: Vec<&str> = text.split('_').filter(|part| !part.is_empty()).collect();
    let text = parts.join("_");
    LinkName::of_service(&text).ok().map(|_| text)
}

#[cfg(test)]
mod tests;
