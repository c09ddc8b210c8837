//! What `sluice.toml` may say, and what is said about mistakes in it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::path::Path;
use std::time::Duration;

use super::{Error, Project, Script, Settings, scripts_below};
use crate::diagnostic::{Diagnostic, Severity};
use crate::environment::DataCenter;
use crate::host::Security;
use crate::syntax::Dialect;
use crate::value::Data;
use crate::vm::Limits;

fn parse(text: &str) -> Result<Settings, Error> {
    Settings::parse("sluice.toml", text)
}

/// Message and help of the error.
fn refused(text: &str) -> (String, String) {
    let error = parse(text).unwrap_err();
    (error.to_string(), error.help())
}

#[test]
fn a_full_file_is_read() {
    let settings = parse(
        r#"
name = "shop"
namespace = "shop"
data_center = "com.au"
timezone = "Asia/Kolkata"
date_format = "dd-MMM-yyyy"
dialect = "creator"
limits = "zoho-crm"
include = ["legacy/**/*.txt"]
[network]
allow_private = ["127.0.0.0/8"]
per_host = 10
[network.routes]
"books.zoho.com" = "http://127.0.0.1:8918/books"
[contexts]
"functions/deals/**" = "crm-rest"
[system]
loginuserid = "asha@example.com"
device.type = "web"
[lints]
"check::no-effect" = "off"
"#,
    )
    .unwrap();
    assert_eq!(settings.name.as_deref(), Some("shop"));
    assert_eq!(settings.data_center, Some(DataCenter::Au));
    assert_eq!(settings.dialect, Some(Dialect::Creator));
    assert_eq!(settings.limits, Limits::profile("zoho-crm"));
    assert!(settings.include[0].matches("legacy/a/b.txt"));
    assert_eq!(settings.allow_private, ["127.0.0.0/8"]);
    assert_eq!(settings.per_host, Some(10));
    let url = "https://books.zoho.com/api".parse().unwrap();
    assert_eq!(settings.routes.route(&url).unwrap().as_str(), "http://127.0.0.1:8918/books/api");
    assert_eq!(settings.contexts[0].1.name, "crm-rest");
    assert_eq!(settings.system["loginuserid"], Data::from("asha@example.com"));
    assert_eq!(settings.system["device.type"], Data::from("web"));
}

#[test]
fn limits_may_be_numbers() {
    let settings = parse("[limits]\nprofile = \"zoho-crm\"\nstatements = 7\ntime = 3\n").unwrap();
    let limits = settings.limits.unwrap();
    assert_eq!((limits.statements, limits.depth, limits.time), (7, 75, Some(Duration::from_secs(3))));
}

#[test]
fn unknown_keys_are_named_with_line_and_proposal() {
    let (message, help) = refused("name = \"x\"\ndialekt = \"crm\"\n");
    assert_eq!(message, "sluice.toml, line 2: unknown key `dialekt`");
    assert!(help.starts_with("did you mean `dialect`? keys here: name, "), "{help}");
    let (message, help) = refused("[network]\nallow_privat = []\n");
    assert_eq!(message, "sluice.toml, line 2: unknown key `[network] allow_privat`");
    assert!(help.starts_with("did you mean `allow_private`?"), "{help}");
    let (message, _) = refused("[limits]\nstatement = 1\n");
    assert_eq!(message, "sluice.toml, line 2: unknown key `[limits] statement`");
    let (message, help) = refused("[system]\nloginuserix = \"a\"\n");
    assert_eq!(message, "sluice.toml, line 2: unknown key `[system] loginuserix`");
    assert!(help.contains("loginuserid"), "{help}");
}

