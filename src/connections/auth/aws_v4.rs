//! AWS Signature Version 4: a signature over method, address, some headers and the hash of the body, good for a quarter of
//! an hour and for one region and service. Body and query are brought into their final form first, because what is signed
//! must be what is sent, byte for byte. As with OAuth 1, the signature is for one request: it stays behind when a redirect
//! leaves the origin, and is refused where it goes on.

use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use percent_encoding::{percent_decode_str, percent_encode};
use sha2::{Digest, Sha256};
use url::form_urlencoded::parse;

use super::{Field, Fields, Occasion, place, value};
use crate::connections::Error;
use crate::connections::document::Table;
use crate::connections::dynamic::{ENCODED, encoded};
use crate::http::{Body, Request};

const ALGORITHM: &str = "AWS4-HMAC-SHA256";

/// The settings of the type. Both may hold placeholders.
#[derive(Clone, Debug, PartialEq)]
pub struct AwsV4 {
    /// The name under which the service is signed for, such as `s3`.
    pub service: String,
    /// Such as `us-east-1`.
    pub region: String,
}

/// What a signature is valid for.
struct Scope<'a> {
    /// `20150830T123600Z`
    time: &'a str,
    region: &'a str,
    service: &'a str,
}

impl AwsV4 {
    pub(super) fn read(mut table: Table<'_>) -> Result<Self, Error> {
        let mut word = |key: &'static str| {
            let offset = table.offset_of(key);
            let word = table.required_text(key)?;
            match word.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_{}".contains(&b)) {
                true => Ok(word),
                false => {
                    let help = "write it as AWS does, such as \"s3\" or \"us-east-1\"";
                    Err(table.problem(offset, format!("`[auth] {key}` is no single word"), help))
                }
            }
        };
        let service = word("aws_service")?;
        let region = word("region")?;
        table.finish()?;
        Ok(Self { service, region })
    }

    pub(super) fn fields() -> Vec<Field> {
        let field =
            |key: &str, name: &str| Field { key: key.into(), name: name.into(), required: true, may_be_empty: false };
        vec![field("access_key", "Access key ID"), field("secret_key", "Secret access key")]
    }

    pub(super) fn definition(&self, lines: &mut Vec<String>) {
        lines.push(format!("auth.aws_service = {}", self.service));
        lines.push(format!("auth.region = {}", self.region));
    }

    pub(super) fn apply(
        &self,
        occasion: &Occasion<'_>,
        fields: &Fields,
        request: &mut Request,
        notes: &mut Vec<String>,
    ) -> Result<(), Error> {
        let (service, region) = (occasion.fill(&self.service)?, occasion.fill(&self.region)?);
        let time = time_text(occasion.now)?;
        request.settle()?;
        settle_query(request);
        let hash = body_hash(request);
        place::header(request, "X-Amz-Date", time.clone(), notes);
        place::header(request, "X-Amz-Content-Sha256", hash.clone(), notes);
        let headers = signed_headers(request);
        let path = if service == "s3" {
            let path = path_of_s3(request.url.path());
            request.url.set_path(&path);
            path
        } else {
            path_of_others(request.url.path())
        };
        let canonical = canonical_request(request, &path, &headers, &hash);
        let scope = Scope { time: &time, region: &region, service: &service };
        let authorization = scope.authorization(fields, &headers, &canonical);
        place::header(request, "Authorization", authorization, notes);
        Ok(())
    }
}

impl Scope<'_> {
    fn text(&self) -> String {
        format!("{}/{}/{}/aws4_request", self.day(), self.region, self.service)
    }

    fn day(&self) -> &str {
        self.time.get(..8).unwrap_or_default()
    }

    fn authorization(&self, fields: &Fields, headers: &[(String, String)], canonical: &str) -> String {
        let text = format!("{ALGORITHM}\n{}\n{}\n{}", self.time, self.text(), hex(&Sha256::digest(canonical)));
        let first = format!("AWS4{}", value(fields, "secret_key"));
        let parts = [self.day(), self.region, self.service, "aws4_request", &text];
        let signature = parts.iter().fold(first.into_bytes(), |key, part| mac(&key, part));
        format!(
            "{ALGORITHM} Credential={}/{}, SignedHeaders={}, Signature={}",
            value(fields, "access_key"),
            self.text(),
            names(headers),
            hex(&signature)
        )
    }
}

