//! What of a project's files sends through a connection without being a script: rules and their webhooks, connectors, the
//! mail server. Nothing of the files needs to be understood for that but the key `connection`, so that they are found also
//! in files that cannot be used as they are.

use std::fmt;
use std::path::Path;

use toml::de::{DeTable, DeValue};

use super::{Error, FILE, Project};
use crate::source::Source;

/// The largest file that is read, in bytes.
const LARGEST: u64 = 1024 * 1024;
/// The folders that are looked through.
const FOLDERS: [(&str, UseKind); 2] = [("rules", UseKind::Rule), ("services", UseKind::Connector)];

/// A place that sends through a connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// What it belongs to.
    pub kind: UseKind,
    /// The file, from the project's folder.
    pub file: String,
    /// Its line, from 1.
    pub line: u32,
}

/// What sends through a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UseKind {
    /// A workflow rule.
    Rule,
    /// A webhook of a rule.
    Webhook,
    /// A connector's APIs.
    Connector,
    /// The mail server of the project.
    Mail,
}

impl fmt::Display for Use {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            UseKind::Rule => "the rule in",
            UseKind::Webhook => "the webhook in",
            UseKind::Connector => "the connector in",
            UseKind::Mail => "the mail server in",
        };
        write!(f, "{kind} {}, line {}", self.file, self.line)
    }
}

impl Project {
    /// Every place in the project's rules, connectors and settings that sends through a connection, by file and line. Of a
    /// link name with the project's own namespace, the short form counts too.
    ///
    /// # Errors
    /// A folder or file that is there and cannot be read.
    pub fn uses(&self, link_name: &str) -> Result<Vec<Use>, Error> {
        let names = self.names_of(link_name);
        let mut uses = Vec::new();
        for (folder, kind) in FOLDERS {
            for name in toml_files(&self.folder.join(folder))? {
                self.read_uses(&format!("{folder}/{name}"), kind, &names, &mut uses)?;
            }
        }
        self.read_uses(FILE, UseKind::Mail, &names, &mut uses)?;
        Ok(uses)
    }

    /// A link name as this project may write it.
    fn names_of(&self, link_name: &str) -> Vec<String> {
        let prefix = format!("{}__", self.settings.namespace.as_deref().unwrap_or_default());
        match link_name.strip_prefix(&prefix) {
            Some(short) => vec![link_name.to_owned(), short.to_owned()],
            None => vec![link_name.to_owned(), format!("{prefix}{link_name}")],
        }
    }

    fn read_uses(&self, file: &str, kind: UseKind, names: &[String], uses: &mut Vec<Use>) -> Result<(), Error> {
        let path = self.folder.join(file);
        let fail = |error: &std::io::Error| Error::file(&path, error);
        match std::fs::metadata(&path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(fail(&error)),
            Ok(about) if about.len() > LARGEST => {
                let reason = format!("it is larger than {LARGEST} bytes");
                return Err(Error::File { path, reason });
            }
            Ok(_) => {}
        }
        let bytes = std::fs::read(&path).map_err(|error| fail(&error))?;
        let source = Source::new(file, String::from_utf8_lossy(&bytes).into_owned());
        let found = match DeTable::parse(source.text()) {
            Ok(table) => in_table(table.get_ref(), kind, names),
            Err(_) => in_text(source.text(), kind, names),
        };
        uses.extend(found.into_iter().map(|(kind, offset)| {
            let line = source.line(u32::try_from(offset).unwrap_or(u32::MAX));
            Use { kind, file: file.to_owned(), line }
        }));
        Ok(())
    }
}

/// Every `connection` in a table and those below it, with its offset, from the first to the last.
fn in_table(table: &DeTable<'_>, kind: UseKind, names: &[String]) -> Vec<(UseKind, usize)> {
    let mut found = Vec::new();
    let mut open = vec![(table, kind)];
    // Values nest as deep as the parser lets them; nothing here calls itself.
    while let Some((table, kind)) = open.pop() {
        // Its address beside the connection; a table below is a webhook for itself.
        let has_address = table.iter().any(|(key, value)| {
            ["webhook", "url"].contains(&key.get_ref().as_ref()) && matches!(value.get_ref(), DeValue::String(_))
        });
        let kind = if kind == UseKind::Rule && has_address { UseKind::Webhook } else { kind };
        for (key, value) in table {
            let is_webhook = kind == UseKind::Rule && ["webhook", "webhooks"].contains(&key.get_ref().as_ref());
            let kind = if is_webhook { UseKind::Webhook } else { kind };
            let is_named = ["connection", "connections"].contains(&key.get_ref().as_ref());
            let mut values = vec![value.get_ref()];
            while let Some(value) = values.pop() {
                match value {
                    DeValue::String(text) if is_named && names.iter().any(|name| name == text.as_ref()) => {
                        found.push((kind, key.span().start));
                    }
                    DeValue::Array(items) => values.extend(items.iter().map(toml::Spanned::get_ref)),
                    DeValue::Table(inner) => open.push((inner, kind)),
                    _ => {}
                }
            }
        }
    }
    found.sort_by_key(|(_, offset)| *offset);
    found.dedup();
    found
}

