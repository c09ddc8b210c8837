//! KEY-VALUE. Maps in scripts are records: a few pairs under names, made alike a thousand times. Those share their keys; all
//! others have keys of their own. Pairs keep the order of insertion.

mod index;
mod pairs;
mod record;
mod shape;
mod table;
mod tags;
#[cfg(test)]
mod tests;

pub use self::pairs::Pairs;
pub use self::record::Guess;
use self::record::Record;
use self::table::Table;
use super::key::Sought;
use super::{Key, Text, Value};

/// A record has no more pairs, and a table of more has an index; the tags of so many fit one number.
const FEW: usize = 16;

/// Pairs in the order in which their keys were put first.
#[derive(Clone, Debug)]
pub struct Map(Form);

#[derive(Clone, Debug)]
enum Form {
    /// Few pairs under names.
    Record(Record),
    /// All others; also few pairs of which nothing has become a record, because too many different ones were met.
    Table(Box<Table>),
}

impl Default for Map {
    #[inline]
    fn default() -> Self {
        Map(Form::Record(Record::default()))
    }
}

impl Map {
    /// An empty map with room for so many pairs.
    pub fn with_capacity(pairs: usize) -> Self {
        Map(match pairs > FEW {
            true => Form::Table(Box::new(Table::with_capacity(pairs))),
            false => Form::Record(Record::with_capacity(pairs)),
        })
    }

