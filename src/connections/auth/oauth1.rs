//! A signature over each request (RFC 5849). The token does not travel alone: whoever reads one request cannot make
//! another. It is for one request only, so it is dropped when a redirect leaves the origin; on the same origin it goes on
//! and the server refuses it, because what was signed is another address. Getting a token by consent is
//! `consent/oauth1.rs`, which signs its own requests with this.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use sha2::Sha256;
use url::Url;
use url::form_urlencoded::parse;

use super::place::{self, Location};
use super::{Field, Fields, Occasion, value};
use crate::connections::Error;
use crate::connections::document::Table;
use crate::connections::dynamic::encoded;
use crate::connections::hosts::is_loopback;
use crate::connections::service::read_url;
use crate::http::{Body, Request};

/// The settings of the type.
#[derive(Clone, Debug, PartialEq)]
pub struct OAuth1 {
    /// Where consent begins; may hold placeholders, as the other addresses.
    pub request_token_url: Option<Url>,
    /// Where a person consents.
    pub authorize_url: Option<Url>,
    /// Where consent becomes a token. A service without it signs with the consumer's key and secret alone.
    pub access_token_url: Option<Url>,
    /// Where the parameters of the signature go.
    pub location: Location,
    /// How the signature is made.
    pub signature: SignatureMethod,
}

/// How a signature is made (RFC 5849, 3.4; the second is a common addition).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignatureMethod {
    /// `HMAC-SHA1`, which nearly every service wants.
    HmacSha1,
    /// `HMAC-SHA256`
    HmacSha256,
    /// `PLAINTEXT`: the two secrets themselves.
    Plaintext,
}

/// The value of `oauth_timestamp` and `oauth_nonce`, drawn anew for each request.
struct Stamp {
    time: u64,
    nonce: String,
}

impl OAuth1 {
    pub(super) fn read(mut table: Table<'_>, plain_http: bool) -> Result<Self, Error> {
        let request_token_url = read_url(&mut table, "request_token_url", plain_http)?;
        let authorize_url = read_url(&mut table, "authorize_url", plain_http)?;
        let access_token_url = read_url(&mut table, "access_token_url", plain_http)?;
        let places = [Location::Header, Location::Query, Location::Form];
        let location = Location::read(&mut table, &places)?.unwrap_or(Location::Header);
        let signature = SignatureMethod::read(&mut table)?;
        table.finish()?;
        Ok(Self { request_token_url, authorize_url, access_token_url, location, signature })
    }

    /// Every address with its key.
    pub(in crate::connections) fn urls(&self) -> impl Iterator<Item = (&'static str, &Url)> {
        let all = [
            ("request_token_url", &self.request_token_url),
            ("authorize_url", &self.authorize_url),
            ("access_token_url", &self.access_token_url),
        ];
        all.into_iter().filter_map(|(key, url)| Some((key, url.as_ref()?)))
    }

    pub(super) fn fields(&self) -> Vec<Field> {
        let with_token = self.access_token_url.is_some();
        let field = |key: &str, name: &str, required| Field {
            key: key.into(),
            name: name.into(),
            required,
            may_be_empty: false,
        };
        vec![
            field("consumer_key", "Consumer key", true),
            field("consumer_secret", "Consumer secret", true),
            field("token", "Access token", with_token),
            field("token_secret", "Token secret", with_token),
        ]
    }

    pub(super) fn definition(&self, lines: &mut Vec<String>) {
        lines.extend(self.urls().map(|(key, url)| format!("auth.{key} = {url}")));
        lines.push(format!("auth.location = {}", self.location.as_str()));
        lines.push(format!("auth.signature = {}", self.signature.as_str()));
    }

    pub(super) fn apply(
        &self,
        occasion: &Occasion<'_>,
        fields: &Fields,
        request: &mut Request,
        notes: &mut Vec<String>,
    ) -> Result<(), Error> {
        self.sign(occasion, fields, &[], request, notes)
    }

