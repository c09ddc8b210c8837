//! The formatter: what scripts look like afterwards, and that formatting settles at once.

use crate::source::Source;
use crate::syntax::{Dialect, format};

/// The script, formatted; formatting that again must change nothing.
fn formatted(script: &str) -> String {
    let run = |text: &str| {
        format(&Source::new("test", text), Dialect::Portable).unwrap_or_else(|found| panic!("{text}: {found:?}"))
    };
    let once = run(script);
    assert_eq!(run(&once), once, "not settled: {script}");
    once
}

#[track_caller]
fn becomes(script: &str, expected: &str) {
    assert_eq!(formatted(script), expected, "{script}");
}

#[track_caller]
fn stays(script: &str) {
    becomes(script, script);
}

#[test]
fn statements_stand_as_in_zohos_editor() {
    stays(
        "void automation.note(Int dealId, List:String names)\n{\nfor each  name in names\n{\n\tif(name == null || !name.contains(\"a\"))\n\t{\n\t\tcontinue;\n\t}\n\telse if(name.len() > -1)\n\t{\n\t\tinfo name.subString(0,1) + \"x\";\n\t}\n\telse\n\t{\n\t\tbreak;\n\t}\n}\ntry\n{\n\tx = a * -1;\n}\ncatch (e)\n{\n\treturn;\n}\n}\n",
    );
    becomes("x=1+2 ;y = - ( a%2 ) ; z+=1;", "x = 1 + 2;\ny = -(a % 2);\nz += 1;\n");
    becomes("FOR EACH INDEX i IN x{info i;}", "FOR EACH INDEX i IN x\n{\n\tinfo i;\n}\n");
    becomes("info(1);return(2);", "info (1);\nreturn (2);\n");
    becomes("x = if( a , b , if(c,d,e) );", "x = if(a,b,if(c,d,e));\n");
    becomes("if(x  in {1,2}&&y not   in l&&z is  null){}", "if(x in {1,2} && y not in l && z is null)\n{\n}\n");
    becomes("if(!a&&!(b||c)){}", "if(!a && !(b || c))\n{\n}\n");
    becomes("if(not a){}", "if(not a)\n{\n}\n");
}

#[test]
fn literals_have_no_blanks() {
    becomes("m = { \"a\" : 1 , \"b\" : [ 1 , 2 ] };", "m = {\"a\":1,\"b\":[1,2]};\n");
    becomes("m = {};\nl = [ ];", "m = {};\nl = [];\n");
    becomes("c = Collection( \"k\" : 1 , \"l\" : 2 );", "c = Collection(\"k\":1,\"l\":2);\n");
    becomes("l = List:String( );", "l = List:String();\n");
    becomes("m = {list : string(x)};", "m = {list: string(x)};\n");
    becomes("l = {1,2,};", "l = {1,2,};\n");
}

#[test]
fn numbers_stay_the_numbers_they_are() {
    becomes("x = 123. .round(1);", "x = 123. .round(1);\n");
    becomes("x = 24 . toString();", "x = 24.toString();\n");
    becomes("x = - - 1;\ny = 2--1;\nz = + - .5;", "x = - -1;\ny = 2 - -1;\nz = + -.5;\n");
}

#[test]
fn tasks_have_an_attribute_on_each_line() {
    becomes(
        "r=invokeurl[url: \"x\" type :GET parameters : p content-type:\"a\"];",
        "r = invokeurl\n[\n\turl :\"x\"\n\ttype :GET\n\tparameters:p\n\tcontent-type:\"a\"\n];\n",
    );
    becomes(
        "if(a){sendmail [from : b to: c reply to:d Attachments :file:f, file:g]}",
        "if(a)\n{\n\tsendmail\n\t[\n\t\tfrom :b\n\t\tto :c\n\t\treply to:d\n\t\tAttachments:file:f,file:g\n\t]\n}\n",
    );
    becomes("invokeurl[ ];", "invokeurl\n[\n];\n");
    becomes("return zoho . cliq.x [ url:a ] . get(\"b\");", "return zoho.cliq.x\n[\n\turl :a\n].get(\"b\");\n");
}

