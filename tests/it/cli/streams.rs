//! What goes to which stream, and the exit codes: standard output carries results alone, so that it can be piped.

use super::harness::Desk;

#[test]
fn info_lines_and_the_value_are_the_output() {
    let desk = Desk::new();
    desk.run("info \"first\";\ninfo {\"a\": 1.50, \"b\": {null, true}};\nreturn {\"k\": \"é\"};", &[])
        .prints("first\n{\"a\":1.50,\"b\":[null,true]}\n{\"k\":\"é\"}\n");
    desk.run("info 1;", &[]).prints("1\n");
    desk.run("return 7;", &[]).prints("7\n");
    desk.run("return null;", &[]).prints("");
    desk.run("return \"\";", &[]).prints("\n");
    desk.run("", &[]).prints("");
}

#[test]
fn the_value_can_be_left_out() {
    let desk = Desk::new();
    desk.run("info 1; return 7;", &["--no-result"]).prints("1\n");
    desk.write("script.dg", "info 1; return 7;");
    desk.call(&["run", "script.dg"]).env("SLUICE_NO_RESULT", "1").done().prints("1\n");
    desk.call(&["run", "script.dg"]).env("SLUICE_NO_RESULT", "0").done().prints("1\n7\n");
}

#[test]
fn warnings_go_to_standard_error_and_the_script_runs() {
    let done = Desk::new().run("1 + 1;\ninfo 2;", &[]).complains(0, &["check::no-effect", "script.dg:1:1"]);
    assert_eq!(done.stdout, "2\n");
}

#[test]
fn a_script_that_does_not_check_is_not_begun() {
    let desk = Desk::new();
    let done = desk.run("info 1;\ninfo unknown;", &[]);
    let done = done.complains(2, &["check::undefined-variable", "script.dg:2:6"]);
    assert_eq!(done.stdout, "");
    let done = desk.run("info 1;\ninfo (2;\ninfo [3;\n", &[]).complains(2, &["script.dg:2:", "script.dg:3:"]);
    assert_eq!(done.stdout, "");
}

#[test]
fn a_script_that_fails_keeps_what_it_printed() {
    let done = Desk::new().run("info 1;\ninfo 1 / 0;\ninfo 2;", &[]);
    let done = done.complains(3, &["run::divide-by-zero", "(Line no: 2)", "script.dg:2:6"]);
    assert_eq!(done.stdout, "1\n");
}

#[test]
fn a_value_that_contains_itself_is_printed_or_refused_and_never_hangs() {
    let done = Desk::new().run("m = Map();\nm.put(\"m\", m);\nreturn m;", &[]);
    assert!(matches!(done.code, 0 | 3), "{done:?}");
}

#[test]
fn a_script_is_read_from_standard_input() {
    let desk = Desk::new();
    desk.call(&["run", "-"]).input("info 1 + 1;").done().prints("2\n");
    desk.call(&["run"]).input("\u{feff}info 1 + 1;\r\n").done().prints("2\n");
    desk.call(&["run"]).done().complains(1, &["cli::empty-input"]);
    let done = desk.call(&["run", "-"]).input("info x;").done().complains(2, &["<stdin>:1:6"]);
    assert_eq!(done.stdout, "");
}

#[test]
fn files_that_cannot_be_read_are_named() {
    let desk = Desk::new();
    let missing = desk.sluice(&["run", "no such.dg"]).complains(1, &["project::file", "no such.dg", "help:"]);
    assert_eq!(missing.stdout, "");
    desk.sluice(&["run", "."]).complains(1, &["project::file", "it is a folder"]);
    desk.write("latin.dg", b"info 1;\ninfo \"caf\xe9\";\n");
    desk.sluice(&["run", "latin.dg"])
        .complains(2, &["syntax::not-utf8", "line 2", "latin.dg:2:10", "save it as UTF-8"]);
    desk.call(&["run", "-"]).input(b"\xff\xfei\0n\0").done().complains(2, &["syntax::not-utf8", "UTF-16"]);
}

#[test]
fn wrong_usage_is_exit_code_1_and_help_is_a_result() {
    let desk = Desk::new();
    desk.sluice(&["run", "--no-such-option"]).complains(1, &["--no-such-option"]);
    desk.sluice(&["no-such-verb"]).complains(1, &["no-such-verb"]);
    desk.sluice(&[]).complains(1, &["Usage"]);
    desk.sluice(&["run", "x.dg", "--timeout", "soon"]).complains(1, &["--timeout"]);
    desk.run("info 1;", &["--limits", "zoho-crn"]).complains(1, &["cli::no-such-name", "did you mean `zoho-crm`?"]);
    desk.run("info 1;", &["--dialect", "creater"]).complains(1, &["cli::no-such-name", "did you mean `creator`?"]);
    desk.run("info 1;", &["--route", "books.zoho.com=https://example.com"]).complains(1, &["http::invalid-route"]);
    for arguments in [&["--help"][..], &["--version"], &["run", "--help"], &["connections", "create", "--help"]] {
        let done = desk.sluice(arguments).expect(0);
        assert!(!done.stdout.is_empty() && done.stderr.is_empty(), "{done:?}");
    }
}

