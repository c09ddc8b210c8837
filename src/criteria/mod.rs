//! Criteria: a condition on a record, compiled once and judged without any I/O. Rules and searches share it. Three
//! notations give one form: the expression of Creator (`Country == "Ireland" && Email != null`), the search text of CRM
//! (`((Last_Name:equals:Burns)and(Email:starts_with:p))`), and the JSON of CRM's rules.
//!
//! # A field without a value
//!
//! A field that the record does not have, and one that is null, are the same: nothing is known of it. As in a database,
//! a comparison with nothing is neither true nor false, and neither is its opposite; a record matches when the whole is
//! certainly true. That is how Zoho's stores behave: Creator leaves rows without a value out of `Field != "A"`, and the
//! help page of `zoho.crm.searchRecords` says that a column with null values is not reported for "not equal".
//!
//! | condition | null or missing | `""` | `{}` or `[]` | other |
//! | --- | --- | --- | --- | --- |
//! | `F == null`, `F is null`, `F.isNull()` | yes | no | no | no |
//! | `F != null`, `F is not null` | no | yes | yes | yes |
//! | `F.isEmpty()` | yes | yes | yes | no |
//! | `F.isBlank()` | yes | yes | yes | blanks alone: yes |
//! | `F`, a box that is ticked | no | no | no | true: yes |
//! | `!F` | yes | no | no | false: yes |
//! | `F == x`, `F in {x}`, `F.contains(x)`, `F > x` … | no | as compared | as compared | as compared |
//! | `F != x`, `F not in {x}` | no | as compared | as compared | as compared |
//! | `!(F == x)`, `!F.contains(x)` … | no | as compared | as compared | as compared |

mod comparator;
mod constant;
mod error;
mod expression;
mod field;
mod function;
mod judge;
mod moment;
mod moving;
mod period;
mod rule;
mod search;
mod step;
mod term;

use std::fmt;
use std::sync::Arc;

use jiff::Timestamp;

pub use error::Refused;
pub use field::Record;

use crate::diagnostic::Diagnostic;
use crate::source::{Source, Span};
use crate::syntax::Dialect;
use crate::value::{Data, DateSettings};
use error::{Fault, Problem};
use field::Fields;
use step::Step;
use term::Term;

/// Longer texts are refused, in bytes.
const MAX_TEXT: usize = 64 * 1024;
/// Criteria with more conditions are refused.
const MAX_TERMS: usize = 1_000;
/// Brackets within brackets beyond this are refused; the parser of expressions has the same bound.
const MAX_DEPTH: usize = 200;

/// What the meaning of criteria depends on beside their text.
#[derive(Clone, Debug)]
pub struct Options {
    /// In which format dates are read, and in which zone days begin and clocks without an offset run.
    pub dates: Arc<DateSettings>,
    /// The service whose reading applies. In Creator `||` binds tighter than `&&`.
    pub dialect: Dialect,
    /// What `now`, `today` and `this month` are counted from; the time of the machine at each judgement if unset.
    pub now: Option<Timestamp>,
    /// The module of the records, if they may have keys such as `Contacts.Email`: with `Contacts` here, `Email` and
    /// `Contacts.Email` name the same field.
    pub module: Option<String>,
}

impl Default for Options {
    /// `dd-MMM-yyyy`, UTC, the reading of all services but Creator, the time of the machine.
    fn default() -> Self {
        Self { dates: Arc::default(), dialect: Dialect::Portable, now: None, module: None }
    }
}

/// A compiled condition on records. A copy is a counter; threads may share it.
///
/// ```
/// use sluice::Data;
/// use sluice::criteria::{Criteria, Options};
///
/// let criteria = Criteria::compile(r#"Mailing_Country == "Ireland" && Email != null"#, &Options::default())?;
/// let contact = Data::map([("Mailing_Country", "Ireland"), ("Email", "b@example.com")]);
/// assert!(criteria.matches(&contact));
/// assert_eq!(criteria.fields().collect::<Vec<_>>(), ["Mailing_Country", "Email"]);
///
/// let search = Criteria::compile("((Mailing_Country:equals:ireland)and(Email:ends_with:.org))", &Options::default())?;
/// assert!(!search.matches(&contact));
/// # Ok::<(), sluice::criteria::Refused>(())
/// ```
#[derive(Clone)]
pub struct Criteria(Arc<Compiled>);

