//! The whole chain as those who walk it see it: what one does is there for the next, and nothing is told twice.

use access::{Agency, Authority, Instant, Role, RoleSet};
use cites::{AgencyId, QuotaId, UserId};
use serde_json::{Value, json};
use store::{AgencyRecord, Version};

use crate::chain::{problem, told};
use crate::house::House;
use crate::world::{HERE, NOW, set_clock};

const SCIENCE: AgencyId = AgencyId([0xA5; 16]);
const PROVINCE: AgencyId = AgencyId([0xA6; 16]);
const MINISTRY: AgencyId = AgencyId([0xA7; 16]);
const DAY: u64 = 24 * 60 * 60;

/// The house with those who share its system: a Scientific Authority, a province and a ministry of the fishery side.
struct Story {
    house: House,
    science: String,
    province: String,
    ministry: String,
}

impl Story {
    async fn begin() -> Story {
        let house = House::open().await;
        let mut work = house.world.work().await;
        for (id, name, authority) in [
            (SCIENCE, "science", Authority::Scientific),
            (PROVINCE, "province", Authority::Fishery),
            (MINISTRY, "ministry", Authority::Fishery),
        ] {
            let agency =
                Agency { id, name: format!("the {name}"), authorities: vec![authority], source: None };
            work.put_agency(&AgencyRecord { version: Version::NEW, agency });
        }
        house.world.save(work).await;
        let mut cookies = Vec::new();
        let people = [
            (SCIENCE, Role::ScientificAuthority),
            (PROVINCE, Role::FisheryReviewer),
            (MINISTRY, Role::FisheryReviewer),
        ];
        for ((agency, role), place) in people.into_iter().zip(0x41..) {
            let user = UserId([place; 16]);
            house.world.account(user, &format!("somebody {place}"), RoleSet::from(role)).await;
            cookies.push(sits_at(&house, user, Some(agency), Some(&format!("{place}@example.org"))).await);
        }
        let [science, province, ministry] = cookies.try_into().unwrap();
        let mut story = Story { house, science, province, ministry };
        story.house.applicant =
            sits_at(&story.house, UserId([0x11; 16]), None, Some("applicant@example.org")).await;
        story
    }

    async fn does(&self, path: &str, cookie: &str, seen: i64, body: Value) -> i64 {
        self.house.does(path, cookie, seen, body).await
    }

    async fn view(&self, path: &str, cookie: &str) -> Value {
        let reply = self.house.get(path, cookie).await;
        assert_eq!(reply.status, 200, "{path}: {}", reply.text);
        reply.json()
    }

    /// What must be refused, and is, by its state or by what is asked.
    async fn refused(&self, path: &str, cookie: &str, seen: i64, body: Value) {
        let reply = self.house.post(path, cookie, seen, body).await;
        assert_eq!(problem(&reply), told(422, "refused"), "{path}: {}", reply.text);
    }

    /// The mails that wait to go out, by address and subject, which then are taken.
    async fn mails(&self) -> Vec<(String, String)> {
        let claimed = self
            .house
            .world
            .office
            .store()
            .claim("test", store::outbox::MessageKind::Mail, (100, 60), self.house.world.office.now())
            .await
            .unwrap();
        let subject = |payload: &Value| payload["subject"].as_str().unwrap().to_owned();
        let mut mails: Vec<_> =
            claimed.iter().map(|own| (own.target.clone(), subject(&own.payload))).collect();
        mails.sort();
        mails
    }
}

/// Has an account sit at an agency and be reached by mail; its session.
async fn sits_at(house: &House, user: UserId, agency: Option<AgencyId>, mail: Option<&str>) -> String {
    let store = house.world.office.store();
    let mut account = store.account(user).await.unwrap().unwrap();
    (account.agency, account.mail) = (agency, mail.map(str::to_owned));
    let mut work = house.world.work().await;
    work.put_account(&account);
    house.world.save(work).await;
    house.world.session(&store.account(user).await.unwrap().unwrap()).await
}

fn mail(to: &str, subject: &str) -> (String, String) {
    (to.to_owned(), subject.to_owned())
}

