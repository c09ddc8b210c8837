//! The names that the platform hands to a script, by the place it is made for (help pages of the Cliq handlers, of
//! ConvoKraft and of Zobots; the map arguments of Books functions). `sluice.toml` says which files belong to which.

/// A place that scripts are made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Context {
    /// The name in `sluice.toml`.
    pub name: &'static str,
    /// The names that are there without being assigned.
    pub variables: &'static [&'static str],
}

/// Every context.
pub const CONTEXTS: &[Context] = &[
    Context { name: "crm-automation", variables: &[] },
    Context { name: "crm-rest", variables: &["crmAPIRequest"] },
    Context {
        name: "cliq-message",
        variables: &["message", "attachments", "mentions", "links", "user", "chat", "location"],
    },
    Context { name: "cliq-mention", variables: &["message", "mentions", "user", "chat", "location"] },
    Context { name: "cliq-command", variables: &["arguments", "selections", "user", "chat", "options", "form"] },
    Context { name: "cliq-function", variables: &["arguments", "selections", "user", "chat", "form"] },
    Context { name: "convokraft", variables: &["sessionData"] },
    Context { name: "salesiq-zobot", variables: &["visitor", "message", "context"] },
    Context { name: "books", variables: &["organization", "invoice", "contact", "estimate", "bill", "expense"] },
    Context { name: "bigin", variables: &["contact", "deal", "company", "product"] },
];

impl Context {
    /// The context of a name.
    pub fn parse(name: &str) -> Option<&'static Context> {
        CONTEXTS.iter().find(|context| context.name == name)
    }
}
