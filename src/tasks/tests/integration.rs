//! The table, how arguments are told apart, and what is made of answers.

use std::collections::{HashMap, HashSet};

use super::*;
use crate::effect::Connection;
use crate::environment::DataCenter;
use crate::http::Method;
use crate::tasks::table;
use crate::value::{Aggregate, Contents, Kind, Map};

fn empty() -> Value {
    Value::map(Map::default())
}

fn braces() -> Value {
    Value::Aggregate(Aggregate::braces())
}

/// The path and query asked for, and the connection.
fn asked(name: &str, values: &[Value]) -> (String, String) {
    let request = call(name, values).unwrap().0;
    let connection = match request.connection {
        Connection::Named(link_name) => link_name,
        Connection::DefaultFor(group) => format!("<{group}>"),
        Connection::None => "<none>".to_owned(),
    };
    let url = request.http.url.to_string();
    (url.strip_prefix("https://www.zohoapis.com").unwrap_or(&url).to_owned(), connection)
}

fn sent(name: &str, values: &[Value]) -> String {
    shown(&call(name, values).unwrap().0.http.body)
}

fn got(name: &str, values: &[Value], status: u16, body: &'static str) -> String {
    let reply = answer(status, &[("content-type", "application/json")], body);
    printed(&finish(call(name, values).unwrap().1, reply).unwrap())
}

#[test]
fn every_line_of_the_table_is_a_row() {
    let mut names = HashSet::new();
    let lines: Vec<&str> = table::TABLE.lines().skip(1).collect();
    assert!(lines.len() >= 230);
    for line in &lines {
        let columns: Vec<&str> = line.split('\t').collect();
        assert_eq!(columns.len(), 14, "{line}");
        let row = table::row(line).expect(line);
        let parameters = row.parameters().expect(line);
        for name in row.names() {
            assert!(names.insert(name.to_lowercase()), "{name} twice");
        }
        let known: Vec<&str> = parameters.iter().map(|parameter| parameter.name.as_str()).collect();
        let optional_first = parameters.iter().position(|parameter| parameter.optional).unwrap_or(parameters.len());
        assert!(parameters[optional_first..].iter().all(|parameter| parameter.optional), "{line}");
        let unknown = |name: &str| !known.contains(&name) && name != "dc" && name != "zoho";
        for template in [row.root, row.path] {
            for part in template.split('{').skip(1) {
                let name = part.split(['}', '|']).next().unwrap();
                assert!(!unknown(name), "{name} is no parameter: {line}");
            }
        }
        for items in [columns[6], columns[7], row.body.split_once(' ').map_or("", |(_, items)| items)] {
            for item in items.split(',').filter(|item| !item.is_empty() && !item.contains(':')) {
                let name = item.split_once('=').map_or(item, |(_, name)| name).trim_start_matches('*');
                assert!(!unknown(name), "{name} is no parameter: {line}");
            }
        }
        assert!(row.about.ends_with('.') && !row.group.is_empty(), "{line}");
        assert_eq!(row.path.is_empty(), row.method.is_empty(), "{line}");
    }
}

#[test]
fn names_are_found_once_and_aliases_are_tasks() {
    let tasks = crate::tasks::load();
    let mut by_name = HashMap::new();
    // `invokeUrl(…)` stands beside `invokeurl […]`.
    let is_function = |task: &&Task| task.name == "invokeUrl";
    for task in tasks.iter().filter(|task| !is_function(task)) {
        assert!(by_name.insert(task.name.to_lowercase(), task).is_none(), "{} twice", task.name);
    }
    assert_eq!(tasks.iter().filter(is_function).count(), 1);
    let arity = |name: &str| by_name[&name.to_lowercase()].arity();
    assert_eq!(arity("zoho.bigin.getrecordbyid"), (2, 4));
    assert_eq!(arity("zoho.crm.create"), (2, 4));
    assert_eq!(arity("zoho.subscriptions.getList"), arity("zoho.billing.getList"));
    assert_eq!(arity("zoho.crm.getRecords"), (1, 5));
    assert_eq!(arity("twilio.sms.send"), (3, 3));
    assert_eq!(arity("sendsms"), (2, 4));
    assert_eq!(arity("zoho.crm.v8.getRecords"), (1, 5));
    for (name, runs) in [("zoho.crm.upsert", true), ("zoho.books.createRecord", false), ("invokeurl", true)] {
        assert_eq!(by_name[&name.to_lowercase()].absent.is_none(), runs, "{name}");
    }
}

