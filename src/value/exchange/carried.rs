//! How a `Data` inside a Rust type passes serde unharmed. Serde's own data model has no decimals, dates or files, so
//! without this a date would arrive as text. Our serializer and deserializer know our types by the name of a newtype; they
//! open a slot of this thread, the type on the other side uses the slot instead of serde, and the slot is closed again.
//! Every other format sees an ordinary newtype.

use std::cell::RefCell;

use crate::value::Data;

/// The name of the newtype around our types.
pub(super) const TOKEN: &str = "$sluice::Data";

enum Slot {
    Closed,
    /// Our serializer waits for a value.
    Wanted,
    /// A value is on its way.
    Held(Data),
}

thread_local! {
    static SLOT: RefCell<Slot> = const { RefCell::new(Slot::Closed) };
}

/// Opens the slot while `inside` runs; gives what was put into it.
pub(super) fn receive<T>(inside: impl FnOnce() -> T) -> (T, Option<Data>) {
    SLOT.replace(Slot::Wanted);
    let done = inside();
    match SLOT.replace(Slot::Closed) {
        Slot::Held(data) => (done, Some(data)),
        Slot::Wanted | Slot::Closed => (done, None),
    }
}

/// Puts a value into an open slot; false when none is open.
pub(super) fn put(data: &Data) -> bool {
    SLOT.with_borrow_mut(|slot| {
        let is_wanted = matches!(slot, Slot::Wanted);
        if is_wanted {
            *slot = Slot::Held(data.clone());
        }
        is_wanted
    })
}

/// Holds a value out while `inside` runs.
pub(super) fn send<T>(data: &Data, inside: impl FnOnce() -> T) -> T {
    SLOT.replace(Slot::Held(data.clone()));
    let done = inside();
    SLOT.replace(Slot::Closed);
    done
}

/// Takes the value that is held out, if one is.
pub(super) fn take() -> Option<Data> {
    SLOT.with_borrow_mut(|slot| match std::mem::replace(slot, Slot::Closed) {
        Slot::Held(data) => Some(data),
        other => {
            *slot = other;
            None
        }
    })
}
