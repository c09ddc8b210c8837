//! One thread that runs scripts: a queue of runs that can go on, a table of runs that wait for a reply. Runs take turns of
//! one slice, so a script that computes for long does not hold up the others. A caller that waits for its run anyway lends
//! its own thread instead.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, TryRecvError, channel};
use std::time::Instant;

use tokio::sync::watch;

use super::ending::Ending;
use super::log::Sink;
use super::outcome::Performed;
use super::run::{Listener, Watcher};
use super::waiting::Waiting;
use super::{Info, Outcome, Progress, Run};
use crate::effect::{Action, Problem, Reply};
use crate::environment::Environment;
use crate::host::{Driver, pass_on};
use crate::program::Program;
use crate::vm::{Kept, Limits, Loaded, Machine, Step};

/// A run with everything that it needs.
pub(super) struct Job {
    pub(super) program: Arc<Program>,
    pub(super) environment: Arc<Environment>,
    pub(super) driver: Arc<dyn Driver>,
    pub(super) limits: Limits,
    pub(super) run: Run,
    /// The id of the run.
    pub(super) id: Arc<str>,
    pub(super) log: Option<Arc<Sink>>,
    /// Whether the program uses functions or constants of the application that another engine has.
    pub(super) is_foreign: bool,
    pub(super) ending: Ending,
}

/// What a thread is told.
pub(super) enum Message {
    Start(Box<Job>),
    Reply(u64, Reply),
    Stop,
}

/// How many runs a thread has.
#[derive(Clone, Default)]
pub(super) struct Load(Arc<AtomicUsize>);

impl Load {
    pub(super) fn get(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }

