//! The second factor: a program for one-time codes, set up once and shown in each session, or a recovery code in its
//! place. Passkeys stand in `passkey`.

use access::throttle::{Failures, next_try};
use access::{Deed, Instant};
use cites::{CredentialId, EventId};
use store::{Credential, CredentialKind, Done, Subject, SubjectKind};

use super::recovery;
use crate::Office;
use crate::caller::Caller;
use crate::draw::Secret;
use crate::problem::Problem;
use crate::proof::{one_time_code, recovery_code};
use crate::sent::Sender;

/// A second factor that was set up; told this once.
pub(crate) struct SetUp {
    /// What is typed into a program for one-time codes.
    pub(crate) secret: String,
    /// The same as an address that such programs read out of a picture.
    pub(crate) address: String,
    /// What lets its owner in, each once, when they have lost it; none where they have such codes.
    pub(crate) recovery_codes: Vec<String>,
}

/// What the caller can show beside the password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Factors {
    /// A code of a program for one-time codes.
    pub(crate) program: bool,
    /// A passkey.
    pub(crate) passkey: bool,
}

impl Factors {
    fn of(proofs: &[Credential]) -> Factors {
        let has = |kind| proofs.iter().any(|proof| proof.kind == kind);
        Factors { program: has(CredentialKind::OneTimeCode), passkey: has(CredentialKind::Passkey) }
    }

    /// Whether there is any.
    pub(crate) const fn are_set_up(self) -> bool {
        self.program || self.passkey
    }
}

/// What the caller can show beside the password.
///
/// # Errors
/// It is not their own account; the database fails.
pub(crate) async fn factors(office: &Office, caller: &Caller) -> Result<Factors, Problem> {
    caller.may_to_own_account()?;
    Ok(Factors::of(&office.store().credentials(caller.actor.user).await?))
}

/// Sets up a program for one-time codes, where the caller's account has none.
///
/// # Errors
/// It has one; it has a passkey that was not shown in this session; the database fails.
pub(crate) async fn set_up(office: &Office, caller: &Caller) -> Result<SetUp, Problem> {
    caller.may_to_own_account()?;
    let mut work = office.store().work().await?;
    let account = work.account(caller.actor.user).await?.ok_or_else(Problem::not_found)?;
    let proofs = office.store().credentials(account.id).await?;
    let factors = Factors::of(&proofs);
    if factors.program {
        let detail = "a second factor is set up; show it, or ask a security administrator to take it away";
        return Err(Problem::refused(detail));
    }
    if factors.passkey {
        caller.has_shown_second_factor()?;
    }
    let mut secret = [0; one_time_code::SECRET_BYTES];
    (office.parts().fill)(&mut secret);
    let (written, now) = (one_time_code::written(&secret), office.now());
    work.put_credential(&Credential {
        id: CredentialId(office.draw_id()),
        account: account.id,
        kind: CredentialKind::OneTimeCode,
        label: String::new(),
        secret: written.clone(),
        counter: 0,
        made: now,
        used: None,
    });
    let recovery_codes = recovery::given_first(office, account.id, &proofs).map(|given| {
        work.put_credential(&given.credential);
        given.codes
    });
    let done = Done {
        id: EventId(office.draw_id()),
        by: caller.by(),
        deed: Deed::KeepOwnSecondFactor,
        subject: Subject::new(SubjectKind::Account, account.id, account.version),
        before: None,
        after: Some(serde_json::json!({ "second_factor": CredentialKind::OneTimeCode.as_str() })),
        edition: None,
    };
    work.save(done, now, Vec::new()).await?;
    let address =
        format!("otpauth://totp/Countrygate:{}?secret={written}&issuer=Countrygate", encoded(&account.login));
    Ok(SetUp { secret: written, address, recovery_codes: recovery_codes.unwrap_or_default() })
}

