//! Bracket tasks and their attributes.

use super::{only, problems, tree};

#[test]
fn attributes_need_no_separator() {
    assert_eq!(
        tree("r = invokeurl\n[\n\turl :\"https://a\" + b + \"c\"\n\ttype :GET\n\tconnection:\"link\"\n];"),
        "r = invokeurl[ url=(\"https://a\" + b + \"c\") type=GET connection=\"link\" ]"
    );
    assert_eq!(
        tree("x = invokeUrl [url: u type: POST parameters: p.toString() detailed:true];"),
        "x = invokeUrl[ url=u type=POST parameters=p.toString() detailed=true ]"
    );
    assert_eq!(tree("x = invokeurl[url: u, type: POST];"), "x = invokeurl[ url=u type=POST ]");
    assert_eq!(tree("x = invokeurl [];"), "x = invokeurl[ ]");
}

#[test]
fn names_may_be_hyphenated_or_two_words() {
    assert_eq!(
        tree("x = invokeurl [ content-type :\"a\" response-format:TEXT Headers : h ];"),
        "x = invokeurl[ content-type=\"a\" response-format=TEXT Headers=h ]"
    );
    assert_eq!(
        tree("sendmail [ from :zoho.adminuserid reply to :\"x\" content type : HTML message : a - b ]"),
        "sendmail[ from=zoho.adminuserid reply to=\"x\" content type=HTML message=(a - b) ]"
    );
}

#[test]
fn a_key_in_a_value_is_no_attribute() {
    assert_eq!(
        tree("x = invokeurl\n[\n\theaders:{\"A\":\"b\",\n\tkey :1}\n\tbody : f(k : v,\n\tz : 1)\n];"),
        "x = invokeurl[ headers={\"A\": \"b\", key: 1} body=f(k: v, z: 1) ]"
    );
}

#[test]
fn comments_may_stand_between_attributes() {
    assert_eq!(
        tree("x = invokeurl\n[\n\turl :\"a\" // where\n\t/* how: */ type :GET\n];"),
        "x = invokeurl[ url=\"a\" type=GET ]"
    );
}

#[test]
fn the_semicolon_is_optional_after_a_task() {
    let mail = "sendmail\n[\n\tto :\"x\"\n\tmessage :\"two\nlines\"\n]";
    let shown = "sendmail[ to=\"x\" message=\"two\nlines\" ]";
    assert_eq!(tree(mail), shown);
    assert_eq!(tree(&format!("{mail}\ninfo 1;")), format!("{shown}; info 1"));
    assert_eq!(tree(&format!("{mail} info 1;")), format!("{shown}; info 1"));
    assert_eq!(tree(&format!("if(a){{{mail}}}")), format!("if a {{{shown}}}"));
    assert_eq!(tree("x = invokeurl[url:u]\ninfo x;"), "x = invokeurl[ url=u ]; info x");
    assert_eq!(tree("return invokeurl [ url :u ];"), "return invokeurl[ url=u ]");
}

#[test]
fn any_name_may_be_a_task() {
    assert_eq!(tree("x = zoho.some.task [ a : 1 ];"), "x = zoho.some.task[ a=1 ]");
    assert_eq!(tree("info 1 + ai.ask [ prompt : \"p\" ].get(\"a\");"), "info (1 + ai.ask[ prompt=\"p\" ].get(\"a\"))");
}

#[test]
fn several_values_are_a_list() {
    assert_eq!(tree("sendmail [ to :\"a\",\"b\" subject :\"s\" ]"), "sendmail[ to=[\"a\" \"b\"] subject=\"s\" ]");
    assert_eq!(
        tree("sendmail [ Attachments :file:report, file:other to:\"a\" ]"),
        "sendmail[ Attachments=[report other] to=\"a\" ]"
    );
}

#[test]
fn a_task_that_is_written_wrongly() {
    assert_eq!(problems("x = invokeurl\n[\n\turl = \"a\"\n];\ninfo x;"), ["syntax::unexpected-token 2"]);
    assert_eq!(problems("x = invokeurl\n[\n\turl :\"a\";\n\ttype :GET;\n];"), ["syntax::unexpected-token 3"]);
    assert_eq!(problems("x = invokeurl\n[\n\turl :\n\ttype :GET\n];"), ["syntax::unexpected-token 4"]);
    assert_eq!(problems("x = invokeurl\n[\n\turl :\"a\"\n\ttype GET\n];\ny = 1;"), ["syntax::unexpected-token 4"]);
    assert!(only("x = invokeurl [ \"a\" ];").2.contains("url :"));
}
