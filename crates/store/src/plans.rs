//! How SQLite looks for rows: no statement goes through a whole table.
//!
//! Every function that reads is called once, and the statements that were heard are asked how they would be done.

use std::collections::BTreeSet;

use access::{Instant, Role};
use cites::{
    AgencyId, ApplicationId, AttachmentId, CredentialId, Day, EstablishmentId, ForeignPaperId, OperatorId,
    PermitId, QuotaId, SessionId, UserId, WebhookId,
};

use crate::executor::heard;
use crate::executor::{Value, values};
use crate::{
    EstablishmentKind, Location, PermitFilter, PermitQueue, Queue, Sight, Store, SubjectKind, WebhookOwner,
};

const ID: [u8; 16] = [1; 16];
const NOW: Instant = Instant(1_796_000_400);

/// More values than any statement takes.
const VALUES_MAX: usize = 64;

/// What is read whole, and why that is right.
const WHOLE: [(&str, &str); 3] = [
    ("SCAN agency USING INDEX agency_by_name", "the list of all agencies, of which there are dozens"),
    ("SCAN outbox USING INDEX outbox_due", "the count of what is open, by the index of nothing else"),
    ("SCAN CONSTANT ROW", "no table"),
];

async fn read_people(store: &Store) {
    let user = UserId(ID);
    store.agencies().await.unwrap();
    store.agency(AgencyId(ID)).await.unwrap();
    store.account(user).await.unwrap();
    store.account_by_login("a").await.unwrap();
    store.accounts(None, 9).await.unwrap();
    store.accounts_with(Role::Auditor).await.unwrap();
    store.accounts_of(AgencyId(ID)).await.unwrap();
    store.operator(OperatorId(ID)).await.unwrap();
    store.operators(&Sight { all: true, ..Sight::default() }, None, 9).await.unwrap();
    store.operators_of(user).await.unwrap();
    store.agents_of(OperatorId(ID)).await.unwrap();
    store.credentials(user).await.unwrap();
    store.signed_in("a").await.unwrap();
    store.sessions(user).await.unwrap();
    store.token_holder("a").await.unwrap();
    store.tokens(user).await.unwrap();
    store.invitation("a").await.unwrap();
    store.tries("a", "b", NOW).await.unwrap();
}

async fn keep_books(store: &Store) {
    store.use_counter(CredentialId(ID), 1, NOW).await.unwrap();
    store.use_secret(CredentialId(ID), "a", "b", NOW).await.unwrap();
    store.raise_session(SessionId(ID), ("a", "b"), NOW).await.unwrap();
    store.end_session(SessionId(ID), NOW).await.unwrap();
    store.forget_sessions(NOW).await.unwrap();
    store.forget_tries(NOW).await.unwrap();
    store.take_key(("a", "b"), "c", NOW, NOW).await.unwrap();
    store.free_key(("a", "b")).await.unwrap();
    store.forget_keys(NOW).await.unwrap();
    store.claim("a", crate::outbox::MessageKind::Mail, (9, 60), NOW).await.unwrap();
    store.backlog().await.unwrap();
}

async fn read_office(store: &Store) {
    let (application, permit, agency) = (ApplicationId(ID), PermitId(ID), AgencyId(ID));
    let animals = "Animalia".parse().unwrap();
    store.application(application).await.unwrap();
    store.consultations(application).await.unwrap();
    store.attachments(application).await.unwrap();
    store.attachment(AttachmentId(ID)).await.unwrap();
    for queue in [Queue::InState("received"), Queue::InReview("provincial"), Queue::Asked] {
        store.queue(agency, queue, None, 9).await.unwrap();
    }
    for queue in [PermitQueue::Copies, PermitQueue::Amendments] {
        store.permit_queue(agency, queue, None, 9).await.unwrap();
    }
    let (own, of) = (Some(UserId(ID)), Some(agency));
    let all = Sight { all: true, ..Sight::default() };
    for sight in [all, Sight { own, agency: of, let_in: of, all: false }] {
        store.applications(&sight, None, None, 9).await.unwrap();
        store.permits(&sight, PermitFilter { state: None, on: Day::MIN }, None, 9).await.unwrap();
    }
    store.quota(QuotaId(ID), None).await.unwrap();
    store.permit(permit).await.unwrap();
    store.permit_by_number("a").await.unwrap();
    store.permits_on(application).await.unwrap();
    store.permits_over(Day::MAX, 9).await.unwrap();
    store.permit_moves(permit).await.unwrap();
    store.stamps_on(permit).await.unwrap();
    store.quota_moves(QuotaId(ID)).await.unwrap();
    store.quotas_moved_by(application).await.unwrap();
    store.permit_lines(permit).await.unwrap();
    store.live_permits_for(animals, "a", Day::MIN).await.unwrap();
    store.quotas_of(animals, "a", 2026).await.unwrap();
    store.quotas(agency, 2026).await.unwrap();
    store.number_series(agency).await.unwrap();
    store.serials(agency, 2026).await.unwrap();
    store.stamp_fate(agency, 1).await.unwrap_err();
    store.stamps_left(agency).await.unwrap();
    for fate in [None, Some(permits::Fate::Lost)] {
        store.stamp_entries(agency, fate, None, 9).await.unwrap();
    }
    store.events(None, 9).await.unwrap();
    store.events_by(UserId(ID), None, 9).await.unwrap();
    store.events_of(SubjectKind::Permit, "a", None, 9).await.unwrap();
}

