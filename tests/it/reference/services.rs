//! The page of the default services, made of their files: which there are, where their credentials may go, and what that
//! was compared with, so that nobody has to trust a list whose origin is unknown.

use std::fs;
use std::path::Path;

use sluice::connections::{Service, defaults};

pub(super) const NAME: &str = "default-services.md";

const INTRODUCTION: &str = "\
# Default services

[Reference](README.md)

What connections can be made with, without a file of your own. This page is made of the files in `services/`.
`sluice services show NAME` shows one with the credentials that it asks for, and
`sluice connections create LINK_NAME --service NAME` makes a connection, `sluice connections authorize LINK_NAME --service NAME`
one that signs in (`oauth2`, `oauth1`).

- **Hosts** are where the credentials may go; a request to another host ends with `connections::invalid-domain` before
  anything is sent. `*.acme.test` stands for everything below `acme.test`.
- A word in braces is a **parameter**: each connection gives its value with `--param KEY=VALUE`, or takes the default.
  A parameter inside a host is letters, digits and hyphens, so that it cannot become another host.
- **Compared with** says where the hosts were found: in the provider's own API reference or its client library, in a list
  of providers that other programs use, or in public code that calls the API. It means that they are the provider's, not
  that there are no others. If one is missing, copy the file under another link name, add the host, and tell us.
- An API key that stands inside a path or a body is written there by its name in braces, as in
  `https://api.telegram.org/bot{token}/getMe`; the value takes its place when the request is sent.
- `oauth1` and `aws_v4` sign every request anew. An `oauth1` connection signs in like one of `oauth2`, with
  `sluice connections authorize NAME`, or takes a token and its secret that you have; `aws_v4` needs an access key and its
  secret key.
- What is compared are the hosts. The addresses of consoles where a client is registered, the places of account names in
  answers, and many scopes were written from general knowledge: where one is wrong, the message of the provider says so.
";

/// The whole page.
pub(super) fn page() -> String {
    let mut page = format!("{INTRODUCTION}\n");
    let services: Vec<(Service, String)> = defaults::link_names()
        .map(|link_name| (defaults::find(link_name).unwrap().unwrap(), text(link_name)))
        .collect();
    let unknown: Vec<_> = services.iter().filter(|(service, _)| !service.hosts_verified).collect();
    page.push_str("## Not compared yet\n\n");
    match unknown.is_empty() {
        true => page.push_str("None: the hosts of every service were found in public material.\n"),
        false => unknown.iter().for_each(|(service, _)| page.push_str(&format!("- `{}`\n", service.link_name))),
    }
    page.push_str(&format!("\n## All {} services\n\n", services.len()));
    page.push_str(
        "| link name | service | type | hosts | parameters | compared with |\n| --- | --- | --- | --- | --- | --- |\n",
    );
    for (service, text) in &services {
        page.push_str(&row(service, text));
    }
    page
}

fn row(service: &Service, text: &str) -> String {
    let code = |words: Vec<String>| words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(" ");
    let hosts = match text.contains("hosts = [\"@zoho_hosts\"]") {
        true => "every Zoho data centre".to_owned(),
        false => code(service.hosts.clone()),
    };
    let parameters = service.dynamic.iter().map(|parameter| match &parameter.default {
        Some(default) => format!("{} = {default}", parameter.key),
        None => parameter.key.clone(),
    });
    let source = text.lines().find_map(|line| line.strip_prefix("# hosts: verified by ")).unwrap_or("nothing yet");
    format!(
        "| `{}` | {}: {} | {} | {hosts} | {} | {source} |\n",
        service.link_name,
        service.name,
        service.description,
        service.auth.type_name(),
        code(parameters.collect()),
    )
}

fn text(link_name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("services/{link_name}.toml"))).unwrap()
}
