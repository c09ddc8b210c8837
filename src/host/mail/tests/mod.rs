//! Mails as a mail server gets them, as files, and as another program reads them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod delivery;
mod faults;
mod folder;
mod messages;
mod server;

pub(in crate::host) use server::{MailServerStub, Manners};

use crate::effect::{Mail, MailContent};

/// A mail with one receiver.
fn mail() -> Mail {
    Mail {
        from: "Shop <shop@example.com>".to_owned(),
        to: vec!["ada@example.com".to_owned()],
        cc: Vec::new(),
        bcc: Vec::new(),
        reply_to: Vec::new(),
        subject: "Your order".to_owned(),
        message: "<p>Dear Ada,</p><p>thank you.</p>".to_owned(),
        content: MailContent::Html,
        attachments: Vec::new(),
        dropped: 0,
    }
}
