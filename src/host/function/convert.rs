//! Rust types as kinds of values. The kinds of a type are known before a call, so that a wrong argument gets the same error
//! as that of a built-in; what no kind can say (a number too large for `i32`, an element of another kind) is found while
//! converting.

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasher, Hash};

use indexmap::IndexMap;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::Error;
use crate::value::{Data, DateTime, Decimal, File, Kinds, Time};

/// A type that a function of the application can take.
pub trait FromData: Sized + Send {
    /// The kinds that scripts may pass.
    const KINDS: Kinds;

    /// Whether null stands for one that is left out.
    const OPTIONAL: bool = false;

    /// Converts a value of one of the kinds.
    ///
    /// # Errors
    /// The value is of no such kind, outside of what the type holds, or has an element that does not convert.
    fn from_data(data: Data) -> Result<Self, Error>;
}

/// A type that a function of the application can give.
pub trait IntoData {
    /// The kinds of the values, for checks before running; [`Kinds::ANY`] when that is not known.
    const KINDS: Kinds;

    /// Converts the result.
    ///
    /// # Errors
    /// What is in a `Result`, or a number that no script could hold.
    fn into_data(self) -> Result<Data, Error>;
}

const NUMERIC: Kinds = Kinds::NUMBER.or(Kinds::DECIMAL);

/// A caught error stands where a text does.
const TEXTUAL: Kinds = Kinds::TEXT.or(Kinds::CAUGHT);

impl FromData for Data {
    const KINDS: Kinds = Kinds::ANY;

    fn from_data(data: Data) -> Result<Self, Error> {
        Ok(data)
    }
}

impl IntoData for Data {
    const KINDS: Kinds = Kinds::ANY;

    fn into_data(self) -> Result<Data, Error> {
        Ok(self)
    }
}

/// Types that are a variant of [`Data`] each.
macro_rules! variants {
    ($($type:ty, $variant:ident, $takes:expr, $gives:expr, $called:literal;)*) => {$(
        impl FromData for $type {
            const KINDS: Kinds = $takes;

            fn from_data(data: Data) -> Result<Self, Error> {
                match data {
                    Data::$variant(value) => Ok(value),
                    other => Err(wrong($called, &other)),
                }
            }
        }

        impl IntoData for $type {
            const KINDS: Kinds = $gives;

            fn into_data(self) -> Result<Data, Error> {
                Ok(Data::$variant(self))
            }
        }
    )*};
}

variants! {
    bool, Boolean, Kinds::BOOLEAN, Kinds::BOOLEAN, "BOOLEAN";
    i64, Number, Kinds::NUMBER, Kinds::NUMBER, "NUMBER";
    String, Text, TEXTUAL, Kinds::TEXT, "TEXT";
    DateTime, DateTime, Kinds::DATE, Kinds::DATE, "DATE-TIME";
    Time, Time, Kinds::TIME, Kinds::TIME, "TIME";
}

impl FromData for File {
    const KINDS: Kinds = Kinds::FILE;

    fn from_data(data: Data) -> Result<Self, Error> {
        match data {
            Data::File(file) => Ok(*file),
            other => Err(wrong("FILE", &other)),
        }
    }
}

impl IntoData for File {
    const KINDS: Kinds = Kinds::FILE;

    fn into_data(self) -> Result<Data, Error> {
        Ok(self.into())
    }
}

/// Whole numbers of other sizes.
macro_rules! whole {
    ($($type:ty),*) => {$(
        impl FromData for $type {
            const KINDS: Kinds = Kinds::NUMBER;

            fn from_data(data: Data) -> Result<Self, Error> {
                let number = i64::from_data(data)?;
                let reason = || format!("{number} is not from {} to {}", <$type>::MIN, <$type>::MAX);
                number.try_into().map_err(|_| Error::new(reason()))
            }
        }

        impl IntoData for $type {
            const KINDS: Kinds = Kinds::NUMBER;

            fn into_data(self) -> Result<Data, Error> {
                let number = self.try_into().map_err(|_| Error::new(format!("{self} is too large for a NUMBER")))?;
                Ok(Data::Number(number))
            }
        }
    )*};
}

whole!(i32, u32, u64, usize);

impl FromData for Decimal {
    const KINDS: Kinds = NUMERIC;

    fn from_data(data: Data) -> Result<Self, Error> {
        match data {
            Data::Decimal(decimal) => Ok(decimal),
            Data::Number(number) => Ok(Decimal::from(number)),
            other => Err(wrong("a number", &other)),
        }
    }
}

impl IntoData for Decimal {
    const KINDS: Kinds = Kinds::DECIMAL;

    fn into_data(self) -> Result<Data, Error> {
        Ok(Data::Decimal(self))
    }
}

impl FromData for f64 {
    const KINDS: Kinds = NUMERIC;

    fn from_data(data: Data) -> Result<Self, Error> {
        Decimal::from_data(data).map(Decimal::to_double)
    }
}

impl IntoData for f64 {
    const KINDS: Kinds = Kinds::DECIMAL;

    fn into_data(self) -> Result<Data, Error> {
        let decimal = Decimal::from_double(self).ok_or_else(|| Error::new(format!("{self} is no DECIMAL")))?;
        Ok(Data::Decimal(decimal))
    }
}

impl IntoData for &str {
    const KINDS: Kinds = Kinds::TEXT;