struct Compiled {
    text: Box<str>,
    fields: Fields,
    /// Each step is one comparison and tells where to go on, so that judging is a loop.
    steps: Box<[Step]>,
    start: u32,
    options: Options,
}

impl Criteria {
    /// Compiles criteria in any of the notations. A text that begins with `{` is the JSON of a rule, one that begins with
    /// a name and a colon behind brackets is a search text, everything else an expression.
    ///
    /// # Errors
    /// What is wrong with the text, with places: an error of form or an unknown operator or function; a comparison that
    /// can never hold, such as `>` with a word; a day that does not exist; more than 64 KiB, 1,000 conditions or 200
    /// brackets within each other.
    pub fn compile(text: &str, options: &Options) -> Result<Self, Refused> {
        Self::read(text, options, |text, options, fields| {
            if text.trim_start().starts_with('{') {
                rule::read_text(text, options, fields).map_err(alone)
            } else if search::is_search(text) {
                search::read(text, options, fields).map_err(alone)
            } else {
                expression::read(text, options, fields)
            }
        })
    }

    /// Compiles a search text, and refuses the other notations.
    ///
    /// # Errors
    /// As for [`Criteria::compile`].
    pub fn from_search(text: &str, options: &Options) -> Result<Self, Refused> {
        Self::read(text, options, |text, options, fields| search::read(text, options, fields).map_err(alone))
    }

    /// Compiles the criteria of a rule as CRM's API gives them: a condition
    /// `{"comparator": "equal", "field": {"api_name": "City"}, "value": "Cork"}`, or a group
    /// `{"group_operator": "AND", "group": […]}` of such.
    ///
    /// # Errors
    /// As for [`Criteria::compile`], without places.
    pub fn from_rule(rule: &Data, options: &Options) -> Result<Self, Refused> {
        let text = rule.to_json().unwrap_or_default();
        let mut fields = Fields::new(options.module.as_deref());
        let whole = Span::new(0, text.len());
        let term = rule::read(rule, options, &mut fields, whole).map_err(alone);
        let built = term.and_then(|term| Self::build(text.as_str().into(), term, fields, options, whole));
        built.map_err(|diagnostics| Refused { source: Source::new("criteria", text), diagnostics })
    }

    fn read(
        text: &str,
        options: &Options,
        reader: impl Fn(&str, &Options, &mut Fields) -> Result<Term, Vec<Diagnostic>>,
    ) -> Result<Self, Refused> {
        let mut fields = Fields::new(options.module.as_deref());
        let whole = Span::new(0, text.len());
        let (shown, term) = if text.len() > MAX_TEXT {
            ("", Err(alone(Fault::new(Problem::TextTooLong, Span::default()))))
        } else if text.trim().is_empty() {
            (text, Err(alone(Fault::new(Problem::Empty, whole))))
        } else {
            (text, reader(text, options, &mut fields))
        };
        let built = term.and_then(|term| Self::build(text.into(), term, fields, options, whole));
        built.map_err(|diagnostics| Refused { source: Source::new("criteria", shown), diagnostics })
    }

    fn build(
        text: Box<str>,
        term: Term,
        fields: Fields,
        options: &Options,
        whole: Span,
    ) -> Result<Self, Vec<Diagnostic>> {
        let (steps, start) = step::flatten(term);
        if steps.len() > MAX_TERMS {
            return Err(alone(Fault::new(Problem::TooManyTerms, whole)));
        }
        let steps = steps.into_boxed_slice();
        Ok(Self(Arc::new(Compiled { text, fields, steps, start, options: options.clone() })))
    }

    /// Whether the record certainly meets the criteria. What cannot be compared does not match.
    pub fn matches<R: Record + ?Sized>(&self, record: &R) -> bool {
        judge::matches(&self.0, record)
    }

    /// The fields that are named, each once, in the order of the text: to check them against a module.
    pub fn fields(&self) -> impl Iterator<Item = &str> {
        self.0.fields.names()
    }

    /// How many conditions there are, without what joins them.
    pub fn conditions(&self) -> usize {
        self.0.steps.len()
    }

    /// The text that was compiled.
    pub fn text(&self) -> &str {
        &self.0.text
    }
}

/// The diagnostics of one fault.
fn alone(fault: Fault) -> Vec<Diagnostic> {
    vec![fault.diagnostic()]
}

impl fmt::Display for Criteria {
    /// The text that was compiled.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.text)
    }
}

impl fmt::Debug for Criteria {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Criteria").field(&self.0.text).finish()
    }
}
