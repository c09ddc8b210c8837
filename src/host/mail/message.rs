//! A mail as the text that travels (RFC 5322 and MIME). What a script gave stands in headers only behind an encoder, with
//! control characters replaced first, so that no text can begin a header of its own. Receivers of blind copies are in the
//! envelope alone.

use std::time::SystemTime;

use lettre::message::header::{ContentTransferEncoding, ContentType, MessageId};
use lettre::message::{Attachment, Body, Mailbox, MultiPart, SinglePart};
use lettre::{Address, Message, address::Envelope};
use sha2::{Digest, Sha256};

use super::address::mailbox;
use super::error::{Error, in_one_line};
use super::plain_text;
use crate::effect::{Mail, MailContent};
use crate::value::File;

/// What is different in each sending of the same mail.
#[derive(Clone, Debug)]
pub(super) struct Stamp {
    /// What the header `Date` says; no header when there is none.
    pub(super) date: Option<SystemTime>,
    /// What makes the message's ID and its boundaries its own.
    pub(super) unique: String,
}

/// A mail, ready to be handed over.
#[derive(Debug)]
pub(super) struct Letter {
    pub(super) sender: Address,
    /// Everyone who gets it, each once.
    pub(super) receivers: Vec<Address>,
    pub(super) bytes: Vec<u8>,
}

impl Stamp {
    /// For a mail that really leaves.
    pub(super) fn of_now() -> Self {
        let mut random = [0_u8; 16];
        // Without random numbers the time alone tells messages apart.
        let _ = getrandom::fill(&mut random);
        let now = SystemTime::now();
        let nanoseconds = now.duration_since(SystemTime::UNIX_EPOCH).map(|since| since.as_nanos()).unwrap_or_default();
        Self { date: Some(now), unique: digest(format!("{random:?}{nanoseconds}").as_bytes()) }
    }

    /// The same for the same mail.
    pub(super) fn of_content(mail: &Mail, number: u32, date: Option<SystemTime>) -> Self {
        Self { date, unique: digest(format!("{number} {} {:?} {}", mail.from, mail.to, mail.message).as_bytes()) }
    }
}

/// Writes a mail.
pub(super) fn write(mail: &Mail, stamp: &Stamp) -> Result<Letter, Error> {
    let sender = mailbox(&mail.from)?;
    let of = |texts: &[String]| texts.iter().map(|text| mailbox(text)).collect::<Result<Vec<Mailbox>, Error>>();
    let (to, cc, bcc, reply_to) = (of(&mail.to)?, of(&mail.cc)?, of(&mail.bcc)?, of(&mail.reply_to)?);
    let mut receivers: Vec<Address> = Vec::with_capacity(to.len() + cc.len() + bcc.len());
    let mut seen = std::collections::HashSet::new();
    for found in to.iter().chain(&cc).chain(&bcc) {
        if seen.insert(found.email.clone()) {
            receivers.push(found.email.clone());
        }
    }
    let no_receiver = |_| Error::InvalidAddress { shown: "nothing".to_owned() };
    let envelope = Envelope::new(Some(sender.email.clone()), receivers.clone()).map_err(no_receiver)?;
    let id = format!("<{}@{}>", stamp.unique, sender.email.domain());
    let mut builder = Message::builder().from(sender.clone()).subject(in_header(&mail.subject)).envelope(envelope);
    builder = to.into_iter().fold(builder, |builder, one| builder.to(one));
    builder = cc.into_iter().fold(builder, |builder, one| builder.cc(one));
    builder = reply_to.into_iter().fold(builder, |builder, one| builder.reply_to(one));
    builder = builder.header(MessageId::from(id));
    if let Some(date) = stamp.date {
        builder = builder.date(date);
    }
    let refused = |error: lettre::error::Error| Error::Refused { reply: in_one_line(&error.to_string()) };
    let mut message = match content(mail, stamp) {
        Content::Single(part) => builder.singlepart(part),
        Content::Several(parts) => builder.multipart(parts),
    }
    .map_err(refused)?;
    if stamp.date.is_none() {
        message.headers_mut().remove_raw("Date");
    }
    Ok(Letter { sender: sender.email, receivers, bytes: message.formatted() })
}