    fn into_data(self) -> Result<Data, Error> {
        Ok(Data::from(self))
    }
}

impl IntoData for () {
    const KINDS: Kinds = Kinds::NULL;

    fn into_data(self) -> Result<Data, Error> {
        Ok(Data::Null)
    }
}

impl<T: FromData> FromData for Option<T> {
    const KINDS: Kinds = T::KINDS.or(Kinds::NULL);
    const OPTIONAL: bool = true;

    fn from_data(data: Data) -> Result<Self, Error> {
        if data == Data::Null { Ok(None) } else { T::from_data(data).map(Some) }
    }
}

impl<T: IntoData> IntoData for Option<T> {
    const KINDS: Kinds = T::KINDS.or(Kinds::NULL);

    fn into_data(self) -> Result<Data, Error> {
        self.map_or(Ok(Data::Null), T::into_data)
    }
}

impl<T: IntoData, E: Into<Error>> IntoData for Result<T, E> {
    const KINDS: Kinds = T::KINDS;

    fn into_data(self) -> Result<Data, Error> {
        self.map_err(Into::into)?.into_data()
    }
}

impl<T: FromData> FromData for Vec<T> {
    const KINDS: Kinds = Kinds::LIST.or(Kinds::COLLECTION);

    fn from_data(data: Data) -> Result<Self, Error> {
        let items = match data {
            Data::List { items, .. } | Data::Elements(items) => items,
            Data::Braces => Vec::new(),
            other => return Err(wrong("LIST", &other)),
        };
        let item = |(at, item)| T::from_data(item).map_err(|error| error.within(format_args!("element {at}")));
        (1_usize..).zip(items).map(item).collect()
    }
}

impl<T: IntoData> IntoData for Vec<T> {
    const KINDS: Kinds = Kinds::LIST;

    fn into_data(self) -> Result<Data, Error> {
        Ok(Data::list(self.into_iter().map(T::into_data).collect::<Result<Vec<_>, _>>()?))
    }
}

/// Maps of Rust. Keys that are no text are printed.
macro_rules! maps {
    ($($map:ident [$($hasher:ident)?] ($($bound:tt)*),)*) => {$(
        impl<T: FromData $(, $hasher: BuildHasher + Default + Send)?> FromData for $map<String, T $(, $hasher)?>
        where
            String: $($bound)*,
        {
            const KINDS: Kinds = Kinds::MAP.or(Kinds::COLLECTION);

            fn from_data(data: Data) -> Result<Self, Error> {
                entries(data)?.collect()
            }
        }

        impl<T: IntoData $(, $hasher: BuildHasher)?> IntoData for $map<String, T $(, $hasher)?> {
            const KINDS: Kinds = Kinds::MAP;

            fn into_data(self) -> Result<Data, Error> {
                let pairs = self.into_iter().map(|(key, value)| Ok((Data::Text(key), value.into_data()?)));
                Ok(Data::Map(pairs.collect::<Result<_, Error>>()?))
            }
        }
    )*};
}

maps! {
    HashMap[S] (Hash + Eq),
    IndexMap[S] (Hash + Eq),
    BTreeMap[] (Ord),
}

/// A type of the application as an argument or a result, by serde: a struct with named fields is a KEY-VALUE.
///
/// ```
/// use sluice::{Data, Engine, Run, host};
///
/// #[derive(serde::Deserialize)]
/// struct Order {
///     sku: String,
///     count: i64,
/// }
///
/// let say = |host::Serde(order): host::Serde<Order>| format!("{} of {}", order.count, order.sku);
/// let engine = Engine::builder().function(host::function("shop.say", say).parameters(["order"])).build()?;
/// let program = engine.compile("rule", r#"return shop.say({"sku": "A-7", "count": 2});"#)?;
/// assert_eq!(engine.run_blocking(&program, Run::script()).result?, Data::from("2 of A-7"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Serde<T>(pub T);

impl<T: DeserializeOwned + Send> FromData for Serde<T> {
    const KINDS: Kinds = Kinds::ANY;

    fn from_data(data: Data) -> Result<Self, Error> {
        data.to_serde().map(Serde).map_err(Error::new)
    }
}

impl<T: Serialize> IntoData for Serde<T> {
    const KINDS: Kinds = Kinds::ANY;

    fn into_data(self) -> Result<Data, Error> {
        Data::from_serde(&self.0).map_err(Error::new)
    }
}

/// The pairs of a map, converted.
fn entries<T: FromData>(data: Data) -> Result<impl Iterator<Item = Result<(String, T), Error>>, Error> {
    let pairs = match data {
        Data::Map(pairs) | Data::Pairs(pairs) => pairs,
        Data::Braces => Vec::new(),
        Data::Elements(items) if items.is_empty() => Vec::new(),
        other => return Err(wrong("KEY-VALUE", &other)),
    };
    Ok(pairs.into_iter().map(|(key, value)| {
        let key = match key {
            Data::Text(key) => key,
            other => other.print().unwrap_or_default(),
        };
        match T::from_data(value) {
            Ok(value) => Ok((key, value)),
            Err(error) => Err(error.within(format_args!("entry '{key}'"))),
        }
    }))
}

fn wrong(wanted: &str, found: &Data) -> Error {
    Error::new(format!("{} stands where {wanted} is needed", found.kind().name()))
}
