//! The nodes of a document as XPath sees them: attributes and namespaces are nodes too. A node is three numbers whose order
//! is the order of the document, so sets of nodes are sorted and merged without asking the document.

use std::borrow::Cow;
use std::cell::Cell;

use roxmltree::{Attribute, Document, Namespace, Node, NodeId};

use crate::value::xml::Problem;

/// One node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Item {
    node: u32,
    part: Part,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Part {
    Itself,
    Namespace(u32),
    Attribute(u32),
}

/// What an [`Item`] stands for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind<'a, 'i> {
    Node(Node<'a, 'i>),
    Attribute(Attribute<'a, 'i>),
    Namespace(&'a Namespace<'i>),
}

/// A document, and the steps that are left.
pub(super) struct Tree<'a, 'i> {
    document: &'a Document<'i>,
    left: Cell<usize>,
}

impl<'a, 'i> Tree<'a, 'i> {
    pub(super) fn new(document: &'a Document<'i>, steps: usize) -> Self {
        Self { document, left: Cell::new(steps) }
    }

    /// Where paths begin: the document itself.
    pub(super) fn start(&self) -> Item {
        Item::of(self.document.root())
    }

    /// Takes steps from the budget.
    pub(super) fn spend(&self, steps: usize) -> Result<(), Problem> {
        self.left.set(self.left.get().checked_sub(steps).ok_or(Problem::Steps)?);
        Ok(())
    }

    /// Takes the steps for so many bytes of text.
    pub(super) fn spend_text(&self, bytes: usize) -> Result<(), Problem> {
        self.spend(1 + bytes / 4)
    }

    pub(super) fn kind(&self, item: Item) -> Kind<'a, 'i> {
        let node = self.owner(item);
        let found = match item.part {
            Part::Itself => None,
            Part::Attribute(at) => node.attributes().nth(at as usize).map(Kind::Attribute),
            Part::Namespace(at) => node.namespaces().nth(at as usize).map(Kind::Namespace),
        };
        found.unwrap_or(Kind::Node(node))
    }

    /// The node itself, or the element that an attribute or a namespace belongs to.
    pub(super) fn owner(&self, item: Item) -> Node<'a, 'i> {
        self.document.get_node(NodeId::new(item.node)).unwrap_or(self.document.root())
    }

    /// The text of a node (XPath 1.0, section 5): for an element all text inside.
    pub(super) fn text(&self, item: Item) -> Result<Cow<'a, str>, Problem> {
        let text = match self.kind(item) {
            Kind::Attribute(attribute) => Cow::Borrowed(attribute.value()),
            Kind::Namespace(namespace) => Cow::Borrowed(namespace.uri()),
            Kind::Node(node) if node.is_element() || node.is_root() => return self.text_inside(node),
            Kind::Node(node) => match node.pi() {
                Some(instruction) => Cow::Borrowed(instruction.value.unwrap_or_default()),
                None => Cow::Borrowed(node.text().unwrap_or_default()),
            },
        };
        self.spend_text(text.len())?;
        Ok(text)
    }

    fn text_inside(&self, node: Node<'a, 'i>) -> Result<Cow<'a, str>, Problem> {
        let mut text = Cow::Borrowed("");
        for inside in node.descendants() {
            let piece = inside.text().filter(|_| inside.is_text()).unwrap_or_default();
            self.spend_text(piece.len())?;
            text += piece;
        }
        Ok(text)
    }

    /// The name without its prefix; empty for what has none.
    pub(super) fn local_name(&self, item: Item) -> &'a str {
        match self.kind(item) {
            Kind::Attribute(attribute) => attribute.name(),
            Kind::Namespace(namespace) => namespace.name().unwrap_or_default(),
            Kind::Node(node) => match node.pi() {
                Some(instruction) => instruction.target,
                None => node.tag_name().name(),
            },
        }
    }

    /// The name as it is written.
    pub(super) fn name(&self, item: Item) -> &'a str {
        let name = match self.kind(item) {
            Kind::Attribute(attribute) => self.document.input_text().get(attribute.range_qname()),
            Kind::Node(node) if node.is_element() => Some(written_name(node)),
            _ => None,
        };
        name.unwrap_or(self.local_name(item))
    }

    /// The namespace of the name; empty for what has none.
    pub(super) fn namespace(&self, item: Item) -> &'a str {
        match self.kind(item) {
            Kind::Attribute(attribute) => attribute.namespace().unwrap_or_default(),
            Kind::Namespace(_) => "",
            Kind::Node(node) => node.tag_name().namespace().unwrap_or_default(),
        }
    }
}

/// The name of an element as its start tag has it.
pub(super) fn written_name<'a>(element: Node<'a, '_>) -> &'a str {
    let tag = element.document().input_text().get(element.range()).and_then(|text| text.get(1..)).unwrap_or_default();
    let end = tag.find(|c: char| c.is_whitespace() || matches!(c, '/' | '>')).unwrap_or(tag.len());
    tag.get(..end).unwrap_or_default()
}

impl Item {
    pub(super) fn of(node: Node<'_, '_>) -> Self {
        Self { node: node.id().get(), part: Part::Itself }
    }

    pub(super) fn attribute(owner: Node<'_, '_>, at: usize) -> Self {
        Self { node: owner.id().get(), part: Part::Attribute(u32::try_from(at).unwrap_or(u32::MAX)) }
    }

    pub(super) fn namespace(owner: Node<'_, '_>, at: usize) -> Self {
        Self { node: owner.id().get(), part: Part::Namespace(u32::try_from(at).unwrap_or(u32::MAX)) }
    }

    /// Whether it is an attribute or a namespace, which have an element as parent without being its children.
    pub(super) fn is_part(self) -> bool {
        self.part != Part::Itself
    }
}
