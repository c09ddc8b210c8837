//! What a short script does without: `sluice run` is to be over before anybody notices that a program was started.

use std::io::Read;
use std::process::Stdio;

use super::harness::Desk;

/// The line is longer than a pipe takes, so the program waits in the middle of it to be looked at.
const PRINTS: &str =
    "s = \"0123456789abcdef\"; for each i in {1,2,3,4,5,6,7,8,9,10,11,12,13,14} { s = s + s; } info s;";

#[test]
fn a_short_script_starts_no_thread() {
    let desk = Desk::new();
    desk.write("script.dg", PRINTS);
    let mut command = desk.command(&["run", "script.dg"]);
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().unwrap();
    let mut stdout = child.stdout.take().unwrap();
    stdout.read_exact(&mut [0]).unwrap();
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
    let threads = status.lines().find_map(|line| line.strip_prefix("Threads:")).map(str::trim);
    assert_eq!(threads, Some("1"), "{status}");
    let mut rest = Vec::new();
    stdout.read_to_end(&mut rest).unwrap();
    assert!(child.wait().unwrap().success());
    assert_eq!(rest.len(), 16 << 14);
}