    pub(super) fn add(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

/// A run that counts in a load until it is dropped, however that comes about.
struct Counted(Load);

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Starts a thread; nothing when the system gives none.
pub(super) fn spawn() -> Option<(Sender<Message>, Load)> {
    let (inbox, messages) = channel();
    let load = Load::default();
    let (back, shared) = (inbox.clone(), load.clone());
    let work = move || {
        let mut worker = Worker::new(back, shared);
        while worker.turn_safely(&messages) {}
    };
    std::thread::Builder::new().name("sluice-run".into()).spawn(work).ok()?;
    Some((inbox, load))
}

/// Runs one job to its end on the present thread.
pub(super) fn run_here(job: Job) {
    run_with(job, None);
}

/// The same for a job that goes on with what an earlier one left; gives what it leaves.
pub(super) fn run_on(job: Job, kept: Box<Kept>) -> Box<Kept> {
    run_with(job, Some(kept)).unwrap_or_default()
}

fn run_with(job: Job, kept: Option<Box<Kept>>) -> Option<Box<Kept>> {
    let (back, messages) = channel();
    let mut worker = Worker { kept, ..Worker::new(back, Load::default()) };
    worker.load.add();
    worker.begin(job);
    while worker.load.get() > 0 && worker.turn_safely(&messages) {}
    worker.kept
}

/// How many effects an outcome tells of.
const MOST_EFFECTS: usize = 1_000;

struct Worker {
    back: Sender<Message>,
    load: Load,
    /// Boxed, as a run is large and moves at each of its waits.
    ready: VecDeque<(Box<Running>, Option<Reply>)>,
    waiting: Waiting,
    next: u64,
    /// What the next run goes on with, and what the last one of those left.
    kept: Option<Box<Kept>>,
}

/// A run that has begun.
pub(super) struct Running {
    number: u64,
    pub(super) machine: Machine,
    driver: Arc<dyn Driver>,
    // What is left of the job. As a whole it would make the box so large that the allocator tidies up for each.
    user: Option<String>,
    listener: Option<Listener>,
    watcher: Option<Watcher>,
    pub(super) cancelled: Arc<AtomicBool>,
    id: Arc<str>,
    log: Option<Arc<Sink>>,
    info: Vec<String>,
    effects: Vec<Performed>,
    begun: Instant,
    /// Dropped when the run no longer waits for a call of the application: what would answer then stops.
    tie: Option<watch::Sender<()>>,
    ending: Ending,
    counted: Counted,
}

impl Worker {
    fn new(back: Sender<Message>, load: Load) -> Self {
        Self { back, load, ready: VecDeque::new(), waiting: Waiting::default(), next: 0, kept: None }
    }

    /// A driver or a listener that panics takes its own run with it, and leaves the others of the thread alone: what a turn
    /// holds is dropped, which tells whoever waits for it.
    fn turn_safely(&mut self, messages: &Receiver<Message>) -> bool {
        catch_unwind(AssertUnwindSafe(|| self.turn(messages))).unwrap_or(true)
    }

    /// Takes a message, or gives the next run its slice. False when the thread is to end.
    fn turn(&mut self, messages: &Receiver<Message>) -> bool {
        let message = match (self.ready.is_empty(), self.waiting.alarm()) {
            (false, _) => messages.try_recv(),
            (true, None) => messages.recv().map_err(|_| TryRecvError::Disconnected),
            (true, Some(alarm)) => {
                let patience = alarm.saturating_duration_since(Instant::now());
                messages.recv_timeout(patience).map_err(|error| match error {
                    RecvTimeoutError::Timeout => TryRecvError::Empty,
                    RecvTimeoutError::Disconnected => TryRecvError::Disconnected,
                })
            }
        };
        // Also while others compute. The overdue go on without their reply: they find out why.
        if self.waiting.alarm().is_some_and(|alarm| alarm <= Instant::now()) {
            self.ready.extend(self.waiting.take_overdue().into_iter().map(|running| (running, None)));
        }
        match message {
            Ok(Message::Start(job)) => self.begin(*job),
            Ok(Message::Reply(number, reply)) => {
                if let Some(running) = self.waiting.take(number) {
                    self.ready.push_back((running, Some(reply)));
                }
            }
            Ok(Message::Stop) | Err(TryRecvError::Disconnected) => return false,
            Err(TryRecvError::Empty) => {
                if let Some((running, reply)) = self.ready.pop_front() {
                    self.step(running, reply);
                }
            }
        }
        true
    }

    fn begin(&mut self, mut job: Job) {
        let counted = Counted(self.load.clone());
        let entry = match entry(&job.program, job.run.function.as_deref()) {
            Ok(entry) => entry,
            Err(message) => {
                drop(counted);
                job.ending.tell(Outcome::failed("run::no-such-function", message));
                return;
            }
        };
        if job.is_foreign {
            drop(counted);
            let message = "the program uses functions or constants of an application, and was compiled by another engine; \
                           compile it with the engine that runs it";
            job.ending.tell(Outcome::failed("run::other-engine", message));
            return;
        }
        let loaded = Rc::new(Loaded::new(job.program));
        let Run { arguments, input, user, listener, watcher, timeout, deadline, cancelled, .. } = job.run;
        let left = deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
        job.limits.time = [job.limits.time, timeout, left].into_iter().flatten().min();
        let stop = Arc::clone(&cancelled);
        let mut machine = Machine::new(loaded, entry, &arguments, input.as_ref(), job.environment, job.limits, stop);
        // They are values of the machine from now on; a run that waits need not hold them twice.
        drop((arguments, input));
        if let Some(kept) = self.kept.take() {
            machine = machine.with_kept(kept);
        }
        self.next += 1;
        let running = Running {
            number: self.next,
            machine,
            driver: job.driver,
            user,
            listener,
            watcher,
            cancelled,
            id: job.id,
            log: job.log,
            info: Vec::new(),
            effects: Vec::new(),
            begun: Instant::now(),
            tie: None,
            ending: job.ending,
            counted,
        };
        self.ready.push_back((Box::new(running), None));
    }

    fn step(&mut self, mut running: Box<Running>, reply: Option<Reply>) {
        running.tie = None;
        let step = running.machine.resume(reply);
        // First, so that whoever sees a line of a run that goes on may count on what its watcher does.
        running.tell_progress(&step);
        running.tell_lines();
        match step {
            Step::Pause => self.ready.push_back((running, None)),
            Step::Effect(mut effect) => {
                if let Action::Host(call) = &mut effect.action {
                    running.tie = Some(call.tie());
                }
                let mut awaited = Awaited { number: running.number, back: Some(self.back.clone()) };
                let driver = Arc::clone(&running.driver);
                let user = running.user.clone();
                if running.effects.len() < MOST_EFFECTS {
                    running.effects.push(Performed::of(&effect));
                }
                self.waiting.insert(running.number, running);
                pass_on(&driver, *effect, user.as_deref(), Box::new(move |reply| awaited.answer(reply)));
            }
            Step::Done(result) => {
                let Running { mut machine, id, info, effects, begun, ending, counted, .. } = *running;
                self.kept = machine.take_kept();
                // Before the outcome is told: whoever hears of it may start the next run.
                drop(counted);
                let usage = machine.usage();
                drop(machine);
                ending.tell(Outcome { id, result, info, effects, usage, time: begun.elapsed() });
            }
        }
    }
}

impl Running {
    /// Hands on the `info` lines since the last step.
    fn tell_lines(&mut self) {
        let lines = self.machine.take_output();
        for printed in lines {
            if let Some(log) = &self.log {
                let source = self.machine.program().sources().get(printed.file);
                let file = source.map_or("", |source| source.name());
                log(&Info { run: &self.id, file, line: printed.line, text: &printed.text });
            }
            match &mut self.listener {
                Some(listener) => listener(&printed.text),
                None => self.info.push(printed.text),
            }
        }
    }

    /// Tells how far the run has come, when somebody wants to know.
    fn tell_progress(&mut self, step: &Step) {
        if matches!(step, Step::Done(_)) {
            return;
        }
        if let Some(watcher) = &mut self.watcher {
            let is_waiting = matches!(step, Step::Effect(_));
            watcher(&Progress { usage: self.machine.usage(), time: self.begun.elapsed(), is_waiting });
        }
    }
}

/// The way back of a reply. A driver that drops it unanswered ends the wait with an error instead of never.
struct Awaited {
    number: u64,
    back: Option<Sender<Message>>,
}

impl Awaited {
    fn answer(&mut self, reply: Reply) {
        if let Some(back) = self.back.take() {
            // A thread that is gone has no run left that could wait.
            let _ = back.send(Message::Reply(self.number, reply));
        }
    }
}

impl Drop for Awaited {
    fn drop(&mut self) {
        if self.back.is_none() {
            return;
        }
        self.answer(Reply::Failed(Problem {
            code: "run::no-reply".into(),
            message: "the request was given up, because nothing performs it any more".into(),
            help: None,
        }));
    }
}

/// The number of the function to run. A program without statements outside functions runs its only function.
fn entry(program: &Program, function: Option<&str>) -> Result<usize, String> {
    match function {
        Some(name) => program.function(name).ok_or_else(|| {
            let names = program.function_names().collect::<Vec<_>>().join(", ");
            format!(
                "there is no function `{name}`; the script defines {}",
                if names.is_empty() { "none" } else { &names }
            )
        }),
        None if !program.has_body() && program.functions().len() == 1 => Ok(1),
        None => Ok(0),
    }
}
