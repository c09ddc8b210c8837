//! What `sluice check` finds before anything runs, what it must leave alone, and that everything Zoho's editor refuses on
//! save is found with its words.

use sluice::Engine;
use sluice::diagnostic::Diagnostic;
use sluice::program::Options;
use sluice::source::Source;
use sluice::syntax::Dialect;

fn check_as(script: &str, dialect: Dialect) -> Vec<Diagnostic> {
    let engine = Engine::builder().build().unwrap();
    let connections = Some(vec!["zoho_crm".to_owned()]);
    let options = Options { lints: true, dialect, connections, ..Options::default() };
    engine.check(&Source::new("t", script), &options).1
}

fn codes(script: &str) -> Vec<String> {
    let found = check_as(script, Dialect::Portable);
    found.iter().map(|one| one.code.strip_prefix("check::").unwrap_or(&one.code).to_owned()).collect()
}

/// Every row of the help page "error messages" about saving, and those that are only seen in practice.
#[test]
fn what_the_editor_refuses_on_save_is_found_with_its_words() {
    let portable = Dialect::Portable;
    let improper = "Improper Statement Error might be due to missing ';' at end of the line or incomplete expression";
    let rows: &[(&str, Dialect, &str, &str)] = &[
        (
            "x = \"a\" * 2; info x;",
            portable,
            "check::operand-types",
            "In Criteria left expression is of type TEXT and right expression is of type BIGINT and the operator * is not valid",
        ),
        (
            "d = today + 1; info d;",
            portable,
            "check::operand-types",
            "eft expression is of type TIMESTAMP and right expression is of type BIGINT and the operator + is not valid",
        ),
        ("info total;", portable, "check::undefined-variable", "Variable 'total' is not defined"),
        ("if(true)\n{\ninfo 1;", portable, "syntax::unbalanced", "Expecting '}' but found '<EOF>'"),
        ("info 1; /* open", portable, "syntax::unterminated-comment", "Comment Task is not closed properly"),
        ("x = 1\ninfo x;", portable, "syntax::missing-semicolon", improper),
        ("x = 1 + ;", portable, "syntax::unexpected-token", improper),
        ("x = \"abc;\ninfo x;", portable, "syntax::unterminated-text", improper),
        ("x = \"abc\\;", portable, "syntax::unterminated-text", improper),
        ("while(true) { info 1; }", portable, "syntax::not-deluge", improper),
        ("for(i = 0; i < 2; i++) { info i; }", portable, "syntax::not-deluge", improper),
        ("x = if(true, 1); info x;", portable, "check::argument-count", "Number of Arguments mismatches"),
        (
            "sendmail [ from : \"a@b.example\" to : \"c@d.example\" subject : \"s\" message : \"m\" ]",
            portable,
            "check::mail-address",
            "In cases where From: address is not a zoho.adminuserid or zoho.loginuserid, the To: address can only be \
             zoho.adminuserid and the sendmail task cannot have any CC: or BCC: address.",
        ),
        (
            "sendmail [ from : \"a@b.example\" to : zoho.adminuserid bcc : \"c@d.example\" subject : \"s\" message : \"m\" ]",
            portable,
            "check::mail-address",
            "Invalid BCC: From address is not zoho.adminuserid or zoho.loginuserid so BCC address is not allowed",
        ),
        (
            "sendmail [ from : \"a@b.example\" to : zoho.adminuserid cc : \"c@d.example\" subject : \"s\" message : \"m\" ]",
            portable,
            "check::mail-address",
            "Invalid CC: From address is not zoho.adminuserid or zoho.loginuserid so CC address is not allowed",
        ),
        (
            "x = invokeurl [ url : \"https://a.test\" type : POST body : \"a\" parameters : {\"b\":1} ]; info x;",
            portable,
            "check::body-and-parameters",
            "body and parameters cannot be given together",
        ),
        (
            "x = invokeurl [ url : \"https://a.test\" useraccess : true ]; info x;",
            portable,
            "check::ignored-attribute",
            "useraccess has no effect",
        ),
        (
            "x = invokeurl [ url : \"https://a.test\" connection_timeout : 5 ]; info x;",
            portable,
            "check::ignored-attribute",
            "connection_timeout has no effect",
        ),
        (
            "sendmail [ from : 5 to : zoho.adminuserid subject : \"s\" message : \"m\" ]",
            portable,
            "check::mail-address",
            "Invalid email address found",
        ),
        (
            "sendmail [ from : zoho.adminuserid to : 5 subject : \"s\" message : \"m\" ]",
            portable,
            "check::mail-address",
            "Invalid email address found",
        ),
        (
            "sendmail [ to : zoho.adminuserid subject : \"s\" message : \"m\" ]",
            portable,
            "check::missing-attribute",
            "'FROM' message is missing for sendmail task",
        ),
        (
            "sendmail [ from : zoho.adminuserid subject : \"s\" message : \"m\" ]",
            portable,
            "check::missing-attribute",
            "'TO' message is missing for sendmail task",
        ),
        (
            "sendmail [ from : zoho.adminuserid to : \"a@b.example\" message : \"m\" ]",
            portable,
            "check::missing-attribute",
            "'SUBJECT' message is missing for sendmail task",
        ),
        (
            "sendmail [ from : zoho.adminuserid to : \"a@b.example\" subject : \"s\" ]",
            portable,
            "check::missing-attribute",
            "Error at 'SUBJECT' or 'MESSAGE' field",
        ),
        ("sendsms [ to : \"+911\" ]", portable, "check::missing-attribute", "'MESSAGE' is missing for sendsms task"),
        (
            "sendsms [ message : \"m\" ]",
            portable,
            "check::missing-attribute",
            "'TO' message is missing for sendsms task",
        ),
        (
            "map f() { return; } info f();",
            portable,
            "check::missing-return",
            "Missing return statement: Provide MAP expression to return",
        ),
        ("info frobnicate(1);", portable, "check::unknown-function", "Not able to find 'frobnicate' function"),
        (
            "int twice(int n) { return n * 2; } twice(2);",
            portable,
            "check::ignored-result",
            "Not able to find 'twice' function",
        ),
        (
            "t = \"abc\"; t.subText(0, 1); info t;",
            portable,
            "check::unused-result",
            "function needs to be assigned to a variable",
        ),
        (
            "l = List(); x = l.add(1); info x;",
            portable,
            "check::no-value",
            "add function cant be assigned to variable or used in expression",
        ),
        (
            "info \"abc\".contains(\"a\", \"b\");",
            portable,
            "check::argument-count",
            "No. of arguments mismatches for the function contains",
        ),
        (
            "info \"abc\".subText(\"x\", 4);",
            portable,
            "check::argument-type",
            "Argument type mismatches for the function subText at index 1",
        ),
        (
            "info zoho.crm.getRecords(\"\");",
            portable,
            "check::module-name",
            "Invalid module name for the function zoho.crm.getRecords at index 1",
        ),
        (
            "info zoho.crm.getRecords(\"Leads\");",
            Dialect::Cliq,
            "check::missing-connection",
            "zoho.crm.getRecords is not supported for this function",
        ),
        ("a = 1; x = a ? 1 : 2; info x;", portable, "syntax::not-deluge", "Unexpected token found '?'"),
        (
            "void f(string text) { alert text; }",
            Dialect::Creator,
            "check::outside-event",
            "'ALERT' task can be used only in on load, on validate and on change actions",
        ),
        ("a = 1; a + 1;", portable, "check::no-effect", "Not a valid Deluge statement"),
        ("strng standalone.f() { return \"a\"; }", Dialect::Crm, "check::return-type", "Invalid return Type"),
    ];
    let mut wrong = Vec::new();
    for (script, dialect, code, words) in rows {
        let found = check_as(script, *dialect);
        let says = |one: &Diagnostic| {
            one.message.contains(words) || one.help.as_ref().is_some_and(|help| help.contains(words))
        };
        if !found.iter().any(|one| one.code == *code && says(one)) {
            wrong.push(format!("{script}\n  wants {code}: {words}\n  found {found:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{} rows:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn what_is_not_meant_is_found() {
    let cases: &[(&str, &[&str])] = &[
        // Nothing after what always leaves.
        ("for each x in {1} { break; info x; }", &["unreachable"]),
        ("for each x in {1} { if(x == 1) { continue; } else { break; } info x; }", &["unreachable"]),
        ("throw {\"message\":\"m\"}; info 1; info 2;", &["unreachable"]),
        ("return 1; return 2;", &["unreachable"]),
        ("void f() { try { return; } catch (e) { throw e; } info 1; }", &["unreachable"]),
        // Names without readers.
        ("a = 1; b = a + 1;", &["unused-variable"]),
        ("a = {\"k\":1}.get(\"k\");", &["unused-variable"]),
        ("void f(int a) { info 1; }", &["unused-parameter"]),
        ("a = 1; a = a; info a;", &["no-effect"]),
        // Results.
        ("string f() { return \"x\"; } f();", &["ignored-result"]),
        ("int f(int n) { if(n > 1) { return n; } }", &["missing-return"]),
        ("int f(list l) { for each n in l { return n; } }", &["missing-return"]),
        // Nulls.
        ("info null.toString().length();", &["always-null"]),
        ("x = null; info x.get(\"a\");", &["always-null"]),
        ("x = null; x.put(\"a\", 1);", &["always-null"]),
        ("x = null; for each y in x { info y; }", &["always-null"]),
        ("info {\"a\":1}.get(\"b\").toLong();", &["always-null"]),
        // Conditions.
        ("if(true) { info 1; }", &["constant-condition"]),
        ("a = 1; if(a == a) { info a; }", &["constant-condition"]),
        ("a = 1; x = if(1 > 2 && a > 1, 1, 2); info x;", &["constant-condition"]),
        ("info 5 == \"5\";", &["number-equals-text"]),
        ("n = \"abc\".length(); info \"3\" != n;", &["number-equals-text"]),
        ("bool f(int n) { return n == \"5\"; } info f(5);", &["number-equals-text"]),
        ("string f(list l) { return l.toUpperCase(); } info f({1});", &["argument-type"]),
        ("info {\"a\":1, \"b\":2, \"a\":3};", &["duplicate-key"]),
        // Types.
        ("info {1,2}.toUpperCase();", &["argument-type"]),
        ("info \"abc\".left(\"many\");", &["argument-type"]),
        ("info {\"a\":1} - 1;", &["operand-types"]),
        ("info true + 1;", &["operand-types"]),
        // Connections.
        ("info zoho.crm.getRecords(\"Leads\", 1, 200, {\"a\":1}, \"zoho_crn\");", &["unknown-connection"]),
        ("info invokeurl [ url : \"https://api.example.com\" connection : \"other\" ];", &["unknown-connection"]),
        // Requests.
        ("l = List(); for each x in l { info invokeurl [ url : x ]; }", &["request-in-loop"]),
        (
            "string get(string u) { return invokeurl [ url : u ]; } string twice(string u) { return get(u); } l = List(); for each x in l { info twice(x); }",
            &["request-in-loop"],
        ),
        (
            "l = List(); for each x in l { for each y in l { zoho.crm.createRecord(\"Leads\", {\"a\":x, \"b\":y}); } }",
            &["request-in-loop"],
        ),
        (
            "l = List(); for each x in l { for each y in {1,2} { info invokeurl [ url : x + y ]; } }",
            &["request-in-loop"],
        ),
    ];
    let mut wrong = Vec::new();
    for (script, wanted) in cases {
        let found = codes(script);
        if found != *wanted {
            wrong.push(format!("{script}\n  wants {wanted:?}, found {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_may_be_meant_is_left_alone() {
    let scripts = [
        // The editor asks for the last return, and the answer of a task need not be read.
        "string f() { try { return \"a\"; } catch (e) { return \"b\"; } return \"\"; } info f();",
        "response = zoho.crm.createRecord(\"Leads\", {\"Last_Name\":\"A\"});",
        "l = {1}; gone = l.remove(0);",
        "for each n in {1,2,3} { info \"again\"; }",
        "try { info 1; } catch (e) { info 2; }",
        "_unused = 1;",
        "void f(int _a) { info 1; }",
        // What the platform calls, and what reads its arguments as a map.
        "void automation.f(string id) { info 1; }",
        "string f(string name) { return input.name; } info f(\"a\");",
        "void f() { info 1; } f();",
        "void f(int n) { if(n > 1) { return; } info n; }",
        "int f(int n) { if(n > 1) { return 1; } else { throw \"small\"; } } info f(1);",
        // May be something after all.
        "x = null; for each y in {1} { x = {\"a\":y}; } info x.get(\"a\");",
        "x = null; info x.isNull(); info ifnull(x, 1);",
        "x = null; if(input.a == 1) { x = input.b; } info x.toLong();",
        "m = {\"a\":1}; info m.get(\"b\"); m.put(\"b\", 2); info m.get(\"b\").toLong();",
        "info {\"a\":1}.get(\"b\").isNull();",
        "info {\"a\":1, input.k:2}.get(\"b\").toLong();",
        "m = {1:\"a\", \"1\":\"b\"}; info m;",
        "a = 1; if(a == 1) { info a; }",
        "r = {\"responseCode\":200}; if(r.get(\"responseCode\") == \"200\") { info 1; }",
        "bool f(int n) { return n == \"\" || n == null; } info f(5);",
        "any f(string request) { return request.get(\"params\"); } info f(\"{}\");",
        "a = 5; for each x in {1} { a = \"5\"; } info a == \"5\";",
        // Texts may be JSON, dates or numbers.
        "t = {\"a\":1}.toString(); info t.get(\"a\");",
        "info \"2024-01-15\".addDay(1);",
        "info \"abcdef\".subText(\"1\", 2);",
        "info 5.toString() + 1; info \"a\" + {1}; info 12345.subString(0, 2);",
        "d = today; info d - now; info d.addDay(1);",
        // Placeholders, names of fields, and values that come from elsewhere.
        "h = {\"Authorization\":\"Bearer YOUR_TOKEN_1234567890\"}; info h;",
        "h = {\"Authorization\":\"Zoho-oauthtoken \" + input.token}; info h;",
        "h = {\"token\":\"access_token\", \"password\":\"Password\", \"api_key\":\"\"}; info h;",
        "info \"https://api.example.com/v1?authtoken=\" + input.key;",
        "info \"https://api.example.com/v1?authtoken=<token>&page=1\";",
        "m = Map(); m.put(\"Authorization\", input.header); info m;",
        // Requests that are few.
        "for each page in {1,2,3} { info zoho.crm.getRecords(\"Leads\", page); }",
        "pages = {1,2,3}; for each page in pages { info zoho.crm.getRecords(\"Leads\", page); }",
        "l = List(); for each x in l { if(x == 1) { info invokeurl [ url : \"https://a.example\" ]; break; } }",
        "l = List(); for each x in l { info x; } info invokeurl [ url : \"https://a.example\" ];",
        "l = zoho.crm.getRecords(\"Leads\"); for each x in l { info x; }",
        "info invokeurl [ url : \"https://a.example\" connection : \"zoho_crm\" ];",
        "info invokeurl [ url : \"https://a.example\" connection : input.link ];",
        "info zoho.crm.getRecords(\"CustomModule12\"); info zoho.crm.getRecords(input.module);",
    ];
    let wrong: Vec<_> = scripts
        .iter()
        .map(|script| (script, codes(script)))
        .filter(|(_, found)| !found.is_empty())
        .map(|(script, found)| format!("{script}\n  found {found:?}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn secrets_are_found_where_they_are_sent_from() {
    let secret = "9f8c2e71b04d4a66a5d1";
    let scripts = [
        format!("info invokeurl [ url : \"https://a.example\" headers : {{\"X-Api-Key\":\"{secret}\"}} ];"),
        format!("h = Map(); h.put(\"Authorization\", \"Zoho-oauthtoken {secret}\"); info h;"),
        format!("info invokeurl [ url : \"https://a.example/v1?page=1&authtoken={secret}\" ];"),
        format!("info invokeurl [ url : \"https://a.example/v1?authtoken=\" + \"{secret}\" ];"),
        format!("info \"Bearer \" + \"{secret}\";"),
        format!("info \"Bearer {secret}\";"),
        format!("client_secret = \"{secret}\"; info client_secret;"),
        format!("info {{\"grant_type\":\"password\", \"password\":\"{secret}\"}};"),
        format!("info \"https://user:{secret}@a.example/\";"),
    ];
    let token = "1000.2f6b1e0c9d8a7f5e4c3b2a1908f7e6d5.c4b3a29180f7e6d5c4b3a2918f0e7d6c";
    assert_eq!(codes(&format!("t = \"{token}\"; info t;")), ["secret-literal"]);
    assert_eq!(codes(&format!("info \"Zoho-oauthtoken {token}\";")), ["secret-literal"]);
    for script in scripts {
        let found = check_as(&script, Dialect::Portable);
        let [one] = found.as_slice() else { panic!("{script}: {found:#?}") };
        assert_eq!(one.code, "check::secret-literal", "{script}");
        // The value itself is underlined, which is how the command line knows what to mask.
        assert_eq!(&script[one.span().unwrap().range()], secret, "{script}");
        assert!(!one.message.contains(secret) && !one.help.as_ref().unwrap().contains(secret));
    }
}

#[test]
fn comments_silence_their_line_or_the_next() {
    assert!(codes("a = 1; // sluice: allow check::unused-variable").is_empty());
    assert!(codes("// sluice: allow unused-variable\na = 1;").is_empty());
    assert!(codes("if(true) { a = 1; } // sluice: allow unused-variable, constant-condition").is_empty());
    assert!(codes("if(a = 1) { info 1; } a = 1; // sluice: allow syntax::single-equals assigned-later").is_empty());
    assert!(codes("info \"a\" * 2; // sluice: allow operand-types").is_empty());
    // For other lines, other codes and errors it says nothing.
    assert_eq!(codes("info 1; // sluice: allow unused-variable\na = 1;"), ["unused-variable"]);
    assert_eq!(codes("// sluice: allow unused-variable\n\na = 1;"), ["unused-variable"]);
    assert_eq!(codes("a = 1; // sluice: allow unreachable"), ["unused-variable"]);
    assert_eq!(codes("info missing; // sluice: allow undefined-variable"), ["undefined-variable", "unknown-check"]);
    let found = check_as("a = 1; info a; // sluice: allow check::unused-varable", Dialect::Portable);
    assert_eq!(found[0].help.as_deref(), Some("did you mean `check::unused-variable`?"));
}

#[test]
fn an_error_hides_only_what_follows_from_it() {
    let script = "a = 1;\nx = frobnicate(a);\ninfo x.get(\"b\") + \"c\" * 2;\nif(x == null) { info missing.size(); }\nif(true) { info 1; }";
    assert_eq!(codes(script), ["unknown-function", "operand-types", "undefined-variable", "constant-condition"]);
    assert_eq!(codes("info frobnicate(1);\ninfo \"c\" * 2;"), ["unknown-function", "operand-types"]);
    assert_eq!(
        codes("x = frobnicate(1); info x.toLong(); x = {1}; info {1} - 1;"),
        ["unknown-function", "operand-types"]
    );
}

#[test]
fn long_scripts_are_checked_in_one_go() {
    let mut script = String::from("v0 = 1;\n");
    for n in 1..4000 {
        script += &format!("v{n} = v{} + {{\"k{n}\":{n}}}.get(\"k{n}\");\nif(v{n} > {n}) {{ info v{n}; }}\n", n - 1);
    }
    let started = std::time::Instant::now();
    assert!(codes(&script).is_empty());
    assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
}

#[test]
fn a_run_is_not_told_of_it() {
    let engine = Engine::builder().build().unwrap();
    let (program, found) = engine.check(&Source::new("t", "a = 1; info \"a\" * 2;"), &Options::default());
    assert!(program.is_some() && found.is_empty(), "{found:?}");
}
