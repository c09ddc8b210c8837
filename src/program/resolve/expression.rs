//! Expressions other than calls.

use super::Resolver;
use super::scope::Scope;
use crate::diagnostic::suggest;
use crate::program::bound::{Constant, Expression, ExpressionKind as Bound};
use crate::program::error::Error;
use crate::source::Span;
use crate::syntax::ast::{self, ExpressionKind, Quote};
use crate::syntax::{Dialect, unescape};
use crate::value::{Decimal, Time, TimeReading, is_miswritten_date, looks_like_date};

impl<'s> Resolver<'s> {
    /// An expression whose value is used.
    pub(super) fn expression<'b>(&mut self, expression: &ast::Expression<'_>, scope: &mut Scope<'b>) -> Expression<'b> {
        let (span, arena) = (expression.span, scope.arena);
        let kind = match &expression.kind {
            ExpressionKind::Null | ExpressionKind::Broken => Bound::Constant(Constant::Null),
            ExpressionKind::Boolean(value) => Bound::Constant(Constant::Boolean(*value)),
            ExpressionKind::Number(digits) => self.number(digits, span),
            ExpressionKind::Decimal(digits) => self.decimal(digits, span),
            ExpressionKind::Text(raw, Quote::Single)
                if raw.is_empty() || looks_like_date(raw) && !is_miswritten_date(raw) =>
            {
                Bound::Date(arena.alloc_str(raw))
            }
            ExpressionKind::Text(raw, Quote::Single) if self.dialect == Dialect::Creator => {
                self.time_or_text(raw, span, scope)
            }
            ExpressionKind::Text(raw, _) => return scope.text(&unescape(raw), span),
            ExpressionKind::Name(name) => return self.name(name, span, scope),
            ExpressionKind::Map(pairs) => {
                let pairs =
                    pairs.iter().map(|(key, value)| (self.expression(key, scope), self.expression(value, scope)));
                Bound::Map(arena.alloc_slice_fill_iter(pairs))
            }
            ExpressionKind::List(items) => Bound::List(self.expressions(items, scope)),
            ExpressionKind::Braces => Bound::Braces,
            ExpressionKind::Conditional(parts) => return self.conditional(parts, span, scope),
            ExpressionKind::Call(..) | ExpressionKind::Chain(..) | ExpressionKind::Task(..) => {
                return self.call(expression, true, scope);
            }
            ExpressionKind::Fetch(form, criteria) => return self.fetch(form, *criteria, &[], scope).0,
            ExpressionKind::Arranged(of, arrangement) => return self.arranged(of, arrangement, span, scope),
            ExpressionKind::Insert(form, fields) => return self.insert(form, fields, span, scope),
            ExpressionKind::Period(words) => return scope.text(words, span),
            ExpressionKind::Operators(first, rest) => {
                let first = self.expression(first, scope);
                let rest = rest.iter().map(|(operator, operand)| (*operator, self.expression(operand, scope)));
                Bound::Operators(arena.alloc(first), arena.alloc_slice_fill_iter(rest))
            }
            ExpressionKind::And(operands) => Bound::And(self.expressions(operands, scope)),
            ExpressionKind::Or(operands) => Bound::Or(self.expressions(operands, scope)),
            ExpressionKind::Not(operand) => Bound::Not(arena.alloc(self.expression(operand, scope))),
            ExpressionKind::Negate(operand) => return self.negate(operand, span, scope),
        };
        Expression { kind, span }
    }

    /// An expression that stands as a statement: the result of a call may be dropped.
    pub(super) fn effect<'b>(&mut self, expression: &ast::Expression<'_>, scope: &mut Scope<'b>) -> Expression<'b> {
        match &expression.kind {
            ExpressionKind::Call(..) | ExpressionKind::Chain(..) | ExpressionKind::Task(..) => {
                self.call(expression, false, scope)
            }
            _ => self.expression(expression, scope),
        }
    }

