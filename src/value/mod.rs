//! The values a script works with. A [`Value`] is 16 bytes and stays on the thread of its run: what is larger than a
//! word lies behind a [`Shared`] pointer, so that passing a value on costs a counter, never a copy. Whatever crosses a
//! thread (arguments, results, effects, replies) is [`Data`], the owned twin.
//!
//! Lists and maps are shared by reference, as Zoho's pages show by example (help page "try catch": an element changed
//! inside a loop is seen through the list): two variables may hold one list.

mod access;
mod aggregate;
mod answers;
mod convert;
mod cycles;
mod data;
mod date;
mod decimal;
mod elements;
mod error;
mod exchange;
mod failure;
mod file;
mod from;
#[doc(hidden)] // JSON from and to the values of a run, for the fuzz targets.
pub mod json;
mod key;
mod kind;
#[doc(hidden)]
pub mod literal;
mod map;
mod operate;
mod print;
mod text;
mod time;
mod weight;
#[doc(hidden)] // For the fuzz targets.
pub mod xml;

pub use data::Data;
pub use date::{DateSettings, DateTime, Pattern, zone_named};
pub use decimal::Decimal;
pub use exchange::ConversionError;
pub use failure::Failure;
pub use file::File;
pub use kind::{Kind, Kinds};
pub use time::{Time, TimeReading};

// The values of a run, which a program that embeds Sluice never meets; for the tests, the fuzz targets and the benchmarks.
#[doc(hidden)]
pub use aggregate::{Aggregate, Contents, Element};
#[doc(hidden)]
pub use answers::Answers;
#[doc(hidden)]
pub use cycles::Cycles;
#[doc(hidden)]
pub use date::{
    MONTHS, Reading, WEEKDAYS, forgiving_zone, instant_in, is_miswritten_date, looks_like_date, near_zone, read_date,
    week_of_year, weekday_named,
};
#[doc(hidden)]
pub use elements::Elements;
#[doc(hidden)]
pub use error::Caught;
#[doc(hidden)]
pub use file::{SharedFile, decode_text, encode_text, is_charset, media_type_of};
#[doc(hidden)]
pub use key::{Key, TextKey};
#[doc(hidden)]
pub use map::{Guess, Map};
#[doc(hidden)]
pub use text::Text;
#[doc(hidden)]
pub use weight::Weight;

/// The pointer behind every large value. One alias, so that another kind of counting can be tried in one place;
/// counting without atomics is what makes values cheap (twelve times cheaper per copy when measured).
#[doc(hidden)]
pub type Shared<T> = std::rc::Rc<T>;

/// One value of a script.
#[doc(hidden)]
#[derive(Debug, Default)]
pub enum Value {
    /// `null`
    #[default]
    Null,
    /// BOOLEAN
    Boolean(bool),
    /// NUMBER: a signed 64-bit integer.
    Number(i64),
    /// DECIMAL: exact, with its scale. The parts of a [`Decimal`], which as one field would make every value larger;
    /// [`Value::decimal`] and [`Value::as_decimal`] put them together.
    Decimal {
        /// Sign and scale.
        flags: u16,
        /// The upper 32 bits of the digits.
        high: u32,
        /// The lower 64 bits of the digits.
        low: u64,
    },
    /// TEXT
    Text(Text),
    /// DATE-TIME
    DateTime(Shared<DateTime>),
    /// LIST, KEY-VALUE, COLLECTION, or `{}` of which nothing is known yet.
    Aggregate(Aggregate),
    /// TIME
    Time(Time),
    /// FILE
    File(SharedFile),
    /// What `catch (e)` binds.
    Caught(Shared<Caught>),
}

impl Value {
    /// A text.
    pub fn text(text: impl Into<compact_str::CompactString>) -> Self {
        Value::Text(Text::new(text))
    }

    /// A decimal.
    #[inline]
    pub fn decimal(decimal: Decimal) -> Self {
        let (flags, high, low) = decimal.into_parts();
        Value::Decimal { flags, high, low }
    }

    /// Becomes this decimal. A decimal that is there already is overwritten part by part: what was stored as parts and
    /// is loaded as a whole makes the processor wait.
    #[inline]
    pub fn set_decimal(&mut self, decimal: Decimal) {
        match self {
            Value::Decimal { flags, high, low } => (*flags, *high, *low) = decimal.into_parts(),
            other => other.becomes(Value::decimal(decimal)),
        }
    }

    /// A date.
    pub fn date(date: DateTime) -> Self {
        Value::DateTime(Shared::new(date))
    }

