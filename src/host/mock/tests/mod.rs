//! Rules and the effects that they cover, and faults beside the real ones.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod faults;

use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::json;

use super::{BodyMatch, Fault, Mock, MockAnswer, MockRule, Wildcard};
use crate::effect::{
    Action, Client, Connection, Criteria, Effect, EffectName, Mail, MailContent, Operation, Records, Reply, Request,
};
use crate::host::{Driver, Dry};
use crate::http::{self, Allowance, Body, Limits, Method};
use crate::value::Data;

fn effect(action: Action) -> Effect {
    Effect { name: EffectName { function: "".into(), site: 0, occurrence: 0 }, line: 7, action }
}

fn request(method: Method, url: &str, body: Body) -> Effect {
    let http = http::Request { body, ..http::Request::new(method, url.parse().unwrap()) };
    let connection = Connection::Named("acme_main".into());
    effect(Action::Request(Box::new(Request { task: "invokeurl".into(), connection, http })))
}

fn get(url: &str) -> Effect {
    request(Method::Get, url, Body::Empty)
}

fn mail() -> Effect {
    effect(Action::Mail(Box::new(Mail {
        from: "a@example.com".into(),
        to: vec!["b@example.com".into()],
        cc: Vec::new(),
        bcc: Vec::new(),
        reply_to: Vec::new(),
        subject: "Hello".into(),
        message: "text".into(),
        content: MailContent::Plain,
        attachments: Vec::new(),
        dropped: 0,
    })))
}

fn answer(driver: &dyn Driver, effect: Effect) -> Reply {
    let (send, receive) = channel();
    driver.perform(effect, None, Box::new(move |reply| send.send(reply).unwrap()));
    receive.recv_timeout(Duration::from_secs(30)).unwrap()
}

/// A mock over a dry run, and how many effects reach that.
fn mock(rules: Vec<MockRule>) -> (Mock, Arc<Mutex<usize>>) {
    let told = Arc::<Mutex<usize>>::default();
    let counted = Arc::clone(&told);
    let inner = Arc::new(Dry::new(move |_| *counted.lock().unwrap() += 1));
    (Mock::new(rules, Limits::default(), inner), told)
}

fn text(body: &'static str) -> MockAnswer {
    MockAnswer::Response { status: 201, headers: vec![("x-mock".into(), "1".into())], body: body.into() }
}

fn body_of(reply: &Reply) -> String {
    let Reply::Response(response) = reply else { panic!("{reply:?}") };
    String::from_utf8_lossy(&response.body).into_owned()
}

fn covers(rule: &MockRule, effect: &Effect) -> bool {
    rule.covers(effect)
}

#[test]
fn all_that_is_given_must_fit() {
    let rule = MockRule {
        task: Some(Wildcard::in_any_case("invokeURL")),
        method: Some(Wildcard::in_any_case("post")),
        url: Some(Wildcard::new("https://api.example.com/orders*")),
        connection: Some(Wildcard::new("acme_*")),
        ..MockRule::default()
    };
    let post = |url| request(Method::Post, url, Body::Empty);
    assert!(covers(&rule, &post("https://api.example.com/orders?page=2")));
    assert!(!covers(&rule, &post("https://api.example.com/customers")));
    assert!(!covers(&rule, &get("https://api.example.com/orders")));
    assert!(!covers(&rule, &mail()));
    let other = MockRule { connection: Some(Wildcard::new("other")), ..rule };
    assert!(!covers(&other, &post("https://api.example.com/orders")));
    assert!(covers(&MockRule::default(), &mail()));
}

#[test]
fn bodies_are_looked_into() {
    let contains = |part: &str| MockRule { body: Some(BodyMatch::Contains(part.into())), ..MockRule::default() };
    let has = |json| MockRule { body: Some(BodyMatch::Json(json)), ..MockRule::default() };
    let sent = |body| request(Method::Post, "https://a.test/", body);
    let raw = |text: &'static str| sent(Body::Raw { content_type: "text/plain".into(), bytes: text.into() });
    let form = sent(Body::Form(vec![("a".into(), "1 2".into()), ("b".into(), "x".into())]));
    assert!(covers(&contains("needle"), &raw("hay needle hay")) && !covers(&contains("needle"), &raw("hay")));
    assert!(covers(&contains("a=1+2"), &form) && covers(&has(json!({"a": "1 2"})), &form));
    assert!(covers(&contains("tex"), &mail()) && covers(&contains("Hello"), &mail()));
    let order = raw("{\"id\": 1, \"price\": 2.50, \"lines\": [{\"sku\": \"a\", \"n\": 1}], \"x\": null}");
    for (wanted, fits) in [
        (json!({"id": 1}), true),
        (json!({"price": 2.5}), true),
        (json!({"lines": [{"sku": "a"}]}), true),
        (json!({"lines": []}), false),
        (json!({"x": null}), true),
        (json!({"y": null}), false),
        (json!({"id": "1"}), false),
    ] {
        assert_eq!(covers(&has(wanted.clone()), &order), fits, "{wanted}");
    }
    assert!(!covers(&has(json!({})), &raw("no json")) && !covers(&has(json!({})), &mail()));
    assert!(!covers(&has(json!({})), &raw(Box::leak("[".repeat(100_000).into_boxed_str()))));
}