/// Shows a code of the caller's program, or a recovery code; the token under which the session goes on.
///
/// # Errors
/// The code is not right; there were too many tries; the session was ended meanwhile; the database fails.
pub(crate) async fn show(
    office: &Office,
    caller: &Caller,
    code: &str,
    sender: &Sender,
) -> Result<Secret, Problem> {
    try_one(office, caller, sender, async |now| {
        let is_right = is_shown(office, caller, code, now).await?;
        Ok(if is_right { Ok(()) } else { Err(Problem::wrong_proof()) })
    })
    .await
}

/// Lets a session in where `held` takes what was shown; what it does not take is counted, and answered with its reason.
///
/// # Errors
/// It does not; there were too many tries; the session was ended meanwhile; the database fails.
pub(super) async fn try_one(
    office: &Office,
    caller: &Caller,
    sender: &Sender,
    held: impl AsyncFnOnce(Instant) -> Result<Result<(), Problem>, Problem>,
) -> Result<Secret, Problem> {
    caller.may_to_own_account()?;
    let signed_in =
        caller.session.as_ref().ok_or_else(|| Problem::refused("a token shows no second factor"))?;
    // One after another, as with passwords, so that many tries at once do not all pass before the first is counted.
    let turn = office
        .parts()
        .hashing
        .acquire()
        .await
        .map_err(|error| Problem::fault("no turn to compare", &error))?;
    let (login, now) = (&signed_in.account.login, office.now());
    let tries = office.store().tries(login, &sender.address, now).await?;
    let next = next_try(Failures::within(&tries.of_login, now), Failures::default(), now);
    if next > now {
        return Err(Problem::wait(now.seconds_until(next)));
    }
    let is_taken = held(now).await?;
    office.store().note_try(login, &sender.address, is_taken.is_ok(), now).await?;
    drop(turn);
    is_taken?;
    let secret = office.draw_secret();
    let hash = caller.token_hash.as_deref().unwrap_or_default();
    let raised = office.store().raise_session(signed_in.session, (hash, &secret.hash()), now).await?;
    if !raised {
        return Err(Problem::not_signed_in(
            "the session was ended or goes on under another token; sign in again",
        ));
    }
    Ok(secret)
}

/// Whether the code is one of the account's programs or a recovery code, which is then noted: a code holds once.
async fn is_shown(office: &Office, caller: &Caller, code: &str, now: Instant) -> Result<bool, Problem> {
    for proof in office.store().credentials(caller.actor.user).await? {
        let is_taken = match proof.kind {
            CredentialKind::OneTimeCode => is_of_program(office, &proof, code, now).await?,
            CredentialKind::RecoveryCodes => is_recovery_code(office, &proof, code, now).await?,
            CredentialKind::Password | CredentialKind::Passkey => false,
        };
        if is_taken {
            return Ok(true);
        }
    }
    Ok(false)
}

async fn is_of_program(
    office: &Office,
    proof: &Credential,
    code: &str,
    now: Instant,
) -> Result<bool, Problem> {
    let secret = one_time_code::read(&proof.secret);
    let step = secret.and_then(|secret| one_time_code::step_of(&secret, code, now));
    let Some(step) = step else { return Ok(false) };
    Ok(office.store().use_counter(proof.id, step, now).await?)
}

async fn is_recovery_code(
    office: &Office,
    proof: &Credential,
    code: &str,
    now: Instant,
) -> Result<bool, Problem> {
    let Some(rest) = recovery_code::without(&proof.secret, code) else { return Ok(false) };
    Ok(office.store().use_secret(proof.id, &proof.secret, &rest, now).await?)
}

/// Text in an address (RFC 3986 §2.1).
fn encoded(text: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    let sign = |byte: u8| if is_plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    text.bytes().map(sign).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_encoded_for_an_address() {
        assert_eq!(encoded("li@forest.example"), "li%40forest.example");
        assert_eq!(encoded("李"), "%E6%9D%8E");
    }
}
