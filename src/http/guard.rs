//! Which addresses may be dialled. A script must not reach into the network of the machine it runs on, unless it is a
//! person's own run. The check is made on addresses, never on names: a name says nothing about where it leads.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::Error;

/// Says yes or no to an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guard {
    public_only: bool,
    allowed: Vec<Range>,
}

impl Guard {
    /// For a person's own run: private addresses and this machine may be dialled; metadata addresses never.
    pub fn off() -> Self {
        Self { public_only: false, allowed: Vec::new() }
    }

    /// For servers and embedding: only public addresses may be dialled, plus those of [`Guard::allow`].
    pub fn on() -> Self {
        Self { public_only: true, allowed: Vec::new() }
    }

    /// Whether only public addresses and the exceptions pass.
    pub(super) fn is_on(&self) -> bool {
        self.public_only
    }

    /// Makes an exception for an address or a range, such as `127.0.0.0/8`. Metadata addresses stay refused.
    ///
    /// # Errors
    /// `http::invalid-range` for a text that is neither.
    pub fn allow(&mut self, range: &str) -> Result<(), Error> {
        let parsed = Range::parse(range).ok_or_else(|| Error::InvalidRange { range: range.to_owned() })?;
        self.allowed.push(parsed);
        Ok(())
    }

    /// Whether the address may be dialled.
    ///
    /// # Errors
    /// `http::blocked-address`, naming the address as host; callers that know the host's name put it in its place.
    pub fn check(&self, address: IpAddr) -> Result<(), Error> {
        let metadata = is_metadata(address);
        let refused = metadata || self.public_only && !is_public(address) && !self.is_allowed(address);
        if refused { Err(Error::BlockedAddress { host: address.to_string(), address, metadata }) } else { Ok(()) }
    }

    /// Whether plain `http` to this host is as good as `https`: nothing leaves the machine, or an exception names it.
    /// Names other than `localhost` never qualify, since they may lead elsewhere tomorrow.
    pub fn allows_plain_http(&self, host: &str) -> bool {
        match url::Host::parse(host) {
            Ok(url::Host::Domain(name)) => {
                let name = name.trim_end_matches('.');
                name == "localhost" || name.ends_with(".localhost")
            }
            Ok(url::Host::Ipv4(address)) => address.is_loopback() || self.is_allowed(IpAddr::V4(address)),
            Ok(url::Host::Ipv6(address)) => is_loopback(IpAddr::V6(address)) || self.is_allowed(IpAddr::V6(address)),
            Err(_) => false,
        }
    }

    fn is_allowed(&self, address: IpAddr) -> bool {
        self.allowed.iter().any(|range| range.contains(address))
    }
}

/// Whether the address is this machine's own, in either family and also written as a mapped IPv6 address.
pub(super) fn is_loopback(address: IpAddr) -> bool {
    address.to_canonical().is_loopback()
}

/// Where cloud machines fetch credentials from: the common link-local address, Amazon's IPv6 and container variants, and
/// Alibaba's.
fn is_metadata(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => matches!(v4.octets(), [169, 254, 169, 254] | [169, 254, 170, 2] | [100, 100, 100, 200]),
        IpAddr::V6(v6) => {
            v6 == Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254)
                || embedded(v6).is_some_and(|v4| is_metadata(IpAddr::V4(v4)))
        }
    }
}

/// Whether the address is outside every range that IANA's special-purpose registries set aside (RFC 6890 and updates).
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => is_public_v4(v4),
        // NAT64, 6to4 and Teredo are refused as a whole: where they lead depends on the network's translators.
        IpAddr::V6(v6) => {
            let [a, b, ..] = v6.segments();
            let set_aside = v6.is_unspecified()
                || v6.is_loopback()
                || embedded(v6).is_some()
                || matches!(a, 0xfc00..=0xfdff | 0xfe80..=0xfeff | 0xff00..=0xffff | 0x0100 | 0x5f00)
                || (a, b) == (0x0064, 0xff9b)
                || a == 0x2002
                || a == 0x2001 && (b < 0x0200 || b == 0x0db8)
                || a == 0x3fff && b < 0x1000;
            !set_aside
        }
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    !matches!(
        address.octets(),
        [0 | 10 | 127 | 224..=255, ..]
            | [100, 64..=127, ..]
            | [169, 254, ..]
            | [172, 16..=31, ..]
            | [192, 0, 0 | 2, _]
            | [192, 88, 99, _]
            | [192, 168, ..]
            | [198, 18 | 19, ..]
            | [198, 51, 100, _]
            | [203, 0, 113, _]
    )
}

/// The IPv4 address inside a mapped, compatible, NAT64 or 6to4 address.
fn embedded(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let of = |high: u16, low: u16| Some(Ipv4Addr::from((u32::from(high) << 16) | u32::from(low)));
    match address.segments() {
        [0, 0, 0, 0, 0, 0, 0, 0 | 1] => None,
        [0, 0, 0, 0, 0, 0 | 0xffff, high, low] => of(high, low),
        [0, 0, 0, 0, 0xffff, 0, high, low] => of(high, low),
        [0x64, 0xff9b, _, _, _, _, high, low] => of(high, low),
        [0x2002, high, low, ..] => of(high, low),
        _ => None,
    }
}

/// A range of addresses: all that share the first `bits` bits.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Range {
    network: IpAddr,
    bits: u32,
}

impl Range {
    fn parse(text: &str) -> Option<Self> {
        let (address, bits) = match text.trim().split_once('/') {
            Some((address, bits)) => (address, Some(bits.parse::<u32>().ok()?)),
            None => (text.trim(), None),
        };
        let network: IpAddr = address.trim_start_matches('[').trim_end_matches(']').parse().ok()?;
        let width = if network.is_ipv4() { 32 } else { 128 };
        let bits = bits.unwrap_or(width);
        (bits <= width).then_some(Self { network, bits })
    }

    fn contains(&self, address: IpAddr) -> bool {
        // A mapped address is the IPv4 address it stands for: an exception for one is an exception for both.
        let shift = |width: u32| width - self.bits;
        match (self.network, address.to_canonical()) {
            (IpAddr::V4(network), IpAddr::V4(address)) => {
                (network.to_bits() ^ address.to_bits()).checked_shr(shift(32)).unwrap_or(0) == 0
            }
            (IpAddr::V6(network), IpAddr::V6(address)) => {
                (network.to_bits() ^ address.to_bits()).checked_shr(shift(128)).unwrap_or(0) == 0
            }
            _ => false,
        }
    }
}
