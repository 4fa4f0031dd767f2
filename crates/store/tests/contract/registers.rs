//! Establishments, foreign papers, webhooks and settings are read as they were saved.

use access::Deed;
use cites::{EstablishmentId, ForeignPaperId, WebhookId};
use store::{
    DatabaseError, EstablishmentKind, EstablishmentRecord, ForeignLine, ForeignPaperRecord, ForeignUse,
    SaveError, SettingRecord, Version, WebhookOwner, WebhookRecord,
};

use crate::bench::{NOW, on_both};
use crate::words::{day, much, office, save};

on_both! {
    async fn an_establishment_is_found_by_number_and_name(bench: Bench) {
        let office = office(&bench).await;
        let record = |name: &str, number: &str| EstablishmentRecord {
            id: EstablishmentId(bench.draw()),
            version: Version::NEW,
            kind: EstablishmentKind::BreedingOperation,
            number: number.to_owned(),
            name: name.to_owned(),
            country: "CN".parse().unwrap(),
            operator: Some(office.operator),
            content: serde_json::json!({ "species": ["Alligator sinensis"] }),
            registered: Some(day("2020-01-02")),
            ended: None,
        };
        let (one, two) = (record("B", "A-CN-501"), record("A", ""));
        let mut work = bench.store.work().await.unwrap();
        work.put_establishment(&one);
        work.put_establishment(&two);
        save(&bench, work).await.unwrap();
        let one = EstablishmentRecord { version: Version(1), ..one };
        assert_eq!(bench.store.establishment(one.id).await.unwrap(), Some(one.clone()));
        let found = bench.store.establishments_numbered(one.kind, one.country, "A-CN-501").await.unwrap();
        assert_eq!(found, std::slice::from_ref(&one));
        let first = bench.store.establishments(one.kind, None, 1).await.unwrap();
        let second = bench.store.establishments(one.kind, first.next.as_ref(), 1).await.unwrap();
        assert_eq!((first.rows[0].name.as_str(), &second.rows[0], second.next), ("A", &one, None));
        assert_eq!(bench.store.establishments_of(office.operator).await.unwrap().len(), 2);
        let none = bench.store.establishments(EstablishmentKind::Nursery, None, 9).await.unwrap();
        assert!(none.rows.is_empty());
        let mut work = bench.store.work().await.unwrap();
        let mut held = work.establishment(one.id).await.unwrap().unwrap();
        held.ended = Some(day("2026-11-30"));
        work.put_establishment(&held);
        save(&bench, work).await.unwrap();
        assert_eq!(bench.store.establishment(one.id).await.unwrap().unwrap().ended, held.ended);
    }

    async fn a_foreign_paper_is_one_row_and_every_use_of_it_is_kept(bench: Bench) {
        let paper = |id| ForeignPaperRecord {
            id,
            version: Version::NEW,
            issuer: "KZ".parse().unwrap(),
            number: "24KZ001".to_owned(),
            kind: "export-permit".to_owned(),
            issued: Some(day("2026-10-01")),
            last_day: None,
            content: serde_json::json!({ "number": "24 KZ-001" }),
        };
        let id = ForeignPaperId(bench.draw());
        let line = ForeignLine {
            line: 1,
            taxon: Some(("Animalia".parse().unwrap(), "Saiga tatarica".to_owned())),
            quantity: much("100 KGM"),
            content: serde_json::json!({}),
        };
        let used = |line, quantity: &str| ForeignUse {
            line,
            quantity: much(quantity),
            day: day("2026-11-30"),
            port: Some("Khorgos".to_owned()),
            reference: None,
            at: NOW,
        };
        let mut work = bench.store.work().await.unwrap();
        assert_eq!(work.foreign_paper(paper(id).issuer, "24KZ001").await.unwrap(), None);
        work.put_foreign_paper(&paper(id));
        work.put_foreign_line(id, &line);
        work.put_foreign_line(id, &ForeignLine { line: 2, taxon: None, ..line.clone() });
        work.enter_foreign_use(id, &used(1, "60 KGM"));
        save(&bench, work).await.unwrap();
        let mut work = bench.store.work().await.unwrap();
        let held = work.foreign_paper(paper(id).issuer, "24KZ001").await.unwrap().unwrap();
        assert_eq!(held, ForeignPaperRecord { version: Version(1), ..paper(id) });
        assert_eq!(work.foreign_lines(id).await.unwrap()[0], line);
        assert_eq!(work.foreign_uses(id).await.unwrap(), [used(1, "60 KGM")]);
        for (line, quantity) in [(1, "50 KGM"), (1, "3 NAR"), (7, "1 KGM")] {
            work.enter_foreign_use(id, &used(line, quantity));
        }
        save(&bench, work).await.unwrap();
        let sums = bench.store.foreign_used(id).await.unwrap();
        assert_eq!(sums, [(1, much("110 KGM")), (1, much("3 NAR")), (7, much("1 KGM"))]);
        assert_eq!(bench.store.foreign_uses(id).await.unwrap().len(), 4);
        assert_eq!(bench.store.foreign_lines(id).await.unwrap()[1].taxon, None);
        assert_eq!(bench.store.foreign_paper_of(id).await.unwrap(), Some(held.clone()));
        for issuer in [None, Some(held.issuer)] {
            let page = bench.store.foreign_papers(issuer, None, 1).await.unwrap();
            assert_eq!((page.rows, page.next), (vec![held.clone()], None));
        }
        let other = bench.store.foreign_papers(Some("AQ".parse().unwrap()), None, 1).await.unwrap();
        assert_eq!(other.rows, []);

        let mut work = bench.store.work().await.unwrap();
        work.put_foreign_paper(&paper(ForeignPaperId(bench.draw())));
        assert!(matches!(save(&bench, work).await, Err(SaveError::Database(DatabaseError::Taken(_)))));
        for sql in [
            "UPDATE foreign_paper_use SET millionths = 0", "DELETE FROM foreign_paper_use",
            "UPDATE foreign_paper_line SET millionths = 0", "DELETE FROM foreign_paper_line",
        ] {
            let told = bench.behind_its_back(sql).await.unwrap_err().to_string();
            assert!(told.contains("are never changed"), "{sql}: {told}");
        }
    }

    async fn a_webhook_is_an_operators_or_an_agencys(bench: Bench) {
        let office = office(&bench).await;
        let hook = |owner| WebhookRecord {
            id: WebhookId(bench.draw()),
            version: Version::NEW,
            owner,
            url: "https://example.org/hook".to_owned(),
            secret: "s3cret".to_owned(),
            deeds: vec![Deed::IssuePermit, Deed::CancelPermit],
            active: true,
        };
        let (operators, agencys) =
            (hook(WebhookOwner::Operator(office.operator)), hook(WebhookOwner::Agency(office.agency)));
        let mut work = bench.store.work().await.unwrap();
        work.put_webhook(&operators);
        work.put_webhook(&agencys);
        save(&bench, work).await.unwrap();
        let read = bench.store.webhooks(operators.owner).await.unwrap();
        assert_eq!(read, [WebhookRecord { version: Version(1), ..operators.clone() }]);
        assert!(!format!("{read:?}").contains("s3cret"));
        let mut work = bench.store.work().await.unwrap();
        let both = (Some(office.operator), Some(office.agency));
        let called = work.called_of(both, Deed::IssuePermit).await.unwrap();
        assert_eq!(called, [operators.id, agencys.id]);
        assert_eq!(work.called_of((None, both.1), Deed::IssuePermit).await.unwrap(), [agencys.id]);
        assert!(work.called_of(both, Deed::PrintPermit).await.unwrap().is_empty());
        assert_eq!(work.webhooks_of(agencys.owner).await.unwrap(), 1);
        let mut held = work.webhook(agencys.id).await.unwrap().unwrap();
        held.active = false;
        work.put_webhook(&held);
        save(&bench, work).await.unwrap();
        assert!(!bench.store.webhook(agencys.id).await.unwrap().unwrap().active);
        let mut work = bench.store.work().await.unwrap();
        assert_eq!(work.called_of(both, Deed::IssuePermit).await.unwrap(), [operators.id]);
    }

    async fn a_setting_is_a_value_under_a_name(bench: Bench) {
        assert_eq!(bench.store.setting("office").await.unwrap(), None);
        for count in 1..3 {
            let mut work = bench.store.work().await.unwrap();
            let held = work.setting("office").await.unwrap();
            let version = held.map_or(Version::NEW, |setting| setting.version);
            let value = serde_json::json!({ "times": count });
            work.put_setting(&SettingRecord { name: "office".to_owned(), version, value });
            save(&bench, work).await.unwrap();
        }
        let read = bench.store.setting("office").await.unwrap().unwrap();
        assert_eq!((read.version, read.value), (Version(2), serde_json::json!({ "times": 2 })));
    }
}
