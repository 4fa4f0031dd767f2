//! Quotas, permits, numbers and stamps: no order of deeds overruns them, and no row of theirs is changed.

use std::collections::BTreeSet;

use cites::{ApplicationId, PermitId, QuotaId};
use permits::application::{Application, Permit};
use permits::ledger::{Change, LedgerError, PermitMoveKind, QuotaMoveKind};
use permits::{Fate, StampEntry, StampError};
use store::{DatabaseError, MoveError, Page, SaveError, StampRow, StampsLeft, Version};

use crate::bench::{Bench, on_both};
use crate::words::{
    Office, accepted, application, day, done, issued, much, office, permit, permit_line, quota, quota_record,
    save,
};

async fn applied(bench: &Bench, office: &Office) -> ApplicationId {
    let id = ApplicationId(bench.draw());
    let mut work = bench.store.work().await.unwrap();
    work.put_application(&application(id, office.operator, Application::Accepted(accepted()))).unwrap();
    save(bench, work).await.unwrap();
    id
}

fn applied_later(bench: &Bench, office: &Office, work: &mut store::Work) -> ApplicationId {
    let id = ApplicationId(bench.draw());
    work.put_application(&application(id, office.operator, Application::Accepted(accepted()))).unwrap();
    id
}

const HERE: (cites::Day, Option<&str>) = (cites::Day::new(2026, 12, 1), Some("Khorgos"));

