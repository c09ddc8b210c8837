//! Regular expressions as Java reads them, since Zoho runs on Java: `\d`, `\w` and `\s` mean ASCII only, `\<` is a plain
//! sign, and `\Q…\E` quotes. Patterns come from scripts, so compiled size, steps and time are all bounded.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::{Duration, Instant};

use fancy_regex::{CompileError, Error, Regex, RegexBuilder};

use super::error::{bad_pattern, pattern_too_large, pattern_too_slow, text_too_long};
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
    regex: Rc<Regex>,
    find: Find,
}

impl Pattern {
    /// Compiles a search of `text`, or takes it from the few that this thread used last.
    pub(super) fn new(find: Find, source: &str, ignores_case: bool, text: &str) -> Result<Self, Failure> {
        if source.len() > LONGEST_PATTERN {
            return Err(pattern_too_large());
        }
        let scale = match find {
            Find::Plain => SHORT_TEXT,
            Find::Pattern | Find::Whole if text.len() > LONGEST_TEXT => return Err(text_too_long(LONGEST_TEXT)),
            Find::Pattern | Find::Whole => text.len().next_power_of_two().max(SHORT_TEXT),
        };
        let wanted = Wanted { source: source.to_owned(), find, ignores_case, scale };
        let known = RECENT.with_borrow_mut(|recent| {
            let at = recent.iter().position(|(known, _)| *known == wanted)?;
            let entry = recent.remove(at);
            let regex = Rc::clone(&entry.1);
            recent.push(entry);
            Some(regex)
        });
        if let Some(regex) = known {
            return Ok(Self { regex, find });
        }
        let regex = Rc::new(compile(&wanted)?);
        RECENT.with_borrow_mut(|recent| {
            if recent.len() >= KEPT {
                recent.remove(0);
            }
            recent.push((wanted, Rc::clone(&regex)));
        });
        Ok(Self { regex, find })
    }

    /// Whether the text matches.
    pub(super) fn is_match(&self, text: &str) -> Result<bool, Failure> {
        self.regex.is_match(text).map_err(|_| pattern_too_slow())
    }

    /// The byte offsets of the first match.
    pub(super) fn first(&self, text: &str) -> Result<Option<(usize, usize)>, Failure> {
        let found = self.regex.find(text).map_err(|_| pattern_too_slow())?;
        Ok(found.map(|found| (found.start(), found.end())))
    }

    /// The text with the first match, or all of them, replaced.
    pub(super) fn replace(&self, call: &Call<'_>, text: &str, replacement: &str, all: bool) -> Result<String, Failure> {
        let pieces = match self.find {
            Find::Plain => vec![Piece::Text(replacement.to_owned())],
            Find::Pattern | Find::Whole => replacement::pieces(&self.regex, replacement)?,
        };
        let started = Instant::now();
        let mut out = String::new();
        let mut copied = 0;
        for captures in self.regex.captures_iter(text) {
            let captures = captures.map_err(|_| pattern_too_slow())?;
            let Some(found) = captures.get(0) else { continue };
            out.push_str(text.get(copied..found.start()).unwrap_or_default());
            for piece in &pieces {
                out.push_str(piece.expand(&captures));
                fits(call, out.len())?;
            }
            copied = found.end();
            if !all {
                break;
            }
            if started.elapsed() > LONGEST_TIME {
                return Err(pattern_too_slow());
            }
        }
        out.push_str(text.get(copied..).unwrap_or_default());
        fits(call, out.len())?;
        Ok(out)
    }
}

/// What a compiled pattern was made of.
#[derive(PartialEq, Eq)]
struct Wanted {
    source: String,
    find: Find,
    ignores_case: bool,
    /// About how long the texts are, in bytes.
    scale: usize,
}

thread_local! {
    /// The patterns used last, the latest at the end.
    static RECENT: RefCell<Vec<(Wanted, Rc<Regex>)>> = const { RefCell::new(Vec::new()) };
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

fn compile(wanted: &Wanted) -> Result<Regex, Failure> {
    let source = match wanted.find {
        Find::Plain => fancy_regex::escape(&wanted.source).into_owned(),
        Find::Pattern => from_java(&wanted.source)?,
        Find::Whole => format!(r"\A(?:{})\z", from_java(&wanted.source)?),
    };
    let allowance = |(most, cost): (usize, usize)| most.min(cost / wanted.scale);
    RegexBuilder::new(&source)
        .case_insensitive(wanted.ignores_case)
        .backtrack_limit(allowance(STEPS))
        .delegate_size_limit(allowance(COMPILED))
        .max_prog_size(INSTRUCTIONS)
        .build()
        .map_err(|error| unreadable(&error))
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

/// The pattern with what Java writes otherwise rewritten; all else stays.
fn from_java(source: &str) -> Result<String, Failure> {
    let mut out = String::with_capacity(source.len());
    let mut rest = source.chars();
    while let Some(sign) = rest.next() {
        if sign != '\\' {
            out.push(sign);
            continue;
        }
        match rest.next() {
            Some('d') => out.push_str("[0-9]"),
            Some('D') => out.push_str("[^0-9]"),
            Some('w') => out.push_str("[A-Za-z0-9_]"),
            Some('W') => out.push_str("[^A-Za-z0-9_]"),
            Some('s') => out.push_str(r"[\t\n\x0B\f\r ]"),
            Some('S') => out.push_str(r"[^\t\n\x0B\f\r ]"),
            Some('h') => out.push_str(r"[\t \u{A0}\u{1680}\u{180E}\u{2000}-\u{200A}\u{202F}\u{205F}\u{3000}]"),
            Some('Q') => {
                let quoted = rest.as_str();
                let (plain, after) = quoted.split_once(r"\E").unwrap_or((quoted, ""));
                out.push_str(&fancy_regex::escape(plain));
                rest = after.chars();
            }
            Some(plain) if matches!(plain, '<' | '>') || !plain.is_ascii() => out.push(plain),
            Some(other) => out.extend(['\\', other]),
            None => return Err(bad_pattern("it ends with a single \\")),
        }
    }
    Ok(out)
}
