//! Trees as short texts: `(+ a b)` for operators, `a.f(x)` for calls, `{k: v}` for maps, `[a b]` for lists.

use crate::syntax::ast::*;

pub fn script(script: &Script<'_>) -> String {
    let functions = script.functions.iter().map(function);
    functions.chain(script.body.iter().map(statement)).collect::<Vec<_>>().join("; ")
}

fn function(function: &Function<'_>) -> String {
    let path: Vec<_> = function.path.iter().map(|name| name.text).collect();
    let parameter = |p: &Parameter<'_>| match p.type_name {
        Some(type_name) => format!("{} {}", type_text(type_name), p.name.text),
        None => p.name.text.to_owned(),
    };
    let parameters: Vec<_> = function.parameters.iter().map(parameter).collect();
    format!(
        "fn {} {}({}) {}",
        type_text(function.returns),
        path.join("."),
        parameters.join(", "),
        block(&function.body)
    )
}

fn type_text(type_name: &TypeName<'_>) -> String {
    match type_name.element {
        Some(element) => format!("{}:{}", type_name.name.text, element.text),
        None => type_name.name.text.to_owned(),
    }
}

fn block(block: &Block<'_>) -> String {
    format!("{{{}}}", block.statements.iter().map(statement).collect::<Vec<_>>().join("; "))
}

fn statement(statement: &Statement<'_>) -> String {
    match &statement.kind {
        StatementKind::Assign { target, operator, value } => {
            let target = match target {
                Target::Variable(name) => name.text.to_owned(),
                Target::Field(owner, name) => format!("{}.{}", expression(owner), name.text),
            };
            let operator = operator.map(Operator::sign).unwrap_or_default();
            format!("{target} {operator}= {}", expression(value))
        }
        StatementKind::Expression(value) => expression(value),
        StatementKind::Info(value) => format!("info {}", expression(value)),
        StatementKind::If { branches, otherwise } => {
            let branches =
                branches.iter().map(|(condition, body)| format!("if {} {}", expression(condition), block(body)));
            let otherwise = otherwise.iter().map(block);
            branches.chain(otherwise).collect::<Vec<_>>().join(" else ")
        }
        StatementKind::ForEach { index, variable, iterable, body } => {
            let index = if *index { "index " } else { "" };
            format!("for {index}{} in {} {}", variable.text, expression(iterable), block(body))
        }
        StatementKind::Try { body, variable, handler } => {
            let variable = variable.map(|name| format!(" {}", name.text)).unwrap_or_default();
            format!("try {} catch{variable} {}", block(body), block(handler))
        }
        StatementKind::Throw(value) => format!("throw {}", expression(value)),
        StatementKind::Update { records, fields } => format!("update {}{}", expression(records), written(fields)),
        StatementKind::Delete(records) => format!("delete {}", expression(records)),
        StatementKind::Client { verb, arguments } => {
            let arguments = arguments.iter().map(|value| format!(" {}", expression(value)));
            format!("<{}>{}", verb.text, arguments.collect::<String>())
        }
        StatementKind::Break => "break".into(),
        StatementKind::Continue => "continue".into(),
        StatementKind::Return(None) => "return".into(),
        StatementKind::Return(Some(value)) => format!("return {}", expression(value)),
        StatementKind::Broken => "BROKEN".into(),
    }
}

fn expression(value: &Expression<'_>) -> String {
    let all = |values: &[Expression<'_>]| values.iter().map(expression).collect::<Vec<_>>().join(" ");
    match &value.kind {
        ExpressionKind::Null => "null".into(),
        ExpressionKind::Boolean(value) => value.to_string(),
        ExpressionKind::Number(text) | ExpressionKind::Decimal(text) | ExpressionKind::Name(text) => (*text).to_owned(),
        ExpressionKind::Text(text, Quote::Double) => format!("\"{text}\""),
        ExpressionKind::Text(text, Quote::Single) => format!("'{text}'"),
        ExpressionKind::Map(pairs) => {
            let pairs: Vec<_> =
                pairs.iter().map(|(key, value)| format!("{}: {}", expression(key), expression(value))).collect();
            format!("{{{}}}", pairs.join(", "))
        }
        ExpressionKind::List(values) => format!("[{}]", all(values)),
        ExpressionKind::Braces => "{}".into(),
        ExpressionKind::Conditional(values) => format!("if({})", all(values)),
        ExpressionKind::Call(name, values) => format!("{}{}", name.text, arguments(values)),
        ExpressionKind::Chain(first, links) => {
            let link =
                |link: &Link<'_>| format!(".{}{}", link.name.text, link.arguments.map(arguments).unwrap_or_default());
            format!("{}{}", expression(first), links.iter().map(link).collect::<String>())
        }
        ExpressionKind::Operators(first, rest) => {
            let rest: String =
                rest.iter().map(|(operator, next)| format!(" {} {}", operator.sign(), expression(next))).collect();
            format!("({}{rest})", expression(first))
        }
        ExpressionKind::And(values) => format!("(and {})", all(values)),
        ExpressionKind::Or(values) => format!("(or {})", all(values)),
        ExpressionKind::Not(value) => format!("(not {})", expression(value)),
        ExpressionKind::Negate(value) => format!("(neg {})", expression(value)),
        ExpressionKind::Task(name, attributes) => {
            let attributes = attributes.iter().map(|a| format!(" {}={}", a.name.text, expression(&a.value)));
            format!("{}[{} ]", name.text, attributes.collect::<String>())
        }
        ExpressionKind::Fetch(form, criteria) => {
            format!("{}<{}>", form.text, criteria.map(expression).unwrap_or_default())
        }
        ExpressionKind::Arranged(of, arrangement) => {
            let sort =
                arrangement.sort.as_ref().map(|(field, descending)| format!(" sort {} {descending}", field.text));
            let range = arrangement.range.map(|(from, to)| format!(" {}..{}", expression(from), expression(to)));
            let all = if arrangement.all { " all" } else { "" };
            format!("({}{}{}{all})", expression(of), sort.unwrap_or_default(), range.unwrap_or_default())
        }
        ExpressionKind::Insert(form, fields) => format!("insert {}{}", form.text, written(fields)),
        ExpressionKind::Period(words) => format!("<{words}>"),
        ExpressionKind::Broken => "BROKEN".into(),
    }
}

fn written(fields: &[Field<'_>]) -> String {
    let fields = fields.iter().map(|field| format!(" {}={}", field.name.text, expression(&field.value)));
    format!("[{} ]", fields.collect::<String>())
}

fn arguments(arguments: &[Argument<'_>]) -> String {
    let argument = |argument: &Argument<'_>| match &argument.key {
        Some(key) => format!("{}: {}", expression(key), expression(&argument.value)),
        None => expression(&argument.value),
    };
    format!("({})", arguments.iter().map(argument).collect::<Vec<_>>().join(", "))
}
