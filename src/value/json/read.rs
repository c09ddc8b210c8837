//! JSON text as values. Valid JSON goes through serde straight into values; what serde refuses gets a second reading by
//! the lenient reader where Zoho is lenient (help page "toMap": `{company:Zoho}` is read).

use std::cell::Cell;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::lenient;
use crate::value::{Aggregate, Decimal, Failure, Key, Map, Value};

/// Reads strict JSON. Lists print as JSON arrays from then on. Numbers keep their digits.
pub fn parse(text: &str) -> Result<Value, Failure> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let room = Room::default();
    let value = Any(&room).deserialize(&mut reader).map_err(|error| Failure::invalid_json(&error.to_string()))?;
    reader.end().map_err(|error| Failure::invalid_json(&error.to_string()))?;
    Ok(value)
}

/// Reads JSON, and what people write for JSON: names and texts without quotes or in single quotes, trailing commas, line
/// ends inside texts, a byte-order mark before all.
pub fn parse_lenient(text: &str) -> Result<Value, Failure> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    parse(text).or_else(|failure| lenient::parse(text).ok_or(failure))
}

/// The most memory that the values of a JSON text can take, roughly: told by its punctuation, without reading it.
pub fn heft(text: &[u8]) -> usize {
    /// Texts below this are not worth looking at.
    const SMALL: usize = 1_000_000;
    if text.len() < SMALL {
        return 0;
    }
    let cost = |byte: &u8| match byte {
        b'[' | b'{' => 200_usize,
        b',' => 96,
        b':' => 120,
        _ => 1,
    };
    text.iter().map(cost).sum()
}

/// What one JSON text may still make. `[{},{},…]` takes fifty times its length in memory, so the parts are counted, each by
/// about sixteen bytes.
pub(super) struct Room(Cell<usize>);

impl Room {
    /// A number, a truth value or null.
    pub(super) const SCALAR: usize = 1;
    /// A text beside its characters.
    pub(super) const TEXT: usize = 4;
    /// A key and its place in a map.
    pub(super) const KEY: usize = 4;
    /// A list or map beside its contents.
    pub(super) const CONTAINER: usize = 8;

    /// Takes room for one part; `None` when there is no more.
    pub(super) fn take(&self, size: usize) -> Option<()> {
        self.0.set(self.0.get().checked_sub(size)?);
        Some(())
    }

    fn need<E: Error>(&self, size: usize) -> Result<(), E> {
        self.take(size).ok_or_else(|| E::custom("it has too many parts"))
    }
}

impl Default for Room {
    fn default() -> Self {
        Self(Cell::new(MAX_PARTS))
    }
}

/// The parts of one text: some 500 megabytes.
const MAX_PARTS: usize = 30_000_000;

#[derive(Clone, Copy)]
struct Any<'r>(&'r Room);

impl<'de> DeserializeSeed<'de> for Any<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Any<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        self.0.need(Room::SCALAR)?;
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        self.0.need(Room::SCALAR)?;
        Ok(Value::Boolean(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        number(&value.to_string()).ok_or_else(|| E::custom("a number out of range"))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Decimal::from_double(value).map(Value::decimal).ok_or_else(|| E::custom("a number out of range"))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        self.0.need(Room::TEXT)?;
        Ok(Value::text(value))
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Value, E> {
        self.0.need(Room::TEXT)?;
        Ok(Value::text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Value, A::Error> {
        self.0.need(Room::CONTAINER)?;
        let mut items = Vec::new();
        while let Some(item) = elements.next_element_seed(self)? {
            items.push(item);
        }
        Ok(Value::Aggregate(Aggregate::json_list(items)))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut pairs: A) -> Result<Value, A::Error> {
        let mut map = Map::default();
        while let Some(key) = pairs.next_key::<compact_str::CompactString>()? {
            if map.is_empty() && key == NUMBER_TOKEN {
                let digits: String = pairs.next_value()?;
                self.0.need(Room::SCALAR)?;
                return number(&digits).ok_or_else(|| A::Error::custom("a number out of range"));
            }
            self.0.need(if map.is_empty() { Room::CONTAINER + Room::KEY } else { Room::KEY })?;
            let value = pairs.next_value_seed(self)?;
            map.insert(Key::Text(key), value);
        }
        if map.is_empty() {
            self.0.need(Room::CONTAINER)?;
        }
        Ok(Value::map(map))
    }
}

/// Under this name serde_json hands over a number's digits, which is how they stay exact.
pub(in crate::value) const NUMBER_TOKEN: &str = "$serde_json::private::Number";

/// A NUMBER when it is a whole number of 64 bits, else a DECIMAL. A number beyond both keeps its digits as TEXT: nothing is
/// lost, and one odd number does not make a whole reply unreadable. `None` for what is no number.
pub(in crate::value) fn number(digits: &str) -> Option<Value> {
    if let Ok(number) = digits.parse::<i64>() {
        return Some(Value::Number(number));
    }
    let nearest = digits.parse::<f64>().ok()?;
    let decimal = Decimal::parse(digits).or_else(|| Decimal::from_double(nearest));
    // What is too small for a DECIMAL reads as zero.
    match decimal.filter(|decimal| !decimal.is_zero() || nearest == 0.0) {
        Some(decimal) => Some(Value::decimal(decimal)),
        None => Some(Value::text(digits)),
    }
}
