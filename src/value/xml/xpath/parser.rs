//! Words as a tree, by recursive descent. It descends only at brackets, which nest at most [`MAX_DEPTH`] deep.

use super::ast::{Axis, Expression, Function, Operator, Path, Start, Step, Test};
use super::lexer::{Token, words};
use crate::value::xml::Problem;

/// Brackets within brackets.
const MAX_DEPTH: usize = 32;
/// Bytes of one path.
const MAX_BYTES: usize = 10_000;

/// Reads a path. `namespace` knows what a prefix stands for.
pub(super) fn parse(path: &str, namespace: &dyn Fn(&str) -> Option<String>) -> Result<Expression, Problem> {
    if path.len() > MAX_BYTES {
        return refused(format!("it is longer than {MAX_BYTES} bytes"));
    }
    let words = words(path)?;
    let mut parser = Parser { rest: &words, depth: 0, namespace };
    let expression = parser.expression()?;
    match parser.rest.first() {
        None => Ok(expression),
        Some(_) => refused(format!("{} is not expected", parser.shown())),
    }
}

/// The operators, the weakest first.
const RANKS: [&[(Token<'_>, Operator)]; 6] = [
    &[(Token::Name("or"), Operator::Or)],
    &[(Token::Name("and"), Operator::And)],
    &[(Token::Equal, Operator::Equal), (Token::NotEqual, Operator::NotEqual)],
    &[
        (Token::Less, Operator::Less),
        (Token::LessOrEqual, Operator::LessOrEqual),
        (Token::Greater, Operator::Greater),
        (Token::GreaterOrEqual, Operator::GreaterOrEqual),
    ],
    &[(Token::Plus, Operator::Plus), (Token::Minus, Operator::Minus)],
    &[
        (Token::Star, Operator::Times),
        (Token::Name("div"), Operator::Divide),
        (Token::Name("mod"), Operator::Remainder),
    ],
];

struct Parser<'a> {
    rest: &'a [Token<'a>],
    depth: usize,
    namespace: &'a dyn Fn(&str) -> Option<String>,
}

impl<'a> Parser<'a> {
    fn expression(&mut self) -> Result<Expression, Problem> {
        if self.depth >= MAX_DEPTH {
            return refused(format!("its brackets are nested deeper than {MAX_DEPTH} levels"));
        }
        self.depth += 1;
        let expression = self.chain(0)?;
        self.depth -= 1;
        Ok(expression)
    }

    fn chain(&mut self, rank: usize) -> Result<Expression, Problem> {
        let Some(operators) = RANKS.get(rank) else { return self.signed() };
        let first = self.chain(rank + 1)?;
        let mut others = Vec::new();
        while let Some(word) = self.rest.first()
            && let Some((_, operator)) = operators.iter().find(|(token, _)| token == word)
        {
            self.skip();
            others.push((*operator, self.chain(rank + 1)?));
        }
        Ok(if others.is_empty() { first } else { Expression::Chain(Box::new(first), others) })
    }

    fn signed(&mut self) -> Result<Expression, Problem> {
        let mut signs = 0;
        while self.eat(Token::Minus) {
            signs += 1;
        }
        let expression = self.union()?;
        Ok(if signs == 0 { expression } else { Expression::Negated(signs % 2 == 1, Box::new(expression)) })
    }

    fn union(&mut self) -> Result<Expression, Problem> {
        let first = self.path()?;
        if self.rest.first() != Some(&Token::Bar) {
            return Ok(first);
        }
        let mut parts = vec![first];
        while self.eat(Token::Bar) {
            parts.push(self.path()?);
        }
        Ok(Expression::Union(parts))
    }

    fn path(&mut self) -> Result<Expression, Problem> {
        let mut steps = Vec::new();
        let start = if self.at_primary() {
            let primary = self.primary()?;
            let predicates = self.predicates()?;
            let goes_on = matches!(self.rest.first(), Some(Token::Slash | Token::DoubleSlash));
            if predicates.is_empty() && !goes_on {
                return Ok(primary);
            }
            self.further_steps(&mut steps)?;
            Start::Nodes(Box::new(primary), predicates)
        } else if self.rest.first() == Some(&Token::DoubleSlash) {
            self.further_steps(&mut steps)?;
            Start::Root
        } else if self.eat(Token::Slash) {
            if self.at_step() {
                steps.push(self.step()?);
                self.further_steps(&mut steps)?;
            }
            Start::Root
        } else {
            steps.push(self.step()?);
            self.further_steps(&mut steps)?;
            Start::Here
        };
        Ok(Expression::Path(Path { start, steps }))
    }

    /// A call, a text, a number or a bracket, and not a test of a step such as `text()`.
    fn at_primary(&self) -> bool {
        match self.rest {
            [Token::Open | Token::Text(_) | Token::Number(_), ..] => true,
            [Token::Name(name), Token::Open, ..] => !is_node_type(name),
            _ => false,
        }
    }

    fn at_step(&self) -> bool {
        use Token::{AnyOf, At, Dot, DoubleDot, Name, Star};
        matches!(self.rest.first(), Some(Dot | DoubleDot | At | Name(_) | Star | AnyOf(_)))
    }

