//! A mail as a script asks for it (help page "send mail"). Addresses are texts that were looked at already: each holds one
//! `name@host`, alone or behind a name as in `Ada <ada@example.com>`, and no line break.

use crate::value::File;

/// A mail.
#[derive(Clone, Debug, PartialEq)]
pub struct Mail {
    /// The sender.
    pub from: String,
    /// The receivers; never empty.
    pub to: Vec<String>,
    /// Who gets a copy.
    pub cc: Vec<String>,
    /// Who gets a copy without the others seeing it.
    pub bcc: Vec<String>,
    /// Where answers go; to the sender when empty.
    pub reply_to: Vec<String>,
    /// One line.
    pub subject: String,
    /// The text.
    pub message: String,
    /// How the text is to be read.
    pub content: MailContent,
    /// The files that go along.
    pub attachments: Vec<File>,
    /// How many files were left out, because together they were larger than mails may be.
    pub dropped: usize,
}

/// How the text of a mail is to be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MailContent {
    /// As HTML.
    #[default]
    Html,
    /// As it is.
    Plain,
}

impl MailContent {
    /// The media type.
    pub fn media_type(self) -> &'static str {
        match self {
            MailContent::Html => "text/html",
            MailContent::Plain => "text/plain",
        }
    }
}
