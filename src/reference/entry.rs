//! One thing that a script may name, with all that its row says: function, task or system variable alike.

use super::part::Part;
use crate::catalogue::{
    Absence, Attribute, Builtin, Constant, Example, Form, Gives, HostFunction, SystemVariable, Task, TaskParameter,
};
use crate::value::{Kind, Kinds};

/// Where Zoho's pages are.
const PAGES: &str = "https://www.zoho.com/deluge/help/";

/// One row of the reference.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The documented spelling, dots included.
    pub name: String,
    /// The name of its heading in an address, on the page of its part.
    pub anchor: String,
    /// Other names of the same.
    pub aliases: Vec<String>,
    /// What other languages call it.
    pub elsewhere: &'static [&'static str],
    /// The part that it stands in.
    pub part: Part,
    /// What stands before the dot; empty when nothing does.
    pub receivers: String,
    /// Every way to write it, the usual one first.
    pub signatures: Vec<String>,
    /// What it takes.
    pub parameters: Vec<Field>,
    /// What a call gives.
    pub gives: &'static str,
    /// One sentence: what it does.
    pub about: String,
    /// What the tests run.
    pub examples: &'static [Example],
    /// Examples of a function of the application: expressions and what they print.
    pub own_examples: Vec<(String, String)>,
    /// The services of Zoho that have it; empty when all do.
    pub services: &'static [&'static str],
    /// What Zoho Creator lacks of it, and what to write there; sentences without their full stops.
    pub in_creator: Vec<String>,
    /// What is different here, a sentence each.
    pub differs: &'static [&'static str],
    /// Names of other rows.
    pub see: &'static [&'static str],
    /// The address of Zoho's page; empty when there is none.
    pub page: String,
    /// Why it does not run here.
    pub absent: Option<Absence>,
}

/// One parameter or attribute.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// The kinds it takes; empty for an attribute, whose text says it.
    pub kinds: String,
    /// Whether it may be left out.
    pub optional: bool,
    /// What it is for; empty for a parameter, whose name says it.
    pub about: &'static str,
}

impl Entry {
    /// The entry of a built-in function.
    pub(super) fn of_builtin(row: &'static Builtin) -> Self {
        let field = |parameter: &crate::catalogue::Parameter| Field {
            name: parameter.name.to_owned(),
            // A gathered argument is a list or map only for the body; a script writes any values.
            kinds: kinds(if row.gathers { Kinds::ANY } else { parameter.kinds }),
            optional: parameter.optional,
            about: "",
        };
        Self {
            name: row.name.to_owned(),
            anchor: String::new(),
            aliases: row.aliases.iter().map(|alias| (*alias).to_owned()).collect(),
            elsewhere: row.elsewhere,
            part: Part::of_category(row.category),
            receivers: if row.on.is_empty() { String::new() } else { kinds(row.on) },
            signatures: row.signatures(),
            parameters: row.parameters.iter().map(field).collect(),
            gives: gives(row.gives),
            about: row.about.to_owned(),
            examples: row.examples,
            own_examples: Vec::new(),
            services: row.services,
            in_creator: row.not_in_creator.iter().map(|absent| row.instead(absent)).collect(),
            differs: row.differs,
            see: row.see,
            page: page(row.page),
            absent: row.absent,
        }
    }

    /// The entry of a task with its other names.
    pub(super) fn of_task(task: &Task, aliases: Vec<String>) -> Self {
        let parameters = match &task.form {
            Form::Call(parameters) => parameters.iter().map(parameter).collect(),
            // The resolver fills these in; a script does not write them.
            Form::Statement(_) => Vec::new(),
            Form::Bracket(attributes) => attributes.iter().map(attribute).collect(),
        };
        Self {
            name: task.name.to_string(),
            anchor: String::new(),
            aliases,
            elsewhere: &[],
            part: Part::of_group(task.group),
            receivers: String::new(),
            signatures: vec![task.signature()],
            parameters,
            gives: "the answer, which may be left unused",
            about: task.about.to_string(),
            examples: task.examples,
            own_examples: Vec::new(),
            services: if matches!(task.form, Form::Statement(_)) { &["Zoho Creator"] } else { &[] },
            in_creator: Vec::new(),
            differs: task.differs,
            see: task.see,
            page: page(task.page),
            absent: task.absent,
        }
    }

