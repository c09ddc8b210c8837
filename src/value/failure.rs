//! A run-time error on its way to a `catch` or to the end of the run. The texts are Zoho's own wherever a page gives
//! one (help page "error messages"), because scripts compare `e.message`; the code and the help are ours.

use std::fmt;

use super::{Kind, Kinds, Value};

/// What went wrong while running. The place is added by the machine, which knows it.
pub struct Failure(Box<Report>);

/// The contents of a [`Failure`].
#[doc(hidden)]
#[derive(Clone, Debug)]
pub struct Report {
    /// Stable name, `room::kebab-case`.
    pub code: String,
    /// What scripts read as `e.message`.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// Whether `try` may catch it; limits and cancellation pass through.
    pub catchable: bool,
    /// Which operand was null where that is the cause: the machine then says where the null came from.
    pub null_operand: Option<usize>,
    /// What was thrown by `throw`.
    pub thrown: Option<Value>,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)
    }
}

impl std::error::Error for Failure {}

impl Failure {
    /// Its stable name, `room::kebab-case`.
    pub fn code(&self) -> &str {
        &self.0.code
    }
}

/// What the language itself does with failures.
#[doc(hidden)]
impl Failure {
    /// A catchable failure.
    pub fn new(code: impl Into<String>, message: impl Into<String>) -> Self {
        Self(Box::new(Report {
            code: code.into(),
            message: message.into(),
            help: None,
            catchable: true,
            null_operand: None,
            thrown: None,
        }))
    }

