//! The inputs of workloads, made by counting rather than by chance: every machine makes the same bytes, so an answer can be
//! written down beside its script and no megabytes need be kept.

use std::fmt::Write;

/// The input of this name: `records.json` (one document of 5 MB), `bodies.txt` (10,000 lines, a document of 500 bytes on
/// each) or `record.json` (one record of 400 bytes).
pub fn make(name: &str) -> Option<String> {
    match name {
        "records.json" => Some(records(10_850)),
        "bodies.txt" => Some(bodies(10_000)),
        "record.json" => Some(RECORD.to_owned()),
        _ => None,
    }
}

const WORDS: [&str; 10] = ["alpha", "bravo", "charlie", "delta", "echo", "foxtrot", "golf", "hotel", "india", "juliet"];
const CITIES: [&str; 5] = ["Dublin", "Zürich", "Chennai", "Austin", "São Paulo"];

/// The deal that the workflow rule judges.
const RECORD: &str = r#"{"id":"3652397000000327001","Deal_Name":"Spring order","Stage":"Negotiation","Amount":18250,
"Probability":70,"Account_Name":{"id":"3652397000000327777","name":"Byrne & Sons"},"Country":"Ireland","Email":"asha@byrne.ie",
"Phone":null,"Lead_Source":"Partner","Tag":[{"name":"priority"},{"name":"renewal"}],"Closing_Date":"2026-12-18",
"Owner":{"name":"Maeve Kelly","email":"maeve@example.com"},"Description":"Wants delivery before Easter"}"#;

fn records(count: u64) -> String {
    let mut numbers = Numbers(7);
    let mut text = format!("{{\"count\":{count},\"records\":[");
    for id in 0..count {
        if id > 0 {
            text.push(',');
        }
        let amount = numbers.below(100_000);
        let active = numbers.below(2) == 0;
        let rate = format!("{}.{:03}", numbers.below(100), 1 + numbers.below(999));
        let _ = write!(
            text,
            r#"{{"id":{id},"name":"Customer {id} {}","email":"user{id}@example.com","amount":{amount},"active":{active},"rate":{rate},"note":"Zoë said \"hello\" to {}\n","tags":["{}","{}","{}"],"parent":null,"address":{{"street":"{id} Main Street","city":"{}","zip":"{id:05}","country":"US"}}}}"#,
            numbers.word(),
            numbers.words(28),
            numbers.word(),
            numbers.word(),
            numbers.word(),
            numbers.city(),
        );
    }
    text.push_str("]}");
    text
}

fn bodies(count: u64) -> String {
    let mut numbers = Numbers(11);
    let mut text = String::new();
    for id in 0..count {
        if id > 0 {
            text.push('\n');
        }
        let paid = numbers.below(3) > 0;
        let _ = write!(
            text,
            r#"{{"order":{{"id":"SO-{id:05}","number":{id},"paid":{paid},"currency":"EUR","total":{}.{:02}}},"customer":{{"name":"{} {}","email":"buyer{id}@example.com","city":"{}","phone":null}},"items":["#,
            10 + numbers.below(9_990),
            1 + numbers.below(99),
            numbers.word(),
            numbers.word(),
            numbers.city(),
        );
        for item in 0..3 {
            let _ = write!(
                text,
                r#"{}{{"sku":"{}-{}","quantity":{},"price":{}.5}}"#,
                if item == 0 { "" } else { "," },
                numbers.word(),
                numbers.below(1_000),
                1 + numbers.below(9),
                1 + numbers.below(500),
            );
        }
        let _ = write!(text, r#"],"note":"{}"}}"#, numbers.words(24));
    }
    text
}

/// The numbers of Park and Miller, the same for all time.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0 * 16_807 % 2_147_483_647;
        self.0 % end
    }

    fn word(&mut self) -> &'static str {
        WORDS[self.below(10) as usize]
    }

    fn words(&mut self, count: usize) -> String {
        let words: Vec<&str> = (0..count).map(|_| self.word()).collect();
        words.join(" ")
    }

    fn city(&mut self) -> &'static str {
        CITIES[self.below(5) as usize]
    }
}
