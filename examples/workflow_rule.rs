//! A workflow rule in an application of one's own: the record is the application's struct, criteria are judged on it,
//! and a Deluge function that was compiled once runs for every record that meets it.
#![allow(clippy::print_stdout)]

use serde::Serialize;
use sluice::criteria::{Criteria, Options};
use sluice::{Engine, Mapping, Record, Run, Secret};

/// Written for the platform: it reads the record under the keys that rules and extensions hand it.
const FUNCTION: &str = r#"
string automation.greet(Map contact, String email, Int score)
{
    info "welcoming " + email + " with " + (score + 1);
    return "Dia dhuit, " + contact.get("Contacts.First Name") + " " + input.contact.get("LASTNAME") + "!";
}"#;

/// A contact of the application.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Contact {
    #[serde(rename = "First_Name")]
    first_name: &'static str,
    #[serde(rename = "Last_Name")]
    last_name: &'static str,
    email: Option<String>,
    #[serde(rename = "Mailing_Country")]
    country: &'static str,
    score: u32,
}

/// Runs the rule for three records.
///
/// # Errors
/// A connection or a script that is not right, or a run that fails.
pub fn main() -> Result<(), Box<dyn std::error::Error>> {
    let token = Secret::new(std::env::var("CRM_TOKEN").unwrap_or_default() + "-example");
    let engine = Engine::builder().bearer("crm", token, &["www.zohoapis.com"]).build()?;
    let greet = engine.compile("greet.dg", FUNCTION)?;
    let criteria = Criteria::compile(r#"Mailing_Country == "Ireland" && Email != null"#, &Options::default())?;
    let mapping = Mapping::new().record("contact").text("email", "${Contacts.Email}").field("score", "Score");

    let contacts = [("Aoife", "Byrne", "Ireland"), ("Ravi", "Patel", "India"), ("Niamh", "Kelly", "Ireland")];
    for (first_name, last_name, country) in contacts {
        let email = Some(format!("{}@example.com", first_name.to_lowercase()));
        let contact = Contact { first_name, last_name, email, country, score: 41 };
        let record = Record::from_serde("Contacts", &contact)?;
        if criteria.matches(&record) {
            let outcome = engine.run_blocking(&greet, Run::function("greet").mapped(&mapping, &record));
            let greeting: String = outcome.result?.to_serde()?;
            println!("{}: {greeting}", outcome.info.join("; "));
        }
    }
    Ok(())
}
