//! Values as compact JSON. Keys become texts; numbers keep their digits; dates, times and files are texts as printed.

use std::fmt::Write;

use super::scan::plain_bytes;
use crate::value::print::{MAX_BYTES, MAX_DEPTH};
use crate::value::{Aggregate, Contents, Failure, Key, Value};

/// The JSON text of a value.
pub fn write(value: &Value, out: &mut String) -> Result<(), Failure> {
    write_value(value, out, 0)
}

/// The JSON text of a list, a map or `{}`.
pub fn write_aggregate(aggregate: &Aggregate, out: &mut String) -> Result<(), Failure> {
    write_inner(aggregate, out, 0)
}

/// A JSON string, quotes included.
pub fn write_text(text: &str, out: &mut String) {
    out.push('"');
    let mut rest = text;
    loop {
        let (plain, after) = rest.split_at_checked(plain_bytes(rest.as_bytes())).unwrap_or((rest, ""));
        out.push_str(plain);
        let Some(special) = after.bytes().next() else { break };
        match special {
            b'"' => out.push_str("\\\""),
            b'\\' => out.push_str("\\\\"),
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            b'\t' => out.push_str("\\t"),
            0x08 => out.push_str("\\b"),
            0x0c => out.push_str("\\f"),
            // Writing to a String cannot fail.
            control => drop(write!(out, "\\u{control:04x}")),
        }
        rest = after.get(1..).unwrap_or_default();
    }
    out.push('"');
}

fn write_value(value: &Value, out: &mut String, depth: usize) -> Result<(), Failure> {
    if out.len() > MAX_BYTES {
        return Err(Failure::too_large());
    }
    match value {
        Value::Text(text) => write_text(text.as_str(), out),
        Value::Aggregate(aggregate) => return write_inner(aggregate, out, depth),
        Value::DateTime(date) => write_text(&date.print(), out),
        Value::Time(time) => write_text(&time.print(), out),
        Value::File(file) => write_text(&file.borrow().name, out),
        Value::Caught(caught) => write_text(&caught.print(), out),
        Value::Null | Value::Boolean(_) | Value::Number(_) | Value::Decimal { .. } => return value.print_to(out),
    }
    Ok(())
}

fn write_inner(aggregate: &Aggregate, out: &mut String, depth: usize) -> Result<(), Failure> {
    if depth >= MAX_DEPTH {
        return Err(Failure::too_deep());
    }
    match &*aggregate.borrow() {
        Contents::Braces => out.push_str("{}"),
        Contents::List(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                write_value(item, out, depth + 1)?;
            }
            out.push(']');
        }
        Contents::Map(map) => {
            out.push('{');
            for (at, (key, value)) in map.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                match key {
                    Key::Text(text) => write_text(text, out),
                    Key::Number(number) => write_text(itoa::Buffer::new().format(*number), out),
                    Key::Other(other) => match &other.value {
                        Value::DateTime(date) => write_text(&date.print_in_map(), out),
                        value => write_text(&value.print()?, out),
                    },
                }
                out.push(':');
                match value {
                    Value::DateTime(date) => write_text(&date.print_in_map(), out),
                    other => write_value(other, out, depth + 1)?,
                }
            }
            out.push('}');
        }
    }
    Ok(())
}
