//! What in a cassette looks as if it were about a person: addresses of mail, telephone numbers, numbers of accounts and
//! cards, and fields with telling names. Only kinds, counts and files are told, never a value.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use fancy_regex::Regex;

/// Something that looks personal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What it is, in the plural: `mail addresses`.
    pub kind: &'static str,
    /// How often it was seen.
    pub count: usize,
    /// The files that have it.
    pub files: Vec<String>,
}

const MAIL: &str = "mail addresses";
const PHONE: &str = "telephone numbers";
const IBAN: &str = "account numbers (IBAN)";
const CARD: &str = "card numbers";
const FIELD: &str = "fields with personal names";

/// Names of fields, in lower case without `_`, `-` and blanks, that hold what is personal.
const NAMES: [&str; 26] = [
    "email",
    "emailaddress",
    "mail",
    "phone",
    "phonenumber",
    "mobile",
    "mobilephone",
    "telephone",
    "fax",
    "firstname",
    "lastname",
    "fullname",
    "dateofbirth",
    "birthday",
    "birthdate",
    "dob",
    "ssn",
    "socialsecuritynumber",
    "passport",
    "passportnumber",
    "nationalid",
    "taxid",
    "iban",
    "creditcard",
    "cardnumber",
    "street",
];

static PATTERNS: LazyLock<Vec<(&'static str, Regex)>> = LazyLock::new(|| {
    let sources = [
        (MAIL, r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})*\.[A-Za-z]{2,24}"),
        (PHONE, r"\+[1-9][0-9 ()./-]{7,20}[0-9]"),
        (IBAN, r"\b[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\b"),
        (CARD, r"\b[3-6][0-9]{3}(?:[ -]?[0-9]){9,12}\b"),
        (FIELD, r#""([A-Za-z_ -]{2,40})": "[^"\[]"#),
    ];
    sources.into_iter().filter_map(|(kind, source)| Some((kind, Regex::new(source).ok()?))).collect()
});

/// Collects findings over the files of a cassette.
#[derive(Default)]
pub(super) struct Search {
    found: BTreeMap<&'static str, Finding>,
}

impl Search {
    /// Looks through the text of a file.
    pub(super) fn look(&mut self, file: &str, text: &str) {
        for (kind, pattern) in PATTERNS.iter() {
            let found = pattern.captures_iter(text).flatten();
            let count = found
                .filter(|found| is_really(kind, found.get(1).or(found.get(0)).map_or("", |one| one.as_str())))
                .count();
            if count > 0 {
                let finding = Finding { kind, count: 0, files: Vec::new() };
                let finding = self.found.entry(kind).or_insert(finding);
                finding.count += count;
                finding.files.push(file.to_owned());
            }
        }
    }

    /// What was found.
    pub(super) fn findings(self) -> Vec<Finding> {
        self.found.into_values().collect()
    }
}

/// Sorts out what only looks like it.
fn is_really(kind: &str, text: &str) -> bool {
    let digits = || text.bytes().filter(u8::is_ascii_digit).map(|byte| u32::from(byte - b'0'));
    match kind {
        PHONE => (8..=15).contains(&digits().count()),
        IBAN => is_iban(text),
        CARD => is_card(&digits().collect::<Vec<_>>()),
        FIELD => {
            let name: String = text.chars().filter(char::is_ascii_alphabetic).collect();
            NAMES.contains(&name.to_ascii_lowercase().as_str())
        }
        _ => true,
    }
}

/// ISO 13616: with the first four characters behind the rest and letters as numbers, the rest modulo 97 is 1.
fn is_iban(text: &str) -> bool {
    let plain: Vec<char> = text.chars().filter(|letter| *letter != ' ').collect();
    if !(15..=34).contains(&plain.len()) {
        return false;
    }
    let rest = plain.iter().skip(4).chain(plain.iter().take(4)).filter_map(|letter| letter.to_digit(36));
    rest.fold(0, |rest, value| (rest * if value < 10 { 10 } else { 100 } + value) % 97) == 1
}

/// A number of 15 or 16 digits with the checking digit of ISO 7812, from a range that is given out to cards.
fn is_card(digits: &[u32]) -> bool {
    let range = match digits {
        [3, 4 | 7, ..] => 15,
        [4, ..] | [5, 1..=5, ..] | [6, 0, 1, 1, ..] | [6, 5, ..] => 16,
        _ => return false,
    };
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(at, digit)| match at % 2 {
            0 => *digit,
            _ if *digit > 4 => digit * 2 - 9,
            _ => digit * 2,
        })
        .sum();
    digits.len() == range && sum.is_multiple_of(10)
}
