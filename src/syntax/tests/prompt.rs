//! Whether a prompt asks for another line.

use crate::syntax::is_complete;

#[test]
fn complete() {
    for text in [
        "",
        "a = 1",
        "a",
        "a.get(\"b\") // c",
        "a = 1;",
        "if(a) { b(); }",
        "sendmail [ to : x ]",
        "a = {1,2};\ninfo a;",
        "// comment",
        "}",
        "a = );",
        "try { } catch (e) { }",
    ] {
        assert!(is_complete(text), "{text}");
    }
}

#[test]
fn incomplete() {
    for text in [
        "a = 1 +",
        "a =",
        "info",
        "if(a) { b()",
        "a.get(",
        "a = {1,",
        "info \"abc",
        "info 'abc",
        "/* so",
        "if(a) {",
        "if(a)",
        "if(a",
        "for each x in y",
        "try { }",
        "a = invokeurl [ url : u",
        "void f(int a) {\n a = 1;",
    ] {
        assert!(!is_complete(text), "{text}");
    }
}
