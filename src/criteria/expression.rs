//! Criteria as Creator writes them. The language's own parser reads them, as the criteria of a fetch, so that they are
//! what stands between the brackets of `Form[…]` to the letter.

use super::constant::Constant;
use super::error::{Fault, Problem, meant_by_word};
use super::field::Fields;
use super::moving::Moving;
use super::period::Period;
use super::term::{Ask, Check, Operand, Relation, Term};
use super::{Options, function};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{Source, Span};
use crate::syntax::ast::{Argument, Expression, ExpressionKind as Kind, Link, Operator, Quote, StatementKind};
use crate::syntax::{Arena, parse, unescape};
use crate::value::{Data, DateTime, Decimal, is_miswritten_date, looks_like_date};

/// What stands before the criteria when they are parsed. The two signs change nothing, but tell the parser that a condition
/// follows and not the place of an element, as in `list[0]`.
const BEFORE: &str = "x = Record[!!";

/// Reads an expression.
pub(super) fn read(text: &str, options: &Options, fields: &mut Fields) -> Result<Term, Vec<Diagnostic>> {
    // The line break ends a comment at the end of the criteria.
    let source = Source::new("criteria", format!("{BEFORE}{text}\n];"));
    let arena = Arena::new();
    let parsed = parse(&source, options.dialect, &arena);
    let errors: Vec<Diagnostic> =
        parsed.diagnostics.into_iter().filter(|one| one.severity == Severity::Error).collect();
    if !errors.is_empty() {
        return Err(errors.into_iter().map(|error| told(error, text)).collect());
    }
    let mut reader = Reader { options, fields };
    let found = match parsed.script.body.as_slice() {
        [only] if parsed.script.functions.is_empty() => match &only.kind {
            StatementKind::Assign { value: Expression { kind: Kind::Fetch(_, Some(criteria)), .. }, .. } => {
                reader.condition(criteria)
            }
            _ => return Err(vec![ended(text).diagnostic()]),
        },
        _ => return Err(vec![ended(text).diagnostic()]),
    };
    found.map_err(|fault| vec![placed(fault.diagnostic(), text)])
}

/// An error of form as one of the criteria: nothing of it speaks of the brackets around them.
fn told(mut error: Diagnostic, text: &str) -> Diagnostic {
    let plain = |text: &mut String| *text = text.replace(" or `]`", "").replace(", found `]`", ", found the end");
    plain(&mut error.message);
    error.labels.iter_mut().for_each(|label| plain(&mut label.text));
    if error.message.contains("`]`") {
        return ended(text).diagnostic();
    }
    if let Some(help) = &mut error.help
        && let Some(end) = help.find("; Zoho reports this as")
    {
        help.truncate(end);
    }
    match error.message.as_str() {
        "two values stand side by side" => {
            error.labels.iter_mut().for_each(|label| label.text = "an operator is missing before this".into());
            error.help = Some("join conditions with `&&` or `||`, and put texts in quotes".into());
        }
        "expected `)`, found `,`" => error.help = Some("write a list in braces: `Field in {1, 2}`".into()),
        _ => {}
    }
    error
        .help
        .get_or_insert_with(|| "criteria are conditions such as `City == \"Cork\"`, with `&&` or `||` between".into());
    placed(error, text)
}

/// The fault of a text that closes its own brackets, or goes on after a `;`.
fn ended(text: &str) -> Fault {
    let place = text.find([']', ';']).map_or(Span::new(0, text.len()), |at| Span::new(at, at + 1));
    Fault::new(Problem::Ended, place)
}

/// A diagnostic with places in the criteria alone.
fn placed(mut diagnostic: Diagnostic, text: &str) -> Diagnostic {
    let offset = BEFORE.len() as u32;
    let end = text.len() as u32;
    for label in &mut diagnostic.labels {
        let moved = |place: u32| place.saturating_sub(offset).min(end);
        label.span = Span { start: moved(label.span.start), end: moved(label.span.end) };
        if label.span.start == label.span.end && end > 0 {
            // A place behind the text is shown at its last letter.
            let last = text.char_indices().rev().find(|(_, letter)| !letter.is_whitespace());
            if let Some((at, letter)) = last.filter(|(at, _)| label.span.start as usize > *at) {
                label.span = Span::new(at, at + letter.len_utf8());
            }
        }
    }
    let near = diagnostic.labels.iter().find_map(|label| {
        let from = text.get(..label.span.start as usize)?.rfind(char::is_whitespace).map_or(0, |at| at + 1);
        words_near(text.get(from..)?).find_map(meant_by_word)
    });
    match near {
        Some(help) => diagnostic.help(help),
        None => diagnostic,
    }
}

