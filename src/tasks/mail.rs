//! `sendmail [ … ]` (help page "send mail"). Wherever addresses stand, several may: as a list, in one text with commas, or
//! as several expressions. What holds a line break is no address, so that no text of a form can add lines to the head of
//! a mail.

use super::error::{Error, shown};
use super::fields;
use crate::catalogue::{Arguments, Attribute, Call, Form, Perform, Prepared, Task};
use crate::effect::{Action, Mail, MailContent, Reply};
use crate::value::{Failure, File, Kinds, Value};

/// The name of the task, also in messages.
const NAME: &str = "sendmail";

/// The most addresses under `reply to`.
const MOST_REPLY_TO: usize = 20;

/// The most bytes of all attachments; a mail with more is sent without them.
const MOST_ATTACHED: usize = 15_000_000;

/// Positions in [`ATTRIBUTES`].
mod slot {
    pub(super) const FROM: usize = 0;
    pub(super) const TO: usize = 1;
    pub(super) const CC: usize = 2;
    pub(super) const BCC: usize = 3;
    pub(super) const REPLY_TO: usize = 4;
    pub(super) const SUBJECT: usize = 5;
    pub(super) const MESSAGE: usize = 6;
    pub(super) const CONTENT_TYPE: usize = 7;
    pub(super) const ATTACHMENTS: usize = 8;
}

const ATTRIBUTES: &[Attribute] = &[
    required("from", "The sender: zoho.adminuserid, zoho.loginuserid or a verified address."),
    required("to", "The receivers."),
    optional("cc", "Who gets a copy."),
    optional("bcc", "Who gets a copy unseen."),
    optional("reply to", "Where answers go; at most 20 addresses."),
    required("subject", "The subject, of any type."),
    required("message", "The text, of any type."),
    Attribute { name: "content type", about: "HTML, or Plain Text.", required: false, word: true },
    optional("attachments", "The files that go along, `file:` before each; at most 15 MB."),
];

const fn required(name: &'static str, about: &'static str) -> Attribute {
    Attribute { name, about, required: true, word: false }
}

const fn optional(name: &'static str, about: &'static str) -> Attribute {
    Attribute { name, about, required: false, word: false }
}

/// The row.
pub(super) fn task() -> Task {
    Task {
        name: NAME.into(),
        alias_of: None,
        group: "web",
        page: "misc-statements/send-mail",
        form: Form::Bracket(ATTRIBUTES),
        about: "Sends a mail.".into(),
        examples: &[],
        differs: &[
            "Which addresses are verified is not known here, so any sender is handed on; whoever delivers the mail decides.",
            "A mail goes to the mail server that sluice.toml names, or into a folder; without either it is an error that a script can catch.",
            "When the mail server refuses one receiver, nobody gets the mail, and the error names every receiver that was refused.",
            "Reports and record templates of Zoho Creator cannot be attached.",
        ],
        see: &["invokeurl"],
        absent: None,
        perform: Box::new(SendMail),
    }
}

struct SendMail;

impl Perform for SendMail {
    fn prepare(&self, _: &Task, _: &mut Call<'_>, arguments: Arguments<'_>) -> Result<Prepared, Failure> {
        let get = |slot| arguments.get(slot).unwrap_or(&Value::Null);
        let from = addresses(get(slot::FROM))?.into_iter().next().ok_or(Error::MailSender)?;
        let to = addresses(get(slot::TO))?;
        if to.is_empty() {
            return Err(Error::MailReceiver.into());
        }
        let reply_to = addresses(get(slot::REPLY_TO))?;
        if reply_to.len() > MOST_REPLY_TO {
            return Err(Error::MailReplyTo { most: MOST_REPLY_TO }.into());
        }
        let (attachments, dropped) = attachments(get(slot::ATTACHMENTS))?;
        let mail = Mail {
            from,
            to,
            cc: addresses(get(slot::CC))?,
            bcc: addresses(get(slot::BCC))?,
            reply_to,
            subject: in_one_line(&fields::text(get(slot::SUBJECT))?),
            message: fields::text(get(slot::MESSAGE))?,
            content: content(get(slot::CONTENT_TYPE))?,
            attachments,
            dropped,
        };
        Ok(Prepared { action: Action::Mail(Box::new(mail)), finish: Box::new(finish) })
    }
}

