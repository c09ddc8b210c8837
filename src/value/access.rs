//! Looking into [`Data`]. Nothing here converts: a text of digits is no number. What converts is [`Data::to_serde`].

use std::fmt;

use super::{Data, DateTime, Decimal, File, Kind};

impl Data {
    /// What kind of value this is.
    pub fn kind(&self) -> Kind {
        match self {
            Data::Null => Kind::Null,
            Data::Boolean(_) => Kind::Boolean,
            Data::Number(_) => Kind::Number,
            Data::Decimal(_) => Kind::Decimal,
            Data::Text(_) => Kind::Text,
            Data::DateTime(_) => Kind::DateTime,
            Data::List { .. } => Kind::List,
            Data::Map(_) => Kind::Map,
            Data::Braces => Kind::Braces,
            Data::Elements(_) | Data::Pairs(_) => Kind::Collection,
            Data::Time(_) => Kind::Time,
            Data::File(_) => Kind::File,
        }
    }

    /// Whether this is `null`.
    pub fn is_null(&self) -> bool {
        matches!(self, Data::Null)
    }

    /// The text of a TEXT.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Data::Text(text) => Some(text),
            _ => None,
        }
    }

    /// A BOOLEAN.
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Data::Boolean(value) => Some(*value),
            _ => None,
        }
    }

    /// A NUMBER, or a DECIMAL without a fraction: every division gives a DECIMAL.
    pub fn as_i64(&self) -> Option<i64> {
        match self {
            Data::Number(number) => Some(*number),
            Data::Decimal(decimal) => i64::try_from(decimal.to_whole()?).ok(),
            _ => None,
        }
    }

    /// A DECIMAL or a NUMBER, exactly.
    pub fn as_decimal(&self) -> Option<Decimal> {
        match self {
            Data::Number(number) => Some(Decimal::from(*number)),
            Data::Decimal(decimal) => Some(*decimal),
            _ => None,
        }
    }

    /// A DECIMAL or a NUMBER as the nearest double.
    pub fn as_f64(&self) -> Option<f64> {
        self.as_decimal().map(Decimal::to_double)
    }

    /// A DATE-TIME.
    pub fn as_date(&self) -> Option<&DateTime> {
        match self {
            Data::DateTime(date) => Some(date),
            _ => None,
        }
    }

    /// A FILE.
    pub fn as_file(&self) -> Option<&File> {
        match self {
            Data::File(file) => Some(file),
            _ => None,
        }
    }

    /// The elements of a LIST or of a collection of elements; none of `{}`.
    pub fn as_list(&self) -> Option<&[Data]> {
        match self {
            Data::List { items, .. } | Data::Elements(items) => Some(items),
            Data::Braces => Some(&[]),
            _ => None,
        }
    }

    /// The pairs of a KEY-VALUE or of a collection of pairs, in their order; nothing for everything else.
    pub fn entries(&self) -> &[(Data, Data)] {
        match self {
            Data::Map(pairs) | Data::Pairs(pairs) => pairs,
            _ => &[],
        }
    }

    /// The part at a path as in RFC 6901: keys, and indexes of lists from 0. `""` is the whole; `~1` stands for `/` in a
    /// key, `~0` for `~`.
    ///
    /// ```
    /// # use sluice::Data;
    /// let order = sluice::data!({"lines": [{"price": 9.90}]});
    /// assert_eq!(order.pointer("/lines/0/price").and_then(Data::as_f64), Some(9.9));
    /// assert_eq!(order.pointer("/lines/1/price"), None);
    /// ```
    pub fn pointer(&self, path: &str) -> Option<&Data> {
        if path.is_empty() {
            return Some(self);
        }
        path.strip_prefix('/')?.split('/').try_fold(self, |data, step| match data.as_list() {
            Some(items) if step == "0" || !step.starts_with(['0', '+']) => items.get(step.parse::<usize>().ok()?),
            Some(_) => None,
            None if step.contains('~') => data.get(&step.replace("~1", "/").replace("~0", "~")),
            None => data.get(step),
        })
    }

    fn is_empty_aggregate(&self) -> bool {
        match self {
            Data::Braces => true,
            Data::List { items, .. } | Data::Elements(items) => items.is_empty(),
            Data::Map(pairs) | Data::Pairs(pairs) => pairs.is_empty(),
            _ => false,
        }
    }
}

/// As `equals` and `contains` compare in scripts: a NUMBER and a DECIMAL by value, maps in any order, lists whether they print
/// as JSON or not, a collection and a list or map by their contents, `{}` with everything that is empty.
impl PartialEq for Data {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Data::Null, Data::Null) | (Data::Braces, Data::Braces) => true,
            (Data::Boolean(a), Data::Boolean(b)) => a == b,
            (Data::Text(a), Data::Text(b)) => a == b,
            (Data::DateTime(a), Data::DateTime(b)) => a == b,
            (Data::Time(a), Data::Time(b)) => a == b,
            (Data::File(a), Data::File(b)) => a == b,
            (Data::Number(_) | Data::Decimal(_), _) => {
                matches!((self.as_decimal(), other.as_decimal()), (Some(a), Some(b)) if a == b)
            }
            (Data::List { items: a, .. } | Data::Elements(a), Data::List { items: b, .. } | Data::Elements(b)) => {
                a == b
            }
            (Data::Map(a) | Data::Pairs(a), Data::Map(b) | Data::Pairs(b)) => {
                // In the same order almost always; if not, the maps of scripts find their keys faster.
                a == b || a.len() == b.len() && self.to_value().strictly_equals(&other.to_value())
            }
            (Data::Braces, _) | (_, Data::Braces) => self.is_empty_aggregate() && other.is_empty_aggregate(),
            _ => false,
        }
    }
}

/// As `info` shows it. What cannot be printed, because it is nested deeper than 200 levels or takes more than 100 MB, shows as
/// `…`; [`Data::print`] says why.
impl fmt::Display for Data {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.print().as_deref().unwrap_or("…"))
    }
}
