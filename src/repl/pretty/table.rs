//! Lists of maps as tables, one map a row. The columns are the keys in the order in which they appear, and their widths come
//! from the rows that are shown. A table is never wider than the terminal: long cells are cut, then columns are left out
//! and named below. Where nothing may be left out, a list that makes no such table is not shown as one.

use std::borrow::Cow;

use indexmap::IndexMap;

use super::compact;
use super::line::{Escapes, Line, Style};
use super::shape::{add_scalar, shape};
use super::{Cut, Look, Shown};
use crate::repl::measure::count;
use crate::value::Data;

/// No column is made narrower as long as its content is wider: rather are columns left out. Numbers and ids stay whole,
/// because a part of one looks like another.
const NARROWEST: usize = 8;

/// The width that a column may have where values are cut.
const WIDEST: usize = 60;

/// The width that a column may have where they are not.
const WIDEST_UNCUT: usize = 120;

/// The digits of an id.
const LONGEST_ID: usize = 20;

/// The rows at the end that a cut table shows.
const TAIL: usize = 3;

/// The lines of a cut table that are no rows: head, rule, `…` and the number of rows.
const FRAME: usize = 4;

/// The blanks between columns.
const GAP: usize = 2;

/// The rows of which it is checked that they are maps, apart from those that are shown.
const CHECKED: usize = 10_000;

/// The pairs that are looked at where not everything is shown.
const MOST_PAIRS: usize = 200_000;

/// The table of a list or collection that holds maps and nothing else.
pub(super) fn show(value: &Data, look: &Look) -> Option<Shown> {
    let (Data::List { items, .. } | Data::Elements(items)) = value else { return None };
    let (head, tail) = rows(items, look);
    let checked = items.len().min(CHECKED.max(head));
    let mut checked = items.get(..checked)?.iter().chain(items.get(tail..)?);
    if items.is_empty() || !checked.all(|item| matches!(item, Data::Map(_))) {
        return None;
    }
    let shown: Vec<&Data> = items.get(..head)?.iter().chain(items.get(tail..)?).collect();
    let mut columns = Columns::of(&shown, look)?;
    columns.note_others(items.get(head..tail)?);
    let widths = columns.fit(look)?;
    Some(draw(columns, &widths, (head, items.len()), look))
}

/// The rows that are shown: those before the first number, and those from the second on.
fn rows(items: &[Data], look: &Look) -> (usize, usize) {
    match look.most_rows() {
        Some(most) if items.len() > most.saturating_sub(FRAME - 1) => {
            let shown = most.saturating_sub(FRAME).max(1);
            let tail = if shown > 2 * TAIL { TAIL } else { shown / 2 };
            (shown - tail, items.len() - tail)
        }
        _ => (items.len(), items.len()),
    }
}

/// A key as the head of a column: the number 1 and the text "1" are two.
#[derive(PartialEq, Eq, Hash)]
enum Name<'a> {
    Text(&'a str),
    Other(String),
}

/// What is known of the rows that are shown.
struct Columns<'a> {
    /// Heads, with the cells under each by the number of their row. Columns beyond those that could fit have none.
    cells: IndexMap<Name<'a>, Vec<(usize, Cell<'a>)>, foldhash::fast::RandomState>,
    rows: usize,
}

struct Cell<'a> {
    value: &'a Data,
    line: Line,
    is_cut: bool,
}

