//! Values in a cassette. What JSON has is plain JSON; a decimal, a date, a time, a file and the other kinds of lists and
//! maps carry a tag, an object whose only key begins with `$`, so that every value comes back as it was.

use std::sync::Arc;

use jiff::civil;
use serde_json::{Map, Value, json};

use super::clean::{Cleaner, MASK};
use super::content::{Bodies, Content};
use crate::value::{Data, DateSettings, DateTime, Decimal, File, Time, TimeReading};

/// Values nested deeper are refused when they are read.
const DEEPEST: usize = 200;

/// Texts longer than this stand in a file beside.
const LONGEST_TEXT: usize = 64 * 1024;

/// Writes values, cleaned.
pub(super) struct Writer<'w> {
    pub(super) cleaner: &'w Cleaner,
    pub(super) bodies: &'w mut Bodies,
}

impl Writer<'_> {
    /// A value; `name` is the field under which it stands, if it has one.
    pub(super) fn data(&mut self, name: &str, data: &Data) -> Value {
        match data {
            Data::Null => Value::Null,
            Data::Boolean(value) => json!(value),
            Data::Number(number) => {
                let digits = number.to_string();
                let clean = self.cleaner.named(name, &digits);
                if clean == digits { json!(number) } else { json!(clean) }
            }
            Data::Decimal(decimal) => json!({"$decimal": self.cleaner.named(name, &decimal.to_string())}),
            Data::Text(text) if text.len() > LONGEST_TEXT => {
                json!({"$text": Content::of_field(name, text, self.cleaner).write(self.bodies)})
            }
            Data::Text(text) => json!(self.cleaner.named(name, text)),
            Data::DateTime(date) => {
                json!({"$date": {"clock": date.civil().to_string(), "has_time": date.has_time()}})
            }
            Data::Time(time) => json!({"$time": time.print()}),
            Data::List { items, from_json: false } => self.items(name, items),
            Data::List { items, from_json: true } => json!({"$json_list": self.items(name, items)}),
            Data::Elements(items) => json!({"$elements": self.items(name, items)}),
            Data::Braces => json!({"$braces": null}),
            Data::Map(pairs) => match self.object(pairs) {
                Some(object) => object,
                None => json!({"$map": self.pairs(pairs)}),
            },
            Data::Pairs(pairs) => json!({"$pairs": self.pairs(pairs)}),
            Data::File(file) => json!({"$file": self.file(file)}),
        }
    }

    /// A file: its names and its content.
    pub(super) fn file(&mut self, file: &File) -> Value {
        let content = Content::of(&file.bytes, &file.content_type, self.cleaner).write(self.bodies);
        let text = |text: &Option<String>| text.as_deref().map(|text| self.cleaner.text(text));
        json!({
            "name": self.cleaner.text(&file.name),
            "type": self.cleaner.text(&file.content_type),
            "charset": text(&file.charset),
            "sent_charset": text(&file.sent_charset),
            "parameter_name": text(&file.parameter_name),
            "content": content,
        })
    }

    fn items(&mut self, name: &str, items: &[Data]) -> Value {
        items.iter().map(|item| self.data(name, item)).collect()
    }

    /// The plain form of a map: its keys are texts, none of which could be taken for a tag or for another one.
    fn object(&mut self, pairs: &[(Data, Data)]) -> Option<Value> {
        let mut object = Map::new();
        for (key, value) in pairs {
            let Data::Text(key) = key else { return None };
            let clean = self.cleaner.text(key);
            if clean.starts_with('$') || object.contains_key(&clean) {
                return None;
            }
            object.insert(clean, self.data(key, value));
        }
        Some(Value::Object(object))
    }

    fn pairs(&mut self, pairs: &[(Data, Data)]) -> Value {
        let pair = |(key, value): &(Data, Data)| {
            let name = if let Data::Text(text) = key { text.as_str() } else { "" };
            json!([self.data("", key), self.data(name, value)])
        };
        pairs.iter().map(pair).collect()
    }
}

/// Reads values.
pub(super) struct Reader<'r> {
    pub(super) bodies: &'r Bodies,
    pub(super) dates: &'r Arc<DateSettings>,
}

