//! The commands of the guide, as they stand there, against a stand-in for Dropbox on this machine.

use super::super::harness::Desk;
use super::person::{SignIn, open, provider};

#[cfg(unix)]
#[test]
fn the_guides_commands_connect_to_dropbox() {
    let guide = include_str!("../../../../docs/guide/authorize.md");
    let part = guide.split("## A service of your own").nth(1).unwrap();
    let (desk, server) = (Desk::project(""), provider());
    let file = part.split("```toml\n").nth(1).unwrap().split("```").next().unwrap();
    let here = |text: &str| {
        let text = text.replace("https://api.dropboxapi.com/oauth2/token", &server.url("/token"));
        let text = text.replace("https://www.dropbox.com/oauth2/authorize", &server.url("/authorize"));
        let text = text.replace("https://api.dropboxapi.com", &server.url(""));
        text.replace("\"api.dropboxapi.com\", \"content.dropboxapi.com\"", "\"127.0.0.1\"")
    };
    desk.write("services/my_dropbox.toml", here(file));
    let commands = part.split("```sh\n").nth(1).unwrap().split("```").next().unwrap().replace("\\\n", " ");
    let commands: Vec<&str> = commands.lines().collect();
    assert!(commands.len() <= 3, "{commands:?}");
    for (at, command) in commands.iter().enumerate() {
        let mut shell = std::process::Command::new("sh");
        shell.args(["-c", &command.replacen("sluice", env!("CARGO_BIN_EXE_sluice"), 1)]);
        shell.current_dir(desk.path("")).env("SLUICE_HOME", desk.home("")).env("SLUICE_VAULT_SOURCE", "file");
        // Another command may have the usual port.
        let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        shell.env("SLUICE_PORT", free.to_string()).env("DROPBOX_ID", "the-id").env_remove("DISPLAY");
        let mut running = SignIn::spawn(shell);
        if at == 0 {
            running.give("the-client-secret");
            let question = running.address();
            assert_eq!(open(&question).status, 200);
        }
        let done = running.done().expect(0);
        let expected = ["is authorised as ann@acme.test", "works as ann@acme.test", "connection: \"my_files\""];
        let text = done.stdout.replace(" :", ":");
        assert!(text.contains(expected[at]), "{command}: {text}");
    }
}
