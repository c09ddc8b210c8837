//! Keys of maps: any kind in Deluge, often digits as TEXT where the Rust type has whole numbers, and the other way round.

use serde::de::{Deserializer, Visitor};

use super::ConversionError;
use super::read::Reader;
use crate::value::Data;

/// Reads one key.
pub(super) struct KeyReader<'de>(pub(super) Reader<'de>);

impl<'de> KeyReader<'de> {
    fn digits<T: std::str::FromStr>(&self) -> Option<T> {
        match self.0.data() {
            Data::Text(text) => text.parse().ok(),
            _ => None,
        }
    }
}

macro_rules! parsed {
    ($($method:ident $visit:ident,)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ConversionError> {
            match self.digits() {
                Some(value) => visitor.$visit(value),
                None => self.0.$method(visitor),
            }
        })*
    };
}

macro_rules! texts {
    ($($method:ident)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ConversionError> {
            match self.0.data() {
                Data::Boolean(_) | Data::Number(_) | Data::Decimal(_) => {
                    visitor.visit_string(self.0.data().print().unwrap_or_default())
                }
                _ => self.0.$method(visitor),
            }
        })*
    };
}

impl<'de> Deserializer<'de> for KeyReader<'de> {
    type Error = ConversionError;

    parsed! {
        deserialize_bool visit_bool,
        deserialize_i8 visit_i8, deserialize_i16 visit_i16, deserialize_i32 visit_i32, deserialize_i64 visit_i64,
        deserialize_i128 visit_i128,
        deserialize_u8 visit_u8, deserialize_u16 visit_u16, deserialize_u32 visit_u32, deserialize_u64 visit_u64,
        deserialize_u128 visit_u128,
    }

    texts! { deserialize_str deserialize_string deserialize_char deserialize_identifier }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ConversionError> {
        self.0.deserialize_any(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, ConversionError> {
        if name == super::carried::TOKEN {
            return self.0.deserialize_newtype_struct(name, visitor);
        }
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ConversionError> {
        self.0.deserialize_enum(name, variants, visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ConversionError> {
        self.0.deserialize_option(visitor)
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ConversionError> {
        self.0.deserialize_unit(visitor)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value, ConversionError> {
        self.0.deserialize_tuple(length, visitor)
    }

    serde::forward_to_deserialize_any! {
        f32 f64 bytes byte_buf unit_struct seq tuple_struct map struct ignored_any
    }
}
