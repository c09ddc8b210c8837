//! A request through a connection, ready to be pasted: for scripts as an `invokeurl` block, and for client-side code as
//! the object that Zoho's SDK for widgets takes (`ZOHO.CRM.CONNECTION.invoke`).

use serde_json::{Value, json};
use url::Url;

use super::Error;
use super::session::Connections;
use super::target::Target;

/// A request in both forms.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    /// A Deluge script.
    pub deluge: String,
    /// The object for client-side code.
    pub json: Value,
}

impl Connections {
    #[doc(hidden)] // For the command line.
    /// The request with which the service's connections are tested, or one to the first of its hosts. Nothing is sent, and
    /// nobody needs to be authorised.
    ///
    /// # Errors
    /// [`Error::UnknownLinkName`], or that the service or a parameter is wrong.
    pub fn sample(&self, link_name: &str) -> Result<Sample, Error> {
        let target = self.target(link_name, None)?;
        let method = target.service.verify.as_ref().map_or("GET", |verify| verify.method.as_str());
        let url = address(&target);
        let link_name = &target.link_name;
        let parameters = if method == "GET" { "" } else { "\tparameters: Map()\n" };
        let deluge = format!(
            "response = invokeurl\n[\n\turl: \"{}\"\n\ttype: {method}\n{parameters}\tconnection: \"{link_name}\"\n];\ninfo \
             response;\n",
            escaped(&url)
        );
        // 1 stands for parameters in the address, 2 for a payload.
        let kind = if method == "GET" { 1 } else { 2 };
        let json = json!({"url": url, "method": method, "parameters": {}, "headers": {}, "param_type": kind});
        Ok(Sample { deluge, json })
    }
}

fn address(target: &Target) -> String {
    let verify = target.service.verify.as_ref().map(|verify| &verify.url);
    let filled = |url: &Url| target.values.fill(target.service.link_name.as_str(), url).unwrap_or_else(|_| url.clone());
    if let Some(url) = verify {
        return filled(url).to_string();
    }
    let host = target.hosts.texts().next().unwrap_or("*");
    let host = match host.strip_prefix("*.") {
        Some(rest) => format!("www.{rest}"),
        None if host == "*" => "api.example.com".to_owned(),
        None => host.to_owned(),
    };
    let scheme = if target.service.plain_http { "http" } else { "https" };
    format!("{scheme}://{host}/")
}

/// As it stands between the quotes of a Deluge text.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}
