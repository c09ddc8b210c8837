//! Runs every case in processes of its own, ours and bare reqwest in turn, and prints the medians: as a table, or as lines for
//! the harness.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

/// Milliseconds, milliseconds of the processors, megabytes of one process.
type Figures = [f64; 3];

/// What there is to be measured: the name that the harness knows it by, what it does, how late the server answers, and the words
/// for a client.
const CALLS: [(&str, &str, u64, &[&str]); 4] = [
    ("waiting_calls", "10,000 scripts, 3 calls answered after 50 ms", 50, &["calls", "10000"]),
    ("waiting_calls_at_once", "10,000 scripts, 3 calls answered at once", 0, &["calls", "10000"]),
    ("one_script", "1 script, 20,000 calls that post 1 KB of JSON", 0, &["posts", "1", "20000"]),
    ("scripts_64", "64 scripts, 500 such calls each", 0, &["posts", "64", "500"]),
];

/// The medians of a case: of Sluice, and of bare reqwest where that does the same.
struct Case {
    name: &'static str,
    title: &'static str,
    sluice: Figures,
    reqwest: Option<Figures>,
}

/// Every case, so many times, as a table.
pub fn table(times: usize) {
    println!("| case | | time (ms) | processors (ms) | memory (MB) |");
    println!("| --- | --- | ---: | ---: | ---: |");
    each(times, |case| {
        if let Some(bare) = case.reqwest {
            row(case.title, "bare reqwest", bare, None);
        }
        row(if case.reqwest.is_some() { "" } else { case.title }, "Sluice", case.sluice, case.reqwest);
    });
}

/// The same for the harness: name, title and figures, parted by tabs.
pub fn figures(times: usize) {
    let shown = |[time, processors, memory]: Figures| format!("{time:.1} {processors:.1} {memory:.1}");
    each(times, |case| {
        let bare = case.reqwest.map(shown).unwrap_or_default();
        println!("{}\t{}\t{}\t{bare}", case.name, case.title, shown(case.sluice));
    });
}

fn each(times: usize, tell: impl Fn(Case)) {
    let timer = medians((0..times).map(|_| child(&["timer", "10000"])).collect());
    let title = "10,000 scripts wait 3 times 50 ms on a timer";
    tell(Case { name: "waiting_timer", title, sluice: timer, reqwest: None });
    for (name, title, delay, words) in CALLS {
        let (sluice, reqwest) = pair(delay, words, times);
        tell(Case { name, title, sluice, reqwest: Some(reqwest) });
    }
}

/// What Sluice and bare reqwest need, in turn.
fn pair(delay: u64, words: &[&str], times: usize) -> (Figures, Figures) {
    let (mut ours, mut bare) = (Vec::new(), Vec::new());
    for _ in 0..times {
        for (name, figures) in [("reqwest", &mut bare), ("sluice", &mut ours)] {
            // Each has a server that has done nothing yet.
            let (mut server, url) = serve(delay);
            let mut all = vec![words[0], name, &url];
            all.extend(&words[1..]);
            figures.push(child(&all));
            drop(server.stdin.take());
            let _ = server.wait();
        }
    }
    (medians(ours), medians(bare))
}

fn row(title: &str, who: &str, [time, processors, memory]: Figures, bare: Option<Figures>) {
    let ratio = |ours: f64, index: usize| bare.map_or(String::new(), |bare| format!(" (× {:.2})", ours / bare[index]));
    let (times, works, sizes) = (ratio(time, 0), ratio(processors, 1), ratio(memory, 2));
    println!("| {title} | {who} | {time:.0}{times} | {processors:.0}{works} | {memory:.0}{sizes} |");
}

fn serve(delay: u64) -> (Child, String) {
    let mut child = command(&["serve", &delay.to_string()]).stdin(Stdio::piped()).spawn().expect("a server");
    let mut line = String::new();
    let output = child.stdout.take().expect("its output");
    BufReader::new(output).read_line(&mut line).expect("its port");
    (child, format!("http://127.0.0.1:{}/", line.trim()))
}

fn child(words: &[&str]) -> Figures {
    let output = command(words).output().expect("a process");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let figures: Vec<f64> = text.split_whitespace().filter_map(|word| word.parse().ok()).collect();
    figures.try_into().unwrap_or_else(|_| panic!("{words:?} failed: {}", String::from_utf8_lossy(&output.stderr)))
}

fn command(words: &[&str]) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("this program"));
    command.args(words).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// The median of each figure.
fn medians(all: Vec<Figures>) -> Figures {
    [0, 1, 2].map(|index| {
        let mut sorted: Vec<f64> = all.iter().map(|figures| figures[index]).collect();
        sorted.sort_by(f64::total_cmp);
        sorted[sorted.len() / 2]
    })
}
