//! Rust's own types as [`Data`] and back, where that needs no thought. Whatever has a structure goes by
//! [`Data::from_serde`].

use std::sync::Arc;

use jiff::{Timestamp, Zoned, civil};

use super::{ConversionError, Data, DateSettings, DateTime, Decimal, File, Time};

macro_rules! from {
    ($($kind:ty: $value:ident => $data:expr;)*) => {
        $(impl From<$kind> for Data {
            fn from($value: $kind) -> Self {
                $data
            }
        })*
    };
}

from! {
    bool: value => Data::Boolean(value);
    i8: number => Data::Number(number.into());
    i16: number => Data::Number(number.into());
    i32: number => Data::Number(number.into());
    i64: number => Data::Number(number);
    u8: number => Data::Number(number.into());
    u16: number => Data::Number(number.into());
    u32: number => Data::Number(number.into());
    u64: number => large(number);
    usize: number => u64::try_from(number).map_or(Data::Null, large);
    char: letter => Data::Text(letter.to_string());
    &str: text => Data::Text(text.to_owned());
    &String: text => Data::Text(text.clone());
    String: text => Data::Text(text);
    std::borrow::Cow<'_, str>: text => Data::Text(text.into_owned());
    &Data: data => data.clone();
    Decimal: decimal => Data::Decimal(decimal);
    DateTime: date => Data::DateTime(date);
    Time: time => Data::Time(time);
    File: file => Data::File(Box::new(file));
}

/// DECIMAL beyond 64 bits with a sign.
fn large(number: u64) -> Data {
    match i64::try_from(number) {
        Ok(number) => Data::Number(number),
        Err(_) => Decimal::parse(&number.to_string()).map_or(Data::Null, Data::Decimal),
    }
}

/// A DECIMAL by the shortest digits. What is no number becomes null, and what a DECIMAL cannot hold stays TEXT, as in JSON;
/// [`Data::from_serde`] refuses both.
impl From<f64> for Data {
    fn from(number: f64) -> Self {
        match Decimal::from_double(number) {
            Some(decimal) => Data::Decimal(decimal),
            None if number.is_finite() => Data::Text(format!("{number:e}")),
            None => Data::Null,
        }
    }
}

/// As for `f64`, with the digits of this width.
impl From<f32> for Data {
    fn from(number: f32) -> Self {
        match Decimal::parse(&number.to_string()) {
            Some(decimal) if number.is_finite() => Data::Decimal(decimal),
            _ => Data::from(f64::from(number)),
        }
    }
}

/// A list as a script would make it.
impl<T: Into<Data>> From<Vec<T>> for Data {
    fn from(items: Vec<T>) -> Self {
        Data::list(items.into_iter().map(Into::into))
    }
}

/// `None` is null.
impl<T: Into<Data>> From<Option<T>> for Data {
    fn from(value: Option<T>) -> Self {
        value.map_or(Data::Null, Into::into)
    }
}

/// A DATE-TIME. In a run it has the format and the zone of the run.
impl From<Timestamp> for Data {
    fn from(instant: Timestamp) -> Self {
        Data::DateTime(DateTime::at(instant, &Arc::default()))
    }
}

/// A DATE-TIME in its zone. In a run it has the format and the zone of the run.
impl From<&Zoned> for Data {
    fn from(zoned: &Zoned) -> Self {
        let settings = Arc::new(DateSettings::default().with_zone(zoned.time_zone().clone()));
        Data::DateTime(DateTime::new(zoned.datetime(), true, &settings))
    }
}

/// A DATE-TIME without a time.
impl From<civil::Date> for Data {
    fn from(day: civil::Date) -> Self {
        Data::DateTime(DateTime::new(day.to_datetime(civil::Time::midnight()), false, &Arc::default()))
    }
}

macro_rules! try_from {
    ($($kind:ty)*) => {
        $(
            /// As [`Data::to_serde`].
            impl TryFrom<&Data> for $kind {
                type Error = ConversionError;

                fn try_from(data: &Data) -> Result<Self, ConversionError> {
                    data.to_serde()
                }
            }

            /// As [`Data::to_serde`].
            impl TryFrom<Data> for $kind {
                type Error = ConversionError;

                fn try_from(data: Data) -> Result<Self, ConversionError> {
                    data.to_serde()
                }
            }
        )*
    };
}

try_from! { bool i8 i16 i32 i64 u8 u16 u32 u64 usize f32 f64 char String Decimal DateTime Time File }

/// As [`Data::to_serde`].
impl<T: serde::de::DeserializeOwned> TryFrom<Data> for Vec<T> {
    type Error = ConversionError;

    fn try_from(data: Data) -> Result<Self, ConversionError> {
        data.to_serde()
    }
}
