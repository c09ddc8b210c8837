//! A request as a curl command that can be pasted into a shell. Secrets are variables: a connection's by its link name,
//! those that a script sets by hand by the name under which they stand. Nothing of a secret is in the command, so a dry run
//! without any credential gives the same one.

use std::borrow::Cow;

use super::client::take_user;
use super::dial::is_own_header;
use super::fields::field_values;
use super::sensitive::{is_sensitive_field, is_sensitive_header};
use super::shell::{self, Piece, pieces, variable};
use super::{Body, Method, Part, Request};
use crate::secret::Redactor;

/// A longer body goes into a file; systems limit how long an argument may be.
const LONGEST_BODY: usize = 64 * 1024;

/// A request to be shown as a command.
#[derive(Clone, Debug)]
pub struct Command {
    request: Request,
    /// Markers of user name and password.
    user: Option<(String, String)>,
    notes: Vec<String>,
}

impl Command {
    /// The command for a request as it is built, its body not yet encoded. Places of secrets are marked with [`variable`].
    pub fn new(mut request: Request) -> Self {
        let user = take_user(&mut request).map(|_| (variable(["username"]), variable(["password"])));
        let user = user.filter(|_| request.header("authorization").is_none());
        Self { request, user, notes: Vec::new() }
    }

    /// The same with a user name and a password (RFC 7617), which are variables of these names.
    #[must_use]
    pub fn with_user(mut self, user: String, password: String) -> Self {
        self.request.headers.retain(|(name, _)| !name.eq_ignore_ascii_case("authorization"));
        self.user = Some((user, password));
        self
    }

    /// The same with a remark above it.
    #[must_use]
    pub fn with_note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// The lines of the command, with the remarks above it as comments.
    pub fn lines(&self, redactor: &Redactor) -> Vec<String> {
        let Writer { arguments, notes, .. } = self.written(redactor);
        let mut lines: Vec<String> =
            notes.iter().flat_map(|note| note.lines()).map(|note| format!("# {note}")).collect();
        lines.extend(needed(&arguments));
        let last = arguments.len().saturating_sub(1);
        for (at, (option, text)) in arguments.iter().enumerate() {
            let start = if at == 0 { "curl" } else { " " };
            let option = if option.is_empty() { String::new() } else { format!(" {option}") };
            let text = text.as_ref().map(|text| format!(" {}", shell::word(text))).unwrap_or_default();
            let end = if at == last { "" } else { " \\" };
            // A text of several lines stays as it is: the line ends belong to it.
            lines.push(format!("{start}{option}{text}{end}"));
        }
        lines
    }

    fn written<'r>(&self, redactor: &'r Redactor) -> Writer<'r> {
        let mut writer = Writer { redactor, arguments: Vec::new(), notes: self.notes.clone(), files: Vec::new() };
        writer.request(&self.request, self.user.as_ref());
        writer
    }

    /// Options and values as the shell is to hand them on, variables not yet filled in.
    #[cfg(test)]
    pub(super) fn arguments(&self, redactor: &Redactor) -> Vec<String> {
        let arguments = self.written(redactor).arguments.into_iter();
        let both = |(option, text): (&str, Option<String>)| [Some(option.to_owned()).filter(|o| !o.is_empty()), text];
        arguments.flat_map(both).flatten().collect()
    }
}

/// Puts the arguments together.
struct Writer<'r> {
    redactor: &'r Redactor,
    /// Options with their values; the address has none.
    arguments: Vec<(&'static str, Option<String>)>,
    notes: Vec<String>,
    /// The names of files that the command reads.
    files: Vec<String>,
}

