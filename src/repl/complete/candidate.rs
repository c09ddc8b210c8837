//! What can be typed next, and how a list of it is shown: a name and one line about it, each on a line of its own.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// More candidates than these are cut; the last one of the list stays, so that what all begin with is found all the same.
const MOST: usize = 1_000;
/// Names are padded up to this many columns.
const MOST_PADDED: usize = 32;

/// One proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// How it is called in the list.
    pub name: String,
    /// What takes the place of what was typed.
    pub insert: String,
    /// One line about it; may be empty.
    pub about: String,
}

impl Candidate {
    /// A candidate that is inserted as it is called.
    pub(super) fn new(name: &str, about: &str) -> Self {
        Self::inserting(name, name.to_owned(), about)
    }

    /// A candidate with a text to insert.
    pub(super) fn inserting(name: &str, insert: String, about: &str) -> Self {
        Self { name: name.to_owned(), insert, about: about.to_owned() }
    }
}

/// Candidates in the order in which they are shown.
#[derive(Debug, Default)]
pub(super) struct Candidates {
    list: Vec<Candidate>,
}

impl Candidates {
    /// Whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Adds one; of one name the first counts.
    pub(super) fn add(&mut self, candidate: Candidate) {
        self.list.push(candidate);
    }

    /// Adds a group: by name, behind those that are there.
    pub(super) fn add_sorted(&mut self, group: impl IntoIterator<Item = Candidate>) {
        let mut group: Vec<Candidate> = group.into_iter().collect();
        group.sort_by_cached_key(|candidate| (candidate.name.to_lowercase(), candidate.name.clone()));
        self.list.extend(group);
    }

    /// The list, each name once, without what cannot be shown on a line.
    pub(super) fn finish(self) -> Vec<Candidate> {
        let mut names = std::collections::HashSet::new();
        let mut list: Vec<Candidate> = self.list;
        list.retain(|candidate| candidate.name.chars().all(is_shown) && names.insert(candidate.name.clone()));
        if list.len() > MOST
            && let Some(last) = list.pop()
        {
            list.truncate(MOST - 1);
            list.push(last);
        }
        list
    }
}

/// The lines of a list of candidates on a terminal of so many columns. The first is padded so that no two stand side by
/// side when something is said about any of them.
pub fn menu(candidates: &[Candidate], width: usize) -> Vec<String> {
    let width = width.clamp(20, 400) - 2;
    let longest = candidates.iter().map(|candidate| candidate.name.width()).max().unwrap_or(0);
    let padding = longest.min(MOST_PADDED);
    let in_columns = candidates.iter().all(|candidate| candidate.about.is_empty());
    let mut lines: Vec<String> = candidates
        .iter()
        .map(|candidate| match candidate.about.as_str() {
            "" => cut(&candidate.name, width),
            about => {
                let blanks = padding.saturating_sub(candidate.name.width()) + 2;
                cut(&format!("{}{}{about}", candidate.name, " ".repeat(blanks)), width)
            }
        })
        .collect();
    if let Some(first) = lines.first_mut().filter(|_| !in_columns) {
        let missing = (width / 2 + 2).saturating_sub(first.width());
        first.extend(std::iter::repeat_n(' ', missing));
    }
    lines
}

/// A line of at most so many columns.
fn cut(line: &str, width: usize) -> String {
    let line = line.lines().next().unwrap_or_default();
    if line.width() <= width {
        return line.to_owned();
    }
    let mut columns = 1;
    let mut cut: String = line
        .chars()
        .take_while(|letter| {
            columns += letter.width().unwrap_or(0);
            columns <= width
        })
        .collect();
    cut.push('…');
    cut
}

/// Whether a character leaves the terminal and the order of its line as they are.
fn is_shown(letter: char) -> bool {
    !letter.is_control()
        && !matches!(letter, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}
