//! Functions in the other files of a project: found by name, run, and named in errors with their file.

use super::harness::Desk;

/// A project with functions in several files.
fn project() -> Desk {
    let desk = Desk::project("");
    desk.write(
        "functions/tax.dg",
        "float standalone.tax(float amount)\n{\n\treturn round(amount * standalone.rate(), 2);\n}\n",
    );
    desk.write("functions/deep/rate.deluge", "float standalone.rate()\n{\n\treturn 0.19;\n}\n");
    desk.write("functions/app.ds", "string Text.shout(string words)\n{\n\treturn own(words) + \"!\";\n}\nstring own(string words)\n{\n\treturn words.toUpperCase();\n}\n");
    desk.write("functions/broken.dg", "int automation.broken(int a)\n{\n\tx = ;\n\treturn missing;\n}\n");
    desk.write("functions/fails.dg", "int standalone.fails(int a)\n{\n\tb = a;\n\n\treturn b / 0;\n}\n");
    desk
}

#[test]
fn functions_of_other_files_are_called() {
    let desk = project();
    desk.run("info standalone.tax(100);\ninfo thisapp.Text.shout(\"hi\");\n", &["--dialect", "creator"])
        .expect(0)
        .prints("19\nHI!\n");
    // Also from a function that the script itself defines, and with its own function of the same name first.
    let script = "string own(string words)\n{\n\treturn Text.shout(words);\n}\ninfo own(\"a\");\n";
    desk.run(script, &["--dialect", "creator"]).expect(0).prints("A!\n");
}

#[test]
fn calls_are_checked_against_the_other_file() {
    let desk = project();
    desk.run("info standalone.tax();", &[]).complains(2, &["check::argument-count", "1 argument"]);
    desk.run("info standalone.tx(1);", &[]).complains(3, &["run::missing-function", "check::missing-function"]);
    desk.write("functions/main.dg", "void automation.main()\n{\n\tinfo standalone.tax(1,2);\n}\n");
    desk.sluice(&["check", "functions/main.dg"]).complains(2, &["check::argument-count", "main.dg:3:"]);
}

#[test]
fn a_function_that_does_not_check_is_named_with_its_file() {
    let desk = project();
    desk.run("info 1;\ninfo automation.broken(1);", &[]).complains(
        2,
        &["check::broken-function", "automation.broken", "broken.dg does not check", "look at line 3", "script.dg:2:"],
    );
    // Who does not reach it is not troubled.
    desk.run("info standalone.rate();", &[]).expect(0).prints("0.19\n");
}

#[test]
fn an_error_shows_the_file_where_it_happened() {
    let desk = project();
    let done = desk.run("x = 1;\ninfo standalone.fails(x);", &[]);
    done.complains(3, &["run::divide-by-zero", "fails.dg:5:", "standalone.fails was called on line 2 of"]);
    let json = desk.run("x = 1;\ninfo standalone.fails(x);", &["--json"]).expect(3).json();
    let error = &json["error"];
    assert!(error["file"].as_str().unwrap().ends_with("fails.dg"), "{error}");
    assert_eq!((error["line"].as_u64(), error["stack"][1]["line"].as_u64()), (Some(5), Some(2)));
    assert!(error["stack"][1]["file"].as_str().unwrap().ends_with("script.dg"), "{error}");
    desk.run("try { standalone.fails(1); } catch (e) { info e.lineNo; }", &[]).expect(0).prints("5\n");
}

#[test]
fn without_a_project_only_the_file_itself_counts() {
    let desk = Desk::new();
    desk.write("functions/rate.dg", "float standalone.rate()\n{\n\treturn 0.19;\n}\n");
    desk.run("info standalone.rate();", &[]).complains(3, &["check::missing-function"]);
}
