//! What a script reads as `e.message` when a function gets what it does not take: Zoho's texts, since scripts compare
//! them, and where a null came from.

use sluice::program::Options;
use sluice::source::Source;
use sluice::syntax::Dialect;
use sluice::vm::Trouble;
use sluice::{Engine, Run};

fn trouble(script: &str, dialect: Dialect) -> Trouble {
    let engine = Engine::builder().dialect(dialect).build().unwrap();
    let options = Options { dialect, ..Options::default() };
    let (program, found) = engine.check(&Source::new("t", script), &options);
    let program = program.unwrap_or_else(|| panic!("{script}: {found:?}"));
    *engine.run_blocking(&program, Run::script()).result.expect_err(script)
}

#[test]
fn messages_are_those_that_zoho_documents() {
    let cases = [
        (r#"info "AB".subText(1, 9);"#, "Given string is lesser than the applied boundary"),
        (r#"info "AB".left(3);"#, "Given string is lesser than the applied boundary"),
        (r#"info "AB".repeat("x");"#, "'TEXT' can not be cast to '[BIGINT]' for the function 'repeat'"),
        (r#"info "x".toLong();"#, "'TEXT' can not be cast to '[BIGINT]' for the function 'toNumber'"),
        (r#"info {"a"}.get(10);"#, "Given index 10 is greater than the list size"),
        (r#"info "no map".toMap();"#, "Invalid JSON Format String"),
        (
            r#"info "x".text("0");"#,
            "'TEXT' can not be cast to '[DECIMAL, NUMBER, DATE, DATE-TIME]' for the function 'text'",
        ),
        (
            "info addDay(5, 1);",
            "Incompatible types for addDay function at argument index 1 Required : [DATE-TIME, DATE] Found : NUMBER",
        ),
        (
            "info '1-Jan-2020'.daysBetween(5);",
            "Incompatible types for daysBetween function at argument index 1 Required : [DATE-TIME, DATE] Found : NUMBER",
        ),
        (
            "x = 5; info x.addDay(1);",
            "Incompatible types for addDay function at argument index 1 Required : [DATE-TIME, DATE] Found : NUMBER",
        ),
        (r#"info '1-Jan-2020'.addDay("x");"#, "'TEXT' can not be cast to '[BIGINT]' for the function 'addDay'"),
        ("info {1}.addDay(1);", "'LIST' can not be cast to '[DATE-TIME, DATE]' for the function 'addDay'"),
        ("m = {\"a\":1}; m.putAll(5);", "'5' can not be cast to 'MAP'."),
        ("x = 5; info x.keys();", "'5' can not be cast to 'MAP'."),
        (r#"x = 5; info x.get("name");"#, "'5' can not be cast to 'MAP'."),
        ("x = 5; info x.get(0);", "'BIGINT' can not be cast to '[LIST, MAP, COLLECTION]' for the function 'get'"),
        ("info '1-Jan-1900'.addBusinessDay(900000);", "work days are counted over 146400 days at most"),
        ("x = null; info x.trim();", "Value is empty and 'trim' function cannot be applied"),
        ("x = null; info 1 + x - 1;", "Null value occurred while performing"),
        ("info 5 % 0;", "Error in performing the Operation % : Divide by zero error"),
    ];
    for (script, part) in cases {
        let message = trouble(script, Dialect::Portable).message;
        assert!(message.contains(part), "{script}: {message}");
    }
}

#[test]
fn a_null_among_the_arguments_says_where_it_came_from() {
    let script = "m = {\"a\":1};\nword = m.get(\"b\");\ninfo \"abc\".replaceAll(\"b\", word);";
    let (_, origin) = trouble(script, Dialect::Portable).origin.expect("an origin");
    assert_eq!(origin, "`m.get(\"b\")` on line 2 gave null");
}

#[test]
fn what_creator_lacks_is_refused_there_and_nowhere_else() {
    let refused = |script: &str, dialect: Dialect| {
        let engine = Engine::builder().dialect(dialect).build().unwrap();
        let options = Options { dialect, ..Options::default() };
        let (_, found) = engine.check(&Source::new("t", script), &options);
        found.iter().any(|found| found.code == "check::not-in-creator")
    };
    for script in [
        "x = 1; info x.isNull();",
        "info toText(5);",
        "info 5.toText();",
        "info '1-Jan-2020'.addBusinessHour(1);",
        "info '1-Jan-2020'.getWeekOfYear(\"Monday\");",
        "info {1, 2}.percentile(50);",
        "f = \"x\".toFile(\"a.txt\"); f.setFileType(\"pdf\");",
    ] {
        assert!(refused(script, Dialect::Creator), "{script}");
        assert!(!refused(script, Dialect::Crm), "{script}");
    }
    for script in ["info isNull(5);", "info toString(5);", "info 5.toString();", "info '1-Jan-2020'.getWeekOfYear();"] {
        assert!(!refused(script, Dialect::Creator), "{script}");
    }
    assert_eq!(trouble("info 5.toString(\"yyyy\");", Dialect::Creator).code, "run::not-in-creator");
}

#[test]
fn null_blank_and_empty_have_a_column_for_creator() {
    let shows = |dialect: Dialect| {
        let engine = Engine::builder().dialect(dialect).build().unwrap();
        let values = ["\" \"", "\"\"", "null", "{}", "{\"\"}", "{\"\":\"\"}", "{\"a\":\"\"}"];
        values.map(|value| {
            let script = format!("v = {value}; info isBlank(v) + \" \" + isNull(v) + \" \" + v.isEmpty();");
            let (program, found) = engine.check(&Source::new("t", script), &Options { dialect, ..Options::default() });
            let outcome = engine.run_blocking(&program.unwrap_or_else(|| panic!("{found:?}")), Run::script());
            outcome.info.join(";")
        })
    };
    assert_eq!(
        shows(Dialect::Creator),
        [
            "true false false",
            "true true true",
            "true true true",
            "true false true",
            "false false false",
            "null null false",
            "false false false"
        ]
    );
    assert_eq!(
        shows(Dialect::Portable),
        [
            "true false true",
            "true true true",
            "true true null",
            "true false true",
            "false false false",
            "false false false",
            "false false false"
        ]
    );
}
