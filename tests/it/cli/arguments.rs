//! How a run is given its arguments, and what is said when they do not fit.

use super::harness::Desk;

const FUNCTIONS: &str = "\
string describe(int count, float price, bool paid, string name, map order, list tags)
{
	return count + 1 + \" \" + price + \" \" + paid + \" \" + name + \" \" + order.get(\"id\") + \" \" + tags.size();
}

int add(int a, int b)
{
	return a + b;
}
";

#[test]
fn texts_become_the_declared_types() {
    let desk = Desk::new();
    let arguments = ["count=41", "price=1.50", "paid=true", "name=Ann = Co", "order={\"id\": 7}", "tags=[1, \"b\"]"];
    let arguments: Vec<&str> = arguments.iter().flat_map(|argument| ["--arg", argument]).collect();
    let options = [&["--function", "describe"], arguments.as_slice()].concat();
    desk.run(FUNCTIONS, &options).prints("42 1.50 true Ann = Co 7 2\n");
}

#[test]
fn what_does_not_convert_is_wrong_usage() {
    let desk = Desk::new();
    let script = "int take(int n, bool b, map m, list l)\n{\n\treturn n;\n}\n";
    let good = ["n=1", "b=true", "m={}", "l=[]"];
    let cases = [
        ("n=one", "the argument `n` is no BIGINT", "--arg n=42"),
        ("n=1.5", "the argument `n` is no BIGINT", "--arg n=42"),
        ("n=99999999999999999999", "the argument `n` is no BIGINT", "--arg n=42"),
        ("b=yes", "the argument `b` is no BOOLEAN", "--arg b=true"),
        ("m=[1]", "the argument `m` is no MAP", "--arg 'm="),
        ("m={\"a\":", "the argument `m` is no MAP", "help:"),
        ("l={}", "the argument `l` is no LIST", "--arg 'l="),
        ("l:=5", "the argument `l` is no LIST", "--arg 'l="),
    ];
    for (wrong, message, help) in cases {
        let name = wrong.split([':', '=']).next().unwrap();
        let others = good.iter().filter(|good| !good.starts_with(&format!("{name}=")));
        let arguments: Vec<&str> = others.copied().chain([wrong]).flat_map(|argument| ["--arg", argument]).collect();
        let done = desk.run(script, &arguments).complains(1, &["cli::argument", message, help]);
        assert_eq!(done.stdout, "");
    }
    desk.run(script, &["--arg", "n:={"]).complains(1, &["cli::not-json"]);
    desk.run(script, &["--arg", "n"]).complains(1, &["cli::argument-form"]);
}

#[test]
fn statements_outside_functions_get_texts_or_json() {
    let desk = Desk::new();
    desk.run("info a + 1;", &["--arg", "a=1"]).prints("11\n");
    desk.run("info a + 1;", &["--arg", "a:=1"]).prints("2\n");
    desk.run("info a.get(\"k\").get(1);", &["--arg", "a:={\"k\": [1, 2.50]}"]).prints("2.50\n");
    desk.run("info a;", &["--arg", "a="]).prints("\n");
    desk.run("info a;", &["--arg", "a=1", "--arg", "a=2"]).prints("2\n");
    desk.run("info 1;", &["--arg", "unused=1"]).prints("1\n");
    desk.run("info a;", &["--arg", "b=1"]).complains(2, &["check::undefined-variable"]);
}

#[test]
fn files_of_arguments_and_input_are_read_in_order() {
    let desk = Desk::new();
    desk.write("args.json", "{\"a\": 1, \"b\": 2}");
    desk.write("input.json", "{\"a\": 10, \"b\": 20, \"c\": 30, \"Contacts.ID\": \"5\"}");
    let script = "info a + \" \" + b + \" \" + c + \" \" + input.get(\"a\") + \" \" + input.get(\"Contacts.ID\");";
    let options = ["--arg", "a=0", "--args", "args.json", "--input", "input.json"];
    desk.run(script, &options).prints("0 2 30 10 5\n");
    desk.run(FUNCTIONS, &["-f", "add", "--args", "args.json"]).prints("3\n");
    desk.run(FUNCTIONS, &["-f", "add", "--input", "input.json", "--arg", "a=1"]).prints("21\n");
}

