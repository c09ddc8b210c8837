//! A disk that fails at any step leaves a cassette that can be read, and an error that says so.

use super::*;

fn exchanges(count: usize) -> Vec<(Effect, Reply)> {
    (0..count)
        .map(|at| {
            let url = format!("{URL}/{at}");
            (get(&url), answer(&url, "image/png", vec![0, 255, u8::try_from(at).unwrap()]))
        })
        .collect()
}

/// Asks for everything, and writes it on a disk whose n-th step fails.
fn recorded_with_fault(desk: &Desk, mode: Mode, count: usize, fails_at: usize) -> Result<Report, super::super::Error> {
    let all = exchanges(count);
    let world =
        World(move |effect: &Effect| all.iter().find(|(known, _)| known == effect).unwrap().1.clone(), Arc::default());
    let cassette = desk.open(Options { mode, ..Options::default() }).over(Arc::new(world));
    exchanges(count).iter().for_each(|(effect, _)| drop(ask(&cassette, effect)));
    let mut steps = 0;
    cassette.finish_with(&mut || {
        steps += 1;
        if steps == fails_at { Err(std::io::ErrorKind::StorageFull.into()) } else { Ok(()) }
    })
}

/// How many of the exchanges a cassette answers.
fn answered(desk: &Desk, count: usize) -> usize {
    let cassette = desk.replay();
    exchanges(count).iter().filter(|(effect, reply)| ask(&cassette, effect) == *reply).count()
}

#[test]
fn a_new_cassette_keeps_what_found_room() {
    for fails_at in 1.. {
        let desk = Desk::new();
        let result = recorded_with_fault(&desk, Mode::Once, 3, fails_at);
        let Err(error) = result else {
            assert!(fails_at > 10, "only {fails_at} steps");
            assert_eq!(answered(&desk, 3), 3);
            break;
        };
        assert_eq!(error.code(), "replay::write");
        let super::super::Error::Write { written, all: 3, .. } = error else { panic!("{error}") };
        if desk.folder().join("cassette.json").exists() {
            assert_eq!(answered(&desk, 3), written, "step {fails_at}");
        } else {
            assert_eq!(written, 0, "step {fails_at}");
        }
        let left: Vec<String> = if desk.folder().exists() { desk.names() } else { Vec::new() };
        assert!(!left.iter().any(|name| name.contains(".sluice-")), "{left:?}");
    }
}

#[test]
fn an_old_cassette_stays_as_it_was_when_the_new_one_finds_no_room() {
    // The head, and a body and a file for each exchange, are written before the first of them takes its place.
    for fails_at in 1..=7 {
        let desk = Desk::new();
        recorded_with_fault(&desk, Mode::Once, 2, 0).unwrap();
        let before = desk.files();
        assert!(recorded_with_fault(&desk, Mode::All, 3, fails_at).is_err());
        assert_eq!(desk.files(), before, "step {fails_at}");
    }
}

#[test]
fn what_is_added_keeps_what_found_room() {
    for fails_at in 1.. {
        let desk = Desk::new();
        recorded_with_fault(&desk, Mode::Once, 1, 0).unwrap();
        let is_done = recorded_with_fault(&desk, Mode::NewEpisodes, 3, fails_at).is_ok();
        assert!((1..=3).contains(&answered(&desk, 3)), "step {fails_at}");
        if is_done {
            break;
        }
    }
}

#[test]
fn a_folder_that_cannot_be_made_is_an_error_at_the_end() {
    let desk = Desk::new();
    std::fs::write(desk.folder(), "a file in the way").unwrap();
    let error = recorded_with_fault(&desk, Mode::Once, 1, 0).unwrap_err();
    assert_eq!(error.code(), "replay::write");
    assert!(error.to_string().contains("0 of 1"), "{error}");
}
