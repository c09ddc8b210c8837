//! What this room complains about. A [`Problem`] is small and carries no text of its own where it can be avoided,
//! because a damaged source may raise thousands of which only some are shown.

use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// The codes of the problems below that are warnings.
pub const WARNINGS: &[&str] = &[
    "syntax::single-equals",
    "syntax::missing-braces",
    "syntax::trailing-comma",
    "syntax::word-operator",
    "syntax::mixed-logic",
    "syntax::declared-type",
];

/// A problem and its place.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Located {
    pub problem: Problem,
    pub span: Span,
}

/// A construct of other languages that Deluge does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Foreign {
    While,
    For,
    Switch,
    Do,
    Finally,
    ElseIf,
    Index,
    Ternary,
    Increment,
    StrictEquality,
    Arrow,
    UntypedFunction,
    NestedFunction,
    TypedCatch,
    Declaration,
    ChainedAssignment,
    SingleLogic,
    HashComment,
    Backtick,
    PageTemplate,
    MergeConflict,
}

/// Everything that can be wrong, or doubtful, with the form of a script.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Problem {
    /// Something stands where it cannot; both texts are ready for the message.
    Unexpected { found: String, expected: String },
    /// Two values without an operator, a comma or a `;` between them.
    TwoValues,
    /// Two words where a statement has one name.
    BlankInName,
    /// A character that means nothing in Deluge.
    UnknownCharacter(char),
    /// A word with a fixed meaning is assigned to.
    ReservedName(String),
    /// `else` or `catch` without what it belongs to.
    Dangling(&'static str),
    /// `try` without `catch`.
    TryWithoutCatch,
    /// A header without its parentheses, or without what is to be repeated.
    Header(&'static str),
    /// A header that no block follows.
    MissingBlock(&'static str),
    /// A quote without its partner.
    UnterminatedText,
    /// `/*` without `*/`.
    UnterminatedComment,
    /// A bracket that is never closed; the place is where it should have been.
    MissingCloser { closer: char, opener: Span },
    /// A block that the end of the script closes.
    UnclosedBlocks { count: usize, opener: Span },
    /// A closing bracket without its partner.
    ExtraCloser(char),
    /// Two statements without `;` between them.
    MissingSemicolon,
    /// Brackets within brackets, beyond the limit.
    TooDeep(usize),
    /// More bytes than a script may have.
    TooLarge(usize),
    /// So much is wrong that reading on is of no use.
    TooMany,
    /// Digits that run into letters.
    NumberFormat,
    /// Another language's construct.
    NotDeluge(Foreign),
    /// A whole Creator application where a script is expected.
    ApplicationExport,
    /// A field of a record without its `=`.
    FieldForm,
    /// An attribute of a bracket task without its colon.
    AttributeForm,
    /// Warning: `=` read as `==`.
    SingleEquals,
    /// Warning: one statement in place of a block.
    MissingBraces(&'static str),
    /// Warning: a comma before a closing bracket.
    TrailingComma,
    /// Warning: `and`, `or`, `not` as operators.
    WordOperator(&'static str),
    /// Warning: `&&` and `||` side by side.
    MixedLogic { or_first: bool },
    /// Warning: a type in front of an assignment.
    DeclaredType,
}

impl Problem {
    /// Whether the script cannot run because of it.
    pub fn is_error(&self) -> bool {
        !matches!(
            self,
            Problem::SingleEquals
                | Problem::MissingBraces(_)
                | Problem::TrailingComma
                | Problem::WordOperator(_)
                | Problem::MixedLogic { .. }
                | Problem::DeclaredType
        )
    }

    fn code(&self) -> &'static str {
        match self {
            Problem::Unexpected { .. }
            | Problem::TwoValues
            | Problem::BlankInName
            | Problem::UnknownCharacter(_)
            | Problem::Dangling(_)
            | Problem::TryWithoutCatch
            | Problem::Header(_)
            | Problem::MissingBlock(_)
            | Problem::AttributeForm => "syntax::unexpected-token",
            Problem::ReservedName(_) => "syntax::reserved-name",
            Problem::UnterminatedText => "syntax::unterminated-text",
            Problem::UnterminatedComment => "syntax::unterminated-comment",
            Problem::MissingCloser { .. } | Problem::UnclosedBlocks { .. } | Problem::ExtraCloser(_) => {
                "syntax::unbalanced"
            }
            Problem::MissingSemicolon => "syntax::missing-semicolon",
            Problem::TooDeep(_) => "syntax::too-deep",
            Problem::TooLarge(_) => "syntax::too-large",
            Problem::TooMany => "syntax::too-many-errors",
            Problem::NumberFormat => "syntax::number-format",
            Problem::NotDeluge(_) => "syntax::not-deluge",
            Problem::ApplicationExport => "syntax::application-export",
            Problem::FieldForm => "syntax::field-form",
            Problem::SingleEquals => "syntax::single-equals",
            Problem::MissingBraces(_) => "syntax::missing-braces",
            Problem::TrailingComma => "syntax::trailing-comma",
            Problem::WordOperator(_) => "syntax::word-operator",
            Problem::MixedLogic { .. } => "syntax::mixed-logic",
            Problem::DeclaredType => "syntax::declared-type",
        }
    }

    fn message(&self) -> String {
        match self {
            Problem::Unexpected { found, expected } => format!("expected {expected}, found {found}"),
            Problem::TwoValues => "two values stand side by side".into(),
            Problem::BlankInName => "a name cannot contain a blank".into(),
            Problem::UnknownCharacter(letter) => format!("`{}` means nothing in Deluge", letter.escape_debug()),
            Problem::ReservedName(name) => format!("`{name}` is a word of the language and cannot be assigned to"),
            Problem::Dangling(word) => format!("`{word}` has nothing to belong to"),
            Problem::TryWithoutCatch => "`try` is not followed by `catch`".into(),
            Problem::Header(form) => format!("this is not the form of {form}"),
            Problem::MissingBlock(word) => format!("`{word}` needs a block in braces"),
            Problem::UnterminatedText => "the text that begins here is not closed".into(),
            Problem::UnterminatedComment => "the comment that begins here is not closed".into(),
            Problem::MissingCloser { closer, .. } => format!("a `{closer}` is missing"),
            Problem::UnclosedBlocks { count: 1, .. } => "expected `}`, found the end of the script".into(),
            Problem::UnclosedBlocks { count, .. } => {
                format!("expected `}}` for {count} blocks, found the end of the script")
            }
            Problem::ExtraCloser(closer) => format!("this `{closer}` closes nothing"),
            Problem::MissingSemicolon => "a `;` is missing".into(),
            Problem::TooDeep(limit) => format!("brackets are nested more than {limit} deep"),
            Problem::TooLarge(limit) => format!("the script is larger than {} MB", limit / 1_000_000),
            Problem::TooMany => "too many errors, the rest of the script was not read".into(),
            Problem::NumberFormat => "this is neither a number nor a name".into(),
            Problem::NotDeluge(foreign) => foreign.message().into(),
            Problem::ApplicationExport => "this is the export of a Creator application, not a script".into(),
            Problem::FieldForm => "a field of a record is written as `Name = value`".into(),
            Problem::AttributeForm => "an attribute of a task is written as `name : value`".into(),
            Problem::SingleEquals => "`=` is read as `==` here".into(),
            Problem::MissingBraces(word) => format!("`{word}` has no braces and takes in one statement"),
            Problem::TrailingComma => "a comma stands before a closing bracket".into(),
            Problem::WordOperator(word) => format!("the word `{word}` is read as an operator"),
            Problem::MixedLogic { or_first: true } => {
                "`&&` and `||` stand side by side; in Creator `||` is read first".into()
            }
            Problem::MixedLogic { or_first: false } => "`&&` and `||` stand side by side; `&&` is read first".into(),
            Problem::DeclaredType => "variables are not declared; the type is ignored".into(),
        }
    }

    fn label(&self) -> String {
        match self {
            Problem::Unexpected { expected, .. } => format!("expected {expected}"),
            Problem::TwoValues => "an operator, a comma or a `;` is missing before this".into(),
            Problem::MissingCloser { closer, .. } => format!("`{closer}` expected by here"),
            Problem::MissingSemicolon => "`;` expected here".into(),
            Problem::UnclosedBlocks { .. } => "the script ends here".into(),
            Problem::UnterminatedText => "opened here".into(),
            Problem::UnterminatedComment => "opened here".into(),
            _ => String::new(),
        }
    }

    fn help(&self) -> Option<&'static str> {
        Some(match self {
            Problem::Unexpected { expected, .. } if expected == "an expression" => {
                "complete the expression; Zoho reports this as: Improper Statement Error might be due to missing ';' at \
                 end of the line or incomplete expression"
            }
            Problem::Unexpected { .. } => return None,
            Problem::BlankInName => {
                "join the words with `_`, or, if these are two statements, end the first one with `;`"
            }
            Problem::TwoValues => "join texts with `+`, separate arguments with `,` and end statements with `;`",
            Problem::UnknownCharacter(_) => "remove it, or put it into a text",
            Problem::ReservedName(_) => "choose another name for the variable",
            Problem::Dangling("else") => "`else` follows the `}` of an `if` or `else if` block, and comes last",
            Problem::Dangling(_) => "`catch` follows the `}` of a `try` block",
            Problem::TryWithoutCatch => "add `catch (e) { … }` after the block",
            Problem::Header(_) => "compare `if(a == b) { … }`, `for each x in list { … }` and `catch (e) { … }`",
            Problem::MissingBlock(_) => "put the statements between `{` and `}`",
            Problem::UnterminatedText => {
                "close it with the same quote; write a quote inside a text as `\\\"`; Zoho reports this as: Improper \
                 Statement Error might be due to missing ';' at end of the line or incomplete expression"
            }
            Problem::UnterminatedComment => {
                "close it with `*/`; Zoho reports this as: Comment Task is not closed properly"
            }
            Problem::MissingCloser { .. } => "close the bracket before the statement or block goes on",
            Problem::UnclosedBlocks { .. } => {
                "close every `{` with a `}`; Zoho reports this as: Expecting '}' but found '<EOF>'"
            }
            Problem::ExtraCloser(_) => "remove it, or add the opening bracket that it should close",
            Problem::MissingSemicolon => {
                "end the statement with `;`; Zoho reports this as: Improper Statement Error might be due to missing ';' \
                 at end of the line or incomplete expression"
            }
            Problem::TooDeep(_) => "use variables for the inner parts",
            Problem::TooLarge(_) => "split the script, or read large data from a file or a service",
            Problem::TooMany => "correct the first errors and check again",
            Problem::NumberFormat => {
                "numbers are written as `42` or `1.5`, without exponent; names begin with a letter or `_`"
            }
            Problem::NotDeluge(foreign) => foreign.help(),
            Problem::ApplicationExport => "give the file the ending .ds, and name one of its functions",
            Problem::FieldForm => "each field stands on its own line, without commas: `Status = \"Open\"`",
            Problem::AttributeForm => {
                "for example `url : \"https://…\"`, each attribute on its own line, without commas"
            }
            Problem::SingleEquals => "write `==` to compare",
            Problem::MissingBraces(_) => "write `{` and `}` around the statement; Zoho asks for them",
            Problem::TrailingComma => "remove the comma; Zoho may refuse it",
            Problem::WordOperator("and") => "write `&&`",
            Problem::WordOperator("or") => "write `||`",
            Problem::WordOperator(_) => "write `!`",
            Problem::MixedLogic { .. } => "add parentheses: the services of Zoho differ in which one is read first",
            Problem::DeclaredType => "write only `name = value;`",
        })
    }
}

impl Foreign {
    fn message(self) -> &'static str {
        match self {
            Foreign::While => "Deluge has no `while` loop",
            Foreign::For => "Deluge has no `for` loop but `for each`",
            Foreign::Switch => "Deluge has no `switch`",
            Foreign::Do => "Deluge has no `do` loop",
            Foreign::Finally => "Deluge has no `finally`",
            Foreign::ElseIf => "`else if` is written as two words",
            Foreign::Index => "Deluge does not read elements with `[ ]`",
            Foreign::Ternary => "Deluge has no `?:`",
            Foreign::Increment => "Deluge has neither `++` nor `--`",
            Foreign::StrictEquality => "this is not one of Deluge's comparisons",
            Foreign::Arrow => "Deluge has no functions as values",
            Foreign::UntypedFunction => "a function's definition begins with the type of its result",
            Foreign::NestedFunction => "a function cannot be defined inside a block",
            Foreign::TypedCatch => "`catch` takes only the name of a variable",
            Foreign::Declaration => "variables are not declared in Deluge",
            Foreign::ChainedAssignment => "a statement assigns only once",
            Foreign::SingleLogic => "Deluge has no operators on bits",
            Foreign::HashComment => "comments do not begin with `#`",
            Foreign::Backtick => "texts are not written between backticks",
            Foreign::PageTemplate => "`<%` begins a page template, which is not a script",
            Foreign::MergeConflict => "this is the mark of a merge conflict",
        }
    }

    fn help(self) -> &'static str {
        match self {
            Foreign::While | Foreign::Do => {
                "loop over a list: `for each n in {1,2,3} { … }`, and leave it early with `break`; Zoho reports this as: \
                 Improper Statement Error might be due to missing ';' at end of the line or incomplete expression"
            }
            Foreign::For => {
                "write `for each x in list { … }` or `for each index i in list { … }`; Zoho reports this as: Improper \
                 Statement Error might be due to missing ';' at end of the line or incomplete expression"
            }
            Foreign::Switch => "write `if(x == 1) { … } else if(x == 2) { … } else { … }`",
            Foreign::Finally => "put the statements after the `catch` block: they run in either case",
            Foreign::ElseIf => "write `else if(…)`",
            Foreign::Index => {
                "write `list.get(0)` or `map.get(\"key\")`; a Creator fetch `Form[criteria]` is not run yet"
            }
            Foreign::Ternary => {
                "write `if(condition, value, otherwise)`; Zoho reports this as: Unexpected token found '?'"
            }
            Foreign::Increment => "write `n = n + 1;`",
            Foreign::StrictEquality => "write `==` or `!=`",
            Foreign::Arrow => "define a function at the top of the file: `string name(string x) { … }`",
            Foreign::UntypedFunction => "write for example `void name(string x) { … }` or `map name(map x) { … }`",
            Foreign::NestedFunction => "move it out of the block; functions may be called before their definition",
            Foreign::TypedCatch => "write `catch (e)`",
            Foreign::Declaration => "the first assignment makes the variable: `name = value;`",
            Foreign::ChainedAssignment => "write one statement for each variable, and `==` to compare",
            Foreign::SingleLogic => "write `&&` or `||` to join conditions",
            Foreign::HashComment => "write `// …` or `/* … */`",
            Foreign::Backtick => "write `\"…\"`, and join parts with `+`",
            Foreign::PageTemplate => "take the Deluge code out of the page",
            Foreign::MergeConflict => "keep one of the two versions and remove the marks",
        }
    }
}

impl Located {
    /// As a person reads it.
    pub fn diagnostic(&self) -> Diagnostic {
        let problem = &self.problem;
        let base = if problem.is_error() {
            Diagnostic::error(problem.code(), problem.message())
        } else {
            Diagnostic::warning(problem.code(), problem.message())
        };
        let mut diagnostic = base.at(self.span, problem.label());
        if let Problem::MissingCloser { opener, .. } | Problem::UnclosedBlocks { opener, .. } = problem {
            diagnostic = diagnostic.at(*opener, "opened here");
        }
        match problem.help() {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        }
    }
}
