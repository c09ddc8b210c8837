//! Functions of COLLECTION. What a collection holds decides what an argument means: among elements a position, among
//! pairs a key. An empty one holds neither, and takes whichever comes first.

pub(super) mod access;
pub(super) mod change;
pub(super) mod delete;
pub(super) mod derive;
pub(super) mod order;

use super::support::{aggregate, at};
use crate::value::{Aggregate, Contents, Failure, Kind, Kinds, Map, Value};

/// What the functions that take several elements take them in.
const ELEMENTS: Kinds = Kinds::LIST.or(Kinds::COLLECTION);

/// The argument as the position of an element.
fn position(function: &str, arguments: &[Value], at_argument: usize) -> Result<i64, Failure> {
    let value = at(arguments, at_argument);
    value.to_number().ok_or_else(|| Failure::argument(function, Kinds::NUMBER, value.kind()))
}

/// Changes the elements of the receiver, which must not hold pairs. They are borrowed meanwhile, so `with` must not look
/// into any element.
fn change_elements<T>(
    function: &str,
    arguments: &[Value],
    with: impl FnOnce(&mut Vec<Value>) -> T,
) -> Result<T, Failure> {
    let collection = aggregate(function, arguments, 0)?;
    let mut items = collection.list_mut().ok_or_else(super::error::holds_pairs)?;
    let result = with(&mut items);
    drop(items);
    collection.settle();
    Ok(result)
}

/// Changes the pairs of the receiver, which must not hold elements; with the same care.
fn change_pairs<T>(function: &str, arguments: &[Value], with: impl FnOnce(&mut Map) -> T) -> Result<T, Failure> {
    let collection = aggregate(function, arguments, 0)?;
    let mut pairs = collection.map_mut().ok_or_else(super::error::holds_elements)?;
    let result = with(&mut pairs);
    drop(pairs);
    collection.settle();
    Ok(result)
}

/// A copy of the pairs, when there are some.
fn pairs(aggregate: &Aggregate) -> Option<Map> {
    match &*aggregate.borrow() {
        Contents::Map(map) => Some(map.clone()),
        _ => None,
    }
}

/// Whether there are pairs.
fn has_pairs(aggregate: &Aggregate) -> bool {
    aggregate.contents_kind() == Kind::Map
}
