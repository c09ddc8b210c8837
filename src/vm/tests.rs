//! The machine by scripts: order of evaluation, errors and their places, limits, cancellation, the widths of instructions.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::*;
use crate::builtins;
use crate::catalogue::Catalogue;
use crate::environment::Environment;
use crate::program::op::Op;
use crate::program::{Options, Program};
use crate::source::Source;

fn program(script: &str) -> Arc<Program> {
    let catalogue = Arc::new(Catalogue::new(builtins::tables(), builtins::SYSTEM_VARIABLES, Vec::new));
    let (program, diagnostics) = Program::compile(&Source::new("t", script), &Options::default(), &catalogue);
    Arc::new(program.unwrap_or_else(|| panic!("{diagnostics:#?}")))
}

fn machine(script: &str, limits: Limits) -> Machine {
    let loaded = Rc::new(Loaded::new(program(script)));
    Machine::new(loaded, 0, &[], None, Arc::new(Environment::default()), limits, Arc::default())
}

/// Runs to the end and gives the printed lines and the error.
fn run_with(script: &str, limits: Limits) -> (Vec<String>, Option<Box<Trouble>>) {
    let mut machine = machine(script, limits);
    loop {
        match machine.resume(None) {
            Step::Pause => {}
            Step::Done(result) => {
                return (machine.take_output().into_iter().map(|printed| printed.text).collect(), result.err());
            }
            Step::Effect(effect) => panic!("{effect:?}"),
        }
    }
}

fn printed(script: &str) -> String {
    let (lines, trouble) = run_with(script, Limits::default());
    assert_eq!(trouble, None);
    lines.join("\n")
}

fn trouble(script: &str) -> Box<Trouble> {
    run_with(script, Limits::default()).1.unwrap()
}

#[test]
fn an_instruction_is_eight_bytes_and_a_program_may_be_shared() {
    fn is_shared<T: Send + Sync>() {}
    assert_eq!(size_of::<Op>(), 8);
    assert!(size_of::<Machine>() <= 1024, "{}", size_of::<Machine>());
    is_shared::<Program>();
}

#[test]
fn an_error_half_way_leaves_the_variable_as_it_was() {
    let script = r#"a = "x"; b = 1;
        try { a = a + "y" + null.length(); } catch (e) { }
        try { b = b + 1 - null; } catch (e) { }
        try { b = b * 2 + {1}.get(5); } catch (e) { }
        info a + b;"#;
    assert_eq!(printed(script), "x1");
}

#[test]
fn a_csv_file_is_walked_row_by_row() {
    let script = r#"f = "name,age\nAnn,5\n\"Bob, B.\",7".toFile("p.csv");
        for each row in f { info row.size() + ":" + row; }
        for each index i in f { info i; }
        t = "a,b".toFile("p.txt"); for each x in t { }"#;
    let (lines, trouble) = run_with(script, Limits::default());
    assert_eq!(lines.join("|"), "2:name,age|2:Ann,5|2:Bob, B.,7|0|1|2");
    assert_eq!(trouble.unwrap().code, "run::not-iterable");
}

#[test]
fn a_text_that_only_a_variable_holds_grows_in_place() {
    let script =
        r#"s = ""; for each i in {1,2,3} { s = s + i + ","; t = s; s = s + "|"; n = s.length(); } info s; info t;"#;
    assert_eq!(printed(script), "1,|2,|3,|\n1,|2,|3,");
}

#[test]
fn what_stands_left_of_the_first_text_is_added_first() {
    assert_eq!(printed(r#"info 1 + 2 + "x" + 3 + 4; info "a" + (1 + 2) + {1,2};"#), "3x34\na31,2");
}

#[test]
fn and_or_and_if_are_lazy_and_may_name_the_variable_they_set() {
    let script = r#"x = true; y = false; x = y && x; info x; x = null; x = ifnull(x, if(x == null, "n", x.length())); info x;
        info false && 1 / 0 == 1; info true || 1 / 0 == 1;"#;
    assert_eq!(printed(script), "false\nn\nfalse\ntrue");
}

#[test]
fn a_loop_walks_what_the_list_held_when_it_began() {
    assert_eq!(printed("l = {1,2,3}; for each x in l { l.add(x); } info l.size(); info x;"), "6\n3");
}

#[test]
fn leaving_loops_and_tries_keeps_the_outer_ones() {
    let script = r#"int f(int n) { for each i in {1,2,3} { try { for each j in {1,2} { if (j == 2) { continue; }
        if (i == n) { return i * 10; } } } catch (e) { info "no"; } } return -1; }
        for each k in {1,2} { try { info f(k + 1); x = {1}.get(k); } catch (e) { info e.lineNo + ":" + e.message; } }"#;
    assert_eq!(
        printed(script),
        "20\n3:Given index 1 is greater than the list size\n30\n3:Given index 2 is greater than the list size"
    );
}