impl<'a> Columns<'a> {
    /// `None` for maps without any key, and where there is too much for a table in which nothing may be left out.
    fn of(rows: &[&'a Data], look: &Look) -> Option<Self> {
        let mut columns = Columns { cells: IndexMap::default(), rows: rows.len() };
        let may_cut = look.rows.is_some();
        let (pairs, widest) =
            if may_cut { (MOST_PAIRS / rows.len().max(1), WIDEST) } else { (usize::MAX, WIDEST_UNCUT) };
        let most = look.width / (GAP + 1) + 1;
        for (row, map) in rows.iter().enumerate() {
            for (key, value) in pairs_of(map).iter().take(pairs) {
                let entry = columns.cells.entry(name(key));
                let may_fit = entry.index() < most;
                let cells = entry.or_default();
                if may_fit && cells.last().is_none_or(|(last, _)| *last != row) {
                    cells.push((row, Cell::new(value, widest)));
                }
                if !may_cut && (!may_fit || cells.last().is_some_and(|(_, cell)| cell.is_cut)) {
                    return None;
                }
            }
        }
        (!columns.cells.is_empty()).then_some(columns)
    }

    /// Adds the names of columns that have nothing in the rows that are shown.
    fn note_others(&mut self, rows: &'a [Data]) {
        let keys = rows.iter().take(CHECKED).flat_map(pairs_of).map(|(key, _)| key);
        for key in keys.take(MOST_PAIRS) {
            self.cells.entry(name(key)).or_default();
        }
    }

    /// The widths of the first columns, as many as fit. `None` when that does not show all, and all must be shown.
    fn fit(&self, look: &Look) -> Option<Vec<usize>> {
        let natural = self.cells.iter().take_while(|(_, cells)| !cells.is_empty());
        let natural: Vec<(usize, usize)> =
            natural.map(|(name, cells)| (natural_width(name, cells), least(cells))).collect();
        let room = |columns: usize| look.width.saturating_sub(1 + columns.saturating_sub(1) * GAP);
        let total = |columns: usize, widest: usize| -> usize {
            natural.iter().take(columns).map(|(natural, least)| (*natural).min(widest.max(*least))).sum()
        };
        let all = natural.len();
        if look.rows.is_none() {
            return (total(all, usize::MAX) <= room(all))
                .then(|| natural.iter().map(|(natural, _)| *natural).collect());
        }
        let fitting = (1..=all).take_while(|columns| total(*columns, NARROWEST) <= room(*columns)).last()?;
        let widest = (NARROWEST..=WIDEST).take_while(|widest| total(fitting, *widest) <= room(fitting)).last();
        let widest = widest.unwrap_or(NARROWEST);
        let mut spare = room(fitting).saturating_sub(total(fitting, widest));
        let width = |(natural, least): &(usize, usize)| {
            let width = (*natural).min(widest.max(*least));
            let one = usize::from(spare > 0 && width < *natural);
            spare -= one;
            width + one
        };
        Some(natural.iter().take(fitting).map(width).collect())
    }
}

fn natural_width(name: &Name<'_>, cells: &[(usize, Cell<'_>)]) -> usize {
    let head = head(name, WIDEST_UNCUT).0.width();
    cells.iter().map(|(_, cell)| cell.line.width()).fold(head.max(1), usize::max)
}

/// The width that a column has at least.
fn least(cells: &[(usize, Cell<'_>)]) -> usize {
    let whole = cells.iter().filter(|(_, cell)| cell.must_be_whole()).map(|(_, cell)| cell.line.width());
    whole.fold(NARROWEST, usize::max)
}

impl<'a> Cell<'a> {
    fn new(value: &'a Data, room: usize) -> Self {
        let (line, is_cut) = match value {
            Data::Text(text) if !is_misleading(text) => loose(text, Style::Text, room),
            Data::DateTime(date) => loose(&date.print(), Style::Date, room),
            Data::Time(time) => loose(&time.print(), Style::Date, room),
            Data::File(file) => loose(&file.name, Style::Date, room),
            other => compact::within(other, room),
        };
        Self { value, line, is_cut }
    }

    fn must_be_whole(&self) -> bool {
        match self.value {
            Data::Text(text) => text.len() <= LONGEST_ID && text.bytes().all(|byte| byte.is_ascii_digit()),
            _ => self.is_number(),
        }
    }

    fn is_number(&self) -> bool {
        matches!(self.value, Data::Number(_) | Data::Decimal(_))
    }
}

/// Whether a text needs its quotes to be told from another value, or to be seen at all.
fn is_misleading(text: &str) -> bool {
    matches!(text, "" | "null" | "true" | "false") || text.starts_with([' ', '"']) || text.ends_with(' ')
}

fn loose(text: &str, style: Style, room: usize) -> (Line, bool) {
    let mut line = Line::new(room);
    line.add_foreign(style, text, Escapes::Few);
    let is_cut = line.cut();
    (line, is_cut)
}

fn name(key: &Data) -> Name<'_> {
    match key {
        Data::Text(text) => Name::Text(text),
        other => {
            let mut line = Line::new(WIDEST_UNCUT);
            if shape(other).is_some() {
                compact::add(other, &mut line)
            } else {
                add_scalar(other, &mut line)
            }
            line.cut();
            Name::Other(plain(&line))
        }
    }
}

fn head(name: &Name<'_>, room: usize) -> (Line, bool) {
    let text: Cow<'_, str> = match name {
        Name::Text("") => "\"\"".into(),
        Name::Text(text) => (*text).into(),
        Name::Other(text) => text.as_str().into(),
    };
    loose(&text, Style::Heading, room)
}

