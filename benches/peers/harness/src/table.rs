//! The tables, in markdown.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::bars::{Bar, COMPARED, Kind};
use crate::measurement::{Cell, Results, Row, Samples};
use crate::options::Options;
use crate::peer::{Family, PEERS, Peer};
use crate::process::PATIENCE;
use crate::waiting::Case;
use crate::workload::Mode;

/// The classes of workloads, by number.
const CLASSES: [&str; 12] = [
    "Loops",
    "Calls",
    "Appending to a text",
    "Lists and texts",
    "Maps",
    "Sorting",
    "JSON",
    "Compiling",
    "Starting, and rules",
    "Waiting",
    "Exact decimals",
    "Dates",
];

/// Everything that was measured.
pub fn document(results: &Results, bars: &[Bar], waiting: &[Case], machine: &str, options: &Options) -> String {
    let mut text = format!("{machine}\nEach figure is the median of {} processes or more.\n", options.repeats);
    bar_tables(&mut text, bars);
    for (class, title) in (1..).zip(CLASSES) {
        let rows: Vec<&Row> = results.0.iter().filter(|row| row.class == class).collect();
        let is_waiting = class == 10 && !waiting.is_empty();
        if rows.is_empty() && !is_waiting {
            continue;
        }
        let _ = write!(text, "\n#### {class}. {title}\n\n");
        let (starts, others): (Vec<&Row>, Vec<&Row>) = rows.iter().partition(|row| row.mode == Mode::Start);
        starts.iter().for_each(|row| start_table(&mut text, row));
        ratio_table(&mut text, &others);
        others.iter().filter(|row| !row.floats.is_empty()).for_each(|row| float_table(&mut text, row));
        if is_waiting {
            waiting_table(&mut text, waiting);
        }
        notes(&mut text, &rows);
    }
    reasons(&mut text, results);
    details(&mut text, results);
    text
}

/// The peers that have a column.
fn columns(rows: &[&Row], is_meant: impl Fn(&Row, &Peer) -> bool) -> Vec<&'static Peer> {
    let measured = |peer: &Peer| rows.iter().any(|row| row.cell(peer.name).is_some() && is_meant(row, peer));
    PEERS.iter().filter(|peer| measured(peer)).collect()
}

/// A row for each workload, and how many times as long as the fastest everybody took.
fn ratio_table(text: &mut String, rows: &[&Row]) {
    if rows.is_empty() {
        return;
    }
    let peers = columns(rows, |row, peer| !row.is_float(peer));
    head(text, "workload | Sluice, ms", peers.iter().map(|peer| peer.name));
    for row in rows {
        let best = row.best(|peer| !row.is_float(peer)).map_or(f64::NAN, |(_, ms)| ms);
        let ours = row.ms("sluice").map_or_else(|| "–".to_owned(), milliseconds);
        let _ = write!(text, "| `{}`: {} | {ours} |", row.name, row.title);
        for peer in &peers {
            let cell = row.cell(peer.name).filter(|_| !row.is_float(peer));
            let _ = write!(text, " {} |", cell.map_or_else(|| "–".to_owned(), |cell| ratio_cell(cell, best)));
        }
        text.push('\n');
    }
}

fn ratio_cell(cell: &Cell, best: f64) -> String {
    match cell {
        Cell::Measured(samples) if samples.median() <= best => "**1.0**".to_owned(),
        Cell::Measured(samples) => ratio(samples.median() / best),
        Cell::Less(samples, _) => format!("({} ms)", milliseconds(samples.median())),
        Cell::Wrong(_) => "WRONG".to_owned(),
        Cell::Slow => format!("> {PATIENCE} s"),
        Cell::Missing(_) => "–".to_owned(),
    }
}

