//! How much memory values hold. Containers are walked by a loop, and what several values share is counted once; only
//! what really is shared is remembered for that, so that a tree of a million values needs no table of them.

use std::cell::Cell;
use std::collections::HashSet;

use super::key::OtherKey;
use super::text::heap_bytes;
use super::{Aggregate, Contents, File, Key, Shared, Text, Value};

/// What an allocation costs beside its content: the two counters of a shared pointer.
const COUNTERS: usize = 16;

/// What some values hold, estimated from the sizes of their parts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Weight {
    /// Bytes of memory.
    pub bytes: usize,
    /// Bytes of the longest text.
    pub text: usize,
    /// Elements or pairs of the largest container.
    pub elements: usize,
}

impl Weight {
    /// Everything that can be reached from these values.
    pub fn of<'a>(values: impl IntoIterator<Item = &'a Value>) -> Self {
        // After four billion weighings a container that none of them met could pass for counted.
        let number = WEIGHINGS.get().wrapping_add(1).max(1);
        WEIGHINGS.set(number);
        let mut scale = Scale { number, ..Scale::default() };
        values.into_iter().for_each(|value| scale.add(value));
        scale.finish()
    }

    /// What of a value nobody else holds: all of one that was just made, and nothing of one that was only handed over.
    pub fn of_new(value: &Value) -> Self {
        // What `get` hands over, mostly: known without a scale.
        if matches!(value, Value::Aggregate(aggregate) if !aggregate.is_sole()) {
            return Self::default();
        }
        let mut scale = Scale { skips_shared: true, ..Scale::default() };
        scale.add(value);
        scale.finish()
    }
}

thread_local! {
    /// How many weighings there were on this thread, where all that they can meet belongs.
    static WEIGHINGS: Cell<u32> = const { Cell::new(0) };
}

#[derive(Default)]
struct Scale {
    weight: Weight,
    /// Its number, which containers that were counted note.
    number: u32,
    /// Addresses of other shared values that were counted.
    seen: HashSet<usize, foldhash::fast::RandomState>,
    /// How many containers around the present one are being looked into.
    depth: usize,
    /// Containers that were too deep to be looked into yet.
    waiting: Vec<Aggregate>,
    skips_shared: bool,
}

/// How deep containers are looked into one inside the other. What is deeper waits.
const NEAR: usize = 16;

impl Scale {
    fn finish(mut self) -> Weight {
        while let Some(aggregate) = self.waiting.pop() {
            self.contents(&aggregate);
        }
        self.weight
    }

    fn contents(&mut self, aggregate: &Aggregate) {
        match &*aggregate.borrow() {
            Contents::Braces => {}
            Contents::List(items) => {
                self.container(items.len(), items.capacity() * size_of::<Value>());
                items.iter().for_each(|item| self.add(item));
            }
            Contents::Map(map) => {
                self.container(map.len(), map.bytes());
                map.own_keys().for_each(|key| self.key(key));
                map.values().for_each(|value| self.add(value));
            }
        }
    }

    fn container(&mut self, size: usize, bytes: usize) {
        self.weight.elements = self.weight.elements.max(size);
        self.weight.bytes += bytes;
    }

    fn key(&mut self, key: &Key) {
        match key {
            Key::Text(text) => self.weight.bytes += heap_bytes(text),
            Key::Number(_) => {}
            Key::Other(other) => {
                self.weight.bytes += size_of::<OtherKey>() + heap_bytes(&other.print);
                self.add(&other.value);
            }
        }
    }

    #[inline]
    fn add(&mut self, value: &Value) {
        match value {
            // What there is most of.
            Value::Text(text) => self.text(text),
            plain if plain.is_plain() => {}
            other => self.add_more(other),
        }
    }

    #[inline]
    fn text(&mut self, text: &Text) {
        self.weight.text = self.weight.text.max(text.len());
        if text.is_sole() || self.is_first(false, text.address()) {
            self.weight.bytes += text.bytes();
        }
    }

