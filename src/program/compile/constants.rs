//! The constants of the function that is being compiled, each text and number once. Most functions have few, which are
//! found by looking at one after the other; a table is made for what comes after them.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use super::{Constant, Names};
use crate::program::code;
use crate::value::Data;

/// So many are looked at one by one.
const FEW: usize = 16;

pub(super) struct Constants<'f> {
    all: Vec<Constant<'f>>,
    null: Option<u32>,
    /// The texts and numbers behind the first few.
    texts: HashMap<&'f str, u32, RandomState>,
    numbers: HashMap<i64, u32, RandomState>,
}

impl<'f> Constants<'f> {
    /// None yet.
    pub(super) fn new() -> Self {
        Self { all: Vec::with_capacity(FEW), null: None, texts: HashMap::default(), numbers: HashMap::default() }
    }

    /// The number of a constant, which is added if it is new.
    pub(super) fn number(&mut self, constant: Constant<'f>) -> u32 {
        if let Some(known) = self.find(constant) {
            return known;
        }
        // A source of 16 MB cannot hold 4 billion literals.
        let number = self.all.len() as u32;
        let is_among_few = self.all.len() < FEW;
        self.all.push(constant);
        match constant {
            Constant::Null => self.null = Some(number),
            Constant::Text(text) if !is_among_few => drop(self.texts.insert(text, number)),
            Constant::Number(value) if !is_among_few => drop(self.numbers.insert(value, number)),
            _ => {}
        }
        number
    }

    /// All of them in the order of their numbers, in a vector of their size.
    pub(super) fn finish(&self, names: &mut Names) -> Vec<code::Constant> {
        let other = |data| code::Constant::Other(Box::new(data));
        let finished = self.all.iter().map(|constant| match *constant {
            Constant::Null => code::Constant::Null,
            Constant::Boolean(value) => code::Constant::Boolean(value),
            Constant::Number(number) => code::Constant::Number(number),
            Constant::Text(text) => code::Constant::Text(names.shared(text)),
            Constant::Decimal(decimal) => other(Data::Decimal(decimal)),
            Constant::Time(time) => other(Data::Time(time)),
            Constant::Given(data) => other(data.clone()),
        });
        finished.collect()
    }

    fn find(&self, constant: Constant<'f>) -> Option<u32> {
        let few = || self.all.iter().take(FEW).zip(0..);
        match constant {
            Constant::Null => self.null,
            Constant::Text(text) => {
                let among_few = few().find(|(known, _)| matches!(known, Constant::Text(known) if *known == text));
                among_few.map(|(_, number)| number).or_else(|| self.texts.get(text).copied())
            }
            Constant::Number(value) => {
                let among_few = few().find(|(known, _)| matches!(known, Constant::Number(known) if *known == value));
                among_few.map(|(_, number)| number).or_else(|| self.numbers.get(&value).copied())
            }
            _ => None,
        }
    }
}
