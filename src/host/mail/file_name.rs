//! The names of files that hold mails: a number, the first receiver and the subject, so that a folder of them can be read
//! as a list. Only characters that every system allows and no shell reads are in them.

/// The longest part of a name that a text makes, in bytes.
const LONGEST_PART: usize = 60;

/// The name of the mail of this number.
pub(super) fn file_name(number: u32, receiver: &str, subject: &str) -> String {
    let bare = receiver.rsplit_once('<').map_or(receiver, |(_, bare)| bare.trim_end_matches('>'));
    let parts = [safe(bare), safe(subject)];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    match parts.as_slice() {
        [] => format!("{number:04}.eml"),
        parts => format!("{number:04}-to-{}.eml", parts.join("-")),
    }
}

/// The number that a name begins with.
pub(super) fn number_of(name: &str) -> Option<u32> {
    let digits = name.split(|c: char| !c.is_ascii_digit()).next()?;
    name.ends_with(".eml").then(|| digits.parse().ok()).flatten()
}

/// Letters, digits and a few signs as they are, everything else as one hyphen.
fn safe(text: &str) -> String {
    let mut out = String::new();
    for character in text.chars() {
        if out.len() >= LONGEST_PART {
            break;
        }
        match character {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '@' | '_' | '+' => out.push(character),
            '.' if !out.ends_with('.') => out.push(character),
            _ if !out.ends_with('-') => out.push('-'),
            _ => {}
        }
    }
    out.trim_matches(['-', '.']).to_owned()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;

    use super::{file_name, number_of};

    #[test]
    fn names_tell_receiver_and_subject() {
        assert_eq!(file_name(1, "ada@example.com", "Your order"), "0001-to-ada@example.com-Your-order.eml");
        assert_eq!(
            file_name(12, "Ada <ada@example.com>", "../../etc/passwd"),
            "0012-to-ada@example.com-etc-passwd.eml"
        );
        assert_eq!(file_name(3, "ü", "…"), "0003.eml");
        assert_eq!(number_of("0012-to-ada@example.com-x.eml"), Some(12));
        assert_eq!(number_of("notes.txt"), None);
    }

    proptest! {
        #[test]
        fn names_are_names(number in 0_u32..100_000, receiver in ".*", subject in ".*") {
            let name = file_name(number, &receiver, &subject);
            prop_assert!(name.len() < 160 && name.is_ascii());
            prop_assert!(!name.contains(['/', '\\', ' ', ':', '\0', '"', '$', '*']) && !name.contains(".."));
            prop_assert_eq!(number_of(&name).unwrap(), number);
        }
    }
}
