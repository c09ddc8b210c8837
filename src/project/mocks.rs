//! Files of mocks: TOML in which each `[[mock]]` says what it covers and what it answers. Files that replies are taken from
//! are read here, so that a mistake is reported before the script runs.

use std::io::Read;
use std::path::Path;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use toml::Spanned;
use toml::de::DeValue;
use url::Url;

use super::document::{Document, Entry, Table};
use super::{Error, duration};
use crate::host::{BodyMatch, Fault, MockAnswer, MockRule, Wildcard};
use crate::value::{Data, Decimal, media_type_of};

/// The most bytes of a file that a reply is taken from: what an answer may have.
const MOST_BYTES: u64 = 50_000_000;

/// Keys of `reply` that give its body.
const BODIES: [&str; 4] = ["json", "text", "file", "base64"];

/// What files of mocks say.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mocks {
    /// The rules in their order.
    pub rules: Vec<MockRule>,
    /// Whether what no rule covers is an error.
    pub strict: bool,
}

impl Mocks {
    /// Reads a file and adds what it says behind what is there.
    ///
    /// # Errors
    /// [`Error::File`], or what is wrong with the text: place, problem and cure.
    pub fn add(&mut self, path: &Path) -> Result<(), Error> {
        let text = std::fs::read_to_string(path).map_err(|error| Error::file(path, &error))?;
        let folder = path.parent().unwrap_or(Path::new(""));
        self.parse(&path.display().to_string(), &text, folder)
    }

    /// Adds what a text says; `name` is the file's name for messages, `folder` where the files of replies are.
    ///
    /// # Errors
    /// As for [`Mocks::add`].
    pub fn parse(&mut self, name: &str, text: &str, folder: &Path) -> Result<(), Error> {
        let document = Document::new(name, text);
        let mut table = document.table()?;
        if let Some((offset, word)) = table.spanned_text("unmatched")? {
            self.strict |= match word.as_str() {
                "error" => true,
                "perform" => false,
                _ => return Err(table.no_such_word(offset, "unmatched", &word, &["error", "perform"])),
            };
        }
        if let Some(Entry { offset, value }) = table.take("mock") {
            let wrong = || table.wrong(offset, "mock", "a list of tables, each under [[mock]]");
            let DeValue::Array(items) = value else { return Err(wrong()) };
            for item in items {
                let start = item.span().start;
                let DeValue::Table(entries) = item.into_inner() else { return Err(wrong()) };
                let rule = rule(table.child("mock", entries), start, folder)?;
                self.rules.push(MockRule { name: document.place(start), ..rule });
            }
        }
        table.finish()
    }
}

fn rule(mut table: Table<'_>, start: usize, folder: &Path) -> Result<MockRule, Error> {
    let any_case = |text: Option<String>| text.map(|text| Wildcard::in_any_case(&text));
    let mut rule = MockRule {
        task: any_case(table.text("task")?),
        method: any_case(table.text("method")?),
        url: table.text("url")?.map(|url| Wildcard::new(normal(url))),
        connection: table.text("connection")?.map(Wildcard::new),
        form: table.text("form")?.map(Wildcard::new),
        body: body(&mut table)?,
        times: count(&mut table, "times", 1)?,
        after: count(&mut table, "after", 0)?.unwrap_or(0),
        ..MockRule::default()
    };
    let delay = table.spanned_text("delay")?;
    if let Some((offset, text)) = &delay {
        rule.delay =
            duration(text).map_err(|help| table.problem(*offset, format!("`delay` cannot be \"{text}\""), help))?;
    }
    let reply = table.table("reply")?.map(|reply| response(reply, folder)).transpose()?;
    let value = table.take("value");
    let value = value
        .map(|entry| data(entry.value).map_err(|problem| table.problem(entry.offset, problem, "write a plain value")));
    let value = value.transpose()?.map(MockAnswer::Value);
    let fault = fault(&mut table)?;
    let is_slow = fault == Some(Fault::Slow);
    let given = [reply, value, fault.filter(|_| !is_slow).map(MockAnswer::Fault)];
    let mut given = given.into_iter().flatten();
    rule.answer = given.next().unwrap_or_default();
    if given.next().is_some() {
        let help = "keep one of `reply`, `value` and `fault`; only \"slow\" goes with a reply";
        return Err(table.problem(start, "the mock has more than one answer", help));
    }
    if is_slow && rule.delay == Duration::ZERO {
        return Err(table.problem(start, "the fault \"slow\" has no `delay`", "add a time, such as delay = \"2s\""));
    }
    if rule.answer == MockAnswer::Pass && delay.is_none() {
        let help = "add `reply = { … }`, `value = …` or `fault = \"…\"`";
        return Err(table.problem(start, "the mock has no answer", help));
    }
    table.finish()?;
    Ok(rule)
}