/// How many times as long as those who compute with floats exact decimals take.
fn float_table(text: &mut String, row: &Row) {
    let Some(ours) = row.ms("sluice") else { return };
    let peers = columns(&[row], |row, peer| row.is_float(peer));
    text.push_str("\nThese compute with floats, whose sums are only about right. How many times as long exact sums take Sluice:\n\n");
    head(text, "workload | Sluice, ms", peers.iter().map(|peer| peer.name));
    let cell = |peer: &&Peer| match row.cell(peer.name) {
        Some(Cell::Measured(samples)) => ratio(ours / samples.median()),
        Some(other) => ratio_cell(other, f64::NAN),
        None => "–".to_owned(),
    };
    let cells: Vec<String> = peers.iter().map(cell).collect();
    let _ = writeln!(text, "| `{}` | {} | {} |", row.name, milliseconds(ours), cells.join(" | "));
}

/// A process from its start to its end.
fn start_table(text: &mut String, row: &Row) {
    let peers = columns(&[row], |_, _| true);
    let _ = write!(text, "`{}`: {}\n\n", row.name, row.title);
    head(text, "figure", peers.iter().map(|peer| peer.name));
    let mut line = |title: &str, figure: &dyn Fn(&Samples) -> Option<String>| {
        let cells: Vec<String> = peers
            .iter()
            .map(|peer| match row.cell(peer.name) {
                Some(Cell::Measured(samples)) => figure(samples).unwrap_or_else(|| "–".to_owned()),
                Some(other) => ratio_cell(other, f64::NAN),
                None => "–".to_owned(),
            })
            .collect();
        let _ = writeln!(text, "| {title} | {} |", cells.join(" | "));
    };
    line("on the clock, ms", &|samples| Some(milliseconds(samples.median())));
    line("of the processor, ms", &|samples| samples.processor_ms().map(milliseconds));
    line("peak memory, MB", &|samples| Some(format!("{:.1}", samples.peak_mb())));
    line("engine made, µs", &|samples| Some(format!("{:.0}", samples.engine_us()?)));
    text.push('\n');
}

fn waiting_table(text: &mut String, cases: &[Case]) {
    head(text, "case | who", ["time, ms", "processors, ms", "memory, MB"].into_iter());
    for case in cases {
        if let Some([time, processors, memory]) = case.reqwest {
            let _ = writeln!(text, "| {} | bare reqwest | {time:.0} | {processors:.0} | {memory:.0} |", case.title);
        }
        let cells = (0..3).map(|index| {
            let ours = case.sluice[index];
            case.reqwest.map_or_else(|| format!("{ours:.0}"), |bare| format!("{ours:.0} (× {:.2})", ours / bare[index]))
        });
        let title = if case.reqwest.is_some() { "" } else { &case.title };
        let _ = writeln!(text, "| {title} | Sluice | {} |", cells.collect::<Vec<_>>().join(" | "));
    }
}

/// Bars in two tables: those that most workloads have, as columns, and the others.
fn bar_tables(text: &mut String, bars: &[Bar]) {
    if bars.is_empty() {
        return;
    }
    let met = bars.iter().filter(|bar| bar.is_met()).count();
    let _ = write!(
        text,
        "\n#### Bars\n\n{met} of {} are met (✓). A figure is the time of Sluice divided by that of the other.\n\n",
        bars.len()
    );
    let mut names: Vec<&str> = Vec::new();
    for bar in bars.iter().filter(|bar| !matches!(bar.kind, Kind::Own(_))) {
        if names.last() != Some(&bar.workload.as_str()) {
            names.push(&bar.workload);
        }
    }
    head(text, "workload", COMPARED.iter().map(|(_, title)| *title));
    for name in names {
        let _ = write!(text, "| `{name}` |");
        for (kind, _) in COMPARED {
            let bar = bars.iter().find(|bar| bar.kind == kind && bar.workload == name);
            let cell = bar.map_or_else(String::new, |bar| match kind {
                Kind::Any | Kind::Rust => format!("{} {} {}", mark(bar), ratio(bar.figure), bar.against),
                _ => format!("{} {}", mark(bar), ratio(bar.figure)),
            });
            let _ = write!(text, " {cell} |");
        }
        text.push('\n');
    }
    text.push('\n');
    head(text, "workload | what", ["figure", "at most"].into_iter());
    for bar in bars {
        let Kind::Own(what) = bar.kind else { continue };
        let against = if bar.against.is_empty() { String::new() } else { format!(" ({})", bar.against) };
        let _ = writeln!(
            text,
            "| `{}` | {what}{against} | {} {} | {} |",
            bar.workload,
            mark(bar),
            ratio(bar.figure),
            bar.limit
        );
    }
}

