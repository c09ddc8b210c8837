//! Lists that many services share. A service file names one as `"@zoho_hosts"`, so that a data centre that Zoho opens is
//! added in one place. The list is put in while the file is read: the definition that a vault record is sealed to, and
//! everything that shows hosts, has the hosts themselves.

/// What to say about a name that is not there.
pub(super) const HELP: &str =
    "the shared lists are \"@zoho_hosts\", \"@zoho_accounts\", \"@zoho_apis\" and \"@zoho_domains\"";

/// Every list by its name.
const GROUPS: [(&str, &[&str]); 4] = [
    ("@zoho_hosts", ZOHO_HOSTS),
    ("@zoho_accounts", ZOHO_ACCOUNTS),
    ("@zoho_apis", ZOHO_APIS),
    ("@zoho_domains", ZOHO_DOMAINS),
];

/// The domains of Zoho's data centres: United States, Europe, India, Australia, Japan, China, Canada, Saudi Arabia, United
/// Kingdom, United Arab Emirates (help page "Multi DC support" of Zoho Accounts, and of WorkDrive for the last).
const ZOHO_HOSTS: &[&str] = &[
    "*.zohoapis.com",
    "*.zoho.com",
    "*.zohoapis.eu",
    "*.zoho.eu",
    "*.zohoapis.in",
    "*.zoho.in",
    "*.zohoapis.com.au",
    "*.zoho.com.au",
    "*.zohoapis.jp",
    "*.zoho.jp",
    "*.zohoapis.com.cn",
    "*.zoho.com.cn",
    "*.zohoapis.ca",
    "*.zohocloud.ca",
    "*.zohoapis.sa",
    "*.zoho.sa",
    "*.zohoapis.uk",
    "*.zoho.uk",
    "*.zohoapis.ae",
    "*.zoho.ae",
];

/// The accounts servers of the same data centres, in the same order.
const ZOHO_ACCOUNTS: &[&str] = &[
    "accounts.zoho.com",
    "accounts.zoho.eu",
    "accounts.zoho.in",
    "accounts.zoho.com.au",
    "accounts.zoho.jp",
    "accounts.zoho.com.cn",
    "accounts.zohocloud.ca",
    "accounts.zoho.sa",
    "accounts.zoho.uk",
    "accounts.zoho.ae",
];

/// The hosts of the APIs that all products share, in the same order.
const ZOHO_APIS: &[&str] = &[
    "www.zohoapis.com",
    "www.zohoapis.eu",
    "www.zohoapis.in",
    "www.zohoapis.com.au",
    "www.zohoapis.jp",
    "www.zohoapis.com.cn",
    "www.zohoapis.ca",
    "www.zohoapis.sa",
    "www.zohoapis.uk",
    "www.zohoapis.ae",
];

/// The domains of the products that have hosts of their own, such as `desk.zoho.eu`, in the same order.
const ZOHO_DOMAINS: &[&str] = &[
    "zoho.com",
    "zoho.eu",
    "zoho.in",
    "zoho.com.au",
    "zoho.jp",
    "zoho.com.cn",
    "zohocloud.ca",
    "zoho.sa",
    "zoho.uk",
    "zoho.ae",
];

/// Whether a host is one of Zoho's accounts servers.
pub(super) fn is_zoho_accounts(host: &str) -> bool {
    ZOHO_ACCOUNTS.contains(&host)
}

/// Puts each list in the place of its name.
///
/// # Errors
/// The name of a list that is not there, in words.
pub(super) fn expand(texts: Vec<String>) -> Result<Vec<String>, String> {
    let mut expanded = Vec::with_capacity(texts.len());
    for text in texts {
        match GROUPS.iter().find(|(name, _)| *name == text) {
            Some((_, members)) => expanded.extend(members.iter().map(|member| (*member).to_owned())),
            None if text.starts_with('@') => return Err(format!("there is no shared list \"{text}\"")),
            None => expanded.push(text),
        }
    }
    Ok(expanded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_becomes_its_list_and_the_rest_stays() {
        let expanded = expand(vec!["a.test".to_owned(), "@zoho_accounts".to_owned()]);
        assert_eq!(expanded.as_ref().map(Vec::len), Ok(11));
        assert_eq!(expand(vec!["@zoho".to_owned()]), Err("there is no shared list \"@zoho\"".to_owned()));
    }
}
