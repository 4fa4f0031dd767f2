//! An office with the people of the chain, each by their cookie.

use access::{Role, RoleSet};
use axum::http::Method;
use cites::{Quantity, QuotaId, UserId};
use permits::ledger::Change;
use serde_json::{Value, json};
use store::{NumberSeries, QuotaRecord, Version};

use crate::world::{HERE, OWN, Reply, World};

/// The office and its people.
pub struct House {
    pub world: World,
    pub applicant: String,
    pub intake: String,
    pub decider: String,
    pub issuer: String,
    pub port: String,
}

impl House {
    pub async fn open() -> House {
        House::of(World::empty().await).await
    }

    pub async fn of(world: World) -> House {
        let mut cookies = Vec::new();
        let roles = [
            Role::Applicant,
            Role::IntakeOfficer,
            Role::DecisionOfficer,
            Role::IssuingOfficer,
            Role::PortOfficer,
        ];
        for (role, place) in roles.into_iter().zip(0x11..) {
            let user = UserId([place; 16]);
            world.account(user, role.as_str(), RoleSet::from(role)).await;
            if role == Role::Applicant {
                let mut work = world.work().await;
                work.appoint(OWN, user);
                world.save(work).await;
            }
            // Being appointed changes one's rights, and with them which sessions hold.
            let account = world.office.store().account(user).await.unwrap().unwrap();
            cookies.push(world.session(&account).await);
        }
        let [applicant, intake, decider, issuer, port] = cookies.try_into().unwrap();
        House { world, applicant, intake, decider, issuer, port }
    }

    /// Somebody of several roles.
    pub async fn somebody(&self, place: u8, roles: &[Role]) -> String {
        let roles = RoleSet::of(roles.iter().copied()).unwrap();
        let account = self.world.account(UserId([place; 16]), &format!("somebody {place}"), roles).await;
        self.world.session(&account).await
    }

    /// A deed to what was seen as `seen`.
    pub async fn post(&self, path: &str, cookie: &str, seen: i64, body: Value) -> Reply {
        self.world.change((Method::POST, path), cookie, (Some(seen), None), Some(body)).await
    }

    pub async fn get(&self, path: &str, cookie: &str) -> Reply {
        self.world.call(Method::GET, path, Some(cookie), None).await
    }

    /// A draft of one line of ten sakers, as who `cookie` is of; its path and its version.
    pub async fn draft(&self, cookie: &str) -> (String, i64) {
        let begun = json!({ "operator": OWN.to_string(), "kind": "export-permit" });
        let begun =
            self.world.change((Method::POST, "/api/applications"), cookie, (None, None), Some(begun)).await;
        assert_eq!(begun.status, 201, "{}", begun.text);
        let path = format!("/api/applications/{}", begun.json()["id"].as_str().unwrap());
        let table = json!({ "rows": [
            ["scientific name", "term", "quantity", "unit", "source"],
            ["Falco cherrug", "LIV", "10", "NAR", "C"],
        ] });
        let taken = self.post(&format!("{path}/lines/table"), cookie, 1, table).await;
        assert_eq!((taken.status.as_u16(), taken.etag.as_str()), (200, "\"2\""), "{}", taken.text);
        (path, 2)
    }

    /// A deed that must be answered with 200; the version after it.
    pub async fn does(&self, path: &str, cookie: &str, seen: i64, body: Value) -> i64 {
        let reply = self.post(path, cookie, seen, body).await;
        assert_eq!(reply.status, 200, "{path}: {}", reply.text);
        reply.json()["version"].as_i64().unwrap()
    }

    /// An application that was accepted; its path and its version.
    pub async fn accepted(&self) -> (String, i64) {
        let (path, seen) = self.draft(&self.applicant).await;
        let to = json!({ "agency": HERE.to_string() });
        let seen = self.does(&format!("{path}/submission"), &self.applicant, seen, to).await;
        let seen = self.does(&format!("{path}/acceptance"), &self.intake, seen, json!({})).await;
        (path, seen)
    }
}

impl House {
    /// A quota of the office for sakers, and the form of the office's numbers.
    pub async fn quota(&self, much: &str) -> QuotaId {
        let much: Quantity = much.parse().unwrap();
        let id = QuotaId([0xC1; 16]);
        let mut work = self.world.work().await;
        work.put_quota(&QuotaRecord {
            id,
            version: Version::NEW,
            agency: HERE,
            year: 2026,
            country: "CN".parse().unwrap(),
            kingdom: "Animalia".parse().unwrap(),
            taxon: "Falco cherrug".to_owned(),
            term: Some("LIV".parse().unwrap()),
            source: None,
            purpose: None,
            unit: much.unit,
            basis: "made up".to_owned(),
        });
        work.change_quota(id, Change::Publish, much).unwrap();
        let form = "TEST/{year}/{serial:6}".parse().unwrap();
        work.put_number_series(&NumberSeries { office: HERE, version: Version::NEW, form });
        self.world.save(work).await;
        id
    }

    /// What is left, reserved and issued of a quota.
    pub async fn left(&self, quota: QuotaId) -> (String, String, String) {
        let balance = self.world.office.store().quota(quota, None).await.unwrap().unwrap().balance;
        (balance.left().to_string(), balance.reserved().to_string(), balance.issued().to_string())
    }

    /// An application of which line 1 was granted on `quota`; its path and its version.
    pub async fn granted(&self, quota: QuotaId) -> (String, i64) {
        let (path, seen) = self.accepted().await;
        let lines = json!({ "lines": [{ "line": 1, "quota": quota.to_string() }] });
        let seen = self.does(&format!("{path}/decision"), &self.decider, seen, lines).await;
        (path, seen)
    }

    /// The path of a permit that was issued on a grant.
    pub async fn permit(&self, quota: QuotaId) -> String {
        let (path, seen) = self.granted(quota).await;
        let issued = self.post(&format!("{path}/permit"), &self.issuer, seen, json!({})).await;
        assert_eq!((issued.status.as_u16(), issued.etag.as_str()), (201, "\"1\""), "{}", issued.text);
        format!("/api/permits/{}", issued.json()["id"].as_str().unwrap())
    }
}