#[test]
fn an_error_names_its_line_its_calls_and_where_a_null_came_from() {
    let script = "map m(map d)\n{\n\tx = d.get(\"data\");\n\ty = x.get(0);\n\treturn y;\n}\nq = Map();\ninfo m(q);";
    let found = trouble(script);
    assert_eq!((found.code.as_str(), found.line), ("run::null-receiver", 4));
    assert_eq!(found.origin.clone().unwrap().1, "`d.get(\"data\")` on line 3 gave null");
    let stack: Vec<_> = found.stack.iter().map(|called| (called.function.as_str(), called.line)).collect();
    assert_eq!(stack, [("m", 4), ("", 8)]);
}

#[test]
fn a_null_is_followed_through_copies_and_calls() {
    let script = "string f() { return {\"a\":1}.get(\"b\"); }\nx = f();\ny = x;\ninfo y.trim();";
    assert!(trouble(script).origin.unwrap().1.contains("gave null"));
    assert_eq!(trouble("if (1 > 2) { z = 1; }\ninfo z.trim();").origin, None);
}

#[test]
fn a_thrown_map_is_readable_and_a_rethrown_error_keeps_its_line() {
    let script = "try { throw {\"message\":\"m\",\"data\":{\"f\":1},\"more\":2}; } catch (e) { info e.message + e.data.get(\"f\") + e.more; }\ntry\n{\n\ttry { x = 1 / 0; } catch (e) { throw e; }\n} catch (o) { info o; }";
    assert_eq!(printed(script), "m12\nError at line : 4, Error in performing the Operation / : Divide by zero error");
    let found = trouble("try { throw \"a\"; } catch (e) {\n throw e; }");
    assert_eq!((found.message.as_str(), found.line), ("a", 1));
}

#[test]
fn limits_end_a_run_and_no_try_catches_them() {
    let limits = |change: fn(&mut Limits)| {
        let mut limits = Limits::default();
        change(&mut limits);
        limits
    };
    let cases: [(&str, &str, Limits); 8] = [
        (
            "for each i in {1,2,3,4,5,6} { try { x = i; } catch (e) { } }",
            "limits::statements",
            limits(|l| l.statements = 9),
        ),
        ("void f() { try { f(); } catch (e) { } } f();", "limits::depth", limits(|l| l.depth = 50)),
        ("s = \"x\"; for each i in {1,2,3,4,5,6,7,8,9} { s = s + s; }", "limits::size", limits(|l| l.text = 100)),
        (
            "l = {1,2,3,4}; for each a in l { for each b in l { for each c in l { for each d in l { for each e in l { for each f in l { for each g in l { x = 1; } } } } } } }",
            "limits::time",
            limits(|l| l.time = Some(Duration::ZERO)),
        ),
        (
            "l = {1,2,3}; try { for each x in l { l.add(x); } } catch (e) { }",
            "limits::size",
            limits(|l| l.elements = 5),
        ),
        ("m = {\"a\":1}; m.put(\"b\",2); m.put(\"c\",3);", "limits::size", limits(|l| l.elements = 2)),
        ("for each x in \"1,2,3,4,5\" { y = x; }", "limits::size", limits(|l| l.elements = 3)),
        (
            "l = {1,2,3,4,5,6,7,8,9}; k = List(); try { for each a in l { for each b in l { k.add(\"\".leftpad(1000)); } } } catch (e) { }",
            "limits::memory",
            limits(|l| l.memory = 50_000),
        ),
    ];
    for (script, code, limits) in cases {
        let (_, found) = run_with(script, limits);
        assert_eq!(found.unwrap().code, code, "{script}");
    }
}

#[test]
fn what_is_thrown_away_does_not_count_as_held() {
    let loops =
        "l = {1,2,3,4,5,6,7,8,9,0}; for each a in l { for each b in l { for each c in l { PASS } } } info \"done\";";
    let limits = Limits { memory: 100_000, ..Limits::default() };
    for pass in ["t = \"\".leftpad(1000) + a;", "k = {a,b,c}; m = {a:k};", "t = \"1,2,3,4\".toList();"] {
        let (lines, trouble) = run_with(&loops.replace("PASS", pass), limits.clone());
        assert_eq!((lines.join(""), trouble), ("done".to_owned(), None), "{pass}");
    }
}

