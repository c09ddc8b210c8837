//! Bracket tasks that do not run here. `check` knows their attributes. `sendSms` is a task of the platform, which its
//! driver may answer; reaching the other is an error that a script can catch.

use super::{absence, fields, platform};
use crate::catalogue::{Arguments, Attribute, Call, Form, Perform, Prepared, Task};
use crate::value::{Failure, Kind, Kinds, Value};

const SEND_SMS: &[Attribute] = &[
    required("to", "The phone number, or a list of them."),
    required("message", "The text."),
    optional("from", "The number it comes from."),
    optional("connection", "The link name of the provider's connection."),
];

const SDP_INVOKE_URL: &[Attribute] = &[
    required("url", "The address without its host."),
    Attribute { name: "type", about: "The method; GET when left out.", required: false, word: true },
    optional("headers", "A map of request headers."),
    optional("content-type", "The content type of what is sent."),
    optional("parameters", "With GET a map or text for the query, else what is sent."),
    optional("detailed", "Whether the result is a map of responseText, responseHeader and responseCode."),
    Attribute { name: "response-format", about: "FILE, or nothing.", required: false, word: true },
    optional("response-decoding", "The character set of the answer."),
];

const fn required(name: &'static str, about: &'static str) -> Attribute {
    Attribute { name, about, required: true, word: false }
}

const fn optional(name: &'static str, about: &'static str) -> Attribute {
    Attribute { name, about, required: false, word: false }
}

/// The rows.
pub(super) fn tasks() -> [Task; 2] {
    [
        Task {
            differs: platform::DIFFERS,
            perform: Box::new(SendSms),
            ..task("sendSms", SEND_SMS, "sms", "send-sms", "Sends a text message through a provider.")
        },
        task(
            "zoho.sdp.invokeUrl",
            SDP_INVOKE_URL,
            "sdp",
            "sdp/sdp-invokeurl",
            "Calls an API of ServiceDesk Plus Cloud.",
        ),
    ]
}

fn task(
    name: &'static str,
    attributes: &'static [Attribute],
    reason: &'static str,
    page: &'static str,
    about: &'static str,
) -> Task {
    Task {
        name: name.into(),
        alias_of: None,
        group: if reason == "sdp" { reason } else { "web" },
        page,
        form: Form::Bracket(attributes),
        about: about.into(),
        examples: &[],
        differs: &[],
        see: &["invokeurl"],
        absent: Some(absence::of(reason)),
        perform: Box::new(NotAvailable),
    }
}

struct SendSms;

impl Perform for SendSms {
    fn prepare(&self, task: &Task, _: &mut Call<'_>, arguments: Arguments<'_>) -> Result<Prepared, Failure> {
        let given = |slot: usize| arguments.get(slot).filter(|value| !fields::is_blank(value));
        let mut pairs: Vec<(&str, &Value)> = Vec::new();
        for (slot, attribute) in SEND_SMS.iter().enumerate() {
            let wanted = if attribute.name == "to" { Kinds::TEXT.or(Kinds::LIST) } else { Kinds::TEXT };
            match given(slot) {
                Some(value) if wanted.has(value.kind()) => pairs.push((attribute.name, value)),
                None if !attribute.required => {}
                other => {
                    let found = other.map_or(Kind::Null, Value::kind);
                    return Err(Failure::argument(&task.name, wanted, found));
                }
            }
        }
        platform::effect(task, pairs, platform::Gives::Other)
    }
}

struct NotAvailable;

impl Perform for NotAvailable {
    fn prepare(&self, task: &Task, _: &mut Call<'_>, _: Arguments<'_>) -> Result<Prepared, Failure> {
        Err(task.refused())
    }
}
