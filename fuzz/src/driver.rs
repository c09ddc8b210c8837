//! A world that answers oddly: any status, headers and bodies that lie, values where a response belongs, no answer at all.
//! What it answers follows from a number, so that a run can be made again.

use std::sync::Mutex;

use sluice::Data;
use sluice::effect::{Action, Effect, Problem, Reply};
use sluice::host::{Answer, Driver};
use sluice::http;

/// Answers without asking anybody.
#[derive(Debug, Default)]
pub struct Odd {
    next: Mutex<Script>,
}

#[derive(Debug, Default)]
struct Script {
    state: u64,
    text: String,
}

impl Odd {
    /// Sets what the next answers follow from; some of them have pieces of `text` in them.
    pub fn set(&self, state: u64, text: &str) {
        if let Ok(mut next) = self.next.lock() {
            *next = Script { state: state | 1, text: text.to_owned() };
        }
    }
}

impl Driver for Odd {
    fn perform(&self, effect: Effect, _user: Option<&str>, reply: Answer) {
        let Ok(mut next) = self.next.lock() else { return };
        // What a script asks for can be shown, whatever it is.
        let shown = format!("{effect:?}");
        match next.below(8) {
            0 => drop(reply),
            1 => reply(Reply::Failed(Problem { code: "http::odd".into(), message: shown, help: None })),
            2 => reply(Reply::Value(next.value(0))),
            _ if matches!(effect.action, Action::Records(_) | Action::Client(_)) => reply(Reply::Value(next.value(0))),
            _ => reply(Reply::Response(next.response())),
        }
    }
}

impl Script {
    /// A number from 0 up to `sides`, which is not included.
    fn below(&mut self, sides: usize) -> usize {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        (self.state % sides as u64) as usize
    }

    fn one(&mut self, from: &[&'static str]) -> &'static str {
        let at = self.below(from.len());
        from.get(at).copied().unwrap_or_default()
    }

    fn response(&mut self) -> http::Response {
        let status = [200, 200, 201, 202, 204, 302, 400, 401, 404, 429, 500, 599].get(self.below(12)).copied();
        let mut headers = vec![("content-type".to_owned(), self.one(CONTENT_TYPES).to_owned())];
        if self.below(3) == 0 {
            headers.push(("content-disposition".to_owned(), self.one(DISPOSITIONS).to_owned()));
        }
        let body = match self.below(6) {
            0 => self.text.clone().into_bytes(),
            1 => vec![0xff, 0xfe, 0x00, 0x80],
            2 => self.value(0).to_json().unwrap_or_default().into_bytes(),
            _ => self.one(BODIES).as_bytes().to_vec(),
        };
        let url = self.one(ADDRESSES).parse().unwrap_or_else(|_| panic!("an address of the list is none"));
        http::Response { status: status.unwrap_or(200), headers, body: body.into(), url }
    }

    /// Any value, nested to a small depth.
    pub fn value(&mut self, depth: usize) -> Data {
        let kinds = if depth > 3 { 6 } else { 11 };
        match self.below(kinds) {
            0 => Data::Null,
            1 => Data::Boolean(self.below(2) == 0),
            2 => {
                Data::Number([0, 1, -1, i64::MAX, i64::MIN, 1_596_719_471_334].get(self.below(6)).copied().unwrap_or(7))
            }
            3 => Data::from_json(self.one(&["0.5", "-9223372036854775808.5", "1e999", "1e-30"])).unwrap_or_default(),
            4 => Data::Text(self.one(TEXTS).to_owned()),
            5 => Data::Text(self.text.chars().take(40).collect()),
            6 => Data::list((0..self.below(4)).map(|_| self.value(depth + 1)).collect::<Vec<_>>()),
            7 => Data::Map((0..self.below(4)).map(|_| (self.value(9), self.value(depth + 1))).collect()),
            8 => Data::Braces,
            9 => Data::Elements((0..self.below(4)).map(|_| self.value(depth + 1)).collect()),
            _ => Data::Pairs((0..self.below(4)).map(|_| (self.value(9), self.value(depth + 1))).collect()),
        }
    }
}

/// Values to call a function with; they follow from `state`.
pub fn values(state: u64, text: &str, count: usize) -> Vec<Data> {
    let mut script = Script { state: state | 1, text: text.to_owned() };
    (0..count).map(|_| script.value(0)).collect()
}

const CONTENT_TYPES: &[&str] = &[
    "application/json",
    "application/json; charset=\"utf-16\"",
    "text/xml",
    "text/csv; charset=shift_jis",
    "image/png",
    "multipart/form-data",
    ";;;",
    "",
];
const DISPOSITIONS: &[&str] = &["attachment; filename=\"a.csv\"", "attachment; filename*=UTF-8''%ff%zz", "; =;\"", "é"];
const BODIES: &[&str] = &[
    "",
    "{}",
    "[]",
    "null",
    "{\"data\":[{\"id\":\"1\",\"details\":{\"id\":1}}],\"info\":{\"more_records\":true}}",
    "{\"data\":\"x\",\"code\":\"SUCCESS\"}",
    "{\"code\":0,\"message\":\"\",\"contacts\":[{\"contact_id\":1}]}",
    "{\"data\":[1,null,[[]]]}",
    "<a b=\"c\"><d/></a>",
    "a,b\n1,\"2\n",
    "[[[[[[[[[[[[[[[[[[[[",
    "{\"a\":1e400,\"a\":2}",
];
const TEXTS: &[&str] =
    &["", "a", "id", "é日🎉", "\u{0}\r\n", "12", "05-Jan-2021", "{\"a\":[1]}", "(a*)*b", "<a/>", "data"];
const ADDRESSES: &[&str] = &["https://a.test/", "https://a.test/x/%2e%2e/report.pdf?name=%00", "http://127.0.0.1:1/é"];
