//! What importing a bundle would do here, before anything is done. A service is never changed by a bundle, and
//! credentials are taken in only under the definition that they were given for.

use std::sync::{Arc, PoisonError};

use super::{Bundle, BundledConnection, BundledService, PREVIOUS, REFRESH};
use crate::connections::connection::Connection;
use crate::connections::service::{Service, Stage};
use crate::connections::session::Connections;
use crate::connections::target::{Target, changed_lines};
use crate::connections::vault::Record;
use crate::connections::{Error, Origin, defaults};

/// One thing in a bundle, and what becomes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// `service`, `connection` or `authorisation`.
    pub kind: &'static str,
    /// Its link name.
    pub link_name: String,
    /// Whose authorisation it is; the owner's when absent.
    pub user: Option<String>,
    /// What becomes of it.
    pub verdict: Verdict,
}

/// What becomes of one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is not here yet, and is added.
    New,
    /// It is here already, just so.
    Same,
    /// Something else of this name is here and stays.
    Differs(Vec<String>),
    /// Something else of this name is here and is replaced.
    Replaces(Vec<String>),
    /// It cannot be used here, whatever is asked for.
    Refused(Vec<String>),
}

/// Everything in a bundle, and what becomes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// Services first, then each connection with its authorisations.
    pub steps: Vec<Step>,
}

impl Verdict {
    /// One word.
    pub fn as_str(&self) -> &'static str {
        match self {
            Verdict::New => "new",
            Verdict::Same => "same",
            Verdict::Differs(_) => "differs",
            Verdict::Replaces(_) => "replaced",
            Verdict::Refused(_) => "refused",
        }
    }

    /// Why it differs or is refused; nothing else has lines.
    pub fn lines(&self) -> &[String] {
        match self {
            Verdict::New | Verdict::Same => &[],
            Verdict::Differs(lines) | Verdict::Replaces(lines) | Verdict::Refused(lines) => lines,
        }
    }

    /// Whether something is written.
    pub(super) fn changes(&self) -> bool {
        matches!(self, Verdict::New | Verdict::Replaces(_))
    }

    pub(super) fn other(replace: bool, lines: Vec<String>) -> Self {
        if replace { Verdict::Replaces(lines) } else { Verdict::Differs(lines) }
    }
}

impl Planned {
    /// What is left out, and why, a line each; and whether replacing would help.
    pub(super) fn left_out(&self) -> (Vec<String>, bool) {
        let mut what = Vec::new();
        let mut replaceable = false;
        for step in &self.steps {
            let (kind, name) = (step.kind, &step.link_name);
            let user = step.user.as_ref().map(|user| format!(" of {user}")).unwrap_or_default();
            match &step.verdict {
                Verdict::Differs(lines) => {
                    // A service is never replaced.
                    replaceable |= kind != "service";
                    what.push(format!("the {kind} {name}{user} differs: {}", lines.join("; ")));
                }
                Verdict::Refused(lines) => what.push(format!("the {kind} {name}{user}: {}", lines.join("; "))),
                Verdict::New | Verdict::Same | Verdict::Replaces(_) => {}
            }
        }
        (what, replaceable)
    }
}

impl Connections {
    /// What importing a bundle would do. With `replace`, connections and authorisations that differ are replaced;
    /// services never are.
    ///
    /// # Errors
    /// A registry or vault that cannot be read.
    pub fn plan_import(&self, bundle: &Bundle, replace: bool) -> Result<Planned, Error> {
        let mut steps = Vec::new();
        for bundled in &bundle.services {
            let (link_name, verdict) = (bundled.service.link_name.to_string(), self.judge_service(bundled)?);
            steps.push(Step { kind: "service", link_name, user: None, verdict });
        }
        for bundled in &bundle.connections {
            let link_name = bundled.connection.link_name.to_string();
            let verdict = self.judge_connection(bundle, bundled, replace)?;
            let is_out = matches!(verdict, Verdict::Differs(_) | Verdict::Refused(_));
            steps.push(Step { kind: "connection", link_name: link_name.clone(), user: None, verdict });
            for (user, record) in &bundled.records {
                let verdict = match is_out {
                    true => Verdict::Refused(vec!["its connection is left out".to_owned()]),
                    false => self.judge_record(bundle, bundled, user.as_deref(), record, replace)?,
                };
                let (kind, link_name) = ("authorisation", link_name.clone());
                steps.push(Step { kind, link_name, user: user.clone(), verdict });
            }
        }
        Ok(Planned { steps })
    }

    fn judge_service(&self, bundled: &BundledService) -> Result<Verdict, Error> {
        let link_name = bundled.service.link_name.as_str();
        if defaults::find(link_name)?.is_some() {
            return Ok(Verdict::Refused(vec!["a default service has this name".to_owned()]));
        }
        let known = {
            let registry = self.program.read().unwrap_or_else(PoisonError::into_inner);
            registry.service(link_name)
        };
        Ok(match known {
            Err(Error::UnknownService { .. }) => Verdict::New,
            Err(error) => Verdict::Refused(vec![format!("the one here cannot be read: {error}")]),
            Ok(known) => match changed_lines(&known.definition(), &bundled.service.definition()) {
                lines if lines.is_empty() => Verdict::Same,
                lines => Verdict::Differs(lines),
            },
        })
    }

