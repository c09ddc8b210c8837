//! The reference: every row of the catalogue as a person reads it. One [`Book`] is made of the rows and shown in three
//! ways, so that the pages in `docs/reference`, `COMPATIBILITY.md` and `sluice functions` never disagree: as Markdown, as
//! counts and lists, and as text for a terminal. Nothing here is written by hand but headings, and the explanations of the
//! codes in `docs/errors`.

mod book;
mod compatibility;
mod entry;
mod example;
mod explanation;
mod markdown;
mod part;
mod search;
mod text;
mod wrap;

pub use book::Book;
pub use compatibility::compatibility;
pub use entry::{Entry, Field};
pub use explanation::{Explained, Explanation, explain, explanation_index, explanation_text, explanations};
pub use markdown::pages;
pub use part::Part;
pub use search::Found;
pub use text::{Look, entry_text, index_text};

#[cfg(test)]
mod tests;
