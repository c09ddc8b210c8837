//! What outlives a run where one input follows another, as at a prompt: the variables with their live values, so that two
//! variables that hold one list still do in the next input, and what a run knows about values. A run takes it over and
//! gives it back at its end, however it ends: what was assigned before an error stays.

use std::sync::Arc;

use indexmap::IndexMap;

use crate::environment::Random;
use crate::program::Code;
use crate::value::{Answers, Cycles, Value};

/// The state between inputs. It belongs to one thread, as values do.
#[derive(Debug, Default)]
pub struct Kept {
    variables: IndexMap<Arc<str>, Value>,
    /// What the last run returned.
    returned: Value,
    pub(super) cycles: Cycles,
    pub(super) answers: Answers,
    pub(super) random: Option<Random>,
}

impl Kept {
    /// The variables in the order in which they were first assigned.
    pub fn variables(&self) -> impl ExactSizeIterator<Item = (&str, &Value)> {
        self.variables.iter().map(|(name, value)| (name.as_ref(), value))
    }

    /// The value of a variable.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.variables.get(name)
    }

    /// Whether there is a variable of this name.
    pub fn has(&self, name: &str) -> bool {
        self.variables.contains_key(name)
    }

    /// Assigns a variable.
    pub fn set(&mut self, name: &str, value: Value) {
        self.variables.insert(Arc::from(name), value);
    }

    /// What the last run returned; null after one that failed.
    pub fn returned(&self) -> &Value {
        &self.returned
    }

    pub(super) fn set_returned(&mut self, value: Value) {
        self.returned = value;
    }

    /// The values that the variables of a function begin with, each of which is taken out until the function gives it back:
    /// a text that two hold is copied when it grows.
    pub(super) fn lend(&mut self, code: &Code, stack: &mut [Value]) {
        for (name, place) in code.variables.iter().zip(stack) {
            if let Some(value) = self.variables.get_mut(name) {
                *place = std::mem::take(value);
            }
        }
    }

    /// Takes back what the function's variables hold. After an error those that hold null and were not there before were
    /// not reached by it.
    pub(super) fn take_back(&mut self, code: &Code, stack: &mut [Value], ended_well: bool) {
        for (at, (name, place)) in code.variables.iter().zip(stack).enumerate() {
            if code.input.is_some_and(|input| usize::from(input) == at) {
                continue;
            }
            let value = std::mem::take(place);
            if ended_well || !value.is_null() || self.variables.contains_key(name) {
                self.variables.insert(Arc::clone(name), value);
            }
        }
    }

    /// The values, for weighing.
    pub(super) fn values(&self) -> impl Iterator<Item = &Value> {
        self.variables.values()
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        self.cycles.break_all();
    }
}
