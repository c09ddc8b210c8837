//! `integration.tsv`, read when a script first names a task. A line that does not parse is left out; a test keeps there
//! from being one.

use crate::catalogue::TaskParameter;
use crate::value::Kinds;

/// One line of the table; the columns are described in the module above.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    pub name: &'static str,
    pub aliases: &'static str,
    pub parameters: &'static str,
    pub method: &'static str,
    pub root: &'static str,
    pub path: &'static str,
    pub query: &'static str,
    pub body: &'static str,
    pub unwrap: &'static str,
    pub group: &'static str,
    pub runs: bool,
    pub page: &'static str,
    pub about: &'static str,
}

/// The text of the table, for its test.
pub(super) const TABLE: &str = include_str!("integration.tsv");

/// Every row.
pub(super) fn rows() -> impl Iterator<Item = Row> {
    TABLE.lines().skip(1).filter_map(row)
}

/// One line as a row.
pub(super) fn row(line: &'static str) -> Option<Row> {
    let mut columns = line.split('\t');
    let mut next = || columns.next();
    let (name, aliases, parameters) = (next()?, next()?, next()?);
    let (method, root, path, query) = (next()?, next()?, next()?, next()?);
    // The headers of services that do not run yet.
    let _headers = next()?;
    let (body, unwrap, group, runs, page, about) = (next()?, next()?, next()?, next()?, next()?, next()?);
    let runs = match runs {
        "yes" => true,
        "no" => false,
        _ => return None,
    };
    Some(Row { name, aliases, parameters, method, root, path, query, body, unwrap, group, runs, page, about })
}

impl Row {
    /// The parameters; `None` when one names an unknown kind.
    pub(super) fn parameters(&self) -> Option<Vec<TaskParameter>> {
        self.parameters.split(',').map(parameter).collect()
    }

    /// The name and every alias.
    pub(super) fn names(&self) -> impl Iterator<Item = &'static str> + use<> {
        std::iter::once(self.name).chain(self.aliases.split(',').filter(|alias| !alias.is_empty()))
    }
}

fn parameter(text: &str) -> Option<TaskParameter> {
    let (name, kinds) = text.split_once(':')?;
    let (kinds, optional) = kinds.strip_suffix('?').map_or((kinds, false), |kinds| (kinds, true));
    let kinds = kinds.split('|').try_fold(Kinds::NONE, |kinds, word| Some(kinds.or(kind(word)?)))?;
    Some(TaskParameter { name: name.to_owned(), kinds, optional })
}

fn kind(word: &str) -> Option<Kinds> {
    Some(match word {
        "TEXT" => Kinds::TEXT,
        "NUMBER" => Kinds::NUMBER,
        "DECIMAL" => Kinds::DECIMAL,
        "BOOLEAN" => Kinds::BOOLEAN,
        "MAP" => Kinds::MAP,
        "LIST" => Kinds::LIST,
        "FILE" => Kinds::FILE,
        _ => return None,
    })
}
