//! A consent by a code against a provider on loopback: what is asked, what is believed of the answer, what is sent for the
//! token, and that nothing is stored before it came.

use url::Url;

use super::server::{Answer, Seen, Server, json};
use super::{Bench, get, wanted};
use crate::connections::{
    Authorised, Code, CodeConsent, ConsentProblem, CreateConnection, Credentials, EditConnection, Error, Status, Way,
};
use crate::secret::Secret;

const CLIENT: [(&str, &str); 2] = [("client_id", "the-client"), ("client_secret", "the-client-secret")];
const CALLBACK: &str = "http://127.0.0.1:8917/callback";

fn service(server: &Server, more: &str) -> String {
    let (url, host) = (&server.base, "127.0.0.1");
    format!(
        "link_name = \"acme\"\nname = \"Acme\"\nhosts = [\"{host}\"]\n\n[auth]\ntype = \"oauth2\"\n\
         authorize_url = \"{url}/authorize?access_type=offline&state=theirs\"\ntoken_url = \"{url}/token\"\n\
         scope_delimiter = \" \"\n{more}"
    )
}

fn provider() -> Server {
    Server::start(|seen: &Seen| match seen.target.as_str() {
        "/token" if seen.form("code") == "good" => json(
            200,
            "{\"access_token\":\"access-1\",\"refresh_token\":\"refresh-1\",\"expires_in\":3600,\"team\":{\"name\":\"Acme\"}}",
        ),
        "/token" => json(400, "{\"error\":\"invalid_grant\",\"error_description\":\"used\"}"),
        _ if seen.header("authorization") == "Bearer access-1" => json(200, "{\"me\":{\"mail\":\"ann@acme.test\"}}"),
        _ => json(401, "{}"),
    })
}

/// A consent for `acme_main` with two scopes.
fn begin(bench: &Bench, fields: &[(&str, &str)]) -> CodeConsent {
    let wanted = CreateConnection { scopes: vec!["a.read".into(), "b.write".into()], ..wanted(fields) };
    begin_with(bench, wanted).unwrap()
}

fn begin_with(bench: &Bench, wanted: CreateConnection) -> Result<CodeConsent, Error> {
    bench.connections.consent(wanted)?.with_code(CALLBACK.parse().unwrap())
}

fn query(consent: &CodeConsent, key: &str) -> Vec<String> {
    let pairs = consent.authorize_url().query_pairs();
    pairs.filter(|(known, _)| known == key).map(|(_, value)| value.into_owned()).collect()
}

/// The address that a provider sends the browser to.
fn back(consent: &CodeConsent, pairs: &[(&str, &str)]) -> String {
    let mut url: Url = query(consent, "redirect_uri")[0].parse().unwrap();
    url.query_pairs_mut().append_pair("state", &query(consent, "state")[0]).extend_pairs(pairs);
    url.into()
}

async fn finish(consent: CodeConsent, code: &str) -> Result<Authorised, Error> {
    let code = consent.answer(&back(&consent, &[("code", code)]))?;
    consent.finish(code).await
}

