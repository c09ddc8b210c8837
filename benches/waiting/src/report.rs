//! Runs every case in processes of its own, ours and bare reqwest in turn, and prints the medians as a table.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

/// Milliseconds, milliseconds of the processors, megabytes of one process.
type Figures = [f64; 3];

/// Every case, so many times.
pub fn all(times: usize) {
    println!("| case | | time (ms) | processors (ms) | memory (MB) |");
    println!("| --- | --- | ---: | ---: | ---: |");
    let timer = medians((0..times).map(|_| child(&["timer", "10000"])).collect());
    row("10,000 scripts wait 3 times 50 ms on a timer", "Sluice", timer, None);
    for (title, delay, words) in [
        ("10,000 scripts, 3 calls answered after 50 ms", 50, ["calls", "10000"].as_slice()),
        ("10,000 scripts, 3 calls answered at once", 0, &["calls", "10000"]),
        ("1 script, 20,000 calls that post 1 KB of JSON", 0, &["posts", "1", "20000"]),
        ("64 scripts, 500 such calls each", 0, &["posts", "64", "500"]),
    ] {
        pair(title, delay, words, times);
    }
}

fn pair(title: &str, delay: u64, words: &[&str], times: usize) {
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
    let (bare, ours) = (medians(bare), medians(ours));
    row(title, "bare reqwest", bare, None);
    row("", "Sluice", ours, Some(bare));
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
