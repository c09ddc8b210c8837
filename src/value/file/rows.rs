//! The rows of a CSV file, for `for each` (help page "for each element"). A row is a list of texts: it prints as the line
//! that it was, and `get` finds its fields also where a field holds commas or line breaks.

use csv::ReaderBuilder;

use super::File;
use crate::value::{Failure, Value};

/// The largest CSV file that can be walked, in bytes; documented as 2 MB.
const LARGEST: usize = 2 * 1024 * 1024;

impl File {
    #[doc(hidden)] // For the machine.
    /// The rows, without empty lines.
    ///
    /// # Errors
    /// `run::file-size` beyond 2 MB.
    pub fn rows(&self) -> Result<Vec<Value>, Failure> {
        if self.bytes.len() > LARGEST {
            return Err(Failure::new("run::file-size", "the file is too large; the limit is 2 MB for a CSV file")
                .help("split the content into several files"));
        }
        let text = self.text();
        let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
        // The text is UTF-8 and rows may have any length, so no row is unreadable.
        let rows = reader.records().map_while(Result::ok);
        Ok(rows.map(|row| Value::list(row.iter().map(Value::text).collect())).collect())
    }
}
