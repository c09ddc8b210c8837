//! Checking files and folders: every problem of every file, and nothing is run.

use super::harness::Desk;

fn folder() -> Desk {
    let desk = Desk::new();
    desk.write("scripts/good.dg", "info 1;\n");
    desk.write("scripts/deals/bad.deluge", "info \"a\".toUpperCas();\ninfo (1;\ninfo 2\n");
    desk.write("scripts/deals/warn.dg", "1 + 1;\n");
    desk.write("scripts/.hidden/bad.dg", "info (;\n");
    desk.write("scripts/target/bad.dg", "info (;\n");
    desk.write("scripts/notes.txt", "info (;\n");
    desk
}

#[test]
fn every_problem_of_every_file_is_shown() {
    let desk = folder();
    let done = desk.sluice(&["check", "scripts"]).expect(2);
    assert_eq!(done.stdout, "3 files, 2 errors, 1 warning\n");
    for place in ["bad.deluge:2:", "bad.deluge:3:", "warn.dg:1:1"] {
        assert!(done.stderr.contains(place), "{place}:\n{}", done.stderr);
    }
    let done = desk.sluice(&["check", "scripts/good.dg"]).expect(0);
    assert_eq!((done.stdout.as_str(), done.stderr.as_str()), ("1 file, 0 errors, 0 warnings\n", ""));
    // A file that is named is checked whatever it is called.
    desk.sluice(&["check", "scripts/notes.txt"]).complains(2, &["notes.txt:1:"]);
}

#[test]
fn a_file_that_is_named_twice_is_checked_once() {
    let desk = folder();
    let done = desk.sluice(&["check", "scripts/good.dg", "scripts", "./scripts/good.dg"]).expect(2);
    assert_eq!(done.stdout, "3 files, 2 errors, 1 warning\n");
}

#[test]
fn warnings_fail_when_they_are_denied() {
    let desk = folder();
    desk.sluice(&["check", "scripts/deals/warn.dg"]).expect(0);
    desk.sluice(&["check", "--deny-warnings", "scripts/deals/warn.dg"]).complains(2, &["check::no-effect"]);
    desk.sluice(&["check", "--deny-warnings", "scripts/good.dg"]).expect(0);
    let call = desk.call(&["check", "scripts/deals/warn.dg"]).env("SLUICE_DENY_WARNINGS", "1");
    call.done().expect(2);
}

#[test]
fn syntax_alone_can_be_checked() {
    let desk = folder();
    desk.write("names.dg", "info unknown;\ninfo \"a\".toUpperCas();\n");
    desk.sluice(&["check", "names.dg"]).expect(2);
    desk.sluice(&["check", "--syntax", "names.dg"]).expect(0);
    desk.sluice(&["check", "--syntax", "scripts"]).complains(2, &["bad.deluge:2:"]);
}

#[test]
fn what_cannot_be_read_does_not_hide_the_rest() {
    let desk = folder();
    let done = desk.sluice(&["check", "missing.dg", "scripts"]);
    done.complains(1, &["project::file", "missing.dg", "bad.deluge:2:"]);
    desk.sluice(&["check"]).complains(1, &["PATH"]);
}

#[test]
fn nothing_is_run() {
    let (desk, server) = (Desk::new(), super::server::Server::friendly());
    desk.write("script.dg", format!("info \"never\";\nx = invokeurl [url: \"{}\"];\n", server.url("/")));
    let done = desk.sluice(&["check", "script.dg"]).expect(0);
    assert!(!done.all().contains("never") && server.seen().is_empty(), "{done:?}");
}

#[test]
fn the_project_says_what_is_checked_and_how() {
    let desk = Desk::project(
        "include = [\"legacy/**/*.txt\"]\n[contexts]\n\"functions/deals/**\" = \"cliq-message\"\n\
         [lints]\n\"check::no-effect\" = \"off\"\n\"syntax::single-equals\" = \"deny\"\n",
    );
    desk.write("legacy/old/total.txt", "info 1 +;\n");
    desk.write("functions/deals/reply.dg", "info message;\n1 + 1;\n");
    desk.write("functions/other.dg", "info message;\n");
    desk.write("functions/equals.dg", "x = 1;\nif(x = 1)\n{\n\tinfo x;\n}\n");
    let done = desk.sluice(&["check", "."]).expect(2);
    assert_eq!(done.stdout, "4 files, 3 errors, 0 warnings\n", "{}", done.stderr);
    for place in ["total.txt:1:", "other.dg:1:6", "equals.dg:2:"] {
        assert!(done.stderr.contains(place), "{place}:\n{}", done.stderr);
    }
    // A denied warning stops a run too.
    desk.sluice(&["run", "functions/equals.dg"]).complains(2, &["syntax::single-equals"]);
}

