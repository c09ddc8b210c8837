//! `sendmail` on the command line: into a folder, to a server on loopback, and without either.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

use mail_parser::MessageParser;

use super::harness::Desk;

const MAIL: &str = "sendmail\n[\n\tfrom: zoho.adminuserid\n\tto: \"ada@example.com\"\n\tsubject: \"Your order\"\n\
                    \tmessage: \"<p>Thank you, Ada.</p>\"\n]\ninfo \"sent\";";

const ADMIN: [&str; 2] = ["--system", "adminuserid=shop@example.com"];

fn run(desk: &Desk, options: &[&str]) -> super::harness::Done {
    desk.run(MAIL, &[options, &ADMIN].concat())
}

/// The mails in a folder, by name.
fn mails(desk: &Desk, folder: &str) -> Vec<(String, Vec<u8>)> {
    let mut found: Vec<_> = std::fs::read_dir(desk.path(folder))
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| (entry.file_name().into_string().unwrap(), std::fs::read(entry.path()).unwrap()))
        .collect();
    found.sort();
    found
}

#[test]
fn mails_are_written_into_a_folder() {
    let desk = Desk::new();
    for (dry, count) in [(false, 1), (true, 2)] {
        let dry: &[&str] = if dry { &["--dry-run"] } else { &[] };
        let done = run(&desk, &[&["--mails", "out/mails"], dry].concat()).expect(0);
        assert_eq!(done.stdout, "sent\n");
        assert!(done.stderr.contains("* line 1: the mail was written to out/mails/000"), "{done:?}");
        assert_eq!(done.stderr.contains("> Subject: Your order"), !dry.is_empty(), "{done:?}");
        assert_eq!(mails(&desk, "out/mails").len(), count);
    }
    let (name, bytes) = mails(&desk, "out/mails").remove(0);
    assert_eq!(name, "0001-to-ada@example.com-Your-order.eml");
    let message = MessageParser::default().parse(&bytes).unwrap();
    assert_eq!(message.from().unwrap().first().unwrap().address(), Some("shop@example.com"));
    assert_eq!(message.body_text(0).unwrap().trim(), "Thank you, Ada.");
    let again = run(&desk, &["--mails", "one", "--now", "2026-01-31T09:00:00Z"]).expect(0);
    assert_eq!(again.stdout, "sent\n");
    run(&desk, &["--mails", "two", "--now", "2026-01-31T09:00:00Z"]).expect(0);
    assert_eq!(mails(&desk, "one"), mails(&desk, "two"));
    assert!(String::from_utf8_lossy(&mails(&desk, "one")[0].1).contains("Date: Sat, 31 Jan 2026 09:00:00 +0000"));
}

#[test]
fn a_project_can_name_the_folder() {
    let desk = Desk::project("[mail]\nfolder = \"mails\"\n");
    assert_eq!(run(&desk, &[]).expect(0).stdout, "sent\n");
    assert_eq!(mails(&desk, "mails").len(), 1);
}

#[test]
fn without_a_server_it_is_an_error_that_says_what_to_do() {
    let desk = Desk::new();
    run(&desk, &[]).complains(3, &["run::no-mail-server", "[mail]", "--mails DIR"]);
}

#[test]
fn a_mail_goes_to_the_server_of_the_project_with_the_login_of_its_connection() {
    let marker = "marker-31aa-password";
    let (port, heard) = mail_server();
    let desk = Desk::project(&format!(
        "[mail]\nserver = \"127.0.0.1\"\nport = {port}\nsecurity = \"none\"\nconnection = \"mailer\"\n"
    ));
    run(&desk, &[]).complains(5, &["connections::unknown-link-name"]);
    desk.write("services/post.toml", "link_name = \"post\"\nhosts = [\"127.0.0.1\"]\n[auth]\ntype = \"basic\"\n");
    desk.write("password.txt", marker);
    let created = desk.sluice(&[
        "connections",
        "create",
        "mailer",
        "--service",
        "post",
        "--credential",
        "username=file:user.txt",
        "--credential",
        "password=file:password.txt",
    ]);
    assert_eq!(created.code, 1, "the user name is missing: {created:?}");
    desk.write("user.txt", "shop");
    desk.sluice(&[
        "connections",
        "create",
        "mailer",
        "--service",
        "post",
        "--credential",
        "username=file:user.txt",
        "--credential",
        "password=file:password.txt",
    ])
    .expect(0);
    let done = run(&desk, &["--trace"]).expect(0);
    assert_eq!(done.stdout, "sent\n");
    let heard = heard.lock().unwrap().clone();
    let login = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, format!("\0shop\0{marker}"));
    assert!(heard.contains(&format!("AUTH PLAIN {login}\r\n")), "{heard}");
    assert!(heard.contains("RCPT TO:<ada@example.com>\r\n") && heard.contains("Subject: Your order\r\n"), "{heard}");
    assert!(!done.all().contains(marker) && !done.all().contains(&login), "{done:?}");
    // A dry run asks nobody.
    run(&desk, &["--dry-run"]).expect(0);
}

/// A mail server that takes everything, and what it heard.
fn mail_server() -> (u16, Arc<Mutex<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let heard = Arc::<Mutex<String>>::default();
    let kept = Arc::clone(&heard);
    std::thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            let mut writer = stream.try_clone().unwrap();
            let mut reader = BufReader::new(stream);
            let mut say = |text: &str| writer.write_all(text.as_bytes()).unwrap_or(());
            say("220 ready\r\n");
            let (mut line, mut in_message) = (String::new(), false);
            while reader.read_line(&mut line).is_ok_and(|read| read > 0) {
                kept.lock().unwrap().push_str(&line);
                match line.get(..4).unwrap_or(&line) {
                    _ if in_message && line != ".\r\n" => {}
                    "EHLO" => say("250-here\r\n250-AUTH PLAIN\r\n250 8BITMIME\r\n"),
                    "AUTH" => say("235 ok\r\n"),
                    "DATA" => {
                        in_message = true;
                        say("354 go on\r\n");
                    }
                    _ => {
                        in_message = false;
                        say("250 ok\r\n");
                    }
                }
                line.clear();
            }
        }
    });
    (port, heard)
}
