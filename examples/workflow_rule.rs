//! A workflow rule in an application of one's own: a Deluge function is compiled once and runs for every record that
//! meets a criterion.
#![allow(clippy::print_stdout)]

use sluice::{Data, Engine, Run, Secret};

const FUNCTION: &str = r#"
string automation.greet(Map contact)
{
    info "welcoming " + contact.get("Email");
    return "Dia dhuit, " + contact.get("First_Name") + "!";
}"#;

/// Runs the rule for three records.
///
/// # Errors
/// A connection or a script that is not right, or a run that fails.
pub fn main() -> Result<(), Box<dyn std::error::Error>> {
    let token = Secret::new(std::env::var("CRM_TOKEN").unwrap_or_default() + "-example");
    let engine = Engine::builder().bearer("crm", token, &["www.zohoapis.com"]).build()?;
    let greet = engine.compile("greet.dg", FUNCTION)?;
    let criterion = engine
        .compile("criterion", r#"bool holds(Map contact) { return contact.get("Mailing_Country") == "Ireland"; }"#)?;

    for (first_name, country) in [("Aoife", "Ireland"), ("Ravi", "India"), ("Niamh", "Ireland")] {
        let email = format!("{}@example.com", first_name.to_lowercase());
        let contact = Data::map([("First_Name", first_name), ("Email", &email), ("Mailing_Country", country)]);
        let holds = engine.run_blocking(&criterion, Run::script().argument("contact", contact.clone()));
        if holds.result? == Data::Boolean(true) {
            let outcome = engine.run_blocking(&greet, Run::function("greet").argument("contact", contact));
            println!("{}: {}", outcome.info.join("; "), outcome.result?.print().unwrap_or_default());
        }
    }
    Ok(())
}
