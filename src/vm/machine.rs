//! One run of a program: its state, and what happens at its edges. It begins with arguments, stops for effects and
//! pauses, goes on with replies, unwinds errors to the innermost `try`, and ends with a result or with what is known of
//! the trouble. The instructions themselves are in `execute`.

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::frame::{Frame, Try, Walk};
use super::kept::Kept;
use super::limits::{Limits, Usage};
use super::loaded::Loaded;
use super::meter::Meter;
use super::origins::{Origin, Origins};
use super::steps;
use super::trouble::{Called, Trouble};
use super::{Printed, Step};
use crate::catalogue::Finish;
use crate::effect::{Effect, Reply};
use crate::environment::{Environment, Random};
use crate::program::Program;
use crate::program::op::Register;
use crate::source::Span;
use crate::value::{Answers, Caught, Cycles, Data, Failure, Shared, Value, Weight};

/// What an `info` line takes beside its characters, in bytes: between one and two places in a list that doubles.
const LINE_BYTES: usize = 36;

/// One run of a program.
pub struct Machine {
    pub(super) loaded: Rc<Loaded>,
    pub(super) environment: Arc<Environment>,
    pub(super) meter: Meter,
    pub(super) started: Instant,
    pub(super) cancelled: Arc<AtomicBool>,
    pub(super) stack: Vec<Value>,
    /// The function being executed.
    pub(super) frame: Frame,
    /// Its callers, the outermost first.
    pub(super) callers: Vec<Frame>,
    pub(super) walks: Vec<Walk>,
    pub(super) tries: Vec<Try>,
    pub(super) cycles: Cycles,
    pub(super) answers: Answers,
    pub(super) random: Random,
    pub(super) origins: Origins,
    /// Where short texts are joined.
    pub(super) joint: String,
    /// What becomes of the reply that is being waited for, and where its value goes.
    pub(super) waiting: Option<(Finish, Register)>,
    pub(super) occurrences: HashMap<(usize, u16), u32>,
    pub(super) output: Vec<Printed>,
    /// Bytes and number of the `info` lines so far, those beyond the limit included.
    pub(super) printed: (usize, usize),
    /// What outlives the run, if anything does. Boxed: most runs have none.
    pub(super) kept: Option<Box<Kept>>,
    pub(super) done: bool,
}

/// Why the run loop stopped without an error.
pub(super) enum Stop {
    Effect(Box<Effect>),
    Pause,
    Returned(Value),
}

impl Machine {
    /// Prepares a run of the function `entry` (0 is the statements outside functions). `arguments` go by name to its
    /// parameters, or to the variables of the statements outside functions; `input` is what the script reads under
    /// that name, which is otherwise a map of the arguments.
    pub fn new(
        loaded: Rc<Loaded>,
        entry: usize,
        arguments: &[(String, Data)],
        input: Option<&Data>,
        environment: Arc<Environment>,
        limits: Limits,
        cancelled: Arc<AtomicBool>,
    ) -> Self {
        let frame = Frame::new(entry, 0, 0, 0);
        let random = Random::new(environment.randomness);
        let mut machine = Self {
            loaded: Rc::clone(&loaded),
            environment,
            meter: Meter::new(limits),
            started: Instant::now(),
            cancelled,
            stack: Vec::new(),
            frame,
            callers: Vec::new(),
            walks: Vec::new(),
            tries: Vec::new(),
            cycles: Cycles::default(),
            answers: Answers::default(),
            random,
            origins: Origins::default(),
            joint: String::new(),
            waiting: None,
            occurrences: HashMap::new(),
            output: Vec::new(),
            printed: (0, 0),
            kept: None,
            done: false,
        };
        if let Ok((code, _)) = loaded.function(entry) {
            machine.stack.resize(code.registers, Value::Null);
            machine.meter.statements(u64::from(code.statements));
            for (name, data) in arguments {
                let at = code.variables.iter().position(|variable| variable.as_ref() == name);
                let declared = at.and_then(|at| code.parameters.get(at));
                let named = declared.zip(data.as_text()).and_then(|(declared, text)| declared.named_by(text));
                let value = named.unwrap_or_else(|| data.to_value_in(&machine.environment.dates));
                machine.set(at, value);
            }
            // Most scripts do not read it, and arguments may be large.
            if let Some(at) = code.input {
                let input = input.map(|input| input.to_value_in(&machine.environment.dates)).unwrap_or_else(|| {
                    let pairs = arguments.iter().map(|(name, data)| (Data::Text(name.clone()), data.clone()));
                    Data::Map(pairs.collect()).to_value_in(&machine.environment.dates)
                });
                machine.set(Some(usize::from(at)), input);
            }
        }
        machine
    }