on_both! {
    async fn a_quota_is_reserved_issued_and_given_back(bench: Bench) {
        let office = office(&bench).await;
        let id = quota(&bench, &office, "10 NAR").await;
        let (one, other) = (applied(&bench, &office).await, applied(&bench, &office).await);
        let draw = async |application, kind, amount: &str| {
            let mut work = bench.store.work().await.unwrap();
            work.quotas(&BTreeSet::from([id]), Some(application)).await.unwrap();
            work.move_quota(id, application, kind, much(amount))?;
            work.save(done(&bench), crate::bench::NOW, Vec::new()).await.unwrap();
            Ok::<(), MoveError>(())
        };
        draw(one, QuotaMoveKind::Reserve, "7 NAR").await.unwrap();
        let told = draw(other, QuotaMoveKind::Reserve, "4 NAR").await.unwrap_err();
        let overrun = LedgerError::Overrun { asked: much("4 NAR"), left: much("3 NAR") };
        assert!(matches!(told, MoveError::Ledger(error) if error == overrun));
        assert!(draw(other, QuotaMoveKind::Issue, "1 NAR").await.is_err(), "another's reservation");
        draw(one, QuotaMoveKind::Issue, "5 NAR").await.unwrap();
        draw(one, QuotaMoveKind::Release, "2 NAR").await.unwrap();
        draw(one, QuotaMoveKind::GiveBack, "1 NAR").await.unwrap();
        draw(other, QuotaMoveKind::Reserve, "6 NAR").await.unwrap();
        let read = bench.store.quota(id, Some(one)).await.unwrap().unwrap();
        let whole = read.balance;
        assert_eq!((whole.published(), whole.reserved()), (much("10 NAR"), much("6 NAR")));
        assert_eq!((whole.issued(), whole.left()), (much("4 NAR"), much("0 NAR")));
        assert_eq!((read.own.reserved(), read.own.issued()), (much("0 NAR"), much("4 NAR")));
    }

    async fn lines_of_one_deed_see_what_the_lines_before_them_took(bench: Bench) {
        let office = office(&bench).await;
        let id = quota(&bench, &office, "5 NAR").await;
        let application = applied(&bench, &office).await;
        let mut work = bench.store.work().await.unwrap();
        let not_loaded = work.move_quota(id, application, QuotaMoveKind::Reserve, much("1 NAR"));
        assert!(matches!(not_loaded, Err(MoveError::NotLoaded)));
        work.quotas(&BTreeSet::from([id]), Some(application)).await.unwrap();
        work.move_quota(id, application, QuotaMoveKind::Reserve, much("3 NAR")).unwrap();
        assert!(work.move_quota(id, application, QuotaMoveKind::Reserve, much("3 NAR")).is_err());
        work.move_quota(id, application, QuotaMoveKind::Reserve, much("2 NAR")).unwrap();
        let other = applied_later(&bench, &office, &mut work);
        let again = work.quotas(&BTreeSet::from([id]), Some(other)).await.unwrap();
        assert_eq!((again[0].balance.left(), again[0].own.reserved()), (much("0 NAR"), much("0 NAR")));
        assert!(work.move_quota(id, other, QuotaMoveKind::Reserve, much("1 NAR")).is_err(), "loaded twice");
        work.change_quota(id, Change::Lower, much("1 NAR")).unwrap();
        save(&bench, work).await.unwrap();
        assert_eq!(bench.store.quotas_moved_by(application).await.unwrap(), BTreeSet::from([id]));
        assert!(bench.store.quotas_moved_by(other).await.unwrap().is_empty());
        let moves = bench.store.quota_moves(id).await.unwrap();
        let made: BTreeSet<(&str, u64)> =
            moves.iter().map(|entry| (entry.made.kind.as_str(), entry.made.millionths / 1_000_000)).collect();
        assert_eq!(made, BTreeSet::from([("publish", 5), ("reserve", 3), ("reserve", 2), ("lower", 1)]));
        let owners: Vec<_> = moves.iter().map(|entry| entry.application).collect();
        assert_eq!(owners, [None, Some(application), Some(application), None]);
        let balance = bench.store.quota(id, None).await.unwrap().unwrap().balance;
        assert_eq!((balance.published(), balance.reserved()), (much("4 NAR"), much("5 NAR")));
    }

    async fn a_quota_stands_once_for_what_it_limits(bench: Bench) {
        let office = office(&bench).await;
        let record = |taxon| quota_record(QuotaId(bench.draw()), office.agency, taxon);
        let one = record("Saiga tatarica");
        let mut work = bench.store.work().await.unwrap();
        work.put_quota(&one);
        work.put_quota(&store::QuotaRecord { term: None, ..record("Saiga tatarica") });
        save(&bench, work).await.unwrap();
        let mut work = bench.store.work().await.unwrap();
        work.put_quota(&record("Saiga tatarica"));
        assert!(matches!(save(&bench, work).await, Err(SaveError::Database(DatabaseError::Taken(_)))));
        let found = bench.store.quotas_of(one.kingdom, "Saiga tatarica", 2026).await.unwrap();
        assert_eq!(found.len(), 2);
        assert!(found.contains(&store::QuotaRecord { version: Version(1), ..one }));
        assert_eq!(bench.store.quotas(office.agency, 2026).await.unwrap(), found);
        assert!(bench.store.quotas(office.agency, 2025).await.unwrap().is_empty());
    }

    async fn a_permit_is_endorsed_in_parts_and_closed(bench: Bench) {
        let office = office(&bench).await;
        let id = issued(&bench, &office, "CN/1", "10 NAR").await;
        let endorse = async |kind, amount: &str| {
            let mut work = bench.store.work().await.unwrap();
            let mut record = work.permit(id).await.unwrap().unwrap();
            work.permit_lines(id).await.unwrap();
            work.move_permit((id, 1), kind, much(amount), HERE)?;
            if let Permit::Live(live) = record.state.clone() {
                record.state = Permit::Live(live.release(HERE.0).unwrap());
            }
            work.put_permit(&record).unwrap();
            work.save(done(&bench), crate::bench::NOW, Vec::new()).await.unwrap();
            Ok::<(), MoveError>(())
        };
        endorse(PermitMoveKind::Endorse, "4 NAR").await.unwrap();
        endorse(PermitMoveKind::Endorse, "6 NAR").await.unwrap();
        assert!(endorse(PermitMoveKind::Endorse, "1 NAR").await.is_err(), "spent");
        endorse(PermitMoveKind::Undo, "3 NAR").await.unwrap();
        endorse(PermitMoveKind::Endorse, "1 NAR").await.unwrap();
        endorse(PermitMoveKind::Close, "1 NAR").await.unwrap();
        endorse(PermitMoveKind::Close, "1 NAR").await.unwrap();
        let lines = bench.store.permit_lines(id).await.unwrap();
        let balance = lines[0].balance;
        assert_eq!((balance.endorsed(), balance.closed(), balance.left()), (much("8 NAR"), much("2 NAR"), much("0 NAR")));
        let read = bench.store.permit_by_number("CN/1").await.unwrap().unwrap();
        let Permit::Live(live) = &read.state else { panic!("{read:?}") };
        assert_eq!((read.id, live.released_on()), (id, Some(HERE.0)));
        let moves = bench.store.permit_moves(id).await.unwrap();
        let words: Vec<&str> = moves.iter().map(|entry| entry.made.kind.as_str()).collect();
        assert_eq!(words, ["authorise", "endorse", "endorse", "undo", "endorse", "close"]);
        assert_eq!((moves[1].day, moves[1].port.as_deref(), moves[1].line), (HERE.0, HERE.1, 1));
        assert_eq!(bench.store.permits_over(day("2027-05-30"), 9).await.unwrap()[0].id, id);
        assert!(bench.store.permits_over(day("2027-05-29"), 9).await.unwrap().is_empty());
        let saker = bench.store.live_permits_for("Animalia".parse().unwrap(), "Falco cherrug", day("2027-05-29"));
        assert_eq!(saker.await.unwrap(), [id]);
        let later = bench.store.live_permits_for("Animalia".parse().unwrap(), "Falco cherrug", day("2027-05-30"));
        assert!(later.await.unwrap().is_empty());
    }

    async fn moves_lines_and_entries_are_never_changed(bench: Bench) {
        let office = office(&bench).await;
        let id = quota(&bench, &office, "10 NAR").await;
        issued(&bench, &office, "CN/1", "10 NAR").await;
        let mut work = bench.store.work().await.unwrap();
        work.enter_stamp(office.agency, StampEntry::Received { first: 1, last: 9 }, None).await.unwrap();
        save(&bench, work).await.unwrap();
        for sql in [
            "UPDATE quota_move SET millionths = millionths * 2", "DELETE FROM quota_move",
            "UPDATE permit_move SET millionths = 1", "DELETE FROM permit_move",
            "UPDATE permit_line SET taxon = 'Panthera leo'", "DELETE FROM permit_line",
            "UPDATE stamp_entry SET last = 99", "DELETE FROM stamp_entry",
        ] {
            let told = bench.behind_its_back(sql).await.unwrap_err().to_string();
            assert!(told.contains("are never changed"), "{sql}: {told}");
        }
        assert_eq!(bench.store.quota(id, None).await.unwrap().unwrap().balance.left(), much("10 NAR"));
    }

    async fn numbers_have_no_gap_and_no_number_is_given_twice(bench: Bench) {
        let office = office(&bench).await;
        quota(&bench, &office, "10 NAR").await;
        let mut work = bench.store.work().await.unwrap();
        let given_up = work.take_number(office.agency, 2026).await.unwrap().unwrap();
        assert_eq!(given_up.number.as_str(), "CN/UQ/2026/000001");
        drop(work);
        let mut work = bench.store.work().await.unwrap();
        for expected in ["CN/UQ/2026/000001", "CN/UQ/2026/000002"] {
            let taken = work.take_number(office.agency, 2026).await.unwrap().unwrap();
            assert_eq!(taken.number.as_str(), expected);
            let record = permit(PermitId(bench.draw()), &office, expected, Some(taken.series));
            work.put_permit(&record).unwrap();
        }
        save(&bench, work).await.unwrap();
        let mut work = bench.store.work().await.unwrap();
        let next = work.take_number(office.agency, 2026).await.unwrap().unwrap();
        assert_eq!((next.series.serial, work.take_number(office.agency, 2027).await.unwrap().unwrap().series.serial), (3, 1));
        let again = permit(PermitId(bench.draw()), &office, "CN/UQ/2026/000002", None);
        work.put_permit(&again).unwrap();
        assert!(matches!(save(&bench, work).await, Err(SaveError::Database(DatabaseError::Taken(_)))));
        assert_eq!(bench.store.serials(office.agency, 2026).await.unwrap(), [1, 2]);
        let mut work = bench.store.work().await.unwrap();
        assert_eq!(work.take_number(cites::AgencyId([9; 16]), 2026).await.unwrap(), None);
    }

    async fn a_stamp_is_used_once(bench: Bench) {
        let office = office(&bench).await;
        quota(&bench, &office, "10 NAR").await;
        let id = issued(&bench, &office, "CN/1", "10 NAR").await;
        let became = |stamp, fate| StampEntry::Became { stamp, fate };
        let mut work = bench.store.work().await.unwrap();
        assert_eq!(work.next_stamp(office.agency).await.unwrap(), None);
        for (first, last) in [(101, 103), (1, 2)] {
            work.enter_stamp(office.agency, StampEntry::Received { first, last }, None).await.unwrap();
        }
        let twice = work.enter_stamp(office.agency, StampEntry::Received { first: 2, last: 5 }, None).await;
        assert!(matches!(twice, Err(MoveError::Stamp(StampError::Twice(2)))), "{twice:?}");
        for expected in [1, 2, 101] {
            assert_eq!(work.next_stamp(office.agency).await.unwrap(), Some(expected));
            work.enter_stamp(office.agency, became(expected, Fate::Issued), Some(id)).await.unwrap();
        }
        assert_eq!(work.stamps_on(id).await.unwrap(), [1, 2, 101], "also before it is saved");
        save(&bench, work).await.unwrap();

        let mut work = bench.store.work().await.unwrap();
        assert_eq!(work.next_stamp(office.agency).await.unwrap(), Some(102));
        let gone = work.enter_stamp(office.agency, became(2, Fate::Lost), None).await;
        assert!(matches!(gone, Err(MoveError::Stamp(StampError::Gone { stamp: 2, .. }))), "{gone:?}");
        let unknown = work.enter_stamp(office.agency, became(50, Fate::Issued), Some(id)).await;
        assert!(matches!(unknown, Err(MoveError::Stamp(StampError::Unknown(50)))), "{unknown:?}");
        work.enter_stamp(office.agency, became(103, Fate::Lost), None).await.unwrap();
        save(&bench, work).await.unwrap();
        let mut work = bench.store.work().await.unwrap();
        work.enter_stamp(office.agency, became(103, Fate::Spoiled), None).await.unwrap();
        save(&bench, work).await.unwrap();
        assert_eq!(bench.store.stamps_on(id).await.unwrap(), [1, 2, 101]);
        assert_eq!(bench.store.stamp_fate(office.agency, 103).await.unwrap(), Some(Fate::Spoiled));
        assert_eq!(bench.store.stamp_fate(office.agency, 102).await.unwrap(), None);
        assert!(bench.store.stamp_fate(office.agency, 104).await.is_err());
        let left = StampsLeft { received: 5, left: 1, lowest: Some(102) };
        assert_eq!(bench.store.stamps_left(office.agency).await.unwrap(), left);
        let numbers = |page: &Page<StampRow>| -> Vec<StampEntry> { page.rows.iter().map(|row| row.entry).collect() };
        let page = bench.store.stamp_entries(office.agency, None, None, 1).await.unwrap();
        assert_eq!(numbers(&page), [StampEntry::Received { first: 1, last: 2 }]);
        let page = bench.store.stamp_entries(office.agency, None, page.next.as_ref(), 1).await.unwrap();
        assert_eq!((numbers(&page), page.next), (vec![StampEntry::Received { first: 101, last: 103 }], None));
        let page = bench.store.stamp_entries(office.agency, Some(Fate::Issued), None, 9).await.unwrap();
        assert_eq!(numbers(&page), [1, 2, 101].map(|stamp| became(stamp, Fate::Issued)));
        assert!(page.rows.iter().all(|row| row.permit == Some(id)));
        let mut work = bench.store.work().await.unwrap();
        let again = work.enter_stamp(office.agency, became(103, Fate::Issued), Some(id)).await;
        assert!(matches!(again, Err(MoveError::Stamp(StampError::Gone { .. }))), "{again:?}");
    }

    async fn a_ledger_that_lost_rows_is_told(bench: Bench) {
        let office = office(&bench).await;
        let id = quota(&bench, &office, "10 NAR").await;
        let application = applied(&bench, &office).await;
        let mut work = bench.store.work().await.unwrap();
        work.quotas(&BTreeSet::from([id]), Some(application)).await.unwrap();
        work.move_quota(id, application, QuotaMoveKind::Reserve, much("7 NAR")).unwrap();
        work.move_quota(id, application, QuotaMoveKind::Issue, much("7 NAR")).unwrap();
        save(&bench, work).await.unwrap();
        // Whoever owns the database can take the triggers away; then the sums tell.
        let drop = match bench.store.engine() {
            store::Engine::Sqlite => "DROP TRIGGER quota_move_is_not_deleted",
            store::Engine::Postgres => "DROP TRIGGER quota_move_is_not_changed ON quota_move",
        };
        bench.behind_its_back(drop).await.unwrap();
        bench.behind_its_back("DELETE FROM quota_move WHERE kind = 'reserve'").await.unwrap();
        let told = bench.store.quota(id, None).await.unwrap_err();
        assert!(matches!(&told, store::ReadError::Unreadable { column, .. } if column == "millionths"), "{told}");
    }

    async fn a_line_of_no_permit_and_a_second_line_of_one_number_are_refused(bench: Bench) {
        let office = office(&bench).await;
        let id = issued(&bench, &office, "CN/1", "10 NAR").await;
        let mut work = bench.store.work().await.unwrap();
        work.put_permit_line(&permit_line(id, 1, "Panthera leo"));
        assert!(matches!(save(&bench, work).await, Err(SaveError::Database(DatabaseError::Taken(_)))));
        let mut work = bench.store.work().await.unwrap();
        work.put_permit_line(&permit_line(PermitId([9; 16]), 1, "Panthera leo"));
        assert!(matches!(save(&bench, work).await, Err(SaveError::Database(DatabaseError::Refused(_)))));
    }
}