fn problem(error: Error) -> ConsentProblem {
    match error {
        Error::Consent(problem) => *problem,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn the_question_keeps_the_services_own_parameters_and_sets_ours_once() {
    let server = provider();
    let bench = Bench::with_service(&service(&server, "grant = \"authorization_code_pkce\"\n"));
    let consent = begin(&bench, &CLIENT);
    for (key, value) in [
        ("access_type", "offline"),
        ("response_type", "code"),
        ("client_id", "the-client"),
        ("redirect_uri", CALLBACK),
        ("scope", "a.read b.write"),
        ("code_challenge_method", "S256"),
    ] {
        assert_eq!(query(&consent, key), [value], "{key}");
    }
    assert_eq!((query(&consent, "state").len(), query(&consent, "state")[0].len()), (1, 43));
    let other = begin(&bench, &CLIENT);
    assert_ne!(query(&consent, "state"), query(&other, "state"));
    assert_ne!(query(&consent, "code_challenge"), query(&other, "code_challenge"));
    assert!(!consent.authorize_url().as_str().contains("the-client-secret"));
    let plain = Bench::with_service(&service(&server, ""));
    assert!(query(&begin(&plain, &CLIENT), "code_challenge").is_empty());
}

#[tokio::test]
async fn a_code_becomes_a_stored_token() {
    let server = provider();
    let bench = Bench::with_service(&service(&server, "grant = \"authorization_code_pkce\"\n"));
    let consent = begin(&bench, &CLIENT);
    let challenge = query(&consent, "code_challenge")[0].clone();
    assert!(bench.connections.summary("acme_main").is_err(), "nothing is stored before the token came");
    let authorised = finish(consent, "good").await.unwrap();
    assert_eq!(authorised.account.as_deref(), Some("Acme"));
    assert!(authorised.refused_scopes.is_empty() && authorised.warnings.is_empty(), "{authorised:?}");
    let sent = &server.seen()[0];
    for (key, value) in [
        ("grant_type", "authorization_code"),
        ("code", "good"),
        ("redirect_uri", CALLBACK),
        ("client_id", "the-client"),
        ("client_secret", "the-client-secret"),
    ] {
        assert_eq!(sent.form(key), value, "{key}");
    }
    use base64::Engine;
    use sha2::Digest;
    let digest = sha2::Sha256::digest(sent.form("code_verifier"));
    assert_eq!(base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(digest), challenge);
    assert_eq!(bench.connections.send("acme_main", None, get(&server.url("/me"))).await.unwrap().status, 200);
    let summary = bench.connections.summary("acme_main").unwrap().remove(0);
    assert_eq!((summary.status, summary.account.as_deref()), (Status::Connected, Some("Acme")));
}

#[tokio::test]
async fn only_the_answer_to_this_question_counts() {
    let server = provider();
    let bench = Bench::with_service(&service(&server, "issuer = \"https://login.acme.test\"\n"));
    let consent = begin(&bench, &CLIENT);
    let good = back(&consent, &[("code", "good")]);
    let code_of = |address: &str| match consent.answer(address) {
        Ok(_) => "fine",
        Err(error) => error.code(),
    };
    let foreign = back(&consent, &[("code", "good"), ("iss", "https://evil.test")]);
    for (address, expected) in [
        (good.clone(), "fine"),
        (format!("  {good}\n"), "fine"),
        (back(&consent, &[("code", "good"), ("iss", "https://login.acme.test")]), "fine"),
        (good.replace("state=", "state=x"), "connections::wrong-state"),
        (format!("{CALLBACK}?code=good"), "connections::wrong-state"),
        (good.replace("8917", "8918"), "connections::wrong-callback"),
        (good.replace("127.0.0.1", "localhost"), "connections::wrong-callback"),
        (good.replace("http:", "https:"), "connections::wrong-callback"),
        (good.replace("/callback", "/callback/"), "connections::wrong-callback"),
        (good.replace("/callback", "/Callback"), "connections::wrong-callback"),
        ("nonsense".to_owned(), "connections::wrong-callback"),
        (format!("{good}&x={}", "x".repeat(20_000)), "connections::wrong-callback"),
        (format!("{good}&code=other"), "connections::odd-callback"),
        (format!("{good}&state=other"), "connections::odd-callback"),
        (back(&consent, &[]), "connections::odd-callback"),
        (back(&consent, &[("code", "")]), "connections::odd-callback"),
        (foreign, "connections::wrong-issuer"),
    ] {
        assert_eq!(code_of(&address), expected, "{address}");
    }
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn each_refusal_has_its_own_words() {
    let server = provider();
    let bench = Bench::with_service(&service(&server, ""));
    let consent = begin(&bench, &CLIENT);
    for (pairs, expected) in [
        (&[("error", "access_denied"), ("error_description", "no\u{1b}[2J thanks")][..], "connections::consent-denied"),
        (&[("error", "invalid_scope")], "connections::scope-refused"),
        (&[("error", "unauthorized_client")], "connections::client-refused"),
        (&[("error", "redirect_uri_mismatch")], "connections::redirect-refused"),
        (&[("error", "invalid_request"), ("error_description", "bad redirect_uri")], "connections::redirect-refused"),
        (&[("error", "invalid_request")], "connections::consent-failed"),
        (&[("error", "server_error"), ("code", "good")], "connections::consent-failed"),
    ] {
        let error = consent.answer(&back(&consent, pairs)).unwrap_err();
        assert_eq!(error.code(), expected, "{pairs:?}");
        assert!(!error.to_string().contains('\u{1b}') && error.to_string().contains(pairs[0].1), "{error}");
    }
    // Some providers forget the state when they refuse.
    let error = consent.answer(&format!("{CALLBACK}?error=access_denied")).unwrap_err();
    assert!(matches!(problem(error), ConsentProblem::Denied { .. }));
    let forged = consent.answer(&format!("{CALLBACK}?error=access_denied&state=x")).unwrap_err();
    assert!(matches!(problem(forged), ConsentProblem::WrongState { .. }));
}

#[tokio::test]
async fn what_the_token_endpoint_refuses_is_told_apart_and_stores_nothing() {
    for (status, body, expected) in [
        (400, "{\"error\":\"invalid_grant\"}", "connections::code-refused"),
        (200, "{\"error\":\"invalid_code\"}", "connections::code-refused"),
        (200, "error=bad_verification_code", "connections::code-refused"),
        (401, "{\"error\":\"invalid_client\"}", "connections::client-refused"),
        (200, "{\"error\":\"invalid_client_secret\"}", "connections::client-refused"),
        (400, "{\"error\":\"redirect_uri_mismatch\"}", "connections::redirect-refused"),
        (
            400,
            "{\"error\":\"invalid_request\",\"error_description\":\"Redirect URI differs\"}",
            "connections::redirect-refused",
        ),
        (400, "{\"error\":\"invalid_scope\"}", "connections::scope-refused"),
        (400, "{\"error\":\"unsupported_grant_type\"}", "connections::consent-failed"),
        (503, "7", "connections::token-answer"),
        (200, "<html>", "connections::token-answer"),
    ] {
        let server = Server::start(move |_: &Seen| -> Answer { json(status, body) });
        let bench = Bench::with_service(&service(&server, ""));
        let error = finish(begin(&bench, &CLIENT), "good").await.unwrap_err();
        assert_eq!(error.code(), expected, "{body}: {error}");
        assert!(bench.connections.connections().unwrap().is_empty(), "{body}");
        assert!(!error.to_string().contains("the-client-secret") && !error.help().is_empty());
    }
}

#[tokio::test]
async fn signing_in_again_needs_no_client_and_replaces_the_token() {
    let server = provider();
    let mut bench = Bench::with_service(&service(&server, ""));
    finish(begin(&bench, &CLIENT), "good").await.unwrap();
    let consent = begin(&bench, &[]);
    assert!(consent.consent().lacks().is_empty());
    let error = finish(consent, "used").await.unwrap_err();
    assert!(matches!(problem(error), ConsentProblem::CodeRefused { .. }));
    // The old token is still there.
    assert_eq!(bench.connections.send("acme_main", None, get(&server.url("/me"))).await.unwrap().status, 200);
    finish(begin(&bench, &[]), "good").await.unwrap();
    assert_eq!(server.seen().last().unwrap().form("client_secret"), "the-client-secret");
    // The secret does not go to a token endpoint that it was not given for.
    bench.write_service(&service(&server, "").replace("/token\"", "/elsewhere\""));
    bench.reopen();
    let error = begin_with(&bench, wanted(&[])).unwrap_err();
    assert_eq!(error.code(), "connections::missing-credential");
}

#[tokio::test]
async fn other_scopes_are_consented_to_anew() {
    let server = provider();
    let bench = Bench::with_service(&service(&server, ""));
    finish(begin(&bench, &CLIENT), "good").await.unwrap();
    bench.connections.revoke("acme_main", None, false).await.unwrap();
    let change = EditConnection { scopes: Some(vec!["c".into()]), ..EditConnection::default() };
    bench.connections.edit("acme_main", change).unwrap();
    let consent = begin_with(&bench, wanted(&CLIENT)).unwrap();
    assert_eq!(query(&consent, "scope"), ["c"]);
    finish(consent, "good").await.unwrap();
    assert_eq!(bench.connections.summary("acme_main").unwrap()[0].status, Status::Connected);
}

#[tokio::test]
async fn a_code_made_by_hand_goes_without_an_address_and_a_proof() {
    let server = provider();
    let bench = Bench::with_service(&service(&server, "grant = \"authorization_code_pkce\"\n"));
    let consent = begin(&bench, &CLIENT);
    consent.finish(Code::by_hand(Secret::new("good"))).await.unwrap();
    let sent = &server.seen()[0];
    assert_eq!((sent.form("redirect_uri"), sent.form("code_verifier")), (String::new(), String::new()));
    // A code that was copied out of the browser belongs to the address.
    let consent = begin(&bench, &CLIENT);
    let code = consent.bare(Secret::new("good"));
    consent.finish(code).await.unwrap();
    assert_eq!(
        (server.seen()[1].form("redirect_uri").as_str(), server.seen()[1].form("code_verifier").len()),
        (CALLBACK, 43)
    );
}

/// A service whose accounts are on two servers, which are two names of one machine.
fn two_data_centres(server: &Server) -> String {
    let port = server.base.rsplit(':').next().unwrap();
    service(server, "").replace(&server.base, &format!("http://{{accounts}}:{port}"))
        + "\n[[dynamic]]\nkey = \"accounts\"\ndefault = \"127.0.0.1\"\nvalues = [\"127.0.0.1\", \"localhost\"]\n\
           \n[[dynamic]]\nkey = \"domain\"\nfollows = \"accounts\"\nvalues = [\"com\", \"eu\"]\n"
}

#[tokio::test]
async fn the_code_is_exchanged_where_the_account_is_if_the_service_lists_it() {
    let server = provider();
    let text =
        two_data_centres(&server).replace("authorize_url = \"http://{accounts}", "authorize_url = \"http://127.0.0.1");
    let text =
        text.replace("plain_http = false", "").replace("hosts = [", "plain_http = true\nhosts = [\"localhost\", ");
    let bench = Bench::with_service(&text);
    let consent = begin(&bench, &CLIENT);
    let evil = back(&consent, &[("code", "good"), ("accounts-server", "http://evil.test")]);
    let code = consent.answer(&evil).unwrap();
    assert!(matches!(problem(consent.finish(code).await.unwrap_err()), ConsentProblem::UnknownAccountsServer { .. }));
    assert!(server.seen().is_empty());
    let consent = begin(&bench, &CLIENT);
    let there = back(&consent, &[("code", "good"), ("location", "eu"), ("accounts-server", "http://localhost")]);
    let code = consent.answer(&there).unwrap();
    consent.finish(code).await.unwrap();
    assert!(server.seen()[0].header("host").starts_with("localhost:"));
    let connection = bench.connections.connections().unwrap().remove(0);
    let only = |host: &str| [("accounts".to_owned(), host.to_owned())].into();
    assert_eq!(connection.parameters, only("localhost"));
    // An account of the other data centre takes the place of this one.
    let consent = begin(&bench, &[]);
    let back_again = back(&consent, &[("code", "good"), ("accounts-server", "http://127.0.0.1")]);
    let code = consent.answer(&back_again).unwrap();
    consent.finish(code).await.unwrap();
    let connection = bench.connections.connections().unwrap().remove(0);
    assert_eq!(connection.parameters, only("127.0.0.1"));
    assert_eq!(bench.connections.summary("acme_main").unwrap()[0].status, Status::Connected);
}

#[tokio::test]
async fn users_of_one_connection_are_in_one_data_centre() {
    let server = provider();
    let text = two_data_centres(&server).replace("hosts = [", "plain_http = true\nhosts = [\"localhost\", ");
    let bench = Bench::with_service(&text);
    let of = |user: &str| CreateConnection {
        credentials: Credentials::User,
        user: Some(user.to_owned()),
        ..wanted(&CLIENT)
    };
    finish(begin_with(&bench, of("ann")).unwrap(), "good").await.unwrap();
    let consent = begin_with(&bench, of("bob")).unwrap();
    let there = back(&consent, &[("code", "good"), ("accounts-server", "http://localhost")]);
    let code = consent.answer(&there).unwrap();
    assert!(matches!(problem(consent.finish(code).await.unwrap_err()), ConsentProblem::OtherAccountsServer { .. }));
}

#[tokio::test]
async fn the_account_is_asked_for_when_nobody_told_it() {
    let server = Server::start(|seen: &Seen| match seen.target.as_str() {
        "/token" => json(200, "{\"access_token\":\"access-1\",\"scope\":\"A.READ\"}"),
        _ => json(200, "{\"me\":{\"mail\":\"ann@acme.test\"}}"),
    });
    let verify = format!("\n[verify]\nurl = \"{}\"\naccount = \"/me/mail\"\n", server.url("/me"));
    let bench = Bench::with_service(&service(&server, &verify));
    let authorised = finish(begin(&bench, &CLIENT), "x").await.unwrap();
    assert_eq!(authorised.account.as_deref(), Some("ann@acme.test"));
    assert_eq!((authorised.refused_scopes, authorised.expires_at), (vec!["b.write".to_owned()], None));
    let named = CreateConnection { account: Some("mine".into()), ..wanted(&CLIENT) };
    let authorised = finish(begin_with(&bench, named).unwrap(), "x").await.unwrap();
    assert_eq!(authorised.account.as_deref(), Some("mine"));
}

#[tokio::test]
async fn a_token_that_ends_without_another_is_warned_of() {
    let server = Server::start(|_: &Seen| json(200, "{\"access_token\":\"access-1\",\"expires_in\":\"600\"}"));
    let bench = Bench::with_service(&service(&server, ""));
    let authorised = finish(begin(&bench, &CLIENT), "x").await.unwrap();
    assert!(authorised.warnings[0].contains("600 seconds"), "{authorised:?}");
}

#[tokio::test]
async fn what_cannot_be_consented_to_says_so() {
    let server = provider();
    let bench = Bench::with_service(
        "link_name = \"acme\"\nname = \"Acme\"\nhosts = [\"127.0.0.1\"]\n[auth]\ntype = \"basic\"\n",
    );
    let error = bench.connections.consent(wanted(&[])).unwrap_err();
    assert_eq!(error.code(), "connections::no-consent");
    let text = service(&server, "");
    let line = text.lines().find(|line| line.starts_with("authorize_url")).unwrap();
    let bench = Bench::with_service(&text.replace(line, ""));
    assert_eq!(begin_with(&bench, wanted(&CLIENT)).unwrap_err().code(), "connections::no-authorize-url");
    assert_eq!(begin_with(&bench, wanted(&[])).unwrap_err().code(), "connections::missing-credential");
    let error = bench.connections.consent(wanted(&[("access_token", "x")])).unwrap_err();
    assert_eq!(error.code(), "connections::invalid-credential");
    assert_eq!(bench.connections.consent(wanted(&CLIENT)).unwrap().way().unwrap(), Way::Code);
}
