//! Counts what a run uses against its limits. Memory is not counted value by value: what is made is charged with a rough
//! figure, and only when the charges since the last weighing could have filled the limit are the values that are still
//! held weighed. Statements, charges and the slices between pauses share one number to compare with, `look_at`, so that a
//! statement costs one addition and one comparison, as it would with no limit but its own.

use super::limits::{Limits, Usage};
use crate::effect::Action;
use crate::value::{Aggregate, Failure, Value, Weight};

/// How many statements make a slice, after which time and cancellation are looked at.
const SLICE: u64 = 20_000;

/// What an executed statement is charged, in bytes.
const STATEMENT_BYTES: u64 = 32;

/// What storing something in a container is charged: room for a key and a value, twice, because containers double.
const STORED_BYTES: usize = 176;

/// How many bytes of text are as much work as one statement.
const BYTES_A_STATEMENT: usize = 2_500;

/// How many elements are as much work as one statement.
const ELEMENTS_A_STATEMENT: usize = 500;

/// How many statements a call of a function of the application counts as, as work.
const STATEMENTS_A_HOST_CALL: usize = 200;

/// The counters of a run.
#[derive(Debug)]
pub(super) struct Meter {
    pub limits: Limits,
    pub usage: Usage,
    /// When more statements than this were executed, the slice is over.
    pause_at: u64,
    /// When more statements than this were executed, the values are to be weighed.
    weigh_at: u64,
    /// The nearest of both and of the limit.
    look_at: u64,
    /// Set when an instruction was refused because of what the values may weigh by now, which only weighing can tell.
    pub refused: bool,
}

impl Meter {
    pub(super) fn new(limits: Limits) -> Self {
        let usage = Usage { depth: 1, ..Usage::default() };
        let mut meter = Self { limits, usage, pause_at: SLICE, weigh_at: 0, look_at: 0, refused: false };
        meter.allow(0);
        meter
    }

    /// Begins a new slice if the last one is spent.
    pub(super) fn refuel(&mut self) {
        if self.is_spent() {
            self.pause_at = self.usage.statements.saturating_add(SLICE);
            self.settle();
        }
    }

    /// Whether the slice is over.
    pub(super) fn is_spent(&self) -> bool {
        self.usage.statements > self.pause_at
    }

    /// Counts executed statements. True when [`Meter::look`] is due.
    #[inline(always)]
    pub(super) fn statements(&mut self, count: u64) -> bool {
        self.usage.statements += count;
        self.is_due()
    }

    /// Whether [`Meter::look`] is due.
    #[inline(always)]
    pub(super) fn is_due(&self) -> bool {
        self.usage.statements > self.look_at
    }

    /// Fails when too many statements were executed. True when the values are to be weighed.
    pub(super) fn look(&self) -> Result<bool, Failure> {
        if self.usage.statements > self.limits.statements {
            return Err(Failure::limit("statements", "executed statements", self.limits.statements));
        }
        Ok(self.usage.statements > self.weigh_at)
    }

    /// Takes what the values were found to weigh.
    pub(super) fn weighed(&mut self, weight: Weight) -> Result<(), Failure> {
        self.usage.memory = self.usage.memory.max(weight.bytes);
        self.usage.text = self.usage.text.max(weight.text);
        self.usage.elements = self.usage.elements.max(weight.elements);
        if weight.bytes > self.limits.memory {
            return Err(Failure::limit_of_memory(self.limits.memory));
        }
        self.allow(weight.bytes);
        Ok(())
    }

    /// Counts something that the script wants from the world, and fails when that is too much.
    pub(super) fn effect(&mut self, action: &Action) -> Result<(), Failure> {
        let (count, most, key) = match action {
            Action::Mail(_) => (&mut self.usage.mails, self.limits.mails, "mails"),
            _ => (&mut self.usage.requests, self.limits.requests, "requests"),
        };
        *count += 1;
        if *count > most { Err(Failure::limit(key, key, most)) } else { Ok(()) }
    }

    /// Charges for values that were made.
    #[inline]
    pub(super) fn charge(&mut self, bytes: usize) {
        let statements = (bytes as u64).div_ceil(STATEMENT_BYTES);
        self.weigh_at = self.weigh_at.saturating_sub(statements);
        self.look_at = self.look_at.min(self.weigh_at);
        self.work(bytes / BYTES_A_STATEMENT);
    }

    /// Charges for a text of which `made` bytes are new.
    #[inline]
    pub(super) fn text(&mut self, length: usize, made: usize) {
        self.usage.text = self.usage.text.max(length);
        self.charge(made);
    }

