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
    (@list_expression [$($done:expr,)*] ($value:expr) $(, $($rest:tt)*)?) => {
        $crate::data!(@list [$($done,)* $crate::Data::from($value),] $($($rest)*)?)
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
    (@map_expression $pairs:ident ($($key:tt)+) ($value:expr) $(, $($rest:tt)*)?) => {
        $crate::data!(@pair $pairs ($($key)+) $crate::Data::from($value));
        $crate::data!(@map $pairs () $($($rest)*)?);
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
    (($value:expr)) => {
        $crate::Data::from($value)
    };
    ($value:expr) => {
        $crate::Data::from($value)
    };
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::redundant_closure_call)]

    use crate::value::{Data, Decimal};

    /// What is written is also JSON, so both readers must agree, to the digit and in what lists print as.
    macro_rules! same {
        ($($text:tt)+) => {{
            let text = ::std::stringify!($($text)+);
            let read = Data::from_json(text).unwrap_or_else(|problem| ::std::panic!("{text}: {problem}"));
            assert_eq!(::std::format!("{:?}", data!($($text)+)), ::std::format!("{read:?}"), "{text}");
        }};
    }

    #[test]
    fn json_means_what_it_means_as_text() {
        same!(null);
        same!(true);
        same!("a \" \\ \n é");
        same!(0);
        same!(-7);
        same!(9.90);
        same!(-9.90);
        same!(1.5e3);
        same!(9223372036854775807);
        same!(-9223372036854775808);
        same!(12345678901234567890);
        same!([]);
        same!({});
        same!([[], {}, [[1, 2.0], null], -1, -0.5, "x", true]);
        same!({"a": null, "b": {"c": [1, {"d": -2.50}], "e": {}}, "f": "g", "h": -1, "i": [], "j": false});
        same!({"a": 1, "b": 2, "a": 3});
    }

    #[test]
    fn expressions_stand_for_values_and_keys() {
        let (name, count, none) = (String::from("Ada"), 3_i64, None::<i64>);
        let data = data!({
            "name": &name,
            name.clone(): count,
            ("k".to_owned() + "2"): [count, -count, - count + 1, count - 1, -2 - count, {"deep": name.len()},],
            (7): none,
            "sum": 1 + 2,
            "half": 1.0 / 2.0,
            "list": vec![1, 2],
            "call": Decimal::parse("1.50").unwrap(),
            "inner": data!({"x": 1}),
            "method": (count + 4).pow(2),
        });
        let expected = concat!(
            r#"{"name":"Ada","Ada":3,"k2":[3,-3,-2,2,-5,{"deep":3}],"7":null,"sum":3,"half":0.5,"list":[1,2],"#,
            r#""call":1.50,"inner":{"x":1},"method":49}"#
        );
        assert_eq!(data.to_json().unwrap(), expected);
        assert_eq!(data.entries().get(3).map(|(key, _)| key), Some(&Data::Number(7)));
    }

    #[test]
    fn literals_may_be_written_as_rust_has_them() {
        assert_eq!(data!(1_000), Data::Number(1000));
        assert_eq!(data!(0xff), Data::Number(255));
        assert_eq!(data!(1_000.50).to_string(), "1000.50");
        assert_eq!(data!(-1_000.50).to_string(), "-1000.50");
        assert_eq!(data!('x'), Data::from("x"));
        assert_eq!(data!(r#"a"b"#), Data::from("a\"b"));
        assert_eq!(data!((2_u8)), Data::Number(2));
        assert_eq!(data!([(2_u8), (3_u8)]), data!([2, (3_u16)]));
        assert_eq!(data!(-(2_i8)), Data::Number(-2));
        assert_eq!(data!([1, 2,]), data!([1, 2]));
        assert_eq!(data!({"a": (1_u64),}), data!({"a": 1}));
        let number = 4;
        assert_eq!(data!(-number), Data::Number(-4));
    }

    #[test]
    fn data_is_equal_as_in_scripts() {
        let pairs = |value: &Data| Data::Pairs(value.entries().to_vec());
        let items = |value: &Data| Data::Elements(value.as_list().unwrap().to_vec());
        let (map, list) = (data!({"a": 1, "b": [2]}), data!([1, 2]));
        let same = [
            (data!(1), data!(1.0)),
            (data!([{"n": 2.50}]), data!([{"n": 2.5}])),
            (map.clone(), data!({"b": [2.0], "a": 1})),
            (pairs(&map), map.clone()),
            (items(&list), Data::list([1.into(), 2.into()])),
            (Data::Braces, data!({})),
            (data!([]), Data::Braces),
            (Data::Elements(Vec::new()), Data::Braces),
        ];
        for (left, right) in same {
            assert_eq!(left, right);
            assert_eq!(right, left);
            assert!(left.to_value().strictly_equals(&right.to_value()), "{left:?} {right:?}");
        }
        let different = [
            (data!(1), data!("1")),
            (data!(0), data!(null)),
            (data!([]), data!({})),
            (data!([1, 2]), data!([2, 1])),
            (data!({"a": 1}), data!({"a": 1, "b": null})),
            (data!({"a": 1}), data!({"b": 1})),
            (Data::Braces, data!([null])),
            (Data::Braces, Data::Null),
        ];
        for (left, right) in different {
            assert_ne!(left, right);
            assert_ne!(right, left);
            assert!(!left.to_value().strictly_equals(&right.to_value()), "{left:?} {right:?}");
        }
    }

    #[test]
    fn a_pointer_leads_into_maps_and_lists() {
        let data = data!({"a/b": {"~": [10, {"": true}]}, "list": [[]], "0": 1});
        let at = |path| data.pointer(path).map(Data::to_string);
        assert_eq!(at(""), Some(data.to_string()));
        assert_eq!(at("/a~1b/~0/0").as_deref(), Some("10"));
        assert_eq!(at("/a~1b/~0/1/").as_deref(), Some("true"));
        assert_eq!(at("/0").as_deref(), Some("1"));
        for path in ["a", "/", "/b", "/a~1b/~0/2", "/a~1b/~0/00", "/a~1b/~0/+0", "/a~1b/~0/-1", "/list/0/0", "/0/0"] {
            assert_eq!(at(path), None, "{path}");
        }
    }

    #[test]
    fn what_is_inside_is_asked_for_by_its_kind() {
        let data =
            data!({"text": "5", "number": 5, "decimal": 5.00, "fraction": 5.5, "yes": true, "list": [1], "none": null});
        let part = |key| data.get(key).unwrap();
        assert_eq!((part("text").as_text(), part("text").as_i64()), (Some("5"), None));
        assert_eq!(
            (part("number").as_i64(), part("decimal").as_i64(), part("fraction").as_i64()),
            (Some(5), Some(5), None)
        );
        assert_eq!(part("decimal").as_decimal().map(|decimal| decimal.to_string()).as_deref(), Some("5.00"));
        assert_eq!((part("fraction").as_f64(), part("yes").as_bool()), (Some(5.5), Some(true)));
        assert_eq!(part("list").as_list().map(<[Data]>::len), Some(1));
        assert!(part("none").is_null() && part("list").entries().is_empty());
        assert_eq!(data.entries().len(), 7);
        assert_eq!(Data::from(f64::NAN), Data::Null);
        assert_eq!(Data::from(0.1_f32).to_string(), "0.1");
        assert_eq!(Data::from(u64::MAX).to_string(), "18446744073709551615");
        assert_eq!(Vec::<i64>::try_from(data!([1, 2])).unwrap(), [1, 2]);
        assert_eq!(u8::try_from(&data!(300)).unwrap_err().to_string(), "expected u8, found NUMBER 300");
        let mut deep = Data::Null;
        for _ in 0..300 {
            deep = Data::list([deep]);
        }
        assert_eq!(format!("{deep} {:>4}", data!(7)), "…    7");
    }
}
