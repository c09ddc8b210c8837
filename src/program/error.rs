//! What checking refuses or warns of. The wording is Zoho's where its editor refuses the same on save (help page "error
//! messages"), since people know and search those texts.

use crate::catalogue::Absence;
use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// The codes of the findings below that are warnings, and of a comment that names a code that is none.
pub const WARNINGS: &[&str] = &[
    "check::assigned-later",
    "check::no-effect",
    "check::missing-function",
    "check::task-not-available",
    "check::unknown-check",
];

/// One finding of the resolver or the compiler.
#[derive(Debug)]
pub enum Error<'a> {
    /// A variable that nothing assigns.
    UndefinedVariable { name: &'a str, near: Option<String> },
    /// A variable that is read further up than anything assigns it.
    AssignedLater { name: &'a str },
    /// A function or method that does not exist, and what may have been meant.
    UnknownFunction { name: &'a str, help: Option<String> },
    /// A use of a function that every service but Creator has.
    NotInCreator { name: &'a str, instead: String },
    /// A `zoho.…` task that does not exist.
    UnknownTask { name: &'a str, near: Option<String> },
    /// A bracket task that does not exist.
    UnknownBracketTask { name: &'a str },
    /// A built-in that does not exist in a namespace that has some, such as `zoho.encryption`; `known` are those it has.
    UnknownNamed { name: &'a str, namespace: &'a str, near: Option<String>, known: String },
    /// A `zoho.…` variable that does not exist.
    UnknownSystemVariable { name: &'a str, near: Option<String> },
    /// A wrong number of arguments.
    ArgumentCount { name: &'a str, given: usize, wanted: String },
    /// `if()` as an expression without three arguments.
    ConditionalCount { given: usize },
    /// An attribute that the task does not have.
    UnknownAttribute { task: &'a str, name: &'a str, near: Option<String>, known: String },
    /// An attribute given twice.
    RepeatedAttribute { name: &'a str },
    /// A required attribute that is missing.
    MissingAttribute { task: &'a str, name: &'a str },
    /// `key : value` where a function takes values only.
    PairArgument { name: &'a str },
    /// Values beside `key : value` pairs in one call.
    MixedArguments { name: &'a str },
    /// A function that gives nothing used as a value.
    NoValue { name: &'a str },
    /// A pure function whose result is dropped.
    UnusedResult { name: &'a str },
    /// An expression that is no call as a statement.
    NoEffect,
    /// `break` or `continue` outside a loop.
    OutsideLoop { word: &'a str },
    /// `return;`, or no return at all, in a function that declares a type.
    MissingReturn { declared: &'a str },
    /// Two functions of one name, or two parameters of one name.
    Duplicate { what: &'a str, name: &'a str, first: Span },
    /// A name that can be no variable.
    ReservedName { name: &'a str },
    /// A system variable that is assigned.
    ReadOnly { name: &'a str },
    /// A constant of the application that is assigned.
    ReadOnlyConstant { name: &'a str },
    /// A number literal beyond 64 bits or 28 digits.
    NumberRange,
    /// A time literal outside the day, or without one of its parts.
    TimeRange,
    /// A function in a category or another application that this program does not have.
    MissingFunction { name: &'a str },
    /// A function that an input of a prompt calls, and that a later input may define.
    LaterFunction { name: &'a str, near: Option<String> },
    /// A function or task that the catalogue knows and that does not run here.
    NotAvailable { name: &'a str, absent: Absence },
    /// A function of another file that does not check.
    BrokenFunction { name: &'a str, file: &'a str, line: u32, message: &'a str },
    /// `x[0]` of a variable.
    Index { name: &'a str },
    /// `sort by` or `range from` behind something that is no fetch.
    NotRecords,
    /// A function beyond what the machine's instructions can address.
    TooLarge { what: &'a str },
}

impl Error<'_> {
    /// The finding at its place.
    pub fn at(self, span: Span) -> Diagnostic {
        let did_you_mean = |near: Option<String>, otherwise: &str| match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => otherwise.to_owned(),
        };
        match self {
            Error::UndefinedVariable { name, near } => {
                let otherwise = "assign it before, or give it to the run with --arg or --input";
                Diagnostic::error("check::undefined-variable", format!("Variable '{name}' is not defined"))
                    .at(span, "nothing assigns this")
                    .help(did_you_mean(near, otherwise))
            }
            Error::AssignedLater { name } => {
                Diagnostic::warning("check::assigned-later", format!("Variable '{name}' is assigned only further down"))
                    .at(span, "null, unless a loop has been here before")
                    .help("Zoho's editor refuses this: assign it above, if only to null")
            }
            Error::UnknownFunction { name, help } => {
                Diagnostic::error("check::unknown-function", format!("Not able to find '{name}' function"))
                    .at(span, "no such function")
                    .help(help.unwrap_or_else(|| "`sluice functions` lists what there is".to_owned()))
            }
            Error::NotInCreator { name, instead } => {
                Diagnostic::error("check::not-in-creator", format!("Not able to find '{name}' function"))
                    .at(span, "not in Zoho Creator")
                    .help(instead)
            }
            Error::UnknownTask { name, near } => {
                Diagnostic::error("check::unknown-task", format!("Not able to find '{name}' function"))
                    .at(span, "no such integration task")
                    .help(did_you_mean(near, "call the service's REST API with invokeurl"))
            }
            Error::UnknownNamed { name, namespace, near, known } => {
                Diagnostic::error("check::unknown-function", format!("Not able to find '{name}' function"))
                    .at(span, format!("no such function in {namespace}"))
                    .help(did_you_mean(near, &format!("{namespace} has {known}")))
            }
            Error::UnknownBracketTask { name } => {
                Diagnostic::error("check::unknown-task", format!("there is no task `{name} [ … ]` here"))
                    .at(span, "no such task")
                    .help("`invokeurl` is the bracket task that Sluice runs")
            }
            Error::UnknownSystemVariable { name, near } => {
                Diagnostic::error("check::unknown-system-variable", format!("Variable '{name}' is not defined"))
                    .at(span, "no such system variable here")
                    .help(did_you_mean(near, "pass the value to the run with --arg"))
            }
            Error::ArgumentCount { name, given, wanted } => {
                let message = format!("No. of arguments mismatches for the function {name}");
                Diagnostic::error("check::argument-count", message)
                    .at(span, format!("{given} given"))
                    .help(format!("{name} takes {wanted}"))
            }
            Error::ConditionalCount { given } => {
                Diagnostic::error("check::argument-count", "Number of Arguments mismatches")
                    .at(span, format!("{given} given"))
                    .help("write if(condition, value when true, value when false)")
            }
            Error::UnknownAttribute { task, name, near, known } => {
                Diagnostic::error("check::unknown-attribute", format!("`{task}` has no attribute `{name}`"))
                    .at(span, "not an attribute")
                    .help(did_you_mean(near, &format!("its attributes are {known}")))
            }
            Error::RepeatedAttribute { name } => {
                Diagnostic::error("check::repeated-attribute", format!("the attribute `{name}` is given twice"))
                    .at(span, "again here")
                    .help("keep one of them")
            }
            Error::MissingAttribute { task, name } => {
                Diagnostic::error("check::missing-attribute", format!("`{task}` needs the attribute `{name}`"))
                    .at(span, format!("no `{name}` here"))
                    .help(format!("add `{name} : …`{}", refused_attribute(task, name)))
            }
            Error::PairArgument { name } => {
                Diagnostic::error("check::pair-argument", format!("`{name}` takes values, not `key : value` pairs"))
                    .at(span, "a pair")
                    .help("put the pair in braces to pass a map")
            }
            Error::MixedArguments { name } => {
                let message = format!("`{name}` takes values or `key : value` pairs, not both at once");
                Diagnostic::error("check::mixed-arguments", message)
                    .at(span, "differs from the first argument")
                    .help("a collection holds either elements or pairs; give it one of them")
            }
            Error::NoValue { name } => {
                let message = format!("{name} function cant be assigned to variable or used in expression");
                Diagnostic::error("check::no-value", message)
                    .at(span, "gives nothing")
                    .help(format!("call {name} as a statement of its own"))
            }
            Error::UnusedResult { name } => {
                let message = format!("{name} function needs to be assigned to a variable");
                Diagnostic::error("check::unused-result", message)
                    .at(span, "the result is dropped")
                    .help(format!("{name} changes nothing by itself; write x = …"))
            }
            Error::NoEffect => Diagnostic::warning("check::no-effect", "this statement does nothing")
                .at(span, "a value that nobody uses")
                .help(
                    "assign it, print it with info, or delete it; Zoho reports this as: Not a valid Deluge statement",
                ),
            Error::OutsideLoop { word } => {
                Diagnostic::error("check::outside-loop", format!("`{word}` stands outside of a loop"))
                    .at(span, "no loop around this")
                    .help("break and continue belong into the braces of a for each")
            }
            Error::MissingReturn { declared } => {
                let message = format!("Missing return statement: Provide {declared} expression to return");
                Diagnostic::error("check::missing-return", message)
                    .at(span, format!("declared to give {declared}"))
                    .help("return a value, or declare the function as void")
            }
            Error::Duplicate { what, name, first } => {
                Diagnostic::error("check::duplicate", format!("there are two {what}s called `{name}`"))
                    .at(span, "the second")
                    .at(first, "the first")
                    .help("rename one of them")
            }
            Error::ReservedName { name } => {
                Diagnostic::error("check::reserved-name", format!("`{name}` cannot be a variable"))
                    .at(span, "a reserved word")
                    .help("choose another name")
            }
            Error::ReadOnly { name } => {
                Diagnostic::error("check::read-only", format!("`{name}` is set by the platform and cannot be assigned"))
                    .at(span, "read-only")
                    .help("use a variable of your own")
            }
            Error::ReadOnlyConstant { name } => {
                let message = format!("`{name}` is a constant of the application and cannot be assigned");
                Diagnostic::error("check::read-only", message).at(span, "read-only").help("use a variable of your own")
            }
            Error::NumberRange => Diagnostic::error("check::number-range", "the number is too large")
                .at(span, "out of range")
                .help("NUMBER holds -9223372036854775808 to 9223372036854775807, DECIMAL 28 digits; quote long ids"),
            Error::TimeRange => Diagnostic::error("check::time-range", "there is no such time of day")
                .at(span, "not from 00:00:00 to 23:59:59")
                .help("write hours, minutes and seconds: '19:00:00' or '07:00:00 PM'; a text goes in double quotes"),
            Error::MissingFunction { name } => {
                Diagnostic::warning("check::missing-function", format!("Not able to find '{name}' function"))
                    .at(span, "not in this program; reaching it is an error")
                    .help("put its file into the project's functions folder, or make sure that it is not reached")
            }
            Error::LaterFunction { name, near } => {
                Diagnostic::warning("check::missing-function", format!("Not able to find '{name}' function"))
                    .at(span, "not defined so far; reaching it is an error")
                    .help(did_you_mean(near, "define it before this is called"))
            }
            Error::BrokenFunction { name, file, line, message } => {
                let whole = format!("the function `{name}` in {file} does not check: {message}");
                Diagnostic::error("check::broken-function", whole)
                    .at(span, "this leads to it")
                    .help(format!("look at line {line} of {file}; `sluice check` on that file shows all of it"))
            }
            Error::NotAvailable { name, absent } => {
                let message = format!("`{name}` does not run here: {}", absent.why);
                Diagnostic::warning("check::task-not-available", message)
                    .at(span, "reaching it is an error")
                    .help(format!("{}, or make sure that it is not reached", absent.instead))
            }
            Error::Index { name } => Diagnostic::error(
                "check::index",
                format!("`{name}[…]` reads no element: Deluge has no index in brackets"),
            )
            .at(span, "a variable, not a form")
            .help(format!("write {name}.get(index)")),
            Error::NotRecords => {
                Diagnostic::error("check::not-records", "only fetched records can be sorted or cut so")
                    .at(span, "not a fetch")
                    .help(
                        "write Form[criteria] sort by Field range from 1 to 9; a list has its own sort() and subList()",
                    )
            }
            Error::TooLarge { what } => Diagnostic::error("check::function-too-large", format!("too many {what}"))
                .at(span, "in this function")
                .help("split it into several functions"),
        }
    }
}

/// What Zoho's editor says when a mail lacks an attribute (help page "error messages").
fn refused_attribute(task: &str, name: &str) -> String {
    let text = match (task.to_ascii_lowercase().as_str(), name) {
        ("sendmail", "message") => "Error at 'SUBJECT' or 'MESSAGE' field".to_owned(),
        ("sendmail", _) => format!("'{}' message is missing for sendmail task", name.to_uppercase()),
        ("sendsms", "message") => "'MESSAGE' is missing for sendsms task".to_owned(),
        ("sendsms", _) => format!("'{}' message is missing for sendsms task", name.to_uppercase()),
        _ => return String::new(),
    };
    format!("; Zoho reports this as: {text}")
}
