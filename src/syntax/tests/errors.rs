//! What is said about a script that is wrong.

use super::{error_lines, only, problems};

#[test]
fn an_incomplete_expression() {
    let (code, message, help) = only("x = 5 +;");
    assert_eq!((code.as_str(), message.as_str()), ("syntax::unexpected-token", "expected an expression, found `;`"));
    assert!(help.contains("Improper Statement"));
    assert_eq!(only("x = a.;").1, "expected a name, found `;`");
    assert_eq!(only("x = {\"a\":1, 2};").1, "expected `:`, found `}`");
    assert_eq!(only("= 5;").1, "expected a statement, found `=`");
    assert_eq!(only("a.b() = 5;").1, "expected a variable or a field before `=`, found another expression");
}

#[test]
fn the_unclosed() {
    assert_eq!(only("info \"abc;").0, "syntax::unterminated-text");
    assert_eq!(only("info 'abc;\ninfo 1;").0, "syntax::unterminated-text");
    let (code, _, help) = only("if(a)\n{\n\tx = 1;\n\t/* never closed\n\tinfo x;\n}");
    assert_eq!(code, "syntax::unterminated-comment");
    assert!(help.contains("Comment Task is not closed properly"));
    let (code, message, help) = only("if(1 == 1)\n{\n\tinfo 1;");
    assert_eq!((code.as_str(), message.as_str()), ("syntax::unbalanced", "expected `}`, found the end of the script"));
    assert!(help.contains("Expecting '}' but found '<EOF>'"));
    assert_eq!(
        problems("x = f(1;\ny = [1,2;\nz = {\"a\":1;\nw = 1);"),
        ["syntax::unbalanced 1", "syntax::unbalanced 2", "syntax::unbalanced 3", "syntax::unbalanced 4"]
    );
}

#[test]
fn several_errors_of_one_file() {
    let script =
        "a = 1 +;\nif(b == )\n{\n\tc = 2\n\td = 3;\n}\nelse\n{\n\tfor each x in\n\t{\n\t}\n}\ne = f(1,,2);\ng = 4;";
    let lines = error_lines(script);
    assert_eq!(&lines[..3], [1, 2, 4]);
    assert_eq!(lines.last(), Some(&13));
}

#[test]
fn a_missing_semicolon_is_told_at_the_end_of_its_line() {
    assert_eq!(problems("a = 1\nb = 2;\ninfo a\n"), ["syntax::missing-semicolon 1", "syntax::missing-semicolon 3"]);
    assert_eq!(problems("if(a)\n{\n\tb()\n}"), ["syntax::missing-semicolon 3"]);
    assert_eq!(problems("a = 1 b = 2;"), ["syntax::missing-semicolon 1"]);
    assert_eq!(problems("return\ninfo 1;"), ["syntax::missing-semicolon 1"]);
    assert_eq!(only("my name = 5;").1, "a name cannot contain a blank");
}

#[test]
fn constructs_of_other_languages() {
    for (script, help) in [
        ("while(n < 3)\n{\n\tn = n + 1;\n}\ninfo n;", "for each"),
        ("for(i = 0; i < 3; i = i + 1)\n{\n\tinfo i;\n}", "for each x in"),
        ("for x in list\n{\n\tinfo x;\n}", "for each x in"),
        ("for (x in list)\n{\n\tinfo x;\n}", "for each x in"),
        ("foreach x in list\n{\n}", "for each x in"),
        ("do { a(); b(); } while(c);", "for each"),
        ("switch(a)\n{\n\tcase 1:\n\t\tb();\n\t\tbreak;\n\tdefault:\n\t\tc();\n}", "else if"),
        ("try { } catch (e) { } finally { a(); }", "either case"),
        ("if(a) { } elseif(b) { } else { }", "else if"),
        ("x = l[0];", "get(0)"),
        ("x = m.get(\"a\")[\"b\"];", "get(0)"),
        ("x = l[i + 1];", "get(0)"),
        ("x = 1 > 0 ? 1 : 2;", "if(condition"),
        ("x++;", "n = n + 1"),
        ("--x;\n++x;", "n = n + 1"),
        ("if(a === b) { }", "=="),
        ("f = function(a) { return a; };", ""),
        ("f = (a) => { b = a; return b; };", "top of the file"),
        ("function f(a) { return a; }", "void name"),
        ("f(Map m, String k)\n{\n}", "void name"),
        ("main()\n{\n\ta();\n}", "void name"),
        ("if(a)\n{\n\tvoid f(int b) { info b; }\n}", "out of the block"),
        ("try { } catch (Exception e) { }", "catch (e)"),
        ("int total;", "first assignment"),
        ("a = b = 1;", "=="),
        ("if(a & b) { }", "&&"),
        ("# comment", "//"),
        ("x = `a`;", "\"…\""),
        ("<%{\n info 1;\n}%>", "page"),
        ("<<<<<<< HEAD\na = 1;\n=======\na = 2;\n>>>>>>> other", "versions"),
    ] {
        let source = crate::source::Source::new("test", script);
        let arena = crate::syntax::Arena::new();
        let parsed = crate::syntax::parse(&source, crate::syntax::Dialect::Portable, &arena);
        let first = &parsed.diagnostics[0];
        if !help.is_empty() {
            assert_eq!(first.code, "syntax::not-deluge", "{script}: {parsed:?}");
            assert!(first.help.as_ref().unwrap().contains(help), "{script}: {first:?}");
        }
        let merge = script.starts_with("<<<");
        assert_eq!(parsed.diagnostics.len(), if merge { 3 } else { 1 }, "{script}: {:?}", parsed.diagnostics);
    }
}