    /// A name that stands for a value.
    pub(super) fn name<'b>(&mut self, name: &str, span: Span, scope: &mut Scope<'b>) -> Expression<'b> {
        // A variable of that name wins once it has been assigned: `today = today.addDay(1);` reads the built-in.
        if let Some(slot) = scope.assigned_slot(name) {
            return Expression { kind: Bound::Variable(slot), span };
        }
        if !scope.is_assigned(name)
            && let Some(group) = self.bare_builtin(name)
        {
            return Expression { kind: Bound::Builtin(group, &[]), span };
        }
        let slot = match scope.slot(name) {
            Some(slot) => {
                if name != "input" && !scope.is_assigned(name) && scope.reported.insert(name.to_owned()) {
                    self.report(Error::AssignedLater { name }.at(span));
                }
                slot
            }
            None if name == "input" => scope.input(),
            None if let Some(constant) = self.bare_constant(name, span, scope) => return constant,
            None if let Some(field) = self.form_field(name, span, scope) => return field,
            None => {
                if scope.reported.insert(name.to_owned()) {
                    let constants = self.catalogue.application().constants().iter().map(|known| known.name.as_str());
                    let near = || suggest(name, scope.names().chain(constants)).map(str::to_owned);
                    let near = self.proposes().then(near).flatten();
                    self.report(Error::UndefinedVariable { name, near }.at(span));
                }
                return Expression { kind: Bound::Constant(Constant::Null), span };
            }
        };
        Expression { kind: Bound::Variable(slot), span }
    }

    /// The built-in that is called by its name alone.
    pub(super) fn bare_builtin(&self, name: &str) -> Option<u16> {
        let number = self.catalogue.find(name)?;
        self.catalogue.group(number)?.plain().filter(|row| row.bare).map(|_| number)
    }

    fn expressions<'b>(&mut self, expressions: &[ast::Expression<'_>], scope: &mut Scope<'b>) -> &'b [Expression<'b>] {
        scope.arena.alloc_slice_fill_iter(expressions.iter().map(|expression| self.expression(expression, scope)))
    }

    fn conditional<'b>(&mut self, parts: &[ast::Expression<'_>], span: Span, scope: &mut Scope<'b>) -> Expression<'b> {
        let parts = self.expressions(parts, scope);
        let given = parts.len();
        let kind = match <&[Expression<'b>; 3]>::try_from(parts) {
            Ok(parts) => Bound::Conditional(parts),
            Err(_) => {
                self.report(Error::ConditionalCount { given }.at(span));
                Bound::Constant(Constant::Null)
            }
        };
        Expression { kind, span }
    }

    fn negate<'b>(&mut self, operand: &ast::Expression<'_>, span: Span, scope: &mut Scope<'b>) -> Expression<'b> {
        // The smallest number has no positive twin, so the sign is read together with the digits.
        let kind = match &operand.kind {
            ExpressionKind::Number(digits) => self.number(&format!("-{digits}"), span),
            ExpressionKind::Decimal(digits) => self.decimal(&format!("-{digits}"), span),
            _ => Bound::Negate(scope.arena.alloc(self.expression(operand, scope))),
        };
        Expression { kind, span }
    }

    fn number(&mut self, digits: &str, span: Span) -> Bound<'static> {
        Bound::Constant(match digits.parse() {
            Ok(number) => Constant::Number(number),
            Err(_) => {
                self.report(Error::NumberRange.at(span));
                Constant::Null
            }
        })
    }

    /// TIME literals are Creator's alone; elsewhere the same text is a text (help page "time").
    fn time_or_text<'b>(&mut self, raw: &str, span: Span, scope: &Scope<'b>) -> Bound<'b> {
        match Time::read(raw) {
            TimeReading::Time(time) => Bound::Constant(Constant::Time(time)),
            TimeReading::Impossible => {
                self.report(Error::TimeRange.at(span));
                Bound::Constant(Constant::Null)
            }
            TimeReading::Other => scope.text(&unescape(raw), span).kind,
        }
    }

    fn decimal(&mut self, digits: &str, span: Span) -> Bound<'static> {
        Bound::Constant(match Decimal::parse(digits) {
            Some(decimal) => Constant::Decimal(decimal),
            None => {
                self.report(Error::NumberRange.at(span));
                Constant::Null
            }
        })
    }
}
