//! The serializer: Rust types become [`Data`].

use serde::ser::{self, Serialize, Serializer};

use super::carried::{self, TOKEN};
use super::{ConversionError, size};
use crate::value::json::{NUMBER_TOKEN, number};
use crate::value::print::MAX_DEPTH;
use crate::value::{Data, File};

type Result<T = Data> = std::result::Result<T, ConversionError>;

/// Writes one value; `depth` counts everything around it, also what leaves no trace in the data.
#[derive(Clone, Copy, Default)]
pub(super) struct Writer {
    depth: usize,
}

impl Writer {
    fn deeper(self) -> Result<Self> {
        if self.depth >= MAX_DEPTH { Err(ConversionError::too_deep()) } else { Ok(Self { depth: self.depth + 1 }) }
    }

    fn items(self, length: Option<usize>, variant: Option<&'static str>) -> Result<Items> {
        let items = Vec::with_capacity(length.unwrap_or_default().min(1024));
        Ok(Items { inner: self.deeper()?, items, variant })
    }

    fn pairs(self, length: Option<usize>, variant: Option<&'static str>) -> Result<Pairs> {
        let pairs = Vec::with_capacity(length.unwrap_or_default().min(1024));
        Ok(Pairs { inner: self.deeper()?, pairs, key: None, variant, is_number: false })
    }
}

/// Elements so far.
pub(super) struct Items {
    inner: Writer,
    items: Vec<Data>,
    variant: Option<&'static str>,
}

/// Pairs so far.
pub(super) struct Pairs {
    inner: Writer,
    pairs: Vec<(Data, Data)>,
    key: Option<Data>,
    variant: Option<&'static str>,
    /// serde_json's own form of a number that keeps its digits.
    is_number: bool,
}

/// The externally tagged form: `{"Variant": …}`.
fn tagged(variant: Option<&'static str>, data: Data) -> Data {
    match variant {
        Some(name) => Data::Map(vec![(Data::from(name), data)]),
        None => data,
    }
}

macro_rules! whole_numbers {
    ($($method:ident $kind:ty,)*) => {
        $(fn $method(self, number: $kind) -> Result {
            size::whole(number)
        })*
    };
}

impl Serializer for Writer {
    type Ok = Data;
    type Error = ConversionError;
    type SerializeSeq = Items;
    type SerializeTuple = Items;
    type SerializeTupleStruct = Items;
    type SerializeTupleVariant = Items;
    type SerializeMap = Pairs;
    type SerializeStruct = Pairs;
    type SerializeStructVariant = Pairs;

    whole_numbers! {
        serialize_i8 i8, serialize_i16 i16, serialize_i32 i32, serialize_i64 i64, serialize_i128 i128,
        serialize_u8 u8, serialize_u16 u16, serialize_u32 u32, serialize_u64 u64, serialize_u128 u128,
    }

    fn serialize_bool(self, value: bool) -> Result {
        Ok(Data::Boolean(value))
    }

    fn serialize_f32(self, number: f32) -> Result {
        size::float(number)
    }

    fn serialize_f64(self, number: f64) -> Result {
        size::float(number)
    }

    fn serialize_char(self, letter: char) -> Result {
        Ok(Data::Text(letter.to_string()))
    }

    fn serialize_str(self, text: &str) -> Result {
        Ok(Data::from(text))
    }

    fn serialize_bytes(self, bytes: &[u8]) -> Result {
        Ok(Data::from(File::new("", "application/octet-stream", bytes.to_vec())))
    }

    fn serialize_none(self) -> Result {
        Ok(Data::Null)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result {
        value.serialize(self.deeper()?)
    }

    fn serialize_unit(self) -> Result {
        Ok(Data::Null)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result {
        Ok(Data::Null)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result {
        Ok(Data::from(variant))
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> Result {
        let inner = self.deeper()?;
        if name == TOKEN {
            let (written, carried) = carried::receive(|| value.serialize(inner));
            return carried.map_or(written, Ok);
        }
        value.serialize(inner)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result {
        let data = value.serialize(self.deeper()?).map_err(|error| error.at_key(variant))?;
        Ok(tagged(Some(variant), data))
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<Items> {
        self.items(length, None)
    }

    fn serialize_tuple(self, length: usize) -> Result<Items> {
        self.items(Some(length), None)
    }

    fn serialize_tuple_struct(self, _: &'static str, length: usize) -> Result<Items> {
        self.items(Some(length), None)
    }

    fn serialize_tuple_variant(self, _: &'static str, _: u32, variant: &'static str, length: usize) -> Result<Items> {
        self.deeper()?.items(Some(length), Some(variant))
    }

    fn serialize_map(self, length: Option<usize>) -> Result<Pairs> {
        self.pairs(length, None)
    }

    fn serialize_struct(self, name: &'static str, length: usize) -> Result<Pairs> {
        Ok(Pairs { is_number: name == NUMBER_TOKEN, ..self.pairs(Some(length), None)? })
    }

    fn serialize_struct_variant(self, _: &'static str, _: u32, variant: &'static str, length: usize) -> Result<Pairs> {
        self.deeper()?.pairs(Some(length), Some(variant))
    }
}

impl Items {
    fn push<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        let at = self.items.len();
        self.items.push(value.serialize(self.inner).map_err(|error| error.at_index(at))?);
        Ok(())
    }

    fn done(self) -> Data {
        tagged(self.variant, Data::list(self.items))
    }
}

impl Pairs {
    fn push<T: Serialize + ?Sized>(&mut self, key: Data, value: &T) -> Result<()> {
        let at = |error: ConversionError| error.at_key(&key.print().unwrap_or_default());
        let value = value.serialize(self.inner).map_err(at)?;
        self.pairs.push((key, value));
        Ok(())
    }

    fn done(mut self) -> Result {
        if self.is_number
            && let Some((_, Data::Text(digits))) = self.pairs.pop()
        {
            return number(&digits)
                .and_then(|value| Data::from_value(&value).ok())
                .ok_or_else(|| ConversionError::new(format!("{digits} is no number")));
        }
        Ok(tagged(self.variant, Data::Map(self.pairs)))
    }
}

macro_rules! items {
    ($($name:ident $method:ident,)*) => {
        $(impl ser::$name for Items {
            type Ok = Data;
            type Error = ConversionError;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
                self.push(value)
            }

            fn end(self) -> Result {
                Ok(self.done())
            }
        })*
    };
}

items! {
    SerializeSeq serialize_element,
    SerializeTuple serialize_element,
    SerializeTupleStruct serialize_field,
    SerializeTupleVariant serialize_field,
}

macro_rules! fields {
    ($($name:ident,)*) => {
        $(impl ser::$name for Pairs {
            type Ok = Data;
            type Error = ConversionError;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<()> {
                self.push(Data::from(key), value)
            }

            fn end(self) -> Result {
                self.done()
            }
        })*
    };
}

fields! { SerializeStruct, SerializeStructVariant, }

impl ser::SerializeMap for Pairs {
    type Ok = Data;
    type Error = ConversionError;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<()> {
        self.key = Some(key.serialize(self.inner)?);
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        let key = self.key.take().ok_or_else(|| ConversionError::new("a value without a key"))?;
        self.push(key, value)
    }

    fn end(self) -> Result {
        self.done()
    }
}
