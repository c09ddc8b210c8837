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
    /// The key of another parameter: when the connection gives no value, this one is at the same place of its `values` as
    /// the other's is, so that the domain of a data centre follows the accounts server that was named.
    pub follows: Option<String>,
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
        if let Some(default) = default.as_ref().filter(|default| !values.is_empty() && !values.contains(default)) {
            let problem = format!("the default \"{}\" of `{key}` is none of its values", default.escape_debug());
            return Err(table.problem(offset, problem, "add it to `values`, or choose one of them"));
        }
        let follows = table.text("follows")?;
        table.finish()?;
        Ok(Self { key, name, default, values, follows })
    }
}

impl DynamicParameter {
    /// What is wrong with the declarations of a service taken together: the problem and what to do.
    pub(super) fn check_all(all: &[Self]) -> Result<(), (String, &'static str)> {
        for (at, one) in all.iter().enumerate() {
            // In a host the case of a placeholder does not count.
            if all.iter().take(at).any(|earlier| earlier.key.eq_ignore_ascii_case(&one.key)) {
                let problem = format!("there are two `[[dynamic]]` tables with the key \"{}\"", one.key);
                return Err((problem, "give each its own key"));
            }
            let Some(leader) = &one.follows else { continue };
            let fits = |other: &Self| {
                other.follows.is_none() && other.values.len() == one.values.len() && !one.values.is_empty()
            };
            if !all.iter().any(|other| other.key == *leader && fits(other)) {
                let problem = format!("`{}` cannot follow \"{}\"", one.key, leader.escape_debug());
                return Err((problem, "name a parameter with as many `values`, which follows none itself"));
            }
        }
        Ok(())
    }

    /// The value that goes with that of the parameter which this one follows.
    fn followed(&self, declared: &[Self], given: &BTreeMap<String, String>) -> Option<&String> {
        let leader = declared.iter().find(|other| Some(&other.key) == self.follows.as_ref())?;
        let text = given.get(&leader.key).or(leader.default.as_ref())?;
        self.values.get(leader.values.iter().position(|value| value == text)?)
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
        for parameter in declared {
            let DynamicParameter { key, default, values: listed, .. } = parameter;
            let text = given.get(key).or_else(|| parameter.followed(declared, given)).or(default.as_ref());
            let Some(text) = text else {
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
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;

    fn parameter(key: &str, default: Option<&str>, values: &[&str], follows: Option<&str>) -> DynamicParameter {
        DynamicParameter {
            key: key.into(),
            name: key.into(),
            default: default.map(str::to_owned),
            values: values.iter().map(|value| (*value).to_owned()).collect(),
            follows: follows.map(str::to_owned),
        }
    }

    fn fill(url: &str, value: &str) -> Result<String, Error> {
        let declared = [parameter("domain", None, &[], None)];
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
        let declared = [parameter("dc", Some("com"), &["com", "com.au"], None)];
        let at = |given: &[(&str, &str)]| {
            let given = given.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
            Values::new("z", &declared, &given)?.fill("z", &"https://accounts.zoho.{dc}/".parse().unwrap())
        };
        assert_eq!(at(&[]).unwrap().as_str(), "https://accounts.zoho.com/");
        assert_eq!(at(&[("dc", "com.au")]).unwrap().as_str(), "https://accounts.zoho.com.au/");
        assert!(at(&[("dc", "evil")]).is_err());
        assert!(at(&[("xx", "com")]).is_err());
    }

    #[test]
    fn a_value_follows_another() {
        let declared = [
            parameter("api", Some("api.us.test"), &["api.us.test", "api.eu.test"], Some("dc")),
            parameter("dc", Some("us"), &["us", "eu"], None),
        ];
        let at = |given: &[(&str, &str)]| {
            let given = given.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
            Values::new("z", &declared, &given)?.fill("z", &"https://{api}/".parse().unwrap())
        };
        assert_eq!(at(&[]).unwrap().as_str(), "https://api.us.test/");
        assert_eq!(at(&[("dc", "eu")]).unwrap().as_str(), "https://api.eu.test/");
        assert_eq!(at(&[("dc", "eu"), ("api", "api.us.test")]).unwrap().as_str(), "https://api.us.test/");
        assert!(DynamicParameter::check_all(&declared).is_ok());
        for wrong in [
            parameter("api", None, &["a"], Some("dc")),
            parameter("api", None, &[], Some("dc")),
            parameter("api", None, &["a", "b"], Some("none")),
            parameter("api", None, &["a", "b"], Some("api")),
            parameter("DC", None, &[], None),
        ] {
            assert!(DynamicParameter::check_all(&[declared[1].clone(), wrong.clone()]).is_err(), "{wrong:?}");
        }
    }
}
