//! The person's own browser (RFC 8252, 8.12: never a window of ours). Where it would open on another screen than the
//! person's, or nowhere, it is not tried.

use url::Url;

/// Whether there is a screen to open a browser on.
pub(super) fn can_open() -> bool {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    if is_set("SSH_CONNECTION") || is_set("SSH_TTY") {
        return false;
    }
    cfg!(any(windows, target_os = "macos")) || ["DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"].into_iter().any(is_set)
}

/// Opens the address; false when no browser could be started.
pub(super) fn open(address: &Url) -> bool {
    open::that_detached(address.as_str()).is_ok()
}
