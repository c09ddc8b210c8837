//! What a dry run says about each effect: the request as the script asks for it, in the look of a trace, with what is
//! secret by its name masked. Nothing is added to it, so it shows the connection's name and no credential.

use super::super::Output;
use crate::effect::{Action, Connection, Effect, Mail, Request};
use crate::http::{Body, is_sensitive_header, mask_fields};

/// The most bytes of a body that are shown.
const SHOWN_BYTES: usize = 4 * 1024;

/// Prints an effect.
pub(super) fn tell(effect: &Effect, output: &Output) {
    let lines = match &effect.action {
        Action::Request(request) => lines(effect.line, request),
        Action::Records(records) => vec![format!("* line {}: would {records}", effect.line)],
        Action::Mail(mail) => of_mail(effect.line, mail),
        Action::Platform(platform) => {
            vec![mask_fields(&format!("* line {}: would {platform}", effect.line)).into_owned()]
        }
        Action::Host(call) => vec![mask_fields(&format!("* line {}: would {call}", effect.line)).into_owned()],
        Action::Client(client) => vec![format!("* line {}: would {client}", effect.line)],
    };
    lines.iter().for_each(|line| output.note(line));
}

fn of_mail(line: u32, mail: &Mail) -> Vec<String> {
    let mut lines = vec![format!("* line {line}: sendmail would send a mail"), format!("> From: {}", mail.from)];
    let all = [("To", &mail.to), ("Cc", &mail.cc), ("Bcc", &mail.bcc), ("Reply-To", &mail.reply_to)];
    let given = all.iter().filter(|(_, addresses)| !addresses.is_empty());
    lines.extend(given.map(|(name, addresses)| format!("> {name}: {}", addresses.join(", "))));
    lines.push(format!("> Subject: {}", mask_fields(&mail.subject)));
    lines.push(format!("> Content-Type: {}", mail.content.media_type()));
    show_text(&mail.message, &mut lines);
    let files = mail.attachments.iter();
    lines.extend(files.map(|file| format!("* attached: {}, {} bytes", file.name, file.bytes.len())));
    if mail.dropped > 0 {
        lines.push(format!("* {} attachments of more than 15 MB together are left out", mail.dropped));
    }
    lines
}

/// The beginning of a text, with what is secret by its name masked.
fn show_text(text: &str, lines: &mut Vec<String>) {
    let masked = mask_fields(text);
    let shown = masked.get(..masked.floor_char_boundary(SHOWN_BYTES)).unwrap_or(&masked);
    lines.extend(shown.lines().map(|line| format!("}} {line}")));
    if shown.len() < masked.len() {
        lines.push(format!("* the beginning of {} bytes", text.len()));
    }
}

fn lines(line: u32, request: &Request) -> Vec<String> {
    let connection = match &request.connection {
        Connection::None => String::new(),
        Connection::Named(name) => format!(" through the connection \"{name}\""),
        Connection::DefaultFor(group) => format!(" through the default connection for {group}"),
    };
    let http = &request.http;
    let mut lines = vec![format!("* line {line}: {} would send{connection}", request.task)];
    lines.push(format!("> {} {}", http.method.as_str(), mask_fields(without_user(&http.url).as_str())));
    for (name, value) in &http.headers {
        let value = if is_sensitive_header(name) { "[redacted]" } else { value };
        lines.push(format!("> {name}: {}", mask_fields(value)));
    }
    match &http.body {
        Body::Empty => {}
        Body::Form(fields) => {
            // The same notation as in a query, so that the same names are masked.
            lines.extend(fields.iter().map(|(name, value)| format!("}} {}", mask_fields(&format!("{name}={value}")))));
        }
        Body::Raw { content_type, bytes } => match std::str::from_utf8(bytes) {
            Ok(text) => {
                lines.push(format!("> content-type: {content_type}"));
                show_text(text, &mut lines);
            }
            Err(_) => lines.push(format!("* {} bytes of {content_type}", bytes.len())),
        },
        Body::Multipart(parts) => lines.extend(parts.iter().map(|part| {
            let file = part.file_name.as_ref().map(|name| format!(", file \"{name}\"")).unwrap_or_default();
            format!("}} part \"{}\"{file}: {} bytes", part.name, part.bytes.len())
        })),
    }
    lines
}

/// The address without the user name and password that it may hold.
fn without_user(url: &url::Url) -> url::Url {
    let mut url = url.clone();
    // Both fail only for addresses that cannot have them.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url
}
