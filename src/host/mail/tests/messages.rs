//! Messages as an independent reader, the crate `mail-parser`, understands them.

use mail_parser::{Address as Parsed, Message, MessageParser, MimeHeaders};
use proptest::prelude::*;

use super::super::message::{Stamp, write};
use super::mail;
use crate::effect::{Mail, MailContent};
use crate::value::File;

fn written(mail: &Mail) -> Vec<u8> {
    write(mail, &Stamp::of_content(mail, 1, None)).unwrap().bytes
}

fn parsed(bytes: &[u8]) -> Message<'_> {
    MessageParser::default().parse(bytes).unwrap()
}

/// Addresses with their names.
fn people(found: Option<&Parsed<'_>>) -> Vec<(String, String)> {
    let people = found.into_iter().flat_map(Parsed::iter);
    people
        .map(|one| (one.name().unwrap_or_default().to_owned(), one.address().unwrap_or_default().to_owned()))
        .collect()
}

fn pair(name: &str, address: &str) -> (String, String) {
    (name.to_owned(), address.to_owned())
}

#[test]
fn headers_say_who_and_what() {
    let mail = Mail {
        from: "\"Müller, \\\"Jörg\\\"\" <jm@example.com>".into(),
        to: vec!["ada@example.com".into(), "Grace Höpper <grace@bücher.example>".into()],
        cc: vec!["cc@example.com".into()],
        bcc: vec!["hidden@example.com".into(), "ada@example.com".into()],
        reply_to: vec!["a@example.com".into(), "b@example.com".into()],
        subject: "Größe 😀 und ein langer Betreff, der in keine Zeile passt, weil er immer weiter geht".into(),
        ..mail()
    };
    let letter = write(&mail, &Stamp::of_content(&mail, 1, None)).unwrap();
    let message = parsed(&letter.bytes);
    assert_eq!(people(message.from()), [pair("Müller, \"Jörg\"", "jm@example.com")]);
    assert_eq!(
        people(message.to()),
        [pair("", "ada@example.com"), pair("Grace Höpper", "grace@xn--bcher-kva.example")]
    );
    assert_eq!(people(message.cc()), [pair("", "cc@example.com")]);
    assert_eq!(people(message.bcc()), []);
    assert_eq!(people(message.reply_to()), [pair("", "a@example.com"), pair("", "b@example.com")]);
    assert_eq!(message.subject(), Some(mail.subject.as_str()));
    assert!(message.date().is_none() && message.message_id().unwrap().ends_with("@example.com"));
    let receivers: Vec<String> = letter.receivers.iter().map(ToString::to_string).collect();
    assert_eq!(receivers, ["ada@example.com", "grace@xn--bcher-kva.example", "cc@example.com", "hidden@example.com"]);
    assert!(!String::from_utf8_lossy(&letter.bytes).contains("hidden"));
    assert!(letter.bytes.split(|byte| *byte == b'\n').all(|line| line.len() <= 998));
}

#[test]
fn html_has_a_plain_form_beside_it() {
    let bytes = written(&Mail { message: "<p>Grüße,</p>\n<p>a &lt; b</p>".into(), ..mail() });
    let message = parsed(&bytes);
    assert_eq!(message.body_text(0).unwrap().replace("\r\n", "\n").trim(), "Grüße,\n\na < b");
    assert_eq!(message.body_html(0).unwrap().replace("\r\n", "\n").trim(), "<p>Grüße,</p>\n<p>a &lt; b</p>");
    let bytes = written(&Mail { message: "<b>as it is</b>".into(), content: MailContent::Plain, ..mail() });
    let message = parsed(&bytes);
    assert_eq!(message.body_text(0).unwrap().trim(), "<b>as it is</b>");
    assert_eq!(message.text_body_count(), 1);
}

