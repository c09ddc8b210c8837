//! Replaces the text of a script file. The new text is written beside the file and then takes its place, so that a
//! reader, or a machine that stops, sees the old text or the new one and never half of it.

use std::io::Write;
use std::path::Path;

use super::Error;

/// Gives a file that exists another text, with its permissions kept. Of a link, the file that it points to is replaced.
///
/// # Errors
/// [`Error::Write`] when the file is not ours to write, or its folder has no room.
pub fn save(path: &Path, text: &str) -> Result<(), Error> {
    let attempt = || {
        let target = path.canonicalize()?;
        let permissions = target.metadata()?.permissions();
        if permissions.readonly() {
            return Err(std::io::ErrorKind::PermissionDenied.into());
        }
        let folder = target.parent().unwrap_or(Path::new("."));
        let mut file = tempfile::Builder::new().prefix(".sluice-").tempfile_in(folder)?;
        file.write_all(text.as_bytes())?;
        file.as_file().set_permissions(permissions)?;
        file.as_file().sync_all()?;
        file.persist(&target).map(drop).map_err(|error| error.error)
    };
    attempt().map_err(|error: std::io::Error| Error::Write { path: path.to_owned(), reason: error.to_string() })
}
