//! What scripts get of a result (help page "executeXpath"): an element with its tags, `text()` bare, and an attribute inside
//! an element of its name, so that a next path can begin with it. The pages show one node; several elements follow
//! each other, and texts are separated by a mark that scripts split at.

use super::object::Object;
use super::tree::{Item, Kind, Tree};
use crate::value::xml::Problem;
use crate::value::xml::document::{source, write_element};
use crate::value::xml::write::escape_to;

/// Between two texts.
pub(in crate::value::xml) const BETWEEN_TEXTS: &str = "-|-";

/// The result as text of at most `largest` bytes.
pub(super) fn text<'a>(tree: &Tree<'a, '_>, object: Object<'a>, largest: usize) -> Result<String, Problem> {
    let Object::Nodes(nodes) = object else { return Ok(object.to_text(tree)?.into_owned()) };
    let mut out = String::new();
    let mut after_text = false;
    for node in nodes {
        let is_text = is_bare(tree, node);
        if after_text && is_text {
            out.push_str(BETWEEN_TEXTS);
        }
        after_text = is_text;
        write(tree, node, &mut out)?;
        if out.len() > largest {
            return Err(Problem::Size);
        }
    }
    Ok(out)
}

fn is_bare(tree: &Tree<'_, '_>, item: Item) -> bool {
    match tree.kind(item) {
        Kind::Node(node) => node.is_text(),
        Kind::Namespace(_) => true,
        Kind::Attribute(_) => false,
    }
}

fn write(tree: &Tree<'_, '_>, item: Item, out: &mut String) -> Result<(), Problem> {
    match tree.kind(item) {
        Kind::Attribute(attribute) => {
            let name = tree.name(item);
            out.push('<');
            out.push_str(name);
            if let (Some((prefix, _)), Some(uri)) = (name.split_once(':'), attribute.namespace())
                && prefix != "xml"
            {
                out.push_str(" xmlns:");
                out.push_str(prefix);
                out.push_str("=\"");
                escape_to(uri, out);
                out.push('"');
            }
            out.push('>');
            escape_to(attribute.value(), out);
            out.push_str("</");
            out.push_str(name);
            out.push('>');
        }
        Kind::Node(node) if node.is_element() => write_element(node, out),
        Kind::Node(node) if node.is_root() => write_element(node.document().root_element(), out),
        Kind::Node(node) if node.is_text() => out.push_str(node.text().unwrap_or_default()),
        Kind::Node(node) => out.push_str(source(node)),
        Kind::Namespace(namespace) => out.push_str(namespace.uri()),
    }
    Ok(())
}
