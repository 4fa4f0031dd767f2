//! The complete matrix of deeds, roles and ownership, and the reference page that prints it.
//!
//! `COUNTRYGATE_WRITE=1 cargo test -p access --test matrix` writes both anew; read the difference then.

#![cfg(test)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use access::{Actor, Deed, Denied, Earlier, Hand, Owner, Ownership, Role, RoleSet, Sphere, Thing, may};
use cites::{AgencyId, OperatorId, UserId};

const ME: UserId = UserId([1; 16]);
const OTHERS: [UserId; 3] = [UserId([2; 16]), UserId([3; 16]), UserId([4; 16])];
const MY_AGENCY: AgencyId = AgencyId([1; 16]);
const ANOTHER_AGENCY: AgencyId = AgencyId([2; 16]);
const MY_OPERATOR: OperatorId = OperatorId([1; 16]);
const ANOTHER_OPERATOR: OperatorId = OperatorId([2; 16]);

const BEGIN: &str = "<!-- the deeds: written by the test `matrix` -->\n";
const END: &str = "<!-- end of the deeds -->\n";

/// Somebody with one role who has an agency and an operator, so that nothing but the role keeps them out.
fn actor(role: Role) -> Actor {
    Actor { operators: [MY_OPERATOR].into(), ..Actor::officer(ME, MY_AGENCY, RoleSet::from(role)) }
}

/// A thing that stands so to the actor, and on which only others have worked.
fn thing(deed: Deed, ownership: Ownership) -> Thing {
    let own = ownership == Ownership::Own;
    let owner = match deed.sphere() {
        Sphere::Permit => Owner::Operator(if own { MY_OPERATOR } else { ANOTHER_OPERATOR }),
        Sphere::Administration | Sphere::Account => Owner::Account(if own { ME } else { OTHERS[0] }),
    };
    let same = ownership == Ownership::SameAgency;
    let bare = Thing { owner, ..Thing::default() };
    let thing = bare.in_charge_of(if same { MY_AGENCY } else { ANOTHER_AGENCY });
    let thing = if ownership == Ownership::LetIn { thing.let_in(MY_AGENCY) } else { thing };
    thing.after(Hand::Drafted, OTHERS[0]).after(Hand::Submitted, OTHERS[1]).after(Hand::Decided, OTHERS[2])
}

fn answer(deed: Deed, role: Role, ownership: Ownership) -> &'static str {
    match may(&actor(role), deed, &thing(deed, ownership)) {
        Ok(()) => "yes",
        Err(denied) => denied.as_str(),
    }
}

/// The whole matrix: a row for each deed and ownership, a column for each role.
fn matrix() -> String {
    let mut csv = "deed,ownership".to_owned();
    for role in Role::ALL {
        write!(csv, ",{role}").unwrap();
    }
    csv.push('\n');
    for deed in Deed::ALL.iter().copied() {
        for ownership in Ownership::ALL {
            write!(csv, "{deed},{}", ownership.as_str()).unwrap();
            for role in Role::ALL {
                write!(csv, ",{}", answer(deed, role, ownership)).unwrap();
            }
            csv.push('\n');
        }
    }
    csv
}

/// Over what a role does a deed, by the answers.
fn over(deed: Deed, role: Role) -> Option<&'static str> {
    let allowed = Ownership::ALL.map(|ownership| answer(deed, role, ownership) == "yes");
    match allowed {
        [false, false, false, false] => None,
        [true, false, false, false] => Some("own"),
        [false, true, false, false] => Some("agency"),
        [false, true, true, false] => Some("let in"),
        [true, true, true, true] => Some("any"),
        [false, true, true, true] => Some("any but own"),
        other => panic!("{deed} by {role} reaches {other:?}, for which the page has no word"),
    }
}

fn who(deed: Deed) -> String {
    let mut groups: Vec<(&str, Vec<&str>)> = Vec::new();
    for role in Role::ALL {
        let Some(over) = over(deed, role) else { continue };
        match groups.iter_mut().find(|(word, _)| *word == over) {
            Some((_, roles)) => roles.push(role.as_str()),
            None => groups.push((over, vec![role.as_str()])),
        }
    }
    let groups = groups.into_iter().map(|(over, roles)| {
        let everybody = roles.len() == Role::ALL.len();
        format!("**{over}**: {}", if everybody { "every role".to_owned() } else { roles.join(", ") })
    });
    groups.collect::<Vec<_>>().join("; ")
}

fn tables() -> String {
    let mut page = String::new();
    for (sphere, heading) in [
        (Sphere::Permit, "Applications, permits, the ledger, registers"),
        (Sphere::Administration, "Users, agencies, the system"),
        (Sphere::Account, "One's own account"),
    ] {
        writeln!(
            page,
            "\n### {heading}\n\n| deed | what | changes | token | who, over what |\n|---|---|---|---|---|"
        )
        .unwrap();
        for deed in Deed::ALL.iter().copied().filter(|deed| deed.sphere() == sphere) {
            let changes = if deed.effect() == access::Effect::Changes { "yes" } else { "no" };
            let scope = deed.scope().map_or("none", access::Scope::as_str);
            let (meaning, who) = (deed.meaning(), who(deed));
            writeln!(page, "| `{deed}` | {meaning} | {changes} | {scope} | {who} |").unwrap();
        }
    }
    page.push('\n');
    page
}

