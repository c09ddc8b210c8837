//! A server on a free loopback port that keeps every request whole, with its headers, and answers as the test says. It
//! speaks just enough of HTTP/1.1, one request per connection.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use serde_json::Value;

/// A running server; dropping it stops it.
pub struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
}

struct Shared {
    seen: Mutex<Vec<Seen>>,
    /// Connections that are never answered, kept open.
    held: Mutex<Vec<TcpStream>>,
    stopped: AtomicBool,
    answer: Box<dyn Fn(&Seen) -> Answer + Send + Sync>,
}

/// One request as it arrived.
#[derive(Clone, Debug)]
pub struct Seen {
    pub method: String,
    /// Path and query.
    pub target: String,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    pub body: String,
    /// How many requests came before this one.
    pub before: usize,
}

/// What to answer.
pub enum Answer {
    Reply {
        status: u16,
        media_type: &'static str,
        body: String,
    },
    /// Bytes that need be no text.
    Bytes {
        media_type: &'static str,
        body: Vec<u8>,
    },
    /// Send the client elsewhere, with status 307.
    Redirect(String),
    /// Break off in the middle of an answer.
    Broken,
    /// Keep the connection open and say nothing.
    Silence,
}

impl Answer {
    pub fn json(status: u16, body: Value) -> Self {
        Answer::Reply { status, media_type: "application/json", body: body.to_string() }
    }

    pub fn ok() -> Self {
        Self::json(200, serde_json::json!({"ok": true}))
    }

    /// A token endpoint's answer.
    pub fn token(access_token: &str) -> Self {
        Self::json(200, serde_json::json!({"access_token": access_token, "token_type": "Bearer", "expires_in": 3600}))
    }
}

impl Seen {
    /// The only value of a header; empty when it is not there.
    pub fn header(&self, name: &str) -> &str {
        let mut values = self.headers.iter().filter(|(known, _)| known == name).map(|(_, value)| value.as_str());
        let value = values.next().unwrap_or_default();
        assert_eq!(values.next(), None, "{name} was sent twice");
        value
    }

    pub fn path(&self) -> &str {
        self.target.split('?').next().unwrap()
    }

    /// The pairs of the query.
    pub fn query(&self) -> Vec<(String, String)> {
        pairs(self.target.split_once('?').map(|(_, query)| query).unwrap_or_default())
    }

    /// The pairs of a form.
    pub fn form(&self) -> Vec<(String, String)> {
        assert_eq!(self.header("content-type"), "application/x-www-form-urlencoded");
        pairs(&self.body)
    }
}

/// Owned pairs, to compare with.
pub fn owned(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn pairs(text: &str) -> Vec<(String, String)> {
    url::form_urlencoded::parse(text.as_bytes()).into_owned().collect()
}

impl Server {
    pub fn start(answer: impl Fn(&Seen) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let shared = Arc::new(Shared {
            seen: Mutex::default(),
            held: Mutex::default(),
            stopped: AtomicBool::new(false),
            answer: Box::new(answer),
        });
        let of_thread = Arc::clone(&shared);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                if of_thread.stopped.load(Ordering::SeqCst) {
                    break;
                }
                let shared = Arc::clone(&of_thread);
                // A client that breaks off has nothing to be told.
                std::thread::spawn(move || stream.and_then(|stream| shared.serve(stream)));
            }
        });
        Self { address, shared }
    }

    /// A server that answers every request with `{"ok": true}`.
    pub fn friendly() -> Self {
        Self::start(|_| Answer::ok())
    }

    /// `http://127.0.0.1:PORT` with this path.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// All requests so far.
    pub fn seen(&self) -> Vec<Seen> {
        self.shared.seen.lock().unwrap().clone()
    }

    /// The only request so far.
    #[track_caller]
    pub fn only(&self) -> Seen {
        let mut seen = self.seen();
        assert_eq!(seen.len(), 1, "{seen:#?}");
        seen.remove(0)
    }

    /// Method and path of each request, to compare the order.
    pub fn calls(&self) -> Vec<String> {
        self.seen().iter().map(|seen| format!("{} {}", seen.method, seen.path())).collect()
    }

    /// The text with this server's address replaced by a name.
    pub fn normal(&self, text: &str) -> String {
        text.replace(&self.address.to_string(), "SERVER")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.shared.stopped.store(true, Ordering::SeqCst);
        // The thread that waits for connections wakes up and ends.
        drop(TcpStream::connect(self.address));
    }
}

impl Shared {
    fn serve(&self, stream: TcpStream) -> std::io::Result<()> {
        let mut reader = BufReader::new(&stream);
        let mut lines = Vec::new();
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line)? == 0 {
                return Ok(());
            }
            match line.trim_end() {
                "" => break,
                line => lines.push(line.to_owned()),
            }
        }
        let mut words = lines[0].split(' ');
        let (method, target) = (words.next().unwrap().to_owned(), words.next().unwrap().to_owned());
        let header = |line: &String| {
            let (name, value) = line.split_once(':').unwrap();
            (name.to_ascii_lowercase(), value.trim().to_owned())
        };
        let headers: Vec<_> = lines[1..].iter().map(header).collect();
        let length = headers.iter().find(|(name, _)| name == "content-length").map(|(_, value)| value.parse().unwrap());
        let mut body = vec![0; length.unwrap_or(0)];
        reader.read_exact(&mut body)?;
        let body = String::from_utf8_lossy(&body).into_owned();
        let seen = {
            let mut all = self.seen.lock().unwrap();
            let seen = Seen { method, target, headers, body, before: all.len() };
            all.push(seen.clone());
            seen
        };
        match (self.answer)(&seen) {
            Answer::Reply { status, media_type, body } => {
                let length = body.len();
                let head =
                    format!("HTTP/1.1 {status} Fine\r\ncontent-type: {media_type}\r\ncontent-length: {length}\r\n");
                (&stream).write_all(format!("{head}connection: close\r\n\r\n{body}").as_bytes())
            }
            Answer::Bytes { media_type, body } => {
                let head = format!("HTTP/1.1 200 Fine\r\ncontent-type: {media_type}\r\nconnection: close\r\n");
                (&stream).write_all(format!("{head}content-length: {}\r\n\r\n", body.len()).as_bytes())?;
                (&stream).write_all(&body)
            }
            Answer::Redirect(to) => {
                let head = format!("HTTP/1.1 307 Elsewhere\r\nlocation: {to}\r\ncontent-length: 0\r\n");
                (&stream).write_all(format!("{head}connection: close\r\n\r\n").as_bytes())
            }
            Answer::Broken => (&stream).write_all(b"HTTP/1.1 200 Fine\r\ncontent-length: 100\r\n\r\n{\"a\": "),
            Answer::Silence => {
                self.held.lock().unwrap().push(stream);
                Ok(())
            }
        }
    }
}
