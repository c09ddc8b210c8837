//! Mails in a folder.

use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};

use mail_parser::MessageParser;

use super::mail;
use crate::effect::{Action, Client, Effect, EffectName, Mail, Reply};
use crate::host::{Driver, Dry, MailFolder};
use crate::secret::{Redactor, Secret};
use crate::value::{Data, File};

fn effect(action: Action) -> Effect {
    Effect { name: EffectName { function: "".into(), site: 0, occurrence: 0 }, line: 1, action }
}

fn perform(driver: &dyn Driver, action: Action) -> Reply {
    let (send, receive) = channel();
    driver.perform(effect(action), None, Box::new(move |reply| send.send(reply).unwrap()));
    receive.recv().unwrap()
}

fn dry() -> (Arc<dyn Driver>, Arc<Mutex<usize>>) {
    let told = Arc::<Mutex<usize>>::default();
    let counted = Arc::clone(&told);
    (Arc::new(Dry::new(move |_| *counted.lock().unwrap() += 1)), told)
}

fn names(folder: &std::path::Path) -> Vec<String> {
    let mut names: Vec<String> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn mails_become_files_and_the_rest_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let (inner, told) = dry();
    let paths = Arc::<Mutex<Vec<_>>>::default();
    let kept = Arc::clone(&paths);
    let folder_driver = MailFolder::new(folder.path().join("deep/mails"), Arc::default(), inner)
        .on_written(move |_, path| kept.lock().unwrap().push(path.to_owned()));
    let client = Client { verb: "alert".into(), field: None, value: None };
    assert_eq!(perform(&folder_driver, Action::Client(client)), Reply::Value(Data::Null));
    for subject in ["One", "Two/../../three"] {
        let mail = Mail { subject: subject.into(), ..mail() };
        assert_eq!(perform(&folder_driver, Action::Mail(Box::new(mail))), Reply::Value(Data::Null));
    }
    assert_eq!(*told.lock().unwrap(), 1);
    let below = folder.path().join("deep/mails");
    assert_eq!(names(&below), ["0001-to-ada@example.com-One.eml", "0002-to-ada@example.com-Two-.-.-three.eml"]);
    assert_eq!(paths.lock().unwrap()[0], below.join("0001-to-ada@example.com-One.eml"));
    let bytes = std::fs::read(&paths.lock().unwrap()[1]).unwrap();
    assert_eq!(MessageParser::default().parse(&bytes).unwrap().subject(), Some("Two/../../three"));
    // A later run goes on behind what is there.
    let later = MailFolder::new(&below, Arc::default(), dry().0);
    perform(&later, Action::Mail(Box::new(mail())));
    assert_eq!(names(&below)[2], "0003-to-ada@example.com-Your-order.eml");
}

#[test]
fn the_same_run_writes_the_same_files() {
    let files = [0, 1].map(|_| {
        let folder = tempfile::tempdir().unwrap();
        let driver = MailFolder::new(folder.path(), Arc::default(), dry().0);
        perform(&driver, Action::Mail(Box::new(Mail { attachments: vec![File::named("a.txt", "a")], ..mail() })));
        std::fs::read(folder.path().join(&names(folder.path())[0])).unwrap()
    });
    assert_eq!(files[0], files[1]);
}

#[cfg(unix)]
#[test]
fn only_the_owner_can_read_them() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    perform(&MailFolder::new(folder.path(), Arc::default(), dry().0), Action::Mail(Box::new(mail())));
    let file = folder.path().join(&names(folder.path())[0]);
    assert_eq!(std::fs::metadata(file).unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn known_secrets_are_masked() {
    let redactor = Arc::new(Redactor::default());
    redactor.register(&Secret::new("marker-55aa-secret"));
    let folder = tempfile::tempdir().unwrap();
    let driver = MailFolder::new(folder.path(), redactor, dry().0);
    let told = Mail {
        subject: "marker-55aa-secret".into(),
        message: "<p>it is marker-55aa-secret</p>".into(),
        attachments: vec![File::named("marker-55aa-secret.txt", "marker-55aa-secret")],
        ..mail()
    };
    perform(&driver, Action::Mail(Box::new(told)));
    let name = names(folder.path()).remove(0);
    let bytes = std::fs::read(folder.path().join(&name)).unwrap();
    let message = MessageParser::default().parse(&bytes).unwrap();
    assert!(!name.contains("marker") && message.subject() == Some("[redacted]"));
    assert!(!message.body_text(0).unwrap().contains("marker"));
    assert_eq!(message.attachments().next().unwrap().contents(), b"[redacted]");
}

#[test]
fn a_folder_that_cannot_be_written_is_a_failure() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let driver = MailFolder::new(file.path().join("mails"), Arc::default(), dry().0);
    let Reply::Failed(problem) = perform(&driver, Action::Mail(Box::new(mail()))) else { panic!("no failure") };
    assert_eq!(problem.code, "mail::file");
}
