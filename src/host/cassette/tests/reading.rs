//! Damaged, foreign and hostile cassettes are refused with a reason, and never break anything.

use proptest::prelude::*;

use super::*;

fn recorded() -> Desk {
    let desk = Desk::new();
    let exchanges =
        [(post_json(URL, "{\"a\":1}"), json(URL, "{\"b\":2}")), (get(URL), answer(URL, "image/png", vec![0, 255, 1]))];
    desk.record(Options::default(), &exchanges);
    desk
}

#[track_caller]
fn refused(desk: &Desk) -> String {
    let error =
        Cassette::open(&desk.folder(), Options { mode: Mode::None, ..Options::default() }).err().expect("it is read");
    assert!(!error.to_string().is_empty() && !error.help().is_empty());
    error.code().to_owned()
}

#[test]
fn each_kind_of_damage_has_its_error() {
    let first = "0001-post-api.acme.test-orders.json";
    let second = "0002-get-api.acme.test-orders.json";
    let body = |desk: &Desk| desk.names().into_iter().find(|name| name.starts_with("bodies/")).unwrap();
    type Damage<'d> = &'d dyn Fn(&Desk);
    let cases: [(Damage<'_>, &str); 13] = [
        (&|desk| std::fs::remove_file(desk.folder().join("cassette.json")).unwrap(), "replay::no-cassette"),
        (&|desk| desk.edit("cassette.json", "\"format\": 1", "\"format\": 2"), "replay::format"),
        (&|desk| desk.edit("cassette.json", "\"seed\"", "\"sed\""), "replay::damaged"),
        (&|desk| desk.edit("cassette.json", "\"now\": \"", "\"now\": \"x"), "replay::damaged"),
        (&|desk| desk.edit("cassette.json", "\"method\"", "\"colour\""), "replay::matcher"),
        (&|desk| std::fs::write(desk.folder().join("cassette.json"), "no JSON").unwrap(), "replay::damaged"),
        (&|desk| desk.edit(first, "\"status\": 200", "\"status\": 70000"), "replay::damaged"),
        (&|desk| desk.edit(first, "\"layout\": \"compact\"", "\"layout\": \"loose\""), "replay::damaged"),
        (&|desk| desk.edit(first, "\"reply\"", "\"replay\""), "replay::damaged"),
        (&|desk| std::fs::write(desk.folder().join(body(desk)), "other").unwrap(), "replay::changed-body"),
        (&|desk| std::fs::remove_file(desk.folder().join(body(desk))).unwrap(), "replay::damaged"),
        (
            &|desk| {
                let hash = body(desk).replace("bodies/", "");
                desk.edit(second, &hash, "../../../../etc/passwd");
            },
            "replay::damaged",
        ),
        (
            &|desk| {
                let large = format!("{{\"a\": \"{}\"}}", "x".repeat(17 * 1024 * 1024));
                std::fs::write(desk.folder().join("0003-x.json"), large).unwrap();
            },
            "replay::too-large",
        ),
    ];
    for (at, (damage, code)) in cases.into_iter().enumerate() {
        let desk = recorded();
        damage(&desk);
        assert_eq!(refused(&desk), code, "case {at}");
    }
}

#[test]
fn other_files_trouble_nobody() {
    let desk = recorded();
    for name in ["README.md", "notes.json", ".0001-x.json.swp", "1x.json"] {
        std::fs::write(desk.folder().join(name), "no JSON").unwrap();
    }
    assert!(matches!(ask(&desk.replay(), &get(URL)), Reply::Response(_)));
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_not_waited_for() {
    let desk = recorded();
    let path = desk.folder().join("0009-pipe.json");
    std::os::unix::fs::symlink("/dev/zero", path).unwrap();
    assert_eq!(refused(&desk), "replay::damaged");
    let desk = recorded();
    std::fs::create_dir(desk.folder().join("0009-folder.json")).unwrap();
    assert_eq!(refused(&desk), "replay::damaged");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn a_damaged_file_is_refused_or_read(
        file in 0_usize..4, at in any::<prop::sample::Index>(), cut in 0_usize..20, put in ".{0,6}"
    ) {
        let desk = recorded();
        let (name, content) = desk.files().swap_remove(file);
        let mut text = String::from_utf8_lossy(&content).into_owned();
        let from = text.floor_char_boundary(at.index(text.len() + 1));
        let to = text.ceil_char_boundary((from + cut).min(text.len()));
        text.replace_range(from..to, &put);
        std::fs::write(desk.folder().join(name), text).unwrap();
        if let Ok(cassette) = Cassette::open(&desk.folder(), Options { mode: Mode::None, ..Options::default() }) {
            ask(&cassette, &get(URL));
            ask(&cassette, &post_json(URL, "{\"a\":1}"));
            cassette.finish().unwrap();
        }
    }
}
