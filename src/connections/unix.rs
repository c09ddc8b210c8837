//! The only calls that differ between operating systems: permissions and the flushing of folders. Where there are no
//! Unix permissions (Windows), files take those of their folder, which is the user's own; whether they are private is
//! unknown there, and so not checked.

use std::io;
use std::path::Path;

#[cfg(unix)]
mod imp {
    use super::*;
    use std::fs::{DirBuilder, File, Permissions};
    use std::os::unix::fs::{DirBuilderExt, PermissionsExt};

    pub(in crate::connections) fn is_private(path: &Path) -> io::Result<bool> {
        Ok(std::fs::metadata(path)?.permissions().mode() & 0o077 == 0)
    }

    pub(crate) fn create_private_folder(path: &Path) -> io::Result<()> {
        DirBuilder::new().recursive(true).mode(0o700).create(path)
    }

    pub(in crate::connections) fn private() -> Option<Permissions> {
        Some(Permissions::from_mode(0o600))
    }

    pub(in crate::connections) fn shared() -> Option<Permissions> {
        Some(Permissions::from_mode(0o644))
    }

    pub(in crate::connections) fn flush_folder(path: &Path) -> io::Result<()> {
        File::open(path)?.sync_all()
    }
}

#[cfg(not(unix))]
mod imp {
    use super::*;
    use std::fs::Permissions;

    pub(in crate::connections) fn is_private(path: &Path) -> io::Result<bool> {
        std::fs::metadata(path).map(|_| true)
    }

    pub(crate) fn create_private_folder(path: &Path) -> io::Result<()> {
        std::fs::create_dir_all(path)
    }

    pub(in crate::connections) fn private() -> Option<Permissions> {
        None
    }

    pub(in crate::connections) fn shared() -> Option<Permissions> {
        None
    }

    pub(in crate::connections) fn flush_folder(_path: &Path) -> io::Result<()> {
        Ok(())
    }
}

pub(crate) use imp::create_private_folder;
pub(super) use imp::{flush_folder, is_private, private, shared};