async fn read_registers(store: &Store) {
    let (country, kind, paper) = ("KZ".parse().unwrap(), EstablishmentKind::Nursery, ForeignPaperId(ID));
    store.establishment(EstablishmentId(ID)).await.unwrap();
    store.establishments_numbered(kind, country, "a").await.unwrap();
    store.establishments(kind, None, 9).await.unwrap();
    store.establishments_of(OperatorId(ID)).await.unwrap();
    store.foreign_paper(country, "a").await.unwrap();
    store.foreign_paper_of(paper).await.unwrap();
    for issuer in [None, Some(country)] {
        store.foreign_papers(issuer, None, 9).await.unwrap();
    }
    store.foreign_lines(paper).await.unwrap();
    store.foreign_uses(paper).await.unwrap();
    store.foreign_used(paper).await.unwrap();
    store.webhook(WebhookId(ID)).await.unwrap();
    store.calls(WebhookId(ID), 9).await.unwrap();
    store.webhooks(WebhookOwner::Operator(OperatorId(ID))).await.unwrap();
    store.webhooks(WebhookOwner::Agency(AgencyId(ID))).await.unwrap();
    store.setting("a").await.unwrap();
}

async fn hold_for_deeds(store: &Store) {
    let mut work = store.work().await.unwrap();
    work.account(UserId(ID)).await.unwrap();
    work.application(ApplicationId(ID)).await.unwrap();
    work.consultations(ApplicationId(ID)).await.unwrap();
    work.called_of((Some(OperatorId(ID)), Some(AgencyId(ID))), access::Deed::IssuePermit).await.unwrap();
    for owner in [WebhookOwner::Operator(OperatorId(ID)), WebhookOwner::Agency(AgencyId(ID))] {
        work.webhooks_of(owner).await.unwrap();
    }
    work.mail_of_operator(OperatorId(ID)).await.unwrap();
    work.mail_of_agency(AgencyId(ID), Role::Auditor).await.unwrap();
    work.quotas(&BTreeSet::from([QuotaId(ID)]), Some(ApplicationId(ID))).await.unwrap();
    work.permit_lines(PermitId(ID)).await.unwrap();
    work.take_number(AgencyId(ID), 2026).await.unwrap();
    work.next_stamp(AgencyId(ID)).await.unwrap();
    work.stamps_on(PermitId(ID)).await.unwrap();
    let gone = "SELECT COUNT(DISTINCT first) AS gone FROM stamp_entry \
        WHERE office = $1 AND fate IS NOT NULL AND first >= $2 AND first <= $3";
    work.seen(gone, values![AgencyId(ID), 1_i64, 9_i64]).await.unwrap();
    let highest = "SELECT MAX(serial) AS highest FROM permit WHERE office = $1 AND year = $2";
    work.seen(highest, values![AgencyId(ID), 2026_i64]).await.unwrap();
}

#[tokio::test]
async fn no_statement_goes_through_a_whole_table() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&Location::Sqlite(folder.path().join("office.db"))).await.unwrap();
    store.migrate(NOW).await.unwrap();
    let before = heard::all();
    read_people(&store).await;
    keep_books(&store).await;
    read_office(&store).await;
    read_registers(&store).await;
    hold_for_deeds(&store).await;
    let heard = heard::all();
    let asked: Vec<&String> = heard.difference(&before).filter(|sql| !sql.starts_with("INSERT")).collect();
    assert!(asked.len() > 60, "{} statements were heard", asked.len());
    let mut used: BTreeSet<(&str, &str)> = BTreeSet::new();
    for sql in asked {
        for row in store
            .pool
            .rows(format!("EXPLAIN QUERY PLAN {sql}"), vec![Value::Text(None); VALUES_MAX])
            .await
            .unwrap()
        {
            let step = row.text("detail").unwrap();
            let is_table = step.starts_with("SCAN ") && !is_part(&step);
            let allowed = WHOLE.iter().find(|(whole, _)| *whole == step);
            assert!(!is_table || allowed.is_some(), "{step}\n{sql}");
            used.extend(allowed);
        }
    }
    assert_eq!(used.len(), WHOLE.len(), "an allowance that nobody needs: {used:?}");
}

/// The rows of a page, or of one way of seeing, which were looked up by a step before.
fn is_part(step: &str) -> bool {
    let name = step.strip_prefix("SCAN ").unwrap_or_default().split(' ').next().unwrap_or_default();
    ["page", "w0", "w1", "w2"].contains(&name) || name.starts_with('(')
}
