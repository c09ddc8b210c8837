//! The contacts of Books.

use reqwest::Method;
use serde_json::json;

use super::{Answer, Visit, answer};

const CONTACTS: &str = "/books/api/v3/contacts";
const NORA: &str = "/books/api/v3/contacts/4600000000000020001";

fn code(answer: &Answer) -> (u16, i64) {
    (answer.0, answer.1["code"].as_i64().unwrap())
}

#[tokio::test]
async fn contacts_are_found_by_text_and_field() {
    let visit = Visit::new();
    let found = async |query: &str| {
        let (status, body) = visit.get(&format!("{CONTACTS}?{query}")).await;
        assert_eq!((status, &body["code"], &body["message"]), (200, &0.into(), &"success".into()));
        body["contacts"].as_array().unwrap().len()
    };
    assert_eq!(found("").await, 2);
    assert_eq!(found("search_text=nora.byrne%40harbour.example").await, 1);
    assert_eq!(found("search_text=nobody%40example.com").await, 0);
    assert_eq!(found("email=Orders@quaystreet.example&organization_id=1").await, 1);
    assert_eq!(found("contact_name=nora+byrne").await, 1);
    assert_eq!(found("contact_name=nora").await, 0);
    assert_eq!(found("page=3&per_page=1").await, 0);
    let (_, body) = visit.get(&format!("{CONTACTS}?per_page=1")).await;
    assert_eq!(body["page_context"]["has_more_page"], true);
    assert_eq!(body["contacts"][0].get("contact_persons"), None);
    assert_eq!(code(&visit.get(&format!("{CONTACTS}?per_page=0")).await), (400, 2));
}

#[tokio::test]
async fn the_same_contacts_stand_behind_each_path() {
    let visit = Visit::new();
    for path in [CONTACTS, "/books/v3/contacts", "/api/v3/contacts"] {
        assert_eq!(code(&visit.get(path).await), (200, 0));
    }
    let (_, body) = visit.get(NORA).await;
    assert_eq!(body["contact"]["contact_persons"][0]["last_name"], "Byrne");
    assert_eq!(code(&visit.get(&format!("{CONTACTS}/7")).await), (404, 1002));
    assert_eq!(code(&visit.get("/books/v3/invoices").await), (404, 5));
    assert_eq!(code(&answer(visit.signed(Method::PATCH, NORA)).await), (405, 38));
    assert_eq!(code(&answer(visit.request(Method::GET, NORA)).await), (401, 57));
}

#[tokio::test]
async fn a_contact_is_created_from_the_form_field() {
    let visit = Visit::new();
    let text = json!({"contact_name": "Tomás Okafor", "contact_persons": [{"last_name": "Okafor"}]}).to_string();
    let path = format!("{CONTACTS}?organization_id=10229");
    let created = visit.send_form(Method::POST, &path, &[("JSONString", &text)]).await;
    assert_eq!(code(&created), (201, 0));
    assert_eq!(created.1["message"], "The contact has been added.");
    let contact = &created.1["contact"];
    assert_eq!(contact["contact_id"].as_str().unwrap().len(), 19);
    assert_eq!(contact["contact_type"], "customer");
    assert!(contact["contact_persons"][0]["contact_person_id"].is_string());
    assert_eq!(code(&visit.send_form(Method::POST, CONTACTS, &[("JSONString", &text)]).await), (400, 3062));
    assert_eq!(visit.sandbox.customers().len(), 3);
    let json_body = json!({"contact_name": "Plain JSON"});
    assert_eq!(code(&visit.send(Method::POST, CONTACTS, json_body).await), (201, 0));
}

#[tokio::test]
async fn a_change_replaces_what_it_names() {
    let visit = Visit::new();
    let text = json!({"contact_name": "Nora Byrne", "phone": "1", "contact_persons": [{"last_name": "B"}]}).to_string();
    let changed = visit.send_form(Method::PUT, NORA, &[("JSONString", &text)]).await;
    assert_eq!(code(&changed), (200, 0));
    let nora = &visit.sandbox.customers()[0];
    assert_eq!(nora["phone"], "1");
    assert_eq!(nora["company_name"], "Harbour Bakery");
    let persons = nora["contact_persons"].as_array().unwrap();
    assert_eq!((persons.len(), &persons[0]["last_name"]), (1, &"B".into()));
    let taken = json!({"contact_name": "quay street café"});
    assert_eq!(code(&visit.send(Method::PUT, NORA, taken).await), (400, 3062));
    assert_eq!(code(&visit.send(Method::PUT, NORA, json!({})).await), (400, 37));
    assert_eq!(code(&visit.send(Method::PUT, &format!("{CONTACTS}/7"), json!({"phone": "1"})).await), (404, 1002));
    assert_eq!(code(&answer(visit.signed(Method::DELETE, NORA)).await), (200, 0));
    assert_eq!(code(&answer(visit.signed(Method::DELETE, NORA)).await), (404, 1002));
}

#[tokio::test]
async fn writes_of_another_shape_are_refused() {
    let visit = Visit::new();
    for (fields, expected) in [
        (vec![], 11),
        (vec![("jsonstring", "{}")], 11),
        (vec![("JSONString", "")], 4),
        (vec![("JSONString", "[1]")], 4),
        (vec![("JSONString", "{}")], 4),
        (vec![("JSONString", "{\"contact_name\":\"  \"}")], 4),
        (vec![("JSONString", "{\"contact_name\":7}")], 4),
        (vec![("JSONString", "{\"contact_name\":\"A\",\"contact_persons\":{}}")], 4),
        (vec![("JSONString", "{\"contact_name\":\"A\",\"contact_persons\":[1]}")], 4),
    ] {
        assert_eq!(code(&visit.send_form(Method::POST, CONTACTS, &fields).await), (400, expected), "{fields:?}");
    }
    let long = json!({"contact_name": "x".repeat(201)});
    assert_eq!(code(&visit.send(Method::POST, CONTACTS, long).await), (400, 4));
    assert_eq!(visit.sandbox.customers().len(), 2);
}

#[tokio::test]
async fn deep_json_is_an_error_like_any_other() {
    let visit = Visit::new();
    let deep = format!("{{\"contact_name\":{}", "[".repeat(100_000));
    assert_eq!(code(&answer(visit.signed(Method::POST, CONTACTS).body(deep)).await), (400, 4));
}
