//! What must hold for any text: cutting, replacing, turning round, filling up, splitting, compared with the simplest model.

use proptest::prelude::*;

use super::{run, shows};
use crate::value::Value;

fn text(value: Value) -> String {
    value.as_text().unwrap().to_owned()
}

fn call(name: &str, values: &[Value]) -> String {
    text(run(name, values).unwrap())
}

/// Texts in which the same pieces come often.
fn texts() -> impl Strategy<Value = String> {
    prop_oneof!["[ab,é]{0,12}", "\\PC{0,20}", "[a.$\\\\(){}|*\n🎉]{0,12}"]
}

proptest! {
    #[test]
    fn prefix_and_suffix_stand_around_the_first_occurrence(subject in texts(), wanted in "[ab,é]{1,2}") {
        let (subject_value, wanted_value): (Value, Value) = (subject.as_str().into(), wanted.as_str().into());
        let values = [subject_value, wanted_value];
        if subject.contains(&wanted) {
            let (prefix, suffix) = (call("getPrefix", &values), call("getSuffix", &values));
            prop_assert!(!prefix.contains(&wanted));
            prop_assert_eq!(format!("{prefix}{wanted}{suffix}"), subject);
        } else {
            prop_assert!(run("getPrefix", &values).unwrap().is_null());
            prop_assert!(run("getSuffix", &values).unwrap().is_null());
        }
    }

    #[test]
    fn cutting_counts_characters(subject in texts(), start in -2_i64..16, end in -2_i64..16) {
        let signs: Vec<char> = subject.chars().collect();
        let length = signs.len() as i64;
        let last = if end < 0 { length } else { end };
        let values = [Value::from(subject.as_str()), start.into(), end.into()];
        if start < 0 || last > length || start > last {
            prop_assert_eq!(shows("subString", &values), "run::text-index");
        } else {
            let expected: String = signs[start as usize..last as usize].iter().collect();
            prop_assert_eq!(call("subString", &values), expected);
        }
    }

    #[test]
    fn left_and_the_rest_make_the_whole(subject in texts(), share in 0.0..=1.0_f64) {
        let at = (subject.chars().count() as f64 * share) as i64;
        let rest = subject.chars().count() as i64 - at;
        let value = Value::from(subject.as_str());
        let left = call("left", &[value.clone(), at.into()]);
        prop_assert_eq!(left + &call("right", &[value, rest.into()]), subject);
    }

    #[test]
    fn plain_replacing_is_that_of_every_language(subject in texts(), find in "[ab.$é(]{1,2}", by in "[ab$1\\\\]{0,3}") {
        let expected = subject.replace(&find, &by);
        let plain = [subject.as_str().into(), find.as_str().into(), by.as_str().into(), true.into()];
        prop_assert_eq!(call("replaceAll", &plain), expected.clone());
        let quoted = [
            subject.as_str().into(),
            format!("\\Q{find}\\E").into(),
            by.replace('\\', "\\\\").replace('$', "\\$").into(),
        ];
        prop_assert_eq!(call("replaceAll", &quoted), expected);
        let removed = call("remove", &[subject.as_str().into(), find.as_str().into()]);
        prop_assert_eq!(removed, subject.replace(&find, ""));
    }

    #[test]
    fn turned_twice_is_as_before(subject in texts()) {
        let turned = call("reverse", &[subject.as_str().into()]);
        prop_assert_eq!(turned.chars().count(), subject.chars().count());
        prop_assert_eq!(call("reverse", &[turned.into()]), subject);
    }

    #[test]
    fn filling_up_gives_the_width(subject in texts(), width in -3_i64..40) {
        let values = [Value::from(subject.as_str()), width.into()];
        let (left, right) = (call("leftpad", &values), call("rightpad", &values));
        let expected = subject.chars().count().max(usize::try_from(width).unwrap_or(0));
        prop_assert_eq!((left.chars().count(), right.chars().count()), (expected, expected));
        prop_assert!(left.ends_with(&subject) && right.starts_with(&subject));
        prop_assert_eq!(left.trim_start_matches(' '), subject.trim_start_matches(' '));
    }

    #[test]
    fn split_and_joined_is_as_before(subject in texts(), separator in "[ab,é;]{1,2}") {
        let items = run("toList", &[subject.as_str().into(), separator.as_str().into()]).unwrap();
        prop_assert_eq!(shows("size", std::slice::from_ref(&items)), (subject.matches(&separator).count() + 1).to_string());
        prop_assert_eq!(call("toString", &[items, separator.into()]), subject);
    }

    #[test]
    fn places_agree_with_what_stands_there(subject in texts(), wanted in "[ab,é]{1,2}") {
        let values = [Value::from(subject.as_str()), wanted.as_str().into()];
        let first: i64 = shows("indexOf", &values).parse().unwrap();
        let last: i64 = shows("lastIndexOf", &values).parse().unwrap();
        let count: usize = shows("getOccurenceCount", &values).parse().unwrap();
        prop_assert_eq!((first < 0, last < 0, count == 0), (count == 0, first < 0, last < 0));
        if first >= 0 {
            prop_assert!(first <= last);
            let rest = call("subString", &[subject.as_str().into(), last.into()]);
            prop_assert!(rest.starts_with(&wanted));
            prop_assert_eq!(shows("startsWith", &[rest.into(), wanted.into()]), "true");
        }
    }

    #[test]
    fn a_text_with_every_sign_escaped_matches_itself(subject in texts()) {
        let escaped: String = subject
            .chars()
            .flat_map(|sign| (!sign.is_alphanumeric()).then_some('\\').into_iter().chain([sign]))
            .collect();
        prop_assert_eq!(shows("matches", &[subject.into(), escaped.into()]), "true");
    }

    #[test]
    fn no_pattern_does_more_than_fail(pattern in "([ab^$.|?*+(){}\\[\\]&,0-3<>=!:QEpPwdsbkRZ{}-]|\\\\){0,16}", subject in "[ab\n1]{0,8}") {
        for name in ["matches", "replaceAll"] {
            let mut values: Vec<Value> = vec![subject.as_str().into(), pattern.as_str().into()];
            if name == "replaceAll" {
                values.push("<$0>".into());
            }
            if let Err(failure) = run(name, &values) {
                let code = failure.report().code.as_str();
                prop_assert!(matches!(code, "run::pattern" | "limits::size"), "{pattern}: {:?}", failure);
            }
        }
    }
}
