//! Values, operators and their ranks.

use super::{problems, show, tree, value};
use crate::source::Source;
use crate::syntax::{Dialect, parse};

#[test]
fn numbers_end_before_a_call() {
    assert_eq!(value("24.isNumber()"), "24.isNumber()");
    assert_eq!(value("1.5.round(0)"), "1.5.round(0)");
    assert_eq!(value("1.4+3.6.round(0)"), "(1.4 + 3.6.round(0))");
    assert_eq!(value(".45 + 123."), "(.45 + 123.)");
    assert_eq!(value("389902000050438236"), "389902000050438236");
}

#[test]
fn literals() {
    assert_eq!(value("TRUE == False"), "(true == false)");
    assert_eq!(value("NULL"), "null");
    assert_eq!(value("'01-Jan-2024'"), "'01-Jan-2024'");
    assert_eq!(value("{}"), "{}");
    assert_eq!(value("[]"), "[]");
    assert_eq!(value("{1,2,3}"), "[1 2 3]");
    assert_eq!(value("[\"a\",'b']"), "[\"a\" 'b']");
    assert_eq!(value("{\"a\":1,\"b\":{\"c\":{\"workflow\"}}}"), "{\"a\": 1, \"b\": {\"c\": [\"workflow\"]}}");
    assert_eq!(value("{key:1}"), "{key: 1}");
    assert_eq!(value("{{\"a\",\"b\"}:\"x\"}"), "{[\"a\" \"b\"]: \"x\"}");
    assert_eq!(value("{list:1, map : List:String()}"), "{list: 1, map: List:String()}");
}

#[test]
fn operators_of_one_rank_are_flat() {
    assert_eq!(value("a - b + c"), "(a - b + c)");
    assert_eq!(value("a + b * c / d - e"), "(a + (b * c / d) - e)");
    assert_eq!(value("10 / 4 * 2 == 5"), "((10 / 4 * 2) == 5)");
    assert_eq!(value("a == b != c"), "(a == b != c)");
    assert_eq!(value("(a + b) + c"), "((a + b) + c)");
    assert_eq!(value("a && b && c"), "(and a b c)");
}

#[test]
fn of_two_runs_side_by_side_each_keeps_its_operands() {
    assert_eq!(value("{a + b : c * d, e - f : !g}"), "{(a + b): (c * d), (e - f): (not g)}");
    assert_eq!(value("f(a + b : c * d, e / g : h == 1)"), "f((a + b): (c * d), (e / g): (h == 1))");
    assert_eq!(value("f(a + b, c * d)"), "f((a + b), (c * d))");
    assert_eq!(value("{a + b, c * d, e}"), "[(a + b) (c * d) e]");
    assert_eq!(value("if(a > b, c + d, e * f)"), "if((a > b) (c + d) (e * f))");
    assert_eq!(value("a.get(b + c).get(d - e)"), "a.get((b + c)).get((d - e))");
}

#[test]
fn signs_bind_looser_than_calls() {
    assert_eq!(value("-218.4.round(0)"), "(neg 218.4.round(0))");
    assert_eq!(value("x * -1"), "(x * (neg 1))");
    assert_eq!(value("- - + 5"), "5");
    assert_eq!(value("a--1"), "(a - (neg 1))");
    assert_eq!(value("+919999999999"), "919999999999");
}

#[test]
fn not_takes_in_a_comparison() {
    assert_eq!(value("!a == b"), "(not (a == b))");
    assert_eq!(value("!m.get(\"k\") != \"\" && c"), "(and (not (m.get(\"k\") != \"\")) c)");
    assert_eq!(value("!(a && b)"), "(not (and a b))");
    assert_eq!(value("a == !b == c"), "(a == (not b) == c)");
    assert_eq!(value("!!!a"), "(not a)");
    assert_eq!(value("!!a"), "(not (not a))");
}

#[test]
fn words_compare() {
    assert_eq!(value("a is null"), "(a == null)");
    assert_eq!(value("a is not null"), "(a != null)");
    assert_eq!(value("a in {1,2} && b not in c"), "(and (a in [1 2]) (b not in c))");
    assert_eq!(value("A IS NOT null"), "(A != null)");
}

#[test]
fn word_operators_are_read_with_a_warning() {
    assert_eq!(problems("info a and not b;"), ["syntax::word-operator 1", "syntax::word-operator 1"]);
    assert_eq!(tree("not = a.not; info not;"), "not = a.not; info not");
    assert_eq!(tree("and = 1; in = 2; is = and + in;"), "and = 1; in = 2; is = (and + in)");
}