    fn primary(&mut self) -> Result<Expression, Problem> {
        match self.take()? {
            Token::Text(text) => Ok(Expression::Text(text.to_owned())),
            Token::Number(digits) => Ok(Expression::Number(super::object::number(digits))),
            Token::Open => {
                let expression = self.expression()?;
                self.need(Token::Close)?;
                Ok(expression)
            }
            Token::Name(name) => self.call(name),
            _ => refused("a value is missing".to_owned()),
        }
    }

    fn call(&mut self, name: &str) -> Result<Expression, Problem> {
        let Some((function, fewest, most)) = Function::named(name) else {
            return refused(format!("it has no function `{name}`"));
        };
        self.need(Token::Open)?;
        let mut arguments = Vec::new();
        if !self.eat(Token::Close) {
            loop {
                arguments.push(self.expression()?);
                if !self.eat(Token::Comma) {
                    break;
                }
            }
            self.need(Token::Close)?;
        }
        if !(fewest..=most).contains(&arguments.len()) {
            return refused(format!("`{name}` takes another number of arguments"));
        }
        Ok(Expression::Call(function, arguments))
    }

    fn predicates(&mut self) -> Result<Vec<Expression>, Problem> {
        let mut predicates = Vec::new();
        while self.eat(Token::OpenPredicate) {
            predicates.push(self.expression()?);
            self.need(Token::ClosePredicate)?;
        }
        Ok(predicates)
    }

    fn further_steps(&mut self, steps: &mut Vec<Step>) -> Result<(), Problem> {
        loop {
            if self.eat(Token::DoubleSlash) {
                steps.push(Step { axis: Axis::DescendantOrSelf, test: Test::Anything, predicates: Vec::new() });
            } else if !self.eat(Token::Slash) {
                return Ok(());
            }
            steps.push(self.step()?);
        }
    }

    fn step(&mut self) -> Result<Step, Problem> {
        let short = |axis| Ok(Step { axis, test: Test::Anything, predicates: Vec::new() });
        if self.eat(Token::Dot) {
            return short(Axis::Itself);
        }
        if self.eat(Token::DoubleDot) {
            return short(Axis::Parent);
        }
        let axis = if self.eat(Token::At) {
            Axis::Attribute
        } else if let [Token::Name(name), Token::DoubleColon, rest @ ..] = self.rest {
            self.rest = rest;
            Axis::named(name).ok_or_else(|| Problem::Path(format!("it has no axis `{name}`")))?
        } else {
            Axis::Child
        };
        Ok(Step { axis, test: self.test()?, predicates: self.predicates()? })
    }

    fn test(&mut self) -> Result<Test, Problem> {
        match self.take()? {
            Token::Star => Ok(Test::AnyName),
            Token::AnyOf(prefix) => Ok(Test::AnyOf(self.namespace(prefix)?)),
            Token::Name(name) if is_node_type(name) && self.eat(Token::Open) => self.node_type(name),
            Token::Name(name) => match name.split_once(':') {
                Some((prefix, local)) => Ok(Test::Qualified(self.namespace(prefix)?, local.to_owned())),
                None => Ok(Test::Plain(name.to_owned())),
            },
            _ => refused("the name of a node is missing".to_owned()),
        }
    }

    fn node_type(&mut self, name: &str) -> Result<Test, Problem> {
        let test = match (name, self.rest) {
            ("text", _) => Test::Text,
            ("comment", _) => Test::Comment,
            ("node", _) => Test::Anything,
            (_, [Token::Text(target), rest @ ..]) => {
                self.rest = rest;
                Test::Instruction(Some((*target).to_owned()))
            }
            _ => Test::Instruction(None),
        };
        self.need(Token::Close)?;
        Ok(test)
    }

    fn namespace(&self, prefix: &str) -> Result<String, Problem> {
        (self.namespace)(prefix).ok_or_else(|| Problem::Path(format!("the text declares no prefix `{prefix}`")))
    }

    fn take(&mut self) -> Result<Token<'a>, Problem> {
        let Some((first, rest)) = self.rest.split_first() else { return refused("it ends too early".to_owned()) };
        self.rest = rest;
        Ok(*first)
    }

    fn skip(&mut self) {
        self.rest = self.rest.get(1..).unwrap_or_default();
    }

    fn eat(&mut self, wanted: Token<'_>) -> bool {
        let found = self.rest.first() == Some(&wanted);
        if found {
            self.skip();
        }
        found
    }

    fn need(&mut self, wanted: Token<'_>) -> Result<(), Problem> {
        if self.eat(wanted) {
            return Ok(());
        }
        refused(format!("`{}` is missing before {}", wanted.mark(), self.shown()))
    }

    /// What comes next, for a message.
    fn shown(&self) -> String {
        match self.rest.first() {
            None => "its end".to_owned(),
            Some(Token::Name(word) | Token::AnyOf(word) | Token::Number(word) | Token::Text(word)) => {
                format!("`{}`", word.chars().take(20).collect::<String>())
            }
            Some(mark) => format!("`{}`", mark.mark()),
        }
    }
}

fn is_node_type(name: &str) -> bool {
    matches!(name, "comment" | "text" | "processing-instruction" | "node")
}

fn refused<T>(detail: String) -> Result<T, Problem> {
    Err(Problem::Path(detail))
}