/// An address without `*` as requests write it, `https://a.test/` for `https://a.test`.
fn normal(url: String) -> String {
    match Url::parse(&url) {
        Ok(parsed) if !url.contains('*') => parsed.to_string(),
        _ => url,
    }
}

fn body(table: &mut Table<'_>) -> Result<Option<BodyMatch>, Error> {
    let wanted = "a text, { contains = \"…\" } or { json = { … } }";
    match table.take("body") {
        None => Ok(None),
        Some(Entry { value: DeValue::String(text), .. }) => Ok(Some(BodyMatch::Contains(text.into_owned()))),
        Some(Entry { offset, value: DeValue::Table(inner) }) => {
            let mut inner = table.child("body", inner);
            let contains = inner.text("contains")?.map(BodyMatch::Contains);
            let json = match inner.take("json") {
                Some(entry) => Some(BodyMatch::Json(json(entry, &inner)?)),
                None => None,
            };
            inner.finish()?;
            match (contains, json) {
                (Some(one), None) | (None, Some(one)) => Ok(Some(one)),
                _ => Err(table.wrong(offset, "body", wanted)),
            }
        }
        Some(other) => Err(table.wrong(other.offset, "body", wanted)),
    }
}

fn json(entry: Entry<'_>, table: &Table<'_>) -> Result<serde_json::Value, Error> {
    let text = json_text(entry.offset, entry.value, table)?;
    serde_json::from_str(&text).map_err(|error| table.problem(entry.offset, error.to_string(), "write fewer levels"))
}

fn json_text(offset: usize, value: DeValue<'_>, table: &Table<'_>) -> Result<String, Error> {
    let data = data(value).map_err(|problem| table.problem(offset, problem, "write what JSON has"))?;
    data.to_json().map_err(|failure| table.problem(offset, failure.message(), "write fewer levels"))
}

fn count(table: &mut Table<'_>, key: &'static str, least: u64) -> Result<Option<u32>, Error> {
    let Some((offset, number)) = table.spanned_number(key)? else { return Ok(None) };
    let fits = u32::try_from(number).ok().filter(|_| number >= least);
    fits.map(Some).ok_or_else(|| table.wrong(offset, key, &format!("a whole number from {least}")))
}

fn fault(table: &mut Table<'_>) -> Result<Option<Fault>, Error> {
    let Some((offset, word)) = table.spanned_text("fault")? else { return Ok(None) };
    let known = Fault::ALL.map(|(word, _)| word);
    Fault::parse(&word).map(Some).ok_or_else(|| table.no_such_word(offset, "fault", &word, &known))
}

fn response(mut table: Table<'_>, folder: &Path) -> Result<MockAnswer, Error> {
    let status = match table.spanned_number("status")? {
        None => 200,
        Some((offset, number)) => match u16::try_from(number) {
            Ok(status) if (100..=999).contains(&status) => status,
            _ => return Err(table.wrong(offset, "status", "a status of three digits")),
        },
    };
    let mut headers: Vec<(String, String)> =
        table.named_texts("headers")?.into_iter().map(|(name, _, value)| (name, value)).collect();
    let mut found = None;
    for key in BODIES {
        let Some(Entry { offset, value }) = table.take(key) else { continue };
        if found.is_some() {
            return Err(table.problem(
                offset,
                "the reply has more than one body",
                "keep one of json, text, file and base64",
            ));
        }
        found = Some(content(key, offset, value, &table, folder)?);
    }
    table.finish()?;
    let (kind, body) = found.unwrap_or_default();
    if !kind.is_empty() && !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-type")) {
        headers.push(("content-type".to_owned(), kind));
    }
    Ok(MockAnswer::Response { status, headers, body })
}

/// The media type and the bytes of a body.
fn content(
    key: &str,
    offset: usize,
    value: DeValue<'_>,
    table: &Table<'_>,
    folder: &Path,
) -> Result<(String, Bytes), Error> {
    if key == "json" {
        return Ok(("application/json".to_owned(), json_text(offset, value, table)?.into()));
    }
    let DeValue::String(text) = value else { return Err(table.wrong(offset, key, "a text in quotes")) };
    match key {
        "text" => Ok(("text/plain; charset=utf-8".to_owned(), text.into_owned().into())),
        "file" => {
            let path = folder.join(text.as_ref());
            let ending = path.extension().and_then(|ending| ending.to_str()).and_then(media_type_of);
            Ok((ending.unwrap_or("application/octet-stream").to_owned(), read(&path)?))
        }
        _ => {
            let letters: String = text.chars().filter(|letter| !letter.is_whitespace()).collect();
            let bytes = STANDARD.decode(letters);
            let bytes = bytes.map_err(|_| table.wrong(offset, key, "a text in base64"))?;
            Ok(("application/octet-stream".to_owned(), bytes.into()))
        }
    }
}

