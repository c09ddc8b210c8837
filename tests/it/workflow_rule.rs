//! The embedding example is compiled and run as it stands.

#[path = "../../examples/workflow_rule.rs"]
mod example;

#[test]
fn the_example_runs() {
    example::main().unwrap();
}
