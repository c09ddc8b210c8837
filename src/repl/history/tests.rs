//! What is written, what is masked, and what becomes of files that are not as we write them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::fs;
use std::path::PathBuf;

use proptest::prelude::*;
use rustyline::history::History as _;

use super::mask::masked;
use super::*;

struct Place {
    folder: tempfile::TempDir,
    redactor: Arc<Redactor>,
}

impl Place {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), redactor: Arc::default() }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("user").join(FILE)
    }

    fn open(&self) -> History {
        History::open(&self.path(), Arc::clone(&self.redactor))
    }

    /// With this content from before.
    fn with(content: impl AsRef<[u8]>) -> Self {
        let place = Self::new();
        fs::create_dir(place.folder.path().join("user")).unwrap();
        fs::write(place.path(), content).unwrap();
        place
    }

    fn content(&self) -> String {
        fs::read_to_string(self.path()).unwrap()
    }
}

fn entries(history: &History) -> Vec<String> {
    (0..history.len())
        .map(|at| history.get(at, SearchDirection::Forward).unwrap().unwrap().entry.into_owned())
        .collect()
}

#[test]
fn what_was_typed_is_there_at_the_next_prompt() {
    let place = Place::new();
    let mut history = place.open();
    let several = "if(true)\n{\n\tinfo \"a\\nb\";\n}";
    for line in ["x = 1", several, "info x"] {
        assert!(history.add(line).unwrap());
    }
    assert_eq!(history.take_note(), None);
    assert_eq!(entries(&place.open()), ["x = 1", several, "info x"]);
    assert_eq!(place.content(), "#V2\nx = 1\nif(true)\\n{\\n\tinfo \"a\\\\nb\";\\n}\ninfo x\n");
}

#[test]
fn an_input_that_is_typed_again_moves_to_the_end() {
    let place = Place::with("#V2\na\nb\na\nc\n");
    let mut history = place.open();
    assert_eq!(entries(&history), ["b", "a", "c"]);
    history.add("b").unwrap();
    assert_eq!(entries(&history), ["a", "c", "b"]);
    assert_eq!(place.content(), "#V2\na\nc\nb\n");
}

#[test]
fn blank_inputs_and_those_after_a_space_are_not_kept() {
    let place = Place::new();
    let mut history = place.open();
    for line in ["", "  ", " x = 1", "\tx = 1"] {
        assert!(!history.add(line).unwrap());
    }
    assert!(history.is_empty());
    assert!(!place.path().exists());
}

#[test]
#[cfg(unix)]
fn nobody_else_reads_the_file() {
    use std::os::unix::fs::PermissionsExt;
    let mode = |place: &Place| fs::metadata(place.path()).unwrap().permissions().mode() & 0o777;
    let place = Place::new();
    place.open().add("x = 1").unwrap();
    assert_eq!(mode(&place), 0o600);
    fs::set_permissions(place.path(), fs::Permissions::from_mode(0o664)).unwrap();
    let mut history = place.open();
    assert_eq!(mode(&place), 0o600);
    fs::set_permissions(place.path(), fs::Permissions::from_mode(0o664)).unwrap();
    history.add("x = 2").unwrap();
    assert_eq!(mode(&place), 0o600);
}

#[test]
fn two_prompts_at_once_lose_nothing() {
    let place = Place::new();
    let (mut one, mut other) = (place.open(), place.open());
    one.add("a").unwrap();
    other.add("b").unwrap();
    one.add("c").unwrap();
    other.add("a").unwrap();
    assert_eq!(place.content(), "#V2\nb\nc\na\n");

    std::thread::scope(|scope| {
        for prompt in 0..4 {
            let mut history = place.open();
            scope.spawn(move || (0..25).for_each(|at| assert!(history.add(&format!("{prompt} {at}")).unwrap())));
        }
    });
    assert_eq!(place.open().len(), 103);
}

#[test]
fn a_lock_that_is_held_delays_what_is_written_and_loses_nothing() {
    let place = Place::new();
    let mut history = place.open();
    history.add("a").unwrap();
    let lock = crate::connections::OsLock::try_take(&crate::connections::lock_path(&place.path())).unwrap().unwrap();
    assert!(history.add("b").unwrap());
    assert!(history.take_note().unwrap().contains("another prompt"));
    drop(lock);
    history.settle();
    assert_eq!(place.content(), "#V2\na\nb\n");
}

