//! Whether a prompt asks for another line.

use crate::syntax::{Ending, ending};

#[test]
fn whole() {
    for text in [
        "",
        "  \n",
        "a = 1;",
        "a = 1",
        "x",
        "x.trim()",
        "break",
        "return",
        "info 5",
        "sendmail [ to : x ]",
        "a = {1,2};\ninfo a;",
        "a = [1, {2 : 3}]",
        "// comment",
        "}",
        "a = );",
        "a = )",
        "a b c",
        "try { } catch (e) { }",
        "if(a) { } else { }",
        "for each x in y { info x; }",
        "void f() { return 1; }",
    ] {
        assert_eq!(ending(text), Ending::Whole, "{text}");
    }
}

#[test]
fn an_else_may_follow() {
    for text in ["if(a) { b(); }", "if(a) { } else if(b) { }", "x = 1; if(a) { } // so", "if(a) { if(b) { } }"] {
        assert_eq!(ending(text), Ending::ElseMayFollow, "{text}");
    }
}

#[test]
fn open() {
    for text in [
        "a =",
        "a = 1 +",
        "a.",
        "!",
        "info",
        "throw",
        "a = {1,",
        "a = {1 : ",
        "f(1,",
        "f(a",
        "info \"abc",
        "info 'abc",
        "/* so",
        "if(a) {",
        "if(a) { b();",
        "if(a) { } else",
        "if(a)",
        "if(a",
        "if",
        "for each x in y",
        "for each x in y { info x",
        "try { }",
        "try { } catch (e)",
        "a = invokeurl [ url : u",
        "invokeurl [",
        "void f(int a) {\n a = 1;",
        "bool f(Map record)",
        "string standalone.f()",
    ] {
        assert_eq!(ending(text), Ending::Open, "{text}");
    }
}
