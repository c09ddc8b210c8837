//! [`Data`] as JSON sees it, and back. A decimal is a number with its digits, a date is a text of RFC 3339, a file is its
//! name, type and size.

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde::ser::{Error as _, Serialize, SerializeMap, Serializer};

use super::carried::{self, TOKEN};
use super::{ConversionError, size};
use crate::value::json::{NUMBER_TOKEN, number};
use crate::value::print::MAX_DEPTH;
use crate::value::{Data, DateTime, Decimal, File, Time};

/// A date as in RFC 3339: with the offset of its zone, or the day alone when it has no time.
pub(in crate::value) fn iso(date: &DateTime) -> String {
    if !date.has_time() {
        return date.civil().date().to_string();
    }
    let instant = date.instant();
    let offset = date.settings().zone().to_offset(instant);
    jiff::fmt::temporal::DateTimePrinter::new().timestamp_with_offset_to_string(&instant, offset)
}

/// The text of a key; JSON has no other keys.
pub(super) fn key_text(key: &Data) -> String {
    match key {
        Data::Text(text) => text.clone(),
        Data::DateTime(date) => iso(date),
        other => other.print().unwrap_or_default(),
    }
}

/// The view as JSON, which serde_json writes; see [`Data`] for its rules. On the way of [`Data::from_serde`] the data
/// arrives as it is.
impl Serialize for Data {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(TOKEN, &Carrier(self))
    }
}

/// Takes the way out through the slot where there is one, else is written as JSON.
struct Carrier<'a>(&'a Data);

impl Serialize for Carrier<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if carried::put(self.0) {
            return serializer.serialize_unit();
        }
        View { data: self.0, depth: 0 }.serialize(serializer)
    }
}

struct View<'a> {
    data: &'a Data,
    depth: usize,
}

impl Serialize for View<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.depth > MAX_DEPTH {
            return Err(S::Error::custom(ConversionError::too_deep()));
        }
        let inner = |data| View { data, depth: self.depth + 1 };
        match self.data {
            Data::Null => serializer.serialize_unit(),
            Data::Boolean(value) => serializer.serialize_bool(*value),
            Data::Number(number) => serializer.serialize_i64(*number),
            Data::Decimal(decimal) => match decimal.to_string().parse::<serde_json::Number>() {
                Ok(number) => number.serialize(serializer),
                Err(_) => serializer.serialize_f64(decimal.to_double()),
            },
            Data::Text(text) => serializer.serialize_str(text),
            Data::DateTime(date) => serializer.serialize_str(&iso(date)),
            Data::Time(time) => serializer.serialize_str(&time.print()),
            Data::List { items, .. } | Data::Elements(items) => serializer.collect_seq(items.iter().map(inner)),
            Data::Map(pairs) | Data::Pairs(pairs) => {
                serializer.collect_map(pairs.iter().map(|(key, value)| (key_text(key), inner(value))))
            }
            Data::Braces => serializer.serialize_map(Some(0))?.end(),
            Data::File(file) => {
                let mut map = serializer.serialize_map(Some(3))?;
                map.serialize_entry("name", &file.name)?;
                map.serialize_entry("type", &file.content_type)?;
                map.serialize_entry("size", &file.bytes.len())?;
                map.end()
            }
        }
    }
}

/// Reads JSON with exact decimals, and whatever else serde reads; texts stay texts, also where they look like dates. On the
/// way of [`Data::to_serde`] the data arrives as it is.
impl<'de> Deserialize<'de> for Data {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(TOKEN, Any { depth: 0 })
    }
}

#[derive(Clone, Copy)]
struct Any {
    depth: usize,
}

impl Any {
    fn deeper<E: serde::de::Error>(self) -> Result<Self, E> {
        if self.depth >= MAX_DEPTH {
            return Err(E::custom(ConversionError::too_deep()));
        }
        Ok(Self { depth: self.depth + 1 })
    }
}

impl<'de> serde::de::DeserializeSeed<'de> for Any {
    type Value = Data;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Data, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Any {
    type Value = Data;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a value")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Data, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<Data, E> {
        Ok(carried::take().unwrap_or_default())
    }