#[test]
fn files_of_arguments_that_are_no_objects_are_named() {
    let desk = Desk::new();
    desk.write("list.json", "[1]");
    desk.write("broken.json", "{\"a\": ");
    for option in ["--args", "--input"] {
        desk.run("info 1;", &[option, "list.json"]).complains(1, &["cli::not-an-object", "list.json"]);
        desk.run("info 1;", &[option, "broken.json"]).complains(1, &["cli::not-json", "broken.json"]);
        desk.run("info 1;", &[option, "missing.json"]).complains(1, &["cli::read", "missing.json"]);
    }
}

#[test]
fn missing_and_surplus_arguments_are_named() {
    let desk = Desk::new();
    let missing = ["-f", "add", "--arg", "a=1"];
    desk.run(FUNCTIONS, &missing).complains(1, &["cli::missing-argument", "`add` needs the argument `b`", "--arg b="]);
    let surplus = ["-f", "add", "--arg", "a=1", "--arg", "b=2", "--arg", "bb=3"];
    desk.run(FUNCTIONS, &surplus).complains(1, &["cli::unknown-argument", "did you mean `b`?", "a, b"]);
}

#[test]
fn a_file_that_only_defines_functions_runs_one_of_them() {
    let desk = Desk::new();
    desk.run("int two()\n{\n\treturn 2;\n}\n", &[]).prints("2\n");
    desk.run("string hello(string name)\n{\n\tinfo \"in\";\n\treturn \"hello \" + name;\n}\n", &["--arg", "name=you"])
        .prints("in\nhello you\n");
    desk.run("void quiet()\n{\n\tinfo \"in\";\n}\n", &[]).prints("in\n");
    desk.run(FUNCTIONS, &[]).complains(1, &["cli::which-function", "describe, add"]);
    desk.run(FUNCTIONS, &["-f", "ad"]).complains(1, &["cli::no-function", "did you mean `add`?"]);
    desk.run("info 1;", &["-f", "add"]).complains(1, &["cli::no-function", "defines no function"]);
}

#[test]
fn a_function_is_run_alone_beside_statements() {
    let desk = Desk::new();
    let script = "info \"statements\";\nint two()\n{\n\treturn 2;\n}\n";
    desk.run(script, &[]).prints("statements\n");
    desk.run(script, &["--function", "two"]).prints("2\n");
    desk.write("script.dg", script);
    desk.call(&["run", "script.dg"]).env("SLUICE_FUNCTION", "two").done().prints("2\n");
}

#[test]
fn system_variables_and_random_numbers_can_be_set() {
    let desk = Desk::project("[system]\nloginuserid = \"file@example.com\"\nappname = \"shop\"\n");
    let script = "info zoho.loginuserid + \" \" + zoho.appname + \" \" + zoho.device.type;\n";
    desk.run(script, &[]).expect(0).prints("file@example.com shop null\n");
    let options = ["--system", "loginuserid=flag@example.com", "--system", "zoho.device.type=phone"];
    desk.run(script, &options).expect(0).prints("flag@example.com shop phone\n");
    desk.run(script, &["--system", "loginuserd=x"]).complains(1, &["cli::no-such-name", "loginuserid"]);
    desk.run(script, &["--system", "loginuser"]).complains(1, &["cli::system-form"]);
    let draw = |seed: &str| desk.run("info randomNumber(0, 1000000000);", &["--seed", seed]).expect(0).stdout;
    assert_eq!(draw("7"), draw("7"));
    assert_ne!(draw("7"), draw("8"));
}
