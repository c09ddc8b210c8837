//! The services that come along, as a person uses them: listed, shown, and connected with one command, after which the
//! credential reaches the provider's host in the provider's form.

use serde_json::Value;

use super::credentials::connect;
use super::harness::Desk;
use super::server::{Seen, Server};

/// Sends one request of a script to a host of a provider, which this machine stands in for.
fn sent(desk: &Desk, host: &str, rest: &str, link_name: &str, attributes: &str) -> Seen {
    let server = Server::friendly();
    let route = format!("{host}={}", server.url(""));
    let script = format!(
        "reply = invokeurl\n[\n\turl: \"https://{host}{rest}\"\n\t{attributes}\n\tconnection: \"{link_name}\"\n];\ninfo reply;\n"
    );
    desk.run(&script, &["--route", &route]).prints("{\"ok\":true}\n");
    server.only()
}

#[test]
fn the_list_has_every_service_with_its_type() {
    let desk = Desk::new();
    let listed = desk.sluice(&["services", "list", "--default", "--json"]).expect(0).json();
    let services = listed.as_array().unwrap();
    assert_eq!(services.len(), 172);
    let of = |name: &str| services.iter().filter(|service| service["auth_type"] == name).count();
    assert_eq!((of("oauth1"), of("aws_v4")), (4, 1));
    assert!(of("oauth2") > 100 && of("api_key") > 10 && of("basic") >= 10);
    let zoho = services.iter().filter(|service| {
        let hosts = service["hosts"].as_array().map(Vec::as_slice).unwrap_or_default();
        hosts.contains(&Value::from("*.zohoapis.com.au")) && hosts.len() == 20
    });
    assert_eq!(zoho.count(), 32);
    for (name, asked) in [
        ("openai", "Authorization (API key)"),
        ("stripe_api_key", "password (Password)"),
        ("shopify", "shop (Your subdomain of myshopify.com)"),
        ("flickr", "token_secret (Token secret)"),
        ("aws", "secret_key (Secret access key)"),
    ] {
        let shown = desk.sluice(&["services", "show", name]).expect(0);
        assert!(shown.stdout.contains(asked), "{}", shown.stdout);
    }
}

#[test]
fn keys_go_where_each_provider_wants_them() {
    let desk = Desk::project("");
    connect(&desk, "ai", "openai", &[], &[("Authorization", "sk-0123456789")]).expect(0);
    let seen = sent(&desk, "api.openai.com", "/v1/models", "ai", "type: GET");
    assert_eq!(seen.header("authorization"), "Bearer sk-0123456789");

    connect(&desk, "weather", "open_weather", &[], &[("appid", "0123456789abcdef")]).expect(0);
    let seen = sent(&desk, "api.openweathermap.org", "/data/2.5/weather?q=Dublin", "weather", "type: GET");
    assert_eq!(seen.target, "/data/2.5/weather?q=Dublin&appid=0123456789abcdef");

    let pair = [("username", "the-api-key"), ("password", "X")];
    connect(&desk, "helpdesk", "freshdesk", &["--param", "domain=acme"], &pair).expect(0);
    let seen = sent(&desk, "acme.freshdesk.com", "/api/v2/tickets", "helpdesk", "type: GET");
    assert_eq!(seen.header("authorization"), "Basic dGhlLWFwaS1rZXk6WA==");

    connect(&desk, "bot", "telegram", &[], &[("token", "12345:abcdefgh")]).expect(0);
    let seen = sent(&desk, "api.telegram.org", "/bot{token}/getMe", "bot", "type: GET");
    assert_eq!(seen.target, "/bot12345%3Aabcdefgh/getMe");

    let secrets = [("partnerUserID", "aa_acme"), ("partnerUserSecret", "s3cr\"et")];
    connect(&desk, "expenses", "expensify", &[], &secrets).expect(0);
    let job = r#"type: POST parameters: {"requestJobDescription": "{\"credentials\":{\"partnerUserID\":\"{partnerUserID}\",\"partnerUserSecret\":\"{partnerUserSecret}\"}}"}"#;
    let seen = sent(&desk, "integrations.expensify.com", "/Integration-Server/", "expenses", job);
    let given: Value = serde_json::from_str(&seen.form()[0].1).unwrap();
    assert_eq!(given["credentials"]["partnerUserSecret"], "s3cr\"et");

    connect(&desk, "shop", "shopify", &["--param", "shop=acme"], &[("access_token", "shpat_0123456789")]).expect(0);
    let seen = sent(&desk, "acme.myshopify.com", "/admin/api/2025-10/shop.json", "shop", "type: GET");
    assert_eq!(seen.header("x-shopify-access-token"), "shpat_0123456789");
    assert_eq!(seen.header("authorization"), "");
}

#[test]
fn requests_are_signed_where_the_provider_wants_signatures() {
    let desk = Desk::project("");
    let token = [
        ("consumer_key", "0123456789abcdef"),
        ("consumer_secret", "first secret"),
        ("token", "a-token"),
        ("token_secret", "second secret"),
    ];
    connect(&desk, "boards", "trello", &[], &token).expect(0);
    let seen = sent(&desk, "api.trello.com", "/1/members/me?fields=id", "boards", "type: GET");
    let header = seen.header("authorization");
    assert!(header.starts_with("OAuth oauth_consumer_key=\"0123456789abcdef\", "), "{header}");
    assert!(header.contains("oauth_signature_method=\"HMAC-SHA1\"") && header.contains("oauth_token=\"a-token\""));

    let keys = [("access_key", "AKIDEXAMPLE"), ("secret_key", "wJalrXUtnFEMI/K7MDENG")];
    connect(&desk, "store", "aws", &["--param", "region=eu-central-1"], &keys).expect(0);
    let host = "bucket.s3.eu-central-1.amazonaws.com";
    let seen = sent(&desk, host, "/a%20b.txt?x=1", "store", "type: PUT parameters: \"hello\"");
    let header = seen.header("authorization");
    assert!(header.contains("/eu-central-1/s3/aws4_request, SignedHeaders=content-type;host;"), "{header}");
    let hash = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
    assert_eq!((seen.header("x-amz-content-sha256"), seen.body.as_str()), (hash, "hello"));
    let script =
        "info invokeurl [url: \"https://ec2-1.eu-central-1.compute.amazonaws.com/\" type: GET connection: \"store\"];";
    desk.run(script, &[]).complains(5, &["connections::invalid-domain"]);
}

#[test]
fn a_key_without_its_placeholder_is_not_sent() {
    let desk = Desk::project("");
    connect(&desk, "bot", "telegram", &[], &[("token", "12345:abcdefgh")]).expect(0);
    let script = "info invokeurl [url: \"https://api.telegram.org/getMe\" type: GET connection: \"bot\"];";
    desk.run(script, &[]).complains(5, &["connections::no-placeholder", "{token}"]);
}
