//! From tree to program: names are settled, what can be known before running is checked, and instructions are made and
//! proved safe. A [`Program`] is plain data: compile once, run anywhere and often.

pub mod bound;
mod code;
mod compile;
mod connections;
mod contexts;
mod error;
mod library;
mod lint;
mod listing;
pub mod op;
mod resolve;
mod types;
mod verify;

pub use code::{Code, Site};
pub use connections::names_connection;
pub use contexts::{CONTEXTS, Context};
pub use library::Library;
pub use lint::{may_be_lowered, result_kinds, silence};
pub use listing::listing;
pub use types::Type;
pub use verify::verify;

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use sha2::{Digest, Sha256};

use crate::catalogue::Catalogue;
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Source;
use crate::syntax::{self, Arena, Dialect, Outline};
use resolve::Desk;

/// A compiled script.
#[derive(Debug)]
pub struct Program {
    /// The script's own text, then those of the files whose functions it reaches.
    sources: Vec<Source>,
    /// The first is the statements outside functions, then come the script's own functions.
    codes: Vec<Arc<Code>>,
    catalogue: Arc<Catalogue>,
    /// What its meaning depends on besides the text, as the hash takes it in.
    depends_on: [String; 2],
    /// Made when it is asked for, since most programs are run without.
    hash: OnceLock<String>,
    has_body: bool,
    asks: bool,
    /// How many functions may be run by name.
    runnable: usize,
    uses_application: bool,
}

/// What checking and compiling depend on besides the text.
#[derive(Clone, Debug)]
pub struct Options {
    /// Which service's rules hold where they differ.
    pub dialect: Dialect,
    #[doc(hidden)] // For the tools.
    /// Whether the dialect was only guessed: what it lacks is then let pass.
    pub guessed: bool,
    /// Names that the run will be given for the statements outside functions.
    pub given: Vec<String>,
    /// The functions of other files.
    pub library: Arc<Library>,
    #[doc(hidden)] // For the tools.
    /// Whether every function of the library is compiled along and may be run by its name, and not only those that are called.
    pub whole_library: bool,
    /// Whether to look for what is probably not meant, too. A run has no use for it, and starts faster without.
    pub lints: bool,
    /// The link names of the connections that scripts may name, when they are known.
    pub connections: Option<Vec<String>>,
    #[doc(hidden)] // For the tools.
    /// Whether it was typed at a prompt: a `;` at its end may be left out, and a last statement that is only an expression
    /// is what the statements outside functions return.
    pub is_input: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            dialect: Dialect::Portable,
            guessed: false,
            given: Vec::new(),
            library: Arc::default(),
            whole_library: false,
            lints: false,
            connections: None,
            is_input: false,
        }
    }
}

impl Program {
    #[doc(hidden)] // For the machine and the tools.
    /// Parses, checks and compiles. The program is there when no diagnostic is an error; warnings come along.
    pub fn compile(
        source: &Source,
        options: &Options,
        catalogue: &Arc<Catalogue>,
    ) -> (Option<Program>, Vec<Diagnostic>) {
        let (program, diagnostics) = Self::stages(source, options, catalogue);
        let mut diagnostics = silence(source, diagnostics);
        // Each stage reports in source order; a person reads them together.
        diagnostics.sort_by_key(|found| found.span().map_or(u32::MAX, |span| span.start));
        (program, diagnostics)
    }

    fn stages(source: &Source, options: &Options, catalogue: &Arc<Catalogue>) -> (Option<Program>, Vec<Diagnostic>) {
        let arena = Arena::new();
        let outline = Outline::new(source, options.dialect, options.is_input);
        let Ok(script) = outline.body(&arena) else { return (None, outline.problems()) };
        let mut options = options.clone();
        if outline.is_creator && options.dialect != Dialect::Creator {
            options.dialect = Dialect::Creator;
            options.guessed = true;
        }
        let mut parsed = Ok(());
        let parts = resolve::Parts {
            headers: outline.headers().collect(),
            body: &script.body,
            functions: &mut |take| parsed = outline.functions(take),
        };
        let mut compiled = compile::Compiled::new(catalogue);
        let nodes = Arena::new();
        let mut desk = if options.lints { Desk::whole(&nodes) } else { Desk::single() };
        let resolved = resolve::resolve(parts, source, catalogue, &options, &mut desk, &mut |function, failed| {
            if !failed {
                compiled.add(function);
            }
        });
        if parsed.is_err() {
            return (None, outline.problems());
        }
        let has_body = !script.body.is_empty();
        let mut diagnostics = outline.warnings();
        diagnostics.extend(resolved.diagnostics);
        if options.lints {
            diagnostics.extend(lint::lint(desk.functions(), resolved.failed, source, catalogue, &options));
        }
        if diagnostics.iter().any(|found| found.severity == Severity::Error) {
            return (None, diagnostics);
        }
        let sources: Vec<Source> = std::iter::once(source.clone()).chain(resolved.files).collect();
        let codes = match compiled.finish() {
            Ok(codes) => codes,
            Err(failures) => {
                diagnostics.extend(failures);
                return (None, diagnostics);
            }
        };
        if let Err(problem) = verify(&codes, catalogue) {
            let message = format!("Sluice made a mistake while compiling: {problem}");
            let help = "please report this with the script that caused it";
            diagnostics.push(Diagnostic::error("check::internal", message).help(help));
            return (None, diagnostics);
        }
        let own = codes.iter().skip(1).take_while(|code| code.file == 0).count();
        let program = Program {
            runnable: if options.whole_library { codes.len().saturating_sub(1) } else { own },
            has_body,
            asks: resolved.asks,
            codes,
            catalogue: Arc::clone(catalogue),
            depends_on: depends_on(&options, &resolved.of_application),
            hash: OnceLock::new(),
            uses_application: !resolved.of_application.is_empty(),
            sources,
        };
        (Some(program), diagnostics)
    }

