//! Reading and writing records (help pages "data access"). Which attributes a task has is the contract with the
//! resolver, which fills them in.

use super::{attribute, criteria, task};
use crate::catalogue::{Arguments, Attribute, Call, Perform, Prepared, Task};
use crate::effect::{Action, Chosen, Criteria, Operation, Records, Wanted};
use crate::tasks::reply;
use crate::value::{Data, Failure, Value};

const FETCH: &[Attribute] = &[
    attribute("form", "The form's link name."),
    attribute("criteria", "Which records."),
    attribute("sort", "The field to sort by."),
    attribute("descending", "Whether the largest comes first."),
    attribute("from", "The place of the first record."),
    attribute("to", "The place of the last record."),
    attribute("field", "The field whose value is wanted."),
    attribute("function", "What is made of the values: all, count, sum, avg, maximum, minimum, median, distinct."),
];

const WRITE: &[Attribute] = &[
    attribute("form", "The form's link name."),
    attribute("criteria", "Which records."),
    attribute("fields", "Link names and values."),
    attribute("records", "Records that were fetched before."),
];

/// The rows.
pub(super) fn tasks() -> Vec<Task> {
    vec![
        task(
            "fetch records",
            FETCH,
            "Reads records of a form: `Form[criteria] sort by Field range from 1 to 9`.",
            Fetch,
        ),
        task(
            "insert into",
            WRITE,
            "Adds a record to a form and gives its ID: `insert into Form [ Field = value ]`.",
            Insert,
        ),
        task("update records", WRITE, "Changes fields of a record: `update Form[criteria] [ Field = value ]`.", Update),
        task("delete from", WRITE, "Deletes records: `delete from Form[criteria]`.", Delete),
    ]
}

struct Fetch;

impl Perform for Fetch {
    fn prepare(&self, _: &Task, _: &mut Call<'_>, arguments: Arguments<'_>) -> Result<Prepared, Failure> {
        let sort = text(arguments, 2)?.map(|field| (field, matches!(arguments.get(3), Some(Value::Boolean(true)))));
        let range = match (arguments.get(4), arguments.get(5)) {
            (Some(from), Some(to)) => Some((place(from)?, place(to)?)),
            _ => None,
        };
        let wanted = match (text(arguments, 6)?, text(arguments, 7)?) {
            (Some(field), Some(function)) if function == "all" => Wanted::All(field),
            (field, Some(function)) => Wanted::Aggregate { function, field },
            (Some(field), None) => Wanted::First(field),
            (None, None) => Wanted::Records,
        };
        let criteria = criteria(arguments)?;
        prepared(arguments, Operation::Fetch { criteria, sort, range, wanted })
    }
}

struct Insert;

impl Perform for Insert {
    fn prepare(&self, _: &Task, _: &mut Call<'_>, arguments: Arguments<'_>) -> Result<Prepared, Failure> {
        let fields = fields(arguments)?;
        prepared(arguments, Operation::Insert { fields })
    }
}

struct Update;

impl Perform for Update {
    fn prepare(&self, _: &Task, _: &mut Call<'_>, arguments: Arguments<'_>) -> Result<Prepared, Failure> {
        let fields = fields(arguments)?;
        let records = match arguments.get(3) {
            Some(records) => Chosen::These(Data::from_value(records)?),
            None => Chosen::Where(criteria(arguments)?),
        };
        prepared(arguments, Operation::Update { records, fields })
    }
}

struct Delete;

impl Perform for Delete {
    fn prepare(&self, _: &Task, _: &mut Call<'_>, arguments: Arguments<'_>) -> Result<Prepared, Failure> {
        let criteria = criteria(arguments)?;
        prepared(arguments, Operation::Delete { criteria })
    }
}

fn prepared(arguments: Arguments<'_>, operation: Operation) -> Result<Prepared, Failure> {
    let form = text(arguments, 0)?.unwrap_or_default();
    Ok(Prepared { action: Action::Records(Box::new(Records { form, operation })), finish: Box::new(reply::given) })
}

fn criteria(arguments: Arguments<'_>) -> Result<Criteria, Failure> {
    arguments.get(1).map_or(Ok(Criteria::All), |value| criteria::read(Data::from_value(value)?))
}

fn fields(arguments: Arguments<'_>) -> Result<Vec<(String, Data)>, Failure> {
    let pairs = match arguments.get(2).map(Data::from_value).transpose()? {
        Some(Data::Map(pairs)) => pairs,
        _ => Vec::new(),
    };
    pairs.into_iter().map(|(name, value)| Ok((name.to_value().print()?, value))).collect()
}

fn text(arguments: Arguments<'_>, slot: usize) -> Result<Option<String>, Failure> {
    arguments.get(slot).map(Value::print).transpose()
}

/// A place in a range (page "fetch records": negative places are an error while running).
fn place(value: &Value) -> Result<i64, Failure> {
    let place = value.to_number().ok_or_else(|| Failure::not_a_number("range"))?;
    if place < 0 { Err(Failure::index(place)) } else { Ok(place) }
}
