//! `run --mock`: scripts that run without the services that they speak with.

use super::harness::Desk;

const REQUEST: &str = "invokeurl [url: \"https://api.example.com/orders\" type: POST parameters: {\"id\": 7}]";

#[test]
fn a_mock_answers_in_place_of_the_server() {
    let desk = Desk::new();
    desk.write(
        "mocks.toml",
        "[[mock]]\nmethod = \"POST\"\nurl = \"https://api.example.com/orders*\"\nbody = { json = { id = \"7\" } }\n\
         reply = { status = 201, json = { id = 7, price = 2.50 } }\n",
    );
    let script = format!("r = {REQUEST};\ninfo r.get(\"price\");");
    desk.run(&script, &["--mock", "mocks.toml"]).prints("2.50\n");
    // Also where a dry run would answer, and by the variable.
    desk.run(&script, &["--mock", "mocks.toml", "--dry-run"]).prints("2.50\n");
    desk.write("script.dg", &script);
    desk.call(&["run", "script.dg"]).env("SLUICE_MOCK", "mocks.toml").done().prints("2.50\n");
}

#[test]
fn every_fault_can_be_caught() {
    let desk = Desk::new();
    let script = format!("try\n{{\n\tr = {REQUEST};\n\tinfo \"came: \" + r;\n}}\ncatch(e)\n{{\n\tinfo e.message;\n}}");
    for (fault, printed) in [
        ("timeout", "socket timeout error\n"),
        ("reset", "the answer of api.example.com cannot be read: "),
        ("refused", "could not connect to api.example.com:443: "),
        ("dns", "could not find the host api.example.com\n"),
        ("tls", "could not make a secure connection to api.example.com:443: "),
        ("status-500", "came: Internal Server Error\n"),
        ("garbage", "came: {\"id\": 1"),
        ("half-body", "the answer of api.example.com cannot be read: "),
        ("too-large", "the answer of api.example.com has more than "),
    ] {
        desk.write("mocks.toml", format!("[[mock]]\nfault = \"{fault}\"\n"));
        let done = desk.run(&script, &["--mock", "mocks.toml"]).expect(0);
        assert!(done.stdout.starts_with(printed), "{fault}: {done:?}");
    }
    desk.write("mocks.toml", "[[mock]]\nfault = \"slow\"\ndelay = \"100ms\"\nreply = { text = \"late\" }\n");
    let begun = std::time::Instant::now();
    desk.run(&script, &["--mock", "mocks.toml"]).prints("came: late\n");
    assert!(begun.elapsed().as_millis() >= 100);
    let done = desk.run(&script, &["--mock", "mocks.toml", "--timeout", "50ms"]);
    done.complains(3, &["limits::time"]);
}

#[test]
fn what_is_not_mocked_goes_on_or_fails() {
    let desk = Desk::new();
    desk.write("mocks.toml", "[[mock]]\nurl = \"*/customers\"\nfault = \"dns\"\n");
    let done = desk.run(&format!("r = {REQUEST};"), &["--mock", "mocks.toml", "--dry-run"]).expect(0);
    assert!(done.stderr.contains("invokeurl would send"), "{done:?}");
    assert!(done.stderr.contains("note: mocks.toml, line 1: this mock was never used"), "{done:?}");
    let done = desk.run(&format!("r = {REQUEST};"), &["--mock", "mocks.toml", "--mock-only"]);
    done.complains(3, &["run::no-mock", "POST https://api.example.com/orders"]);
    let done = desk.run("r = getUrl(\"https://a.example.com/\");", &["--mock-only"]);
    done.complains(3, &["run::no-mock"]);
}

#[test]
fn mistakes_in_the_file_stop_the_run_before_it_begins() {
    let desk = Desk::new();
    desk.write("mocks.toml", "[[mock]]\nfault = \"timeot\"\n");
    let done = desk.run("info 1;", &["--mock", "mocks.toml"]);
    let done = done.complains(1, &["mocks.toml, line 2", "did you mean \"timeout\"?"]);
    assert_eq!(done.stdout, "");
    desk.run("info 1;", &["--mock", "none.toml"]).complains(1, &["project::file", "none.toml"]);
}
