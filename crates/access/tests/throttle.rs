//! Throttled log-in: waits that grow, end, and never lock.

#![cfg(test)]

use access::Instant;
use access::throttle::*;
use proptest::collection::vec;
use proptest::prelude::*;

const NOW: Instant = Instant(1_800_000_000);

fn failures(count: u32) -> Failures {
    Failures { count, last: (count > 0).then_some(NOW) }
}

/// Seconds to wait after the last of so many failures.
fn wait(account: u32, address: u32) -> u64 {
    NOW.seconds_until(next_try(failures(account), failures(address), NOW))
}

#[test]
fn the_wait_doubles_after_the_free_failures_up_to_its_cap() {
    for (account, expected) in [
        (0, 0),
        (5, 0),
        (6, 2),
        (7, 4),
        (8, 8),
        (9, 16),
        (14, 512),
        (15, 900),
        (16, 900),
        (70, 900),
        (71, 900),
        (u32::MAX, 900),
    ] {
        assert_eq!(wait(account, 0), expected, "{account} failures of an account");
    }
    for (address, expected) in [(20, 0), (21, 2), (22, 4), (30, 900), (u32::MAX, 900)] {
        assert_eq!(wait(0, address), expected, "{address} failures from an address");
    }
}

#[test]
fn the_longer_of_the_two_waits_counts() {
    assert_eq!(wait(8, 21), 8);
    assert_eq!(wait(6, 23), 8);
}

#[test]
fn a_wait_passes() {
    let failures = Failures { count: 7, last: Some(NOW) };
    for (later, expected) in [(0, 4), (3, 1), (4, 0), (500, 0)] {
        let now = NOW.after(later);
        assert_eq!(now.seconds_until(next_try(failures, Failures::default(), now)), expected, "{later}");
    }
}

#[test]
fn failures_are_forgotten_after_a_day() {
    let old = Instant(NOW.0 - REMEMBERED_SECONDS);
    let counted = Failures::within(&[old, old.after(1), NOW], NOW);
    assert_eq!(counted, Failures { count: 2, last: Some(NOW) });
    assert_eq!(Failures::within(&[old], NOW), Failures::default());
}

proptest! {
    #[test]
    fn no_account_is_ever_locked(
        account in 0_u32.., address in 0_u32.., last in any::<u64>(), now in any::<u64>()
    ) {
        let (last, now) = (Some(Instant(last)), Instant(now));
        let next = next_try(Failures { count: account, last }, Failures { count: address, last }, now);
        prop_assert!(next >= now);
        prop_assert!(now.seconds_until(next) <= LONGEST_WAIT_SECONDS);
    }

    #[test]
    fn a_further_failure_never_shortens_the_wait(account in 0..100_u32, address in 0..100_u32) {
        prop_assert!(wait(account + 1, address) >= wait(account, address));
        prop_assert!(wait(account, address + 1) >= wait(account, address));
    }

    #[test]
    fn a_guesser_who_always_waits_gets_few_tries_a_day(start in 0..10_u64) {
        let mut tried: Vec<Instant> = Vec::new();
        let mut now = NOW.after(start);
        let end = now.after(24 * 60 * 60);
        while now < end {
            tried.push(now);
            now = next_try(Failures::within(&tried, now), Failures::default(), now);
        }
        prop_assert!(tried.len() <= 5 + 10 + 24 * 4, "{}", tried.len());
    }

    #[test]
    fn what_is_counted_does_not_hang_on_the_order(mut at in vec(0..200_000_u64, 0..20)) {
        let counted = |at: &[u64]| {
            Failures::within(&at.iter().map(|at| Instant(NOW.0 - at)).collect::<Vec<_>>(), NOW)
        };
        let before = counted(&at);
        at.reverse();
        prop_assert_eq!(before, counted(&at));
    }
}