    /// A map that an instruction makes again and again, with values for these keys in the same order.
    pub fn of_record<'k>(
        keys: impl Iterator<Item = &'k str>,
        values: impl ExactSizeIterator<Item = Value>,
        guess: &Guess,
    ) -> Self {
        if let Some(shape) = guess.next() {
            return Map(Form::Record(Record::of(shape, values)));
        }
        let count = values.len();
        let mut map = Self::with_capacity(count);
        keys.zip(values).for_each(|(key, value)| drop(map.insert_text(key, value)));
        if let Form::Record(record) = &map.0
            && record.values().len() == count
        {
            guess.set_next(record.shape());
        }
        map
    }

    /// How many pairs there are.
    #[inline]
    pub fn len(&self) -> usize {
        match &self.0 {
            Form::Record(record) => record.values().len(),
            Form::Table(table) => table.len(),
        }
    }

    /// Whether there is no pair.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The value of a key.
    #[inline]
    pub fn get<K: Sought + ?Sized>(&self, key: &K) -> Option<&Value> {
        match &self.0 {
            Form::Record(record) => record.values().get(record.position(key)?),
            Form::Table(table) => table.get(key),
        }
    }

    /// The value of a key that an instruction asks for again and again.
    #[inline(always)]
    pub fn get_guessed(&self, key: &Text, guess: &Guess) -> Option<&Value> {
        match &self.0 {
            Form::Record(record) => record.get(key, guess),
            Form::Table(table) => table.get(&super::TextKey(key)),
        }
    }

    /// The value of a key, to change.
    #[inline]
    pub fn get_mut<K: Sought + ?Sized>(&mut self, key: &K) -> Option<&mut Value> {
        match &mut self.0 {
            Form::Record(record) => {
                let place = record.position(key)?;
                record.values_mut().get_mut(place)
            }
            Form::Table(table) => table.get_mut(key),
        }
    }

    /// Whether there is such a key.
    pub fn contains_key<K: Sought + ?Sized>(&self, key: &K) -> bool {
        self.position(key).is_some()
    }

    /// Where a key is. It stays there until a pair is removed, and after that only [`Map::get_index`] tells whether it still
    /// is there.
    #[inline]
    pub fn position<K: Sought + ?Sized>(&self, key: &K) -> Option<usize> {
        match &self.0 {
            Form::Record(record) => record.position(key),
            Form::Table(table) => table.position(key),
        }
    }

    /// The pair at a [position](Map::position); `None` beyond the end and where one was removed.
    #[inline]
    pub fn get_index(&self, position: usize) -> Option<(&Key, &Value)> {
        match &self.0 {
            Form::Record(record) => Some((record.keys().get(position)?, record.values().get(position)?)),
            Form::Table(table) => table.get_index(position),
        }
    }

    /// Puts a value under a key and gives the one that was there. A key that is there already keeps its place.
    #[inline]
    pub fn insert(&mut self, key: Key, value: Value) -> Option<Value> {
        match (&mut self.0, &key) {
            (Form::Record(record), Key::Text(text)) => match record.insert(text, value) {
                Ok(before) => before,
                Err(value) => self.as_table(|table| table.insert(key, value)),
            },
            (Form::Table(table), _) => table.insert(key, value),
            _ => self.as_table(|table| table.insert(key, value)),
        }
    }

    /// The same with a text as key, of which a key is made only if need be.
    pub fn insert_text(&mut self, key: &str, value: Value) -> Option<Value> {
        match &mut self.0 {
            Form::Record(record) => match record.insert(key, value) {
                Ok(before) => before,
                Err(value) => self.as_table(|table| table.insert(Key::from(key), value)),
            },
            Form::Table(table) => table.insert(Key::from(key), value),
        }
    }

    /// The same with a text that an instruction puts again and again.
    #[inline(always)]
    pub fn put_guessed(&mut self, key: &Text, value: &Value, guess: &Guess) {
        if let Form::Record(record) = &mut self.0
            && record.put(key, value, guess)
        {
            return;
        }
        self.put_in_table(key, value);
    }

    #[inline(never)]
    fn put_in_table(&mut self, key: &Text, value: &Value) {
        self.as_table(|table| table.insert(Key::of(key), value.clone()));
    }

    /// Removes a key and gives its value; the others keep their order.
    pub fn shift_remove<K: Sought + ?Sized>(&mut self, key: &K) -> Option<Value> {
        self.position(key)?;
        self.as_table(|table| table.shift_remove(key))
    }

    /// Removes every pair.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// The pairs in order.
    pub fn iter(&self) -> Pairs<'_> {
        match &self.0 {
            Form::Record(record) => Pairs::of_record(record.keys(), record.values()),
            Form::Table(table) => table.iter(),
        }
    }

    /// The keys in order.
    pub fn keys(&self) -> impl ExactSizeIterator<Item = &Key> {
        self.iter().map(|(key, _)| key)
    }

    /// The values in the order of their keys.
    pub fn values(&self) -> impl ExactSizeIterator<Item = &Value> {
        self.iter().map(|(_, value)| value)
    }

    /// The keys that it shares with no other map.
    pub(super) fn own_keys(&self) -> impl Iterator<Item = &Key> {
        let table = match &self.0 {
            Form::Record(_) => None,
            Form::Table(table) => Some(table.iter()),
        };
        table.into_iter().flatten().map(|(key, _)| key)
    }

    /// Hands out all values, those among the keys too, to take out of them what is to be dropped in another way.
    pub(super) fn for_each_held(&mut self, mut take: impl FnMut(&mut Value)) {
        match &mut self.0 {
            Form::Record(record) => record.values_mut().iter_mut().for_each(take),
            Form::Table(table) => table.for_each_held(&mut take),
        }
    }

    /// The bytes that it takes beside what its keys and values hold, and beside what it shares.
    pub fn bytes(&self) -> usize {
        match &self.0 {
            Form::Record(record) => record.bytes(),
            Form::Table(table) => size_of::<Table>() + table.bytes(),
        }
    }

    /// How many pairs can be put before it needs more memory.
    pub fn room(&self) -> usize {
        match &self.0 {
            Form::Record(record) => record.room(),
            Form::Table(table) => table.room(),
        }
    }

    /// Makes room for so many pairs more, and for none beyond.
    pub fn reserve_exact(&mut self, pairs: usize) {
        match &mut self.0 {
            Form::Record(record) if record.values().len() + pairs <= FEW => record.reserve_exact(pairs),
            _ => self.as_table(|table| table.reserve_exact(pairs)),
        }
    }

    /// Does something to this map as one with keys of its own, which it stays.
    fn as_table<R>(&mut self, act: impl FnOnce(&mut Table) -> R) -> R {
        match &mut self.0 {
            Form::Table(table) => act(table),
            Form::Record(record) => {
                let mut table = Box::new(std::mem::take(record).into_table());
                let done = act(&mut table);
                self.0 = Form::Table(table);
                done
            }
        }
    }
}
