//! The record services of CRM (`/crm/v2`, `/crm/v8`) and Bigin (`/bigin/v2`). Their REST faces are the same but for a few
//! rules, so they share this file and one store. Shapes follow the platform's "Records" API pages: lists come in `data`
//! with an `info`, nothing found is an empty 204, and each written record is reported on its own.

use axum::http::Method;
use serde_json::{Value, json};

use super::call::Call;
use super::criteria::{Criteria, Fault};
use super::log::Guard;
use super::oauth;
use super::records::{Record, Refusal, comparable};
use super::reply::Reply;
use super::state::State;

const PAGE_LIMIT: usize = 200;
const WRITE_LIMIT: usize = 100;

/// Which service and version was asked.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Version {
    Bigin,
    Crm2,
    /// Lists must name their fields.
    Crm8,
}

/// Answers `{module}`, `{module}/search`, `{module}/{id}` and `{module}/{id}/{relation}`.
pub(super) fn answer(state: &mut State, call: &Call, version: Version, path: &[&str]) -> Reply {
    let Some(client) = oauth::signed_in(state, call) else {
        return Reply::record_error(401, "INVALID_TOKEN", json!({}), "invalid oauth token");
    };
    signed_in(state, call, version, path).passed(Guard::Client(client))
}

fn signed_in(state: &mut State, call: &Call, version: Version, path: &[&str]) -> Reply {
    let Some((module, rest)) = path.split_first() else { return Reply::not_found() };
    let Some(all) = state.records.all(module) else {
        return Reply::record_error(400, "INVALID_MODULE", json!({}), "the module name given seems to be invalid");
    };
    match (call.method.clone(), rest) {
        (Method::GET, []) if version == Version::Crm8 && call.parameter("fields").is_none() => missing("fields"),
        (Method::GET, []) => list(call, all.iter()),
        (Method::GET, ["search"]) => search(call, all),
        (Method::GET, [id]) => match state.records.get(module, id) {
            Some(record) => Reply::json(200, json!({"data": [chosen(call, record)]})),
            None => Reply::nothing(),
        },
        (Method::GET, [id, relation]) => match state.records.related(id, relation) {
            Some(related) => list(call, related.into_iter()),
            None => invalid(json!({}), "the relation name given seems to be invalid"),
        },
        (Method::POST, []) => write(state, call, module, None),
        (Method::PUT, []) => write(state, call, module, Some(None)),
        (Method::PUT, [id]) => write(state, call, module, Some(Some(id))),
        (Method::DELETE, [id]) => match state.records.delete(module, id) {
            true => Reply::json(200, json!({"data": [written("record deleted", json!({"id": id}))]})),
            false => Reply::json(400, json!({"data": [refused(Refusal::InvalidId)]})),
        },
        (_, [] | [_] | [_, _]) => Reply::wrong_method(),
        _ => Reply::not_found(),
    }
}

/// One page of records, as `page` and `per_page` choose it.
fn list<'a>(call: &Call, records: impl ExactSizeIterator<Item = &'a Record>) -> Reply {
    let (Ok(page), Ok(per_page)) = (call.number("page", 1), call.number("per_page", PAGE_LIMIT)) else {
        return invalid(json!({"expected_data_type": "integer"}), "page and per_page must be numbers");
    };
    if page == 0 || !(1..=PAGE_LIMIT).contains(&per_page) {
        return invalid(json!({"maximum_length": PAGE_LIMIT}), "page starts at 1, per_page goes from 1 to 200");
    }
    let (start, total) = ((page - 1).saturating_mul(per_page), records.len());
    let data: Vec<Value> = records.skip(start).take(per_page).map(|record| chosen(call, record)).collect();
    if data.is_empty() {
        return Reply::nothing();
    }
    let more_records = start.saturating_add(data.len()) < total;
    let info = json!({"per_page": per_page, "count": data.len(), "page": page, "more_records": more_records});
    Reply::json(200, json!({"data": data, "info": info}))
}

