//! The functions of a project's other files. A call of `standalone.f` finds its file here; only the functions that a
//! script reaches are compiled with it, so that a mistake in a file that nobody calls stops nothing.

use std::collections::HashMap;

use super::types::Type;
use crate::source::Source;
use crate::syntax::{Arena, Dialect, parse};

/// Files with functions, found by the functions' dotted names.
#[derive(Clone, Debug, Default)]
pub struct Library {
    files: Vec<File>,
    /// Which file defines a function, and its place there. The first file that defines a name has it.
    functions: HashMap<String, Place>,
}

#[derive(Clone, Debug)]
struct File {
    source: Source,
    dialect: Dialect,
    headers: Vec<Header>,
}

/// Where a function stands: the number of its file, and its place there.
pub(super) type Place = (usize, usize);

/// What a call of a function must match.
#[derive(Clone, Debug)]
pub(super) struct Header {
    pub name: String,
    /// `name(first, second)`
    pub signature: String,
    pub parameters: usize,
    pub returns: Type,
}

impl Library {
    /// A library of these files, each read in its dialect. What does not parse is left out; checking the file tells why.
    pub fn new(files: impl IntoIterator<Item = (Source, Dialect)>) -> Self {
        let mut library = Self::default();
        files.into_iter().for_each(|(source, dialect)| library.add(source, dialect));
        library
    }

    /// The functions of both; where both define a name, it is this library's.
    #[must_use]
    pub fn before(mut self, other: &Library) -> Self {
        let first = self.files.len();
        self.files.extend(other.files.iter().cloned());
        for (name, (file, place)) in &other.functions {
            self.functions.entry(name.clone()).or_insert((first + file, *place));
        }
        self
    }

    fn add(&mut self, source: Source, dialect: Dialect) {
        let file = self.files.len();
        let mut headers = Vec::new();
        let arena = Arena::new();
        for function in &parse(&source, dialect, &arena).script.functions {
            let name = function.name().into_owned();
            self.functions.entry(name.clone()).or_insert((file, headers.len()));
            let returns = Type::parse(function.returns.name.text);
            let parameters: Vec<&str> = function.parameters.iter().map(|parameter| parameter.name.text).collect();
            let signature = format!("{name}({})", parameters.join(", "));
            headers.push(Header { name, signature, parameters: parameters.len(), returns });
        }
        if !headers.is_empty() {
            self.files.push(File { source, dialect, headers });
        }
    }

    /// The function of exactly this name.
    pub(super) fn find(&self, name: &str) -> Option<Place> {
        self.functions.get(name).copied()
    }

    /// The function of exactly this name in a file.
    pub(super) fn find_in(&self, file: usize, name: &str) -> Option<Place> {
        let headers = &self.files.get(file)?.headers;
        headers.iter().position(|header| header.name == name).map(|place| (file, place))
    }

    /// The header of a function.
    pub(super) fn header(&self, (file, place): Place) -> Option<&Header> {
        self.files.get(file)?.headers.get(place)
    }

    /// The places of all functions in the order of the files. Of several with one name it is the first.
    pub(super) fn places(&self) -> impl Iterator<Item = Place> {
        let of = |(file, known): (usize, &File)| {
            (0..known.headers.len()).map(move |place| (file, place)).collect::<Vec<_>>()
        };
        let all = self.files.iter().enumerate().flat_map(of);
        all.filter(|&place| self.header(place).is_some_and(|header| self.find(&header.name) == Some(place)))
    }

    /// The text and the dialect of a file.
    pub(super) fn file(&self, number: usize) -> Option<(&Source, Dialect)> {
        self.files.get(number).map(|file| (&file.source, file.dialect))
    }

    /// Whether there are no functions in it.
    pub fn is_empty(&self) -> bool {
        self.functions.is_empty()
    }

    /// Whether a function has this name, or is the only one whose last part it is.
    pub fn defines(&self, name: &str) -> bool {
        let ends = |known: &&str| known.rsplit('.').next() == Some(name);
        self.functions.contains_key(name) || self.names().filter(ends).count() == 1
    }

    /// Every function as it is called, and the name of its file, in the order of the files.
    pub fn signatures(&self) -> Vec<(String, String)> {
        let of = |file: &File| {
            let name = file.source.name().to_owned();
            file.headers.iter().map(move |header| (header.signature.clone(), name.clone())).collect::<Vec<_>>()
        };
        self.files.iter().flat_map(of).collect()
    }

    /// The names of all functions.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.functions.keys().map(String::as_str)
    }
}
