//! The page about connections, with the commands and the script as they stand there.

use crate::cli::harness::{Desk, Done};
use crate::cli::server::{Server, owned};

const GUIDE: &str = include_str!("../../../../docs/guide/connections.md");

/// The first block of a language.
fn block(language: &str) -> &'static str {
    GUIDE.split(&format!("```{language}\n")).nth(1).unwrap().split("```").next().unwrap()
}

/// Runs a command of the guide without a shell.
fn command(desk: &Desk, line: &str, key: &str) -> Done {
    let words: Vec<_> = line.split_whitespace().collect();
    assert_eq!(words[0], "sluice", "{line}");
    desk.call(&words[1..]).env("OPEN_WEATHER_KEY", key).done()
}

#[test]
fn open_weather_is_set_up_with_the_two_commands_of_the_guide() {
    let server = Server::friendly();
    let desk = Desk::new();
    let commands: Vec<_> = block("sh").lines().collect();
    assert_eq!(commands.len(), 2, "{commands:?}");
    command(&desk, commands[0], "S3cretW0rd").expect(0);
    // The second command and the script ask the provider; here a route leads elsewhere.
    desk.write("sluice.toml", super::routed(&[("api.openweathermap.org", &server)]));
    let tested = command(&desk, commands[1], "S3cretW0rd").expect(0);
    assert!(tested.stdout.contains("The connection \"weather\" works."), "{tested:?}");
    let done = desk.run(block("deluge"), &[]).expect(0);
    assert_eq!(done.stdout, "{\"ok\":true}\n");
    let seen = server.seen();
    assert_eq!(seen[0].query(), owned(&[("q", "London"), ("appid", "S3cretW0rd")]));
    assert_eq!(seen[1].query(), owned(&[("q", "Dublin"), ("appid", "S3cretW0rd")]));
    super::assert_kept(&desk, &[&tested, &done], &[&server]);
}
