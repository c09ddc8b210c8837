//! The record services of CRM and Bigin.

use reqwest::Method;
use serde_json::{Value, json};

use super::{Answer, Visit, answer};
use crate::sandbox::{CONTACT_KNOWN_TO_BOOKS, CONTACT_NEW_TO_BOOKS};

fn code(answer: &Answer) -> (u16, &str) {
    (answer.0, answer.1["code"].as_str().unwrap_or_default())
}

fn first_code(answer: &Answer) -> (u16, &str) {
    (answer.0, answer.1["data"][0]["code"].as_str().unwrap_or_default())
}

#[tokio::test]
async fn a_record_is_read_by_id_through_every_service() {
    let visit = Visit::new();
    for service in ["bigin/v2", "crm/v2", "crm/v8"] {
        let (status, body) = visit.get(&format!("/{service}/Contacts/{CONTACT_KNOWN_TO_BOOKS}")).await;
        assert_eq!(status, 200);
        assert_eq!(body["data"][0]["Full_Name"], "Nora Byrne");
        assert_eq!(body["data"][0]["id"], CONTACT_KNOWN_TO_BOOKS);
    }
    assert_eq!(visit.get("/crm/v2/Contacts/1").await, (204, Value::Null));
    let (_, body) = visit.get(&format!("/crm/v2/Contacts/{CONTACT_NEW_TO_BOOKS}?fields=Email,%20Phone")).await;
    let names: Vec<&String> = body["data"][0].as_object().unwrap().keys().collect();
    assert_eq!(names, ["id", "Email", "Phone"]);
}

#[tokio::test]
async fn lists_come_in_pages() {
    let visit = Visit::new();
    let (status, body) = visit.get("/crm/v2/Contacts?page=1&per_page=2").await;
    assert_eq!((status, body["data"].as_array().unwrap().len()), (200, 2));
    assert_eq!(body["info"], json!({"per_page": 2, "count": 2, "page": 1, "more_records": true}));
    let (_, body) = visit.get("/crm/v2/Contacts?page=2&per_page=2").await;
    assert_eq!(body["info"], json!({"per_page": 2, "count": 1, "page": 2, "more_records": false}));
    assert_eq!(visit.get("/crm/v2/Contacts?page=3&per_page=2").await.0, 204);
    for query in ["per_page=201", "per_page=0", "page=0", "page=x", "page=-1"] {
        assert_eq!(code(&visit.get(&format!("/crm/v2/Contacts?{query}")).await), (400, "INVALID_DATA"), "{query}");
    }
    let far = format!("/crm/v2/Contacts?page={}", usize::MAX);
    assert_eq!(visit.get(&far).await.0, 204);
    assert_eq!(code(&visit.get("/crm/v8/Contacts").await), (400, "REQUIRED_PARAM_MISSING"));
    assert_eq!(visit.get("/crm/v8/Contacts?fields=Email").await.0, 200);
}

#[tokio::test]
async fn a_search_takes_criteria_or_an_address() {
    let visit = Visit::new();
    let found = async |query: &str| {
        let (status, body) = visit.get(&format!("/crm/v2/Contacts/search?{query}")).await;
        (status, body["data"].as_array().map_or(0, Vec::len))
    };
    let criteria = "criteria=((Email:equals:nora.byrne%40harbour.example)%20and%20(Last_Name:starts_with:By))";
    assert_eq!(found(criteria).await, (200, 1));
    assert_eq!(found("criteria=(Last_Name:equals:Nobody)").await, (204, 0));
    assert_eq!(found("email=TOMAS.okafor@northwind.example").await, (200, 1));
    assert_eq!(found("phone=%2B46%208%20555%200177").await, (200, 1));
    assert_eq!(found("word=harbour").await, (200, 2));
    assert_eq!(code(&visit.get("/crm/v2/Contacts/search").await), (400, "REQUIRED_PARAM_MISSING"));
    assert_eq!(code(&visit.get("/crm/v2/Contacts/search?criteria=Email").await), (400, "INVALID_QUERY"));
    let answer = visit.get("/crm/v2/Contacts/search?criteria=(Email:like:x)").await;
    assert_eq!(code(&answer), (400, "INVALID_QUERY"));
    assert_eq!(answer.1["details"]["operator"], "like");
}

