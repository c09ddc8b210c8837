//! A terminal of 100 columns and 30 lines, which is tmux without anybody looking. What is on its screen is waited for, never
//! how long something takes.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::cli::harness::{Desk, is_update};

/// Nothing on a screen takes nearly as long.
const PATIENCE: Duration = Duration::from_secs(20);

/// Between two looks at the screen.
const PAUSE: Duration = Duration::from_millis(10);

/// How long a screen is given before it is written into a file.
const SETTLED: Duration = Duration::from_millis(300);

/// How the prompt begins a line, as it stands on the screen, where blanks at the end are left out.
const PROMPT: &str = ">";

/// What the terminal shows when the program has ended, before its exit code.
const ENDED: &str = "The program ended with ";

/// A program in a terminal. Dropping it ends both.
pub struct Terminal<'d> {
    desk: &'d Desk,
    /// Of a tmux of its own: one that was there before may still be ending.
    socket: PathBuf,
}

/// Whether there is no tmux, which a run with the peers does not put up with: `scripts/peers start` installs it.
pub fn terminal_missing() -> bool {
    if Command::new("tmux").arg("-V").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok() {
        return false;
    }
    let why = "tmux, which shows what a terminal shows, is not there; scripts/peers start installs it";
    assert!(std::env::var_os("SLUICE_PEER_SECRET").is_none(), "{why}");
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
        // What follows an escape key is not waited for.
        fs::write(&settings, "set -g status off\nset -g escape-time 0\nset -g default-terminal screen-256color\n")
            .unwrap();
        static STARTED: AtomicUsize = AtomicUsize::new(0);
        let socket = desk.home(&format!("tmux-{}", STARTED.fetch_add(1, Ordering::SeqCst)));
        let terminal = Self { desk, socket };
        let mut command = terminal.command();
        command.args(["-f", settings.to_str().unwrap(), "new-session", "-d", "-x", "100", "-y", "30"]);
        command.args(["-c", desk.path("").to_str().unwrap(), "--"]);
        // The terminal outlives the program.
        let shell = format!("trap : INT; \"$0\" \"$@\"; echo; echo \"{ENDED}$?\"; exec cat");
        command.args(["sh", "-c", &shell]).args(program);
        command.envs(environment.iter().copied());
        done(command);
        terminal
    }

    /// Types a text as it is.
    pub fn write(&self, text: &str) {
        self.tmux(&["send-keys", "-l", "--", &unseparated(text)]);
    }

    /// Presses a key by its name in tmux: `Enter`, `Tab`, `C-r`, `Up`.
    pub fn press(&self, key: &str) {
        self.tmux(&["send-keys", key]);
    }

    /// Pastes a text as a terminal does that says where it begins and ends.
    pub fn paste(&self, text: &str) {
        self.tmux(&["set-buffer", "--", &unseparated(text)]);
        self.tmux(&["paste-buffer", "-p", "-d"]);
    }

    /// Types an input, and waits until it stands on the screen.
    pub fn write_and_see(&self, input: &str) {
        self.write(input);
        let end: String = input.chars().rev().take(20).collect::<Vec<_>>().into_iter().rev().collect();
        let end = without_blanks(&end);
        self.wait(&format!("{end:?} at the end"), |screen| {
            // It may go over several lines, and a hint may follow.
            let last = screen.lines().rev().take(3).map(without_blanks).collect::<Vec<_>>();
            last.into_iter().rev().collect::<String>().contains(&end)
        });
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

    /// Stops what is running, or drops what was typed, and waits for the next prompt.
    pub fn interrupt(&self) {
        self.press("C-c");
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
        let screen = self.wait("the end of the program", |screen| last_line(screen).starts_with(ENDED));
        last_line(&screen)[ENDED.len()..].parse().unwrap()
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

    /// Waits until the screen is that of the file of this name, or writes the file.
    #[track_caller]
    pub fn golden(&self, name: &str) {
        self.golden_of(name, Self::screen);
    }

    /// The same for a screen that is made comparable.
    #[track_caller]
    pub fn golden_of(&self, name: &str, screen: impl Fn(&Self) -> String) {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/screens").join(name);
        let found = || format!("{}\n", without_times(&screen(self)));
        if is_update() {
            // What is still being drawn is waited for; comparing again shows whether it was enough.
            std::thread::sleep(SETTLED);
            fs::write(path, found()).unwrap();
            return;
        }
        let wanted = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let began = Instant::now();
        while found() != wanted {
            assert!(
                began.elapsed() < PATIENCE / 4,
                "the screen is not that of {name}; UPDATE=1 cargo test repl writes it anew\n--- screen\n{}\n--- file\n{wanted}",
                found()
            );
            std::thread::sleep(PAUSE);
        }
    }

    fn tmux(&self, arguments: &[&str]) -> String {
        let mut command = self.command();
        command.args(arguments);
        String::from_utf8(done(command).stdout).unwrap()
    }

    /// tmux with a server of this desk alone. The program inherits what this command is given.
    fn command(&self) -> Command {
        let mut command = Command::new("tmux");
        command.args(["-u", "-S", self.socket.to_str().unwrap()]);
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

fn without_blanks(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_whitespace()).collect()
}

/// tmux takes a `;` at the end of a word for the end of a command.
fn unseparated(text: &str) -> String {
    text.strip_suffix(';').map_or_else(|| text.to_owned(), |text| format!("{text}\\;"))
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
