//! The tree that parsing yields. Texts are slices of the source, literals stay as written: their meaning is settled
//! later, where the dialect, the date format and the known functions are known. Chains of operators and of calls are
//! flat nodes with many children, so that the depth of a tree is the depth of brackets that a person wrote, which the
//! context pass limits; walking a tree by recursion is therefore safe.
//!
//! What a node holds lies in an [`Arena`](super::Arena): a tree takes no allocation for each node, and is freed as a whole.

use std::borrow::Cow;

use crate::source::Span;

/// A parsed source: function definitions and the statements that stand outside of them, each in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Script<'s> {
    /// Function definitions; they may be called before the line that defines them.
    pub functions: Vec<Function<'s>>,
    /// Statements outside functions; together they are the script's body.
    pub body: Vec<Statement<'s>>,
}

/// A name as written, with its place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Name<'s> {
    /// As written; variables are compared with regard to case, functions without.
    pub text: &'s str,
    /// Where it stands.
    pub span: Span,
}

/// A function definition: `string standalone.greet(String name) { … }`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Function<'s> {
    /// The declared result type; `void` gives nothing.
    pub returns: &'s TypeName<'s>,
    /// The dotted name, at least one part: `standalone.greet` has two.
    pub path: &'s [Name<'s>],
    /// Parameters in order.
    pub parameters: &'s [Parameter<'s>],
    /// What it does.
    pub body: Block<'s>,
    /// From the type to the closing parenthesis.
    pub header: Span,
}

impl<'s> Function<'s> {
    /// The dotted name.
    pub fn name(&self) -> Cow<'s, str> {
        match self.path {
            [only] => Cow::Borrowed(only.text),
            parts => Cow::Owned(parts.iter().map(|name| name.text).collect::<Vec<_>>().join(".")),
        }
    }
}

/// A parameter: `String name`; the type may be left out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Parameter<'s> {
    /// The declared type, if any.
    pub type_name: Option<&'s TypeName<'s>>,
    /// The name the body uses.
    pub name: Name<'s>,
}

/// A type as written: `string`, `Map`, `list:int`, or the name of a form.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TypeName<'s> {
    /// The type.
    pub name: Name<'s>,
    /// The element type of `list:int`.
    pub element: Option<Name<'s>>,
}

/// Statements between braces.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Block<'s> {
    /// In order.
    pub statements: &'s [Statement<'s>],
    /// Braces included.
    pub span: Span,
}

/// One statement and its place, the closing `;` or `}` included.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Statement<'s> {
    /// What it does.
    pub kind: StatementKind<'s>,
    /// Where it stands.
    pub span: Span,
}

