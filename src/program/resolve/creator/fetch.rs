//! A fetch and what is read of it: `Form[criteria]` gives records, `.Field` the value of the first, `.count()` a figure.

use super::super::Resolver;
use super::super::scope::Scope;
use super::Given;
use crate::program::bound::{Constant, Expression, ExpressionKind as Bound};
use crate::program::error::Error;
use crate::source::Span;
use crate::syntax::Dialect;
use crate::syntax::ast::{self, Arrangement, ExpressionKind, Link, Name};

/// Figures that can be made of records (help page "aggregate records").
const AGGREGATES: [&str; 7] = ["count", "sum", "avg", "maximum", "minimum", "median", "distinct"];

/// A fetch as written: the form, its criteria, and what stands behind.
type Fetched<'t> = (Name<'t>, Option<&'t ast::Expression<'t>>, &'t [Link<'t>]);

impl<'s> Resolver<'s> {
    /// A fetch, and how many of the links behind it belong to it.
    pub(in crate::program::resolve) fn fetch<'b>(
        &mut self,
        form: &Name<'_>,
        criteria: Option<&ast::Expression<'_>>,
        links: &[Link<'_>],
        scope: &mut Scope<'b>,
    ) -> (Expression<'b>, usize) {
        if let Some(first) = form.text.split('.').next()
            && scope.slot(first).is_some()
        {
            self.report(Error::Index { name: form.text }.at(form.span));
            return (Expression { kind: Bound::Constant(Constant::Null), span: form.span }, links.len());
        }
        let mut given = self.records(form, criteria, scope);
        let taken = self.wanted(links, &mut given, scope);
        let mut span = criteria.map_or(form.span, |criteria| form.span.to(criteria.span));
        span = taken.checked_sub(1).and_then(|last| links.get(last)).map_or(span, |link| form.span.to(link.span));
        (self.creator_task(scope, "fetch records", given, span), taken)
    }

