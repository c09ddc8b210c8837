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

/// A default service by its link name, or by its name in Creator's files: `zohobooks` for `zoho_books`.
///
/// # Errors
/// Never for the files that are there: a test reads them all.
pub fn find(link_name: &str) -> Result<Option<Service>, Error> {
    let known = FILES.iter().find(|(known, _)| *known == link_name || is_creators_name(link_name, known));
    known.map(|(name, text)| Service::parse(&format!("services/{name}.toml"), text)).transpose()
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
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::connections::auth::Auth;
    use crate::connections::hosts::Hosts;

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
            assert!(matches!(service.auth, Auth::OAuth2(_)), "{link_name}");
            assert!(!Hosts::parse(service.hosts.iter().map(String::as_str)).unwrap().allow_every_host());
        }
    }

    #[test]
    fn creators_names_lead_to_the_same_service() {
        assert_eq!(find("zohobooks").unwrap().unwrap().link_name.as_str(), "zoho_books");
        assert_eq!(find("zohobook").unwrap(), None);
        assert_eq!(find("zoho").unwrap(), None);
    }
}
