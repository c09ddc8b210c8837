//! Settings, services and connections are read, or refused with a code, a reason and what to do.

use std::fs;

use sluice::connections::{FileRegistry, Service};
use sluice::project::Settings;

use super::in_time;

/// Reads the bytes as each of the three files.
pub fn check(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let Err(error) = in_time(|| Settings::parse("sluice.toml", &text)) {
        explains(error.to_string(), error.code(), error.help());
    }
    match in_time(|| Service::parse("service.toml", &text)) {
        Ok(service) => assert!(!service.digest().is_empty()),
        Err(error) => explains(error.to_string(), error.code(), error.help()),
    }
    // Connections are read from a folder only.
    let Ok(folder) = tempfile::tempdir() else { return };
    if fs::write(folder.path().join("connections.toml"), bytes).is_err() {
        return;
    }
    match in_time(|| FileRegistry::load(None, folder.path())) {
        Ok(registry) => {
            assert!(registry.problems().is_empty());
            for connection in registry.connections() {
                assert!(registry.connection(connection.link_name.as_str()).is_ok());
                let _ = registry.service(&connection.service);
            }
        }
        Err(error) => explains(error.to_string(), error.code(), error.help()),
    }
}

fn explains(message: String, code: &str, help: String) {
    assert!(!message.is_empty() && code.contains("::") && !help.is_empty(), "{code}: {message} ({help})");
}
