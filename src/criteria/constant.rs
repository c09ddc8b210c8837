//! Values that stand in criteria. What they are as a number, a date, a time and in lower case is found out once, when the
//! criteria are compiled, because a record may hold any of these.

use super::Options;
use super::moment::Moment;
use crate::value::{Data, Decimal, Time, TimeReading};

/// A value with its other readings.
#[derive(Debug)]
pub(super) struct Constant {
    pub data: Data,
    pub number: Option<Decimal>,
    pub moment: Option<Moment>,
    pub time: Option<Time>,
    /// The printed form.
    pub text: Box<str>,
    /// The same in lower case.
    pub folded: Box<str>,
    /// The elements of a list.
    pub items: Vec<Constant>,
}

impl Constant {
    /// A value. Depth is that of the brackets of the text.
    pub fn new(data: Data, options: &Options) -> Self {
        let text = printed(&data);
        let time = match &data {
            Data::Text(text) => match Time::read(text) {
                TimeReading::Time(time) => Some(time),
                _ => None,
            },
            Data::Time(time) => Some(*time),
            _ => None,
        };
        let moment = match &data {
            Data::DateTime(date) => Some(Moment::of(date)),
            Data::Text(text) => Moment::read(text, &options.dates),
            _ => None,
        };
        let items = match &data {
            Data::List { items, .. } | Data::Elements(items) => {
                items.iter().map(|item| Constant::new(item.clone(), options)).collect()
            }
            _ => Vec::new(),
        };
        Self { number: number(&data), moment, time, folded: text.to_lowercase().into(), text: text.into(), items, data }
    }

    /// Whether it can be larger or smaller than something: a number, a date or a time.
    pub fn has_order(&self) -> bool {
        self.number.is_some() || self.moment.is_some() || self.time.is_some()
    }
}

/// The number that a value is, or that its text writes.
pub(super) fn number(data: &Data) -> Option<Decimal> {
    match data {
        Data::Number(number) => Some(Decimal::from(*number)),
        Data::Decimal(decimal) => Some(*decimal),
        Data::Text(text) => {
            let text = text.trim();
            let starts = |byte: &u8| byte.is_ascii_digit() || matches!(byte, b'-' | b'+' | b'.');
            let ends = |byte: &u8| byte.is_ascii_digit() || *byte == b'.';
            let whole = text.as_bytes().first().is_some_and(starts) && text.as_bytes().last().is_some_and(ends);
            if whole && text.len() <= 64 { Decimal::parse(text) } else { None }
        }
        _ => None,
    }
}

/// The printed form of a value; empty for what has none.
pub(super) fn printed(data: &Data) -> String {
    match data {
        Data::Null => String::new(),
        Data::Text(text) => text.clone(),
        Data::Number(number) => number.to_string(),
        Data::Boolean(value) => value.to_string(),
        Data::Time(time) => time.print(),
        Data::DateTime(date) => date.print(),
        Data::Decimal(_) => data.print().unwrap_or_default(),
        _ => String::new(),
    }
}
