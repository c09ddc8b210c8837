//! Criteria: what names a field stays a name, everything else is computed by the script before the store is asked. The
//! result is a list that begins with a word, in the form that the record tasks read back.

use super::super::Resolver;
use super::super::scope::Scope;
use crate::program::bound::{Constant, Expression, ExpressionKind as Bound};
use crate::source::Span;
use crate::syntax::ast::{self, ExpressionKind};

impl<'s> Resolver<'s> {
    pub(super) fn criteria<'b>(&mut self, criteria: &ast::Expression<'_>, scope: &mut Scope<'b>) -> Expression<'b> {
        self.condition(criteria, true, scope)
    }

    /// `left`: whether a bare name is a field even when there is a variable of that name.
    fn condition<'b>(&mut self, expression: &ast::Expression<'_>, left: bool, scope: &mut Scope<'b>) -> Expression<'b> {
        let span = expression.span;
        if !self.names_field(expression, left, scope) {
            let value = self.expression(expression, scope);
            return tagged(scope, "value", vec![value], span);
        }
        match &expression.kind {
            ExpressionKind::Name(name) => tagged(scope, "field", vec![scope.text(name, span)], span),
            ExpressionKind::Period(words) => tagged(scope, "period", vec![scope.text(words, span)], span),
            ExpressionKind::Chain(head, links) => self.field_chain(head, links, span, scope),
            ExpressionKind::And(operands) => self.operation("&&", operands.iter(), true, span, scope),
            ExpressionKind::Or(operands) => self.operation("||", operands.iter(), true, span, scope),
            ExpressionKind::Not(operand) => self.operation("!", std::iter::once(&**operand), left, span, scope),
            ExpressionKind::Negate(operand) => self.operation("-", std::iter::once(&**operand), left, span, scope),
            ExpressionKind::Operators(first, rest) => {
                rest.iter().fold(self.condition(first, left, scope), |before, (operator, operand)| {
                    let span = before.span.to(operand.span);
                    let operand = self.condition(operand, false, scope);
                    tagged(scope, "operation", vec![scope.text(operator.sign(), span), before, operand], span)
                })
            }
            _ => {
                let value = self.expression(expression, scope);
                tagged(scope, "value", vec![value], span)
            }
        }
    }

    fn operation<'b, 'a>(
        &mut self,
        operator: &str,
        operands: impl Iterator<Item = &'a ast::Expression<'a>>,
        left: bool,
        span: Span,
        scope: &mut Scope<'b>,
    ) -> Expression<'b> {
        let mut parts = vec![scope.text(operator, span)];
        parts.extend(operands.map(|operand| self.condition(operand, left, scope)));
        tagged(scope, "operation", parts, span)
    }

    /// `Lookup.Field` or `Name.contains("x")`, which may go on.
    fn field_chain<'b>(
        &mut self,
        head: &ast::Expression<'_>,
        links: &[ast::Link<'_>],
        span: Span,
        scope: &mut Scope<'b>,
    ) -> Expression<'b> {
        let ExpressionKind::Name(first) = head.kind else {
            let value = self.expression(head, scope);
            return tagged(scope, "value", vec![value], span);
        };
        let plain = links.iter().take_while(|link| link.arguments.is_none()).count();
        let (path, calls) = links.split_at(plain);
        let name = path.iter().fold(first.to_owned(), |name, link| name + "." + link.name.text);
        let end = path.last().map_or(head.span, |link| head.span.to(link.span));
        calls.iter().fold(tagged(scope, "field", vec![scope.text(&name, end)], end), |of, link| {
            let span = head.span.to(link.span);
            let mut parts = vec![scope.text(link.name.text, link.name.span), of];
            let arguments = link.arguments.unwrap_or_default();
            parts.extend(arguments.iter().map(|argument| self.condition(&argument.value, false, scope)));
            tagged(scope, "call", parts, span)
        })
    }

    /// Whether something in the expression is a field of the record and not known to the script.
    fn names_field(&self, expression: &ast::Expression<'_>, left: bool, scope: &Scope<'_>) -> bool {
        let is_field = |name: &str| left || !self.is_known(name, scope);
        match &expression.kind {
            ExpressionKind::Name(name) => is_field(name),
            ExpressionKind::Period(_) => true,
            ExpressionKind::Chain(head, _) => match &head.kind {
                // A dotted name on the left may still be the script's: `input.Flag == true`.
                ExpressionKind::Name(name) => !self.is_known(name, scope),
                _ => false,
            },
            ExpressionKind::And(operands) | ExpressionKind::Or(operands) => {
                operands.iter().any(|operand| self.names_field(operand, true, scope))
            }
            ExpressionKind::Not(operand) | ExpressionKind::Negate(operand) => self.names_field(operand, left, scope),
            ExpressionKind::Operators(first, rest) => {
                self.names_field(first, left, scope)
                    || rest.iter().any(|(_, operand)| self.names_field(operand, false, scope))
            }
            _ => false,
        }
    }

    /// Whether the script itself knows the name.
    fn is_known(&self, name: &str, scope: &Scope<'_>) -> bool {
        const PLATFORM: [&str; 5] = ["input", "zoho", "thisapp", "row", "old"];
        scope.slot(name).is_some()
            || PLATFORM.iter().any(|known| known.eq_ignore_ascii_case(name))
            || self.bare_builtin(name).is_some()
    }
}

fn tagged<'b>(scope: &Scope<'b>, tag: &'static str, parts: Vec<Expression<'b>>, span: Span) -> Expression<'b> {
    let mut items = vec![Expression { kind: Bound::Constant(Constant::Text(tag)), span }];
    items.extend(parts);
    Expression { kind: Bound::List(scope.arena.alloc_slice_copy(&items)), span }
}
