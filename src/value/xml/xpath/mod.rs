//! XPath 1.0 over one XML text. A path is parsed against a document, because its prefixes are those that the document
//! declares; evaluating it costs steps from a budget, so that no path runs for long; and its result becomes the text that
//! scripts get.
//!
//! `/a/b[2]/text()` → [`lexer`] → [`parser`] → [`ast::Expression`] → [`evaluate`] → [`object::Object`] → [`result`]

mod ast;
mod axis;
mod compare;
mod evaluate;
mod functions;
mod lexer;
mod object;
mod parser;
mod result;
mod tree;

pub(super) use result::BETWEEN_TEXTS;

use super::{Problem, document};

/// Steps of one call: nodes looked at, operations, and every four bytes of text. About a second at worst.
const MAX_STEPS: usize = 10_000_000;

/// Evaluates a path on an XML text and gives the result as text of at most `largest` bytes; empty when nothing was found.
pub fn execute(text: &str, path: &str, largest: usize) -> Result<String, Problem> {
    execute_within(MAX_STEPS, text, path, largest)
}

/// Like [`execute`], with a budget of its own.
pub(super) fn execute_within(steps: usize, text: &str, path: &str, largest: usize) -> Result<String, Problem> {
    let document = document::read(document::trimmed(text))?;
    let expression = parser::parse(path, &|prefix| namespace(&document, prefix))?;
    let tree = tree::Tree::new(&document, steps);
    let object = evaluate::evaluate(&tree, &expression, tree.start())?;
    result::text(&tree, object, largest)
}

/// What the first declaration of a prefix in the document binds it to.
fn namespace(document: &roxmltree::Document<'_>, prefix: &str) -> Option<String> {
    document.descendants().find_map(|node| node.lookup_namespace_uri(Some(prefix))).map(str::to_owned)
}
