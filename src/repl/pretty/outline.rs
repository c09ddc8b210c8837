//! Lists and maps with an entry on each line, two columns further in on each level; what fits one line stays on it, and
//! short elements of lists share lines. When there are more lines than may be shown, each level is given its part of them:
//! every entry one line as long as there are enough, then what is left to those that need more. So a reply of a hundred
//! records still shows what follows the records.

use super::compact;
use super::line::{Line, Style};
use super::shape::{Children, Entry, Shape, shape};
use super::{Cut, Look, Shown};
use crate::repl::measure::count;
use crate::value::Data;

/// A longer line is harder to read than several short ones, however wide the terminal is.
const FILLED: usize = 100;

/// A wider element does not share its line.
const SHARING: usize = 24;

/// Deeper levels are on one line. No value of a script goes so deep.
const DEEPEST: usize = 200;

/// What a level may take that is too deep to be taken apart.
const MOST_OF_DEEPEST: usize = 10_000;

pub(super) fn show(value: &Data, look: &Look) -> Shown {
    let mut outline = Outline { look, out: String::new(), cut: Cut::default() };
    outline.entry(Entry { key: None, value }, 0, true, look.most_rows());
    Shown { text: outline.out, cut: outline.cut.found() }
}

struct Outline<'l> {
    look: &'l Look,
    out: String,
    cut: Cut,
}

impl Outline<'_> {
    /// Writes an entry on at most so many lines.
    fn entry(&mut self, entry: Entry<'_>, depth: usize, is_last: bool, rows: Option<usize>) {
        let comma = usize::from(!is_last);
        if let Some(line) = self.one_line(entry, depth, comma) {
            return self.end(line, comma);
        }
        match shape(entry.value) {
            Some(shape) if depth < DEEPEST && self.is_worth_it(shape, depth, rows) => {
                self.apart(entry, shape, depth, comma, rows.map(|rows| rows - 2));
            }
            _ => self.flat(entry, depth, comma),
        }
    }

    /// Whether so many lines show more of a container than one does.
    fn is_worth_it(&self, shape: Shape<'_>, depth: usize, rows: Option<usize>) -> bool {
        match rows {
            Some(3) => self.blocks(shape, depth + 1).nth(1).is_none(),
            rows => rows.is_none_or(|rows| rows > 3),
        }
    }

    /// The entry on one line, where it fits.
    fn one_line(&self, entry: Entry<'_>, depth: usize, comma: usize) -> Option<Line> {
        let mut line = Line::new(self.filled().saturating_sub(comma));
        line.pad_to(self.indentation(depth));
        compact::add_entry(entry, &mut line);
        (!line.is_over()).then_some(line)
    }

    /// The entry on one line, cut where lines are.
    fn flat(&mut self, entry: Entry<'_>, depth: usize, comma: usize) {
        let mut line = self.begin(entry, depth, comma);
        let room = match (self.look.rows, shape(entry.value)) {
            (None, None) => usize::MAX,
            (None, Some(_)) => MOST_OF_DEEPEST,
            (Some(_), _) => self.look.width.saturating_sub(line.width() + comma),
        };
        let (value, is_cut) = compact::within(entry.value, room);
        line.append(&value);
        self.cut.has_shortened |= is_cut;
        self.end(line, comma);
    }

    /// The entry with its children on lines of their own, of which there may be so many.
    fn apart(&mut self, entry: Entry<'_>, shape: Shape<'_>, depth: usize, comma: usize, rows: Option<usize>) {
        let mut line = self.begin(entry, depth, 0);
        line.add(Style::Plain, shape.open);
        self.end(line, 0);
        let blocks = self.blocks(shape, depth + 1);
        match rows {
            None => blocks.for_each(|block| self.block(block, depth + 1, None)),
            Some(rows) => self.some(blocks, depth + 1, rows),
        }
        let mut line = Line::new(usize::MAX);
        line.pad_to(self.indentation(depth));
        line.add(Style::Plain, shape.close);
        self.end(line, comma);
    }

    /// As many blocks as there are lines for.
    fn some(&mut self, blocks: Blocks<'_>, depth: usize, rows: usize) {
        let total = blocks.children.len();
        let thing = if let Children::Items(_) = blocks.children { "element" } else { "key" };
        let mut shown: Vec<Block<'_>> = blocks.take(rows.saturating_add(1)).collect();
        let has_more = shown.len() > rows;
        if has_more {
            shown.truncate(rows.saturating_sub(1));
        }
        let more = total - shown.iter().map(|block| block.entries).sum::<usize>();
        let heights = self.heights(&shown, depth, if has_more { shown.len() } else { rows });
        for (block, height) in shown.into_iter().zip(heights) {
            self.block(block, depth, Some(height));
        }
        if has_more {
            let mut line = Line::new(self.look.width);
            line.pad_to(self.indentation(depth));
            line.add(Style::Faint, &format!("… {}", count(more, &format!("more {thing}"))));
            line.cut();
            self.end(line, 0);
            match depth {
                1 => self.cut.more = Some((more, thing)),
                _ => self.cut.has_shortened = true,
            }
        }
    }

    /// How many of the lines each block gets. Small ones get what they need.
    fn heights(&self, blocks: &[Block<'_>], depth: usize, rows: usize) -> Vec<usize> {
        let mut spare = rows.saturating_sub(blocks.len());
        // Measuring ends when it is clear that there are too few.
        let mut measured = rows.saturating_mul(4);
        let mut needs: Vec<(usize, usize)> = Vec::with_capacity(blocks.len());
        for (at, block) in blocks.iter().enumerate() {
            let limit = (spare + 1).min(measured);
            let need = if spare == 0 { 1 } else { self.height(block, depth, limit).max(1) };
            measured = measured.saturating_sub(need);
            needs.push((need - 1, at));
        }
        needs.sort_unstable();
        let mut heights = vec![1; blocks.len()];
        for (ahead, (need, at)) in needs.iter().enumerate() {
            let given = spare.div_ceil(blocks.len() - ahead).min(*need);
            spare -= given;
            if let Some(height) = heights.get_mut(*at) {
                *height += given;
            }
        }
        heights
    }

    /// The lines that a block would take, counted up to a limit.
    fn height(&self, block: &Block<'_>, depth: usize, limit: usize) -> usize {
        let Content::Entry(entry) = block.content else { return 1 };
        let Some(shape) = shape(entry.value).filter(|_| depth < DEEPEST && limit > 1) else { return 1 };
        if self.one_line(entry, depth, usize::from(!block.is_last)).is_some() {
            return 1;
        }
        let mut height = 2;
        for block in self.blocks(shape, depth + 1) {
            if height >= limit {
                return limit;
            }
            height += self.height(&block, depth + 1, limit - height);
        }
        height
    }

    fn block(&mut self, block: Block<'_>, depth: usize, rows: Option<usize>) {
        match block.content {
            Content::Entry(entry) => self.entry(entry, depth, block.is_last, rows),
            Content::Shared(elements) => {
                let mut line = Line::new(usize::MAX);
                line.pad_to(self.indentation(depth));
                line.append(&elements);
                self.end(line, 0);
            }
        }
    }

    /// The indentation and the key.
    fn begin(&mut self, entry: Entry<'_>, depth: usize, comma: usize) -> Line {
        let mut line = Line::new(if self.look.rows.is_some() { self.look.width } else { usize::MAX });
        line.pad_to(self.indentation(depth));
        if let Some(key) = entry.key {
            let room = match self.look.rows {
                Some(_) => (self.look.width.saturating_sub(line.width() + comma)) / 2,
                None => usize::MAX,
            };
            let (key, is_cut) = compact::key_within(key, room);
            line.append(&key);
            line.add(Style::Plain, ": ");
            self.cut.has_shortened |= is_cut;
        }
        line
    }

    fn end(&mut self, mut line: Line, comma: usize) {
        line.widen(line.width() + comma);
        line.add(Style::Plain, if comma > 0 { "," } else { "" });
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        line.render(self.look.colour, &mut self.out);
    }

    fn filled(&self) -> usize {
        self.look.width.min(FILLED)
    }

    /// What a container holds, in blocks of which each fits beside the indentation.
    fn blocks<'a>(&self, shape: Shape<'a>, depth: usize) -> Blocks<'a> {
        Blocks { children: shape.children, at: 0, room: self.filled().saturating_sub(self.indentation(depth)) }
    }

    /// Deep levels are not moved further in: there would be no room left for them.
    fn indentation(&self, depth: usize) -> usize {
        (2 * depth).min(self.filled() / 2)
    }
}

