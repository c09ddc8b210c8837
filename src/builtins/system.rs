//! The `zoho.…` variables that are told to a run by its environment.

use crate::catalogue::SystemVariable;

/// System variables (help page "system variables"). Their values come from the environment of the run.
pub const SYSTEM_VARIABLES: &[SystemVariable] = &[
    SystemVariable { name: "loginuser", about: "The name of the user for whom the script runs." },
    SystemVariable { name: "loginuserid", about: "The e-mail address of the user for whom the script runs." },
    SystemVariable { name: "adminuser", about: "The name of the owner of the application." },
    SystemVariable { name: "adminuserid", about: "The e-mail address of the owner of the application." },
    SystemVariable { name: "appname", about: "The link name of the application." },
    SystemVariable { name: "appuri", about: "The path of the application: /owner/link-name/." },
    SystemVariable { name: "ipaddress", about: "The public IP address of the user." },
    SystemVariable { name: "device.type", about: "The kind of device: web, phone or tablet." },
];
