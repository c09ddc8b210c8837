//! The prompt without a terminal: nothing is echoed, each stream has its own, and the first error decides the exit code.

use crate::cli::harness::Desk;

#[test]
fn results_and_errors_go_their_own_ways() {
    let desk = Desk::project("");
    let inputs =
        "total = 12\ntotal\n1 / 0\ninfo \"many\"\nnowhere()\n:lod\nif(total > 10)\n{\n\tinfo \"more\";\n}\ntotal * 2\n";
    let done = desk.call(&["repl"]).input(inputs).done().expect(3);
    assert_eq!(done.stdout, "12\nmany\nmore\n24\n");
    let codes: Vec<&str> = done.stderr.lines().filter(|line| line.contains("::")).collect();
    assert_eq!(codes[..2], ["run::divide-by-zero", "check::unknown-function"]);
    assert!(codes[2].starts_with("error[repl::unknown-command]"), "{codes:?}");
    assert!(!desk.home("repl_history").exists());
}

#[test]
fn the_first_error_decides_the_exit_code() {
    let desk = Desk::project("");
    desk.call(&["repl"]).input("nowhere()\n1 / 0\n").done().expect(2);
    desk.call(&["repl"]).input(":lod\n1 / 0\n").done().expect(1);
    desk.call(&["repl"]).input("1 + 1\n:quit\n1 / 0\n").done().expect(0);
    desk.call(&["repl"]).input("").done().prints("");
}

#[test]
fn a_secret_is_not_shown() {
    let desk = Desk::project("");
    crate::cli::credentials::service(&desk, "shop", "type = \"api_key\"\nparameters = [{ key = \"key\" }]");
    crate::cli::credentials::connect(&desk, "shop_eu", "shop", &[], &[("key", "walnut-tree-1")]).expect(0);
    let server = crate::cli::server::Server::friendly();
    let input = format!(
        "getUrl(\"{}\")\ninvokeurl [ url: \"{0}\" connection: \"shop_eu\" ]\n\"walnut-tree-1\"\n",
        server.url("/")
    );
    let done = desk.call(&["repl", "--trace"]).input(input).done().expect(0);
    assert!(!done.all().contains("walnut-tree"), "{}", done.all());
    assert!(done.stdout.ends_with("\"[redacted]\"\n"), "{}", done.stdout);
}

#[test]
fn functions_that_call_each_other_are_typed_one_after_the_other() {
    let desk = Desk::project("");
    let inputs = "bool even(int n)\n{\n\treturn if(n == 0, true, odd(n - 1));\n}\neven(0)\neven(1)\n\
        bool odd(int n)\n{\n\treturn if(n == 0, false, even(n - 1));\n}\neven(10)\nif(odd(7), \"odd\", \"even\")\nodd2(1)\n";
    let done = desk.call(&["repl"]).input(inputs).done().expect(3);
    assert_eq!(done.stdout, "true\ntrue\n\"odd\"\n");
    let codes: Vec<&str> = done.stderr.lines().filter(|line| line.contains("::")).collect();
    assert_eq!(codes, ["check::missing-function", "run::missing-function", "check::unknown-function"]);
}
