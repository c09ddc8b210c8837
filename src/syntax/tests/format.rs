//! The formatter: what scripts look like afterwards, that it changes nothing else, and that it settles at once.

use crate::source::Source;
use crate::syntax::format;

/// The script, formatted; formatting that again must change nothing.
fn formatted(script: &str) -> String {
    let once = format(&Source::new("test", script)).unwrap_or_else(|found| panic!("{script}: {found:?}"));
    let twice = format(&Source::new("test", once.as_str())).unwrap_or_else(|found| panic!("{once}: {found:?}"));
    assert_eq!(once, twice, "not settled");
    once
}

fn becomes(script: &str, expected: &str) {
    assert_eq!(formatted(script), expected, "{script}");
}

fn stays(script: &str) {
    becomes(script, script);
}

#[test]
fn every_public_script() {
    let mut ok = 0;
    let mut refused = 0;
    let mut same = 0;
    let list = std::fs::read_to_string("/tmp/fmt-files.txt").unwrap();
    for file in list.lines() {
        let Ok(text) = std::fs::read_to_string(file) else { continue };
        match format(&Source::new(file, text.as_str())) {
            Err(found) if found[0].code == "syntax::not-formatted" => println!("NOT PROVEN {file}"),
            Err(_) => refused += 1,
            Ok(once) => {
                ok += 1;
                same += usize::from(once == text);
                let twice = format(&Source::new(file, once.as_str()));
                if twice.as_ref().ok() != Some(&once) {
                    println!("UNSETTLED {file}");
                    std::fs::write("/tmp/fmt-1.txt", &once).unwrap();
                    std::fs::write("/tmp/fmt-2.txt", twice.unwrap_or_default()).unwrap();
                }
                let name = file.replace('/', "_");
                std::fs::write(format!("/tmp/fmt-out/{name}"), &once).unwrap();
            }
        }
    }
    println!("{ok} formatted, {same} of them same, {refused} refused");
}