/// A search by `criteria`, or by `email`, `phone` or `word`; the first that is given counts.
fn search(call: &Call, records: &[Record]) -> Reply {
    let text = |record: &Record, field: &str| record.get(field).map(comparable).unwrap_or_default();
    let found: Vec<&Record> = if let Some(criteria) = call.parameter("criteria") {
        match Criteria::parse(criteria) {
            Ok(criteria) => records.iter().filter(|record| criteria.accepts(record)).collect(),
            Err(fault) => return invalid_query(fault),
        }
    } else if let Some(email) = call.parameter("email") {
        records.iter().filter(|record| text(record, "Email").eq_ignore_ascii_case(email)).collect()
    } else if let Some(phone) = call.parameter("phone") {
        let same = |record: &&Record| ["Phone", "Mobile"].into_iter().any(|field| text(record, field) == phone);
        records.iter().filter(same).collect()
    } else if let Some(word) = call.parameter("word") {
        let word = word.to_lowercase();
        let holds = |value: &Value| comparable(value).to_lowercase().contains(&word);
        records.iter().filter(|record| record.values().any(holds)).collect()
    } else {
        return missing("criteria");
    };
    list(call, found.into_iter())
}

/// Creates (`target` is `None`), or updates the record of the path or, without one, the record that each entry names.
fn write(state: &mut State, call: &Call, module: &str, target: Option<Option<&str>>) -> Reply {
    let Ok(Value::Object(body)) = serde_json::from_slice(&call.body) else {
        return invalid(json!({"expected_data_type": "jsonobject"}), "body");
    };
    let Some(Value::Array(entries)) = body.get("data") else {
        let details = json!({"api_name": "data"});
        return Reply::record_error(400, "MANDATORY_NOT_FOUND", details, "required field not found");
    };
    if body.get("trigger").is_some_and(|trigger| !trigger.is_array()) {
        return invalid(json!({"api_name": "trigger", "expected_data_type": "jsonarray"}), "invalid data");
    }
    if entries.is_empty() || entries.len() > WRITE_LIMIT {
        return invalid(json!({"api_name": "data", "maximum_length": WRITE_LIMIT}), "invalid data");
    }
    let now = state.clock.text();
    let mut failures = 0;
    let mut results = Vec::with_capacity(entries.len());
    for entry in entries {
        let Value::Object(fields) = entry else {
            return invalid(json!({"api_name": "data", "expected_data_type": "jsonobject"}), "invalid data");
        };
        let (message, result) = match target {
            None => ("record added", state.records.create(module, fields.clone(), &now)),
            Some(id) => {
                let id = id.or_else(|| fields.get("id").and_then(Value::as_str)).unwrap_or_default();
                ("record updated", state.records.update(module, id, fields.clone(), &now))
            }
        };
        failures += usize::from(result.is_err());
        results.push(result.map_or_else(refused, |details| written(message, details)));
    }
    let status = match (failures, target) {
        (0, None) => 201,
        (0, Some(_)) => 200,
        (failures, _) if failures == entries.len() => 400,
        _ => 207,
    };
    Reply::json(status, json!({"data": results}))
}

/// A record with the fields that `fields` names; the id always belongs to it.
fn chosen(call: &Call, record: &Record) -> Value {
    let Some(fields) = call.parameter("fields").filter(|fields| !fields.is_empty()) else {
        return Value::Object(record.clone());
    };
    let wanted: Vec<&str> = fields.split(',').map(str::trim).chain(["id"]).collect();
    let kept = record.iter().filter(|(name, _)| wanted.contains(&name.as_str()));
    Value::Object(kept.map(|(name, value)| (name.clone(), value.clone())).collect())
}

fn written(message: &str, details: Value) -> Value {
    json!({"code": "SUCCESS", "details": details, "message": message, "status": "success"})
}

fn refused(refusal: Refusal) -> Value {
    let (code, details, message) = match refusal {
        Refusal::MandatoryNotFound(field) => {
            ("MANDATORY_NOT_FOUND", json!({"api_name": field}), "required field not found")
        }
        Refusal::InvalidId => ("INVALID_DATA", json!({"api_name": "id"}), "the id given seems to be invalid"),
        Refusal::LimitExceeded => ("LIMIT_EXCEEDED", json!({}), "the module is full"),
    };
    json!({"code": code, "details": details, "message": message, "status": "error"})
}

fn invalid_query(fault: Fault) -> Reply {
    let details = match fault {
        Fault::Form => json!({"reason": "invalid query formed"}),
        Fault::Operator { field, operator } => {
            json!({"reason": "invalid operator found", "api_name": field, "operator": operator})
        }
        Fault::TooMany => json!({"reason": "more than ten criteria", "limit": 10}),
    };
    Reply::record_error(400, "INVALID_QUERY", details, "Invalid query formed")
}

fn invalid(details: Value, message: &str) -> Reply {
    Reply::record_error(400, "INVALID_DATA", details, message)
}

fn missing(parameter: &str) -> Reply {
    let details = json!({"param_name": parameter});
    Reply::record_error(400, "REQUIRED_PARAM_MISSING", details, "One of the expected parameter is missing")
}
