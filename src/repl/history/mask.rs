//! Masks the secrets of an input before it is stored. The redactor of the command knows those of connections; here they are
//! found by where they stand in a script, which need not be a correct one: after a telling name (`"access_token" : "…"`,
//! `m.put("password", "…")`, `token = "…"`), after the name of a scheme (`Bearer …`), in an address, or by their own look.
//! Too much masked costs an input that is typed again; too little stays on the disk.

use std::ops::Range;

use crate::http::{is_sensitive_header, mask_fields};
use crate::secret::Redactor;

const MASK: &str = "[redacted]";

/// Words before a credential, in lower case, that stand before little else.
const SCHEMES: [&str; 3] = ["bearer", "zoho-oauthtoken", "zoho-authtoken"];

/// How names end that tell of a secret, in lower case without `_` and `-`. Scripts put all manner of words before them.
const ENDINGS: [&str; 11] = [
    "password",
    "passwd",
    "pwd",
    "passphrase",
    "secret",
    "token",
    "apikey",
    "privatekey",
    "secretkey",
    "credential",
    "credentials",
];

/// How tokens of well-known services begin that are known by their look.
const LOOKS: [&str; 10] =
    ["ghp_", "gho_", "ghs_", "github_pat_", "sk_live_", "sk_test_", "rk_live_", "xoxb-", "xoxp-", "glpat-"];

/// The input without its secrets. Masking it again changes nothing.
pub(super) fn masked(input: &str, redactor: &Redactor) -> String {
    let known = redactor.redact(input);
    let mut out = String::with_capacity(known.len());
    let mut mask = Mask::default();
    let mut done = 0;
    for piece in pieces(&known) {
        let text = known.get(piece.range.clone()).unwrap_or_default();
        out.push_str(known.get(done..piece.range.start).unwrap_or_default());
        done = piece.range.end;
        out.push_str(&mask.piece(piece.kind, text));
    }
    out.push_str(known.get(done..).unwrap_or_default());
    out
}

/// What is told apart in an input; blanks are left out.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// What stands between quotes.
    Text,
    Comment,
    Word,
    Number,
    /// A mark, and a second one that belongs to it, as in `==`.
    Mark,
}

struct Piece {
    kind: Kind,
    range: Range<usize>,
}

/// What the pieces so far say about the next one.
#[derive(Default)]
struct Mask {
    /// The brackets that are open.
    open: Vec<char>,
    /// The last piece was a telling name; whether it was a text.
    named: Option<bool>,
    /// How many brackets are open around the value of a telling name that is being read.
    value: Option<usize>,
    /// The last text ended where a secret begins: `"Bearer " + …`.
    continued: bool,
    /// The last two pieces, to know the keys of `get("…")`.
    last: [String; 2],
}

impl Mask {
    fn piece(&mut self, kind: Kind, text: &str) -> String {
        let named = self.named.take();
        let is_key = self.last.iter().map(String::as_str).eq(["get", "("]);
        let is_value = self.value.is_some();
        let shown = match kind {
            Kind::Text => {
                // A name among the values of another one, as in `"token": {"token": "…"}`, is still a name.
                let is_name = is_telling(text);
                if is_name {
                    self.named = Some(true);
                }
                let continued = std::mem::replace(&mut self.continued, ends_before_secret(text));
                match () {
                    () if is_key || is_name => text.to_owned(),
                    () if is_value || continued => masked_value(text),
                    () => masked_content(text),
                }
            }
            Kind::Number if is_value && !is_key && text.len() > 3 => format!("\"{MASK}\""),
            Kind::Number => text.to_owned(),
            Kind::Comment => masked_content(text),
            Kind::Word => {
                if is_telling(text) {
                    self.named = Some(false);
                }
                self.continued = false;
                masked_looks(text)
            }
            Kind::Mark => {
                self.mark(text, named);
                text.to_owned()
            }
        };
        let last = if kind == Kind::Word { text.to_ascii_lowercase() } else { text.chars().take(2).collect() };
        // `getJSON`, `getMap` and the like take a key too.
        let last = if kind == Kind::Word && last.starts_with("get") { "get".to_owned() } else { last };
        self.last.rotate_left(1);
        let [_, newest] = &mut self.last;
        *newest = last;
        shown
    }

    fn mark(&mut self, mark: &str, named: Option<bool>) {
        self.continued &= mark == "+";
        let starts_value = match mark {
            "=" | "==" | "!=" | "+=" | ":" => named.is_some(),
            "," => named == Some(true) && self.open.last() == Some(&'('),
            _ => false,
        };
        let ends_value = match mark {
            "," | ";" => self.value.is_some_and(|depth| self.open.len() <= depth),
            ")" | "]" | "}" => self.value.is_some_and(|depth| self.open.len() <= depth),
            _ => false,
        };
        if ends_value {
            self.value = None;
        }
        match mark {
            "(" | "[" | "{" => self.open.extend(mark.chars()),
            ")" | "]" | "}" => drop(self.open.pop()),
            _ => {}
        }
        if starts_value && self.value.is_none() {
            self.value = Some(self.open.len());
        }
    }
}

