//! What the person types or pastes while the browser is waited for. Lines are read by a thread of its own, which nobody
//! waits for: a read from a terminal cannot be called off.

use std::io::{BufRead, Read};

use tokio::sync::mpsc;

use crate::secret::Secret;

/// The longest line, in bytes.
const LONGEST: u64 = 64 * 1024;

/// Lines as they are typed.
pub(super) struct Typed(Option<mpsc::Receiver<Secret>>);

impl Typed {
    /// Reads from the terminal, if there is one.
    pub(super) fn start(is_terminal: bool) -> Self {
        if !is_terminal {
            return Self(None);
        }
        let (sender, receiver) = mpsc::channel(4);
        let started = std::thread::Builder::new().name("typed".to_owned()).spawn(move || read(&sender));
        Self(started.is_ok().then_some(receiver))
    }

    /// The next line that is not empty. Waits for ever when none can come.
    pub(super) async fn next(&mut self) -> Secret {
        if let Some(receiver) = &mut self.0
            && let Some(line) = receiver.recv().await
        {
            return line;
        }
        self.0 = None;
        std::future::pending().await
    }
}

fn read(sender: &mpsc::Sender<Secret>) {
    loop {
        let mut line = zeroize::Zeroizing::new(String::new());
        match std::io::stdin().lock().take(LONGEST).read_line(&mut line) {
            Ok(0) | Err(_) => return,
            Ok(_) if line.trim().is_empty() => {}
            Ok(_) if sender.blocking_send(Secret::new(line.trim())).is_err() => return,
            Ok(_) => {}
        }
    }
}
