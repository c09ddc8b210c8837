//! [`Data`] and serde. Two ways, which differ in what they are for:
//!
//! - `Data::from_serde` and `Data::to_serde` work on Rust types without any text in between; nothing is lost.
//! - `Serialize` and `Deserialize` of `Data` itself are its view as JSON, for `serde_json` and its relatives.
//!
//! The two meet where a Rust type has a field that is a `Data`, a `Decimal`, a `DateTime`, a `Time` or a `File`: on the first
//! way it arrives as it was. `carried` explains how.

mod carried;
mod error;
mod json;
mod key;
mod read;
mod size;
#[cfg(test)]
mod tests;
mod view;
mod write;

pub use error::ConversionError;

use serde::{Deserialize, Serialize};

use super::Data;

impl Data {
    /// Makes data of any Rust type that serde knows, without a detour through JSON.
    ///
    /// | Rust | Deluge |
    /// | --- | --- |
    /// | whole numbers | NUMBER; DECIMAL beyond 64 bits |
    /// | `f32`, `f64` | DECIMAL, by its shortest digits; below 10⁻²⁸ it is zero |
    /// | `None`, `()` | null |
    /// | text, `char`, unit variants of an enum | TEXT |
    /// | bytes (`serde_bytes`) | FILE without a name |
    /// | sequences, tuples | LIST, as a script makes it |
    /// | structs, maps | KEY-VALUE; keys keep their kind |
    /// | other variants of an enum | KEY-VALUE of one pair, or what `#[serde(tag)]` and `#[serde(untagged)]` make of them |
    /// | `Data`, `Decimal`, `DateTime`, `Time`, `File` of this crate | themselves |
    ///
    /// Dates of other crates are what their own serde support makes of them, which is TEXT.
    ///
    /// ```
    /// # use sluice::Data;
    /// #[derive(serde::Serialize)]
    /// struct Contact<'a> { name: &'a str, orders: Vec<u32>, vip: Option<bool> }
    ///
    /// let contact = Data::from_serde(&Contact { name: "Ada", orders: vec![7, 9], vip: None })?;
    /// assert_eq!(contact.to_json()?, r#"{"name":"Ada","orders":[7,9],"vip":null}"#);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// Infinite numbers, numbers beyond what a DECIMAL holds (28 digits), and more than 200 levels of nesting. The error
    /// names the place: `lines[3].price: …`.
    pub fn from_serde<T: Serialize + ?Sized>(value: &T) -> Result<Self, ConversionError> {
        value.serialize(write::Writer::default())
    }

    /// Makes a Rust type of the data; texts may be borrowed from it. It is the way back of [`Data::from_serde`], and takes a
    /// little more: a DECIMAL without a fraction where a whole number is wanted, since every division gives a DECIMAL; `{}`
    /// where a list or a map is wanted; keys that are texts of digits where a map has whole numbers as keys.
    /// Where text is wanted, a DATE-TIME is written as in RFC 3339.
    ///
    /// ```
    /// # use sluice::Data;
    /// #[derive(serde::Deserialize)]
    /// struct Line { price: f64 }
    /// #[derive(serde::Deserialize)]
    /// struct Order { lines: Vec<Line> }
    ///
    /// let order: Order = Data::from_json(r#"{"lines": [{"price": 9.90}]}"#)?.to_serde()?;
    /// assert_eq!(order.lines[0].price, 9.9);
    ///
    /// let wrong = Data::from_json(r#"{"lines": [{"price": "x"}]}"#)?;
    /// let error = wrong.to_serde::<Order>().err().unwrap();
    /// assert_eq!(error.to_string(), r#"lines[0].price: expected a number, found TEXT "x""#);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// The data does not fit the type. The error says where and what was found.
    pub fn to_serde<'de, T: Deserialize<'de>>(&'de self) -> Result<T, ConversionError> {
        T::deserialize(read::Reader::new(self))
    }
}

/// The guide's examples are true.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/guide/embedding-data.md")]
struct Guide;
