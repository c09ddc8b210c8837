//! Search criteria of CRM and Bigin, such as `((Email:equals:ann@example.com) and (Last_Name:starts_with:B))`, in the
//! reading that rules share. As on the platform at most ten conditions are taken.

use super::records::Record;
use crate::criteria::{Criteria as Compiled, Options};
use crate::value::Data;

const CONDITION_LIMIT: usize = 10;

pub(super) struct Criteria(Compiled);

/// What is wrong with a text that is no criteria.
pub(super) enum Fault {
    Form,
    Operator { field: String, operator: String },
    TooMany,
}

impl Criteria {
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let criteria = Compiled::from_search(text, &Options::default()).map_err(|refused| {
            let found = refused.diagnostics.first();
            match found.map(|found| (&*found.code, found.span().unwrap_or_default())) {
                Some(("criteria::unknown-operator", span)) => {
                    let before = refused.source.text().get(..span.start as usize).unwrap_or_default();
                    let field = before.rsplit('(').next().unwrap_or_default().trim_end_matches(':').trim();
                    let operator = refused.source.slice(span).trim();
                    Fault::Operator { field: field.to_owned(), operator: operator.to_owned() }
                }
                Some(("criteria::too-large", _)) => Fault::TooMany,
                _ => Fault::Form,
            }
        })?;
        if criteria.conditions() > CONDITION_LIMIT { Err(Fault::TooMany) } else { Ok(Self(criteria)) }
    }

    /// Whether a record is found. One that is nested deeper than values can be is not.
    pub fn accepts(&self, record: &Record) -> bool {
        let text = serde_json::to_string(record).unwrap_or_default();
        Data::from_json(&text).is_ok_and(|record| self.0.matches(&record))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::{Criteria, Fault, Record};
    use serde_json::json;

    fn holds(criteria: &str) -> bool {
        let record: Record = serde_json::from_value(json!({
            "Email": "ann@example.com", "Last_Name": "Byrne (Jr)", "Account_Name": {"id": "1", "name": "Acme"}, "Age": 7,
        }))
        .unwrap();
        Criteria::parse(criteria).ok().unwrap().accepts(&record)
    }

    #[test]
    fn records_are_found_as_on_the_platform() {
        assert!(holds("(Email:equals:ANN@example.com)"));
        assert!(!holds("((Email:equals:ann@example.com)and(Last_Name:starts_with:z))"));
        assert!(holds("(Account_Name:equals:acme)"));
        assert!(holds("(Age:in:1,7,9)"));
        assert!(holds(r"(Last_Name:equals:Byrne \(Jr\))"));
        // The help page of the task: a column with null values is not reported for "not equal".
        assert!(!holds("(Missing:not_equal:x)"));
    }

    #[test]
    fn other_texts_are_refused() {
        let refused = ["", "Email", "Email == \"x\"", "Email:equals:x", "(Email:equals:x", "(a:equals:Foo (Pty) Ltd)"];
        for text in refused {
            assert!(matches!(Criteria::parse(text), Err(Fault::Form)), "{text}");
        }
        assert!(matches!(Criteria::parse(&["(a:equals:1)"; 11].join(" or ")), Err(Fault::TooMany)));
        assert!(matches!(Criteria::parse(&"(".repeat(30_000)), Err(Fault::TooMany)));
        let Err(Fault::Operator { field, operator }) = Criteria::parse("((b:equals:1)and( a : sounds_like : 1))")
        else {
            unreachable!()
        };
        assert_eq!((field.as_str(), operator.as_str()), ("a", "sounds_like"));
    }
}
