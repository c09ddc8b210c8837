//! `sluice connections list`. A terminal that is too narrow for all columns gets fewer of them, the important ones first;
//! `show` and `--json` have everything.

use std::borrow::Cow;

use clap::Args;
use serde_json::Value;

use super::super::table::{draw_columns, some};
use super::super::{Error, report};
use super::{Common, Place};
use crate::connections::{Kind, Summary};

/// The longest cell of a list of scopes, in characters.
const SCOPES: usize = 32;

#[derive(Args, Debug)]
pub(in crate::cli) struct Options {
    #[command(flatten)]
    pub(super) common: Common,
}

pub(super) fn main(options: &Options, place: &Place) -> Result<(), Error> {
    let (connections, output) = (place.connections()?, &place.output);
    let all = connections.summaries()?;
    if options.common.json {
        output.json(&all.iter().map(report::connection).collect::<Value>());
        return Ok(());
    }
    if all.is_empty() {
        output.result("There are no connections yet. `sluice connections create --help` tells how to make one.");
        return Ok(());
    }
    let (table, left_out) = fitting(columns(&all), output.width());
    output.result(&table);
    if !left_out.is_empty() {
        let names = left_out.join(", ");
        output.result(&format!("\nLeft out for want of room: {names}."));
        output.result("`sluice connections show NAME` has everything.");
    }
    for one in all.iter().filter(|one| first_of(&all, one)) {
        one.warnings.iter().for_each(|warning| output.warning(&format!("\"{}\": {warning}", one.link_name)));
    }
    let mut vaults: Vec<&str> = all.iter().map(|one| one.vault.as_str()).collect();
    vaults.sort_unstable();
    vaults.dedup();
    vaults.iter().for_each(|vault| {
        output.result(&format!("\nCredentials are in {vault}."));
    });
    Ok(())
}

/// Whether no other authorisation of the same connection comes before this one.
fn first_of(all: &[Summary], one: &Summary) -> bool {
    all.iter().find(|other| other.link_name == one.link_name) == Some(one)
}

/// One column of the table.
struct Column {
    header: &'static str,
    cells: Vec<String>,
    /// Of the columns that do not fit, the one with the highest number goes first; 0 stays.
    goes: u8,
}

/// What there is to show, without users and groups where there are none.
fn columns(all: &[Summary]) -> Vec<Column> {
    let column = |header, goes, cell: &dyn Fn(&Summary) -> String| Column {
        header,
        cells: all.iter().map(cell).collect(),
        goes,
    };
    let mut columns = vec![
        column("link name", 0, &|one| one.link_name.clone()),
        column("of", 3, &|one| one.kind.as_str().to_owned()),
        column("service", 2, &|one| one.service.clone()),
        column("state", 0, &|one| one.status.as_str().to_owned()),
        column("user", 1, &|one| one.user.clone().unwrap_or_default()),
        column("account", 5, &|one| one.account.clone().unwrap_or_default()),
        column("scopes", 8, &|one| cut(&some(&one.scopes, 2), SCOPES).into_owned()),
        column("last used", 6, &|one| one.last_used.map(ago).unwrap_or_default()),
        column("expires in", 4, &|one| one.expires_in.map(remaining).unwrap_or_default()),
        column("default for", 7, &|one| one.default_for.join(", ")),
    ];
    let is_asked_for = |header| ["user", "default for"].iter().all(|one| *one != header);
    columns.retain(|column| is_asked_for(column.header) || column.cells.iter().any(|cell| !cell.is_empty()));
    if all.iter().all(|one| one.kind == Kind::My) {
        columns.retain(|column| column.header != "of");
    }
    columns
}

/// The table within a width, and the headers of what did not fit.
fn fitting(mut columns: Vec<Column>, width: Option<usize>) -> (String, Vec<&'static str>) {
    let mut left_out = Vec::new();
    loop {
        let table = draw_columns(columns.iter().map(|column| (column.header, column.cells.as_slice())));
        let is_wide = width.is_some_and(|width| table.lines().any(|line| line.chars().count() > width));
        let goes = columns.iter().map(|column| column.goes).max().unwrap_or_default();
        if !is_wide || goes == 0 {
            return (table, left_out);
        }
        left_out.extend(columns.iter().filter(|column| column.goes == goes).map(|column| column.header));
        columns.retain(|column| column.goes != goes);
    }
}

/// A text of at most so many characters.
fn cut(text: &str, most: usize) -> Cow<'_, str> {
    match text.char_indices().nth(most) {
        None => Cow::Borrowed(text),
        Some(_) => Cow::Owned(text.chars().take(most.saturating_sub(1)).chain(['…']).collect()),
    }
}

/// The rest of a life.
pub(in crate::cli) fn remaining(seconds: i64) -> String {
    if seconds > 0 { amount(seconds.unsigned_abs()) } else { "expired".to_owned() }
}

/// A time that has passed.
pub(super) fn ago(seconds: u64) -> String {
    match seconds {
        0..120 => "just now".to_owned(),
        _ => format!("{} ago", amount(seconds)),
    }
}

/// A time in the largest unit that it fills.
fn amount(seconds: u64) -> String {
    match seconds {
        0..60 => format!("{seconds} s"),
        60..3_600 => format!("{} min", seconds / 60),
        3_600..172_800 => format!("{} h", seconds / 3_600),
        _ => format!("{} days", seconds / 86_400),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::{Column, ago, cut, fitting, remaining};

    #[test]
    fn times_are_in_the_largest_unit() {
        assert_eq!(remaining(59), "59 s");
        assert_eq!(remaining(3_599), "59 min");
        assert_eq!(remaining(7_200), "2 h");
        assert_eq!(remaining(259_200), "3 days");
        assert_eq!((remaining(0), remaining(-90)), ("expired".to_owned(), "expired".to_owned()));
        assert_eq!((ago(61), ago(180)), ("just now".to_owned(), "3 min ago".to_owned()));
    }

    #[test]
    fn long_texts_are_cut() {
        assert_eq!((cut("äöü", 3), cut("äöüx", 3)), ("äöü".into(), "äö…".into()));
    }

    #[test]
    fn what_does_not_fit_is_left_out_and_named() {
        let columns = || {
            let column = |header, goes, cell: &str| Column { header, cells: vec![cell.to_owned()], goes };
            vec![column("name", 0, "books"), column("scopes", 2, &"s".repeat(40)), column("user", 1, &"u".repeat(20))]
        };
        assert_eq!(fitting(columns(), None).1, Vec::<&str>::new());
        assert_eq!(fitting(columns(), Some(40)).1, ["scopes"]);
        let (table, left_out) = fitting(columns(), Some(3));
        assert_eq!(left_out, ["scopes", "user"]);
        assert!(table.contains("books"));
    }
}