    /// Signs a request, with further parameters of the protocol beside the usual ones: `oauth_callback`, `oauth_verifier`.
    pub(in crate::connections) fn sign(
        &self,
        occasion: &Occasion<'_>,
        fields: &Fields,
        further: &[(&'static str, &str)],
        request: &mut Request,
        notes: &mut Vec<String>,
    ) -> Result<(), Error> {
        // RFC 5849, 3.4.4: what would travel are the secrets themselves, whatever the network is trusted with.
        if self.signature == SignatureMethod::Plaintext && request.url.scheme() != "https" && !is_loopback(&request.url)
        {
            let host = request.url.host_str().unwrap_or_default().to_owned();
            return Err(Error::PlainHttp { link_name: occasion.link_name.to_owned(), host });
        }
        let stamp = Stamp::now(occasion.now)?;
        let mut own = self.parameters(fields, &stamp);
        own.extend(further.iter().map(|(key, value)| (*key, (*value).to_owned())));
        for (key, value) in &own {
            self.put(occasion, request, key, value, notes)?;
        }
        let header = if self.location == Location::Header { own.as_slice() } else { &[] };
        let signature = self.signature.sign(fields, &base_string(request, header));
        self.put(occasion, request, "oauth_signature", &signature, notes)?;
        if self.location == Location::Header {
            let shown = own.iter().map(|(key, value)| (*key, value.as_str())).chain([("oauth_signature", &*signature)]);
            let shown: Vec<_> = shown.map(|(key, value)| format!("{key}=\"{}\"", encoded(value))).collect();
            place::header(request, "Authorization", format!("OAuth {}", shown.join(", ")), notes);
        }
        Ok(())
    }

    /// What is signed beside the request, by name.
    fn parameters(&self, fields: &Fields, stamp: &Stamp) -> Vec<(&'static str, String)> {
        let mut own = vec![
            ("oauth_consumer_key", value(fields, "consumer_key").to_owned()),
            ("oauth_nonce", stamp.nonce.clone()),
            ("oauth_signature_method", self.signature.as_str().to_owned()),
            ("oauth_timestamp", stamp.time.to_string()),
        ];
        let token = value(fields, "token");
        if !token.is_empty() {
            own.push(("oauth_token", token.to_owned()));
        }
        own.push(("oauth_version", "1.0".to_owned()));
        own
    }

    /// Puts a parameter into query or form; a header is written in one go at the end.
    fn put(
        &self,
        occasion: &Occasion<'_>,
        request: &mut Request,
        key: &str,
        value: &str,
        notes: &mut Vec<String>,
    ) -> Result<(), Error> {
        match self.location {
            Location::Query => place::query(request, key, value, notes),
            Location::Form if !place::form(request, key, value, notes) => return Err(occasion.no_place_for(key)),
            Location::Form | Location::Header | Location::Placeholder => {}
        }
        Ok(())
    }
}

impl SignatureMethod {
    fn read(table: &mut Table<'_>) -> Result<Self, Error> {
        let offset = table.offset_of("signature");
        match table.text("signature")?.as_deref() {
            None | Some("HMAC-SHA1") => Ok(SignatureMethod::HmacSha1),
            Some("HMAC-SHA256") => Ok(SignatureMethod::HmacSha256),
            Some("PLAINTEXT") => Ok(SignatureMethod::Plaintext),
            Some(word) => Err(table.problem(
                offset,
                format!("`[auth] signature` cannot be \"{word}\""),
                "write \"HMAC-SHA1\", \"HMAC-SHA256\" or \"PLAINTEXT\"",
            )),
        }
    }

    /// The word in the file, and on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            SignatureMethod::HmacSha1 => "HMAC-SHA1",
            SignatureMethod::HmacSha256 => "HMAC-SHA256",
            SignatureMethod::Plaintext => "PLAINTEXT",
        }
    }

    /// RFC 5849, 3.4.2 and 3.4.4.
    fn sign(self, fields: &Fields, base: &str) -> String {
        let key = format!("{}&{}", encoded(value(fields, "consumer_secret")), encoded(value(fields, "token_secret")));
        match self {
            SignatureMethod::HmacSha1 => STANDARD.encode(mac::<Hmac<Sha1>>(&key, base)),
            SignatureMethod::HmacSha256 => STANDARD.encode(mac::<Hmac<Sha256>>(&key, base)),
            SignatureMethod::Plaintext => key,
        }
    }
}

impl Stamp {
    fn now(time: u64) -> Result<Self, Error> {
        let mut random = [0_u8; 16];
        getrandom::fill(&mut random).map_err(|_| Error::Internal("the operating system gives no randomness"))?;
        Ok(Self { time, nonce: format!("{:032x}", u128::from_be_bytes(random)) })
    }
}

