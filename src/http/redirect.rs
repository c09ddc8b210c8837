//! What a redirect may do. Following is a pure step from one request to the next: the method changes as browsers change
//! it, every credential stays behind when scheme, host or port change, and an encrypted request never goes on in the clear.

use url::Url;

use super::client::host_of;
use super::dial::Head;
use super::{Body, Error, Method, Request, Routes, sensitive};

/// The request that the answer asks for; `None` when it is no redirect. `dialled` is where `request` really went.
pub(super) fn next(request: &Request, dialled: &Url, head: &Head, routes: &Routes) -> Result<Option<Request>, Error> {
    if !matches!(head.status, 301 | 302 | 303 | 307 | 308) {
        return Ok(None);
    }
    let Some((_, location)) = head.headers.iter().find(|(name, _)| name == "location") else { return Ok(None) };
    let refuse = |reason: String| Err(Error::Redirect { host: host_of(&request.url), reason });
    let Ok(mut url) = dialled.join(location) else {
        return refuse("its location cannot be read as an address".to_owned());
    };
    if !matches!(url.scheme(), "http" | "https") {
        return refuse(format!("it leads to {}:", url.scheme()));
    }
    // A password in a location is none of ours.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url.set_fragment(None);
    // Answers of a routed server are written for the address that was dialled; what stands below a route's base is still
    // the host that the script asked for, with its credentials and under its rules.
    if dialled != &request.url {
        url = routes.unroute(&request.url, &url).unwrap_or(url);
    }
    if request.url.scheme() == "https" && url.scheme() == "http" {
        return refuse(format!("it leads from https to plain http at {}", host_of(&url)));
    }

    let mut next = request.clone();
    let leaves = url.origin() != request.url.origin();
    if becomes_get(request.method, head.status) {
        next.method = Method::Get;
        next.body = Body::Empty;
        next.credential_in_body = false;
        next.headers.retain(|(name, _)| !describes_body(name));
    }
    if leaves && next.credential_in_body {
        return refuse(format!("the body holds a credential that must not go to {}", host_of(&url)));
    }
    if leaves {
        let named = &request.credential_headers;
        next.headers.retain(|(name, _)| {
            !sensitive::is_sensitive_header(name)
                && !named.iter().any(|credential| credential.eq_ignore_ascii_case(name))
        });
    }
    next.url = url;
    Ok(Some(next))
}

/// 303 always asks for a GET; 301 and 302 turn a POST into one, as every browser does (Fetch Standard, "HTTP-redirect
/// fetch").
fn becomes_get(method: Method, status: u16) -> bool {
    match status {
        303 => !matches!(method, Method::Get | Method::Head),
        301 | 302 => method == Method::Post,
        _ => false,
    }
}

fn describes_body(name: &str) -> bool {
    name.get(..8).is_some_and(|start| start.eq_ignore_ascii_case("content-"))
}
