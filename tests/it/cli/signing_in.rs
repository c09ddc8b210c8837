//! The program while it waits for a person: what it has said so far, what it is told, how it ends.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use super::harness::{Desk, Done};

/// No part of these tests takes nearly as long; one that does hangs.
const PATIENCE: Duration = Duration::from_secs(60);

/// `sluice connections authorize …` under way.
pub struct SigningIn {
    child: Child,
    stdin: Option<ChildStdin>,
    lines: mpsc::Receiver<String>,
    /// What it wrote to standard error.
    said: Vec<String>,
}

impl SigningIn {
    /// Starts the program; each secret is handed over in an environment variable.
    pub fn start(desk: &Desk, arguments: &[&str], secrets: &[(&str, &str)]) -> Self {
        let sources: Vec<String> =
            secrets.iter().enumerate().map(|(at, (key, _))| format!("{key}=env:GIVEN_{at}")).collect();
        let mut all = vec!["connections", "authorize"];
        all.extend(arguments);
        all.extend(sources.iter().flat_map(|source| ["--credential", source]));
        let mut command = desk.command(&all);
        command.env("SLUICE_NO_BROWSER", "1");
        secrets.iter().enumerate().for_each(|(at, (_, value))| {
            command.env(format!("GIVEN_{at}"), value);
        });
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let (sender, lines) = mpsc::channel();
        let stderr = BufReader::new(child.stderr.take().unwrap());
        std::thread::spawn(move || {
            for line in stderr.lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    return;
                }
            }
        });
        let stdin = child.stdin.take();
        Self { child, stdin, lines, said: Vec::new() }
    }

    /// Reads on until a line is what is looked for.
    #[track_caller]
    pub fn until(&mut self, is_found: impl Fn(&str) -> bool) -> String {
        loop {
            match self.lines.recv_timeout(PATIENCE) {
                Ok(line) => {
                    self.said.push(line.clone());
                    if is_found(&line) {
                        return line;
                    }
                }
                Err(_) => panic!("it never said so:\n{}", self.said.join("\n")),
            }
        }
    }

    /// The next address that a person is to open: of another server than the one that waits.
    #[track_caller]
    pub fn address(&mut self) -> String {
        let found = self.until(|line| line.starts_with("  http") && !line.contains("/callback"));
        found.trim().to_owned()
    }

    /// What a person types.
    pub fn types(&mut self, line: &str) {
        writeln!(self.stdin.as_mut().unwrap(), "{line}").unwrap();
    }

    /// What Ctrl-C does.
    pub fn interrupt(&self) {
        let killed = Command::new("kill").args(["-INT", &self.child.id().to_string()]).status().unwrap();
        assert!(killed.success());
    }

    /// Waits for the end.
    #[track_caller]
    pub fn done(mut self) -> Done {
        drop(self.stdin.take());
        let began = Instant::now();
        while let Ok(line) = self.lines.recv_timeout(PATIENCE.saturating_sub(began.elapsed())) {
            self.said.push(line);
        }
        if self.child.try_wait().unwrap().is_none() && began.elapsed() >= PATIENCE {
            self.child.kill().unwrap();
            panic!("it does not end:\n{}", self.said.join("\n"));
        }
        let output = self.child.wait_with_output().unwrap();
        let stderr = self.said.join("\n");
        assert!(!stderr.contains("panicked at"), "{stderr}");
        let stdout = String::from_utf8(output.stdout).unwrap();
        Done { code: output.status.code().unwrap_or(-1), stdout, stderr }
    }
}

/// A port of this machine that was free just now.
pub fn free_port() -> String {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port().to_string()
}
