//! Bundles between two folders that stand for two machines, and bundles that somebody damaged or made up.

use std::collections::BTreeMap;

use super::{Bench, START, wanted};
use crate::connections::bundle::{Bundle, BundleError, Gather, Identities, Identity, Lock, Opener, Sealed, Verdict};
use crate::connections::vault::{Change, Record, RecordId};
use crate::connections::{CreateConnection, Credentials, Error, Origin};
use crate::secret::Secret;

const SERVICE: &str = "link_name = \"acme\"\nhosts = [\"api.acme.test\"]\n[auth]\ntype = \"oauth2\"\n\
                       authorize_url = \"https://login.acme.test/a\"\ntoken_url = \"https://login.acme.test/t\"\n";
const FIELDS: [(&str, &str); 4] = [
    ("client_id", "the-id"),
    ("client_secret", "marker-secret"),
    ("access_token", "marker-access"),
    ("refresh_token", "marker-refresh"),
];

/// A machine with one connection.
fn machine() -> Bench {
    let bench = Bench::with_service(SERVICE);
    let expires_in = Some(3_600);
    bench.connections.create(CreateConnection { expires_in, ..wanted(&FIELDS) }).unwrap();
    bench
}

fn gather(bench: &Bench, access_only: bool) -> Bundle {
    bench.connections.gather(&Gather { access_only, ..Gather::default() }).unwrap().bundle
}

/// An identity in a folder of its own, with the lock that it opens.
fn identity() -> (tempfile::TempDir, Lock) {
    let folder = tempfile::tempdir().unwrap();
    let identity = Identity::of_user(folder.path()).unwrap();
    let lock = Lock::recipients(&[identity.recipient]).unwrap();
    (folder, lock)
}

fn opener(folder: &tempfile::TempDir) -> Opener {
    Opener::Identities(Identities::of_user(folder.path()).unwrap().unwrap())
}

fn open(bytes: &[u8], opener: &Opener) -> Result<Bundle, Error> {
    Bundle::open(&Sealed::read(bytes)?, opener)
}

fn record(bench: &Bench, user: Option<&str>) -> Option<Record> {
    bench.connections.vault_of(Origin::User).get(&RecordId::new("acme_main", user)).unwrap()
}

fn verdicts(steps: &crate::connections::bundle::Planned) -> Vec<(&'static str, &'static str)> {
    steps.steps.iter().map(|step| (step.kind, step.verdict.as_str())).collect()
}

#[tokio::test]
async fn a_connection_moves_with_its_service_and_credentials() {
    let (here, mut there) = (machine(), Bench::new());
    let (folder, lock) = identity();
    let sealed = gather(&here, false).seal(&lock).unwrap();
    let text = String::from_utf8(sealed.clone()).unwrap();
    assert!(text.starts_with("-----BEGIN AGE ENCRYPTED FILE-----\n") && !text.contains("acme"), "{text}");
    let bundle = open(&sealed, &opener(&folder)).unwrap();
    let content = bundle.contents(START).remove(0);
    assert_eq!((content.link_name.as_str(), content.expires_in), ("acme_main", Some(3_600)));
    assert!(content.has_refresh_token && content.with_service && !content.rotates);
    let all_new = [("service", "new"), ("connection", "new"), ("authorisation", "new")];
    assert_eq!(verdicts(&there.connections.plan_import(&bundle, false).unwrap()), all_new);
    assert_eq!(verdicts(&there.connections.import(&bundle, false).await.unwrap()), all_new);
    there.reopen();
    assert_eq!(record(&here, None).unwrap().fields, record(&there, None).unwrap().fields);
    assert_eq!(there.connections.summary("acme_main").unwrap()[0].status.as_str(), "connected");
    let again = there.connections.import(&bundle, false).await.unwrap();
    assert_eq!(verdicts(&again), [("service", "same"), ("connection", "same"), ("authorisation", "same")]);
    assert!(again.complaint().is_none());
}

