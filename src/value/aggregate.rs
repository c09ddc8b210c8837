//! LIST, KEY-VALUE and COLLECTION behind one pointer. The kind lives inside the shared box, not in the pointer, because
//! `{}` has no kind yet: the first `put` or `add` decides, and every variable that holds it must see the decision. A
//! COLLECTION has the same contents as a list or a map and a mark; an empty one holds [`Contents::Braces`], since what is
//! inserted first decides what it is (help page "collection data type").

use std::cell::{Cell, Ref, RefCell, RefMut};
use std::rc::Weak;

use super::elements::Watch;
use super::{Key, Kind, Map, Shared, TextKey, Value};

/// A shared list, map, collection or `{}`.
#[derive(Clone, Debug)]
pub struct Aggregate(Shared<Inner>);

/// What an aggregate holds.
#[derive(Clone, Debug)]
pub enum Contents {
    /// `{}`: nothing yet, of no kind.
    Braces,
    /// Elements.
    List(Vec<Value>),
    /// Pairs.
    Map(Map),
}

/// The element type of a typed list such as `List:Int()`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Element {
    /// `List:String()`: everything becomes text.
    Text,
    /// `List:Int()`: whole numbers, also in quotes.
    Number,
    /// `List:Float()`: numbers, also in quotes.
    Decimal,
    /// `List:Date()`: dates, also in double quotes or as milliseconds.
    Date,
    /// `List:Bool()`: true and false, also in quotes.
    Boolean,
}

#[derive(Debug)]
pub(super) struct Inner {
    contents: RefCell<Contents>,
    /// Set for a list that came from JSON: it prints as a JSON array.
    from_json: Cell<bool>,
    /// Set for a collection.
    collection: Cell<bool>,
    /// Set once a container was stored in it.
    holder: Cell<bool>,
    element: Cell<Option<Element>>,
    /// The weighing that came by last.
    weighed: Cell<u32>,
    watch: Watch,
}

impl Aggregate {
    /// The memory of one without elements, its counters included.
    pub(super) const OWN_BYTES: usize = 16 + size_of::<Inner>();

    /// A new list.
    pub fn list(items: Vec<Value>) -> Self {
        Self::new(Contents::List(items))
    }

    /// A new map.
    pub fn map(map: Map) -> Self {
        Self::new(Contents::Map(map))
    }

    /// A new `{}`.
    pub fn braces() -> Self {
        Self::new(Contents::Braces)
    }

    /// A new collection of elements or pairs; without any it is of neither kind.
    pub fn collection(contents: Contents) -> Self {
        let collection = Self::new(contents);
        collection.0.collection.set(true);
        collection.settle();
        collection
    }

    /// A new list that prints as a JSON array.
    pub fn json_list(items: Vec<Value>) -> Self {
        let list = Self::list(items);
        list.0.from_json.set(true);
        list
    }

    /// A new, empty typed list.
    pub fn typed_list(element: Element) -> Self {
        let list = Self::list(Vec::new());
        list.0.element.set(Some(element));
        list
    }

    fn new(contents: Contents) -> Self {
        Self(Shared::new(Inner {
            contents: RefCell::new(contents),
            from_json: Cell::new(false),
            collection: Cell::new(false),
            holder: Cell::new(false),
            element: Cell::new(None),
            weighed: Cell::new(0),
            watch: Watch::default(),
        }))
    }

    /// LIST, MAP, BRACES or COLLECTION.
    pub fn kind(&self) -> Kind {
        if self.is_collection() { Kind::Collection } else { self.contents_kind() }
    }

    /// LIST, MAP or BRACES: what is inside, of a collection too.
    pub fn contents_kind(&self) -> Kind {
        match &*self.borrow() {
            Contents::Braces => Kind::Braces,
            Contents::List(_) => Kind::List,
            Contents::Map(_) => Kind::Map,
        }
    }

