//! A source for whoever compiles it. The tree of a long script takes more memory than everything else that compiling needs,
//! and new memory costs more than filling it; so the tree is made in portions of a few functions, each in the place of the
//! one before. What a portion must know of the others are the headers of the functions, which are read beforehand.

use std::borrow::Cow;
use std::ops::Range;

use super::ast::{Function, Script};
use super::context::{self, Reading, Settings};
use super::dialect::Dialect;
use super::error::{Located, Problem};
use super::lexer::lex;
use super::parser::{MAX_BYTES, diagnostics, problems_of, run};
use super::token::{Kind, Token};
use super::tree::Arena;
use crate::diagnostic::Diagnostic;
use crate::source::{Source, Span};

/// As many terminals make a portion, and what is left of its last function.
const PORTION: usize = 300;

/// A source that was read as far as the grammar's terminals.
pub struct Outline<'s> {
    text: &'s str,
    settings: Settings,
    reading: Reading,
    /// The places of function definitions among the terminals.
    functions: Vec<Range<usize>>,
    /// Whether forms occur that only Creator has, so that the script is Creator's whatever its name.
    pub is_creator: bool,
}

/// What a call of a function must match.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header<'s> {
    /// The dotted name as written.
    pub name: Cow<'s, str>,
    /// What stands before its first dot, if it has one.
    pub namespace: Option<&'s str>,
    /// How many parameters it has.
    pub parameters: usize,
    /// The declared result type as written.
    pub returns: &'s str,
    /// Where the name stands.
    pub place: Span,
}

impl<'s> Header<'s> {
    /// The header of a function of a tree.
    pub fn of(function: &Function<'s>) -> Self {
        let first = function.path.first().map(|name| name.span).unwrap_or_default();
        Self {
            name: function.name(),
            namespace: function.path.first().filter(|_| function.path.len() > 1).map(|name| name.text),
            parameters: function.parameters.len(),
            returns: function.returns.name.text,
            place: function.path.last().map_or(first, |last| first.to(last.span)),
        }
    }
}

/// A source does not parse; [`Outline::problems`] tells why.
#[derive(Debug)]
pub struct Unparsed;

impl<'s> Outline<'s> {
    /// Reads a source; `is_input` tells that it was typed at a prompt.
    pub fn new(source: &'s Source, dialect: Dialect, is_input: bool) -> Self {
        let text = source.text();
        let settings = Settings { or_is_tight: dialect.or_is_tight(), is_input, ..Settings::default() };
        let raw = if text.len() > MAX_BYTES { Vec::new() } else { lex(text, &[]) };
        let reading = context::read(text, &raw, Settings { without_leaves: true, ..settings });
        let (functions, is_creator) = look_over(&reading.tokens);
        Self { text, settings, reading, functions, is_creator }
    }

    /// The statements outside functions.
    ///
    /// # Errors
    /// When they do not parse, or reading has found an error already.
    pub fn body(&self, arena: &'s Arena) -> Result<Script<'s>, Unparsed> {
        let is_error = |located: &Located| located.problem.is_error();
        if self.text.len() > MAX_BYTES || self.reading.stopped || self.reading.problems.iter().any(is_error) {
            return Err(Unparsed);
        }
        let mut tokens = Vec::new();
        let mut from = 0;
        for function in &self.functions {
            tokens.extend_from_slice(self.tokens(from..function.start));
            from = function.end;
        }
        tokens.extend_from_slice(self.tokens(from..self.reading.tokens.len()));
        self.parse(&tokens, arena)
    }

    /// The headers of the functions, in order.
    pub fn headers(&self) -> impl Iterator<Item = Header<'s>> {
        self.functions.iter().map(|function| self.header(self.tokens(function.clone())))
    }

    /// Hands over the functions, in order, some at a time.
    ///
    /// # Errors
    /// When some do not parse.
    pub fn functions(&self, take: &mut dyn FnMut(&Function<'_>)) -> Result<(), Unparsed> {
        let mut arena = Arena::new();
        let mut rest = self.functions.as_slice();
        while let Some(first) = rest.first() {
            let count = rest.iter().take_while(|function| function.start < first.start + PORTION).count();
            let (portion, after) = rest.split_at(count);
            let end = portion.last().map_or(first.end, |last| last.end);
            arena.reset();
            let script = self.parse(self.tokens(first.start..end), &arena)?;
            script.functions.iter().for_each(&mut *take);
            rest = after;
        }
        Ok(())
    }

    /// What is wrong with a source that parses: warnings.
    pub fn warnings(self) -> Vec<Diagnostic> {
        let mut problems = self.reading.problems;
        problems.sort_by_key(|located| located.span);
        diagnostics(problems)
    }

    /// What is wrong with a source that does not parse. It is read again for that, since what tells errors apart is not kept.
    pub fn problems(self) -> Vec<Diagnostic> {
        if self.text.len() > MAX_BYTES {
            return vec![Located { problem: Problem::TooLarge(MAX_BYTES), span: Span::default() }.diagnostic()];
        }
        problems_of(self.text, self.settings)
    }

    fn tokens(&self, range: Range<usize>) -> &[Token] {
        self.reading.tokens.get(range).unwrap_or_default()
    }

    fn parse<'a>(&self, tokens: &[Token], arena: &'a Arena) -> Result<Script<'a>, Unparsed>
    where
        's: 'a,
    {
        run(self.text, tokens, self.settings.or_is_tight, arena).map_err(|_| Unparsed)
    }

    /// The header at the beginning of a definition: a type, the name, and parameters between parentheses.
    fn header(&self, function: &[Token]) -> Header<'s> {
        let is = |kind: Kind| move |token: &Token| token.kind == kind;
        let slice = |span: Span| self.text.get(span.range()).unwrap_or_default();
        let open = function.iter().position(is(Kind::ParenOpen)).unwrap_or_default();
        let (before, after) = function.split_at(open);
        let close = after.iter().position(is(Kind::ParenClose)).unwrap_or_default();
        let parameters = after.get(1..close).unwrap_or_default();
        let commas = parameters.iter().filter(|token| token.kind == Kind::Comma).count();
        // Of two names side by side, the second one begins the name.
        let names = before.windows(2).rposition(|pair| pair.iter().all(is(Kind::Name))).map_or(open, |at| at + 1);
        let path = before.get(names..).unwrap_or_default();
        let parts = || path.iter().filter(|token| token.kind == Kind::Name).map(|token| slice(token.span()));
        let (name, namespace) = match path {
            [only] => (Cow::Borrowed(slice(only.span())), None),
            _ => (Cow::Owned(parts().collect::<Vec<_>>().join(".")), parts().next()),
        };
        Header {
            name,
            namespace,
            parameters: if parameters.is_empty() { 0 } else { commas + 1 },
            returns: before.get(1).map_or("", |token| slice(token.span())),
            place: path.first().zip(path.last()).map(|(first, last)| first.span().to(last.span())).unwrap_or_default(),
        }
    }
}

/// The places of the definitions, from the token before the header to the brace behind the body, and whether there are
/// forms of Creator.
fn look_over(tokens: &[Token]) -> (Vec<Range<usize>>, bool) {
    let mut functions = Vec::new();
    let mut is_creator = false;
    let mut depth = 0_usize;
    let mut start = None;
    for (at, token) in tokens.iter().enumerate() {
        match token.kind {
            Kind::Function if depth == 0 => start = Some(at),
            Kind::BlockOpen => depth += 1,
            Kind::BlockClose => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    functions.extend(start.take().map(|start| start..at + 1));
                }
            }
            kind => is_creator |= kind.is_creator(),
        }
    }
    (functions, is_creator)
}
