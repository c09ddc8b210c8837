//! What of an answer the script of an integration task sees. CRM's tasks take the record out of its envelope, Bigin's
//! do not (help pages of the CRM tasks). Errors of a service are values: the map that the service sent.

use super::reply::{self, Format, Reading};
use crate::catalogue::Call;
use crate::http::Response;
use crate::value::{Aggregate, Failure, Kind, Value};

/// The `unwrap` column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Unwrap {
    /// The first record of `data`; `{"status":"failure"}` when there is none.
    First,
    /// The list under `data`; an empty one when there is none.
    List,
    /// `details` of the first entry of `data` when it succeeded, else that entry.
    Details,
    /// The whole answer.
    Envelope,
    /// The whole answer; `{"status":"failure"}` when nothing was found.
    RecordEnvelope,
    /// The whole answer; `{"data":[]}` when nothing was found.
    ListEnvelope,
}

impl Unwrap {
    /// By the word in the table.
    pub(super) fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "first" => Unwrap::First,
            "list" => Unwrap::List,
            "details" => Unwrap::Details,
            "envelope" => Unwrap::Envelope,
            "record-envelope" => Unwrap::RecordEnvelope,
            "list-envelope" => Unwrap::ListEnvelope,
            _ => return None,
        })
    }

    /// The task's value.
    pub(super) fn value(self, call: &Call<'_>, response: &Response) -> Result<Value, Failure> {
        if response.body.is_empty() && (200..300).contains(&response.status) {
            return Ok(self.nothing());
        }
        Ok(self.of(Reading::of(Format::Converted).value(call, response)?))
    }

    fn of(self, whole: Value) -> Value {
        let Value::Aggregate(answer) = &whole else { return whole };
        let data = answer.entry("data").filter(|data| data.kind() == Kind::List);
        let first = || match &data {
            Some(Value::Aggregate(list)) => list.item(0),
            _ => None,
        };
        match self {
            Unwrap::Envelope | Unwrap::RecordEnvelope | Unwrap::ListEnvelope => whole,
            Unwrap::List => data.unwrap_or(whole),
            // An answer without `data` is an error, or the envelope of users.
            Unwrap::First | Unwrap::Details if data.is_none() => whole,
            Unwrap::First => first().unwrap_or_else(|| self.nothing()),
            Unwrap::Details => first().map_or(whole.clone(), details),
        }
    }

    /// What a success without content gives: the service's way to say that nothing was found.
    fn nothing(self) -> Value {
        match self {
            Unwrap::First | Unwrap::RecordEnvelope => reply::map([("status", "failure".into())]),
            Unwrap::List => empty_list(),
            Unwrap::ListEnvelope => reply::map([("data", empty_list())]),
            Unwrap::Details | Unwrap::Envelope => Value::text(""),
        }
    }
}

fn details(entry: Value) -> Value {
    let Value::Aggregate(map) = &entry else { return entry };
    let succeeded = map.entry("status").is_some_and(|status| status.as_text() == Some("success"));
    map.entry("details").filter(|details| succeeded && details.kind() == Kind::Map).unwrap_or(entry)
}

fn empty_list() -> Value {
    Value::Aggregate(Aggregate::json_list(Vec::new()))
}
