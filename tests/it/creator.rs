//! Records and statements of Creator reach the driver as effects with everything computed, and its answers come back.

use std::sync::{Arc, Mutex};

use sluice::effect::{Action, Effect, Problem, Reply};
use sluice::host::{Answer, Driver};
use sluice::program::Options;
use sluice::source::Source;
use sluice::syntax::Dialect;
use sluice::value::Data;
use sluice::{Engine, Outcome, Run};

/// Notes what is asked, in its printed form, and answers in turn.
struct Store {
    asked: Mutex<Vec<String>>,
    answers: Mutex<Vec<Data>>,
}

impl Driver for Store {
    fn perform(&self, effect: Effect, _user: Option<&str>, reply: Answer) {
        let asked = match &effect.action {
            Action::Records(records) => records.to_string(),
            Action::Client(client) => client.to_string(),
            Action::Request(_) => "a request".to_owned(),
            Action::Host(call) => call.to_string(),
            Action::Mail(_) => "a mail".to_owned(),
            Action::Platform(platform) => platform.to_string(),
        };
        self.asked.lock().unwrap().push(asked);
        let mut answers = self.answers.lock().unwrap();
        reply(if answers.is_empty() { Reply::Value(Data::Null) } else { Reply::Value(answers.remove(0)) });
    }
}

/// Runs a Creator script over a store that gives these answers; the outcome and what was asked.
fn run(script: &str, answers: &[Data]) -> (Outcome, Vec<String>) {
    let store = Arc::new(Store { asked: Mutex::default(), answers: Mutex::new(answers.to_vec()) });
    let engine =
        Engine::builder().dialect(Dialect::Creator).driver(Arc::clone(&store) as Arc<dyn Driver>).build().unwrap();
    let options = Options { dialect: Dialect::Creator, ..Options::default() };
    let (program, found) = engine.check(&Source::new("event", script), &options);
    let program = program.unwrap_or_else(|| panic!("{script}: {found:?}"));
    let outcome = engine.run_blocking(&program, Run::script().input(input()));
    let asked = store.asked.lock().unwrap().clone();
    (outcome, asked)
}

fn input() -> Data {
    let old = Data::map([("Total", Data::Null)]);
    Data::map([("Email", Data::from("a@b.test")), ("Total", "5".into()), ("old", old)])
}

/// What the script asks of its application.
fn asks(script: &str) -> Vec<String> {
    let (outcome, asked) = run(script, &[]);
    assert!(outcome.result.is_ok(), "{script}: {:?}", outcome.result);
    asked
}

