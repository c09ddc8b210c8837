//! Criteria on an application's own records: compiled once, judged for every record. With `--measure` (and `--release`) it
//! also tells how many records a second one core judges.
#![allow(clippy::print_stdout)]

use std::sync::Arc;
use std::time::Instant;

use sluice::Data;
use sluice::criteria::{Criteria, Options, Record};
use sluice::value::{DateSettings, zone_named};

/// A record as the application has it; its values are not copied to be judged.
struct Contact {
    name: Data,
    country: Data,
    email: Data,
    age: Data,
}

impl Record for Contact {
    fn field(&self, name: &str) -> Option<&Data> {
        Some(match name {
            "Last_Name" => &self.name,
            "Mailing_Country" => &self.country,
            "Email" => &self.email,
            "Age" => &self.age,
            _ => return None,
        })
    }
}

/// Judges three contacts by an expression, and a record of JSON by a search text.
///
/// # Errors
/// Criteria that do not compile.
pub fn main() -> Result<(), Box<dyn std::error::Error>> {
    let zone = zone_named("Europe/Dublin").ok_or("no such zone")?;
    let options = Options { dates: Arc::new(DateSettings::default().with_zone(zone)), ..Options::default() };
    let criteria = Criteria::compile(r#"Mailing_Country == "Ireland" && Email != null && Age >= 18"#, &options)?;
    println!("{criteria} asks for {}", criteria.fields().collect::<Vec<_>>().join(", "));

    let contacts = [("Byrne", "Ireland", "b@example.com".into(), 44), ("Rao", "India", Data::Null, 30)];
    for (name, country, email, age) in contacts {
        let contact = Contact { name: name.into(), country: country.into(), email, age: Data::Number(age) };
        println!("{name}: {}", criteria.matches(&contact));
        println!("{name} by name: {}", Criteria::compile("(Last_Name:starts_with:b)", &options)?.matches(&contact));
    }

    let record = Data::from_json(r#"{"Last_Name": "Burns", "Created_Time": "2026-03-29T00:30:00Z"}"#)?;
    let recent = Criteria::compile("Created_Time >= '2026-03-29' && Last_Name.startsWith(\"B\")", &options)?;
    println!("Burns: {}", recent.matches(&record));

    if let Err(refused) = Criteria::compile("(Last_Name:equls:Burns)", &options) {
        println!("{refused}");
    }
    if std::env::args().any(|argument| argument == "--measure") {
        measure(&options)?;
    }
    Ok(())
}

fn measure(options: &Options) -> Result<(), Box<dyn std::error::Error>> {
    let pairs = (0..20).map(|at| (format!("Field_{at}"), Data::Text(format!("value {at}"))));
    let more = [("Country", Data::from("Ireland")), ("Amount", Data::Number(100)), ("Stage", Data::from("Closed"))];
    let record = Data::map(pairs.chain(more.map(|(name, value)| (name.to_owned(), value))));
    let five = [
        r#"Country == "Ireland" && Amount > 50 && Stage in {"Open", "Closed"} && Field_3.startsWith("val") && Email != null"#,
        "((Country:equals:ireland)and(Amount:greater_than:50)and(Stage:in:Open,Closed)and(Field_3:starts_with:VAL)and(Email:equals:x))",
        r#"Country == "India" || Amount > 500 || Stage == "Open" || Field_3.contains("x") || Email != null"#,
    ];
    for text in five {
        let criteria = Criteria::compile(text, options)?;
        let (start, count) = (Instant::now(), 2_000_000);
        let matched = (0..count).filter(|_| criteria.matches(std::hint::black_box(&record))).count();
        let seconds = start.elapsed().as_secs_f64();
        println!("{:.0} a second, {matched} matched: {text}", f64::from(count) / seconds);
    }
    Ok(())
}
