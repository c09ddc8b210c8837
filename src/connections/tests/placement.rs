//! Each authentication type in each place, as the server sees it.

use bytes::Bytes;

use super::server::{Seen, Server, json};
use super::{Bench, get, wanted};
use crate::connections::{Connections, Location};
use crate::http::{Body, Method, Part, Request, Response};
use crate::secret::Secret;

fn echo() -> Server {
    Server::start(|_| json(200, "{}"))
}

fn last(server: &Server) -> Seen {
    server.seen().pop().unwrap()
}

fn memory() -> Connections {
    Connections::in_memory(super::client(), std::sync::Arc::default())
}

async fn send(connections: &Connections, request: Request) -> Response {
    connections.send("acme", None, request).await.unwrap()
}

#[tokio::test]
async fn basic_joins_and_encodes() {
    let server = echo();
    for (user, password, expected) in
        [("Aladdin", "open sesame", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="), ("test", "123£", "Basic dGVzdDoxMjPCow==")]
    {
        let connections = memory();
        connections.basic("acme", user, &Secret::new(password), &["127.0.0.1"]).unwrap();
        send(&connections, get(&server.url("/x"))).await;
        assert_eq!(last(&server).header("authorization"), expected);
    }
}

#[tokio::test]
async fn a_bearer_token_wins_over_the_scripts_header() {
    let server = echo();
    let connections = memory();
    connections.bearer("acme", &Secret::new("token-one"), &["127.0.0.1"]).unwrap();
    let notes = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let told = std::sync::Arc::clone(&notes);
    let connections = connections.with_notes(move |note| told.lock().unwrap().push(note.to_owned()));
    let mut request = get(&server.url("/x").replace("http://", "http://joe:secret@"));
    request.set_header("authorization", "Bearer mine");
    send(&connections, request).await;
    let seen = last(&server);
    assert_eq!(seen.headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("authorization")).count(), 1);
    assert_eq!(seen.header("authorization"), "Bearer token-one");
    assert_eq!(notes.lock().unwrap().len(), 2);
}

#[tokio::test]
async fn a_key_in_the_query_replaces_the_scripts_and_keeps_the_rest() {
    let server = echo();
    let connections = memory();
    connections.api_key("acme", "api key", &Secret::new("a&b=c d"), Location::Query, &["127.0.0.1"]).unwrap();
    send(&connections, get(&server.url("/x"))).await;
    assert_eq!(last(&server).target, "/x?api+key=a%26b%3Dc+d");
    send(&connections, get(&server.url("/x?q=%20a+b&api%20key=mine&api+key=too&z"))).await;
    assert_eq!(last(&server).target, "/x?q=%20a+b&z&api+key=a%26b%3Dc+d");
}

#[tokio::test]
async fn a_key_in_the_form_goes_where_the_body_allows() {
    let server = echo();
    let connections = memory();
    connections.api_key("acme", "key", &Secret::new("secret value"), Location::Form, &["127.0.0.1"]).unwrap();
    let post = |body: Body| Request { body, ..Request::new(Method::Post, server.url("/x").parse().unwrap()) };
    send(&connections, get(&server.url("/x?a=1"))).await;
    assert_eq!(last(&server).target, "/x?a=1&key=secret+value");
    send(&connections, post(Body::Empty)).await;
    assert_eq!(last(&server).form("key"), "secret value");
    send(&connections, post(Body::Form(vec![("a".into(), "1".into()), ("key".into(), "mine".into())]))).await;
    assert_eq!(last(&server).body, "a=1&key=secret+value");
    let part = Part { name: "a".into(), file_name: None, content_type: None, bytes: Bytes::from("1") };
    send(&connections, post(Body::Multipart(vec![part]))).await;
    assert!(last(&server).body.contains("name=\"key\"\r\n\r\nsecret value"), "{}", last(&server).body);
    let raw = |content_type: &str| Body::Raw { content_type: content_type.into(), bytes: Bytes::from("a=1") };
    send(&connections, post(raw("application/x-www-form-urlencoded; charset=utf-8"))).await;
    assert_eq!(last(&server).body, "a=1&key=secret+value");
    let before = server.seen().len();
    let error = connections.send("acme", None, post(raw("application/json"))).await.unwrap_err();
    assert_eq!(error.code(), "connections::no-place-for-key");
    assert_eq!(server.seen().len(), before);
}

#[tokio::test]
async fn several_parameters_have_their_own_places() {
    let server = echo();
    let bench = Bench::with_service(
        "link_name = \"acme\"\nhosts = [\"127.0.0.1\"]\n[auth]\ntype = \"api_key\"\nparameters = [\n\
         { key = \"X-Key\", name = \"Key\", location = \"header\" }, { key = \"id\", name = \"Id\", location = \"query\" }]\n",
    );
    let error = bench.connections.create(wanted(&[("X-Key", "key-value")])).unwrap_err();
    assert!(error.to_string().contains("`id` (Id)"), "{error}");
    bench.connections.create(wanted(&[("X-Key", "key-value"), ("id", "id-value")])).unwrap();
    bench.connections.send("acme_main", None, get(&server.url("/x"))).await.unwrap();
    assert_eq!(last(&server).header("x-key"), "key-value");
    assert_eq!(last(&server).target, "/x?id=id-value");
}

#[tokio::test]
async fn a_token_can_stand_in_the_query_or_have_another_name() {
    let server = echo();
    let service = |more: &str| {
        format!(
            "link_name = \"acme\"\nhosts = [\"127.0.0.1\"]\n[auth]\ntype = \"oauth2\"\ntoken_url = \"https://a.test/\"\n{more}\n"
        )
    };
    let bench = Bench::with_service(&service("location = \"query\""));
    bench.connections.create(wanted(&[("access_token", "token-one")])).unwrap();
    bench.connections.send("acme_main", None, get(&server.url("/x"))).await.unwrap();
    assert_eq!(last(&server).target, "/x?access_token=token-one");
    assert_eq!(last(&server).header("authorization"), "");
    let bench = Bench::with_service(&service("bearer_name = \"Zoho-oauthtoken\""));
    bench.connections.create(wanted(&[("access_token", "token-one")])).unwrap();
    bench.connections.send("acme_main", None, get(&server.url("/x"))).await.unwrap();
    assert_eq!(last(&server).header("authorization"), "Zoho-oauthtoken token-one");
}

const SIGNED: &str = r#"
link_name = "acme"
hosts = ["127.0.0.1", "localhost"]
plain_http = true
[auth]
type = "oauth1"
request_token_url = "https://acme.test/request"
authorize_url = "https://acme.test/authorize"
access_token_url = "https://acme.test/access"
location = "LOCATION"
signature = "PLAINTEXT"
"#;

const TOKEN: [(&str, &str); 4] =
    [("consumer_key", "app"), ("consumer_secret", "first half"), ("token", "ann"), ("token_secret", "second")];

#[tokio::test]
async fn a_signature_goes_where_the_service_says() {
    let server = echo();
    for location in ["header", "query", "form"] {
        let bench = Bench::with_service(&SIGNED.replace("LOCATION", location));
        bench.connections.create(wanted(&TOKEN)).unwrap();
        let mut request = Request::new(Method::Post, server.url("/x?a=1").parse().unwrap());
        request.body = Body::Form(vec![("b".to_owned(), "2 3".to_owned())]);
        bench.connections.send("acme_main", None, request).await.unwrap();
        let seen = last(&server);
        let signature = "first%2520half%26second";
        match location {
            "header" => {
                let header = seen.header("authorization");
                assert!(header.starts_with("OAuth oauth_consumer_key=\"app\", oauth_nonce=\""), "{header}");
                assert!(header.ends_with(&format!("oauth_signature=\"{signature}\"")), "{header}");
            }
            "query" => assert!(seen.target.ends_with(&format!("&oauth_signature={signature}")), "{}", seen.target),
            _ => {
                assert_eq!(seen.form("oauth_token"), "ann");
                assert_eq!(seen.form("oauth_signature"), "first%20half&second");
                assert_eq!(seen.form("b"), "2 3");
            }
        }
        bench.connections.create(wanted(&TOKEN[..2])).unwrap_err();
    }
}

/// One signature is for one request: another origin must not get it, whatever it could do with it.
#[tokio::test]
async fn a_signature_does_not_follow_a_redirect_to_another_origin() {
    let other = echo();
    let there = other.url("/there");
    let server = Server::start(move |_| (307, "text/plain", there.clone()));
    let aws = "link_name = \"acme\"\nhosts = [\"127.0.0.1\"]\nplain_http = true\n\
               [auth]\ntype = \"aws_v4\"\naws_service = \"{service}\"\nregion = \"eu-central-1\"\n\
               [[dynamic]]\nkey = \"service\"\ndefault = \"sqs\"\n";
    let keys = [("access_key", "AKIDEXAMPLE"), ("secret_key", "wJalrXUtnFEMI")];
    for (text, fields) in [(SIGNED.replace("LOCATION", "header"), &TOKEN[..]), (aws.to_owned(), &keys[..])] {
        let bench = Bench::with_service(&text);
        bench.connections.create(wanted(fields)).unwrap();
        bench.connections.send("acme_main", None, get(&server.url("/x"))).await.unwrap();
        let first = last(&server).header("authorization").to_owned();
        assert!(first.starts_with("OAuth ") || first.contains("/eu-central-1/sqs/aws4_request, "), "{first}");
        let headers = last(&other).headers;
        let is_credential = |name: &str| ["authorization", "x-amz-date", "x-amz-content-sha256"].contains(&name);
        assert!(!headers.iter().any(|(name, _)| is_credential(&name.to_ascii_lowercase())), "{headers:?}");
    }
}

#[tokio::test]
async fn a_placeholder_takes_the_key_and_a_prefix_stands_before_it_once() {
    let server = echo();
    let bench = Bench::with_service(
        "link_name = \"acme\"\nhosts = [\"127.0.0.1\"]\nplain_http = true\n[auth]\ntype = \"api_key\"\nparameters = [\
         { key = \"token\", location = \"placeholder\" }, { key = \"Authorization\", prefix = \"Bearer \" }]\n",
    );
    for given in ["the key", "Bearer the key"] {
        bench.connections.create(wanted(&[("token", "12:ab"), ("Authorization", given)])).unwrap();
        bench.connections.send("acme_main", None, get(&server.url("/bot{token}/getMe"))).await.unwrap();
        assert_eq!(last(&server).target, "/bot12%3Aab/getMe");
        assert_eq!(last(&server).header("authorization"), "Bearer the key");
    }
    let error = bench.connections.send("acme_main", None, get(&server.url("/x"))).await.unwrap_err();
    assert_eq!(error.code(), "connections::no-placeholder");
}

#[tokio::test]
async fn a_token_goes_bare_into_a_header_of_its_own() {
    let server = echo();
    let bench = Bench::with_service(
        "link_name = \"acme\"\nhosts = [\"127.0.0.1\"]\nplain_http = true\n[auth]\ntype = \"oauth2\"\n\
         token_url = \"https://acme.test/token\"\nheader_name = \"X-Shop-Token\"\n",
    );
    bench.connections.create(wanted(&[("access_token", "token-one")])).unwrap();
    bench.connections.send("acme_main", None, get(&server.url("/x"))).await.unwrap();
    assert_eq!(last(&server).header("x-shop-token"), "token-one");
    assert_eq!(last(&server).header("authorization"), "");
}