impl Story {
    async fn handed_in(&self) -> (String, i64) {
        let house = &self.house;
        let (path, seen) = house.draft(&house.applicant).await;
        let step = |step: &str| format!("{path}/{step}");
        // Handed in, told its defects, answered; the answer names the department that is to review first.
        let seen = self
            .does(&step("submission"), &house.applicant, seen, json!({ "agency": HERE.to_string() }))
            .await;
        let seen =
            self.does(&step("notice"), &house.intake, seen, json!({ "defects": ["no approval"] })).await;
        let forest = json!({ "department": { "agency": PROVINCE.to_string(), "side": "forestry" } });
        self.refused(&step("answer"), &house.applicant, seen, forest).await;
        let department = json!({ "department": { "agency": PROVINCE.to_string(), "side": "fishery" } });
        let seen = self.does(&step("answer"), &house.applicant, seen, department).await;
        let view = self.view(&path, &house.intake).await;
        assert_eq!(
            (&view["stopped"], &view["review"]),
            (&json!({ "by": "department" }), &json!("provincial"))
        );
        // Ten working days after Monday, 30 November 2026.
        assert_eq!((&view["due"], &view["department"]["due"]), (&json!("2026-12-14"), &json!("2026-12-14")));
        self.refused(&step("acceptance"), &house.intake, seen, json!({})).await;
        let row = self.view("/api/queue", &self.province).await["rows"][0].clone();
        assert_eq!((&row["state"], &row["stopped"]["by"]), (&json!("received"), &json!("department")));
        (path, seen)
    }

    async fn reviewed(&self, path: &str, seen: i64) -> i64 {
        let house = &self.house;
        let step = |step: &str| format!("{path}/{step}");
        // Reviewed by the province, passed on, approved by the ministry.
        let review = step("fishery-review");
        let approve =
            json!({ "approve": { "number": "2026/7", "last_day": "2027-05-31", "content": "ten sakers" } });
        let unseen = house.post(&review, &self.ministry, seen, approve.clone()).await;
        assert_eq!(problem(&unseen), told(404, "not-found"), "the ministry was not let in yet");
        self.refused(&review, &self.province, seen, approve.clone()).await;
        let pass = json!({ "pass-on": { "agency": MINISTRY.to_string(), "opinion": "nothing against it" } });
        let seen = self.does(&review, &self.province, seen, pass).await;
        self.refused(&review, &self.province, seen, approve.clone()).await;
        let view = self.view(path, &self.ministry).await;
        assert_eq!(view["department"]["opinion"], json!("nothing against it"));
        let seen = self.does(&review, &self.ministry, seen, approve).await;
        let view = self.view(path, &house.intake).await;
        assert_eq!((&view["department"]["number"], &view["stopped"]), (&json!("2026/7"), &json!(null)));
        seen
    }

    async fn asked(&self, path: &str, seen: i64, lines: &Value) -> i64 {
        let house = &self.house;
        let step = |step: &str| format!("{path}/{step}");
        // Accepted; the Scientific Authority is asked, and nothing is granted while it is.
        let seen = self.does(&step("acceptance"), &house.intake, seen, json!({})).await;
        let letter = json!({ "agency": SCIENCE.to_string(), "letter": "does it harm the species?" });
        let by_port = house.post(&step("scientific-consultations"), &house.port, seen, letter.clone()).await;
        assert_eq!(problem(&by_port), told(403, "no-role"));
        let seen = self.does(&step("scientific-consultations"), &house.decider, seen, letter).await;
        let view = self.view(path, &house.applicant).await;
        assert_eq!(
            (&view["due"], &view["stopped"]),
            (&json!(null), &json!({ "by": "scientific-authority", "question": 0 }))
        );
        self.refused(&step("decision"), &house.decider, seen, lines.clone()).await;
        let rows = self.view("/api/queue", &self.science).await["rows"].clone();
        assert_eq!(rows[0]["stopped"]["question"], json!(0), "{rows}");
        let advice =
            json!({ "finding": "not-detrimental", "recipient_equipped": true, "reasons": "they were bred" });
        let none = house.post(&step("consultations/1/advice"), &self.science, seen, advice.clone()).await;
        assert_eq!(problem(&none), told(422, "refused"));
        let silent = json!({ "finding": "detrimental", "reasons": " " });
        self.refused(&step("consultations/0/advice"), &self.science, seen, silent).await;
        self.does(&step("consultations/0/advice"), &self.science, seen, advice).await
    }

