//! How every value prints, in one place: `info`, `+` with a text, and `toString()` without arguments all come here.
//!
//! | value | prints as |
//! | --- | --- |
//! | TEXT | itself; between quotes inside a list in a map and the like |
//! | NUMBER, BOOLEAN, null | digits, `true`/`false`, `null` |
//! | DECIMAL | its digits with its scale |
//! | DATE-TIME | in the date format of the run, with `HH:mm:ss` when it has a time, and always so in a map |
//! | TIME | as it was declared, in 12 or 24 hours |
//! | LIST made in a script | elements joined by `,`; a list or map among them as JSON |
//! | LIST that came from JSON | a JSON array |
//! | KEY-VALUE | compact JSON in insertion order |
//! | COLLECTION | like a list or a map, by what it holds; `{}` when it is empty |
//! | `{}` | `{}` |
//! | FILE | its name |
//! | caught error | `Error at line : N, text` |

use compact_str::CompactString;

use super::{Aggregate, Contents, Decimal, Failure, Text, Value, json};

/// How deep a value may be nested to be printed or sent.
pub const MAX_DEPTH: usize = 200;

/// How many bytes a printed value may have. A list that holds one list twice, which holds one list twice, and so on,
/// is small but would print for ever.
pub const MAX_BYTES: usize = 100_000_000;

impl Value {
    /// The printed form. Fails only for a value nested too deep or containing itself.
    pub fn print(&self) -> Result<String, Failure> {
        let mut out = String::new();
        self.print_to(&mut out)?;
        Ok(out)
    }

    /// The printed form as a TEXT.
    pub fn printed(&self) -> Result<Text, Failure> {
        Ok(match self {
            Value::Text(text) => text.clone(),
            Value::Number(number) => Text::new(itoa::Buffer::new().format(*number)),
            other => Text::new(other.print()?),
        })
    }

    /// Appends the printed form to a text that is being built: what texts are mostly built of goes straight there.
    pub fn print_onto(&self, out: &mut CompactString) -> Result<(), Failure> {
        match self {
            Value::Text(text) => out.push_str(text.as_str()),
            Value::Number(number) => out.push_str(itoa::Buffer::new().format(*number)),
            other => out.push_str(&other.print()?),
        }
        Ok(())
    }

    /// Appends the printed form to `out`.
    pub fn print_to(&self, out: &mut String) -> Result<(), Failure> {
        match self {
            Value::Null => out.push_str("null"),
            Value::Boolean(value) => out.push_str(if *value { "true" } else { "false" }),
            Value::Number(number) => out.push_str(itoa::Buffer::new().format(*number)),
            Value::Decimal { flags, high, low } => Decimal::from_parts(*flags, *high, *low).print_to(out),
            Value::Text(text) => out.push_str(text.as_str()),
            Value::DateTime(date) => date.print_to(out),
            Value::Aggregate(aggregate) => return print_aggregate(aggregate, out),
            Value::Time(time) => out.push_str(&time.print()),
            Value::File(file) => out.push_str(&file.borrow().name),
            Value::Caught(caught) => out.push_str(&caught.print()),
        }
        Ok(())
    }
}

fn print_aggregate(aggregate: &Aggregate, out: &mut String) -> Result<(), Failure> {
    let contents = aggregate.borrow();
    let Contents::List(items) = &*contents else {
        drop(contents);
        return json::write_aggregate(aggregate, out);
    };
    if aggregate.is_from_json() {
        return json::write_aggregate(aggregate, out);
    }
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        if out.len() > MAX_BYTES {
            return Err(Failure::too_large());
        }
        match item {
            Value::Aggregate(inner) => json::write_aggregate(inner, out)?,
            scalar => scalar.print_to(out)?,
        }
    }
    Ok(())
}
