//! Records as the platform hands them to functions. Scripts of different ages read the same field under different keys, so
//! a record has all of them at once: whoever embeds scripts of customers cannot know their age.

use indexmap::IndexMap;

use crate::value::{ConversionError, Data};

/// A record of the application. As an argument it is a map with a key for each way in which functions of the platform read
/// a field:
///
/// | [`RecordKeys`] | keys for `First_Name` and `id` of `Contacts` | read by |
/// | --- | --- | --- |
/// | `Api` | `First_Name`, `id` | functions that get the record as the REST API gives it |
/// | `Module` | `Contacts.First_Name` and `Contacts.First Name`, `Contacts.ID` | functions to which a rule maps the whole record |
/// | `Legacy` | `FIRSTNAME`, `ID` | functions of old extensions |
///
/// ```
/// use sluice::{Engine, Record, Run, data};
///
/// let engine = Engine::builder().build()?;
/// let program = engine.compile("greet", r#"
///     string greet(Map contact)
///     {
///         return contact.get("Contacts.First Name") + " " + input.contact.get("LASTNAME") + " " + contact.get("Email");
///     }"#)?;
/// let contact = Record::new("Contacts", data!({"First_Name": "Ada", "Last_Name": "Byron", "Email": "ada@example.com"}));
/// let outcome = engine.run_blocking(&program, Run::function("greet").argument("contact", contact));
/// assert_eq!(outcome.result?, data!("Ada Byron ada@example.com"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// Where a field's label is not its API name with blanks, say so with [`Record::label`]. Two names that are the same keep the
/// field that has it as its own name, else the first.
#[derive(Clone, Debug)]
pub struct Record {
    module: String,
    fields: Vec<Field>,
    keys: Vec<RecordKeys>,
}

/// A way in which functions read the fields of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RecordKeys {
    /// The API name: `First_Name`.
    Api,
    /// Module and field: `Contacts.First Name`, with the API name and with the label.
    Module,
    /// The label in upper case, letters and digits only: `FIRSTNAME`.
    Legacy,
}

#[derive(Clone, Debug)]
struct Field {
    name: String,
    label: String,
    value: Data,
}

impl Record {
    /// A record of a module, by the API names of its fields. Fields are the pairs of a KEY-VALUE whose keys are texts; any
    /// other data has none.
    pub fn new(module: &str, fields: impl Into<Data>) -> Self {
        let pairs = match fields.into() {
            Data::Map(pairs) | Data::Pairs(pairs) => pairs,
            _ => Vec::new(),
        };
        let field = |(name, value)| match name {
            Data::Text(name) => Some(Field { label: label_of(&name), name, value }),
            _ => None,
        };
        Self {
            module: module.to_owned(),
            fields: pairs.into_iter().filter_map(field).collect(),
            keys: vec![RecordKeys::Api, RecordKeys::Module, RecordKeys::Legacy],
        }
    }

    /// A record made of the application's own type.
    ///
    /// # Errors
    /// As [`Data::from_serde`].
    pub fn from_serde<T: serde::Serialize + ?Sized>(module: &str, value: &T) -> Result<Self, ConversionError> {
        Ok(Self::new(module, Data::from_serde(value)?))
    }

    /// The label of a field, where it is not the API name with blanks for `_`.
    #[must_use]
    pub fn label(mut self, field: &str, label: &str) -> Self {
        for known in self.fields.iter_mut().filter(|known| known.name == field) {
            known.label = label.to_owned();
        }
        self
    }

    /// Only these keys, in this order. Each kind takes room in every run.
    #[must_use]
    pub fn keys(self, keys: &[RecordKeys]) -> Self {
        Self { keys: keys.to_vec(), ..self }
    }

    /// The module.
    pub fn module(&self) -> &str {
        &self.module
    }

    /// The value of a field by any name that it has: `Email`, `Contacts.Email`, `EMAIL`.
    pub fn get(&self, name: &str) -> Option<&Data> {
        let short = name.strip_prefix(&self.module).and_then(|rest| rest.strip_prefix('.')).unwrap_or(name);
        let by = |is: &dyn Fn(&Field) -> bool| self.fields.iter().find(|field| is(field));
        by(&|field| field.name == name)
            .or_else(|| by(&|field| field.name == short || field.label == short))
            .or_else(|| is_legacy(name).then(|| by(&|field| legacy(&field.label) == name)).flatten())
            .map(|field| &field.value)
    }

    /// The map that a function gets.
    pub fn to_data(&self) -> Data {
        let mut pairs: IndexMap<String, &Data> = IndexMap::with_capacity(4 * self.fields.len());
        // Fields under their own names come first, whatever else would be called so.
        let mut kinds = self.keys.clone();
        kinds.sort_by_key(|kind| *kind != RecordKeys::Api);
        for kind in kinds {
            for field in &self.fields {
                let mut put = |key: String| {
                    pairs.entry(key).or_insert(&field.value);
                };
                match kind {
                    RecordKeys::Api => put(field.name.clone()),
                    RecordKeys::Legacy => put(legacy(&field.label)),
                    RecordKeys::Module => {
                        put(format!("{}.{}", self.module, field.label));
                        if field.name != field.label {
                            put(format!("{}.{}", self.module, field.name));
                        }
                    }
                }
            }
        }
        Data::Map(pairs.into_iter().map(|(key, value)| (Data::Text(key), value.clone())).collect())
    }
}

/// Criteria name the fields as [`Record::get`] does.
impl crate::criteria::Record for Record {
    fn field(&self, name: &str) -> Option<&Data> {
        self.get(name)
    }
}

/// The map that a function gets.
impl From<Record> for Data {
    fn from(record: Record) -> Self {
        record.to_data()
    }
}

/// The map that a function gets.
impl From<&Record> for Data {
    fn from(record: &Record) -> Self {
        record.to_data()
    }
}

fn label_of(name: &str) -> String {
    if name == "id" { "ID".to_owned() } else { name.replace('_', " ") }
}

/// Whether a name can be a legacy key at all, which spares the others the work.
fn is_legacy(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|letter| letter.is_alphanumeric() && !letter.is_lowercase())
}

fn legacy(label: &str) -> String {
    label.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_uppercase).collect()
}
