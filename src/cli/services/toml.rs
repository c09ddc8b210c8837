//! Single keys of a TOML text set, replaced and removed; everything else stays as its author wrote it, comments included.

use toml_edit::{Array, ArrayOfTables, DocumentMut, InlineTable, Item, Table, Value};

/// Sets a text; an empty one removes the key.
pub(super) fn set_text(table: &mut Table, key: &str, text: &str) {
    if text.is_empty() {
        table.remove(key);
    } else {
        set(table, key, text);
    }
}

/// Sets a value; the comment behind the old one stays.
pub(super) fn set(table: &mut Table, key: &str, value: impl Into<Value>) {
    let mut value = value.into();
    if let Some(Item::Value(old)) = table.get(key) {
        *value.decor_mut() = old.decor().clone();
    }
    match table.get_mut(key) {
        Some(item) => *item = Item::Value(value),
        None => {
            table.insert(key, Item::Value(value));
        }
    }
}

/// A list of texts.
pub(super) fn texts(texts: &[String]) -> Value {
    Value::Array(texts.iter().map(String::as_str).collect::<Array>())
}

/// A table by its key, which is made when it is not there.
pub(super) fn table<'a>(document: &'a mut DocumentMut, key: &str) -> Option<&'a mut Table> {
    if let Some(Item::Value(Value::InlineTable(inline))) = document.get(key) {
        let table = inline.clone().into_table();
        document.insert(key, Item::Table(table));
    }
    document.entry(key).or_insert_with(|| Item::Table(Table::new())).as_table_mut()
}

/// Sets texts in the entry of a list whose `key` is `id`; a new entry is made when there is none. `as_tables` says how a
/// list that is not there yet is written: as `[[list]]`, else as `list = [{ … }]`.
pub(super) fn put(table: &mut Table, list: &str, as_tables: bool, (key, id): (&str, &str), rest: &[(&str, &str)]) {
    if !table.contains_key(list) {
        let empty = if as_tables { Item::ArrayOfTables(ArrayOfTables::new()) } else { Array::new().into() };
        table.insert(list, empty);
    }
    match table.get_mut(list) {
        Some(Item::ArrayOfTables(tables)) => {
            let is_it = |entry: &&mut Table| entry.get(key).and_then(Item::as_str) == Some(id);
            if let Some(entry) = tables.iter_mut().find(is_it) {
                rest.iter().for_each(|(name, text)| set(entry, name, *text));
                return;
            }
            let mut entry = Table::new();
            set(&mut entry, key, id);
            rest.iter().for_each(|(name, text)| set(&mut entry, name, *text));
            tables.push(entry);
        }
        Some(Item::Value(Value::Array(array))) => {
            let is_it = |entry: &&mut Value| text_in(entry, key) == Some(id);
            if let Some(Value::InlineTable(entry)) = array.iter_mut().find(is_it) {
                rest.iter().for_each(|(name, text)| {
                    entry.insert(*name, (*text).into());
                });
                return;
            }
            let mut entry = InlineTable::new();
            entry.insert(key, id.into());
            rest.iter().for_each(|(name, text)| {
                entry.insert(*name, (*text).into());
            });
            push(array, entry);
        }
        // A value of another kind is the reader's to complain about.
        _ => {}
    }
}

/// Removes the entry of a list whose `key` is `id`. Else gives what the list has.
pub(super) fn remove(table: &mut Table, list: &str, key: &str, id: &str) -> Result<(), Vec<String>> {
    let known = ids(table, list, key);
    let Some(at) = known.iter().position(|known| known == id) else { return Err(known) };
    match table.get_mut(list) {
        Some(Item::ArrayOfTables(tables)) => {
            tables.remove(at);
        }
        Some(Item::Value(Value::Array(array))) => {
            array.remove(at);
        }
        _ => {}
    }
    Ok(())
}

/// Removes a key from every entry of a list.
pub(super) fn strip(table: &mut Table, list: &str, key: &str) {
    match table.get_mut(list) {
        Some(Item::ArrayOfTables(tables)) => tables.iter_mut().for_each(|entry| {
            entry.remove(key);
        }),
        Some(Item::Value(Value::Array(array))) => {
            array.iter_mut().filter_map(Value::as_inline_table_mut).for_each(|entry| {
                entry.remove(key);
            });
        }
        _ => {}
    }
}

/// The texts under `key` of a list's entries; empty for an entry without.
fn ids(table: &Table, list: &str, key: &str) -> Vec<String> {
    match table.get(list) {
        Some(Item::ArrayOfTables(tables)) => {
            let id = |entry: &Table| entry.get(key).and_then(Item::as_str).unwrap_or_default().to_owned();
            tables.iter().map(id).collect()
        }
        Some(Item::Value(Value::Array(array))) => {
            array.iter().map(|entry| text_in(entry, key).unwrap_or_default().to_owned()).collect()
        }
        _ => Vec::new(),
    }
}

fn text_in<'a>(entry: &'a Value, key: &str) -> Option<&'a str> {
    entry.as_inline_table()?.get(key)?.as_str()
}

/// Adds an entry in the way of the last one: on a line of its own where that is.
fn push(array: &mut Array, entry: InlineTable) {
    let before = array.iter().last().and_then(|last| last.decor().prefix()?.as_str()).unwrap_or_default();
    match before.rfind('\n').and_then(|at| before.get(at..)).map(str::to_owned) {
        Some(line) => array.push_formatted(Value::InlineTable(entry).decorated(line, "")),
        None => array.push(entry),
    }
}
