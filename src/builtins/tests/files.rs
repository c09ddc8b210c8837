//! Zip files that nobody means well: bombs, ways out of the folder, damage, passwords; and maps without an end.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::{perform_in, rows, run, shows};
use crate::syntax::Dialect;
use crate::value::{Aggregate, File, Map, Value};

fn file(name: &str, bytes: impl Into<bytes::Bytes>) -> Value {
    Value::file(File::named(name, bytes))
}

/// A zip file of these names and contents, stored as they are named.
fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn extracted(bytes: Vec<u8>) -> String {
    shows("extract", &[file("a.zip", bytes)])
}

#[test]
fn files_come_back_with_their_folders() {
    let mut inner = Map::default();
    inner.insert("b.txt".into(), file("other.txt", "2"));
    inner.insert("empty".into(), Value::Aggregate(Aggregate::braces()));
    let mut outer = Map::default();
    outer.insert("a.txt".into(), file("a.txt", "1"));
    outer.insert("In/ner".into(), Value::map(inner));
    let packed = run("compress", &[Value::map(outer), "Outer.ZIP".into()]).unwrap();
    assert_eq!(packed.print().unwrap(), "Outer.ZIP");
    assert_eq!(shows("extract", &[packed]), r#"{"a.txt":"a.txt","In_ner/b.txt":"b.txt"}"#);
    let same =
        Value::list(vec![file("a.txt", "1"), file("a.txt", "2"), file("a.txt", "3"), file("b", ""), file("b", "")]);
    let packed = run("compress", &[same]).unwrap();
    assert_eq!(packed.print().unwrap(), "compressed.zip");
    let names = r#"{"a.txt":"a.txt","a (1).txt":"a (1).txt","a (2).txt":"a (2).txt","b":"b","b (1)":"b (1)"}"#;
    assert_eq!(shows("extract", &[packed]), names);
    assert_eq!(shows("compress", &[file("report.final.pdf", "x")]), "report.final.zip");
    assert_eq!(shows("extract", &[run("compress", &[Value::list(vec![])]).unwrap()]), "{}");
}

#[test]
fn no_name_leads_out_of_its_folder() {
    let names = ["../../etc/passwd", "/etc/shadow", "C:\\Windows\\a.dll", "..", "a/../b.txt"];
    let entries: Vec<(&str, &[u8])> = names.iter().map(|name| (*name, &b"x"[..])).collect();
    let wanted =
        r#"{"etc/passwd":"passwd","etc/shadow":"shadow","Windows/a.dll":"a.dll","file":"file","a/b.txt":"b.txt"}"#;
    assert_eq!(extracted(zip(&entries)), wanted);
    let odd = Value::list(vec![file("../up.txt", "x"), file("a\\b", "y")]);
    let packed = run("compress", &[odd, "z".into()]).unwrap();
    assert_eq!(shows("extract", &[packed]), r#"{".._up.txt":".._up.txt","a_b":"a_b"}"#);
}

#[test]
fn bombs_end_at_the_limit() {
    let honest = zip(&[("a", &[0; 2_000_000]), ("b", &[0; 2_000_000])]);
    assert!(honest.len() < 10_000);
    assert_eq!(extracted(honest), "run::file-size");
    // The same, but the sizes that it declares are lies.
    let mut lying = zip(&[("a", &[0; 4_000_000])]);
    let declared = 4_000_000_u32.to_le_bytes();
    let places: Vec<usize> = (0..lying.len() - 4).filter(|at| lying[*at..at + 4] == declared).collect();
    assert_eq!(places.len(), 2);
    for place in places {
        lying[place..place + 4].copy_from_slice(&5_u32.to_le_bytes());
    }
    assert!(["run::file-size", "run::zip"].contains(&extracted(lying).as_str()));
    let many: Vec<String> = (0..10_001).map(|number| number.to_string()).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|name| (name.as_str(), &b""[..])).collect();
    assert_eq!(extracted(zip(&many)), "run::zip");
}

#[test]
fn damage_and_passwords_are_errors_and_other_files_hold_nothing() {
    let whole = zip(&[("a.txt", b"hello hello hello hello")]);
    let mut damaged = whole.clone();
    damaged[40] ^= 0xff;
    assert_eq!(extracted(damaged), "run::zip");
    let mut locked = whole.clone();
    let central = locked.windows(4).position(|part| part == b"PK\x01\x02").unwrap();
    locked[6] |= 1;
    locked[central + 8] |= 1;
    let failure = run("extract", &[file("a.zip", locked)]).unwrap_err();
    assert!(failure.report().message.contains("password"), "{}", failure.report().message);
    assert_eq!(extracted(whole[..whole.len() / 2].to_vec()), "{}");
    assert_eq!(extracted(b"PK".to_vec()), "{}");
    assert_eq!(extracted(zip(&[])), "{}");
    assert_eq!(extracted([&b"PK"[..], &[0; 17_000_000]].concat()), "run::file-size");
    // What looks like the end of a zip file many times over is searched in short time.
    let ends = [b"PK\x05\x06\0\0\0\0\xff\xff\xff\xff\0\0\0\0\0\0\0\0\0\0"].iter().cycle().take(500_000);
    let ends: Vec<u8> = ends.flat_map(|end| end.iter().copied()).collect();
    let start = std::time::Instant::now();
    assert!(["{}", "run::zip"].contains(&extracted(ends).as_str()));
    assert!(start.elapsed().as_secs() < 20);
}

#[test]
fn what_cannot_be_packed_is_an_error() {
    let code = |value: Value| run("compress", &[value, "z".into()]).unwrap_err().into_report().code;
    assert_eq!(code(Value::list(vec!["text".into()])), "run::argument-type");
    let loops = Aggregate::map(Map::default());
    loops.map_mut().unwrap().insert("self".into(), Value::Aggregate(loops.clone()));
    assert_eq!(code(Value::Aggregate(loops.clone())), "run::zip");
    loops.map_mut().unwrap().clear();
    let mut wide = Value::map(Map::default());
    for _ in 0..40 {
        wide = Value::map([("a".into(), wide.clone()), ("b".into(), wide)].into_iter().collect());
    }
    assert_eq!(code(wide), "run::zip");
    let mut state = 1_u64;
    let noise: Vec<u8> = std::iter::repeat_with(|| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 56) as u8
    })
    .take(2_200_000)
    .collect();
    assert_eq!(code(file("noise", noise)), "run::file-size");
    let large = file("large", vec![0; 30_000_000]);
    assert_eq!(code(Value::list(vec![large.clone(), large])), "run::file-size");
}

#[test]
fn creator_has_its_own_limits() {
    let row = |name: &str| rows().find(|row| row.name == name).unwrap();
    let code = |name: &str, values: &[Value]| {
        perform_in(Dialect::Creator, row(name), values).map_err(|failure| failure.into_report().code)
    };
    let zipped = file("a.zip", zip(&[("a", &[0; 600 * 1024])]));
    assert_eq!(code("extract", std::slice::from_ref(&zipped)).unwrap_err(), "run::file-size");
    assert!(run("extract", &[zipped]).is_ok());
    let long = Value::from("x".repeat(5 * 1024 * 1024 + 1));
    assert_eq!(code("toFile", &[long, "a.txt".into()]).unwrap_err(), "run::file-size");
}
