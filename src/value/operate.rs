//! What operators do to values. `+` adds numbers and, as soon as one side is TEXT, joins; every other arithmetic is on
//! numbers only, but for the difference of two dates in milliseconds (help pages "arithmetic operators", "creator fields and their applicable operators").

use std::cmp::Ordering;

use compact_str::CompactString;

use super::{Aggregate, Contents, DateTime, Decimal, Failure, Kind, Time, TimeReading, Value};

impl Value {
    /// `left + right`
    pub fn add(&self, right: &Value) -> Result<Value, Failure> {
        if let (Value::Number(a), Value::Number(b)) = (self, right) {
            return a.checked_add(*b).map(Value::Number).ok_or_else(|| Failure::overflow("+"));
        }
        if matches!(self, Value::Text(_)) || matches!(right, Value::Text(_)) {
            let mut joined = CompactString::default();
            self.print_onto(&mut joined)?;
            right.print_onto(&mut joined)?;
            return Ok(Value::text(joined));
        }
        arithmetic(self, right, "+", "add", Decimal::plus)
    }

    /// `left - right`
    pub fn subtract(&self, right: &Value) -> Result<Value, Failure> {
        if let (Value::Number(a), Value::Number(b)) = (self, right) {
            return a.checked_sub(*b).map(Value::Number).ok_or_else(|| Failure::overflow("-"));
        }
        if let (Value::DateTime(a), Value::DateTime(b)) = (self, right) {
            return Ok(Value::Number(a.milliseconds() - b.milliseconds()));
        }
        arithmetic(self, right, "-", "subtract", Decimal::minus)
    }

    /// `left * right`
    pub fn multiply(&self, right: &Value) -> Result<Value, Failure> {
        if let (Value::Number(a), Value::Number(b)) = (self, right) {
            return a.checked_mul(*b).map(Value::Number).ok_or_else(|| Failure::overflow("*"));
        }
        arithmetic(self, right, "*", "multiply", Decimal::times)
    }

    /// `left / right`: always a DECIMAL, which prints without fraction when it has none.
    pub fn divide(&self, right: &Value) -> Result<Value, Failure> {
        let (left, right) = numbers(self, right, "/", "divide")?;
        if right.is_zero() {
            return Err(Failure::divide_by_zero("/"));
        }
        left.over(right).map(Value::decimal).ok_or_else(|| Failure::overflow("/"))
    }

    /// `left % right`: the remainder has the sign of the left side.
    pub fn remainder(&self, right: &Value) -> Result<Value, Failure> {
        if let (Value::Number(a), Value::Number(b)) = (self, right)
            && *b != 0
        {
            return Ok(Value::Number(a.checked_rem(*b).unwrap_or_default()));
        }
        let (left, right) = numbers(self, right, "%", "mod")?;
        if right.is_zero() {
            return Err(Failure::divide_by_zero("%"));
        }
        left.remainder(right).map(Value::decimal).ok_or_else(|| Failure::overflow("%"))
    }

    /// `-value`
    pub fn negate(&self) -> Result<Value, Failure> {
        match self {
            Value::Number(number) => number.checked_neg().map(Value::Number).ok_or_else(|| Failure::overflow("-")),
            Value::Null => Err(Failure::null_in_operation("subtract", 0)),
            other => match other.as_decimal() {
                Some(decimal) => Ok(Value::decimal(decimal.negate())),
                None => Err(Failure::operands("-", Kind::Number, other.kind())),
            },
        }
    }

    /// `left == right` as the operator sees it: numbers by value; NUMBER with TEXT by printed form, because scripts test
    /// `responseCode == "200"`; a date or time with TEXT by the one that the text names; a time with a date-time by the
    /// time of day; a list equals a scalar that is one of its elements; everything else strictly.
    #[inline]
    pub fn loosely_equals(&self, right: &Value) -> Result<bool, Failure> {
        match (self, right) {
            (Value::Text(a), Value::Text(b)) => Ok(a.as_str() == b.as_str()),
            (Value::Text(_) | Value::Number(_) | Value::Boolean(_), Value::Null) => Ok(false),
            _ => self.loosely_equals_other(right),
        }
    }

