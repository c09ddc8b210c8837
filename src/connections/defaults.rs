//! The services that come with the product: the files of `services/`, part of the program, each read when a connection
//! asks for it. They have the same form as a custom service. Adding one is adding a file.

use super::Error;
use super::service::Service;

/// Link name and text of every file in `services/`, sorted; the build lists them.
const FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/default_services.rs"));

/// The link names of all default services.
pub fn link_names() -> impl Iterator<Item = &'static str> {
    FILES.iter().map(|(link_name, _)| *link_name)
}

#[doc(hidden)] // For the command line.
/// The file of a default service.
pub fn text(link_name: &str) -> Option<&'static str> {
    FILES.iter().find(|(known, _)| *known == link_name).map(|(_, text)| *text)
}

/// A default service by its link name, or by its name in Creator's files: `zohobooks` for `zoho_books`.
///
/// # Errors
/// Never for the files that are there: a test reads them all.
pub fn find(link_name: &str) -> Result<Option<Service>, Error> {
    let known = FILES.iter().find(|(known, _)| *known == link_name || is_creators_name(link_name, known));
    known.map(|(name, text)| Service::parse_default(&format!("services/{name}.toml"), text)).transpose()
}

/// Creator writes the names of Zoho's own services without the underscore.
fn is_creators_name(name: &str, known: &str) -> bool {
    match (known.strip_prefix("zoho_"), name.strip_prefix("zoho")) {
        (Some(known), Some(name)) => known == name,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
    use url::Url;

    use super::*;
    use crate::connections::Stage;
    use crate::connections::auth::Auth;
    use crate::connections::dynamic::Values;
    use crate::connections::hosts::Hosts;

    /// What the hosts of a file can have been compared with.
    const SOURCES: [&str; 4] =
        ["the provider's API reference", "its SDK", "a public provider list", "public code that calls it"];

    #[test]
    fn the_list_is_the_folder() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/services");
        let mut files: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned())
            .collect();
        files.sort();
        assert_eq!(files, link_names().collect::<Vec<_>>());
    }

    #[test]
    fn every_file_is_a_service_under_its_own_name() {
        for link_name in link_names() {
            let service = find(link_name).unwrap().unwrap();
            assert_eq!(service.link_name.as_str(), link_name);
            assert_eq!(service.stage, Stage::Ready, "{link_name}");
            assert!(!service.name.is_empty() && !service.description.is_empty(), "{link_name}");
            assert!(!service.plain_http, "{link_name}");
            assert!(!Hosts::parse(service.hosts.iter().map(String::as_str)).unwrap().allow_every_host());
            for url in urls(&service) {
                assert_eq!(url.scheme(), "https", "{link_name}: {url}");
            }
        }
    }

    /// What is left out has a value of its own, which is right for custom services but not for each of these.
    #[test]
    fn every_file_says_what_its_type_needs() {
        for (link_name, text) in FILES {
            let says = |key: &str| assert!(text.contains(&format!("\n{key} = ")), "{link_name} says nothing of {key}");
            match find(link_name).unwrap().unwrap().auth {
                Auth::Basic(_) => {}
                Auth::ApiKey(api_key) => {
                    assert_eq!(text.matches("location = ").count(), api_key.parameters.len(), "{link_name}");
                }
                Auth::OAuth1(oauth1) => {
                    ["location", "signature"].into_iter().for_each(says);
                    assert_eq!(oauth1.urls().count(), 3, "{link_name}");
                }
                Auth::OAuth2(oauth2) => {
                    ["grant", "authorize_url", "location", "scope_delimiter", "scopes"].into_iter().for_each(says);
                    says(if oauth2.header_name.is_none() { "bearer_name" } else { "header_name" });
                }
                Auth::AwsV4(_) => ["aws_service", "region"].into_iter().for_each(says),
            }
            let marks = text.lines().filter(|line| line.starts_with("# hosts: ")).collect::<Vec<_>>();
            match find(link_name).unwrap().unwrap().hosts_verified {
                true => assert!(matches!(*marks, [mark] if SOURCES.contains(&&mark[21..])), "{link_name}: {marks:?}"),
                false => assert_eq!(marks, ["# hosts: not verified"], "{link_name}"),
            }
        }
    }

    /// A connection is tested with this request, through the same check of hosts as every other.
    #[test]
    fn every_verification_goes_where_credentials_may_go() {
        for link_name in link_names() {
            let service = find(link_name).unwrap().unwrap();
            let Some(verify) = &service.verify else { continue };
            let given = service.dynamic.iter().filter(|parameter| parameter.default.is_none());
            let given = given.map(|parameter| (parameter.key.clone(), "acme".to_owned())).collect();
            let values = Values::new(link_name, &service.dynamic, &given).unwrap();
            let hosts: Vec<_> = service.hosts.iter().map(|host| values.fill_host(link_name, host).unwrap()).collect();
            let url = values.fill(link_name, &verify.url).unwrap();
            assert!(Hosts::parse(hosts.iter().map(String::as_str)).unwrap().allow(&url), "{link_name}: {url}");
        }
    }

    /// Both follow from the one address of the accounts server, so that nobody proves a connection in another data centre.
    #[test]
    fn every_service_of_zoho_stays_in_its_data_centre_and_below_its_limit() {
        let mut verified = 0;
        for (link_name, _) in FILES.iter().filter(|(_, text)| text.contains("@zoho_accounts")) {
            let service = find(link_name).unwrap().unwrap();
            let Auth::OAuth2(oauth2) = &service.auth else { panic!("{link_name}") };
            // Ten in ten minutes, with one to spare for the consent.
            assert_eq!((oauth2.cool_down, oauth2.renewals), (Some(600), Some(9)), "{link_name}");
            let Some(verify) = &service.verify else { continue };
            verified += 1;
            for accounts in &service.dynamic[0].values {
                let given = [("accounts".to_owned(), accounts.clone())].into();
                let values = Values::new(link_name, &service.dynamic, &given).unwrap();
                let host = values.fill(link_name, &verify.url).unwrap().host_str().unwrap().to_owned();
                let end = |host: &str| host.split_once("zoho").unwrap().1.replace("apis.", ".").replace("cloud.", ".");
                assert_eq!(end(&host), end(accounts), "{link_name}: {host}");
            }
        }
        assert!(verified >= 15, "{verified}");
    }

    fn urls(service: &Service) -> Vec<Url> {
        let mut urls: Vec<Url> = service.verify.iter().map(|verify| verify.url.clone()).collect();
        match &service.auth {
            Auth::OAuth1(oauth1) => urls.extend(oauth1.urls().map(|(_, url)| url.clone())),
            Auth::OAuth2(oauth2) => {
                urls.push(oauth2.token_url.clone());
                urls.extend(
                    [&oauth2.authorize_url, &oauth2.refresh_url, &oauth2.revoke_url, &oauth2.device_url]
                        .into_iter()
                        .flatten()
                        .cloned(),
                );
            }
            Auth::Basic(_) | Auth::ApiKey(_) | Auth::AwsV4(_) => {}
        }
        urls
    }

    #[test]
    fn creators_names_lead_to_the_same_service() {
        assert_eq!(find("zohobooks").unwrap().unwrap().link_name.as_str(), "zoho_books");
        assert_eq!(find("zohobook").unwrap(), None);
        assert_eq!(find("zoho").unwrap(), None);
    }
}
