//! A sign-in that is under way, and the person beside it: reads what is printed, opens addresses, presses Ctrl-C.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::json;
use url::Url;

use super::super::harness::{Desk, Done};
use super::super::server::{Answer, Seen, Server};

/// Longer than anything here takes.
const PATIENCE: Duration = Duration::from_secs(60);

/// A provider that consents at once, and gives a token for the code `good`.
pub fn provider() -> Server {
    Server::start(|seen: &Seen| match seen.path() {
        "/authorize" => {
            let asked: Vec<(String, String)> = seen.query();
            let value = |name: &str| asked.iter().find(|(key, _)| key == name).unwrap().1.clone();
            let mut back: Url = value("redirect_uri").parse().unwrap();
            back.query_pairs_mut().append_pair("code", "good").append_pair("state", &value("state"));
            Answer::Redirect(back.into())
        }
        "/token" if seen.form().contains(&("code".to_owned(), "good".to_owned())) => Answer::json(
            200,
            json!({"access_token": "the-access-token", "refresh_token": "the-refresh-token", "expires_in": 3600}),
        ),
        "/token" => Answer::json(400, json!({"error": "invalid_grant"})),
        _ if seen.header("authorization") == "Bearer the-access-token" => {
            Answer::json(200, json!({"email": "ann@acme.test"}))
        }
        _ => Answer::json(401, json!({"error": "who?"})),
    })
}

/// Installs a service of this provider whose callback address may have any port.
pub fn service(desk: &Desk, server: &Server, more: &str) {
    let text = format!(
        "link_name = \"acme\"\nname = \"Acme\"\nhosts = [\"127.0.0.1\"]\n[auth]\ntype = \"oauth2\"\n\
         grant = \"authorization_code_pkce\"\nauthorize_url = \"{}\"\ntoken_url = \"{}\"\nscope_delimiter = \" \"\n{more}\n\
         [verify]\nurl = \"{}\"\naccount = \"/email\"\n",
        server.url("/authorize"),
        server.url("/token"),
        server.url("/me"),
    );
    desk.write("services/acme.toml", text);
}

/// A sign-in that waits.
pub struct SignIn {
    child: Child,
    /// Kept open: a program that reads its input would otherwise find its end.
    stdin: Option<ChildStdin>,
    lines: Receiver<String>,
    before: String,
}

impl SignIn {
    /// Starts `connections authorize shop` with a client of its own.
    pub fn start(desk: &Desk, options: &[&str]) -> Self {
        let client = ["--credential", "client_id=env:ACME_ID", "--credential", "client_secret=env:ACME_SECRET"];
        let common = ["connections", "authorize", "shop", "--service", "acme", "--scope", "a.read,b.write"];
        let mut command = desk.command(&[&common[..], &client, options].concat());
        command.env("ACME_ID", "the-client-of-acme").env("ACME_SECRET", "the-secret-of-acme");
        command.env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY");
        Self::spawn(command)
    }

    pub fn spawn(mut command: Command) -> Self {
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let (sender, lines) = channel();
        let stderr = BufReader::new(child.stderr.take().unwrap());
        std::thread::spawn(move || stderr.lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
        Self { stdin: child.stdin.take(), child, lines, before: String::new() }
    }

    /// Hands a line to standard input.
    pub fn give(&mut self, line: &str) {
        writeln!(self.stdin.as_mut().unwrap(), "{line}").unwrap();
    }

    /// Waits for a line on standard error that has this text.
    #[track_caller]
    pub fn wait_for(&mut self, part: &str) -> String {
        loop {
            let Ok(line) = self.lines.recv_timeout(PATIENCE) else { panic!("no {part:?} in:\n{}", self.before) };
            self.before += &line;
            self.before.push('\n');
            if line.contains(part) {
                return line;
            }
        }
    }

    /// The address that is to be opened. The callback is ready then.
    #[track_caller]
    pub fn address(&mut self) -> Url {
        let address = self.wait_for("response_type=code").trim().parse().unwrap();
        self.wait_for("Waiting");
        address
    }

    #[cfg(unix)]
    pub fn interrupt(&self) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    }

    /// Waits for the end.
    #[track_caller]
    pub fn done(mut self) -> Done {
        drop(self.stdin.take());
        let mut stdout = String::new();
        self.child.stdout.take().unwrap().read_to_string(&mut stdout).unwrap();
        let code = self.child.wait().unwrap().code().unwrap();
        let stderr = self.lines.iter().fold(self.before, |text, line| text + &line + "\n");
        assert!(!stderr.contains("panicked at"), "{stderr}");
        Done { code, stdout, stderr }
    }
}

/// The value of a parameter of an address.
pub fn parameter(url: &Url, name: &str) -> String {
    url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned()).unwrap_or_default()
}

/// The callback address of a question, with an answer.
pub fn back(question: &Url, pairs: &[(&str, &str)]) -> Url {
    let mut url: Url = parameter(question, "redirect_uri").parse().unwrap();
    url.query_pairs_mut().append_pair("state", &parameter(question, "state")).extend_pairs(pairs);
    url
}

/// A page as it came.
pub struct Page {
    pub status: u16,
    /// In lower case, with their values.
    pub headers: String,
    pub text: String,
}

/// Opens an address and follows it where it leads.
pub fn open(url: &Url) -> Page {
    let mut url = url.clone();
    for _ in 0..10 {
        let page = get(&url, &format!("{}:{}", url.host_str().unwrap(), url.port().unwrap()));
        let location = page.headers.lines().find_map(|line| line.strip_prefix("location: "));
        match location {
            Some(to) => url = to.parse().unwrap(),
            None => return page,
        }
    }
    panic!("{url} leads in circles");
}

/// Asks for one page under a name.
pub fn get(url: &Url, host: &str) -> Page {
    request("GET", url, host)
}

pub fn request(method: &str, url: &Url, host: &str) -> Page {
    let mut stream = TcpStream::connect(("127.0.0.1", url.port().unwrap())).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    let target = format!("{}?{}", url.path(), url.query().unwrap_or_default());
    write!(stream, "{method} {target} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n")
        .unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    let headers = head.lines().skip(1).map(|line| {
        let (name, value) = line.split_once(": ").unwrap();
        format!("{}: {value}\n", name.to_ascii_lowercase())
    });
    Page { status, headers: headers.collect(), text: body.to_owned() }
}
