//! A terminal of 100 columns and 30 lines, which is tmux without anybody looking. What is on its screen is waited for, never
//! how long something takes.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use crate::cli::harness::{Desk, is_update};

/// Nothing on a screen takes nearly as long.
const PATIENCE: Duration = Duration::from_secs(20);

/// Between two looks at the screen.
const PAUSE: Duration = Duration::from_millis(10);

/// How the prompt begins a line, as it stands on the screen, where blanks at the end are left out.
const PROMPT: &str = ">";

/// A program in a terminal. Dropping it ends both.
pub struct Terminal<'d> {
    desk: &'d Desk,
}

/// Whether there is no tmux, which only a run without peers may put up with.
pub fn terminal_missing() -> bool {
    if Command::new("tmux").arg("-V").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok() {
        return false;
    }
    let why = "tmux, which shows what a terminal shows, is not there; scripts/peers start installs it";
    assert!(std::env::var("SLUICE_NO_PEERS").is_ok_and(|value| value == "1"), "{why}");
    println!("skipped: {why}");
    true
}

impl<'d> Terminal<'d> {
    /// The prompt, with these options, ready for its first input.
    pub fn prompt(desk: &'d Desk, options: &[&str]) -> Self {
        let terminal = Self::start(desk, &[&[env!("CARGO_BIN_EXE_sluice"), "repl"], options].concat(), &[]);
        terminal.wait("the prompt", |screen| last_line(screen) == PROMPT);
        terminal
    }

    /// A program in the project's folder, which finds nothing of the machine's own set-up.
    pub fn start(desk: &'d Desk, program: &[&str], environment: &[(&str, &str)]) -> Self {
        let settings = desk.home("tmux.conf");
        fs::create_dir_all(desk.home("")).unwrap();
        // A program that has ended leaves its screen; an escape key is not waited for.
        let lines = "set -g remain-on-exit on\nset -g status off\nset -g escape-time 0\nset -g default-terminal screen-256color\n";
        fs::write(&settings, lines).unwrap();
        let terminal = Self { desk };
        let mut command = terminal.command();
        command.args(["-f", settings.to_str().unwrap(), "new-session", "-d", "-x", "100", "-y", "30"]);
        command.args(["-c", desk.path("").to_str().unwrap(), "--"]).args(program);
        command.envs(environment.iter().copied());
        done(command);
        terminal
    }

    /// Types a text as it is.
    pub fn write(&self, text: &str) {
        self.tmux(&["send-keys", "-l", "--", text]);
    }

    /// Presses a key by its name in tmux: `Enter`, `Tab`, `C-r`, `Up`.
    pub fn press(&self, key: &str) {
        self.tmux(&["send-keys", key]);
    }

    /// Pastes a text as a terminal does that says where it begins and ends.
    pub fn paste(&self, text: &str) {
        self.tmux(&["set-buffer", "--", text]);
        self.tmux(&["paste-buffer", "-p", "-d"]);
    }

    /// Types an input, and waits until it stands on the screen.
    pub fn write_and_see(&self, input: &str) {
        self.write(input);
        let end: String = input.chars().rev().take(20).collect::<Vec<_>>().into_iter().rev().collect();
        self.wait(&format!("{end:?} at the end"), |screen| last_line(screen).contains(end.trim_end()));
    }

    /// Types an input and waits for the next prompt.
    pub fn enter(&self, input: &str) {
        self.write_and_see(input);
        self.submit();
    }

    /// Presses the key that ends an input, and waits for the next prompt.
    pub fn submit(&self) {
        self.press("Enter");
        self.wait("the next prompt", |screen| last_line(screen) == PROMPT);
    }

    /// Takes away what is on the screen; only a prompt stays.
    pub fn clear(&self) {
        self.press("C-l");
        self.wait("an empty screen", |screen| screen.trim() == PROMPT);
    }

    /// Waits until the screen has this text.
    #[track_caller]
    pub fn see(&self, text: &str) -> String {
        self.wait(&format!("{text:?}"), |screen| screen.contains(text))
    }

    /// Waits until the screen is as wanted, and gives it.
    #[track_caller]
    pub fn wait(&self, what: &str, wanted: impl Fn(&str) -> bool) -> String {
        let began = Instant::now();
        loop {
            let screen = self.screen();
            if wanted(&screen) {
                return screen;
            }
            assert!(began.elapsed() < PATIENCE, "{what} does not come; the screen is\n{screen}");
            std::thread::sleep(PAUSE);
        }
    }