    /// The same run of the statements outside functions, going on with what an earlier run left.
    pub fn with_kept(mut self, mut kept: Box<Kept>) -> Self {
        if let Ok((code, _)) = self.loaded.function(self.frame.function()) {
            kept.lend(code, &mut self.stack);
        }
        self.cycles = std::mem::take(&mut kept.cycles);
        self.answers = std::mem::take(&mut kept.answers);
        if let Some(random) = kept.random.take() {
            self.random = random;
        }
        kept.set_returned(Value::Null);
        self.kept = Some(kept);
        self
    }

    /// What outlives the run; there once it is done.
    pub fn take_kept(&mut self) -> Option<Box<Kept>> {
        self.kept.take()
    }

    /// Runs on until something is needed. The first call and the call after a [`Step::Pause`] pass no reply.
    pub fn resume(&mut self, reply: Option<Reply>) -> Step {
        if self.done {
            return Step::Done(Ok(Data::Null));
        }
        self.meter.refuel();
        let mut outcome = self.check_time().and_then(|()| self.take_reply(reply));
        loop {
            let stop = match outcome {
                Ok(()) => self.go_on(),
                Err(failure) => Err(failure),
            };
            match stop {
                Ok(Stop::Effect(effect)) => return Step::Effect(effect),
                Ok(Stop::Pause) => return Step::Pause,
                Ok(Stop::Returned(value)) => {
                    // Nothing is stopped any more by what is found: it is only told.
                    let _ = self.weigh(Some(&value));
                    let result = Data::from_value(&value).map_err(|failure| self.trouble(failure));
                    if let Some(kept) = &mut self.kept {
                        kept.set_returned(value);
                    }
                    return self.end(result);
                }
                Err(failure) => match self.catch(failure) {
                    Ok(()) => outcome = Ok(()),
                    Err(failure) => {
                        let trouble = self.trouble(failure);
                        return self.end(Err(trouble));
                    }
                },
            }
        }
    }

    /// Runs on. An instruction that was refused for memory is tried once more after weighing: less may be held by now than
    /// was made.
    fn go_on(&mut self) -> Result<Stop, Failure> {
        let mut refused_at = None;
        loop {
            let stop = self.execute();
            let place = (self.frame.function(), self.frame.next(), self.meter.usage.statements);
            let is_first = std::mem::take(&mut self.meter.refused) && refused_at.replace(place) != Some(place);
            if stop.is_ok() || !is_first {
                return stop;
            }
            self.weigh(None)?;
            self.frame.go_to(self.frame.next().saturating_sub(1));
        }
    }

    /// The program that runs.
    pub fn program(&self) -> &Arc<Program> {
        self.loaded.program()
    }

    /// The `info` lines since the last call.
    pub fn take_output(&mut self) -> Vec<Printed> {
        std::mem::take(&mut self.output)
    }

    /// When the run's time is over, if it is limited.
    pub fn deadline(&self) -> Option<Instant> {
        self.meter.limits.time.and_then(|time| self.started.checked_add(time))
    }

    /// What was used so far.
    pub fn usage(&self) -> Usage {
        let output = self.printed.0.min(self.meter.limits.output);
        Usage { output, ..self.meter.usage }
    }

    fn end(&mut self, result: Result<Data, Box<Trouble>>) -> Step {
        self.done = true;
        self.keep(result.is_ok());
        self.release();
        Step::Done(result)
    }

    /// Puts aside what outlives the run.
    fn keep(&mut self, ended_well: bool) {
        let Some(kept) = &mut self.kept else { return };
        let outermost = self.callers.first().unwrap_or(&self.frame).function();
        if let Ok((code, _)) = self.loaded.function(outermost) {
            kept.take_back(code, &mut self.stack, ended_well);
        }
        kept.cycles = std::mem::take(&mut self.cycles);
        kept.answers = std::mem::take(&mut self.answers);
        let unused = Random::new(self.environment.randomness);
        kept.random = Some(std::mem::replace(&mut self.random, unused));
    }