#[test]
fn the_file_has_bounds() {
    let place = Place::with((0..MOST_ENTRIES).map(|at| format!("x = {at}\n")).collect::<String>());
    let mut history = place.open();
    assert_eq!(history.len(), MOST_ENTRIES);
    history.add("last").unwrap();
    assert_eq!(history.len(), MOST_ENTRIES);
    let content = place.content();
    assert!(content.starts_with("#V2\nx = 1\n") && content.ends_with("x = 9999\nlast\n"));

    let long = |at: usize| format!("{at} {}", "x".repeat(200_000));
    (0..7).for_each(|at| assert!(history.add(&long(at)).unwrap()));
    assert_eq!(place.content().len(), "#V2\n".len() + 4 * (long(0).len() + 1));
    assert_eq!(entries(&place.open()), (3..7).map(long).collect::<Vec<_>>());

    // One that is too long for the file is there until the prompt ends.
    assert!(history.add(&"y".repeat(2_000_000)).unwrap());
    assert_eq!(entries(&place.open()).len(), 4);
    assert_eq!(history.take_note(), None);
}

#[test]
fn a_damaged_file_is_left_aside() {
    for content in [b"#V2\na\n\xff\xfe\n".to_vec(), b"#V2\na\0b\n".to_vec(), vec![b'x'; 5_000_000]] {
        let place = Place::with(&content);
        let mut history = place.open();
        let note = history.take_note().unwrap();
        assert!(note.contains("repl_history") && note.contains(".damaged"), "{note}");
        assert!(history.is_empty());
        assert_eq!(fs::read(place.path()).unwrap(), content);
        history.add("a").unwrap();
        assert_eq!(history.take_note(), None);
        assert_eq!(place.content(), "#V2\na\n");
        assert_eq!(fs::read(place.path().with_extension("damaged")).unwrap(), content);
    }
}

#[test]
fn odd_lines_are_taken_as_they_are() {
    let place = Place::with("#V2\nC:\\temp\\\n\nend\\");
    assert_eq!(entries(&place.open()), ["C:\\temp\\", "end\\"]);
}

#[test]
fn a_file_that_cannot_be_read_is_a_note() {
    let place = Place::new();
    fs::create_dir_all(place.path()).unwrap();
    let mut history = place.open();
    assert!(history.take_note().unwrap().contains("cannot be read"));
    assert!(history.add("a").unwrap());
    assert_eq!(history.take_note(), None);
    assert_eq!(entries(&history), ["a"]);
}

#[test]
fn a_file_that_cannot_be_written_is_a_note() {
    let place = Place::new();
    fs::write(place.folder.path().join("user"), "a file where the folder should be").unwrap();
    let mut history = place.open();
    history.take_note();
    assert!(history.add("a").unwrap());
    assert_eq!(entries(&history), ["a"]);
}

#[test]
#[cfg(unix)]
fn a_link_is_followed() {
    let place = Place::with("");
    let real = place.folder.path().join("real");
    fs::rename(place.path(), &real).unwrap();
    std::os::unix::fs::symlink(&real, place.path()).unwrap();
    place.open().add("a").unwrap();
    assert_eq!(fs::read_to_string(real).unwrap(), "#V2\na\n");
    assert!(fs::symlink_metadata(place.path()).unwrap().is_symlink());
}

#[test]
fn inputs_are_searched() {
    let place = Place::with("#V2\ninfo 1\nx = 2\nInfo 3\n");
    let history = place.open();
    let found = history.search("info", 2, SearchDirection::Reverse).unwrap().unwrap();
    assert_eq!((found.idx, found.entry.as_ref()), (2, "Info 3"));
    let found = history.starts_with("x", 0, SearchDirection::Forward).unwrap().unwrap();
    assert_eq!(found.idx, 1);
}

#[test]
fn secrets_are_masked_in_the_file_and_not_in_memory() {
    let place = Place::new();
    place.redactor.register_text("kept-in-the-vault");
    let mut history = place.open();
    history.add("info \"kept-in-the-vault\"").unwrap();
    assert_eq!(entries(&history), ["info \"kept-in-the-vault\""]);
    assert_eq!(place.content(), "#V2\ninfo \"[redacted]\"\n");
}

#[test]
fn a_secret_that_becomes_known_later_is_masked_where_it_was_typed() {
    let place = Place::with("#V2\nbefore\n");
    let mut history = place.open();
    history.add("x = \"walnut-tree\"").unwrap();
    history.add("after").unwrap();
    place.open().add("elsewhere").unwrap();
    place.redactor.learn("walnut-tree");
    history.settle();
    assert_eq!(place.content(), "#V2\nbefore\nx = \"[redacted]\"\nafter\nelsewhere\n");
}

#[track_caller]
fn masks(input: &str, wanted: &str) {
    assert_eq!(masked(input, &Redactor::default()), wanted);
}

