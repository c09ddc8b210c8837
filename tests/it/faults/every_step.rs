//! The exchange of one request through a connection of OAuth 2.0, its token included, cut off after every single byte. After
//! each cut there is an error or a value, no secret was shown, and what the vault holds still works.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

use sluice::connections::vault::KeySource;
use sluice::connections::{Connections, CreateConnection, Status};
use sluice::http::{Client, Guard, Options, Trace};
use sluice::secret::{Redactor, Secret};
use sluice::{Engine, Outcome, Run};

use super::faulty::read_request;

const CLIENT_SECRET: &str = "secret-of-the-client-51b7";
const REFRESH_TOKEN: &str = "refresh-token-77c0de19";
const ACCESS_TOKEN: &str = "access-token-2f60aa84";
/// What the API answers, to be told from a value that is not whole.
const ANSWER: &str = "{\"name\":\"Ann\"}";

/// Lets so many bytes pass in each direction, all connections together, and then cuts.
struct Cut {
    in_answers: usize,
    in_requests: usize,
}

#[test]
fn every_cut_is_survived() {
    let shown = Arc::new(Mutex::new(String::new()));
    let server = Service::start();
    let folder = tempfile::tempdir().unwrap();
    connect(folder.path(), server.address);
    let vault = folder.path().join("vault.json");
    let without_token = std::fs::read(&vault).unwrap();
    // Without a cut, to know how long the exchange is.
    let whole = usize::MAX / 2;
    let (answers, requests) = server.allow(Cut { in_answers: whole, in_requests: whole });
    assert_eq!(ask(folder.path(), server.address, &shown).info, ["Ann"]);
    let answers = whole - answers.load(Ordering::SeqCst);
    let requests = whole - requests.load(Ordering::SeqCst);
    assert!(answers > 200 && requests > 400, "{answers} and {requests} bytes");

    let in_answers = (0..answers).map(|bytes| Cut { in_answers: bytes, in_requests: whole });
    let in_requests = (0..requests).step_by(5).map(|bytes| Cut { in_answers: whole, in_requests: bytes });
    let mut values = 0;
    for cut in in_answers.chain(in_requests) {
        let place = format!("cut after {} bytes of answers, {} of requests", cut.in_answers, cut.in_requests);
        server.allow(cut);
        std::fs::write(&vault, &without_token).unwrap();
        let outcome = ask(folder.path(), server.address, &shown);
        match outcome.result {
            // A cut in the last bytes of a request changes nothing, since its length is known.
            Ok(_) => {
                assert_eq!(outcome.info, ["Ann"], "{place}");
                values += 1;
            }
            Err(trouble) => {
                let known = ["http::", "connections::"].iter().any(|room| trouble.code.starts_with(room));
                assert!(known, "{place}: {trouble:?}");
                shown.lock().unwrap().push_str(&format!("{trouble:?}"));
            }
        }
        let client = Client::new(Options::default()).unwrap();
        let left = open(folder.path(), client, Arc::default()).summaries().unwrap();
        assert_eq!(left[0].status, Status::Connected, "{place}");
    }
    assert!(values < 100, "{values} cuts changed nothing");

    server.allow(Cut { in_answers: whole, in_requests: whole });
    assert_eq!(ask(folder.path(), server.address, &shown).info, ["Ann"], "the vault is as it was");
    let shown = shown.lock().unwrap();
    for secret in [CLIENT_SECRET, REFRESH_TOKEN, ACCESS_TOKEN] {
        assert!(!shown.contains(secret), "{secret} was shown:\n{shown}");
    }
}

