//! Records reach functions under every key that scripts of the platform read.

use super::*;
use crate::data;
use crate::program::Options;
use crate::value::DateSettings;

fn contact() -> Record {
    Record::new(
        "Contacts",
        data!({"id": "5000001", "First_Name": "Aoife", "Email": "a@example.com", "Mailing_Country": "Ireland", "Größe": 1.80}),
    )
}

#[test]
fn a_record_has_every_key_at_once() {
    let expected = data!({
        "id": "5000001", "First_Name": "Aoife", "Email": "a@example.com", "Mailing_Country": "Ireland", "Größe": 1.80,
        "Contacts.ID": "5000001", "Contacts.id": "5000001",
        "Contacts.First Name": "Aoife", "Contacts.First_Name": "Aoife",
        "Contacts.Email": "a@example.com",
        "Contacts.Mailing Country": "Ireland", "Contacts.Mailing_Country": "Ireland",
        "Contacts.Größe": 1.80,
        "ID": "5000001", "FIRSTNAME": "Aoife", "EMAIL": "a@example.com", "MAILINGCOUNTRY": "Ireland", "GRÖSSE": 1.80,
    });
    assert_eq!(contact().to_data(), expected);
    let only = |keys: &[RecordKeys]| Record::new("Leads", data!({"Last_Name": "B"})).keys(keys).to_data();
    assert_eq!(only(&[RecordKeys::Legacy]), data!({"LASTNAME": "B"}));
    assert_eq!(only(&[RecordKeys::Module]), data!({"Leads.Last Name": "B", "Leads.Last_Name": "B"}));
    assert_eq!(only(&[RecordKeys::Legacy, RecordKeys::Api]), data!({"Last_Name": "B", "LASTNAME": "B"}));
    assert_eq!(only(&[]), data!({}));
    let labelled = Record::new("Leads", data!({"Field7": 1})).label("Field7", "Shoe size (EU)").label("Field8", "x");
    let expected = data!({"Field7": 1, "Leads.Shoe size (EU)": 1, "Leads.Field7": 1, "SHOESIZEEU": 1});
    assert_eq!(labelled.to_data(), expected);
    let clash = Record::new("Leads", data!({"Last_Name": 1, "LASTNAME": 2}));
    assert_eq!(clash.to_data().get("LASTNAME"), Some(&data!(2)));
    assert_eq!(clash.get("LASTNAME"), Some(&data!(2)));
    assert_eq!(Record::new("Leads", "no map").to_data(), data!({}));
}

#[test]
fn functions_of_every_age_read_it() {
    let engine = Engine::builder().build().unwrap();
    let script = r#"
        string automation.f(Map contact) {
            keys = {"Contacts.ID", "Contacts.Mailing Country", "Contacts.Mailing_Country", "FIRSTNAME", "Email"};
            out = List();
            for each key in keys { out.add(contact.get(key)); out.add(input.contact.get(key)); }
            return out.toString("|");
        }"#;
    let program = engine.compile("f", script).unwrap();
    let outcome = engine.run_blocking(&program, Run::function("f").argument("contact", contact()));
    let twice = ["5000001", "Ireland", "Ireland", "Aoife", "a@example.com"].map(|text| format!("{text}|{text}"));
    assert_eq!(outcome.result.unwrap(), Data::from(twice.join("|")));

    let source = Source::new("loose", "return contact.get(\"Contacts.ID\") + input.get(\"FIRSTNAME\");");
    let (program, found) = engine.check(&source, &Options { given: vec!["contact".into()], ..Options::default() });
    let program = program.unwrap_or_else(|| panic!("{found:?}"));
    let run = Run::script().argument("contact", contact()).input(contact());
    assert_eq!(engine.run_blocking(&program, run).result.unwrap(), Data::from("5000001Aoife"));
}