#[test]
fn what_is_wrong_in_creator_forms() {
    for (script, code) in [
        ("insert into F [ A 1 ];", "syntax::field-form"),
        ("update r [ A = 1 B ];", "syntax::field-form"),
        ("x = list[0];", "syntax::not-deluge"),
        ("x = map[\"k\"];", "syntax::not-deluge"),
        ("x = f(1)[i];", "syntax::not-deluge"),
        ("x = list[i + 1];", "syntax::not-deluge"),
        ("delete from F;", "syntax::unexpected-token"),
        ("x = F[A == 1;", "syntax::unbalanced"),
        ("application \"HR\"\n{\n\tdate format = \"x\"\n}", "syntax::application-export"),
    ] {
        assert_eq!(only(script).0, code, "{script}");
    }
}

#[test]
fn misplaced_words() {
    assert_eq!(only("else\n{\n\tinfo 1;\n}").1, "`else` has nothing to belong to");
    assert_eq!(only("if(a) { } else { } else if(b) { }").1, "`else` has nothing to belong to");
    assert_eq!(only("catch (e)\n{\n}").1, "`catch` has nothing to belong to");
    assert_eq!(only("try\n{\n\tinfo 1;\n}").1, "`try` is not followed by `catch`");
    assert_eq!(only("for each v in {1}\n\tinfo v;").1, "`for each` needs a block in braces");
    for word in ["return", "null", "void", "true", "if", "else"] {
        assert_eq!(only(&format!("{word} = 3;")).0, "syntax::reserved-name");
    }
    assert_eq!(only("if a == 1\n{\n}").0, "syntax::unexpected-token");
    assert_eq!(only("if(a) && (b)\n{\n}").0, "syntax::unexpected-token");
    assert_eq!(only("{ a = 1; }").0, "syntax::unexpected-token");
    assert_eq!(only("if(a); { }").0, "syntax::unexpected-token");
}

#[test]
fn numbers() {
    assert_eq!(only("x = 1e3;").0, "syntax::number-format");
    assert_eq!(only("1x = 5;").0, "syntax::number-format");
    assert_eq!(only("x = 1.5e3;").0, "syntax::number-format");
}

#[test]
fn every_error_has_a_place_and_help_or_says_what_was_expected() {
    for script in
        ["x = 5 +;", "x = (1;", "a b", "x = \"a", "while(a){}", "x = 1e3;", "else {}", "}", "@", "x = f(1 2);"]
    {
        let source = crate::source::Source::new("test", script);
        for diagnostic in
            crate::syntax::parse(&source, crate::syntax::Dialect::Portable, &crate::syntax::Arena::new()).diagnostics
        {
            assert!(diagnostic.code.starts_with("syntax::"));
            assert!(diagnostic.span().unwrap().end as usize <= script.len());
            assert!(diagnostic.help.is_some() || diagnostic.message.starts_with("expected"), "{diagnostic:?}");
        }
    }
}
