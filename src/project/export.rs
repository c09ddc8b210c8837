//! The export of a Creator application as scripts: its functions together are one, each script of a workflow is another.
//! Lines are those of the export.

use std::sync::Arc;

use crate::program::Library;
use crate::source::Source;
use crate::syntax::{Dialect, ExportedScript, read_export};

/// The scripts of an application's export.
#[derive(Clone, Debug)]
pub struct Export {
    /// The application's functions; none when it has no functions.
    pub functions: Option<Source>,
    /// The scripts of its workflows.
    pub scripts: Vec<(ExportedScript, Source)>,
    /// The functions, for the scripts that call them.
    pub library: Arc<Library>,
}

impl Export {
    /// The scripts of a file; nothing when it is no application's export.
    pub fn read(file: &Source) -> Option<Self> {
        let application = read_export(file.text())?;
        let functions = application.functions.map(|span| file.part(span, file.name()));
        let library = Library::new(functions.iter().map(|source| (source.clone(), Dialect::Creator)));
        let scripts = application.scripts.into_iter().map(|script| {
            let source = file.part(script.span, file.name());
            (script, source)
        });
        Some(Self { functions, scripts: scripts.collect(), library: Arc::new(library) })
    }

    /// The script of a workflow by its link name; when it has several, with the event: `Orders on validate`.
    pub fn script(&self, name: &str) -> Option<&Source> {
        let full = |script: &ExportedScript| format!("{} {}", script.workflow, script.event) == name;
        let mut named = self.scripts.iter().filter(|(script, _)| script.workflow == name);
        match (named.next(), named.next()) {
            (Some((_, source)), None) => Some(source),
            _ => self.scripts.iter().find(|(script, _)| full(script)).map(|(_, source)| source),
        }
    }

    /// The names by which the scripts of workflows are found.
    pub fn script_names(&self) -> Vec<String> {
        let several = |name: &str| self.scripts.iter().filter(|(script, _)| script.workflow == name).count() > 1;
        let name = |script: &ExportedScript| match several(&script.workflow) {
            true => format!("{} {}", script.workflow, script.event),
            false => script.workflow.clone(),
        };
        self.scripts.iter().map(|(script, _)| name(script)).collect()
    }
}
