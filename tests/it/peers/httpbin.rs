//! Scripts against httpbin, which reports what arrived and sends what it is asked for.

use serde_json::Value;
use sluice::http::Limits as ClientLimits;
use sluice::http::Options;
use sluice::vm::Limits;
use sluice::{Data, Engine, Outcome, Run, Secret};

use super::{open, peer};

/// httpbin, if it was started, and what asks it.
struct Httpbin {
    base: String,
    engine: Engine,
}

impl Httpbin {
    fn find() -> Option<Self> {
        let base = peer("SLUICE_PEER_HTTPBIN")?;
        let secret = Secret::new("open sesame".to_owned());
        let limits = Limits { request_time: std::time::Duration::from_secs(20), ..Limits::default() };
        let options = Options { limits: ClientLimits::default(), ..open() };
        let builder = Engine::builder().network(options).limits(limits);
        let engine = builder.basic("login", "Aladdin", secret, &["127.0.0.1"]).build().unwrap();
        Some(Self { base, engine })
    }

    fn run(&self, script: &str) -> Outcome {
        let script = script.replace("BASE", &self.base);
        let program = self.engine.compile("peer.dg", &script).unwrap_or_else(|refused| panic!("{script}\n{refused:?}"));
        self.engine.run_blocking(&program, Run::script())
    }

    /// The `info` lines of a script that comes to its end.
    fn info(&self, script: &str) -> Vec<String> {
        let outcome = self.run(script);
        assert_eq!(outcome.result, Ok(Data::Null), "{script}");
        outcome.info
    }

    /// The only line, read as JSON.
    fn json(&self, script: &str) -> Value {
        let lines = self.info(script);
        serde_json::from_str(&lines[0]).unwrap_or_else(|error| panic!("{error}: {lines:?}"))
    }
}

#[test]
fn every_encoding_is_unpacked() {
    let Some(httpbin) = Httpbin::find() else { return };
    for (path, key) in [("gzip", "gzipped"), ("deflate", "deflated"), ("brotli", "brotli")] {
        let answer = httpbin.json(&format!("info invokeurl [ url: \"BASE/{path}\" type: GET ];"));
        assert_eq!(answer[key], true, "{answer}");
    }
}

#[test]
fn every_status_is_a_value() {
    let Some(httpbin) = Httpbin::find() else { return };
    for status in [200, 201, 204, 400, 401, 403, 404, 409, 418, 422, 429, 500, 502, 503] {
        for method in ["GET", "POST", "PUT", "PATCH", "DELETE"] {
            let script = format!(
                "x = invokeurl [ url: \"BASE/status/{status}\" type: {method} detailed: true ]; info x.get(\"responseCode\");"
            );
            assert_eq!(httpbin.info(&script), [status.to_string()], "{method} {status}");
        }
    }
}

#[test]
fn redirects_are_followed_until_there_are_too_many() {
    let Some(httpbin) = Httpbin::find() else { return };
    for path in ["redirect/3", "relative-redirect/3", "absolute-redirect/3", "redirect-to?url=/get&status_code=307"] {
        let answer = httpbin.json(&format!("info invokeurl [ url: \"BASE/{path}\" type: GET ];"));
        assert_eq!(answer["url"], format!("{}/get", httpbin.base), "{path}");
        assert_eq!(answer["headers"]["Referer"], Value::Null);
    }
    let trouble = httpbin.run("info invokeurl [ url: \"BASE/redirect/11\" type: GET ];").result.unwrap_err();
    assert_eq!(trouble.code, "http::redirect");
    // As browsers do: a POST becomes a GET by 302 and stays one by 307.
    for (status, method) in [(302, "GET"), (303, "GET"), (307, "POST"), (308, "POST")] {
        let script = format!(
            "info invokeurl [ url: \"BASE/redirect-to?url=/anything&status_code={status}\" type: POST parameters: {{\"a\": \"b\"}} ];"
        );
        let answer = httpbin.json(&script);
        assert_eq!(answer["method"], method, "{status}");
        assert_eq!(answer["form"]["a"], if method == "POST" { Value::from("b") } else { Value::Null });
    }
}