fn finish(_: &mut Call<'_>, reply: Reply) -> Result<Value, Failure> {
    match reply {
        Reply::Value(_) => Ok(Value::Null),
        Reply::Failed(problem) => Err(super::reply::failed(problem)),
        Reply::Response(_) => Err(Error::WrongReply { found: "a response", wanted: "a value" }.into()),
    }
}

/// The addresses that a value gives; none for null and blanks. Lists may hold lists, as several expressions give them.
fn addresses(value: &Value) -> Result<Vec<String>, Failure> {
    let mut found = Vec::new();
    for value in flattened(value, NAME, Kinds::TEXT.or(Kinds::LIST))? {
        match &value {
            Value::Null => {}
            Value::Text(text) => {
                for part in parts(text) {
                    found.push(address(part)?);
                }
            }
            _ => return Err(Error::MailAddress { shown: value.kind().name().to_owned() }.into()),
        }
    }
    Ok(found)
}

/// The value, or what lists in it hold to a depth of two.
fn flattened(value: &Value, task: &str, wanted: Kinds) -> Result<Vec<Value>, Failure> {
    let Some(elements) = fields::as_list(value) else { return Ok(vec![value.clone()]) };
    let mut flat = Vec::with_capacity(elements.len());
    for element in elements {
        match fields::as_list(&element) {
            Some(inner) => flat.extend(inner),
            None => flat.push(element),
        }
    }
    match flat.iter().find(|element| fields::as_list(element).is_some()) {
        Some(nested) => Err(Failure::argument(task, wanted, nested.kind())),
        None => Ok(flat),
    }
}

/// The pieces between commas; a comma in quotes or angle brackets separates nothing.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    let (mut quoted, mut angled) = (false, false);
    let pieces = text.split(move |character| {
        match character {
            '"' => quoted = !quoted,
            '<' if !quoted => angled = true,
            '>' if !quoted => angled = false,
            _ => {}
        }
        character == ',' && !quoted && !angled
    });
    pieces.map(str::trim).filter(|piece| !piece.is_empty())
}

/// An address as it may stand in the head of a mail: `name@host`, or a name and that in angle brackets.
fn address(text: &str) -> Result<String, Error> {
    let bare = match text.strip_suffix('>').and_then(|start| start.rsplit_once('<')) {
        Some((name, bare)) if !name.contains(['<', '>', '@']) || name.trim().starts_with('"') => bare,
        Some(_) => "",
        None => text,
    };
    let is_plain = |part: &str| {
        !part.is_empty()
            && !part.contains(|c: char| c.is_whitespace() || c.is_control() || "<>()[],;:\\\"@".contains(c))
    };
    match bare.split_once('@') {
        Some((name, host)) if is_plain(name) && is_plain(host) && !text.contains(char::is_control) => {
            Ok(text.to_owned())
        }
        _ => Err(Error::MailAddress { shown: shown(text) }),
    }
}

/// A line break in a subject would begin another line of the mail's head.
fn in_one_line(text: &str) -> String {
    text.split(char::is_control).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

fn content(value: &Value) -> Result<MailContent, Failure> {
    let text = fields::text(value)?;
    let word: String = text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    match word.as_str() {
        "" | "html" | "texthtml" => Ok(MailContent::Html),
        "plaintext" | "plain" | "text" | "textplain" => Ok(MailContent::Plain),
        _ => Err(Error::MailContent { given: shown(&text) }.into()),
    }
}

/// The files, or how many were left out because they are too large together.
fn attachments(value: &Value) -> Result<(Vec<File>, usize), Failure> {
    let mut files = Vec::new();
    for value in flattened(value, NAME, Kinds::FILE.or(Kinds::LIST))? {
        match &value {
            Value::File(file) => files.push(file.borrow().clone()),
            blank if fields::is_blank(blank) => {}
            other => return Err(Failure::argument(NAME, Kinds::FILE.or(Kinds::LIST), other.kind())),
        }
    }
    let size = files.iter().map(|file| file.bytes.len()).fold(0, usize::saturating_add);
    Ok(if size > MOST_ATTACHED { (Vec::new(), files.len()) } else { (files, 0) })
}
