//! A folder of its own and the real program for each test. The program finds nothing of the machine's own set-up: its
//! user folder is below the test's folder, and no variable of ours is inherited.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;

/// No command of these tests takes nearly as long; one that does hangs.
const PATIENCE: Duration = Duration::from_secs(60);

/// A folder to work in, and a user's folder beside it.
pub struct Desk {
    folder: TempDir,
}

/// One call of the program, being put together.
pub struct Call {
    command: Command,
    input: Vec<u8>,
}

/// What a call gave.
#[derive(Debug)]
pub struct Done {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Desk {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("project")).unwrap();
        Self { folder }
    }

    /// A desk whose folder is a project with these settings.
    pub fn project(settings: &str) -> Self {
        let desk = Self::new();
        desk.write("sluice.toml", settings);
        desk
    }

    /// A path in the folder where the program is started.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join("project").join(name)
    }

    /// A path in the user's own folder.
    pub fn home(&self, name: &str) -> PathBuf {
        self.folder.path().join("home").join(name)
    }

    /// Writes a file into the folder where the program is started.
    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    pub fn call(&self, arguments: &[&str]) -> Call {
        Call { command: self.command(arguments), input: Vec::new() }
    }

    /// Runs a script by the name `script.dg` in a process that the system gives no more than so many kilobytes to address,
    /// where there is a way to say so.
    pub fn bounded(&self, kilobytes: u32, arguments: &[&str], script: &str) -> Done {
        self.write("script.dg", script);
        let mut call = self.call(arguments);
        if cfg!(target_os = "linux") {
            let mut shell = Command::new("sh");
            shell.args(["-c", &format!("ulimit -v {kilobytes}; exec \"$0\" \"$@\""), env!("CARGO_BIN_EXE_sluice")]);
            shell
                .args(arguments)
                .current_dir(self.path(""))
                .env("SLUICE_HOME", self.home(""))
                .env("SLUICE_VAULT_SOURCE", "file");
            call.command = shell;
        }
        call.done()
    }

    /// The program with these arguments and without what this machine is set up with.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sluice"));
        for (name, _) in std::env::vars_os() {
            let name = name.to_string_lossy().into_owned();
            let ours = name.starts_with("SLUICE_") || name.to_ascii_uppercase().ends_with("_PROXY");
            if ours || ["XDG_CONFIG_HOME", "NO_COLOR", "CLICOLOR_FORCE"].contains(&name.as_str()) {
                command.env_remove(name);
            }
        }
        command
            .current_dir(self.path(""))
            .env("SLUICE_HOME", self.home(""))
            .env("SLUICE_VAULT_SOURCE", "file")
            .args(arguments);
        command
    }

    /// Starts the program and waits for its end.
    pub fn sluice(&self, arguments: &[&str]) -> Done {
        self.call(arguments).done()
    }

    /// Runs a script by the name `script.dg`.
    pub fn run(&self, script: &str, options: &[&str]) -> Done {
        self.write("script.dg", script);
        self.sluice(&[&["run", "script.dg"], options].concat())
    }

    /// The text with what differs from run to run replaced by names.
    pub fn normal(&self, text: &str) -> String {
        text.replace(self.folder.path().to_str().unwrap(), "FOLDER")
    }

    /// Every file below the two folders, with its content.
    pub fn files(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let mut files = Vec::new();
        let mut folders = vec![self.folder.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let content = fs::read(&path).unwrap();
                    files.push((path, content));
                }
            }
        }
        files
    }
}

impl Call {
    pub fn env(mut self, name: &str, value: &str) -> Self {
        // A key that is given is the source of new vaults.
        if name.starts_with("SLUICE_VAULT_") {
            self.command.env_remove("SLUICE_VAULT_SOURCE");
        }
        self.command.env(name, value);
        self
    }

    /// What the program reads from standard input; nothing when this is not called.
    pub fn input(mut self, input: impl AsRef<[u8]>) -> Self {
        self.input = input.as_ref().to_vec();
        self
    }

    pub fn done(mut self) -> Done {
        let mut child =
            self.command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let input = self.input;
        // The program need not read it all, so a closed pipe is no failure.
        std::thread::spawn(move || drop(stdin.write_all(&input)));
        let (send, receive) = mpsc::channel();
        std::thread::spawn(move || send.send(child.wait_with_output()));
        let output = match receive.recv_timeout(PATIENCE) {
            Ok(output) => output.unwrap(),
            Err(_) => panic!("the program did not end within {PATIENCE:?}: {:?}", self.command),
        };
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("what the program prints is UTF-8");
        let (stdout, stderr) = (text(output.stdout), text(output.stderr));
        assert!(!stderr.contains("panicked at"), "{stderr}");
        let code = output.status.code().unwrap_or_else(|| panic!("ended by a signal: {stderr}"));
        Done { code, stdout, stderr }
    }
}

impl Done {
    /// Fails the test unless the program ended with this code.
    #[track_caller]
    pub fn expect(self, code: i32) -> Self {
        assert!(
            self.code == code,
            "expected exit code {code}, got {}\n--- stdout\n{}\n--- stderr\n{}",
            self.code,
            self.stdout,
            self.stderr
        );
        self
    }

    /// Fails the test unless the run ended with this code and this is on standard output, and nothing else anywhere.
    #[track_caller]
    pub fn prints(self, stdout: &str) {
        let done = self.expect(0);
        assert_eq!((done.stdout.as_str(), done.stderr.as_str()), (stdout, ""));
    }

    /// Fails the test unless the program ended with this code, and standard error has each of these.
    #[track_caller]
    pub fn complains(self, code: i32, parts: &[&str]) -> Self {
        let done = self.expect(code);
        for part in parts {
            assert!(done.stderr.contains(part), "standard error has no {part:?}:\n{}", done.stderr);
        }
        done
    }

    /// Standard output as one JSON document.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout)
            .unwrap_or_else(|error| panic!("{error}\n--- stdout\n{}\n--- stderr\n{}", self.stdout, self.stderr))
    }

    /// Both streams.
    pub fn all(&self) -> String {
        format!("{}\n{}", self.stdout, self.stderr)
    }
}

/// The folder of files that outputs are compared with.
pub fn goldens() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/goldens")
}

/// Whether the files are to be written anew instead of compared: `UPDATE=1 cargo test cli`.
pub fn is_update() -> bool {
    std::env::var_os("UPDATE").is_some_and(|value| !value.is_empty())
}

/// Compares a text with the file of this name, or writes the file.
#[track_caller]
pub fn golden(name: &str, found: &str) {
    let path = goldens().join(name);
    if is_update() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, found).unwrap();
        return;
    }
    let wanted = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    assert_eq!(found, wanted, "{name} differs; UPDATE=1 cargo test cli writes it anew");
}