impl Writer<'_> {
    fn request(&mut self, request: &Request, user: Option<&(String, String)>) {
        let address = self.clean(&address(&request.url));
        if address.contains(['[', ']', '{', '}']) {
            self.arguments.push(("--globoff", None));
        }
        self.arguments.push(("", Some(address)));
        let method = self.arguments.len();
        for (name, value) in request.headers.iter().filter(|(name, _)| !is_own_header(name)) {
            self.header(request, name, value);
        }
        if let Some((user, password)) = user {
            self.arguments.push(("--user", Some(format!("{user}:{password}"))));
        }
        let has_body = self.body(request);
        let option = match (request.method, has_body) {
            (Method::Get, false) | (Method::Post, true) => None,
            (Method::Head, false) => Some(("--head", None)),
            (other, _) => Some(("-X", Some(other.as_str().to_owned()))),
        };
        if let Some(option) = option {
            self.arguments.insert(method, option);
        }
    }

    fn header(&mut self, request: &Request, name: &str, value: &str) {
        let is_credential = request.credential_headers.iter().any(|known| known.eq_ignore_ascii_case(name));
        let value = match has_variable(value) {
            false if is_credential || is_sensitive_header(name) => variable([name]),
            _ => self.clean(&without_secrets(value)),
        };
        // curl leaves a header out when nothing follows the colon.
        let header = if value.is_empty() { format!("{name};") } else { format!("{name}: {value}") };
        self.arguments.push(("-H", Some(header)));
    }

    /// Says whether there is one.
    fn body(&mut self, request: &Request) -> bool {
        let given = request.header("content-type");
        match &request.body {
            Body::Empty if matches!(request.method, Method::Post | Method::Put | Method::Patch) => {
                self.content_type(given, "");
                self.arguments.push(("--data-raw", Some(String::new())));
            }
            Body::Empty => return false,
            Body::Form(fields) => self.form(fields),
            Body::Raw { content_type, bytes } => {
                self.content_type(given, content_type);
                let text =
                    std::str::from_utf8(bytes).ok().filter(|text| text.len() <= LONGEST_BODY && !text.contains('\0'));
                match text {
                    Some(text) => {
                        let text = self.clean(&without_secrets(text));
                        self.arguments.push(("--data-raw", Some(text)));
                    }
                    None => {
                        let file = self.file("body.bin", bytes.len());
                        self.arguments.push(("--data-binary", Some(format!("@{file}"))));
                    }
                }
            }
            Body::Multipart(parts) => {
                if given.is_some_and(|given| given.trim().eq_ignore_ascii_case("multipart/form-data")) {
                    // curl writes it with the boundary that it chooses.
                    self.arguments.retain(|(_, text)| {
                        text.as_ref()
                            .is_none_or(|text| !text.to_ascii_lowercase().starts_with("content-type: multipart/"))
                    });
                }
                parts.iter().for_each(|part| self.part(part));
            }
        }
        true
    }

    /// Gives the body's own type where the request has none, and takes away the one that curl would choose.
    fn content_type(&mut self, given: Option<&str>, own: &str) {
        match (given, own) {
            (Some(_), _) => {}
            (None, "") => self.arguments.push(("-H", Some("Content-Type:".to_owned()))),
            (None, own) => {
                let own = self.clean(own);
                self.arguments.push(("-H", Some(format!("Content-Type: {own}"))));
            }
        }
    }

    /// Fields as they are encoded; those with a secret are left to curl to encode.
    fn form(&mut self, fields: &[(String, String)]) {
        let mut plain = url::form_urlencoded::Serializer::new(String::new());
        let mut is_plain = fields.is_empty();
        for (name, value) in fields {
            let marked = if is_sensitive_field(name) && !has_variable(value) {
                Cow::Owned(variable([name.as_str()]))
            } else {
                without_secrets(value)
            };
            if !has_variable(&marked) {
                plain.append_pair(&self.clean(name), &self.clean(&marked));
                is_plain = true;
                continue;
            }
            if std::mem::take(&mut is_plain) {
                self.arguments.push(("--data-raw", Some(plain.finish())));
                plain = url::form_urlencoded::Serializer::new(String::new());
            }
            let name: String = url::form_urlencoded::byte_serialize(self.clean(name).as_bytes()).collect();
            let value = self.clean(&marked);
            self.arguments.push(("--data-urlencode", Some(format!("{name}={value}"))));
        }
        if is_plain {
            self.arguments.push(("--data-raw", Some(plain.finish())));
        }
    }

    fn part(&mut self, part: &Part) {
        let name = self.clean(&part.name).replace('=', "%3D");
        if part.name.contains('=') {
            self.notes.push("curl cannot send a part with = in its name; %3D stands for it".to_owned());
        }
        let text = std::str::from_utf8(&part.bytes).ok();
        let text = text.filter(|text| part.file_name.is_none() && text.len() <= LONGEST_BODY && !text.contains('\0'));
        let Some(text) = text else { return self.file_part(part, &name) };
        let marked = if is_sensitive_field(&part.name) && !has_variable(text) {
            Cow::Owned(variable([part.name.as_str()]))
        } else {
            without_secrets(text)
        };
        let text = self.clean(&marked);
        match &part.content_type {
            None => self.arguments.push(("--form-string", Some(format!("{name}={text}")))),
            Some(kind) => {
                let kind = self.clean(kind);
                self.arguments.push(("-F", Some(format!("{name}=\"{}\";type={kind}", escaped(&text)))));
            }
        }
    }

    fn file_part(&mut self, part: &Part, name: &str) {
        let own_name = part.file_name.as_deref().map(|name| self.clean(name));
        let file = self.file(own_name.as_deref().unwrap_or("part.bin"), part.bytes.len());
        let kind = part.content_type.as_deref().map(|kind| self.clean(kind));
        let text = match (own_name, kind) {
            (Some(own), kind) => {
                let kind = kind.unwrap_or_else(|| "application/octet-stream".to_owned());
                format!("{name}=@\"{file}\";filename=\"{}\";type={kind}", escaped(&own))
            }
            (None, Some(kind)) => format!("{name}=<\"{file}\";type={kind}"),
            (None, None) => format!("{name}=<\"{file}\""),
        };
        self.arguments.push(("-F", Some(text)));
    }

    /// The name of a file that the person has to provide; not a name that leads elsewhere.
    fn file(&mut self, name: &str, size: usize) -> String {
        let letter = |letter: char| match letter {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '.' | '_' | '-' => letter,
            _ => '_',
        };
        let name: String = name.rsplit(['/', '\\']).next().unwrap_or_default().chars().map(letter).take(100).collect();
        let name = name.trim_start_matches(['.', '-']);
        let name = if name.is_empty() { "file" } else { name };
        let mut unique = name.to_owned();
        let mut count = 1;
        while self.files.contains(&unique) {
            count += 1;
            unique = format!("{count}-{name}");
        }
        self.notes.push(format!("reads {unique}, which held {size} bytes"));
        self.files.push(unique.clone());
        unique
    }

    /// The text without the values that are known to be secret.
    fn clean(&mut self, text: &str) -> String {
        const REMARK: &str = "[redacted] stands for a secret that the script itself put there";
        match self.redactor.redact(text) {
            Cow::Borrowed(text) => text.to_owned(),
            Cow::Owned(clean) => {
                if !self.notes.iter().any(|note| note == REMARK) {
                    self.notes.push(REMARK.to_owned());
                }
                clean
            }
        }
    }
}

