//! The deserializer: [`Data`] becomes Rust types.

use serde::de::{self, Deserializer, Visitor};

use super::ConversionError;
use super::carried::{self, TOKEN};
use super::key::KeyReader;
use super::view::iso;
use crate::value::print::MAX_DEPTH;
use crate::value::{Data, Decimal};

type Result<T> = std::result::Result<T, ConversionError>;

/// Reads one value. `depth` counts everything around it, also what leaves no trace in the data: a type may contain itself
/// in a newtype.
#[derive(Clone, Copy)]
pub(super) struct Reader<'de> {
    data: &'de Data,
    depth: usize,
}

/// Data of 200 levels may be wrapped in options and newtypes, too.
const MOST_STEPS: usize = 2 * MAX_DEPTH;

impl<'de> Reader<'de> {
    pub(super) fn new(data: &'de Data) -> Self {
        Self { data, depth: 0 }
    }

    pub(super) fn data(&self) -> &'de Data {
        self.data
    }

    fn inner(self, data: &'de Data) -> Result<Self> {
        if self.depth >= MOST_STEPS {
            return Err(ConversionError::too_deep());
        }
        Ok(Self { data, depth: self.depth + 1 })
    }

    fn mismatch<T>(self, expected: &str) -> Result<T> {
        Err(ConversionError::mismatch(expected, self.data))
    }

    fn whole<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        let whole = match self.data {
            Data::Number(number) => return visitor.visit_i64(*number),
            Data::Decimal(decimal) => decimal.to_whole(),
            _ => return self.mismatch("a whole number"),
        };
        let Some(whole) = whole else { return self.mismatch("a whole number") };
        match (i64::try_from(whole), u64::try_from(whole)) {
            (Ok(number), _) => visitor.visit_i64(number),
            (_, Ok(number)) => visitor.visit_u64(number),
            _ => visitor.visit_i128(whole),
        }
    }

    fn float<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.data {
            Data::Number(number) => visitor.visit_f64(Decimal::from(*number).to_double()),
            Data::Decimal(decimal) => visitor.visit_f64(decimal.to_double()),
            _ => self.mismatch("a number"),
        }
    }

    fn text<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.data {
            Data::Text(text) => visitor.visit_borrowed_str(text),
            Data::DateTime(date) => visitor.visit_string(iso(date)),
            Data::Time(time) => visitor.visit_string(time.print()),
            _ => self.mismatch("a text"),
        }
    }

    fn bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.data {
            Data::File(file) => visitor.visit_borrowed_bytes(&file.bytes),
            Data::Text(text) => visitor.visit_borrowed_bytes(text.as_bytes()),
            Data::List { .. } | Data::Elements(_) => self.list(visitor, "bytes"),
            _ => self.mismatch("bytes"),
        }
    }

    fn list<V: Visitor<'de>>(self, visitor: V, expected: &str) -> Result<V::Value> {
        let items = match self.data {
            Data::List { items, .. } | Data::Elements(items) => items.as_slice(),
            Data::Braces => &[],
            _ => return self.mismatch(expected),
        };
        let mut items = Items { reader: self, items, next: 0 };
        let value = visitor.visit_seq(&mut items)?;
        match items.items.len() {
            all if all == items.next => Ok(value),
            all => Err(ConversionError::new(format!("expected {} elements, found {all}", items.next))),
        }
    }

    fn map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        let pairs = match self.data {
            Data::Map(pairs) | Data::Pairs(pairs) => pairs.as_slice(),
            Data::Braces => &[],
            Data::Elements(items) if items.is_empty() => &[],
            Data::File(file) => {
                let size = i64::try_from(file.bytes.len()).unwrap_or(i64::MAX);
                let pairs = [("name", file.name.as_str().into()), ("type", file.content_type.as_str().into())];
                let pairs = pairs.into_iter().chain([("size", Data::Number(size))]);
                return visitor.visit_map(de::value::MapDeserializer::new(pairs.map(|(key, data)| (key, Owned(data)))));
            }
            _ => return self.mismatch("a KEY-VALUE"),
        };
        visitor.visit_map(Pairs { reader: self, pairs, next: 0 })
    }
}

macro_rules! numbers {
    ($way:ident: $($method:ident)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
            self.$way(visitor)
        })*
    };
}

