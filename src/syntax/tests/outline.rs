//! Made in portions, a tree is what it is as a whole.

use crate::source::Source;
use crate::syntax::{Arena, Dialect, Header, Outline, parse};

const SCRIPT: &str = r#"
x = 1;
void first() { info "a"; }
list:int second(int a, List:String b, c) { if(a > 1) { return b; } else { for each e in b { info e; } } return {1}; }
info x;
string function standalone.third(string name) { try { return name.subString(0, 1); } catch (e) { return e.message; } }
x = x + 2;
"#;

fn is_the_same(script: &str) {
    let source = Source::new("test", script);
    let (arena, body_arena) = (Arena::new(), Arena::new());
    let whole = parse(&source, Dialect::Portable, &arena);
    assert_eq!(whole.diagnostics, [], "{script}");
    let outline = Outline::new(&source, Dialect::Portable, false);
    let headers: Vec<Header<'_>> = whole.script.functions.iter().map(Header::of).collect();
    assert_eq!(outline.headers().collect::<Vec<_>>(), headers);
    let body = outline.body(&body_arena).unwrap();
    assert_eq!((body.functions.len(), &body.body), (0, &whole.script.body));
    let mut rest = whole.script.functions.iter();
    outline.functions(&mut |function| assert_eq!(Some(function), rest.next())).unwrap();
    assert_eq!(rest.next(), None);
    assert_eq!(outline.warnings(), []);
}

#[test]
fn portions_make_the_whole() {
    is_the_same("");
    is_the_same("info 1;");
    is_the_same(SCRIPT);
    let numbered = |number: usize| {
        SCRIPT
            .replace("first", &format!("f{number}"))
            .replace("second", &format!("s{number}"))
            .replace("third", &format!("t{number}"))
    };
    is_the_same(&(0..300).map(numbered).collect::<String>());
}

#[test]
fn what_goes_on_behind_a_brace_stays_together() {
    let statements = [
        "if(a > 1)\n{\n\tb = 1;\n}\nelse if(a > 2)\n{\n\tb = 2;\n}\nelse\n{\n\tb = 3;\n}\n",
        "try\n{\n\tb = 1;\n}\ncatch (e)\n{\n\tinfo e;\n}\n",
        "m = {\"a\":1}\n;\n",
        "m = {\"a\":1}\nin list;\n",
        "for each x in {1,2}\n{\n\tinfo x;\n}\n",
        "r = invokeurl\n[\nurl : \"u\"\nparameters : {\"a\":1}\ntype : POST\n]\ninfo r;\n",
        "// a {\n/* b {\n */\ninfo \"{\";\n",
    ];
    for first in statements {
        for then in statements {
            is_the_same(&(first.repeat(3) + then).repeat(80));
        }
    }
}

#[test]
fn an_error_in_any_portion_is_found() {
    let function = |number: usize| format!("int f{number}(int a) {{ return a + {number}; }}\n");
    for broken in ["int g(int a) { return a + ; }", "x = 1 + ;", "x = (1, 2);", "int h(int a) { return (a, a); }"] {
        let script: String = (0..200).map(function).chain([broken.to_owned()]).collect();
        let source = Source::new("test", script);
        let arena = Arena::new();
        let expected = parse(&source, Dialect::Portable, &arena).diagnostics;
        assert_eq!(expected.len(), 1, "{broken}");
        let outline = Outline::new(&source, Dialect::Portable, false);
        let body_arena = Arena::new();
        assert!(outline.body(&body_arena).is_err() || outline.functions(&mut |_| {}).is_err(), "{broken}");
        drop(body_arena);
        assert_eq!(outline.problems(), expected, "{broken}");
    }
}
