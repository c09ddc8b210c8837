//! What a script of Zoho Creator asks of its application: records of a form, and what happens on the screen before a
//! person. Criteria travel as a tree in which everything that the script knew is a value already, so that a store can
//! evaluate them without the script.

use std::fmt;

use crate::value::Data;

/// Something wanted of the records of a form.
#[derive(Clone, Debug, PartialEq)]
pub struct Records {
    /// The form's link name, `app.Form` in another application; empty when records that were fetched before are changed.
    pub form: String,
    /// What is done.
    pub operation: Operation,
}

/// What is done with the records of a form (help pages "data access").
#[derive(Clone, Debug, PartialEq)]
pub enum Operation {
    /// Reads records.
    Fetch {
        /// Which.
        criteria: Criteria,
        /// The field to sort by, and whether the largest comes first.
        sort: Option<(String, bool)>,
        /// The places of the first and the last record as the script wrote them; from 0 or from 1, both included.
        range: Option<(i64, i64)>,
        /// What of them.
        wanted: Wanted,
    },
    /// Adds a record. The reply is its ID.
    Insert {
        /// Link names and values, in order.
        fields: Vec<(String, Data)>,
    },
    /// Changes fields of a record.
    Update {
        /// Which.
        records: Chosen,
        /// Link names and values, in order.
        fields: Vec<(String, Data)>,
    },
    /// Deletes records.
    Delete {
        /// Which.
        criteria: Criteria,
    },
}

/// Which records are changed.
#[derive(Clone, Debug, PartialEq)]
pub enum Chosen {
    /// The first that fits.
    Where(Criteria),
    /// The first of these, which were fetched before.
    These(Data),
}

/// What is wanted of fetched records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// The records.
    Records,
    /// A field of the first one.
    First(String),
    /// A field of each, as a list.
    All(String),
    /// A figure made of them: `count`, `sum`, `avg`, `maximum`, `minimum`, `median`, `distinct`.
    Aggregate {
        /// The function's name, in lower case.
        function: String,
        /// The field; none for a plain `count`.
        field: Option<String>,
    },
}

/// A condition on a record.
#[derive(Clone, Debug, PartialEq)]
pub enum Criteria {
    /// Every record.
    All,
    /// A field of the record, dotted for a part of it.
    Field(String),
    /// What the script computed.
    Value(Data),
    /// A span of time behind `in`: `this month`, `2 years ago`.
    Period(String),
    /// An operator as scripts write it (`==`, `in`, `&&`, `!` …) and its operands.
    Operation(String, Vec<Criteria>),
    /// A function of a field: `contains`, with the field and its arguments.
    Call(String, Vec<Criteria>),
}

/// Something wanted of the form on the screen (help pages "client functions").
#[derive(Clone, Debug, PartialEq)]
pub struct Client {
    /// What, in lower case: `alert`, `cancel submit`, `hide`, `ui.add`.
    pub verb: String,
    /// The field that it is about.
    pub field: Option<String>,
    /// What goes with it: the message, the choices.
    pub value: Option<Data>,
}

impl fmt::Display for Records {
    /// What is done, as a clause: `fetch from Orders where Total > 5`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let form = &self.form;
        match &self.operation {
            Operation::Fetch { criteria, sort, range, wanted } => {
                write!(f, "fetch {wanted} from {form}{}", Where(criteria))?;
                if let Some((field, descending)) = sort {
                    write!(f, " sort by {field} {}", if *descending { "desc" } else { "asc" })?;
                }
                range.map_or(Ok(()), |(from, to)| write!(f, " range from {from} to {to}"))
            }
            Operation::Insert { fields } => write!(f, "insert into {form}{}", Fields(fields)),
            Operation::Update { records: Chosen::Where(criteria), fields } => {
                write!(f, "update {form}{}{}", Where(criteria), Fields(fields))
            }
            Operation::Update { records: Chosen::These(_), fields } => {
                write!(f, "update the fetched record{}", Fields(fields))
            }
            Operation::Delete { criteria } => write!(f, "delete from {form}{}", Where(criteria)),
        }
    }
}

impl fmt::Display for Wanted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Wanted::Records => f.write_str("records"),
            Wanted::First(field) => write!(f, "the first {field}"),
            Wanted::All(field) => write!(f, "every {field}"),
            Wanted::Aggregate { function, field: Some(field) } => write!(f, "{function} of {field}"),
            Wanted::Aggregate { function, field: None } => f.write_str(function),
        }
    }
}

impl fmt::Display for Criteria {
    /// As a script would write it, with the values in place of the script's variables.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Criteria::All => f.write_str("every record"),
            Criteria::Field(name) | Criteria::Period(name) => f.write_str(name),
            Criteria::Value(data) => f.write_str(&data.to_json().unwrap_or_default()),
            Criteria::Operation(operator, operands) => match operands.as_slice() {
                [operand] => write!(f, "{operator}({operand})"),
                operands => {
                    for (at, operand) in operands.iter().enumerate() {
                        let sign = if at == 0 { String::new() } else { format!(" {operator} ") };
                        match operand {
                            Criteria::Operation(_, inner) if inner.len() > 1 => write!(f, "{sign}({operand})")?,
                            _ => write!(f, "{sign}{operand}")?,
                        }
                    }
                    Ok(())
                }
            },
            Criteria::Call(function, operands) => {
                let (of, arguments) = operands.split_first().unwrap_or((&Criteria::All, &[]));
                let arguments: Vec<String> = arguments.iter().map(ToString::to_string).collect();
                write!(f, "{of}.{function}({})", arguments.join(", "))
            }
        }
    }
}

impl fmt::Display for Client {
    /// What is done, as a clause: `alert Email "Invalid"`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.verb)?;
        self.field.iter().try_for_each(|field| write!(f, " {field}"))?;
        self.value.iter().try_for_each(|value| write!(f, " {}", value.to_json().unwrap_or_default()))
    }
}

struct Where<'a>(&'a Criteria);

impl fmt::Display for Where<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self.0 == Criteria::All { Ok(()) } else { write!(f, " where {}", self.0) }
    }
}

struct Fields<'a>(&'a [(String, Data)]);

impl fmt::Display for Fields<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|(name, value)| write!(f, " {name}={}", value.to_json().unwrap_or_default()))
    }
}