/// The comment that lists the variables.
fn needed(arguments: &[(&'static str, Option<String>)]) -> Option<String> {
    let mut names: Vec<String> = Vec::new();
    for (option, text) in arguments {
        for piece in text.as_deref().map(pieces).unwrap_or_default() {
            let Piece::Variable(name) = piece else { continue };
            // In the address a value stands as it is encoded; elsewhere curl encodes it.
            let name = if option.is_empty() { format!("{name} (percent-encoded)") } else { name.to_owned() };
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    (!names.is_empty()).then(|| format!("# set first: {}", names.join(", ")))
}

/// The address with variables for secrets in its query.
fn address(url: &url::Url) -> String {
    let pair = |pair: &str| {
        let name = pair.split('=').next().unwrap_or_default();
        let decoded = url::form_urlencoded::parse(name.as_bytes()).next();
        let is_secret = decoded.is_some_and(|(name, _)| is_sensitive_field(&name));
        match is_secret && pair.contains('=') && !has_variable(pair) {
            true => format!("{name}={}", variable([name])),
            false => without_secrets(pair).into_owned(),
        }
    };
    let query = url.query().map(|query| query.split('&').map(pair).collect::<Vec<_>>().join("&"));
    let mut base = url.clone();
    base.set_query(None);
    base.set_fragment(None);
    format!("{base}{}", query.map(|query| format!("?{query}")).unwrap_or_default())
}

/// The text with a variable for the value of each field that is secret by its name.
fn without_secrets(text: &str) -> Cow<'_, str> {
    let values = field_values(text);
    if values.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut marked = String::with_capacity(text.len());
    let mut done = 0;
    for (at, value) in values.into_iter().enumerate() {
        marked.push_str(text.get(done..value.start).unwrap_or_default());
        let secret = text.get(value.clone()).unwrap_or_default();
        match has_variable(secret) {
            true => marked.push_str(secret),
            false if at == 0 => marked.push_str(&variable(["secret"])),
            false => marked.push_str(&variable(["secret", &(at + 1).to_string()])),
        }
        done = value.end;
    }
    marked.push_str(text.get(done..).unwrap_or_default());
    Cow::Owned(marked)
}

fn has_variable(text: &str) -> bool {
    pieces(text).iter().any(|piece| matches!(piece, Piece::Variable(_)))
}

/// As curl reads quoted texts in `-F`.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}