#[test]
fn a_task_that_does_not_run_says_so_and_can_be_caught() {
    let failure = call("zoho.desk.create", &[]).err().unwrap().into_report();
    assert_eq!(failure.code, "run::task-not-available");
    assert_eq!(
        failure.message,
        "zoho.desk.create is not supported for this function: Sluice does not perform the tasks of this service yet"
    );
    assert!(failure.catchable && failure.help.unwrap().contains("invokeurl"));
}

#[test]
fn the_connection_is_found_wherever_scripts_put_it() {
    let by_id = |rest: &[Value]| {
        let mut values = vec!["Contacts".into(), 9.into()];
        values.extend_from_slice(rest);
        asked("zoho.crm.getRecordById", &values)
    };
    let plain = "/crm/v2/Contacts/9".to_owned();
    let conn = "conn".to_owned();
    assert_eq!(by_id(&[]), (plain.clone(), "<crm>".to_owned()));
    for rest in [
        vec![empty(), "conn".into()],
        vec![braces(), " conn ".into()],
        vec![of_json(r#"{"":""}"#), "conn".into()],
        vec!["".into(), "conn".into()],
        vec![" ".into(), "conn".into()],
        vec![Value::Null, "conn".into()],
        vec!["conn".into()],
        vec![of_json(r#"{"connection":"conn"}"#)],
        vec![of_json(r#"{"connections":"conn"}"#), "".into()],
        vec![of_json(r#"{"connection":"other"}"#), "conn".into()],
    ] {
        assert_eq!(by_id(&rest), (plain.clone(), conn.clone()));
    }
    assert_eq!(
        by_id(&[of_json(r#"{"fields":"Email"}"#), Value::Null]),
        (format!("{plain}?fields=Email"), "<crm>".into())
    );
}

#[test]
fn pages_and_maps_are_told_apart_by_kind() {
    let records = |name: &str, values: &[Value]| {
        let mut all = vec!["Leads".into()];
        all.extend_from_slice(values);
        asked(name, &all)
    };
    let map = || of_json(r#"{"sort_by":"Email","page":7,"fields":["A","B"],"none":null}"#);
    let sorted = "sort_by=Email&fields=A%2CB";
    for name in ["zoho.crm.getRecords", "zoho.crm.v8.getRecords", "zoho.bigin.getRecords"] {
        let (url, connection) = records(name, &[2.into(), "50".into(), map(), "c".into()]);
        assert!(url.ends_with(&format!("/Leads?page=2&per_page=50&{sorted}")), "{url}");
        assert_eq!(connection, "c");
        let other_order = records(name, &[map(), 2.into(), 50.into(), "c".into()]);
        assert_eq!(other_order, (url, connection));
    }
    let crm = "zoho.crm.getRecords";
    assert_eq!(records(crm, &[1.into(), "c".into()]), ("/crm/v2/Leads?page=1".into(), "c".into()));
    assert_eq!(records(crm, &[Value::Null, 50.into()]), ("/crm/v2/Leads?per_page=50".into(), "<crm>".into()));
    assert_eq!(records(crm, &[empty(), 1.into(), 50.into()]).0, "/crm/v2/Leads?page=1&per_page=50");
    assert_eq!(records(crm, &["3".into()]), ("/crm/v2/Leads?page=3".into(), "<crm>".into()));
    let users = asked(crm, &["users".into(), 1.into(), 10.into(), of_json(r#"{"type":"ActiveUsers"}"#)]);
    assert_eq!(users.0, "/crm/v2/users?page=1&per_page=10&type=ActiveUsers");
    let search = asked(
        "zoho.crm.searchRecords",
        &["Leads".into(), "(Email:equals:a+b@c.test)".into(), 1.into(), 1.into(), "c".into()],
    );
    let criteria = "criteria=%28Email%3Aequals%3Aa%2Bb%40c.test%29";
    assert_eq!(search, (format!("/crm/v2/Leads/search?{criteria}&page=1&per_page=1"), "c".into()));
    let related = asked(
        "zoho.crm.getRelatedRecords",
        &["Notes".into(), "Leads".into(), "12".into(), of_json(r#"{"connection":"c"}"#)],
    );
    assert_eq!(related, ("/crm/v2/Leads/12/Notes".into(), "c".into()));
}

#[test]
fn wrong_arguments_are_named_by_position() {
    let text = |name: &str, values: &[Value]| message(call(name, values));
    let mismatch =
        |name: &str, index: usize| format!("Argument type mismatches for the function {name} at index {index}");
    let by_id = "zoho.crm.getRecordById";
    assert_eq!(text(by_id, &[5.into(), 9.into()]), mismatch(by_id, 1));
    assert_eq!(text(by_id, &["Leads".into(), Value::Null]), mismatch(by_id, 2));
    assert_eq!(text(by_id, &["Leads".into(), 9.into(), 5.into()]), mismatch(by_id, 3));
    assert_eq!(text(by_id, &["Leads".into(), 9.into(), "c".into(), "d".into()]), mismatch(by_id, 3));
    assert_eq!(text(by_id, &["Leads".into(), 9.into(), empty(), 5.into()]), mismatch(by_id, 4));
    let failure = call(by_id, &["Leads".into(), Value::Null]).err().unwrap().into_report();
    assert_eq!(
        (failure.code.as_str(), failure.help.unwrap().as_str()),
        ("run::argument-type", "give BIGINT, TEXT here, not NULL")
    );
    let create = "zoho.crm.createRecord";
    assert_eq!(text(create, &["Leads".into(), "{}".into()]), mismatch(create, 2));
    let too_many = vec!["Leads".into(); 6];
    assert_eq!(text(create, &too_many), format!("No. of arguments mismatches for the function {create}"));
    assert_eq!(
        text(by_id, &[" ".into(), 9.into()]),
        format!("Invalid module name for the function {by_id} at index 1")
    );
    for id in ["", ".", ".."] {
        assert_eq!(code(call(by_id, &["Leads".into(), id.into()])), "run::invalid-path-value", "{id}");
    }
    let odd = asked(by_id, &["a/../b?c#d".into(), "%2e%2e\r\n/x".into()]);
    assert_eq!(odd.0, "/crm/v2/a%2F..%2Fb%3Fc%23d/%252e%252e%0D%0A%2Fx");
}

#[test]
fn the_data_centre_decides_the_host() {
    let environment = Environment { data_center: DataCenter::Au, ..Environment::default() };
    let values = ["Contacts".into(), "9".into()];
    let request = prepare_in(&environment, &task("zoho.bigin.getRecordById"), &[0, 1], &values).unwrap().0;
    assert_eq!(request.http.url.as_str(), "https://www.zohoapis.com.au/bigin/v2/Contacts/9");
    assert_eq!((request.http.method, request.task.as_str()), (Method::Get, "zoho.bigin.getRecordById"));
    assert_eq!(request.connection, Connection::DefaultFor("bigin".to_owned()));
}

#[test]
fn written_records_always_say_what_they_trigger() {
    let default = r#""trigger":["approval","blueprint","orchestration"]}"#;
    let record = || of_json(r#"{"Last_Name":"Ü","Id":4876876000000225001}"#);
    let data = r#"application/json {"data":[{"Last_Name":"Ü","Id":4876876000000225001}],"#;
    for name in ["zoho.crm.createRecord", "zoho.bigin.createRecord", "zoho.crm.v8.createRecord", "zoho.crm.upsert"] {
        let create = |rest: &[Value]| {
            let mut values = vec!["Leads".into(), record()];
            values.extend_from_slice(rest);
            sent(name, &values)
        };
        for absent in [
            vec![],
            vec![empty()],
            vec![braces(), "c".into()],
            vec![of_json(r#"{"connection":"c"}"#)],
            vec!["c".into()],
        ] {
            assert_eq!(create(&absent), format!("{data}{default}"));
        }
        let blank = Value::map([("trigger".into(), Value::list(vec!["".into()]))].into_iter().collect());
        for none in
            [of_json(r#"{"trigger":[]}"#), blank, Value::map([("trigger".into(), braces())].into_iter().collect())]
        {
            assert_eq!(create(&[none]), format!(r#"{data}"trigger":[]}}"#));
        }
        let listed = create(&[of_json(r#"{"trigger":["workflow"],"lar_id":"1","connection":"c"}"#), "d".into()]);
        assert_eq!(listed, format!(r#"{data}"trigger":["workflow"],"lar_id":"1"}}"#));
        let text = create(&[of_json(r#"{"trigger":"workflow"}"#)]);
        assert_eq!(text, format!(r#"{data}"trigger":["workflow"]}}"#));
    }
    let update = call("zoho.crm.updateRecord", &["Leads".into(), 9.into(), record(), "c".into()]).unwrap().0;
    assert_eq!((update.http.method, update.http.url.path()), (Method::Put, "/crm/v2/Leads/9"));
    assert_eq!(shown(&update.http.body), format!("{data}{default}"));
    let bulk = sent("zoho.crm.bulkCreate", &["Leads".into(), Value::list(vec![empty(), record()])]);
    assert_eq!(
        bulk,
        format!(r#"application/json {{"data":[{{}},{{"Last_Name":"Ü","Id":4876876000000225001}}],{default}"#)
    );
    let related = ["Products".into(), 1.into(), "Leads".into(), 2.into(), empty()];
    assert_eq!(sent("zoho.crm.updateRelatedRecord", &related), r#"application/json {"data":[{}]}"#);
}

#[test]
fn crm_answers_are_taken_out_of_their_envelopes() {
    let one = |status, body| got("zoho.crm.getRecordById", &["Leads".into(), 9.into()], status, body);
    let many = |status, body| got("zoho.crm.searchRecords", &["Leads".into(), "(A:equals:b)".into()], status, body);
    let written = |status, body| got("zoho.crm.createRecord", &["Leads".into(), empty()], status, body);
    let error = r#"{"code":"INVALID_MODULE","details":{},"message":"m","status":"error"}"#;
    assert_eq!(one(200, r#"{"data":[{"id":"9"}]}"#), r#"{"id":"9"}"#);
    assert_eq!(one(204, ""), r#"{"status":"failure"}"#);
    assert_eq!(one(200, r#"{"data":[]}"#), r#"{"status":"failure"}"#);
    assert_eq!(one(400, error), error);
    assert_eq!(one(502, "<p>gateway</p>"), "<p>gateway</p>");
    assert_eq!(one(401, ""), "");
    assert_eq!(many(200, r#"{"data":[{"id":"9"},{"id":"8"}],"info":{"count":2}}"#), r#"[{"id":"9"},{"id":"8"}]"#);
    assert_eq!(many(204, ""), "[]");
    assert_eq!(many(400, error), error);
    let users = r#"{"users":[{"id":"1"}],"info":{"page":1}}"#;
    assert_eq!(got("zoho.crm.getRecords", &["users".into()], 200, users), users);
    let success = r#"{"data":[{"code":"SUCCESS","details":{"id":"9"},"message":"record added","status":"success"}]}"#;
    assert_eq!(written(201, success), r#"{"id":"9"}"#);
    let refused = r#"{"code":"MANDATORY_NOT_FOUND","details":{"api_name":"Last_Name"},"message":"m","status":"error"}"#;
    let in_data = r#"{"data":[{"code":"MANDATORY_NOT_FOUND","details":{"api_name":"Last_Name"},"message":"m","status":"error"}]}"#;
    assert_eq!(written(202, in_data), refused);
    assert_eq!(written(400, error), error);
    assert_eq!(written(200, r#"{"data":[]}"#), r#"{"data":[]}"#);
    let bulk = got("zoho.crm.bulkUpdate", &["Leads".into(), Value::list(vec![])], 200, in_data);
    assert_eq!(bulk, format!("[{refused}]"));
    let failed = finish(call("zoho.crm.getRecordById", &["Leads".into(), 9.into()]).unwrap().1, no_answer());
    assert_eq!(code(failed), "http::timeout");
}

#[test]
fn bigin_answers_keep_their_envelopes() {
    let one = |status, body| got("zoho.bigin.getRecordById", &["Contacts".into(), "9".into()], status, body);
    assert_eq!(one(200, r#"{"data":[{"id":"9"}]}"#), r#"{"data":[{"id":"9"}]}"#);
    assert_eq!(one(204, ""), r#"{"status":"failure"}"#);
    assert_eq!(got("zoho.bigin.searchRecords", &["Contacts".into(), "x".into()], 204, ""), r#"{"data":[]}"#);
    let written = r#"{"data":[{"code":"SUCCESS","details":{"id":"9"}}]}"#;
    assert_eq!(got("zoho.bigin.createRecord", &["Contacts".into(), empty()], 201, written), written);
}

#[test]
fn an_unwrapped_list_is_a_json_list() {
    let values = ["Leads".into()];
    let reply = answer(204, &[], "");
    let list = finish(call("zoho.crm.getRecords", &values).unwrap().1, reply).unwrap();
    let Value::Aggregate(list) = list else { panic!("a list") };
    assert_eq!((list.kind(), list.is_from_json()), (Kind::List, true));
}

#[test]
fn a_collection_stands_for_what_it_holds() {
    let record = of_json(r#"{"Last_Name":"Berg","Tag":["a"]}"#);
    let Value::Aggregate(pairs) = &record else { panic!("an object") };
    let collection = Value::collection(pairs.borrow().clone());
    let with = |record: Value| sent("zoho.crm.createRecord", &["Leads".into(), record]);
    assert_eq!(with(collection), with(record));
    let elements = Value::collection(Contents::List(vec![1.into()]));
    assert_eq!(code(call("zoho.crm.createRecord", &["Leads".into(), elements])), "run::argument-type");
}
