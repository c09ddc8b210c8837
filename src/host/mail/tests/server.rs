//! A mail server on a loopback port, in a thread, that writes down what it is told and can misbehave at any command.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use tokio_rustls::rustls::pki_types::PrivateKeyDer;
use tokio_rustls::rustls::{ServerConfig, ServerConnection, StreamOwned};

use crate::host::Security;

/// What a server does.
#[derive(Clone)]
pub struct Manners {
    pub security: Security,
    /// Answers to commands that begin with a text, in place of the usual ones. An empty answer closes the connection,
    /// `silence` never comes.
    pub replies: Vec<(&'static str, String)>,
    pub greeting: String,
    /// Sent behind the answer to STARTTLS, still unencrypted.
    pub injected: &'static str,
    pub features: Vec<&'static str>,
}

impl Default for Manners {
    fn default() -> Self {
        Self {
            security: Security::None,
            replies: Vec::new(),
            greeting: "220 loopback ready\r\n".to_owned(),
            injected: "",
            features: vec!["8BITMIME", "SMTPUTF8", "AUTH PLAIN LOGIN", "SIZE 35000000"],
        }
    }
}

/// What was said in all connections.
#[derive(Clone, Debug, Default)]
pub struct Heard {
    pub commands: Vec<String>,
    /// Whole messages, without the stuffed dots.
    pub messages: Vec<Vec<u8>>,
    /// How many connections there were.
    pub connections: usize,
}

pub struct MailServerStub {
    pub port: u16,
    heard: Arc<Mutex<Heard>>,
    /// The certificate that it shows, in PEM.
    pub certificate: tempfile::NamedTempFile,
}

impl MailServerStub {
    pub fn start(manners: Manners) -> Self {
        Self::named("localhost", manners)
    }

    /// A server whose certificate is for this name.
    pub fn named(name: &str, manners: Manners) -> Self {
        let made = rcgen::generate_simple_self_signed(vec![name.to_owned()]).unwrap();
        let certificate = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(certificate.path(), made.cert.pem()).unwrap();
        let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
        let config = ServerConfig::builder().with_no_client_auth();
        let config = Arc::new(config.with_single_cert(vec![made.cert.der().clone()], key).unwrap());
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let heard = Arc::<Mutex<Heard>>::default();
        let kept = Arc::clone(&heard);
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                kept.lock().unwrap().connections += 1;
                let (manners, config, kept) = (manners.clone(), Arc::clone(&config), Arc::clone(&kept));
                std::thread::spawn(move || serve(stream, &manners, config, &kept));
            }
        });
        Self { port, heard, certificate }
    }

    pub fn heard(&self) -> Heard {
        self.heard.lock().unwrap().clone()
    }

    /// The one message that came.
    pub fn message(&self) -> Vec<u8> {
        let heard = self.heard();
        assert_eq!(heard.messages.len(), 1, "{:?}", heard.commands);
        heard.messages[0].clone()
    }
}

fn serve(stream: TcpStream, manners: &Manners, config: Arc<ServerConfig>, heard: &Mutex<Heard>) {
    if manners.security == Security::Tls {
        let session = ServerConnection::new(config).unwrap();
        let _ = converse(StreamOwned::new(session, stream), manners, true, true, heard);
        return;
    }
    let raw = stream.try_clone().unwrap();
    if let Some(()) = converse(stream, manners, false, true, heard) {
        let session = ServerConnection::new(config).unwrap();
        let _ = converse(StreamOwned::new(session, raw), manners, true, false, heard);
    }
}

/// Some when encryption is to begin.
fn converse<S: Read + Write>(
    stream: S,
    manners: &Manners,
    encrypted: bool,
    greets: bool,
    heard: &Mutex<Heard>,
) -> Option<()> {
    let mut stream = BufReader::new(stream);
    if greets {
        stream.get_mut().write_all(manners.greeting.as_bytes()).ok()?;
        stream.get_mut().flush().ok()?;
    }
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).ok()? == 0 {
            return None;
        }
        let command = line.trim_end().to_owned();
        heard.lock().unwrap().commands.push(command.clone());
        let own = manners.replies.iter().find(|(prefix, _)| command.starts_with(prefix));
        let reply = match (own, command.split([' ', ':']).next().unwrap()) {
            (Some((_, reply)), _) if reply.is_empty() => return None,
            (Some((_, reply)), _) if reply == "silence" => continue,
            (Some((_, reply)), _) => reply.clone(),
            (None, "EHLO") => features(manners, encrypted),
            (None, "AUTH") => "235 2.7.0 welcome\r\n".to_owned(),
            (None, "STARTTLS") => format!("220 go ahead\r\n{}", manners.injected),
            (None, "DATA") => {
                stream.get_mut().write_all(b"354 go on\r\n").ok()?;
                stream.get_mut().flush().ok()?;
                let message = message(&mut stream)?;
                heard.lock().unwrap().messages.push(message);
                let after = manners.replies.iter().find(|(prefix, _)| *prefix == ".");
                after.map_or_else(|| "250 taken\r\n".to_owned(), |(_, reply)| reply.clone())
            }
            (None, "QUIT") => "221 bye\r\n".to_owned(),
            (None, _) => "250 ok\r\n".to_owned(),
        };
        if reply.is_empty() {
            return None;
        }
        stream.get_mut().write_all(reply.as_bytes()).ok()?;
        stream.get_mut().flush().ok()?;
        if command == "STARTTLS" && own_code(&reply) == "220" {
            return Some(());
        }
    }
}

fn own_code(reply: &str) -> &str {
    reply.get(..3).unwrap_or_default()
}

fn features(manners: &Manners, encrypted: bool) -> String {
    let mut features = manners.features.clone();
    if manners.security == Security::StartTls && !encrypted {
        features.push("STARTTLS");
    }
    let mut text = "250-loopback\r\n".to_owned();
    features.iter().for_each(|feature| text.push_str(&format!("250-{feature}\r\n")));
    text.push_str("250 HELP\r\n");
    text
}

/// A message up to its dot.
fn message<S: Read>(stream: &mut BufReader<S>) -> Option<Vec<u8>> {
    let mut message = Vec::new();
    loop {
        let mut line = Vec::new();
        if stream.read_until(b'\n', &mut line).ok()? == 0 {
            return None;
        }
        assert!(line.ends_with(b"\r\n"), "a line ends wrongly: {:?}", String::from_utf8_lossy(&line));
        match line.as_slice() {
            b".\r\n" => return Some(message),
            [b'.', rest @ ..] => message.extend_from_slice(rest),
            line => message.extend_from_slice(line),
        }
    }
}