fn read(path: &Path) -> Result<Bytes, Error> {
    let failed = |error: std::io::Error| Error::file(path, &error);
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).map_err(failed)?;
    let size = file.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(failed)?;
    if size as u64 > MOST_BYTES {
        return Err(failed(std::io::Error::other(format!("it has more than {MOST_BYTES} bytes"))));
    }
    Ok(bytes.into())
}

/// A value of TOML as a script's, keys in the order of the file. The reader of TOML bounds the depth.
fn data(value: DeValue<'_>) -> Result<Data, String> {
    Ok(match value {
        DeValue::String(text) => Data::Text(text.into_owned()),
        DeValue::Boolean(value) => Data::Boolean(value),
        DeValue::Integer(number) => Data::Number(
            i64::from_str_radix(number.as_str(), number.radix())
                .map_err(|_| "the number has more than 64 bits".to_owned())?,
        ),
        DeValue::Float(number) => Data::Decimal(
            Decimal::parse(number.as_str()).ok_or("the number has more than 28 digits, or is none".to_owned())?,
        ),
        DeValue::Datetime(time) => Data::Text(time.to_string()),
        DeValue::Array(items) => {
            Data::list(items.into_iter().map(|item| data(item.into_inner())).collect::<Result<Vec<_>, _>>()?)
        }
        DeValue::Table(table) => {
            let mut pairs: Vec<_> = table.into_iter().collect();
            pairs.sort_by_key(|(key, _)| key.span().start);
            let pair = |(key, value): (Spanned<std::borrow::Cow<'_, str>>, Spanned<DeValue<'_>>)| {
                Ok((Data::Text(key.into_inner().into_owned()), data(value.into_inner())?))
            };
            Data::Map(pairs.into_iter().map(pair).collect::<Result<Vec<_>, String>>()?)
        }
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
    use std::path::Path;

    use serde_json::json;

    use super::*;

    fn parse(text: &str) -> Result<Mocks, Error> {
        let mut mocks = Mocks::default();
        mocks.parse("mocks.toml", text, Path::new("/nowhere"))?;
        Ok(mocks)
    }

    fn one(text: &str) -> MockRule {
        parse(&format!("[[mock]]\n{text}")).unwrap_or_else(|error| panic!("{text}: {error}")).rules.remove(0)
    }

    fn reply(text: &str) -> (u16, Vec<(String, String)>, String) {
        match one(&format!("reply = {text}")).answer {
            MockAnswer::Response { status, headers, body } => {
                (status, headers, String::from_utf8(body.to_vec()).unwrap())
            }
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn conditions_are_read() {
        let rule = one(
            "task = \"invokeUrl\"\nmethod = \"post\"\nurl = \"https://api.example.com\"\nconnection = \"acme_*\"\n\
             form = \"Orders\"\ntimes = 2\nafter = 1\ndelay = \"250ms\"\nbody = { contains = \"x\" }\nfault = \"timeout\"",
        );
        assert_eq!(rule.name, "mocks.toml, line 1");
        assert_eq!(rule.url.unwrap().as_str(), "https://api.example.com/");
        assert_eq!((rule.times, rule.after, rule.delay), (Some(2), 1, Duration::from_millis(250)));
        assert_eq!(rule.body, Some(BodyMatch::Contains("x".into())));
        assert_eq!(rule.answer, MockAnswer::Fault(Fault::Timeout));
        assert_eq!(one("body = \"x\"\nvalue = 1").body, Some(BodyMatch::Contains("x".into())));
        let json = one("body = { json = { b = 1, a = [1.50, true] } }\nvalue = 1").body;
        assert_eq!(json, Some(BodyMatch::Json(serde_json::from_str("{\"b\":1,\"a\":[1.50,true]}").unwrap())));
    }

    #[test]
    fn replies_have_a_body_of_one_kind() {
        let json = |text: &str| (vec![("content-type".to_owned(), "application/json".to_owned())], text.to_owned());
        let (status, headers, body) = reply("{ status = 404, json = { b = 1, a = [2.50, \"x\"] } }");
        assert_eq!((status, (headers, body)), (404, json("{\"b\":1,\"a\":[2.50,\"x\"]}")));
        let (status, headers, body) =
            reply("{ text = \"hello\", headers = { Content-Type = \"text/xml\", X-A = \"1\" } }");
        assert_eq!((status, body.as_str()), (200, "hello"));
        assert_eq!(headers, [("Content-Type".to_owned(), "text/xml".to_owned()), ("X-A".to_owned(), "1".to_owned())]);
        assert_eq!(reply("{ base64 = \"aGVs bG8=\" }").2, "hello");
        assert_eq!(reply("{ status = 204 }"), (204, vec![], String::new()));
        assert_eq!(reply("{ json = [] }").2, "[]");
    }

    #[test]
    fn values_keep_their_kind_and_order() {
        let MockAnswer::Value(value) = one("value = { z = 1, a = 2.50, d = 2026-01-31, l = [true] }").answer else {
            panic!()
        };
        assert_eq!(value.print().unwrap(), "{\"z\":1,\"a\":2.50,\"d\":\"2026-01-31\",\"l\":[true]}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&value.to_json().unwrap()).unwrap()["z"], json!(1));
    }

    #[test]
    fn files_are_read_beside_the_file_of_mocks() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("order.xml"), "<a/>").unwrap();
        let path = folder.path().join("mocks.toml");
        std::fs::write(&path, "unmatched = \"error\"\n[[mock]]\nreply = { file = \"order.xml\" }").unwrap();
        let mut mocks = Mocks::default();
        mocks.add(&path).unwrap();
        assert!(mocks.strict);
        let MockAnswer::Response { headers, body, .. } = &mocks.rules[0].answer else { panic!() };
        assert!(headers[0].1.ends_with("/xml") && body.as_ref() == b"<a/>", "{headers:?}");
        std::fs::write(&path, "[[mock]]\nreply = { file = \"other.xml\" }").unwrap();
        assert_eq!(mocks.add(&path).unwrap_err().code(), "project::file");
    }

    #[test]
    fn mistakes_are_shown_with_their_line() {
        for (text, message, help) in [
            ("unmatched = \"eror\"", "mocks.toml, line 1: `unmatched` cannot be \"eror\"", "did you mean \"error\"?"),
            ("[[mok]]", "mocks.toml, line 1: unknown key `mok`", "did you mean `mock`?"),
            ("mock = 1", "mocks.toml, line 1: `mock` is not a list of tables", "[[mock]]"),
            (
                "[[mock]]\nvalue = 1\nmetod = \"GET\"",
                "mocks.toml, line 3: unknown key `[mock] metod`",
                "did you mean `method`?",
            ),
            (
                "[[mock]]\nfault = \"timeot\"",
                "mocks.toml, line 2: `[mock] fault` cannot be",
                "did you mean \"timeout\"?",
            ),
            ("[[mock]]\nurl = \"x\"", "mocks.toml, line 1: the mock has no answer", "fault"),
            (
                "[[mock]]\nvalue = 1\nfault = \"dns\"",
                "mocks.toml, line 1: the mock has more than one answer",
                "keep one",
            ),
            ("[[mock]]\nfault = \"slow\"", "mocks.toml, line 1: the fault \"slow\" has no `delay`", "2s"),
            ("[[mock]]\nvalue = 1\ndelay = \"soon\"", "mocks.toml, line 3: `delay` cannot be \"soon\"", "30s"),
            (
                "[[mock]]\nvalue = 1\ntimes = 0",
                "mocks.toml, line 3: `[mock] times` is not a whole number from 1",
                "write",
            ),
            (
                "[[mock]]\nreply = { status = 20 }",
                "mocks.toml, line 2: `[mock] [reply] status` is not a status",
                "write",
            ),
            (
                "[[mock]]\nreply = { json = 1, text = \"\" }",
                "mocks.toml, line 2: the reply has more than one body",
                "keep",
            ),
            (
                "[[mock]]\nreply = { jsn = 1 }",
                "mocks.toml, line 2: unknown key `[mock] [reply] jsn`",
                "did you mean `json`?",
            ),
            (
                "[[mock]]\nreply = { base64 = \"%\" }",
                "mocks.toml, line 2: `[mock] [reply] base64` is not a text in base64",
                "write",
            ),
            ("[[mock]]\nvalue = 1e999", "mocks.toml, line 2: the number has more than 28 digits", "plain"),
            ("[[mock]]\nbody = { }\nvalue = 1", "mocks.toml, line 2: `[mock] body` is not", "contains"),
        ] {
            let error = parse(text).expect_err(text);
            assert!(error.to_string().starts_with(message), "{text}: {error}");
            assert!(error.help().contains(help), "{text}: {}", error.help());
        }
    }

    #[test]
    fn deep_values_are_refused_or_read() {
        for depth in [50, 200, 100_000] {
            let _ = parse(&format!("[[mock]]\nvalue = {}{}", "[".repeat(depth), "]".repeat(depth)));
        }
    }
}
