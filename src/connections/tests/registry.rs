//! Finding services and connections in the folders, and changing the files that people also edit.

use std::path::Path;

use crate::connections::{Connection, Credentials, Error, FileRegistry, LinkName, Origin};

const SERVICE: &str = "link_name = \"acme\"\nhosts = [\"api.acme.test\"]\n[auth]\ntype = \"basic\"\n";

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

fn load(project: &Path, user: &Path) -> Result<FileRegistry, Error> {
    FileRegistry::load(Some(project), user)
}

#[test]
fn the_documented_entry_is_read() {
    let (project, user) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    write(
        project.path(),
        "connections.toml",
        "[acme_main]\nname = \"Acme, main account\"\nservice = \"acme\"\nscopes = [\"orders.read\"]\ncredentials = \"user\"\n\
         parameters = { domain = \"shop\" }\ndefault_for = [\"crm\"]\n",
    );
    let registry = load(project.path(), user.path()).unwrap();
    let connection = registry.connection("acme_main").unwrap();
    assert_eq!(connection.name, "Acme, main account");
    assert_eq!(connection.credentials, Credentials::User);
    assert_eq!(connection.parameters["domain"], "shop");
    assert_eq!(registry.default_for("crm").unwrap().link_name.as_str(), "acme_main");
    assert_eq!(registry.default_for("bigin"), None);
    assert_eq!(registry.origin_of("acme_main"), Some(Origin::Project));
}

#[test]
fn mistakes_in_entries_are_told() {
    let user = tempfile::tempdir().unwrap();
    for (text, message) in [
        ("[a]\nservce = \"x\"\n", "`[a] service` is missing"),
        ("[a]\nservice = \"x\"\nscope = []\n", "unknown key `[a] scope`"),
        ("[a]\nservice = \"x\"\ncredentials = \"me\"\n", "`credentials` cannot be \"me\""),
        ("[a]\nservice = \"x\"\nparameters = { a = 1 }\n", "is not a table of texts"),
        ("[\"a/b\"]\nservice = \"x\"\n", "cannot be a link name"),
        ("a = 1\n", "`a` is no table"),
        ("[a]\nservice = \"x\"\n[a]\nservice = \"y\"\n", "this is no TOML"),
    ] {
        write(user.path(), "connections.toml", text);
        let error = FileRegistry::load(None, user.path()).unwrap_err();
        assert!(error.to_string().contains(message), "{error}");
        assert!(error.to_string().contains("connections.toml, line "), "{error}");
    }
}

#[test]
fn an_unknown_name_suggests_the_nearest_and_lists_all() {
    let user = tempfile::tempdir().unwrap();
    write(user.path(), "connections.toml", "[zoho_crm]\nservice = \"zoho_crm\"\n[other]\nservice = \"slack\"\n");
    let registry = FileRegistry::load(None, user.path()).unwrap();
    let error = registry.connection("zoho_crn").unwrap_err();
    assert_eq!(error.code(), "connections::unknown-link-name");
    assert!(error.to_string().contains("Connection Name was not found"), "{error}");
    assert_eq!(error.help(), "did you mean \"zoho_crm\"? connections: other, zoho_crm");
    let error = registry.service("zoho_bocks").unwrap_err();
    assert!(error.help().contains("did you mean \"zoho_books\"?"), "{}", error.help());
    assert_eq!(registry.service("zohobooks").unwrap().link_name.as_str(), "zoho_books");
}

#[test]
fn a_project_redefines_nothing_of_the_users() {
    let (project, user) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    write(user.path(), "services/acme.toml", SERVICE);
    write(project.path(), "services/mine.toml", SERVICE);
    let error = load(project.path(), user.path()).unwrap_err();
    assert_eq!(error.code(), "connections::redefined");
    assert!(
        error.to_string().contains("services/mine.toml") && error.to_string().contains("services/acme.toml"),
        "{error}"
    );
    std::fs::remove_file(project.path().join("services/mine.toml")).unwrap();
    write(user.path(), "connections.toml", "[main]\nservice = \"acme\"\n");
    write(project.path(), "connections.toml", "[main]\nservice = \"acme\"\n");
    let error = load(project.path(), user.path()).unwrap_err();
    assert_eq!(error.code(), "connections::redefined");
    for folder in [project.path(), user.path()] {
        assert!(error.to_string().contains(&folder.join("connections.toml").display().to_string()), "{error}");
    }
    std::fs::remove_file(project.path().join("connections.toml")).unwrap();
    write(project.path(), "services/crm.toml", &SERVICE.replace("acme", "zoho_crm"));
    assert_eq!(load(project.path(), user.path()).unwrap_err().code(), "connections::redefined");
}

