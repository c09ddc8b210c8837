//! The one place that prints. Results go to standard output, everything else to standard error; whatever may hold a
//! secret goes through the redactor, and on a terminal control characters are made visible, so that what a server
//! answered cannot steer it.

use std::borrow::Cow;
use std::io::{self, IsTerminal, Write};
use std::sync::{Arc, Mutex, PoisonError};

use super::Error;
use super::exit::Exit;
use super::report;
use crate::diagnostic::{Colour, Diagnostic, Label, render, render_within};
use crate::program::Program;
use crate::secret::Redactor;
use crate::source::Source;

/// More lines of a help text are not shown.
const MOST_LINES: usize = 12;

/// When to use colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum ColourChoice {
    // On a terminal, unless NO_COLOR is set.
    #[default]
    Auto,
    Always,
    Never,
}

/// Standard output and standard error of one command. Shared by the threads of a run.
pub(super) struct Output {
    redactor: Arc<Redactor>,
    /// On standard error.
    colour: Colour,
    /// Whether standard output is a terminal on which colours are wanted.
    colours_results: bool,
    /// Whether control characters of results are made visible.
    shows_control: bool,
    /// The first problem of writing to standard output.
    failed: Mutex<Option<io::Error>>,
}

impl Output {
    pub(super) fn new(colour: ColourChoice, raw: bool, redactor: Arc<Redactor>) -> Self {
        let wanted = |is_terminal: bool| match colour {
            ColourChoice::Always => true,
            ColourChoice::Never => false,
            ColourChoice::Auto => {
                let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
                let dumb = std::env::var_os("TERM").is_some_and(|value| value == "dumb");
                is_terminal && !refused && !dumb
            }
        };
        let is_terminal = io::stdout().is_terminal();
        Self {
            redactor,
            colour: if wanted(io::stderr().is_terminal()) { Colour::On } else { Colour::Off },
            colours_results: wanted(is_terminal),
            shows_control: !raw && is_terminal,
            failed: Mutex::new(None),
        }
    }

    pub(super) fn redactor(&self) -> &Arc<Redactor> {
        &self.redactor
    }

    /// Prints a result to standard output, a line or several. False when nothing can be printed any more.
    pub(super) fn result(&self, text: &str) -> bool {
        let text = self.redactor.redact(text);
        if self.shows_control { self.write(&visible(&text)) } else { self.write(&text) }
    }

    /// Prints results that are put together here and may hold colours, but nothing that a script or a server gave.
    pub(super) fn styled(&self, text: &str) {
        self.write(text.trim_end_matches('\n'));
    }

    /// Whether results are shown in colour.
    pub(super) fn colours_results(&self) -> bool {
        self.colours_results
    }

    /// How many characters a line of the terminal has; `None` when results do not go to one.
    pub(super) fn width(&self) -> Option<usize> {
        io::stdout().is_terminal().then(|| terminal_width(io::stdout()))
    }

    /// How many lines the terminal has; `None` when results do not go to one.
    #[cfg(feature = "repl")]
    pub(super) fn height(&self) -> Option<usize> {
        io::stdout().is_terminal().then(|| terminal_height(io::stdout()))
    }

    /// Prints a result that is a file's content: to the byte, without a line end of ours.
    pub(super) fn text(&self, text: &str) {
        let mut failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
        if failed.is_none() {
            let text = if self.shows_control { visible(text) } else { Cow::Borrowed(text) };
            *failed = io::stdout().lock().write_all(text.as_bytes()).err();
        }
    }

    /// Prints a heading among the results.
    pub(super) fn title(&self, text: &str) {
        if self.colours_results {
            self.write(&format!("\x1b[1m{text}\x1b[0m"))
        } else {
            self.write(text)
        };
    }

    fn write(&self, text: &str) -> bool {
        let mut failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
        if failed.is_none() {
            let mut out = io::stdout().lock();
            *failed = out.write_all(text.as_bytes()).and_then(|()| out.write_all(b"\n")).err();
        }
        failed.is_none()
    }

    /// Prints a JSON document, whose texts were redacted when it was made, to standard output.
    pub(super) fn json(&self, document: &serde_json::Value) {
        let mut failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
        if failed.is_none() {
            *failed = writeln!(io::stdout().lock(), "{document}").err();
        }
    }

