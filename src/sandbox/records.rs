//! The records of CRM and Bigin, which share one store. A record is a JSON object; a field that refers to another record
//! holds an object with that record's `id`, and related lists are found by looking for such fields.

use indexmap::IndexMap;
use serde_json::{Map, Value, json};

/// One record: field names and values, in order.
pub type Record = Map<String, Value>;

/// A module takes no more records than this.
const MODULE_LIMIT: usize = 10_000;

/// Why a record was not written. The names are the codes of the platform.
pub(super) enum Refusal {
    MandatoryNotFound(&'static str),
    InvalidId,
    LimitExceeded,
}

pub(super) struct Records {
    modules: IndexMap<String, Vec<Record>>,
    last_id: u64,
}

impl Records {
    pub fn new(modules: IndexMap<String, Vec<Record>>, now: &str) -> Self {
        let mut records = Self { modules: IndexMap::new(), last_id: 5_550_000_000_000_100_000 };
        for (module, rows) in modules {
            let rows = rows.into_iter().map(|row| records.completed(&module, row, now)).collect();
            records.modules.insert(module, rows);
        }
        records
    }

    /// The records of a module; `None` when there is no such module.
    pub fn all(&self, module: &str) -> Option<&[Record]> {
        self.modules.get(module).map(Vec::as_slice)
    }

    pub fn get(&self, module: &str, id: &str) -> Option<&Record> {
        self.all(module)?.iter().find(|record| is(record, id))
    }

    /// Adds a record and gives what the platform tells about it.
    pub fn create(&mut self, module: &str, fields: Record, now: &str) -> Result<Value, Refusal> {
        if let Some(field) = mandatory(module).filter(|field| is_blank(fields.get(*field))) {
            return Err(Refusal::MandatoryNotFound(field));
        }
        if self.all(module).is_some_and(|rows| rows.len() >= MODULE_LIMIT) {
            return Err(Refusal::LimitExceeded);
        }
        let mut fields = fields;
        fields.shift_remove("id");
        let record = self.completed(module, fields, now);
        let told = details(&record);
        self.modules.entry(module.to_owned()).or_default().push(record);
        Ok(told)
    }

    /// Changes the given fields of a record and leaves the others.
    pub fn update(&mut self, module: &str, id: &str, fields: Record, now: &str) -> Result<Value, Refusal> {
        if let Some(field) = mandatory(module).filter(|name| fields.get(*name).is_some_and(|v| is_blank(Some(v)))) {
            return Err(Refusal::MandatoryNotFound(field));
        }
        let rows = self.modules.get_mut(module);
        let record = rows.and_then(|rows| rows.iter_mut().find(|record| is(record, id))).ok_or(Refusal::InvalidId)?;
        let system = ["id", "Created_Time", "Created_By"];
        record.extend(fields.into_iter().filter(|(name, _)| !system.contains(&name.as_str())));
        record.insert("Modified_Time".to_owned(), json!(now));
        set_full_name(module, record);
        Ok(details(record))
    }

    /// Removes a record; whether there was one.
    pub fn delete(&mut self, module: &str, id: &str) -> bool {
        let Some(rows) = self.modules.get_mut(module) else { return false };
        let before = rows.len();
        rows.retain(|record| !is(record, id));
        rows.len() < before
    }

    /// The records of another module that refer to this one; `None` when the relation names no module.
    pub fn related(&self, id: &str, relation: &str) -> Option<Vec<&Record>> {
        let refers = |record: &Record| record.values().any(|value| value.get("id").and_then(Value::as_str) == Some(id));
        Some(self.all(relation)?.iter().filter(|record| refers(record)).collect())
    }

    /// Gives a record what the platform adds: an id, times, people, and the full name of a person.
    fn completed(&mut self, module: &str, fields: Record, now: &str) -> Record {
        self.last_id += 1;
        let person = json!({"name": "Sandbox", "id": "5550000000000000001"});
        let mut record = Record::new();
        record.insert("id".to_owned(), json!(self.last_id.to_string()));
        record.extend(fields);
        for (name, value) in [("Created_Time", json!(now)), ("Created_By", person.clone())] {
            record.insert(name.to_owned(), value);
        }
        for (name, value) in [("Modified_Time", json!(now)), ("Modified_By", person)] {
            record.insert(name.to_owned(), value);
        }
        set_full_name(module, &mut record);
        record
    }
}

/// A value as searches compare it: a text as it is, a reference by its name.
pub(super) fn comparable(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Object(reference) => reference.get("name").and_then(Value::as_str).unwrap_or_default().to_owned(),
        other => other.to_string(),
    }
}

fn is(record: &Record, id: &str) -> bool {
    record.get("id").and_then(Value::as_str) == Some(id)
}

/// The field without which a module takes no record.
fn mandatory(module: &str) -> Option<&'static str> {
    match module {
        "Contacts" | "Leads" => Some("Last_Name"),
        "Accounts" => Some("Account_Name"),
        "Deals" | "Pipelines" => Some("Deal_Name"),
        _ => None,
    }
}

fn is_blank(value: Option<&Value>) -> bool {
    value.is_none_or(|value| value.is_null() || value.as_str().is_some_and(|text| text.trim().is_empty()))
}

fn set_full_name(module: &str, record: &mut Record) {
    if matches!(module, "Contacts" | "Leads") {
        let part = |name: &str| record.get(name).and_then(Value::as_str).unwrap_or_default().trim().to_owned();
        let full_name = format!("{} {}", part("First_Name"), part("Last_Name"));
        record.insert("Full_Name".to_owned(), json!(full_name.trim()));
    }
}

fn details(record: &Record) -> Value {
    let names = ["Modified_Time", "Modified_By", "Created_Time", "id", "Created_By"];
    let told = names.into_iter().filter_map(|name| Some((name.to_owned(), record.get(name)?.clone())));
    Value::Object(told.collect())
}
