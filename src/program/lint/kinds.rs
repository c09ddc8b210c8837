//! What is certain of the kinds of values before a script runs. A variable has the kinds of everything that the function
//! assigns to it, wherever that stands; as soon as one of them is unknown, so is the variable. Null is left out: a
//! variable may always be unassigned, and that is found by other checks.

use crate::catalogue::Catalogue;
use crate::program::Type;
use crate::program::bound::{Constant, Expression, ExpressionKind, Function, Slot, StatementKind, StepKind};
use crate::syntax::ast::Operator;
use crate::value::{Kind, Kinds};

use super::walk;

/// Nothing is known: it can be anything.
pub(super) const UNKNOWN: Kinds = Kinds::ANY;
pub(super) const NUMERIC: Kinds = Kinds::NUMBER.or(Kinds::DECIMAL);
const ANY_LIST: Kinds = Kinds::LIST;
const ANY_MAP: Kinds = Kinds::MAP;

/// Built-ins whose result has the same kind for every receiver, as their pages say; a null result is left out.
const RESULTS: &[(Kinds, &[&str])] = &[
    (
        Kinds::TEXT,
        &[
            "concat",
            "toString",
            "toText",
            "toUpperCase",
            "upper",
            "toLowerCase",
            "lower",
            "trim",
            "ltrim",
            "rtrim",
            "subString",
            "subText",
            "mid",
            "left",
            "right",
            "leftpad",
            "rightpad",
            "proper",
            "repeat",
            "replaceAll",
            "replaceFirst",
            "replaceAllIgnoreCase",
            "replaceFirstIgnoreCase",
            "removeAllAlpha",
            "removeAllAlphaNumeric",
            "removeFirstOccurence",
            "removeLastOccurence",
            "getAlpha",
            "getAlphaNumeric",
            "textToHex",
            "hexToText",
            "htmlEncode",
            "htmlDecode",
            "xmlEncode",
            "xmlDecode",
            "encodeUrl",
        ],
    ),
    (
        Kinds::NUMBER,
        &[
            "length",
            "len",
            "size",
            "toLong",
            "toNumber",
            "indexOf",
            "lastIndexOf",
            "getOccurenceCount",
            "ceil",
            "floor",
        ],
    ),
    (NUMERIC, &["toDecimal", "round", "abs", "sqrt", "power"]),
    (
        Kinds::BOOLEAN,
        &[
            "contains",
            "containsIgnoreCase",
            "notContains",
            "startsWith",
            "startsWithIgnoreCase",
            "endsWith",
            "endsWithIgnoreCase",
            "equalsIgnoreCase",
            "matches",
            "isNull",
            "isBlank",
            "isEmpty",
            "isNumber",
            "isText",
            "isDate",
            "containsKey",
            "containKey",
            "containsValue",
            "containValue",
            "isEven",
            "isOdd",
        ],
    ),
    (
        Kinds::DATE,
        &["today", "now", "addDay", "subDay", "addWeek", "subWeek", "addMonth", "subMonth", "addYear", "subYear"],
    ),
    (ANY_LIST, &["List", "toList", "toJSONList", "keys", "distinct", "intersect", "subList"]),
    (ANY_MAP, &["Map", "toMap"]),
];

/// What is known of the values in one function.
pub(super) struct Known<'f> {
    /// The kinds that each variable can hold.
    slots: Vec<Kinds>,
    functions: &'f [Function<'f>],
    catalogue: &'f Catalogue,
    /// Whether null may stand for what did not settle.
    null_is_anything: bool,
}

