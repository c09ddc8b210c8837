//! Dynamic parameters: `{domain}` in an address stands for a value that each connection gives (Zoho help page
//! "Connections"). A value is checked by the position it lands in, because a host label such as `evil.test/` would
//! otherwise send the credentials to another host. Only declared keys are replaced: braces also occur in addresses of
//! their own right. Replaced text is never looked at again.

use std::collections::BTreeMap;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use url::Url;

use super::Error;
use super::document::Table;
use super::groups;

/// What stays as it is in a path or query.
pub(super) const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A parameter that a service declares.
#[derive(Clone, Debug, PartialEq)]
pub struct DynamicParameter {
    /// The name between the braces.
    pub key: String,
    /// What a person is asked for.
    pub name: String,
    /// The value when the connection gives none.
    pub default: Option<String>,
    /// The only values that are allowed; any when empty. Such values may hold dots in the host: the service's author
    /// chose them.
    pub values: Vec<String>,
}

/// The parameters of one connection with their values, ready to be put in.
#[derive(Clone, Debug, Default)]
pub(super) struct Values(BTreeMap<String, Value>);

#[derive(Clone, Debug)]
struct Value {
    text: String,
    /// It is one of the values that the service lists.
    listed: bool,
}

/// Where in an address a value lands.
#[derive(Clone, Copy, PartialEq)]
enum Position {
    /// The whole host.
    Host,
    /// A part of the host.
    Label,
    Path,
    Query,
}

impl DynamicParameter {
    /// Reads one `[[dynamic]]` table.
    pub(super) fn read(mut table: Table<'_>) -> Result<Self, Error> {
        let offset = table.offset_of("key");
        let key = table.required_text("key")?;
        if !key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') {
            return Err(table.problem(offset, format!("`{key}` cannot be a parameter"), "use letters, digits and `_`"));
        }
        let name = table.text("name")?.unwrap_or_else(|| key.clone());
        let default = table.text("default")?;
        let offset = table.offset_of("values");
        let values = groups::expand(table.texts("values")?.unwrap_or_default())
            .map_err(|problem| table.problem(offset, format!("`values`: {problem}"), groups::HELP))?;
        table.finish()?;
        Ok(Self { key, name, default, values })
    }
}

impl Values {
    /// Puts the values of a connection to the parameters that its service declares.
    pub(super) fn new(
        service: &str,
        declared: &[DynamicParameter],
        given: &BTreeMap<String, String>,
    ) -> Result<Self, Error> {
        let wrong = |key: &str, problem: String| Error::InvalidParameter {
            service: service.to_owned(),
            key: key.to_owned(),
            problem,
        };
        if let Some(key) = given.keys().find(|key| !declared.iter().any(|parameter| parameter.key == **key)) {
            let known: Vec<_> = declared.iter().map(|parameter| parameter.key.as_str()).collect();
            let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
            return Err(wrong(key, format!("is not one that the service declares ({known})")));
        }
        let mut values = BTreeMap::new();
        for DynamicParameter { key, default, values: listed, .. } in declared {
            let Some(text) = given.get(key).or(default.as_ref()) else {
                return Err(wrong(key, "has no value".to_owned()));
            };
            if !listed.is_empty() && !listed.contains(text) {
                return Err(wrong(key, format!("must be one of {}", listed.join(", "))));
            }
            if text.is_empty() || text.len() > 255 || text.chars().any(char::is_control) {
                return Err(wrong(key, "is empty, too long or holds control characters".to_owned()));
            }
            values.insert(key.clone(), Value { text: text.clone(), listed: !listed.is_empty() });
        }
        Ok(Self(values))
    }

    /// The values as lines of the sealed definition.
    pub(super) fn definition(&self) -> impl Iterator<Item = String> {
        self.0.iter().map(|(key, value)| format!("connection.parameter = {key} = {}", value.text))
    }

    /// An address with every declared placeholder filled in.
    pub(super) fn fill(&self, service: &str, url: &Url) -> Result<Url, Error> {
        let mut filled = url.clone();
        if self.0.is_empty() {
            return Ok(filled);
        }
        if let Some(host) = url.host_str().filter(|host| host.contains('{')) {
            let host = self.fill_host(service, host)?;
            filled.set_host(Some(&host)).map_err(|_| Error::InvalidParameter {
                service: service.to_owned(),
                key: host.clone(),
                problem: "does not give a valid host".to_owned(),
            })?;
        }
        let path = self.replace(service, url.path(), Position::Path)?;
        if path != url.path() {
            filled.set_path(&path);
        }
        if let Some(query) = url.query() {
            let replaced = self.replace(service, query, Position::Query)?;
            filled.set_query(Some(&replaced));
        }
        Ok(filled)
    }

    /// A host, or a pattern of hosts, with every declared placeholder filled in.
    pub(super) fn fill_host(&self, service: &str, host: &str) -> Result<String, Error> {
        let whole = host.starts_with('{') && host.find('}') == Some(host.len() - 1);
        self.replace(service, host, if whole { Position::Host } else { Position::Label })
    }