#[test]
fn attachments_keep_name_type_and_bytes() {
    let odd: Vec<u8> = (0..=255).cycle().take(5_000).collect();
    let files = vec![
        File::new("übersicht \"2026\".pdf", "application/pdf", odd.clone()),
        File::new("dots.txt", "text/plain", ".\n..\n.\r\n"),
        File::new("", "", ""),
        File::new("x.eml", "message/rfc822", "Subject: x\r\n\r\nbody"),
        File::new("bad\r\nBcc: evil@example.com\r\n\r\n.txt", "text/plain\r\nX-Evil: 1", "z"),
    ];
    let bytes = written(&Mail { attachments: files.clone(), ..mail() });
    let message = parsed(&bytes);
    let found: Vec<_> = message.attachments().collect();
    assert_eq!(found.len(), files.len());
    for (part, file) in found.iter().zip(&files) {
        assert_eq!(part.contents(), file.bytes.as_ref(), "{}", file.name);
    }
    assert_eq!(found[0].attachment_name(), Some("übersicht \"2026\".pdf"));
    let kind = found[0].content_type().unwrap();
    assert_eq!((kind.ctype(), kind.subtype()), ("application", Some("pdf")));
    assert_eq!(found[3].content_type().unwrap().subtype(), Some("octet-stream"));
    assert!(message.header("X-Evil").is_none() && message.bcc().is_none());
    assert!(!String::from_utf8_lossy(&bytes).lines().any(|line| line.starts_with("Bcc") || line.starts_with("X-Evil")));
}

#[test]
fn files_that_were_left_out_are_mentioned() {
    let text = |dropped, content| {
        let bytes = written(&Mail { dropped, content, ..mail() });
        parsed(&bytes).body_text(0).unwrap().into_owned()
    };
    let one = text(1, MailContent::Plain);
    assert!(
        one.trim_end().ends_with("1 attachment was left out, because attachments may have 15 MB together."),
        "{one}"
    );
    assert!(text(3, MailContent::Html).contains("3 attachments were left out"));
    assert!(!text(0, MailContent::Html).contains("left out"));
}

#[test]
fn the_same_mail_is_the_same_text() {
    let mail = Mail { attachments: vec![File::named("a.txt", "a")], ..mail() };
    assert_eq!(written(&mail), written(&mail));
    let number_two = write(&mail, &Stamp::of_content(&mail, 2, None)).unwrap().bytes;
    assert_ne!(written(&mail), number_two);
    assert_ne!(write(&mail, &Stamp::of_now()).unwrap().bytes, write(&mail, &Stamp::of_now()).unwrap().bytes);
}

#[test]
fn what_is_no_address_is_refused() {
    for bad in
        ["", "ada", "@example.com", "ada@", "ada@exa mple.com", "ada@example.com\r\nBcc: x@y.com", "a b@example.com"]
    {
        let mail = Mail { to: vec![bad.to_owned()], ..mail() };
        let error = write(&mail, &Stamp::of_now()).unwrap_err();
        assert_eq!(error.code(), "mail::invalid-address", "{bad:?}");
        assert!(!error.to_string().contains('\n'));
    }
}

#[test]
fn a_long_text_is_written_in_a_time_that_grows_with_it() {
    let begun = std::time::Instant::now();
    let bytes = written(&Mail { message: "a\n".repeat(1_000_000), content: MailContent::Plain, ..mail() });
    assert!(bytes.len() > 3_000_000 && begun.elapsed() < std::time::Duration::from_secs(20), "{:?}", begun.elapsed());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Whatever the texts hold, there are the headers that belong there, each once, and no others.
    #[test]
    fn no_text_makes_a_header(
        subject in "[\\PC\r\n\t\0\u{2028}:]{0,80}",
        message in "[\\PC\r\n\t.\0]{0,200}",
        name in "[\\PC\r\n\"\\\\<>]{0,40}",
        file in "[\\PC\r\n\";/]{0,40}",
    ) {
        let from = format!("{} <shop@example.com>", name.replace(['\r', '\n'], " ").replace(['<', '>', '"', '\\'], ""));
        let mail = Mail { from, subject, message, attachments: vec![File::new(file, "text/plain", "x")], ..mail() };
        let bytes = written(&mail);
        let head = String::from_utf8_lossy(&bytes).split("\r\n\r\n").next().unwrap().to_owned();
        let mut names: Vec<&str> = head
            .split("\r\n")
            .filter(|line| !line.starts_with([' ', '\t']))
            .map(|line| line.split(':').next().unwrap())
            .collect();
        names.sort_unstable();
        prop_assert_eq!(names, ["Content-Type", "From", "MIME-Version", "Message-ID", "Subject", "To"]);
        prop_assert!(!head.contains('\0'));
        prop_assert!(!bytes.windows(2).any(|pair| (pair[1] == b'\n') != (pair[0] == b'\r') && (pair[1] == b'\n' || pair[0] == b'\r')));
    }
}
