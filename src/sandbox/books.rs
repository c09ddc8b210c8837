//! The contacts of Zoho Books, at `/contacts` below each of the service's paths. What is written arrives as the text of a
//! JSON object in the form field `JSONString`, which is what scripts send, or as a JSON body. Every answer is an envelope
//! whose `code` is 0 on success.

use axum::http::Method;
use serde_json::{Value, json};

use super::call::{Call, first};
use super::log::Guard;
use super::oauth;
use super::records::Record;
use super::reply::Reply;
use super::state::State;

const CUSTOMER_LIMIT: usize = 10_000;
const NAME_LIMIT: usize = 200;
const PAGE_LIMIT: usize = 200;

/// The contacts and the last id that was given out.
pub(super) struct Customers {
    rows: Vec<Record>,
    last_id: u64,
}

/// Answers `contacts` and `contacts/{id}`. `organization_id` may be given and is not looked at: there is one.
pub(super) fn answer(state: &mut State, call: &Call, path: &[&str]) -> Reply {
    let Some(client) = oauth::signed_in(state, call) else {
        return Reply::books_error(401, 57, "You are not authorized to perform this operation");
    };
    let now = state.clock.text();
    let customers = &mut state.customers;
    let reply = match (call.method.clone(), path) {
        (Method::GET, ["contacts"]) => customers.list(call),
        (Method::GET, ["contacts", id]) => match customers.position(id).and_then(|at| customers.rows.get(at)) {
            Some(row) => Reply::json(200, json!({"code": 0, "message": "success", "contact": row})),
            None => absent(),
        },
        (Method::POST, ["contacts"]) => customers.create(call, &now),
        (Method::PUT, ["contacts", id]) => customers.update(call, id, &now),
        (Method::DELETE, ["contacts", id]) => match customers.position(id) {
            Some(at) => {
                customers.rows.remove(at);
                Reply::json(200, json!({"code": 0, "message": "The customer has been deleted."}))
            }
            None => absent(),
        },
        (_, ["contacts"] | ["contacts", _]) => Reply::books_error(405, 38, "The HTTP method is not allowed here"),
        _ => Reply::books_error(404, 5, "Invalid URL Passed"),
    };
    reply.passed(Guard::Client(client))
}

impl Customers {
    pub fn new(rows: Vec<Record>) -> Self {
        let mut customers = Self { rows: Vec::new(), last_id: 4_600_000_000_000_100_000 };
        for mut row in rows {
            customers.number(&mut row);
            customers.rows.push(row);
        }
        customers
    }

    pub fn all(&self) -> &[Record] {
        &self.rows
    }

    fn list(&self, call: &Call) -> Reply {
        let (Ok(page), Ok(per_page)) = (call.number("page", 1), call.number("per_page", PAGE_LIMIT)) else {
            return Reply::books_error(400, 2, "Invalid value passed for page");
        };
        if page == 0 || !(1..=PAGE_LIMIT).contains(&per_page) {
            return Reply::books_error(400, 2, "Invalid value passed for page");
        }
        let found: Vec<&Record> = self.rows.iter().filter(|row| is_wanted(row, call)).collect();
        let start = (page - 1).saturating_mul(per_page);
        let contacts: Vec<Record> = found.iter().skip(start).take(per_page).map(|row| summary(row)).collect();
        let has_more_page = start.saturating_add(contacts.len()) < found.len();
        let context = json!({
            "page": page, "per_page": per_page, "has_more_page": has_more_page, "report_name": "Contacts",
            "applied_filter": "Status.All", "sort_column": "contact_name", "sort_order": "A",
        });
        Reply::json(200, json!({"code": 0, "message": "success", "contacts": contacts, "page_context": context}))
    }

    fn create(&mut self, call: &Call, now: &str) -> Reply {
        let fields = match sent(call) {
            Ok(fields) => fields,
            Err(reply) => return reply,
        };
        let name = fields.get("contact_name");
        if let Err(reply) = self.check_name(name.unwrap_or(&Value::Null), None).and_then(|()| check_persons(&fields)) {
            return reply;
        }
        if self.rows.len() >= CUSTOMER_LIMIT {
            return Reply::books_error(400, 44, "The number of contacts is at its limit");
        }
        let mut row = Record::new();
        row.extend(fields.into_iter().filter(|(name, _)| name != "contact_id"));
        row.insert("status".to_owned(), json!("active"));
        row.insert("created_time".to_owned(), json!(now));
        row.insert("last_modified_time".to_owned(), json!(now));
        row.entry("contact_type").or_insert_with(|| json!("customer"));
        self.number(&mut row);
        let reply = Reply::json(201, json!({"code": 0, "message": "The contact has been added.", "contact": row}));
        self.rows.push(row);
        reply
    }

