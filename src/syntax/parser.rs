//! Runs lexer, context pass and grammar. The whole source is parsed at once; only if that fails is every leaf (a
//! simple statement or a header) parsed alone, which finds all errors in one go and keeps each from spoiling what
//! follows. Then the broken leaves are put down as such and the whole is parsed again. So time is linear in the size
//! of the source, whatever is in it.

use lalrpop_util::ParseError;

use super::ast::{Script, Statement, StatementKind};
use super::context::{self, Leaf, LeafKind, Reading, Settings, put_broken};
use super::dialect::Dialect;
use super::error::{Located, Problem};
use super::expected::unexpected;
use super::lexer::lex;
use super::token::{Kind, Raw, RawToken, Token};
use super::tree::{Arena, Builder};
use crate::diagnostic::Diagnostic;
use crate::source::{Source, Span};

#[allow(clippy::all, clippy::pedantic, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]
#[allow(missing_docs, unused, unreachable_pub)]
#[rustfmt::skip]
mod grammar {
    include!(concat!(env!("OUT_DIR"), "/deluge.rs"));
}

/// Scripts beyond this many bytes are refused.
pub(super) const MAX_BYTES: usize = 16_000_000;
/// At most so many diagnostics are given for one source.
const MAX_DIAGNOSTICS: usize = 50;

/// What parsing gives: a tree, and what is wrong with the text it was made of.
#[derive(Clone, Debug)]
pub struct Parsed<'s> {
    /// The tree; where something did not parse it holds `Broken` nodes.
    pub script: Script<'s>,
    /// Errors and warnings in the order of their places, at most fifty. The script may run if none is an error.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether forms occur that only Creator has, so that the script is Creator's whatever its name.
    pub is_creator: bool,
}

/// Parses a source; the nodes of the tree lie in the arena. Any text gives a tree: what does not parse is in the diagnostics.
pub fn parse<'s>(source: &'s Source, dialect: Dialect, arena: &'s Arena) -> Parsed<'s> {
    parse_as(source, arena, Settings { or_is_tight: dialect.or_is_tight(), ..Settings::default() })
}

/// The same for what was typed at a prompt: its last statement may lack its `;`.
pub fn parse_input<'s>(source: &'s Source, dialect: Dialect, arena: &'s Arena) -> Parsed<'s> {
    parse_as(source, arena, Settings { or_is_tight: dialect.or_is_tight(), is_input: true, ..Settings::default() })
}

fn parse_as<'s>(source: &'s Source, arena: &'s Arena, settings: Settings) -> Parsed<'s> {
    let text = source.text();
    if text.len() > MAX_BYTES {
        let problem = Located { problem: Problem::TooLarge(MAX_BYTES), span: Span::default() };
        return Parsed { script: broken_script(text), diagnostics: vec![problem.diagnostic()], is_creator: false };
    }
    let attempt = best_attempt(text, Attempt::new(text, settings, &[], arena), settings, arena);
    Parsed { script: attempt.script, diagnostics: diagnostics(attempt.problems), is_creator: attempt.is_creator }
}

/// What is wrong with a source.
pub(super) fn problems_of(text: &str, settings: Settings) -> Vec<Diagnostic> {
    let arena = Arena::new();
    let first = Attempt::new(text, settings, &[], &arena);
    diagnostics(best_attempt(text, first, settings, &arena).problems)
}

/// How a text ends, for a prompt that has to know whether to ask for another line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// A bracket, quote, comment or block is open, or the last statement lacks a value: further lines are needed.
    Open,
    /// A whole number of statements, but an `else` could still belong to the last one.
    ElseMayFollow,
    /// A whole number of statements. The `;` of the last one may be missing. A text with other errors ends too, since
    /// no further line would mend it.
    Whole,
}

/// How `text` ends.
pub fn ending(text: &str) -> Ending {
    let raw = lex(text, &[]);
    if raw.iter().any(|token| matches!(token.kind, Raw::OpenText | Raw::OpenComment)) {
        return Ending::Open;
    }
    let reading = context::read(text, &raw, Settings { is_input: true, ..Settings::default() });
    match reading {
        Reading { unfinished: true, .. } => Ending::Open,
        Reading { else_may_follow: true, .. } => Ending::ElseMayFollow,
        _ => Ending::Whole,
    }
}

/// One way of reading the source.
struct Attempt<'s> {
    raw: Vec<RawToken>,
    script: Script<'s>,
    /// In the order of their places.
    problems: Vec<Located>,
    errors: usize,
    /// See [`Reading::unclosed_blocks`].
    unclosed_blocks: usize,
    is_creator: bool,
}