fn mark(bar: &Bar) -> &'static str {
    if bar.is_met() { "✓" } else { "✗" }
}

fn head<'a>(text: &mut String, first: &str, columns: impl Iterator<Item = &'a str>) {
    let columns: Vec<&str> = columns.collect();
    let firsts = first.split('|').count();
    let lines = format!("{}{}", "| --- ".repeat(firsts), "| ---: ".repeat(columns.len()));
    let _ = writeln!(text, "| {first} | {} |\n{lines}|", columns.join(" | "));
}

fn notes(text: &mut String, rows: &[&Row]) {
    let notes = rows.iter().filter(|row| !row.note.is_empty());
    let notes: Vec<String> = notes.map(|row| format!("- `{}`: {}\n", row.name, row.note)).collect();
    if !notes.is_empty() {
        let _ = write!(text, "\n{}", notes.concat());
    }
}

/// Why a cell is empty, or in brackets.
fn reasons(text: &mut String, results: &Results) {
    let mut reasons: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
    for row in &results.0 {
        for (peer, cell) in &row.cells {
            let reason = match cell {
                Cell::Missing(reason) => reason.as_str(),
                Cell::Less(_, answer) if answer.parse::<usize>().is_ok() => "finds other errors than were made",
                Cell::Less(_, answer) | Cell::Wrong(answer) => answer.as_str(),
                Cell::Slow => "was ended",
                Cell::Measured(_) => continue,
            };
            reasons.entry((peer.name, reason)).or_default().push(&row.name);
        }
    }
    if reasons.is_empty() {
        return;
    }
    text.push_str("\n#### Who is missing where\n\n");
    for ((peer, reason), workloads) in reasons {
        let all = if workloads.len() == results.0.len() { "everywhere".to_owned() } else { workloads.join(", ") };
        let _ = writeln!(text, "- {peer}: {reason} ({all})");
    }
}

/// Everything, for whoever wants to know.
fn details(text: &mut String, results: &Results) {
    text.push_str("\n<details><summary>Every figure</summary>\n\n");
    head(text, "workload | who", ["median, ms", "least, ms", "peak memory, MB", "processes"].into_iter());
    for row in &results.0 {
        for (peer, cell) in &row.cells {
            let (Cell::Measured(samples) | Cell::Less(samples, _)) = cell else { continue };
            let (median, minimum) = (milliseconds(samples.median()), milliseconds(samples.minimum()));
            let ours = if peer.family == Family::Sluice { "**" } else { "" };
            let _ = writeln!(
                text,
                "| {} | {ours}{}{ours} | {median} | {minimum} | {:.1} | {} |",
                row.name,
                peer.name,
                samples.peak_mb(),
                samples.count()
            );
        }
    }
    text.push_str("\n</details>\n");
}

fn ratio(value: f64) -> String {
    match value {
        value if value < 10.0 => format!("{value:.2}"),
        value if value < 100.0 => format!("{value:.1}"),
        value => format!("{value:.0}"),
    }
}

fn milliseconds(value: f64) -> String {
    match value {
        value if value < 1.0 => format!("{value:.3}"),
        value if value < 100.0 => format!("{value:.2}"),
        value => format!("{value:.0}"),
    }
}
