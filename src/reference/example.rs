//! Examples as they are shown: the code, and in a comment what it prints or which error ends it.

use crate::catalogue::Example;

/// Where a comment no longer stands behind its line but below it.
const WIDEST: usize = 92;

/// An example as lines of Deluge.
pub(super) fn lines(example: &Example) -> Vec<String> {
    match example {
        Example::Shows(expression, printed) => shown(expression, printed),
        Example::Prints(statements, printed) => commented(statements, said("", printed)),
        Example::Fails(statements, code) => commented(statements, said("error ", code)),
    }
}

/// An expression and what `info` prints for it.
pub(super) fn shown(expression: &str, printed: &str) -> Vec<String> {
    commented(&format!("info {expression};"), said("", printed))
}

fn commented(code: &str, comment: Vec<String>) -> Vec<String> {
    let mut lines: Vec<String> = code.lines().map(str::to_owned).collect();
    match (comment.as_slice(), lines.last_mut()) {
        ([only], Some(last)) if last.chars().count() + only.chars().count() + 4 <= WIDEST => {
            last.push_str(&format!("   // {only}"));
        }
        _ => lines.extend(comment.iter().map(|line| format!("// {line}"))),
    }
    lines
}

/// Whether an example takes more than one line, so that an empty one should stand around it.
pub(super) fn is_long(example: &[String]) -> bool {
    example.len() > 1
}

fn said(before: &str, text: &str) -> Vec<String> {
    if text.is_empty() {
        return vec!["(an empty line)".to_owned()];
    }
    text.lines().map(|line| format!("{before}{line}")).collect()
}