#[test]
fn criteria_know_its_fields_by_every_name() {
    let criteria = |text: &str| crate::criteria::Criteria::compile(text, &Default::default()).unwrap();
    assert!(
        criteria(r#"Mailing_Country == "Ireland" && Contacts.Email != null && FIRSTNAME == "Aoife""#)
            .matches(&contact())
    );
    assert!(criteria("PHONE == null && Phone == null").matches(&contact()));
}

#[test]
fn a_mapping_fills_arguments_as_a_rule_does() {
    let mapping = Mapping::new()
        .record("all")
        .field("email", "Contacts.Email")
        .text("country", " ${Contacts.Mailing Country}")
        .text("size", "${Größe}")
        .text("line", "${FIRSTNAME} <${ Email }> ${Contacts.None}${Accounts.Email} ${open")
        .field("none", "Phone")
        .text("empty", "")
        .value("fixed", 7);
    let arguments = Data::map(mapping.arguments(&contact()));
    assert_eq!(arguments.get("all"), Some(&contact().to_data()));
    let expected = data!({
        "email": "a@example.com", "country": " Ireland", "size": 1.80,
        "line": "Aoife <a@example.com>  ${open", "none": null, "empty": "", "fixed": 7,
    });
    assert_eq!(arguments.entries().get(1..).unwrap(), expected.entries());

    let deal = Record::new("Deals", data!({"Account_Name": {"id": "42", "name": "Acme"}, "Box": {"size": 2}}));
    let mapping = Mapping::new().text("to", "To ${Deals.Account Name}, ${Box}").text("account", "${Account_Name}");
    let arguments = mapping.arguments(&deal);
    assert_eq!(arguments[0].1, data!(r#"To Acme, {"size":2}"#));
    assert_eq!(arguments[1].1, data!({"id": "42", "name": "Acme"}));
}

#[test]
fn arguments_become_what_is_declared() {
    let engine = Engine::builder().build().unwrap();
    let script = r#"
        string f(Int id, Float amount, Bool yes, Date day, String text) {
            return (id + 1) + " " + (amount * 2) + " " + (yes == true) + " " + day.addDay(1).toString("dd-MMM-yyyy")
                + " " + text.length();
        }"#;
    let program = engine.compile("f", script).unwrap();
    let arguments = [
        ("id", data!("41")),
        ("amount", data!("1.25")),
        ("yes", data!("True")),
        ("day", data!("31-Jan-2026")),
        ("text", data!(12345)),
    ];
    let run = arguments.into_iter().fold(Run::function("f"), |run, (name, data)| run.argument(name, data));
    let outcome = engine.run_blocking(&program, run);
    assert_eq!(outcome.result.unwrap(), Data::from("42 2.5 true 01-Feb-2026 5"));

    for (name, data) in [("id", data!("x")), ("id", data!("1.5")), ("yes", data!("1")), ("day", data!("soon"))] {
        let outcome = engine.run_blocking(&program, Run::function("f").argument(name, data));
        assert_eq!(outcome.result.unwrap_err().code, "run::parameter-type", "{name}");
    }
}

#[test]
fn dates_from_outside_have_the_zone_of_the_run() {
    let zone = |name: &str| jiff::tz::TimeZone::get(name).unwrap();
    let environment = Environment {
        dates: Arc::new(DateSettings::default().with_zone(zone("Asia/Kolkata"))),
        ..Environment::default()
    };
    let engine = Engine::builder().environment(environment).build().unwrap();
    let program = engine.compile("f", "string f(Date at, Map map) { return at + \" \" + map; }").unwrap();
    let instant: jiff::Timestamp = "2026-01-31T20:00:00Z".parse().unwrap();
    let day = Data::from(jiff::civil::date(2026, 1, 31));
    let run = Run::function("f").argument("at", instant).argument("map", data!({"day": day, "at": instant}));
    let expected = "01-Feb-2026 01:30:00 {\"day\":\"31-Jan-2026 00:00:00\",\"at\":\"01-Feb-2026 01:30:00\"}";
    assert_eq!(engine.run_blocking(&program, run).result.unwrap(), Data::from(expected));
}
