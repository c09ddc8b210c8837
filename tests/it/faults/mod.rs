//! Everything that a server can do wrong, in one table: each fault ends within its time as the documented error with its
//! stable text, which a script can catch, and tells nothing of the address or of a credential.

mod every_step;
mod faulty;
mod proxies;

use std::io::Write;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use sluice::http::{Guard, Options, Trace};
use sluice::vm::Limits;
use sluice::{Engine, Run};

use faulty::{Faulty, Step};

/// Stands in every address, in a header and in the body.
const MARKER: &str = "marker-0f3a9c77";

/// How long a request may take in these tests; the faults that end by it are few.
const PATIENCE: Duration = Duration::from_millis(800);

const ANSWER: usize = 200_000;

struct Fault {
    name: &'static str,
    steps: Vec<Step>,
    code: &'static str,
    /// What the script reads as `e.message`, `HOST` for the host.
    message: &'static str,
}

fn fault(name: &'static str, steps: Vec<Step>, code: &'static str, message: &'static str) -> Fault {
    Fault { name, steps, code, message }
}

fn send(bytes: impl AsRef<[u8]>) -> Step {
    Step::Send(bytes.as_ref().to_vec())
}

fn answering(bytes: impl AsRef<[u8]>) -> Vec<Step> {
    vec![Step::Read, send(bytes)]
}