    /// The script's text, and those of the files whose functions it reaches; [`Code::file`] counts in them.
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    #[doc(hidden)] // For the machine and the tools.
    /// The text that a function stands in.
    pub fn source_of(&self, function: usize) -> Option<&Source> {
        self.sources.get(usize::from(self.codes.get(function)?.file))
    }

    #[doc(hidden)] // For the machine and the tools.
    /// The compiled functions; the first is the statements outside functions, then come the script's own and then those
    /// of other files.
    pub fn codes(&self) -> &[Arc<Code>] {
        &self.codes
    }

    #[doc(hidden)] // For the machine and the tools.
    /// The rows that the program was compiled against.
    pub fn catalogue(&self) -> &Arc<Catalogue> {
        &self.catalogue
    }

    /// SHA-256 of the text and of what its meaning depends on, in hex: the dialect, and what it uses of the application, by
    /// the signatures of functions and the values of constants.
    pub fn hash(&self) -> &str {
        self.hash.get_or_init(|| {
            let [options, of_application] = &self.depends_on;
            let mut hasher = Sha256::new();
            hasher.update(options);
            self.sources.iter().for_each(|source| hasher.update(source.text()));
            hasher.update(of_application);
            hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
        })
    }

    #[doc(hidden)] // For the machine and the tools.
    /// Whether it uses functions or constants of the application, which only the engine has that compiled it.
    pub fn uses_application(&self) -> bool {
        self.uses_application
    }

    #[doc(hidden)] // For the machine and the tools.
    /// Whether there are statements outside functions.
    pub fn has_body(&self) -> bool {
        self.has_body
    }

    #[doc(hidden)] // For the machine and the tools.
    /// Whether an input of a prompt ends with an expression that stands for a value, so that null is an answer, too.
    pub fn asks(&self) -> bool {
        self.asks
    }

    #[doc(hidden)] // For the machine and the tools.
    /// The functions that may be run: the script's own in source order, and with [`Options::whole_library`] all.
    pub fn functions(&self) -> &[Arc<Code>] {
        self.codes.get(1..=self.runnable).unwrap_or_default()
    }

    /// The names of the functions that may be run.
    pub fn function_names(&self) -> impl Iterator<Item = &str> {
        self.functions().iter().map(|code| code.name.as_ref())
    }

    #[doc(hidden)] // For the machine and the tools.
    /// The number of a function by its dotted name, or by its last part when only one function ends so.
    pub fn function(&self, name: &str) -> Option<usize> {
        let exact = self.functions().iter().position(|code| code.name.as_ref() == name);
        let last = |code: &Code| code.name.rsplit('.').next() == Some(name);
        exact.map(|at| at + 1).or_else(|| {
            let mut ending = self.functions().iter().enumerate().filter(|(_, code)| last(code));
            let first = ending.next().map(|(at, _)| at + 1);
            if ending.next().is_some() { None } else { first }
        })
    }
}

/// The codes of everything that checking warns of: what a project's `[lints]` and a silencing comment may name.
pub fn warning_codes() -> impl Iterator<Item = &'static str> {
    syntax::WARNINGS.iter().chain(error::WARNINGS).copied().chain(lint::codes())
}

/// What stands before the text in what is hashed, and what stands behind it.
fn depends_on(options: &Options, of_application: &BTreeSet<String>) -> [String; 2] {
    let rows = of_application.iter().map(|row| format!("\n{row}")).collect();
    [format!("{:?} {:?}\n", options.dialect, options.given), rows]
}

#[cfg(test)]
mod tests;
