//! From one node to others. An axis gives its nodes nearest first, which is how predicates count them, and every node
//! looked at costs a step.

use roxmltree::Node;

use super::ast::{Axis, Test};
use super::tree::{Item, Kind, Tree, written_name};
use crate::value::xml::Problem;

/// The nodes on an axis that meet the test.
pub(super) fn nodes(tree: &Tree<'_, '_>, from: Item, axis: Axis, test: &Test) -> Result<Vec<Item>, Problem> {
    let mut walk = Walk { tree, axis, test, found: Vec::new() };
    walk.run(from)?;
    Ok(walk.found)
}

struct Walk<'t, 'a, 'i> {
    tree: &'t Tree<'a, 'i>,
    axis: Axis,
    test: &'t Test,
    found: Vec<Item>,
}

impl<'a, 'i: 'a> Walk<'_, 'a, 'i> {
    fn run(&mut self, from: Item) -> Result<(), Problem> {
        let node = self.tree.owner(from);
        let is_part = from.is_part();
        match self.axis {
            Axis::Itself => self.look(from),
            Axis::Parent if is_part => self.look(Item::of(node)),
            Axis::Parent => self.all(node.parent().into_iter()),
            Axis::Ancestor => self.all(node.ancestors().skip(usize::from(!is_part))),
            Axis::AncestorOrSelf => {
                if is_part {
                    self.look(from)?;
                }
                self.all(node.ancestors())
            }
            Axis::DescendantOrSelf if is_part => self.look(from),
            Axis::DescendantOrSelf => self.all(node.descendants()),
            Axis::Following => self.following(node, is_part),
            Axis::Preceding => self.preceding(node),
            // Neither attributes nor namespaces have children, siblings or attributes.
            _ if is_part => Ok(()),
            Axis::Child => self.all(node.children()),
            Axis::Descendant => self.all(node.descendants().skip(1)),
            Axis::FollowingSibling => self.all(node.next_siblings().skip(1)),
            Axis::PrecedingSibling => self.all(node.prev_siblings().skip(1)),
            Axis::Attribute => (0..node.attributes().len()).try_for_each(|at| self.look(Item::attribute(node, at))),
            Axis::Namespace => (0..node.namespaces().len()).try_for_each(|at| self.look(Item::namespace(node, at))),
        }
    }

    /// Everything that begins after the node ends.
    fn following(&mut self, node: Node<'a, 'i>, is_part: bool) -> Result<(), Problem> {
        if is_part {
            self.all(node.descendants().skip(1))?;
        }
        for level in node.ancestors() {
            self.tree.spend(1)?;
            for sibling in level.next_siblings().skip(1) {
                self.all(sibling.descendants())?;
            }
        }
        Ok(())
    }

    /// Everything that ends before the node begins.
    fn preceding(&mut self, node: Node<'a, 'i>) -> Result<(), Problem> {
        for level in node.ancestors() {
            self.tree.spend(1)?;
            for sibling in level.prev_siblings().skip(1) {
                self.all(sibling.descendants().rev())?;
            }
        }
        Ok(())
    }

    fn all(&mut self, mut nodes: impl Iterator<Item = Node<'a, 'i>>) -> Result<(), Problem> {
        nodes.try_for_each(|node| self.look(Item::of(node)))
    }

    fn look(&mut self, item: Item) -> Result<(), Problem> {
        self.tree.spend(1)?;
        if self.meets(item) {
            self.found.push(item);
        }
        Ok(())
    }

    fn meets(&self, item: Item) -> bool {
        let kind = self.tree.kind(item);
        let is_named = match (self.axis, kind) {
            (Axis::Attribute, Kind::Attribute(_)) | (Axis::Namespace, Kind::Namespace(_)) => true,
            (Axis::Attribute | Axis::Namespace, _) => false,
            (_, Kind::Node(node)) => node.is_element(),
            _ => false,
        };
        match (self.test, kind) {
            (Test::Anything, _) => true,
            (Test::AnyName, _) => is_named,
            (Test::AnyOf(uri), _) => is_named && self.tree.namespace(item) == uri,
            (Test::Plain(name), Kind::Node(node)) => is_named && node.tag_name().name() == name && is_plain(node),
            (Test::Plain(name), _) => {
                is_named && self.tree.local_name(item) == name && self.tree.namespace(item).is_empty()
            }
            (Test::Qualified(uri, name), _) => {
                is_named && self.tree.local_name(item) == name && self.tree.namespace(item) == uri
            }
            (Test::Text, Kind::Node(node)) => node.is_text(),
            (Test::Comment, Kind::Node(node)) => node.is_comment(),
            (Test::Instruction(target), Kind::Node(node)) => {
                node.pi().is_some_and(|found| target.as_ref().is_none_or(|wanted| wanted == found.target))
            }
            _ => false,
        }
    }
}

/// Whether an element is written without a prefix. XPath 1.0 gives names in a path no default namespace, so `/feed` would
/// find nothing in a text that declares one, and there is no prefix to write instead; here names mean what they look like.
fn is_plain(element: Node<'_, '_>) -> bool {
    element.tag_name().namespace().is_none() || !written_name(element).contains(':')
}
