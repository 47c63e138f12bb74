//! How long a sign-in has to wait after failures, so that guessing is slow and nobody can lock somebody else out.
//!
//! What is counted, over the last [`WINDOW_SECONDS`]; an attempt that was refused unjudged is never counted:
//! - **address**: failures from this network (see [`network`]), for any account. Slows one machine that tries many
//!   accounts or one. A success does not clear it, or a guesser would sign in to an account of their own in between.
//! - **account**: failures for this account from browsers that it does not know, from anywhere.
//! - **device**: failures of a browser that carries the cookie of an earlier success *on this account*. A success
//!   clears it. Failures counted here are in neither of the others.
//!
//! The curves, for n failures and the instant of the last:
//! - address: nothing up to 10, then 1, 2, 4, … seconds, at most 15 minutes, from the last failure; sooner is refused.
//! - device: nothing up to 10, then the same curve.
//! - account: nothing up to 10, then every attempt is judged 1 second late for each 10 failures, at most 10 seconds.
//!   It is never refused: a wait counted from the last failure could be kept alive by anybody.
//!
//! So a person is at worst 10 seconds late by the doing of others, on a browser that is new, and not at all on one that
//! is known; the exception is a new browser behind the address of the guesser itself. One network has 23 guesses in an
//! hour and 469 in a day; a thousand networks half a million, against passwords that are long and not on the list of
//! those tried first.

use core::net::{IpAddr, Ipv6Addr};

/// Failures older than this are forgotten: one hour.
pub const WINDOW_SECONDS: u64 = 60 * 60;

/// Failures without any wait: people mistype, and try their other passwords.
const FREE: u32 = 10;

/// Longest refusal: a quarter of an hour.
const MAX_REFUSAL_SECONDS: u64 = 15 * 60;

/// Longest pause before judging.
const MAX_PAUSE_SECONDS: u64 = 10;

/// Failures within the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Failures {
    /// How many.
    pub count: u32,
    /// Seconds since the last one; of no meaning when there is none.
    pub seconds_since_last: u64,
}

/// What went wrong before this attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recent {
    /// For this account, from browsers it does not know.
    pub account: Failures,
    /// From this network, for any account, from browsers that the account does not know.
    pub address: Failures,
    /// Of this browser on this account, when it carries the cookie of an earlier success on it.
    pub device: Option<Failures>,
}

/// What to do with the attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Look at the password at once.
    Judge,
    /// Let this many seconds pass, then look at the password, and answer.
    JudgeAfter(u64),
    /// Do not look at the password; say that it can be tried again in this many seconds.
    Refuse(u64),
}

/// What to do with an attempt to sign in.
pub fn verdict(recent: &Recent) -> Verdict {
    if let Some(device) = recent.device {
        return refusal(device).map_or(Verdict::Judge, Verdict::Refuse);
    }
    if let Some(seconds) = refusal(recent.address) {
        return Verdict::Refuse(seconds);
    }
    match u64::from(recent.account.count / FREE).min(MAX_PAUSE_SECONDS) {
        0 => Verdict::Judge,
        seconds => Verdict::JudgeAfter(seconds),
    }
}

/// Seconds that are left of the wait after the last failure, when there are any.
fn refusal(failures: Failures) -> Option<u64> {
    let doublings = failures.count.checked_sub(FREE + 1)?;
    let wait = 1_u64.checked_shl(doublings).unwrap_or(MAX_REFUSAL_SECONDS).min(MAX_REFUSAL_SECONDS);
    wait.checked_sub(failures.seconds_since_last).filter(|left| *left > 0)
}

/// The network that an address is counted under: of version 6 the first 64 bits, since a household has that many
/// addresses and more; an address of version 4 itself, also when it is written as one of version 6.
pub fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into()
        }
        v4 => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::{Verdict::*, *};

    const NONE: (u32, u64) = (0, 0);

    fn check(account: (u32, u64), address: (u32, u64), device: Option<(u32, u64)>, expected: Verdict) {
        let failures = |(count, seconds_since_last)| Failures { count, seconds_since_last };
        let recent = Recent { account: failures(account), address: failures(address), device: device.map(failures) };
        assert_eq!(verdict(&recent), expected, "{recent:?}");
    }

    #[test]
    fn one_network_guesses() {
        check(NONE, NONE, None, Judge);
        check(NONE, (10, 0), None, Judge);
        for (count, wait) in
            [(11, 1), (12, 2), (13, 4), (16, 32), (20, 512), (21, 900), (74, 900), (76, 900), (4_000_000, 900)]
        {
            check(NONE, (count, 0), None, Refuse(wait));
            check(NONE, (count, wait - 1), None, Refuse(1));
            check(NONE, (count, wait), None, Judge);
            check(NONE, (count, wait + 1), None, Judge);
        }
    }

    #[test]
    fn many_networks_guess_one_account() {
        check((9, 0), NONE, None, Judge);
        for (count, pause) in [(10, 1), (19, 1), (20, 2), (99, 9), (100, 10), (u32::MAX, 10)] {
            // From a new browser at home: late, however lately somebody else failed, and never refused.
            check((count, 0), NONE, None, JudgeAfter(pause));
            check((count, 3000), NONE, None, JudgeAfter(pause));
        }
        check((u32::MAX, 0), (11, 0), None, Refuse(1));
    }

    #[test]
    fn a_known_browser_is_not_slowed_by_others() {
        let known = Some(NONE);
        check((u32::MAX, 0), NONE, known, Judge);
        check((u32::MAX, 0), (u32::MAX, 0), known, Judge);
        // But it cannot guess without end either, should it be stolen.
        check(NONE, NONE, Some((10, 0)), Judge);
        check(NONE, NONE, Some((11, 0)), Refuse(1));
        check(NONE, NONE, Some((30, 100)), Refuse(800));
        check(NONE, NONE, Some((30, 900)), Judge);
    }

    /// The numbers that the head of this file promises: each guess is made at the first second at which it is judged.
    #[test]
    fn guesses_of_one_network() {
        let mut guesses: Vec<u64> = Vec::new();
        for now in 0..24 * WINDOW_SECONDS {
            loop {
                let recent = guesses.iter().filter(|at| now - **at < WINDOW_SECONDS).count();
                let seconds_since_last = guesses.last().map_or(0, |last| now - last);
                if refusal(Failures { count: recent as u32, seconds_since_last }).is_some() {
                    break;
                }
                guesses.push(now);
            }
        }
        assert_eq!(guesses.iter().filter(|at| **at < WINDOW_SECONDS).count(), 23);
        assert_eq!(guesses.len(), 469);
    }

    #[test]
    fn networks() {
        let check = |address: &str, expected: &str| {
            assert_eq!(network(address.parse().unwrap()), expected.parse::<IpAddr>().unwrap());
        };
        check("203.0.113.7", "203.0.113.7");
        check("::ffff:203.0.113.7", "203.0.113.7");
        check("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::");
    }
}