    fn judge_connection(&self, bundle: &Bundle, bundled: &BundledConnection, replace: bool) -> Result<Verdict, Error> {
        let wanted = &bundled.connection;
        let service = match self.service_for(bundle, wanted) {
            Ok(service) => service,
            Err(why) => return Ok(Verdict::Refused(vec![why])),
        };
        if service.stage == Stage::Draft {
            return Ok(Verdict::Refused(vec!["its service is a draft here".to_owned()]));
        }
        // Tried here, so that a value which does not fit is told before anything is written.
        if let Err(error) = Target::new(wanted, service, None, self.vault_of(Origin::User)) {
            return Ok(Verdict::Refused(vec![error.to_string()]));
        }
        Ok(match self.known(wanted)? {
            None => Verdict::New,
            Some(known) => match differences(&known, wanted) {
                lines if lines.is_empty() => Verdict::Same,
                lines => Verdict::other(replace, lines),
            },
        })
    }

    fn judge_record(
        &self,
        bundle: &Bundle,
        bundled: &BundledConnection,
        user: Option<&str>,
        record: &Record,
        replace: bool,
    ) -> Result<Verdict, Error> {
        let target = match self.target_for(bundle, bundled, user) {
            Ok(target) => target,
            Err(why) => return Ok(Verdict::Refused(vec![why])),
        };
        // What a message may repeat of it is masked from here on.
        self.register(&target, record);
        let changes = target.changes(record);
        if !changes.is_empty() {
            let mut lines = vec!["it was authorised for another definition (- there, + here)".to_owned()];
            lines.extend(changes);
            return Ok(Verdict::Refused(lines));
        }
        if let Some(problem) = misfit(&target, record, bundle.access_only) {
            return Ok(Verdict::Refused(vec![problem]));
        }
        Ok(compare(target.vault.get(&target.id)?.as_ref(), record, replace))
    }

    /// The service under which a connection of the bundle would work here.
    fn service_for(&self, bundle: &Bundle, connection: &Connection) -> Result<Arc<Service>, String> {
        let link_name = connection.service.as_str();
        if let Some(bundled) = bundle.service(link_name) {
            return match self.judge_service(bundled).map_err(|error| error.to_string())? {
                Verdict::New => Ok(Arc::clone(&bundled.service)),
                Verdict::Same => self.known_service(link_name),
                _ => Err(format!("the service {link_name} is another one here")),
            };
        }
        self.known_service(link_name)
    }

    fn known_service(&self, link_name: &str) -> Result<Arc<Service>, String> {
        self.registry_of(link_name).service(link_name).map_err(|error| error.to_string())
    }

    /// The connection of exactly this name; a namespace stands for no other here.
    pub(super) fn known(&self, wanted: &Connection) -> Result<Option<Connection>, Error> {
        let link_name = wanted.link_name.as_str();
        match self.registry_of(link_name).connection(link_name) {
            Ok(known) => Ok(Some(known).filter(|known| known.link_name == wanted.link_name)),
            Err(Error::UnknownLinkName { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    pub(super) fn target_for(
        &self,
        bundle: &Bundle,
        bundled: &BundledConnection,
        user: Option<&str>,
    ) -> Result<Target, String> {
        let connection = &bundled.connection;
        let service = self.service_for(bundle, connection)?;
        let registry = self.registry_of(connection.link_name.as_str());
        let known = self.known(connection).map_err(|error| error.to_string())?;
        let origin = known.and_then(|known| registry.origin_of(known.link_name.as_str()));
        let vault = self.vault_of(origin.unwrap_or_else(|| registry.origin_of_new()));
        Target::new(connection, service, user, vault).map_err(|error| error.to_string())
    }
}

/// What becomes of an authorisation beside the one that is stored.
pub(super) fn compare(stored: Option<&Record>, record: &Record, replace: bool) -> Verdict {
    let Some(stored) = stored else { return Verdict::New };
    let is_same = stored.fields == record.fields
        && stored.definition == record.definition
        && stored.state == record.state
        && stored.about.disabled == record.about.disabled;
    if is_same {
        return Verdict::Same;
    }
    let age = match stored.updated_at.cmp(&record.updated_at) {
        std::cmp::Ordering::Greater => "the one here is newer",
        std::cmp::Ordering::Less => "the one here is older",
        std::cmp::Ordering::Equal => "both are of the same time",
    };
    let loses = match !stored.field(REFRESH).is_empty() && record.field(REFRESH).is_empty() {
        true => ", and can be renewed while the other cannot",
        false => "",
    };
    Verdict::other(replace, vec![format!("{age}{loses}")])
}

/// What makes credentials unfit for where they would stand; they come from a file that anybody may have written.
fn misfit(target: &Target, record: &Record, access_only: bool) -> Option<String> {
    let auth = &target.service.auth;
    for (key, secret) in &record.fields {
        if let Err(problem) = auth.check_value(key, secret) {
            return Some(format!("its credential `{}` {problem}", key.escape_debug()));
        }
    }
    let known: Vec<String> = auth.fields().into_iter().map(|field| field.key).collect();
    let strange = record.fields.keys().find(|key| !known.contains(key) && key.as_str() != PREVIOUS);
    if let Some(key) = strange {
        return Some(format!("its service asks for no credential `{}`", key.escape_debug()));
    }
    let missing = auth.missing(&record.fields).filter(|_| !access_only);
    missing.map(|missing| format!("it lacks {missing}"))
}

fn differences(known: &Connection, wanted: &Connection) -> Vec<String> {
    let (here, there) = (known.to_toml(), wanted.to_toml());
    let keys: std::collections::BTreeSet<&String> = here.keys().chain(there.keys()).collect();
    let shown =
        |table: &toml::Table, key: &str| table.get(key).map_or_else(|| "nothing".to_owned(), ToString::to_string);
    let differing = keys.into_iter().filter(|key| here.get(*key) != there.get(*key));
    differing.map(|key| format!("{key} is {} here and {} there", shown(&here, key), shown(&there, key))).collect()
}
