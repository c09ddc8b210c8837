//! `invokeapi`'s hosts in every data centre, and tasks of the platform as effects.

use super::*;
use crate::effect::{Connection, Platform};
use crate::environment::DataCenter;
use crate::value::Data;

fn api(data_center: DataCenter, service: &str) -> (String, Connection) {
    let environment = Environment { data_center, ..Environment::default() };
    let values = [service.into(), "/p".into()];
    let (request, _) = prepare_in(&environment, &task("invokeapi"), &[0, 1], &values).unwrap();
    (request.http.url.to_string(), request.connection)
}

/// The effect of a task, and the value that a reply becomes.
fn platform(name: &str, slots: &[u16], values: &[Value]) -> Result<(Platform, Prepared), Failure> {
    let prepared = prepare_any(&Environment::default(), &task(name), slots, values)?;
    let Action::Platform(platform) = &prepared.action else { panic!("{name} is no task of the platform") };
    Ok(((**platform).clone(), prepared))
}

#[test]
fn invokeapi_asks_the_host_of_the_data_centre() {
    for center in DataCenter::ALL {
        let (url, connection) = api(center, "zohocrm");
        assert_eq!(url, format!("https://www.zohoapis.{}/p", center.suffix()));
        assert_eq!(connection, Connection::DefaultFor("crm".to_owned()));
        assert_eq!(api(center, "ZohoCliq").0, format!("https://cliq.{}/p", center.product_domain()));
    }
    assert_eq!(api(DataCenter::Ca, "zohorecruit").0, "https://recruit.zohocloud.ca/p");
}

#[test]
fn a_misspelt_service_is_guessed() {
    let values = ["zohobook".into(), "/p".into()];
    let failure = prepare_any(&Environment::default(), &task("invokeapi"), &[0, 1], &values).err().unwrap();
    assert_eq!(failure.into_report().help.unwrap(), "did you mean zohobooks?");
}

#[test]
fn tasks_of_the_platform_ask_with_checked_arguments() {
    let (asked, prepared) = platform("zoho.ai.translate", &[0, 1], &["Guten Tag".into(), "en".into()]).unwrap();
    assert_eq!(asked.to_string(), "call zoho.ai.translate(\"Guten Tag\", \"en\")");
    assert_eq!(asked.arguments[1], ("target".to_owned(), Data::Text("en".to_owned())));
    assert_eq!(asked.idle, Data::Map(Vec::new()));
    assert_eq!(asked.out_of_reach.code, "run::task-not-available");
    let told = Reply::Value(Data::Text("Good day".to_owned()));
    assert_eq!(printed(&finish(prepared, told).unwrap()), "Good day");
    let (_, prepared) = platform("zoho.ai.translate", &[0, 1], &["Guten Tag".into(), "en".into()]).unwrap();
    let refused = finish(prepared, Reply::Failed(asked.out_of_reach)).err().unwrap().into_report();
    assert!(refused.catchable && refused.message.starts_with("zoho.ai.translate is not supported"));
}

#[test]
fn every_kind_of_task_of_the_platform_is_an_effect() {
    let text = || Value::from("x");
    let (asked, _) = platform("openUrl", &[0, 1], &[text(), "new window".into()]).unwrap();
    assert_eq!((asked.to_string().as_str(), asked.idle), ("call openUrl(\"x\", \"new window\")", Data::Null));
    let numbers = Value::list(vec!["+1".into(), "+2".into()]);
    let (asked, _) = platform("sendSms", &[0, 1], &[numbers, text()]).unwrap();
    assert_eq!(asked.arguments.len(), 2);
    assert_eq!(platform("twilio.sms.send", &[0, 1, 2], &[text(), text(), text()]).unwrap().0.arguments.len(), 3);
    assert_eq!(platform("zoho.map.geoCode", &[0], &[text()]).unwrap().0.idle, Data::Map(Vec::new()));
    let push = [text(), text(), text(), text(), 5.into()];
    assert_eq!(platform("zoho.pushNotification", &[0, 1, 2, 3, 4], &push).unwrap().0.idle, Data::Null);
    assert_eq!(code(platform("openUrl", &[0, 1], &[5.into(), text()])), "run::argument-type");
    assert_eq!(code(platform("sendSms", &[0], &[text()])), "run::argument-type");
    assert_eq!(code(platform("zoho.ai.detectObject", &[0], &[text()])), "run::argument-type");
}
