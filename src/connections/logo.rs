//! The picture of a service: a file beside the service's own. What it is is told by its first bytes, not by its name, so
//! that a page which shows it hands out nothing but a picture.

use std::io::Read;
use std::path::{Component, Path};

use super::Error;

/// The size that a logo must stay below, in bytes (Creator help page "Custom connectors": 1 MB).
pub(super) const TOO_LARGE: u64 = 1024 * 1024;
/// How every PNG begins.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
/// How every JPEG begins.
const JPEG: &[u8] = b"\xff\xd8\xff";

/// Whether a service's file may name this as its logo; else what is wrong.
pub(super) fn check_name(name: &str) -> Result<(), String> {
    let path = Path::new(name);
    if name.contains(['\\', ':'])
        || name.chars().any(char::is_control)
        || path.components().count() != 1
        || !matches!(path.components().next(), Some(Component::Normal(_)))
    {
        return Err("is not the name of a file beside this one".to_owned());
    }
    kind(path).map(|_| ())
}

/// Checks the file of a logo: what it is, and its size.
///
/// # Errors
/// [`Error::InvalidFile`] with the path, or why it cannot be read.
pub fn check_logo(path: &Path) -> Result<(), Error> {
    let wrong = |problem: String| Error::InvalidFile {
        place: path.display().to_string(),
        problem,
        help: "a logo is a PNG or JPEG of less than 1 MB".to_owned(),
    };
    let begins = kind(path).map_err(|problem| wrong(format!("the logo {problem}")))?;
    let fail = |error: std::io::Error| Error::file("read", path, &error);
    let about = std::fs::metadata(path).map_err(fail)?;
    if !about.is_file() {
        return Err(wrong("the logo is no file".to_owned()));
    }
    if about.len() >= TOO_LARGE {
        return Err(wrong(format!("the logo is too large: {} bytes", about.len())));
    }
    let mut head = Vec::new();
    std::fs::File::open(path).map_err(fail)?.take(PNG.len() as u64).read_to_end(&mut head).map_err(fail)?;
    match head.starts_with(begins) {
        true => Ok(()),
        false => Err(wrong("the logo is not what its name says".to_owned())),
    }
}

/// How a file of this name must begin.
fn kind(path: &Path) -> Result<&'static [u8], String> {
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_ascii_lowercase());
    match extension.as_deref() {
        Some("png") => Ok(PNG),
        Some("jpg" | "jpeg") => Ok(JPEG),
        _ => Err("ends in none of .png, .jpg and .jpeg".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_logo_lies_beside_its_service() {
        for good in ["acme.png", "acme.JPG", "a b.jpeg"] {
            assert_eq!(check_name(good), Ok(()), "{good}");
        }
        for bad in ["", "acme", "acme.gif", "../acme.png", "/etc/acme.png", "logos/acme.png", "..", "a\\b.png"] {
            assert!(check_name(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn content_and_size_are_looked_at() {
        let folder = tempfile::tempdir().unwrap();
        let check = |name: &str, content: &[u8]| {
            let path = folder.path().join(name);
            std::fs::write(&path, content).unwrap();
            check_logo(&path).map_err(|error| error.to_string())
        };
        assert_eq!(check("a.png", b"\x89PNG\r\n\x1a\nrest"), Ok(()));
        assert_eq!(check("a.jpeg", b"\xff\xd8\xff\xe0"), Ok(()));
        assert!(check("b.png", b"\xff\xd8\xff\xe0").unwrap_err().contains("not what its name says"));
        assert!(check("c.png", b"<svg").unwrap_err().contains("not what its name says"));
        assert!(check("d.gif", b"GIF89a").unwrap_err().contains("ends in none"));
        let mut large = b"\x89PNG\r\n\x1a\n".to_vec();
        large.resize(1024 * 1024, 0);
        assert!(check("e.png", &large).unwrap_err().contains("too large"));
        large.truncate(1024 * 1024 - 1);
        assert_eq!(check("f.png", &large), Ok(()));
        assert!(check_logo(&folder.path().join("none.png")).is_err());
    }
}
