//! Services and connections: the state of each authorisation in words, and the command that comes next.

use super::super::connections::list::remaining;
use super::super::connections::{show, wait};
use super::super::workspace::Workspace;
use super::super::{Error, Output};
use super::Section;
use crate::connections::{self, Connections, FileRegistry, Stage, Status, Summary};

/// Everything that is defined, in the project and by the user.
pub(super) fn open(workspace: &Workspace, output: &Output) -> Result<(FileRegistry, Connections), Error> {
    Ok((workspace.registry()?, workspace.idle_connections(output.redactor())?))
}

pub(super) fn services(registry: &FileRegistry) -> Section {
    let mut section = Section::new("Services");
    for error in registry.problems() {
        section.fail("service", &error.into());
    }
    for service in registry.custom_services() {
        let link_name = service.link_name.as_str();
        if service.hosts.iter().any(|host| host == "*") {
            let next = Some(format!("list its hosts: `sluice services edit {link_name} --host …`"));
            section.warn(link_name, "it has `hosts = [\"*\"]`: its credentials may go to every host", next);
        }
        if service.plain_http {
            section.warn(link_name, "it has `plain_http = true`: its credentials may go unencrypted", None);
        }
        match service.stage {
            Stage::Ready => section.ok(link_name, format!("ready, for {}", service.hosts.join(", "))),
            Stage::Draft => {
                let next = Some(format!("when it is complete, run `sluice services ready {link_name}`"));
                section.warn(link_name, "a draft, so it cannot have connections yet", next);
            }
        }
    }
    if section.is_empty() {
        section.ok("custom services", "there are none; the default ones need no file");
    }
    section
}

/// Looks at every authorisation. Gives when one of them was last changed, in seconds since 1970.
pub(super) fn look(registry: &FileRegistry, all: &Connections, online: bool, section: &mut Section) -> u64 {
    let mut newest = 0;
    for connection in registry.connections() {
        let link_name = connection.link_name.as_str();
        match all.summary(link_name) {
            Ok(summaries) => {
                for summary in &summaries {
                    newest = newest.max(summary.updated_at.unwrap_or_default());
                    tell(summary, section);
                    if online && summary.status == Status::Connected {
                        try_out(summary, all, section);
                    }
                }
            }
            // One that cannot be opened does not keep the others from being told.
            Err(error) => {
                let error = Error::from(error);
                section.unusable(link_name, format!("{error} ({})", error.code()), error.help());
            }
        }
    }
    if section.is_empty() {
        section.ok("connections", "there are none yet; `sluice connections create --help` tells how to make one");
    }
    newest
}

fn tell(summary: &Summary, section: &mut Section) {
    let what = name(summary);
    let because = match &summary.status {
        Status::Connected | Status::NotConnected | Status::Revoked | Status::Disabled => String::new(),
        Status::NeedsReconnect { reason } | Status::Unusable { reason } => format!(": {reason}"),
        Status::DefinitionChanged { changes } => format!(":\n{}", changes.join("\n")),
    };
    let text = format!("{}{because}", summary.status.as_str());
    if summary.status == Status::Connected {
        let account = summary.account.as_ref().map(|account| format!(" as {account}")).unwrap_or_default();
        let text = format!("{text} to {}{account}", summary.service);
        match summary.expires_in {
            Some(seconds) if !summary.renewable => {
                let text = format!("{text}; its access token ends in {}, and nothing renews it", remaining(seconds));
                section.warn(&what, text, None);
            }
            Some(seconds @ 1..) => {
                section.ok(&what, format!("{text}; its access token lives for {}", remaining(seconds)))
            }
            Some(_) => section.ok(&what, format!("{text}; its access token is renewed when it is next used")),
            None => section.ok(&what, text),
        }
    } else {
        let next = match &summary.status {
            Status::Unusable { .. } => {
                format!("mend the service or the connection: `sluice services show {}`", summary.service)
            }
            _ => show::next(summary),
        };
        section.unusable(&what, text, Some(next));
    }
    for warning in &summary.warnings {
        section.warn(&what, warning.clone(), None);
    }
}

/// Sends the request with which connections of this service are tested.
fn try_out(summary: &Summary, all: &Connections, section: &mut Section) {
    let what = name(summary);
    let tested = wait(all.test(&summary.link_name, summary.user.as_deref(), None));
    let failure = match tested {
        Err(error) => error,
        Ok(Err(connections::Error::NoVerification { service, .. })) => {
            return section.ok(&what, format!("not tried: the service {service} names no request for that"));
        }
        Ok(Err(error)) => error.into(),
        Ok(Ok(mut tested)) => match tested.failure.take() {
            Some(failure) => failure.into(),
            None => {
                let (method, url, status) = (tested.method, &tested.url, tested.status);
                return section.ok(&what, format!("{method} {url} was answered with status {status}"));
            }
        },
    };
    section.unusable(&what, format!("{failure} ({})", failure.code()), failure.help());
}

fn name(summary: &Summary) -> String {
    match &summary.user {
        Some(user) => format!("{} of {user}", summary.link_name),
        None => summary.link_name.clone(),
    }
}