#[tokio::test]
async fn access_only_takes_nothing_that_renews() {
    let (here, there) = (machine(), Bench::new());
    let bundle = gather(&here, true);
    there.connections.import(&bundle, false).await.unwrap();
    let keys: Vec<String> = record(&there, None).unwrap().fields.into_keys().collect();
    assert_eq!(keys, ["access_token"]);
    there.pass(3_600);
    let summary = there.connections.summary("acme_main").unwrap().remove(0);
    assert_eq!(summary.status.as_str(), "needs reconnect");
}

#[tokio::test]
async fn what_differs_is_replaced_only_when_that_is_asked_for() {
    let (here, there) = (machine(), machine());
    there.connections.create(wanted(&[("access_token", "other-access")])).unwrap();
    let bundle = gather(&here, false);
    let done = there.connections.import(&bundle, false).await.unwrap();
    assert_eq!(verdicts(&done)[2], ("authorisation", "differs"));
    assert_eq!(record(&there, None).unwrap().field("access_token"), "other-access");
    let complaint = done.complaint().unwrap();
    assert_eq!(complaint.code(), "connections::bundle-left-out");
    assert!(complaint.help().contains("--replace"), "{}", complaint.help());
    let done = there.connections.import(&bundle, true).await.unwrap();
    assert_eq!((verdicts(&done)[2], done.complaint().is_none()), (("authorisation", "replaced"), true));
    assert_eq!(record(&there, None).unwrap().field("access_token"), "marker-access");
}

#[tokio::test]
async fn credentials_go_only_under_the_definition_that_they_were_given_for() {
    let here = machine();
    let there = Bench::with_service(&SERVICE.replace("api.acme.test", "evil.test"));
    let bundle = gather(&here, false);
    for replace in [false, true] {
        let done = there.connections.import(&bundle, replace).await.unwrap();
        let Verdict::Differs(lines) = &done.steps[0].verdict else { panic!("{done:?}") };
        assert_eq!(lines, &["- host = evil.test", "+ host = api.acme.test"]);
        assert!(matches!(done.steps[1].verdict, Verdict::Refused(_)) && record(&there, None).is_none());
        assert!(done.complaint().unwrap().help().contains("evil.test"));
    }
    // Also when the bundle brings another service of the same name along with credentials of the first.
    let bytes =
        json(&bundle).replace("api.acme.test", "evil.test").replacen("host = evil.test", "host = api.acme.test", 1);
    let done = Bench::new().connections.import(&Bundle::read_plain(bytes.as_bytes()).unwrap(), true).await.unwrap();
    let Verdict::Refused(lines) = &done.steps[2].verdict else { panic!("{done:?}") };
    assert!(lines.contains(&"+ host = evil.test".to_owned()), "{lines:?}");
}

#[tokio::test]
async fn users_states_and_nothing_unasked_move() {
    let mut here = Bench::with_service(SERVICE);
    for user in [Some("asha"), Some("ravi"), None] {
        let (credentials, user) = (Credentials::User, user.map(str::to_owned));
        here.connections.create(CreateConnection { credentials, user, ..wanted(&FIELDS) }).unwrap();
    }
    let more = CreateConnection { link_name: "other".to_owned(), ..wanted(&FIELDS) };
    here.connections.create(more).unwrap();
    here.connections.set_disabled("acme_main", Some("asha"), true).await.unwrap();
    here.reopen();
    let wanted =
        Gather { link_names: Some(vec!["acme_main".to_owned()]), users: vec!["asha".to_owned()], ..Gather::default() };
    let bundle = here.connections.gather(&wanted).unwrap().bundle;
    let contents = bundle.contents(START);
    assert_eq!(contents.len(), 1);
    assert_eq!((contents[0].user.as_deref(), contents[0].state), (Some("asha"), "disabled"));
    let there = Bench::new();
    there.connections.import(&bundle, false).await.unwrap();
    assert!(record(&there, Some("asha")).unwrap().about.disabled);
    assert!(record(&there, Some("ravi")).is_none() && record(&there, None).is_none());
    let nobody = Gather { users: vec!["nobody".to_owned()], ..Gather::default() };
    assert_eq!(here.connections.gather(&nobody).unwrap_err().code(), "connections::bundle-empty");
}