#[test]
fn what_a_script_sends_is_what_arrives() {
    let Some(httpbin) = Httpbin::find() else { return };
    let answer = httpbin.json(
        "info invokeurl [ url: \"BASE/anything\" type: GET parameters: {\"q\": \"a b&c=d+é\", \"n\": 1.50} headers: {\"X-One\": \"ü\"} ];",
    );
    assert_eq!((&answer["args"]["q"], &answer["args"]["n"]), (&"a b&c=d+é".into(), &"1.50".into()), "{answer}");
    let answer = httpbin.json(
        "info invokeurl [ url: \"BASE/anything?kept=1\" type: POST parameters: {\"JSONString\": {\"id\": 7, \"name\": \"Zoë & Söhne\"}} ];",
    );
    assert_eq!(answer["form"]["JSONString"], "{\"id\":7,\"name\":\"Zoë & Söhne\"}", "{answer}");
    assert_eq!(answer["args"]["kept"], "1");
    let answer =
        httpbin.json("info invokeurl [ url: \"BASE/anything\" type: PUT parameters: {\"a\": [1, 2]}.toString() ];");
    assert_eq!((&answer["data"], &answer["json"]["a"][1]), (&"{\"a\":[1,2]}".into(), &2.into()), "{answer}");
    let answer = httpbin.json(
        "f = \"ä,b\".toFile(\"liste é.csv\"); f.setParamName(\"upload\"); \
         info invokeurl [ url: \"BASE/anything\" type: POST files: {f, {\"paramName\": \"note\", \"content\": \"hé\", \"stringPart\": \"true\"}} ];",
    );
    assert_eq!((&answer["files"]["upload"], &answer["form"]["note"]), (&"ä,b".into(), &"hé".into()), "{answer}");
}

#[test]
fn a_connection_signs_in_and_a_script_without_one_does_not() {
    let Some(httpbin) = Httpbin::find() else { return };
    let request = "x = invokeurl [ url: \"BASE/basic-auth/Aladdin/open%20sesame\" type: GET detailed: true CONNECTION ]; \
                   info x.get(\"responseCode\");";
    assert_eq!(httpbin.info(&request.replace("CONNECTION", "connection: \"login\"")), ["200"]);
    assert_eq!(httpbin.info(&request.replace("CONNECTION", "")), ["401"]);
}

#[test]
fn cookies_are_not_kept() {
    let Some(httpbin) = Httpbin::find() else { return };
    let script = "x = invokeurl [ url: \"BASE/cookies/set?session=abc\" type: GET ]; \
                  info invokeurl [ url: \"BASE/cookies\" type: GET ]; info x;";
    assert_eq!(httpbin.info(script), ["{\"cookies\":{}}", "{\"cookies\":{}}"]);
    let script = "info invokeurl [ url: \"BASE/cookies\" type: GET headers: {\"Cookie\": \"a=b\"} ];";
    assert_eq!(httpbin.json(script)["cookies"]["a"], "b");
}

#[test]
fn a_delay_beyond_the_limit_is_zohos_timeout() {
    let Some(httpbin) = Httpbin::find() else { return };
    let script = "try { info invokeurl [ url: \"BASE/delay/5\" type: GET ]; } catch (e) { info e.message; }"
        .replace("BASE", &httpbin.base);
    let program = httpbin.engine.compile("peer.dg", &script).unwrap();
    let limits = Limits { request_time: std::time::Duration::from_millis(300), ..Limits::default() };
    let outcome = httpbin.engine.run_blocking(&program, Run::script().limits(limits));
    assert_eq!(outcome.info, ["socket timeout error"]);
}

#[test]
fn texts_and_files_come_whole() {
    let Some(httpbin) = Httpbin::find() else { return };
    let text = httpbin.info("info invokeurl [ url: \"BASE/encoding/utf8\" type: GET ];").join("\n");
    assert!(text.contains("∀x∈ℝ") && text.contains("ᚻᛖ ᚳᚹᚫᚦ"), "{text}");
    for (path, name) in [("image/png", "png"), ("image/jpeg", "jpeg")] {
        let script = format!(
            "f = invokeurl [ url: \"BASE/{path}\" type: GET ]; info f.isFile(); info f.getFileName(); info f.getFileSize();"
        );
        let lines = httpbin.info(&script);
        assert_eq!((lines[0].as_str(), lines[1].as_str()), ("true", name), "{lines:?}");
    }
    let script = "f = invokeurl [ url: \"BASE/bytes/5000?seed=7\" type: GET ]; info f.isFile(); info f.getFileSize();";
    assert_eq!(httpbin.info(script), ["true", "5000"]);
    let streamed = httpbin
        .info("info invokeurl [ url: \"BASE/drip?numbytes=5&duration=0&delay=0\" type: GET response-format: STRING ];");
    assert_eq!(streamed, ["*****"]);
}