    /// A text with the placeholders `{key}` replaced; in a parsed path the braces are percent-encoded.
    fn replace(&self, service: &str, text: &str, position: Position) -> Result<String, Error> {
        let mut replaced = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, inside)) = split_open(rest) {
            replaced.push_str(before);
            let opened = rest.get(before.len()..).unwrap_or_default();
            let found = split_close(inside).and_then(|(key, after)| Some((self.find(key, position)?, after)));
            rest = match found {
                Some(((key, value), after)) => {
                    replaced.push_str(&value.at(position).map_err(|problem| Error::InvalidParameter {
                        service: service.to_owned(),
                        key: key.clone(),
                        problem,
                    })?);
                    after
                }
                None => {
                    let brace = opened.len() - inside.len();
                    replaced.push_str(opened.get(..brace).unwrap_or_default());
                    inside
                }
            };
        }
        replaced.push_str(rest);
        Ok(replaced)
    }

    /// A declared parameter; a parsed host is in lower case, so there the case does not count.
    fn find(&self, key: &str, position: Position) -> Option<(&String, &Value)> {
        match position {
            Position::Host | Position::Label => self.0.iter().find(|(known, _)| known.eq_ignore_ascii_case(key)),
            Position::Path | Position::Query => self.0.get_key_value(key),
        }
    }
}

impl Value {
    /// The value as it stands at a position, or what is wrong with it there.
    fn at(&self, position: Position) -> Result<String, String> {
        let is_label = |text: &str| {
            !text.is_empty() && text.len() <= 63 && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        };
        match position {
            Position::Label if is_label(&self.text) => Ok(self.text.clone()),
            Position::Label if self.listed && self.text.split('.').all(is_label) => Ok(self.text.clone()),
            Position::Label => Err("stands inside a host, so it must be letters, digits and hyphens only".to_owned()),
            Position::Host if self.text.split('.').all(is_label) => Ok(self.text.clone()),
            Position::Host => Err("stands for a host, so it must be a plain host name".to_owned()),
            Position::Path if self.text == "." || self.text == ".." => Err("cannot be a part of a path".to_owned()),
            Position::Path | Position::Query => Ok(encoded(&self.text)),
        }
    }
}

/// A text percent-encoded but for the unreserved characters of RFC 3986.
pub(super) fn encoded(text: &str) -> String {
    utf8_percent_encode(text, ENCODED).to_string()
}

/// What stands before and after the first opening brace.
fn split_open(text: &str) -> Option<(&str, &str)> {
    earliest(text, ["{", "%7B", "%7b"])
}

/// What stands before and after the first closing brace.
fn split_close(text: &str) -> Option<(&str, &str)> {
    earliest(text, ["}", "%7D", "%7d"])
}

fn earliest<'a>(text: &'a str, marks: [&str; 3]) -> Option<(&'a str, &'a str)> {
    marks.into_iter().filter_map(|mark| text.split_once(mark)).min_by_key(|(before, _)| before.len())
}

/// The keys of all placeholders in an address, declared or not.
pub(super) fn placeholders(text: &str) -> Vec<&str> {
    let mut keys = Vec::new();
    let mut rest = text;
    while let Some((_, inside)) = split_open(rest) {
        let Some((key, after)) = split_close(inside) else { break };
        keys.push(key);
        rest = after;
    }
    keys
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn fill(url: &str, value: &str) -> Result<String, Error> {
        let declared =
            [DynamicParameter { key: "domain".into(), name: "Domain".into(), default: None, values: Vec::new() }];
        let given = BTreeMap::from([("domain".to_owned(), value.to_owned())]);
        let values = Values::new("acme", &declared, &given)?;
        Ok(values.fill("acme", &url.parse().unwrap())?.to_string())
    }

    #[test]
    fn each_position_has_its_rule() {
        assert_eq!(fill("https://{domain}.acme.test/x", "shop").unwrap(), "https://shop.acme.test/x");
        assert_eq!(fill("https://{domain}/x", "a.b.test").unwrap(), "https://a.b.test/x");
        assert_eq!(fill("https://a.test/{domain}/x", "s/h?#").unwrap(), "https://a.test/s%2Fh%3F%23/x");
        assert_eq!(fill("https://a.test/?q={domain}&r=1", "a&r=2").unwrap(), "https://a.test/?q=a%26r%3D2&r=1");
        assert_eq!(fill("https://a.test/{other}?x={", "v").unwrap(), "https://a.test/%7Bother%7D?x={");
    }

    #[test]
    fn a_label_cannot_become_another_host() {
        for value in
            ["evil.test/", "evil.test#", "evil.test?", "a.b", "a@evil", "evil:80", "evil\\", "%2e", "{domain}", ""]
        {
            assert!(fill("https://{domain}.acme.test/", value).is_err(), "{value}");
        }
        for value in ["evil.test/", "user@evil.test", "evil.test:80", "..", "[::1]"] {
            assert!(fill("https://{domain}/", value).is_err(), "{value}");
        }
        assert!(fill("https://a.test/{domain}/x", "..").is_err());
    }

    #[test]
    fn a_value_is_not_expanded_again() {
        assert_eq!(
            fill("https://a.test/?q={domain}{domain}", "{domain}").unwrap(),
            "https://a.test/?q=%7Bdomain%7D%7Bdomain%7D"
        );
    }

    #[test]
    fn a_listed_value_may_hold_dots() {
        let declared = [DynamicParameter {
            key: "dc".into(),
            name: "DC".into(),
            default: Some("com".into()),
            values: vec!["com".into(), "com.au".into()],
        }];
        let at = |given: &[(&str, &str)]| {
            let given = given.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
            Values::new("z", &declared, &given)?.fill("z", &"https://accounts.zoho.{dc}/".parse().unwrap())
        };
        assert_eq!(at(&[]).unwrap().as_str(), "https://accounts.zoho.com/");
        assert_eq!(at(&[("dc", "com.au")]).unwrap().as_str(), "https://accounts.zoho.com.au/");
        assert!(at(&[("dc", "evil")]).is_err());
        assert!(at(&[("xx", "com")]).is_err());
    }
}
