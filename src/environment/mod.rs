//! What a run is told about the world around it: values that would otherwise be read from the machine, and settings of
//! the account. They come from the host, so that the same run can be made again to the byte.

mod clock;
mod random;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use clock::Clock;
#[doc(hidden)] // For the machine.
pub use random::Random;
pub use random::Randomness;

use crate::syntax::Dialect;
use crate::value::{Data, DateSettings};

/// The surroundings of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Environment {
    /// Values of system variables by their name after `zoho.`, in lower case: `loginuserid`.
    pub system: BTreeMap<String, Data>,
    /// The data centre whose hosts integration tasks use.
    pub data_center: DataCenter,
    /// Whether a TEXT body that is JSON goes out as `application/json` when the script names no content type. Zoho
    /// documents `text/plain`, but its APIs read the body whatever its label, and scripts rely on that.
    pub label_json: bool,
    /// What `now` is.
    pub clock: Clock,
    /// Where random numbers begin.
    pub randomness: Randomness,
    /// How dates are written and read, and in which time zone.
    pub dates: Arc<DateSettings>,
    /// The service whose behaviour built-in functions show where services differ. The engine sets it to the dialect of
    /// the script that runs.
    pub dialect: Dialect,
}

impl Default for Environment {
    fn default() -> Self {
        Self {
            system: BTreeMap::new(),
            data_center: DataCenter::Us,
            label_json: true,
            clock: Clock::System,
            randomness: Randomness::System,
            dates: Arc::default(),
            dialect: Dialect::Portable,
        }
    }
}

/// A data centre of Zoho: the hosts of its APIs and products (page "multi DC" of the Bigin and WorkDrive APIs).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DataCenter {
    /// United States
    Us,
    /// Europe
    Eu,
    /// India
    In,
    /// Australia
    Au,
    /// Japan
    Jp,
    /// China
    Cn,
    /// Canada
    Ca,
    /// Saudi Arabia
    Sa,
    /// United Kingdom
    Uk,
    /// United Arab Emirates
    Ae,
}

impl DataCenter {
    /// Every data centre.
    pub const ALL: [DataCenter; 10] = [
        DataCenter::Us,
        DataCenter::Eu,
        DataCenter::In,
        DataCenter::Au,
        DataCenter::Jp,
        DataCenter::Cn,
        DataCenter::Ca,
        DataCenter::Sa,
        DataCenter::Uk,
        DataCenter::Ae,
    ];

    /// By the ending of its API host, as `sluice.toml` writes it: `com`, `eu`, `com.au`.
    pub fn parse(suffix: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|center| center.suffix() == suffix)
    }

    /// The ending of the API host `www.zohoapis.…`.
    pub fn suffix(self) -> &'static str {
        match self {
            DataCenter::Us => "com",
            DataCenter::Eu => "eu",
            DataCenter::In => "in",
            DataCenter::Au => "com.au",
            DataCenter::Jp => "jp",
            DataCenter::Cn => "com.cn",
            DataCenter::Ca => "ca",
            DataCenter::Sa => "sa",
            DataCenter::Uk => "uk",
            DataCenter::Ae => "ae",
        }
    }

    /// The domain of the products, as in `desk.zoho.com`. Canada's differs from the API host's.
    pub fn product_domain(self) -> &'static str {
        match self {
            DataCenter::Us => "zoho.com",
            DataCenter::Eu => "zoho.eu",
            DataCenter::In => "zoho.in",
            DataCenter::Au => "zoho.com.au",
            DataCenter::Jp => "zoho.jp",
            DataCenter::Cn => "zoho.com.cn",
            DataCenter::Ca => "zohocloud.ca",
            DataCenter::Sa => "zoho.sa",
            DataCenter::Uk => "zoho.uk",
            DataCenter::Ae => "zoho.ae",
        }
    }
}
