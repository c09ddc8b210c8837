//! How a link name becomes an authenticated request. A [`Service`] says how to authenticate and where credentials may go,
//! a [`Connection`] is an instance of one, a [`Registry`] knows them all, a [`vault::Vault`] keeps the secrets, and
//! [`Connections`] sends a request through one of them. Services and connections are plain files that can be committed;
//! only this room opens a [`Secret`](crate::secret::Secret).

mod auth;
mod blocking;
#[cfg(feature = "bundles")]
pub mod bundle;
mod command;
mod connection;
mod consent;
mod create;
pub mod defaults;
mod document;
mod dynamic;
mod edit;
mod error;
mod files;
mod groups;
mod hosts;
#[doc(hidden)]
pub mod inspect;
mod logo;
mod mail;
mod memory;
mod name;
mod pace;
mod probe;
mod refresh;
mod registry;
mod renewer;
mod revoke;
mod rules;
mod sample;
mod service;
mod session;
mod stages;
mod summary;
mod switch;
mod target;
mod token;
mod turn;
mod unix;
mod usage;
pub mod vault;

pub use auth::{
    ApiKey, Auth, AwsV4, Basic, ClientAuthentication, Field, Fields, Grant, Half, Location, OAuth1, OAuth2, Parameter,
    Scope, SignIn, SignatureMethod,
};
pub use connection::{Connection, Credentials};
pub use consent::{
    Authorised, Code, CodeConsent, Consent, DeviceCode, Problem as ConsentProblem, RequestToken, Verifier, Way,
};
pub use create::{CreateConnection, Created};
pub use dynamic::DynamicParameter;
pub use edit::EditConnection;
pub use error::Error;
#[cfg(feature = "repl")]
pub(crate) use files::{OsLock, lock_path};
pub use hosts::Hosts;
pub use name::LinkName;
pub use probe::Tested;
pub use registry::{FileRegistry, Origin, Registry};
pub use revoke::{Revoked, Told};
pub use service::{Service, Stage, Verification};
pub use session::{Clock, Connections};
pub use summary::{Kind, Status, Summary};

// For the command line, which edits the files of services and starts the process that renews tokens.
#[doc(hidden)]
pub use logo::check_logo;
#[doc(hidden)]
pub use registry::ServiceFile;
#[doc(hidden)]
pub use renewer::{Order, RENEWER_WORD, Renewer, Setting};
#[doc(hidden)]
pub use rules::{BrokenRule, description, display_name, service_name};
#[doc(hidden)]
pub use sample::Sample;
#[doc(hidden)]
pub use stages::{check_edit, configuration};

pub(crate) use unix::create_private_folder;

#[cfg(test)]
mod tests;
