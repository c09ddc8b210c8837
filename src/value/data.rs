//! Values that cross threads: arguments, results, what effects carry. [`Data`] is an owned tree of the same kinds as
//! [`Value`]. It is not JSON, which has no exact decimals and no files, but it reads and writes JSON.

use std::sync::Arc;

use super::{
    Aggregate, Contents, ConversionError, DateSettings, DateTime, Decimal, Failure, File, Key, Map, Time, Value, json,
    print::MAX_DEPTH,
};

/// An owned value. Printing, equality and JSON text ([`Data::to_json`]) are those of the [`Value`] it stands for.
///
/// # Ways in and out
///
/// - [`data!`](crate::data) and `From` for literals and single values; the accessors (`as_text`, `get`, `pointer`, …) to look
///   inside.
/// - [`Data::from_serde`] and [`Data::to_serde`] for Rust types. Nothing is lost on this way.
/// - `Serialize`, `Deserialize`, and `From` in both directions for `serde_json::Value`: the view as JSON that a Rust service
///   wants. Its rule:
///
///   | | out | in |
///   | --- | --- | --- |
///   | DECIMAL | a number with its exact digits, `9.90` | numbers with a point keep theirs; beyond 28 digits they become TEXT |
///   | DATE-TIME | RFC 3339 with the offset of its zone, `2026-01-31T10:00:00+01:00`; without a time the day, `2026-01-31` | TEXT; a field of the type [`DateTime`] reads it |
///   | TIME | `14:15:10`, or as it was declared | TEXT |
///   | FILE | `{"name": …, "type": …, "size": …}`; the content stays behind | a map; a field of the type [`File`] refuses it |
///   | keys that are no TEXT | their printed form | TEXT |
///   | LIST | an array | a list that prints as a JSON array |
///   | COLLECTION | an array or an object | |
///
/// - [`Data::from_json`] and [`Data::to_json`] for JSON text as Zoho reads and writes it: there, a date is what `info` prints,
///   and a file is its name.
///
/// The digits of decimals reach JSON by the form that serde_json has for them. For another format than JSON, give the data to
/// a Rust type by [`Data::to_serde`] first.
#[derive(Clone, Debug, Default)]
pub enum Data {
    /// `null`
    #[default]
    Null,
    /// BOOLEAN
    Boolean(bool),
    /// NUMBER
    Number(i64),
    /// DECIMAL
    Decimal(Decimal),
    /// TEXT
    Text(String),
    /// DATE-TIME
    DateTime(DateTime),
    /// LIST; `from_json` tells that it prints as a JSON array.
    List {
        /// Elements.
        items: Vec<Data>,
        /// Whether it came from JSON.
        from_json: bool,
    },
    /// KEY-VALUE, in insertion order.
    Map(Vec<(Data, Data)>),
    /// `{}`
    Braces,
    /// COLLECTION of elements; one without any is of no kind yet.
    Elements(Vec<Data>),
    /// COLLECTION of pairs, in insertion order.
    Pairs(Vec<(Data, Data)>),
    /// TIME
    Time(Time),
    /// FILE; boxed, since it is several times as large as any other value.
    File(Box<File>),
}

impl Data {
    /// A list as a script would make it.
    pub fn list(items: impl IntoIterator<Item = Data>) -> Self {
        Data::List { items: items.into_iter().collect(), from_json: false }
    }

    /// A map with text keys.
    pub fn map<K: Into<String>, V: Into<Data>>(pairs: impl IntoIterator<Item = (K, V)>) -> Self {
        Data::Map(pairs.into_iter().map(|(key, value)| (Data::Text(key.into()), value.into())).collect())
    }

    /// Reads JSON text. The error is a sentence that says what is wrong and where.
    pub fn from_json(text: &str) -> Result<Self, String> {
        let value = json::parse(text).map_err(|failure| failure.into_report().help.unwrap_or_default())?;
        Data::from_value(&value).map_err(|failure| failure.into_report().message)
    }

    /// The printed form, as `info` shows it.
    ///
    /// # Errors
    /// It is nested deeper than 200 levels, or takes more than 100 MB.
    pub fn print(&self) -> Result<String, ConversionError> {
        self.to_value().print().map_err(ConversionError::of_failure)
    }

    /// The value of a text key of a map or of a collection of pairs; `None` for everything else.
    pub fn get(&self, key: &str) -> Option<&Data> {
        match self {
            Data::Map(pairs) | Data::Pairs(pairs) => {
                pairs.iter().find(|(known, _)| matches!(known, Data::Text(text) if text == key)).map(|(_, value)| value)
            }
            _ => None,
        }
    }

    /// Compact JSON, as Zoho writes it: dates are texts as printed, files their names.
    ///
    /// # Errors
    /// As for [`Data::print`].
    pub fn to_json(&self) -> Result<String, ConversionError> {
        let mut out = String::new();
        json::write(&self.to_value(), &mut out).map_err(ConversionError::of_failure)?;
        Ok(out)
    }

