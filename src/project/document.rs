//! Takes `sluice.toml` apart key by key and remembers which keys were asked for, so that a key that means nothing is an
//! error with a proposal, and every error names its line.

use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Error;
use crate::diagnostic::suggest;
use crate::source::Source;

/// A TOML text with a name for messages.
pub(super) struct Document(Source);

/// One table, to be taken apart.
pub(super) struct Table<'d> {
    document: &'d Document,
    /// How messages name it: empty at the top, else `[network] `.
    prefix: String,
    entries: BTreeMap<String, Entry<'d>>,
    asked: Vec<&'static str>,
}

/// The value of a key with the place of the key.
pub(super) struct Entry<'d> {
    pub(super) offset: usize,
    pub(super) value: DeValue<'d>,
}

impl Document {
    pub(super) fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self(Source::new(name.into(), text.into()))
    }

    /// The table of the whole text.
    pub(super) fn table(&self) -> Result<Table<'_>, Error> {
        let table = DeTable::parse(self.0.text()).map_err(|error| {
            let offset = error.span().map(|span| span.start).unwrap_or_default();
            let problem = format!("this is no TOML: {}", error.message().replace('\n', ", "));
            self.problem(offset, problem, "correct that line")
        })?;
        Ok(Table::new(self, String::new(), table.into_inner()))
    }

    /// An error about a place.
    pub(super) fn problem(&self, offset: usize, problem: impl Into<String>, help: impl Into<String>) -> Error {
        Error::InvalidFile { place: self.place(offset), problem: problem.into(), help: help.into() }
    }

    /// Where an offset is: file and line.
    pub(super) fn place(&self, offset: usize) -> String {
        format!("{}, line {}", self.0.name(), self.0.line(u32::try_from(offset).unwrap_or(u32::MAX)))
    }
}

impl<'d> Table<'d> {
    fn new(document: &'d Document, prefix: String, table: DeTable<'d>) -> Self {
        let entry = |(key, value): (Spanned<std::borrow::Cow<'d, str>>, Spanned<DeValue<'d>>)| {
            let offset = key.span().start;
            (key.into_inner().into_owned(), Entry { offset, value: value.into_inner() })
        };
        Self { document, prefix, entries: table.into_iter().map(entry).collect(), asked: Vec::new() }
    }

    /// The value of a key, whatever it is.
    pub(super) fn take(&mut self, key: &'static str) -> Option<Entry<'d>> {
        self.asked.push(key);
        self.entries.remove(key)
    }

    /// A text.
    pub(super) fn text(&mut self, key: &'static str) -> Result<Option<String>, Error> {
        Ok(self.spanned_text(key)?.map(|(_, text)| text))
    }

    /// A text with its place.
    pub(super) fn spanned_text(&mut self, key: &'static str) -> Result<Option<(usize, String)>, Error> {
        match self.take(key) {
            None => Ok(None),
            Some(Entry { offset, value: DeValue::String(text) }) => Ok(Some((offset, text.into_owned()))),
            Some(other) => Err(self.wrong(other.offset, key, "a text in quotes")),
        }
    }

    /// A whole number from 0.
    pub(super) fn number(&mut self, key: &'static str) -> Result<Option<u64>, Error> {
        Ok(self.spanned_number(key)?.map(|(_, number)| number))
    }

    /// A whole number from 0 with its place.
    pub(super) fn spanned_number(&mut self, key: &'static str) -> Result<Option<(usize, u64)>, Error> {
        let Some(entry) = self.take(key) else { return Ok(None) };
        if let DeValue::Integer(number) = &entry.value
            && let Ok(number) = u64::from_str_radix(number.as_str(), number.radix())
        {
            return Ok(Some((entry.offset, number)));
        }
        Err(self.wrong(entry.offset, key, "a whole number"))
    }

    /// A list of texts with the place of the key; empty when there is none.
    pub(super) fn texts(&mut self, key: &'static str) -> Result<(usize, Vec<String>), Error> {
        let Some(entry) = self.take(key) else { return Ok((0, Vec::new())) };
        let wrong = || self.wrong(entry.offset, key, "a list of texts");
        let DeValue::Array(items) = entry.value else { return Err(wrong()) };
        let text = |item: Spanned<DeValue<'d>>| match item.into_inner() {
            DeValue::String(text) => Ok(text.into_owned()),
            _ => Err(wrong()),
        };
        Ok((entry.offset, items.into_iter().map(text).collect::<Result<_, _>>()?))
    }

