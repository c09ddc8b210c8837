//! A person at the pages of a provider, by plain HTTP: signs in, consents or refuses, until a redirect leaves the provider
//! or a page has no form any more. It knows forms and cookies and no script, which the pages of `tests/peers` do without.
//! `browser.rs` does the same with a browser.

use reqwest::header::{COOKIE, LOCATION, SET_COOKIE};
use url::Url;

use super::block_on;

/// A flow of more pages goes round in circles.
const MOST_PAGES: usize = 20;
/// Who signs in where a name is asked for.
pub const ACCOUNT: &str = "asha";

/// Where consent ended.
#[derive(Clone, Debug)]
pub enum Ending {
    /// At a redirect to another server, which was not followed: the callback with its code, or with an error.
    Back(Url),
    /// At a page without a form, for devices and codes that are typed.
    Page(String),
}

impl Ending {
    /// The redirect to the callback.
    #[track_caller]
    pub fn back(self) -> Url {
        match self {
            Ending::Back(url) => url,
            Ending::Page(text) => panic!("consent ended at a page: {text}"),
        }
    }

    /// The text of the last page.
    #[track_caller]
    pub fn page(self) -> String {
        match self {
            Ending::Page(text) => text,
            Ending::Back(url) => panic!("consent led to {url}"),
        }
    }
}

/// Opens an address, signs in and consents.
pub fn approve(url: &str) -> Ending {
    walk(url, true)
}

/// Opens an address and refuses.
pub fn refuse(url: &str) -> Ending {
    walk(url, false)
}

/// Asks for a page as a browser does that was sent there: status and text.
pub fn visit(url: &Url) -> (u16, String) {
    block_on(async {
        let answer = client().get(url.clone()).send().await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    })
}

/// The value of a parameter in an address.
pub fn parameter(url: &Url, name: &str) -> Option<String> {
    url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

/// What is asked for next.
struct Step {
    url: Url,
    /// The fields of a form; `None` is a GET.
    form: Option<Vec<(String, String)>>,
}

fn client() -> reqwest::Client {
    reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy().build().unwrap()
}

fn walk(url: &str, consents: bool) -> Ending {
    block_on(async {
        let (client, mut cookies) = (client(), Cookies::default());
        let mut step = Step { url: url.parse().unwrap(), form: None };
        for _ in 0..MOST_PAGES {
            let here = step.url.clone();
            let request = match &step.form {
                None => client.get(here.clone()),
                Some(form) => {
                    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
                    client.post(here.clone()).header("content-type", "application/x-www-form-urlencoded").body(body)
                }
            };
            let answer = request.header(COOKIE, cookies.of(here.path())).send().await.unwrap();
            for cookie in answer.headers().get_all(SET_COOKIE) {
                cookies.take(cookie.to_str().unwrap());
            }
            if let Some(location) = answer.headers().get(LOCATION) {
                let next = here.join(location.to_str().unwrap()).unwrap();
                if next.origin() != here.origin() {
                    return Ending::Back(next);
                }
                step = Step { url: next, form: None };
                continue;
            }
            let page = answer.text().await.unwrap();
            // A provider may ask for another code then, which nobody has.
            if !consents && step.form.iter().flatten().any(is_refusal) {
                return Ending::Page(page);
            }
            match next(&here, &page, consents) {
                Some(next) => step = next,
                None => return Ending::Page(page),
            }
        }
        panic!("{url}: consent does not come to an end");
    })
}

/// What a person does on a page; `None` where there is nothing to do.
fn next(here: &Url, page: &str, consents: bool) -> Option<Step> {
    let abort =
        tags(page, "a").into_iter().filter_map(|tag| attribute(tag, "href")).find(|href| href.ends_with("/abort"));
    if let Some(abort) = abort.filter(|_| !consents) {
        return Some(Step { url: here.join(&abort).unwrap(), form: None });
    }
    let form = *tags(page, "form").first()?;
    let action = attribute(form, "action").unwrap_or_default();
    let mut fields: Vec<(String, String)> = tags(page, "input").into_iter().filter_map(filled).collect();
    let buttons: Vec<_> = tags(page, "button").into_iter().map(pressed).collect();
    if let Some(button) = buttons.into_iter().find(|button| is_refusal(button) != consents)
        && !button.0.is_empty()
    {
        fields.push(button);
    }
    Some(Step { url: here.join(&action).unwrap(), form: Some(fields) })
}

/// Whether a button says no.
fn is_refusal((name, value): &(String, String)) -> bool {
    name == "abort" || value == "deny"
}

/// A field with what a person writes into it.
fn filled(tag: &str) -> Option<(String, String)> {
    let name = attribute(tag, "name")?;
    let value = match name.as_str() {
        "login" => ACCOUNT.to_owned(),
        "password" => "any password".to_owned(),
        _ => attribute(tag, "value").unwrap_or_default(),
    };
    Some((name, value))
}

fn pressed(tag: &str) -> (String, String) {
    (attribute(tag, "name").unwrap_or_default(), attribute(tag, "value").unwrap_or_default())
}

/// The opening tags of a name, without their brackets.
fn tags<'a>(page: &'a str, name: &str) -> Vec<&'a str> {
    let opening = page.split('<').filter_map(|part| part.split('>').next());
    opening.filter(|tag| tag.strip_prefix(name).is_some_and(|rest| rest.starts_with(char::is_whitespace))).collect()
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!("{name}=\""))?;
    let (value, _) = rest.split_once('"')?;
    Some(value.replace("&amp;", "&"))
}

/// Name, path and value of what the provider wants to see again.
#[derive(Default)]
struct Cookies(Vec<(String, String, String)>);

impl Cookies {
    fn take(&mut self, header: &str) {
        let mut parts = header.split(';').map(str::trim);
        let (name, value) = parts.next().unwrap().split_once('=').unwrap();
        let path = parts.find_map(|part| part.strip_prefix("path=").or_else(|| part.strip_prefix("Path=")));
        let path = path.unwrap_or("/").to_owned();
        self.0.retain(|(other, at, _)| (other.as_str(), at) != (name, &path));
        if !value.is_empty() {
            self.0.push((name.to_owned(), path, value.to_owned()));
        }
    }

    fn of(&self, path: &str) -> String {
        let sent = self.0.iter().filter(|(_, at, _)| path.starts_with(at.as_str()));
        sent.map(|(name, _, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    }
}
