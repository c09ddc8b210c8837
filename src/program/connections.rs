//! Which connections a script names, as far as it can be told without running it. The tree is asked and not the text: a
//! comment names nothing, and a text that stands elsewhere names a connection only where a task takes its name from a value.

use super::Options;
use super::bound::{Constant, ExpressionKind};
use super::lint::{connection_of, expressions};
use super::resolve::{Desk, Parts, resolve};
use crate::catalogue::Catalogue;
use crate::source::Source;
use crate::syntax::{Arena, Dialect, Header, parse};

/// Whether a script names one of these connections, or may: a name that comes from a variable is taken for every text of
/// the script. Of a script that does not parse, the parts that do are looked at.
pub fn names_connection(source: &Source, dialect: Dialect, link_names: &[&str], catalogue: &Catalogue) -> bool {
    let arena = Arena::new();
    let parsed = parse(source, dialect, &arena);
    let dialect = if parsed.is_creator { Dialect::Creator } else { dialect };
    let options = Options { dialect, guessed: true, ..Options::default() };
    let script = Parts {
        headers: parsed.script.functions.iter().map(Header::of).collect(),
        body: &parsed.script.body,
        functions: &mut |take| parsed.script.functions.iter().for_each(take),
    };
    let nodes = Arena::new();
    let mut desk = Desk::whole(&nodes);
    resolve(script, source, catalogue, &options, &mut desk, &mut |_, _| {});
    let is_named = |kind: &ExpressionKind| match kind {
        ExpressionKind::Constant(Constant::Text(name)) => link_names.iter().any(|link_name| **link_name == **name),
        _ => false,
    };
    let (mut names, mut holds, mut takes_any) = (false, false, false);
    for function in desk.functions().iter().filter(|function| function.file == 0) {
        expressions(function.body, &mut |expression| {
            holds |= is_named(&expression.kind);
            let Some(given) = connection_of(expression) else { return };
            names |= is_named(&given.kind);
            takes_any |= !matches!(given.kind, ExpressionKind::Constant(_));
        });
    }
    names || (takes_any && holds)
}
