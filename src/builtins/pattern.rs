//! Regular expressions as Java reads them, since Zoho runs on Java; `java.rs` rewrites them for the engine that runs them.
//! Patterns come from scripts, so compiled size, steps and time are all bounded.

mod java;
mod literal;
mod property;

use std::cell::RefCell;
use std::rc::Rc;
use std::time::{Duration, Instant};

use fancy_regex::{CompileError, Error, Regex, RegexBuilder};

use self::java::Rewritten;
use super::error::{bad_pattern, pattern_too_large, pattern_too_slow, text_too_long, wanted_too_long};
use super::replacement::{self, Piece};
use super::support::fits;
use crate::catalogue::Call;
use crate::value::Failure;

/// What to look for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Find {
    /// A regular expression, anywhere in the text.
    Pattern,
    /// A regular expression that must match the whole text.
    Whole,
    /// Plain text.
    Plain,
}

/// A compiled search.
pub(super) struct Pattern {
    compiled: Rc<Compiled>,
    find: Find,
}

/// A pattern that the engine can run, and the names of its groups.
struct Compiled {
    regex: Regex,
    names: Vec<(String, usize)>,
}

impl Pattern {
    /// Compiles a search of `text`, or takes it from the few that this thread used last.
    pub(super) fn new(find: Find, source: &str, ignores_case: bool, text: &str) -> Result<Self, Failure> {
        if source.len() > LONGEST_PATTERN {
            return Err(too_large_for(find));
        }
        let scale = match find {
            Find::Plain => SHORT_TEXT,
            Find::Pattern | Find::Whole if text.len() > LONGEST_TEXT => return Err(text_too_long(LONGEST_TEXT)),
            Find::Pattern | Find::Whole => text.len().next_power_of_two().max(SHORT_TEXT),
        };
        let one_line = find == Find::Plain || !text.contains(ENDS_LINE);
        let wanted = Wanted { source: source.to_owned(), find, ignores_case, one_line, scale };
        let known = RECENT.with_borrow_mut(|recent| {
            let at = recent.iter().position(|(known, _)| *known == wanted)?;
            let entry = recent.remove(at);
            let compiled = Rc::clone(&entry.1);
            recent.push(entry);
            Some(compiled)
        });
        if let Some(compiled) = known {
            return Ok(Self { compiled, find });
        }
        let compiled = match compile(&wanted) {
            Err(_) if find == Find::Plain => return Err(too_large_for(find)),
            compiled => Rc::new(compiled?),
        };
        RECENT.with_borrow_mut(|recent| {
            if recent.len() >= KEPT {
                recent.remove(0);
            }
            recent.push((wanted, Rc::clone(&compiled)));
        });
        Ok(Self { compiled, find })
    }

    /// Whether the text matches.
    pub(super) fn is_match(&self, text: &str) -> Result<bool, Failure> {
        self.compiled.regex.is_match(text).map_err(|_| pattern_too_slow())
    }

    /// The byte offsets of the first match.
    pub(super) fn first(&self, text: &str) -> Result<Option<(usize, usize)>, Failure> {
        let found = self.compiled.regex.find(text).map_err(|_| pattern_too_slow())?;
        Ok(found.map(|found| (found.start(), found.end())))
    }

    /// The text with the first match, or all of them, replaced.
    pub(super) fn replace(&self, call: &Call<'_>, text: &str, replacement: &str, all: bool) -> Result<String, Failure> {
        let pieces = match self.find {
            Find::Plain => vec![Piece::Text(replacement.to_owned())],
            Find::Pattern | Find::Whole => {
                replacement::pieces(self.compiled.regex.captures_len(), &self.compiled.names, replacement)?
            }
        };
        let most = if all { usize::MAX } else { 1 };
        let mut replaced = Replaced { text, copied: 0, out: String::new(), started: Instant::now() };
        match &*pieces {
            // Without groups, where a match begins and ends is all there is to find.
            [Piece::Text(plain)] => {
                for found in self.compiled.regex.find_iter(text).take(most) {
                    let found = found.map_err(|_| pattern_too_slow())?;
                    replaced.add(call, found.start(), found.end(), [plain.as_str()])?;
                }
            }
            pieces => {
                for captures in self.compiled.regex.captures_iter(text).take(most) {
                    let captures = captures.map_err(|_| pattern_too_slow())?;
                    let Some(found) = captures.get(0) else { continue };
                    let expanded = pieces.iter().map(|piece| piece.expand(&captures));
                    replaced.add(call, found.start(), found.end(), expanded)?;
                }
            }
        }
        replaced.finish(call)
    }
}

