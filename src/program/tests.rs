//! What checking finds before anything runs, and that the verifier refuses what the compiler would never make.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use proptest::prelude::*;

use super::op::{CONSTANT, Op};
use super::*;

fn catalogue() -> Arc<Catalogue> {
    // Only lower floors are known here, so the catalogue is empty: checks of names that it would hold are not of this room.
    Arc::new(Catalogue::new(&[], &[], Vec::new))
}

fn check(script: &str) -> Vec<String> {
    let (_, diagnostics) = Program::compile(&Source::new("t", script), &Options::default(), &catalogue());
    diagnostics.iter().map(|found| found.code.to_string()).collect()
}

#[test]
fn problems_are_found_before_anything_runs() {
    let cases = [
        ("info a;", "check::undefined-variable"),
        ("total += 1;", "check::undefined-variable"),
        ("x = {1}.frob();", "check::unknown-function"),
        ("int f(int a) { return a; } x = f();", "check::argument-count"),
        ("x = if(true, 1);", "check::argument-count"),
        ("break;", "check::outside-loop"),
        ("for each i in {1} { } continue;", "check::outside-loop"),
        ("map f() { x = 1; }", "check::missing-return"),
        ("map f() { return; }", "check::missing-return"),
        ("void f() { } x = f();", "check::no-value"),
        ("void f() { } void f() { }", "check::duplicate"),
        ("void f(int a, int a) { }", "check::duplicate"),
        ("x = zoho.loginusr;", "check::unknown-system-variable"),
        ("zoho.loginuser = 1;", "check::read-only"),
        ("x = zoho.crm.getRecord(1);", "check::unknown-task"),
        ("x = invokeurl [ url : \"u\" ];", "check::unknown-task"),
        ("x = 9223372036854775808;", "check::number-range"),
        ("x = 1; x;", "check::no-effect"),
        ("x = standalone.f(1);", "check::missing-function"),
        ("int f() { return hidden; } hidden = 1;", "check::undefined-variable"),
        ("info late; late = 1;", "check::assigned-later"),
        ("void f(int true) { }", "check::reserved-name"),
    ];
    for (script, code) in cases {
        assert_eq!(check(script), [code], "{script}");
    }
}

#[test]
fn names_given_to_the_run_are_defined() {
    let options = Options { given: vec!["contact".into()], ..Options::default() };
    let (program, found) = Program::compile(&Source::new("t", "info contact; info input;"), &options, &catalogue());
    assert!(program.is_some(), "{found:?}");
}

#[test]
fn an_undefined_name_is_reported_once_with_the_nearest_variable() {
    let (_, found) =
        Program::compile(&Source::new("t", "total = 1; info totl; info totl;"), &Options::default(), &catalogue());
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].help.as_deref(), Some("did you mean `total`?"));
}

#[test]
fn functions_are_found_by_dotted_name_and_by_last_part_where_that_is_clear() {
    let script = "void a.f() { } void b.f() { } void b.g() { }";
    let (program, _) = Program::compile(&Source::new("t", script), &Options::default(), &catalogue());
    let program = program.unwrap();
    assert_eq!([program.function("a.f"), program.function("g"), program.function("f")], [Some(1), Some(3), None]);
}

const SCRIPT: &str = r#"int f(int n, map m)
{
    if(n < 2 && m != null || n == 7) { return n; }
    l = {1, 2.5, "x", {"k" : n}, {}};
    s = "";
    for each index i in l { try { s = s + i + ","; continue; } catch (e) { s = e.message; break; } }
    x = if(n > 3, -n, n % 2) + f(n - 1, m) * 2 / 4;
    m.k = x in l;
    throw {"message" : s + n + "y" + x};
}
info f(5, {"a" : 1});"#;

fn compiled() -> Vec<Arc<Code>> {
    let (program, found) = Program::compile(&Source::new("t", SCRIPT), &Options::default(), &catalogue());
    program.unwrap_or_else(|| panic!("{found:#?}")).codes
}

#[test]
fn the_verifier_accepts_what_the_compiler_makes() {
    assert_eq!(verify(&compiled(), &catalogue()), Ok(()));
}

#[test]
fn bound_trees_are_small() {
    assert!(size_of::<bound::Expression>() <= 72);
    assert!(size_of::<bound::Statement>() <= 112);
}

proptest! {
    /// Whatever number of whatever instruction is wrong, the verifier says so or the number is in range: with all
    /// registers of a frame in place no instruction that it accepts can reach outside.
    #[test]
    fn the_verifier_refuses_numbers_out_of_range(which in 0usize..200, value in 1000u16..CONSTANT) {
        let mut codes = compiled();
        let code = Arc::get_mut(&mut codes[1]).unwrap();
        let at = which % code.ops.len();
        let changed = match code.ops[at] {
            Op::Move { from, .. } => Op::Move { into: value, from },
            Op::Add { into, left, .. } => Op::Add { into, left, right: value },
            Op::AddConstant { into, left, .. } => Op::AddConstant { into, left, constant: value },
            Op::JumpUnlessLessConstant { left, to, .. } => Op::JumpUnlessLessConstant { left, constant: value, to },
            Op::Jump { .. } => Op::Jump { to: u32::from(value) + 10_000 },
            Op::Next { into, statements, .. } => Op::Next { into, statements, to: u32::from(value) + 10_000 },
            Op::Call { into, first, .. } => Op::Call { into, function: value, first },
            Op::NewList { into, first, .. } => Op::NewList { into, first, count: value },
            Op::Field { into, of, .. } => Op::Field { into, of, name: value },
            Op::Return { loops, tries, .. } => Op::Return { from: value | CONSTANT, loops, tries },
            Op::Concat { into, .. } => Op::Concat { into, first: value, count: 1 },
            _ => Op::Info { from: value },
        };
        code.ops[at] = changed;
        prop_assert!(verify(&codes, &catalogue()).is_err());
    }
}
