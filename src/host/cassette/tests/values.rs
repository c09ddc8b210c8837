//! Values and the effects that are no requests come back as they were.

use proptest::prelude::*;

use super::super::clean::Cleaner;
use super::super::content::Bodies;
use super::super::data::{Reader, Writer};
use super::*;
use crate::effect::{Client, Criteria, Mail, MailContent, Operation, Records, Wanted};
use crate::value::{Data, DateTime, Decimal, File, Time};

fn there_and_back(data: &Data) -> Data {
    let cleaner = Cleaner::new(Arc::default(), &[]).unwrap();
    let mut bodies = Bodies::new();
    let written = Writer { cleaner: &cleaner, bodies: &mut bodies }.data("", data);
    let text = serde_json::from_str(&written.to_string()).unwrap();
    Reader { bodies: &bodies, dates: &Arc::default() }.data(&text).unwrap()
}

/// Values as they are told apart by their debugging form, which also shows what equality leaves out.
fn shown(data: &Data) -> String {
    format!("{data:?}")
}

fn date(text: &str) -> Data {
    Data::DateTime(DateTime::read(text, &Arc::default()).unwrap())
}

#[test]
fn every_kind_of_value_comes_back() {
    let file = File { charset: Some("utf-16".into()), ..File::new("a.bin", "image/png", vec![0, 255]) };
    let all = Data::list([
        Data::Null,
        Data::Boolean(true),
        Data::Number(i64::MIN),
        Data::Decimal(Decimal::parse("1.50").unwrap()),
        Data::Text("$date".into()),
        Data::Text("x".repeat(70_000)),
        date("31-Jan-2026"),
        date("31-Jan-2026 10:20:30"),
        Data::Time(Time::at(52_510, true).unwrap()),
        Data::List { items: vec![Data::Number(1)], from_json: true },
        Data::Braces,
        Data::Elements(vec![Data::Number(1)]),
        Data::Elements(Vec::new()),
        Data::Pairs(vec![(Data::Text("a".into()), Data::Number(1))]),
        Data::Map(vec![(Data::Number(1), Data::Text("one".into())), (Data::Text("1".into()), Data::Null)]),
        Data::Map(vec![(Data::Text("$date".into()), Data::Number(1))]),
        Data::map([("plain", Data::map([("in", Data::list([]))]))]),
        Data::from(file),
    ]);
    assert_eq!(shown(&there_and_back(&all)), shown(&all));
}

#[test]
fn secrets_in_values_are_masked_by_name() {
    let back =
        there_and_back(&Data::map([("password", Data::Text("abcdef".into())), ("token", Data::Number(123_456))]));
    let masked = || Data::Text("[redacted]".into());
    assert_eq!(back, Data::map([("password", masked()), ("token", masked())]));
}

#[test]
fn mails_records_and_screens_are_recorded_as_well() {
    let desk = Desk::new();
    let mail = Mail {
        from: "ann@example.com".into(),
        to: vec!["bob@example.com".into()],
        cc: Vec::new(),
        bcc: Vec::new(),
        reply_to: Vec::new(),
        subject: "Order 7".into(),
        message: "<p>hello</p>\nmore".into(),
        content: MailContent::Html,
        attachments: vec![File::new("a.bin", "image/png", vec![0, 255])],
        dropped: 0,
    };
    let fetch = |form: &str| {
        let criteria =
            Criteria::Operation("==".into(), vec![Criteria::Field("Paid".into()), Criteria::Value(true.into())]);
        let operation = Operation::Fetch { criteria, sort: None, range: Some((1, 5)), wanted: Wanted::Records };
        effect(Action::Records(Box::new(Records { form: form.into(), operation })))
    };
    let insert = |name: &str| {
        let operation = Operation::Insert { fields: vec![("Name".into(), name.into())] };
        effect(Action::Records(Box::new(Records { form: "Log".into(), operation })))
    };
    let alert = effect(Action::Client(Client { verb: "alert".into(), field: None, value: Some("hi".into()) }));
    let exchanges = [
        (effect(Action::Mail(Box::new(mail.clone()))), Reply::Value(Data::Null)),
        (fetch("Orders"), Reply::Value(Data::list([Data::map([("due", date("31-Jan-2026"))])]))),
        (insert("a"), Reply::Value(Data::Number(77))),
        (alert, Reply::Value(Data::Null)),
    ];
    desk.record(Options::default(), &exchanges);
    assert_eq!(
        desk.names()[..4],
        ["0001-mail-order-7.json", "0002-records-orders.json", "0003-records-log.json", "0004-client-alert.json"]
    );
    let cassette = desk.replay();
    for (effect, reply) in &exchanges {
        assert_eq!(&ask(&cassette, effect), reply);
    }
    let other = Mail { subject: "Order 8".into(), ..mail };
    let (_, help) = miss(ask(&cassette, &effect(Action::Mail(Box::new(other)))));
    assert!(help.contains("body `subject`: recorded \"Order 7\", asked \"Order 8\""), "{help}");
    miss(ask(&cassette, &fetch("Invoices")));
    miss(ask(&cassette, &insert("b")));
}

fn any_data() -> impl Strategy<Value = Data> {
    let leaf = prop_oneof![
        Just(Data::Null),
        Just(Data::Braces),
        any::<bool>().prop_map(Data::Boolean),
        any::<i64>().prop_map(Data::Number),
        "-?[0-9]{1,9}\\.[0-9]{1,9}".prop_map(|digits| Data::Decimal(Decimal::parse(&digits).unwrap())),
        "[$a-z\"\\\\ é]{0,8}".prop_map(Data::Text),
    ];
    leaf.prop_recursive(4, 40, 5, |inner| {
        prop_oneof![
            (proptest::collection::vec(inner.clone(), 0..4), any::<bool>())
                .prop_map(|(items, from_json)| Data::List { items, from_json }),
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Data::Elements),
            proptest::collection::vec((inner.clone(), inner.clone()), 0..4).prop_map(Data::Pairs),
            proptest::collection::vec(("[$a-z]{0,3}".prop_map(Data::Text), inner), 0..4).prop_map(Data::Map),
        ]
    })
}

proptest! {
    #[test]
    fn every_value_comes_back(data in any_data()) {
        prop_assert_eq!(shown(&there_and_back(&data)), shown(&data));
    }
}