#[test]
fn a_broken_service_troubles_only_its_users() {
    let user = tempfile::tempdir().unwrap();
    write(user.path(), "services/acme.toml", SERVICE);
    write(
        user.path(),
        "services/draft.toml",
        "link_name = \"draft\"\nhosts = [\"a.test\"]\n[auth]\ntype = \"oauth2\"\ngrant = \"device_code\"\n",
    );
    let registry = FileRegistry::load(None, user.path()).unwrap();
    assert!(registry.service("acme").is_ok());
    assert_eq!(registry.service("draft").unwrap_err().code(), "connections::invalid-file");
    assert_eq!(registry.problems().len(), 1);
}

#[test]
fn the_file_keeps_what_people_wrote() {
    let user = tempfile::tempdir().unwrap();
    let before = "# Our connections\n\n# the shop\n[shop]\nservice = \"slack\" # chat\n\n# the crm\n[crm]\nservice = \"zoho_crm\"\n\
                  [crm.parameters]\naccounts = \"accounts.zoho.eu\"\n";
    write(user.path(), "connections.toml", before);
    let mut registry = FileRegistry::load(None, user.path()).unwrap();
    let mut new = Connection::new(LinkName::parse("new").unwrap(), "slack");
    new.scopes = vec!["chat:write".into()];
    new.parameters.insert("k".into(), "v \"quoted\"".into());
    registry.create_connection(new.clone()).unwrap();
    let path = user.path().join("connections.toml");
    assert!(std::fs::read_to_string(&path).unwrap().starts_with(before));
    let again = FileRegistry::load(None, user.path()).unwrap();
    assert_eq!(again.connection("new").unwrap(), &new);
    assert_eq!(again.connections().count(), 3);
    registry.delete_connection("shop").unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.starts_with("# Our connections\n\n# the crm\n[crm]\n"), "{text}");
    registry.delete_connection("new").unwrap();
    registry.delete_connection("crm").unwrap();
    assert_eq!(std::fs::read_to_string(&path).unwrap().trim_end(), "# Our connections");
    assert_eq!(registry.delete_connection("crm").unwrap_err().code(), "connections::unknown-link-name");
}

#[test]
fn an_entry_in_an_odd_shape_is_deleted_too() {
    let user = tempfile::tempdir().unwrap();
    write(user.path(), "connections.toml", "a.service = \"slack\"\nb.service = \"slack\"\na.name = \"A\"\n");
    let mut registry = FileRegistry::load(None, user.path()).unwrap();
    registry.delete_connection("a").unwrap();
    let again = FileRegistry::load(None, user.path()).unwrap();
    assert_eq!(again.connections().map(|known| known.link_name.as_str()).collect::<Vec<_>>(), ["b"]);
}

#[test]
fn a_change_made_by_another_process_is_kept() {
    let user = tempfile::tempdir().unwrap();
    let mut one = FileRegistry::load(None, user.path()).unwrap();
    let mut two = FileRegistry::load(None, user.path()).unwrap();
    one.create_connection(Connection::new(LinkName::parse("a").unwrap(), "slack")).unwrap();
    two.create_connection(Connection::new(LinkName::parse("b").unwrap(), "slack")).unwrap();
    let error = two.create_connection(Connection::new(LinkName::parse("a").unwrap(), "slack")).unwrap_err();
    assert_eq!(error.code(), "connections::redefined");
    assert!(!two.has_connection("a"));
    assert_eq!(FileRegistry::load(None, user.path()).unwrap().connections().count(), 2);
}

#[test]
fn a_service_file_is_checked_and_copied() {
    let (user, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    write(elsewhere.path(), "some.toml", SERVICE);
    let file = elsewhere.path().join("some.toml");
    let mut registry = FileRegistry::load(None, user.path()).unwrap();
    registry.install_service(&file).unwrap();
    registry.install_service(&file).unwrap();
    let copy = user.path().join("services/acme.toml");
    assert_eq!(std::fs::read_to_string(&copy).unwrap(), SERVICE);
    let mut again = FileRegistry::load(None, user.path()).unwrap();
    again.install_service(&copy).unwrap();
    write(elsewhere.path(), "some.toml", &SERVICE.replace("api.acme.test", "evil.test"));
    assert_eq!(again.install_service(&file).unwrap_err().code(), "connections::already-exists");
    write(elsewhere.path(), "some.toml", &SERVICE.replace("\"acme\"", "\"slack\""));
    assert_eq!(again.install_service(&file).unwrap_err().code(), "connections::already-exists");
    assert_eq!(again.install_service(&elsewhere.path().join("none.toml")).unwrap_err().code(), "connections::file");
}

#[test]
fn a_project_folder_gets_no_stray_files() {
    let (project, user) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut registry = load(project.path(), user.path()).unwrap();
    registry.create_connection(Connection::new(LinkName::parse("a").unwrap(), "slack")).unwrap();
    let mut names: Vec<_> =
        std::fs::read_dir(project.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, [".sluice", "connections.toml"]);
    assert!(project.path().join(".sluice/.gitignore").exists());
    assert_eq!(registry.origin_of("a"), Some(Origin::Project));
}
