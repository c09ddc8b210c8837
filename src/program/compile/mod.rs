//! Bound functions become instructions. The one rule to know: a variable's register is written only by the last
//! instruction of an assignment, everything before goes to temporaries; so an error half-way leaves the variable as it
//! was, and an operand may be read from a variable's register at any time.

mod assembler;
mod condition;
mod constants;
mod expression;
mod statement;

use std::collections::HashSet;
use std::sync::Arc;

use foldhash::fast::RandomState;

use super::bound::{self, Constant};
use super::code::Code;
use super::error::Error;
use super::op::{CONSTANT, Op, Operand, Register};
use super::types::Type;
use crate::catalogue::Catalogue;
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use constants::Constants;

/// The functions that have been compiled. Only a function beyond the width of the instructions fails, with a diagnostic of
/// its own.
pub struct Compiled<'c> {
    catalogue: &'c Catalogue,
    codes: Vec<Arc<Code>>,
    failures: Vec<Diagnostic>,
    /// The place of the first function.
    first: Option<Span>,
    spare: Spare,
}

impl<'c> Compiled<'c> {
    /// None yet; the catalogue knows which built-ins have instructions of their own.
    pub fn new(catalogue: &'c Catalogue) -> Self {
        Self { catalogue, codes: Vec::new(), failures: Vec::new(), first: None, spare: Spare::default() }
    }

    /// Compiles one more.
    pub fn add(&mut self, function: &bound::Function<'_>) {
        self.first.get_or_insert(function.span);
        match self.compile(function) {
            Ok(code) => self.codes.push(Arc::new(code)),
            Err(what) => self.failures.push(Error::TooLarge { what }.at(function.span)),
        }
    }

    fn compile(&mut self, function: &bound::Function<'_>) -> Result<Code, &'static str> {
        // Fused jumps reach 65,535 instructions; a longer function is compiled again without them.
        let spare = &mut self.spare;
        match Compiler::new(function, self.catalogue, false, spare).function(function, spare)? {
            Some(code) => Ok(code),
            None => {
                let wide = Compiler::new(function, self.catalogue, true, spare).function(function, spare)?;
                wide.ok_or("instructions")
            }
        }
    }

    /// All of them, in the order in which they were added.
    pub fn finish(mut self) -> Result<Vec<Arc<Code>>, Vec<Diagnostic>> {
        if self.codes.len() + self.failures.len() > usize::from(u16::MAX) {
            self.failures.push(Error::TooLarge { what: "functions" }.at(self.first.unwrap_or_default()));
        }
        if self.failures.is_empty() { Ok(self.codes) } else { Err(self.failures) }
    }
}

/// Room that one function after the other grows in, each being copied out of it in its size, and what they share.
#[derive(Default)]
struct Spare {
    ops: Vec<Op>,
    spans: Vec<Span>,
    names: Names,
}

/// Names and other texts; functions of one program have many in common.
#[derive(Default)]
struct Names(HashSet<Arc<str>, RandomState>);

impl Names {
    /// A text as all functions have it.
    fn shared(&mut self, text: &str) -> Arc<str> {
        if let Some(known) = self.0.get(text) {
            return Arc::clone(known);
        }
        let text: Arc<str> = Arc::from(text);
        self.0.insert(Arc::clone(&text));
        text
    }
}

/// The state while one function is compiled.
struct Compiler<'f> {
    code: Code,
    /// Asked which methods have instructions of their own when there is one, since that puts all names in order.
    catalogue: &'f Catalogue,
    /// The first free temporary.
    top: usize,
    /// What went beyond the width of the instructions, if anything did.
    overflow: Option<&'static str>,
    /// Whether a fused jump did not reach its goal.
    too_far: bool,
    /// Whether fused jumps are avoided.
    wide: bool,
    loops: Vec<Loop>,
    /// How many `try` are open.
    tries: usize,
    /// What counts the statements of the present stretch.
    counting: Option<Stretch>,
    constants: Constants<'f>,
}

/// What counts statements that are run in one go.
#[derive(Clone, Copy)]
enum Stretch {
    /// The call of the function.
    Entry,
    /// The [`Op::Statements`] of this number.
    From(usize),
    /// The end of the innermost loop's body, which counts for the turn that follows it.
    Turn,
}

/// A loop being compiled.
struct Loop {
    /// Jumps of `continue`, to be set to the end of the body.
    continues: Vec<usize>,
    /// Jumps of `break`, to be set to the end.
    breaks: Vec<usize>,
    /// How many statements at the beginning of the body are run in one go.
    statements: u8,
    /// How many `try` were open at the beginning.
    tries: usize,
}

impl<'f> Compiler<'f> {
    fn new(function: &bound::Function<'_>, catalogue: &'f Catalogue, wide: bool, spare: &mut Spare) -> Self {
        let variables = function.variables.len();
        let code = Code {
            name: Arc::from(function.name),
            file: function.file,
            parameters: function.parameters.to_vec(),
            returns: function.returns,
            variables: function.variables.iter().map(|name| spare.names.shared(name)).collect(),
            input: function.input,
            registers: variables,
            ops: std::mem::take(&mut spare.ops),
            body: 0,
            statements: 0,
            spans: std::mem::take(&mut spare.spans),
            constants: Vec::new(),
            names: Vec::new(),
            guesses: 0,
            sites: Vec::new(),
        };
        Self {
            code,
            catalogue,
            top: variables,
            overflow: (variables >= usize::from(CONSTANT)).then_some("variables"),
            too_far: false,
            wide,
            loops: Vec::new(),
            tries: 0,
            counting: None,
            constants: Constants::new(),
        }
    }

    /// `None` when a fused jump did not reach.
    fn function(mut self, function: &'f bound::Function<'f>, spare: &mut Spare) -> Result<Option<Code>, &'static str> {
        for (at, declared) in function.parameters.iter().enumerate() {
            if !matches!(declared, Type::Any | Type::Void) {
                self.emit(Op::CheckParameter { parameter: at as Register }, function.span);
            }
        }
        self.code.body = self.label();
        self.counting = Some(Stretch::Entry);
        self.statements(function.body);
        let null = self.constant(Constant::Null, function.span);
        self.emit(Op::Return { from: null, loops: 0, tries: 0 }, function.span.after());
        match self.overflow {
            Some(what) => Err(what),
            None if self.too_far => Ok(None),
            None => Ok(Some(self.finish(spare))),
        }
    }

    /// The code in vectors of its size.
    fn finish(mut self, spare: &mut Spare) -> Code {
        spare.ops = std::mem::take(&mut self.code.ops);
        spare.spans = std::mem::take(&mut self.code.spans);
        Code {
            ops: spare.ops.drain(..).collect(),
            spans: spare.spans.drain(..).collect(),
            constants: self.constants.finish(&mut spare.names),
            ..self.code
        }
    }
}
