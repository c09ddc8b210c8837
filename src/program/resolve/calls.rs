//! Calls of built-ins and of the script's own functions.

use std::rc::Rc;

use super::scope::Scope;
use super::{Declared, Resolver};
use crate::catalogue::{Builtin, Evaluate, Gives, Group, Use};
use crate::diagnostic::suggest;
use crate::program::bound::{Constant, Expression, ExpressionKind as Bound};
use crate::program::error::Error;
use crate::program::types::Type;
use crate::source::Span;
use crate::syntax::ast::{Argument, Expression as Tree, ExpressionKind, Name};

/// The rows that a call may reach.
pub(super) type Rows = Rc<[&'static Builtin]>;

impl<'s> Resolver<'s> {
    /// A call of any form; `used` tells whether its value is used.
    pub(super) fn call<'b>(&mut self, expression: &Tree<'_>, used: bool, scope: &mut Scope<'b>) -> Expression<'b> {
        match &expression.kind {
            ExpressionKind::Call(name, arguments) => self.plain_call(name, arguments, expression.span, used, scope),
            ExpressionKind::Chain(head, links) => self.chain(head, links, used, scope),
            ExpressionKind::Task(name, attributes) => self.bracket_task(name, attributes, expression.span, scope),
            _ => self.expression(expression, scope),
        }
    }

    fn plain_call<'b>(
        &mut self,
        name: &Name<'_>,
        arguments: &[Argument<'_>],
        span: Span,
        used: bool,
        scope: &mut Scope<'b>,
    ) -> Expression<'b> {
        if let Some(declared) = self.declared(name.text, name.span) {
            return self.function_call(&declared, name.span, arguments, span, used, scope);
        }
        let text: String = name.text.split_whitespace().collect();
        if let Some(group) = self.catalogue.find(&text) {
            return self.builtin(group, name, arguments, span, used, scope);
        }
        if let Some(task) = scope.catalogue.called_task(&text) {
            return self.called_task(task, name.span, arguments, span, scope);
        }
        let near = self.nearest_function(name.text);
        // Of two functions that call each other, one is typed first.
        if self.is_input && !scope.is_event && self.catalogue.translate(name.text).is_none() {
            self.report(Error::LaterFunction { name: name.text, near }.at(name.span));
            let message = scope.arena.alloc_str(&format!("Not able to find '{}' function", name.text));
            return Expression { kind: Bound::Missing(message, self.arguments(name.text, arguments, scope)), span };
        }
        self.unknown_function(name.text, name.span, near);
        self.arguments(name.text, arguments, scope);
        null(span)
    }

    /// Reports a function that does not exist. A name of another language is translated; any other may be misspelt.
    pub(super) fn unknown_function(&mut self, name: &str, span: Span, near: Option<String>) {
        let misspelt = || near.map(|near| format!("did you mean `{near}`?"));
        let help = self.catalogue.translate(name).or_else(misspelt);
        self.report(Error::UnknownFunction { name, help }.at(span));
    }

    /// The function that a call names, of this script or of another file: with and without `thisapp.` it is the same
    /// function (help page "call function").
    pub(super) fn declared(&mut self, name: &str, call: Span) -> Option<Declared> {
        if self.functions.is_empty() && self.reached.is_empty() {
            return None;
        }
        let plain = name.strip_prefix("thisapp.").unwrap_or(name);
        let names = [name, plain, &format!("thisapp.{plain}")];
        let own = names.iter().find_map(|name| self.functions.get(*name)).cloned();
        // A function beside the calling one comes first.
        if self.in_script() { own.or_else(|| self.reach(names, call)) } else { self.reach(names, call).or(own) }
    }

    /// A call of a function that was found.
    pub(super) fn function_call<'b>(
        &mut self,
        declared: &Declared,
        name_span: Span,
        arguments: &[Argument<'_>],
        span: Span,
        used: bool,
        scope: &mut Scope<'b>,
    ) -> Expression<'b> {
        let given = arguments.len();
        let name = &*declared.name;
        let arguments = self.arguments(name, arguments, scope);
        let (number, wanted, returns) = (declared.number, declared.parameters, declared.returns);
        if given != wanted {
            self.report(Error::ArgumentCount { name, given, wanted: count(wanted, wanted) }.at(name_span));
        }
        if used && returns == Type::Void {
            self.report(Error::NoValue { name }.at(name_span));
        }
        Expression { kind: Bound::Call(number, arguments), span }
    }

    /// A call of a built-in without receiver.
    pub(super) fn builtin<'b>(
        &mut self,
        number: u16,
        name: &Name<'_>,
        arguments: &[Argument<'_>],
        span: Span,
        used: bool,
        scope: &mut Scope<'b>,
    ) -> Expression<'b> {
        let values = self.builtin_arguments(number, name.text, false, arguments, scope);
        let rows = self.check_builtin(number, name, false, values.len(), used);
        let lazy = rows.iter().any(|row| row.evaluate == Evaluate::SecondIfFirstIsNull);
        let kind = match <&[Expression<'b>; 2]>::try_from(values) {
            Ok(pair) if lazy => Bound::Default(pair),
            _ => Bound::Builtin(number, values),
        };
        Expression { kind, span }
    }

    /// Checks a call of a built-in with `given` arguments beside the receiver of a method; gives the rows that it may
    /// reach.
    pub(super) fn check_builtin(
        &mut self,
        number: u16,
        name: &Name<'_>,
        method: bool,
        given: usize,
        used: bool,
    ) -> Rows {
        let catalogue = self.catalogue;
        let Some(group) = catalogue.group(number) else { return Rows::default() };
        let rows = self.rows(number, method);
        let arities = || rows.iter().map(|row| arity(row, method));
        if rows.is_empty() {
            match group.absent().and_then(|row| row.absent) {
                Some(absent) => self.report(Error::NotAvailable { name: group.name, absent }.at(name.span)),
                None => self.unknown_method(name),
            }
        } else if !arities().any(|(least, most)| (least..=most).contains(&given)) {
            let (least, most) = arities().fold((usize::MAX, 0), |(l, m), (a, b)| (l.min(a), m.max(b)));
            self.report(Error::ArgumentCount { name: group.name, given, wanted: count(least, most) }.at(name.span));
        } else if let Some(instead) = self.absent(&rows, name.text, method, given) {
            self.report(Error::NotInCreator { name: name.text, instead }.at(name.span));
        } else if used && rows.iter().all(|row| row.gives == Gives::Nothing) {
            self.report(Error::NoValue { name: group.name }.at(name.span));
        } else if !used && !self.is_answer && rows.iter().all(|row| row.gives == Gives::Value) {
            self.report(Error::UnusedResult { name: group.name }.at(name.span));
        }
        rows
    }

    /// The rows of a group that run, or those with a receiver alone. Scripts call few built-ins often.
    fn rows(&mut self, number: u16, method: bool) -> Rows {
        let catalogue = self.catalogue;
        let rows = self.rows.entry((number, method)).or_insert_with(|| {
            let rows = catalogue.group(number).map(Group::rows).unwrap_or_default();
            rows.into_iter().filter(|row| !method || !row.on.is_empty()).collect()
        });
        Rc::clone(rows)
    }

    /// The arguments of a built-in; those that its rows gather are one.
    pub(super) fn builtin_arguments<'b>(
        &mut self,
        number: u16,
        name: &str,
        method: bool,
        arguments: &[Argument<'_>],
        scope: &mut Scope<'b>,
    ) -> &'b [Expression<'b>] {
        let rows = self.rows(number, false);
        if !rows.iter().any(|row| row.gathers) {
            return self.arguments(name, arguments, scope);
        }
        let has_plain = self.catalogue.group(number).is_some_and(|group| group.plain().is_some());
        let receivers = usize::from(!method && !has_plain).min(arguments.len());
        let (receiver, gathered) = arguments.split_at(receivers);
        let mut values = self.arguments(name, receiver, scope).to_vec();
        values.extend(self.gathered(name, gathered, scope));
        scope.arena.alloc_slice_copy(&values)
    }

    /// Any number of values as a list, or of pairs as a map.
    fn gathered<'b>(
        &mut self,
        name: &str,
        arguments: &[Argument<'_>],
        scope: &mut Scope<'b>,
    ) -> Option<Expression<'b>> {
        let (first, last) = (arguments.first()?, arguments.last()?);
        let pairs = first.key.is_some();
        if let Some(odd) = arguments.iter().find(|argument| argument.key.is_some() != pairs) {
            self.report(Error::MixedArguments { name }.at(extent(odd)));
        }
        let kind = match pairs {
            true => {
                let mut taken = bumpalo::collections::Vec::new_in(scope.arena);
                for (key, value) in arguments.iter().filter_map(|pair| Some((pair.key?, &pair.value))) {
                    taken.push((self.expression(key, scope), self.expression(value, scope)));
                }
                Bound::Map(taken.into_bump_slice())
            }
            false => {
                let arena = scope.arena;
                let values = arguments.iter().map(|value| self.expression(&value.value, scope));
                Bound::List(arena.alloc_slice_fill_iter(values))
            }
        };
        Some(Expression { kind, span: extent(first).to(extent(last)) })
    }

    /// Reports a method that does not exist.
    pub(super) fn unknown_method(&mut self, name: &Name<'_>) {
        let near = self.proposes().then(|| self.catalogue.suggest_builtin(name.text).map(str::to_owned)).flatten();
        self.unknown_function(name.text, name.span, near);
    }

    /// What to do instead, when the dialect has none of the rows that so many arguments may reach.
    fn absent(&self, rows: &[&'static Builtin], name: &str, method: bool, given: usize) -> Option<String> {
        if self.guessed {
            return None;
        }
        let reached = rows.iter().filter(|row| {
            let (least, most) = arity(row, method);
            (least..=most).contains(&given)
        });
        let mut instead = None;
        for row in reached {
            let receiver = usize::from(!method && !row.on.is_empty());
            let call = Use { name, is_method: method, given: given - receiver, receiver: None };
            instead = Some(row.instead(row.absent(self.dialect, &call)?));
        }
        instead
    }

    pub(super) fn arguments<'b>(
        &mut self,
        name: &str,
        arguments: &[Argument<'_>],
        scope: &mut Scope<'b>,
    ) -> &'b [Expression<'b>] {
        scope.arena.alloc_slice_fill_iter(arguments.iter().map(|argument| {
            if argument.key.is_some() {
                self.report(Error::PairArgument { name }.at(extent(argument)));
            }
            self.expression(&argument.value, scope)
        }))
    }

    fn nearest_function(&self, name: &str) -> Option<String> {
        if !self.proposes() {
            return None;
        }
        let known = self.functions.keys().map(AsRef::as_ref).chain(self.reached.names());
        let own = suggest(name, known).map(str::to_owned);
        let own = own.or_else(|| self.catalogue.application().suggest(name).map(str::to_owned));
        own.or_else(|| self.catalogue.suggest_builtin(name).map(str::to_owned))
    }
}

/// The fewest and the most arguments; called without a dot, the receiver is the first of them.
fn arity(row: &Builtin, method: bool) -> (usize, usize) {
    let (least, most) = row.arity();
    let receiver = usize::from(!method && !row.on.is_empty());
    (least + receiver, most + receiver)
}

/// Where an argument stands, its key included.
fn extent(argument: &Argument<'_>) -> Span {
    argument.key.as_ref().map_or(argument.value.span, |key| key.span.to(argument.value.span))
}

fn null(span: Span) -> Expression<'static> {
    Expression { kind: Bound::Constant(Constant::Null), span }
}

/// `no arguments`, `1 argument`, `1 to 3 arguments`.
pub(super) fn count(least: usize, most: usize) -> String {
    match (least, most) {
        (0, 0) => "no arguments".to_owned(),
        (1, 1) => "1 argument".to_owned(),
        (least, most) if least == most => format!("{least} arguments"),
        (least, most) => format!("{least} to {most} arguments"),
    }
}