    /// A new file.
    pub fn file(file: File) -> Self {
        Value::File(SharedFile::new(file))
    }

    /// A new list of these elements.
    pub fn list(items: Vec<Value>) -> Self {
        Value::Aggregate(Aggregate::list(items))
    }

    /// A new map of these pairs.
    pub fn map(map: Map) -> Self {
        Value::Aggregate(Aggregate::map(map))
    }

    /// A new collection of these elements or pairs.
    pub fn collection(contents: Contents) -> Self {
        Value::Aggregate(Aggregate::collection(contents))
    }

    /// What kind of value this is.
    pub fn kind(&self) -> Kind {
        match self {
            Value::Null => Kind::Null,
            Value::Boolean(_) => Kind::Boolean,
            Value::Number(_) => Kind::Number,
            Value::Decimal { .. } => Kind::Decimal,
            Value::Text(_) => Kind::Text,
            Value::DateTime(_) => Kind::DateTime,
            Value::Aggregate(aggregate) => aggregate.kind(),
            Value::Time(_) => Kind::Time,
            Value::File(_) => Kind::File,
            Value::Caught(_) => Kind::Caught,
        }
    }

    /// Whether it is nothing but its own bytes, so that nobody has to let go of anything when it is forgotten.
    #[inline]
    pub fn is_plain(&self) -> bool {
        matches!(self, Value::Null | Value::Boolean(_) | Value::Number(_) | Value::Decimal { .. })
    }

    /// Puts a number in its place: where one was before, only its digits are written.
    #[inline(always)]
    pub fn set_number(&mut self, number: i64) {
        match self {
            Value::Number(place) => *place = number,
            other => other.becomes(Value::Number(number)),
        }
    }

    /// Puts a container in its place: where one was before, only that is let go of.
    #[inline(always)]
    pub fn set_aggregate(&mut self, aggregate: &Aggregate) {
        match self {
            Value::Aggregate(place) => *place = aggregate.clone(),
            other => other.becomes(Value::Aggregate(aggregate.clone())),
        }
    }

    /// Puts another value in its place. Most places hold a plain value before, which needs no letting go; saying so spares a
    /// call.
    #[inline(always)]
    pub fn becomes(&mut self, value: Value) {
        if self.is_plain() {
            std::mem::forget(std::mem::replace(self, value));
        } else {
            *self = value;
        }
    }

    /// The same value, which one more then holds.
    fn share(&self) -> Self {
        match self {
            Value::Null => Value::Null,
            Value::Boolean(value) => Value::Boolean(*value),
            Value::Number(number) => Value::Number(*number),
            Value::Decimal { flags, high, low } => Value::Decimal { flags: *flags, high: *high, low: *low },
            Value::Text(text) => Value::Text(text.clone()),
            Value::DateTime(date) => Value::DateTime(Shared::clone(date)),
            Value::Aggregate(aggregate) => Value::Aggregate(aggregate.clone()),
            Value::Time(time) => Value::Time(*time),
            Value::File(file) => Value::File(file.clone()),
            Value::Caught(caught) => Value::Caught(Shared::clone(caught)),
        }
    }

    /// Whether this is `null`.
    pub fn is_null(&self) -> bool {
        matches!(self, Value::Null)
    }

    /// Whether this is a list, a map, a collection or `{}`.
    pub fn is_aggregate(&self) -> bool {
        matches!(self, Value::Aggregate(_))
    }

    /// Whether a container may be reached through it: one itself, or an error that was thrown with one.
    pub fn reaches_others(&self) -> bool {
        matches!(self, Value::Aggregate(_) | Value::Caught(_))
    }

    /// The text, when this is one.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text.as_str()),
            _ => None,
        }
    }
}

impl Clone for Value {
    #[inline]
    fn clone(&self) -> Self {
        match self {
            Value::Number(number) => Value::Number(*number),
            other => other.share(),
        }
    }

    /// Most values are numbers, whole or not, and containers. What is known to be one is written where it belongs; everything else is put together
    /// elsewhere first, which takes longer than the rest of most instructions.
    #[inline]
    fn clone_from(&mut self, source: &Self) {
        match source {
            Value::Number(number) => self.set_number(*number),
            Value::Decimal { flags, high, low } => self.set_decimal(Decimal::from_parts(*flags, *high, *low)),
            Value::Aggregate(aggregate) => self.set_aggregate(aggregate),
            other => self.becomes(other.share()),
        }
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Value::Boolean(value)
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Value::Number(value)
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Value::text(value)
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Value::text(value)
    }
}

#[cfg(test)]
mod tests;