    fn add_more(&mut self, value: &Value) {
        match value {
            Value::Null | Value::Boolean(_) | Value::Number(_) | Value::Decimal { .. } | Value::Time(_) => {}
            Value::DateTime(date) => self.shared(date, 0),
            Value::Text(text) => self.text(text),
            Value::File(file) => {
                if self.is_first(file.is_sole(), file.address()) {
                    let file = file.borrow();
                    self.weight.bytes += COUNTERS + size_of::<File>() + file.name.len() + file.content_type.len();
                    // Copies of a file share their content.
                    if self.skips_shared || self.seen.insert(file.bytes.as_ptr() as usize) {
                        self.weight.bytes += file.bytes.len();
                    }
                }
            }
            Value::Caught(caught) => {
                let is_first = self.is_first(Shared::strong_count(caught) == 1, address(caught));
                if is_first {
                    self.weight.bytes += COUNTERS + size_of_val(&**caught) + caught.message.len() + caught.code.len();
                    self.add_thrown(&caught.thrown);
                }
            }
            Value::Aggregate(aggregate) => {
                if aggregate.is_sole() || (!self.skips_shared && aggregate.is_first_in(self.number)) {
                    self.weight.bytes += Aggregate::OWN_BYTES;
                    if self.depth == NEAR {
                        self.waiting.push(aggregate.clone());
                    } else {
                        self.depth += 1;
                        self.contents(aggregate);
                        self.depth -= 1;
                    }
                }
            }
        }
    }

    /// What was thrown, which is never a caught error again: throwing one hands it on.
    fn add_thrown(&mut self, thrown: &Value) {
        if !matches!(thrown, Value::Caught(_)) {
            self.add(thrown);
        }
    }

    fn shared<T>(&mut self, pointer: &Shared<T>, more: usize) {
        if self.is_first(Shared::strong_count(pointer) == 1, address(pointer)) {
            self.weight.bytes += COUNTERS + size_of::<T>() + more;
        }
    }

    /// Whether this is to be counted now.
    fn is_first(&mut self, is_sole: bool, address: usize) -> bool {
        is_sole || (!self.skips_shared && self.seen.insert(address))
    }
}

fn address<T>(pointer: &Shared<T>) -> usize {
    Shared::as_ptr(pointer) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shared_counts_once() {
        let text = Value::text("x".repeat(1_000));
        let list = Value::list(vec![text.clone(), text.clone(), text]);
        let once = Weight::of([&list]);
        assert!((1_000..1_500).contains(&once.bytes), "{once:?}");
        assert_eq!((once.text, once.elements), (1_000, 3));
        assert_eq!(Weight::of([&list, &list, &list.clone()]), once);
        let other = Value::list(vec![Value::text("x".repeat(1_000)), Value::text("y".repeat(1_000))]);
        assert!(Weight::of([&list, &other]).bytes > 3_000);
    }

    #[test]
    fn only_what_is_new_counts_as_made() {
        let inner = Value::list(vec![Value::text("x".repeat(1_000))]);
        let outer = Value::list(vec![inner.clone(), Value::Null]);
        assert!(Weight::of_new(&outer).bytes < 500);
        assert_eq!(Weight::of_new(&inner), Weight::default());
        drop(inner);
        assert!(Weight::of_new(&outer).bytes > 1_000);
    }

    #[test]
    fn what_holds_itself_and_what_is_nested_deep_is_weighed() {
        let list = Aggregate::list(vec![Value::Null]);
        let own = Value::Aggregate(list.clone());
        list.list_mut().into_iter().for_each(|mut items| items.push(own.clone()));
        assert!(Weight::of([&own]).bytes < 1_000);
        list.list_mut().into_iter().for_each(|mut items| items.clear());
        let deep = (0..100_000).fold(Value::Null, |inner, _| Value::list(vec![inner]));
        assert!(Weight::of([&deep]).bytes > 100_000 * size_of::<Value>());
    }

    #[test]
    fn maps_and_files_are_weighed_with_their_contents() {
        let file = Value::file(File::new("a", "", vec![0; 10_000]));
        let pairs = (0..100).map(|n| (Key::from(format!("{n:0>100}").as_str()), file.clone()));
        let weight = Weight::of([&Value::map(pairs.collect())]);
        assert!((10_000 + 100 * 100..60_000).contains(&weight.bytes), "{weight:?}");
    }
}
