//! The process that renews a token for a run: this program once more, with a word that no person types. It is given the
//! folders and the network of the run, so that it finds the same connection and asks the same server.

use std::io::{Read, Write};
use std::sync::Arc;

use super::workspace::Workspace;
use super::{Error, Exit};
use crate::connections::{Connections, Order, RENEWER_WORD, Renewer, Setting};
use crate::http::{Client, Limits, Proxy};
use crate::project::Project;
use crate::secret::Redactor;

/// The word.
pub(super) const NAME: &str = RENEWER_WORD;
/// More is never read of an order.
const LARGEST: u64 = 1024 * 1024;

/// What renews tokens for runs in this workspace; none where the program cannot be found again.
pub(super) fn renewer(
    workspace: &Workspace,
    routes: &[String],
    proxy: Option<&str>,
    limits: &Limits,
) -> Option<Renewer> {
    let user = workspace.user_folder().ok()?;
    let setting = Setting {
        routes: routes.to_vec(),
        proxy: proxy.map(str::to_owned),
        times: (limits.connect, limits.total),
        ..Setting::new(workspace.project().map(Project::folder), &user)
    };
    Some(Renewer::new(std::env::current_exe().ok()?, setting))
}

/// Follows the order on standard input. What becomes of it is told on standard output; the exit code says only whether
/// the order was understood.
pub(super) fn main() -> Exit {
    let mut bytes = zeroize::Zeroizing::new(Vec::new());
    if std::io::stdin().lock().take(LARGEST).read_to_end(&mut bytes).is_err() {
        return Exit::Usage;
    }
    let Ok(order) = serde_json::from_slice::<Order>(&bytes) else { return Exit::Usage };
    let Ok(connections) = open(&order.setting) else { return Exit::Usage };
    let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else { return Exit::Usage };
    runtime.block_on(connections.obey(order, tell));
    Exit::Ok
}

/// Who gave the order may be gone: then nobody reads this, and the work goes on.
fn tell(line: &str) {
    let mut output = std::io::stdout().lock();
    let _ = writeln!(output, "{line}").and_then(|()| output.flush());
}

fn open(setting: &Setting) -> Result<Connections, Error> {
    let redactor = Arc::new(Redactor::default());
    let workspace = Workspace::of_folders(setting.project.as_deref(), setting.user.clone())?;
    let mut options = workspace.network(&setting.routes, Arc::clone(&redactor))?;
    match setting.proxy.as_deref().map(str::trim) {
        None => {}
        Some("") => options.proxy = None,
        Some(address) => options.proxy = Some(Proxy::parse(address)?),
    }
    if let Some(password) = options.proxy.as_ref().and_then(Proxy::password) {
        redactor.register(password);
    }
    (options.limits.connect, options.limits.total) = setting.times;
    workspace.connections(Client::new(options)?, redactor)
}
