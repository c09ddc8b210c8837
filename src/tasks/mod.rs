//! What leaves a script: `invokeurl` and the integration tasks. A task here only builds a request as plain data and
//! makes a value of the answer; who sends it, and with which credentials, is not known here.
//!
//! The integration tasks are rows of `integration.tsv`, all performed by one piece of code. Its columns:
//!
//! | column | content |
//! | --- | --- |
//! | `name`, `aliases` | the documented spelling, and other names of the same task |
//! | `parameters` | `name:KINDS` in documented order, `?` for one that may be left out |
//! | `method`, `root`, `path` | the request; `{dc}` and `{zoho}` are the data centre's hosts, other braces are arguments |
//! | `query`, `headers` | `key` or `key=argument`, `key:text`, or `*argument` for every pair of a map |
//! | `body` | `records argument,options` for records with their triggers; `json`, `form` and `multipart` with such pairs |
//! | `unwrap` | what the script gets of the answer |
//! | `group` | the service whose default connection is used when the script names none |
//! | `runs` | whether it is performed here; what others say of their request is not used yet |
//! | `page` | the path of Zoho's page, where there is one |
//! | `about` | one sentence |

mod bracket;
mod creator;
mod integration;
mod invokeapi;
mod invokeurl;
mod mail;
mod platform;
mod web;

mod absence;
mod address;
mod arguments;
mod attributes;
mod body;
mod error;
mod fields;
mod files;
mod headers;
mod modules;
mod reply;
mod table;
mod unwrap;

use crate::catalogue::Task;

pub use error::Error;
pub use modules::CRM_MODULES;

/// Every task, those that do not run yet included; an alias is a task of its own name.
pub fn load() -> Vec<Task> {
    let mut tasks = vec![invokeurl::task(), invokeapi::task(), mail::task(), platform::open_url()];
    tasks.extend(web::tasks());
    tasks.extend(bracket::tasks());
    tasks.extend(creator::tasks());
    tasks.extend(integration::tasks());
    tasks
}

#[cfg(test)]
mod tests;
