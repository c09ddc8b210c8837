//! Attributes that `invokeurl` and `invokeapi` have in common, each by the kind and the words that it takes. A null is as
//! good as leaving an attribute out, except where the request would then mean something else.

use url::Url;

use super::error::{Error, shown};
use super::reply::{Format, Reading};
use super::{address, fields};
use crate::catalogue::Arguments;
use crate::effect::Connection;
use crate::http::Method;
use crate::value::{Failure, Kinds, Value, is_charset};

/// The attributes of one task.
pub(super) struct Attributes<'a> {
    /// The task, for messages.
    pub task: &'static str,
    /// What was given.
    pub arguments: Arguments<'a>,
}

impl<'a> Attributes<'a> {
    /// The value of an attribute that was given and is not null.
    pub(super) fn given(&self, slot: usize) -> Option<&'a Value> {
        self.arguments.get(slot).filter(|value| !value.is_null())
    }

    /// The text of an attribute that must be given.
    pub(super) fn required_text(&self, slot: usize) -> Result<&'a str, Failure> {
        self.text(self.arguments.get(slot).unwrap_or(&Value::Null))
    }

    /// A value as text.
    pub(super) fn text<'v>(&self, value: &'v Value) -> Result<&'v str, Failure> {
        value.as_text().ok_or_else(|| Failure::argument(self.task, Kinds::TEXT, value.kind()))
    }

    /// `type`: GET when it is left out. HEAD is a method of the client, but none of these tasks.
    pub(super) fn method(&self, slot: usize) -> Result<Method, Failure> {
        self.arguments.get(slot).map_or(Ok(Method::Get), |value| method(self.text(value)?))
    }

    /// `connection`: the link name; `otherwise` when it is left out.
    pub(super) fn connection(&self, slot: usize, otherwise: Connection) -> Result<Connection, Failure> {
        match self.arguments.get(slot) {
            Some(link_name) => Ok(Connection::Named(self.text(link_name)?.trim().to_owned())),
            None => Ok(otherwise),
        }
    }

    /// `detailed`
    pub(super) fn boolean(&self, slot: usize) -> Result<bool, Failure> {
        match self.given(slot) {
            None => Ok(false),
            Some(Value::Boolean(value)) => Ok(*value),
            Some(Value::Text(text)) if text.as_str().trim().eq_ignore_ascii_case("true") => Ok(true),
            Some(Value::Text(text)) if text.as_str().trim().eq_ignore_ascii_case("false") => Ok(false),
            Some(other) => Err(Failure::argument(self.task, Kinds::BOOLEAN, other.kind())),
        }
    }

    /// `response-format` and `response-decoding`.
    pub(super) fn reading(&self, format: usize, decoding: usize) -> Result<Reading, Failure> {
        Ok(Reading { format: self.format(format)?, charset: self.charset(decoding)? })
    }

    fn format(&self, slot: usize) -> Result<Format, Failure> {
        let Some(value) = self.given(slot) else { return Ok(Format::Converted) };
        let word = self.text(value)?.trim();
        Ok(match word.to_ascii_uppercase().as_str() {
            "FILE" => Format::File,
            "STRING" => Format::Text,
            "NONE" => Format::Nothing,
            "DEFAULT" | "JSON" | "" => Format::Converted,
            "COLLECTION" => Format::Collection,
            _ => return Err(Error::ResponseFormat { given: shown(word) }.into()),
        })
    }

    /// The charset, by one of the names that it has on the Web or in Java, whose list Zoho's page points to.
    fn charset(&self, slot: usize) -> Result<Option<String>, Failure> {
        let Some(value) = self.given(slot) else { return Ok(None) };
        let given = self.text(value)?.trim();
        if given.is_empty() {
            return Ok(None);
        }
        let name = of_java(given);
        if is_charset(&name) { Ok(Some(name)) } else { Err(Error::Charset { given: shown(given) }.into()) }
    }
}

/// A method by its name in any case.
pub(super) fn method(word: &str) -> Result<Method, Failure> {
    let word = word.trim();
    let method = Method::parse(word).filter(|method| *method != Method::Head);
    method.ok_or_else(|| Error::Type { given: shown(word) }.into())
}

/// Adds what a script gives for the query: a map encoded, a text as it is.
pub(super) fn add_to_query(task: &str, url: &mut Url, parameters: &Value) -> Result<(), Failure> {
    match (parameters, fields::as_map(parameters)) {
        (_, Some(map)) => address::append(url, &address::query(&fields::texts(map)?)),
        (Value::Text(text), _) => address::append_verbatim(url, text.as_str())?,
        (other, _) => return Err(Failure::argument(task, Kinds::TEXT.or(Kinds::MAP), other.kind())),
    }
    Ok(())
}

/// The Web's name of a charset that Java also knows by another: `UTF8`, `ISO8859_1`, `Cp1252`, `MS932`, `EUC_JP`.
fn of_java(name: &str) -> String {
    let lower = name.to_ascii_lowercase();
    match lower.as_str() {
        "ms932" | "windows-31j" | "sjis" => "shift_jis".to_owned(),
        "ms936" => "gbk".to_owned(),
        "ms949" => "euc-kr".to_owned(),
        "ms950" => "big5".to_owned(),
        "unicodebig" | "unicodebigunmarked" => "utf-16be".to_owned(),
        "unicodelittle" | "unicodelittleunmarked" => "utf-16le".to_owned(),
        _ if is_charset(&lower) => lower,
        _ => lower.replace('_', "-"),
    }
}