/// What is signed: method, address and every parameter of query, form and signature (RFC 5849, 3.4.1). Pairs are encoded
/// before they are sorted, and none is left out for being there twice.
fn base_string(request: &Request, own: &[(&str, String)]) -> String {
    let url = &request.url;
    let query: Vec<_> = url.query_pairs().into_owned().collect();
    let own = own.iter().map(|(key, value)| ((*key).to_owned(), value.clone()));
    let all = query.into_iter().chain(form_pairs(request)).chain(own);
    let mut pairs: Vec<(String, String)> = all.map(|(key, value)| (encoded(&key), encoded(&value))).collect();
    pairs.sort();
    let pairs: Vec<String> = pairs.into_iter().map(|(key, value)| format!("{key}={value}")).collect();
    // The port is there only when it is not the scheme's own (3.4.1.2), which is how an address is kept.
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    let address = format!("{}://{}{port}{}", url.scheme(), url.host_str().unwrap_or_default(), url.path());
    format!("{}&{}&{}", request.method.as_str(), encoded(&address), encoded(&pairs.join("&")))
}

/// The fields of a body that is sent as `application/x-www-form-urlencoded`; other bodies are not signed (3.4.1.3.1).
fn form_pairs(request: &Request) -> Vec<(String, String)> {
    let is_form = |content_type: &str| {
        let media_type = content_type.split(';').next().unwrap_or_default().trim();
        media_type.eq_ignore_ascii_case("application/x-www-form-urlencoded")
    };
    let declared = request.header("content-type");
    match &request.body {
        Body::Form(fields) if declared.is_none_or(is_form) => fields.clone(),
        Body::Raw { content_type, bytes } if is_form(declared.unwrap_or(content_type)) => {
            parse(bytes).into_owned().collect()
        }
        _ => Vec::new(),
    }
}