    async fn advised(&self, path: &str, seen: i64) -> i64 {
        let house = &self.house;
        let step = |step: &str| format!("{path}/{step}");
        let foreign =
            json!({ "asked_of": "the authority of the range State", "letter": "is the paper yours?" });
        let seen = self.does(&step("foreign-consultations"), &house.intake, seen, foreign).await;
        let reply = step("consultations/1/reply");
        let wrong = json!({ "text": "yes", "advice": { "finding": "cannot-say", "reasons": "we are no scientists" } });
        self.refused(&reply, &house.intake, seen, wrong).await;
        let seen = self.does(&reply, &house.intake, seen, json!({ "text": "it is ours" })).await;
        let seen =
            self.does(&step("extension"), &house.decider, seen, json!({ "reason": "many files" })).await;
        self.refused(&step("extension"), &house.decider, seen, json!({ "reason": "still" })).await;
        let view = self.view(path, &house.applicant).await;
        assert_eq!(view["extension"], json!({ "days": 10, "on": "2026-11-30", "reason": "many files" }));
        assert_eq!(view["questions"][0]["advice"]["finding"], json!("not-detrimental"));
        assert_eq!(view["questions"][1]["answer"], json!("it is ours"));
        assert_eq!(view["cautions"], json!(null), "{view}");
        seen
    }

    async fn issued(&self, path: &str, seen: i64, lines: Value) -> (String, i64) {
        let house = &self.house;
        let step = |step: &str| format!("{path}/{step}");
        // Granted, issued, printed, handed over.
        let seen = self.does(&step("decision"), &house.decider, seen, lines).await;
        let issued = house.post(&step("permit"), &house.issuer, seen, json!({})).await;
        assert_eq!(issued.status, 201, "{}", issued.text);
        let permit = format!("/api/permits/{}", issued.json()["id"].as_str().unwrap());
        let on = |step: &str| format!("{permit}/{step}");
        self.refused(&on("hand-over"), &house.intake, 1, json!({})).await;
        let seen = self.does(&on("printing"), &house.issuer, 1, json!({})).await;
        let seen = self.does(&on("hand-over"), &house.intake, seen, json!({})).await;
        (permit, seen)
    }

    async fn to_amend(&self, permit: &str, seen: i64) -> (String, i64, Value) {
        let house = &self.house;
        let on = |step: &str| format!("{permit}/{step}");
        // Four pass; the permit is replaced once the copy of them was filed, with what is left.
        let crossed = |much: &str| json!({ "line": 1, "quantity": much, "port": "Khorgos" });
        let seen = self.does(&on("endorsements"), &house.port, seen, crossed("4 NAR")).await;
        let wish = json!({ "wanted": "the port of Alashankou", "why": "the road is closed" });
        let seen = self.does(&on("amendment-request"), &house.applicant, seen, wish).await;
        let amendment = json!({
            "reason": "the road is closed", "head": { "port": "Alashankou" },
            "lines": [{ "line": 1, "quantity": "5 NAR", "fields": { "marks": "rings 5 to 9" } }],
        });
        let by_decider = house.post(&on("amendment"), &house.decider, seen, amendment.clone()).await;
        assert_eq!(problem(&by_decider), told(403, "four-eyes"), "who decided it does not replace it");
        let second = house.somebody(0x51, &[Role::DecisionOfficer]).await;
        self.refused(&on("amendment"), &second, seen, amendment.clone()).await;
        let seen = self.does(&on("endorsed-copy"), &house.applicant, seen, json!({})).await;
        let waits = self.view("/api/queue/permits?for=amendment", &second).await;
        assert_eq!(waits["rows"][0]["amendment_asked"], json!("2026-11-30"), "{waits}");
        let taxon =
            json!({ "reason": "x", "lines": [{ "line": 1, "fields": { "name": "Falco rusticolus" } }] });
        self.refused(&on("amendment"), &second, seen, taxon).await;
        self.refused(&on("amendment"), &second, seen, json!({ "reason": "x", "head": { "purpose": "T" } }))
            .await;
        self.refused(&on("amendment"), &second, seen, json!({ "reason": "x", "last_day": "2027-06-30" }))
            .await;
        let much = json!({ "reason": "x", "lines": [{ "line": 1, "quantity": "7 NAR" }] });
        self.refused(&on("amendment"), &second, seen, much).await;
        (second, seen, amendment)
    }

