//! Runs that would not end or would need too much: each ends with the limit that it passes, soon, and without taking
//! much more memory than it may. And what a run tells of what it used.

use super::harness::Desk;

/// What these runs may use, unless they say otherwise.
const SMALL: &str = "generous,memory=30000000,text=4000000,elements=200000,time=60";

/// Scripts and the limits that they pass.
const GREEDY: &[(&str, &str, &str)] = &[
    ("an endless recursion", "void f(int n) { try { f(n + 1); } catch (e) { f(n); } } f(1);", "limits::depth"),
    (
        "an endless loop",
        "l = {1,2,3,4,5,6,7,8,9}; for each a in l { for each b in l { for each c in l { for each d in l { for each e in l { for each f in l { for each g in l { x = g; } } } } } } }",
        "limits::statements",
    ),
    (
        "a growing text",
        "t = \"0123456789\"; l = {1,2,3,4,5,6,7,8,9}; for each a in l { for each b in l { t = t + t; } }",
        "limits::size",
    ),
    (
        "a growing list",
        "k = {1,2}; l = {1,2,3,4,5,6,7,8,9}; for each a in l { for each b in l { k.addAll(k); } }",
        "limits::size",
    ),
    (
        "nested lists",
        "k = List(); n = \"\".leftpad(199999).toList(\"\"); l = {1,2,3,4,5,6,7,8,9}; for each a in l { for each b in n { i = List(); i.add(k); k = i; } }",
        "limits::memory",
    ),
    (
        "a list of long texts",
        "k = List(); n = \"\".leftpad(1000).toList(\"\"); for each b in n { k.add(\"\".leftpad(100000) + b); }",
        "limits::memory",
    ),
    (
        "a map with more and more keys",
        "m = Map(); n = \"\".leftpad(190000).toList(\"\"); i = 0; for each b in n { i = i + 1; m.put(\"a key that is longer than most keys are in practice \" + i, i); }",
        "limits::memory",
    ),
    (
        "copies of copies",
        "k = \"\".leftpad(150000).toList(\"\"); m = Map(); for each index i in k { m.put(i, k.subList(0)); }",
        "limits::memory",
    ),
    (
        "JSON with many empty lists",
        "t = \"[],\".repeat(600000); m = (\"[\" + t + \"1]\").toJSONList();",
        "limits::memory",
    ),
    ("pieces of a text", "t = \",\".repeat(3000000); for each p in t { x = p; }", "limits::size"),
    (
        "a deep recursion with large frames",
        "string f(int n, string t) { if (n == 0) { return t; } u = t + n; v = f(n - 1, u); return v + u; } x = f(900, \"\".leftpad(50000));",
        "limits::memory",
    ),
];

#[test]
fn what_needs_too_much_ends_with_its_limit() {
    for (name, script, code) in GREEDY {
        let desk = Desk::new();
        let limits = format!("{SMALL},statements=20000000");
        let limits = if *code == "limits::statements" { limits.replace("=20000000", "=300000") } else { limits };
        let done = desk.bounded(700_000, &["run", "script.dg", "--limits", &limits], script);
        assert!(
            done.code == 3 && done.stderr.lines().any(|line| line == *code),
            "{name}: {}\n{}",
            done.code,
            done.stderr
        );
        assert!(done.stderr.contains("[script.dg:") && done.stderr.contains("raise it"), "{name}: {}", done.stderr);
    }
}

#[test]
fn a_huge_literal_and_many_lines_stay_within_bounds() {
    let desk = Desk::new();
    let literal = format!("l = {{{}}}; info l.size();", vec!["1"; 150_000].join(","));
    let done = desk.bounded(700_000, &["run", "script.dg", "--limits", SMALL], &literal);
    assert_eq!((done.code, done.stdout.as_str()), (0, "150000\n"), "{}", done.stderr);
    let lines = "n = \"\".leftpad(2000).toList(\"\"); for each a in n { for each b in n { info \"\"; } }";
    let limits = format!("{SMALL},output=100000");
    let done = desk.bounded(700_000, &["run", "script.dg", "--limits", &limits, "--json"], lines);
    let document = done.json();
    assert_eq!(document["info"].as_array().unwrap().len(), 100_001);
    assert_eq!(document["info"][100_000], "The info message has been truncated because its size exceeded 100 KB.");
    assert_eq!(document["usage"]["output"], 100_000);
}

#[test]
fn many_requests_and_mails_end_at_their_limits() {
    let desk = Desk::new();
    let script = "for each i in {1,2,3,4,5} { x = invokeurl [ url: \"https://a.test/\" + i ]; }";
    let done = desk.run(script, &["--dry-run", "--limits", "zoho-crm,requests=3"]).complains(3, &["limits::requests"]);
    assert_eq!(done.stderr.matches("> GET").count(), 3, "{}", done.stderr);
    let script = "for each i in {1,2,3} { sendmail [ from: \"a@b.test\" to: \"a@b.test\" subject: i message: i ] }";
    let done = desk.run(script, &["--dry-run", "--limits", "mails=2"]).complains(3, &["limits::mails", "mails=10"]);
    assert_eq!(done.stderr.matches("> Subject: ").count(), 2, "{}", done.stderr);
}