impl Reader<'_> {
    /// A value. The error is a sentence.
    pub(super) fn data(&self, value: &Value) -> Result<Data, String> {
        self.at_depth(value, 0)
    }

    fn at_depth(&self, value: &Value, depth: usize) -> Result<Data, String> {
        if depth > DEEPEST {
            return Err(format!("a value is nested deeper than {DEEPEST} levels"));
        }
        Ok(match value {
            Value::Null => Data::Null,
            Value::Bool(value) => Data::Boolean(*value),
            Value::Number(number) => match number.as_i64() {
                Some(number) => Data::Number(number),
                None => Data::Decimal(decimal(&number.to_string())?),
            },
            Value::String(text) => Data::Text(text.clone()),
            Value::Array(items) => Data::list(self.items(items, depth)?),
            Value::Object(fields) => match fields.iter().next() {
                Some((tag, value)) if tag.starts_with('$') => {
                    if fields.len() > 1 {
                        return Err(format!("`{tag}` does not stand alone"));
                    }
                    self.tagged(tag, value, depth)?
                }
                _ => Data::Map(
                    fields
                        .iter()
                        .map(|(key, value)| Ok((Data::Text(key.clone()), self.at_depth(value, depth + 1)?)))
                        .collect::<Result<_, String>>()?,
                ),
            },
        })
    }

    fn tagged(&self, tag: &str, value: &Value, depth: usize) -> Result<Data, String> {
        let wrong = || format!("what stands under `{tag}` cannot be read");
        let text = value.as_str();
        let list = || self.items(value.as_array().ok_or_else(wrong)?, depth);
        Ok(match tag {
            // A secret leaves a text behind, whatever it was.
            "$decimal" | "$time" if text.is_some_and(|text| text.contains(MASK)) => {
                Data::Text(text.unwrap_or_default().to_owned())
            }
            "$decimal" => Data::Decimal(decimal(text.ok_or_else(wrong)?)?),
            "$time" => match Time::read(text.ok_or_else(wrong)?) {
                TimeReading::Time(time) => Data::Time(time),
                _ => return Err(wrong()),
            },
            "$date" => {
                let clock = value.get("clock").and_then(Value::as_str).ok_or_else(wrong)?;
                let clock: civil::DateTime = clock.parse().map_err(|_| wrong())?;
                let has_time = value.get("has_time").and_then(Value::as_bool).ok_or_else(wrong)?;
                Data::DateTime(DateTime::new(clock, has_time, self.dates))
            }
            "$text" => Data::Text(Content::read(value, self.bodies)?.text().ok_or_else(wrong)?),
            "$json_list" => Data::List { items: list()?, from_json: true },
            "$elements" => Data::Elements(list()?),
            "$braces" => Data::Braces,
            "$map" => Data::Map(self.pairs(value, depth).ok_or_else(wrong)??),
            "$pairs" => Data::Pairs(self.pairs(value, depth).ok_or_else(wrong)??),
            "$file" => Data::from(self.file(value)?),
            _ => return Err(format!("there is no tag `{tag}`")),
        })
    }

    fn items(&self, items: &[Value], depth: usize) -> Result<Vec<Data>, String> {
        items.iter().map(|item| self.at_depth(item, depth + 1)).collect()
    }

    fn pairs(&self, value: &Value, depth: usize) -> Option<Result<Vec<(Data, Data)>, String>> {
        let pair = |pair: &Value| match pair.as_array().map(Vec::as_slice) {
            Some([key, value]) => Ok((self.at_depth(key, depth + 1)?, self.at_depth(value, depth + 1)?)),
            _ => Err("a pair is a list of two".to_owned()),
        };
        Some(value.as_array()?.iter().map(pair).collect())
    }

    fn file(&self, value: &Value) -> Result<File, String> {
        let text = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
        let content = value.get("content").ok_or("a file has no `content`")?;
        Ok(File {
            name: text("name").unwrap_or_default(),
            content_type: text("type").unwrap_or_default(),
            bytes: Content::read(content, self.bodies)?.bytes(),
            charset: text("charset"),
            sent_charset: text("sent_charset"),
            parameter_name: text("parameter_name"),
        })
    }
}

fn decimal(digits: &str) -> Result<Decimal, String> {
    Decimal::parse(digits).ok_or_else(|| format!("{digits} is no decimal"))
}
