//! How requests leave: what the project sets, and what the environment has that is not used.

use super::super::workspace::Workspace;
use super::Section;
use crate::http::Proxy;

/// What other programs take a proxy from.
const UNREAD: [&str; 4] = ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"];
/// What `sluice run` takes one from.
const PROXY: &str = "SLUICE_PROXY";

pub(super) fn look(workspace: &Workspace) -> Section {
    let mut section = Section::new("Network");
    let named = |name: &str| std::env::var(name).ok().filter(|value| !value.trim().is_empty());
    let own = named(PROXY);
    match own.as_deref().map(Proxy::parse) {
        Some(Ok(proxy)) => section.ok("proxy", format!("{}, from {PROXY}, for `sluice run`", proxy.name())),
        Some(Err(error)) => section.fail("proxy", &error.into()),
        None => {}
    }
    if let Some(settings) = workspace.settings() {
        if let Some(proxy) = &settings.proxy {
            section.ok("proxy", format!("{}, from sluice.toml", proxy.name()));
        }
        for (host, base) in settings.routes.iter() {
            section.warn("route", format!("requests for {host} go to {base} on this machine"), None);
        }
        if !settings.allow_private.is_empty() {
            section.ok("allow_private", settings.allow_private.join(", "));
        }
        if let Some(project) = workspace.project() {
            for file in &settings.certificates {
                let path = project.folder().join(file);
                match std::fs::File::open(&path) {
                    Ok(_) => section.ok("authority", path.display().to_string()),
                    Err(error) => {
                        let next = Some("mend `certificates` in sluice.toml, or bring the file back".to_owned());
                        section.wrong("authority", format!("{}: {error}", path.display()), next);
                    }
                }
            }
        }
    }
    let has_proxy = own.is_some() || workspace.settings().is_some_and(|settings| settings.proxy.is_some());
    if let Some(name) = UNREAD.into_iter().find(|name| named(name).is_some()).filter(|_| !has_proxy) {
        let next = format!("if requests need the proxy, write `proxy` under [network], or set {PROXY}");
        section.warn("proxy", format!("{name} is set, but Sluice does not read it"), Some(next));
    }
    if section.is_empty() {
        section.ok("settings", "requests leave directly");
    }
    section
}
