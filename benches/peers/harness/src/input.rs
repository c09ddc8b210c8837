//! Inputs of workloads, made by recipe and never committed. The same recipe gives the same bytes on every machine.

use std::fmt::Write;
use std::path::PathBuf;

use crate::Places;

const WORDS: [&str; 10] = ["alpha", "bravo", "charlie", "delta", "echo", "foxtrot", "golf", "hotel", "india", "juliet"];

/// The file of a recipe; it is written anew each time, which takes a moment.
pub fn file(places: &Places, name: &str) -> Result<PathBuf, String> {
    let text = match name {
        "records.json" => records(),
        "bodies.txt" => bodies(),
        "record.json" => record(),
        other => return Err(format!("there is no recipe for the input {other}")),
    };
    let path = places.made.join(name);
    std::fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(path)
}

/// 5 MB: 10,000 records of contacts, with some letters and signs that JSON or UTF-8 write in a longer form.
fn records() -> String {
    let mut random = Random(7);
    let mut text = String::from("{\"count\": 10000, \"records\": [");
    for id in 0..10_000 {
        let separator = if id == 0 { "" } else { ", " };
        let note: Vec<&str> = (0..28).map(|_| random.word()).collect();
        let city = random.word();
        let _ = write!(
            text,
            "{separator}{{\"id\": {id}, \"name\": \"Customer {id} {}\", \"email\": \"user{id}@example.com\", \"amount\": {}, \
             \"active\": {}, \"rate\": {}.{}, \"note\": \"Zoë said \\\"hello\\\" to {}\\n\", \"tags\": [\"{}\", \"{}\", \"{}\"], \
             \"parent\": null, \"address\": {{\"street\": \"{id} Main Street\", \"city\": \"{city}\", \"zip\": \"{:05}\", \
             \"country\": \"US\"}}}}",
            random.word(),
            random.below(100_000),
            random.below(2) == 0,
            random.below(100),
            random.below(1000),
            note.join(" "),
            random.word(),
            random.word(),
            random.word(),
            id,
        );
    }
    text.push_str("]}");
    text
}

/// 10,000 bodies of about 500 bytes, one on each line, as an API answers.
fn bodies() -> String {
    let mut random = Random(11);
    let mut text = String::new();
    for id in 0..10_000 {
        let note: Vec<&str> = (0..24).map(|_| random.word()).collect();
        let _ = writeln!(
            text,
            "{{\"id\": {id}, \"status\": \"{}\", \"amount\": {}, \"active\": {}, \"owner\": {{\"id\": {}, \"name\": \"{} {}\"}}, \
             \"tags\": [\"{}\", \"{}\"], \"note\": \"{}\", \"email\": \"user{id}@example.com\", \"parent\": null, \
             \"address\": {{\"street\": \"{id} Main Street\", \"city\": \"{}\", \"zip\": \"{id:05}\", \"country\": \"US\"}}, \
             \"created\": \"2026-03-{:02}T10:20:30Z\", \"probability\": {}}}",
            ["open", "closed", "waiting"][random.below(3)],
            random.below(100_000),
            random.below(2) == 0,
            random.below(500),
            random.word(),
            random.word(),
            random.word(),
            random.word(),
            note.join(" "),
            random.word(),
            1 + random.below(28),
            random.below(100),
        );
    }
    text
}

/// One record for a rule, about 400 bytes.
fn record() -> String {
    "{\"id\": 4711, \"Deal_Name\": \"Solar roof\", \"Stage\": \"Negotiation\", \"Amount\": 48000, \"Probability\": 60, \
     \"Currency\": \"EUR\", \"Lead_Source\": \"Partner\", \"Country\": \"Ireland\", \"Discount\": null, \
     \"Owner\": {\"id\": 17, \"name\": \"Ada Byrne\", \"email\": \"ada@example.com\"}, \
     \"Products\": [{\"name\": \"Panel\", \"quantity\": 24, \"price\": 1500}, {\"name\": \"Inverter\", \"quantity\": 2, \"price\": 6000}], \
     \"Description\": \"Asked for an offer\"}"
        .to_owned()
}

/// Numbers that look like chance and are always the same ones.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % bound
    }

    fn word(&mut self) -> &'static str {
        WORDS[self.below(WORDS.len())]
    }
}