    /// Prints a line to standard error.
    pub(super) fn note(&self, text: &str) {
        let text = self.redactor.redact(text);
        // Nobody is left to be told when standard error is closed.
        let _ = writeln!(io::stderr().lock(), "{}", visible(&text));
    }

    /// Prints an address that a person is to open to standard error. Nothing of it is masked: it holds a client's id, which
    /// is no secret there, and would be of no use without.
    pub(super) fn address(&self, address: &url::Url) {
        let _ = writeln!(io::stderr().lock(), "  {address}");
    }

    /// Prints a line of a trace to standard error; what is sent, received and noted each has its colour.
    pub(super) fn trace(&self, line: &str) {
        let text = self.clean(line);
        let style = match line.chars().next() {
            Some('>' | '}') => "32",
            Some('<' | '{') => "36",
            _ => "2",
        };
        self.mixed(&self.painted(style, &text));
    }

    /// Prints a problem of a run; `file` is the place of its text among the program's sources.
    pub(super) fn trouble(&self, diagnostic: &Diagnostic, program: &Program, file: usize) {
        if let Some(source) = program.sources().get(file) {
            self.diagnostic(diagnostic, source);
        }
    }

    /// Prints a problem with a script to standard error, with the place underlined.
    pub(super) fn diagnostic(&self, diagnostic: &Diagnostic, source: &Source) {
        // Redacted before drawing, since drawing breaks lines, and after it, for what the script's own lines hold.
        let clean = |text: &str| visible(&self.redactor.redact(text)).into_owned();
        let label = |label: &Label| Label { span: label.span, text: clean(&label.text) };
        let drawn = Diagnostic {
            code: diagnostic.code.clone(),
            severity: diagnostic.severity,
            message: clean(&diagnostic.message),
            labels: diagnostic.labels.iter().map(label).collect(),
            help: diagnostic.help.as_deref().map(|help| clean(&shortened(help))),
        };
        let text = match io::stderr() {
            terminal if terminal.is_terminal() => {
                render_within(&drawn, &harmless(source), self.colour, terminal_width(terminal))
            }
            _ => render(&drawn, &harmless(source), self.colour),
        };
        let _ = writeln!(io::stderr().lock(), "{}", self.redactor.redact(&text));
    }

    /// Tells what stopped a command, and gives its exit code. With `json` it is a document as any other result.
    pub(super) fn problem(&self, error: &Error, json: bool) -> Exit {
        if json {
            self.json(&serde_json::json!({"error": report::error(error, &self.redactor)}));
        } else {
            let word = self.painted("31;1", &format!("error[{}]", error.code()));
            self.mixed(&format!("{word}: {}", self.clean(&error.to_string())));
            for line in error.help().iter().flat_map(|help| help.lines()) {
                self.mixed(&format!("  {}: {}", self.painted("36", "help"), self.clean(line)));
            }
        }
        error.exit()
    }

    /// Prints a warning of ours to standard error.
    pub(super) fn warning(&self, text: &str) {
        self.mixed(&format!("{}: {}", self.painted("33;1", "warning"), self.clean(text)));
    }

    /// Whether nobody reads the results any more.
    pub(super) fn is_closed(&self) -> bool {
        self.failed.lock().unwrap_or_else(PoisonError::into_inner).is_some()
    }

    /// Writes out what is still held back. A reader who went away is no failure; a full disk is.
    pub(super) fn finish(&self, exit: Exit) -> Exit {
        let failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner).take();
        match failed.or_else(|| io::stdout().flush().err()) {
            None => exit,
            Some(error) if error.kind() == io::ErrorKind::BrokenPipe => exit,
            Some(error) => self.problem(&Error::Write(error.to_string()), false),
        }
    }

    fn clean(&self, text: &str) -> String {
        visible(&self.redactor.redact(text)).into_owned()
    }

    /// Writes text with colours in it, the rest of which is clean.
    fn mixed(&self, text: &str) {
        let _ = writeln!(io::stderr().lock(), "{text}");
    }

    fn painted(&self, style: &str, text: &str) -> String {
        match self.colour {
            Colour::On => format!("\x1b[{style}m{text}\x1b[0m"),
            Colour::Off => text.to_owned(),
        }
    }
}