    /// Fails when a text would be longer than a text may be.
    #[inline]
    pub(super) fn fits(&self, bytes: usize) -> Result<(), Failure> {
        if bytes <= self.limits.text {
            return Ok(());
        }
        Err(Failure::limit_of_texts(self.limits.text))
    }

    /// Fails when there may be less memory left than is to be made.
    #[inline]
    pub(super) fn affords(&mut self, bytes: usize) -> Result<(), Failure> {
        if bytes <= self.left() {
            return Ok(());
        }
        self.refused = true;
        Err(Failure::limit_of_memory(self.limits.memory))
    }

    /// How many bytes may still be made before the values are weighed again.
    #[inline]
    pub(super) fn left(&self) -> usize {
        let statements = self.weigh_at.saturating_sub(self.usage.statements);
        usize::try_from(statements.saturating_mul(STATEMENT_BYTES)).unwrap_or(usize::MAX)
    }

    /// Takes the size of a list or map, and fails when it is larger than one may be.
    #[inline]
    pub(super) fn elements(&mut self, size: usize) -> Result<(), Failure> {
        self.usage.elements = self.usage.elements.max(size);
        if size <= self.limits.elements {
            return Ok(());
        }
        Err(Failure::limit_of_elements(self.limits.elements))
    }

    /// Charges for what a built-in made or put into its receiver.
    #[inline]
    pub(super) fn result(&mut self, value: &Value) {
        match value {
            Value::Text(text) => self.text(text.len(), text.new_bytes()),
            plain if plain.is_plain() => {}
            other => self.large_result(other),
        }
    }

    fn large_result(&mut self, value: &Value) {
        let weight = Weight::of_new(value);
        self.usage.text = self.usage.text.max(weight.text);
        self.usage.elements = self.usage.elements.max(weight.elements);
        self.charge(weight.bytes);
    }

    /// By how many bytes what is larger than that grows at a time, so that the limit is not passed by doubling.
    #[inline]
    pub(super) fn step(&self) -> usize {
        self.limits.memory / 16
    }

    /// Charges for what was put into a receiver: keys, values or elements.
    pub(super) fn stored(&mut self, receiver: &Value, stored: &[Value]) {
        let bytes = stored.iter().fold(0, |bytes: usize, value| bytes.saturating_add(bytes_to_store(value)));
        match receiver {
            Value::Aggregate(receiver) => self.stored_in(receiver, receiver.size(), bytes),
            _ => self.charge(STORED_BYTES.saturating_add(bytes)),
        }
    }

    /// The same for a container that is known to have so many elements or pairs, and for the [bytes](bytes_to_store) of what
    /// was put into it.
    #[inline]
    pub(super) fn stored_in(&mut self, receiver: &Aggregate, size: usize, bytes: usize) {
        self.usage.elements = self.usage.elements.max(size);
        receiver.make_room(size, self.step());
        self.charge(STORED_BYTES.saturating_add(bytes));
    }

    /// Counts the work of an operation on these values, most of which look at all of their operands.
    #[inline]
    pub(super) fn effort(&mut self, operands: &[Value]) {
        for operand in operands {
            match operand {
                Value::Text(text) => self.work(text.len() / BYTES_A_STATEMENT),
                Value::Aggregate(aggregate) => self.work(aggregate.size() / ELEMENTS_A_STATEMENT),
                _ => {}
            }
        }
    }

    /// Counts a call of a function of the application, of which nobody knows how long it computes.
    pub(super) fn host_call(&mut self, arguments: &[Value]) {
        self.effort(arguments);
        self.work(STATEMENTS_A_HOST_CALL);
    }

    /// Shortens the slice by work that no statements are counted for.
    #[inline]
    fn work(&mut self, statements: usize) {
        if statements == 0 {
            return;
        }
        self.pause_at = self.pause_at.saturating_sub(statements as u64);
        self.look_at = self.look_at.min(self.pause_at);
    }

    /// Settles when to weigh next: when what was charged since could have filled the limit, and not too often near it.
    fn allow(&mut self, held: usize) {
        let left = self.limits.memory.saturating_sub(held).max(self.limits.memory / 32);
        self.weigh_at = self.usage.statements.saturating_add(left as u64 / STATEMENT_BYTES);
        self.settle();
    }

    fn settle(&mut self) {
        self.look_at = self.weigh_at.min(self.pause_at).min(self.limits.statements);
    }
}

/// What storing a value is charged beside its place.
#[inline]
pub(super) fn bytes_to_store(value: &Value) -> usize {
    match value {
        // It may become a key, which is a copy.
        Value::Text(text) => text.len(),
        Value::Aggregate(aggregate) => aggregate.size().saturating_mul(STORED_BYTES),
        _ => 0,
    }
}