fn document(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/reference").join(name)
}

fn held(name: &str, expected: &str) {
    let path = document(name);
    if std::env::var_os("COUNTRYGATE_WRITE").is_some() {
        std::fs::write(&path, expected).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap();
    let differs = written.lines().zip(expected.lines()).find(|(written, expected)| written != expected);
    assert!(
        written == expected,
        "{name} is not what the code does, first at {differs:?}; see the head of this test"
    );
}

#[test]
fn the_matrix_is_what_the_code_answers() {
    held("access-matrix.csv", &matrix());
}

#[test]
fn the_page_tells_each_deed_as_the_code_has_it() {
    let page = std::fs::read_to_string(document("access.md")).unwrap();
    let (before, rest) = page.split_once(BEGIN).expect("the mark before the deeds");
    let (_, after) = rest.split_once(END).expect("the mark after the deeds");
    held("access.md", &format!("{before}{BEGIN}{}{END}{after}", tables()));
}

#[test]
fn the_page_tells_each_limit_as_the_code_has_it() {
    use access::{session, throttle};
    let page = std::fs::read_to_string(document("access.md")).unwrap();
    for (name, value) in [
        ("PASSWORD_CHARACTERS_MIN", access::PASSWORD_CHARACTERS_MIN as u64),
        ("PASSWORD_BYTES_MAX", access::PASSWORD_BYTES_MAX as u64),
        ("TOKEN_SECONDS_MAX", access::TOKEN_SECONDS_MAX),
        ("FREE_FAILURES_OF_ACCOUNT", throttle::FREE_FAILURES_OF_ACCOUNT.into()),
        ("FREE_FAILURES_OF_ADDRESS", throttle::FREE_FAILURES_OF_ADDRESS.into()),
        ("FIRST_WAIT_SECONDS", throttle::FIRST_WAIT_SECONDS),
        ("LONGEST_WAIT_SECONDS", throttle::LONGEST_WAIT_SECONDS),
        ("REMEMBERED_SECONDS", throttle::REMEMBERED_SECONDS),
        ("IDLE_SECONDS_OF_OFFICERS", session::IDLE_SECONDS_OF_OFFICERS),
        ("LIFE_SECONDS_OF_OFFICERS", session::LIFE_SECONDS_OF_OFFICERS),
        ("IDLE_SECONDS_OUTSIDE", session::IDLE_SECONDS_OUTSIDE),
        ("LIFE_SECONDS_OUTSIDE", session::LIFE_SECONDS_OUTSIDE),
        ("ROTATION_SECONDS", session::ROTATION_SECONDS),
        ("FORMER_TOKEN_SECONDS", session::FORMER_TOKEN_SECONDS),
    ] {
        let row = format!("| `{name}` | {value} |");
        assert!(page.contains(&row), "docs/reference/access.md lacks `{row}`");
    }
}

#[test]
fn what_the_page_says_of_excluded_roles_holds() {
    let page = std::fs::read_to_string(document("access.md")).unwrap();
    for role in Role::ALL {
        let beside: Vec<&str> = Role::ALL
            .into_iter()
            .filter(|other| *other != role && !role.excludes(*other))
            .map(Role::as_str)
            .collect();
        let beside = if beside.is_empty() { "none".to_owned() } else { beside.join(", ") };
        let row = format!("| `{role}` | {beside} |");
        assert!(page.contains(&row), "docs/reference/access.md lacks `{row}`");
    }
}

/// What bars from a deed whoever would else do it, by the answers.
fn barred_by(deed: Deed) -> Vec<Earlier> {
    let role = Role::ALL.into_iter().find(|role| deed.over(*role).is_some()).expect("a role for each deed");
    let account = matches!(deed.sphere(), Sphere::Administration | Sphere::Account);
    let own = if account { Owner::Account(ME) } else { Owner::Operator(MY_OPERATOR) };
    let same = thing(deed, Ownership::SameAgency);
    let hands = Hand::ALL.into_iter().map(|hand| same.clone().after(hand, ME));
    let asked = hands.chain([Thing { owner: own, ..same.clone() }]);
    asked
        .filter_map(|thing| match may(&actor(role), deed, &thing) {
            Err(Denied::FourEyes { earlier, .. }) => Some(earlier),
            _ => None,
        })
        .collect()
}

#[test]
fn the_page_tells_of_each_deed_whom_four_eyes_bar() {
    let page = std::fs::read_to_string(document("access.md")).unwrap();
    let mut rows: BTreeMap<Vec<Earlier>, Vec<String>> = BTreeMap::new();
    for deed in Deed::ALL.iter().copied() {
        rows.entry(barred_by(deed)).or_default().push(format!("`{deed}`"));
    }
    rows.remove(&Vec::new());
    for (earlier, deeds) in &rows {
        let barred: Vec<String> = earlier.iter().map(ToString::to_string).collect();
        let row = format!("| {} | {} |", deeds.join(", "), barred.join("; "));
        assert!(page.contains(&row), "docs/reference/access.md lacks `{row}`");
    }
    let section = page.split("## Four eyes").nth(1).and_then(|rest| rest.split("\n## ").next()).unwrap();
    assert_eq!(section.lines().filter(|line| line.starts_with("| `")).count(), rows.len());
}