    /// Replaces the given fields. The list of contact persons is replaced whole, as the service does.
    fn update(&mut self, call: &Call, id: &str, now: &str) -> Reply {
        let Some(at) = self.position(id) else { return absent() };
        let fields = match sent(call) {
            Ok(fields) if fields.is_empty() => return Reply::books_error(400, 37, "Nothing was given to update"),
            Ok(fields) => fields,
            Err(reply) => return reply,
        };
        let name = fields.get("contact_name").map_or(Ok(()), |name| self.check_name(name, Some(at)));
        if let Err(reply) = name.and_then(|()| check_persons(&fields)) {
            return reply;
        }
        let Some(mut row) = self.rows.get(at).cloned() else { return absent() };
        row.extend(fields.into_iter().filter(|(name, _)| name != "contact_id"));
        row.insert("last_modified_time".to_owned(), json!(now));
        self.number(&mut row);
        let message = "Contact information has been saved.";
        let reply = Reply::json(200, json!({"code": 0, "message": message, "contact": row}));
        if let Some(place) = self.rows.get_mut(at) {
            *place = row;
        }
        reply
    }

    /// A name must be a text that no other contact has; `own` is the place of the contact that is being changed.
    fn check_name(&self, name: &Value, own: Option<usize>) -> Result<(), Reply> {
        let Some(name) = name.as_str().map(str::trim).filter(|name| (1..=NAME_LIMIT).contains(&name.chars().count()))
        else {
            return Err(Reply::books_error(400, 4, "Invalid value passed for Contact Name"));
        };
        let wanted = name.to_lowercase();
        let taken = |(at, row): (usize, &Record)| Some(at) != own && text(row, "contact_name").to_lowercase() == wanted;
        if self.rows.iter().enumerate().any(taken) {
            let message = format!("The customer \"{name}\" already exists. Please specify a different name.");
            return Err(Reply::books_error(400, 3062, &message));
        }
        Ok(())
    }

    fn position(&self, id: &str) -> Option<usize> {
        self.rows.iter().position(|row| row.get("contact_id").and_then(Value::as_str) == Some(id))
    }

    /// Gives ids to the contact and to those of its persons that have none.
    fn number(&mut self, row: &mut Record) {
        let mut next = || {
            self.last_id += 1;
            json!(self.last_id.to_string())
        };
        if !row.contains_key("contact_id") {
            row.shift_insert(0, "contact_id".to_owned(), next());
        }
        if let Some(Value::Array(persons)) = row.get_mut("contact_persons") {
            for person in persons.iter_mut().filter_map(Value::as_object_mut) {
                if !person.contains_key("contact_person_id") {
                    person.shift_insert(0, "contact_person_id".to_owned(), next());
                }
            }
        }
    }
}

/// The object that a write carries.
fn sent(call: &Call) -> Result<Record, Reply> {
    let form = call.form();
    let text = match first(&form, "JSONString") {
        Some(text) => text.as_bytes(),
        None if form.is_empty() && call.body.trim_ascii_start().starts_with(b"{") => &call.body,
        None => return Err(Reply::books_error(400, 11, "JSONString is missing")),
    };
    serde_json::from_slice(text).map_err(|_| Reply::books_error(400, 4, "Invalid value passed for JSONString"))
}

fn check_persons(fields: &Record) -> Result<(), Reply> {
    let valid = |value: &Value| value.as_array().is_some_and(|list| list.iter().all(Value::is_object));
    if fields.get("contact_persons").is_none_or(valid) {
        return Ok(());
    }
    Err(Reply::books_error(400, 4, "Invalid value passed for contact_persons"))
}

/// Whether a contact meets every filter of the query. An empty value filters nothing.
fn is_wanted(row: &Record, call: &Call) -> bool {
    let given = |name: &str| call.parameter(name).filter(|value| !value.is_empty()).map(str::to_lowercase);
    let same = |name: &str| given(name).is_none_or(|wanted| text(row, name).to_lowercase() == wanted);
    let holds = |wanted: &String| {
        let fields = ["contact_name", "company_name", "email", "phone", "mobile"];
        fields.into_iter().any(|name| text(row, name).to_lowercase().contains(wanted))
    };
    given("search_text").as_ref().is_none_or(holds) && same("email") && same("contact_name") && same("phone")
}

/// A contact as lists show it, without its persons.
fn summary(row: &Record) -> Record {
    row.iter().filter(|(name, _)| *name != "contact_persons").map(|(name, v)| (name.clone(), v.clone())).collect()
}

fn text<'a>(row: &'a Record, name: &str) -> &'a str {
    row.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn absent() -> Reply {
    Reply::books_error(404, 1002, "Contact does not exist.")
}