#[test]
fn a_broken_project_file_stops_the_run_and_not_the_help() {
    let desk = Desk::project("dialekt = \"crm\"\n");
    desk.run("info 1;", &[]).complains(1, &["project::unknown-key", "line 1", "did you mean `dialect`?"]);
    desk.sluice(&["check", "script.dg"]).complains(1, &["project::unknown-key"]);
    desk.sluice(&["--version"]).expect(0);
    desk.sluice(&["help"]).expect(0);
    desk.sluice(&["--project", "nowhere", "run", "script.dg"]).complains(1, &["project::no-folder", "nowhere"]);
}

#[test]
fn an_option_counts_before_its_variable_and_that_before_the_project() {
    let desk = Desk::project("[limits]\nstatements = 20\n");
    let script = "for each index i in \"a,b,c,d,e,f,g,h\".toList()\n{\n\tx = 1;\n\ty = 2;\n\tz = 3;\n}\ninfo \"end\";";
    desk.run(script, &[]).complains(3, &["limits::statements"]);
    let call = || desk.call(&["run", "script.dg"]).env("SLUICE_LIMITS", "generous");
    call().done().prints("end\n");
    let flag = ["run", "script.dg", "--limits", "generous"];
    desk.call(&flag).env("SLUICE_LIMITS", "no such profile").done().prints("end\n");
    desk.call(&["run", "script.dg"]).env("SLUICE_LIMITS", "no such profile").done().expect(1);
}

#[test]
fn colour_is_for_terminals_unless_it_is_asked_for() {
    let desk = Desk::new();
    let plain = desk.run("info x;", &[]).expect(2);
    assert!(!plain.all().contains('\u{1b}'), "{plain:?}");
    let always = desk.run("info x;", &["--color", "always"]).expect(2);
    assert!(always.stderr.contains("\u{1b}["), "{always:?}");
    assert_eq!(always.stdout, "");
    desk.run("info 1;", &["--color", "always"]).prints("1\n");
    let asked = desk.call(&["run", "script.dg", "--color", "sometimes"]).done();
    asked.complains(1, &["sometimes"]);
}

#[test]
fn control_characters_reach_a_pipe_and_never_a_diagnostic() {
    let desk = Desk::new();
    desk.run("info \"a\u{1b}[31mb\";", &[]).prints("a\u{1b}[31mb\n");
    let done = desk.run("info \"\u{1b}[31m\".nope();", &[]).expect(2);
    assert!(!done.stderr.contains('\u{1b}'), "{done:?}");
    let thrown = desk.run("throw \"\u{1b}[31mred\";", &[]).expect(3);
    assert!(!thrown.stderr.contains('\u{1b}') && thrown.stderr.contains("red"), "{thrown:?}");
}

#[test]
fn a_reader_who_goes_away_is_no_failure() {
    use std::io::{BufRead, BufReader};
    use std::process::{Command, Stdio};
    let desk = Desk::new();
    desk.write("script.dg", "for each i in \"a,\".repeat(20000).toList()\n{\n\tinfo \"a line of some length\";\n}\n");
    let mut child = Command::new(env!("CARGO_BIN_EXE_sluice"))
        .args(["run", "script.dg"])
        .current_dir(desk.path(""))
        .env("SLUICE_HOME", desk.home(""))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
    assert_eq!(first, "a line of some length\n");
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), String::from_utf8(output.stderr).unwrap().as_str()), (Some(0), ""));
}

#[test]
fn the_limits_stop_what_does_not_end() {
    let desk = Desk::new();
    let endless = "int f(int n)\n{\n\treturn f(n + 1);\n}\ninfo f(1);";
    desk.run(endless, &[]).complains(3, &["limits::depth"]);
    let long = "l = \"a,\".repeat(1000).toList();\nfor each a in l\n{\n\tfor each b in l\n\t{\n\t\tfor each c in l\n\t\t{\n\
                \t\t\tx = 1;\n\t\t}\n\t}\n}\ninfo \"end\";";
    desk.run(long, &["--timeout", "50ms"]).complains(3, &["limits::time"]);
}
