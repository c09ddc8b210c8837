//! A person at a real browser: headless Chromium opens an address, signs in and consents or refuses on the provider's pages.

use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde_json::Value;
use url::Url;

use super::peer;

/// Chromium, if it is there, and what drives it.
pub struct Browser {
    driver: String,
    chromium: String,
}

/// A visit that is under way.
pub struct Visit(Child);

/// Where a visit ended.
#[derive(Debug)]
pub struct Seen {
    pub url: Url,
    pub status: u64,
    pub title: String,
    pub text: String,
}

impl Browser {
    pub fn find() -> Option<Self> {
        Some(Self { driver: peer("SLUICE_PEER_BROWSER")?, chromium: peer("SLUICE_PEER_CHROMIUM")? })
    }

    /// Opens an address, signs in and consents, or refuses; a picture of the last page is kept where there is a name for it.
    pub fn open(&self, url: &str, consents: bool, picture: Option<&Path>) -> Visit {
        let mut command = Command::new("node");
        command.arg(&self.driver).arg(url).arg(if consents { "allow" } else { "deny" }).args(picture);
        command.env("PEER_CHROMIUM", &self.chromium);
        Visit(command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap())
    }
}

impl Visit {
    /// Waits for the end, which the driver itself limits.
    pub fn seen(self) -> Seen {
        let output = self.0.wait_with_output().unwrap();
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{stderr}");
        let seen: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {stderr}"));
        let text = |key: &str| seen[key].as_str().unwrap().to_owned();
        Seen {
            url: text("url").parse().unwrap(),
            status: seen["status"].as_u64().unwrap(),
            title: text("title"),
            text: text("text"),
        }
    }
}
