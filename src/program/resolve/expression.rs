//! Expressions other than calls.

use super::scope::Scope;
use super::{Resolver, shared, text_constant};
use crate::diagnostic::suggest;
use crate::program::bound::{Expression, ExpressionKind as Bound};
use crate::program::error::Error;
use crate::source::Span;
use crate::syntax::ast::{self, ExpressionKind, Quote};
use crate::syntax::{Dialect, unescape};
use crate::value::{Data, Decimal, Time, TimeReading, is_miswritten_date, looks_like_date};

impl<'s> Resolver<'s> {
    /// An expression whose value is used.
    pub(super) fn expression(&mut self, expression: &ast::Expression<'_>, scope: &mut Scope) -> Expression {
        let span = expression.span;
        let kind = match &expression.kind {
            ExpressionKind::Null | ExpressionKind::Broken => Bound::Constant(Data::Null),
            ExpressionKind::Boolean(value) => Bound::Constant(Data::Boolean(*value)),
            ExpressionKind::Number(digits) => self.number(digits, span),
            ExpressionKind::Decimal(digits) => self.decimal(digits, span),
            ExpressionKind::Text(raw, Quote::Single)
                if raw.is_empty() || looks_like_date(raw) && !is_miswritten_date(raw) =>
            {
                Bound::Date(shared(raw))
            }
            ExpressionKind::Text(raw, Quote::Single) if self.dialect == Dialect::Creator => {
                self.time_or_text(raw, span)
            }
            ExpressionKind::Text(raw, _) => text_constant(unescape(raw)),
            ExpressionKind::Name(name) => return self.name(name, span, scope),
            ExpressionKind::Map(pairs) => Bound::Map(
                pairs.iter().map(|(key, value)| (self.expression(key, scope), self.expression(value, scope))).collect(),
            ),
            ExpressionKind::List(items) => Bound::List(self.expressions(items, scope)),
            ExpressionKind::Braces => Bound::Braces,
            ExpressionKind::Conditional(parts) => return self.conditional(parts, span, scope),
            ExpressionKind::Call(..) | ExpressionKind::Chain(..) | ExpressionKind::Task(..) => {
                return self.call(expression, true, scope);
            }
            ExpressionKind::Fetch(form, criteria) => return self.fetch(form, *criteria, &[], scope).0,
            ExpressionKind::Arranged(of, arrangement) => return self.arranged(of, arrangement, span, scope),
            ExpressionKind::Insert(form, fields) => return self.insert(form, fields, span, scope),
            ExpressionKind::Period(words) => text_constant(*words),
            ExpressionKind::Operators(first, rest) => {
                let first = self.expression(first, scope);
                let rest = rest.iter().map(|(operator, operand)| (*operator, self.expression(operand, scope)));
                Bound::Operators(Box::new(first), rest.collect())
            }
            ExpressionKind::And(operands) => Bound::And(self.expressions(operands, scope)),
            ExpressionKind::Or(operands) => Bound::Or(self.expressions(operands, scope)),
            ExpressionKind::Not(operand) => Bound::Not(Box::new(self.expression(operand, scope))),
            ExpressionKind::Negate(operand) => return self.negate(operand, span, scope),
        };
        Expression { kind, span }
    }

    /// An expression that stands as a statement: the result of a call may be dropped.
    pub(super) fn effect(&mut self, expression: &ast::Expression<'_>, scope: &mut Scope) -> Expression {
        match &expression.kind {
            ExpressionKind::Call(..) | ExpressionKind::Chain(..) | ExpressionKind::Task(..) => {
                self.call(expression, false, scope)
            }
            _ => self.expression(expression, scope),
        }
    }

    /// A name that stands for a value.
    pub(super) fn name(&mut self, name: &str, span: Span, scope: &mut Scope) -> Expression {
        // A variable of that name wins once it has been assigned: `today = today.addDay(1);` reads the built-in.
        if let Some(slot) = scope.assigned_slot(name) {
            return Expression { kind: Bound::Variable(slot), span };
        }
        if !scope.is_assigned(name)
            && let Some(group) = self.bare_builtin(name)
        {
            return Expression { kind: Bound::Builtin(group, Vec::new()), span };
        }
        let slot = match scope.slot(name) {
            Some(slot) => {
                if name != "input" && !scope.is_assigned(name) && scope.reported.insert(name.to_owned()) {
                    self.report(Error::AssignedLater { name }.at(span));
                }
                slot
            }
            None if name == "input" => scope.input(),
            None if let Some(constant) = self.bare_constant(name, span) => return constant,
            None if let Some(field) = self.form_field(name, span, scope) => return field,
            None => {
                if scope.reported.insert(name.to_owned()) {
                    let constants = self.catalogue.application().constants().iter().map(|known| known.name.as_str());
                    let near = || suggest(name, scope.names().chain(constants)).map(str::to_owned);
                    let near = self.proposes().then(near).flatten();
                    self.report(Error::UndefinedVariable { name, near }.at(span));
                }
                return Expression { kind: Bound::Constant(Data::Null), span };
            }
        };
        Expression { kind: Bound::Variable(slot), span }
    }

    /// The built-in that is called by its name alone.
    pub(super) fn bare_builtin(&self, name: &str) -> Option<u16> {
        let number = self.catalogue.find(name)?;
        self.catalogue.group(number)?.plain().filter(|row| row.bare).map(|_| number)
    }

    fn expressions(&mut self, expressions: &[ast::Expression<'_>], scope: &mut Scope) -> Vec<Expression> {
        expressions.iter().map(|expression| self.expression(expression, scope)).collect()
    }

    fn conditional(&mut self, parts: &[ast::Expression<'_>], span: Span, scope: &mut Scope) -> Expression {
        let parts = self.expressions(parts, scope);
        let given = parts.len();
        let kind = match <[Expression; 3]>::try_from(parts) {
            Ok(parts) => Bound::Conditional(Box::new(parts)),
            Err(_) => {
                self.report(Error::ConditionalCount { given }.at(span));
                Bound::Constant(Data::Null)
            }
        };
        Expression { kind, span }
    }

    fn negate(&mut self, operand: &ast::Expression<'_>, span: Span, scope: &mut Scope) -> Expression {
        // The smallest number has no positive twin, so the sign is read together with the digits.
        let kind = match &operand.kind {
            ExpressionKind::Number(digits) => self.number(&format!("-{digits}"), span),
            ExpressionKind::Decimal(digits) => self.decimal(&format!("-{digits}"), span),
            _ => Bound::Negate(Box::new(self.expression(operand, scope))),
        };
        Expression { kind, span }
    }

    fn number(&mut self, digits: &str, span: Span) -> Bound {
        Bound::Constant(match digits.parse() {
            Ok(number) => Data::Number(number),
            Err(_) => {
                self.report(Error::NumberRange.at(span));
                Data::Null
            }
        })
    }

    /// TIME literals are Creator's alone; elsewhere the same text is a text (help page "time").
    fn time_or_text(&mut self, raw: &str, span: Span) -> Bound {
        match Time::read(raw) {
            TimeReading::Time(time) => Bound::Constant(Data::Time(time)),
            TimeReading::Impossible => {
                self.report(Error::TimeRange.at(span));
                Bound::Constant(Data::Null)
            }
            TimeReading::Other => text_constant(unescape(raw)),
        }
    }

    fn decimal(&mut self, digits: &str, span: Span) -> Bound {
        Bound::Constant(match Decimal::parse(digits) {
            Some(decimal) => Data::Decimal(decimal),
            None => {
                self.report(Error::NumberRange.at(span));
                Data::Null
            }
        })
    }
}
