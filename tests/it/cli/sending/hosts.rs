//! Which addresses get a credential: those that the service lists, whatever a script, a parameter or a redirect says.

use crate::cli::credentials::{connect, send, service};
use crate::cli::harness::Desk;
use crate::cli::server::{Answer, Server};

const PAIR: [(&str, &str); 2] = [("username", "ann"), ("password", "the-password")];

/// A connection whose service lists exactly this server.
fn bound(desk: &Desk, server: &Server) {
    let host = server.url("").trim_start_matches("http://").to_owned();
    desk.write("new.toml", format!("link_name = \"acme\"\nhosts = [\"{host}\"]\n[auth]\ntype = \"basic\"\n"));
    desk.sluice(&["services", "create", "--file", "new.toml"]).expect(0);
    connect(desk, "shop", "acme", &[], &PAIR).expect(0);
}

#[test]
fn a_redirect_to_a_host_that_is_not_listed_fails_before_anything_goes_there() {
    for path in ["/twice", "/once"] {
        let other = Server::friendly();
        let to = other.url("/landing");
        let server = Server::start(move |seen| match seen.path() {
            "/twice" => Answer::Redirect("/once".to_owned()),
            _ => Answer::Redirect(to.clone()),
        });
        let desk = Desk::project("");
        bound(&desk, &server);
        let done = send(&desk, &server.url(path), "shop", "type: GET");
        let parts = ["connections::invalid-domain", "Invalid Domain", "127.0.0.1:", "acme", "help:"];
        done.complains(5, &parts);
        assert!(other.seen().is_empty(), "{:?}", other.seen());
    }
}

#[test]
fn a_redirect_to_a_listed_host_is_followed_with_the_credential_only_on_the_same_origin() {
    let desk = Desk::project("");
    let server = Server::start(|seen| match seen.path() {
        "/start" => Answer::Redirect("/end".to_owned()),
        _ => Answer::ok(),
    });
    bound(&desk, &server);
    send(&desk, &server.url("/start"), "shop", "type: GET").prints("{\"ok\":true}\n");
    for seen in server.seen() {
        assert!(seen.header("authorization").starts_with("Basic "), "{seen:?}");
    }
}

#[test]
fn a_request_without_a_connection_goes_where_it_likes() {
    let desk = Desk::project("");
    let other = Server::friendly();
    let to = other.url("/landing");
    let server = Server::start(move |_| Answer::Redirect(to.clone()));
    desk.run(&format!("info invokeurl [url: \"{}\"];", server.url("/")), &[]).prints("{\"ok\":true}\n");
}

#[test]
fn spellings_of_a_host_are_no_way_around() {
    let desk = Desk::project("");
    let server = Server::friendly();
    bound(&desk, &server);
    let port = server.url("").rsplit_once(':').unwrap().1.to_owned();
    for url in [
        format!("http://localhost:{port}/"),
        format!("http://[::1]:{port}/"),
        "http://127.0.0.1:1/".to_owned(),
        format!("http://127.0.0.1:{port}@evil.test/"),
        format!("http://evil.test\\\\@127.0.0.1:{port}/"),
        format!("http://evil.test#127.0.0.1:{port}/"),
        format!("http://127.0.0.1:{port}.evil.test/"),
    ] {
        let done = send(&desk, &url, "shop", "type: GET");
        assert!(done.code != 0 && !done.all().contains("the-password"), "{url}: {done:?}");
    }
    assert!(server.seen().is_empty());
}

#[test]
fn a_parameter_cannot_make_another_host() {
    let desk = Desk::project("");
    let text = "link_name = \"acme\"\nhosts = [\"{domain}.acme.test\"]\n[auth]\ntype = \"basic\"\n\
                [[dynamic]]\nkey = \"domain\"\nname = \"Your domain\"\n";
    desk.write("acme.toml", text);
    desk.sluice(&["services", "create", "--file", "acme.toml"]).expect(0);
    for value in
        ["evil.test/", "evil.test#", "a@evil", "a.b", "a%2eb", "evil:80", "a\\b", "*", "", " ", "{domain}", "ä"]
    {
        let done = connect(&desk, "shop", "acme", &["--param", &format!("domain={value}")], &PAIR);
        done.complains(1, &["connections::invalid-parameter", "domain"]);
    }
    connect(&desk, "shop", "acme", &["--param", "domain=north"], &PAIR).expect(0);
    send(&desk, "https://{domain}.evil.test/", "shop", "").complains(5, &["connections::invalid-domain", "evil.test"]);
}

#[test]
fn parameters_are_encoded_in_paths_and_queries() {
    let (desk, server) = (Desk::project(""), Server::friendly());
    let auth = "type = \"basic\"\n[[dynamic]]\nkey = \"shop\"\nname = \"Shop\"";
    service(&desk, "acme", auth);
    connect(&desk, "shop", "acme", &["--param", "shop=a/b?c&d=e #%"], &PAIR).expect(0);
    send(&desk, &server.url("/x/{shop}/y?s={shop}&t=1"), "shop", "type: GET").expect(0);
    assert_eq!(server.only().target, "/x/a%2Fb%3Fc%26d%3De%20%23%25/y?s=a%2Fb%3Fc%26d%3De%20%23%25&t=1");
}

#[test]
fn a_header_that_gives_way_is_told_once() {
    let (desk, server) = (Desk::project(""), Server::friendly());
    service(&desk, "acme", "type = \"basic\"");
    connect(&desk, "shop", "acme", &[], &PAIR).expect(0);
    let one = format!(
        "info invokeurl [url: \"{}\" headers: {{\"authorization\": \"Bearer of-the-script\"}} connection: \"shop\"];\n",
        server.url("/me")
    );
    let done = desk.run(&one.repeat(3), &[]).expect(0);
    assert_eq!(done.stdout, "{\"ok\":true}\n".repeat(3));
    assert_eq!(
        done.stderr.matches("the header Authorization of the script was replaced").count(),
        1,
        "{}",
        done.stderr
    );
    assert!(done.stderr.contains("warning") && !done.stderr.contains("of-the-script"), "{}", done.stderr);
    assert!(server.seen().iter().all(|seen| seen.header("authorization").starts_with("Basic ")));
}
