//! What the texts of a service may hold. The rules are those of Creator's form for custom connectors; they bind services
//! that people make, while those that come with the program carry the names that their providers gave them.

/// What a name may hold beside letters, digits and blanks (Creator help page "Custom connectors").
const IN_NAMES: &str = "*_-@/!:|&~\\+";
/// What a description may hold beside them (same page).
const IN_DESCRIPTIONS: &str = ",.()-_*@/\\!:|~&";
/// The longest name of a service, in characters.
const LONGEST_NAME: usize = 50;
/// The longest description, in characters.
const LONGEST_DESCRIPTION: usize = 255;

/// A rule that a text breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrokenRule {
    /// What is wrong, to be read after the name of the field.
    pub problem: String,
    /// What the rule allows.
    pub help: &'static str,
}

/// Checks the name of a service.
///
/// # Errors
/// The first rule that it breaks.
pub fn service_name(text: &str) -> Result<(), BrokenRule> {
    const HELP: &str = "use at most 50 characters: letters, digits, blanks and * _ - @ / ! : | & ~ \\ +, \
                        a letter, a digit or _ first";
    no_longer(text, LONGEST_NAME, HELP)?;
    if !text.starts_with(|first: char| first.is_alphanumeric() || first == '_') {
        return begins(text, "begins with neither a letter, a digit nor _", HELP);
    }
    only(text, IN_NAMES, HELP)
}

/// Checks the description of a service.
///
/// # Errors
/// The first rule that it breaks.
pub fn description(text: &str) -> Result<(), BrokenRule> {
    const HELP: &str = "use at most 255 characters: letters, digits, blanks and , . ( ) - _ * @ / \\ ! : | ~ &";
    no_longer(text, LONGEST_DESCRIPTION, HELP)?;
    only(text, IN_DESCRIPTIONS, HELP)
}

/// Checks the name under which a person is asked for a parameter, or offered a scope.
///
/// # Errors
/// The first rule that it breaks.
pub fn display_name(text: &str) -> Result<(), BrokenRule> {
    const HELP: &str = "use letters, digits, blanks and * _ - @ / ! : | & ~ \\ +, a letter or a digit first";
    if !text.starts_with(char::is_alphanumeric) {
        return begins(text, "begins with neither a letter nor a digit", HELP);
    }
    only(text, IN_NAMES, HELP)
}

fn begins(text: &str, problem: &str, help: &'static str) -> Result<(), BrokenRule> {
    match text.chars().next() {
        Some(first) => broken(format!("{problem}, but with \"{}\"", first.escape_debug()), help),
        None => broken("is empty", help),
    }
}

fn no_longer(text: &str, longest: usize, help: &'static str) -> Result<(), BrokenRule> {
    match text.chars().count() {
        long if long > longest => broken(format!("is too long: {long} characters"), help),
        _ => Ok(()),
    }
}

fn only(text: &str, special: &str, help: &'static str) -> Result<(), BrokenRule> {
    let fits = |c: char| c.is_alphanumeric() || c == ' ' || special.contains(c);
    match text.chars().find(|c| !fits(*c)) {
        Some(found) => broken(format!("holds \"{}\"", found.escape_debug()), help),
        None => Ok(()),
    }
}

fn broken(problem: impl Into<String>, help: &'static str) -> Result<(), BrokenRule> {
    Err(BrokenRule { problem: problem.into(), help })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_services() {
        for good in ["Acme", "_acme", "1 & 1", "Büro *_-@/!:|&~\\+", &"a".repeat(50)] {
            assert_eq!(service_name(good), Ok(()), "{good}");
        }
        for bad in ["", "-acme", "Acme.com", "Acme (new)", "Ac\nme", &"a".repeat(51)] {
            assert!(service_name(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn descriptions() {
        assert_eq!(description(""), Ok(()));
        assert_eq!(description("Orders, customers (new): a/b\\c! ~ | & @ * - _ ."), Ok(()));
        for bad in ["It's", "a; b", "a\nb", "100 %", &"a".repeat(256)] {
            assert!(description(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn names_of_parameters_and_scopes() {
        assert_eq!(display_name("API key"), Ok(()));
        for bad in ["", "_key", "Key (old)", " key"] {
            assert!(display_name(bad).is_err(), "{bad}");
        }
    }
}
