//! Which argument of a function gets what of a record: the settings of a rule's action, apart from the function, so that
//! one function serves many rules.

use super::{Record, Run};
use crate::value::Data;

/// How the arguments of a function are filled from a record, as in the argument mapping of a workflow rule.
///
/// ```
/// use sluice::{Engine, Mapping, Record, Run, data};
///
/// let engine = Engine::builder().build()?;
/// let program = engine.compile("welcome", r#"
///     string welcome(Int id, String subject, String source) { return (id + 1) + " " + subject + " " + source; }
/// "#)?;
/// let mapping = Mapping::new()
///     .field("id", "Contacts.ID")
///     .text("subject", "Welcome ${Contacts.First Name} ${Contacts.Last Name}!")
///     .value("source", "rule 7");
///
/// let contact = Record::new("Contacts", data!({"id": "5000001", "First_Name": "Ada", "Last_Name": "Byron"}));
/// let outcome = engine.run_blocking(&program, Run::function("welcome").mapped(&mapping, &contact));
/// assert_eq!(outcome.result?, data!("5000002 Welcome Ada Byron! rule 7"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// A field that the record does not have is null, and nothing inside a text. The arguments become what the function declares
/// where they can: the digits in `"5000001"` the NUMBER of an `Int`.
#[derive(Clone, Debug, Default)]
pub struct Mapping {
    arguments: Vec<(String, Content)>,
}

/// What an argument gets.
#[derive(Clone, Debug)]
enum Content {
    Record,
    Field(String),
    Value(Data),
    Text(Vec<Piece>),
}

/// A part of a text with merge fields.
#[derive(Clone, Debug)]
enum Piece {
    Plain(String),
    Field(String),
}

impl Mapping {
    /// A mapping of no arguments.
    pub fn new() -> Self {
        Self::default()
    }

    /// The argument gets the whole record, as a map.
    #[must_use]
    pub fn record(self, argument: &str) -> Self {
        self.with(argument, Content::Record)
    }

    /// The argument gets a field, by any name that it has; see [`Record::get`].
    #[must_use]
    pub fn field(self, argument: &str, field: &str) -> Self {
        self.with(argument, Content::Field(field.to_owned()))
    }

    /// The argument gets always the same value.
    #[must_use]
    pub fn value(self, argument: &str, value: impl Into<Data>) -> Self {
        self.with(argument, Content::Value(value.into()))
    }

    /// The argument gets a text in which `${Contacts.Email}` stands for the field. A text that is one merge field and nothing
    /// else gives the field's value as it is, like [`Mapping::field`]. Other text between `${` and `}` is a field, too, and
    /// `${` without a `}` is itself.
    #[must_use]
    pub fn text(self, argument: &str, text: &str) -> Self {
        let content = match pieces(text).as_slice() {
            [Piece::Field(name)] => Content::Field(name.clone()),
            pieces => Content::Text(pieces.to_vec()),
        };
        self.with(argument, content)
    }

    /// The arguments for a record, in the order in which they were mapped.
    pub fn arguments(&self, record: &Record) -> Vec<(String, Data)> {
        self.arguments.iter().map(|(name, content)| (name.clone(), content.of(record))).collect()
    }

    fn with(mut self, argument: &str, content: Content) -> Self {
        self.arguments.push((argument.to_owned(), content));
        self
    }
}

impl Run {
    /// Gives the arguments that a mapping makes of a record.
    #[must_use]
    pub fn mapped(mut self, mapping: &Mapping, record: &Record) -> Self {
        self.arguments.extend(mapping.arguments(record));
        self
    }
}

impl Content {
    fn of(&self, record: &Record) -> Data {
        match self {
            Content::Record => record.to_data(),
            Content::Field(name) => record.get(name).cloned().unwrap_or_default(),
            Content::Value(value) => value.clone(),
            Content::Text(pieces) => Data::Text(
                pieces
                    .iter()
                    .map(|piece| match piece {
                        Piece::Plain(text) => text.clone(),
                        Piece::Field(name) => match record.get(name) {
                            None | Some(Data::Null) => String::new(),
                            Some(value) => merged(value),
                        },
                    })
                    .collect(),
            ),
        }
    }
}

/// A value as it is merged into a text: of a record that is looked up, its name.
fn merged(value: &Data) -> String {
    let name = value.get("id").and_then(|_| value.get("name"));
    name.unwrap_or(value).to_string()
}

fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, field, after)) = rest
        .split_once("${")
        .and_then(|(before, after)| after.split_once('}').map(|(field, after)| (before, field, after)))
    {
        if !before.is_empty() {
            pieces.push(Piece::Plain(before.to_owned()));
        }
        pieces.push(Piece::Field(field.trim().to_owned()));
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Plain(rest.to_owned()));
    }
    pieces
}
