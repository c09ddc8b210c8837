//! The `zoho.…` variables that are told to a run by its environment.

use crate::catalogue::SystemVariable;

/// System variables (help page "system variables"). Their values come from the environment of the run.
pub const SYSTEM_VARIABLES: &[SystemVariable] = &[
    row("loginuser", "The name of the user for whom the script runs."),
    row("loginuserid", "The e-mail address of the user for whom the script runs."),
    row("adminuser", "The name of the owner of the application."),
    row("adminuserid", "The e-mail address of the owner of the application."),
    row("appname", "The link name of the application."),
    row("appuri", "The path of the application: /owner/link-name/."),
    row("ipaddress", "The public IP address of the user."),
    row("device.type", "The kind of device: web, phone or tablet."),
    computed("currentdate", "today", "The present date."),
    computed("currenttime", "now", "The present date and time."),
];

const fn row(name: &'static str, about: &'static str) -> SystemVariable {
    SystemVariable { name, about, function: None }
}

/// The same as a built-in without arguments.
const fn computed(name: &'static str, function: &'static str, about: &'static str) -> SystemVariable {
    SystemVariable { name, about, function: Some(function) }
}
