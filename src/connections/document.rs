//! Reads tables of TOML files key by key and remembers which keys exist, so that a key nobody asked for is an error
//! with a suggestion, and every error names file and line.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Error;
use crate::diagnostic::suggest;
use crate::source::Source;

/// The largest file that is read, in bytes.
const LARGEST_FILE: u64 = 1024 * 1024;

/// A TOML text with a name for messages.
pub(super) struct Document {
    source: Source,
}

/// One table of a document, to be taken apart.
pub(super) struct Table<'a> {
    document: &'a Document,
    /// How messages name it: empty at the top, else `[auth]` or `[auth] parameters`.
    name: String,
    /// Byte offset for messages about something missing.
    offset: usize,
    entries: BTreeMap<String, Entry<'a>>,
    asked: Vec<&'static str>,
}

/// One key of a table.
struct Entry<'a> {
    offset: usize,
    value: DeValue<'a>,
}

impl Document {
    /// Takes a text.
    pub(super) fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self { source: Source::new(name.into(), text.into()) }
    }

    /// Reads a file. A file that is not there is `None`.
    pub(super) fn read(path: &Path) -> Result<Option<Self>, Error> {
        let fail = |error: std::io::Error| Error::file("read", path, &error);
        let refuse = |reason: String| Err(Error::File { action: "read", path: path.to_owned(), reason });
        match std::fs::metadata(path) {
            Ok(about) if about.len() > LARGEST_FILE => {
                return refuse(format!("it is larger than {LARGEST_FILE} bytes"));
            }
            // A device or a pipe, which a link in a stranger's project can lead to, might never end.
            Ok(about) if !about.is_file() => return refuse("it is no file".to_owned()),
            Ok(_) => {}
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(fail(error)),
        }
        let mut text = String::new();
        let file = std::fs::File::open(path).map_err(fail)?;
        file.take(LARGEST_FILE).read_to_string(&mut text).map_err(fail)?;
        Ok(Some(Self::new(path.display().to_string(), text)))
    }

    /// The text.
    pub(super) fn text(&self) -> &str {
        self.source.text()
    }

    /// The name.
    pub(super) fn name(&self) -> &str {
        self.source.name()
    }

    /// Parses the text.
    pub(super) fn table(&self) -> Result<Table<'_>, Error> {
        let entries = DeTable::parse(self.text()).map_err(|error| {
            let offset = error.span().map(|span| span.start).unwrap_or_default();
            self.problem(
                offset,
                format!("this is no TOML: {}", error.message().replace('\n', ", ")),
                "correct that line",
            )
        })?;
        Ok(Table::new(self, String::new(), entries.span().start, entries.into_inner()))
    }

    fn problem(&self, offset: usize, problem: impl Into<String>, help: impl Into<String>) -> Error {
        Error::InvalidFile { place: self.place(offset), problem: problem.into(), help: help.into() }
    }

    fn place(&self, offset: usize) -> String {
        format!("{}, line {}", self.name(), self.source.line(u32::try_from(offset).unwrap_or(u32::MAX)))
    }
}

impl<'a> Table<'a> {
    fn new(document: &'a Document, name: String, offset: usize, table: DeTable<'a>) -> Self {
        let entry = |(key, value): (Spanned<_>, Spanned<_>)| {
            let offset = key.span().start;
            let key: std::borrow::Cow<'a, str> = key.into_inner();
            (key.into_owned(), Entry { offset, value: value.into_inner() })
        };
        Self { document, name, offset, entries: table.into_iter().map(entry).collect(), asked: Vec::new() }
    }

    /// A text.
    pub(super) fn text(&mut self, key: &'static str) -> Result<Option<String>, Error> {
        match self.take(key) {
            None => Ok(None),
            Some(Entry { value: DeValue::String(text), .. }) => Ok(Some(text.into_owned())),
            Some(other) => Err(self.wrong(other.offset, key, "a text in quotes")),
        }
    }

    /// A text that must be there and not be empty.
    pub(super) fn required_text(&mut self, key: &'static str) -> Result<String, Error> {
        let offset = self.offset_of(key);
        match self.text(key)? {
            Some(text) if !text.trim().is_empty() => Ok(text),
            Some(_) => Err(self.problem(offset, format!("`{}` is empty", self.path(key)), "give it a value")),
            None => {
                Err(self.problem(offset, format!("`{}` is missing", self.path(key)), format!("add `{key} = \"…\"`")))
            }
        }
    }

    /// `true` or `false`.
    pub(super) fn boolean(&mut self, key: &'static str) -> Result<Option<bool>, Error> {
        match self.take(key) {
            None => Ok(None),
            Some(Entry { value: DeValue::Boolean(value), .. }) => Ok(Some(value)),
            Some(other) => Err(self.wrong(other.offset, key, "true or false")),
        }
    }

    /// A whole number from 0.
    pub(super) fn number(&mut self, key: &'static str) -> Result<Option<u64>, Error> {
        let Some(entry) = self.take(key) else { return Ok(None) };
        if let DeValue::Integer(number) = &entry.value
            && let Ok(number) = u64::from_str_radix(number.as_str(), number.radix())
        {
            return Ok(Some(number));
        }
        Err(self.wrong(entry.offset, key, "a whole number"))
    }