    fn release(&mut self) {
        // First, so that no container is left with others inside it: dropping those would go as deep as they are nested.
        self.cycles.break_all();
        self.stack.clear();
        self.walks.clear();
        self.answers = Answers::default();
        self.waiting = None;
    }

    fn check_time(&self) -> Result<(), Failure> {
        if self.cancelled.load(Ordering::Relaxed) {
            return Err(Failure::new("run::cancelled", "the run was cancelled").uncatchable());
        }
        match self.meter.limits.time {
            Some(time) if self.started.elapsed() >= time => Err(time_is_over(time)),
            _ => Ok(()),
        }
    }

    /// Looks whether a limit is passed by what was counted and, when that is open, by what the values weigh. True when the
    /// slice is over.
    #[cold]
    pub(super) fn look(&mut self) -> Result<bool, Failure> {
        if self.meter.look()? {
            self.weigh(None)?;
        }
        Ok(self.meter.is_spent())
    }

    /// Weighs everything that the script can still reach, what it returns, and what it printed.
    fn weigh(&mut self, returned: Option<&Value>) -> Result<(), Failure> {
        let walked = self.walks.iter().flat_map(Walk::values);
        let kept = self.kept.iter().flat_map(|kept| kept.values());
        let mut weight =
            Weight::of(self.stack.iter().chain(walked).chain(self.answers.held()).chain(returned).chain(kept));
        let (bytes, lines) = self.printed;
        let slots = self.stack.capacity() + self.walks.iter().map(|walk| walk.values().len()).sum::<usize>();
        weight.bytes += slots * size_of::<Value>() + bytes.min(self.meter.limits.output) + lines * LINE_BYTES;
        weight.bytes += self.cycles.sweep();
        self.meter.weighed(weight)
    }

    fn take_reply(&mut self, reply: Option<Reply>) -> Result<(), Failure> {
        let Some((finish, into)) = self.waiting.take() else { return Ok(()) };
        let Some(reply) = reply else {
            return Err(Failure::internal("a run that waits for a reply was resumed without one"));
        };
        let Self { environment, random, cycles, answers, meter, .. } = &mut *self;
        let mut call = steps::call(environment, random, cycles, answers, &meter.limits);
        let value = finish(&mut call, reply)?;
        self.meter.result(&value);
        let at = self.frame.base() + usize::from(into);
        if value.is_null() {
            self.origins.left(at, Origin { function: self.frame.function(), instruction: self.frame.next() - 1 });
        }
        self.set(Some(at), value);
        if self.meter.is_due() {
            self.look()?;
        }
        Ok(())
    }

    /// Sets a place of the stack, if there is one.
    fn set(&mut self, at: Option<usize>, value: Value) {
        if let Some(place) = at.and_then(|at| self.stack.get_mut(at)) {
            *place = value;
        }
    }

    /// Leaves functions until one with an open `try`, and goes on at its handler.
    fn catch(&mut self, failure: Failure) -> Result<(), Failure> {
        if !failure.report().catchable {
            return Err(failure);
        }
        let Some(open) = self.tries.pop() else { return Err(failure) };
        let line = self.line();
        let report = failure.into_report();
        let caught =
            Caught { message: report.message, line, code: report.code, thrown: report.thrown.unwrap_or_default() };
        while self.callers.len() > open.depth {
            self.leave_frame();
        }
        self.walks.truncate(open.walks);
        self.frame.go_to(open.handler);
        let at = self.frame.base() + usize::from(open.into);
        let caught = match caught.thrown {
            // `throw e;` raises the caught error again with its own line.
            Value::Caught(again) => again,
            _ => Shared::new(caught),
        };
        self.set(Some(at), Value::Caught(caught));
        Ok(())
    }

    /// Forgets the present function and goes back to its caller, clearing its registers, so that nothing is held longer
    /// than it is used.
    fn leave_frame(&mut self) {
        let Some(caller) = self.callers.pop() else { return };
        if let Ok((code, _)) = self.loaded.function(self.frame.function()) {
            let registers = self.stack.iter_mut().skip(self.frame.base()).take(code.registers);
            registers.for_each(|register| *register = Value::Null);
        }
        self.frame = caller;
    }

