//! What instructions do beyond moving values: the parts of the machine that touch no registers of their own.

use compact_str::CompactString;

use super::frame::Walk;
use super::limits::Limits;
use super::meter::Meter;
use super::registers::release;
use crate::catalogue::Call;
use crate::environment::{Environment, Random};
use crate::program::Code;
use crate::program::op::{CONSTANT, Op, Register};
use crate::value::{Aggregate, Answers, Contents, Cycles, Elements, Failure, Guess, Key, Kind, Map, Text, Value};

/// What a built-in or a task may use.
#[inline]
pub(super) fn call<'a>(
    environment: &'a Environment,
    random: &'a mut Random,
    cycles: &'a mut Cycles,
    answers: &'a mut Answers,
    limits: &Limits,
) -> Call<'a> {
    Call {
        environment,
        random,
        cycles,
        answers,
        largest: limits.text,
        elements: limits.elements,
        memory: limits.memory,
    }
}

/// `left + right` for what is not two small whole numbers.
#[cold]
pub(super) fn add(left: &Value, right: &Value, meter: &mut Meter) -> Result<Value, Failure> {
    if let (Value::Text(left), Value::Text(right)) = (left, right) {
        meter.affords(left.len().saturating_add(right.len()))?;
    }
    let sum = left.add(right)?;
    if let Value::Text(text) = &sum {
        meter.fits(text.len())?;
        meter.text(text.len(), text.new_bytes());
    }
    Ok(sum)
}

/// `grown + part` for two texts, if there is room for the part. What loops do most: only the characters are to be copied.
/// False, and nothing is done, otherwise.
pub(super) fn append_in_place(grown: &mut Value, part: &Value, meter: &mut Meter) -> bool {
    let (Value::Text(text), Value::Text(part)) = (grown, part) else { return false };
    let part = part.as_str();
    let Some(length) = text.append_in_place(part, meter.limits.text) else { return false };
    meter.text(length, part.len() * 2);
    true
}

/// `grown + part + …`, in place when `grown` is a text. The parts are taken; on an error `grown` is as before.
pub(super) fn append(grown: &mut Value, parts: &mut [Value], meter: &mut Meter) -> Result<(), Failure> {
    if let [part] = parts
        && append_in_place(grown, part, meter)
    {
        release(parts);
        return Ok(());
    }
    if let Value::Text(text) = grown {
        let more = room_for(parts);
        let length = text.len() + more;
        meter.fits(length)?;
        match text.growth(more, meter.step()) {
            0 => {}
            growth => meter.affords(growth)?,
        }
        let made = text.append(more, meter.step(), |text| print_all(parts, text, meter))?;
        meter.text(text.len(), made);
    } else {
        let mut sum = grown.clone();
        for part in parts.iter() {
            sum = sum.add(part)?;
        }
        if let Value::Text(text) = &sum {
            meter.fits(text.len())?;
            meter.text(text.len(), text.new_bytes());
        }
        *grown = sum;
    }
    release(parts);
    Ok(())
}

/// The bytes that the texts among the parts have; the printed forms of the others are short.
fn room_for(parts: &[Value]) -> usize {
    parts.iter().filter_map(Value::as_text).map(str::len).fold(0, usize::saturating_add)
}

/// Up to so many bytes of texts are joined beside the result, and copied.
const COPIED_BYTES: usize = 512;

/// The printed forms of the parts, joined. The parts are taken. `joint` is where short ones are put together: what comes of
/// them is mostly so short that it stands in its box, and nobody knows it before.
pub(super) fn concat(parts: &mut [Value], joint: &mut String, meter: &mut Meter) -> Result<Value, Failure> {
    let room = room_for(parts);
    meter.fits(room)?;
    meter.affords(room)?;
    let joined = if room <= COPIED_BYTES {
        joint.clear();
        for part in parts.iter() {
            part.print_to(joint)?;
            meter.fits(joint.len())?;
        }
        let joined = CompactString::new(&joint);
        joint.shrink_to(COPIED_BYTES * 2);
        joined
    } else {
        let mut joined = CompactString::with_capacity(room);
        print_all(parts, &mut joined, meter)?;
        joined
    };
    release(parts);
    let joined = Text::new(joined);
    meter.text(joined.len(), joined.new_bytes());
    Ok(Value::Text(joined))
}

/// Adds the printed forms of the parts to a text that may not become longer than a text may be.
fn print_all(parts: &[Value], text: &mut CompactString, meter: &Meter) -> Result<(), Failure> {
    for part in parts {
        part.print_onto(text)?;
        meter.fits(text.len())?;
    }
    Ok(())
}

/// What an element of a literal is charged: its place, and a number or date that was computed for it.
const ELEMENT_BYTES: usize = 64;

/// What a pair of a literal is charged.
const PAIR_BYTES: usize = 160;