#[test]
fn a_run_tells_what_it_used() {
    let script = "int f(int n) { if (n == 0) { return 0; } return f(n - 1); } x = f(4); l = {1,2,3}; info \"abc\" + x; t = \"\".leftpad(5000);";
    let mut machine = machine(script, Limits::default());
    assert!(matches!(machine.resume(None), Step::Done(Ok(_))));
    let usage = machine.usage();
    assert_eq!((usage.calls, usage.depth, usage.text, usage.elements, usage.output), (5, 6, 5000, 3, 5));
    assert!((5_000..20_000).contains(&usage.memory), "{usage:?}");
}

#[test]
fn limits_are_set_by_their_names() {
    let mut limits = Limits::default();
    for (number, key) in (1..).zip(Limits::KEYS) {
        assert!(limits.set(key, number));
    }
    let all = Limits {
        statements: 1,
        depth: 2,
        text: 3,
        elements: 4,
        memory: 5,
        output: 6,
        requests: 7,
        mails: 8,
        time: Some(Duration::from_secs(9)),
        connect_time: Duration::from_secs(10),
        request_time: Duration::from_secs(11),
        answer: 12,
        zoho_answer: 13,
        posturl_answer: 14,
    };
    assert_eq!(limits, all);
    assert!(!limits.set("size", 1));
}

#[test]
fn info_is_cut_at_its_limit_with_a_notice() {
    let limits = Limits { output: 1000, ..Limits::default() };
    let (lines, _) = run_with("for each i in {1,2,3} { info \"\".leftpad(400); }", limits);
    assert_eq!(lines.len(), 3);
    assert_eq!(lines.last().unwrap(), "The info message has been truncated because its size exceeded 1 KB.");
}

#[test]
fn a_run_can_be_cancelled_from_outside_and_pauses_in_long_loops() {
    let loaded = Rc::new(Loaded::new(program(
        "l = \"1,2,3,4,5,6,7,8,9,0\".toList(); for each a in l { for each b in l { for each c in l { for each d in l { for each e in l { x = 1; } } } } }",
    )));
    let cancelled = Arc::new(AtomicBool::new(false));
    let environment = Arc::new(Environment::default());
    let mut machine = Machine::new(loaded, 0, &[], None, environment, Limits::default(), Arc::clone(&cancelled));
    assert!(matches!(machine.resume(None), Step::Pause));
    cancelled.store(true, Ordering::Relaxed);
    assert!(matches!(machine.resume(None), Step::Done(Err(found)) if found.code == "run::cancelled"));
}

#[test]
fn containers_that_hold_themselves_are_freed_at_the_end() {
    let loaded = Rc::new(Loaded::new(program("l = List(); m = {\"l\":l}; l.add(m); l.add(l); return 1;")));
    let mut machine =
        Machine::new(loaded, 0, &[], None, Arc::new(Environment::default()), Limits::default(), Arc::default());
    assert!(matches!(machine.resume(None), Step::Done(Ok(Data::Number(1)))));
}

#[test]
fn long_literals_and_long_functions_keep_within_the_widths() {
    let numbers: Vec<String> = (0..70_000).map(|n| n.to_string()).collect();
    let list = format!("l = {{{}}}; info l.size(); info l.get(69999);", numbers.join(","));
    assert_eq!(printed(&list), "70000\n69999");
    let branches = "if (n > 0) { n = n + 1; } ".repeat(20_000);
    assert_eq!(printed(&format!("n = 1; {branches} info n;")), "20001");
    let pieces = (0..1_000).map(|n| format!("\"{n}\"")).collect::<Vec<_>>().join(" + ");
    assert_eq!(printed(&format!("info ({pieces}).length();")), "2890");
}

#[test]
fn more_variables_than_registers_is_an_error_of_its_own() {
    let script: String = (0..33_000).map(|n| format!("v{n} = 1;")).collect();
    let catalogue = Arc::new(Catalogue::new(builtins::tables(), builtins::SYSTEM_VARIABLES, Vec::new));
    let (_, diagnostics) = Program::compile(&Source::new("t", script), &Options::default(), &catalogue);
    assert_eq!(diagnostics.first().unwrap().code, "check::function-too-large");
}

#[test]
fn declared_types_are_enforced_but_null_and_whole_decimals_pass() {
    assert_eq!(printed("int f(int n) { return n; } info f(10 / 2); info f(null);"), "5\nnull");
    assert_eq!(
        trouble("int f(int n) { return n; } x = {\"a\":\"b\"}; info f(x.get(\"a\"));").code,
        "run::parameter-type"
    );
    assert_eq!(trouble("int f() { return \"t\"; } info f();").code, "run::return-type");
}