    pub(super) fn line(&self) -> u32 {
        let span = self.span_of(self.frame.function(), self.frame.next().saturating_sub(1));
        self.line_of(self.frame.function(), span)
    }

    fn line_of(&self, function: usize, span: Span) -> u32 {
        self.loaded.program().source_of(function).map_or(1, |source| source.line(span.start))
    }

    fn span_of(&self, function: usize, instruction: usize) -> Span {
        let code = self.loaded.program().codes().get(function);
        code.and_then(|code| code.spans.get(instruction)).copied().unwrap_or_default()
    }

    fn trouble(&self, failure: Failure) -> Box<Trouble> {
        let program = self.loaded.program();
        let frames = std::iter::once(&self.frame).chain(self.callers.iter().rev());
        let stack = frames.map(|frame| Called {
            function: program.codes().get(frame.function()).map(|code| code.name.to_string()).unwrap_or_default(),
            file: program.source_of(frame.function()).map(|source| source.name().to_owned()).unwrap_or_default(),
            line: self.line_of(frame.function(), self.span_of(frame.function(), frame.next().saturating_sub(1))),
        });
        let stack = stack.collect();
        let report = failure.into_report();
        let rethrown = match &report.thrown {
            Some(Value::Caught(caught)) => Some(Rc::clone(caught)),
            _ => None,
        };
        let span = self.span_of(self.frame.function(), self.frame.next().saturating_sub(1));
        Box::new(Trouble {
            message: rethrown.as_ref().map_or(report.message, |caught| caught.message.clone()),
            line: rethrown.as_ref().map_or_else(|| self.line_of(self.frame.function(), span), |caught| caught.line),
            code: rethrown.map_or(report.code, |caught| caught.code.clone()),
            help: report.help,
            file: program.codes().get(self.frame.function()).map_or(0, |code| usize::from(code.file)),
            span,
            stack,
            origin: report.null_operand.and_then(|operand| self.origin(operand)),
            thrown: report.thrown.and_then(|thrown| Data::from_value(&thrown).ok()),
        })
    }

    /// What is known of the null that an operand of the failing instruction holds.
    fn origin(&self, operand: usize) -> Option<(Span, String)> {
        let program = self.loaded.program();
        let code = program.codes().get(self.frame.function())?;
        let register = steps::operand_register(*code.ops.get(self.frame.next().checked_sub(1)?)?, operand)?;
        let origin = self.origins.of(self.frame.base() + usize::from(register))?;
        let span = self.span_of(origin.function, origin.instruction);
        let source = program.source_of(origin.function)?;
        let line = source.line(span.start);
        let mut text: String = source.slice(span).split_whitespace().collect::<Vec<_>>().join(" ");
        if text.chars().count() > 60 {
            text = text.chars().take(59).collect::<String>() + "…";
        }
        Some((span, format!("`{text}` on line {line} gave null")))
    }

    /// Takes an `info` line, cut at the limit with Zoho's notice (help page "info").
    pub(super) fn info(&mut self, line: String) {
        let limit = self.meter.limits.output;
        if self.printed.0 > limit {
            return;
        }
        let size = line.len() + 1;
        self.printed = (self.printed.0.saturating_add(size), self.printed.1 + 1);
        self.meter.charge(size + LINE_BYTES);
        let text = match self.printed.0 <= limit {
            true => line,
            false => {
                format!("The info message has been truncated because its size exceeded {} KB.", limit / 1000)
            }
        };
        let code = self.loaded.program().codes().get(self.frame.function());
        let file = code.map_or(0, |code| usize::from(code.file));
        self.output.push(Printed { text, line: self.line(), file });
    }
}

fn time_is_over(time: Duration) -> Failure {
    let seconds = time.as_secs_f64();
    let more = (seconds * 2.0).ceil().max(1.0);
    Failure::new("limits::time", format!("the run passed its limit of {seconds} seconds time"))
        .help(format!("give it more with --timeout {more}s, or with time = {more} under [limits] in sluice.toml"))
        .uncatchable()
}

impl Drop for Machine {
    fn drop(&mut self) {
        self.release();
    }
}