#[test]
fn the_first_rule_that_fits_answers_and_the_rest_goes_on() {
    let rule = |url: &str, body| MockRule {
        name: url.into(),
        url: Some(Wildcard::new(url)),
        answer: text(body),
        ..MockRule::default()
    };
    let (mock, told) = mock(vec![rule("*/a", "first"), rule("*", "second"), rule("*/a", "third")]);
    let reply = answer(&mock, get("https://x.test/a"));
    assert_eq!(body_of(&reply), "first");
    let Reply::Response(response) = reply else { panic!() };
    assert_eq!((response.status, response.headers), (201, vec![("x-mock".to_owned(), "1".to_owned())]));
    assert_eq!(body_of(&answer(&mock, get("https://x.test/b"))), "second");
    assert_eq!(answer(&mock, mail()), Reply::Value(Data::Null));
    assert_eq!((*told.lock().unwrap(), mock.unused()), (1, vec!["*/a"]));
}

#[test]
fn rules_count() {
    let rule = |after, times, body| MockRule { after, times, answer: text(body), ..MockRule::default() };
    let (mock, _) = mock(vec![rule(1, Some(2), "two and three"), rule(0, Some(1), "one"), rule(0, None, "later")]);
    let given: Vec<String> = (0..5).map(|_| body_of(&answer(&mock, get("https://x.test/")))).collect();
    assert_eq!(given, ["one", "two and three", "two and three", "later", "later"]);
    assert!(mock.unused().is_empty());
}

#[test]
fn what_no_rule_covers_can_be_an_error() {
    let (mock, told) = mock(Vec::new());
    let mock = mock.strict();
    let Reply::Failed(problem) = answer(&mock, get("https://joe:secret@x.test/a?key=secret")) else { panic!() };
    assert_eq!(problem.code, "run::no-mock");
    assert_eq!(problem.message, "no mock answers invokeurl, GET https://x.test/a");
    let Reply::Failed(problem) = answer(&mock, mail()) else { panic!() };
    assert_eq!(problem.message, "no mock answers sendmail");
    assert_eq!(*told.lock().unwrap(), 0);
}

#[test]
fn other_effects_get_values() {
    let fetch =
        Operation::Fetch { criteria: Criteria::All, sort: None, range: None, wanted: crate::effect::Wanted::Records };
    let records =
        |form: &str| effect(Action::Records(Box::new(Records { form: form.into(), operation: fetch.clone() })));
    let orders = MockRule {
        task: Some(Wildcard::in_any_case("fetch")),
        form: Some(Wildcard::new("Orders")),
        answer: MockAnswer::Value(Data::list([Data::Number(1)])),
        ..MockRule::default()
    };
    let client =
        MockRule { task: Some(Wildcard::in_any_case("ALERT")), answer: text("{\"a\": [1]}"), ..MockRule::default() };
    let number = MockRule { answer: MockAnswer::Value(Data::map([("a", 1)])), ..MockRule::default() };
    let (mock, _) = mock(vec![orders, client, number]);
    assert_eq!(answer(&mock, records("Orders")), Reply::Value(Data::list([Data::Number(1)])));
    let alert = effect(Action::Client(Client { verb: "alert".into(), field: None, value: None }));
    assert_eq!(answer(&mock, alert), Reply::Value(Data::from_json("{\"a\": [1]}").unwrap()));
    assert_eq!(body_of(&answer(&mock, get("https://x.test/"))), "{\"a\":1}");
}

#[test]
fn a_delay_holds_up_nobody_else() {
    let slow = |url: &str, fault| MockRule {
        url: Some(Wildcard::new(url)),
        delay: Duration::from_millis(300),
        answer: fault,
        ..MockRule::default()
    };
    let (mock, told) = mock(vec![slow("*/late", text("late")), slow("*/passed", MockAnswer::Pass)]);
    let begun = Instant::now();
    let (send, receive) = channel();
    for _ in 0..100 {
        let send = send.clone();
        mock.perform(get("https://x.test/late"), None, Box::new(move |reply| send.send(reply).unwrap()));
    }
    assert!(begun.elapsed() < Duration::from_millis(250), "performing waits: {:?}", begun.elapsed());
    for _ in 0..100 {
        assert_eq!(body_of(&receive.recv().unwrap()), "late");
    }
    let took = begun.elapsed();
    assert!(took >= Duration::from_millis(300) && took < Duration::from_secs(10), "{took:?}");
    answer(&mock, get("https://x.test/passed"));
    assert_eq!(*told.lock().unwrap(), 1);
}

#[test]
fn a_delay_beyond_the_time_of_requests_is_a_time_out() {
    let rule = MockRule { delay: Duration::from_secs(3_600), answer: text("never"), ..MockRule::default() };
    let (mock, _) = mock(vec![rule]);
    let mut effect = get("https://x.test/");
    if let Action::Request(request) = &mut effect.action {
        request.http.allowance = Allowance { total: Some(Duration::from_millis(50)), ..Allowance::default() };
    }
    let Reply::Failed(problem) = answer(&mock, effect) else { panic!() };
    assert_eq!((problem.code.as_str(), problem.message.as_str()), ("http::timeout", "socket timeout error"));
}

#[test]
fn every_fault_is_a_failure_or_an_answer_for_every_effect() {
    for (word, fault) in Fault::ALL {
        assert_eq!(Fault::parse(word), Some(fault));
        let rule = MockRule { answer: MockAnswer::Fault(fault), ..MockRule::default() };
        let (mock, told) = mock(vec![rule]);
        let of_mail = answer(&mock, mail());
        let of_client =
            answer(&mock, effect(Action::Client(Client { verb: "alert".into(), field: None, value: None })));
        if fault == Fault::Slow {
            assert_eq!(*told.lock().unwrap(), 2, "it comes late and is whole");
            continue;
        }
        let Reply::Failed(of_mail) = of_mail else { panic!("{word}") };
        assert!(of_mail.code.starts_with("mail::") || word == "dns", "{of_mail:?}");
        assert!(matches!(of_client, Reply::Failed(_)), "{word}");
    }
}