fn canonical_request(request: &Request, path: &str, headers: &[(String, String)], hash: &str) -> String {
    let lines: String = headers.iter().map(|(name, value)| format!("{name}:{value}\n")).collect();
    let query = canonical_query(request.url.query().unwrap_or_default());
    format!("{}\n{path}\n{query}\n{lines}\n{}\n{hash}", request.method.as_str(), names(headers))
}

fn names(headers: &[(String, String)]) -> String {
    headers.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(";")
}

/// Host, content type and everything of Amazon's own, sorted by name, with the values of one name in their order.
fn signed_headers(request: &Request) -> Vec<(String, String)> {
    let host = request.url.host_str().unwrap_or_default();
    let host = request.url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"));
    let mut headers = vec![("host".to_owned(), host)];
    for (name, value) in &request.headers {
        let name = name.to_ascii_lowercase();
        if name != "content-type" && !name.starts_with("x-amz-") {
            continue;
        }
        let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
        match headers.iter_mut().find(|(known, _)| *known == name) {
            Some((_, values)) => values.extend([",", &value]),
            None => headers.push((name, value)),
        }
    }
    headers.sort();
    headers
}

/// Writes the query as AWS encodes it, so that there is one way to read what is sent: a blank is `%20`, never `+`.
fn settle_query(request: &mut Request) {
    let Some(query) = request.url.query() else { return };
    let settled = pairs(query).into_iter().map(|(key, value)| format!("{key}={value}")).collect::<Vec<_>>().join("&");
    request.url.set_query(Some(settled.as_str()).filter(|query| !query.is_empty()));
}

fn canonical_query(query: &str) -> String {
    let mut pairs = pairs(query);
    pairs.sort();
    pairs.into_iter().map(|(key, value)| format!("{key}={value}")).collect::<Vec<_>>().join("&")
}

fn pairs(query: &str) -> Vec<(String, String)> {
    parse(query.as_bytes()).map(|(key, value)| (encoded(&key), encoded(&value))).collect()
}

/// S3 takes the names of objects as they are: each part is encoded once. It is sent like that too, because a server may
/// sign what arrived instead of the name.
fn path_of_s3(path: &str) -> String {
    let part = |part: &str| percent_encode(&percent_decode_str(part).collect::<Vec<u8>>(), ENCODED).to_string();
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}

/// Every other service encodes what was sent once more, and takes repeated slashes for one.
fn path_of_others(path: &str) -> String {
    let parts: Vec<String> = path.split('/').filter(|part| !part.is_empty()).map(encoded).collect();
    let end = if path.ends_with('/') && !parts.is_empty() { "/" } else { "" };
    format!("/{}{end}", parts.join("/"))
}

fn body_hash(request: &Request) -> String {
    match &request.body {
        Body::Raw { bytes, .. } => hex(&Sha256::digest(bytes)),
        _ => hex(&Sha256::digest(b"")),
    }
}

fn time_text(now: u64) -> Result<String, Error> {
    let time = i64::try_from(now).ok().and_then(|seconds| Timestamp::from_second(seconds).ok());
    let time = time.ok_or(Error::Internal("the clock shows no time that can be written"))?;
    Ok(time.strftime("%Y%m%dT%H%M%SZ").to_string())
}

