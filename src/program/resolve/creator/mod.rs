//! Forms of Zoho Creator become tasks here: a fetch, `insert into`, `update`, `delete from` and what a person sees. In
//! criteria a name on the left is a field of the form; elsewhere a variable of that name wins.

mod criteria;
mod fetch;
mod screen;

use super::Resolver;
use super::scope::Scope;
use crate::catalogue::Form;
use crate::program::bound::{Constant, Expression, ExpressionKind as Bound, Step, StepKind};
use crate::source::Span;
use crate::syntax::Dialect;
use crate::syntax::ast::{self, ExpressionKind, Name};

/// Attributes of a task of Creator, by name.
type Given<'b> = Vec<(&'static str, Expression<'b>)>;

impl<'s> Resolver<'s> {
    /// `insert into Form [ … ]`
    pub(super) fn insert<'b>(
        &mut self,
        form: &Name<'_>,
        fields: &[ast::Field<'_>],
        span: Span,
        scope: &mut Scope<'b>,
    ) -> Expression<'b> {
        let fields = self.fields(fields, span, scope);
        self.creator_task(
            scope,
            "insert into",
            vec![("form", scope.text(form.text, form.span)), ("fields", fields)],
            span,
        )
    }

    /// `update records [ … ]`: a fetch, or a variable with records.
    pub(super) fn update<'b>(
        &mut self,
        records: &ast::Expression<'_>,
        fields: &[ast::Field<'_>],
        span: Span,
        scope: &mut Scope<'b>,
    ) -> Expression<'b> {
        let fields = self.fields(fields, span, scope);
        self.update_of(records, fields, span, scope)
    }

    /// `Form[criteria].Field = value`
    pub(super) fn update_field<'b>(
        &mut self,
        records: &ast::Expression<'_>,
        field: &Name<'_>,
        value: Expression<'b>,
        span: Span,
        scope: &mut Scope<'b>,
    ) -> Expression<'b> {
        let pairs = scope.arena.alloc_slice_copy(&[(scope.text(field.text, field.span), value)]);
        self.update_of(records, Expression { kind: Bound::Map(pairs), span }, span, scope)
    }

    fn update_of<'b>(
        &mut self,
        records: &ast::Expression<'_>,
        fields: Expression<'b>,
        span: Span,
        scope: &mut Scope<'b>,
    ) -> Expression<'b> {
        let mut given = match &records.kind {
            ExpressionKind::Fetch(form, criteria) => self.records(form, *criteria, scope),
            // Records in a variable: which they are is known only to whoever fetched them.
            _ => vec![("records", self.expression(records, scope))],
        };
        given.push(("fields", fields));
        self.creator_task(scope, "update records", given, span)
    }

    /// `delete from Form[criteria]`
    pub(super) fn delete<'b>(&mut self, records: &ast::Expression<'_>, scope: &mut Scope<'b>) -> Expression<'b> {
        let given = match &records.kind {
            ExpressionKind::Fetch(form, criteria) => self.records(form, *criteria, scope),
            _ => Vec::new(),
        };
        self.creator_task(scope, "delete from", given, records.span)
    }

    /// A name that nothing assigns, in a script of a form's event: a field of the form, or the record before the change.
    pub(super) fn form_field<'b>(&mut self, name: &str, span: Span, scope: &mut Scope<'b>) -> Option<Expression<'b>> {
        if self.dialect != Dialect::Creator || !scope.is_event {
            return None;
        }
        let input = Expression { kind: Bound::Variable(scope.input()), span };
        let step = Step { kind: StepKind::Field(scope.arena.alloc_str(name)), span };
        Some(Expression { kind: Bound::Chain(scope.arena.alloc(input), scope.arena.alloc_slice_copy(&[step])), span })
    }

    fn fields<'b>(&mut self, fields: &[ast::Field<'_>], span: Span, scope: &mut Scope<'b>) -> Expression<'b> {
        let arena = scope.arena;
        let pairs = fields.iter().map(|field| {
            let name = scope.text(field.name.text, field.name.span);
            (name, self.expression(&field.value, scope))
        });
        let pairs = arena.alloc_slice_fill_iter(pairs);
        Expression { kind: if pairs.is_empty() { Bound::Braces } else { Bound::Map(pairs) }, span }
    }

    /// The attributes `form` and `criteria`.
    fn records<'b>(
        &mut self,
        form: &Name<'_>,
        criteria: Option<&ast::Expression<'_>>,
        scope: &mut Scope<'b>,
    ) -> Given<'b> {
        let mut given = vec![("form", scope.text(form.text, form.span))];
        given.extend(criteria.map(|criteria| ("criteria", self.criteria(criteria, scope))));
        given
    }

    fn creator_task<'b>(&self, scope: &Scope<'b>, name: &'static str, given: Given<'b>, span: Span) -> Expression<'b> {
        let Some(task) = scope.catalogue.task(name) else {
            return Expression { kind: Bound::Constant(Constant::Null), span };
        };
        let known = match &task.form {
            Form::Statement(known) => *known,
            _ => &[],
        };
        let slot = |name: &str| known.iter().position(|attribute| attribute.name == name);
        let placed = given.into_iter().filter_map(|(name, value)| Some((slot(name)? as u16, value)));
        let (slots, values): (Vec<u16>, Vec<Expression<'b>>) = placed.unzip();
        let (slots, values) = (scope.arena.alloc_slice_copy(&slots), scope.arena.alloc_slice_copy(&values));
        Expression { kind: Bound::Task(task, slots, values), span }
    }
}
