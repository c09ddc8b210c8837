//! The ends of ranges and sizes beyond every limit.

use super::{LARGEST, run, shows};
use crate::value::Value;

#[test]
fn nothing_grows_beyond_the_limit_and_no_try_catches_that() {
    let long = "x".repeat(LARGEST / 2 + 1);
    let too_large = |name: &str, values: &[Value]| {
        let report = run(name, values).unwrap_err().into_report();
        assert_eq!((report.code.as_str(), report.catchable), ("limits::size", false), "{name}");
    };
    too_large("repeat", &["ab".into(), i64::MAX.into()]);
    too_large("leftpad", &["ab".into(), i64::MAX.into()]);
    too_large("concat", &[long.as_str().into(), long.as_str().into()]);
    too_large("replaceAll", &[long.as_str().into(), "x".into(), "yyy".into()]);
    too_large("replaceAll", &[long.as_str().into(), "x".into(), "yyy".into(), true.into()]);
    too_large("toList", &[",".repeat(LARGEST).into()]);
    let full = Value::list(vec![Value::Null; LARGEST]);
    too_large("add", &[full.clone(), 1.into()]);
    too_large("addAll", &[full.clone(), full]);
    assert_eq!(shows("repeat", &["".into(), i64::MAX.into()]), "");
}