    /// The same for values of two kinds, mostly.
    fn loosely_equals_other(&self, right: &Value) -> Result<bool, Failure> {
        Ok(match (self, right) {
            (Value::Number(_) | Value::Decimal { .. }, Value::Text(text)) => self.print()? == text.as_str(),
            (Value::Text(text), Value::Number(_) | Value::Decimal { .. }) => right.print()? == text.as_str(),
            (Value::DateTime(date), Value::Text(text)) | (Value::Text(text), Value::DateTime(date)) => {
                DateTime::read(text.as_str(), date.settings()).is_ok_and(|read| read == **date)
            }
            (Value::Time(time), Value::Text(text)) | (Value::Text(text), Value::Time(time)) => {
                Time::read(text.as_str()) == TimeReading::Time(*time)
            }
            (Value::Time(time), Value::DateTime(date)) | (Value::DateTime(date), Value::Time(time)) => {
                Time::of(date) == Some(*time)
            }
            (Value::Aggregate(list), scalar) if has_elements(list) && is_scalar(scalar) => {
                list.items().unwrap_or_default().iter().any(|item| item.strictly_equals(scalar))
            }
            (scalar, Value::Aggregate(list)) if has_elements(list) && is_scalar(scalar) => {
                list.items().unwrap_or_default().iter().any(|item| item.strictly_equals(scalar))
            }
            _ => self.strictly_equals(right),
        })
    }

    /// Equality of `contains`, `indexOf`, `distinct` and `equals`: kinds must agree, but NUMBER and DECIMAL compare by
    /// value; lists in order, maps in any order, and a collection equals the list or map of the same contents, because
    /// `{…}` is written for both. Values that contain themselves are equal only to themselves.
    #[inline]
    pub fn strictly_equals(&self, right: &Value) -> bool {
        if let (Value::Number(left), Value::Number(right)) = (self, right) {
            return left == right;
        }
        equals(self, right, 0, &mut { MAX_COMPARISONS })
    }

    /// The place of the first of these values that equals this one, as strictly.
    pub fn position_in(&self, items: &[Value]) -> Option<usize> {
        // Texts are what is looked for mostly, and for them the kind of each element is not asked twice.
        match self {
            Value::Text(text) => items.iter().position(|item| item.as_text() == Some(text.as_str())),
            other => items.iter().position(|item| item.strictly_equals(other)),
        }
    }

    /// The order of two values that have one: numbers, dates, times, and texts by code point for sorting. Dates are in the order of their
    /// instants here in every dialect, since sorting needs one order for all. `None` for the rest.
    pub fn order(&self, right: &Value) -> Option<Ordering> {
        match (self, right) {
            (Value::Number(a), Value::Number(b)) => Some(a.cmp(b)),
            (Value::Text(a), Value::Text(b)) => Some(a.as_str().cmp(b.as_str())),
            (Value::Boolean(a), Value::Boolean(b)) => Some(a.cmp(b)),
            (Value::DateTime(a), Value::DateTime(b)) => Some(a.instant().cmp(&b.instant())),
            (Value::Time(a), Value::Time(b)) => Some(a.cmp(b)),
            _ => Some(self.as_decimal()?.cmp(&right.as_decimal()?)),
        }
    }

    /// The order that `<`, `<=`, `>` and `>=` use: numbers, dates and times only (help page "relational operators"). A
    /// time compares with the time of a date-time (help page "creator fields and their applicable operators").
    pub fn compare(&self, right: &Value) -> Result<Ordering, Failure> {
        if let (Value::Number(a), Value::Number(b)) = (self, right) {
            return Ok(a.cmp(b));
        }
        if let (Value::DateTime(a), Value::DateTime(b)) = (self, right) {
            return Ok(a.order(b));
        }
        if let (Some(a), Some(b)) = (self.time_of_day(), right.time_of_day()) {
            return Ok(a.cmp(&b));
        }
        match (self.as_decimal(), right.as_decimal()) {
            (Some(a), Some(b)) => Ok(a.cmp(&b)),
            _ => {
                let failure = Failure::not_comparable(self.kind(), right.kind());
                Err(match (self, right) {
                    (Value::Null, _) => failure.null_operand(0),
                    (_, Value::Null) => failure.null_operand(1),
                    _ => failure,
                })
            }
        }
    }

    fn time_of_day(&self) -> Option<Time> {
        match self {
            Value::Time(time) => Some(*time),
            Value::DateTime(date) => Time::of(date),
            _ => None,
        }
    }

    /// `left in right`: an element of a list (numbers may stand in quotes), every element of the left list in the right
    /// one, an element or a value of a collection, an element of a comma-separated text.
    pub fn is_in(&self, right: &Value) -> Result<bool, Failure> {
        let Value::Aggregate(list) = right else { return self.loosely_equals(right) };
        match &*list.borrow() {
            Contents::Braces => self.is_among([].iter()),
            Contents::List(items) => self.is_among(items.iter()),
            Contents::Map(map) if list.is_collection() => self.is_among(map.values()),
            Contents::Map(_) => Err(Failure::operands("in", self.kind(), right.kind())),
        }
    }