impl<'s> Attempt<'s> {
    /// Reads `text`; the texts that begin at the offsets in `ended` end at their lines.
    fn new(text: &'s str, settings: Settings, ended: &[u32], arena: &'s Arena) -> Self {
        let raw = lex(text, ended);
        let mut reading = context::read(text, &raw, settings);
        let mut problems = std::mem::take(&mut reading.problems);
        let unclosed_blocks = reading.unclosed_blocks;
        let is_creator = reading.tokens.iter().any(|token| token.kind.is_creator());
        let script = build(text, reading, settings.or_is_tight, arena, &mut problems);
        problems.sort_by_key(|located| located.span);
        let errors = problems.iter().filter(|located| located.problem.is_error()).count();
        Attempt { raw, script, problems, errors, unclosed_blocks, is_creator }
    }

    /// A text of several lines that may have lost its closing quote: near the first errors, as what follows such a
    /// text is read inside out. Those in `known` have been tried.
    fn suspect(&self, text: &str, known: &[u32]) -> Option<Suspect> {
        let slice = |start: u32, end: u32| text.get(start as usize..end as usize).unwrap_or_default();
        let several_lines = |token: &RawToken| {
            matches!(token.kind, Raw::DoubleText | Raw::SingleText) && slice(token.start, token.end()).contains('\n')
        };
        let texts: Vec<RawToken> = self.raw.iter().copied().filter(several_lines).collect();
        let errors = self.problems.iter().filter(|located| located.problem.is_error()).take(20);
        for place in errors.map(|located| located.span.start) {
            let next = texts.partition_point(|token| token.end() <= place);
            let before = next.checked_sub(1).and_then(|at| texts.get(at));
            let before_on_line = before.is_some_and(|token| !slice(token.end(), place).contains('\n'));
            let after = texts.get(next).filter(|token| !slice(place.min(token.start), token.start).contains('\n'));
            let near = if before_on_line { [before, after] } else { [after, before] };
            if let Some(token) = near.into_iter().flatten().find(|token| !known.contains(&token.start)) {
                let line = slice(token.start, token.end()).lines().next().unwrap_or_default().trim_end();
                let beside = token.end() == place || after == Some(token);
                return Some(Suspect {
                    start: token.start,
                    clear: beside && line.ends_with([';', '{', ')', ',', ']']),
                });
            }
        }
        None
    }
}

/// A text that may have lost its closing quote.
struct Suspect {
    start: u32,
    /// Whether there is hardly a doubt: the error touches it, and its first line ends as code does. Ending it there may
    /// then bring to light further errors, in what it had taken in.
    clear: bool,
}

/// Reads the source, and reads it again with a text ended at its line or with blocks closed by their indentation, as
/// long as that leaves fewer errors. The number of readings is bounded, and smaller for large sources.
fn best_attempt<'s>(text: &'s str, first: Attempt<'s>, settings: Settings, arena: &'s Arena) -> Attempt<'s> {
    let mut best = first;
    let mut ended = Vec::new();
    let mut known = Vec::new();
    let mut readings = (16_000_000 / text.len().max(1)).clamp(1, 8);
    while best.errors > 0 && readings > 0 {
        let Some(Suspect { start, clear }) = best.suspect(text, &known) else { break };
        known.push(start);
        ended.push(start);
        readings -= 1;
        let next = Attempt::new(text, settings, &ended, arena);
        // A text that was rightly of several lines leaves its closing quote behind, which then opens another text.
        let partners_fit = !next.raw.iter().any(|token| token.kind == Raw::OpenText && !ended.contains(&token.start));
        if clear || next.errors < best.errors || next.errors == best.errors && partners_fit {
            best = next;
        } else {
            ended.pop();
        }
    }
    if best.unclosed_blocks > 0 {
        let closed_by_indentation = best.unclosed_blocks;
        let next = Attempt::new(text, Settings { closed_by_indentation, ..settings }, &ended, arena);
        let closed = best.unclosed_blocks.saturating_sub(next.unclosed_blocks);
        if closed > 0 && next.errors < best.errors + closed {
            best = next;
        }
    }
    best
}

