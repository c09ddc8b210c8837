//! Statements, blocks and definitions.

use super::{problems, show, tree};
use crate::source::Source;
use crate::syntax::{Dialect, parse};

/// The tree in spite of warnings.
fn lenient(script: &str) -> String {
    let source = Source::new("test", script);
    show::script(&parse(&source, Dialect::Portable, &crate::syntax::Arena::new()).script)
}

#[test]
fn any_word_may_be_a_variable() {
    for name in
        ["map", "list", "date", "type", "url", "info", "index", "var", "not", "time", "file", "throw", "for", "each"]
    {
        assert_eq!(tree(&format!("{name} = 1;")), format!("{name} = 1"));
        assert_eq!(tree(&format!("{name}.put(1,{name});")), format!("{name}.put(1, {name})"));
    }
    assert_eq!(tree("map = map();"), "map = map()");
    assert_eq!(tree("thRow = Map(); thRow.put(\"a\",1);"), "thRow = Map(); thRow.put(\"a\", 1)");
}

#[test]
fn assignments() {
    assert_eq!(tree("a += 1; b -= 2; c *= 3; d /= 4; e %= 5;"), "a += 1; b -= 2; c *= 3; d /= 4; e %= 5");
    assert_eq!(tree("rec.Field = v; input.Name.first_name = \"x\";"), "rec.Field = v; input.Name.first_name = \"x\"");
    assert_eq!(tree("m.get(\"a\").Field = 2;"), "m.get(\"a\").Field = 2");
}

#[test]
fn info_with_and_without_parentheses() {
    assert_eq!(
        tree("info x; info(x); Info \"a\" + b; info (a) + b;"),
        "info x; info x; info (\"a\" + b); info (a + b)"
    );
}

#[test]
fn a_literal_may_begin_the_next_line_of_a_condition() {
    assert_eq!(tree("if(f(\n\t{\"a\":{1}}))\n{\n\tb();\n}"), "if f({\"a\": [1]}) {b()}");
    assert_eq!(tree("if(f(\n{1,2},3))\n{\n}"), "if f([1 2], 3) {}");
    assert_eq!(problems("if(f(\n{\n\tx = 1;\n}"), ["syntax::unbalanced 2"]);
}

#[test]
fn conditions() {
    assert_eq!(
        tree("if(a){b();}else if(c)\n{\n}\nelse\nif(d){}else{e = 1;}"),
        "if a {b()} else if c {} else if d {} else {e = 1}"
    );
    assert_eq!(tree("if(a){if(b){c();}else{d();}}"), "if a {if b {c()} else {d()}}");
    assert_eq!(tree("if((a) && (b)){}"), "if (and a b) {}");
}

#[test]
fn braces_may_be_left_out_of_a_condition() {
    let script = "if(a)\n\tb();\nelse if(c)\n\td();\nelse\n\te();\nf();";
    assert_eq!(lenient(script), "if a {b()} else if c {d()} else {e()}; f()");
    assert_eq!(problems(script), ["syntax::missing-braces 2", "syntax::missing-braces 4", "syntax::missing-braces 6"]);
    assert_eq!(lenient("if(a) if(b) c(); else d(); e();"), "if a {if b {c()} else {d()}}; e()");
    assert_eq!(lenient("if(a) { if(b) c(); } else d();"), "if a {if b {c()}} else {d()}");
}

#[test]
fn loops() {
    assert_eq!(tree("for each  x in {1,2}\n{\n\tbreak;\n}"), "for x in [1 2] {break}");
    assert_eq!(tree("for each x in m.keys() /* all */ // of them\n{ continue; }"), "for x in m.keys() {continue}");
    assert_eq!(tree("for each index i in l {}"), "for index i in l {}");
    assert_eq!(tree("for each index in times { info index; }"), "for index in times {info index}");
    assert_eq!(tree("for each var in data { info var; }"), "for var in data {info var}");
    assert_eq!(tree("for each v in \"a,b\" {}"), "for v in \"a,b\" {}");
}

#[test]
fn try_and_throw() {
    assert_eq!(
        tree("try { throw {\"message\":\"m\"}; } catch (e) { try { a(); } catch { throw e; } }"),
        "try {throw {\"message\": \"m\"}} catch e {try {a()} catch {throw e}}"
    );
    assert_eq!(tree("Try{}Catch(e){}"), "try {} catch e {}");
}

#[test]
fn returns() {
    assert_eq!(tree("return; return x; return if(a,b,c); return {};"), "return; return x; return if(a b c); return {}");
}

#[test]
fn stray_semicolons_and_blocks_on_one_line() {
    assert_eq!(tree(";;a();;if(x){b();;};c();"), "a(); if x {b()}; c()");
}

#[test]
fn functions_and_statements_mix() {
    assert_eq!(
        tree("a = f(1);\nint f(int n)\n{\n\treturn n;\n}\nb = 2;\nvoid Ns.g(){}"),
        "fn int f(int n) {return n}; fn void Ns.g() {}; a = f(1); b = 2"
    );
    assert_eq!(
        tree("void automation.f(String id, Map m, list:int ids, Assets unit) {}"),
        "fn void automation.f(String id, Map m, list:int ids, Assets unit) {}"
    );
    assert_eq!(tree("list:string f(a, b) {}"), "fn list:string f(a, b) {}");
    assert_eq!(tree("void function log(string text) { info text; }"), "fn void log(string text) {info text}");
    assert_eq!(tree("string standalone.greet(String function) {}"), "fn string standalone.greet(String function) {}");
}

#[test]
fn white_space_is_free() {
    let script = "\u{FEFF}x = 1;\r\n\r\nif(x == 1)\r\n{\r\n\u{a0}\tinfo\u{2003}x;\r\n}\r\n";
    assert_eq!(tree(script), "x = 1; if (x == 1) {info x}");
    assert_eq!(tree("Teléfono = 1; ñ_2 = Teléfono;"), "Teléfono = 1; ñ_2 = Teléfono");
    assert_eq!(tree("/** banner\n * **/\na(/* in */ 1, // end\n 2);"), "a(1, 2)");
    assert_eq!(tree(""), "");
    assert_eq!(tree("// only a comment"), "");
}

#[test]
fn a_declared_type_is_left_out() {
    assert_eq!(lenient("string name = \"x\";\nvar n = 1;"), "name = \"x\"; n = 1");
    assert_eq!(problems("string name = \"x\";\nvar n = 1;"), ["syntax::declared-type 1", "syntax::declared-type 2"]);
}

#[test]
fn a_bare_expression_is_a_statement() {
    assert_eq!(tree("1 + 2; x; m.size() > 0;"), "(1 + 2); x; (m.size() > 0)");
}