fn faults() -> Vec<Fault> {
    let timeout = "socket timeout error";
    let broken = "the answer of HOST cannot be read: ";
    let large = "the answer of HOST has more than 200000 bytes of content";
    let headers = "the answer of HOST has more than 262144 bytes of headers";
    let ok = "HTTP/1.1 200 OK\r\n";
    let body = |encoding: &str, bytes: &[u8]| {
        let head = format!("{ok}Content-Encoding: {encoding}\r\nContent-Length: {}\r\n\r\n", bytes.len());
        answering([head.as_bytes(), bytes].concat())
    };
    let slowly = |bytes: &str| Step::Trickle(bytes.as_bytes().to_vec(), Duration::from_millis(50));
    vec![
        fault("never answers", vec![Step::Read, Step::Wait], "http::timeout", timeout),
        fault("never reads", vec![Step::Wait], "http::timeout", timeout),
        fault("one byte at a time", vec![Step::Read, slowly("HTTP/1.1 200 OK\r\nX: ")], "http::timeout", timeout),
        fault(
            "a body of one byte at a time",
            vec![Step::Read, send(format!("{ok}Content-Length: 1000\r\n\r\n")), slowly("x")],
            "http::timeout",
            timeout,
        ),
        fault(
            "a whole body and no end",
            vec![Step::Read, send(format!("{ok}Transfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n")), Step::Wait],
            "http::timeout",
            timeout,
        ),
        fault(
            "preliminary answers without end",
            vec![Step::Read, Step::Trickle(b"HTTP/1.1 103 Early Hints\r\n\r\n".to_vec(), Duration::ZERO)],
            "http::timeout",
            timeout,
        ),
        fault("a length that is too long", answering(format!("{ok}Content-Length: 9\r\n\r\nhalf")), BROKEN, broken),
        fault(
            "two lengths",
            answering(format!("{ok}Content-Length: 2\r\nContent-Length: 3\r\n\r\nabc")),
            BROKEN,
            broken,
        ),
        fault("a length that is no number", answering(format!("{ok}Content-Length: -1\r\n\r\n")), BROKEN, broken),
        fault("close in a chunk", answering(format!("{ok}Transfer-Encoding: chunked\r\n\r\n9\r\nabc")), BROKEN, broken),
        fault("a bad chunk size", answering(format!("{ok}Transfer-Encoding: chunked\r\n\r\nzz\r\n")), BROKEN, broken),
        fault(
            "a chunk size beyond all numbers",
            answering(format!("{ok}Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n")),
            BROKEN,
            broken,
        ),
        fault("close before the head", vec![Step::Read], BROKEN, broken),
        fault("close in the head", answering("HTTP/1.1 200 OK\r\nContent-Ty"), BROKEN, broken),
        fault("close at once", vec![], BROKEN, broken),
        fault("reset before the head", vec![Step::Reset], BROKEN, broken),
        fault("no HTTP", answering("SSH-2.0-OpenSSH_9.9\r\n"), BROKEN, broken),
        fault("binary garbage", answering([0_u8, 255, 254, 13, 10, 13, 10].repeat(40)), BROKEN, broken),
        fault("a version that there is not", answering("HTTP/7.3 200 OK\r\n\r\n"), BROKEN, broken),
        fault("a status that there is not", answering("HTTP/1.1 99999 OK\r\n\r\n"), BROKEN, broken),
        fault("a head without colon", answering(format!("{ok}Bad Header\r\n\r\n")), BROKEN, broken),
        fault("a zero in a header", answering(format!("{ok}X: a\0b\r\n\r\n")), BROKEN, broken),
        fault("1 GB announced", answering(format!("{ok}Content-Length: 1000000000\r\n\r\n")), LARGE, large),
        fault("1 GB sent", vec![Step::Read, send(format!("{ok}\r\n")), Step::Repeat(vec![b'x'; 65_536])], LARGE, large),
        fault(
            "chunks without end",
            vec![
                Step::Read,
                send(format!("{ok}Transfer-Encoding: chunked\r\n\r\n")),
                Step::Repeat(format!("64\r\n{}\r\n", "x".repeat(100)).repeat(99).into_bytes()),
            ],
            LARGE,
            large,
        ),
        fault("a bomb of gzip", body("gzip", &gzip_bomb()), LARGE, large),
        fault("a bomb of deflate", body("deflate", &zlib_bomb()), LARGE, large),
        fault("a bomb of brotli", body("br", &brotli_bomb()), LARGE, large),
        fault("no gzip", body("gzip", b"plain"), BROKEN, broken),
        fault("half a gzip", body("gzip", &gzip_bomb()[..40]), BROKEN, broken),
        fault("no brotli", body("br", &[0xff; 20]), BROKEN, broken),
        fault(
            "headers without end",
            vec![
                Step::Read,
                send(ok),
                Step::Repeat(b"X-Filler: 0123456789012345678901234567890123456789\r\n".repeat(99)),
            ],
            LARGE,
            headers,
        ),
        fault(
            "a header without end",
            vec![Step::Read, send(format!("{ok}X: ")), Step::Repeat(vec![b'x'; 65_536])],
            LARGE,
            headers,
        ),
        fault(
            "a large header",
            answering(format!("{ok}X: {}\r\nContent-Length: 0\r\n\r\n", "x".repeat(262_144))),
            LARGE,
            headers,
        ),
        fault(
            "a redirect in a loop",
            answering("HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
            "http::redirect",
            "the redirect of HOST was not followed: there were more than 10 redirects",
        ),
        fault(
            "a redirect to a file",
            answering("HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\n\r\n"),
            "http::redirect",
            "the redirect of HOST was not followed: it leads to file:",
        ),
        fault(
            "a redirect to the keys of the machine",
            answering("HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/latest\r\n\r\n"),
            "http::blocked-address",
            "169.254.169.254 has the address 169.254.169.254, which gives out cloud credentials and is never dialled",
        ),
    ]
}

const BROKEN: &str = "http::broken-answer";
const LARGE: &str = "http::too-large";

#[test]
fn every_fault_is_its_error_within_its_time() {
    let traced = Arc::new(Mutex::new(String::new()));
    let begun = Instant::now();
    std::thread::scope(|scope| {
        for fault in faults() {
            // Each has its own thread for the network, so that the work that one makes is not the time of another.
            let engine = engine(&traced);
            scope.spawn(move || show(&engine, &fault));
        }
    });
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
    let traced = traced.lock().unwrap();
    assert!(traced.contains("http::timeout") && traced.contains("http::too-large"));
    assert!(!traced.contains(MARKER), "{traced}");
}

/// Runs a request against the fault twice: caught, and not.
fn show(engine: &Engine, fault: &Fault) {
    let server = Faulty::start(fault.steps.clone());
    let url = server.url(&format!("/records?authtoken={MARKER}"));
    let request = format!(
        "x = invokeurl [ url: \"{url}\" type: POST parameters: {{\"password\": \"{MARKER}\"}} \
         headers: {{\"X-Api-Key\": \"{MARKER}\"}} ];"
    );
    let begun = Instant::now();
    let caught = format!("try {{ {request} info \"a value\"; }} catch (e) {{ info e.message; }}\nreturn \"went on\";");
    let outcome = run(engine, &caught);
    assert!(begun.elapsed() < PATIENCE + Duration::from_secs(5), "{}: {:?}", fault.name, begun.elapsed());
    assert_eq!(outcome.result, Ok("went on".into()), "{}", fault.name);
    let expected = fault.message.replace("HOST", "127.0.0.1");
    let [message] = outcome.info.as_slice() else { panic!("{}: {:?}", fault.name, outcome.info) };
    let fits = if expected.ends_with(' ') { message.starts_with(&expected) } else { *message == expected };
    assert!(fits, "{}: {message:?} instead of {expected:?}", fault.name);

    let trouble = run(engine, &request).result.expect_err(fault.name);
    assert_eq!(trouble.code, fault.code, "{}: {trouble:?}", fault.name);
    assert!(!format!("{trouble:?} {message}").contains(MARKER), "{}: {trouble:?}", fault.name);
    let most = if fault.code == "http::redirect" { 22 } else { 2 };
    assert!(server.connections() <= most, "{}: a POST was sent {} times", fault.name, server.connections());
}

#[test]
fn odd_answers_are_values() {
    let engine = engine(&Arc::default());
    let cases: &[(&str, &[u8], &str)] = &[
        ("a length that is too short", b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nabcdefgh", "abcd"),
        ("no length", b"HTTP/1.1 200 OK\r\n\r\nabc", "abc"),
        ("bytes above ASCII in a header", b"HTTP/1.1 200 OK\r\nX: \xff\xfe\r\nContent-Length: 1\r\n\r\na", "a"),
        (
            "JSON that is none",
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{a",
            "{a",
        ),
        ("HTTP/1.0", b"HTTP/1.0 200 OK\r\n\r\nold", "old"),
        ("status 500", b"HTTP/1.1 500 Oh\r\nContent-Length: 4\r\n\r\noops", "oops"),
        ("a preliminary answer", b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na", "a"),
    ];
    for (name, bytes, printed) in cases {
        let server = Faulty::start(answering(bytes));
        let outcome = run(&engine, &format!("info invokeurl [ url: \"{}\" type: GET ];", server.url("/")));
        assert_eq!(
            (outcome.result, outcome.info.as_slice()),
            (Ok(sluice::Data::Null), [(*printed).to_owned()].as_slice()),
            "{name}"
        );
    }
}

#[test]
fn a_kept_connection_that_ends_costs_a_get_nothing() {
    let engine = engine(&Arc::default());
    let answer = b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na";
    let twice = |method: &str| {
        // The connection is kept, and closed when the next request comes on it.
        let server = Faulty::start(vec![Step::Read, send(answer), Step::Read]);
        let request = format!("invokeurl [ url: \"{}\" type: {method} ]", server.url("/"));
        run(&engine, &format!("info {request}; try {{ info {request}; }} catch (e) {{ info e.message; }}")).info
    };
    assert_eq!(twice("GET"), ["a", "a"]);
    let lost = twice("POST");
    assert!(lost[1].starts_with("the answer of 127.0.0.1 cannot be read: "), "{lost:?}");
}

/// An engine whose requests have little time, with everything that its trace says.
fn engine(traced: &Arc<Mutex<String>>) -> Engine {
    let traced = Arc::clone(traced);
    let trace = Trace::new(move |line| {
        let mut traced = traced.lock().unwrap();
        traced.push_str(line);
        traced.push('\n');
    });
    let options = Options { guard: Guard::off(), trace: Some(trace), ..Options::default() };
    let limits = Limits { request_time: PATIENCE, answer: ANSWER, ..Limits::default() };
    Engine::builder().network(options).limits(limits).build().unwrap()
}

fn run(engine: &Engine, script: &str) -> sluice::Outcome {
    let program = engine.compile("fault.dg", script).unwrap_or_else(|refused| panic!("{script}\n{refused:?}"));
    engine.run_blocking(&program, Run::script())
}

/// 2 MB of nothing.
fn zeros() -> Vec<u8> {
    vec![0; 2_000_000]
}

fn gzip_bomb() -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(&zeros()).unwrap();
    encoder.finish().unwrap()
}

fn zlib_bomb() -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(&zeros()).unwrap();
    encoder.finish().unwrap()
}

fn brotli_bomb() -> Vec<u8> {
    let mut packed = Vec::new();
    brotli::CompressorWriter::new(&mut packed, 65_536, 5, 22).write_all(&zeros()).unwrap();
    packed
}
