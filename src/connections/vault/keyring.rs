//! The keyring of the operating system: Secret Service over D-Bus, macOS' keychain, Windows' credentials. Never the
//! keyring of the Linux kernel, which forgets at every restart. A service that hangs must not hang us, and its client
//! may not run inside our runtime, so each call has a thread of its own and a time limit.

use std::fmt;
use std::sync::mpsc;
use std::time::Duration;

use zeroize::Zeroizing;

use super::seal::Key;

/// How long it may take to find out whether there is a keyring.
const PROBE: Duration = Duration::from_secs(1);
/// How long a person may take to unlock it.
const PATIENCE: Duration = Duration::from_secs(60);

/// A place for keys under names. Errors are in words, without a secret.
pub(super) trait Keyring: Send + Sync {
    /// Opens it, or says why there is none.
    fn probe(&self) -> Result<(), String>;
    /// A key; none when there is none of this name.
    fn read(&self, id: &str) -> Result<Option<Key>, String>;
    /// Keeps a key.
    fn write(&self, id: &str, key: &Key) -> Result<(), String>;
    /// Forgets a key.
    fn delete(&self, id: &str) -> Result<(), String>;
}

impl fmt::Debug for dyn Keyring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keyring")
    }
}

/// That of the operating system, if this program was built with one.
pub(super) struct System;

impl Keyring for System {
    fn probe(&self) -> Result<(), String> {
        within(PROBE, || system::open().map(|_| ()))
    }

    fn read(&self, id: &str) -> Result<Option<Key>, String> {
        let id = id.to_owned();
        within(PATIENCE, move || {
            let Some(bytes) = system::open()?.read(&id)? else { return Ok(None) };
            let bytes = Zeroizing::new(bytes);
            let key: [u8; 32] = bytes.as_slice().try_into().map_err(|_| "the entry is none of Sluice's".to_owned())?;
            Ok(Some(Zeroizing::new(key)))
        })
    }

    fn write(&self, id: &str, key: &Key) -> Result<(), String> {
        let (id, key) = (id.to_owned(), key.clone());
        within(PATIENCE, move || {
            let store = system::open()?;
            store.write(&id, key.as_ref())?;
            // Some accept what they do not keep.
            match store.read(&id)?.map(Zeroizing::new) {
                Some(kept) if kept.as_slice() == key.as_slice() => Ok(()),
                _ => Err("it did not keep the key".to_owned()),
            }
        })
    }

    fn delete(&self, id: &str) -> Result<(), String> {
        let id = id.to_owned();
        within(PATIENCE, move || system::open()?.delete(&id))
    }
}

/// Does something on a thread of its own and waits for it only so long.
fn within<T: Send + 'static>(
    time: Duration,
    work: impl FnOnce() -> Result<T, String> + Send + 'static,
) -> Result<T, String> {
    let (done, result) = mpsc::channel();
    let work = move || drop(done.send(work()));
    let thread = std::thread::Builder::new().name("sluice-keyring".to_owned());
    thread.spawn(work).map_err(|error| error.to_string())?;
    match result.recv_timeout(time) {
        Ok(result) => result,
        Err(mpsc::RecvTimeoutError::Timeout) => Err("it does not answer".to_owned()),
        Err(mpsc::RecvTimeoutError::Disconnected) => Err("asking it failed".to_owned()),
    }
}

#[cfg(all(
    feature = "keyring",
    any(target_os = "linux", target_os = "freebsd", target_os = "openbsd", target_os = "macos", windows)
))]
mod system {
    use keyring_core::api::CredentialStoreApi;
    use keyring_core::{Entry, Error};

    /// The service that entries are found under.
    const SERVICE: &str = "sluice";

    #[cfg(any(target_os = "linux", target_os = "freebsd", target_os = "openbsd"))]
    use zbus_secret_service_keyring_store as platform;

    #[cfg(target_os = "macos")]
    use apple_native_keyring_store::keychain as platform;

    #[cfg(windows)]
    use windows_native_keyring_store as platform;

    pub(super) struct Store(std::sync::Arc<platform::Store>);

    pub(super) fn open() -> Result<Store, String> {
        platform::Store::new().map(Store).map_err(|error| in_words(&error))
    }

    impl Store {
        pub(super) fn read(&self, id: &str) -> Result<Option<Vec<u8>>, String> {
            match self.entry(id)?.get_secret() {
                Ok(bytes) => Ok(Some(bytes)),
                Err(Error::NoEntry) => Ok(None),
                Err(error) => Err(in_words(&error)),
            }
        }

        pub(super) fn write(&self, id: &str, key: &[u8]) -> Result<(), String> {
            self.entry(id)?.set_secret(key).map_err(|error| in_words(&error))
        }

        pub(super) fn delete(&self, id: &str) -> Result<(), String> {
            match self.entry(id)?.delete_credential() {
                Ok(()) | Err(Error::NoEntry) => Ok(()),
                Err(error) => Err(in_words(&error)),
            }
        }

        fn entry(&self, id: &str) -> Result<Entry, String> {
            self.0.build(SERVICE, &format!("vault key {id}"), None).map_err(|error| in_words(&error))
        }
    }

    /// The kinds that carry data would print it.
    fn in_words(error: &Error) -> String {
        match error {
            Error::BadEncoding(_) | Error::BadDataFormat(..) => "the entry is none of Sluice's".to_owned(),
            error => error.to_string(),
        }
    }
}

#[cfg(not(all(
    feature = "keyring",
    any(target_os = "linux", target_os = "freebsd", target_os = "openbsd", target_os = "macos", windows)
)))]
mod system {
    const NONE: &str = "this build of Sluice has none";

    pub(super) enum Store {}

    pub(super) fn open() -> Result<Store, String> {
        Err(NONE.to_owned())
    }

    impl Store {
        pub(super) fn read(&self, _id: &str) -> Result<Option<Vec<u8>>, String> {
            match *self {}
        }

        pub(super) fn write(&self, _id: &str, _key: &[u8]) -> Result<(), String> {
            match *self {}
        }

        pub(super) fn delete(&self, _id: &str) -> Result<(), String> {
            match *self {}
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_keyring_that_hangs_is_given_up() {
        let (_keep, never) = mpsc::channel::<()>();
        let hangs = move || {
            let _ = never.recv();
            Ok(())
        };
        assert_eq!(within(Duration::from_millis(5), hangs).unwrap_err(), "it does not answer");
        assert_eq!(within(PROBE, || Ok(1)).unwrap(), 1);
    }
}
