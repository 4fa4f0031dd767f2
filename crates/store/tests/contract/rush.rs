//! Sixty-four clients decide and issue on one quota of a thousand: exactly a thousand are issued, whatever happens
//! between them.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use cites::{ApplicationId, EventId, PermitId, QuotaId};
use permits::application::{Application, Permit};
use permits::ledger::{LedgerError, PermitMoveKind, QuotaMoveKind};
use store::{MoveError, Store};

use crate::bench::{Bench, NOW, on_postgres, on_sqlite};
use crate::words::{
    Office, accepted, application, day, done, much, office, permit, permit_line, quota, save,
};

const CLIENTS: usize = 64;
const TRIES: usize = 1_300;

/// What a client needs: its node, and what is asked for.
struct Client {
    store: Store,
    office: Arc<Office>,
    quota: QuotaId,
    applications: Arc<Vec<ApplicationId>>,
    next: Arc<AtomicUsize>,
}

fn event(place: usize, deed: u8) -> EventId {
    let mut id = [deed; 16];
    id[8..].copy_from_slice(&(place as u64).to_be_bytes());
    EventId(id)
}

fn one() -> cites::Quantity {
    much("1 NAR")
}

impl Client {
    /// Takes applications as long as there are any: how many permits it issued, and how many were refused.
    async fn work(self, template: store::Done) -> (usize, usize) {
        let (mut issued, mut refused) = (0, 0);
        loop {
            let place = self.next.fetch_add(1, Ordering::Relaxed);
            let Some(id) = self.applications.get(place) else { return (issued, refused) };
            if !self.decide(*id, store::Done { id: event(place, 1), ..template.clone() }).await {
                refused += 1;
                continue;
            }
            self.issue(
                *id,
                PermitId(event(place, 3).0),
                store::Done { id: event(place, 2), ..template.clone() },
            )
            .await;
            issued += 1;
        }
    }

    /// Grants, and reserves one of the quota; whether there was one.
    async fn decide(&self, id: ApplicationId, done: store::Done) -> bool {
        let mut work = self.store.work().await.unwrap();
        let mut record = work.application(id).await.unwrap().unwrap();
        let Application::Accepted(accepted) = record.state.clone() else { panic!("{record:?}") };
        work.quotas(&BTreeSet::from([self.quota]), Some(id)).await.unwrap();
        match work.move_quota(self.quota, id, QuotaMoveKind::Reserve, one()) {
            Ok(()) => {}
            Err(MoveError::Ledger(LedgerError::Overrun { .. })) => return false,
            Err(error) => panic!("{error}"),
        }
        record.state = Application::Granted(accepted.grant(day("2026-11-20")).unwrap());
        work.put_application(&record).unwrap();
        work.save(done, NOW, Vec::new()).await.unwrap();
        true
    }

    /// Issues what was reserved, under the next number.
    async fn issue(&self, id: ApplicationId, permit_id: PermitId, done: store::Done) {
        let mut work = self.store.work().await.unwrap();
        let mut record = work.application(id).await.unwrap().unwrap();
        let Application::Granted(granted) = record.state.clone() else { panic!("{record:?}") };
        work.quotas(&BTreeSet::from([self.quota]), Some(id)).await.unwrap();
        work.move_quota(self.quota, id, QuotaMoveKind::Issue, one()).unwrap();
        let taken = work.take_number(self.office.agency, 2026).await.unwrap().unwrap();
        let state = granted.issue(day("2026-11-30"), day("2027-05-29")).unwrap();
        let mut paper = permit(permit_id, &self.office, taken.number.as_str(), Some(taken.series));
        paper.application = Some(id);
        paper.state = Permit::Live(state.permit.clone());
        work.put_permit(&paper).unwrap();
        work.put_permit_line(&permit_line(permit_id, 1, "Falco cherrug"));
        let here = (day("2026-11-30"), None);
        work.move_permit((permit_id, 1), PermitMoveKind::Authorise, one(), here).unwrap();
        record.state = Application::Issued(state);
        work.put_application(&record).unwrap();
        work.save(done, NOW, Vec::new()).await.unwrap();
    }
}