/// The width of a terminal; where it does not tell, that of most.
#[cfg(unix)]
fn terminal_width(terminal: impl std::os::fd::AsFd) -> usize {
    let told = rustix::termios::tcgetwinsize(terminal).ok().map(|size| usize::from(size.ws_col));
    told.filter(|columns| *columns > 0).unwrap_or(80)
}

/// The height of a terminal; where it does not tell, that of most.
#[cfg(all(unix, feature = "repl"))]
fn terminal_height(terminal: impl std::os::fd::AsFd) -> usize {
    let told = rustix::termios::tcgetwinsize(terminal).ok().map(|size| usize::from(size.ws_row));
    told.filter(|rows| *rows > 0).unwrap_or(24)
}

/// The height that the environment tells, or that of most terminals.
#[cfg(all(not(unix), feature = "repl"))]
fn terminal_height<T>(_: T) -> usize {
    let told = std::env::var("LINES").ok().and_then(|rows| rows.parse().ok());
    told.filter(|rows| *rows > 0).unwrap_or(24)
}

/// The width that the environment tells, or that of most terminals.
#[cfg(not(unix))]
fn terminal_width<T>(_: T) -> usize {
    let told = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    told.filter(|columns| *columns > 0).unwrap_or(80)
}

/// The first and last lines of a long text, such as the list of calls of an endless recursion.
fn shortened(text: &str) -> Cow<'_, str> {
    let lines: Vec<&str> = text.lines().collect();
    let (Some(first), Some(last)) = (lines.get(..MOST_LINES), lines.get(lines.len().saturating_sub(2)..)) else {
        return Cow::Borrowed(text);
    };
    let left_out = lines.len() - first.len() - last.len().min(lines.len() - first.len());
    match left_out {
        0 => Cow::Borrowed(text),
        _ => Cow::Owned(format!("{}\n… {left_out} more lines …\n{}", first.join("\n"), last.join("\n"))),
    }
}

/// Whether a character may change what a terminal shows besides itself: control characters, and those that turn or hide
/// writing.
fn steers(character: char) -> bool {
    (character.is_control() && !matches!(character, '\n' | '\t'))
        || matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// The text with such characters written out, as in `\u{1b}`.
pub(super) fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(steers) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        if steers(character) { shown.extend(character.escape_default()) } else { shown.push(character) }
    }
    Cow::Owned(shown)
}

/// The source with such characters replaced by others of the same length, so that all places stay where they are.
fn harmless(source: &Source) -> Cow<'_, Source> {
    if !source.text().chars().any(|character| steers(character) && character != '\r') {
        return Cow::Borrowed(source);
    }
    let replace = |character: char| match character.len_utf8() {
        _ if !steers(character) || character == '\r' => character,
        1 => '?',
        2 => '\u{bf}',
        _ => '\u{fffd}',
    };
    let text: String = source.text().chars().map(replace).collect();
    Cow::Owned(source.with_text(text))
}

#[cfg(test)]
mod tests {
    use super::{harmless, shortened, visible};
    use crate::source::Source;

    #[test]
    fn what_steers_a_terminal_is_written_out() {
        assert_eq!(visible("a\tb\nc é"), "a\tb\nc é");
        assert_eq!(visible("\u{1b}[31m\r\u{202e}"), "\\u{1b}[31m\\r\\u{202e}");
    }

    #[test]
    fn long_helps_keep_their_ends() {
        let lines = |count: usize| (1..=count).map(|line| line.to_string()).collect::<Vec<_>>().join("\n");
        assert_eq!(shortened(&lines(14)), lines(14));
        assert_eq!(shortened(&lines(100)), format!("{}\n… 86 more lines …\n99\n100", lines(12)));
    }

    #[test]
    fn a_source_keeps_its_places() {
        let source = Source::new("a", "x\u{1b}y\u{85}\u{202e}z\r\n");
        let shown = harmless(&source);
        assert_eq!(shown.text(), "x?y\u{bf}\u{fffd}z\r\n");
        assert_eq!(shown.text().len(), source.text().len());
    }
}
