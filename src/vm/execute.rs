//! The run loop. This is the one file that indexes registers, constants and instructions without asking; the verifier
//! (`program::verify`) has proved every number in range before a program gets here.
//!
//! `execute` is the loop, with the instructions that cost less than what is around them: whole numbers, jumps, loops and
//! calls. What they do with other values is out of line in `general` and `holds`, and all other instructions are in
//! `perform`, so that the loop keeps what it needs most in processor registers.
#![allow(clippy::indexing_slicing)]

use std::rc::Rc;

use super::arithmetic::{add_all, general, holds};
use super::container::Books;
use super::frame::{Frame, Try};
use super::loaded::Loaded;
use super::machine::{Machine, Stop};
use super::origins::Origin;
use super::registers::{forget, operand, put, put_result, release};
use super::{allowance, builtin, container, steps};
use crate::catalogue::Arguments;
use crate::effect::{Effect, EffectName};
use crate::program::Code;
use crate::program::op::{CONSTANT, Op, Operand, Register};
use crate::value::{Aggregate, Data, DateTime, Failure, Text, Value};

impl Machine {
    /// Runs instructions until the script needs something, its slice is spent, or its first function returns.
    pub(super) fn execute(&mut self) -> Result<Stop, Failure> {
        let loaded = Rc::clone(&self.loaded);
        let (mut code, mut constants) = loaded.function(self.frame.function())?;
        'frame: loop {
            if self.meter.is_due() && self.look()? {
                return Ok(Stop::Pause);
            }
            let ops = &code.ops[..];
            let base = self.frame.base();
            let registers = &mut self.stack[base..base + code.registers];
            let mut next = self.frame.next();

            /// The value of a result, or the end of the loop with the place of the error noted.
            macro_rules! check {
                ($result:expr) => {
                    match $result {
                        Ok(value) => value,
                        Err(failure) => {
                            self.frame.go_to(next);
                            return Err(failure);
                        }
                    }
                };
            }
            /// Whole numbers here, everything else in `general`.
            macro_rules! arithmetic {
                ($op:expr, $into:expr, $left:expr, $right:expr, $checked:ident) => {
                    if let (Value::Number(a), Value::Number(b)) = ($left, $right)
                        && let Some(number) = a.$checked(*b)
                    {
                        registers[usize::from($into)].set_number(number);
                    } else {
                        check!(general($op, registers, constants, &mut self.meter));
                        if self.meter.is_due() {
                            self.frame.go_to(next);
                            continue 'frame;
                        }
                    }
                };
            }
            /// Jumps unless the comparison holds: whole numbers here, everything else in `holds`.
            macro_rules! jump_unless {
                ($op:expr, $left:expr, $comparison:tt, $right:expr, $to:expr) => {
                    let holds = match ($left, $right) {
                        (Value::Number(a), Value::Number(b)) => a $comparison b,
                        (a, b) => check!(holds($op, a, b, &mut self.meter)),
                    };
                    if !holds {
                        next = jump(usize::from($to));
                    }
                };
            }
            macro_rules! register {
                ($register:expr) => {
                    &registers[usize::from($register)]
                };
            }
            macro_rules! constant {
                ($constant:expr) => {
                    &constants[usize::from($constant)]
                };
            }

            /// What instructions of this function remember of the maps that they met.
            macro_rules! guesses {
                () => {
                    loaded.guesses(self.frame.function())
                };
            }
            /// What storing in a container is told to.
            macro_rules! books {
                () => {
                    Books { meter: &mut self.meter, cycles: &mut self.cycles }
                };
            }

            loop {
                let op = ops[next];
                next += 1;
                match op {
                    Op::Move { into, from } => match operand(registers, constants, from) {
                        Value::Number(number) => {
                            let number = *number;
                            registers[usize::from(into)].set_number(number);
                        }
                        value => {
                            if value.is_null() {
                                let into = base + usize::from(into);
                                let made = Origin { function: self.frame.function(), instruction: next - 1 };
                                match from & CONSTANT {
                                    0 => self.origins.copied(base + usize::from(from), into),
                                    _ => self.origins.left(into, made),
                                }
                            }
                            put(value.clone(), &mut registers[usize::from(into)]);
                        }
                    },

                    Op::Add { into, left, right } => {
                        arithmetic!(op, into, register!(left), register!(right), checked_add);
                    }
                    Op::AddConstant { into, left, constant } => {
                        arithmetic!(op, into, register!(left), constant!(constant), checked_add);
                    }
                    Op::Subtract { into, left, right } => {
                        arithmetic!(op, into, register!(left), register!(right), checked_sub);
                    }
                    Op::SubtractConstant { into, left, constant } => {
                        arithmetic!(op, into, register!(left), constant!(constant), checked_sub);
                    }
                    Op::Multiply { into, left, right } => {
                        arithmetic!(op, into, register!(left), register!(right), checked_mul);
                    }
                    Op::MultiplyConstant { into, left, constant } => {
                        arithmetic!(op, into, register!(left), constant!(constant), checked_mul);
                    }
                    Op::Remainder { into, left, right } => {
                        arithmetic!(op, into, register!(left), register!(right), checked_rem);
                    }
                    Op::RemainderConstant { into, left, constant } => {
                        arithmetic!(op, into, register!(left), constant!(constant), checked_rem);
                    }

                    // Of anything but whole numbers `perform` does it below.
                    Op::Append { .. } if add_all(op, registers) => {}

                    Op::Jump { to } => next = to as usize,
                    Op::JumpIf { test, to } => {
                        if check!(truth(operand(registers, constants, test))) {
                            next = jump(to as usize);
                        }
                    }
                    Op::JumpUnless { test, to } => {
                        if !check!(truth(operand(registers, constants, test))) {
                            next = jump(to as usize);
                        }
                    }
                    Op::JumpUnlessNull { test, to } => {
                        if !operand(registers, constants, test).is_null() {
                            next = jump(to as usize);
                        }
                    }
                    Op::JumpUnlessEqual { left, right, to } => {
                        jump_unless!(op, register!(left), ==, register!(right), to);
                    }
                    Op::JumpUnlessNotEqual { left, right, to } => {
                        jump_unless!(op, register!(left), !=, register!(right), to);
                    }
                    Op::JumpUnlessLess { left, right, to } => {
                        jump_unless!(op, register!(left), <, register!(right), to);
                    }
                    Op::JumpUnlessLessOrEqual { left, right, to } => {
                        jump_unless!(op, register!(left), <=, register!(right), to);
                    }
                    Op::JumpUnlessEqualConstant { left, constant, to } => {
                        jump_unless!(op, register!(left), ==, constant!(constant), to);
                    }
                    Op::JumpUnlessNotEqualConstant { left, constant, to } => {
                        jump_unless!(op, register!(left), !=, constant!(constant), to);
                    }
                    Op::JumpUnlessLessConstant { left, constant, to } => {
                        jump_unless!(op, register!(left), <, constant!(constant), to);
                    }
                    Op::JumpUnlessLessOrEqualConstant { left, constant, to } => {
                        jump_unless!(op, register!(left), <=, constant!(constant), to);
                    }
                    Op::JumpUnlessGreaterConstant { left, constant, to } => {
                        jump_unless!(op, register!(left), >, constant!(constant), to);
                    }
                    Op::JumpUnlessGreaterOrEqualConstant { left, constant, to } => {
                        jump_unless!(op, register!(left), >=, constant!(constant), to);
                    }

                    Op::Next { into, statements, to } => {
                        let place = &mut registers[usize::from(into)];
                        if self.walks.last_mut().is_some_and(|walk| walk.next_into(place)) {
                            if place.is_null() {
                                let step = Origin { function: self.frame.function(), instruction: next - 1 };
                                self.origins.left(base + usize::from(into), step);
                            }
                            next = to as usize;
                            if self.meter.statements(1 + u64::from(statements)) {
                                self.frame.go_to(next);
                                continue 'frame;
                            }
                        } else {
                            self.walks.pop();
                        }
                    }
                    Op::Statements { count } => {
                        if self.meter.statements(u64::from(count)) {
                            self.frame.go_to(next);
                            continue 'frame;
                        }
                    }

                    // Where the guard is false, `perform` does it below.
                    Op::GetNamed { of, .. }
                        if self.answers.is_empty()
                            && let Some((more, is_null)) = container::get_named(
                                &ops[next - 1..],
                                registers,
                                constants,
                                guesses!(),
                                code.variables.len(),
                            ) =>
                    {
                        next += usize::from(more);
                        let Op::GetNamed { into, .. } = ops[next - 1] else { continue };
                        if is_null {
                            let made = Origin { function: self.frame.function(), instruction: next - 1 };
                            self.origins.left(base + usize::from(into), made);
                        }
                        if of != into {
                            forget(registers, code, [of]);
                        }
                    }
                    Op::Get { into, of, key }
                        if self.answers.is_empty() && container::get(op, registers, constants) =>
                    {
                        if registers[usize::from(into)].is_null() {
                            let made = Origin { function: self.frame.function(), instruction: next - 1 };
                            self.origins.left(base + usize::from(into), made);
                        }
                        forget(registers, code, [key, if of == into { key } else { of }]);
                    }
                    Op::PutNamed { of, value, .. }
                        if container::put_named(op, registers, constants, guesses!(), books!()) =>
                    {
                        forget(registers, code, [of, value]);
                        if self.meter.is_due() {
                            self.frame.go_to(next);
                            continue 'frame;
                        }
                    }
                    Op::Put { of, key, value } if container::put(op, registers, constants, books!()) => {
                        forget(registers, code, [of, key, value]);
                        if self.meter.is_due() {
                            self.frame.go_to(next);
                            continue 'frame;
                        }
                    }
                    Op::AddItem { of, item } if container::add(op, registers, constants, books!()) => {
                        forget(registers, code, [of, item]);
                        if self.meter.is_due() {
                            self.frame.go_to(next);
                            continue 'frame;
                        }
                    }

                    Op::Call { into, function, first } => {
                        self.frame.go_to(next);
                        let function = usize::from(function);
                        (code, constants) = loaded.function(function)?;
                        self.enter(code, function, base + usize::from(first), into)?;
                        continue 'frame;
                    }
                    Op::Return { from, loops, tries } => {
                        self.frame.go_to(next);
                        if let Some(value) =
                            self.leave(code, constants, from, usize::from(loops), usize::from(tries))?
                        {
                            return Ok(Stop::Returned(value));
                        }
                        (code, constants) = loaded.function(self.frame.function())?;
                        continue 'frame;
                    }

                    Op::Builtin { .. } | Op::Method { .. } => {
                        self.frame.go_to(next);
                        self.builtin(&loaded, code, op)?;
                        continue 'frame;
                    }

                    Op::LoadWide { .. }
                    | Op::Date { .. }
                    | Op::System { .. }
                    | Op::Divide { .. }
                    | Op::Negate { .. }
                    | Op::Not { .. }
                    | Op::Equal { .. }
                    | Op::NotEqual { .. }
                    | Op::Less { .. }
                    | Op::LessOrEqual { .. }
                    | Op::In { .. }
                    | Op::NotIn { .. }
                    | Op::Append { .. }
                    | Op::Concat { .. }
                    | Op::NewList { .. }
                    | Op::ExtendList { .. }
                    | Op::NewMap { .. }
                    | Op::ExtendMap { .. }
                    | Op::NewRecord { .. }
                    | Op::NewBraces { .. }
                    | Op::EachItem { .. }
                    | Op::EachIndex { .. }
                    | Op::EndEach
                    | Op::Get { .. }
                    | Op::GetNamed { .. }
                    | Op::Put { .. }
                    | Op::PutNamed { .. }
                    | Op::AddItem { .. }
                    | Op::Task { .. }
                    | Op::Missing { .. }
                    | Op::Field { .. }
                    | Op::SetField { .. }
                    | Op::Info { .. }
                    | Op::Try { .. }
                    | Op::EndTry
                    | Op::Throw { .. }
                    | Op::CheckParameter { .. } => {
                        self.frame.go_to(next);
                        match self.perform(&loaded, code, constants, op)? {
                            Some(stop) => return Ok(stop),
                            None => continue 'frame,
                        }
                    }
                }
            }
        }
    }

    /// The instructions that do more than the loop around them: everything that makes, reads or changes something larger
    /// than a number. The loop has noted the next instruction before.
    #[inline(never)]
    fn perform(&mut self, loaded: &Loaded, code: &Code, constants: &[Value], op: Op) -> Result<Option<Stop>, Failure> {
        let Self {
            stack,
            frame,
            callers,
            cycles,
            answers,
            random,
            origins,
            environment,
            meter,
            walks,
            tries,
            joint,
            ..
        } = self;
        let base = frame.base();
        let registers = &mut stack[base..base + code.registers];

        macro_rules! value {
            ($operand:expr) => {
                operand(registers, constants, $operand)
            };
        }
        macro_rules! text {
            ($constant:expr) => {
                constants[usize::from($constant)].as_text().unwrap_or_default()
            };
        }
        /// Stores a result that may be null.
        macro_rules! store {
            ($into:expr, $value:expr) => {{
                let value = $value;
                if value.is_null() {
                    origins.left(base + usize::from($into), origin(frame));
                }
                put(value, &mut registers[usize::from($into)]);
            }};
        }

        match op.on_any_key() {
            Op::LoadWide { into, constant } => {
                put(constants[constant as usize].clone(), &mut registers[usize::from(into)]);
            }
            Op::Date { into, text } => {
                let value = match text!(text) {
                    "" => Value::Text(Text::empty_date()),
                    date => Value::date(DateTime::read(date, &environment.dates)?),
                };
                put(value, &mut registers[usize::from(into)]);
            }
            Op::System { into, name } => {
                store!(into, environment.system.get(text!(name)).map(Data::to_value).unwrap_or_default());
            }

            Op::Divide { into, left, right } => {
                put(value!(left).divide(value!(right))?, &mut registers[usize::from(into)]);
            }
            Op::Negate { into, from } => put(value!(from).negate()?, &mut registers[usize::from(into)]),
            Op::Not { into, from } => {
                put(Value::Boolean(!value!(from).truth()?), &mut registers[usize::from(into)]);
            }
            Op::Equal { into, left, right }
            | Op::NotEqual { into, left, right }
            | Op::Less { into, left, right }
            | Op::LessOrEqual { into, left, right } => {
                let holds = holds(op, value!(left), value!(right), meter)?;
                put(Value::Boolean(holds), &mut registers[usize::from(into)]);
            }
            Op::In { into, left, right } => {
                put(Value::Boolean(value!(left).is_in(value!(right))?), &mut registers[usize::from(into)]);
            }
            Op::NotIn { into, left, right } => {
                put(Value::Boolean(!value!(left).is_in(value!(right))?), &mut registers[usize::from(into)]);
            }
            Op::Append { into, first, count } => {
                let (into, first) = (usize::from(into), usize::from(first));
                let mut grown = std::mem::take(&mut registers[into]);
                let result = steps::append(&mut grown, &mut registers[first..first + usize::from(count)], meter);
                registers[into] = grown;
                result?;
            }
            Op::Concat { into, first, count } => {
                let first = usize::from(first);
                let joined = steps::concat(&mut registers[first..first + usize::from(count)], joint, meter)?;
                put(joined, &mut registers[usize::from(into)]);
            }

            Op::NewList { into, first, count } => {
                let first = usize::from(first);
                let list = Aggregate::list(Vec::new());
                steps::extend_list(&list, &mut registers[first..first + usize::from(count)], cycles, meter)?;
                put(Value::Aggregate(list), &mut registers[usize::from(into)]);
            }
            Op::ExtendList { list, first, count } => {
                let first = usize::from(first);
                if let Value::Aggregate(list) = registers[usize::from(list)].clone() {
                    steps::extend_list(&list, &mut registers[first..first + usize::from(count)], cycles, meter)?;
                }
            }
            Op::NewMap { into, first, count } => {
                let first = usize::from(first);
                let map = Aggregate::map(Default::default());
                steps::extend_map(&map, &mut registers[first..first + usize::from(count) * 2], cycles, meter)?;
                put(Value::Aggregate(map), &mut registers[usize::from(into)]);
            }
            Op::ExtendMap { map, first, count } => {
                let first = usize::from(first);
                if let Value::Aggregate(map) = registers[usize::from(map)].clone() {
                    steps::extend_map(&map, &mut registers[first..first + usize::from(count) * 2], cycles, meter)?;
                }
            }
            Op::NewRecord { into, first, names, guess } => {
                let (names, first) = (&code.names[usize::from(names)], usize::from(first));
                let values = &mut registers[first..first + names.len()];
                let names = names.iter().map(|name| &constants[usize::from(*name)]);
                let guess = &loaded.guesses(frame.function())[usize::from(guess)];
                let map = steps::new_record(names, values, guess, cycles, meter)?;
                put(map, &mut registers[usize::from(into)]);
            }
            Op::NewBraces { into } => {
                put(Value::Aggregate(Aggregate::braces()), &mut registers[usize::from(into)]);
            }

            Op::EachItem { of } => walks.push(steps::items(value!(of), meter)?),
            Op::EachIndex { of } => walks.push(steps::indexes(value!(of), meter)?),
            Op::EndEach => {
                walks.pop();
            }

            Op::Get { into, of, key } => {
                let arguments = [value!(of).clone(), value!(key).clone()];
                let mut call = steps::call(environment, random, cycles, answers, &meter.limits);
                let group = loaded.program().catalogue().everyday().get;
                let value = builtin::method(loaded, group, &arguments, &mut call, meter)?;
                forget(registers, code, [of, key]);
                store!(into, value);
            }
            Op::Put { of, key, value } => {
                let arguments = [value!(of).clone(), value!(key).clone(), value!(value).clone()];
                let mut call = steps::call(environment, random, cycles, answers, &meter.limits);
                let group = loaded.program().catalogue().everyday().put;
                builtin::method(loaded, group, &arguments, &mut call, meter)?;
                forget(registers, code, [of, key, value]);
            }
            Op::AddItem { of, item } => {
                let arguments = [value!(of).clone(), value!(item).clone()];
                let mut call = steps::call(environment, random, cycles, answers, &meter.limits);
                let group = loaded.program().catalogue().everyday().add;
                builtin::method(loaded, group, &arguments, &mut call, meter)?;
                forget(registers, code, [of, item]);
            }
            Op::Task { into, site, first } => return self.task(code, site, first, into),
            Op::Missing { message } => return Err(steps::missing(text!(message))),
            Op::Field { into, of, name } => store!(into, steps::field(value!(of), text!(name), answers)?),
            Op::SetField { of, name, from } => {
                let value = value!(from).clone();
                steps::set_field(&registers[usize::from(of)], text!(name), value, cycles)?;
            }

            Op::Info { from } => {
                let line = value!(from).print()?;
                self.info(line);
            }
            Op::Try { into, to } => {
                let depth = callers.len();
                tries.push(Try { depth, handler: to as usize, into, walks: walks.len() });
            }
            Op::EndTry => {
                tries.pop();
            }
            Op::Throw { from } => return Err(Failure::thrown(value!(from).clone())),
            Op::CheckParameter { parameter } => {
                let at = usize::from(parameter);
                let admitted = code.parameters[at].admit(&registers[at], &environment.dates);
                registers[at] = admitted.ok_or_else(|| steps::wrong_parameter(code, at, &registers[at]))?;
            }

            // Those that the loop does itself.
            _ => return Err(Failure::internal("an instruction has nobody who performs it")),
        }
        Ok(None)
    }

    /// Enters a function whose arguments are in the stack from `base` on.
    #[inline]
    fn enter(&mut self, code: &Code, function: usize, base: usize, into: Register) -> Result<(), Failure> {
        let depth = self.callers.len() + 2;
        if depth > self.meter.limits.depth {
            return Err(Failure::limit("depth", "calls inside one another", self.meter.limits.depth as u64));
        }
        self.meter.usage.depth = self.meter.usage.depth.max(depth);
        self.meter.usage.calls += 1;
        self.meter.statements(u64::from(code.statements));
        if self.stack.len() < base + code.registers {
            self.meter.charge((code.registers + 64) * size_of::<Value>());
            self.stack.resize(base + code.registers + 64, Value::Null);
        }
        let given = code.parameters.len();
        for variable in &mut self.stack[base + given..base + code.variables.len().max(given)] {
            put(Value::Null, variable);
        }
        self.origins.begin(base + given..base + code.registers);
        if let Some(input) = code.input {
            let parameters = code.variables.iter().zip(&self.stack[base..base + given]);
            let map = parameters.map(|(name, value)| (name.as_ref().into(), value.clone())).collect();
            self.stack[base + usize::from(input)] = Value::map(map);
        }
        // Nothing is to be done about arguments that are what their parameters are declared as, which is the rule.
        let arguments = &self.stack[base..base + given];
        let next = if code.takes_as_they_are(arguments) { code.body } else { 0 };
        self.callers.push(self.frame);
        self.frame = Frame::new(function, next, base, into);
        Ok(())
    }

    /// Leaves the present function with a value, which its caller gets. Without a caller it is the value of the run.
    fn leave(
        &mut self,
        code: &Code,
        constants: &[Value],
        from: Operand,
        loops: usize,
        tries: usize,
    ) -> Result<Option<Value>, Failure> {
        let frame = self.frame;
        let registers = &mut self.stack[frame.base()..frame.base() + code.registers];
        let value = operand(registers, constants, from);
        let admitted = match code.returns.is_plain(value) {
            true => None,
            false => {
                let admitted = code.returns.admit(value, &self.environment.dates);
                Some(admitted.ok_or_else(|| steps::wrong_result(code, value))?)
            }
        };
        if loops > 0 {
            self.walks.truncate(self.walks.len().saturating_sub(loops));
        }
        if tries > 0 {
            self.tries.truncate(self.tries.len().saturating_sub(tries));
        }
        let Some(caller) = self.callers.pop() else {
            // Its variables may outlive the run.
            return Ok(Some(admitted.unwrap_or_else(|| value.clone())));
        };
        self.frame = caller;
        let at = caller.base() + usize::from(frame.into);
        // What is known to be a number is written where it belongs, as in `Value::clone_from`.
        if let (Value::Number(number), None) = (value, &admitted) {
            let number = *number;
            release(registers);
            self.stack[at].set_number(number);
            return Ok(None);
        }
        if admitted.as_ref().unwrap_or(value).is_null() {
            self.origins.left(at, origin(&caller));
        }
        let value = match admitted {
            Some(admitted) => admitted,
            // The function ends here, so its value moves on instead of being copied.
            None if from & CONSTANT == 0 => std::mem::take(&mut registers[usize::from(from)]),
            None => value.clone(),
        };
        release(registers);
        put(value, &mut self.stack[at]);
        Ok(None)
    }

    /// Calls a built-in.
    #[inline(never)]
    fn builtin(&mut self, loaded: &Loaded, code: &Code, op: Op) -> Result<(), Failure> {
        let (Op::Builtin { into, group, first: window, count } | Op::Method { into, group, first: window, count }) = op
        else {
            return Err(Failure::internal("an instruction that calls no built-in"));
        };
        let method = matches!(op, Op::Method { .. });
        let base = self.frame.base();
        let first = base + usize::from(window);
        let Self { stack, environment, random, cycles, answers, meter, .. } = &mut *self;
        let arguments = &mut stack[first..first + usize::from(count)];
        let mut call = steps::call(environment, random, cycles, answers, &meter.limits);
        let value = builtin::builtin(loaded, group, method, arguments, &mut call, meter)?;
        // Nothing is held longer than it is used: a text that only a variable holds can grow in place. A variable stands for
        // itself as the only argument.
        if usize::from(window) >= code.variables.len() {
            release(arguments);
        }
        let at = base + usize::from(into);
        if value.is_null() {
            self.origins.left(at, origin(&self.frame));
        }
        put_result(value, &mut self.stack[at]);
        Ok(())
    }

    /// Performs a task: the effect that it asks for, or nothing when it has its value at once.
    fn task(&mut self, code: &Code, number: u16, first: Register, into: Register) -> Result<Option<Stop>, Failure> {
        let site = &code.sites[usize::from(number)];
        let first = self.frame.base() + usize::from(first);
        let Self { stack, environment, random, cycles, answers, meter, .. } = &mut *self;
        let values = &stack[first..first + site.slots.len()];
        let arguments = Arguments { slots: &site.slots, values };
        let mut call = steps::call(environment, random, cycles, answers, &meter.limits);
        if let Some(result) = site.task.perform.compute(&site.task, &mut call, arguments) {
            meter.host_call(values);
            let value = result?;
            meter.result(&value);
            let at = self.frame.base() + usize::from(into);
            if value.is_null() {
                self.origins.left(at, Origin { function: self.frame.function(), instruction: self.frame.next() - 1 });
            }
            put(value, &mut self.stack[at]);
            return Ok(None);
        }
        let mut prepared = site.task.perform.prepare(&site.task, &mut call, arguments)?;
        self.meter.effect(&prepared.action)?;
        allowance::allow(&mut prepared.action, &self.meter.limits);
        let occurrences = self.occurrences.entry((self.frame.function(), number)).or_insert(0);
        let name = EffectName { function: code.name.clone(), site: u32::from(number), occurrence: *occurrences };
        *occurrences += 1;
        self.waiting = Some((prepared.finish, into));
        Ok(Some(Stop::Effect(Box::new(Effect { name, line: self.line(), action: prepared.action }))))
    }
}

/// The instruction before the next one of a function in execution.
fn origin(frame: &Frame) -> Origin {
    Origin { function: frame.function(), instruction: frame.next().saturating_sub(1) }
}

/// Where a conditional jump goes when it is taken. Said to be rare so that it stays a jump, which the processor predicts:
/// of two numbers chosen by a condition, every instruction would wait for what was compared.
#[inline(always)]
fn jump(to: usize) -> usize {
    std::hint::cold_path();
    to
}

#[inline(always)]
fn truth(value: &Value) -> Result<bool, Failure> {
    match value {
        Value::Boolean(value) => Ok(*value),
        other => other.truth(),
    }
}
