//! The JSON documents of `--json`. Field names are stable; a field may be added, none changes its meaning. Every text is
//! redacted on its way in, since a mask inside a finished document could break it.

use serde_json::{Map, Value, json};

use super::Error;
use crate::connections::{FileRegistry, Kind, Origin, Service, Status, Summary};
use crate::diagnostic::Diagnostic;
use crate::engine::Outcome;
use crate::secret::Redactor;
use crate::source::Source;
use crate::value::Data;
use crate::vm::Trouble;

/// A run that came to an end: its value or its error.
pub(super) fn outcome(outcome: &Outcome, sources: &[Source], warnings: &[Diagnostic], redactor: &Redactor) -> Value {
    let (value, error) = match &outcome.result {
        Ok(value) => (data(value, redactor), Value::Null),
        Err(trouble) => (Value::Null, trouble_of(trouble, sources, redactor)),
    };
    let info: Vec<_> = outcome.info.iter().map(|line| redactor.redact(line)).collect();
    json!({
        "value": value,
        "info": info,
        "error": error,
        "usage": {
            "statements": outcome.usage.statements,
            "calls": outcome.usage.calls,
            "http": outcome.usage.requests,
            "mails": outcome.usage.mails,
            "depth": outcome.usage.depth,
            "text": outcome.usage.text,
            "elements": outcome.usage.elements,
            "memory": outcome.usage.memory,
            "output": outcome.usage.output,
            "ms": u64::try_from(outcome.time.as_millis()).unwrap_or(u64::MAX),
        },
        "diagnostics": sources.first().map(|source| diagnostics(warnings, source, redactor)),
    })
}

/// A run that did not begin, because the script does not check. The error is the first one found.
pub(super) fn refused(found: &[Diagnostic], source: &Source, redactor: &Redactor) -> Value {
    let first = found.iter().find(|one| one.severity == crate::diagnostic::Severity::Error).or_else(|| found.first());
    let error = first.map_or(Value::Null, |first| {
        let place = first.span().map(|span| source.position(span.start));
        json!({
            "code": first.code,
            "message": redactor.redact(&first.message),
            "help": first.help.as_deref().map(|help| redactor.redact(help)),
            "file": source.name(),
            "line": place.map(|place| place.line),
            "column": place.map(|place| place.column),
            "stack": [],
        })
    });
    unstarted(error, diagnostics(found, source, redactor).into())
}

/// A run that did not begin, because of its arguments or files.
pub(super) fn not_started(error: &Error, redactor: &Redactor) -> Value {
    unstarted(self::error(error, redactor), json!([]))
}

/// What stopped a command.
pub(super) fn error(error: &Error, redactor: &Redactor) -> Value {
    json!({
        "code": error.code(),
        "message": redactor.redact(&error.to_string()),
        "help": error.help().as_deref().map(|help| redactor.redact(help)),
        "file": null,
        "line": null,
        "column": null,
        "stack": [],
    })
}

fn unstarted(error: Value, diagnostics: Value) -> Value {
    json!({
        "value": null,
        "info": [],
        "error": error,
        "usage": {
            "statements": 0, "calls": 0, "http": 0, "mails": 0, "depth": 0, "text": 0, "elements": 0, "memory": 0,
            "output": 0, "ms": 0,
        },
        "diagnostics": diagnostics,
    })
}

/// What was found in one script.
pub(super) fn diagnostics(found: &[Diagnostic], source: &Source, redactor: &Redactor) -> Vec<Value> {
    let one = |diagnostic: &Diagnostic| {
        let place = diagnostic.span().map(|span| source.position(span.start));
        json!({
            "code": diagnostic.code,
            "severity": diagnostic.severity.as_str(),
            "line": place.map(|place| place.line),
            "column": place.map(|place| place.column),
            "message": redactor.redact(&diagnostic.message),
            "help": diagnostic.help.as_deref().map(|help| redactor.redact(help)),
        })
    };
    found.iter().map(one).collect()
}

/// A connection, without its secrets.
pub(super) fn connection(summary: &Summary) -> Value {
    let (reason, changes) = match &summary.status {
        Status::NeedsReconnect { reason } | Status::Unusable { reason } => (Some(reason.as_str()), [].as_slice()),
        Status::DefinitionChanged { changes } => (None, changes.as_slice()),
        Status::Connected | Status::NotConnected | Status::Revoked | Status::Disabled => (None, [].as_slice()),
    };
    json!({
        "link_name": summary.link_name,
        "name": summary.name,
        "service": summary.service,
        "auth_type": summary.auth_type,
        "credentials": summary.credentials.as_str(),
        "user": summary.user,
        "owner": summary.owner,
        "account": summary.account,
        "kind": summary.kind.as_str(),
        "namespace": namespace(&summary.kind),
        "state": summary.status.as_str(),
        "reason": reason,
        "changes": changes,
        "scopes": summary.scopes,
        "granted_scopes": summary.granted,
        "hosts": summary.hosts,
        "parameters": summary.parameters,
        "default_for": summary.default_for,
        "expires_in": summary.expires_in,
        "last_used": summary.last_used,
        "created_at": summary.created_at,
        "updated_at": summary.updated_at,
        "warnings": summary.warnings,
        "origin": origin(summary.origin),
        "vault": summary.vault,
    })
}

