//! The run loop. This is the one file that indexes registers, constants and instructions without asking; the verifier
//! (`program::verify`) has proved every number in range before a program gets here.
#![allow(clippy::indexing_slicing)]

use std::cmp::Ordering;
use std::rc::Rc;

use super::frame::{Frame, Try, Walk};
use super::loaded::Loaded;
use super::machine::{Machine, Stop};
use super::origins::Origin;
use super::{allowance, steps};
use crate::catalogue::Arguments;
use crate::effect::{Effect, EffectName};
use crate::program::Code;
use crate::program::op::{CONSTANT, Op, Operand, Register};
use crate::value::{Aggregate, Data, DateTime, Failure, Text, Value};

impl Machine {
    /// Runs instructions until the script needs something, its slice is spent, or its first function returns.
    pub(super) fn execute(&mut self) -> Result<Stop, Failure> {
        let loaded = Rc::clone(&self.loaded);
        let is_kept = self.kept.is_some();
        'frame: loop {
            let Some((code, constants)) = loaded.function(self.frame.function) else {
                return Err(Failure::internal("a function that does not exist was called"));
            };
            let ops = &code.ops[..];
            let Self {
                stack, frame, callers, cycles, answers, random, origins, environment, meter, walks, tries, ..
            } = &mut *self;
            let base = frame.base;
            let registers = &mut stack[base..base + code.registers];
            let mut next = frame.next;

            /// The value of an operand.
            macro_rules! value {
                ($operand:expr) => {
                    operand(registers, constants, $operand)
                };
            }
            /// The value of a result, or the end of the loop with the place of the error noted.
            macro_rules! check {
                ($result:expr) => {
                    match $result {
                        Ok(value) => value,
                        Err(failure) => {
                            frame.next = next;
                            return Err(failure);
                        }
                    }
                };
            }
            /// Stores a result that may be null.
            macro_rules! store {
                ($into:expr, $value:expr) => {{
                    let value = $value;
                    if value.is_null() {
                        origins.left(
                            base + usize::from($into),
                            Origin { function: frame.function, instruction: next - 1 },
                        );
                    }
                    put(value, &mut registers[usize::from($into)]);
                }};
            }
            /// Integer arithmetic here, everything else in `value`.
            macro_rules! arithmetic {
                ($into:expr, $left:expr, $right:expr, $checked:ident, $general:ident) => {
                    if let (Value::Number(a), Value::Number(b)) = (value!($left), value!($right))
                        && let Some(number) = a.$checked(*b)
                    {
                        put(Value::Number(number), &mut registers[usize::from($into)]);
                    } else {
                        put(check!(value!($left).$general(value!($right))), &mut registers[usize::from($into)]);
                    }
                };
            }
            macro_rules! equal {
                ($left:expr, $right:expr) => {
                    match (value!($left), value!($right)) {
                        (Value::Number(a), Value::Number(b)) => a == b,
                        (a, b) => {
                            meter.effort(std::slice::from_ref(a));
                            check!(a.loosely_equals(b))
                        }
                    }
                };
            }
            /// After something was made: pauses or weighs the values when that is due.
            macro_rules! look {
                () => {
                    if meter.is_due() {
                        frame.next = next;
                        self.look()?;
                        if self.meter.fuel == 0 {
                            return Ok(Stop::Pause);
                        }
                        continue 'frame;
                    }
                };
            }
            macro_rules! compared {
                ($left:expr, $operator:tt, $right:expr) => {
                    match (value!($left), value!($right)) {
                        (Value::Number(a), Value::Number(b)) => a $operator b,
                        (a, b) => check!(a.compare(b)) $operator Ordering::Equal,
                    }
                };
            }

            loop {
                let op = ops[next];
                next += 1;
                match op {
                    Op::Move { into, from } => {
                        let value = value!(from).clone();
                        if value.is_null() {
                            match from & CONSTANT {
                                0 => origins.copied(base + usize::from(from), base + usize::from(into)),
                                _ => origins.left(
                                    base + usize::from(into),
                                    Origin { function: frame.function, instruction: next - 1 },
                                ),
                            }
                        }
                        put(value, &mut registers[usize::from(into)]);
                    }
                    Op::LoadWide { into, constant } => {
                        put(constants[constant as usize].clone(), &mut registers[usize::from(into)]);
                    }
                    Op::Date { into, text } => {
                        let text = constants[usize::from(text)].as_text().unwrap_or_default();
                        let value = match text {
                            "" => Value::Text(Text::empty_date()),
                            date => Value::date(check!(DateTime::read(date, &environment.dates))),
                        };
                        put(value, &mut registers[usize::from(into)]);
                    }
                    Op::System { into, name } => {
                        let name = constants[usize::from(name)].as_text().unwrap_or_default();
                        store!(into, environment.system.get(name).map(Data::to_value).unwrap_or_default());
                    }

                    Op::Add { into, left, right } => {
                        if let (Value::Number(a), Value::Number(b)) = (value!(left), value!(right))
                            && let Some(number) = a.checked_add(*b)
                        {
                            put(Value::Number(number), &mut registers[usize::from(into)]);
                        } else if into == left && matches!(registers[usize::from(into)], Value::Text(_)) {
                            // `x = x + y`: a text that only this register holds grows in place.
                            let right = value!(right).clone();
                            check!(steps::append(&mut registers[usize::from(into)], &mut [right], meter));
                            look!();
                        } else {
                            let sum = check!(steps::add(value!(left), value!(right), meter));
                            put(sum, &mut registers[usize::from(into)]);
                            look!();
                        }
                    }
                    Op::Subtract { into, left, right } => arithmetic!(into, left, right, checked_sub, subtract),
                    Op::Multiply { into, left, right } => arithmetic!(into, left, right, checked_mul, multiply),
                    Op::Divide { into, left, right } => {
                        put(check!(value!(left).divide(value!(right))), &mut registers[usize::from(into)]);
                    }
                    Op::Remainder { into, left, right } => arithmetic!(into, left, right, checked_rem, remainder),
                    Op::Negate { into, from } => registers[usize::from(into)] = check!(value!(from).negate()),
                    Op::Not { into, from } => {
                        put(Value::Boolean(!check!(value!(from).truth())), &mut registers[usize::from(into)]);
                    }
                    Op::Append { into, first, count } => {
                        let (into, first) = (usize::from(into), usize::from(first));
                        let mut grown = std::mem::take(&mut registers[into]);
                        let parts = &mut registers[first..first + usize::from(count)];
                        let result = steps::append(&mut grown, parts, meter);
                        registers[into] = grown;
                        check!(result);
                        look!();
                    }
                    Op::Concat { into, first, count } => {
                        let first = usize::from(first);
                        let joined = steps::concat(&mut registers[first..first + usize::from(count)], meter);
                        put(check!(joined), &mut registers[usize::from(into)]);
                        look!();
                    }

                    Op::Equal { into, left, right } => {
                        let equal = equal!(left, right);
                        put(Value::Boolean(equal), &mut registers[usize::from(into)]);
                    }
                    Op::NotEqual { into, left, right } => {
                        let equal = equal!(left, right);
                        put(Value::Boolean(!equal), &mut registers[usize::from(into)]);
                    }
                    Op::Less { into, left, right } => {
                        let holds = compared!(left, <, right);
                        put(Value::Boolean(holds), &mut registers[usize::from(into)]);
                    }
                    Op::LessOrEqual { into, left, right } => {
                        let holds = compared!(left, <=, right);
                        put(Value::Boolean(holds), &mut registers[usize::from(into)]);
                    }
                    Op::In { into, left, right } => {
                        put(
                            Value::Boolean(check!(value!(left).is_in(value!(right)))),
                            &mut registers[usize::from(into)],
                        );
                    }
                    Op::NotIn { into, left, right } => {
                        put(
                            Value::Boolean(!check!(value!(left).is_in(value!(right)))),
                            &mut registers[usize::from(into)],
                        );
                    }

                    Op::Jump { to } => next = to as usize,
                    Op::JumpIf { test, to } => {
                        if check!(truth(value!(test))) {
                            next = to as usize;
                        }
                    }
                    Op::JumpUnless { test, to } => {
                        if !check!(truth(value!(test))) {
                            next = to as usize;
                        }
                    }
                    Op::JumpUnlessNull { test, to } => {
                        if !value!(test).is_null() {
                            next = to as usize;
                        }
                    }
                    Op::JumpUnlessEqual { left, right, to } => {
                        if !equal!(left, right) {
                            next = usize::from(to);
                        }
                    }
                    Op::JumpUnlessNotEqual { left, right, to } => {
                        if equal!(left, right) {
                            next = usize::from(to);
                        }
                    }
                    Op::JumpUnlessLess { left, right, to } => {
                        if !compared!(left, <, right) {
                            next = usize::from(to);
                        }
                    }
                    Op::JumpUnlessLessOrEqual { left, right, to } => {
                        if !compared!(left, <=, right) {
                            next = usize::from(to);
                        }
                    }

                    Op::NewList { into, first, count } => {
                        let first = usize::from(first);
                        let items = &mut registers[first..first + usize::from(count)];
                        let list = Aggregate::list(Vec::new());
                        check!(steps::extend_list(&list, items, cycles, meter));
                        put(Value::Aggregate(list), &mut registers[usize::from(into)]);
                        look!();
                    }
                    Op::ExtendList { list, first, count } => {
                        let first = usize::from(first);
                        let Value::Aggregate(list) = registers[usize::from(list)].clone() else { continue };
                        let items = &mut registers[first..first + usize::from(count)];
                        check!(steps::extend_list(&list, items, cycles, meter));
                        look!();
                    }
                    Op::NewMap { into, first, count } => {
                        let first = usize::from(first);
                        let map = Aggregate::map(Default::default());
                        let pairs = &mut registers[first..first + usize::from(count) * 2];
                        check!(steps::extend_map(&map, pairs, cycles, meter));
                        put(Value::Aggregate(map), &mut registers[usize::from(into)]);
                        look!();
                    }
                    Op::ExtendMap { map, first, count } => {
                        let first = usize::from(first);
                        let Value::Aggregate(map) = registers[usize::from(map)].clone() else { continue };
                        let pairs = &mut registers[first..first + usize::from(count) * 2];
                        check!(steps::extend_map(&map, pairs, cycles, meter));
                        look!();
                    }
                    Op::NewBraces { into } => {
                        put(Value::Aggregate(Aggregate::braces()), &mut registers[usize::from(into)]);
                    }

                    Op::EachItem { of } => {
                        walks.push(check!(steps::items(value!(of), meter)));
                        look!();
                    }
                    Op::EachIndex { of } => walks.push(check!(steps::indexes(value!(of), meter))),
                    Op::Next { into, to } => {
                        meter.fuel = meter.fuel.saturating_sub(1);
                        if meter.fuel == 0 {
                            frame.next = next - 1;
                            return Ok(Stop::Pause);
                        }
                        match walks.last_mut().and_then(Walk::next) {
                            Some(value) => {
                                meter.usage.statements += 1;
                                store!(into, value);
                            }
                            None => {
                                walks.pop();
                                next = to as usize;
                            }
                        }
                    }
                    Op::EndEach => {
                        walks.pop();
                    }

                    Op::Builtin { into, group, first, count } | Op::Method { into, group, first, count } => {
                        let method = matches!(op, Op::Method { .. });
                        let first = usize::from(first);
                        let arguments = &mut registers[first..first + usize::from(count)];
                        let mut call = steps::call(environment, random, cycles, answers, &meter.limits);
                        let result = steps::builtin(loaded.program(), group, method, arguments, &mut call, meter);
                        // Nothing is held longer than it is used: a text that only a variable holds can grow in place.
                        if result.is_ok() {
                            release(arguments);
                        }
                        store!(into, check!(result));
                        look!();
                    }
                    Op::Call { into, function, first } => {
                        frame.next = next;
                        self.call(&loaded, usize::from(function), base + usize::from(first), into)?;
                        if self.meter.fuel == 0 {
                            return Ok(Stop::Pause);
                        }
                        continue 'frame;
                    }
                    Op::Task { into, site, first } => {
                        frame.next = next;
                        match self.task(code, site, first, into)? {
                            Some(stop) => return Ok(stop),
                            None => continue 'frame,
                        }
                    }
                    Op::Missing { message } => {
                        let message = constants[usize::from(message)].as_text().unwrap_or_default();
                        check!(Err(steps::missing(message)))
                    }
                    Op::Field { into, of, name } => {
                        let name = constants[usize::from(name)].as_text().unwrap_or_default();
                        store!(into, check!(steps::field(value!(of), name, answers)));
                    }
                    Op::SetField { of, name, from } => {
                        let name = constants[usize::from(name)].as_text().unwrap_or_default();
                        let value = value!(from).clone();
                        check!(steps::set_field(&registers[usize::from(of)], name, value, cycles));
                    }

                    Op::Info { from } => {
                        let line = check!(value!(from).print());
                        frame.next = next;
                        self.info(line);
                        continue 'frame;
                    }
                    Op::Try { into, to } => {
                        let depth = callers.len();
                        tries.push(Try { depth, handler: to as usize, into, walks: walks.len() });
                    }
                    Op::EndTry => {
                        tries.pop();
                    }
                    Op::Throw { from } => check!(Err(Failure::thrown(value!(from).clone()))),
                    Op::CheckParameter { parameter } => {
                        let at = usize::from(parameter);
                        let declared = code.parameters[at];
                        if !declared.is_plain(&registers[at]) {
                            let admitted = declared.admit(&registers[at], &environment.dates);
                            registers[at] =
                                check!(admitted.ok_or_else(|| steps::wrong_parameter(code, at, &registers[at])));
                        }
                    }
                    Op::Return { from } => {
                        let mut value = match from & CONSTANT {
                            // At a prompt, the variable that an input names is there for the next one.
                            0 if is_kept && callers.is_empty() => value!(from).clone(),
                            // The frame ends here, so its value moves on instead of being copied.
                            0 => std::mem::take(&mut registers[usize::from(from)]),
                            _ => value!(from).clone(),
                        };
                        if !code.returns.is_plain(&value) {
                            let admitted = code.returns.admit(&value, &environment.dates);
                            value = check!(admitted.ok_or_else(|| steps::wrong_result(code, &value)));
                        }
                        frame.next = next;
                        walks.truncate(frame.walks);
                        tries.truncate(frame.tries);
                        let Some(caller) = callers.pop() else {
                            // The variables may outlive the run.
                            if let Some(register) = registers.get_mut(usize::from(from)) {
                                *register = value.clone();
                            }
                            return Ok(Stop::Returned(value));
                        };
                        release(registers);
                        let at = caller.base + usize::from(frame.into);
                        *frame = caller;
                        if value.is_null() {
                            origins.left(at, Origin { function: frame.function, instruction: frame.next - 1 });
                        }
                        stack[at] = value;
                        continue 'frame;
                    }
                    Op::Statements { count } => {
                        if meter.statements(count) {
                            frame.next = next;
                            self.look()?;
                            continue 'frame;
                        }
                    }
                }
            }
        }
    }

    /// Enters a function whose arguments are in the stack from `base` on.
    fn call(&mut self, loaded: &Loaded, function: usize, base: usize, into: Register) -> Result<(), Failure> {
        let Some((code, _)) = loaded.function(function) else {
            return Err(Failure::internal("a function that does not exist was called"));
        };
        let depth = self.callers.len() + 2;
        if depth > self.meter.limits.depth {
            return Err(Failure::limit("depth", "calls inside one another", self.meter.limits.depth as u64));
        }
        self.meter.usage.depth = self.meter.usage.depth.max(depth);
        self.meter.usage.calls += 1;
        self.meter.fuel = self.meter.fuel.saturating_sub(1);
        if self.stack.len() < base + code.registers {
            self.meter.charge((code.registers + 64) * size_of::<Value>());
            self.stack.resize(base + code.registers + 64, Value::Null);
        }
        let given = code.parameters.len();
        self.stack[base + given..base + code.variables.len().max(given)].fill(Value::Null);
        self.origins.begin(base + given..base + code.registers);
        if let Some(input) = code.input {
            let parameters = code.variables.iter().zip(&self.stack[base..base + given]);
            let map = parameters.map(|(name, value)| (name.as_ref().into(), value.clone())).collect();
            self.stack[base + usize::from(input)] = Value::map(map);
        }
        self.callers.push(self.frame);
        self.frame = Frame { function, next: 0, base, into, walks: self.walks.len(), tries: self.tries.len() };
        Ok(())
    }

    /// Prepares a task and hands its effect out.
    /// Performs a task: the effect that it asks for, or nothing when it has its value at once.
    fn task(&mut self, code: &Code, number: u16, first: Register, into: Register) -> Result<Option<Stop>, Failure> {
        let site = &code.sites[usize::from(number)];
        let first = self.frame.base + usize::from(first);
        let Self { stack, environment, random, cycles, answers, meter, .. } = &mut *self;
        let values = &stack[first..first + site.slots.len()];
        let arguments = Arguments { slots: &site.slots, values };
        let mut call = steps::call(environment, random, cycles, answers, &meter.limits);
        if let Some(result) = site.task.perform.compute(&site.task, &mut call, arguments) {
            meter.host_call(values);
            let value = result?;
            meter.result(&value);
            let at = self.frame.base + usize::from(into);
            if value.is_null() {
                self.origins.left(at, Origin { function: self.frame.function, instruction: self.frame.next - 1 });
            }
            put(value, &mut self.stack[at]);
            if self.meter.is_due() {
                self.look()?;
            }
            return Ok((self.meter.fuel == 0).then_some(Stop::Pause));
        }
        let mut prepared = site.task.perform.prepare(&site.task, &mut call, arguments)?;
        self.meter.effect(&prepared.action)?;
        allowance::allow(&mut prepared.action, &self.meter.limits);
        let occurrences = self.occurrences.entry((self.frame.function, number)).or_insert(0);
        let name = EffectName { function: code.name.clone(), site: u32::from(number), occurrence: *occurrences };
        *occurrences += 1;
        self.waiting = Some((prepared.finish, into));
        Ok(Some(Stop::Effect(Box::new(Effect { name, line: self.line(), action: prepared.action }))))
    }
}

#[inline(always)]
fn operand<'v>(registers: &'v [Value], constants: &'v [Value], operand: Operand) -> &'v Value {
    if operand & CONSTANT == 0 {
        &registers[usize::from(operand)]
    } else {
        &constants[usize::from(operand & !CONSTANT)]
    }
}

/// Lets go of what registers hold that others could share; plain numbers may stay, nobody reads them again.
#[inline(always)]
fn release(registers: &mut [Value]) {
    for register in registers {
        if !matches!(register, Value::Null | Value::Boolean(_) | Value::Number(_)) {
            *register = Value::Null;
        }
    }
}

/// Stores a value. Most places hold a plain value before, which needs no letting go; saying so spares a call.
#[inline(always)]
fn put(value: Value, place: &mut Value) {
    let before = std::mem::replace(place, value);
    if matches!(before, Value::Null | Value::Boolean(_) | Value::Number(_)) {
        std::mem::forget(before);
    }
}

#[inline(always)]
fn truth(value: &Value) -> Result<bool, Failure> {
    match value {
        Value::Boolean(value) => Ok(*value),
        other => other.truth(),
    }
}
