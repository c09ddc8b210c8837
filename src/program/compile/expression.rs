//! Expressions. `expression` leaves the value in the wanted register, or says where it is; `operand` prefers to leave it
//! where it already is.

use std::sync::Arc;

use super::{CONSTANT, Compiler, Constant, Op, Operand, Register, Span};
use crate::program::bound::{Expression, ExpressionKind, Step, StepKind};
use crate::program::code::Site;
use crate::syntax::ast::Operator;

/// How many elements of a literal are built at once: registers stay few however long the literal is.
const CHUNK: usize = 64;

/// The most pairs of a map that is made by its known keys.
const RECORD: usize = 16;

impl<'f> Compiler<'f> {
    /// The value as an operand: a variable or constant stays where it is.
    pub(super) fn operand(&mut self, expression: &'f Expression<'f>) -> Operand {
        self.expression(expression, None)
    }

    /// Compiles an expression; with `into` the value is there afterwards.
    pub(super) fn expression(&mut self, expression: &'f Expression<'f>, into: Option<Register>) -> Operand {
        let span = expression.span;
        let keep = self.top;
        let result = match &expression.kind {
            ExpressionKind::Constant(constant) => {
                let from = self.constant_in(*constant, into, span);
                return self.place(from, into, span);
            }
            ExpressionKind::Variable(slot) => return self.place(*slot, into, span),
            ExpressionKind::Date(text) => {
                let text = self.name(text);
                let into = self.target(into);
                self.emit(Op::Date { into, text }, span);
                into
            }
            ExpressionKind::System(name) => {
                let name = self.name(name);
                let into = self.target(into);
                self.emit(Op::System { into, name }, span);
                into
            }
            ExpressionKind::Map(pairs) => self.map(pairs, into, span),
            ExpressionKind::List(items) => self.list(items, into, span),
            ExpressionKind::Braces => {
                let into = self.target(into);
                self.emit(Op::NewBraces { into }, span);
                into
            }
            ExpressionKind::Conditional(parts) => {
                let [condition, then, otherwise] = parts;
                let into = self.target(into);
                let skips = self.jumps_when_false(condition);
                self.expression(then, Some(into));
                let end = self.emit(Op::Jump { to: 0 }, span);
                self.land_all(skips);
                self.expression(otherwise, Some(into));
                self.land(end);
                into
            }
            ExpressionKind::Default(parts) => {
                let [value, otherwise] = parts;
                let held = self.temporary();
                self.expression(value, Some(held));
                let end = self.emit(Op::JumpUnlessNull { test: held, to: 0 }, span);
                self.expression(otherwise, Some(held));
                self.land(end);
                self.place(held, into, span)
            }
            ExpressionKind::Builtin(group, arguments) => {
                let (first, count) = match arguments {
                    // Only one need not be put beside others.
                    [argument] => (self.in_register(argument), 1),
                    arguments => self.window(arguments),
                };
                let count = self.byte(count);
                self.top = keep;
                let into = self.target(into);
                self.emit(Op::Builtin { into, group: *group, first, count }, span);
                into
            }
            ExpressionKind::Chain(head, steps) => self.chain(head, steps, into),
            ExpressionKind::Call(function, arguments) => {
                let (first, _) = self.window(arguments);
                self.top = keep;
                let into = self.target(into);
                self.emit(Op::Call { into, function: *function, first }, span);
                into
            }
            ExpressionKind::Task(task, slots, arguments) => {
                let (first, _) = self.window(arguments);
                self.top = keep;
                let into = self.target(into);
                let site = u16::try_from(self.code.sites.len()).unwrap_or_else(|_| {
                    self.overflow = Some("tasks");
                    0
                });
                self.code.sites.push(Site { task: Arc::clone(task), slots: slots.to_vec() });
                self.emit(Op::Task { into, site, first }, span);
                into
            }
            ExpressionKind::Missing(message, arguments) => {
                self.window(arguments);
                self.top = keep;
                let into = self.target(into);
                let message = self.name(message);
                self.emit(Op::Missing { message }, span);
                into
            }
            ExpressionKind::Operators(first, rest) => self.operators(first, rest, into, span),
            ExpressionKind::And(_) | ExpressionKind::Or(_) => self.logic(expression, into),
            ExpressionKind::Not(operand) => {
                let from = self.operand(operand);
                self.top = keep;
                let into = self.target(into);
                self.emit(Op::Not { into, from }, span);
                into
            }
            ExpressionKind::Negate(operand) => {
                let from = self.operand(operand);
                self.top = keep;
                let into = self.target(into);
                self.emit(Op::Negate { into, from }, span);
                into
            }
        };
        self.top = self.top.min(keep.max(usize::from(result) + 1)).max(keep);
        result
    }

