//! The example of connections in a database of one's own is compiled and run as it stands.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

#[path = "../../examples/tenants.rs"]
mod example;

#[test]
fn tenants_with_one_link_name_never_see_each_other() {
    let answers = example::answers().unwrap();
    let basic = |name: &str| format!("Basic {}", STANDARD.encode(format!("{name}:password of {name}")));
    assert_eq!(answers[..2], [basic("north"), basic("south")]);
    assert!(answers[2].contains("Connection Name was not found"), "{}", answers[2]);
    example::main().unwrap();
}