/// The tree of a reading. Errors that only the grammar finds are added to `problems`.
fn build<'s>(
    text: &'s str,
    reading: Reading,
    or_is_tight: bool,
    arena: &'s Arena,
    problems: &mut Vec<Located>,
) -> Script<'s> {
    if reading.stopped {
        return broken_script(text);
    }
    let first_error = match run(text, &reading.tokens, or_is_tight, arena) {
        Ok(script) => return script,
        Err(error) => error,
    };
    let mut tokens = Vec::with_capacity(reading.tokens.len());
    let mut copied = 0;
    let mut found = 0;
    for leaf in &reading.leaves {
        let piece = reading.tokens.get(leaf.range()).unwrap_or_default();
        let Err(error) = run(text, &standing_alone(*leaf, piece), or_is_tight, arena) else { continue };
        let first = piece.first().map_or(Span::default(), |token| token.span());
        let whole = piece.last().map_or(first, |token| first.to(token.span()));
        if !leaf.reported {
            problems.push(translate(text, error, first));
            found += 1;
        }
        if found > context::MAX_ERRORS {
            problems.push(Located { problem: Problem::TooMany, span: first });
            return broken_script(text);
        }
        tokens.extend_from_slice(reading.tokens.get(copied..leaf.range().start).unwrap_or_default());
        put_broken(leaf.kind, piece, whole, &mut tokens);
        copied = leaf.range().end;
    }
    tokens.extend_from_slice(reading.tokens.get(copied..).unwrap_or_default());
    run(text, &tokens, or_is_tight, arena).unwrap_or_else(|_| {
        if !problems.iter().any(|located| located.problem.is_error()) {
            problems.push(translate(text, first_error, Span::default()));
        }
        broken_script(text)
    })
}

type GrammarError = ParseError<u32, Kind, Problem>;

pub(super) fn run<'s>(
    text: &'s str,
    tokens: &[Token],
    or_is_tight: bool,
    arena: &'s Arena,
) -> Result<Script<'s>, GrammarError> {
    let terminals = tokens.iter().map(|token| (token.start, token.kind, token.end()));
    let mut build = Builder::new(text, or_is_tight, arena);
    grammar::ScriptParser::new().parse(&mut build, terminals)?;
    Ok(build.script)
}

/// A leaf's terminals as a script of their own: a header gets an empty block.
fn standing_alone(leaf: Leaf, piece: &[Token]) -> Vec<Token> {
    let mut tokens = piece.to_vec();
    if leaf.kind != LeafKind::Statement {
        if let Some(first) = tokens.first_mut().filter(|token| token.kind == Kind::ElseIf) {
            first.kind = Kind::If;
        }
        let after = piece.last().map_or(Span::default(), |token| token.span().after());
        tokens.extend([Kind::BlockOpen, Kind::BlockClose].map(|kind| Token::new(kind, after)));
    }
    tokens
}

fn translate(text: &str, error: GrammarError, whole: Span) -> Located {
    match error {
        ParseError::UnrecognizedToken { token: (start, kind, end), expected } => {
            let span = Span { start, end };
            Located { problem: unexpected(text, Token::new(kind, span), &expected), span }
        }
        ParseError::UnrecognizedEof { location, expected } => {
            let span = Span { start: location, end: location };
            Located { problem: unexpected(text, Token::new(Kind::Semicolon, span), &expected), span }
        }
        ParseError::ExtraToken { token: (start, kind, end) } => {
            let span = Span { start, end };
            Located { problem: unexpected(text, Token::new(kind, span), &[]), span }
        }
        ParseError::InvalidToken { location } => {
            let span = Span { start: location, end: location };
            Located { problem: Problem::TwoValues, span }
        }
        ParseError::User { error } => Located { problem: error, span: whole },
    }
}

/// The tree of a source of which nothing could be read.
fn broken_script(text: &str) -> Script<'_> {
    let span = Span::new(0, text.len());
    Script { functions: Vec::new(), body: vec![Statement { kind: StatementKind::Broken, span }] }
}

/// As a person reads them: errors first if there are too many, then in the order of their places.
pub(super) fn diagnostics(problems: Vec<Located>) -> Vec<Diagnostic> {
    let total = problems.len();
    let last_place = problems.last().map(|located| located.span);
    let (mut shown, warnings): (Vec<_>, Vec<_>) = problems.into_iter().partition(|located| located.problem.is_error());
    let any_error = !shown.is_empty();
    shown.extend(warnings);
    shown.truncate(MAX_DIAGNOSTICS);
    let hidden = total - shown.len();
    shown.sort_by_key(|located| located.span);
    let mut diagnostics: Vec<Diagnostic> = shown.iter().map(Located::diagnostic).collect();
    if let Some(place) = last_place.filter(|_| hidden > 0) {
        let message = format!("{hidden} more problems are not shown");
        let note = match any_error {
            true => Diagnostic::error("syntax::too-many-errors", message),
            false => Diagnostic::warning("syntax::too-many-errors", message),
        };
        diagnostics.push(note.at(place, "").help("correct the first ones and check again"));
    }
    diagnostics
}
