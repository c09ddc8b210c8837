//! `data!`: literals in the notation of JSON. A decimal is made of the digits of the source text, so that `9.90` keeps its
//! scale; a double would have lost it.

use super::json::number;
use super::{Data, Decimal};

/// What stands in `data!` without quotes or parentheses around it. The compiler takes the one implementation for whole
/// numbers, and the one for the others, whatever the size of the literal.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot stand in `data!` as a literal",
    note = "write a number without its suffix, or an expression in parentheses: `(2_u32)`"
)]
pub trait Literal {
    /// The data; `digits` is the source text.
    fn data(self, digits: &str) -> Data;
}

impl Literal for &str {
    fn data(self, _: &str) -> Data {
        Data::from(self)
    }
}

impl Literal for bool {
    fn data(self, _: &str) -> Data {
        Data::Boolean(self)
    }
}

impl Literal for char {
    fn data(self, _: &str) -> Data {
        Data::from(self)
    }
}

impl Literal for i128 {
    fn data(self, _: &str) -> Data {
        let digits = self.to_string();
        match i64::try_from(self) {
            Ok(number) => Data::Number(number),
            Err(_) => Decimal::parse(&digits).map_or(Data::Text(digits), Data::Decimal),
        }
    }
}

impl Literal for f64 {
    fn data(self, digits: &str) -> Data {
        // The compiler may put a blank behind the sign.
        let digits: String = digits.chars().filter(|letter| *letter != '_' && *letter != ' ').collect();
        number(&digits).and_then(|value| Data::from_value(&value).ok()).unwrap_or_else(|| Data::from(self))
    }
}

/// Puts a pair into a map; a key that is there already gets the new value.
#[doc(hidden)]
pub fn put(pairs: &mut Vec<(Data, Data)>, key: Data, value: Data) {
    match pairs.iter_mut().find(|(known, _)| *known == key) {
        Some((_, old)) => *old = value,
        None => pairs.push((key, value)),
    }
}

