//! How a row is called, as a person writes it: `text.subString(startIndex [, endIndex])`. Messages and the reference
//! show the same form.

use super::{Builtin, Form, Task};
use crate::value::{Kind, Kinds};

impl Builtin {
    /// Every way in which the row is called, the usual one first.
    pub fn signatures(&self) -> Vec<String> {
        if let Some(written) = self.absent.map(|absent| absent.written).filter(|written| !written.is_empty()) {
            return written.iter().map(|form| (*form).to_owned()).collect();
        }
        if self.gathers {
            let called = if self.on.is_empty() { String::new() } else { format!("{}.", receiver(self.on)) };
            return ["element", "key : value"].map(|one| format!("{called}{}({one}, …)", self.name)).into();
        }
        let named = self.parameters.iter().map(|parameter| (parameter.name, parameter.optional));
        let parameters: Vec<_> = named.collect();
        if self.on.is_empty() {
            let call = format!("{}({})", self.name, list(&parameters));
            return if self.bare { vec![self.name.to_owned(), call] } else { vec![call] };
        }
        let receiver = receiver(self.on);
        let mut all = vec![(receiver, false)];
        all.extend_from_slice(&parameters);
        vec![format!("{receiver}.{}({})", self.name, list(&parameters)), format!("{}({})", self.name, list(&all))]
    }
}

impl Task {
    /// How the task is written; a bracket task with its required attributes.
    pub fn signature(&self) -> String {
        if let Some([first, ..]) = self.absent.map(|absent| absent.written) {
            return (*first).to_owned();
        }
        match &self.form {
            Form::Call(parameters) => {
                let named: Vec<_> = parameters.iter().map(|known| (known.name.as_str(), known.optional)).collect();
                format!("{}({})", self.name, list(&named))
            }
            // The description shows how it is written.
            Form::Statement(_) => self.name.to_string(),
            Form::Bracket(attributes) => {
                let required = attributes.iter().filter(|attribute| attribute.required);
                let pairs: Vec<_> = required.map(|attribute| format!("{}: …", attribute.name)).collect();
                format!("{} [ {} ]", self.name, pairs.join(" "))
            }
        }
    }
}

/// `a, b [, c [, d]]`
fn list(parameters: &[(&str, bool)]) -> String {
    let mut text = String::new();
    let mut open = 0;
    for (at, (name, optional)) in parameters.iter().enumerate() {
        if *optional {
            text.push_str(if at == 0 { "[" } else { " [" });
            open += 1;
        }
        if at > 0 {
            text.push_str(", ");
        }
        text.push_str(name);
    }
    text.push_str(&"]".repeat(open));
    text
}

/// A word that stands for a receiver of these kinds.
fn receiver(kinds: Kinds) -> &'static str {
    let has = |kind| kinds.has(kind);
    let list = has(Kind::List);
    let map = has(Kind::Map);
    let collection = has(Kind::Collection);
    let held = [list, map, collection].into_iter().filter(|held| *held).count();
    let plain = has(Kind::Text) || has(Kind::Number) || has(Kind::Decimal) || has(Kind::Boolean);
    match (held, plain || has(Kind::DateTime) || has(Kind::Time) || has(Kind::File)) {
        (0, _) if has(Kind::File) && !plain => "file",
        (0, _) if has(Kind::DateTime) && !has(Kind::Boolean) => "date",
        (0, _) if has(Kind::Time) && !plain => "time",
        (0, _) if has(Kind::Text) && !has(Kind::File) => "text",
        (0, _) if has(Kind::Number) && !has(Kind::Text) => "number",
        (1, false) if list => "list",
        (1, false) if map => "map",
        (1, false) => "collection",
        (2, false) if list && collection => "list",
        _ => "value",
    }
}