fn plain(line: &Line) -> String {
    let mut text = String::new();
    line.render(false, &mut text);
    text
}

/// Draws a table whose columns are settled; `head` rows stand before the gap, and the list has `total`.
fn draw(columns: Columns<'_>, widths: &[usize], (head, total): (usize, usize), look: &Look) -> Shown {
    let mut heading = Line::new(usize::MAX);
    let mut rows = vec![Line::new(usize::MAX); columns.rows];
    let mut cut = Cut { columns: columns.cells.len() - widths.len(), ..Cut::default() };
    let footer = footer(&columns, widths.len(), total, look);
    let mut start = 1;
    for ((name, cells), width) in columns.cells.into_iter().zip(widths) {
        let end = start + width;
        let has_numbers = cells.iter().all(|(_, cell)| cell.is_number() || matches!(cell.value, Data::Null));
        place(&self::head(&name, *width).0, &mut heading, start, end, has_numbers);
        for (row, mut cell) in cells {
            if cell.line.width() > *width {
                cell = Cell::new(cell.value, *width);
            }
            cut.has_shortened |= cell.is_cut;
            if let Some(row) = rows.get_mut(row) {
                place(&cell.line, row, start, end, cell.is_number());
            }
        }
        start = end + GAP;
    }
    let mut lines = vec![heading, said(&"─".repeat(start - GAP + 1), look)];
    let left_out = total.saturating_sub(rows.len());
    let tail = rows.split_off(head.min(rows.len()));
    lines.extend(rows);
    if left_out > 0 {
        lines.push(said(&format!(" … {}", count(left_out, "more row")), look));
        cut.more = Some((left_out, "row"));
    }
    lines.extend(tail);
    lines.push(footer);
    let mut text = String::new();
    for (number, line) in lines.iter().enumerate() {
        text.push_str(if number > 0 { "\n" } else { "" });
        line.render(look.colour, &mut text);
    }
    Shown { text, cut: cut.found() }
}

fn place(cell: &Line, row: &mut Line, start: usize, end: usize, to_the_right: bool) {
    row.pad_to(if to_the_right { end.saturating_sub(cell.width()) } else { start });
    row.append(cell);
}

/// How many rows there are, and which columns are not shown.
fn footer(columns: &Columns<'_>, shown: usize, total: usize, look: &Look) -> Line {
    let mut line = said(&format!(" {}", count(total, "row")), look);
    let more = columns.cells.len() - shown;
    for (number, name) in columns.cells.keys().skip(shown).enumerate() {
        match number {
            0 => line.add(Style::Faint, &format!(", and {}: ", count(more, "more column"))),
            _ => line.add(Style::Faint, ", "),
        }
        if line.is_over() {
            break;
        }
        let text = plain(&head(name, WIDEST_UNCUT).0);
        line.add(Style::Faint, &text);
    }
    line.cut();
    line
}

fn said(text: &str, look: &Look) -> Line {
    let mut line = Line::new(look.width);
    line.add(Style::Faint, text);
    line
}

fn pairs_of(row: &Data) -> &[(Data, Data)] {
    match row {
        Data::Map(pairs) => pairs,
        _ => &[],
    }
}