/// Cuts an input into its pieces. Like the lexer of scripts it never fails; what is not closed reaches to the end.
fn pieces(input: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = input;
    while let Some(first) = rest.chars().next() {
        let at = input.len() - rest.len();
        let (kind, inner, length) = match first {
            '"' | '\'' => {
                let (content, whole) = quoted(rest, first);
                (Kind::Text, 1..content, whole)
            }
            _ if rest.starts_with("//") => whole(Kind::Comment, rest.find('\n').unwrap_or(rest.len())),
            _ if rest.starts_with("/*") => match rest.find("*/") {
                // Its end stays, whatever is masked before it: otherwise the comment would go on.
                Some(end) => (Kind::Comment, 0..end, end + 2),
                None => whole(Kind::Comment, rest.len()),
            },
            _ if first.is_ascii_digit() => whole(Kind::Number, run(rest, |letter| is_word(letter) || letter == '.')),
            _ if is_word(first) => whole(Kind::Word, run(rest, is_word)),
            _ if first.is_whitespace() => {
                rest = rest.get(first.len_utf8()..).unwrap_or_default();
                continue;
            }
            _ => {
                let doubled = ["==", "!=", "+="].iter().any(|mark| rest.starts_with(mark));
                whole(Kind::Mark, if doubled { 2 } else { first.len_utf8() })
            }
        };
        pieces.push(Piece { kind, range: at + inner.start..at + inner.end });
        rest = rest.get(length..).unwrap_or_default();
    }
    pieces
}

fn whole(kind: Kind, length: usize) -> (Kind, Range<usize>, usize) {
    (kind, 0..length, length)
}

/// Where the content of a text ends that begins with its quote, and where the text itself ends.
fn quoted(text: &str, quote: char) -> (usize, usize) {
    let mut letters = text.char_indices().skip(1);
    while let Some((at, letter)) = letters.next() {
        if letter == quote {
            return (at, at + 1);
        }
        if letter == '\\' {
            letters.next();
        }
    }
    (text.len(), text.len())
}

fn run(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|letter| !belongs(letter)).unwrap_or(text.len())
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

fn is_telling(name: &str) -> bool {
    let name = name.trim();
    if is_sensitive_header(name) {
        return true;
    }
    if name.len() > 60 || name.contains(char::is_whitespace) || name.contains(['=', ':', '/']) {
        return false;
    }
    let plain: String = name.chars().filter(|letter| !matches!(letter, '_' | '-')).collect();
    let plain = plain.to_ascii_lowercase();
    ENDINGS.iter().any(|ending| plain.ends_with(ending))
}

/// Whether a text that is put together ends with what stands before a secret: `"Bearer "`, `"…?authtoken="`.
fn ends_before_secret(text: &str) -> bool {
    if let Some(before) = text.strip_suffix('=') {
        return is_telling(before.rsplit(['?', '&', ';', ' ']).next().unwrap_or_default());
    }
    let mut words = text.split_whitespace();
    text.ends_with(' ') && words.next_back().is_some_and(|word| is_scheme(word) || word.eq_ignore_ascii_case("basic"))
}

fn is_scheme(word: &str) -> bool {
    SCHEMES.iter().any(|scheme| scheme.eq_ignore_ascii_case(word))
}

/// The text that is a secret; the name of its scheme stays.
fn masked_value(text: &str) -> String {
    let scheme = text.split_whitespace().next().unwrap_or_default();
    if is_scheme(scheme) || scheme.eq_ignore_ascii_case("basic") {
        return if text.trim() == scheme { text.to_owned() } else { format!("{scheme} {MASK}") };
    }
    if text.trim().is_empty() { text.to_owned() } else { MASK.to_owned() }
}

/// The text without the secrets in it.
fn masked_content(text: &str) -> String {
    masked_looks(&masked_schemes(&masked_users(&mask_fields(text))))
}

/// Without what follows the name of a scheme.
fn masked_schemes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut after = None;
    for word in text.split_inclusive([' ', '\n', '\t']) {
        let name = word.trim_end().rsplit(['"', '\'', '=', ':']).next().unwrap_or_default();
        let credential = run(word, |letter| letter.is_ascii_alphanumeric() || "._~+/=-".contains(letter));
        let secret = word.get(..credential).unwrap_or_default();
        let is_secret = match after {
            Some(true) => secret.len() >= 4,
            Some(false) => secret.len() >= 8 && looks_random(secret),
            None => false,
        };
        out.push_str(if is_secret { MASK } else { secret });
        out.push_str(word.get(credential..).unwrap_or_default());
        after = match () {
            () if is_scheme(name) => Some(true),
            () if name.eq_ignore_ascii_case("basic") => Some(false),
            () => None,
        };
    }
    out
}

/// Prose has no digits, signs or capitals within its words.
fn looks_random(word: &str) -> bool {
    word.chars().skip(1).any(|letter| !letter.is_ascii_lowercase())
}

/// Without the password of `https://user:password@host`.
fn masked_users(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("://") {
        let (before, address) = rest.split_at(start + 3);
        out.push_str(before);
        let host = run(address, |letter| !letter.is_whitespace() && !"/?#\"'<>".contains(letter));
        let authority = address.get(..host).unwrap_or_default();
        let user = authority.rsplit_once('@').and_then(|(user, host)| Some((user.split_once(':')?.0, host)));
        match user {
            Some((user, host)) => out.push_str(&format!("{user}:{MASK}@{host}")),
            None => out.push_str(authority),
        }
        rest = address.get(host..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

/// Without the words that look like tokens: Zoho's `1000.….…`, JSON Web Tokens, and those of well-known services.
fn masked_looks(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let belongs = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-' | '.');
        let (word, after) = rest.split_at(run(rest, belongs));
        out.push_str(if is_token(word) { MASK } else { word });
        let (between, next) = after.split_at(run(after, |letter| !belongs(letter)));
        out.push_str(between);
        rest = next;
    }
    out
}

fn is_token(word: &str) -> bool {
    let points = word.matches('.').count();
    match () {
        () if word.starts_with("1000.") => word.len() >= 20 && points >= 1,
        () if word.starts_with("eyJ") => word.len() >= 20 && points == 2,
        () => word.len() >= 16 && LOOKS.iter().any(|begin| word.starts_with(begin)),
    }
}
