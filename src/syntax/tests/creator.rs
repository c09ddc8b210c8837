//! Records of a form, and statements for the person before it.

use super::{problems, tree, value};

#[test]
fn fetches() {
    assert_eq!(value("Form[ID != 0]"), "Form<(ID != 0)>");
    assert_eq!(value("app.Form[Flag]"), "app.Form<Flag>");
    assert_eq!(value("Form[!Flag && Name.contains(\"x\")]"), "Form<(and (not Flag) Name.contains(\"x\"))>");
    assert_eq!(value("Form[]"), "Form<>");
    assert_eq!(value("Form[Team = temp]"), "Form<(Team == temp)>");
    assert_eq!(value("Form[A == 1].count() + 1"), "(Form<(A == 1)>.count() + 1)");
    assert_eq!(value("Form[ID == x].Name.first_name.toUpperCase()"), "Form<(ID == x)>.Name.first_name.toUpperCase()");
    assert_eq!(
        value("Form[Status in {\"a\",\"b\"} || Note is null]"),
        "Form<(or (Status in [\"a\" \"b\"]) (Note == null))>"
    );
}

#[test]
fn order_and_range() {
    assert_eq!(value("Form[ID != 0] sort by Total desc range from 1 to 50"), "(Form<(ID != 0)> sort Total true 1..50)");
    assert_eq!(value("Form[ID != 0] range from a to b.size()"), "(Form<(ID != 0)> a..b.size())");
    assert_eq!(value("Form[ID != 0].Name sort by Age.getall()"), "(Form<(ID != 0)>.Name sort Age false all)");
    assert_eq!(
        tree("for each r in Form[A == \"x\" && B > 5] sort by ID asc\n{\n\tinfo r;\n}"),
        "for r in (Form<(and (A == \"x\") (B > 5))> sort ID false) {info r}"
    );
    assert_eq!(tree("for each r in Form sort by ID { }"), "for r in (Form sort ID false) {}");
}

#[test]
fn spans_of_time() {
    assert_eq!(value("Form[D in this month]"), "Form<(D in <this month>)>");
    assert_eq!(value("Form[D in last 3 weeks && A]"), "Form<(and (D in <last 3 weeks>) A)>");
    assert_eq!(value("Form[D in 2 years ago]"), "Form<(D in <2 years ago>)>");
    assert_eq!(value("Form[(D in this week) && A]"), "Form<(and (D in <this week>) A)>");
    assert_eq!(value("Form[((D in 2 days ago))]"), "Form<(D in <2 days ago>)>");
}

#[test]
fn records_are_added() {
    assert_eq!(tree("x = insert into F [ A = 1\n B = 2 ];"), "x = insert F[ A=1 B=2 ]");
    assert_eq!(
        tree(
            "insert into F\n[\n\tName.first_name=input.A // the first\n\tAdded_User=zoho.loginuser\n\tL={1,2}\n]\ninfo 1;"
        ),
        "insert F[ Name.first_name=input.A Added_User=zoho.loginuser L=[1 2] ]; info 1"
    );
    assert_eq!(tree("insert into F [ A = b == c, B = if(x == 1,2,3) ]"), "insert F[ A=(b == c) B=if((x == 1) 2 3) ]");
    assert_eq!(problems("insert into F [ A = if(x = 1,2,3) ]"), ["syntax::single-equals 1"]);
    assert_eq!(tree("insert into F [ ];"), "insert F[ ]");
}

#[test]
fn records_are_changed_and_deleted() {
    assert_eq!(tree("update rec [ A = 1 B.c = \"x\" ];"), "update rec[ A=1 B.c=\"x\" ]");
    assert_eq!(tree("update F[ID == 1]\n[\n\tA = 1\n]\ninfo 2;"), "update F<(ID == 1)>[ A=1 ]; info 2");
    assert_eq!(tree("F[ID == 1].A = 3; rec.A = 4;"), "F<(ID == 1)>.A = 3; rec.A = 4");
    assert_eq!(tree("delete from F[ID == 1];"), "delete F<(ID == 1)>");
}

#[test]
fn statements_for_a_person() {
    assert_eq!(
        tree("hide Field; show Sub.Field; clear A; focus Name.prefix;"),
        "<hide> Field; <show> Sub.Field; <clear> A; <focus> Name.prefix"
    );
    assert_eq!(tree("Cancel submit; cancel delete; reload;"), "<Cancel submit>; <cancel delete>; <reload>");
    assert_eq!(
        tree("alert \"a\" + x; alert(\"b\"); alert(F,\"c\");"),
        "<alert> (\"a\" + x); <alert> \"b\"; <alert> F \"c\""
    );
    assert_eq!(tree("success message \"done\";"), "<success message> \"done\"");
    assert_eq!(tree("input.Picker:ui.add(\"x\");"), "input.Picker.ui.add(\"x\")");
}

#[test]
fn their_words_are_names_elsewhere() {
    let script = "alert = 1; show = alert; update.put(1,2); clear(l); insert = l.insert(3); sort = range; to = by; period = last;";
    assert_eq!(problems(script), Vec::<String>::new());
}
