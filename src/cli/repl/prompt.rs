//! What inputs change and how they are answered: Deluge is checked, run, and its value or error shown. Whether a person types
//! or a file is read makes no difference here but for how much of a value is shown.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use super::super::run::{NEEDS_LIBRARY, print_info};
use super::super::{Exit, Output, Shared, interrupt};
use super::world::World;
use super::{Options, clean};
use crate::diagnostic::{Diagnostic, Severity};
use crate::engine::Outcome;
use crate::program::Program;
use crate::repl::Error as Problem;
use crate::repl::pretty::{Look, Shown, show};
use crate::repl::session::{Input, Session};
use crate::secret::Redactor;
use crate::source::Source;
use crate::value::Data;

/// The widest that values are drawn where no terminal tells a width.
const WIDTH: usize = 100;

/// Lines of a screen that a value leaves free: for the prompt, the note below it, and the next prompt.
const FREE_LINES: usize = 4;

/// Everything that an input may change.
pub(super) struct Prompt<'o> {
    pub(super) options: &'o Options,
    pub(super) shared: &'o Shared,
    pub(super) world: World,
    /// Shared with the completion, which looks at live values between two inputs.
    pub(super) session: Rc<RefCell<Session>>,
    pub(super) output: Arc<Output>,
    pub(super) is_interactive: bool,
    /// What the last run used.
    pub(super) last: Option<Outcome>,
    /// What the last value was, for `:full` and `:json`.
    pub(super) value: Option<Data>,
    has_project_functions: bool,
}

impl<'o> Prompt<'o> {
    pub(super) fn new(options: &'o Options, shared: &'o Shared, world: World, is_interactive: bool) -> Self {
        let session = Session::new(world.dialect());
        let output = Arc::clone(&world.output);
        Self {
            options,
            shared,
            world,
            session: Rc::new(RefCell::new(session)),
            output,
            is_interactive,
            last: None,
            value: None,
            has_project_functions: false,
        }
    }

    /// Checks and runs what was typed.
    pub(super) fn deluge(&mut self, text: &str) -> Exit {
        let input = self.session.borrow_mut().check(text, self.world.engine());
        self.run(input)
    }

    /// Runs an input that was checked, and shows what comes of it.
    pub(super) fn run(&mut self, input: Input) -> Exit {
        let Some((input, program)) = self.settled(input) else { return Exit::Check };
        if let Err(error) = self.world.open_for(&program) {
            return self.output.problem(&error, false);
        }
        let run = print_info(self.world.run(), &self.output);
        let outcome = {
            let _guard = interrupt::cancels_input(&run.cancel_flag());
            self.session.borrow_mut().run(&input, self.world.engine(), run)
        };
        let Some(outcome) = outcome else { return Exit::Ok };
        let answers = self.session.borrow().answers(&input);
        let exit = self.tell(&outcome, &program, answers);
        self.last = Some(outcome);
        exit
    }

    /// The value of an expression that a command asks for; what is wrong is told.
    pub(super) fn evaluate(&mut self, text: &str) -> Result<(Data, Outcome), Exit> {
        let source = Source::new("expression", text);
        let input = self.session.borrow().check_source(source, self.world.engine());
        let Some((input, program)) = self.settled(input) else { return Err(Exit::Check) };
        self.world.open_for(&program).map_err(|error| self.output.problem(&error, false))?;
        let run = print_info(self.world.run(), &self.output);
        let _guard = interrupt::cancels_input(&run.cancel_flag());
        let outcome = self.session.borrow_mut().evaluate(&input, self.world.engine(), run);
        let outcome = outcome.ok_or_else(|| self.output.problem(&Problem::NoExpression.into(), false))?;
        match &outcome.result {
            Ok(value) => Ok((value.clone(), outcome)),
            Err(_) => Err(self.tell(&outcome, &program, false)),
        }
    }

    /// The program of an expression, without running it.
    pub(super) fn program_of(&mut self, text: &str) -> Option<(Input, Arc<Program>)> {
        let source = Source::new("expression", text);
        let input = self.session.borrow().check_source(source, self.world.engine());
        self.settled(input)
    }

    /// The input with its program, after what was found is told. The functions of the project are read when an input asks
    /// for something that is not known.
    fn settled(&mut self, input: Input) -> Option<(Input, Arc<Program>)> {
        let mut input = input;
        let asks = |found: &[Diagnostic]| found.iter().any(|one| NEEDS_LIBRARY.contains(&one.code.as_ref()));
        if !self.has_project_functions && asks(&input.diagnostics) {
            self.read_project();
            input = self.session.borrow().check_source(input.source, self.world.engine());
        }
        let lints = self.world.workspace.project().map(|project| &project.settings().lints);
        if let Some(lints) = lints {
            input.diagnostics = lints.apply(input.diagnostics);
        }
        input.diagnostics.iter().for_each(|found| self.output.diagnostic(found, &input.source));
        if let Some(error) = input.diagnostics.iter().find(|found| found.severity == Severity::Error) {
            let line = error.span().map_or(1, |span| input.source.line(span.start));
            self.session.borrow_mut().set_error(error, line);
            return None;
        }
        let program = input.program.clone()?;
        Some((input, program))
    }

    /// Reads the functions of the project, once.
    pub(super) fn read_project(&mut self) {
        self.has_project_functions = true;
        match self.world.workspace.library(Some(self.world.dialect())) {
            Ok(library) => self.session.borrow_mut().set_project(library),
            Err(error) => drop(self.output.problem(&error, false)),
        }
    }

    /// Tells what a run gave.
    fn tell(&mut self, outcome: &Outcome, program: &Program, answers: bool) -> Exit {
        match &outcome.result {
            Ok(value) => {
                if answers {
                    self.answer(value);
                    self.value = Some(value.clone());
                }
                Exit::Ok
            }
            Err(trouble) => {
                self.world.elapsed.end(trouble.code == "run::cancelled");
                self.output.trouble(&trouble.diagnostic(), program, trouble.file);
                Exit::of_run(&trouble.code)
            }
        }
    }

    /// Shows a value as it fits the screen.
    pub(super) fn answer(&self, value: &Data) {
        let shown = show(&self.redacted(value), &self.look(true));
        self.print(&shown);
    }

    /// Prints what was drawn, and how to see the rest.
    pub(super) fn print(&self, shown: &Shown) {
        self.output.styled(&shown.text);
        if let Some(cut) = &shown.cut {
            self.output.styled(&self.faint(&format!("{cut}; :full shows all")));
        }
    }

    /// How values are drawn; cut to the screen, or whole.
    pub(super) fn look(&self, is_cut: bool) -> Look {
        let rows = self.output.height().filter(|_| self.is_interactive && is_cut);
        Look {
            // What a file gives is the same on every screen.
            width: self.output.width().filter(|_| self.is_interactive).unwrap_or(WIDTH),
            rows: rows.map(|rows| rows.saturating_sub(FREE_LINES).max(6)),
            colour: self.output.colours_results(),
        }
    }

    /// The value without secrets.
    pub(super) fn redacted(&self, value: &Data) -> Data {
        let redactor: &Redactor = self.output.redactor();
        clean::data(value, redactor)
    }

    pub(super) fn faint(&self, text: &str) -> String {
        if self.output.colours_results() { format!("\x1b[2m{text}\x1b[0m") } else { text.to_owned() }
    }
}