    /// The contents to read. Never held while other script values are touched that might be the same aggregate for
    /// writing.
    pub fn borrow(&self) -> Ref<'_, Contents> {
        self.0.contents.borrow()
    }

    /// Whether this is a COLLECTION, of elements, of pairs or of nothing yet.
    pub fn is_collection(&self) -> bool {
        self.0.collection.get()
    }

    /// After a change: a collection that has lost everything may become one of the other kind.
    pub fn settle(&self) {
        if self.is_collection() && self.size() == 0 {
            *self.0.contents.borrow_mut() = Contents::Braces;
        }
    }

    /// The elements to change; `{}` becomes a list. `None` when there are pairs.
    pub fn list_mut(&self) -> Option<RefMut<'_, Vec<Value>>> {
        let mut contents = self.0.contents.borrow_mut();
        if matches!(*contents, Contents::Braces) {
            *contents = Contents::List(Vec::new());
        }
        if let Contents::List(items) = &*contents {
            self.0.watch.changes(items);
        }
        RefMut::filter_map(contents, |contents| match contents {
            Contents::List(items) => Some(items),
            _ => None,
        })
        .ok()
    }

    /// The pairs to change; `{}` becomes a map. `None` when there are elements.
    pub fn map_mut(&self) -> Option<RefMut<'_, Map>> {
        let mut contents = self.0.contents.borrow_mut();
        if matches!(*contents, Contents::Braces) {
            *contents = Contents::Map(Map::default());
        }
        RefMut::filter_map(contents, |contents| match contents {
            Contents::Map(map) => Some(map),
            _ => None,
        })
        .ok()
    }

    /// The pairs to change, when there are pairs already.
    #[inline]
    pub fn pairs_mut(&self) -> Option<RefMut<'_, Map>> {
        let changed = RefMut::filter_map(self.0.contents.borrow_mut(), |contents| match contents {
            Contents::Map(map) => Some(map),
            _ => None,
        });
        changed.ok()
    }

    /// A copy of the elements, which for a collection of pairs are its values; empty for `{}`, `None` for a map.
    pub fn items(&self) -> Option<Vec<Value>> {
        match &*self.borrow() {
            Contents::Braces => Some(Vec::new()),
            Contents::List(items) => Some(items.clone()),
            Contents::Map(map) if self.is_collection() => Some(map.values().cloned().collect()),
            Contents::Map(_) => None,
        }
    }

    /// The element at an index; `None` beyond the end and when there are pairs.
    pub fn item(&self, index: usize) -> Option<Value> {
        match &*self.borrow() {
            Contents::List(items) => items.get(index).cloned(),
            _ => None,
        }
    }

    /// The value of a text key; `None` when there is no such key and when there are elements.
    pub fn entry(&self, key: &str) -> Option<Value> {
        match &*self.borrow() {
            Contents::Map(map) => map.get(&TextKey(key)).cloned(),
            _ => None,
        }
    }

    /// How many elements or pairs.
    pub fn size(&self) -> usize {
        match &*self.borrow() {
            Contents::Braces => 0,
            Contents::List(items) => items.len(),
            Contents::Map(map) => map.len(),
        }
    }

    /// Whether a list came from JSON.
    pub fn is_from_json(&self) -> bool {
        self.0.from_json.get()
    }

    /// The element type of a typed list.
    pub fn element(&self) -> Option<Element> {
        self.0.element.get()
    }

    /// Whether a weighing comes by for the first time.
    pub(super) fn is_first_in(&self, weighing: u32) -> bool {
        self.0.weighed.replace(weighing) != weighing
    }

    /// Notes that a container is stored in it; false when that is no news.
    pub(super) fn becomes_holder(&self) -> bool {
        !self.0.holder.replace(true)
    }

    /// After elements or pairs were added, which are `size` now: makes room for the next `step` bytes of a container that is
    /// larger than that and nearly full. Otherwise it would double, and take far more than a limit of memory that it is still
    /// below.
    #[inline]
    pub fn make_room(&self, size: usize, step: usize) {
        // No container that is smaller is both larger than a step and nearly full, not even one of pairs.
        if size.saturating_mul(size_of::<(Key, Value)>()) > step / 2 {
            self.make_room_for(step);
        }
    }

    #[cold]
    fn make_room_for(&self, step: usize) {
        match &mut *self.0.contents.borrow_mut() {
            Contents::Braces => {}
            Contents::List(items) => {
                if let Some(more) = next_step(items.len(), items.capacity() - items.len(), size_of::<Value>(), step) {
                    items.reserve_exact(more);
                }
            }
            Contents::Map(map) => {
                if let Some(more) = next_step(map.len(), map.room(), size_of::<Key>() + size_of::<Value>(), step) {
                    map.reserve_exact(more);
                }
            }
        }
    }

    pub(super) fn watch(&self) -> &Watch {
        &self.0.watch
    }

    /// Whether both are the same object.
    pub fn is_same(&self, other: &Self) -> bool {
        Shared::ptr_eq(&self.0, &other.0)
    }

    /// Whether nobody else holds it.
    pub(super) fn is_sole(&self) -> bool {
        Shared::strong_count(&self.0) == 1
    }

    /// Where it is, the same for all that share it.
    pub(super) fn address(&self) -> usize {
        Shared::as_ptr(&self.0) as usize
    }

    pub(super) fn downgrade(&self) -> Weak<Inner> {
        Shared::downgrade(&self.0)
    }
}

