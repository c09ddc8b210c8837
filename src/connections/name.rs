//! The name by which a script asks for a connection. Names made here follow Zoho's rule (help page "Connections":
//! lower case, digits and `_`, at most 50, first a letter); an extension's connections are `namespace__name`. Look-up
//! is by exact text, so that a name imported from Creator, which allows capitals, still works.

use std::fmt;

use super::Error;

/// The longest link name that can be created.
const LONGEST: usize = 50;
/// The longest link name that is looked up: a namespace, `__` and a name.
const LONGEST_KNOWN: usize = 102;

/// A link name that was checked.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LinkName(String);

impl LinkName {
    /// Checks a name that is to be created. A namespaced name may be as long as both of its halves together.
    ///
    /// # Errors
    /// [`Error::InvalidLinkName`] when the text breaks the rule.
    pub fn parse(text: &str) -> Result<Self, Error> {
        Self::no_longer(text, if text.contains("__") { LONGEST_KNOWN } else { LONGEST })
    }

    /// Checks the name of a service, which no namespace makes longer.
    ///
    /// # Errors
    /// [`Error::InvalidLinkName`] when the text breaks the rule.
    pub fn of_service(text: &str) -> Result<Self, Error> {
        Self::no_longer(text, LONGEST)
    }

    fn no_longer(text: &str, longest: usize) -> Result<Self, Error> {
        match problem(text, longest) {
            None => Ok(Self(text.to_owned())),
            Some(problem) => Err(Error::InvalidLinkName { link_name: shorten(text), problem }),
        }
    }

    /// Takes a name found in a file: capitals are allowed, anything that could not stand in a record's name is not.
    pub(super) fn known(text: &str) -> Option<Self> {
        let fits = text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        (fits && !text.is_empty() && text.len() <= LONGEST_KNOWN).then(|| Self(text.to_owned()))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for LinkName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The rule that a text breaks.
fn problem(text: &str, longest: usize) -> Option<String> {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    let length = text.chars().count();
    match (text.chars().next(), text.chars().find(|c| !fits(*c))) {
        (None, _) => Some("it is empty".to_owned()),
        (Some(first), None) if !first.is_ascii_lowercase() => Some(format!("it begins with \"{first}\", no letter")),
        (_, Some(odd)) => Some(format!("it holds \"{}\"", odd.escape_debug())),
        _ => (length > longest).then(|| format!("it has {length} characters, more than {longest}")),
    }
}

/// The text for a message: long ones cut, control characters made visible.
fn shorten(text: &str) -> String {
    let mut short: String = text.chars().take(60).flat_map(char::escape_debug).collect();
    if text.chars().nth(60).is_some() {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::LinkName;

    #[test]
    fn zohos_rule_is_kept() {
        for good in ["a", "zoho_crm", "a1", "biginandbooksconnectionnew__booksconnection", &"a".repeat(50)] {
            assert_eq!(LinkName::parse(good).unwrap().as_str(), good);
        }
        for bad in ["", "1a", "_a", "Zoho", "a-b", "a b", "é", "a/b", &"a".repeat(51)] {
            assert!(LinkName::parse(bad).is_err(), "{bad}");
        }
        let long = format!("a__{}", "b".repeat(90));
        assert!(LinkName::parse(&long).is_ok() && LinkName::of_service(&long).is_err());
        assert!(LinkName::known("YourConnection").is_some());
        assert!(LinkName::known("a/b").is_none());
    }
}
