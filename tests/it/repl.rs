//! The prompt as a person sees it: the real program in a terminal of tmux, keys sent to it, and the screen compared; and as
//! a file sees it that is fed to it.

mod terminal;

use crate::cli::harness::Desk;
use terminal::{Terminal, terminal_missing};

#[test]
fn try_bash() {
    if terminal_missing() {
        return;
    }
    let desk = Desk::project("");
    let t = Terminal::start(&desk, &["bash", "--norc"], &[("PS1", "> ")]);
    t.wait("p", |s| s == ">");
    t.enter("echo a b; env");
    println!("{}", t.screen());
    t.paste("echo 1\necho 2");
    t.see("echo 2");
    t.submit();
    println!("{}", t.colours());
    t.clear();
    t.write("exit 3");
    t.press("Enter");
    assert_eq!(t.ended(), 3);
    println!("{}", t.screen());
}
