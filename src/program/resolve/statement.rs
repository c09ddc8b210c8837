//! Statements.

use super::Resolver;
use super::scope::Scope;
use crate::program::bound::{self, StatementKind as Bound};
use crate::program::error::Error;
use crate::program::types::Type;
use crate::syntax::ast::{self, StatementKind, Target};

/// Words that can be no variable (help page "variables", and the constants).
const RESERVED: &[&str] = &["true", "false", "null", "void", "return", "if", "else", "zoho", "thisapp"];

impl<'s> Resolver<'s> {
    pub(super) fn statements<'b>(
        &mut self,
        statements: &[ast::Statement<'_>],
        scope: &mut Scope<'b>,
    ) -> &'b [bound::Statement<'b>] {
        let mut resolved = bumpalo::collections::Vec::with_capacity_in(statements.len(), scope.arena);
        resolved.extend(statements.iter().filter_map(|statement| self.statement(statement, scope)));
        resolved.into_bump_slice()
    }

    fn statement<'b>(&mut self, statement: &ast::Statement<'_>, scope: &mut Scope<'b>) -> Option<bound::Statement<'b>> {
        let kind = match &statement.kind {
            StatementKind::Assign { target, operator, value } => self.assign(target, *operator, value, scope)?,
            StatementKind::Expression(expression) => self.bare(expression, scope),
            StatementKind::Info(value) => Bound::Info(self.expression(value, scope)),
            StatementKind::If { branches, otherwise } => {
                let arena = scope.arena;
                let branches = branches.iter().map(|(condition, block)| {
                    (self.expression(condition, scope), self.statements(block.statements, scope))
                });
                let branches = arena.alloc_slice_fill_iter(branches);
                let otherwise =
                    otherwise.as_ref().map(|block| self.statements(block.statements, scope)).unwrap_or_default();
                Bound::If(branches, otherwise)
            }
            StatementKind::ForEach { index, variable, iterable, body } => {
                self.check_name(variable);
                let holds = !*index && self.walks_records(iterable, scope);
                let iterable = self.walked(iterable, scope);
                let slot = scope.assign(variable.text, holds);
                scope.loops += 1;
                let body = self.statements(body.statements, scope);
                scope.loops -= 1;
                Bound::Each { index: *index, variable: slot?, iterable, body }
            }
            StatementKind::Try { body, variable, handler } => {
                let body = self.statements(body.statements, scope);
                if let Some(name) = variable {
                    self.check_name(name);
                }
                let variable = variable.and_then(|name| scope.assign(name.text, scope.holds_records(name.text)));
                Bound::Try { body, variable, handler: self.statements(handler.statements, scope) }
            }
            StatementKind::Update { records, fields } => Bound::Do(self.update(records, fields, statement.span, scope)),
            StatementKind::Delete(records) => Bound::Do(self.delete(records, scope)),
            StatementKind::Client { verb, arguments } => Bound::Do(self.client(verb, arguments, statement.span, scope)),
            StatementKind::Throw(value) => Bound::Throw(self.expression(value, scope)),
            StatementKind::Break => self.in_loop("break", Bound::Break, statement, scope),
            StatementKind::Continue => self.in_loop("continue", Bound::Continue, statement, scope),
            StatementKind::Return(value) => self.return_value(value.as_ref(), statement, scope),
            StatementKind::Broken => return None,
        };
        Some(bound::Statement { kind, span: statement.span })
    }

    fn assign<'b>(
        &mut self,
        target: &Target<'_>,
        operator: Option<ast::Operator>,
        value: &ast::Expression<'_>,
        scope: &mut Scope<'b>,
    ) -> Option<Bound<'b>> {
        match target {
            Target::Variable(name) => {
                self.check_name(name);
                let holds = operator.is_none() && self.gives_records(value, scope);
                let value = self.expression(value, scope);
                let value = match operator {
                    None => value,
                    Some(operator) => {
                        let span = name.span.to(value.span);
                        let old = self.name(name.text, name.span, scope);
                        let kind = bound::ExpressionKind::Operators(
                            scope.arena.alloc(old),
                            scope.arena.alloc_slice_copy(&[(operator, value)]),
                        );
                        bound::Expression { kind, span }
                    }
                };
                Some(Bound::Set(scope.assign(name.text, holds)?, value))
            }
            Target::Field(of, field) => {
                if let Some(root) = root_name(of)
                    && root.eq_ignore_ascii_case("zoho")
                {
                    let name = format!("zoho.{}", field.text);
                    self.report(Error::ReadOnly { name: &name }.at(of.span.to(field.span)));
                    return None;
                }
                if let Some(constant) = self.assigned_constant(of, field, scope) {
                    self.report(Error::ReadOnlyConstant { name: &constant }.at(of.span.to(field.span)));
                    return None;
                }
                let value = self.expression(value, scope);
                let object = self.expression(of, scope);
                let value = match operator {
                    None => value,
                    Some(operator) => {
                        let span = of.span.to(value.span);
                        let old = self.expression(of, scope);
                        let whole = of.span.to(field.span);
                        let step = bound::Step {
                            kind: bound::StepKind::Field(scope.arena.alloc_str(field.text)),
                            span: whole,
                        };
                        let old =
                            bound::ExpressionKind::Chain(scope.arena.alloc(old), scope.arena.alloc_slice_copy(&[step]));
                        let old = scope.arena.alloc(bound::Expression { kind: old, span: whole });
                        let kind =
                            bound::ExpressionKind::Operators(old, scope.arena.alloc_slice_copy(&[(operator, value)]));
                        bound::Expression { kind, span }
                    }
                };
                if self.gives_records(of, scope) {
                    let span = of.span.to(field.span);
                    return Some(Bound::Do(self.update_field(of, field, value, span, scope)));
                }
                let (object, value) = (scope.arena.alloc(object), scope.arena.alloc(value));
                Some(Bound::SetField(object, scope.arena.alloc_str(field.text), value))
            }
        }
    }

    fn bare<'b>(&mut self, expression: &ast::Expression<'_>, scope: &mut Scope<'b>) -> Bound<'b> {
        use ast::ExpressionKind as Kind;
        let is_call = match &expression.kind {
            Kind::Call(..) | Kind::Task(..) | Kind::Insert(..) | Kind::Broken => true,
            Kind::Chain(_, links) => links.last().is_some_and(|link| link.arguments.is_some()),
            _ => false,
        };
        if !is_call {
            self.report(Error::NoEffect.at(expression.span));
        }
        Bound::Do(self.effect(expression, scope))
    }

    fn in_loop<'b>(
        &mut self,
        word: &str,
        kind: Bound<'b>,
        statement: &ast::Statement<'_>,
        scope: &Scope<'b>,
    ) -> Bound<'b> {
        if scope.loops == 0 {
            self.report(Error::OutsideLoop { word }.at(statement.span));
        }
        kind
    }

    fn return_value<'b>(
        &mut self,
        value: Option<&ast::Expression<'_>>,
        statement: &ast::Statement<'_>,
        scope: &mut Scope<'b>,
    ) -> Bound<'b> {
        match value {
            Some(value) => {
                scope.has_return = true;
                Bound::Return(Some(self.expression(value, scope)))
            }
            None => {
                if !matches!(scope.returns, Type::Any | Type::Void) {
                    scope.has_return = true;
                    self.report(Error::MissingReturn { declared: scope.returns.name() }.at(statement.span));
                }
                Bound::Return(None)
            }
        }
    }

    pub(super) fn check_name(&mut self, name: &ast::Name<'_>) {
        if RESERVED.iter().any(|word| word.eq_ignore_ascii_case(name.text)) {
            self.report(Error::ReservedName { name: name.text }.at(name.span));
        } else if self.catalogue.application().constant(name.text).is_some() {
            self.report(Error::ReadOnlyConstant { name: name.text }.at(name.span));
        }
    }
}

fn root_name<'t>(expression: &ast::Expression<'t>) -> Option<&'t str> {
    match &expression.kind {
        ast::ExpressionKind::Name(name) => Some(name),
        ast::ExpressionKind::Chain(head, _) => match &head.kind {
            ast::ExpressionKind::Name(name) => Some(name),
            _ => None,
        },
        _ => None,
    }
}