#[test]
fn criteria_hold_fields_and_computed_values() {
    let fetched = |criteria: &str| asks(&format!("limit = 3; name = \"x\"; r = Orders[{criteria}];"));
    for (criteria, wanted) in [
        ("ID != 0", "ID != 0"),
        ("Total > limit * 2", "Total > 6"),
        ("name == name", r#"name == "x""#),
        ("Customer.Email == input.Email && Open", r#"(Customer.Email == "a@b.test") && Open"#),
        ("!Open || Status in {\"a\",name}", r#"!(Open) || (Status in ["a","x"])"#),
        ("Title.contains(name.toUpperCase())", r#"Title.contains("X")"#),
        ("Due in next 3 weeks", "Due in next 3 weeks"),
        ("Price * Quantity >= limit", "(Price * Quantity) >= 3"),
        ("Team = name", r#"Team == "x""#),
    ] {
        assert_eq!(fetched(criteria), [format!("fetch records from Orders where {wanted}")], "{criteria}");
    }
    assert_eq!(asks("r = Orders[];"), ["fetch records from Orders"]);
}

#[test]
fn what_is_read_of_records() {
    for (script, wanted) in [
        ("r = Orders[ID == 1].Name.first_name;", "fetch the first Name.first_name from Orders where ID == 1"),
        ("r = Orders[ID == 1].Email.getAll();", "fetch every Email from Orders where ID == 1"),
        ("r = Orders[ID == 1].count();", "fetch count from Orders where ID == 1"),
        ("r = Orders[ID == 1].maximum(Total);", "fetch maximum of Total from Orders where ID == 1"),
        (
            "r = Orders[ID == 1].Email sort by Age desc range from 1 to 2 + 1;",
            "fetch the first Email from Orders where ID == 1 sort by Age desc range from 1 to 2",
        ),
        (
            "r = Orders[ID == 1].Email sort by Age.getall();",
            "fetch every Email from Orders where ID == 1 sort by Age asc",
        ),
        ("for each r in Orders { info r; }", "fetch records from Orders"),
    ] {
        let (_, asked) = run(script, &[]);
        assert_eq!(asked, [wanted], "{script}");
    }
    let (outcome, _) = run("info Orders[ID != 0].sum(Total) + 1;", &[Data::Number(41)]);
    assert_eq!(outcome.info, ["42"]);
    let records = Data::list([Data::map([("Name", "a")]), Data::map([("Name", "b")])]);
    let (outcome, _) = run("for each r in Orders[ID != 0] sort by Name { info r.Name; }", &[records]);
    assert_eq!(outcome.info, ["a", "b"]);
    // A field of all of them is that of the first one, and null when there is none.
    let script = "r = Orders[ID != 0] sort by Name; info r.Name;";
    let records = Data::list([Data::map([("Name", "a")]), Data::map([("Name", "b")])]);
    assert_eq!(run(script, &[records]).0.info, ["a"]);
    assert_eq!(run(script, &[Data::list([])]).0.info, ["null"]);
}

#[test]
fn records_are_written() {
    let (outcome, asked) =
        run("id = insert into Notes [ Title = \"n\" + 1 By.name = zoho.loginuser ]; info id;", &[Data::Number(7)]);
    assert_eq!(
        (asked, outcome.info),
        (vec![r#"insert into Notes Title="n1" By.name=null"#.to_owned()], vec!["7".to_owned()])
    );
    assert_eq!(asks("update Notes[ID == 7] [ Title = \"m\" ]"), [r#"update Notes where ID == 7 Title="m""#]);
    assert_eq!(asks("Notes[ID == 7].Title = \"o\";"), [r#"update Notes where ID == 7 Title="o""#]);
    assert_eq!(asks("delete from Notes[Title == \"o\"];"), [r#"delete from Notes where Title == "o""#]);
    let (_, asked) = run("r = Notes[ID == 7]; update r [ Title = 1 ];", &[Data::list([])]);
    assert_eq!(asked[1], "update the fetched record Title=1");
    let (outcome, asked) =
        run("r = Notes[ID == 7]; s = r; s.Title = 2; r = Map(); r.Title = 3; info r;", &[Data::list([])]);
    assert_eq!((asked[1].as_str(), asked.len()), ("update the fetched record Title=2", 2));
    assert_eq!(outcome.info, [r#"{"Title":3}"#]);
    let records = Data::list([Data::map([("Total", Data::Number(1))])]);
    let (_, asked) =
        run("for each r in Notes[Total > 0] { r.Total = r.Total + 4; r.Total += 1; }", std::slice::from_ref(&records));
    assert_eq!(asked[1..], ["update the fetched record Total=5", "update the fetched record Total=2"]);
    let (_, asked) = run("void close(Notes note) { note.Open = false; } close(Notes[ID == 7]);", &[records]);
    assert_eq!(asked[1..], ["update the fetched record Open=false"]);
}

#[test]
fn statements_for_a_person() {
    assert_eq!(
        asks(
            "alert \"a\" + 1; alert(Email,\"bad\"); hide Sub.Cost; cancel submit; input.Pick:ui.add({\"x\"}); reload;"
        ),
        [
            "alert \"a1\"",
            "alert Email \"bad\"",
            "hide Sub.Cost",
            "cancel submit",
            "ui.add input.Pick [\"x\"]",
            "reload"
        ]
    );
}

#[test]
fn an_event_names_the_fields_of_its_form() {
    let (outcome, _) = run("if(Total == \"5\" && old.Total == null) { info Email; }", &[]);
    assert_eq!(outcome.info, ["a@b.test"]);
}

#[test]
fn without_a_store_reaching_records_is_an_error_that_says_so() {
    let engine = Engine::builder().build().unwrap();
    let program = engine.check(&Source::new("s", "info 1;\nr = Orders[ID == 1];"), &Options::default()).0.unwrap();
    let outcome = engine.run_blocking(&program, Run::script());
    let trouble = outcome.result.unwrap_err();
    assert_eq!((trouble.code.as_str(), trouble.line), ("run::no-record-store", 2));
    assert!(trouble.message.contains("`Orders`") && trouble.help.is_some(), "{trouble:?}");
    let caught = engine.check(&Source::new("s", "try { alert 1; } catch (e) { info e.message; }"), &Options::default());
    let outcome = engine.run_blocking(&caught.0.unwrap(), Run::script());
    assert_eq!(outcome.info, ["`alert` needs a form before a person"]);
}

#[test]
fn what_can_be_no_form() {
    let engine = Engine::builder().build().unwrap();
    let code = |script: &str| {
        let (_, found) = engine.check(&Source::new("s", script), &Options::default());
        found.first().map(|found| found.code.to_string()).unwrap_or_default()
    };
    assert_eq!(code("l = {1}; i = 0; info l[i];"), "check::index");
    assert_eq!(code("l = {1}; for each x in l.sublist(0) sort by ID { }"), "check::not-records");
    assert_eq!(code("n = Orders[ID == 1].sum();"), "check::argument-count");
    assert_eq!(code("cancel submit 1;"), "check::argument-count");
    assert_eq!(code("r = Orders[ID == missing.x].Name;"), "");
}

#[test]
fn a_failing_store_is_a_catchable_error() {
    struct Broken;
    impl Driver for Broken {
        fn perform(&self, _: Effect, _: Option<&str>, reply: Answer) {
            let message = "Invalid entries found".to_owned();
            reply(Reply::Failed(Problem { code: "store::refused".into(), message, help: None }));
        }
    }
    let engine = Engine::builder().driver(Arc::new(Broken)).build().unwrap();
    let script = "try { insert into Notes [ A = 1 ] } catch (e) { info e.message; }";
    let program = engine.check(&Source::new("s", script), &Options::default()).0.unwrap();
    assert_eq!(engine.run_blocking(&program, Run::script()).info, ["Invalid entries found"]);
}