/// A keyed hash. Every length of key is allowed, so the empty case cannot occur.
fn mac<M: Mac + KeyInit>(key: &str, text: &str) -> Vec<u8> {
    let Ok(mut mac) = <M as KeyInit>::new_from_slice(key.as_bytes()) else { return Vec::new() };
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::http::Method;
    use crate::secret::Secret;

    /// The signature of a request whose parameters are all given.
    fn signature(request: &Request, own: &[(&str, &str)], secrets: (&str, &str)) -> String {
        let own: Vec<_> = own.iter().map(|(key, value)| (*key, (*value).to_owned())).collect();
        let fields = Fields::from([
            ("consumer_secret".to_owned(), Secret::new(secrets.0)),
            ("token_secret".to_owned(), Secret::new(secrets.1)),
        ]);
        SignatureMethod::HmacSha1.sign(&fields, &base_string(request, &own))
    }

    fn request(method: Method, url: &str) -> Request {
        Request::new(method, url.parse().unwrap())
    }

    const CLIENT: &str = "kd94hf93k423kf44";

    #[test]
    fn the_three_requests_of_section_1_2() {
        let key = ("oauth_consumer_key", "dpf43f3p2l4k3l03");
        let method = ("oauth_signature_method", "HMAC-SHA1");
        let initiate = [
            key,
            method,
            ("oauth_timestamp", "137131200"),
            ("oauth_nonce", "wIjqoS"),
            ("oauth_callback", "http://printer.example.com/ready"),
        ];
        let sent = request(Method::Post, "https://photos.example.net/initiate");
        assert_eq!(signature(&sent, &initiate, (CLIENT, "")), "74KNZJeDHnMBp0EMJ9ZHt/XKycU=");
        let token = [
            key,
            ("oauth_token", "hh5s93j4hdidpola"),
            method,
            ("oauth_timestamp", "137131201"),
            ("oauth_nonce", "walatlh"),
            ("oauth_verifier", "hfdp7dh39dks9884"),
        ];
        let sent = request(Method::Post, "https://photos.example.net/token");
        assert_eq!(signature(&sent, &token, (CLIENT, "hdhd0244k9j7ao03")), "gKgrFCywp7rO0OXSjdot/IHF7IU=");
        let photos = [
            key,
            ("oauth_token", "nnch734d00sl2jdk"),
            method,
            ("oauth_timestamp", "137131202"),
            ("oauth_nonce", "chapoH"),
        ];
        let sent = request(Method::Get, "http://photos.example.net/photos?file=vacation.jpg&size=original");
        assert_eq!(signature(&sent, &photos, (CLIENT, "pfkkdhi9sl3r4s00")), "MdpQcU8iPSUjWoN/UDMsK2sui9I=");
    }

    const OWN: [(&str, &str); 5] = [
        ("oauth_consumer_key", "9djdj82h48djs9d2"),
        ("oauth_token", "kkk9d7dh3k39sjv7"),
        ("oauth_signature_method", "HMAC-SHA1"),
        ("oauth_timestamp", "137131201"),
        ("oauth_nonce", "7d8f3e4a"),
    ];

    /// Section 3.4.1.1, with duplicates, empty values, both spellings of a blank and the scheme's own port. The signature
    /// printed in the RFC is a known erratum.
    #[test]
    fn every_pair_counts_and_encoded_ones_are_sorted() {
        let mut sent = request(Method::Post, "http://EXAMPLE.COM:80/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b");
        let content_type = "application/x-www-form-urlencoded".to_owned();
        sent.body = Body::Raw { content_type, bytes: "c2&a3=2+q".into() };
        let own: Vec<_> = OWN.iter().map(|(key, value)| (*key, (*value).to_owned())).collect();
        assert_eq!(
            base_string(&sent, &own),
            "POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D%253D%25253D%26c%2540%3D\
             %26c2%3D%26oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a%26oauth_signature_method%3DHMAC-SHA1\
             %26oauth_timestamp%3D137131201%26oauth_token%3Dkkk9d7dh3k39sjv7"
        );
        let secrets = ("j49sk3j29djd", "dh893hdasih9");
        assert_eq!(signature(&sent, &OWN, secrets), "r6/TJjbCOr97/+UU0NsvSne7s5g=");
        sent.body = Body::Form(vec![("a3".to_owned(), "2 q".to_owned()), ("c2".to_owned(), String::new())]);
        assert_eq!(signature(&sent, &OWN, secrets), "r6/TJjbCOr97/+UU0NsvSne7s5g=");
    }

    #[test]
    fn only_a_form_is_signed_and_another_port_is() {
        let at = |url: &str, content_type: Option<&str>| {
            let mut sent = request(Method::Post, url);
            sent.body = Body::Raw { content_type: "application/json".to_owned(), bytes: "a=1".into() };
            content_type.iter().for_each(|value| sent.set_header("Content-Type", *value));
            base_string(&sent, &[])
        };
        assert_eq!(at("https://a.test/x", None), "POST&https%3A%2F%2Fa.test%2Fx&");
        let form = "application/x-www-form-urlencoded; charset=utf-8";
        assert_eq!(at("https://a.test:443/x", Some(form)), "POST&https%3A%2F%2Fa.test%2Fx&a%3D1");
        assert_eq!(at("https://a.test:8443/x", None), "POST&https%3A%2F%2Fa.test%3A8443%2Fx&");
    }

    /// The example of X's page "Creating a signature".
    #[test]
    fn a_post_with_a_form_and_a_query() {
        let mut sent = request(Method::Post, "https://api.twitter.com/1.1/statuses/update.json?include_entities=true");
        let status = "Hello Ladies + Gentlemen, a signed OAuth request!";
        sent.body = Body::Form(vec![("status".to_owned(), status.to_owned())]);
        let own = [
            ("oauth_consumer_key", "xvz1evFS4wEEPTGEFPHBog"),
            ("oauth_nonce", "kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg"),
            ("oauth_signature_method", "HMAC-SHA1"),
            ("oauth_timestamp", "1318622958"),
            ("oauth_token", "370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb"),
            ("oauth_version", "1.0"),
        ];
        let secrets = ("kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw", "LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE");
        assert_eq!(signature(&sent, &own, secrets), "hCtSmYh+iHYCEqBWrE7C7hYmtUk=");
    }

    #[test]
    fn plaintext_is_the_two_secrets() {
        let fields = Fields::from([("consumer_secret".to_owned(), Secret::new("a&b"))]);
        assert_eq!(SignatureMethod::Plaintext.sign(&fields, "unused"), "a%26b&");
    }
}