#[test]
fn wrong_values_are_named_with_line_and_choice() {
    let cases = [
        ("\ndialect = \"crn\"", "sluice.toml, line 2: `dialect` cannot be \"crn\"", "did you mean \"crm\"?"),
        ("limits = \"zoho_crm\"", "sluice.toml, line 1: `limits` cannot be", "did you mean \"zoho-crm\"?"),
        ("limits = 3", "sluice.toml, line 1: `limits` is not", "write the name"),
        ("data_center = \"de\"", "sluice.toml, line 1: `data_center` cannot be", "write one of com, eu"),
        ("name = 3", "sluice.toml, line 1: `name` is not a text in quotes", "write"),
        ("[contexts]\n\"a/*\" = \"books2\"", "sluice.toml, line 2: `[contexts] a/*` cannot be", "\"books\"?"),
        (
            "[lints]\n\"check::no-effect\" = \"none\"",
            "sluice.toml, line 2: `[lints] check::no-effect` cannot be",
            "off, warn, deny",
        ),
        (
            "[lints]\n\"check::no-efect\" = \"off\"",
            "sluice.toml, line 2: [lints] there is no warning called",
            "did you mean \"check::no-effect\"?",
        ),
        ("[network]\nallow_private = [\"ten\"]", "sluice.toml, line 2: ten is not a range", "127.0.0.0/8"),
        ("[network.routes]\na = \"http://8.8.8.8\"", "sluice.toml, line 2: the route a=", "this machine"),
        ("name = \"x", "sluice.toml, line 1: this is no TOML", "correct"),
        ("include = \"x\"", "sluice.toml, line 1: `include` is not a list of texts", "write"),
        ("[network]\nper_host = -1", "sluice.toml, line 2: `[network] per_host` is not a whole number", "write"),
        ("network = 1", "sluice.toml, line 1: `network` is not a table", "write"),
    ];
    for (text, message, help) in cases {
        let error = parse(text).expect_err(text);
        assert!(error.to_string().starts_with(message), "{text}: {error}");
        assert!(error.help().contains(help), "{text}: {}", error.help());
    }
}

#[test]
fn lints_change_warnings_and_the_errors_of_checks_that_may_be_wrong() {
    let settings = parse(
        "[lints]\n\"check::no-effect\" = \"off\"\n\"check::unreachable\" = \"deny\"\n\"check::missing-return\" = \"off\"\n\
         \"check::argument-type\" = \"warn\"\n\"check::operand-types\" = \"off\"\n",
    );
    let found = settings.unwrap().lints.apply(vec![
        Diagnostic::warning("check::no-effect", "a"),
        Diagnostic::warning("check::unreachable", "b"),
        Diagnostic::error("check::missing-return", "c"),
        Diagnostic::warning("check::duplicate-key", "d"),
        Diagnostic::error("check::argument-type", "e"),
        Diagnostic::error("check::operand-types", "f"),
    ]);
    let left: Vec<_> = found.iter().map(|one| (one.code.as_ref(), one.severity)).collect();
    let (error, warning) = (Severity::Error, Severity::Warning);
    let wanted = [
        ("check::unreachable", error),
        ("check::missing-return", error),
        ("check::duplicate-key", warning),
        ("check::argument-type", warning),
    ];
    assert_eq!(left, wanted);
}

#[test]
fn a_project_is_found_upwards_and_knows_its_scripts() {
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    write("sluice.toml", "include = [\"legacy/*.txt\"]\n[contexts]\n\"functions/deals/**\" = \"bigin\"\n");
    write("functions/deals/b.dg", "");
    write("functions/a.deluge", "");
    write("legacy/old.txt", "");
    write("notes.txt", "");
    write(".hidden/c.dg", "");
    write("target/d.dg", "");
    let inner = folder.path().join("functions/deals");
    assert_eq!(Project::find(&inner).as_deref(), Some(folder.path()));
    let project = Project::load(folder.path()).unwrap();
    assert_eq!(project.context_of(&inner.join("b.dg")).unwrap().name, "bigin");
    assert!(project.context_of(&folder.path().join("functions/a.deluge")).is_none());
    let found = scripts_below(folder.path(), Some(&project)).unwrap();
    let found: Vec<_> = found.iter().map(|path| path.strip_prefix(folder.path()).unwrap().to_str().unwrap()).collect();
    assert_eq!(found, ["functions/a.deluge", "functions/deals/b.dg", "legacy/old.txt"]);
}

#[test]
fn a_file_that_is_not_utf8_says_where() {
    let script = Script::new("a.dg", b"info 1;\ninfo \"\xff\";".to_vec());
    let broken = script.broken.unwrap();
    assert_eq!(broken.code, "syntax::not-utf8");
    assert!(broken.message.contains("offset 14, on line 2"), "{}", broken.message);
    assert_eq!(script.source.slice(broken.span().unwrap()), "\u{fffd}");
    assert!(Script::new("a.dg", b"info 1;".to_vec()).broken.is_none());
}

