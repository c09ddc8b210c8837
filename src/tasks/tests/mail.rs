//! `sendmail`: what becomes of its attributes.

use super::*;
use crate::effect::{Mail, MailContent};

/// The mail of these attributes, beside the four that every mail has.
fn mail(attributes: &[(&str, Value)]) -> Result<Mail, Failure> {
    let usual = ["from", "to", "subject", "message"].map(|name| (name, Value::text(format!("{name}@example.com"))));
    let given = |name: &str| attributes.iter().any(|(given, _)| *given == name);
    let all: Vec<_> = usual.into_iter().filter(|(name, _)| !given(name)).chain(attributes.iter().cloned()).collect();
    let task = task("sendmail");
    let Form::Bracket(known) = &task.form else { panic!("sendmail is a bracket task") };
    let slot = |name: &str| known.iter().position(|attribute| attribute.name == name).expect("an attribute") as u16;
    let (slots, values): (Vec<u16>, Vec<Value>) = all.into_iter().map(|(name, value)| (slot(name), value)).unzip();
    match prepare_any(&Environment::default(), &task, &slots, &values)?.action {
        Action::Mail(mail) => Ok(*mail),
        other => panic!("{other:?}"),
    }
}

fn list(texts: &[&str]) -> Value {
    Value::list(texts.iter().map(|text| Value::from(*text)).collect())
}

#[test]
fn addresses_are_lists_texts_with_commas_and_expressions() {
    let to = |value: Value| mail(&[("to", value)]).unwrap().to.join("|");
    assert_eq!(to("a@b.test".into()), "a@b.test");
    assert_eq!(to(" a@b.test, c@d.test ,".into()), "a@b.test|c@d.test");
    assert_eq!(to(list(&["a@b.test", "c@d.test, e@f.test"])), "a@b.test|c@d.test|e@f.test");
    assert_eq!(to(Value::list(vec![list(&["a@b.test"]), "c@d.test".into(), Value::Null])), "a@b.test|c@d.test");
    assert_eq!(to("Ann <a@b.test>, \"Bee, Cee\" <c@d.test>".into()), "Ann <a@b.test>|\"Bee, Cee\" <c@d.test>");
    let mail = mail(&[("cc", Value::Null), ("reply to", "r@s.test".into())]).unwrap();
    assert_eq!((mail.cc.len(), mail.bcc.len(), mail.reply_to.join("|")), (0, 0, "r@s.test".to_owned()));
}

#[test]
fn what_is_no_address_is_refused() {
    let bad =
        ["a", "a@", "@b", "a@b@c", "a b@c", "Ann <a>", "<a@b.test> x", "a@b.test\nBcc: x@y.test", "A <b@c> <d@e>"];
    for text in bad {
        assert_eq!(message(mail(&[("to", text.into())])), "Invalid email address found", "{text:?}");
        assert_eq!(code(mail(&[("from", text.into())])), "run::mail-address", "{text:?}");
    }
    assert_eq!(code(mail(&[("to", 5.into())])), "run::mail-address");
    let deep = Value::list(vec![Value::list(vec![list(&["a@b.test"])])]);
    assert_eq!(code(mail(&[("to", deep)])), "run::argument-type");
}

#[test]
fn what_is_missing_is_said_in_the_words_of_the_editor() {
    assert_eq!(message(mail(&[("from", Value::Null)])), "'FROM' message is missing for sendmail task");
    assert_eq!(message(mail(&[("to", " ".into())])), "'TO' message is missing for sendmail task");
    assert_eq!(message(mail(&[("to", list(&[]))])), "'TO' message is missing for sendmail task");
    let many: Vec<String> = (0..21).map(|n| format!("a{n}@b.test")).collect();
    assert_eq!(mail(&[("reply to", many[..20].join(",").into())]).unwrap().reply_to.len(), 20);
    assert_eq!(code(mail(&[("reply to", many.join(",").into())])), "run::mail-reply-to");
}

#[test]
fn subject_and_message_are_of_any_type() {
    let mail = mail(&[("subject", "one\r\nBcc: two".into()), ("message", of_json("{\"a\":[1,2.50]}"))]).unwrap();
    assert_eq!((mail.subject.as_str(), mail.message.as_str()), ("one Bcc: two", "{\"a\":[1,2.50]}"));
    assert_eq!(mail.content, MailContent::Html);
}

#[test]
fn the_content_type_has_two_words() {
    let content = |word: &str| mail(&[("content type", word.into())]).map(|mail| mail.content);
    assert_eq!(content("Plain Text").unwrap(), MailContent::Plain);
    assert_eq!(content("plaintext").unwrap(), MailContent::Plain);
    assert_eq!(content("html").unwrap(), MailContent::Html);
    assert_eq!(code(content("markdown")), "run::mail-content-type");
}

#[test]
fn attachments_are_files_and_too_large_ones_stay_behind() {
    let small = file("a.csv", b"1,2");
    let two = Value::list(vec![small.clone(), Value::list(vec![small.clone()])]);
    assert_eq!(mail(&[("attachments", small.clone())]).unwrap().attachments.len(), 1);
    assert_eq!(mail(&[("attachments", two)]).unwrap().attachments.len(), 2);
    let large = Value::file(crate::value::File::new("b.bin", "", vec![0; 15_000_000]));
    let both = mail(&[("attachments", Value::list(vec![small, large]))]).unwrap();
    assert_eq!((both.attachments.len(), both.dropped), (0, 2));
    assert_eq!(code(mail(&[("attachments", "a.csv".into())])), "run::argument-type");
}
