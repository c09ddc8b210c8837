//! `get`, `put` and `add` as scripts use them nearly always: with a text as the key of a map, with a list, on the operands
//! where they are. What is answered with `false` here has not begun: the built-ins of these names do it, as they do every
//! other receiver, argument and error.
#![allow(clippy::indexing_slicing)] // The verifier has proved the registers and constants.

use hashbrown::Equivalent;

use super::meter::Meter;
use super::registers::operand;
use crate::program::op::{Op, Operand};
use crate::value::{Aggregate, Contents, Cycles, Key, Kind, Map, TextKey, Value};

/// Where in its map the key that is a constant was found the last time, by the number of the constant. A guess: the maps
/// that one instruction meets are mostly made alike.
pub(super) struct Guesses([u16; Guesses::COUNT]);

impl Guesses {
    const COUNT: usize = 64;

    #[inline]
    fn of(&mut self, key: Operand) -> &mut u16 {
        &mut self.0[usize::from(key) % Self::COUNT]
    }
}

impl Default for Guesses {
    fn default() -> Self {
        Self([0; Self::COUNT])
    }
}

/// `into = of.get(key)`: the value of a text or number key or null, or the element of a list.
#[inline(never)]
pub(super) fn get(op: Op, registers: &mut [Value], constants: &[Value], guesses: &mut Guesses) -> bool {
    let Op::Get { into, of, key } = op else { return false };
    let Some(container) = plain(&registers[usize::from(of)]) else { return false };
    let contents = container.borrow();
    let found = match (&*contents, operand(registers, constants, key)) {
        (Contents::Map(pairs), Value::Text(name)) => value_of(pairs, name, guesses.of(key)),
        (Contents::Map(pairs), Value::Number(number)) => pairs.get(&Key::Number(*number)).unwrap_or(&Value::Null),
        (Contents::List(items), Value::Number(index)) => {
            match usize::try_from(*index).ok().and_then(|index| items.get(index)) {
                Some(item) => item,
                None => return false,
            }
        }
        _ => return false,
    };
    // The container may be in the place that the value takes.
    match found {
        Value::Number(number) => {
            let number = *number;
            drop(contents);
            registers[usize::from(into)].set_number(number);
        }
        Value::Aggregate(inner) => {
            let inner = Value::Aggregate(inner.clone());
            drop(contents);
            registers[usize::from(into)].becomes(inner);
        }
        Value::Text(text) => {
            let text = Value::Text(text.clone());
            drop(contents);
            registers[usize::from(into)].becomes(text);
        }
        other => {
            let other = other.clone();
            drop(contents);
            registers[usize::from(into)].becomes(other);
        }
    }
    true
}

/// What storing a value in a container is told to.
pub(super) struct Books<'m> {
    pub guesses: &'m mut Guesses,
    pub meter: &'m mut Meter,
    pub cycles: &'m mut Cycles,
}

/// `of.put(key, value)` with a text or a number as key.
#[inline(never)]
pub(super) fn put(op: Op, registers: &[Value], constants: &[Value], books: Books<'_>) -> bool {
    let Op::Put { of, key, value } = op else { return false };
    let receiver = &registers[usize::from(of)];
    let Some(map) = plain(receiver) else { return false };
    if map.contents_kind() != Kind::Map || map.size() >= books.meter.limits.elements {
        return false;
    }
    let stored = operand(registers, constants, value);
    let guess = books.guesses.of(key);
    let Some(mut pairs) = map.map_mut() else { return false };
    let key = operand(registers, constants, key);
    match key {
        Value::Text(name) => match pairs.get_index_mut(usize::from(*guess)) {
            Some((held, place)) if TextKey(name).equivalent(held) => place.clone_from(stored),
            _ => *guess = pairs.insert_full(Key::of(name), stored.clone()).0 as u16,
        },
        Value::Number(number) => drop(pairs.insert(Key::Number(*number), stored.clone())),
        _ => return false,
    }
    drop(pairs);
    books.cycles.stored(map, stored);
    books.meter.stored(receiver, [key, stored]);
    true
}

/// `of.add(item)` on a list without a type of its own.
#[inline(never)]
pub(super) fn add(op: Op, registers: &[Value], constants: &[Value], books: Books<'_>) -> bool {
    let Op::AddItem { of, item } = op else { return false };
    let receiver = &registers[usize::from(of)];
    let Some(list) = plain(receiver) else { return false };
    if list.element().is_some() || list.contents_kind() != Kind::List {
        return false;
    }
    let item = operand(registers, constants, item);
    let Some(mut items) = list.list_mut() else { return false };
    if items.len() >= books.meter.limits.elements {
        return false;
    }
    items.push(item.clone());
    drop(items);
    books.cycles.stored(list, item);
    books.meter.stored(receiver, [item]);
    true
}

/// The value of a key, asked for first at a guess, or null.
#[inline(always)]
fn value_of<'m>(pairs: &'m Map, key: &str, guess: &mut u16) -> &'m Value {
    match pairs.get_index(usize::from(*guess)) {
        Some((held, value)) if TextKey(key).equivalent(held) => value,
        _ => match pairs.position(&TextKey(key)) {
            Some(at) => {
                *guess = at as u16;
                pairs.get_index(at).map_or(&Value::Null, |(_, value)| value)
            }
            None => &Value::Null,
        },
    }
}

/// A list, a map or `{}`, and no collection.
#[inline(always)]
fn plain(value: &Value) -> Option<&Aggregate> {
    match value {
        Value::Aggregate(container) if !container.is_collection() => Some(container),
        _ => None,
    }
}
