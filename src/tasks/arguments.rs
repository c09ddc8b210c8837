//! Which argument is which parameter. The pages say: by position, with an empty map to skip one, the connection last.
//! Public scripts also give the connection in place of a skipped map or inside it, skip with `""` or null, and put maps
//! before or after page numbers; all of these are told apart by the arguments' kinds.

use super::error::Error;
use super::fields;
use crate::catalogue::TaskParameter;
use crate::value::{Kind, Kinds, Value};

/// The name of the parameter that takes a link name.
const CONNECTION: &str = "connection";

/// The keys of a map that name the connection instead of being sent.
pub(super) const CONNECTION_KEYS: [&str; 2] = [CONNECTION, "connections"];

/// The arguments of one call by parameter.
pub(super) struct Bound<'a> {
    task: &'a str,
    parameters: &'a [TaskParameter],
    /// For each parameter the argument and its position from 1.
    values: Vec<Option<(usize, &'a Value)>>,
    /// The link name, if one was given.
    pub connection: Option<String>,
}

impl<'a> Bound<'a> {
    /// Tells the arguments apart.
    pub(super) fn new(task: &'a str, parameters: &'a [TaskParameter], values: &'a [Value]) -> Result<Self, Error> {
        if values.len() > parameters.len() {
            return Err(Error::ArgumentCount { task: task.to_owned(), most: parameters.len() });
        }
        let mut bound = Self { task, parameters, values: vec![None; parameters.len()], connection: None };
        let required = parameters.iter().take_while(|parameter| !parameter.optional).count();
        let numbered = || (1..).zip(values);
        for (slot, (index, value)) in numbered().take(required).enumerate() {
            if !bound.fits(slot, value) {
                return Err(bound.mismatch(index, bound.kinds(slot), value));
            }
            bound.put(slot, index, value);
        }
        let rest: Vec<(usize, &Value)> = numbered().skip(required).collect();
        bound.bind_optional(required, &rest)?;
        bound.take_connection_of_maps();
        Ok(bound)
    }

    /// The argument of a parameter, unless it was skipped.
    pub(super) fn get(&self, parameter: &str) -> Option<&'a Value> {
        self.get_numbered(parameter).map(|(_, value)| value)
    }

    /// The argument of a parameter with its position from 1.
    pub(super) fn get_numbered(&self, parameter: &str) -> Option<(usize, &'a Value)> {
        let slot = self.parameters.iter().position(|known| known.name == parameter)?;
        self.values.get(slot).copied().flatten()
    }

    /// The kinds that a parameter takes.
    pub(super) fn kinds_of(&self, parameter: &str) -> Kinds {
        self.parameters.iter().find(|known| known.name == parameter).map_or(Kinds::NONE, |known| known.kinds)
    }

    fn bind_optional(&mut self, first: usize, rest: &[(usize, &'a Value)]) -> Result<(), Error> {
        let has_connection = self.parameters.last().is_some_and(|last| last.optional && last.name == CONNECTION);
        let end = self.parameters.len() - usize::from(has_connection);
        let mut rest = rest;
        if has_connection && let Some(((index, last), before)) = rest.split_last() {
            let at_its_place = *index > end;
            if self.is_connection(first..end, *index, last) {
                self.connection = last.as_text().map(|link_name| link_name.trim().to_owned());
                rest = before;
            } else if at_its_place && is_skip(last) {
                rest = before;
            } else if at_its_place {
                return Err(self.mismatch(*index, Kinds::TEXT, last));
            }
        }
        let in_order = rest.len() <= end - first
            && (first..end).zip(rest).all(|(slot, (_, value))| {
                self.fits(slot, value) || fields::is_blank(value) || (is_skip(value) && self.takes_map(slot))
            });
        if in_order {
            for (slot, (index, value)) in (first..end).zip(rest) {
                if !is_skip(value) {
                    self.put(slot, *index, value);
                }
            }
            return Ok(());
        }
        for (index, value) in rest.iter().filter(|(_, value)| !is_skip(value)) {
            let mut open = (first..end).filter(|slot| self.values.get(*slot).is_some_and(Option::is_none));
            match open.clone().find(|slot| self.fits(*slot, value)) {
                Some(slot) => self.put(slot, *index, value),
                None => {
                    let wanted = open.next().map_or(Kinds::TEXT, |slot| self.kinds(slot));
                    return Err(self.mismatch(*index, wanted, value));
                }
            }
        }
        Ok(())
    }

    /// Whether the last argument is a link name: a text that stands at its place, or where none of the parameters
    /// between takes it.
    fn is_connection(&self, mut between: std::ops::Range<usize>, index: usize, value: &Value) -> bool {
        let is_name = matches!(value, Value::Text(_)) && !fields::is_blank(value);
        is_name && (index > between.end || !between.any(|slot| self.fits(slot, value)))
    }

    fn take_connection_of_maps(&mut self) {
        let optional = self.parameters.iter().zip(&self.values).filter(|(parameter, _)| parameter.optional);
        let inside = optional.filter_map(|(_, value)| fields::as_map(value.as_ref()?.1)).find_map(|map| {
            let values = CONNECTION_KEYS.iter().filter_map(|key| map.entry(key));
            values.filter(|value| !fields::is_blank(value)).find_map(|value| value.as_text().map(str::to_owned))
        });
        if self.connection.is_none() {
            self.connection = inside;
        }
    }

    fn put(&mut self, slot: usize, index: usize, value: &'a Value) {
        if let Some(place) = self.values.get_mut(slot) {
            *place = Some((index, value));
        }
    }

    fn kinds(&self, slot: usize) -> Kinds {
        self.parameters.get(slot).map_or(Kinds::NONE, |parameter| parameter.kinds)
    }

    fn takes_map(&self, slot: usize) -> bool {
        self.kinds(slot).has(Kind::Map)
    }

    /// Numbers also fit in quotes, and with a fraction of zeros, as they come from other services.
    fn fits(&self, slot: usize, value: &Value) -> bool {
        let kinds = self.kinds(slot);
        let number = kinds.has(Kind::Number) && value.to_number().is_some();
        let boolean = kinds.has(Kind::Boolean)
            && value.as_text().is_some_and(|text| matches!(text.to_ascii_lowercase().as_str(), "true" | "false"));
        // A collection is as good as the list or map that it holds.
        let kind = match value {
            Value::Aggregate(aggregate) => aggregate.contents_kind(),
            other => other.kind(),
        };
        kinds.has(kind) || number || boolean
    }

    fn mismatch(&self, index: usize, wanted: Kinds, value: &Value) -> Error {
        Error::ArgumentType { task: self.task.to_owned(), index, wanted, found: value.kind() }
    }
}

/// Whether an argument stands for none: null, blanks, an empty map, `{"":""}`.
fn is_skip(value: &Value) -> bool {
    fields::is_blank(value)
        || fields::as_map(value).is_some_and(|map| fields::pairs(map).is_ok_and(|pairs| pairs.is_empty()))
}