/// What stands on lines of its own inside a container.
struct Block<'a> {
    content: Content<'a>,
    /// How many entries it has.
    entries: usize,
    is_last: bool,
}

enum Content<'a> {
    Entry(Entry<'a>),
    /// Short elements, with their commas.
    Shared(Line),
}

/// The blocks of a container, made when they are asked for.
struct Blocks<'a> {
    children: Children<'a>,
    at: usize,
    room: usize,
}

impl<'a> Iterator for Blocks<'a> {
    type Item = Block<'a>;

    fn next(&mut self) -> Option<Block<'a>> {
        let entry = self.children.get(self.at)?;
        if let Some((line, entries)) = self.shared() {
            self.at += entries;
            return Some(Block { content: Content::Shared(line), entries, is_last: self.at == self.children.len() });
        }
        self.at += 1;
        Some(Block { content: Content::Entry(entry), entries: 1, is_last: self.at == self.children.len() })
    }
}

impl Blocks<'_> {
    /// The elements from here on that share a line.
    fn shared(&self) -> Option<(Line, usize)> {
        let mut line = Line::new(self.room);
        let mut entries = 0;
        while let Some(element) = self.children.get(self.at + entries).and_then(short) {
            let blank = usize::from(entries > 0);
            let comma = usize::from(self.at + entries + 1 < self.children.len());
            if line.width() + blank + element.width() + comma > self.room {
                break;
            }
            line.add(Style::Plain, if blank > 0 { " " } else { "" });
            line.append(&element);
            line.add(Style::Plain, if comma > 0 { "," } else { "" });
            entries += 1;
        }
        (entries > 0).then_some((line, entries))
    }
}

/// A short element of a list that holds nothing itself.
fn short(entry: Entry<'_>) -> Option<Line> {
    if entry.key.is_some() || shape(entry.value).is_some() {
        return None;
    }
    let (line, is_cut) = compact::within(entry.value, SHARING);
    (!is_cut).then_some(line)
}