#[test]
fn the_dialect_ranks_and_and_or() {
    let source = Source::new("test", "x = a || b && c;");
    let shown = |dialect| {
        let arena = crate::syntax::Arena::new();
        let parsed = parse(&source, dialect, &arena);
        (show::script(&parsed.script), parsed.diagnostics.iter().map(|d| d.code.to_string()).collect::<Vec<_>>())
    };
    assert_eq!(shown(Dialect::Crm), ("x = (or a (and b c))".into(), vec!["syntax::mixed-logic".to_owned()]));
    assert_eq!(shown(Dialect::Creator), ("x = (and (or a b) c)".into(), vec!["syntax::mixed-logic".to_owned()]));
    assert_eq!(tree("x = a || (b && c);"), "x = (or a (and b c))");
    assert_eq!(tree("x = f(a || b) && c;"), "x = (and f((or a b)) c)");
}

#[test]
fn dialects_have_names() {
    assert_eq!(Dialect::parse("CREATOR"), Some(Dialect::Creator));
    assert_eq!(Dialect::parse("basic"), None);
    assert!(Dialect::names().all(|name| Dialect::parse(name).is_some()));
}

#[test]
fn calls_and_chains() {
    assert_eq!(
        value("resp.get(\"data\").get(0).get(\"details\").get(\"id\")"),
        "resp.get(\"data\").get(0).get(\"details\").get(\"id\")"
    );
    assert_eq!(value("zoho.currentdate.addDay(1).toString(\"yyyy\")"), "zoho.currentdate.addDay(1).toString(\"yyyy\")");
    assert_eq!(value("x.contains (\"201\")"), "x.contains(\"201\")");
    assert_eq!(value("Collection(\"k\" : 1, \"j\":2)"), "Collection(\"k\": 1, \"j\": 2)");
    assert_eq!(value("thisapp.Ns.fn(a,{})"), "thisapp.Ns.fn(a, {})");
    assert_eq!(value("List({\"a\"})"), "List([\"a\"])");
    assert_eq!(value("\"a,b\".toList(\"\").size()"), "\"a,b\".toList(\"\").size()");
    assert_eq!(value("m.if.return.info"), "m.if.return.info");
}

#[test]
fn a_conditional_stands_where_a_value_does() {
    assert_eq!(value("if(n > 0,\"a\",if(n < 0,\"b\",\"c\"))"), "if((n > 0) \"a\" if((n < 0) \"b\" \"c\"))");
    assert_eq!(value("\"a\" + IF(c,\"x\",\"\") + \"b\""), "(\"a\" + if(c \"x\" \"\") + \"b\")");
    assert_eq!(value("if(c,\"only\")"), "if(c \"only\")");
}

#[test]
fn a_single_equals_compares_between_brackets() {
    assert_eq!(problems("if(n.length() = 1)\n{\n}"), ["syntax::single-equals 1"]);
    assert_eq!(problems("x = if(a = \"b\",c,d);"), ["syntax::single-equals 1"]);
    let source = Source::new("test", "x = if(!m.get(\"k\") = \"\",1,2);");
    assert_eq!(
        show::script(&parse(&source, Dialect::Portable, &crate::syntax::Arena::new()).script),
        "x = if((not (m.get(\"k\") == \"\")) 1 2)"
    );
}

#[test]
fn a_trailing_comma_is_a_warning() {
    assert_eq!(
        problems("x = {1,2,};\ny = {\"a\":1,};\nz = f(1,);"),
        ["syntax::trailing-comma 1", "syntax::trailing-comma 2", "syntax::trailing-comma 3"]
    );
}

#[test]
fn spans_cover_what_was_written() {
    let source = Source::new("test", "x = (a + b).c(1) ;");
    let arena = crate::syntax::Arena::new();
    let parsed = parse(&source, Dialect::Portable, &arena);
    let crate::syntax::ast::StatementKind::Assign { value, .. } = &parsed.script.body[0].kind else { panic!() };
    assert_eq!(source.slice(value.span), "(a + b).c(1)");
    let crate::syntax::ast::ExpressionKind::Chain(first, links) = &value.kind else { panic!() };
    assert_eq!(source.slice(first.span), "(a + b)");
    assert_eq!(source.slice(links[0].span), ".c(1)");
    assert_eq!(source.slice(parsed.script.body[0].span), "x = (a + b).c(1) ;");
}