impl<'de> Deserializer<'de> for Reader<'de> {
    type Error = ConversionError;

    numbers! { whole: deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128 }
    numbers! { whole: deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128 }
    numbers! { float: deserialize_f32 deserialize_f64 }
    numbers! { text: deserialize_char deserialize_str deserialize_string }
    numbers! { bytes: deserialize_bytes deserialize_byte_buf }
    numbers! { map: deserialize_map }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.data {
            Data::Null => visitor.visit_unit(),
            Data::Boolean(value) => visitor.visit_bool(*value),
            Data::Number(_) => self.whole(visitor),
            // Tagged and untagged enums see only this; a whole result of a division must fit their whole numbers.
            Data::Decimal(decimal) if decimal.scale() == 0 => self.whole(visitor),
            Data::Decimal(_) => self.float(visitor),
            Data::Text(_) | Data::DateTime(_) | Data::Time(_) => self.text(visitor),
            Data::List { .. } | Data::Elements(_) => self.list(visitor, "a LIST"),
            Data::Map(_) | Data::Pairs(_) | Data::Braces | Data::File(_) => self.map(visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.data {
            Data::Boolean(value) => visitor.visit_bool(*value),
            _ => self.mismatch("true or false"),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.data {
            Data::Null => visitor.visit_none(),
            data => visitor.visit_some(self.inner(data)?),
        }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.data {
            Data::Null => visitor.visit_unit(),
            _ => self.mismatch("null"),
        }
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value> {
        if name == TOKEN {
            return carried::send(self.data, || visitor.visit_unit());
        }
        visitor.visit_newtype_struct(self.inner(self.data)?)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.list(visitor, "a LIST")
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value> {
        self.list(visitor, &format!("a LIST of {length}"))
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(self, _: &'static str, length: usize, visitor: V) -> Result<V::Value> {
        self.deserialize_tuple(length, visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        self.map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        match self.data {
            Data::Text(variant) => visitor.visit_enum(de::value::StrDeserializer::new(variant)),
            Data::Map(pairs) | Data::Pairs(pairs) => match pairs.as_slice() {
                [(Data::Text(variant), data)] => visitor.visit_enum(Variant { variant, reader: self.inner(data)? }),
                _ => self.mismatch(&format!("one variant of {name}")),
            },
            _ => self.mismatch(&format!("a variant of {name}")),
        }
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.deserialize_any(visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        visitor.visit_unit()
    }
}

/// Elements not read yet.
struct Items<'de> {
    reader: Reader<'de>,
    items: &'de [Data],
    next: usize,
}

impl<'de> de::SeqAccess<'de> for Items<'de> {
    type Error = ConversionError;

    fn next_element_seed<S: de::DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>> {
        let Some(item) = self.items.get(self.next) else { return Ok(None) };
        let at = self.next;
        self.next += 1;
        seed.deserialize(self.reader.inner(item)?).map(Some).map_err(|error| error.at_index(at))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.items.len().saturating_sub(self.next))
    }
}

/// Pairs not read yet.
struct Pairs<'de> {
    reader: Reader<'de>,
    pairs: &'de [(Data, Data)],
    next: usize,
}

impl<'de> de::MapAccess<'de> for Pairs<'de> {
    type Error = ConversionError;

    fn next_key_seed<S: de::DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>> {
        let Some((key, _)) = self.pairs.get(self.next) else { return Ok(None) };
        seed.deserialize(KeyReader(self.reader.inner(key)?)).map(Some)
    }

    fn next_value_seed<S: de::DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value> {
        let Some((key, value)) = self.pairs.get(self.next) else {
            return Err(ConversionError::new("a value without a key"));
        };
        self.next += 1;
        let at = |error: ConversionError| error.at_key(&key.print().unwrap_or_default());
        seed.deserialize(self.reader.inner(value)?).map_err(at)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.pairs.len().saturating_sub(self.next))
    }
}

/// A variant with contents.
struct Variant<'de> {
    variant: &'de str,
    reader: Reader<'de>,
}

impl<'de> de::EnumAccess<'de> for Variant<'de> {
    type Error = ConversionError;
    type Variant = Self;

    fn variant_seed<S: de::DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Self)> {
        let name = de::value::StrDeserializer::<ConversionError>::new(self.variant);
        Ok((seed.deserialize(name)?, self))
    }
}

impl<'de> de::VariantAccess<'de> for Variant<'de> {
    type Error = ConversionError;

    fn unit_variant(self) -> Result<()> {
        self.reader.deserialize_unit(de::IgnoredAny).map(drop).map_err(|error| error.at_key(self.variant))
    }

    fn newtype_variant_seed<S: de::DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value> {
        seed.deserialize(self.reader).map_err(|error| error.at_key(self.variant))
    }

    fn tuple_variant<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value> {
        self.reader.deserialize_tuple(length, visitor).map_err(|error| error.at_key(self.variant))
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], visitor: V) -> Result<V::Value> {
        self.reader.map(visitor).map_err(|error| error.at_key(self.variant))
    }
}

/// A part of a file, made on the way.
struct Owned(Data);

impl<'de> de::IntoDeserializer<'de, ConversionError> for Owned {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Owned {
    type Error = ConversionError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.0 {
            Data::Number(number) => visitor.visit_i64(number),
            Data::Text(text) => visitor.visit_string(text),
            other => Err(ConversionError::mismatch("a part of a file", &other)),
        }
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}
