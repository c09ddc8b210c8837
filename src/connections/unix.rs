//! The only calls that differ between operating systems: permissions, owners, links and the flushing of folders. Where
//! there are no Unix permissions (Windows), files take those of their folder, which is the user's own; whether they are
//! private is unknown there, and so not checked. The guide says so.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::Path;
use std::process::Command;

use super::Error;

/// Why a file or folder is not used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Distrust {
    /// Others may read or change it.
    Loose,
    /// It is a link, which leads to where somebody else chose.
    Link,
    /// It is another user's.
    Foreign,
    /// It is neither a file nor, where a folder is wanted, a folder.
    Odd,
}

impl Distrust {
    pub(super) fn error(self, path: &Path) -> Error {
        let problem = match self {
            Distrust::Loose => return Error::LoosePermissions { path: path.to_owned() },
            Distrust::Link => "it is a link",
            Distrust::Foreign => "it belongs to another user",
            Distrust::Odd => "it is no ordinary file or folder",
        };
        Error::UntrustedFile { path: path.to_owned(), problem }
    }
}

#[cfg(unix)]
mod imp {
    use super::*;
    use std::fs::{DirBuilder, Metadata, Permissions};
    use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
    use std::os::unix::process::CommandExt;

    use rustix::fs::OFlags;

    /// Opens a file that must be its owner's alone. What was opened is what is looked at.
    pub(in crate::connections) fn open_private(path: &Path) -> io::Result<Result<File, Distrust>> {
        let mut options = OpenOptions::new();
        options.read(true);
        // A pipe in the place of a file would be waited for.
        options.custom_flags((OFlags::NOFOLLOW | OFlags::NONBLOCK).bits().cast_signed());
        let file = match options.open(path) {
            Ok(file) => file,
            Err(error) if is_link(&error) => return Ok(Err(Distrust::Link)),
            Err(error) => return Err(error),
        };
        let about = file.metadata()?;
        Ok(match (about.is_file(), is_own(&about), about.mode() & 0o077) {
            (false, ..) => Err(Distrust::Odd),
            (_, false, _) => Err(Distrust::Foreign),
            (.., 0) => Ok(file),
            _ => Err(Distrust::Loose),
        })
    }

    /// Opening a link then fails.
    pub(in crate::connections) fn refuse_links(options: &mut OpenOptions) {
        options.mode(0o600).custom_flags(OFlags::NOFOLLOW.bits().cast_signed());
    }

    pub(in crate::connections) fn is_link(error: &io::Error) -> bool {
        error.raw_os_error() == Some(rustix::io::Errno::LOOP.raw_os_error())
    }

    /// Makes a folder that only its owner may enter. One that is there must be the user's own, and none that others may
    /// write to; with `strict`, it may also be no link, and is closed to others.
    pub(in crate::connections) fn private_folder(path: &Path, strict: bool) -> io::Result<Result<(), Distrust>> {
        let about = if strict { std::fs::symlink_metadata(path) } else { std::fs::metadata(path) };
        let about = match about {
            Ok(about) => about,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return create_private_folder(path).map(Ok);
            }
            Err(error) => return Err(error),
        };
        let mode = about.mode() & 0o777;
        Ok(match () {
            () if about.is_symlink() => Err(Distrust::Link),
            () if !about.is_dir() => Err(Distrust::Odd),
            () if !is_own(&about) => Err(Distrust::Foreign),
            () if strict && mode & 0o077 != 0 => {
                std::fs::set_permissions(path, Permissions::from_mode(mode & 0o700)).map(Ok)?
            }
            () if mode & 0o022 != 0 => Err(Distrust::Loose),
            () => Ok(()),
        })
    }

    /// What [`private_folder`] would find, without changing anything.
    pub(in crate::connections) fn look_at_folder(path: &Path, strict: bool) -> io::Result<Option<Distrust>> {
        let about = if strict { std::fs::symlink_metadata(path)? } else { std::fs::metadata(path)? };
        Ok(match about.mode() & if strict { 0o077 } else { 0o022 } {
            _ if about.is_symlink() => Some(Distrust::Link),
            _ if !about.is_dir() => Some(Distrust::Odd),
            _ if !is_own(&about) => Some(Distrust::Foreign),
            0 => None,
            _ => Some(Distrust::Loose),
        })
    }

    pub(crate) fn create_private_folder(path: &Path) -> io::Result<()> {
        DirBuilder::new().recursive(true).mode(0o700).create(path)
    }

    fn is_own(about: &Metadata) -> bool {
        about.uid() == rustix::process::geteuid().as_raw()
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

    /// A process that is to be started gets a group of its own: what a terminal sends to ours does not reach it.
    pub(in crate::connections) fn set_apart(command: &mut Command) {
        command.process_group(0);
    }
}

#[cfg(not(unix))]
mod imp {
    use super::*;
    use std::fs::Permissions;

    pub(in crate::connections) fn open_private(path: &Path) -> io::Result<Result<File, Distrust>> {
        if std::fs::symlink_metadata(path)?.is_symlink() {
            return Ok(Err(Distrust::Link));
        }
        File::open(path).map(Ok)
    }

    pub(in crate::connections) fn refuse_links(_options: &mut OpenOptions) {}

    pub(in crate::connections) fn is_link(_error: &io::Error) -> bool {
        false
    }

    pub(in crate::connections) fn private_folder(path: &Path, strict: bool) -> io::Result<Result<(), Distrust>> {
        if strict && std::fs::symlink_metadata(path).is_ok_and(|about| about.is_symlink()) {
            return Ok(Err(Distrust::Link));
        }
        create_private_folder(path).map(Ok)
    }

    pub(in crate::connections) fn look_at_folder(path: &Path, strict: bool) -> io::Result<Option<Distrust>> {
        let about = if strict { std::fs::symlink_metadata(path)? } else { std::fs::metadata(path)? };
        Ok(match () {
            () if about.is_symlink() => Some(Distrust::Link),
            () if !about.is_dir() => Some(Distrust::Odd),
            () => None,
        })
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

    pub(in crate::connections) fn set_apart(_command: &mut Command) {}
}

pub(crate) use imp::create_private_folder;
pub(super) use imp::{
    flush_folder, is_link, look_at_folder, open_private, private, private_folder, refuse_links, set_apart, shared,
};
