//! Statements for the person before a form (help pages "client functions"). Without a form on a screen there is nobody to
//! show anything to, so the driver decides what becomes of them.

use super::attribute;
use crate::catalogue::{Arguments, Attribute, Call, Perform, Prepared, Task};
use crate::effect::{Action, Client};
use crate::tasks::reply;
use crate::value::{Data, Failure, Value};

const ATTRIBUTES: &[Attribute] = &[
    attribute("verb", "What is done: alert, hide, cancel submit …"),
    attribute("field", "The field that it is about."),
    attribute("value", "The message or the choices."),
];

/// The row.
pub(super) fn task() -> Task {
    super::task("client statement", ATTRIBUTES, "Does something on the form that a person has before them.", Screen)
}

struct Screen;

impl Perform for Screen {
    fn prepare(&self, _: &Task, _: &mut Call<'_>, arguments: Arguments<'_>) -> Result<Prepared, Failure> {
        let text = |slot| arguments.get(slot).map(Value::print).transpose();
        let client = Client {
            verb: text(0)?.unwrap_or_default(),
            field: text(1)?,
            value: arguments.get(2).map(Data::from_value).transpose()?,
        };
        Ok(Prepared { action: Action::Client(client), finish: Box::new(reply::given) })
    }
}
