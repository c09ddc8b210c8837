//! A server on loopback that follows a list of steps with every connection, byte by byte, so that it can break every rule
//! of HTTP at a place that the test chooses.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

/// One step of what the server does with a connection; after the last it closes the connection.
#[derive(Clone)]
pub enum Step {
    /// Read the head of a request, and a body whose length it names.
    Read,
    /// Send these bytes.
    Send(Vec<u8>),
    /// Send these bytes again and again until the client has enough.
    Repeat(Vec<u8>),
    /// Send these bytes one at a time, with this pause between them, for as long as the client listens.
    Trickle(Vec<u8>, Duration),
    /// Say nothing until the client closes the connection.
    Wait,
    /// Leave what the client sent unread and close, on which the system sends a reset.
    Reset,
}

/// A running server; its thread ends with the tests.
pub struct Faulty {
    pub address: SocketAddr,
    connections: Arc<AtomicUsize>,
}

impl Faulty {
    pub fn start(steps: Vec<Step>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let connections = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&connections);
        thread::spawn(move || {
            for stream in listener.incoming() {
                counter.fetch_add(1, Ordering::SeqCst);
                let steps = steps.clone();
                // Whatever goes wrong with a connection here is the client's choice.
                thread::spawn(move || stream.and_then(|stream| follow(stream, &steps)));
            }
        });
        Self { address, connections }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// How many connections were made so far.
    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }
}

fn follow(mut stream: TcpStream, steps: &[Step]) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    for step in steps {
        match step {
            Step::Read => read_request(&mut stream).map(drop)?,
            Step::Send(bytes) => stream.write_all(bytes)?,
            Step::Repeat(bytes) => loop {
                stream.write_all(bytes)?;
            },
            Step::Trickle(bytes, pause) => {
                for byte in bytes.iter().cycle() {
                    stream.write_all(&[*byte])?;
                    thread::sleep(*pause);
                }
            }
            Step::Wait => stream.read_to_end(&mut Vec::new()).map(drop)?,
            Step::Reset => stream.peek(&mut [0]).map(drop)?,
        }
    }
    Ok(())
}

/// The head of a request with its body; nothing when the connection ended before.
pub fn read_request(stream: &mut impl Read) -> std::io::Result<Option<Vec<u8>>> {
    let mut request = Vec::new();
    let mut byte = [0];
    while !request.ends_with(b"\r\n\r\n") {
        if stream.read(&mut byte)? == 0 {
            return Ok(None);
        }
        request.push(byte[0]);
    }
    let head = String::from_utf8_lossy(&request).to_ascii_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.trim().parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    stream.read_exact(&mut body)?;
    request.extend(body);
    Ok(Some(request))
}