    /// Waits until the program has ended, and gives its exit code.
    pub fn ended(&self) -> i32 {
        let began = Instant::now();
        loop {
            let state = self.tmux(&["list-panes", "-F", "#{pane_dead} #{pane_dead_status}"]);
            if let Some(code) = state.trim().strip_prefix("1 ") {
                return code.parse().unwrap();
            }
            assert!(began.elapsed() < PATIENCE, "the program does not end; the screen is\n{}", self.screen());
            std::thread::sleep(PAUSE);
        }
    }

    /// The screen without blanks at the ends of its lines and without empty lines at its end.
    pub fn screen(&self) -> String {
        tidy(&self.tmux(&["capture-pane", "-p"]))
    }

    /// The same with colours, as `{31}` where `ESC[31m` stands.
    pub fn colours(&self) -> String {
        let screen = self.tmux(&["capture-pane", "-p", "-e"]);
        let mut parts = screen.split("\u{1b}[");
        let mut text = parts.next().unwrap().to_owned();
        for part in parts {
            let (codes, rest) = part.split_once('m').unwrap();
            text.push_str(&format!("{{{codes}}}{rest}"));
        }
        tidy(&text)
    }

    fn tmux(&self, arguments: &[&str]) -> String {
        let mut command = self.command();
        command.args(arguments);
        String::from_utf8(done(command).stdout).unwrap()
    }

    /// tmux with a server of this desk alone. The program inherits what this command is given.
    fn command(&self) -> Command {
        let mut command = Command::new("tmux");
        command.args(["-u", "-S", self.desk.home("tmux").to_str().unwrap()]);
        command.env_clear();
        command.envs(std::env::var_os("PATH").map(|path| ("PATH", path)));
        command.env("HOME", self.desk.home("")).env("SLUICE_HOME", self.desk.home("")).env("LANG", "C.UTF-8");
        command.env("TERM", "xterm-256color").env("SHELL", "/bin/sh").env("SLUICE_VAULT_SOURCE", "file");
        command
    }
}

impl Drop for Terminal<'_> {
    fn drop(&mut self) {
        // A test that fails while it starts has no server yet.
        let _ = self.command().arg("kill-server").stderr(Stdio::null()).status();
    }
}

/// Compares a screen with the file of this name, or writes the file.
#[track_caller]
pub fn golden(name: &str, screen: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/screens").join(name);
    let found = format!("{}\n", without_times(screen));
    if is_update() {
        fs::write(path, found).unwrap();
        return;
    }
    let wanted = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    assert!(
        found == wanted,
        "the screen is not that of {name}; UPDATE=1 cargo test repl writes it anew\n--- screen\n{found}\n--- file\n{wanted}"
    );
}

/// The last line that is not empty.
pub fn last_line(screen: &str) -> &str {
    screen.lines().rfind(|line| !line.is_empty()).unwrap_or_default()
}

/// How long something took differs each time: `12 ms`, `1.5 s` and the `0.004` of a trace become `TIME`.
pub fn without_times(screen: &str) -> String {
    let units = ["ns", "µs", "ms", "s"];
    let mut out = String::new();
    let mut rest = screen;
    while let Some(start) = rest.find(|letter: char| letter.is_ascii_digit()) {
        let (before, number) = rest.split_at(start);
        out.push_str(before);
        let end = number.find(|letter: char| !letter.is_ascii_digit() && letter != '.').unwrap_or(number.len());
        let (number, after) = number.split_at(end);
        let unit = after.strip_prefix(' ').map_or(0, |after| {
            let word = after.find(|letter: char| !letter.is_alphabetic()).unwrap_or(after.len());
            if units.contains(&&after[..word]) { word + 1 } else { 0 }
        });
        let of_trace = ["look-up ", "connect ", "first byte "].iter().any(|name| before.ends_with(name));
        out.push_str(if unit > 0 || of_trace { "TIME" } else { number });
        rest = &after[unit..];
    }
    out + rest
}

fn tidy(screen: &str) -> String {
    let lines: Vec<&str> = screen.lines().map(str::trim_end).collect();
    lines.join("\n").trim_end().to_owned()
}

#[track_caller]
fn done(mut command: Command) -> Output {
    let output = command.stdin(Stdio::null()).output().unwrap();
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    output
}