    /// `in` for the elements of a list or collection.
    fn is_among<'v>(&self, mut items: impl Iterator<Item = &'v Value>) -> Result<bool, Failure> {
        match self {
            Value::Aggregate(left) if has_elements(left) => {
                // The left list may hold more than is asked for (help page "criteria in conditional statements").
                let left = left.items().unwrap_or_default();
                Ok(items.all(|item| left.iter().any(|own| own.strictly_equals(item))))
            }
            scalar => {
                for item in items {
                    if scalar.loosely_equals(item)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
        }
    }

    /// True or false, for `if`, `!`, `&&` and `||`.
    pub fn truth(&self) -> Result<bool, Failure> {
        match self {
            Value::Boolean(value) => Ok(*value),
            Value::Null => Err(Failure::not_a_condition(Kind::Null).null_operand(0)),
            other => Err(Failure::not_a_condition(other.kind())),
        }
    }
}

/// Whether this is a list, or a collection of elements.
fn has_elements(aggregate: &Aggregate) -> bool {
    aggregate.contents_kind() == Kind::List
}

fn is_scalar(value: &Value) -> bool {
    !matches!(value, Value::Aggregate(_) | Value::Null)
}

#[inline(always)]
fn arithmetic(
    left: &Value,
    right: &Value,
    operator: &str,
    operation: &str,
    compute: impl Fn(Decimal, Decimal) -> Option<Decimal>,
) -> Result<Value, Failure> {
    let (left, right) = numbers(left, right, operator, operation)?;
    compute(left, right).map(Value::decimal).ok_or_else(|| Failure::overflow(operator))
}

#[inline(always)]
fn numbers(left: &Value, right: &Value, operator: &str, operation: &str) -> Result<(Decimal, Decimal), Failure> {
    match (left.as_decimal(), right.as_decimal()) {
        (Some(left), Some(right)) => Ok((left, right)),
        _ => Err(no_numbers(left, right, operator, operation)),
    }
}

#[cold]
fn no_numbers(left: &Value, right: &Value, operator: &str, operation: &str) -> Failure {
    match (left, right) {
        (Value::Null, _) => Failure::null_in_operation(operation, 0),
        (_, Value::Null) => Failure::null_in_operation(operation, 1),
        _ => Failure::operands(operator, left.kind(), right.kind()),
    }
}

/// Deeper than this, two different containers count as unequal: only values that contain themselves get there.
const MAX_DEPTH: usize = super::print::MAX_DEPTH;

/// After so many, two values count as unequal: only values that use their parts over and over get there.
const MAX_COMPARISONS: usize = 20_000_000;

fn equals(left: &Value, right: &Value, depth: usize, budget: &mut usize) -> bool {
    if *budget == 0 {
        return false;
    }
    *budget -= 1;
    match (left, right) {
        (Value::Null, Value::Null) => true,
        (Value::Boolean(a), Value::Boolean(b)) => a == b,
        (Value::Number(a), Value::Number(b)) => a == b,
        (Value::Text(a), Value::Text(b)) => a.as_str() == b.as_str(),
        (Value::File(a), Value::File(b)) => a == b,
        (Value::DateTime(a), Value::DateTime(b)) => a == b,
        (Value::Time(a), Value::Time(b)) => a == b,
        (Value::Aggregate(a), Value::Aggregate(b)) => {
            a.is_same(b) || (depth < MAX_DEPTH && contents_equal(&a.borrow(), &b.borrow(), depth + 1, budget))
        }
        _ => matches!((left.as_decimal(), right.as_decimal()), (Some(a), Some(b)) if a == b),
    }
}

fn contents_equal(left: &Contents, right: &Contents, depth: usize, budget: &mut usize) -> bool {
    match (left, right) {
        (Contents::List(a), Contents::List(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| equals(a, b, depth, budget))
        }
        (Contents::Map(a), Contents::Map(b)) => {
            a.len() == b.len() && a.iter().all(|(key, a)| b.get(key).is_some_and(|b| equals(a, b, depth, budget)))
        }
        (Contents::Braces, other) | (other, Contents::Braces) => match other {
            Contents::Braces => true,
            Contents::List(items) => items.is_empty(),
            Contents::Map(map) => map.is_empty(),
        },
        _ => false,
    }
}
