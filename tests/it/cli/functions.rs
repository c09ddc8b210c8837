//! `sluice functions` as people use it.

use super::harness::Desk;

#[test]
fn everything_is_listed_by_category() {
    let desk = Desk::new();
    let done = desk.sluice(&["functions"]).expect(0);
    assert_eq!(done.stderr, "");
    for part in [
        "Text (text)\n",
        "\n  toUpperCase  ",
        "\nTasks: Zoho CRM (tasks-crm)\n",
        "\n  zoho.crm.upsert",
        "zoho.loginuserid",
    ] {
        assert!(done.stdout.contains(part), "{part:?}:\n{}", done.stdout);
    }
    assert!(!done.stdout.contains('\x1b'), "colour in a pipe");
    let list = desk.sluice(&["functions", "--category", "crm"]).expect(0).stdout;
    assert!(list.starts_with("Tasks: Zoho CRM") && !list.contains("toUpperCase"), "{list}");
    let found = desk.sluice(&["functions", "--search", "UPPER CASE", "--category", "text"]).expect(0).stdout;
    assert!(found.contains("toUpperCase") && found.lines().count() < 6, "{found}");
    desk.sluice(&["functions", "--category", "txt"]).complains(1, &["cli::no-such-name", "`text`"]);
    desk.sluice(&["functions", "left", "--search", "x"]).complains(1, &["cannot be used with"]);
}

#[test]
fn a_name_shows_all_that_is_known_of_it() {
    let desk = Desk::new();
    let shown = desk.sluice(&["functions", "SUBSTRING"]).expect(0).stdout;
    for part in [
        "subString · Text",
        "text.subString(startIndex [, endIndex])",
        "subString(text, startIndex [, endIndex])",
        "(optional)",
        "also called    subText, mid",
        "   // ",
        "https://www.zoho.com/deluge/help/functions/string/substring.html",
    ] {
        assert!(shown.contains(part), "{part:?}:\n{shown}");
    }
    let both = desk.sluice(&["functions", "indexof"]).expect(0).stdout;
    assert!(both.contains("indexOf · Text") && both.contains("indexOf · List"), "{both}");
    let absent = desk.sluice(&["functions", "zoho.ai.translate"]).expect(0).stdout;
    assert!(absent.contains("Does not run here: ") && absent.contains("Instead: "), "{absent}");
    let coloured = desk.sluice(&["functions", "left", "--color", "always"]).expect(0).stdout;
    assert!(coloured.contains("\x1b[1mleft\x1b[0m"), "{coloured:?}");
}

#[test]
fn other_names_lead_to_deluges_own() {
    let desk = Desk::new();
    let first = |name: &str| {
        let done = desk.sluice(&["functions", name]).expect(0);
        done.stdout.lines().next().unwrap().to_owned()
    };
    assert_eq!(first("mid"), "subString · Text");
    assert_eq!(first("text.trim()"), "trim · Text");
    assert_eq!(first("zoho.crm.create"), "zoho.crm.createRecord · Tasks: Zoho CRM");
    assert_eq!(first("zoho.crm._searchRecords"), "zoho.crm.searchRecords · Tasks: Zoho CRM");
    assert_eq!(first("convertLead"), "Tasks: Zoho CRM (tasks-crm)");
    assert_eq!(first("print"), "Deluge prints with a statement: `info value;`.");
    assert_eq!(first("msgbox"), "In Deluge this is called alert.");
    desk.sluice(&["functions", "toUperCase"]).complains(1, &["cli::not-in-reference", "did you mean `toUpperCase`?"]);
    desk.sluice(&["functions", "frobnicate"]).complains(1, &["`sluice functions` lists everything"]);
}

#[test]
fn json_has_stable_fields() {
    let desk = Desk::new();
    let document = desk.sluice(&["functions", "openUrl", "--json"]).expect(0).json();
    let row = &document["functions"][0];
    assert_eq!(
        (row["name"].as_str(), row["runs"].as_bool(), row["category"].as_str()),
        (Some("openUrl"), Some(false), Some("web"))
    );
    assert_eq!(
        row["parameters"][2],
        serde_json::json!({"name": "option", "kinds": "TEXT", "optional": true, "about": ""})
    );
    assert!(row["absent"]["why"].as_str().unwrap().contains("browser"));
    let all = desk.sluice(&["functions", "--json"]).expect(0).json();
    assert!(all["functions"].as_array().unwrap().len() > 300);
    let advice = desk.sluice(&["functions", "typeof", "--json"]).expect(0).json();
    assert!(advice["advice"].as_str().unwrap().contains("isText") && advice["functions"] == serde_json::json!([]));
    let unknown = desk.sluice(&["functions", "frobnicate", "--json"]).expect(1).json();
    assert_eq!(unknown["error"]["code"], "cli::not-in-reference");
}
