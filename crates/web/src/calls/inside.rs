//! Whom a call may reach: machines that everybody reaches, and of those within one's own walls the ones that who runs the
//! system has named. A webhook is set by people outside, and must never become their way in.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use url::{Host, Url};

/// The most bytes of an address.
const URL_BYTES_MAX: usize = 2_000;

const fn v4(a: u8, b: u8, c: u8, d: u8, bits: u8) -> Ipv4Net {
    Ipv4Net::new_assert(Ipv4Addr::new(a, b, c, d), bits)
}

/// Not everybody's. Source: the IANA registry of special-purpose addresses (RFC 6890), and multicast (RFC 5771).
const V4_NOT_PUBLIC: [Ipv4Net; 15] = [
    v4(0, 0, 0, 0, 8),
    v4(10, 0, 0, 0, 8),
    v4(100, 64, 0, 0, 10),
    v4(127, 0, 0, 0, 8),
    v4(169, 254, 0, 0, 16),
    v4(172, 16, 0, 0, 12),
    v4(192, 0, 0, 0, 24),
    v4(192, 0, 2, 0, 24),
    v4(192, 88, 99, 0, 24),
    v4(192, 168, 0, 0, 16),
    v4(198, 18, 0, 0, 15),
    v4(198, 51, 100, 0, 24),
    v4(203, 0, 113, 0, 24),
    v4(224, 0, 0, 0, 4),
    v4(240, 0, 0, 0, 4),
];

/// What is given out to networks (RFC 4291 §2.4); all else is not everybody's.
const V6_UNICAST: Ipv6Net = Ipv6Net::new_assert(Ipv6Addr::new(0x2000, 0, 0, 0, 0, 0, 0, 0), 3);
/// Within it: what stands for an address of IPv4 or is for protocols and documents alone. Source: the same registry.
const V6_NOT_PUBLIC: [Ipv6Net; 4] = [
    Ipv6Net::new_assert(Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23),
    Ipv6Net::new_assert(Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32),
    Ipv6Net::new_assert(Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16),
    Ipv6Net::new_assert(Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20),
];

/// Whether everybody may reach an address.
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => !V4_NOT_PUBLIC.iter().any(|net| net.contains(&address)),
        IpAddr::V6(address) => match address.to_ipv4_mapped() {
            Some(mapped) => is_public(IpAddr::V4(mapped)),
            None => V6_UNICAST.contains(&address) && !V6_NOT_PUBLIC.iter().any(|net| net.contains(&address)),
        },
    }
}

/// A machine, or some, within one's own walls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// Those whose addresses are in a range.
    Range(IpNet),
    /// The machine of a name.
    Named(String),
}

/// Why text is no [`Place`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{written}` is no machine; write a name, an address, or a range such as 10.1.0.0/16")]
pub struct InsideError {
    /// The text as written.
    pub written: String,
}

impl FromStr for Place {
    type Err = InsideError;

    fn from_str(text: &str) -> Result<Place, InsideError> {
        if let Ok(range) = text.parse::<IpNet>() {
            return Ok(Place::Range(range.trunc()));
        }
        match Host::parse(text) {
            Ok(Host::Ipv4(address)) => Ok(Place::Range(IpAddr::V4(address).into())),
            Ok(Host::Ipv6(address)) => Ok(Place::Range(IpAddr::V6(address).into())),
            Ok(Host::Domain(name)) if !text.contains('/') => Ok(Place::Named(name)),
            // An address of IPv6 may stand without its brackets.
            _ => text
                .parse::<IpAddr>()
                .map(|address| Place::Range(address.into()))
                .map_err(|_| InsideError { written: text.to_owned() }),
        }
    }
}

/// The machines within one's own walls that may be called, also without TLS; none unless they are named.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Inside(pub Vec<Place>);

/// Why an address is not called.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UrlError {
    /// It is no address of a machine.
    #[error("this is no address to call; write https://HOST/PATH")]
    NoAddress,
    /// It names who calls, or a part of a page.
    #[error("the address names a user, a password or a part of a page; leave that out")]
    Overdone,
    /// It is longer than any.
    #[error("the address is longer than {URL_BYTES_MAX} bytes; shorten it")]
    TooLong,
    /// It would be called without TLS.
    #[error("the address is called without TLS; write https://")]
    WithoutTls,
    /// It is within somebody's walls.
    #[error("the address is within the walls of a network; who runs the system may let it be called")]
    Within,
}

impl Inside {
    /// Whether the machine of a name may be called wherever it is.
    pub fn has_name(&self, name: &str) -> bool {
        self.0.iter().any(|place| matches!(place, Place::Named(named) if named.eq_ignore_ascii_case(name)))
    }

    /// Whether an address may be called.
    pub fn may_reach(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        let is_inside = |place: &Place| matches!(place, Place::Range(range) if range.contains(&address));
        is_public(address) || self.0.iter().any(is_inside)
    }