/// Makes a [`Data`](crate::Data) of a literal in the notation of JSON. Values and keys may be expressions of any type that
/// `Data` is made [`From`]; a key that is more than one word stands in parentheses. Decimals keep the digits that are
/// written. Lists print as JSON arrays, as those of JSON text do.
///
/// ```
/// use sluice::{Data, data};
///
/// let name = String::from("Ada");
/// let order = data!({
///     "name": name,
///     "lines": [{"qty": 2, "price": 9.90}],
///     "paid": true,
///     ("field_".to_owned() + "7"): null,
///     "sum": 2 + 3,
/// });
/// assert_eq!(order.to_json()?, r#"{"name":"Ada","lines":[{"qty":2,"price":9.90}],"paid":true,"field_7":null,"sum":5}"#);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[macro_export]
macro_rules! data {
    // The elements so far stand in `[…]`; every rule takes one more.
    (@list [$($done:expr,)*]) => {
        ::std::vec![$($done,)*]
    };
    (@list [$($done:expr,)*] , $($rest:tt)*) => {
        $crate::data!(@list [$($done,)*] $($rest)*)
    };
    (@list [$($done:expr,)*] null $(, $($rest:tt)*)?) => {
        $crate::data!(@list [$($done,)* $crate::data!(null),] $($($rest)*)?)
    };
    (@list [$($done:expr,)*] [$($inner:tt)*] $(, $($rest:tt)*)?) => {
        $crate::data!(@list [$($done,)* $crate::data!([$($inner)*]),] $($($rest)*)?)
    };
    (@list [$($done:expr,)*] {$($inner:tt)*} $(, $($rest:tt)*)?) => {
        $crate::data!(@list [$($done,)* $crate::data!({$($inner)*}),] $($($rest)*)?)
    };
    (@list [$($done:expr,)*] - $number:literal $(, $($rest:tt)*)?) => {
        $crate::data!(@list [$($done,)* $crate::data!(- $number),] $($($rest)*)?)
    };
    (@list [$($done:expr,)*] - $($rest:tt)*) => {
        $crate::data!(@list_expression [$($done,)*] - $($rest)*)
    };
    (@list [$($done:expr,)*] $literal:literal $(, $($rest:tt)*)?) => {
        $crate::data!(@list [$($done,)* $crate::data!($literal),] $($($rest)*)?)
    };
    (@list $done:tt $($rest:tt)*) => {
        $crate::data!(@list_expression $done $($rest)*)
    };
    (@list_expression [$($done:expr,)*] $value:expr $(, $($rest:tt)*)?) => {
        $crate::data!(@list [$($done,)* $crate::Data::from($value),] $($($rest)*)?)
    };

    // `(…)` is the key so far; once it is whole, a value follows the colon.
    (@map $pairs:ident ()) => {};
    (@map $pairs:ident ($($key:tt)+) : null $(, $($rest:tt)*)?) => {
        $crate::data!(@pair $pairs ($($key)+) $crate::data!(null));
        $crate::data!(@map $pairs () $($($rest)*)?);
    };
    (@map $pairs:ident ($($key:tt)+) : [$($inner:tt)*] $(, $($rest:tt)*)?) => {
        $crate::data!(@pair $pairs ($($key)+) $crate::data!([$($inner)*]));
        $crate::data!(@map $pairs () $($($rest)*)?);
    };
    (@map $pairs:ident ($($key:tt)+) : {$($inner:tt)*} $(, $($rest:tt)*)?) => {
        $crate::data!(@pair $pairs ($($key)+) $crate::data!({$($inner)*}));
        $crate::data!(@map $pairs () $($($rest)*)?);
    };
    (@map $pairs:ident ($($key:tt)+) : - $number:literal $(, $($rest:tt)*)?) => {
        $crate::data!(@pair $pairs ($($key)+) $crate::data!(- $number));
        $crate::data!(@map $pairs () $($($rest)*)?);
    };
    (@map $pairs:ident ($($key:tt)+) : - $($rest:tt)*) => {
        $crate::data!(@map_expression $pairs ($($key)+) - $($rest)*);
    };
    (@map $pairs:ident ($($key:tt)+) : $literal:literal $(, $($rest:tt)*)?) => {
        $crate::data!(@pair $pairs ($($key)+) $crate::data!($literal));
        $crate::data!(@map $pairs () $($($rest)*)?);
    };
    (@map $pairs:ident ($($key:tt)+) : $($rest:tt)*) => {
        $crate::data!(@map_expression $pairs ($($key)+) $($rest)*);
    };
    (@map $pairs:ident ($($key:tt)*) $next:tt $($rest:tt)*) => {
        $crate::data!(@map $pairs ($($key)* $next) $($rest)*);
    };
    (@map_expression $pairs:ident ($($key:tt)+) $value:expr $(, $($rest:tt)*)?) => {
        $crate::data!(@pair $pairs ($($key)+) $crate::Data::from($value));
        $crate::data!(@map $pairs () $($($rest)*)?);
    };
    (@pair $pairs:ident (($key:expr)) $value:expr) => {
        $crate::value::literal::put(&mut $pairs, $crate::Data::from($key), $value)
    };
    (@pair $pairs:ident ($key:expr) $value:expr) => {
        $crate::value::literal::put(&mut $pairs, $crate::Data::from($key), $value)
    };

    (null) => {
        $crate::Data::Null
    };
    ([$($items:tt)*]) => {
        $crate::Data::List { items: $crate::data!(@list [] $($items)*), from_json: true }
    };
    ({}) => {
        $crate::Data::Map(::std::vec::Vec::new())
    };
    ({$($pairs:tt)+}) => {
        $crate::Data::Map({
            let mut pairs = ::std::vec::Vec::new();
            $crate::data!(@map pairs () $($pairs)+);
            pairs
        })
    };
    (- $number:literal) => {
        $crate::value::literal::Literal::data(-$number, ::std::concat!("-", ::std::stringify!($number)))
    };
    (- $($rest:tt)+) => {
        $crate::Data::from(- $($rest)+)
    };
    ($literal:literal) => {
        $crate::value::literal::Literal::data($literal, ::std::stringify!($literal))
    };
    ($value:expr) => {
        $crate::Data::from($value)
    };
}
