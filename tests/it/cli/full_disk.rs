//! A disk that is really full: a small file system in memory, which only root can mount. It is mounted where no other
//! process sees it and ends with the one that uses it. Elsewhere the test says that it is skipped.

use std::fs::{self, File};
use std::io::Write;
use std::process::Command;
use std::sync::Mutex;

use serde_json::json;

use super::credentials::{connect, send, service};
use super::harness::Desk;
use super::server::{Answer, Server};

const INSIDE: &str = "SLUICE_FULL_DISK";

#[test]
fn a_full_disk_leaves_what_was_there() {
    let folder = tempfile::tempdir().unwrap();
    let mount = "mount -t tmpfs -o size=1m sluice-test \"$1\" || exit 77; \
                 TMPDIR=\"$1\" exec \"$0\" --exact cli::full_disk::inside --nocapture";
    let done = Command::new("unshare")
        .args(["-m", "sh", "-c", mount])
        .arg(std::env::current_exe().unwrap())
        .arg(folder.path())
        .env(INSIDE, "1")
        .output();
    match done {
        Err(error) => println!("skipped: there is no unshare here ({error})"),
        Ok(done) => {
            let text = format!("{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
            if done.status.success() {
                assert!(text.contains("1 passed"), "{text}");
            } else if text.contains("running 1 test") {
                panic!("{text}");
            } else {
                println!("skipped: nothing can be mounted here ({})", text.trim());
            }
        }
    }
}

/// What happens on that disk; nothing in an ordinary run of the tests.
#[test]
fn inside() {
    if std::env::var_os(INSIDE).is_none() {
        return;
    }
    let rotated = Mutex::new(0);
    let server = Server::start(move |seen| match seen.path() {
        "/token" => {
            let mut count = rotated.lock().unwrap();
            let expected = format!("refresh-{count}");
            let is_right = seen.form().contains(&("refresh_token".to_owned(), expected));
            *count += usize::from(is_right);
            match is_right {
                true => Answer::json(
                    200,
                    json!({"access_token": "new", "refresh_token": format!("refresh-{count}"), "expires_in": 0}),
                ),
                false => Answer::json(400, json!({"error": "invalid_grant"})),
            }
        }
        _ => Answer::ok(),
    });
    let desk = Desk::project("");
    service(&desk, "plain", "type = \"basic\"");
    let pair = [("username", "ann"), ("password", "secret")];
    connect(&desk, "shop", "plain", &[], &pair).expect(0);
    let url = server.url("/token");
    service(&desk, "acme", &format!("type = \"oauth2\"\nauthorize_url = \"{url}\"\ntoken_url = \"{url}\""));
    let secrets = [("client_id", "the-client-id"), ("refresh_token", "refresh-0")];
    connect(&desk, "orders", "acme", &[], &secrets).expect(0);
    send(&desk, &server.url("/orders"), "orders", "type: GET").prints("{\"ok\":true}\n");
    // What the commands below read is there before nothing fits any more.
    desk.write(
        "other.toml",
        "link_name = \"other\"\nname = \"other\"\nhosts = [\"127.0.0.1\"]\n[auth]\ntype = \"basic\"\n",
    );
    let through = |name: &str| format!("info invokeurl [url: \"{}\" connection: \"{name}\"];", server.url("/me"));
    desk.write("shop.dg", through("shop"));
    desk.write("orders.dg", through("orders"));
    let before = desk.files();
    let asked = server.calls().len();

    let ballast = desk.path("ballast");
    fill(&ballast);
    let full = "No space left on device";
    connect(&desk, "shop", "plain", &[], &[("username", "ben"), ("password", "other")]).complains(1, &[full]);
    connect(&desk, "third", "plain", &[], &pair).complains(1, &[full]);
    desk.sluice(&["services", "create", "--file", "other.toml"]).complains(1, &[full]);
    desk.sluice(&["connections", "rekey", "--data-key"]).complains(1, &[full]);
    // The answer could not be kept, so the server is not asked, and its token stays unused.
    desk.sluice(&["run", "orders.dg"]).complains(5, &[full]);
    assert_eq!(server.calls().len(), asked);
    desk.sluice(&["run", "shop.dg"]).prints("{\"ok\":true}\n");
    desk.sluice(&["connections", "list"]).expect(0);

    fs::remove_file(&ballast).unwrap();
    let kept = |files: &[(std::path::PathBuf, Vec<u8>)]| -> Vec<_> {
        let mut files: Vec<_> = files.iter().filter(|(path, _)| !path.ends_with("usage.json")).cloned().collect();
        files.retain(|(path, _)| !path.to_string_lossy().contains("used"));
        files.sort();
        files
    };
    assert_eq!(kept(&desk.files()), kept(&before));
    desk.sluice(&["run", "orders.dg"]).prints("{\"ok\":true}\n");
    desk.sluice(&["run", "shop.dg"]).prints("{\"ok\":true}\n");
    connect(&desk, "third", "plain", &[], &pair).expect(0);
}

/// Writes until nothing fits any more.
fn fill(path: &std::path::Path) {
    let mut file = File::create(path).unwrap();
    while file.write_all(&[0; 4096]).is_ok() {}
    while file.write_all(&[0]).is_ok() {}
}
