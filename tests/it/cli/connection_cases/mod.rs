//! Connections as somebody meets them who has nothing but the commands: throw-away homes, servers on loopback, exit codes
//! and error codes. Every secret of these tests holds one word, and that word is looked for in all that was printed and in
//! every file that was written.

mod guide;
mod headers;
mod hosts;
mod parameters;
mod placement;
mod redirects;
mod token_answers;
mod token_lives;
mod users;

use super::harness::{Desk, Done};
use super::server::Server;

/// The word that every secret holds.
pub const SECRET: &str = "S3cretW0rd";

/// What a basic connection is made with.
pub const LOGIN: [(&str, &str); 2] = [("username", "ann"), ("password", "S3cretW0rd of ann")];

/// What an OAuth 2 connection is made with when it has no access token yet.
pub const TOKENS: [(&str, &str); 3] =
    [("client_id", "the-id"), ("client_secret", "S3cretW0rd-client"), ("refresh_token", "S3cretW0rd-refresh")];

/// Fails the test when a secret can be read anywhere: in outputs, in files, or as it stood in a header on its way.
#[track_caller]
pub fn assert_kept(desk: &Desk, outputs: &[&Done], servers: &[&Server]) {
    let mut forbidden = vec![SECRET.to_owned()];
    for seen in servers.iter().flat_map(|server| server.seen()) {
        let sent = seen.header("authorization").rsplit(' ').next().unwrap_or_default().to_owned();
        forbidden.extend(Some(sent).filter(|sent| sent.len() > 12));
    }
    for word in &forbidden {
        for done in outputs {
            assert!(!done.all().contains(word.as_str()), "{word} was printed:\n{}", done.all());
        }
        for (path, content) in desk.files() {
            let found = content.windows(word.len()).any(|part| part == word.as_bytes());
            assert!(!found, "{word} is in {}", path.display());
        }
    }
}

/// The settings of a project in which these hosts are these servers.
pub fn routed(hosts: &[(&str, &Server)]) -> String {
    let lines = hosts.iter().map(|(host, server)| format!("\"{host}\" = \"{}\"\n", server.url("")));
    format!("[network.routes]\n{}", lines.collect::<String>())
}

/// Installs a service from its whole text.
#[track_caller]
pub fn install(desk: &Desk, text: &str) {
    desk.write("new.toml", text);
    desk.sluice(&["services", "create", "--file", "new.toml"]).expect(0);
}
