//! The questions answered as a person would, well and badly.

#![allow(clippy::unwrap_used)]
use super::*;

fn filled(draft: Draft, answers: &[&str]) -> (Result<String, Error>, String) {
    let mut draft = draft;
    let answers = answers.iter().map(|answer| format!("{answer}\n")).collect::<String>();
    let (mut input, mut output) = (answers.as_bytes(), Vec::new());
    let done = Form { input: &mut input, output: &mut output }.fill(&mut draft, &|name| name == "taken");
    let left = String::from_utf8_lossy(input).into_owned();
    let text = done.and_then(|()| draft.fields.to_text(&draft.link_name.unwrap(), draft.ready));
    if text.is_ok() {
        assert_eq!(left, "", "answers that nobody asked for");
    }
    (text, String::from_utf8(output).unwrap())
}

#[test]
fn an_api_key_step_by_step() {
    let answers = [
        "-Weather",
        "My Weather",
        "taken",
        "",
        "Forecasts",
        "",
        "magic",
        "api_key",
        "",
        "",
        "appid",
        "",
        "query",
        "",
        "http://api.weather.test/",
        "https://api.weather.test/now?q=Cork",
        "",
        "y",
    ];
    let (text, shown) = filled(Draft::default(), &answers);
    let expected = "link_name = \"my_weather\"\nname = \"My Weather\"\ndescription = \"Forecasts\"\nstage = \"ready\"\n\
        hosts = [\"api.weather.test\"]\n\n[auth]\ntype = \"api_key\"\n\
        parameters = [{ key = \"appid\", name = \"API key\", location = \"query\" }]\n\n\
        [verify]\nurl = \"https://api.weather.test/now?q=Cork\"\n";
    assert_eq!(text.unwrap(), expected);
    for part in [
        "it begins with neither",
        "[my_weather]",
        "there is a service of this name",
        "write one of basic, api_key",
        "this is needed",
        "write https://",
        "[api.weather.test]",
    ] {
        assert!(shown.contains(part), "{part}:\n{shown}");
    }
}

#[test]
fn oauth_step_by_step() {
    let answers = [
        "Acme",
        "",
        "",
        "",
        "oauth2",
        "shop",
        "Your shop",
        "",
        "",
        "https://{shop}.acme.test/authorize",
        "https://{store}.acme.test/token",
        "https://{shop}.acme.test/token",
        "",
        "",
        "",
        "",
        "two words",
        "",
        "899",
        "900",
        "orders.read",
        "Read orders",
        "orders.write",
        "",
        "",
        "space",
        "",
        "{shop}.acme.test, *.acme.test",
        "n",
    ];
    let (text, shown) = filled(Draft::default(), &answers);
    let text = text.unwrap();
    assert!(crate::connections::Service::problems("acme", &text).is_empty(), "{text}");
    for part in ["stage = \"draft\"", "expiry = 900", "scope_delimiter = \" \"", "name = \"Read orders\""] {
        assert!(text.contains(part), "{part}:\n{text}");
    }
    assert!(shown.contains("{store} is none") && shown.contains("from 900"), "{shown}");
}

#[test]
fn what_options_say_is_not_asked() {
    let fields = Fields {
        name: Some("Queue".to_owned()),
        description: Some(String::new()),
        auth_type: Some(AuthType::AwsV4),
        aws_service: Some("sqs".to_owned()),
        host: vec!["sqs.eu-west-1.amazonaws.com".to_owned()],
        ..Fields::default()
    };
    let draft = Draft { link_name: Some("queue".to_owned()), fields, ready: true };
    assert!(!draft.is_complete());
    let (text, _) = filled(draft, &["", "", "eu-west-1", ""]);
    assert!(text.unwrap().contains("region = \"eu-west-1\""));
}

#[test]
fn answers_that_end_make_nothing() {
    assert!(filled(Draft::default(), &["Acme"]).0.is_err());
}

#[test]
fn basic_step_by_step() {
    let usual = ["Acme", "", "", "", "basic", "", "", "", "", "", "", "api.acme.test", "y"];
    let (text, _) = filled(Draft::default(), &usual);
    assert!(text.unwrap().ends_with("[auth]\ntype = \"basic\"\n"));
    let answers = [
        "Acme",
        "",
        "",
        "",
        "basic",
        "",
        "_SID",
        "Account SID",
        "sid",
        "Auth token",
        "sid",
        "token",
        "",
        "api.acme.test",
        "y",
    ];
    let (text, shown) = filled(Draft::default(), &answers);
    let expected =
        "parameters = [{ key = \"sid\", name = \"Account SID\" }, { key = \"token\", name = \"Auth token\" }]";
    assert!(text.as_ref().unwrap().contains(expected), "{text:?}");
    assert!(crate::connections::Service::problems("acme", &text.unwrap()).is_empty());
    assert!(shown.contains("begins with neither") && shown.contains("give each its own key"), "{shown}");
}