enum Content {
    Single(SinglePart),
    Several(MultiPart),
}

/// The text, as HTML with a plain form beside it or plainly, and the files behind it.
fn content(mail: &Mail, stamp: &Stamp) -> Content {
    let boundary = |number: u8| format!("=_{number}{}", stamp.unique);
    let text = match mail.content {
        MailContent::Plain => Content::Single(text_part(ContentType::TEXT_PLAIN, with_note(mail))),
        MailContent::Html => {
            let html = with_note(mail);
            let plain = text_part(ContentType::TEXT_PLAIN, plain_text::of_html(&html));
            let alternative = MultiPart::alternative().boundary(boundary(1)).singlepart(plain);
            Content::Several(alternative.singlepart(text_part(ContentType::TEXT_HTML, html)))
        }
    };
    if mail.attachments.is_empty() {
        return text;
    }
    let mixed = MultiPart::mixed().boundary(boundary(2));
    let mixed = match text {
        Content::Single(part) => mixed.singlepart(part),
        Content::Several(parts) => mixed.multipart(parts),
    };
    Content::Several(mail.attachments.iter().map(attachment).fold(mixed, MultiPart::singlepart))
}

/// The message, with a word about files that were too large together (help page "send mail").
fn with_note(mail: &Mail) -> String {
    let files = match mail.dropped {
        0 => return mail.message.clone(),
        1 => "1 attachment was".to_owned(),
        many => format!("{many} attachments were"),
    };
    let note = format!("{files} left out, because attachments may have 15 MB together.");
    match mail.content {
        MailContent::Html => format!("{}<p>{note}</p>", mail.message),
        MailContent::Plain => format!("{}\n\n{note}", mail.message),
    }
}

/// A text part. Lines end as mails end them, whatever the script wrote: a lone line feed in a mail is read as the end of
/// the message by some servers, and its rest as another.
fn text_part(kind: ContentType, text: String) -> SinglePart {
    let mut lines = String::with_capacity(text.len() + text.len() / 32);
    let mut rest = text.replace('\0', "");
    rest = rest.replace("\r\n", "\n").replace('\r', "\n");
    for (number, line) in rest.split('\n').enumerate() {
        if number > 0 {
            lines.push_str("\r\n");
        }
        lines.push_str(line);
    }
    SinglePart::builder().header(kind).body(Body::new(lines))
}

/// A file, in base64 whatever it holds, so that its bytes are nobody's line ends.
fn attachment(file: &File) -> SinglePart {
    let bytes = file.sent_bytes().to_vec();
    let binary = || ContentType::parse("application/octet-stream");
    // Parts of these types must not be in base64 (RFC 2045), and as files they need not be what they are.
    let is_composite = |kind: &str| kind.starts_with("multipart/") || kind.starts_with("message/");
    let kind =
        file.sent_type().filter(|kind| !is_composite(&kind.to_ascii_lowercase()) && !kind.contains(char::is_control));
    let kind = kind.and_then(|kind| ContentType::parse(&kind).ok()).or_else(|| binary().ok());
    let part = Attachment::new(in_header(&file.name));
    // Every content can be in base64, so the second way is never gone.
    let body = Body::new_with_encoding(bytes, ContentTransferEncoding::Base64).unwrap_or_else(Body::new);
    part.body(body, kind.unwrap_or(ContentType::TEXT_PLAIN))
}

/// A text without anything that could end the line of a header.
fn in_header(text: &str) -> String {
    text.chars().map(|character| if is_unfit(character) { ' ' } else { character }).collect()
}

/// Control characters, and what Unicode counts as the end of a line.
fn is_unfit(character: char) -> bool {
    character.is_control() || matches!(character, '\u{2028}' | '\u{2029}')
}

/// 32 hexadecimal digits.
fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}