    /// The entry of a function of the application.
    pub(super) fn of_host_function(function: &HostFunction) -> Self {
        Self {
            part: Part::of_application(),
            own_examples: function.examples.clone(),
            ..Self::of_task(&function.task, Vec::new())
        }
    }

    /// The entry of a constant of the application.
    pub(super) fn of_constant(constant: &Constant) -> Self {
        Self {
            part: Part::of_application(),
            signatures: vec![constant.name.clone()],
            gives: "a value that cannot be assigned",
            ..Self::of_task(&constant.fresh, Vec::new())
        }
    }

    /// The entry of a system variable.
    pub(super) fn of_variable(variable: &SystemVariable) -> Self {
        let name = format!("zoho.{}", variable.name);
        Self {
            signatures: vec![name.clone()],
            name,
            anchor: String::new(),
            aliases: Vec::new(),
            elsewhere: &[],
            part: Part::of_variables(),
            receivers: String::new(),
            parameters: Vec::new(),
            gives: "a value; null when nothing sets it",
            about: variable.about.to_owned(),
            examples: &[],
            own_examples: Vec::new(),
            services: &[],
            in_creator: Vec::new(),
            differs: &[],
            see: &[],
            page: page("system-variables"),
            absent: None,
        }
    }

    /// Whether it has this name, in any case.
    pub fn is_called(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name) || self.aliases.iter().any(|alias| alias.eq_ignore_ascii_case(name))
    }

    /// The last part of a dotted name.
    pub fn short_name(&self) -> &str {
        self.name.rsplit('.').next().unwrap_or(&self.name)
    }
}

fn parameter(parameter: &TaskParameter) -> Field {
    Field { name: parameter.name.clone(), kinds: kinds(parameter.kinds), optional: parameter.optional, about: "" }
}

fn attribute(attribute: &Attribute) -> Field {
    let name = attribute.name.to_owned();
    Field { name, kinds: String::new(), optional: !attribute.required, about: attribute.about }
}

fn page(path: &str) -> String {
    if path.is_empty() { String::new() } else { format!("{PAGES}{path}.html") }
}

fn gives(gives: Gives) -> &'static str {
    match gives {
        Gives::Nothing => "nothing: the call is a statement of its own",
        Gives::Value => "a value, which must be used",
        Gives::Either => "a value, which may be left unused",
    }
}

/// The order in which kinds are named: what is meant first, then what is taken along.
const ORDER: [Kind; Kind::COUNT] = [
    Kind::Text,
    Kind::Number,
    Kind::Decimal,
    Kind::Boolean,
    Kind::DateTime,
    Kind::Time,
    Kind::List,
    Kind::Map,
    Kind::Collection,
    Kind::File,
    Kind::Null,
    Kind::Braces,
    Kind::Caught,
];

/// The data types' documented names. `{}`, null and caught errors are left out beside others: they come along.
fn kinds(kinds: Kinds) -> String {
    if kinds == Kinds::ANY {
        return "any".to_owned();
    }
    if Kinds::ANY.except(Kinds::NULL) == kinds {
        return "any but null".to_owned();
    }
    let name = |kind| match kind {
        Kind::Number => "NUMBER",
        Kind::DateTime => "DATE-TIME",
        Kind::Map => "KEY-VALUE",
        Kind::Caught => "a caught error",
        Kind::Null => "null",
        other => Kind::name(other),
    };
    let all: Vec<Kind> = ORDER.into_iter().filter(|kind| kinds.has(*kind) && *kind != Kind::Braces).collect();
    let plain = all.iter().filter(|kind| !matches!(kind, Kind::Caught | Kind::Null));
    let shown: Vec<&str> = match plain.clone().count() {
        0 => all.iter().map(|kind| name(*kind)).collect(),
        _ => plain.map(|kind| name(*kind)).collect(),
    };
    shown.join(", ")
}