impl<'f> Known<'f> {
    /// Finds out what is certain of a function's variables.
    pub(super) fn new(
        function: &'f Function<'f>,
        functions: &'f [Function<'f>],
        catalogue: &'f Catalogue,
        null_is_anything: bool,
    ) -> Self {
        let mut sets: Vec<(Slot, &Expression)> = Vec::new();
        let mut slots = vec![Kinds::NONE; function.variables.len()];
        let mut unknown: Vec<Slot> = function.input.into_iter().collect();
        walk::statements(function.body, &mut |statement| match &statement.kind {
            StatementKind::Set(slot, value) => sets.push((*slot, value)),
            StatementKind::Each { variable, .. } => unknown.push(*variable),
            StatementKind::Try { variable, .. } => unknown.extend(variable),
            _ => {}
        });
        let mut assigned = vec![false; slots.len()];
        for (slot, _) in &sets {
            assigned.iter_mut().skip(usize::from(*slot)).take(1).for_each(|assigned| *assigned = true);
        }
        for (slot, kinds) in slots.iter_mut().enumerate() {
            // A parameter holds what its type admits; what nothing assigns is given to the run.
            *kinds = match function.parameters.get(slot) {
                Some(parameter) => declared(*parameter),
                None if assigned.get(slot) == Some(&true) => Kinds::NONE,
                None => UNKNOWN,
            };
        }
        for slot in unknown {
            if let Some(kinds) = slots.get_mut(usize::from(slot)) {
                *kinds = UNKNOWN;
            }
        }
        let mut known = Self { slots, functions, catalogue, null_is_anything };
        known.settle(&sets);
        known
    }

    /// Kinds only grow, and one round settles what is assigned before it is read; a function that needs many rounds
    /// is given up, so that the work stays in proportion to its length.
    fn settle(&mut self, sets: &[(Slot, &Expression)]) {
        for _ in 0..6 {
            let mut changed = false;
            for (slot, value) in sets {
                let kinds = self.of(value);
                let Some(held) = self.slots.get_mut(usize::from(*slot)) else { continue };
                let both = held.or(kinds);
                changed |= both != *held;
                *held = both;
            }
            if !changed {
                return;
            }
        }
        self.slots.fill(UNKNOWN);
    }

    /// The kinds that a value can have; [`UNKNOWN`] when that is not certain.
    pub(super) fn of(&self, expression: &Expression) -> Kinds {
        match &expression.kind {
            ExpressionKind::Constant(Constant::Null) if self.null_is_anything => UNKNOWN,
            ExpressionKind::Constant(constant) => constant_kinds(*constant),
            ExpressionKind::Variable(slot) => self.slots.get(usize::from(*slot)).copied().unwrap_or(UNKNOWN),
            ExpressionKind::Map(_) => Kinds::of(Kind::Map),
            ExpressionKind::List(_) => Kinds::of(Kind::List),
            ExpressionKind::Braces => Kinds::LIST.or(Kinds::MAP),
            ExpressionKind::Conditional(parts) => {
                let [_, then, otherwise] = parts;
                self.of(then).or(self.of(otherwise))
            }
            ExpressionKind::Default(parts) => {
                let [value, otherwise] = parts;
                self.of(value).or(self.of(otherwise))
            }
            ExpressionKind::Builtin(group, _) => self.result(*group),
            ExpressionKind::Call(number, _) => {
                self.functions.get(usize::from(*number)).map_or(UNKNOWN, |called| declared(called.returns))
            }
            ExpressionKind::Chain(head, steps) => match steps.last() {
                Some(step) => self.after(&step.kind),
                None => self.of(head),
            },
            ExpressionKind::Operators(first, rest) => {
                rest.iter().fold(self.of(first), |left, (operator, right)| operated(left, *operator, self.of(right)))
            }
            ExpressionKind::And(_) | ExpressionKind::Or(_) | ExpressionKind::Not(_) => Kinds::BOOLEAN,
            ExpressionKind::Negate(_) => NUMERIC,
            ExpressionKind::Task(task, ..) if task.is_of_application() => {
                self.catalogue.application().function(&task.name).map_or(UNKNOWN, |function| function.gives)
            }
            ExpressionKind::Date(_)
            | ExpressionKind::System(_)
            | ExpressionKind::Task(..)
            | ExpressionKind::Missing(..) => UNKNOWN,
        }
    }

    /// The kinds of the value after a step of a chain.
    pub(super) fn after(&self, step: &StepKind) -> Kinds {
        match step {
            StepKind::Method(group, _) => self.result(*group),
            StepKind::Field(_) => UNKNOWN,
        }
    }

    fn result(&self, group: u16) -> Kinds {
        self.catalogue.group(group).map_or(UNKNOWN, |group| result_kinds(group.name))
    }
}

/// The kinds that a built-in gives whatever it is called with, null left out; [`Kinds::ANY`] when that is not known.
pub fn result_kinds(builtin: &str) -> Kinds {
    let known = RESULTS.iter().find(|(_, names)| names.iter().any(|name| name.eq_ignore_ascii_case(builtin)));
    known.map_or(UNKNOWN, |(kinds, _)| *kinds)
}

/// Whether something is known.
pub(super) fn is_certain(kinds: Kinds) -> bool {
    !kinds.is_empty() && !kinds.has(Kind::Caught) && kinds != Kinds::NULL
}

/// Whether two sets share a kind.
pub(super) fn overlap(one: Kinds, other: Kinds) -> bool {
    one.except(other) != one
}

fn constant_kinds(constant: Constant<'_>) -> Kinds {
    match constant {
        Constant::Null => Kinds::NULL,
        Constant::Boolean(_) => Kinds::BOOLEAN,
        Constant::Number(_) => Kinds::NUMBER,
        Constant::Decimal(_) => Kinds::DECIMAL,
        Constant::Text(_) => Kinds::TEXT,
        _ => UNKNOWN,
    }
}

fn declared(returns: Type) -> Kinds {
    match returns {
        Type::Text => Kinds::TEXT,
        Type::Number => Kinds::NUMBER,
        Type::Decimal => NUMERIC,
        Type::Boolean => Kinds::BOOLEAN,
        Type::Date => Kinds::DATE,
        Type::Map => ANY_MAP,
        Type::List => ANY_LIST,
        Type::Any | Type::Void | Type::Collection => UNKNOWN,
    }
}

fn operated(left: Kinds, operator: Operator, right: Kinds) -> Kinds {
    let numbers = is_certain(left) && is_certain(right) && !overlap(left.or(right), UNKNOWN.except(NUMERIC));
    match operator {
        Operator::Add if left == Kinds::TEXT || right == Kinds::TEXT => Kinds::TEXT,
        Operator::Add | Operator::Subtract | Operator::Multiply if numbers => left.or(right),
        Operator::Divide | Operator::Remainder if numbers => NUMERIC,
        Operator::Equal
        | Operator::NotEqual
        | Operator::Less
        | Operator::LessOrEqual
        | Operator::Greater
        | Operator::GreaterOrEqual
        | Operator::In
        | Operator::NotIn => Kinds::BOOLEAN,
        // Nothing yet is known of an operand while the variables are being settled.
        _ if left.is_empty() || right.is_empty() => Kinds::NONE,
        _ => UNKNOWN,
    }
}