fn namespace(kind: &Kind) -> Option<&str> {
    match kind {
        Kind::Extension { namespace } => Some(namespace),
        Kind::My | Kind::Shared => None,
    }
}

/// Whose files define something.
pub(super) fn origin(origin: Origin) -> &'static str {
    match origin {
        Origin::Project => "project",
        Origin::User => "user",
        Origin::Program => "program",
    }
}

/// A service with what the registry knows of it.
pub(super) fn service(service: &Service, registry: &FileRegistry) -> Value {
    let link_name = service.link_name.as_str();
    let kind = if registry.origin_of_service(link_name) == Origin::Program { "default" } else { "custom" };
    let mut document = service_alone(service);
    if let Some(document) = document.as_object_mut() {
        document.insert("kind".to_owned(), kind.into());
        document.insert("origin".to_owned(), origin_of_service(registry, link_name).into());
        document.insert("connections".to_owned(), registry.connections_of(link_name).into());
    }
    document
}

/// Whose service it is.
pub(super) fn origin_of_service(registry: &FileRegistry, link_name: &str) -> &'static str {
    origin(registry.origin_of_service(link_name))
}

/// A service as its file says.
pub(super) fn service_alone(service: &Service) -> Value {
    let fields: Vec<_> = service
        .auth
        .fields()
        .into_iter()
        .map(|field| json!({"key": field.key, "name": field.name, "required": field.required}))
        .collect();
    let dynamic: Vec<_> = service
        .dynamic
        .iter()
        .map(|parameter| {
            let (key, name, values) = (&parameter.key, &parameter.name, &parameter.values);
            json!({"key": key, "name": name, "default": parameter.default, "values": values, "follows": parameter.follows})
        })
        .collect();
    json!({
        "link_name": service.link_name.as_str(),
        "name": service.name,
        "description": service.description,
        "logo": service.logo,
        "kind": "custom",
        "auth_type": service.auth.type_name(),
        "stage": service.stage.as_str(),
        "hosts": service.hosts,
        "plain_http": service.plain_http,
        "credentials": fields,
        "parameters": dynamic,
    })
}

fn trouble_of(trouble: &Trouble, sources: &[Source], redactor: &Redactor) -> Value {
    let source = sources.get(trouble.file);
    let stack: Vec<_> = trouble
        .stack
        .iter()
        .map(|called| json!({"function": called.function, "file": called.file, "line": called.line}))
        .collect();
    json!({
        "code": trouble.code,
        "message": redactor.redact(&trouble.message),
        "help": trouble.help.as_deref().map(|help| redactor.redact(help)),
        "file": source.map(Source::name),
        "line": trouble.line,
        "column": source.map(|source| source.position(trouble.span.start).column),
        "stack": stack,
    })
}

/// A value: decimals are numbers with their digits, files are described. As deep as the value, which is limited.
fn data(value: &Data, redactor: &Redactor) -> Value {
    match value {
        Data::Null => Value::Null,
        Data::Boolean(value) => Value::Bool(*value),
        Data::Number(number) => digits(&number.to_string(), redactor),
        Data::Decimal(decimal) => digits(&decimal.to_string(), redactor),
        Data::Text(text) => Value::String(redactor.redact(text).into_owned()),
        Data::DateTime(date) => Value::String(redactor.redact(&date.print()).into_owned()),
        Data::Time(time) => Value::String(redactor.redact(&time.print()).into_owned()),
        Data::Elements(items) if items.is_empty() => json!({}),
        Data::List { items, .. } | Data::Elements(items) => items.iter().map(|item| data(item, redactor)).collect(),
        Data::Map(pairs) | Data::Pairs(pairs) => {
            let mut object = Map::new();
            for (key, value) in pairs {
                let key = key.print().unwrap_or_default();
                object.insert(redactor.redact(&key).into_owned(), data(value, redactor));
            }
            Value::Object(object)
        }
        Data::Braces => json!({}),
        Data::File(file) => {
            json!({"name": redactor.redact(&file.name), "type": file.content_type, "size": file.bytes.len()})
        }
    }
}

/// A number, unless its digits are a secret.
fn digits(digits: &str, redactor: &Redactor) -> Value {
    let shown = redactor.redact(digits);
    match shown.parse::<serde_json::Number>() {
        Ok(number) if shown == digits => Value::Number(number),
        _ => Value::String(shown.into_owned()),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::data;
    use crate::secret::{Redactor, Secret};
    use crate::value::Data;

    #[test]
    fn values_keep_their_digits_and_lose_their_secrets() {
        let redactor = Redactor::default();
        redactor.register(&Secret::new("83920174"));
        let text = r#"{"a":1.10,"b":[123456789012345678901.5,null,true],"c":"x83920174y","d":83920174}"#;
        let value = data(&Data::from_json(text).unwrap(), &redactor);
        let expected = r#"{"a":1.10,"b":[123456789012345678901.5,null,true],"c":"x[redacted]y","d":"[redacted]"}"#;
        assert_eq!(value.to_string(), expected);
    }
}