impl Inner {
    pub(super) fn empty(&self) {
        if let Ok(mut contents) = self.contents.try_borrow_mut() {
            let taken = std::mem::replace(&mut *contents, Contents::Braces);
            drop(contents);
            drop_flat(taken);
        }
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        drop_flat(std::mem::replace(self.contents.get_mut(), Contents::Braces));
    }
}

/// How many elements of `each` bytes a large container is to make room for, if it is nearly full.
fn next_step(size: usize, room: usize, each: usize, step: usize) -> Option<usize> {
    let is_due = (size + room) * each > step && room * each < step / 16;
    is_due.then(|| room + step / each)
}

/// How deep containers are freed one inside the other. What is deeper waits.
const NEAR: usize = 16;

/// Frees contents. A script can nest lists a million deep, and freeing them one inside the other would end the thread's stack:
/// that goes only so deep, and on in a loop.
fn drop_flat(contents: Contents) {
    if matches!(contents, Contents::Braces) {
        return;
    }
    let mut deep = Vec::new();
    drop_near(contents, 0, &mut deep);
    while let Some(contents) = deep.pop() {
        drop_near(contents, 0, &mut deep);
    }
}

/// Frees contents with what they hold, but for the contents that are too deep.
fn drop_near(mut contents: Contents, depth: usize, deep: &mut Vec<Contents>) {
    let take = |value: &mut Value| {
        let Some(inner) = last_contents(value) else { return };
        match depth < NEAR {
            true => drop_near(inner, depth + 1, deep),
            false => deep.push(inner),
        }
    };
    match &mut contents {
        Contents::Braces => {}
        Contents::List(items) => items.iter_mut().for_each(take),
        Contents::Map(map) => map.for_each_held(take),
    }
}

/// What the container in a place holds when nobody else has it. The place is emptied in any case: what stands there twice is
/// the last one the second time.
#[inline]
fn last_contents(place: &mut Value) -> Option<Contents> {
    if !place.reaches_others() {
        return None;
    }
    let container = match std::mem::take(place) {
        Value::Aggregate(aggregate) => aggregate,
        // An error may have been thrown with a map that holds the next error.
        Value::Caught(caught) => match Shared::into_inner(caught)?.thrown {
            Value::Aggregate(aggregate) => aggregate,
            _ => return None,
        },
        _ => return None,
    };
    // Not `Shared::get_mut`: it refuses what a run remembers weakly because of a container in it.
    if !container.is_sole() {
        return None;
    }
    Some(std::mem::replace(&mut *container.0.contents.try_borrow_mut().ok()?, Contents::Braces))
}
