//! What the sandbox holds when nothing else is asked for: three people, their companies and deals, and two contacts in
//! Books, one of whom is the first of the three with an old telephone number.

use indexmap::IndexMap;
use serde_json::{Value, json};

use super::records::Record;

/// Id of the Bigin and CRM contact whose e-mail address Books knows.
pub const CONTACT_KNOWN_TO_BOOKS: &str = "5550000000000020001";

/// Id of the Bigin and CRM contact whose e-mail address Books does not know.
pub const CONTACT_NEW_TO_BOOKS: &str = "5550000000000020002";

pub(super) fn modules() -> IndexMap<String, Vec<Record>> {
    let harbour = json!({"id": "5550000000000010001", "name": "Harbour Bakery"});
    let north = json!({"id": "5550000000000010002", "name": "North Wind Bicycles"});
    IndexMap::from([
        (
            "Contacts".to_owned(),
            rows([
                json!({
                    "id": CONTACT_KNOWN_TO_BOOKS, "First_Name": "Nora", "Last_Name": "Byrne",
                    "Email": "nora.byrne@harbour.example", "Phone": "+353 1 555 0141", "Mobile": "+353 86 555 0141",
                    "Account_Name": harbour, "Mailing_Country": "Ireland",
                }),
                json!({
                    "id": CONTACT_NEW_TO_BOOKS, "First_Name": "Tomás", "Last_Name": "Okafor",
                    "Email": "tomas.okafor@northwind.example", "Phone": "+44 20 5550 0162", "Mobile": null,
                    "Account_Name": north, "Mailing_Country": "United Kingdom",
                }),
                json!({
                    "id": "5550000000000020003", "First_Name": null, "Last_Name": "Lindqvist", "Email": null,
                    "Phone": "+46 8 555 0177", "Mobile": null, "Account_Name": harbour, "Mailing_Country": "Sweden",
                }),
            ]),
        ),
        (
            "Accounts".to_owned(),
            rows([
                json!({"id": "5550000000000010001", "Account_Name": "Harbour Bakery", "Phone": "+353 1 555 0100"}),
                json!({"id": "5550000000000010002", "Account_Name": "North Wind Bicycles", "Phone": null}),
            ]),
        ),
        (
            "Leads".to_owned(),
            rows([json!({
                "id": "5550000000000030001", "First_Name": "Ines", "Last_Name": "Duarte", "Company": "Duarte Tiles",
                "Email": "ines@duarte.example",
            })]),
        ),
        (
            "Deals".to_owned(),
            rows([json!({
                "id": "5550000000000040001", "Deal_Name": "New oven", "Stage": "Qualification", "Amount": 12500.50,
                "Account_Name": harbour, "Contact_Name": {"id": CONTACT_KNOWN_TO_BOOKS, "name": "Nora Byrne"},
            })]),
        ),
    ])
}

pub(super) fn customers() -> Vec<Record> {
    rows([
        json!({
            "contact_id": "4600000000000020001", "contact_name": "Nora Byrne", "company_name": "Harbour Bakery",
            "contact_type": "customer", "status": "active", "email": "nora.byrne@harbour.example",
            "phone": "+353 1 555 0000", "mobile": "",
            "contact_persons": [{
                "contact_person_id": "4600000000000030001", "first_name": "Nora", "last_name": "Byrne",
                "email": "nora.byrne@harbour.example", "phone": "+353 1 555 0000", "is_primary_contact": true,
            }],
        }),
        json!({
            "contact_id": "4600000000000020002", "contact_name": "Quay Street Café", "company_name": "Quay Street Café",
            "contact_type": "customer", "status": "active", "email": "orders@quaystreet.example",
            "phone": "+353 91 555 0190", "mobile": "", "contact_persons": [],
        }),
    ])
}

fn rows<const COUNT: usize>(values: [Value; COUNT]) -> Vec<Record> {
    let objects = values.into_iter().filter_map(|value| match value {
        Value::Object(record) => Some(record),
        _ => None,
    });
    objects.collect()
}
