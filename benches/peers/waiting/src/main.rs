//! Measures how many scripts can wait at once, and what a script's calls cost beside bare reqwest. Every figure comes from
//! a process of its own, because memory that one case used would be counted for the next; the server is a process as well.
//!
//! ```sh
//! cargo run --release --manifest-path benches/peers/Cargo.toml -p waiting            # everything, as a table
//! cargo run --release --manifest-path benches/peers/Cargo.toml -p waiting -- timer 10000
//! ```

mod calls;
mod report;
mod server;
mod timer;

use std::time::Instant;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words[..] {
        [] => report::table(5),
        ["repeat", times] => report::table(number(times)),
        ["figures", times] => report::figures(number(times)),
        ["serve", delay] => server::serve(number(delay) as u64),
        ["timer", scripts] => measured(|| timer::run(number(scripts))),
        ["calls", "sluice", url, scripts] => measured(|| calls::sluice(url, number(scripts), 3, calls::Kind::Get)),
        ["calls", "reqwest", url, scripts] => measured(|| calls::reqwest(url, number(scripts), 3, calls::Kind::Get)),
        ["posts", "sluice", url, scripts, each] => {
            measured(|| calls::sluice(url, number(scripts), number(each), calls::Kind::Post));
        }
        ["posts", "reqwest", url, scripts, each] => {
            measured(|| calls::reqwest(url, number(scripts), number(each), calls::Kind::Post));
        }
        _ => eprintln!("see the head of benches/peers/waiting/src/main.rs"),
    }
}

fn number(word: &str) -> usize {
    word.parse().expect("a number")
}

/// Prints the time of the work and what the processors worked, in milliseconds, and the most memory that the process held,
/// in megabytes.
fn measured(work: impl FnOnce()) {
    let begun = Instant::now();
    work();
    let time = begun.elapsed();
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let of = |key: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(key));
        line.and_then(|rest| rest.split_whitespace().next()?.parse::<f64>().ok()).unwrap_or_default()
    };
    println!("{:.1} {:.1} {:.1}", time.as_secs_f64() * 1e3, processor_time(), of("VmHWM:") / 1e3);
}

/// Milliseconds that the processors worked for this process, ended threads included, which other processes on a busy machine
/// change little. The system counts in hundredths of a second.
fn processor_time() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The name of the program, in brackets, may contain anything.
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    fields.skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() * 10.0
}