    /// A list of texts.
    pub(super) fn texts(&mut self, key: &'static str) -> Result<Option<Vec<String>>, Error> {
        let Some(entry) = self.take(key) else { return Ok(None) };
        let DeValue::Array(items) = entry.value else {
            return Err(self.wrong(entry.offset, key, "a list of texts"));
        };
        let text = |item: Spanned<DeValue<'a>>| match item.into_inner() {
            DeValue::String(text) => Ok(text.into_owned()),
            _ => Err(self.wrong(entry.offset, key, "a list of texts")),
        };
        items.into_iter().map(text).collect::<Result<_, _>>().map(Some)
    }

    /// A table of texts under names of the user's choice.
    pub(super) fn named_texts(&mut self, key: &'static str) -> Result<BTreeMap<String, String>, Error> {
        let Some(entry) = self.take(key) else { return Ok(BTreeMap::new()) };
        let DeValue::Table(table) = entry.value else {
            return Err(self.wrong(entry.offset, key, "a table of texts, { key = \"value\" }"));
        };
        let text = |(name, value): (Spanned<std::borrow::Cow<'a, str>>, Spanned<DeValue<'a>>)| match value.into_inner()
        {
            DeValue::String(text) => Ok((name.into_inner().into_owned(), text.into_owned())),
            _ => Err(self.wrong(entry.offset, key, "a table of texts, { key = \"value\" }")),
        };
        table.into_iter().map(text).collect()
    }

    /// A table.
    pub(super) fn table(&mut self, key: &'static str) -> Result<Option<Table<'a>>, Error> {
        match self.take(key) {
            None => Ok(None),
            Some(Entry { offset, value: DeValue::Table(table) }) => {
                Ok(Some(Table::new(self.document, self.path(&format!("[{key}]")), offset, table)))
            }
            Some(other) => Err(self.wrong(other.offset, key, "a table")),
        }
    }

    /// A list of tables; empty when there is none.
    pub(super) fn tables(&mut self, key: &'static str) -> Result<Vec<Table<'a>>, Error> {
        let Some(entry) = self.take(key) else { return Ok(Vec::new()) };
        let DeValue::Array(items) = entry.value else {
            return Err(self.wrong(entry.offset, key, "a list of tables"));
        };
        let table = |item: Spanned<DeValue<'a>>| {
            let offset = item.span().start;
            match item.into_inner() {
                DeValue::Table(table) => Ok(Table::new(self.document, self.path(key), offset, table)),
                _ => Err(self.wrong(offset, key, "a list of tables")),
            }
        };
        items.into_iter().map(table).collect()
    }

    /// Every entry as a table under its own name, in the order of the file.
    pub(super) fn into_tables(self) -> Result<Vec<(String, Table<'a>)>, Error> {
        let mut tables = Vec::new();
        for (key, entry) in self.entries {
            let DeValue::Table(table) = entry.value else {
                let help = format!("begin it with a line `[{key}]`");
                return Err(self.document.problem(entry.offset, format!("`{key}` is no table"), help));
            };
            let name = format!("[{key}]");
            tables.push((entry.offset, key, Table::new(self.document, name, entry.offset, table)));
        }
        tables.sort_by_key(|(offset, ..)| *offset);
        Ok(tables.into_iter().map(|(_, key, table)| (key, table)).collect())
    }

    /// Complains about keys that nobody asked for.
    pub(super) fn finish(self) -> Result<(), Error> {
        let Some((key, entry)) = self.entries.iter().min_by_key(|(_, entry)| entry.offset) else { return Ok(()) };
        Err(Error::UnknownKey {
            place: self.document.place(entry.offset),
            key: self.path(key),
            suggestion: suggest(key, self.asked.iter().copied()).map(str::to_owned),
            known: self.asked.iter().map(|key| (*key).to_owned()).collect(),
        })
    }

    /// An error about this table.
    pub(super) fn problem_here(&self, problem: impl Into<String>, help: impl Into<String>) -> Error {
        self.problem(self.offset, problem, help)
    }

    /// An error about a place of this document.
    pub(super) fn problem(&self, offset: usize, problem: impl Into<String>, help: impl Into<String>) -> Error {
        self.document.problem(offset, problem, help)
    }

    /// Where a key stands, or this table when it is not there (any more).
    pub(super) fn offset_of(&self, key: &str) -> usize {
        self.entries.get(key).map(|entry| entry.offset).unwrap_or(self.offset)
    }

    /// Where a text stands in the document, or this table when it does not.
    pub(super) fn find(&self, text: &str) -> usize {
        self.document.text().find(text).unwrap_or(self.offset)
    }

    fn take(&mut self, key: &'static str) -> Option<Entry<'a>> {
        self.asked.push(key);
        self.entries.remove(key)
    }

    fn wrong(&self, offset: usize, key: &str, wanted: &str) -> Error {
        self.problem(offset, format!("`{}` is not {wanted}", self.path(key)), format!("write {wanted}"))
    }

    fn path(&self, key: &str) -> String {
        if self.name.is_empty() { key.to_owned() } else { format!("{} {key}", self.name) }
    }
}