#[test]
fn what_stands_under_a_telling_name_is_masked() {
    masks(r#"m = {"access_token" : "1000.ab", "a": "b"};"#, r#"m = {"access_token" : "[redacted]", "a": "b"};"#);
    masks(
        r#"m = {"Authorization" : "Zoho-oauthtoken abc"};"#,
        r#"m = {"Authorization" : "Zoho-oauthtoken [redacted]"};"#,
    );
    masks(r#"m.put("password", "pear"); info "plum""#, r#"m.put("password", "[redacted]"); info "plum""#);
    masks(r#"crmToken = 'pear';"#, "crmToken = '[redacted]';");
    masks(r#"pin_secret = 123456"#, r#"pin_secret = "[redacted]""#);
    masks(
        r#"p = {"token": {"value": "pear", "token": "plum"}}"#,
        r#"p = {"token": {"[redacted]": "[redacted]", "token": "[redacted]"}}"#,
    );
    masks(
        r#"h = {"Authorization": "Basic " + zoho.encryption.base64Encode("asha:pear"), "X": "y"}"#,
        r#"h = {"Authorization": "Basic " + zoho.encryption.base64Encode("[redacted]"), "X": "y"}"#,
    );
    masks(r#"if(password == "pear") { info "plum"; }"#, r#"if(password == "[redacted]") { info "plum"; }"#);
    masks("// it's new\npassword = \"pear\"", "// it's new\npassword = \"[redacted]\"");
    masks("password = \"never closed", "password = \"[redacted]");
}

#[test]
fn secrets_within_texts_are_masked() {
    masks(
        r#"postUrl("https://a.test", "grant=x&client_secret=pear&y=1")"#,
        r#"postUrl("https://a.test", "grant=x&client_secret=[redacted]&y=1")"#,
    );
    masks(r#"body = '{"password":"pear","a":1}'"#, r#"body = '{"password":"[redacted]","a":1}'"#);
    masks(r#"h = "Bearer walnut""#, r#"h = "Bearer [redacted]""#);
    masks(r#"h = "Bearer " + "walnut""#, r#"h = "Bearer " + "[redacted]""#);
    masks(r#"u = "https://a.test/?authtoken=" + "walnut""#, r#"u = "https://a.test/?authtoken=" + "[redacted]""#);
    masks(r#"h = "Basic YXNoYTpwZWFy""#, r#"h = "Basic [redacted]""#);
    masks(r#"u = "https://asha:pear@a.test/x""#, r#"u = "https://asha:[redacted]@a.test/x""#);
    masks(
        "x = \"1000.8cb99dxxxxxxxxxxxxx9be93.9b8xxxxxxxxxxxxxxxf\"; // ghp_0123456789abcdefghij",
        "x = \"[redacted]\"; // [redacted]",
    );
    masks(":load curl -H 'Authorization: Bearer pear1234'", ":load curl -H 'Authorization: Bearer [redacted]'");
}

#[test]
fn other_inputs_are_left_alone() {
    for input in [
        r#"token = response.get("access_token")"#,
        r#"token = response.getJSON("data").get("x")"#,
        r#"fields = ["token", "name"]"#,
        r#"info "Enter your password: twice""#,
        r#"info "Basic information about " + x"#,
        r#"password = """#,
        r#"m = {"page": 1000, "name": "Asha"}; // 1000.25"#,
        r#"x = 1000.25; y = "10:30@noon"; z = "https://a.test/@asha""#,
        ":type x + 1",
        "ü = \"ä\\\"b\"; 'it''s'",
        "/*token=\"*/get",
    ] {
        masks(input, input);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn masking_is_done_at_once(
        parts in prop::collection::vec(
            prop::sample::select(vec![
                "token", "password", "\"Authorization\"", "get", "put", "\"", "'", "\\", "=", "==", ":", ",", ";", "(", ")",
                "[", "]", "{", "}", " ", "\n", "//", "/*", "*/", "+", "Bearer ", "Basic ", "walnut", "12345", "ä", "://", "@",
                "1000.abcdefabcdefabcdef", "a=", "&", "\u{2028}",
            ]),
            0..16,
        )
    ) {
        let text = parts.concat();
        let once = masked(&text, &Redactor::default());
        prop_assert_eq!(masked(&once, &Redactor::default()), once);
    }

    #[test]
    fn any_input_is_read_as_it_was_written(lines in prop::collection::vec("[a-c\\\\n\n\r \"]{0,8}", 0..6)) {
        let place = Place::new();
        let mut history = place.open();
        for line in &lines {
            history.add(line).unwrap();
        }
        prop_assert_eq!(entries(&place.open()), entries(&history));
    }
}
