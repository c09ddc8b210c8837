//! An XML text as a tree of [`roxmltree`], and its nodes as texts. What a script gets of an element is a piece of the text it
//! gave, character by character; only declarations of namespaces that stand further out are added to it, so that the
//! piece can be read alone.

use roxmltree::{Document, Node, ParsingOptions};

use super::{Problem, guard};

/// Reads one document.
pub(super) fn read(text: &str) -> Result<Document<'_>, Problem> {
    guard::check(text)?;
    // A document type without declarations of its own does no harm, and the guard has refused all others.
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    Document::parse_with_options(text, options).map_err(|error| Problem::Xml(error.to_string()))
}

/// Without a byte-order mark and blanks before the XML declaration, which servers send and the standard forbids.
pub(super) fn trimmed(text: &str) -> &str {
    text.trim_start_matches('\u{feff}').trim()
}

/// What an XML text or the result of a path consists of (help page "toXmlList"): its outermost elements, and texts
/// between them; for a result of texts alone, those texts.
pub fn nodes(text: &str) -> Result<Vec<String>, Problem> {
    let text = trimmed(text);
    if !text.contains('<') {
        let texts = text.split(super::xpath::BETWEEN_TEXTS).filter(|_| !text.is_empty());
        return Ok(texts.map(str::to_owned).collect());
    }
    if let Ok(document) = read(text) {
        return Ok(vec![source(document.root_element()).to_owned()]);
    }
    let wrapped = format!("<root>{text}</root>");
    let document = read(&wrapped)?;
    let shown = document.root_element().children().filter(|node| node.is_element() || is_word(*node));
    Ok(shown.map(|node| node.text().filter(|_| node.is_text()).unwrap_or(source(node)).to_owned()).collect())
}

fn is_word(node: Node<'_, '_>) -> bool {
    node.is_text() && node.text().is_some_and(|text| !text.trim().is_empty())
}

/// The part of the text that the node was read from.
pub(super) fn source<'i>(node: Node<'_, 'i>) -> &'i str {
    node.document().input_text().get(node.range()).unwrap_or_default()
}

/// An element as a text of its own, appended to `out`.
pub(super) fn write_element(element: Node<'_, '_>, out: &mut String) {
    let source = source(element);
    let name_end = source.find(|c: char| c.is_whitespace() || c == '/' || c == '>').unwrap_or(source.len());
    let (name, rest) = source.split_at_checked(name_end).unwrap_or((source, ""));
    out.push_str(name);
    for namespace in element.namespaces() {
        let declaration = namespace.name().map_or_else(|| "xmlns".to_owned(), |prefix| format!("xmlns:{prefix}"));
        let is_used = namespace.name().is_none_or(|prefix| uses(source, prefix));
        if is_used && !declares(rest, &declaration) {
            out.push(' ');
            out.push_str(&declaration);
            out.push_str("=\"");
            super::write::escape_to(namespace.uri(), out);
            out.push('"');
        }
    }
    out.push_str(rest);
}

/// Whether a name in the piece seems to begin with the prefix. Words of a text may look like it, which does no harm.
fn uses(source: &str, prefix: &str) -> bool {
    let named = format!("{prefix}:");
    source.match_indices(&named).any(|(at, _)| {
        let before = source.get(..at).and_then(|before| before.chars().next_back());
        before.is_some_and(|before| before == '<' || before.is_whitespace())
    })
}

/// Whether the start tag, given from behind its name, has an attribute of this name.
fn declares(tag: &str, name: &str) -> bool {
    let mut rest = tag;
    loop {
        rest = rest.trim_start();
        let Some((found, value)) = rest.split_once('=') else { return false };
        if found.contains('>') {
            return false;
        }
        if found.trim_end() == name {
            return true;
        }
        let value = value.trim_start();
        let Some(quote) = value.chars().next().filter(|quote| matches!(quote, '"' | '\'')) else { return false };
        rest = value.get(1..).and_then(|value| value.split_once(quote)).map_or("", |(_, rest)| rest);
    }
}