#[test]
fn records_have_a_field_on_each_line() {
    becomes(
        "id = insert into Orders [ Added_User = zoho.loginuser Total=1 + 2 ];",
        "id = insert into Orders\n[\n\tAdded_User=zoho.loginuser\n\tTotal=1 + 2\n];\n",
    );
    becomes(
        "for each r in Orders [ Total > 5 && Due in last 3 weeks ]  sort by Total desc range  from 1 to 5 {r.Total=1;}",
        "for each  r in Orders[Total > 5 && Due in last 3 weeks] sort by Total desc range from 1 to 5\n{\n\tr.Total = 1;\n}\n",
    );
    becomes("n = Orders [ID != 0] . count ( ) ;", "n = Orders[ID != 0].count();\n");
    becomes(
        "n = Orders[ID != 0].Total sort by Total . getall( );",
        "n = Orders[ID != 0].Total sort by Total.getall();\n",
    );
    becomes("delete  from Orders [ ID == 1 ];hide  Total;", "delete from Orders[ID == 1];\nhide Total;\n");
    becomes("alert (\"a\");alert \"b\";cancel  submit;", "alert(\"a\");\nalert \"b\";\ncancel submit;\n");
    becomes("input.Total : ui . add( 1 );", "input.Total:ui.add(1);\n");
}

#[test]
fn braces_are_added() {
    becomes(
        "if(a) x=1; else if(b) y=2; else z=3;",
        "if(a)\n{\n\tx = 1;\n}\nelse if(b)\n{\n\ty = 2;\n}\nelse\n{\n\tz = 3;\n}\n",
    );
    becomes(
        "if(a) // why\n// what\nx = 1; // that\n// next\ny = 2;",
        "if(a) // why\n{\n\t// what\n\tx = 1; // that\n}\n// next\ny = 2;\n",
    );
    becomes("if(a) if(b) x=1;\ny=2;", "if(a)\n{\n\tif(b)\n\t{\n\t\tx = 1;\n\t}\n}\ny = 2;\n");
    becomes("if(a);", "if(a)\n{\n\t;\n}\n");
}

#[test]
fn comments_stay_where_they_are() {
    stays("// first\n\n/* second\n   third */\nx = 1; // fourth\n// fifth\n");
    stays("if(a) // b\n// c\n{ // d\n\t// e\n\tx = 1;\n\t// f\n}\n// g\nelse\n{\n\t// h\n}\n");
    becomes(
        "/* a */ x /* b */ = /* c */ f( /* d */ y /* e */ , z );/* f */",
        "/* a */ x /* b */ = /* c */ f(/* d */ y /* e */,z); /* f */\n",
    );
    becomes("x = a + // one\nb;", "x = a + // one\n\tb;\n");
    becomes("x   // one\n;", "x // one\n\t;\n".trim_start());
    becomes("m = { \"a\":1, // one\n\"b\":2\n// two\n};", "m = {\n\t\"a\":1, // one\n\t\"b\":2\n\t// two\n};\n");
    becomes(
        "x = invokeurl // one\n[ // two\nurl:a // three\n// four\ntype:GET\n// five\n];",
        "x = invokeurl // one\n[ // two\n\turl :a // three\n\t// four\n\ttype :GET\n\t// five\n];\n",
    );
    becomes("for each x in // one\nlist\n// two\n{}", "for each  x in // one\n\tlist\n// two\n{\n}\n");
    becomes("if(f( // one\n1,2)){}", "if(f( // one\n\t1,2))\n{\n}\n");
    becomes("if(f({1}, // one\n2)){}", "if(f({1}, // one\n\t2))\n{\n}\n");
    becomes("x = 1;//one   \r\n", "x = 1; //one\r\n");
    becomes("  // alone  ", "// alone\n");
    becomes("\n\n/* alone */\n\n", "/* alone */\n");
}