/// A keyed hash. Every length of key is allowed, so the empty case cannot occur.
fn mac(key: &[u8], text: &str) -> Vec<u8> {
    let Ok(mut mac) = <Hmac<Sha256> as KeyInit>::new_from_slice(key) else { return Vec::new() };
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::collections::BTreeMap;

    use super::*;
    use crate::connections::dynamic::Values;
    use crate::http::Method;
    use crate::secret::Secret;

    /// 30 August 2015, 12:36:00 UTC.
    const NOW: u64 = 1_440_938_160;

    fn fields() -> Fields {
        Fields::from([
            ("access_key".to_owned(), Secret::new("AKIDEXAMPLE")),
            ("secret_key".to_owned(), Secret::new("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")),
        ])
    }

    /// AWS's published test suite signs without the header of the body's hash, and encodes the path once.
    fn suite(method: Method, url: &str, body: Option<&str>) -> String {
        let mut request = Request::new(method, url.parse().unwrap());
        if let Some(text) = body {
            let content_type = "application/x-www-form-urlencoded".to_owned();
            request.body = Body::Raw { content_type, bytes: text.to_owned().into() };
        }
        request.settle().unwrap();
        settle_query(&mut request);
        let time = time_text(NOW).unwrap();
        request.set_header("X-Amz-Date", time.clone());
        let headers = signed_headers(&request);
        let canonical = canonical_request(&request, &path_of_s3(request.url.path()), &headers, &body_hash(&request));
        Scope { time: &time, region: "us-east-1", service: "service" }.authorization(&fields(), &headers, &canonical)
    }

    #[test]
    fn the_published_suite() {
        let unreserved = "-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        let at = |rest: &str| format!("https://example.amazonaws.com/{rest}");
        let cases = [
            ("get-vanilla", Method::Get, at(""), "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"),
            (
                "get-vanilla-query-order-key-case",
                Method::Get,
                at("?Param2=value2&Param1=value1"),
                "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500",
            ),
            (
                "get-vanilla-empty-query-key",
                Method::Get,
                at("?Param1=value1"),
                "a67d582fa61cc504c4bae71f336f98b97f1ea3c7a6bfe1b6e45aec72011b9aeb",
            ),
            (
                "get-unreserved",
                Method::Get,
                at(unreserved),
                "07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f",
            ),
            ("get-utf8", Method::Get, at("ሴ"), "8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85"),
            (
                "get-space-normalized",
                Method::Get,
                at("example space/"),
                "652487583200325589f1fba4c7e578f72c47cb61beeca81406b39ddec1366741",
            ),
            ("post-vanilla", Method::Post, at(""), "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"),
        ];
        for (name, method, url, signature) in cases {
            let expected = format!(
                "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, \
                 SignedHeaders=host;x-amz-date, Signature={signature}"
            );
            assert_eq!(suite(method, &url, None), expected, "{name}");
        }
        let form = suite(Method::Post, &at(""), Some("Param1=value1"));
        let signature = "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a";
        let end = format!("SignedHeaders=content-type;host;x-amz-date, Signature={signature}");
        assert!(form.ends_with(&end), "post-x-www-form-urlencoded: {form}");
    }

    #[test]
    fn paths_are_encoded_once_for_s3_and_twice_elsewhere() {
        assert_eq!(path_of_s3("/a%20b/c+d//e(1)"), "/a%20b/c%2Bd//e%281%29");
        assert_eq!(path_of_s3("/a%2fb/%ff"), "/a%2Fb/%FF");
        assert_eq!(path_of_others("/a%20b//c(1)/"), "/a%2520b/c%281%29/");
        assert_eq!(path_of_others("/"), "/");
        assert_eq!(path_of_others("//"), "/");
    }

    #[test]
    fn a_whole_request_is_signed_as_it_is_sent() {
        let values = Values::new("aws", &[], &BTreeMap::new()).unwrap();
        let occasion = Occasion { link_name: "aws", service: "aws", values: &values, now: NOW };
        let settings = AwsV4 { service: "s3".to_owned(), region: "us-east-1".to_owned() };
        let mut request = Request::new(Method::Post, "https://b.s3.amazonaws.com/?x=1+2&empty".parse().unwrap());
        request.set_header("x-amz-meta-Note", "two   words");
        request.set_header("Authorization", "mine");
        request.body = Body::Form(vec![("a".to_owned(), "1".to_owned())]);
        let mut notes = Vec::new();
        settings.apply(&occasion, &fields(), &mut request, &mut notes).unwrap();
        assert_eq!(request.url.query(), Some("x=1%202&empty="));
        assert_eq!(request.header("X-Amz-Date"), Some("20150830T123600Z"));
        assert_eq!(request.header("x-amz-content-sha256"), Some(body_hash(&request).as_str()));
        let authorization = request.header("authorization").unwrap();
        let signed = "SignedHeaders=content-type;host;x-amz-content-sha256;x-amz-date;x-amz-meta-note,";
        assert!(authorization.contains(signed), "{authorization}");
        assert_eq!(request.credential_headers, ["X-Amz-Date", "X-Amz-Content-Sha256", "Authorization"]);
        assert_eq!(notes.len(), 1);
    }
}
