//! Statements.

use super::expression::is_text;
use super::{Compiler, Constant, Loop, Op, Register, Span, Stretch};
use crate::program::bound::{Expression, ExpressionKind, Statement, StatementKind};
use crate::syntax::ast::Operator;

impl<'f> Compiler<'f> {
    pub(super) fn statements(&mut self, statements: &'f [Statement<'f>]) {
        for statement in statements {
            let keep = self.top;
            // The header of a loop counts once per element, which `Next` does.
            if !matches!(statement.kind, StatementKind::Each { .. } | StatementKind::Try { .. }) {
                self.count_statement(statement.span);
            }
            self.statement(statement);
            self.top = keep;
        }
    }

    fn statement(&mut self, statement: &'f Statement<'f>) {
        let span = statement.span;
        match &statement.kind {
            StatementKind::Set(slot, value) => self.set(*slot, value),
            StatementKind::SetField(of, field, value) => {
                let from = self.operand(value);
                let object = self.temporary();
                self.expression(of, Some(object));
                let name = self.name(field);
                self.emit(Op::SetField { of: object, name, from }, span);
            }
            StatementKind::Do(expression) => {
                if !self.change(expression) {
                    self.operand(expression);
                }
            }
            StatementKind::Info(value) => {
                let from = self.operand(value);
                self.emit(Op::Info { from }, value.span);
            }
            StatementKind::If(branches, otherwise) => self.branches(branches, otherwise, span),
            StatementKind::Each { index, variable, iterable, body } => {
                self.each(*index, *variable, iterable, body, span);
            }
            StatementKind::Try { body, variable, handler } => self.try_catch(body, *variable, handler, span),
            StatementKind::Throw(value) => {
                let from = self.operand(value);
                self.emit(Op::Throw { from }, span);
            }
            StatementKind::Break => self.leave(true, span),
            StatementKind::Continue => self.leave(false, span),
            StatementKind::Return(value) => {
                let from = match value {
                    Some(value) => self.operand(value),
                    None => self.constant(Constant::Null, span),
                };
                let loops = self.open(self.loops.len());
                let tries = self.open(self.tries);
                self.emit(Op::Return { from, loops, tries }, span);
                self.counting = None;
            }
        }
    }

    /// `x = x + a + b` grows `x` in place when it is a text, and so does `Add` for a single operand that is not surely a
    /// text; everything else is evaluated straight into the variable.
    fn set(&mut self, slot: Register, value: &'f Expression<'f>) {
        if let ExpressionKind::Operators(first, rest) = &value.kind
            && matches!(first.kind, ExpressionKind::Variable(own) if own == slot)
            && rest.iter().all(|(operator, _)| *operator == Operator::Add)
            && rest.len() <= APPEND_AT_ONCE
            && (rest.len() > 1 || rest.iter().any(|(_, operand)| is_text(operand)))
        {
            let first = self.top as Register;
            for (_, operand) in rest.iter() {
                let into = self.temporary();
                self.expression(operand, Some(into));
            }
            self.emit(Op::Append { into: slot, first, count: rest.len() as u16 }, value.span);
            return;
        }
        self.expression(value, Some(slot));
    }

    fn branches(
        &mut self,
        branches: &'f [(Expression<'f>, &'f [Statement<'f>])],
        otherwise: &'f [Statement<'f>],
        span: Span,
    ) {
        let mut ends = Vec::new();
        for (at, (condition, body)) in branches.iter().enumerate() {
            let skips = self.jumps_when_false(condition);
            self.counting = None;
            self.statements(body);
            if at + 1 < branches.len() || !otherwise.is_empty() {
                ends.push(self.emit(Op::Jump { to: 0 }, span));
            }
            self.land_all(skips);
        }
        self.statements(otherwise);
        self.land_all(ends);
    }

    fn each(
        &mut self,
        index: bool,
        variable: Register,
        iterable: &'f Expression<'f>,
        body: &'f [Statement<'f>],
        span: Span,
    ) {
        let keep = self.top;
        let of = self.operand(iterable);
        self.top = keep;
        let begin = if index { Op::EachIndex { of } } else { Op::EachItem { of } };
        self.emit(begin, iterable.span);
        // The step stands at the end of the body, so that a turn needs no jump of its own.
        let enter = self.emit(Op::Jump { to: 0 }, span);
        let start = self.label();
        self.loops.push(Loop { continues: Vec::new(), breaks: Vec::new(), statements: 0, tries: self.tries });
        self.counting = Some(Stretch::Turn);
        self.statements(body);
        self.land(enter);
        if let Some(done) = self.loops.pop() {
            self.land_all(done.continues);
            self.emit(Op::Next { into: variable, statements: done.statements, to: start as u32 }, span);
            self.land_all(done.breaks);
        }
    }

    fn open(&mut self, count: usize) -> u16 {
        u16::try_from(count).unwrap_or_else(|_| {
            self.overflow = Some("loops inside one another");
            0
        })
    }

    /// `break` and `continue`: open `try` blocks of the loop end first.
    fn leave(&mut self, breaks: bool, span: Span) {
        let Some(innermost) = self.loops.last() else { return };
        let open = self.tries - innermost.tries;
        for _ in 0..open {
            self.emit(Op::EndTry, span);
        }
        if breaks {
            self.emit(Op::EndEach, span);
        }
        let jump = self.emit(Op::Jump { to: 0 }, span);
        if let Some(innermost) = self.loops.last_mut() {
            let jumps = if breaks { &mut innermost.breaks } else { &mut innermost.continues };
            jumps.push(jump);
        }
        self.counting = None;
    }

    fn try_catch(
        &mut self,
        body: &'f [Statement<'f>],
        variable: Option<Register>,
        handler: &'f [Statement<'f>],
        span: Span,
    ) {
        let into = self.target(variable);
        let begin = self.emit(Op::Try { into, to: 0 }, span);
        self.tries += 1;
        self.counting = None;
        self.statements(body);
        self.tries -= 1;
        self.emit(Op::EndTry, span);
        let end = self.emit(Op::Jump { to: 0 }, span);
        self.land(begin);
        self.statements(handler);
        self.land(end);
    }
}

/// More operands than this are joined first and appended then.
const APPEND_AT_ONCE: usize = 64;
