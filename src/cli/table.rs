//! Tables for people: a header, a line, rows. Scripts use `--json`.

use comfy_table::{ContentArrangement, LineStyle, Table, TableStyle};

const STYLE: TableStyle = TableStyle::new().header_separator(LineStyle::none().fill('─').junction('─'));

/// Draws rows under a header.
pub(super) fn draw<const COLUMNS: usize>(
    header: [&str; COLUMNS],
    rows: impl IntoIterator<Item = [String; COLUMNS]>,
) -> String {
    let mut table = empty();
    table.set_header(header);
    table.add_rows(rows);
    table.trim_fmt()
}

/// Draws columns of the same length, each under its header.
pub(super) fn draw_columns<'a>(columns: impl IntoIterator<Item = (&'a str, &'a [String])>) -> String {
    let (header, columns): (Vec<&str>, Vec<&[String]>) = columns.into_iter().unzip();
    let rows = columns.first().map_or(0, |column| column.len());
    let mut table = empty();
    table.set_header(header);
    for row in 0..rows {
        table.add_row(columns.iter().map(|column| column.get(row).map(String::as_str).unwrap_or_default()));
    }
    table.trim_fmt()
}

fn empty() -> Table {
    let mut table = Table::new();
    table.load_style(STYLE).set_content_arrangement(ContentArrangement::Disabled);
    table
}

/// The first few of many.
pub(super) fn some(names: &[String], shown: usize) -> String {
    let mut text = names.iter().take(shown).map(String::as_str).collect::<Vec<_>>().join(", ");
    if names.len() > shown {
        text.push_str(&format!(" and {} more", names.len() - shown));
    }
    text
}

/// A number of things: `1 file`, `2 files`.
pub(super) fn count(number: usize, thing: &str) -> String {
    format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
}
