//! A path as a tree. Runs of operators of one rank and of steps are flat, so that the tree is as deep as the brackets of the path
//! and no deeper.

/// Anything that has a value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Expression {
    Number(f64),
    Text(String),
    /// Operators of one rank, from left to right.
    Chain(Box<Expression>, Vec<(Operator, Expression)>),
    /// `-x`; an even number of signs is kept as `false`, because it still makes a number.
    Negated(bool, Box<Expression>),
    Union(Vec<Expression>),
    Path(Path),
    Call(Function, Vec<Expression>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    Or,
    And,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Plus,
    Minus,
    Times,
    Divide,
    Remainder,
}

/// Where to begin, and steps from there.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Path {
    pub(super) start: Start,
    pub(super) steps: Vec<Step>,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Start {
    /// The node at hand.
    Here,
    /// The document.
    Root,
    /// The nodes of an expression that meet the predicates.
    Nodes(Box<Expression>, Vec<Expression>),
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Step {
    pub(super) axis: Axis,
    pub(super) test: Test,
    pub(super) predicates: Vec<Expression>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Axis {
    Ancestor,
    AncestorOrSelf,
    Attribute,
    Child,
    Descendant,
    DescendantOrSelf,
    Following,
    FollowingSibling,
    Namespace,
    Parent,
    Preceding,
    PrecedingSibling,
    Itself,
}

impl Axis {
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "ancestor" => Axis::Ancestor,
            "ancestor-or-self" => Axis::AncestorOrSelf,
            "attribute" => Axis::Attribute,
            "child" => Axis::Child,
            "descendant" => Axis::Descendant,
            "descendant-or-self" => Axis::DescendantOrSelf,
            "following" => Axis::Following,
            "following-sibling" => Axis::FollowingSibling,
            "namespace" => Axis::Namespace,
            "parent" => Axis::Parent,
            "preceding" => Axis::Preceding,
            "preceding-sibling" => Axis::PrecedingSibling,
            "self" => Axis::Itself,
            _ => return None,
        })
    }
}

/// What a node must be.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Test {
    /// `node()`
    Anything,
    /// `*`
    AnyName,
    /// `prefix:*`, with the namespace of the prefix
    AnyOf(String),
    /// `name`
    Plain(String),
    /// `prefix:name`, with the namespace of the prefix
    Qualified(String, String),
    Text,
    Comment,
    /// `processing-instruction()`, with its target if one is given
    Instruction(Option<String>),
}

/// The core function library.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Function {
    Boolean,
    Ceiling,
    Concat,
    Contains,
    Count,
    False,
    Floor,
    Id,
    Lang,
    Last,
    LocalName,
    Name,
    NamespaceUri,
    NormalizeSpace,
    Not,
    Number,
    Position,
    Round,
    StartsWith,
    String,
    StringLength,
    Substring,
    SubstringAfter,
    SubstringBefore,
    Sum,
    Translate,
    True,
}

impl Function {
    /// The function, and the fewest and the most arguments.
    pub(super) fn named(name: &str) -> Option<(Self, usize, usize)> {
        Some(match name {
            "boolean" => (Function::Boolean, 1, 1),
            "ceiling" => (Function::Ceiling, 1, 1),
            "concat" => (Function::Concat, 2, usize::MAX),
            "contains" => (Function::Contains, 2, 2),
            "count" => (Function::Count, 1, 1),
            "false" => (Function::False, 0, 0),
            "floor" => (Function::Floor, 1, 1),
            "id" => (Function::Id, 1, 1),
            "lang" => (Function::Lang, 1, 1),
            "last" => (Function::Last, 0, 0),
            "local-name" => (Function::LocalName, 0, 1),
            "name" => (Function::Name, 0, 1),
            "namespace-uri" => (Function::NamespaceUri, 0, 1),
            "normalize-space" => (Function::NormalizeSpace, 0, 1),
            "not" => (Function::Not, 1, 1),
            "number" => (Function::Number, 0, 1),
            "position" => (Function::Position, 0, 0),
            "round" => (Function::Round, 1, 1),
            "starts-with" => (Function::StartsWith, 2, 2),
            "string" => (Function::String, 0, 1),
            "string-length" => (Function::StringLength, 0, 1),
            "substring" => (Function::Substring, 2, 3),
            "substring-after" => (Function::SubstringAfter, 2, 2),
            "substring-before" => (Function::SubstringBefore, 2, 2),
            "sum" => (Function::Sum, 1, 1),
            "translate" => (Function::Translate, 3, 3),
            "true" => (Function::True, 0, 0),
            _ => return None,
        })
    }
}