    /// `Form[criteria].Field sort by Other desc range from 1 to 9`
    pub(in crate::program::resolve) fn arranged<'b>(
        &mut self,
        of: &ast::Expression<'_>,
        arrangement: &Arrangement<'_>,
        span: Span,
        scope: &mut Scope<'b>,
    ) -> Expression<'b> {
        let Some((form, criteria, links)) = fetched(of) else {
            self.report(Error::NotRecords.at(of.span));
            return Expression { kind: Bound::Constant(Constant::Null), span };
        };
        let mut given = self.records(&form, criteria, scope);
        let taken = self.wanted(links, &mut given, scope);
        if let Some(link) = links.get(taken) {
            self.report(Error::NotRecords.at(link.span));
        }
        if arrangement.all {
            given.push(("function", scope.text("all", span)));
        }
        if let Some((field, descending)) = &arrangement.sort {
            given.push(("sort", scope.text(field.text, field.span)));
            given.push((
                "descending",
                Expression { kind: Bound::Constant(Constant::Boolean(*descending)), span: field.span },
            ));
        }
        if let Some((from, to)) = arrangement.range {
            given.push(("from", self.expression(from, scope)));
            given.push(("to", self.expression(to, scope)));
        }
        self.creator_task(scope, "fetch records", given, span)
    }

    /// What a loop walks: a form may be named without criteria.
    pub(in crate::program::resolve) fn walked<'b>(
        &mut self,
        iterable: &ast::Expression<'_>,
        scope: &mut Scope<'b>,
    ) -> Expression<'b> {
        match &iterable.kind {
            ExpressionKind::Name(name) if self.is_form(name, scope) => {
                let form = Name { text: name, span: iterable.span };
                self.fetch(&form, None, &[], scope).0
            }
            _ => self.expression(iterable, scope),
        }
    }

    /// Whether the value is records of a form, so that setting a field of it changes what is stored.
    pub(in crate::program::resolve) fn gives_records(&self, value: &ast::Expression<'_>, scope: &Scope<'_>) -> bool {
        match &value.kind {
            ExpressionKind::Fetch(..) => true,
            ExpressionKind::Arranged(of, arrangement) => {
                !arrangement.all && !matches!(of.kind, ExpressionKind::Chain(..))
            }
            ExpressionKind::Name(name) => scope.holds_records(name),
            _ => false,
        }
    }

    /// Whether a loop over the value walks records.
    pub(in crate::program::resolve) fn walks_records(&self, value: &ast::Expression<'_>, scope: &Scope<'_>) -> bool {
        let whole_form = matches!(value.kind, ExpressionKind::Name(name) if self.is_form(name, scope));
        whole_form || self.gives_records(value, scope)
    }

    /// Whether the name can be a form's: nothing else is called so, and the script is Creator's.
    fn is_form(&self, name: &str, scope: &Scope<'_>) -> bool {
        self.dialect == Dialect::Creator
            && name != "input"
            && scope.slot(name).is_none()
            && self.bare_builtin(name).is_none()
    }

    /// Reads `.Field`, `.Field.getAll()` and `.sum(Field)`; gives how many links these are.
    fn wanted<'b>(&mut self, links: &[Link<'_>], given: &mut Given<'b>, scope: &mut Scope<'b>) -> usize {
        let plain = links.iter().take_while(|link| link.arguments.is_none()).count();
        let (path, rest) = links.split_at(plain);
        let calls = |name: &str| rest.first().is_some_and(|link| link.name.text.eq_ignore_ascii_case(name));
        if let (Some(first), Some(last)) = (path.first(), path.last()) {
            let name = path.iter().map(|link| link.name.text).collect::<Vec<_>>().join(".");
            given.push(("field", scope.text(&name, first.span.to(last.span))));
            if calls("getall") {
                given.push(("function", scope.text("all", last.span)));
                return plain + 1;
            }
            return plain;
        }
        let Some((link, function)) = rest.first().and_then(|link| {
            let name = link.name.text.to_lowercase();
            AGGREGATES.contains(&name.as_str()).then_some((link, name))
        }) else {
            return 0;
        };
        given.push(("function", scope.text(&function, link.name.span)));
        match link.arguments.unwrap_or_default() {
            [] if function == "count" => {}
            [argument] => {
                let field = self.field_path(&argument.value, scope);
                given.push(("field", field));
            }
            arguments => {
                let wanted = if function == "count" { "no argument, or a field" } else { "a field" }.to_owned();
                self.report(
                    Error::ArgumentCount { name: link.name.text, given: arguments.len(), wanted }.at(link.name.span),
                );
            }
        }
        1
    }

    /// A field that is named and not read: `Total`, `input.Name.first_name`.
    pub(super) fn field_path<'b>(&mut self, field: &ast::Expression<'_>, scope: &mut Scope<'b>) -> Expression<'b> {
        match &field.kind {
            ExpressionKind::Name(name) => scope.text(name, field.span),
            ExpressionKind::Chain(head, links) if links.iter().all(|link| link.arguments.is_none()) => {
                let ExpressionKind::Name(first) = head.kind else { return self.expression(field, scope) };
                let name = links.iter().fold(first.to_owned(), |name, link| name + "." + link.name.text);
                scope.text(&name, field.span)
            }
            _ => self.expression(field, scope),
        }
    }
}

/// The parts of a fetch; a bare name is a form without criteria.
fn fetched<'t>(expression: &'t ast::Expression<'t>) -> Option<Fetched<'t>> {
    match &expression.kind {
        ExpressionKind::Fetch(form, criteria) => Some((**form, *criteria, &[])),
        ExpressionKind::Name(name) => Some((Name { text: name, span: expression.span }, None, &[])),
        ExpressionKind::Chain(head, links) => match &head.kind {
            ExpressionKind::Fetch(form, criteria) => Some((**form, *criteria, links)),
            _ => None,
        },
        _ => None,
    }
}