    /// What is called at `text`, as far as it tells: where a name leads is seen when it is called.
    ///
    /// # Errors
    /// It may not be called.
    pub fn callable(&self, text: &str) -> Result<Url, UrlError> {
        if text.len() > URL_BYTES_MAX {
            return Err(UrlError::TooLong);
        }
        let url = Url::parse(text).map_err(|_| UrlError::NoAddress)?;
        let host = url.host().ok_or(UrlError::NoAddress)?;
        if !url.username().is_empty() || url.password().is_some() || url.fragment().is_some() {
            return Err(UrlError::Overdone);
        }
        let (is_named, may_reach) = match host {
            Host::Domain(name) => (self.has_name(name), true),
            Host::Ipv4(address) => self.of_address(address.into()),
            Host::Ipv6(address) => self.of_address(address.into()),
        };
        match url.scheme() {
            _ if !may_reach => Err(UrlError::Within),
            "https" => Ok(url),
            "http" if is_named => Ok(url),
            "http" => Err(UrlError::WithoutTls),
            _ => Err(UrlError::NoAddress),
        }
    }

    /// Whether an address was named, and whether it may be called.
    fn of_address(&self, address: IpAddr) -> (bool, bool) {
        let may_reach = self.may_reach(address);
        (may_reach && !is_public(address.to_canonical()), may_reach)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_not_everybodys_is_not_reached() {
        for (address, is) in [
            ("1.1.1.1", true),
            ("93.184.216.34", true),
            ("172.15.255.255", true),
            ("172.16.0.1", false),
            ("172.31.255.255", false),
            ("172.32.0.0", true),
            ("0.0.0.0", false),
            ("10.1.2.3", false),
            ("100.64.0.1", false),
            ("100.128.0.1", true),
            ("127.0.0.1", false),
            ("169.254.169.254", false),
            ("192.168.1.1", false),
            ("198.19.0.1", false),
            ("224.0.0.1", false),
            ("255.255.255.255", false),
            ("2606:4700::1111", true),
            ("2400:3200::1", true),
            ("::", false),
            ("::1", false),
            ("::ffff:127.0.0.1", false),
            ("::ffff:1.1.1.1", true),
            ("::127.0.0.1", false),
            ("64:ff9b::7f00:1", false),
            ("2001::1", false),
            ("2001:db8::1", false),
            ("2002:7f00:1::", false),
            ("fc00::1", false),
            ("fe80::1", false),
            ("ff02::1", false),
        ] {
            assert_eq!(is_public(address.parse().unwrap()), is, "{address}");
        }
    }

    #[test]
    fn what_is_named_is_reached_and_nothing_beside_it() {
        let places = ["10.1.0.0/16", "fd00::5", "127.0.0.1", "Intern.example"];
        let inside = Inside(places.iter().map(|place| place.parse().unwrap()).collect());
        for (url, expected) in [
            ("https://example.org/hook?key=1", Ok(())),
            ("https://10.1.2.3/", Ok(())),
            ("http://10.1.2.3:8080/", Ok(())),
            ("http://[fd00::5]/", Ok(())),
            ("http://intern.example/", Ok(())),
            ("http://0x7f.1/", Ok(())),
            ("https://[::ffff:10.1.2.3]/", Ok(())),
            ("http://example.org/", Err(UrlError::WithoutTls)),
            ("http://1.1.1.1/", Err(UrlError::WithoutTls)),
            ("https://10.2.2.3/", Err(UrlError::Within)),
            ("https://0x0a.0x02.1/", Err(UrlError::Within)),
            ("https://2130706434/", Err(UrlError::Within)),
            ("https://[fd00::6]/", Err(UrlError::Within)),
            ("https://user@example.org/", Err(UrlError::Overdone)),
            ("https://example.org/#part", Err(UrlError::Overdone)),
            ("ftp://example.org/", Err(UrlError::NoAddress)),
            ("example.org", Err(UrlError::NoAddress)),
            ("", Err(UrlError::NoAddress)),
        ] {
            assert_eq!(inside.callable(url).map(drop), expected, "{url}");
        }
        for wrong in ["", "10.0.0.0/33", "a/b", "https://example.org"] {
            assert!(wrong.parse::<Place>().is_err(), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn an_address_of_ipv4_is_the_same_in_ipv6(bits: u32) {
            let address = Ipv4Addr::from_bits(bits);
            prop_assert_eq!(is_public(address.into()), is_public(address.to_ipv6_mapped().into()));
        }

        #[test]
        fn no_text_is_called_that_leads_within(text in "(https?|ftp)://[0-9a-fx.:\\[\\]]{1,20}/?") {
            if let Ok(url) = Inside::default().callable(&text) {
                let address = match url.host() {
                    Some(Host::Ipv4(address)) => IpAddr::from(address),
                    Some(Host::Ipv6(address)) => IpAddr::from(address),
                    _ => return Ok(()),
                };
                prop_assert!(is_public(address), "{}", url);
            }
        }
    }
}
