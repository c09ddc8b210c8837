//! Creator's records and client statements as tasks. Scripts do not write them as tasks: the resolver turns
//! `Form[criteria]`, `insert into`, `alert` and the like into them, with the criteria as a tree of maps, which
//! `criteria` reads back. So records need no instruction of their own, and a store is one more driver.

mod criteria;
mod records;
mod screen;

use crate::catalogue::{Attribute, Form, Perform, Task};

/// The rows.
pub(super) fn tasks() -> Vec<Task> {
    let mut tasks = records::tasks();
    tasks.push(screen::task());
    tasks
}

fn task(
    name: &'static str,
    attributes: &'static [Attribute],
    about: &'static str,
    perform: impl Perform + 'static,
) -> Task {
    let form = Form::Statement(attributes);
    Task {
        name: name.into(),
        alias_of: None,
        group: "creator forms",
        page: "data-access",
        form,
        about: about.into(),
        examples: &[],
        differs: &[
            "No store of records and no screen come with Sluice: a run passes it to the program that embeds it, and on the command line it is an error that a script can catch.",
        ],
        see: &[],
        absent: None,
        perform: Box::new(perform),
    }
}

const fn attribute(name: &'static str, about: &'static str) -> Attribute {
    Attribute { name, about, required: false, word: false }
}