    /// Adds what to do.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.0.help = Some(text.into());
        self
    }

    /// Marks the failure as one that no `try` may catch.
    #[must_use]
    pub fn uncatchable(mut self) -> Self {
        self.0.catchable = false;
        self
    }

    /// Names the operand (0 is the left one or the receiver) whose being null is the cause.
    #[must_use]
    pub fn null_operand(mut self, operand: usize) -> Self {
        self.0.null_operand = Some(operand);
        self
    }

    /// Speaks of a function by the name that the script uses: a body knows its function by one name only.
    #[must_use]
    pub fn renamed(mut self, name: &str, used: &str) -> Self {
        if name != used {
            let (quoted, plain) = (format!("'{name}'"), format!("{name} "));
            let report = &mut self.0;
            report.message = report.message.replace(&quoted, &format!("'{used}'")).replace(&plain, &format!("{used} "));
        }
        self
    }

    /// What is known about it.
    pub fn report(&self) -> &Report {
        &self.0
    }

    /// Taken apart.
    pub fn into_report(self) -> Report {
        *self.0
    }

    /// `throw value;`: a map's `message` entry, or the printed value, is the text.
    pub fn thrown(value: Value) -> Self {
        let message = match &value {
            Value::Aggregate(map) => map.entry("message").unwrap_or_else(|| value.clone()),
            _ => value.clone(),
        };
        let text = message.print().unwrap_or_else(|failure| failure.report().message.clone());
        let mut failure = Self::new("run::thrown", text);
        failure.0.thrown = Some(value);
        failure
    }

    /// Division by zero, of `/` or `%`.
    pub fn divide_by_zero(operator: &str) -> Self {
        let message = format!("Error in performing the Operation {operator} : Divide by zero error");
        Self::new("run::divide-by-zero", message).help("test the divisor before dividing: if(d != 0, n / d, 0)")
    }

    /// Arithmetic on null; `operand` tells which side.
    pub fn null_in_operation(operation: &str, operand: usize) -> Self {
        let message = match operation {
            "mod" => "On performing mod operation mismatch of data type expressions found".to_owned(),
            other => format!("Null value occurred while performing {other} operation"),
        };
        Self::new("run::null-operand", message).null_operand(operand).help("give a default: ifnull(x, 0)")
    }

    /// An operator between kinds that it does not take.
    pub fn operands(operator: &str, left: Kind, right: Kind) -> Self {
        let (left, right) = (left.name(), right.name());
        let message = format!(
            "Left expression is of type {left} and right expression is of type {right} and the operator {operator} is not valid"
        );
        Self::new("run::operand-types", message)
            .help("convert first, for example with toLong(), toDecimal() or toString()")
    }

    /// An ordering of values that have no order.
    pub fn not_comparable(left: Kind, right: Kind) -> Self {
        let help =
            format!("<, <=, > and >= compare numbers and dates; here stand {} and {}", left.name(), right.name());
        Self::new("run::not-comparable", "An error occurred while performing this action").help(help)
    }

    /// A condition that is not true or false.
    pub fn not_a_condition(found: Kind) -> Self {
        let message = format!("'{}' can not be cast to '[BOOLEAN]' in a condition", found.name());
        Self::new("run::not-a-condition", message).help("write the comparison out, for example x != null")
    }

    /// NUMBER arithmetic beyond 64 bits, or DECIMAL beyond 28 digits.
    pub fn overflow(operation: &str) -> Self {
        let message = format!("the result of {operation} is outside the range of NUMBER and DECIMAL");
        Self::new("run::overflow", message)
            .help("NUMBER holds -9223372036854775808 to 9223372036854775807, DECIMAL 28 digits")
    }

    /// An argument, or the receiver, of a kind that the function does not take. Where any number is taken, Zoho's text
    /// names BIGINT alone, and where texts with dates are, dates alone (help page "error messages").
    pub fn argument(function: &str, wanted: Kinds, found: Kind) -> Self {
        let called = match wanted {
            numeric if numeric.except(Kinds::TEXT) == Kinds::NUMBER.or(Kinds::DECIMAL) => Kinds::NUMBER,
            dated if dated.has(Kind::DateTime) && !dated.has(Kind::Number) => dated.except(Kinds::TEXT),
            _ => wanted.except(Kinds::NULL),
        };
        let message =
            format!("'{}' can not be cast to '[{}]' for the function '{function}'", found.name(), called.names());
        let help = format!("{function} takes {}; convert the value first, or test what it is", wanted.names());
        Self::new("run::argument-type", message).help(help)
    }

    /// An argument of a kind that the function does not take, in Zoho's words for the case. `index` counts the arguments as
    /// they are written, from 1.
    pub fn wrong_argument(function: &str, wanted: Kinds, value: &Value, index: usize) -> Self {
        let found = value.kind();
        match value {
            Value::Number(_) | Value::Decimal { .. } if wanted.has(Kind::DateTime) => {
                Self::incompatible(function, index, found)
            }
            Value::Number(_) | Value::Decimal { .. } if wanted.except(Kinds::COLLECTION) == Kinds::MAP => {
                Self::not_a_map(function, wanted, &value.print().unwrap_or_default())
            }
            _ => Self::argument(function, wanted, found),
        }
    }

    /// A number where a map is needed; the text, with its full stop, is Zoho's.
    pub fn not_a_map(function: &str, wanted: Kinds, number: &str) -> Self {
        let help = format!("{function} takes {}; test what the value is before", wanted.names());
        Self::new("run::argument-type", format!("'{number}' can not be cast to 'MAP'.")).help(help)
    }

    /// A number where a date is needed; `index` counts the arguments as they are written, from 1.
    pub fn incompatible(function: &str, index: usize, found: Kind) -> Self {
        let found = if found == Kind::Number { "NUMBER" } else { found.name() };
        let message = format!(
            "Incompatible types for {function} function at argument index {index} Required : [DATE-TIME, DATE] Found : {found}"
        );
        Self::new("run::argument-type", message)
            .help("write a date such as '15-Jan-2025', or make one of milliseconds with toDate()")
    }

    /// A text that is no number, where one is converted.
    pub fn not_a_number(function: &str) -> Self {
        let message = format!("'TEXT' can not be cast to '[BIGINT]' for the function '{function}'");
        Self::new("run::not-a-number", message).help("test it before with isNumber() or catch the error")
    }

    /// A text that names no date, where one is needed.
    pub fn unparsable_date(text: &str) -> Self {
        let shown: String = text.chars().take(40).collect();
        Self::new("run::unparsable-date", "UnParsable date").help(format!(
            "\"{shown}\" is none; write it as 15-Jan-2025, or say how it is written: toDate(text, \"dd/MM/yyyy\")"
        ))
    }

    /// A date beyond the years that dates have.
    pub fn date_range() -> Self {
        Self::new("run::date-range", "the date is outside the years -9999 to 9999").help("add or subtract less")
    }

    /// A list index outside the list.
    pub fn index(index: i64) -> Self {
        Self::new("run::index", format!("Given index {index} is greater than the list size"))
            .help("indexes begin at 0; the last one is size() - 1")
    }

    /// A text index outside the text.
    pub fn text_index() -> Self {
        let message = "Given string is lesser than the applied boundary, so index out of bounds exception arisen";
        Self::new("run::text-index", message).help("indexes begin at 0 and end at length()")
    }

    /// Text that is not JSON where JSON is needed.
    pub fn invalid_json(detail: &str) -> Self {
        Self::new("run::invalid-json", "Invalid JSON Format String").help(format!("the text is not JSON: {detail}"))
    }

    /// A value nested deeper than can be printed or sent; values that contain themselves end here.
    pub fn too_deep() -> Self {
        let message = format!("the value is nested deeper than {} levels, or contains itself", super::print::MAX_DEPTH);
        Self::new("run::nested-too-deep", message).help("print or send a part of it")
    }

    /// A value whose parts are used so often in it that it cannot be printed, sent or handed over.
    pub fn too_large() -> Self {
        let message = "the value is too large to be printed, sent or handed over";
        Self::new("run::value-too-large", message).help("print or send a part of it")
    }

    /// A limit of the run that was passed; `key` is its name in the settings, and in the code. No `try` catches it.
    pub fn limit(key: &str, what: &str, limit: u64) -> Self {
        Self::passed(key, key, format!("{limit} {what}"), limit)
    }

    /// A text that would be longer than a text may be, in bytes.
    pub fn limit_of_texts(limit: usize) -> Self {
        Self::passed("size", "text", format!("{limit} bytes in one text"), limit as u64)
    }

    /// Values that hold, or would hold, more memory than a run may use, in bytes.
    pub fn limit_of_memory(limit: usize) -> Self {
        Self::limit("memory", "bytes of memory", limit as u64)
    }

    /// Whether this is [`Failure::limit_of_memory`].
    pub fn is_limit_of_memory(&self) -> bool {
        self.code() == "limits::memory"
    }

    /// A list or map that would be larger than one may be.
    pub fn limit_of_elements(limit: usize) -> Self {
        Self::passed("size", "elements", format!("{limit} elements in one list or map"), limit as u64)
    }

    fn passed(code: &str, key: &str, limit: String, number: u64) -> Self {
        let more = number.saturating_mul(2).max(10);
        Self::new(format!("limits::{code}"), format!("the run passed its limit of {limit}"))
            .help(format!(
                "if the script is right to need more, raise it with --limits generous,{key}={more}, or with\n\
                 {key} = {more} under [limits] in sluice.toml"
            ))
            .uncatchable()
    }

    /// A state that should not be reachable; asks for a report.
    pub fn internal(detail: &str) -> Self {
        Self::new("run::internal", format!("Sluice made a mistake: {detail}"))
            .help("please report this with the script that caused it")
            .uncatchable()
    }
}

impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
