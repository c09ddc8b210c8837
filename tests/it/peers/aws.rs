//! The signatures of AWS, made again by botocore, Amazon's own client.

use serde_json::Value;

use super::{peer, secret};
use crate::cli::credentials::{connect, send, service};
use crate::cli::harness::Desk;

/// A desk with a connection `shop` for a service of AWS.
fn desk(name: &str, region: &str, secret_key: &str) -> Desk {
    let desk = Desk::project("");
    service(&desk, "acme", &format!("type = \"aws_v4\"\naws_service = \"{name}\"\nregion = \"{region}\""));
    let secrets = [("access_key", "AKIASLUICEPEER000001"), ("secret_key", secret_key)];
    connect(&desk, "shop", "acme", &[], &secrets).expect(0);
    desk
}

/// What botocore made of a request whose signature it found right.
#[track_caller]
fn seen(desk: &Desk, url: &str, rest: &str) -> Value {
    let seen = send(desk, url, "shop", rest).expect(0).json();
    assert!(seen["canonical"].is_string(), "{url} {rest}: {}", seen["refused"].as_str().unwrap_or_default());
    seen
}

#[test]
fn botocore_makes_the_same_signature() {
    let Some(base) = peer("SLUICE_PEER_AWS") else { return };
    for (name, region) in [("execute-api", "eu-central-1"), ("s3", "us-east-1"), ("sqs", "ap-south-1")] {
        let desk = desk(name, region, &secret());
        let get = seen(&desk, &format!("{base}/"), "type: GET");
        assert_eq!((&get["service"], &get["region"]), (&name.into(), &region.into()));
        let queries = [
            "?b=2&a=1",
            "?a=2&a=1&a",
            "?prefix=some/thing&marker=%C3%BC+ %2B~*'()",
            "?X=1&x=2&empty=&=nameless",
            "?Action=ListUsers&Version=2010-05-08",
        ];
        for query in queries {
            seen(&desk, &format!("{base}/list{query}"), "type: GET");
        }
        seen(&desk, &format!("{base}/list?a=1"), "type: GET parameters: {\"q\": \"a b&c=ü+/\", \"n\": 7}");
        let paths =
            ["/bücher/日本 語.txt", "/a%20b/c%2Fd", "/a//b", "/a/", "/~user/(1)/*!'$&+,;=:@", "//a", "/a/../b/./c"];
        for path in paths {
            seen(&desk, &format!("{base}{path}"), "type: GET");
        }
        let json =
            "type: POST parameters: \"{\\\"name\\\": \\\"Zoë\\\"}\" headers: {\"Content-Type\": \"application/json\"}";
        assert_eq!(seen(&desk, &format!("{base}/orders"), json)["body"], "{\"name\": \"Zoë\"}");
        let form = "type: POST parameters: {\"Action\": \"SendMessage\", \"MessageBody\": \"a b&c=ü\"}";
        assert_eq!(
            seen(&desk, &format!("{base}/queue"), form)["body"],
            "Action=SendMessage&MessageBody=a+b%26c%3D%C3%BC"
        );
        let parts = "type: POST files: {\"paramName\": \"note\", \"content\": \"hé\", \"stringPart\": \"true\"}";
        seen(&desk, &format!("{base}/upload"), parts);
        for method in ["PUT", "PATCH", "DELETE"] {
            seen(&desk, &format!("{base}/orders/1"), &format!("type: {method} parameters: \"raw text\""));
        }
        seen(&desk, &format!("{base}/orders/1"), "type: DELETE");
        let headers = "type: GET headers: {\"X-Amz-Target\": \"Dynamo.List  Tables \", \"x-amz-meta-a\": \"1\", \"X-Other\": \"2\"}";
        let canonical = seen(&desk, &format!("{base}/"), headers)["canonical"].as_str().unwrap().to_owned();
        assert!(canonical.contains("\nx-amz-meta-a:1\nx-amz-target:Dynamo.List Tables\n"), "{canonical}");
    }
}

#[test]
fn another_key_is_refused() {
    let Some(base) = peer("SLUICE_PEER_AWS") else { return };
    let desk = desk("s3", "us-east-1", "another key");
    let done = send(&desk, &format!("{base}/"), "shop", "type: GET").expect(0);
    assert!(done.stdout.contains("the signature differs"), "{done:?}");
}