    async fn amended(
        &self,
        permit: &str,
        quota: QuotaId,
        (second, seen, amendment): (String, i64, Value),
    ) -> String {
        let house = &self.house;
        let on = |step: &str| format!("{permit}/{step}");
        let replaced = house.post(&on("amendment"), &second, seen, amendment).await;
        assert_eq!(replaced.status, 201, "{}", replaced.text);
        let new = replaced.json();
        assert_eq!((&new["number"], &new["lines"][0]["left"]), (&json!("TEST/2026/000002"), &json!("5")));
        let old = self.view(permit, &house.applicant).await;
        assert_eq!((&old["state"], &old["replaced_by"]), (&json!("replaced"), &new["id"]));
        assert_eq!((&old["lines"][0]["endorsed"], &old["lines"][0]["left"]), (&json!("4"), &json!("0")));
        // Four passed and five can: nine of ten stay issued.
        assert_eq!(house.left(quota).await, ("91 NAR".to_owned(), "0 NAR".to_owned(), "9 NAR".to_owned()));
        let new_path = format!("/api/permits/{}", new["id"].as_str().unwrap());
        assert_eq!(self.view(&new_path, &house.applicant).await, new, "as it was answered");
        let history = self.view(&on("history"), &house.applicant).await;
        assert!(history.to_string().contains("replaced_by"), "{history}");
        new_path
    }

    async fn used_up(&self, permit: &str, quota: QuotaId) {
        let house = &self.house;
        let crossed = |much: &str| json!({ "line": 1, "quantity": much, "port": "Khorgos" });
        // Endorsed in two parts, and the copy is late after thirty days.
        let on = |step: &str| format!("{permit}/{step}");
        let seen = self.does(&on("endorsements"), &house.port, 1, crossed("2 NAR")).await;
        let seen = self.does(&on("endorsements"), &house.port, seen, crossed("3 NAR")).await;
        for (days, late) in [(30, false), (31, true)] {
            set_clock(Instant(NOW.0 + days * DAY));
            // A session does not last so long.
            let issuer = house.world.office.store().account(UserId([0x14; 16])).await.unwrap().unwrap();
            let issuer = house.world.session(&issuer).await;
            let queue = self.view("/api/queue/permits?for=endorsed-copy", &issuer).await;
            let copy = &queue["rows"][0]["endorsed_copy"];
            assert_eq!((&copy["due"], &copy["late"]), (&json!("2026-12-30"), &json!(late)), "{queue}");
            assert_eq!(&self.view(permit, &issuer).await["endorsed_copy"], copy);
        }
        set_clock(NOW);
        let seen = self.does(&on("endorsed-copy"), &house.applicant, seen, json!({})).await;
        let queue = self.view("/api/queue/permits?for=endorsed-copy", &house.issuer).await;
        assert_eq!(queue["rows"], json!([]));
        self.does(&on("return"), &house.intake, seen, json!({})).await;
        assert_eq!(house.left(quota).await, ("91 NAR".to_owned(), "0 NAR".to_owned(), "9 NAR".to_owned()));
    }
}

#[tokio::test]
async fn an_application_goes_from_the_draft_to_the_endorsed_copy_and_a_replaced_permit() {
    let story = Story::begin().await;
    let quota = story.house.quota("100 NAR").await;
    let lines = json!({ "lines": [{ "line": 1, "quota": quota.to_string() }] });
    let (path, seen) = story.handed_in().await;
    let seen = story.reviewed(&path, seen).await;
    let seen = story.asked(&path, seen, &lines).await;
    let seen = story.advised(&path, seen).await;
    let (permit, seen) = story.issued(&path, seen, lines).await;
    let subjects = [
        mail("65@example.org", "Your advice is asked for"),
        mail("66@example.org", "On an application under your review"),
        mail("67@example.org", "On an application under your review"),
        mail("applicant@example.org", "The State department approved your application"),
        mail("applicant@example.org", "The decision takes longer"),
        mail("applicant@example.org", "Your application is incomplete"),
        mail("applicant@example.org", "Your application was accepted"),
        mail("applicant@example.org", "Your application was granted"),
        mail("applicant@example.org", "Your permit is ready"),
        mail("applicant@example.org", "Your permit was issued"),
    ];
    let mut subjects = subjects.to_vec();
    subjects.sort();
    assert_eq!(story.mails().await, subjects);
    let wish = story.to_amend(&permit, seen).await;
    let new = story.amended(&permit, quota, wish).await;
    story.used_up(&new, quota).await;
}