async fn rush(bench: Bench, nodes: Vec<Store>) {
    let office = Arc::new(office(&bench).await);
    let quota = quota(&bench, &office, "1000 NAR").await;
    let applications: Vec<ApplicationId> = (0..TRIES).map(|_| ApplicationId(bench.draw())).collect();
    let mut work = bench.store.work().await.unwrap();
    for id in &applications {
        work.put_application(&application(*id, office.operator, Application::Accepted(accepted()))).unwrap();
    }
    save(&bench, work).await.unwrap();

    let (applications, next) = (Arc::new(applications), Arc::new(AtomicUsize::new(0)));
    let template = done(&bench);
    let clients: Vec<_> = (0..CLIENTS)
        .map(|client| {
            let (office, applications, next) = (office.clone(), applications.clone(), next.clone());
            let store = nodes[client % nodes.len()].clone();
            tokio::spawn(Client { store, office, quota, applications, next }.work(template.clone()))
        })
        .collect();
    let (mut permits, mut refused) = (0, 0);
    for client in clients {
        let (one, other) = client.await.unwrap();
        permits += one;
        refused += other;
    }
    assert_eq!((permits, refused), (1_000, TRIES - 1_000));
    let balance = bench.store.quota(quota, None).await.unwrap().unwrap().balance;
    assert_eq!(
        (balance.issued(), balance.reserved(), balance.left()),
        (much("1000 NAR"), much("0 NAR"), much("0 NAR"))
    );
    let serials = bench.store.serials(office.agency, 2026).await.unwrap();
    assert!(serials.iter().copied().eq(1..=1_000), "{:?}", permits::breaks(&serials));
    // The sum of the moves, by a query of its own.
    let sums = "SELECT CAST(SUM(CASE kind WHEN 'publish' THEN millionths WHEN 'issue' THEN -millionths ELSE 0 END) AS TEXT) \
        || '-' || CAST(COUNT(*) AS TEXT) FROM quota_move";
    assert_eq!(bench.texts(sums).await, ["0-2001"]);
    let events = "SELECT CAST(COUNT(*) AS TEXT) FROM event WHERE id >= '01010101' AND id < '03'";
    assert_eq!(bench.texts(events).await, ["2000"]);
}

#[test]
fn a_quota_is_not_overrun_on_sqlite() {
    on_sqlite(async |bench| {
        let nodes = vec![bench.store.clone()];
        rush(bench, nodes).await;
    });
}

#[test]
fn a_quota_is_not_overrun_on_postgres() {
    on_postgres(async |bench| {
        let nodes = vec![bench.store.clone()];
        rush(bench, nodes).await;
    });
}

#[test]
fn a_quota_is_not_overrun_by_two_nodes_on_postgres() {
    on_postgres(async |bench| {
        let nodes = vec![bench.store.clone(), bench.node().await];
        rush(bench, nodes).await;
    });
}

/// On SQLite the second deed would wait for the first.
#[test]
fn a_server_that_would_keep_a_snapshot_lets_no_deed_sum_an_old_one() {
    on_postgres(async |bench| {
        let name = bench.texts("SELECT current_database()::text").await.remove(0);
        let setting = format!("ALTER DATABASE {name} SET default_transaction_isolation = 'repeatable read'");
        bench.behind_its_back(&setting).await.unwrap();
        assert_eq!(bench.texts("SHOW default_transaction_isolation").await, ["repeatable read"]);
        let node = bench.node().await;
        let office = office(&bench).await;
        let quota = quota(&bench, &office, "1 NAR").await;
        let (one, other) = (ApplicationId(bench.draw()), ApplicationId(bench.draw()));
        let mut work = bench.store.work().await.unwrap();
        for id in [one, other] {
            work.put_application(&application(id, office.operator, Application::Accepted(accepted())))
                .unwrap();
        }
        save(&bench, work).await.unwrap();

        // The first deed has read something when the second takes the whole quota.
        let mut first = node.work().await.unwrap();
        first.application(one).await.unwrap();
        let mut second = node.work().await.unwrap();
        second.quotas(&BTreeSet::from([quota]), Some(other)).await.unwrap();
        second.move_quota(quota, other, QuotaMoveKind::Reserve, self::one()).unwrap();
        save(&bench, second).await.unwrap();
        first.quotas(&BTreeSet::from([quota]), Some(one)).await.unwrap();
        let told = first.move_quota(quota, one, QuotaMoveKind::Reserve, self::one());
        assert!(matches!(told, Err(MoveError::Ledger(LedgerError::Overrun { .. }))), "{told:?}");
    });
}
