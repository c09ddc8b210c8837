//! `get`, `put` and `add` as scripts use them nearly always: with a text as the key of a map, with a list, on the operands
//! where they are. What is answered with `false` here has not begun: the built-ins of these names do it, as they do every
//! other receiver, argument and error.
#![allow(clippy::indexing_slicing)] // The verifier has proved the registers and constants.

use super::meter::{Meter, bytes_to_store};
use super::registers::{is_temporary, operand};
use crate::program::op::Op;
use crate::value::{Aggregate, Contents, Cycles, Guess, Key, Kind, Map, TextKey, Value};

/// `into = of.get(key)`: the value of a text or number key or null, or the element of a list.
#[inline(never)]
pub(super) fn get(op: Op, registers: &mut [Value], constants: &[Value]) -> bool {
    let Op::Get { into, of, key } = op else { return false };
    let Some(container) = plain(&registers[usize::from(of)]) else { return false };
    let contents = container.borrow();
    let found = match (&*contents, operand(registers, constants, key)) {
        (Contents::Map(pairs), Value::Text(name)) => pairs.get(&TextKey(name)),
        (Contents::Map(pairs), Value::Number(number)) => pairs.get(&Key::Number(*number)),
        (Contents::List(items), Value::Number(index)) => {
            match usize::try_from(*index).ok().and_then(|index| items.get(index)) {
                Some(item) => Some(item),
                None => return false,
            }
        }
        _ => return false,
    };
    let found = found.cloned().unwrap_or_default();
    // The container may be in the place that the value takes.
    drop(contents);
    registers[usize::from(into)].becomes(found);
    true
}

/// `into = of.get("name")`, together with the gets that go on from there, as in `a.get("b").get("c")`, of which only the
/// last value is put anywhere. Gives how many more instructions were done, and whether the value is null.
#[inline(never)]
pub(super) fn get_named(
    ops: &[Op],
    registers: &mut [Value],
    constants: &[Value],
    guesses: &[Guess],
    variables: usize,
) -> Option<(u16, bool)> {
    let Some(Op::GetNamed { of, .. }) = ops.first() else { return None };
    // Held, because it may be in the place that the value takes.
    let mut container = plain(&registers[usize::from(*of)])?.clone();
    for (at, op) in ops.iter().enumerate() {
        let Op::GetNamed { into, of, name, guess } = *op else { break };
        let contents = container.borrow();
        let (Contents::Map(pairs), Value::Text(name)) = (&*contents, &constants[usize::from(name)]) else {
            // What the instruction before found is no map.
            let before = at.checked_sub(1)?;
            drop(contents);
            registers[usize::from(of)].becomes(Value::Aggregate(container));
            return Some((before as u16, false));
        };
        let found = pairs.get_guessed(name, &guesses[usize::from(guess)]);
        let goes_on =
            |next: &Op| matches!(next, Op::GetNamed { of, .. } if *of == into && is_temporary(into, variables));
        let inner = match found {
            Some(Value::Aggregate(inner)) if ops.get(at + 1).is_some_and(goes_on) && !inner.is_collection() => {
                inner.clone()
            }
            _ => {
                let place = &mut registers[usize::from(into)];
                match found {
                    Some(Value::Number(number)) => place.set_number(*number),
                    Some(Value::Aggregate(inner)) => place.set_aggregate(inner),
                    Some(Value::Text(text)) => place.becomes(Value::Text(text.clone())),
                    Some(other) => place.becomes(other.clone()),
                    None => place.becomes(Value::Null),
                }
                return Some((at as u16, place.is_null()));
            }
        };
        drop(contents);
        container = inner;
    }
    None
}

/// What storing a value in a container is told to.
pub(super) struct Books<'m> {
    pub meter: &'m mut Meter,
    pub cycles: &'m mut Cycles,
}

/// `of.put(key, value)` with a text or a number as key.
#[inline(never)]
pub(super) fn put(op: Op, registers: &[Value], constants: &[Value], books: Books<'_>) -> bool {
    let Op::Put { of, key, value } = op else { return false };
    let (key, value) = (operand(registers, constants, key), operand(registers, constants, value));
    store(&registers[usize::from(of)], key, value, books, |pairs| match key {
        Value::Text(name) => {
            pairs.insert_text(name, value.clone());
            true
        }
        Value::Number(number) => {
            pairs.insert(Key::Number(*number), value.clone());
            true
        }
        _ => false,
    })
}

/// `of.put("name", value)`
#[inline(never)]
pub(super) fn put_named(op: Op, registers: &[Value], constants: &[Value], guesses: &[Guess], books: Books<'_>) -> bool {
    let Op::PutNamed { of, name, value, guess } = op else { return false };
    let (key, value) = (&constants[usize::from(name)], operand(registers, constants, value));
    store(&registers[usize::from(of)], key, value, books, |pairs| match key {
        Value::Text(name) => {
            pairs.put_guessed(name, value, &guesses[usize::from(guess)]);
            true
        }
        _ => false,
    })
}

/// Stores a pair in a map, by `put` unless that is false.
#[inline(always)]
fn store(receiver: &Value, key: &Value, value: &Value, books: Books<'_>, put: impl FnOnce(&mut Map) -> bool) -> bool {
    let Some(map) = plain(receiver) else { return false };
    let Some(mut pairs) = map.pairs_mut() else { return false };
    if pairs.len() >= books.meter.limits.elements || !put(&mut pairs) {
        return false;
    }
    let size = pairs.len();
    drop(pairs);
    books.cycles.stored(map, value);
    books.meter.stored_in(map, size, bytes_to_store(key).saturating_add(bytes_to_store(value)));
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
    let size = items.len();
    drop(items);
    books.cycles.stored(list, item);
    books.meter.stored_in(list, size, bytes_to_store(item));
    true
}

/// A list, a map or `{}`, and no collection.
#[inline(always)]
fn plain(value: &Value) -> Option<&Aggregate> {
    match value {
        Value::Aggregate(container) if !container.is_collection() => Some(container),
        _ => None,
    }
}