    #[doc(hidden)] // For the machine.
    /// Copies a value out of its thread. Fails for one nested too deep or containing itself.
    pub fn from_value(value: &Value) -> Result<Self, Failure> {
        copy_out(value, 0, &mut { MAX_PARTS })
    }

    #[doc(hidden)] // For the machine.
    /// Copies the data into the present thread. The depth is that of [`Data::from_value`] or of a program's own making.
    pub fn to_value(&self) -> Value {
        self.value_in(None)
    }

    #[doc(hidden)] // For the machine.
    /// The same for what enters a run: its dates get the format and the zone of the run. An instant stays that instant, a date
    /// without a time stays that day.
    pub fn to_value_in(&self, dates: &Arc<DateSettings>) -> Value {
        self.value_in(Some(dates))
    }

    fn value_in(&self, dates: Option<&Arc<DateSettings>>) -> Value {
        match self {
            Data::Null => Value::Null,
            Data::Boolean(value) => Value::Boolean(*value),
            Data::Number(number) => Value::Number(*number),
            Data::Decimal(decimal) => Value::decimal(*decimal),
            Data::Text(text) => Value::text(text.as_str()),
            Data::DateTime(date) => Value::date(dates.map_or_else(|| date.clone(), |dates| date.within(dates))),
            Data::List { items, from_json } => {
                let items = items.iter().map(|item| item.value_in(dates)).collect();
                Value::Aggregate(if *from_json { Aggregate::json_list(items) } else { Aggregate::list(items) })
            }
            Data::Map(pairs) => Value::map(map_of(pairs, dates)),
            Data::Elements(items) => {
                Value::collection(Contents::List(items.iter().map(|item| item.value_in(dates)).collect()))
            }
            Data::Pairs(pairs) => Value::collection(Contents::Map(map_of(pairs, dates))),
            Data::Braces => Value::Aggregate(Aggregate::braces()),
            Data::Time(time) => Value::Time(*time),
            Data::File(file) => Value::file((**file).clone()),
        }
    }
}

/// How much one [`Data`] may hold, in values and pieces of text of [`PIECE`] bytes; a value that uses a part of itself
/// often could need more than there is.
const MAX_PARTS: usize = 20_000_000;

/// The bytes of a text that count as one part.
const PIECE: usize = 32;

fn copy_out(value: &Value, depth: usize, left: &mut usize) -> Result<Data, Failure> {
    let cost = 1 + value.as_text().map_or(0, str::len) / PIECE;
    *left = left.checked_sub(cost).ok_or_else(Failure::too_large)?;
    Ok(match value {
        Value::Null => Data::Null,
        Value::Boolean(value) => Data::Boolean(*value),
        Value::Number(number) => Data::Number(*number),
        Value::Decimal { flags, high, low } => Data::Decimal(Decimal::from_parts(*flags, *high, *low)),
        Value::Text(text) => Data::Text(text.as_str().to_owned()),
        Value::DateTime(date) => Data::DateTime((**date).clone()),
        Value::Time(time) => Data::Time(*time),
        Value::File(file) => Data::File(Box::new(file.borrow().clone())),
        Value::Caught(caught) => Data::Text(caught.print()),
        Value::Aggregate(_) if depth >= MAX_DEPTH => return Err(Failure::too_deep()),
        Value::Aggregate(aggregate) => match &*aggregate.borrow() {
            Contents::Braces if aggregate.is_collection() => Data::Elements(Vec::new()),
            Contents::Braces => Data::Braces,
            Contents::List(items) => {
                let items = items.iter().map(|item| copy_out(item, depth + 1, left)).collect::<Result<_, _>>()?;
                match aggregate.is_collection() {
                    true => Data::Elements(items),
                    false => Data::List { items, from_json: aggregate.is_from_json() },
                }
            }
            Contents::Map(map) => {
                let mut copy = |value: &Value| copy_out(value, depth + 1, left);
                let pairs = map.iter().map(|(key, value)| Ok((copy(&key.to_value())?, copy(value)?)));
                let pairs = pairs.collect::<Result<_, Failure>>()?;
                if aggregate.is_collection() { Data::Pairs(pairs) } else { Data::Map(pairs) }
            }
        },
    })
}

fn map_of(pairs: &[(Data, Data)], dates: Option<&Arc<DateSettings>>) -> Map {
    let mut map = Map::with_capacity(pairs.len());
    for (key, value) in pairs {
        let value = value.value_in(dates);
        match key {
            Data::Text(text) => drop(map.insert_text(text, value)),
            // A key that cannot be printed cannot have been made from a value.
            other => {
                if let Ok(key) = Key::new(&other.value_in(dates)) {
                    map.insert(key, value);
                }
            }
        }
    }
    map
}
