//! Forms of Zoho Creator become tasks here: a fetch, `insert into`, `update`, `delete from` and what a person sees. In
//! criteria a name on the left is a field of the form; elsewhere a variable of that name wins.

mod criteria;
mod fetch;
mod screen;

use std::sync::Arc;

use super::scope::Scope;
use super::{Resolver, text_constant};
use crate::catalogue::Form;
use crate::program::bound::{Expression, ExpressionKind as Bound, Step, StepKind};
use crate::source::Span;
use crate::syntax::Dialect;
use crate::syntax::ast::{self, ExpressionKind, Name};
use crate::value::Data;

/// Attributes of a task of Creator, by name.
type Given = Vec<(&'static str, Expression)>;

impl<'s> Resolver<'s> {
    /// `insert into Form [ … ]`
    pub(super) fn insert(
        &mut self,
        form: &Name<'_>,
        fields: &[ast::Field<'_>],
        span: Span,
        scope: &mut Scope,
    ) -> Expression {
        let fields = self.fields(fields, span, scope);
        self.creator_task("insert into", vec![("form", text(form.text, form.span)), ("fields", fields)], span)
    }

    /// `update records [ … ]`: a fetch, or a variable with records.
    pub(super) fn update(
        &mut self,
        records: &ast::Expression<'_>,
        fields: &[ast::Field<'_>],
        span: Span,
        scope: &mut Scope,
    ) -> Expression {
        let fields = self.fields(fields, span, scope);
        self.update_of(records, fields, span, scope)
    }

    /// `Form[criteria].Field = value`
    pub(super) fn update_field(
        &mut self,
        records: &ast::Expression<'_>,
        field: &Name<'_>,
        value: Expression,
        span: Span,
        scope: &mut Scope,
    ) -> Expression {
        let pairs = vec![(text(field.text, field.span), value)];
        self.update_of(records, Expression { kind: Bound::Map(pairs), span }, span, scope)
    }

    fn update_of(
        &mut self,
        records: &ast::Expression<'_>,
        fields: Expression,
        span: Span,
        scope: &mut Scope,
    ) -> Expression {
        let mut given = match &records.kind {
            ExpressionKind::Fetch(form, criteria) => self.records(form, *criteria, scope),
            // Records in a variable: which they are is known only to whoever fetched them.
            _ => vec![("records", self.expression(records, scope))],
        };
        given.push(("fields", fields));
        self.creator_task("update records", given, span)
    }

    /// `delete from Form[criteria]`
    pub(super) fn delete(&mut self, records: &ast::Expression<'_>, scope: &mut Scope) -> Expression {
        let given = match &records.kind {
            ExpressionKind::Fetch(form, criteria) => self.records(form, *criteria, scope),
            _ => Vec::new(),
        };
        self.creator_task("delete from", given, records.span)
    }

    /// A name that nothing assigns, in a script of a form's event: a field of the form, or the record before the change.
    pub(super) fn form_field(&mut self, name: &str, span: Span, scope: &mut Scope) -> Option<Expression> {
        if self.dialect != Dialect::Creator || !scope.is_event {
            return None;
        }
        let input = Expression { kind: Bound::Variable(scope.input()), span };
        let step = Step { kind: StepKind::Field(Arc::from(name)), span };
        Some(Expression { kind: Bound::Chain(Box::new(input), vec![step]), span })
    }

    fn fields(&mut self, fields: &[ast::Field<'_>], span: Span, scope: &mut Scope) -> Expression {
        let pairs = fields.iter().map(|field| {
            let name = text(field.name.text, field.name.span);
            (name, self.expression(&field.value, scope))
        });
        let pairs: Vec<_> = pairs.collect();
        Expression { kind: if pairs.is_empty() { Bound::Braces } else { Bound::Map(pairs) }, span }
    }

    /// The attributes `form` and `criteria`.
    fn records(&mut self, form: &Name<'_>, criteria: Option<&ast::Expression<'_>>, scope: &mut Scope) -> Given {
        let mut given = vec![("form", text(form.text, form.span))];
        given.extend(criteria.map(|criteria| ("criteria", self.criteria(criteria, scope))));
        given
    }

    fn creator_task(&mut self, name: &'static str, given: Given, span: Span) -> Expression {
        let Some(task) = self.catalogue.task(name).map(Arc::clone) else {
            return Expression { kind: Bound::Constant(Data::Null), span };
        };
        let known = match &task.form {
            Form::Statement(known) => *known,
            _ => &[],
        };
        let slot = |name: &str| known.iter().position(|attribute| attribute.name == name);
        let placed = given.into_iter().filter_map(|(name, value)| Some((slot(name)? as u16, value)));
        let (slots, values) = placed.unzip();
        Expression { kind: Bound::Task(task, slots, values), span }
    }
}

fn text(content: &str, span: Span) -> Expression {
    Expression { kind: text_constant(content), span }
}
