//! One test for each kind of thing that is offered, with exact candidates where the list is short.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::path::Path;
use std::sync::LazyLock;

use proptest::prelude::*;

use super::{Completion, Function, Known, Named, Scope, Seen, Step, Variable, complete, menu, seen};
use crate::builtins;
use crate::catalogue::Catalogue;
use crate::repl::command::COMMANDS;
use crate::tasks;
use crate::value::{Key, Map, Value};

static CATALOGUE: LazyLock<Catalogue> =
    LazyLock::new(|| Catalogue::new(builtins::tables(), builtins::SYSTEM_VARIABLES, tasks::load));

/// A session with values.
struct Live(Vec<(String, Value)>);

impl Scope for Live {
    fn variables(&self, prefix: &str, most: usize) -> Vec<Variable> {
        let fitting = self.0.iter().filter(|(name, _)| super::begins(name, prefix));
        fitting.take(most).map(|(name, value)| Variable { name: name.clone(), kind: value.kind() }).collect()
    }

    fn look(&self, variable: &str, steps: &[Step]) -> Option<Seen> {
        self.0.iter().find(|(name, _)| name == variable).and_then(|(_, value)| seen(value, steps))
    }

    fn functions(&self, prefix: &str) -> Vec<Function> {
        let function = |name: &str, signature: &str| Function {
            name: name.to_owned(),
            signature: signature.to_owned(),
            about: "in crm.dg".to_owned(),
        };
        let all = vec![function("totalOf", "totalOf(orders)"), function("refresh", "refresh()")];
        all.into_iter().filter(|function| super::begins(&function.name, prefix)).collect()
    }

    fn connections(&self) -> Vec<Named> {
        [("crm", "Zoho CRM"), ("books_eu", "Zoho Books")]
            .map(|(name, about)| Named { name: name.to_owned(), about: about.to_owned() })
            .into()
    }
}

fn map(pairs: &[(&str, Value)]) -> Value {
    let pairs = pairs.iter().map(|(key, value)| (Key::new(&Value::text(*key)).unwrap(), value.clone()));
    Value::map(pairs.collect::<Map>())
}