#[tokio::test]
async fn a_record_is_created_changed_and_deleted() {
    let visit = Visit::new();
    let body = json!({"data": [{"Last_Name": "Moss", "Email": "moss@example.com"}], "trigger": ["approval"]});
    let created = visit.send(Method::POST, "/bigin/v2/Contacts", body).await;
    assert_eq!(first_code(&created), (201, "SUCCESS"));
    let entry = &created.1["data"][0];
    assert_eq!((&entry["message"], &entry["status"]), (&"record added".into(), &"success".into()));
    let id = entry["details"]["id"].as_str().unwrap();
    assert_eq!(id.len(), 19);
    assert!(entry["details"]["Created_Time"].as_str().unwrap().ends_with("+00:00"));

    let path = format!("/crm/v2/Contacts/{id}");
    let change = json!({"data": [{"First_Name": "Ada", "id": "1"}]});
    assert_eq!(first_code(&visit.send(Method::PUT, &path, change).await), (200, "SUCCESS"));
    let (_, body) = visit.get(&path).await;
    assert_eq!(body["data"][0]["Full_Name"], "Ada Moss");
    assert_eq!(body["data"][0]["Email"], "moss@example.com");
    assert_eq!(body["data"][0]["id"], id);

    assert_eq!(first_code(&answer(visit.signed(Method::DELETE, &path)).await), (200, "SUCCESS"));
    assert_eq!(first_code(&answer(visit.signed(Method::DELETE, &path)).await), (400, "INVALID_DATA"));
    assert_eq!(visit.get(&path).await.0, 204);
    assert_eq!(visit.sandbox.records("Contacts").len(), 3);
}

#[tokio::test]
async fn each_written_record_is_judged_on_its_own() {
    let visit = Visit::new();
    let nameless = visit.send(Method::POST, "/crm/v2/Leads", json!({"data": [{"Company": "Acme"}]})).await;
    assert_eq!(first_code(&nameless), (400, "MANDATORY_NOT_FOUND"));
    assert_eq!(nameless.1["data"][0]["details"]["api_name"], "Last_Name");
    let mixed = json!({"data": [{"Last_Name": "Moss"}, {"Last_Name": " "}]});
    let mixed = visit.send(Method::POST, "/crm/v2/Leads", mixed).await;
    assert_eq!(first_code(&mixed), (207, "SUCCESS"));
    assert_eq!(mixed.1["data"][1]["code"], "MANDATORY_NOT_FOUND");
    let bulk = json!({"data": [{"id": CONTACT_NEW_TO_BOOKS, "Phone": "1"}, {"id": "7", "Phone": "1"}]});
    assert_eq!(visit.send(Method::PUT, "/crm/v2/Contacts", bulk).await.0, 207);
    let unknown = visit.send(Method::PUT, "/crm/v2/Contacts/7", json!({"data": [{"Phone": "1"}]})).await;
    assert_eq!(first_code(&unknown), (400, "INVALID_DATA"));
    assert_eq!(unknown.1["data"][0]["message"], "the id given seems to be invalid");
}

#[tokio::test]
async fn bodies_of_another_shape_are_refused() {
    let visit = Visit::new();
    for (body, expected) in [
        (json!([]), "INVALID_DATA"),
        (json!({}), "MANDATORY_NOT_FOUND"),
        (json!({"data": {}}), "MANDATORY_NOT_FOUND"),
        (json!({"data": []}), "INVALID_DATA"),
        (json!({"data": ["x"]}), "INVALID_DATA"),
        (json!({"data": [{"Last_Name": "A"}], "trigger": "workflow"}), "INVALID_DATA"),
        (json!({"data": vec![json!({"Last_Name": "A"}); 101]}), "INVALID_DATA"),
    ] {
        assert_eq!(code(&visit.send(Method::POST, "/crm/v2/Contacts", body).await), (400, expected));
    }
    let text = answer(visit.signed(Method::POST, "/crm/v2/Contacts").body("{\"data\":")).await;
    assert_eq!(code(&text), (400, "INVALID_DATA"));
    assert_eq!(visit.sandbox.records("Contacts").len(), 3);
}

#[tokio::test]
async fn related_records_are_those_that_refer() {
    let visit = Visit::new();
    let (status, body) = visit.get("/crm/v2/Accounts/5550000000000010001/Contacts").await;
    assert_eq!((status, body["data"].as_array().unwrap().len()), (200, 2));
    let (_, body) = visit.get(&format!("/crm/v2/Contacts/{CONTACT_KNOWN_TO_BOOKS}/Deals")).await;
    assert_eq!(body["data"][0]["Deal_Name"], "New oven");
    assert_eq!(body["data"][0]["Amount"].to_string(), "12500.5");
    assert_eq!(visit.get(&format!("/crm/v2/Contacts/{CONTACT_NEW_TO_BOOKS}/Deals")).await.0, 204);
    let unknown = visit.get("/crm/v2/Accounts/5550000000000010001/Ships").await;
    assert_eq!(code(&unknown), (400, "INVALID_DATA"));
}

#[tokio::test]
async fn what_does_not_exist_is_told() {
    let visit = Visit::new();
    assert_eq!(code(&visit.get("/bigin/v2/Ships").await), (400, "INVALID_MODULE"));
    assert_eq!(code(&visit.get("/bigin/v2/Ships/1").await), (400, "INVALID_MODULE"));
    assert_eq!(code(&visit.get("/bigin/v2").await), (404, "INVALID_URL_PATTERN"));
    assert_eq!(code(&visit.get("/bigin/v9/Contacts").await), (404, "INVALID_URL_PATTERN"));
    let wrong = answer(visit.signed(Method::PATCH, "/bigin/v2/Contacts")).await;
    assert_eq!(code(&wrong), (405, "INVALID_REQUEST_METHOD"));
}
