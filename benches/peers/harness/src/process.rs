//! Processes of runners. The start of a process is measured by a small process between it and the harness: what Linux says of
//! the memory of a child begins with that of its parent, and the harness holds more than a small interpreter.

use std::ffi::OsString;
use std::io::Read;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Child, Command, ExitCode, Stdio};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// The first word of a harness that only watches another process.
pub const WATCH: &str = "--watch";

/// After so many seconds of the processor a measurement is given up.
pub const PATIENCE: u64 = 30;

/// One measurement.
#[derive(Clone, Debug, Default)]
pub struct Sample {
    /// Milliseconds of what the workload measures.
    pub ms: f64,
    /// Milliseconds of the processor for a whole process; none where only a part was measured.
    pub processor_ms: Option<f64>,
    /// Microseconds until there was an engine; none where the runner cannot tell.
    pub engine_us: Option<f64>,
    /// The most memory that the process held, in kB.
    pub peak_kb: u64,
    /// What the script returned.
    pub answer: String,
}

/// How a measurement ended that gave nothing.
#[derive(Debug)]
pub enum Failure {
    /// It took longer than [`PATIENCE`].
    Slow,
    /// The runner ended with this message.
    Failed(String),
}

/// Runs a runner on a script.
pub fn measure(command: &[OsString], script: &Path, mode: &str, input: Option<&Path>) -> Result<Sample, Failure> {
    let mut process = command_of(command);
    process.arg(script).arg(mode).args(input);
    let output = finish(process.spawn().map_err(failed)?)?;
    let line = output.lines().last().unwrap_or_default();
    let ms = if mode == "compile" { "compile_ms" } else { "run_ms" };
    let sample = field(line, ms).zip(field(line, "peak_kb")).zip(line.split_once("answer="));
    let ((ms, peak_kb), (_, answer)) = sample.ok_or_else(|| Failure::Failed(format!("no figures in `{line}`")))?;
    let engine_us = field(line, "engine_us");
    Ok(Sample { ms, processor_ms: None, engine_us, peak_kb, answer: answer.to_owned() })
}

/// Runs a whole program, and measures it from outside.
pub fn start(command: &[OsString]) -> Result<Sample, Failure> {
    let program = std::env::current_exe().map_err(failed)?;
    let mut process = command_of(&[program.into_os_string()]);
    process.arg(WATCH).args(command);
    let output = finish(process.spawn().map_err(failed)?)?;
    let (figures, answer) = output.split_once('\n').unwrap_or((&output, ""));
    let sample = field(figures, "ms").zip(field(figures, "peak_kb"));
    let (ms, peak_kb) = sample.ok_or_else(|| Failure::Failed(format!("no figures in `{figures}`")))?;
    let (processor_ms, engine_us) = (field(figures, "processor_ms"), field(answer, "engine_us"));
    Ok(Sample { ms, processor_ms, engine_us, peak_kb, answer: answer.trim().to_owned() })
}

/// The process between: runs the command, and prints the time that it took and its memory before what it printed.
pub fn watch(command: &[String]) -> ExitCode {
    let [program, words @ ..] = command else { return ExitCode::FAILURE };
    let mut process = Command::new(program);
    process.args(words).stdin(Stdio::null()).stdout(Stdio::piped());
    let begun = Instant::now();
    let Ok(mut child) = process.spawn() else { return ExitCode::FAILURE };
    let mut output = String::new();
    let read = child.stdout.take().map(|mut stdout| stdout.read_to_string(&mut output));
    let Ok(ended) = wait4::Wait4::wait4(child) else { return ExitCode::FAILURE };
    let ms = begun.elapsed().as_secs_f64() * 1e3;
    if !ended.status.success() || !matches!(read, Some(Ok(_))) {
        return ExitCode::FAILURE;
    }
    let worked = (ended.rusage.utime + ended.rusage.stime).as_secs_f64() * 1e3;
    println!("ms={ms:.4} processor_ms={worked:.4} peak_kb={}\n{output}", ended.rusage.maxrss / 1024);
    ExitCode::SUCCESS
}

fn command_of(command: &[OsString]) -> Command {
    let mut words = command.iter();
    let mut process = Command::new(words.next().map_or_else(OsString::new, Clone::clone));
    process.args(words).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    // A list of calls below a message would hide it.
    process.env("RUST_BACKTRACE", "0");
    process
}

/// What the process prints, once it has ended well.
fn finish(mut child: Child) -> Result<String, Failure> {
    let output = child.stdout.take().map(reading);
    let errors = child.stderr.take().map(reading);
    let status = loop {
        match child.try_wait().map_err(failed)? {
            Some(status) => break status,
            None if seconds_worked(child.id()) > PATIENCE => {
                let _ = child.kill();
                let _ = child.wait();
                return Err(Failure::Slow);
            }
            None => std::thread::sleep(Duration::from_millis(5)),
        }
    };
    let text = |thread: Option<JoinHandle<String>>| thread.and_then(|thread| thread.join().ok());
    let (output, errors) = (text(output).unwrap_or_default(), text(errors).unwrap_or_default());
    if status.success() {
        return Ok(output);
    }
    let how = status.signal().map_or_else(|| format!("{status}"), |signal| format!("killed by signal {signal}"));
    let told = errors.lines().rfind(|line| !line.trim().is_empty() && !line.starts_with("note: ")).unwrap_or_default();
    Err(Failure::Failed(format!("{how}: {}", told.trim().chars().take(160).collect::<String>())))
}

/// How long the processors have worked for a process; Linux counts it in hundredths of a second.
fn seconds_worked(process: u32) -> u64 {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    // The name of the program, in brackets, may contain anything.
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    fields.skip(11).take(2).filter_map(|ticks| ticks.parse::<u64>().ok()).sum::<u64>() / 100
}

/// Reads on a thread, so that a full pipe does not stop the process.
fn reading(mut stream: impl Read + Send + 'static) -> JoinHandle<String> {
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

fn failed(error: std::io::Error) -> Failure {
    Failure::Failed(error.to_string())
}

/// The number after `key=`.
fn field<T: std::str::FromStr>(line: &str, key: &str) -> Option<T> {
    let words = line.split_whitespace();
    words.filter_map(|word| word.split_once('=')).find(|(name, _)| *name == key)?.1.parse().ok()
}