    fn visit_none<E: serde::de::Error>(self) -> Result<Data, E> {
        Ok(Data::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Data, D::Error> {
        deserializer.deserialize_any(self.deeper()?)
    }

    fn visit_bool<E: serde::de::Error>(self, value: bool) -> Result<Data, E> {
        Ok(Data::Boolean(value))
    }

    fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<Data, E> {
        Ok(Data::Number(number))
    }

    fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<Data, E> {
        size::whole(number).map_err(E::custom)
    }

    fn visit_i128<E: serde::de::Error>(self, number: i128) -> Result<Data, E> {
        size::whole(number).map_err(E::custom)
    }

    fn visit_u128<E: serde::de::Error>(self, number: u128) -> Result<Data, E> {
        size::whole(number).map_err(E::custom)
    }

    fn visit_f64<E: serde::de::Error>(self, number: f64) -> Result<Data, E> {
        size::float(number).map_err(E::custom)
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Data, E> {
        Ok(Data::from(text))
    }

    fn visit_string<E: serde::de::Error>(self, text: String) -> Result<Data, E> {
        Ok(Data::Text(text))
    }

    fn visit_bytes<E: serde::de::Error>(self, bytes: &[u8]) -> Result<Data, E> {
        Ok(Data::from(File::new("", "application/octet-stream", bytes.to_vec())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Data, A::Error> {
        let inner = self.deeper()?;
        let mut items = Vec::new();
        while let Some(item) = elements.next_element_seed(inner)? {
            items.push(item);
        }
        Ok(Data::List { items, from_json: true })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut pairs: A) -> Result<Data, A::Error> {
        let inner = self.deeper()?;
        let mut read = indexmap::IndexMap::<String, Data>::new();
        while let Some(key) = pairs.next_key::<String>()? {
            if read.is_empty() && key == NUMBER_TOKEN {
                let digits: String = pairs.next_value()?;
                let value = number(&digits).ok_or_else(|| A::Error::custom("a number out of range"))?;
                return Data::from_value(&value).map_err(|_| A::Error::custom("a number out of range"));
            }
            let value = pairs.next_value_seed(inner)?;
            read.insert(key, value);
        }
        Ok(Data::Map(read.into_iter().map(|(key, value)| (Data::Text(key), value)).collect()))
    }
}

/// A type of its own that is one kind of data.
macro_rules! kind_of_data {
    ($($kind:ident, $doc:literal, $expected:literal, $read:expr;)*) => {
        $(
            #[doc = $doc]
            impl Serialize for $kind {
                fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    Data::from(self.clone()).serialize(serializer)
                }
            }

            #[doc = $doc]
            impl<'de> Deserialize<'de> for $kind {
                fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    let data = Data::deserialize(deserializer)?;
                    let read: fn(&Data) -> Option<$kind> = $read;
                    read(&data).ok_or_else(|| D::Error::custom(ConversionError::mismatch($expected, &data)))
                }
            }
        )*
    };
}

kind_of_data! {
    Decimal, "A number with its digits.", "a number", |data| data.as_decimal();
    DateTime, "A text of RFC 3339.", "a date", |data| match data {
        Data::DateTime(date) => Some(date.clone()),
        Data::Text(text) => from_iso(text),
        _ => None,
    };
    Time, "A text: `14:15:10`.", "a time of day", |data| match data {
        Data::Time(time) => Some(*time),
        Data::Text(text) => match Time::read(text) {
            crate::value::TimeReading::Time(time) => Some(time),
            _ => None,
        },
        _ => None,
    };
    File, "Name, type and size in JSON, which cannot be read back.", "a FILE", |data| match data {
        Data::File(file) => Some((**file).clone()),
        _ => None,
    };
}

/// A date of RFC 3339, or of ISO 8601 without a time or without an offset, which is taken as UTC. Its zone is the one that
/// the text names.
pub(in crate::value) fn from_iso(text: &str) -> Option<DateTime> {
    let pieces = jiff::fmt::temporal::Pieces::parse(text).ok()?;
    let zone = match (pieces.to_time_zone(), pieces.to_numeric_offset()) {
        (Ok(Some(zone)), _) => zone,
        (_, Some(offset)) => jiff::tz::TimeZone::fixed(offset),
        _ => jiff::tz::TimeZone::UTC,
    };
    let settings = std::sync::Arc::new(crate::value::DateSettings::default().with_zone(zone));
    let time = pieces.time();
    Some(DateTime::new(pieces.date().to_datetime(time.unwrap_or_default()), time.is_some(), &settings))
}
