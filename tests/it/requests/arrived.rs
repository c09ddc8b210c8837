//! A server on loopback that keeps what arrives as it came: the lines of the head in order, and the bytes of the body.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

/// What to answer.
#[derive(Clone)]
pub struct Reply {
    status: u64,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

/// One request as it came.
#[derive(Clone, Debug)]
pub struct Arrived {
    pub method: String,
    /// Path and query.
    pub target: String,
    /// Names as they were sent.
    pub headers: Vec<(String, String)>,
    pub bytes: Vec<u8>,
}

/// The server; its thread ends with the test.
pub struct Listener {
    address: SocketAddr,
    state: Arc<Mutex<(Option<Reply>, Option<Arrived>)>>,
}

impl Reply {
    /// `{"ok":true}`
    pub fn friendly() -> Self {
        let headers = vec![("content-type".to_owned(), "application/json".to_owned())];
        Self { status: 200, headers, body: b"{\"ok\":true}".to_vec() }
    }

    /// As a row gives it.
    pub fn of(row: &Value) -> Self {
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let pairs = row["headers"].as_array().unwrap().iter();
        let body = match row["base64"].as_str() {
            Some(base64) => STANDARD.decode(base64).unwrap(),
            None => text(&row["body"]).into_bytes(),
        };
        Self {
            status: row["status"].as_u64().unwrap(),
            headers: pairs.map(|pair| (text(&pair[0]), text(&pair[1]))).collect(),
            body,
        }
    }
}

impl Arrived {
    /// The only value of a header, with the boundary by its name; `None` when it was not sent.
    pub fn header(&self, name: &str) -> Option<String> {
        let values: Vec<&str> = self
            .headers
            .iter()
            .filter(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
            .collect();
        assert!(values.len() < 2, "{name} was sent twice: {values:?}");
        values.first().map(|value| match self.boundary() {
            Some(boundary) => value.replace(&boundary, "BOUNDARY"),
            None => (*value).to_owned(),
        })
    }

    /// The body as text, with the boundary by its name.
    pub fn body(&self) -> String {
        let text = String::from_utf8_lossy(&self.bytes).into_owned();
        self.boundary().map_or(text.clone(), |boundary| text.replace(&boundary, "BOUNDARY"))
    }

    fn boundary(&self) -> Option<String> {
        let is_type = |(name, _): &&(String, String)| name.eq_ignore_ascii_case("content-type");
        let (_, value) = self.headers.iter().find(is_type)?;
        value.split_once("boundary=").map(|(_, boundary)| boundary.to_owned())
    }
}

impl Listener {
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let state: Arc<Mutex<(Option<Reply>, Option<Arrived>)>> = Arc::default();
        let shared = Arc::clone(&state);
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let Ok(arrived) = read(&stream) else { continue };
                let reply = {
                    let mut state = shared.lock().unwrap();
                    state.1 = Some(arrived);
                    state.0.clone().unwrap_or_else(Reply::friendly)
                };
                let mut head = format!("HTTP/1.1 {} Fine\r\nconnection: close\r\n", reply.status);
                reply.headers.iter().for_each(|(name, value)| head += &format!("{name}: {value}\r\n"));
                if reply.status != 204 {
                    head += &format!("content-length: {}\r\n", reply.body.len());
                }
                let bytes = [head.as_bytes(), b"\r\n", &reply.body].concat();
                // A client that has gone has nothing to be told.
                let _ = (&stream).write_all(&bytes);
            }
        });
        Self { address, state }
    }

    pub fn base(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Answers so from now on, and forgets what arrived.
    pub fn answer(&self, reply: Reply) {
        *self.state.lock().unwrap() = (Some(reply), None);
    }

    /// The last request.
    pub fn take(&self) -> Option<Arrived> {
        self.state.lock().unwrap().1.take()
    }
}

fn read(stream: &TcpStream) -> std::io::Result<Arrived> {
    let mut reader = BufReader::new(stream);
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        match line.trim_end_matches(['\r', '\n']) {
            "" => break,
            line => lines.push(line.to_owned()),
        }
    }
    let first: Vec<&str> = lines[0].split(' ').collect();
    let header = |line: &String| {
        let (name, value) = line.split_once(':').unwrap();
        (name.to_owned(), value.strip_prefix(' ').unwrap_or(value).to_owned())
    };
    let headers: Vec<_> = lines[1..].iter().map(header).collect();
    let length = headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-length"));
    let mut bytes = vec![0; length.map_or(0, |(_, length)| length.parse().unwrap())];
    reader.read_exact(&mut bytes)?;
    Ok(Arrived { method: first[0].to_owned(), target: first[1].to_owned(), headers, bytes })
}
