//! The recorded answers, by what was asked. Equal requests share a track, on which each takes the next answer; so two runs
//! at once take different ones, and the k-th equal request gets the k-th answer.

use std::collections::HashMap;

use super::Report;
use super::asked::Asked;
use super::exchange::{Answered, Exchange};
use super::matchers::Matchers;
use super::nearest::{differences, likeness};
use super::parts::Parts;

/// How many tracks are compared for the nearest one.
const MOST_COMPARED: usize = 5_000;

/// All recorded answers.
pub(super) struct Answers {
    tracks: Vec<Track>,
    by_key: HashMap<String, usize>,
    replayed: usize,
    missed: usize,
}

/// The answers to equal requests, in order, with the names of their files.
struct Track {
    parts: Parts,
    answers: Vec<(String, Answered)>,
    next: usize,
}

/// What was found for a request.
pub(super) enum Found {
    /// A file and its answer.
    Answer(String, Answered),
    Nothing(Miss),
}

/// Why nothing was found.
pub(super) struct Miss {
    pub message: String,
    /// Lines, each with its end.
    pub help: String,
}

impl Answers {
    /// The answers of these exchanges.
    pub(super) fn new(exchanges: Vec<(String, Exchange)>, matchers: &Matchers) -> Self {
        let mut answers = Self { tracks: Vec::new(), by_key: HashMap::new(), replayed: 0, missed: 0 };
        for (file, exchange) in exchanges {
            let parts = Parts::of(&exchange.asked, matchers);
            let at = *answers.by_key.entry(parts.key()).or_insert(answers.tracks.len());
            if at == answers.tracks.len() {
                answers.tracks.push(Track { parts, answers: Vec::new(), next: 0 });
            }
            if let Some(track) = answers.tracks.get_mut(at) {
                track.answers.push((file, exchange.answered));
            }
        }
        answers
    }

    /// The next answer for a request. `quietly` says that a miss is no failure, so that it need not be explained.
    pub(super) fn take(&mut self, parts: &Parts, asked: &Asked, repeats: bool, quietly: bool) -> Found {
        if let Some((file, answered)) = self.next_for(parts, repeats) {
            self.replayed += 1;
            return Found::Answer(file, answered);
        }
        if quietly {
            return Found::Nothing(Miss { message: String::new(), help: String::new() });
        }
        self.missed += 1;
        Found::Nothing(self.explain(parts, asked))
    }

    fn next_for(&mut self, parts: &Parts, repeats: bool) -> Option<(String, Answered)> {
        let exact = self.by_key.get(&parts.key()).copied();
        if let Some(answer) = exact.and_then(|at| self.tracks.get_mut(at)?.take(false)) {
            return Some(answer);
        }
        // Masks stand for whatever was there, so the exact look-up misses them.
        let mut fitting = self.tracks.iter_mut().filter(|track| track.next < track.answers.len() || repeats);
        let unused = fitting.find(|track| track.parts.answers(parts)).and_then(|track| track.take(repeats));
        unused.or_else(|| exact.and_then(|at| self.tracks.get_mut(at)?.take(repeats)))
    }

    /// Adds what became of the answers.
    pub(super) fn tell(&self, report: &mut Report) {
        report.replayed = self.replayed;
        report.missed = self.missed;
        let unused = self.tracks.iter().flat_map(|track| track.answers.iter().skip(track.next));
        report.unused = unused.map(|(file, _)| file.clone()).collect();
        report.unused.sort();
    }

    fn explain(&self, parts: &Parts, asked: &Asked) -> Miss {
        let message = format!("no recorded answer is left for {}", asked.words());
        let compared = self.tracks.iter().take(MOST_COMPARED);
        let nearest = compared.map(|track| (likeness(&track.parts, parts), track)).max_by_key(|(points, _)| *points);
        let Some((_, track)) = nearest else {
            return Miss { message, help: "the cassette has no exchange at all\n".to_owned() };
        };
        let file = track.answers.first().map_or("", |(file, _)| file.as_str());
        let differs = differences(&track.parts, parts);
        if differs.is_empty() {
            let times = track.answers.len();
            let help = format!(
                "it was recorded {times} {} ({file}) and is asked once more; `repeat` among the words of --match gives the last answer again\n",
                if times == 1 { "time" } else { "times" }
            );
            return Miss { message, help };
        }
        let lines: String = differs.iter().map(|line| format!("  {line}\n")).collect();
        Miss { message, help: format!("the nearest is {file}, which differs:\n{lines}") }
    }
}

impl Track {
    fn take(&mut self, repeats: bool) -> Option<(String, Answered)> {
        let at = if repeats { self.next.min(self.answers.len().saturating_sub(1)) } else { self.next };
        let answer = self.answers.get(at).cloned()?;
        self.next = (at + 1).min(self.answers.len());
        Some(answer)
    }
}
