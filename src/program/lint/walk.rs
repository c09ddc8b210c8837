//! Ways through a settled function. Recursion is as deep as brackets are nested, which the parser limits.

use crate::program::bound::{Expression, ExpressionKind, Statement, StatementKind, StepKind};

/// Calls `see` with every statement, outer ones before the ones in them.
pub(super) fn statements<'f>(body: &'f [Statement<'f>], see: &mut dyn FnMut(&'f Statement<'f>)) {
    for statement in body {
        see(statement);
        blocks(statement, &mut |block| statements(block, see));
    }
}

/// Calls `see` with every expression of the statements, outer ones before the ones in them.
pub(in crate::program) fn expressions<'f>(body: &'f [Statement<'f>], see: &mut dyn FnMut(&'f Expression<'f>)) {
    statements(body, &mut |statement| own(statement, &mut |expression| within(expression, see)));
}

/// Calls `see` with the expression and every one in it.
pub(super) fn within<'f>(expression: &'f Expression<'f>, see: &mut dyn FnMut(&'f Expression<'f>)) {
    see(expression);
    parts(expression, &mut |part| within(part, see));
}

/// The blocks of a statement, in order.
pub(super) fn blocks<'f>(statement: &'f Statement<'f>, see: &mut dyn FnMut(&'f [Statement<'f>])) {
    match &statement.kind {
        StatementKind::If(branches, otherwise) => {
            branches.iter().for_each(|(_, block)| see(block));
            see(otherwise);
        }
        StatementKind::Each { body, .. } => see(body),
        StatementKind::Try { body, handler, .. } => {
            see(body);
            see(handler);
        }
        _ => {}
    }
}

/// The expressions of a statement that are in none of its blocks.
pub(super) fn own<'f>(statement: &'f Statement<'f>, see: &mut dyn FnMut(&'f Expression<'f>)) {
    match &statement.kind {
        StatementKind::Set(_, value)
        | StatementKind::Do(value)
        | StatementKind::Info(value)
        | StatementKind::Throw(value)
        | StatementKind::Return(Some(value))
        | StatementKind::Each { iterable: value, .. } => see(value),
        StatementKind::SetField(of, _, value) => {
            see(of);
            see(value);
        }
        StatementKind::If(branches, _) => branches.iter().for_each(|(condition, _)| see(condition)),
        StatementKind::Try { .. } | StatementKind::Break | StatementKind::Continue | StatementKind::Return(None) => {}
    }
}

/// The expressions directly in an expression.
pub(super) fn parts<'f>(expression: &'f Expression<'f>, see: &mut dyn FnMut(&'f Expression<'f>)) {
    match &expression.kind {
        ExpressionKind::Constant(_)
        | ExpressionKind::Date(_)
        | ExpressionKind::Variable(_)
        | ExpressionKind::System(_)
        | ExpressionKind::Braces => {}
        ExpressionKind::Map(pairs) => pairs.iter().for_each(|(key, value)| {
            see(key);
            see(value);
        }),
        ExpressionKind::List(items)
        | ExpressionKind::Builtin(_, items)
        | ExpressionKind::Call(_, items)
        | ExpressionKind::Task(_, _, items)
        | ExpressionKind::Missing(_, items)
        | ExpressionKind::And(items)
        | ExpressionKind::Or(items) => items.iter().for_each(see),
        ExpressionKind::Conditional(parts) => parts.iter().for_each(see),
        ExpressionKind::Default(parts) => parts.iter().for_each(see),
        ExpressionKind::Chain(head, steps) => {
            see(head);
            for step in steps.iter() {
                if let StepKind::Method(_, arguments) = &step.kind {
                    arguments.iter().for_each(&mut *see);
                }
            }
        }
        ExpressionKind::Operators(first, rest) => {
            see(first);
            rest.iter().for_each(|(_, operand)| see(operand));
        }
        ExpressionKind::Not(operand) | ExpressionKind::Negate(operand) => see(operand),
    }
}

/// Whether nothing after this statement is reached.
pub(super) fn leaves(statement: &Statement) -> bool {
    match &statement.kind {
        StatementKind::Return(_) | StatementKind::Throw(_) | StatementKind::Break | StatementKind::Continue => true,
        StatementKind::If(branches, otherwise) => {
            branches.iter().all(|(_, block)| block_leaves(block)) && block_leaves(otherwise)
        }
        // An error anywhere in the protected statements leads to the handler.
        StatementKind::Try { body, handler, .. } => block_leaves(body) && block_leaves(handler),
        _ => false,
    }
}

/// Whether the end of the block is not reached.
pub(super) fn block_leaves(block: &[Statement]) -> bool {
    block.iter().any(leaves)
}