/// Adds elements to a list that is being built. The elements are taken.
pub(super) fn extend_list(
    list: &Aggregate,
    items: &mut [Value],
    cycles: &mut Cycles,
    meter: &mut Meter,
) -> Result<(), Failure> {
    meter.charge(items.len() * ELEMENT_BYTES);
    let mut nested = false;
    if let Some(mut elements) = list.list_mut() {
        meter.elements(elements.len() + items.len())?;
        let items = items.iter_mut().map(std::mem::take);
        elements.extend(items.inspect(|item| nested |= item.reaches_others()));
    }
    list.make_room(list.size(), meter.step());
    if nested {
        cycles.remember(list);
    }
    Ok(())
}

/// Adds pairs, key and value in turn, to a map that is being built. A later pair of the same key wins.
pub(super) fn extend_map(
    map: &Aggregate,
    pairs: &mut [Value],
    cycles: &mut Cycles,
    meter: &mut Meter,
) -> Result<(), Failure> {
    meter.charge(pairs.len() / 2 * PAIR_BYTES);
    let mut nested = false;
    if let Some(mut entries) = map.map_mut() {
        if entries.is_empty() {
            entries.reserve_exact(pairs.len() / 2);
        }
        for pair in pairs.chunks_exact_mut(2) {
            let [key, value] = pair else { continue };
            let key = Key::new(key)?;
            let value = std::mem::take(value);
            nested |= value.reaches_others();
            entries.insert(key, value);
        }
    }
    meter.elements(map.size())?;
    map.make_room(map.size(), meter.step());
    if nested {
        cycles.remember(map);
    }
    release(pairs);
    Ok(())
}

/// A map of known keys with these values, which are taken out of their registers.
pub(super) fn new_record<'n>(
    names: impl ExactSizeIterator<Item = &'n Value>,
    values: &mut [Value],
    guess: &Guess,
    cycles: &mut Cycles,
    meter: &mut Meter,
) -> Result<Value, Failure> {
    meter.charge(values.len() * PAIR_BYTES);
    let nested = values.iter().any(Value::reaches_others);
    let names = names.map(|name| name.as_text().unwrap_or_default());
    let map = Map::of_record(names, values.iter_mut().map(std::mem::take), guess);
    meter.elements(map.len())?;
    let map = Aggregate::map(map);
    if nested {
        cycles.remember(&map);
    }
    Ok(Value::Aggregate(map))
}

/// What `for each` walks: elements, the keys of a map, the values of a collection of pairs (as the help page "extract"
/// does), the pieces of a text between commas, the rows of a CSV file.
pub(super) fn items(value: &Value, meter: &mut Meter) -> Result<Walk, Failure> {
    let made: Vec<Value> = match value {
        Value::Aggregate(aggregate) => {
            if let Some(elements) = Elements::of(aggregate) {
                // Whoever changes the list while it is walked copies it.
                meter.charge(aggregate.size() * size_of::<Value>());
                return Ok(Walk::Elements(elements));
            }
            match &*aggregate.borrow() {
                Contents::Map(map) if aggregate.is_collection() => map.values().cloned().collect(),
                Contents::Map(map) => map.keys().map(Key::to_value).collect(),
                Contents::Braces | Contents::List(_) => Vec::new(),
            }
        }
        Value::File(file) if file.borrow().is_csv() => file.borrow().rows()?,
        Value::Text(text) if text.is_empty() => Vec::new(),
        Value::Text(text) => {
            meter.elements(text.bytes().filter(|byte| *byte == b',').count())?;
            text.split(',').map(Value::text).collect()
        }
        other => return Err(not_iterable(other.kind())),
    };
    meter.charge(made.len() * if value.is_aggregate() { size_of::<Value>() } else { ELEMENT_BYTES });
    Ok(Walk::Made(made.into_iter()))
}

/// What `for each index` walks.
pub(super) fn indexes(value: &Value, meter: &mut Meter) -> Result<Walk, Failure> {
    let count = match (items(value, meter)?, value) {
        (Walk::Elements(_), Value::Aggregate(list)) => list.size(),
        (walk, _) => walk.values().len(),
    };
    Ok(Walk::Indexes(0..i64::try_from(count).unwrap_or(i64::MAX)))
}

fn not_iterable(found: Kind) -> Failure {
    match found {
        Kind::Null => Failure::new("run::null-iteration", "Null value occurred while performing for each operation")
            .null_operand(0)
            .help("walk a default: for each x in ifnull(list, List())"),
        other => {
            let message = format!("'{}' can not be cast to '[LIST]' for the task 'for each'", other.name());
            Failure::new("run::not-iterable", message)
                .help("for each walks lists, collections, maps (their keys), texts with commas and CSV files")
        }
    }
}