#[test]
fn creators_files_are_read_as_such_and_it_is_said() {
    let desk = Desk::new();
    let script = "info true || false && false;\n";
    desk.write("app.ds", script);
    desk.write("app.dg", script);
    desk.sluice(&["check", "app.ds"]).complains(0, &["app.ds", "`creator`", "--dialect"]);
    let done = desk.sluice(&["check", "app.dg"]).expect(0);
    assert!(!done.stderr.contains("`creator`"), "{done:?}");
    let document = desk.sluice(&["check", "--json", "app.ds", "app.dg"]).expect(0).json();
    assert_eq!((&document[0]["dialect"], &document[1]["dialect"]), (&"creator".into(), &"portable".into()));
    let asked = desk.sluice(&["check", "--json", "--dialect", "crm", "app.ds"]).expect(0).json();
    assert_eq!(asked[0]["dialect"], "crm");
    assert_eq!(desk.sluice(&["run", "app.ds"]).expect(0).stdout, "false\n");
    assert_eq!(desk.sluice(&["run", "app.dg"]).expect(0).stdout, "true\n");
}

#[test]
fn an_unknown_name_in_zoho_encryption_is_answered_with_the_names_there() {
    let desk = Desk::new();
    desk.write("near.dg", "info zoho.encryption.hmacsha2566(\"k\", \"x\");\n");
    desk.write("far.dg", "info Zoho.Encryption.frobnicate(\"x\");\n");
    desk.write("right.dg", "info ZOHO.Encryption.MD5(\"x\").length();\n");
    desk.sluice(&["check", "near.dg"]).complains(2, &["check::unknown-function", "`zoho.encryption.hmacsha256`"]);
    desk.sluice(&["check", "far.dg"]).complains(2, &["no such function in", "base64DecodeToFile, md5, sha1"]);
    desk.sluice(&["check", "right.dg"]).expect(0);
}

#[test]
fn a_connection_that_the_project_does_not_have_is_told_with_the_nearest() {
    let script = |link_name: &str| {
        format!("info invokeurl\n[\n\turl : \"https://acme.example/v1\"\n\tconnection : \"{link_name}\"\n];\n")
    };
    let desk = Desk::project("");
    super::credentials::service(&desk, "acme", "type = \"basic\"");
    let pair = [("username", "ann"), ("password", "secret")];
    super::credentials::connect(&desk, "acme_shop", "acme", &[], &pair).expect(0);
    desk.write("right.dg", script("acme_shop"));
    desk.write("near.dg", script("acme_shopp"));
    desk.write("far.dg", script("zoho_crm"));
    assert_eq!(desk.sluice(&["check", "right.dg"]).expect(0).stderr, "");
    desk.sluice(&["check", "near.dg"]).complains(0, &["check::unknown-connection", "did you mean \"acme_shop\"?"]);
    desk.sluice(&["check", "far.dg"]).complains(0, &["check::unknown-connection", "sluice connections create"]);
    // Nothing is known of connections outside of a project.
    let desk = Desk::new();
    desk.write("near.dg", script("acme_shopp"));
    assert_eq!(desk.sluice(&["check", "near.dg"]).expect(0).stderr, "");
}

#[test]
fn a_secret_that_is_found_is_not_shown() {
    let secret = "9f8c2e71b04d4a66a5d1";
    let desk = Desk::new();
    desk.write(
        "script.dg",
        format!("h = {{\"X-Api-Key\":\"{secret}\"}};\ninfo h;\nif(true) {{ info \"{secret}\"; }}\n"),
    );
    for arguments in [["check", "script.dg"].as_slice(), &["check", "--json", "script.dg"]] {
        let done = desk.sluice(arguments).expect(0);
        assert!(done.all().contains("check::secret-literal") && !done.all().contains(secret), "{done:?}");
    }
}

#[test]
fn a_run_is_not_told_what_only_checking_looks_for() {
    let desk = Desk::new();
    desk.run("spare = 1;\nif(true) { info \"ran\"; }\n", &[]).prints("ran\n");
}

#[test]
fn warnings_are_silenced_by_a_comment_and_by_the_project() {
    let desk = Desk::project("[lints]\n\"check::constant-condition\" = \"deny\"\n\"check::operand-types\" = \"off\"\n");
    desk.write("script.dg", "spare = 1; // sluice: allow unused-variable\ninfo \"a\" * 2;\n");
    assert_eq!(desk.sluice(&["check", "script.dg"]).expect(0).stderr, "");
    desk.write("script.dg", "if(true) { info 1; }\n");
    desk.sluice(&["check", "script.dg"]).complains(2, &["check::constant-condition"]);
    desk.write("script.dg", "// sluice: allow check::single-equals\ninfo 1;\n");
    desk.sluice(&["check", "script.dg"]).complains(0, &["check::unknown-check"]);
    let desk = Desk::project("[lints]\n\"check::unreachible\" = \"off\"\n");
    desk.write("script.dg", "info 1;\n");
    desk.sluice(&["check", "script.dg"]).complains(1, &["sluice.toml, line 2", "did you mean \"check::unreachable\"?"]);
}

#[test]
fn a_dialect_that_is_only_guessed_refuses_no_function() {
    let desk = Desk::new();
    // Scripts of other services are kept in .ds files too.
    desk.write("crm.ds", "info 5.toText() + isBlank(null);\n");
    desk.sluice(&["check", "crm.ds"]).expect(0);
    let done = desk.sluice(&["run", "crm.ds"]).expect(0);
    assert_eq!(done.stdout, "5true\n");
    desk.sluice(&["check", "--dialect", "creator", "crm.ds"]).complains(2, &["check::not-in-creator"]);
    desk.sluice(&["run", "--dialect", "creator", "crm.ds"]).complains(2, &["check::not-in-creator"]);
}