#[test]
fn a_mail_is_shown_in_a_dry_run_and_otherwise_not_sent() {
    let desk = Desk::new();
    let script = "f = \"a,b\".toFile(\"x.csv\");\ntry {\nsendmail\n[\n\tfrom :zoho.loginuserid\n\tto :\"a@b.test\",\"c@d.test\"\n\
                  \tsubject :\"Hi\"\n\tmessage :\"<b>1</b> access_token=abcdefghijkl\"\n\tattachments :file:f\n]\n} catch (e) { info e.message; }\ninfo \"on\";";
    let given = ["--dry-run"];
    desk.write("sluice.toml", "[system]\nloginuserid = \"me@b.test\"\n");
    let done = desk.run(script, &given).expect(0);
    for part in
        ["sendmail", "> From: me@b.test", "> To: a@b.test, c@d.test", "> Subject: Hi", "text/html", "x.csv, 3 bytes"]
    {
        assert!(done.stderr.contains(part), "{part} is not in\n{}", done.stderr);
    }
    assert!(!done.all().contains("abcdefghijkl"), "{}", done.all());
    assert_eq!(done.stdout, "on\n");
    let done = desk.run(script, &[]).expect(0);
    assert_eq!((done.stdout.as_str(), done.stderr.as_str()), ("no mail server is configured\non\n", ""));
}

#[test]
fn numbers_may_follow_the_profile() {
    let desk = Desk::project("[limits]\nprofile = \"zoho-crm\"\nstatements = 7\n");
    let script = "for each i in {1,2,3,4,5} { x = i; }";
    desk.run(script, &[]).complains(3, &["limits::statements", "limit of 7 "]);
    desk.run(script, &["--limits", "statements=9"]).complains(3, &["limit of 9 "]);
    desk.run(script, &["--limits", "generous, statements = 1_000"]).prints("");
    desk.run(script, &["--limits", "statement=9"]).complains(1, &["cli::no-such-name", "did you mean `statements`?"]);
    desk.run(script, &["--limits", "statements=many"]).complains(1, &["cli::limit-form"]);
}

#[test]
fn usage_is_a_table_of_every_limit() {
    let desk = Desk::new();
    let done = desk.run("info \"abc\".repeat(2);", &["--usage", "--limits", "zoho-creator"]).expect(0);
    assert_eq!(done.stdout, "abcabc\n");
    let lines: Vec<Vec<&str>> = done.stderr.lines().map(|line| line.split_whitespace().collect()).collect();
    let line = |name: &str| lines.iter().find(|line| line.first() == Some(&name)).cloned().unwrap_or_default();
    assert_eq!(line("statements"), ["statements", "1", "5,000"]);
    assert_eq!(line("output"), ["output", "(bytes)", "7", "500,000"]);
    assert_eq!(line("time").last(), Some(&"300s"));
    for name in ["depth", "text", "elements", "memory", "requests", "mails"] {
        assert!(!line(name).is_empty(), "no {name} in\n{}", done.stderr);
    }
}

#[cfg(unix)]
mod interrupted {
    use std::io::{BufRead, BufReader, Read};
    use std::net::TcpListener;
    use std::process::{Child, Command, Stdio};

    use super::*;

    /// Starts a script that prints a line when it is where it is to be interrupted, and waits for the line.
    fn start(desk: &Desk, script: &str, options: &[&str]) -> (Child, BufReader<std::process::ChildStdout>) {
        desk.write("script.dg", script);
        let mut command = desk.command(&[&["run", "script.dg"], options].concat());
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let stdout = BufReader::new(child.stdout.take().unwrap());
        (child, stdout)
    }

    fn interrupt(child: &Child) {
        assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    }

    const LOOPS: &str = "l = {1,2,3,4,5,6,7,8,9,0}; info \"ready\"; for each a in l { for each b in l { for each c in l { \
        for each d in l { for each e in l { for each f in l { for each g in l { for each h in l { for each i in l { \
        for each j in l { x = j; } } } } } } } } } }";

    #[test]
    fn a_loop_ends_with_the_place_and_130() {
        let desk = Desk::new();
        let (mut child, mut stdout) = start(&desk, LOOPS, &["--usage"]);
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        assert_eq!(line, "ready\n");
        interrupt(&child);
        let mut stderr = String::new();
        child.stderr.take().unwrap().read_to_string(&mut stderr).unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(130), "{stderr}");
        assert!(stderr.contains("run::cancelled") && stderr.contains("statements"), "{stderr}");
    }

    #[test]
    fn a_wait_ends_with_a_document() {
        let desk = Desk::new();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let script = format!("info \"ready\"; x = invokeurl [ url: \"http://{}/\" ];", listener.local_addr().unwrap());
        let (mut child, mut stdout) = start(&desk, &script, &["--json"]);
        // The request has arrived, so the run waits.
        let request = listener.accept().unwrap();
        interrupt(&child);
        let mut document = String::new();
        stdout.read_to_string(&mut document).unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(130));
        drop(request);
        let document: serde_json::Value = serde_json::from_str(&document).unwrap();
        assert_eq!(document["error"]["code"], "run::cancelled");
        assert_eq!((&document["info"][0], &document["usage"]["http"]), (&"ready".into(), &1.into()));
    }
}