/// `value.name`
pub(super) fn field(of: &Value, name: &str, answers: &Answers) -> Result<Value, Failure> {
    if !answers.is_empty()
        && let Some(value) = answers.field(of, name)
    {
        return Ok(value);
    }
    match of {
        Value::Caught(caught) => Ok(match name {
            "message" => Value::text(caught.message.as_str()),
            "lineNo" => Value::Number(i64::from(caught.line)),
            "type" => Value::text(if caught.code == "run::thrown" { "UserDefined" } else { "RuntimeError" }),
            other => match &caught.thrown {
                Value::Aggregate(map) => map.entry(other).unwrap_or_default(),
                _ => Value::Null,
            },
        }),
        Value::Aggregate(aggregate) if aggregate.contents_kind() != Kind::List => {
            Ok(aggregate.entry(name).unwrap_or_default())
        }
        // Fetched records are a list, whose field is that of the first record (page
        // fetch-records/fetch-collection-records). Without records there is nothing to read.
        Value::Aggregate(list) => match list.item(0) {
            None => Ok(Value::Null),
            Some(Value::Aggregate(record)) if record.contents_kind() != Kind::List => {
                Ok(record.entry(name).unwrap_or_default())
            }
            Some(_) => Err(no_field(of.kind(), name)),
        },
        Value::Null => Err(no_field(of.kind(), name).null_operand(0)),
        other => Err(no_field(other.kind(), name)),
    }
}

/// `value.name = …`
pub(super) fn set_field(of: &Value, name: &str, value: Value, cycles: &mut Cycles) -> Result<(), Failure> {
    let Value::Aggregate(aggregate) = of else { return Err(no_field(of.kind(), name)) };
    cycles.stored(aggregate, &value);
    match aggregate.map_mut() {
        Some(mut map) => {
            map.insert(Key::from(name), value);
            Ok(())
        }
        None => Err(no_field(aggregate.kind(), name)),
    }
}

fn no_field(found: Kind, name: &str) -> Failure {
    Failure::new("run::no-field", format!("a value of type {} has no field '{name}'", found.name()))
        .help("read entries of a map with get(\"…\"); call a function with parentheses")
}

/// A function of the platform that is not here.
pub(super) fn missing(message: &str) -> Failure {
    Failure::new("run::missing-function", message)
        .help("define the function in the same file, or in the folder `functions` of a project")
}

/// An argument that does not fit the declared type of its parameter.
pub(super) fn wrong_parameter(code: &Code, parameter: usize, value: &Value) -> Failure {
    let declared = code.parameters.get(parameter).map_or("ANY", |declared| declared.name());
    let message = format!("Mismatch of data type expression. Expected {declared} but found {}", value.kind().name());
    let name = code.variables.get(parameter).map_or("?", AsRef::as_ref);
    Failure::new("run::parameter-type", message).help(format!("parameter `{name}` of `{}`", code.name))
}

/// A result that does not fit the declared type of its function.
pub(super) fn wrong_result(code: &Code, value: &Value) -> Failure {
    let declared = code.returns.name();
    let message = format!("Mismatch of data type expression. Expected {declared} but found {}", value.kind().name());
    Failure::new("run::return-type", message).help(format!("`{}` is declared to give {declared}", code.name))
}

/// The register that holds an operand of an instruction: 0 is the left side, the receiver or the only one.
pub(super) fn operand_register(op: Op, operand: usize) -> Option<Register> {
    let found = match op {
        Op::Add { left, right, .. }
        | Op::Subtract { left, right, .. }
        | Op::Multiply { left, right, .. }
        | Op::Divide { left, right, .. }
        | Op::Remainder { left, right, .. }
        | Op::Less { left, right, .. }
        | Op::LessOrEqual { left, right, .. }
        | Op::JumpUnlessLess { left, right, .. }
        | Op::JumpUnlessLessOrEqual { left, right, .. } => match operand {
            0 => left,
            _ => right,
        },
        Op::AddConstant { left, .. }
        | Op::SubtractConstant { left, .. }
        | Op::MultiplyConstant { left, .. }
        | Op::RemainderConstant { left, .. }
        | Op::JumpUnlessLessConstant { left, .. }
        | Op::JumpUnlessLessOrEqualConstant { left, .. }
        | Op::JumpUnlessGreaterConstant { left, .. }
        | Op::JumpUnlessGreaterOrEqualConstant { left, .. } => match operand {
            0 => left,
            _ => return None,
        },
        Op::Method { first, count, .. } | Op::Builtin { first, count, .. } => {
            let operand = u16::try_from(operand).ok().filter(|operand| *operand < u16::from(count))?;
            first.checked_add(operand)?
        }
        Op::Task { first, .. } => first.checked_add(u16::try_from(operand).ok()?)?,
        Op::Get { of, key, .. } | Op::Put { of, key, .. } | Op::AddItem { of, item: key } if operand < 2 => {
            match operand {
                0 => of,
                _ => key,
            }
        }
        Op::GetNamed { of, .. } | Op::PutNamed { of, .. } if operand == 0 => of,
        Op::Put { value, .. } | Op::PutNamed { value, .. } if operand == 2 => value,
        Op::Append { into, first, .. } => match operand {
            0 => into,
            _ => first,
        },
        Op::Field { of, .. } | Op::EachItem { of } | Op::EachIndex { of } => of,
        Op::JumpIf { test, .. } | Op::JumpUnless { test, .. } => test,
        Op::Negate { from, .. } | Op::Not { from, .. } => from,
        _ => return None,
    };
    (found & CONSTANT == 0).then_some(found)
}