fn session() -> Live {
    let address = map(&[("City", Value::text("Cork")), ("Zip \"x\"", Value::text("1"))]);
    let contact = map(&[("Name", Value::text("Nora")), ("Address", address), ("Phone no", Value::Null)]);
    let contacts = Value::list(vec![contact.clone()]);
    let values = [
        ("contact", contact),
        ("contacts", contacts),
        ("city", Value::text("Cork")),
        ("count", Value::Number(5)),
        ("nothing", Value::Null),
        ("_", Value::Number(1)),
    ];
    Live(values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

/// Completes at the `|` of a text.
fn at(marked: &str) -> (String, Completion) {
    let cursor = marked.find('|').unwrap();
    let text = marked.replacen('|', "", 1);
    let known = Known { catalogue: &CATALOGUE, scope: &session(), folder: Path::new(env!("CARGO_MANIFEST_DIR")) };
    let completion = complete(&text, cursor, &known);
    (text[completion.start..cursor].to_owned(), completion)
}

#[test]
fn names_of_an_application_are_offered_part_by_part() {
    let engine = crate::engine::Engine::builder()
        .function(crate::host::function("shop.discount", |amount: i64| amount).about("Gives the discount."))
        .function(crate::host::asynchronous("shop.orders.find", |id: i64| async move { id }))
        .constant("shop.version", "2.1", "The version.")
        .build()
        .unwrap();
    let offered = |text: &str| -> Vec<String> {
        let known = Known { catalogue: engine.catalogue(), scope: &session(), folder: Path::new(".") };
        complete(text, text.len(), &known).candidates.into_iter().map(|found| found.insert).collect()
    };
    assert_eq!(offered("x = sho"), ["shop."]);
    assert_eq!(offered("x = shop."), ["discount(", "orders.", "version"]);
    assert_eq!(offered("x = shop.orders.f"), ["find("]);
}

/// What would be inserted.
fn inserts(marked: &str) -> Vec<String> {
    at(marked).1.candidates.into_iter().map(|candidate| candidate.insert).collect()
}

fn names(marked: &str) -> Vec<String> {
    at(marked).1.candidates.into_iter().map(|candidate| candidate.name).collect()
}

fn has(marked: &str, name: &str) -> bool {
    names(marked).iter().any(|known| known == name)
}

#[test]
fn variables() {
    assert_eq!(&names("x = contac|")[..2], ["contact", "contacts"]);
    assert_eq!(at("x = contac|").1.candidates[0].about, "variable: KEY-VALUE");
    assert_eq!(at("x = contac|").0, "contac");
    assert!(has("COUN|", "count"));
    assert!(has("_|", "_"));
    assert!(has("order = 5; info ord|", "order"), "what the input assigns before");
    assert!(has("for each row in contacts { info ro|", "row"));
}

#[test]
fn functions_of_the_session_and_of_the_project() {
    assert_eq!(inserts("totalO|"), ["totalOf("]);
    assert_eq!(inserts("x = refre|"), ["refresh()"]);
    assert_eq!(inserts("totalO|(x)"), ["totalOf"]);
    assert_eq!(at("totalO|").1.candidates[0].about, "in crm.dg");
}

#[test]
fn keywords() {
    assert_eq!(names("retu|"), ["return"]);
    assert_eq!(at("retu|").1.candidates[0].about, "keyword");
    assert!(has("if(a) { } els|", "else"));
    assert!(!has("a = 1; els|", "else"));
    assert_eq!(names("for ea|"), ["each"]);
    assert_eq!(names("for each x i|"), ["in"]);
    assert!(has("x = tru|", "true"));
    assert!(!has("x = retu|", "return"));
    assert!(has("strin|", "string"));
    assert_eq!(names("x = contact a|"), ["and"]);
}

#[test]
fn built_ins_by_their_names() {
    assert_eq!(inserts("x = ifnul|"), ["ifNull("]);
    assert_eq!(
        at("x = ifnul|").1.candidates[0].about,
        CATALOGUE.builtins().iter().find(|row| row.name == "ifNull").unwrap().about
    );
    assert_eq!(inserts("x = List:In|"), ["List:Int()"]);
    assert_eq!(at("x = List:In|").0, "List:In");
    assert!(inserts("x = Lis|").contains(&"List:Int()".to_owned()));
    assert!(inserts("x = toda|").contains(&"today".to_owned()));
    assert!(has("x = invokeu|", "invokeurl"));
    assert!(inserts("x = getUr|").contains(&"getUrl(".to_owned()));
}

#[test]
fn methods_of_the_receivers_kind() {
    assert!(has("city.toUpp|", "toUpperCase"));
    assert_eq!(inserts("city.toUpp|"), ["toUpperCase()"]);
    assert!(!at("city.toUpp|").1.candidates[0].about.is_empty());
    assert!(!has("count.toUpp|", "subList") && !has("city.subL|", "subList"));
    assert!(has("contacts.subL|", "subList"));
    assert!(has("\"text\".toUpp|", "toUpperCase") && !has("\"text\".|", "subList"));
    assert!(has("[1].subL|", "subList") && has("{1, 2}.subL|", "subList"));
    assert!(has("{1 : 2}.keys|", "keys") && !has("{1 : 2}.subL|", "subList"));
    assert!(has("(1 + 2).subL|", "subList"), "nothing is known of it");
    assert!(has("nothing.subL|", "subList") && has("stranger.subL|", "subList"));
    assert!(has("contact.get(\"Address\").get(\"City\").toUpp|", "toUpperCase"));
    assert!(!has("contact.get(\"Address\").get(\"City\").|", "subList"));
}

#[test]
fn methods_behind_a_call_whose_result_is_known() {
    assert!(!has("stranger.toUpperCase().|", "subList") && has("stranger.toUpperCase().tri|", "trim"));
    assert!(has("stranger.toList(\",\").subL|", "subList"));
    assert!(!has("contact.size().|", "subList"));
    assert!(has("t = \"a\"; t.tri|", "trim") && !has("t = \"a\"; t.|", "subList"));
    assert!(has("t = 1 + \"a\".size(); t.|", "subList"), "an operation is not followed");
}

#[test]
fn keys_of_a_live_map() {
    assert_eq!(inserts("contact.get(\"|"), ["Name\")", "Address\")", "Phone no\")"]);
    assert_eq!(at("contact.get(\"Phone n|").0, "Phone n");
    assert_eq!(inserts("contact.get(\"Phone n|"), ["Phone no\")"]);
    assert_eq!(inserts("contact.get('na|"), ["Name')"]);
    assert_eq!(inserts("contact.get(\"Na|\")"), ["Name"]);
    assert_eq!(inserts("contact.get(\"Na|)"), ["Name\""]);
    assert_eq!(inserts("contact.getJSON(\"Na|"), ["Name\")"]);
    assert_eq!(inserts("contact.containKey(\"Na|"), ["Name\")"]);
    assert_eq!(inserts("contact.put(\"Na|"), ["Name\", "]);
    assert_eq!(inserts("contact.get(\"Address\").get(\"|"), ["City\")", "Zip \\\"x\\\"\")"]);
    assert_eq!(inserts("contacts.get(0).get(\"Na|"), ["Name\")"]);
    assert_eq!(inserts("contact.get(|"), ["\"Name\")", "\"Address\")", "\"Phone no\")"]);
    assert_eq!(inserts("contact.get(|)"), ["\"Name\"", "\"Address\"", "\"Phone no\""]);
    assert!(has("contact.get(cit|", "city"), "a variable may hold the key");
    assert_eq!(inserts("for each c in contacts { info c.get(\"Na|"), ["Name\")"]);
    assert_eq!(inserts("city.get(\"|"), Vec::<String>::new());
}

#[test]
fn keys_as_fields() {
    assert_eq!(&names("contact.|")[..2], ["Name", "Address"]);
    assert_eq!(names("contact.Nam|"), ["Name"]);
    assert_eq!(names("contact.Address.Ci|"), ["City"]);
}

#[test]
fn attributes_in_the_brackets_of_a_task() {
    assert_eq!(
        names("x = invokeurl [ |"),
        [
            "url",
            "type",
            "headers",
            "content-type",
            "parameters",
            "body",
            "files",
            "connection",
            "detailed",
            "response-format",
            "response-decoding",
            "useraccess",
            "connection_timeout",
        ]
    );
    assert_eq!(inserts("x = invokeurl [ url : u ty|"), ["type: "]);
    assert_eq!(inserts("x = invokeurl [ ty|:"), ["type"]);
    assert!(!has("x = invokeurl [ url : u type : GET |", "url"));
    assert!(!has("x = invokeurl [ url : u type : GET |", "type"));
    assert_eq!(at("x = invokeurl\n[\n  content-ty|").0, "content-ty");
    assert_eq!(inserts("x = invokeurl\n[\n  content-ty|"), ["content-type: "]);
    assert!(!has("x = invokeurl [ content-type : \"a\" |", "content-type"));
    assert!(has("x = invokeurl [ content-type : \"a\" |", "type"));
    assert!(has("sendmail [ |", "subject"));
    assert_eq!(inserts("invokeapi [ serv|"), ["service: "]);
    assert!(has("x = invokeurl [ url : coun|", "count"), "an expression");
    assert!(has("x = invokeurl [ url : \"a\" + coun|", "count"));
    assert!(has("x = invokeurl [ url : f(coun|", "count"));
}

#[test]
fn methods_of_http() {
    assert_eq!(names("x = invokeurl [ type : |"), ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);
    assert_eq!(inserts("x = invokeurl [ type : p|"), ["POST", "PUT", "PATCH"]);
    assert_eq!(inserts("x = invokeurl [ type : \"D|"), ["DELETE\""]);
    assert_eq!(names("x = invokeapi [ response-format : ST|"), ["STRING"]);
}

#[test]
fn connections() {
    assert_eq!(inserts("x = invokeurl [ connection : |"), ["\"crm\"", "\"books_eu\""]);
    assert_eq!(inserts("x = invokeurl [ connection : bo|"), ["\"books_eu\""]);
    assert_eq!(inserts("x = invokeurl [ connection : \"|"), ["crm\"", "books_eu\""]);
    assert_eq!(inserts("x = invokeurl [ connection : \"bo|\" ]"), ["books_eu"]);
    assert_eq!(at("x = invokeurl [ connection : \"bo|").1.candidates[0].about, "Zoho Books");
    assert_eq!(inserts("zoho.crm.getRecordById(\"Leads\", 5, {\"a\":1}, \"c|"), ["crm\""]);
}

#[test]
fn tasks_and_names_of_the_platform() {
    assert!(inserts("x = zo|").contains(&"zoho.".to_owned()));
    assert!(has("x = zoho.|", "crm") && inserts("x = zoho.cr|").contains(&"crm.".to_owned()));
    assert_eq!(inserts("zoho.crm.getRecordB|"), ["getRecordById("]);
    assert_eq!(at("zoho.crm.getRecordB|").1.candidates[0].about, "Gives one record of Zoho CRM by its id.");
    assert!(inserts("zoho.encryption.md|").contains(&"md5(".to_owned()));
    assert!(has("zoho.current|", "currentdate") && has("x = zoho.login|", "loginuserid"));
    assert_eq!(inserts("zoho.device.|"), ["type"]);
    assert!(!has("zoho.|", "toUpperCase"));
}

#[test]
fn modules_of_zoho_crm() {
    assert_eq!(inserts("zoho.crm.getRecords(\"Lea|"), ["Leads\""]);
    assert_eq!(inserts("zoho.crm.getRecords(\"Pr|\")"), ["Price_Books", "Products"]);
    assert!(inserts("x = zoho.crm.getRecordById(|").contains(&"\"Contacts\"".to_owned()));
    assert_eq!(inserts("x = zoho.crm.getRecordById(\"Leads\", |").iter().find(|name| name.contains("Leads")), None);
}

#[test]
fn commands() {
    assert_eq!(names(":|").len(), COMMANDS.len());
    assert_eq!(inserts(":lo|"), ["load "]);
    assert_eq!(inserts(":re|"), ["reset", "record ", "replay "]);
    assert_eq!(inserts(":lo| x"), ["load"]);
    assert_eq!(inserts(":trace o|"), ["on", "off"]);
    assert_eq!(
        inserts(":explain run::key-mi|"),
        ["run::key-missing"].map(String::from)[..inserts(":explain run::key-mi|").len()]
    );
    assert!(inserts(":explain |").len() > 50);
    assert_eq!(inserts(":type contact.get(\"Na|"), ["Name\")"]);
    assert_eq!(at(":type city.toUpp|").0, "toUpp");
    assert_eq!(inserts(":help ifnul|"), ["ifNull"]);
    assert_eq!(inserts(":help zoho.crm.getRecordB|"), ["zoho.crm.getRecordById"]);
    assert_eq!(inserts(":help :qu|"), [":quit"]);
    assert_eq!(inserts(":as a|"), Vec::<String>::new());
    assert_eq!(inserts(":nonsense a|"), Vec::<String>::new());
}

#[test]
fn files_and_folders() {
    assert_eq!(inserts(":load src/ma|"), ["main.rs"]);
    assert_eq!(at(":load src/ma|").0, "ma");
    assert_eq!(inserts(":load sr|"), ["src/"]);
    assert_eq!(inserts(":run Cargo.t|"), ["Cargo.toml"]);
    assert_eq!(inserts(":save Cargo.t|"), ["Cargo.toml"]);
    assert_eq!(inserts(":record sr|"), ["src/"]);
    assert_eq!(inserts(":replay Cargo.t|"), Vec::<String>::new());
    assert_eq!(inserts(":load nowhere/|"), Vec::<String>::new());
    assert!(!has(":load |", ".git/"));
}

#[test]
fn nothing_in_comments_and_ordinary_texts() {
    for marked in ["// coun|", "/* coun|", "info \"coun|", "x = 'coun|", "a = 1; // x\n// y|", "12|", "f(x)|", "\"a\"|"]
    {
        assert_eq!(inserts(marked), Vec::<String>::new(), "{marked}");
    }
    assert!(has("/* x */ coun|", "count"));
    assert!(has("// x\ncoun|", "count"));
}

#[test]
fn a_menu_has_one_candidate_on_each_line() {
    let lines = menu(&at("city.toUpp|").1.candidates, 80);
    assert!(lines[0].starts_with("toUpperCase  "), "{lines:?}");
    assert!(lines[0].len() >= 40);
    for width in [0, 20, 33, 80, 5_000] {
        for line in menu(&at("city.|").1.candidates, width) {
            assert!(line.chars().count() <= width.clamp(20, 400) - 2, "{line}");
        }
    }
    assert_eq!(menu(&at("x = invokeurl [ type : |").1.candidates, 80)[0], "GET");
}

#[test]
fn of_many_variables_a_screenful_is_offered() {
    let many = Live((0..10_000).map(|n| (format!("variable_{n}"), Value::Number(n))).collect());
    let known = Known { catalogue: &CATALOGUE, scope: &many, folder: Path::new(".") };
    for text in ["variable_77", "v", ""] {
        let found = complete(text, text.len(), &known).candidates.len();
        assert!((1..=1_000).contains(&found), "{text}: {found}");
    }
}

const WORDS: &[&str] = &[
    "contact",
    ".",
    "get",
    "(",
    ")",
    "\"",
    "'",
    "Name",
    "[",
    "]",
    "{",
    "}",
    " ",
    "\n",
    ":",
    ",",
    ";",
    "=",
    "x",
    "for each ",
    "in ",
    "invokeurl",
    "url",
    "type",
    "connection",
    "-",
    "zoho",
    "crm",
    "getRecords",
    "//",
    "/*",
    "1",
    ":load ",
    ":type ",
    ":help ",
    "é",
    "index ",
];

proptest! {
    #[test]
    fn any_text_can_be_completed(text in "([ -~]|\n|é|😀|\u{301}){0,40}", cursor in 0_usize..60) {
        check(&text, cursor)?;
    }

    #[test]
    fn so_can_any_likely_text(words in prop::collection::vec(prop::sample::select(WORDS), 0..25), cursor in 0_usize..80) {
        let text = words.concat();
        check(&text, cursor)?;
        check(&text, text.len())?;
    }
}

fn check(text: &str, cursor: usize) -> Result<(), TestCaseError> {
    let known = Known { catalogue: &CATALOGUE, scope: &session(), folder: Path::new("src/repl") };
    let completion = complete(text, cursor, &known);
    prop_assert!(completion.start <= cursor);
    if text.is_char_boundary(cursor) {
        prop_assert!(text.is_char_boundary(completion.start), "{text:?} {}", completion.start);
    } else {
        prop_assert!(completion.candidates.is_empty());
    }
    menu(&completion.candidates, 80);
    Ok(())
}