#[test]
fn input_is_a_map_of_the_arguments() {
    assert_eq!(
        printed(
            "string f(String a, Int b) { input.c = 3; return input.a + input.get(\"b\") + input; } info f(\"x\", 2);"
        ),
        "x2{\"a\":\"x\",\"b\":2,\"c\":3}"
    );
}

#[test]
fn a_function_of_the_platform_is_an_error_only_when_it_is_reached() {
    let script = "if (false) { standalone.gone(1); } try { x = automation.gone(); } catch (e) { info e.message; }";
    assert_eq!(printed(script), "Not able to find 'automation.gone' function");
}

#[test]
fn a_function_of_the_application_is_called_with_and_without_thisapp() {
    let script = "int thisapp.a(int n) { return n; } int b(int n) { return n; } int thisapp.ns.c(int n) { return n; } \
                  info a(1) + thisapp.a(2) + thisapp.b(3) + ns.c(4) + thisapp.ns.c(5);";
    assert_eq!(printed(script), "15");
}

#[test]
fn a_number_passed_or_returned_as_text_becomes_text() {
    assert_eq!(printed("string f(string a) { info a + 1; return 5; } info f(2) + 1;"), "21\n51");
}

#[test]
fn what_is_nested_deep_is_freed_without_going_deep_at_any_time_of_a_run() {
    let hundred = (0..100).map(|n| n.to_string()).collect::<Vec<_>>().join(",");
    for step in ["l = {l};", "l = {\"l\": l};", "try { throw l; } catch (e) { l = {\"message\": \"m\", \"e\": e}; }"] {
        let nested = format!(
            "l = Map(); h = \"{hundred}\"; for each a in h {{ for each b in h {{ for each c in \"1,2,3,4,5\" {{ {step} }} }} }}"
        );
        // In the middle of the run, and at its end.
        for after in ["l = null; info 1;", "info 1;"] {
            assert_eq!(printed(&format!("{nested} {after}")), "1", "{step}");
        }
    }
}

/// The methods with instructions of their own and the same built-ins called as functions, which have none, on receivers and
/// arguments of every kind.
#[test]
fn the_instructions_of_get_put_and_add_do_what_the_built_ins_do() {
    let values = [
        "null",
        "true",
        "1",
        "0",
        "-1",
        "2.0",
        "9",
        r#""b""#,
        r#""1""#,
        r#""absent""#,
        r#""""#,
        "'2026-01-31'",
        "{}",
        "{1,2}",
        r#"{"a",{"b"}}"#,
        r#"{"b":1,"c":{"d":2}}"#,
        "Map()",
        "List()",
        "List:Int()",
        "Collection()",
        "Collection(1,2)",
        r#"Collection("b":1)"#,
        r#"{"b":null}"#,
    ];
    let answer = |statements: &str| {
        let (lines, trouble) = run_with(statements, Limits::default());
        // Of a null that is written where it is passed there is nothing to tell.
        let origin =
            |trouble: &Trouble| trouble.origin.clone().map(|(_, text)| text).filter(|text| !text.starts_with("`null`"));
        (lines, trouble.map(|trouble| (trouble.code.clone(), trouble.message.clone(), origin(&trouble))))
    };
    for receiver in values {
        for argument in values {
            let calls = [
                (format!("info x.get({argument}); info x;"), format!("info get(x, {argument}); info x;")),
                (format!("k = {argument}; x = x.get(k); info x;"), format!("k = {argument}; x = get(x, k); info x;")),
                (format!("x.add({argument}); info x;"), format!("add(x, {argument}); info x;")),
                (format!(r#"x.put("b", {argument}); info x;"#), format!(r#"put(x, "b", {argument}); info x;"#)),
                (format!(r#"x.put({argument}, 5); info x;"#), format!(r#"put(x, {argument}, 5); info x;"#)),
            ];
            for (method, function) in calls {
                let script = |call: &str| format!("x = if(true, {receiver}, null); {call}");
                let expected = answer(&script(&function));
                assert_eq!(answer(&script(&method)), expected, "{}", script(&method));
            }
        }
    }
}

#[test]
fn a_key_is_found_in_maps_of_different_shapes_by_one_instruction() {
    let script = r#"
        wide = Map();
        for each index i in "x".leftPad(40).replaceAll(" ", ",").toList(",") { wide.put("k" + i, i); }
        for each m in {{"a":1,"b":2},{"b":3},{"c":0,"a":9,"b":4},{"a":7},{},wide}
        {
            m.put("b", ifNull(m.get("b"), 100) + 1);
            info m.get("b") + " " + m.get("a") + " " + m.get("k17");
        }
    "#;
    assert_eq!(printed(script), "3 1 null\n4 null null\n5 9 null\n101 7 null\n101 null null\n101 null 17");
}
