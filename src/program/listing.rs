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

/// The fields of instructions that hold a register or, with the highest bit set, a constant.
const OPERANDS: [&str; 5] = ["from:", "left:", "right:", "of:", "test:"];

/// Those that hold a register.
const REGISTERS: [&str; 5] = ["into:", "first:", "parameter:", "map:", "list:"];

/// Those that hold the number of a constant.
const CONSTANTS: [&str; 4] = ["name:", "text:", "message:", "constant:"];

/// The instruction with registers and constants named as they are above it. All else, such as the goal of a jump, is a number.
fn operands(text: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    for word in text.split(' ') {
        let field = words.last().map_or("", String::as_str);
        let digits = word.trim_end_matches(',');
        let named = digits.parse::<u32>().ok().and_then(|number| {
            let constant = number & u32::from(CONSTANT) != 0;
            match field {
                _ if CONSTANTS.contains(&field) => Some(format!("k{number}")),
                _ if OPERANDS.contains(&field) && constant => Some(format!("k{}", number & !u32::from(CONSTANT))),
                _ if OPERANDS.contains(&field) || REGISTERS.contains(&field) => Some(format!("r{number}")),
                _ => None,
            }
        });
        let end = word.get(digits.len()..).unwrap_or_default();
        words.push(named.map_or_else(|| word.to_owned(), |named| named + end));
    }
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::operands;
    use crate::program::op::{CONSTANT, Op};

    #[test]
    fn only_operands_are_registers_and_constants() {
        let shown = |op: Op| operands(&format!("{op:?}"));
        let add = Op::Add { into: 3, left: CONSTANT | 2, right: 1 };
        assert_eq!(shown(add), "Add { into: r3, left: k2, right: r1 }");
        assert_eq!(shown(Op::LoadWide { into: 0, constant: 70_000 }), "LoadWide { into: r0, constant: k70000 }");
        assert_eq!(shown(Op::Statements { count: 40_000 }), "Statements { count: 40000 }");
        assert_eq!(shown(Op::Jump { to: 40_000 }), "Jump { to: 40000 }");
    }
}
