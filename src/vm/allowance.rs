//! What the limits of a run say about one request of it: how long it may take and how large its answer may be. Zoho lets
//! its own hosts send more than others, and `postUrl` more than `invokeurl` (help pages "invokeUrl task", "postUrl").

use url::Url;

use super::Limits;
use crate::effect::Action;

/// Writes the limits into a request.
pub(super) fn allow(action: &mut Action, limits: &Limits) {
    let Action::Request(request) = action else { return };
    let most = if request.task.eq_ignore_ascii_case("postUrl") {
        limits.posturl_answer
    } else if is_zoho(&request.http.url) {
        limits.zoho_answer
    } else {
        limits.answer
    };
    request.http.allowance.total = Some(limits.request_time);
    request.http.allowance.response_bytes = Some(most);
}

/// Whether a host belongs to Zoho, by the registered name: `zoho.com`, `zohoapis.com.au`. Nothing but a size hangs on it.
fn is_zoho(url: &Url) -> bool {
    let mut labels = url.domain().unwrap_or_default().trim_end_matches('.').rsplit('.').skip(1);
    let name = labels.next().unwrap_or_default();
    let name = if matches!(name, "com" | "co") { labels.next().unwrap_or_default() } else { name };
    name.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("zoho"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;
    use crate::effect::{Connection, Request};
    use crate::http;

    fn most(task: &str, url: &str) -> usize {
        let http = http::Request::new(http::Method::Post, Url::parse(url).unwrap());
        let request = Request { task: task.to_owned(), connection: Connection::None, http };
        let mut action = Action::Request(Box::new(request));
        let limits = Limits { answer: 1, zoho_answer: 2, posturl_answer: 3, ..Limits::default() };
        allow(&mut action, &limits);
        let Action::Request(request) = action else { panic!("it was a request") };
        assert_eq!(request.http.allowance.total, Some(limits.request_time));
        request.http.allowance.response_bytes.unwrap()
    }

    #[test]
    fn zohos_own_hosts_may_send_more() {
        for url in ["https://www.zohoapis.com/crm/v8/Leads", "https://books.ZOHO.com.au", "https://crm.zoho.eu./"] {
            assert_eq!(most("invokeurl", url), 2, "{url}");
        }
        for url in ["https://api.example.com/", "https://zoho.example.com/", "https://127.0.0.1/", "https://zoho/"] {
            assert_eq!(most("invokeurl", url), 1, "{url}");
        }
        assert_eq!(most("postUrl", "https://api.example.com/"), 3);
    }
}