    /// The steps of a chain hand their value on in one temporary, however many there are.
    fn chain(&mut self, head: &'f Expression<'f>, steps: &'f [Step<'f>], into: Option<Register>) -> Register {
        let held = self.temporary();
        let above = self.top;
        let mut from = match steps.first().map(|step| &step.kind) {
            Some(StepKind::Method(group, arguments)) if !self.is_get(*group, arguments) && !arguments.is_empty() => {
                self.expression(head, Some(held))
            }
            _ => self.operand(head),
        };
        for (at, step) in steps.iter().enumerate() {
            let last = at + 1 == steps.len();
            let into = if last { into.unwrap_or(held) } else { held };
            match &step.kind {
                StepKind::Field(name) => {
                    let name = self.name(name);
                    self.emit(Op::Field { into, of: from, name }, step.span);
                }
                StepKind::Method(group, arguments) if self.is_get(*group, arguments) => {
                    let of = self.register(from, step.span);
                    let Some(argument) = arguments.first() else { continue };
                    let key = self.operand(argument);
                    let op = match self.named(argument, key) {
                        Some((name, guess)) => Op::GetNamed { into, of, name, guess },
                        None => Op::Get { into, of, key },
                    };
                    self.emit(op, step.span);
                }
                StepKind::Method(group, arguments) if arguments.is_empty() => {
                    let first = self.register(from, step.span);
                    self.emit(Op::Method { into, group: *group, first, count: 1 }, step.span);
                }
                StepKind::Method(group, arguments) => {
                    self.top = above;
                    let (_, count) = self.window(arguments);
                    let count = self.byte(count + 1);
                    self.emit(Op::Method { into, group: *group, first: held, count }, step.span);
                }
            }
            self.top = above;
            from = into;
        }
        from
    }

    /// The number of the constant that a text operand is, with a place for a guess about it.
    fn named(&mut self, key: &Expression, operand: Operand) -> Option<(u16, u8)> {
        let is_text = matches!(key.kind, ExpressionKind::Constant(Constant::Text(_)));
        if operand & CONSTANT == 0 || !is_text { None } else { Some((operand & !CONSTANT, self.guess()?)) }
    }

    fn is_get(&self, group: u16, arguments: &[Expression]) -> bool {
        group == self.catalogue.everyday().get && arguments.len() == 1
    }

    /// `map.put(key, value);` and `list.add(item);`, which give nothing that anybody could read. False for everything else.
    pub(super) fn change(&mut self, expression: &'f Expression<'f>) -> bool {
        let ExpressionKind::Chain(head, steps) = &expression.kind else { return false };
        let Some((Step { kind: StepKind::Method(group, arguments), span }, before)) = steps.split_last() else {
            return false;
        };
        let (item, value) = match arguments {
            [key, value] if *group == self.catalogue.everyday().put => (key, Some(value)),
            [item] if *group == self.catalogue.everyday().add => (item, None),
            _ => return false,
        };
        let of = match before {
            [] => self.operand(head),
            _ => self.chain(head, before, None),
        };
        let of = self.register(of, *span);
        let key = self.operand(item);
        let op = match value.map(|value| self.operand(value)) {
            Some(value) => match self.named(item, key) {
                Some((name, guess)) => Op::PutNamed { of, name, value, guess },
                None => Op::Put { of, key, value },
            },
            None => Op::AddItem { of, item: key },
        };
        self.emit(op, *span);
        true
    }

    /// The value in a register: a variable stays where it is.
    fn in_register(&mut self, expression: &'f Expression) -> Register {
        let operand = self.operand(expression);
        self.register(operand, expression.span)
    }

    fn place(&mut self, from: Operand, into: Option<Register>, span: Span) -> Operand {
        match into {
            Some(into) => {
                if into != from {
                    self.emit(Op::Move { into, from }, span);
                }
                into
            }
            None => from,
        }
    }

    /// Evaluates arguments into consecutive temporaries.
    fn window(&mut self, arguments: &'f [Expression<'f>]) -> (Register, usize) {
        let first = self.top as Register;
        for argument in arguments {
            let into = self.temporary();
            self.expression(argument, Some(into));
        }
        if arguments.is_empty() {
            // The called function's frame begins here even when there is nothing to pass.
            self.temporary();
        }
        (first, arguments.len())
    }

    fn byte(&mut self, count: usize) -> u8 {
        u8::try_from(count).unwrap_or_else(|_| {
            self.overflow = Some("arguments of one call");
            0
        })
    }

    /// A BOOLEAN out of `&&` and `||`.
    fn logic(&mut self, expression: &'f Expression<'f>, into: Option<Register>) -> Register {
        let into = self.target(into);
        let fails = self.jumps_when_false(expression);
        let yes = self.constant(Constant::Boolean(true), expression.span);
        self.emit(Op::Move { into, from: yes }, expression.span);
        let end = self.emit(Op::Jump { to: 0 }, expression.span);
        self.land_all(fails);
        let no = self.constant(Constant::Boolean(false), expression.span);
        self.emit(Op::Move { into, from: no }, expression.span);
        self.land(end);
        into
    }

    fn list(&mut self, items: &'f [Expression<'f>], into: Option<Register>, span: Span) -> Register {
        let list = if items.len() <= CHUNK { self.target(into) } else { self.temporary() };
        let mut chunks = items.chunks(CHUNK);
        let keep = self.top;
        let (first, count) = self.window(chunks.next().unwrap_or_default());
        self.top = keep;
        self.emit(Op::NewList { into: list, first, count: count as u16 }, span);
        for chunk in chunks {
            let (first, count) = self.window(chunk);
            self.top = keep;
            self.emit(Op::ExtendList { list, first, count: count as u16 }, span);
        }
        self.place(list, into, span)
    }

    fn map(&mut self, pairs: &'f [(Expression<'f>, Expression<'f>)], into: Option<Register>, span: Span) -> Register {
        if let Some((names, guess)) = self.names(pairs) {
            return self.record(names, guess, pairs, into, span);
        }
        let map = if pairs.len() <= CHUNK { self.target(into) } else { self.temporary() };
        let keep = self.top;
        for (at, chunk) in pairs.chunks(CHUNK).enumerate() {
            let first = self.top as Register;
            for (key, value) in chunk {
                let into = self.temporary();
                self.expression(key, Some(into));
                let into = self.temporary();
                self.expression(value, Some(into));
            }
            self.top = keep;
            let count = chunk.len() as u16;
            let op = match at {
                0 => Op::NewMap { into: map, first, count },
                _ => Op::ExtendMap { map, first, count },
            };
            self.emit(op, span);
        }
        self.place(map, into, span)
    }

    /// The number of the keys of a map of few pairs when they are known, with a place for a guess about them.
    fn names(&mut self, pairs: &'f [(Expression<'f>, Expression<'f>)]) -> Option<(u16, u8)> {
        if pairs.is_empty() || pairs.len() > RECORD {
            return None;
        }
        let texts = pairs.iter().map(|(key, _)| match &key.kind {
            ExpressionKind::Constant(Constant::Text(text)) => Some(text),
            _ => None,
        });
        let texts = texts.collect::<Option<Vec<_>>>()?;
        let names = texts.into_iter().map(|text| u16::try_from(self.constants.number(Constant::Text(text))).ok());
        let names = names.collect::<Option<_>>()?;
        let guess = self.guess()?;
        self.code.names.push(names);
        // There are no more names than guesses.
        Some((self.code.names.len() as u16 - 1, guess))
    }

    /// A map with known keys: only its values are made.
    fn record(
        &mut self,
        names: u16,
        guess: u8,
        pairs: &'f [(Expression<'f>, Expression<'f>)],
        into: Option<Register>,
        span: Span,
    ) -> Register {
        let map = self.target(into);
        let keep = self.top;
        let first = self.top as Register;
        for (_, value) in pairs {
            let into = self.temporary();
            self.expression(value, Some(into));
        }
        self.top = keep;
        self.emit(Op::NewRecord { into: map, first, names, guess }, span);
        map
    }

    /// A chain of operators of one rank. From the first operand that is surely a text, the rest of a `+` chain is joined
    /// at once; what stands left of it is added first, so that `1 + 2 + "x"` is `3x`.
    fn operators(
        &mut self,
        first: &'f Expression<'f>,
        rest: &'f [(Operator, Expression<'f>)],
        into: Option<Register>,
        span: Span,
    ) -> Operand {
        let sums = rest.iter().all(|(operator, _)| *operator == Operator::Add);
        let text_at = match sums {
            true if is_text(first) => Some(0),
            true => rest.iter().position(|(_, operand)| is_text(operand)).map(|at| at + 1),
            false => None,
        };
        let (plain, joined) = match text_at {
            Some(at) => rest.split_at(at.saturating_sub(1)),
            None => (rest, &[][..]),
        };
        let target = self.target(into);
        if joined.is_empty() {
            return self.fold(first, plain, target, span);
        }
        let start = self.top as Register;
        let left = self.temporary();
        if plain.is_empty() {
            self.expression(first, Some(left));
        } else {
            self.fold(first, plain, left, span);
        }
        let mut chunks = joined.chunks(CHUNK);
        let first_chunk = chunks.next().unwrap_or_default();
        self.parts(first_chunk);
        let count = first_chunk.len() as u16 + 1;
        let more = chunks.len() > 0;
        self.emit(Op::Concat { into: if more { left } else { target }, first: start, count }, span);
        for chunk in chunks {
            self.top = usize::from(left) + 1;
            let first = self.top as Register;
            self.parts(chunk);
            self.emit(Op::Append { into: left, first, count: chunk.len() as u16 }, span);
        }
        if more {
            self.emit(Op::Move { into: target, from: left }, span);
        }
        target
    }

    fn parts(&mut self, parts: &'f [(Operator, Expression<'f>)]) {
        for (_, part) in parts {
            let into = self.temporary();
            self.expression(part, Some(into));
        }
    }

    fn fold(
        &mut self,
        first: &'f Expression<'f>,
        rest: &'f [(Operator, Expression<'f>)],
        target: Register,
        span: Span,
    ) -> Operand {
        let keep = self.top;
        let mut left = self.operand(first);
        let held = (rest.len() > 1).then(|| self.temporary());
        let inner = self.top;
        for (at, (operator, right)) in rest.iter().enumerate() {
            let into = if at + 1 == rest.len() { target } else { held.unwrap_or(target) };
            let span = if at + 1 == rest.len() { span } else { first.span.to(right.span) };
            let right = self.operand(right);
            let op = self.binary(*operator, into, left, right, span);
            self.top = inner;
            self.emit(op, span);
            left = into;
        }
        self.top = keep;
        target
    }

    fn binary(&mut self, operator: Operator, into: Register, left: Operand, right: Operand, span: Span) -> Op {
        let (registers, with_constant): (ThreeRegisters, WithConstant) = match operator {
            Operator::Add => (
                |into, left, right| Op::Add { into, left, right },
                |into, left, constant| Op::AddConstant { into, left, constant },
            ),
            Operator::Subtract => (
                |into, left, right| Op::Subtract { into, left, right },
                |into, left, constant| Op::SubtractConstant { into, left, constant },
            ),
            Operator::Multiply => (
                |into, left, right| Op::Multiply { into, left, right },
                |into, left, constant| Op::MultiplyConstant { into, left, constant },
            ),
            Operator::Remainder => (
                |into, left, right| Op::Remainder { into, left, right },
                |into, left, constant| Op::RemainderConstant { into, left, constant },
            ),
            Operator::Divide => return Op::Divide { into, left, right },
            Operator::Equal => return Op::Equal { into, left, right },
            Operator::NotEqual => return Op::NotEqual { into, left, right },
            Operator::Less => return Op::Less { into, left, right },
            Operator::LessOrEqual => return Op::LessOrEqual { into, left, right },
            Operator::Greater => return Op::Less { into, left: right, right: left },
            Operator::GreaterOrEqual => return Op::LessOrEqual { into, left: right, right: left },
            Operator::In => return Op::In { into, left, right },
            Operator::NotIn => return Op::NotIn { into, left, right },
        };
        let left = self.register(left, span);
        match right & CONSTANT {
            0 => registers(into, left, right),
            _ => with_constant(into, left, right & !CONSTANT),
        }
    }
}

type ThreeRegisters = fn(Register, Register, Register) -> Op;
type WithConstant = fn(Register, Register, u16) -> Op;

/// Whether an expression surely gives a text.
pub(super) fn is_text(expression: &Expression) -> bool {
    match &expression.kind {
        ExpressionKind::Constant(Constant::Text(_)) => true,
        ExpressionKind::Operators(first, rest) => {
            rest.iter().all(|(operator, _)| *operator == Operator::Add)
                && (is_text(first) || rest.iter().any(|(_, operand)| is_text(operand)))
        }
        _ => false,
    }
}
