//! `sluice fmt`: what it rewrites, what it leaves, and what it answers with.

use super::harness::Desk;

fn folder() -> Desk {
    let desk = Desk::new();
    desk.write("scripts/ugly.dg", "if(a){x=1;}\n");
    desk.write("scripts/good.dg", "info 1;\n");
    desk.write("scripts/deals/bad.deluge", "info (;\ninfo  2;\n");
    desk.write("scripts/shop.ds", "application \"Shop\"\n{\n}\n");
    desk.write("scripts/notes.txt", "x=1;\n");
    desk
}

fn text(desk: &Desk, name: &str) -> String {
    std::fs::read_to_string(desk.path(name)).unwrap()
}

#[test]
fn the_good_are_formatted_and_the_broken_are_left() {
    let desk = folder();
    let done = desk.sluice(&["fmt", "scripts"]).expect(2);
    assert_eq!(
        done.stdout,
        format!("{}\n", desk.path("scripts/ugly.dg").strip_prefix(desk.path("")).unwrap().display())
    );
    for part in ["bad.deluge:1:", "shop.ds is left out", "1 file formatted, 1 unchanged, 1 left as they are"] {
        assert!(done.stderr.contains(part), "{part}:\n{}", done.stderr);
    }
    assert_eq!(text(&desk, "scripts/ugly.dg"), "if(a)\n{\n\tx = 1;\n}\n");
    assert_eq!(text(&desk, "scripts/deals/bad.deluge"), "info (;\ninfo  2;\n");
    assert_eq!(text(&desk, "scripts/notes.txt"), "x=1;\n");
    let done = desk.sluice(&["fmt", "scripts/ugly.dg", "scripts/good.dg"]).expect(0);
    assert_eq!(done.stdout, "");
    desk.sluice(&["fmt", "scripts/shop.ds"]).complains(2, &["cli::creator-export"]);
}

#[test]
fn check_writes_nothing_and_fails() {
    let desk = folder();
    let before = desk.files();
    let done = desk.sluice(&["fmt", "--check", "scripts/ugly.dg", "scripts/good.dg"]).expect(1);
    assert_eq!(done.stdout, "scripts/ugly.dg\n");
    desk.sluice(&["fmt", "--check", "scripts/good.dg"]).expect(0);
    desk.sluice(&["fmt", "--check", "scripts"]).expect(2);
    desk.sluice(&["fmt", "--check", "scripts/good.dg", "missing.dg"]).complains(1, &["project::file"]);
    assert_eq!(desk.files(), before);
}

#[test]
fn standard_input_goes_to_standard_output() {
    let desk = Desk::new();
    let done = desk.call(&["fmt", "-"]).input("x=1;\r\ny=2;").done().expect(0);
    assert_eq!((done.stdout.as_str(), done.stderr.as_str()), ("x = 1;\r\ny = 2;\r\n", ""));
    let done = desk.call(&["fmt", "-"]).input("x=(1;").done().expect(2);
    assert_eq!(done.stdout, "");
    let done = desk.call(&["fmt", "-", "--check"]).input("x=1;").done().expect(1);
    assert_eq!(done.stdout, "<stdin>\n");
    desk.sluice(&["fmt", "-", "a.dg"]).complains(1, &["cli::input-beside-paths"]);
}

#[test]
fn the_document_names_every_file() {
    let desk = folder();
    let done = desk.sluice(&["fmt", "--json", "--check", "scripts/ugly.dg", "scripts/deals/bad.deluge"]).expect(2);
    let report: serde_json::Value = serde_json::from_str(&done.stdout).unwrap();
    assert_eq!(
        report[0],
        serde_json::json!({"path": "scripts/ugly.dg", "ok": true, "changed": true, "diagnostics": []})
    );
    assert_eq!((&report[1]["ok"], &report[1]["changed"]), (&false.into(), &false.into()));
    assert_eq!(report[1]["diagnostics"][0]["line"], 1);
    let done = desk.call(&["fmt", "--json", "-"]).input("x=1;").done().expect(0);
    let report: serde_json::Value = serde_json::from_str(&done.stdout).unwrap();
    assert_eq!(report[0]["formatted"], "x = 1;\n");
}

#[cfg(unix)]
#[test]
fn permissions_and_links_are_kept() {
    use std::fs::{Permissions, metadata, set_permissions, symlink_metadata};
    use std::os::unix::fs::{PermissionsExt, symlink};
    let desk = folder();
    let file = desk.path("scripts/ugly.dg");
    set_permissions(&file, Permissions::from_mode(0o750)).unwrap();
    symlink(&file, desk.path("link.dg")).unwrap();
    desk.sluice(&["fmt", "link.dg"]).expect(0);
    assert_eq!(text(&desk, "scripts/ugly.dg"), "if(a)\n{\n\tx = 1;\n}\n");
    assert_eq!(metadata(&file).unwrap().permissions().mode() & 0o777, 0o750);
    assert!(symlink_metadata(desk.path("link.dg")).unwrap().is_symlink());
    desk.write("locked.dg", "x=1;");
    set_permissions(desk.path("locked.dg"), Permissions::from_mode(0o444)).unwrap();
    desk.sluice(&["fmt", "locked.dg"]).complains(1, &["project::write"]);
    assert_eq!(text(&desk, "locked.dg"), "x=1;");
    assert!(
        std::fs::read_dir(desk.path("")).unwrap().all(|entry| !entry
            .unwrap()
            .file_name()
            .to_string_lossy()
            .starts_with(".sluice-"))
    );
}
