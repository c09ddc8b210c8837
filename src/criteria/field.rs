//! Fields of records. A name may be written in several ways (`Email`, `Contacts.Email`) and lead through other values
//! (`Account_Name.name`); where it leads through the rows of a subform it stands for the values of all rows.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::hash::BuildHasher;

use indexmap::IndexMap;

use crate::value::Data;

/// Something with fields. Implement it for a type of your own to judge its values without copying them into a map.
///
/// A dotted name such as `Account_Name.name` is asked for as a whole first. If there is no such field, its beginning,
/// `Account_Name`, is asked for, and the rest is looked up in the value.
pub trait Record {
    /// The value of a field; `None` for a field that the record does not have.
    fn field(&self, name: &str) -> Option<&Data>;
}

impl Record for Data {
    /// The value of a key of a map.
    fn field(&self, name: &str) -> Option<&Data> {
        self.get(name)
    }
}

impl<S: BuildHasher> Record for HashMap<String, Data, S> {
    fn field(&self, name: &str) -> Option<&Data> {
        self.get(name)
    }
}

impl Record for BTreeMap<String, Data> {
    fn field(&self, name: &str) -> Option<&Data> {
        self.get(name)
    }
}

impl<S: BuildHasher> Record for IndexMap<String, Data, S> {
    fn field(&self, name: &str) -> Option<&Data> {
        self.get(name)
    }
}

impl<R: Record + ?Sized> Record for &R {
    fn field(&self, name: &str) -> Option<&Data> {
        (**self).field(name)
    }
}

/// The fields that criteria name.
#[derive(Debug)]
pub(super) struct Fields {
    /// `Contacts.`, if the module is known.
    prefix: Option<String>,
    all: Vec<Field>,
}

#[derive(Debug)]
struct Field {
    name: Box<str>,
    /// The names that it may have in a record, the likeliest first.
    paths: Vec<Path>,
}

/// A name, and where its parts end.
#[derive(Debug)]
struct Path {
    name: Box<str>,
    dots: Vec<usize>,
}

impl Fields {
    pub fn new(module: Option<&str>) -> Self {
        Self { prefix: module.map(|module| format!("{module}.")), all: Vec::new() }
    }

    /// The place of a field, which is added if it is new.
    pub fn place(&mut self, name: &str) -> usize {
        if let Some(place) = self.all.iter().position(|field| &*field.name == name) {
            return place;
        }
        let mut paths = vec![Path::new(name)];
        if let Some(prefix) = &self.prefix {
            let other = name.strip_prefix(prefix.as_str()).map_or_else(|| format!("{prefix}{name}"), str::to_owned);
            paths.push(Path::new(&other));
        }
        self.all.push(Field { name: name.into(), paths });
        self.all.len() - 1
    }

    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.all.iter().map(|field| &*field.name)
    }

    /// The value of a field in a record; `None` if the record has none.
    pub fn value<'r, R: Record + ?Sized>(&self, place: usize, record: &'r R) -> Option<Cow<'r, Data>> {
        let field = self.all.get(place)?;
        field.paths.iter().find_map(|path| path.value(record))
    }
}

impl Path {
    fn new(name: &str) -> Self {
        Self { name: name.into(), dots: name.match_indices('.').map(|(at, _)| at).collect() }
    }

    fn value<'r, R: Record + ?Sized>(&self, record: &'r R) -> Option<Cow<'r, Data>> {
        if let Some(value) = record.field(&self.name) {
            return Some(Cow::Borrowed(value));
        }
        self.dots.iter().rev().find_map(|dot| {
            let (head, rest) = self.name.split_at_checked(*dot)?;
            let value = record.field(head)?;
            inside(value, rest.get(1..)?)
        })
    }
}

/// What a dotted name leads to in a value.
fn inside<'r>(value: &'r Data, path: &str) -> Option<Cow<'r, Data>> {
    let mut found = vec![value];
    let mut is_list = false;
    for part in path.split('.') {
        let mut next = Vec::new();
        for value in found {
            match value {
                Data::List { items, .. } | Data::Elements(items) => {
                    is_list = true;
                    next.extend(items.iter().filter_map(|item| item.get(part)));
                }
                value => next.extend(value.get(part)),
            }
        }
        found = next;
    }
    if is_list {
        return Some(Cow::Owned(Data::list(found.into_iter().filter(|value| **value != Data::Null).cloned())));
    }
    found.first().map(|value| Cow::Borrowed(*value))
}
