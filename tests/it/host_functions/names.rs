//! Names: what is refused, what a misspelt one is told, and where they show.

use sluice::reference::{Book, Look, entry_text};

use super::*;

fn refusal(function: host::Function) -> String {
    Engine::builder().function(function).build().err().map(|error| error.to_string()).unwrap_or_default()
}

#[test]
fn names_of_others_are_refused() {
    for (name, problem) in [
        ("size", "a built-in function"),
        ("ifNull", "a built-in function"),
        ("zoho.crm.getRecordById", "belongs to the platform"),
        ("thisapp.f", "belongs to the platform"),
        ("standalone.f", "belongs to the platform"),
        ("automation.f", "belongs to the platform"),
        ("invokeurl", "a task"),
        ("openUrl", "a task"),
        ("if.x", "a word of the language"),
        ("return", "a word of the language"),
        ("null", "a word of the language"),
        ("", "letters, digits"),
        ("a..b", "letters, digits"),
        ("1a", "letters, digits"),
        ("a-b", "letters, digits"),
        ("a.b ", "letters, digits"),
    ] {
        let told = refusal(host::function(name, || 1));
        assert!(told.contains(problem) && told.contains(&format!("`{name}`")), "{name}: {told}");
    }
}

#[test]
fn what_is_declared_twice_or_wrongly_is_refused() {
    let twice = |name: &str| shop().function(host::function(name, || 1)).build().is_err();
    assert!(twice("shop.discount") && twice("SHOP.Discount") && twice("shop.version"));
    assert!(shop().constant("double", 1, "").build().is_err());
    assert!(twice("shop.version.major"), "a constant is no namespace");
    assert!(refusal(host::function("f", |_: i64| 1).parameters(["a", "b"])).contains("2 parameters are named"));
    assert!(refusal(host::function("f", |_: i64, _: i64| 1).parameters(["a", "a"])).contains("two parameters"));
    assert!(refusal(host::function("f", |_: i64| 1).parameters(["a b"])).contains("no name of a parameter"));
    assert!(refusal(host::function("f", |_: i64| 1).optional(["b"])).contains("Option"));
}

#[test]
fn a_misspelt_name_gets_a_proposal() {
    let engine = shop().build().unwrap();
    for (text, help) in [
        ("info shop.discuont(1, \"gold\");", "did you mean `shop.discount`?"),
        ("info duoble(1);", "did you mean `double`?"),
        ("info shop.orders.fnd(7);", "did you mean `shop.orders.find`?"),
        ("info shop.completely_else(7);", "shop.discount, shop.orders.find"),
        ("info shop.versoin;", "did you mean `shop.version`?"),
        ("info shop.discount;", "shop.discount(amount, tier)"),
        ("info app_nmae;", "did you mean `app_name`?"),
    ] {
        assert!(found(&engine, text).contains(help), "{text}: {}", found(&engine, text));
    }
}

#[test]
fn functions_of_the_script_come_first() {
    let engine = shop().build().unwrap();
    assert_eq!(result(&engine, "return double(1);\nint double(int a) { return a + 100; }"), "101");
}

#[test]
fn the_reference_has_a_part_for_them() {
    let engine = shop().build().unwrap();
    let book = Book::new(engine.catalogue());
    let (part, entries) = book.parts().into_iter().next_back().unwrap();
    assert_eq!(part.title, "Functions of the application");
    let names: Vec<&str> = entries.iter().map(|entry| entry.name.as_str()).collect();
    assert_eq!(names.len(), 7, "{names:?}");
    let text = entry_text(&entries[0], Look { width: Some(80), colour: false });
    assert!(text.contains("shop.discount(amount, tier)"), "{text}");
    assert!(text.contains("info shop.discount(10, \"gold\");   // 1"), "{text}");
    assert!(text.contains("Gives the discount of a customer's tier."), "{text}");
    let bare = Engine::builder().build().unwrap();
    assert!(Book::new(bare.catalogue()).parts().iter().all(|(part, _)| part.slug != "application"));
}

#[test]
fn checks_know_the_kinds_of_results() {
    let engine = shop().build().unwrap();
    let result = found(&engine, "info shop.discount(1, \"gold\").get(\"x\");");
    assert!(result.contains("Argument type mismatches for the function get"), "{result}");
    let argument = found(&engine, "info double(\"x\");");
    assert!(argument.contains("Argument type mismatches for the function double at index 1"), "{argument}");
    assert_eq!(found(&engine, "info shop.orders.find(7).get(\"name\"); info double(1) + 1;"), "");
}

#[test]
fn the_hash_tells_what_is_used_and_other_engines_refuse() {
    let engine = shop().build().unwrap();
    let text = "return double(4);";
    let wider = Engine::builder().function(host::function("double", |a: i64, b: Option<i64>| a + b.unwrap_or(a)));
    let wider = wider.build().unwrap();
    let (program, other) = (compile(&engine, text), compile(&wider, text));
    assert_ne!(program.hash(), other.hash());
    assert_eq!(program.hash(), compile(&shop().build().unwrap(), text).hash());
    let outcome = wider.run_blocking(&program, Run::script());
    assert_eq!(outcome.result.unwrap_err().code, "run::other-engine");
    let plain = compile(&engine, "return 1;");
    assert_eq!(wider.run_blocking(&plain, Run::script()).result.unwrap(), Data::from(1));
}