/// The first two words of a text.
fn words_near(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| letter.is_whitespace() || matches!(letter, '(' | ')' | '"' | '.')).take(2)
}

struct Reader<'o> {
    options: &'o Options,
    fields: &'o mut Fields,
}

impl Reader<'_> {
    /// Recursion is as deep as the brackets, which the parser limits.
    fn condition(&mut self, expression: &Expression<'_>) -> Result<Term, Fault> {
        let span = expression.span;
        match &expression.kind {
            Kind::And(operands) => Ok(Term::All(self.conditions(operands)?)),
            Kind::Or(operands) => Ok(Term::Any(self.conditions(operands)?)),
            Kind::Not(operand) => Ok(self.condition(operand)?.not()),
            Kind::Boolean(_) => Ok(check(self.constant_operand(expression)?, Ask::Ticked)),
            Kind::Name(name) => Ok(check(self.field(name), Ask::Ticked)),
            Kind::Chain(head, links) => match field_name(head, links) {
                Some(name) => Ok(check(self.field(&name), Ask::Ticked)),
                None => self.method(head, links, span),
            },
            Kind::Call(name, arguments) => match arguments.split_first() {
                Some((subject, rest)) => self.call(name.text, name.span, &subject.value, rest),
                None => Err(Fault::new(Problem::NotACondition, span)),
            },
            Kind::Operators(first, rest) => match rest {
                [(operator, second)] => self.comparison(first, *operator, second, span),
                [(operator, _), ..] if relation(*operator).is_some() => Err(Fault::new(Problem::Chained, span)),
                _ => Err(Fault::new(Problem::NotACondition, span)),
            },
            _ => Err(Fault::new(Problem::NotACondition, span)),
        }
    }

    fn conditions(&mut self, operands: &[Expression<'_>]) -> Result<Vec<Term>, Fault> {
        operands.iter().map(|operand| self.condition(operand)).collect()
    }

    fn comparison(
        &mut self,
        first: &Expression<'_>,
        operator: Operator,
        second: &Expression<'_>,
        span: Span,
    ) -> Result<Term, Fault> {
        let Some(relation) = relation(operator) else { return Err(Fault::new(Problem::NotACondition, span)) };
        let is_equality = matches!(relation, Relation::Equal | Relation::NotEqual);
        if let (Kind::Boolean(wanted), true, true) = (&second.kind, is_equality, is_condition(first)) {
            return Ok(self.condition(first)?.is(*wanted == (relation == Relation::Equal)));
        }
        if let Kind::Period(words) = &second.kind {
            let subject = self.operand(first, true)?;
            let period = Period::read(words).ok_or_else(|| Fault::new(Problem::NumberRange, second.span))?;
            let within = check(subject, Ask::Within(period));
            return match relation {
                Relation::In => Ok(within),
                Relation::NotIn => Ok(within.not()),
                _ => Err(Fault::operand(relation, format!("`{words}`"), second.span)),
            };
        }
        for (one, other) in [(first, second), (second, first)] {
            if matches!(one.kind, Kind::Null) {
                if !is_equality {
                    return Err(Fault::operand(relation, "null", one.span));
                }
                let subject = self.operand(other, std::ptr::eq(other, first))?;
                return Ok(check(subject, Ask::Null).is(relation == Relation::Equal));
            }
        }
        let subject = self.operand(first, true)?;
        let object = self.operand(second, false)?;
        if let (Operand::Constant(left), Operand::Constant(_)) = (&subject, &object)
            && matches!(left.data, Data::Text(_))
        {
            return Err(Fault::new(Problem::NoField, first.span));
        }
        for (operand, expression) in [(&subject, first), (&object, second)] {
            if let (true, Operand::Constant(constant)) = (relation.is_order(), operand)
                && !constant.has_order()
            {
                return Err(Fault::operand(relation, describe(&constant.data), expression.span));
            }
        }
        Ok(check(subject, Ask::Compare(relation, object)))
    }

    /// `Name.last_name.contains("x")`
    fn method(&mut self, head: &Expression<'_>, links: &[Link<'_>], span: Span) -> Result<Term, Fault> {
        let Some((last, before)) = links.split_last() else { return Err(Fault::new(Problem::NotACondition, span)) };
        let Some(arguments) = &last.arguments else { return Err(Fault::new(Problem::NotACondition, span)) };
        let subject = match before {
            [] => self.operand(head, true)?,
            before => match field_name(head, before) {
                Some(name) => self.field(&name),
                None => {
                    let call = before.iter().find(|link| link.arguments.is_some()).unwrap_or(last);
                    return Err(Fault::new(Problem::UnknownFunction(call.name.text.to_owned()), call.name.span));
                }
            },
        };
        self.ask(last.name.text, last.name.span, subject, arguments)
    }

    /// `isNull(Email)`
    fn call(
        &mut self,
        name: &str,
        span: Span,
        subject: &Expression<'_>,
        arguments: &[Argument<'_>],
    ) -> Result<Term, Fault> {
        let subject = self.operand(subject, true)?;
        self.ask(name, span, subject, arguments)
    }

    fn ask(&mut self, name: &str, span: Span, subject: Operand, arguments: &[Argument<'_>]) -> Result<Term, Fault> {
        let Some(function) = function::named(name) else {
            return Err(Fault::new(Problem::UnknownFunction(name.to_owned()), span));
        };
        let count = usize::from(function.takes_argument());
        if arguments.len() != count {
            return Err(Fault::new(Problem::ArgumentCount { function: name.to_owned(), wanted: count }, span));
        }
        let object = match arguments {
            [argument] => {
                let object = self.operand(&argument.value, false)?;
                if matches!(&object, Operand::Constant(constant) if matches!(constant.data, Data::Null | Data::List { .. }))
                {
                    let problem = Problem::Operand { operator: name.to_owned(), what: "null or a list".to_owned() };
                    return Err(Fault::new(problem, argument.value.span));
                }
                Some(object)
            }
            _ => None,
        };
        Ok(function.term(subject, object))
    }

    /// A field, a constant or a date that moves. On the left a bare name is always a field.
    fn operand(&mut self, expression: &Expression<'_>, left: bool) -> Result<Operand, Fault> {
        let span = expression.span;
        match &expression.kind {
            Kind::Name(name) => match Moving::named(name).filter(|_| !left) {
                Some(moving) => Ok(Operand::Moving(moving)),
                None => Ok(self.field(name)),
            },
            Kind::Chain(head, links) => match (&head.kind, *links) {
                (Kind::Name(zoho), [variable, calls @ ..]) if zoho.eq_ignore_ascii_case("zoho") => {
                    let moving = Moving::system(variable.name.text).filter(|_| variable.arguments.is_none());
                    let moving = moving.ok_or_else(|| Fault::new(Problem::NotAnOperand, span))?;
                    self.shifted(moving, calls)
                }
                _ if field_name(head, links).is_some() => Ok(self.field(&field_name(head, links).unwrap_or_default())),
                (Kind::Name(name), calls) => match Moving::named(name) {
                    Some(moving) => self.shifted(moving, calls),
                    None => Err(self.no_function(links, span)),
                },
                (Kind::Call(name, []), calls) => match Moving::named(name.text) {
                    Some(moving) => self.shifted(moving, calls),
                    None => Err(Fault::new(Problem::NotAnOperand, span)),
                },
                _ => Err(self.no_function(links, span)),
            },
            Kind::Call(name, []) => match Moving::named(name.text) {
                Some(moving) => Ok(Operand::Moving(moving)),
                None => Err(Fault::new(Problem::NotAnOperand, span)),
            },
            _ => self.constant_operand(expression),
        }
    }

    /// The error for functions where a value is needed.
    fn no_function(&self, links: &[Link<'_>], span: Span) -> Fault {
        match links.iter().find(|link| link.arguments.is_some()) {
            Some(link) => Fault::new(Problem::UnknownFunction(link.name.text.to_owned()), link.name.span),
            None => Fault::new(Problem::NotAnOperand, span),
        }
    }

    /// `today.addDay(7).subMonth(1)`
    fn shifted(&mut self, moving: Moving, calls: &[Link<'_>]) -> Result<Operand, Fault> {
        let shift = |moving: Moving, call: &Link<'_>| {
            let unknown = || Fault::new(Problem::UnknownFunction(call.name.text.to_owned()), call.name.span);
            let [argument] = call.arguments.unwrap_or_default() else { return Err(unknown()) };
            match self.constant(&argument.value)? {
                Data::Number(count) => moving.shifted(call.name.text, count).ok_or_else(unknown),
                _ => Err(Fault::new(Problem::NotAnOperand, argument.value.span)),
            }
        };
        calls.iter().try_fold(moving, shift).map(Operand::Moving)
    }

    fn field(&mut self, name: &str) -> Operand {
        Operand::Field(self.fields.place(name))
    }

    fn constant_operand(&self, expression: &Expression<'_>) -> Result<Operand, Fault> {
        let data = self.constant(expression)?;
        Ok(Operand::Constant(Box::new(Constant::new(data, self.options))))
    }

    /// A value that is known now.
    fn constant(&self, expression: &Expression<'_>) -> Result<Data, Fault> {
        let span = expression.span;
        Ok(match &expression.kind {
            Kind::Null => Data::Null,
            Kind::Boolean(value) => Data::Boolean(*value),
            Kind::Number(digits) => match digits.parse() {
                Ok(number) => Data::Number(number),
                Err(_) => decimal(digits, span)?,
            },
            Kind::Decimal(digits) => decimal(digits, span)?,
            Kind::Text(raw, Quote::Single) if looks_like_date(raw) && !is_miswritten_date(raw) => {
                let date = DateTime::read(raw, &self.options.dates);
                Data::DateTime(date.map_err(|_| Fault::new(Problem::BadDate((*raw).to_owned()), span))?)
            }
            Kind::Text(raw, _) => Data::Text(unescape(raw).into_owned()),
            Kind::List(items) => {
                Data::list(items.iter().map(|item| self.constant(item)).collect::<Result<Vec<_>, _>>()?)
            }
            Kind::Braces => Data::list([]),
            Kind::Negate(operand) => {
                let value = self.constant(operand)?.to_value().negate();
                computed(value, span)?
            }
            Kind::Operators(first, rest) => {
                let mut value = self.constant(first)?.to_value();
                for (operator, operand) in *rest {
                    let right = self.constant(operand)?.to_value();
                    let result = match operator {
                        Operator::Add => value.add(&right),
                        Operator::Subtract => value.subtract(&right),
                        Operator::Multiply => value.multiply(&right),
                        Operator::Divide => value.divide(&right),
                        Operator::Remainder => value.remainder(&right),
                        _ => return Err(Fault::new(Problem::Chained, span)),
                    };
                    value = result
                        .map_err(|failure| Fault::new(Problem::Arithmetic(failure.into_report().message), span))?;
                }
                computed(Ok(value), span)?
            }
            Kind::Name(_) | Kind::Chain(..) => return Err(Fault::new(Problem::FieldArithmetic, span)),
            _ => return Err(Fault::new(Problem::NotAnOperand, span)),
        })
    }
}

fn computed(value: Result<crate::value::Value, crate::value::Failure>, span: Span) -> Result<Data, Fault> {
    let data = value.and_then(|value| Data::from_value(&value));
    data.map_err(|failure| Fault::new(Problem::Arithmetic(failure.into_report().message), span))
}

fn decimal(digits: &str, span: Span) -> Result<Data, Fault> {
    Decimal::parse(digits).map(Data::Decimal).ok_or_else(|| Fault::new(Problem::NumberRange, span))
}

fn check(subject: Operand, ask: Ask) -> Term {
    Term::Check(Check { subject, ask, loose: false })
}

/// The dotted name of a field, if nothing is called.
fn field_name(head: &Expression<'_>, links: &[Link<'_>]) -> Option<String> {
    let Kind::Name(first) = head.kind else { return None };
    let plain = links.iter().all(|link| link.arguments.is_none()) && !first.eq_ignore_ascii_case("zoho");
    plain.then(|| links.iter().fold(first.to_owned(), |name, link| name + "." + link.name.text))
}

/// Whether an expression is true or false by its form.
fn is_condition(expression: &Expression<'_>) -> bool {
    match &expression.kind {
        Kind::And(_) | Kind::Or(_) | Kind::Not(_) | Kind::Call(..) => true,
        Kind::Operators(_, rest) => rest.iter().any(|(operator, _)| relation(*operator).is_some()),
        Kind::Chain(_, links) => {
            links.last().is_some_and(|link| function::named(link.name.text).is_some() && link.arguments.is_some())
        }
        _ => false,
    }
}

fn relation(operator: Operator) -> Option<Relation> {
    Some(match operator {
        Operator::Equal => Relation::Equal,
        Operator::NotEqual => Relation::NotEqual,
        Operator::Less => Relation::Less,
        Operator::LessOrEqual => Relation::LessOrEqual,
        Operator::Greater => Relation::Greater,
        Operator::GreaterOrEqual => Relation::GreaterOrEqual,
        Operator::In => Relation::In,
        Operator::NotIn => Relation::NotIn,
        _ => return None,
    })
}

/// A constant in a message.
pub(super) fn describe(data: &Data) -> String {
    match data {
        Data::Text(text) => format!("the text \"{}\"", text.chars().take(40).collect::<String>()),
        Data::Boolean(value) => format!("{value}"),
        Data::List { .. } => "a list".into(),
        _ => "this value".into(),
    }
}