#[test]
fn missing_files_and_folders_cannot_be_read() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(Script::read(folder.path()).unwrap_err().code(), "project::file");
    assert_eq!(Script::read(Path::new("/no/such/file.dg")).unwrap_err().code(), "project::file");
    assert_eq!(Project::load(Path::new("/no/such/folder")).unwrap_err().code(), "project::no-folder");
}

#[test]
fn creators_files_are_recognised() {
    let reason = |name: &str, text: &str| Script::new(name, text.as_bytes().to_vec()).looks_like_creator();
    assert!(reason("app.ds", "").is_some());
    assert!(reason("a.dg", "x = thisapp.permissions();").is_some());
    assert!(reason("a.dg", "info \"thisapp.x\"; y = mythisapp.x();").is_none());
    let by_name = |name: &str, text: &str| Script::new(name, text.as_bytes().to_vec()).is_creator_by_name();
    assert!(by_name("a.ds", "info 1;"));
    assert!(!by_name("a.dg", "info 1;"));
    assert!(!by_name("a.ds", "x = thisapp.permissions();"));
    assert!(!by_name("a.ds", "application \"Orders\"\n{\n}"));
}

#[test]
fn a_proxy_and_authorities_are_settings_and_a_password_is_none() {
    let settings = Settings::parse(
        "sluice.toml",
        "[network]\nproxy = \"http://proxy.test:3128\"\ncertificates = [\"a.pem\", \"b/c.pem\"]\n",
    )
    .unwrap();
    assert!(settings.proxy.is_some());
    assert_eq!(settings.certificates, [Path::new("a.pem"), Path::new("b/c.pem")]);
    for (address, part) in [
        ("http://asha:hidden@proxy.test", "the proxy's password is no setting of a project"),
        ("https://asha:hidden@proxy.test", "it does not begin with http://"),
        ("proxy.test", "the proxy cannot be used"),
    ] {
        let text = format!("[network]\nproxy = \"{address}\"\n");
        let error = Settings::parse("sluice.toml", &text).unwrap_err();
        let shown = format!("{error} {}", error.help());
        assert!(shown.contains(part) && shown.contains("line 2") && shown.contains("SLUICE_PROXY"), "{shown}");
        assert!(!shown.contains("hidden"), "{shown}");
    }
}

#[test]
fn mails_have_a_server_or_a_folder() {
    let mail = |text: &str| parse(text).unwrap().mail;
    let server = |text: &str| mail(text).server.unwrap();
    let plain = server("[mail]\nserver = \"smtp.example.com\"");
    assert_eq!((plain.port, plain.security, plain.connection), (587, Security::StartTls, None));
    let tls = server("[mail]\nserver = \"smtp.example.com\"\nsecurity = \"tls\"\nconnection = \"mailer\"");
    assert_eq!((tls.port, tls.connection.as_deref()), (465, Some("mailer")));
    let near = server("[mail]\nserver = \"127.0.0.1\"\nport = 2525\nsecurity = \"none\"");
    assert_eq!((near.port, near.security), (2525, Security::None));
    let inside =
        server("[network]\nallow_private = [\"10.0.0.0/8\"]\n[mail]\nserver = \"10.1.2.3\"\nsecurity = \"none\"");
    assert_eq!(inside.host, "10.1.2.3");
    assert_eq!(mail("[mail]\nfolder = \"mails\"").folder.as_deref(), Some("mails"));
    for (text, message) in [
        ("[mail]\nserver = \"smtp.example.com\"\nsecurity = \"none\"", "line 3: `security` cannot be \"none\""),
        ("[mail]\nserver = \"smtp.example.com\"\nsecurity = \"ssl\"", "line 3: `[mail] security` cannot be \"ssl\""),
        ("[mail]\nserver = \"https://smtp.example.com\"", "line 2: `[mail] server` is not the name of a mail server"),
        ("[mail]\nserver = \"a.test\"\nport = 70000", "line 3: `[mail] port` is not a number from 1 to 65535"),
        ("[mail]\nport = 25", "line 2: [mail] names no `server`"),
        ("[mail]\nserver = \"a.test\"\npassword = \"x\"", "line 3: unknown key `[mail] password`"),
    ] {
        let error = parse(text).expect_err(text);
        assert!(error.to_string().contains(message), "{text}: {error}");
    }
}