/// Asks as a new process would, with a token that has to be fetched first.
fn ask(folder: &Path, address: SocketAddr, shown: &Arc<Mutex<String>>) -> Outcome {
    let redactor = Arc::new(Redactor::default());
    let (teller, reader) = (Arc::clone(shown), Arc::clone(&redactor));
    // As the command line does, everything that is shown passes the redactor.
    let tell = move |line: &str| teller.lock().unwrap().push_str(&reader.redact(line));
    let options = Options {
        guard: Guard::off(),
        trace: Some(Trace::new(tell)),
        redactor: Arc::clone(&redactor),
        ..Options::default()
    };
    let connections = open(folder, Client::new(options.clone()).unwrap(), redactor);
    let engine = Engine::builder().network(options).connections(connections).threads(1).build().unwrap();
    let url = format!("http://{address}/orders");
    let script = format!("x = invokeurl [ url: \"{url}\" type: GET connection: \"acme_main\" ]; info x.get(\"name\");");
    let program = engine.compile("cut.dg", &script).unwrap();
    engine.run_blocking(&program, Run::script())
}

fn open(folder: &Path, client: Client, redactor: Arc<Redactor>) -> Connections {
    let key = KeySource::File(folder.join("vault.key"));
    Connections::open(None, folder, key, client, redactor).unwrap()
}

fn connect(folder: &Path, address: SocketAddr) {
    let service = format!(
        "link_name = \"acme\"\nhosts = [\"127.0.0.1\"]\n[auth]\ntype = \"oauth2\"\ngrant = \"authorization_code\"\n\
         authorize_url = \"http://{address}/authorize\"\ntoken_url = \"http://{address}/token\"\n"
    );
    std::fs::create_dir_all(folder.join("services")).unwrap();
    std::fs::write(folder.join("services/acme.toml"), service).unwrap();
    let client = Client::new(Options::default()).unwrap();
    let secrets = [("client_id", "client-1"), ("client_secret", CLIENT_SECRET), ("refresh_token", REFRESH_TOKEN)];
    let wanted = CreateConnection {
        link_name: "acme_main".to_owned(),
        service: "acme".to_owned(),
        fields: secrets.iter().map(|(key, value)| ((*key).to_owned(), Secret::new(*value))).collect(),
        ..CreateConnection::default()
    };
    open(folder, client, Arc::new(Redactor::default())).create(wanted).unwrap();
}

/// Token endpoint and API in one.
struct Service {
    address: SocketAddr,
    budget: Arc<Mutex<Budget>>,
}

type Budget = (Arc<AtomicUsize>, Arc<AtomicUsize>);

impl Service {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let budget: Arc<Mutex<Budget>> = Arc::default();
        let of_thread = Arc::clone(&budget);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let budget = of_thread.lock().unwrap().clone();
                thread::spawn(move || stream.and_then(|stream| serve(stream, &budget)));
            }
        });
        Self { address, budget }
    }

    /// Cuts the connections from now on here; gives the bytes that are left in answers and requests.
    fn allow(&self, cut: Cut) -> Budget {
        let budget = (Arc::new(AtomicUsize::new(cut.in_answers)), Arc::new(AtomicUsize::new(cut.in_requests)));
        *self.budget.lock().unwrap() = budget.clone();
        budget
    }
}

fn serve(mut stream: TcpStream, (answers, requests): &Budget) -> std::io::Result<()> {
    let mut counted = Counted { stream: &mut stream, left: requests };
    let Some(request) = read_request(&mut counted)? else { return Ok(()) };
    let body = match request.starts_with(b"POST /token") {
        true => format!("{{\"access_token\":\"{ACCESS_TOKEN}\",\"token_type\":\"Bearer\",\"expires_in\":3600}}"),
        false => ANSWER.to_owned(),
    };
    let length = body.len();
    let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length:";
    let answer = format!("{head} {length}\r\n\r\n{body}");
    let left = answers.load(Ordering::SeqCst).min(answer.len());
    answers.fetch_sub(left, Ordering::SeqCst);
    stream.write_all(&answer.as_bytes()[..left])?;
    stream.shutdown(Shutdown::Both)
}

/// Reads as long as bytes are left.
struct Counted<'s> {
    stream: &'s mut TcpStream,
    left: &'s AtomicUsize,
}

impl Read for Counted<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let most = self.left.load(Ordering::SeqCst).min(buffer.len());
        let read = self.stream.read(&mut buffer[..most])?;
        self.left.fetch_sub(read, Ordering::SeqCst);
        Ok(read)
    }
}
