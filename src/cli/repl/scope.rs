//! What completion sees: the live values of the session, its functions and the project's, and the connections.

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

use crate::cli::workspace::Workspace;
use crate::repl::complete::{Function, Named, Scope, Seen, Step, Variable, seen};
use crate::repl::session::Session;

/// The session between two inputs.
pub(super) struct Live {
    session: Rc<RefCell<Session>>,
    /// Read when they are first asked for: most sessions complete no link name.
    connections: OnceCell<Vec<Named>>,
    workspace: Option<Workspace>,
}

impl Live {
    pub(super) fn new(session: &Rc<RefCell<Session>>, workspace: Option<Workspace>) -> Self {
        Self { session: Rc::clone(session), connections: OnceCell::new(), workspace }
    }
}

impl Scope for Live {
    fn variables(&self, prefix: &str, most: usize) -> Vec<Variable> {
        let Ok(session) = self.session.try_borrow() else { return Vec::new() };
        let begins = |name: &str| name.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix));
        let found = session.variables().filter(|(name, _)| begins(name));
        found.take(most).map(|(name, value)| Variable { name: name.to_owned(), kind: value.kind() }).collect()
    }

    fn look(&self, variable: &str, steps: &[Step]) -> Option<Seen> {
        seen(self.session.try_borrow().ok()?.get(variable)?, steps)
    }

    fn functions(&self, prefix: &str) -> Vec<Function> {
        let Ok(session) = self.session.try_borrow() else { return Vec::new() };
        let begins = |name: &str| name.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix));
        let function = |signature: &str, about: &str| Function {
            name: signature.split('(').next().unwrap_or_default().to_owned(),
            signature: signature.to_owned(),
            about: format!("defined in {about}"),
        };
        let own = session.functions().map(|(_, signature, input)| function(signature, input));
        let project = session.project().signatures();
        let project = project.iter().map(|(signature, file)| function(signature, file));
        own.chain(project).filter(|function| begins(&function.name)).collect()
    }

    fn connections(&self) -> Vec<Named> {
        self.connections.get_or_init(|| self.workspace.as_ref().map(named).unwrap_or_default()).clone()
    }
}

/// The link names of a workspace; none where the registry cannot be read, which a call tells.
fn named(workspace: &Workspace) -> Vec<Named> {
    let Ok(registry) = workspace.registry() else { return Vec::new() };
    let all = registry.connections();
    all.map(|connection| Named { name: connection.link_name.to_string(), about: connection.service.to_string() })
        .collect()
}