#[tokio::test]
async fn a_refusal_is_told_to_applicant_and_department_and_a_refusing_department_bars_a_grant() {
    let story = Story::begin().await;
    let house = &story.house;
    let quota = house.quota("100 NAR").await;
    let lines = json!({ "lines": [{ "line": 1, "quota": quota.to_string() }] });
    let (path, seen) = house.draft(&house.applicant).await;
    let step = |step: &str| format!("{path}/{step}");
    let department = json!({
        "agency": HERE.to_string(), "department": { "agency": PROVINCE.to_string(), "side": "fishery" },
    });
    let seen = story.does(&step("submission"), &house.applicant, seen, department).await;
    let review = step("fishery-review");
    let pass = json!({ "pass-on": { "agency": MINISTRY.to_string() } });
    let seen = story.does(&review, &story.province, seen, pass).await;
    let seen = story.does(&review, &story.ministry, seen, json!({ "extend": {} })).await;
    let seen = story
        .does(&review, &story.ministry, seen, json!({ "refuse": { "reasons": "the pond is dry" } }))
        .await;
    let view = story.view(&path, &house.applicant).await;
    assert_eq!(view["department"]["reasons"], json!("the pond is dry"));
    let seen = story.does(&step("acceptance"), &house.intake, seen, json!({})).await;
    story.refused(&step("decision"), &house.decider, seen, lines.clone()).await;
    story.mails().await;
    let seen = story.does(&step("refusal"), &house.decider, seen, json!({ "reasons": "not approved" })).await;
    let expected = [
        mail("67@example.org", "On an application under your review"),
        mail("applicant@example.org", "Your application was refused"),
    ];
    assert_eq!(story.mails().await, expected);
    let late = json!({ "number": "1", "issued": "2026-11-30", "content": "ten" });
    story.refused(&step("approval"), &house.intake, seen, late).await;

    // A document from outside the system: what is sure to be bad is barred, what is not known is told.
    let (path, seen) = house.accepted().await;
    let cautions = story.view(&path, &house.decider).await["cautions"].to_string();
    assert!(cautions.contains("no approval of the State department"), "{cautions}");
    let approval = format!("{path}/approval");
    let document = |number: &str, issued: &str, last: Option<&str>| json!({ "number": number, "issued": issued, "last_day": last, "content": "ten sakers" });
    story.refused(&approval, &house.intake, seen, document(" ", "2026-11-02", None)).await;
    story.refused(&approval, &house.intake, seen, document("7", "2026-12-01", None)).await;
    let over = document("7", "2026-11-02", Some("2026-11-29"));
    let seen = story.does(&approval, &house.intake, seen, over).await;
    story.refused(&format!("{path}/decision"), &house.decider, seen, lines.clone()).await;
    let seen = story.does(&approval, &house.intake, seen, document("8", "2026-11-02", None)).await;
    let cautions = story.view(&path, &house.decider).await["cautions"].to_string();
    assert!(cautions.contains("does not say how long"), "{cautions}");
    story.does(&format!("{path}/decision"), &house.decider, seen, lines).await;
}

#[tokio::test]
async fn a_review_waits_for_nobody_once_its_application_was_taken_back() {
    let story = Story::begin().await;
    let house = &story.house;
    let (path, seen) = house.draft(&house.applicant).await;
    let department = json!({
        "agency": HERE.to_string(), "department": { "agency": PROVINCE.to_string(), "side": "fishery" },
    });
    let seen = story.does(&format!("{path}/submission"), &house.applicant, seen, department).await;
    let waiting = async || story.view("/api/queue", &story.province).await["rows"].as_array().unwrap().len();
    assert_eq!(waiting().await, 1);
    let seen = story.does(&format!("{path}/withdrawal"), &house.applicant, seen, json!({})).await;
    assert_eq!(waiting().await, 0);
    let pass = json!({ "pass-on": { "agency": MINISTRY.to_string() } });
    story.refused(&format!("{path}/fishery-review"), &story.province, seen, pass).await;
}

#[tokio::test]
async fn a_permit_is_cancelled_and_its_holder_is_told() {
    let story = Story::begin().await;
    let quota = story.house.quota("100 NAR").await;
    let permit = story.house.permit(quota).await;
    story.mails().await;
    let reason = json!({ "reason": "issued in error" });
    story.does(&format!("{permit}/cancellation"), &story.house.decider, 1, reason).await;
    assert_eq!(story.mails().await, [mail("applicant@example.org", "Your permit was cancelled")]);
    let view = story.view(&permit, &story.house.applicant).await;
    assert_eq!((&view["state"], &view["reason"]), (&json!("cancelled"), &json!("issued in error")));
    assert_eq!(story.house.left(quota).await, ("100 NAR".to_owned(), "0 NAR".to_owned(), "0 NAR".to_owned()));
}