/// The kinds of statements.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum StatementKind<'s> {
    /// `name = value;`, or `name += value;` with an operator.
    Assign {
        /// What is set.
        target: Target<'s>,
        /// The operator of a compound assignment.
        operator: Option<Operator>,
        /// The new value.
        value: Expression<'s>,
    },
    /// An expression on its own: a call made for its effect.
    Expression(Expression<'s>),
    /// `info value;`
    Info(Expression<'s>),
    /// `if(…) {…} else if(…) {…} else {…}`; the branches are flat.
    If {
        /// Conditions with their blocks, the first is the `if`.
        branches: &'s [(Expression<'s>, Block<'s>)],
        /// The `else` block.
        otherwise: Option<Block<'s>>,
    },
    /// `for each x in list {…}` and `for each index i in list {…}`.
    ForEach {
        /// Whether the variable takes indexes instead of elements.
        index: bool,
        /// The loop variable.
        variable: Name<'s>,
        /// What is walked.
        iterable: Expression<'s>,
        /// What is repeated.
        body: Block<'s>,
    },
    /// `try {…} catch (e) {…}`
    Try {
        /// The protected block.
        body: Block<'s>,
        /// The variable that takes the error.
        variable: Option<Name<'s>>,
        /// What runs after an error.
        handler: Block<'s>,
    },
    /// `throw value;`
    Throw(Expression<'s>),
    /// `update records [ Field = value … ]`
    Update {
        /// A variable with records, or a fetch.
        records: Expression<'s>,
        /// What their fields become.
        fields: &'s [Field<'s>],
    },
    /// `delete from Form[criteria];`
    Delete(Expression<'s>),
    /// A statement for the person before the form: `alert "…";`, `cancel submit;`, `hide Field;`.
    Client {
        /// What is done, as written; `cancel submit` is one name.
        verb: Name<'s>,
        /// The field or the message, or both.
        arguments: &'s [Expression<'s>],
    },
    /// `break;`
    Break,
    /// `continue;`
    Continue,
    /// `return;` or `return value;`
    Return(Option<Expression<'s>>),
    /// A place that did not parse; a diagnostic tells why. Never compiled.
    Broken,
}

/// The left side of an assignment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Target<'s> {
    /// A variable.
    Variable(Name<'s>),
    /// A field of a value: `row.Amount`, `input.Email`.
    Field(&'s Expression<'s>, Name<'s>),
}

/// An expression and its place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Expression<'s> {
    /// What it is.
    pub kind: ExpressionKind<'s>,
    /// Where it stands, brackets included.
    pub span: Span,
}

impl Expression<'_> {
    /// One that did not parse.
    pub(super) fn broken() -> Self {
        Expression { kind: ExpressionKind::Broken, span: Span::default() }
    }
}

/// The kinds of expressions.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ExpressionKind<'s> {
    /// `null`
    Null,
    /// `true`, `false`
    Boolean(bool),
    /// Digits: `42`
    Number(&'s str),
    /// Digits with a point: `15.50`
    Decimal(&'s str),
    /// What stands between the quotes, escapes not yet resolved (see `syntax::unescape`).
    Text(&'s str, Quote),
    /// A variable or the first part of a dotted name.
    Name(&'s str),
    /// `{k : v, …}`, at least one pair.
    Map(&'s [(Expression<'s>, Expression<'s>)]),
    /// `[a, b]` or `{a, b}`; `[]` has no elements.
    List(&'s [Expression<'s>]),
    /// `{}`: an aggregate whose kind the first `put` or `add` decides.
    Braces,
    /// `if(condition, then, otherwise)`; the number of arguments is checked by the resolver.
    Conditional(&'s [Expression<'s>]),
    /// A call without receiver: `ifnull(a, b)`, `Map()`, `list:int()` (its name is then `list:int`).
    Call(&'s Name<'s>, &'s [Argument<'s>]),
    /// A value followed by one or more `.name` or `.name(…)`: `zoho.crm.getRecordById(…)`, `a.get("b").size()`.
    Chain(&'s Expression<'s>, &'s [Link<'s>]),
    /// Operands of operators of one rank, read from left to right: `a - b + c`, `a == b`.
    Operators(&'s Expression<'s>, &'s [(Operator, Expression<'s>)]),
    /// `a && b && c`, lazy, at least two.
    And(&'s [Expression<'s>]),
    /// `a || b || c`, lazy, at least two.
    Or(&'s [Expression<'s>]),
    /// `!a`
    Not(&'s Expression<'s>),
    /// `-a`; a chain of signs is folded to at most one.
    Negate(&'s Expression<'s>),
    /// A bracket task: `invokeurl [ url : … ]`.
    Task(&'s Name<'s>, &'s [Attribute<'s>]),
    /// Records of a Creator form: `Form[criteria]`; without criteria all of them.
    Fetch(&'s Name<'s>, Option<&'s Expression<'s>>),
    /// Records put in order or cut to a range: `Form[criteria] sort by Field desc range from 1 to 9`.
    Arranged(&'s Expression<'s>, &'s Arrangement<'s>),
    /// `insert into Form [ Field = value … ]`, which gives the record's ID.
    Insert(&'s Name<'s>, &'s [Field<'s>]),
    /// A span of time behind `in`: `this month`, `last 3 weeks`.
    Period(&'s str),
    /// A place that did not parse.
    Broken,
}

/// Which quotes a text was written in; single quotes also write dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quote {
    /// `'`
    Single,
    /// `"`
    Double,
}

/// An argument of a call; `key : value` in `Collection(k : v)`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Argument<'s> {
    /// The key of a pair.
    pub key: Option<&'s Expression<'s>>,
    /// The value.
    pub value: Expression<'s>,
}

/// One step of a chain.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Link<'s> {
    /// The name after the dot.
    pub name: Name<'s>,
    /// The arguments, when it is a call.
    pub arguments: Option<&'s [Argument<'s>]>,
    /// From the dot to the end of the name or of the closing parenthesis.
    pub span: Span,
}

/// `name : value` in a bracket task.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Attribute<'s> {
    /// As written; `content-type` and `reply to` are one name.
    pub name: Name<'s>,
    /// Its value; a bare word such as `GET` is a [`ExpressionKind::Name`]. Several values with commas between them, as
    /// the addresses of a mail may be written, are one [`ExpressionKind::List`].
    pub value: Expression<'s>,
}

/// `name = value` in `insert into` and `update`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Field<'s> {
    /// The field's link name; a part of a composite field is dotted: `Name.first_name`.
    pub name: Name<'s>,
    /// What it becomes.
    pub value: Expression<'s>,
}

/// The clauses behind a fetch.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Arrangement<'s> {
    /// The field to sort by, and whether the largest comes first.
    pub sort: Option<(Name<'s>, bool)>,
    /// The places of the first and the last record.
    pub range: Option<&'s (Expression<'s>, Expression<'s>)>,
    /// Whether the values of the field of all records are wanted, and not of the first alone: `.getall()`.
    pub all: bool,
}

/// Operators with two operands, other than the lazy `&&` and `||`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `%`
    Remainder,
    /// `==`, a single `=` between parentheses, and the word `is`
    Equal,
    /// `!=` and the words `is not`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// `in`
    In,
    /// `not in`
    NotIn,
}

impl Operator {
    /// As scripts write it.
    pub fn sign(self) -> &'static str {
        match self {
            Operator::Add => "+",
            Operator::Subtract => "-",
            Operator::Multiply => "*",
            Operator::Divide => "/",
            Operator::Remainder => "%",
            Operator::Equal => "==",
            Operator::NotEqual => "!=",
            Operator::Less => "<",
            Operator::LessOrEqual => "<=",
            Operator::Greater => ">",
            Operator::GreaterOrEqual => ">=",
            Operator::In => "in",
            Operator::NotIn => "not in",
        }
    }
}
