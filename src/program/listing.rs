//! A program as people read it: each function with its variables, and each instruction beside the line that it was made of.

use std::fmt::Write;

use super::op::CONSTANT;
use super::{Code, Program};

/// The longest constant that is shown.
const LONGEST: usize = 40;

/// The instructions of every function of a program.
pub fn listing(program: &Program) -> String {
    let mut out = String::new();
    for (number, code) in program.codes().iter().enumerate() {
        if number == 0 && !program.has_body() {
            continue;
        }
        let name = if code.name.is_empty() { "statements" } else { &code.name };
        let _ = writeln!(out, "{name}: {} registers", code.registers);
        for (at, variable) in code.variables.iter().enumerate() {
            let _ = writeln!(out, "  r{at} is `{variable}`");
        }
        for (at, constant) in code.constants.iter().enumerate() {
            let printed: String = constant.to_json().unwrap_or_default().chars().take(LONGEST).collect();
            let _ = writeln!(out, "  k{at} is {printed}");
        }
        instructions(program, number, code, &mut out);
    }
    out
}

fn instructions(program: &Program, number: usize, code: &Code, out: &mut String) {
    let source = program.source_of(number);
    for (at, (op, span)) in code.ops.iter().zip(&code.spans).enumerate() {
        let line = source.map_or(0, |source| source.line(span.start));
        let _ = writeln!(out, "{at:>4}  {:<56}  line {line}", operands(&format!("{op:?}")));
    }
}

/// The instruction with constants told apart from registers: a number with the highest bit set is a constant.
fn operands(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, word) in text.split(' ').enumerate() {
        if at > 0 {
            out.push(' ');
        }
        let digits = word.trim_end_matches(',');
        match digits.parse::<u16>() {
            Ok(number) if number & CONSTANT != 0 => {
                let _ = write!(out, "k{}{}", number & !CONSTANT, word.get(digits.len()..).unwrap_or_default());
            }
            _ => out.push_str(word),
        }
    }
    out
}