#[test]
fn one_blank_line_may_part_statements() {
    becomes("\n\nx=1;\n\n\n\ny=2;\n{}".trim_end_matches("{}"), "x = 1;\n\ny = 2;\n");
    becomes(
        "if(a)\n\n{\n\nx=1;\n\n\n// c\n\ny=2;\n\n}\n\nelse\n\n{\n\n// d\n\n}\n\n",
        "if(a)\n{\n\tx = 1;\n\n\t// c\n\n\ty = 2;\n}\nelse\n{\n\t// d\n}\n",
    );
}

#[test]
fn line_ends_are_those_of_the_first_line() {
    becomes("x=1;\r\ny=2;\nz=3;", "x = 1;\r\ny = 2;\r\nz = 3;\r\n");
    becomes("x=1;\ny=2;\r\n", "x = 1;\ny = 2;\n");
    becomes("x=\"a\r\nb\"; y=1;", "x = \"a\r\nb\";\ny = 1;\n");
    becomes("\u{feff}x=1;", "x = 1;\n");
    becomes("", "");
    becomes(" \n\n", "");
}

#[test]
fn texts_are_untouched() {
    stays("x = \"a  {b}\n\n   // no comment  \n\t'\" + 'c\\'  d';\n");
}

#[test]
fn long_lines_are_never_broken_but_keep_the_breaks_they_have() {
    let long = "\"0123456789012345678901234567890123456789\"";
    stays(&format!("x = {{{long}:{long},{long}:{long}}};\n"));
    becomes(
        &format!("x = {{ {long} : {long} , {long}:\n{long}}};"),
        &format!("x = {{{long}:{long},{long}:{long}}};\n"),
    );
    becomes(
        &format!("x = {{ {long} : {long} ,\n {long}:[ 1,\n2]}};"),
        &format!("x = {{\n\t{long}:{long},\n\t{long}:[1,2]\n}};\n"),
    );
    becomes(&format!("x = {long} +\n{long} + {long}\n+ 1;"), &format!("x = {long}\n\t+ {long} + {long}\n\t+ 1;\n"));
    becomes("x = 1 +\n2\n+ 3;", "x = 1 + 2 + 3;\n");
    becomes(
        &format!("if(a == {long}\n&& b == {long}\n|| c == {long}){{}}"),
        &format!("if(a == {long}\n\t&& b == {long}\n\t|| c == {long})\n{{\n}}\n"),
    );
    becomes("f(\n1,\n2\n);", "f(1,2);\n");
}

#[test]
fn a_semicolon_too_many_stays() {
    becomes("x=1; ;\nif(a){;};", "x = 1;;\nif(a)\n{\n\t;\n};\n");
    becomes(";", ";\n");
}

#[test]
fn a_declared_type_stays() {
    becomes("string  x=1;y=2;", "string x = 1;\ny = 2;\n");
}

#[test]
fn what_does_not_parse_is_refused() {
    for script in ["info (;", "x = 1", "/* open", "if(a) {", "while(true) {}", "application \"x\" {}"] {
        let found = format(&Source::new("test", script), Dialect::Portable).unwrap_err();
        assert!(found.iter().all(|one| one.code != "syntax::not-formatted"), "{script}: {found:?}");
    }
}

#[test]
fn depth_and_length_cost_little() {
    let deep = format!("x = {}1{};", "{".repeat(190), "}".repeat(190));
    formatted(&deep);
    formatted(&format!("{}{}", "if(a){".repeat(190), "}".repeat(190)));
    formatted(&format!("x = 1{};", " + 1 // one\n".repeat(20_000)));
    formatted(&format!("x = a{};", ".b()\n".repeat(20_000)));
    formatted(&format!("if(a) {{}} {}", "else if(b) x = 1;\n".repeat(5_000)));
    formatted(&"// a\n\n".repeat(50_000));
    // Indentation may make a script larger than scripts may be.
    let wide = format!("{}{}{}", "if(a){".repeat(190), "a;".repeat(100_000), "}".repeat(190));
    let found = format(&Source::new("test", wide), Dialect::Portable).unwrap_err();
    assert_eq!(found[0].code, "syntax::too-large");
}