#[test]
fn a_refresh_token_that_is_replaced_is_told() {
    let here = machine();
    let warnings = |bench: &Bench| bench.connections.gather(&Gather::default()).unwrap().warnings.join("\n");
    assert!(warnings(&here).contains("goes along"), "{}", warnings(&here));
    let vault = here.connections.vault_of(Origin::User);
    vault
        .update(&RecordId::new("acme_main", None), &mut |stored| {
            let mut record = stored.unwrap();
            record.fields.insert("previous_refresh_token".to_owned(), Secret::new("before"));
            Change::Put(Box::new(record))
        })
        .unwrap();
    assert!(warnings(&here).contains("only one of the two machines"), "{}", warnings(&here));
}

#[test]
fn a_wrong_key_is_told_from_a_wrong_file() {
    let bundle = gather(&machine(), false);
    let ((folder, lock), (other, _)) = (identity(), identity());
    let sealed = bundle.seal(&lock).unwrap();
    let code = |result: Result<Bundle, Error>| result.unwrap_err().code();
    assert_eq!(code(open(&sealed, &opener(&other))), "connections::bundle-identity");
    assert_eq!(code(open(b"hello", &opener(&folder))), "connections::bundle-damaged");
    assert_eq!(code(open(b"", &opener(&folder))), "connections::bundle-truncated");
    let phrase = |text: &str| Opener::Passphrase(Secret::new(text));
    let sealed = bundle.seal(&Lock::Passphrase(Secret::new("correct horse"))).unwrap();
    assert!(Sealed::read(sealed.as_slice()).unwrap().needs_passphrase());
    assert_eq!(code(open(&sealed, &phrase("wrong horse"))), "connections::bundle-passphrase");
    assert_eq!(code(open(&sealed, &opener(&folder))), "connections::bundle-passphrase");
    assert_eq!(json(&open(&sealed, &phrase("correct horse")).unwrap()), json(&bundle));
    let secret = "AGE-SECRET-KEY-1QQQQ";
    let error = Lock::recipients(&[secret.to_owned()]).err().unwrap();
    assert!(error.code() == "connections::bundle-recipient" && !error.to_string().contains("QQQQ"));
    let error = Identities::parse("SLUICE_IDENTITY", secret).err().unwrap();
    assert!(error.code() == "connections::bundle-invalid-identity" && !error.to_string().contains("QQQQ"));
}

#[test]
fn no_cut_and_no_flipped_byte_gets_through() {
    let (folder, lock) = identity();
    let opener = opener(&folder);
    let sealed = gather(&machine(), true).seal(&lock).unwrap();
    let end = sealed.trim_ascii_end().len();
    for length in 0..end {
        let error = open(&sealed[..length], &opener).unwrap_err();
        assert_eq!(error.code(), "connections::bundle-truncated", "after {length} bytes: {error}");
    }
    let mut codes: BTreeMap<&str, usize> = BTreeMap::new();
    for at in 0..end {
        let mut bytes = sealed.clone();
        bytes[at] ^= [1, 32, 128][at % 3];
        if let Err(error) = open(&bytes, &opener) {
            *codes.entry(error.code()).or_default() += 1;
        }
    }
    // A letter of the base64 at the very end of a line's bits may stand for the same byte; nothing else gets through.
    assert!(codes.values().sum::<usize>() + 4 >= end, "{codes:?} of {end}");
    // In age's binary form too.
    let binary = Sealed::read(sealed.as_slice()).unwrap().into_bytes();
    assert!(open(&binary, &opener).is_ok());
    for at in 0..binary.len() {
        assert!(open(&binary[..at], &opener).is_err());
        let mut bytes = binary.clone();
        bytes[at] ^= 1;
        assert!(open(&bytes, &opener).is_err(), "byte {at}");
    }
}