/// A text of which matches are being replaced.
struct Replaced<'t> {
    text: &'t str,
    /// So many of its bytes are done.
    copied: usize,
    out: String,
    started: Instant,
}

impl Replaced<'_> {
    /// The next match, which lies between two bytes, becomes these pieces.
    fn add<'p>(
        &mut self,
        call: &Call<'_>,
        begins: usize,
        ends: usize,
        pieces: impl IntoIterator<Item = &'p str>,
    ) -> Result<(), Failure> {
        self.out.push_str(self.text.get(self.copied..begins).unwrap_or_default());
        for piece in pieces {
            self.out.push_str(piece);
            fits(call, self.out.len())?;
        }
        self.copied = ends;
        if self.started.elapsed() > LONGEST_TIME { Err(pattern_too_slow()) } else { Ok(()) }
    }

    fn finish(mut self, call: &Call<'_>) -> Result<String, Failure> {
        self.out.push_str(self.text.get(self.copied..).unwrap_or_default());
        fits(call, self.out.len())?;
        Ok(self.out)
    }
}

fn too_large_for(find: Find) -> Failure {
    if find == Find::Plain { wanted_too_long() } else { pattern_too_large() }
}

/// What a compiled pattern was made of.
#[derive(PartialEq, Eq)]
struct Wanted {
    source: String,
    find: Find,
    ignores_case: bool,
    /// Whether the texts are of one line.
    one_line: bool,
    /// About how long the texts are, in bytes.
    scale: usize,
}

thread_local! {
    /// The patterns used last, the latest at the end.
    static RECENT: RefCell<Vec<(Wanted, Rc<Compiled>)>> = const { RefCell::new(Vec::new()) };
}

/// How many compiled patterns a thread keeps.
const KEPT: usize = 16;
/// The longest pattern, in bytes.
const LONGEST_PATTERN: usize = 100_000;
/// The longest text that is searched for a pattern, in bytes.
const LONGEST_TEXT: usize = 5_000_000;
/// Up to this length, in bytes, texts leave a pattern its full allowance.
const SHORT_TEXT: usize = 1 << 15;
/// The most bytes of one compiled part of a pattern, and what it may cost times the length of the text: the engine may
/// visit all of it for every character.
const COMPILED: (usize, usize) = (1 << 19, 1 << 36);
/// The most steps back in one match, and what they may cost times the length of the text: after each, a look-ahead may
/// run to its end.
const STEPS: (usize, usize) = (1_000_000, 1 << 34);
/// The most instructions of a compiled pattern that goes back.
const INSTRUCTIONS: usize = 100_000;
/// How long one call may go on replacing.
const LONGEST_TIME: Duration = Duration::from_secs(5);

/// The signs that end a line for Java.
const ENDS_LINE: [char; 5] = ['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}'];

fn compile(wanted: &Wanted) -> Result<Compiled, Failure> {
    let Rewritten { source, names } = match wanted.find {
        Find::Plain => Rewritten { source: fancy_regex::escape(&wanted.source).into_owned(), names: Vec::new() },
        Find::Pattern | Find::Whole => java::rewrite(&wanted.source, wanted.one_line)?,
    };
    let source = if wanted.find == Find::Whole { format!(r"\A(?:{source})\z") } else { source };
    let allowance = |(most, cost): (usize, usize)| most.min(cost / wanted.scale);
    let regex = RegexBuilder::new(&source)
        .case_insensitive(wanted.ignores_case)
        .backtrack_limit(allowance(STEPS))
        .delegate_size_limit(allowance(COMPILED))
        .max_prog_size(INSTRUCTIONS)
        .build()
        .map_err(|error| unreadable(&error))?;
    Ok(Compiled { regex, names })
}

/// The places that the engine names are those of the rewritten pattern, so they are left out.
fn unreadable(error: &Error) -> Failure {
    match error {
        Error::ParseError(_, what) => bad_pattern(&what.to_string()),
        Error::CompileError(what) => match &**what {
            CompileError::PatternTooComplex => pattern_too_large(),
            CompileError::InnerError(what) if what.size_limit().is_some() => pattern_too_large(),
            CompileError::InnerError(what) => {
                let syntax = what.syntax_error().map(ToString::to_string).unwrap_or_default();
                bad_pattern(syntax.lines().last().unwrap_or_default().trim_start_matches("error: "))
            }
            other => bad_pattern(&other.to_string()),
        },
        other => bad_pattern(&other.to_string()),
    }
}