    /// A table whose keys are known.
    pub(super) fn table(&mut self, key: &'static str) -> Result<Option<Table<'d>>, Error> {
        match self.take(key) {
            None => Ok(None),
            Some(Entry { value: DeValue::Table(table), .. }) => Ok(Some(self.child(key, table))),
            Some(other) => Err(self.wrong(other.offset, key, "a table")),
        }
    }

    /// Key, place and text of a table whose keys the user chooses, in the order of the file.
    pub(super) fn named_texts(&mut self, key: &'static str) -> Result<Vec<(String, usize, String)>, Error> {
        let Some(table) = self.table(key)? else { return Ok(Vec::new()) };
        let wanted = "a table of texts";
        let text = |(name, entry): (String, Entry<'d>)| match entry.value {
            DeValue::String(text) => Ok((name, entry.offset, text.into_owned())),
            _ => Err(self.wrong(entry.offset, key, wanted)),
        };
        let mut texts = table.entries.into_iter().map(text).collect::<Result<Vec<_>, _>>()?;
        texts.sort_by_key(|(_, offset, _)| *offset);
        Ok(texts)
    }

    /// The table under a key as its own table of errors.
    pub(super) fn child(&self, key: &str, table: DeTable<'d>) -> Table<'d> {
        Table::new(self.document, format!("{}[{key}] ", self.prefix), table)
    }

    /// Every entry that nobody asked for, in the order of the file.
    pub(super) fn rest(&mut self) -> Vec<(String, Entry<'d>)> {
        let mut entries: Vec<_> = std::mem::take(&mut self.entries).into_iter().collect();
        entries.sort_by_key(|(_, entry)| entry.offset);
        entries
    }

    /// Complains about keys that nobody asked for.
    pub(super) fn finish(mut self) -> Result<(), Error> {
        match self.rest().first() {
            None => Ok(()),
            Some((key, entry)) => Err(self.unknown(entry.offset, key, &self.asked)),
        }
    }

    /// An error about a key that means nothing.
    pub(super) fn unknown(&self, offset: usize, key: &str, known: &[&str]) -> Error {
        Error::UnknownKey {
            place: self.document.place(offset),
            key: format!("{}{key}", self.prefix),
            suggestion: suggest(key, known.iter().copied()).map(str::to_owned),
            known: known.iter().map(|name| (*name).to_owned()).collect(),
        }
    }

    /// An error about a place of this document.
    pub(super) fn problem(&self, offset: usize, problem: impl Into<String>, help: impl Into<String>) -> Error {
        self.document.problem(offset, problem, help)
    }

    /// An error about a value of another kind than wanted.
    pub(super) fn wrong(&self, offset: usize, key: &str, wanted: &str) -> Error {
        self.problem(offset, format!("`{}{key}` is not {wanted}", self.prefix), format!("write {wanted}"))
    }

    /// An error about a text that is none of the words that can stand there.
    pub(super) fn no_such_word(&self, offset: usize, key: &str, word: &str, known: &[&str]) -> Error {
        let near = suggest(word, known.iter().copied());
        let near = near.map(|name| format!("did you mean \"{name}\"? ")).unwrap_or_default();
        let problem = format!("`{}{key}` cannot be \"{word}\"", self.prefix);
        self.problem(offset, problem, format!("{near}write one of {}", known.join(", ")))
    }
}
