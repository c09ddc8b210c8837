//! Whether a connection works: one request that its service names for that, through the connection as a script's would
//! go, and what the answer means in words.

use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::Value;
use url::Url;

use super::Error;
use super::blocking::aside;
use super::error::user_option;
use super::session::Connections;
use super::target::Target;
use super::vault::{Change, Record};
use crate::http::{Method, Request, Response};

/// The longest name of an account that is kept.
const LONGEST_ACCOUNT: usize = 200;

/// How a test went.
#[derive(Clone, Debug)]
pub struct Tested {
    /// The method of the request.
    pub method: &'static str,
    /// Where it went, without credentials.
    pub url: String,
    /// The status of the answer.
    pub status: u16,
    /// From the request to the whole answer, renewal of a token included.
    pub time: Duration,
    /// The account that the service named.
    pub account: Option<String>,
    /// Why the connection does not work, if it does not.
    pub failure: Option<Error>,
}

impl Connections {
    /// Sends the request with which the service's connections are tested, or a GET to `url`.
    ///
    /// # Errors
    /// [`Error::NoVerification`] when there is no address; every error of [`Connections::send`].
    pub async fn test(&self, link_name: &str, user: Option<&str>, url: Option<Url>) -> Result<Tested, Error> {
        let (this, name, of) = (self.clone(), link_name.to_owned(), user.map(str::to_owned));
        let target = Arc::new(aside(move || this.target(&name, of.as_deref())).await?);
        let (method, url) = match (url, &target.service.verify) {
            (Some(url), _) => (Method::Get, url),
            (None, Some(verify)) => (verify.method, verify.url.clone()),
            (None, None) => {
                let service = target.service.link_name.to_string();
                return Err(Error::NoVerification { link_name: target.link_name.clone(), service });
            }
        };
        let request = Request::new(method, url);
        let began = Instant::now();
        let response = self.send(link_name, user, request.clone()).await?;
        let time = began.elapsed();
        // Only now: that the definition changed says more than that its hosts are others.
        let shown = target.filled(request)?.url;
        let mut tested = Tested {
            method: method.as_str(),
            url: self.redactor.redact(shown.as_str()).into_owned(),
            status: response.status,
            time,
            account: None,
            failure: None,
        };
        if (200..300).contains(&response.status) {
            tested.account = account(&target, &response).map(|name| self.redactor.redact(&name).into_owned());
            if let Some(name) = &tested.account {
                self.keep_account(&target, name).await?;
            }
        } else {
            let status = if lacks_scope(&response) { 403 } else { response.status };
            let user = user_option(&target.id.user().map(str::to_owned));
            let (meaning, help) = meaning(status, &target.link_name, &user, target.service.auth.signs_in());
            let (link_name, url, status) = (target.link_name.clone(), tested.url.clone(), response.status);
            tested.failure = Some(Error::TestFailed { link_name, url, status, meaning, help });
        }
        Ok(tested)
    }

    async fn keep_account(&self, target: &Arc<Target>, name: &str) -> Result<(), Error> {
        let (name, account) = (name.to_owned(), name.to_owned());
        let is_known = move |record: &Record| record.about.account.as_ref() == Some(&name) || record.fields.is_empty();
        let (read, known) = (Arc::clone(target), is_known.clone());
        if aside(move || Ok(read.vault.get(&read.id)?.is_none_or(|record| known(&record)))).await? {
            return Ok(());
        }
        let _alone = self.alone(&target.id, &target.vault).await?;
        let target = Arc::clone(target);
        aside(move || {
            target.vault.update(&target.id, &mut |stored| match stored {
                Some(mut record) if !is_known(&record) => {
                    record.about.account = Some(account.clone());
                    Change::Put(Box::new(record))
                }
                _ => Change::Keep,
            })
        })
        .await
    }
}

/// The account, where the service says in which place of the answer it stands.
fn account(target: &Target, response: &Response) -> Option<String> {
    let pointer = target.service.verify.as_ref()?.account.as_deref()?;
    let answer: Value = serde_json::from_slice(&response.body).ok()?;
    let name = match answer.pointer(pointer)? {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    let name: String = name.chars().filter(|c| !c.is_control()).take(LONGEST_ACCOUNT).collect();
    (!name.is_empty()).then_some(name)
}

/// Zoho's products answer 401 to a good token without the scope, with an error code that ends so.
fn lacks_scope(response: &Response) -> bool {
    const CODE: &[u8] = b"SCOPE_MISMATCH";
    response.status == 401 && response.body.windows(CODE.len()).take(4096).any(|part| part == CODE)
}

/// What a status says about the connection, and what to do.
fn meaning(status: u16, link_name: &str, user: &str, signs_in: bool) -> (&'static str, String) {
    let again = match signs_in {
        true => format!("run `sluice connections authorize {link_name}{user}` to sign in again"),
        false => format!("run `sluice connections create {link_name}{user}` with new credentials"),
    };
    match status {
        300..=399 => ("which leads elsewhere", "name the address that it leads to with `--url`".to_owned()),
        401 => ("which means that the credentials were not accepted", again),
        403 => (
            "which means that the credentials were accepted, but do not allow this",
            format!("compare the scopes and rights with what the address needs: `sluice connections show {link_name}`"),
        ),
        404 | 405 | 410 => (
            "which means that there is nothing for this request at the address",
            "name an address of the API that answers to GET with `--url`, or mend `[verify]` in the service's file"
                .to_owned(),
        ),
        407 => ("which comes from a proxy", "check the proxy's user name and password".to_owned()),
        429 => ("which means that there were too many requests", "try again later".to_owned()),
        500.. => ("which means trouble at the service", "try again later".to_owned()),
        _ => (
            "which means that the service did not like the request",
            format!("try another address of the API with `--url`; if none works, {again}"),
        ),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_good_token_without_the_scope_is_told_from_a_bad_one() {
        let answer = |status, body: &'static str| {
            let url = "https://www.zohoapis.com/crm/v8/users".parse().unwrap();
            lacks_scope(&Response { status, headers: Vec::new(), body: body.into(), url })
        };
        assert!(answer(401, "{\"code\":\"OAUTH_SCOPE_MISMATCH\",\"status\":\"error\"}"));
        assert!(!answer(401, "{\"code\":\"INVALID_TOKEN\"}") && !answer(401, "") && !answer(500, "SCOPE_MISMATCH"));
    }
}
