//! Requests to paste, which must run as they are printed.

use crate::cli::credentials::{connect, service};
use crate::cli::harness::Desk;
use crate::cli::server::Server;

#[test]
fn the_block_for_scripts_checks_and_runs() {
    let (desk, server) = (Desk::project(""), Server::friendly());
    service(&desk, "acme", &format!("type = \"basic\"\n[verify]\nurl = \"{}\"", server.url("/me?x=%22")));
    connect(&desk, "shop", "acme", &[], &[("username", "ann"), ("password", "a pass word")]).expect(0);
    let script = desk.sluice(&["connections", "sample", "shop", "--deluge"]).expect(0).stdout;
    desk.write("sample.dg", &script);
    desk.sluice(&["check", "sample.dg", "--deny-warnings"]).expect(0);
    desk.sluice(&["run", "sample.dg"]).prints("{\"ok\":true}\n");
    assert_eq!(server.only().target, "/me?x=%22");
    let form: serde_json::Value =
        serde_json::from_str(&desk.sluice(&["connections", "sample", "shop", "--json-form"]).expect(0).stdout).unwrap();
    let expected = serde_json::json!({
        "url": server.url("/me?x=%22"), "method": "GET", "parameters": {}, "headers": {}, "param_type": 1,
    });
    assert_eq!(form, expected);
}

#[test]
fn every_default_service_gives_a_block_that_parses() {
    let desk = Desk::project("");
    let services = desk.sluice(&["services", "list", "--default", "--json"]).expect(0).json();
    let mut connections = String::new();
    let mut names = Vec::new();
    for service in services.as_array().unwrap() {
        let name = service["link_name"].as_str().unwrap().to_owned();
        let parameters = service["parameters"].as_array().unwrap();
        if parameters.iter().all(|parameter| !parameter["default"].is_null()) {
            connections += &format!("[{name}]\nservice = \"{name}\"\n");
            names.push(name);
        }
    }
    desk.write("connections.toml", connections);
    // A process for each would take long; these are spread over all.
    for name in names.iter().step_by(12) {
        let both = desk.sluice(&["connections", "sample", name, "--json"]).expect(0).json();
        desk.write(&format!("samples/{name}.dg"), both["deluge"].as_str().unwrap());
        assert!(both["json"]["url"].as_str().unwrap().starts_with("http"), "{both}");
    }
    desk.sluice(&["check", "--deny-warnings", "samples"]).expect(0);
}
