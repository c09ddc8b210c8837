//! The built-in functions as tables of rows, by receiver and theme. A row declares and registers a function in one; its
//! body stands below the table in the same file. Nothing here knows who calls it or how scripts are written.

mod check;
mod collection;
mod construct;
mod container;
mod convert;
mod date;
mod encoding;
mod encryption;
mod error;
mod file;
mod json;
mod list;
mod map;
mod number;
mod order;
mod pattern;
mod platform;
mod replacement;
mod support;
mod system;
#[cfg(test)]
mod tests;
mod text;
mod value_set;
mod xml;

pub use system::SYSTEM_VARIABLES;

use crate::catalogue::Builtin;

/// Every table, in the order of the reference: making values, testing and converting them, encoding and encrypting,
/// texts, numbers, dates, lists, maps, collections, files.
pub fn tables() -> &'static [&'static [Builtin]] {
    TABLES
}

static TABLES: &[&[Builtin]] = &[
    construct::TABLE,
    check::TABLE,
    convert::TABLE,
    json::TABLE,
    xml::TABLE,
    encoding::url::TABLE,
    encoding::html::TABLE,
    encoding::xml::TABLE,
    encoding::hex::TABLE,
    encryption::base64::TABLE,
    encryption::hash::TABLE,
    encryption::hmac::TABLE,
    encryption::aes::TABLE,
    text::case::TABLE,
    text::search::TABLE,
    text::compare::TABLE,
    text::cut::TABLE,
    text::filter::TABLE,
    text::replace::TABLE,
    text::change::TABLE,
    number::arithmetic::TABLE,
    number::power::TABLE,
    number::trigonometry::TABLE,
    number::random::TABLE,
    number::words::TABLE,
    number::format::TABLE,
    number::statistics::TABLE,
    date::moment::TABLE,
    date::add::TABLE,
    date::part::TABLE,
    date::between::TABLE,
    date::weekday::TABLE,
    date::business::TABLE,
    date::business_hour::TABLE,
    date::text::TABLE,
    date::convert::TABLE,
    container::TABLE,
    list::access::TABLE,
    list::change::TABLE,
    list::derive::TABLE,
    map::access::TABLE,
    map::change::TABLE,
    collection::access::TABLE,
    collection::change::TABLE,
    collection::delete::TABLE,
    collection::order::TABLE,
    collection::derive::TABLE,
    file::TABLE,
    file::compress::TABLE,
    file::extract::TABLE,
    platform::TABLE,
];