/// The lines of a text that is no TOML which hold the key and the name.
fn in_text(text: &str, kind: UseKind, names: &[String]) -> Vec<(UseKind, usize)> {
    let is_found = |line: &str| {
        let quoted = |name: &String| line.contains(&format!("\"{name}\"")) || line.contains(&format!("'{name}'"));
        !line.trim_start().starts_with('#') && line.contains("connection") && names.iter().any(quoted)
    };
    let mut offset = 0;
    let mut found = Vec::new();
    for line in text.split_inclusive('\n') {
        if is_found(line) {
            found.push((kind, offset));
        }
        offset += line.len();
    }
    found
}

/// The names of the TOML files of a folder, sorted; none when there is no folder.
fn toml_files(folder: &Path) -> Result<Vec<String>, Error> {
    let fail = |error: &std::io::Error| Error::file(folder, error);
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(fail(&error)),
    };
    let mut names = Vec::new();
    for entry in entries {
        let path = entry.map_err(|error| fail(&error))?.path();
        let is_toml = path.extension().is_some_and(|ending| ending == "toml") && path.is_file();
        names.extend(path.file_name().filter(|_| is_toml).map(|name| name.to_string_lossy().into_owned()));
    }
    names.sort();
    Ok(names)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn project(files: &[(&str, &str)]) -> (tempfile::TempDir, Project) {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let project = Project::load(folder.path()).unwrap();
        (folder, project)
    }

    fn uses(files: &[(&str, &str)], link_name: &str) -> Vec<String> {
        let (_folder, project) = project(files);
        project.uses(link_name).unwrap().iter().map(Use::to_string).collect()
    }

    #[test]
    fn rules_webhooks_and_connectors_are_named_with_their_line() {
        let rule = "# connection = \"books\"\nname = \"books\"\nconnection = \"books\"\n[[when]]\n[[when.instant]]\n\
                    webhook = \"https://a.test\"\nconnection = 'books'\n[[when.instant]]\nfunction = \"f\"\n\
                    connections = [\"other\", \"books\"]\n[when.instant.webhook]\nconnection = \"books\"\n";
        let found = uses(
            &[
                ("rules/a.toml", rule),
                ("rules/b.toml", "connection = \"other\"\n"),
                ("rules/notes.txt", "connection = \"books\"\n"),
                (
                    "services/acme.toml",
                    "link_name = \"acme\"\n[[apis]]\nurl = \"https://a.test\"\nconnection = \"books\"\n",
                ),
                ("sluice.toml", "[mail]\nserver = \"mail.test\"\nconnection = \"books\"\n"),
            ],
            "books",
        );
        let expected = [
            "the rule in rules/a.toml, line 3",
            "the webhook in rules/a.toml, line 7",
            "the rule in rules/a.toml, line 10",
            "the webhook in rules/a.toml, line 12",
            "the connector in services/acme.toml, line 4",
            "the mail server in sluice.toml, line 3",
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn both_names_within_a_namespace_count() {
        let files = [("sluice.toml", "namespace = \"shop\"\n"), ("rules/a.toml", "connection = \"books\"\n")];
        assert_eq!(uses(&files, "shop__books").len(), 1);
        assert_eq!(uses(&files, "other__books").len(), 0);
        let files = [("sluice.toml", "namespace = \"shop\"\n"), ("rules/a.toml", "connection = \"shop__books\"\n")];
        assert_eq!(uses(&files, "books").len(), 1);
    }

    #[test]
    fn what_is_no_toml_is_read_by_lines_and_too_much_is_refused() {
        let broken = "name = \n# connection = \"books\"\nconnection = \"books\"\n";
        assert_eq!(uses(&[("rules/a.toml", broken)], "books"), ["the rule in rules/a.toml, line 3"]);
        assert_eq!(uses(&[("rules/a.toml", "\u{feff}")], "books"), [""; 0]);
        let (_folder, project) = project(&[("rules/a.toml", &"#".repeat(2_000_000))]);
        assert!(project.uses("books").is_err());
    }
}