#[test]
fn limits_hold() {
    let (folder, lock) = identity();
    let code = |bytes: &[u8]| open(bytes, &opener(&folder)).unwrap_err().code();
    assert_eq!(code(&vec![b'-'; 17 * 1024 * 1024]), "connections::bundle-too-large");
    let mut long = b"age-encryption.org/v1\n".to_vec();
    long.extend(b"-> x y\n\n".repeat(100_000));
    assert_eq!(code(&long), "connections::bundle-too-large");
    let many = vec![Identity::of_user(folder.path()).unwrap().recipient; 101];
    assert_eq!(Lock::recipients(&many).err().unwrap().code(), "connections::bundle-too-large");
    // A passphrase that would need 2^30 rounds is not even tried.
    let heavy = "age-encryption.org/v1\n-> scrypt bBjlhJVYZeE4aqUdmtRHfw 30\nZV/AhotwSGqaPCU43cepl4WYUouAa17a3xpu4G2yi5k\n\
                 --- fgMiVLJHMlg9fW7CVG/hPS5EAU4Zeg19LyCP7SoH5nA\n0123456789abcdef0123456789abcdef";
    let error = open(heavy.as_bytes(), &Opener::Passphrase(Secret::new("correct horse"))).unwrap_err();
    assert_eq!(error.code(), "connections::bundle-too-large");
    drop(lock);
}

#[test]
fn what_is_inside_is_checked_before_it_is_believed() {
    let good = json(&gather(&machine(), false));
    let code = |text: &str| Bundle::read_plain(text.as_bytes()).map(|_| ()).unwrap_err().code();
    assert_eq!(code("{}"), "connections::bundle-damaged");
    assert_eq!(code(&good.replace("\"sluice_bundle\":1", "\"sluice_bundle\":2")), "connections::bundle-version");
    assert_eq!(code(&good.replace("\"access_only\"", "\"other\"")), "connections::bundle-damaged");
    assert_eq!(code(&good.replace("\"acme_main\"", "\"../main\"")), "connections::bundle-damaged");
    assert_eq!(
        code(&good.replace("\"name\":\"acme_main\"", "\"name\":\"a\\u001b[0m\"")),
        "connections::bundle-damaged"
    );
    assert_eq!(code(&good.replace("\"user\":null", "\"user\":\"asha\"")), "connections::invalid-credential");
    assert_eq!(code(&"[".repeat(100_000)), "connections::bundle-damaged");
    // A line break in a token would be a header of its own.
    let there = Bench::new();
    for (from, to) in [("marker-access", "a\\r\\nX: y"), ("\"client_id\":", "\"strange\":")] {
        let bundle = Bundle::read_plain(good.replace(from, to).as_bytes()).unwrap();
        let planned = there.connections.plan_import(&bundle, true).unwrap();
        assert_eq!(verdicts(&planned)[2], ("authorisation", "refused"), "{planned:?}");
    }
}

#[test]
fn an_identity_is_made_once_and_private() {
    let folder = tempfile::tempdir().unwrap();
    let first = Identity::of_user(folder.path()).unwrap();
    let second = Identity::of_user(folder.path()).unwrap();
    assert!(first.is_new && !second.is_new && first.recipient == second.recipient);
    assert!(first.recipient.starts_with("age1"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&first.path).unwrap().permissions().mode() & 0o777, 0o600);
        std::fs::set_permissions(&first.path, std::fs::Permissions::from_mode(0o644)).unwrap();
        assert_eq!(Identity::of_user(folder.path()).unwrap_err().code(), "connections::loose-permissions");
    }
}

#[test]
fn errors_are_not_mixed_up() {
    assert_ne!(BundleError::WrongIdentity.to_string(), BundleError::NoIdentity.to_string());
    assert!(BundleError::NoIdentity.help().contains("SLUICE_IDENTITY"));
}

fn json(bundle: &Bundle) -> String {
    String::from_utf8(bundle.plain_bytes()).unwrap()
}
