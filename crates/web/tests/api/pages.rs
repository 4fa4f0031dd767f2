//! The pages as a browser gets them: being led to sign in and back, forms, headers, and what every page must have.

use access::{Instant, Ownership, Role, RoleSet};
use axum::http::{Method, Request, StatusCode, header};
use cites::InvitationId;
use store::{CredentialKind, Invitation, InvitationPurpose};

use crate::world::{ASKER, NOW, PASSWORD, Reply, World};

fn fields(pairs: &[(&str, &str)]) -> String {
    let encoded = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
    pairs.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect::<Vec<_>>().join("&")
}

async fn get(world: &World, path: &str, cookie: Option<&str>) -> Reply {
    world.call(Method::GET, path, cookie, None).await
}

async fn sign_in(world: &World, password: &str, next: &str) -> Reply {
    let form = fields(&[("login", "aygul"), ("password", password), ("next", next)]);
    world.fill_in("/sign-in", None, &form).await
}

#[tokio::test]
async fn who_is_not_signed_in_is_led_to_sign_in_and_back() {
    let world = World::empty().await;
    world.account(ASKER, "aygul", RoleSet::from(Role::Applicant)).await;
    let led = get(&world, "/applications?after=31-32", None).await;
    let to = led.location.unwrap();
    assert_eq!(
        (led.status, to.as_str()),
        (StatusCode::SEE_OTHER, "/sign-in?next=/applications%3Fafter%3D31-32")
    );
    let form = get(&world, &to, None).await;
    assert!(form.text.contains(r#"name="next" value="/applications?after=31-32""#), "{}", form.text);
    let begun = sign_in(&world, PASSWORD, "/applications?after=31-32").await;
    assert_eq!(
        (begun.status, begun.location.as_deref()),
        (StatusCode::SEE_OTHER, Some("/applications?after=31-32"))
    );
    let page = get(&world, "/applications", begun.cookie.as_deref()).await;
    assert_eq!((page.status, page.kind.as_str()), (StatusCode::OK, "text/html; charset=utf-8"));
    let start = get(&world, "/", begun.cookie.as_deref()).await;
    assert_eq!(start.location.as_deref(), Some("/applications"), "an applicant begins with applications");
}

#[tokio::test]
async fn nobody_is_led_to_another_site() {
    let world = World::empty().await;
    world.account(ASKER, "aygul", RoleSet::from(Role::Applicant)).await;
    for next in
        ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "/\t/elsewhere.example"]
    {
        let begun = sign_in(&world, PASSWORD, next).await;
        assert_eq!(begun.location.as_deref(), Some("/"), "{next:?}");
        let shown = get(&world, &format!("/sign-in?{}", fields(&[("next", next)])), None).await;
        assert!(!shown.text.contains("elsewhere"), "{next:?}");
    }
}

#[tokio::test]
async fn a_wrong_password_tells_nothing() {
    let world = World::empty().await;
    world.account(ASKER, "aygul", RoleSet::from(Role::Applicant)).await;
    let wrong = sign_in(&world, "another one altogether", "").await;
    let form = fields(&[("login", "nobody"), ("password", "another one altogether"), ("next", "")]);
    let unknown = world.fill_in("/sign-in", None, &form).await;
    assert_eq!((wrong.status, unknown.status), (StatusCode::UNAUTHORIZED, StatusCode::UNAUTHORIZED));
    assert_eq!(wrong.text.replace("aygul", "NAME"), unknown.text.replace("nobody", "NAME"));
    assert_eq!((wrong.cookie, unknown.cookie), (None, None));
    assert!(!wrong.text.contains("altogether"), "the password is not sent back");
    assert!(wrong.text.contains(r#"role="alert""#), "{}", wrong.text);
}

#[tokio::test]
async fn a_form_that_another_site_sent_changes_nothing_and_is_told_as_a_page() {
    let world = World::empty().await;
    let account = world.account(ASKER, "aygul", RoleSet::from(Role::Applicant)).await;
    let cookie = world.session(&account).await;
    for (name, value) in [("sec-fetch-site", "cross-site"), ("origin", "https://elsewhere.example")] {
        let request = Request::builder()
            .method(Method::POST)
            .uri("/sign-out")
            .header(header::HOST, "office.example")
            .header(header::COOKIE, &cookie)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(name, value)
            .body(axum::body::Body::empty())
            .unwrap();
        let refused = world.send(request).await;
        assert_eq!(refused.status(), StatusCode::FORBIDDEN);
        assert_eq!(refused.headers()[header::CONTENT_TYPE], "text/html; charset=utf-8");
        assert_eq!(get(&world, "/account", Some(&cookie)).await.status, StatusCode::OK, "{name}");
    }
    let ended = world.fill_in("/sign-out", Some(&cookie), "").await;
    assert_eq!((ended.status, ended.cookie.as_deref()), (StatusCode::SEE_OTHER, Some("countrygate=")));
    assert_eq!(get(&world, "/account", Some(&cookie)).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn an_officer_sets_the_second_factor_up_and_shows_it_on_the_way_to_a_page() {
    let world = World::empty().await;
    world.account(ASKER, "aygul", RoleSet::from(Role::DecisionOfficer)).await;
    let begun = sign_in(&world, PASSWORD, "/permits").await;
    assert_eq!(begun.location.as_deref(), Some("/second-factor?next=/permits"));
    let cookie = begun.cookie.unwrap();
    let led = get(&world, "/queue", Some(&cookie)).await;
    assert_eq!(led.location.as_deref(), Some("/second-factor?next=/queue"));
    let due = get(&world, "/second-factor?next=/permits", Some(&cookie)).await;
    assert!(due.text.contains(r#"action="/second-factor/new""#), "{}", due.text);
    let made = world.fill_in("/second-factor/new", Some(&cookie), "next=%2Fpermits").await;
    let proofs = world.office.store().credentials(ASKER).await.unwrap();
    let proof = proofs.iter().find(|proof| proof.kind == CredentialKind::OneTimeCode).unwrap();
    assert!(made.text.contains(&proof.secret) && made.text.contains("otpauth://totp/"), "{}", made.text);
    let cookie = made.cookie.unwrap_or(cookie);
    let again = get(&world, "/second-factor", Some(&cookie)).await;
    assert!(!again.text.contains(&proof.secret), "the secret is shown once");
    let wrong = world.fill_in("/second-factor", Some(&cookie), "code=000000&next=%2Fpermits").await;
    assert_eq!(wrong.status, StatusCode::UNAUTHORIZED);
    assert!(wrong.text.contains(r#"value="/permits""#), "where to go on to is kept: {}", wrong.text);
    let secret = web::proof::one_time_code::read(&proof.secret).unwrap();
    let mut codes = (0..1_000_000).map(|code| format!("{code:06}"));
    let code = codes.find(|code| web::proof::one_time_code::step_of(&secret, code, NOW).is_some()).unwrap();
    let form = format!("code={code}&next=%2Fpermits");
    let shown = world.fill_in("/second-factor", Some(&cookie), &form).await;
    assert_eq!((shown.status, shown.location.as_deref()), (StatusCode::SEE_OTHER, Some("/permits")));
    assert_eq!(get(&world, "/permits", shown.cookie.as_deref()).await.status, StatusCode::OK);
}

/// The recovery codes that a page shows.
fn codes_on(page: &Reply) -> Vec<String> {
    let items = page.text.split("<li><code>").skip(1);
    items.map(|item| item.split("</code>").next().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn recovery_codes_are_shown_once_counted_and_made_anew() {
    let world = World::empty().await;
    let account = world.account(ASKER, "aygul", RoleSet::from(Role::DecisionOfficer)).await;
    let half = sign_in(&world, PASSWORD, "/account").await.cookie.unwrap();
    let given = codes_on(&world.fill_in("/second-factor/new", Some(&half), "").await);
    assert_eq!(given.len(), 10);
    let form = format!("code={}&next=%2Faccount", given[0]);
    let shown = world.fill_in("/second-factor", Some(&half), &form).await;
    assert_eq!((shown.status, shown.location.as_deref()), (StatusCode::SEE_OTHER, Some("/account")));
    let own = get(&world, "/account", shown.cookie.as_deref()).await;
    assert!(own.text.contains("9 of 10 left"), "{}", own.text);
    assert!(!own.text.contains(&given[1]), "the codes are shown once");
    let account = world.office.store().account(account.id).await.unwrap().unwrap();
    let full = world.session(&account).await;
    let renewed = world.fill_in("/account/recovery-codes", Some(&full), "").await;
    assert_eq!(renewed.status, StatusCode::CREATED, "{}", renewed.text);
    let new = codes_on(&renewed);
    assert_eq!((new.len(), new.contains(&given[1])), (10, false));
    check_form(&renewed, "new recovery codes");
}

async fn invited(world: &World) -> String {
    world.account(ASKER, "aygul", RoleSet::from(Role::Applicant)).await;
    let secret = world.office.draw_secret();
    let mut work = world.work().await;
    let invitation = Invitation {
        id: InvitationId(world.office.draw_id()),
        account: ASKER,
        purpose: InvitationPurpose::Reset,
        until: Instant(NOW.0 + 3600),
        used: None,
    };
    work.put_invitation(&invitation, &secret.hash());
    world.save(work).await;
    format!("/set-up/{}", secret.as_str())
}

#[tokio::test]
async fn a_one_time_link_sets_the_password_once() {
    let world = World::empty().await;
    let link = invited(&world).await;
    let form = get(&world, &link, None).await;
    assert!(form.status == StatusCode::OK && form.text.contains(r#"value="aygul""#), "{}", form.text);
    let both = |password, again| fields(&[("password", password), ("again", again)]);
    let new = "seven quiet mountain passes";
    let unlike = world.fill_in(&link, None, &both(new, "seven loud mountain passes")).await;
    let short = world.fill_in(&link, None, &both("short", "short")).await;
    assert_eq!(
        (unlike.status, short.status),
        (StatusCode::UNPROCESSABLE_ENTITY, StatusCode::UNPROCESSABLE_ENTITY)
    );
    assert!(unlike.text.contains("not the same") && short.text.contains("at least 12"), "{}", short.text);
    let set = world.fill_in(&link, None, &both(new, new)).await;
    assert_eq!(set.location.as_deref(), Some("/sign-in?set_up=true"), "{}", set.text);
    assert!(sign_in(&world, new, "").await.cookie.is_some());
    let used = get(&world, &link, None).await;
    assert_eq!(used.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(used.text.contains("holds no longer") && !used.text.contains("aygul"), "{}", used.text);
    assert_eq!(get(&world, "/set-up/made-up", None).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

/// The texts of `attribute` of every `tag`; `None` where it lacks it.
fn attributes<'t>(text: &'t str, tag: &str, attribute: &str) -> Vec<Option<&'t str>> {
    let begin = format!("<{tag}");
    let opened = text.split(begin.as_str()).skip(1);
    let of = |rest: &'t str| {
        let inside = &rest[..rest.find('>').unwrap()];
        let (_, value) = inside.split_once(&format!(" {attribute}=\""))?;
        value.split('"').next()
    };
    opened.filter(|rest| rest.starts_with([' ', '>'])).map(of).collect()
}

pub fn check_form(page: &Reply, path: &str) {
    let text = &page.text;
    assert!(text.starts_with("<!doctype html>") && text.contains(r#"<html lang="en">"#), "{path}");
    let title = text.split_once("<title>").and_then(|(_, rest)| rest.split_once("</title>")).unwrap().0;
    assert!(title.ends_with(" – Countrygate") && title.len() > 18, "{path}: {title:?}");
    assert_eq!(text.matches("<h1").count(), 1, "{path}");
    assert_eq!(text.matches("<main").count(), 1, "{path}");
    let labels = attributes(text, "label", "for");
    for field in ["input", "select", "textarea"] {
        let (ids, kinds) = (attributes(text, field, "id"), attributes(text, field, "type"));
        let named = attributes(text, field, "aria-label");
        for ((id, kind), name) in ids.into_iter().zip(kinds).zip(named) {
            let is_labelled = name.is_some() || labels.contains(&id) && id.is_some();
            assert!(kind == Some("hidden") || is_labelled, "{path}: {id:?} has no label");
        }
    }
    // The one script there is, on the pages whose forms need it.
    let rest = text.replace(r#"<script src="/passkey.js" defer></script>"#, "");
    assert_eq!(rest.len() < text.len(), text.contains(" data-passkey="), "{path}");
    for forbidden in ["<script", " style=", " onclick=", "http://"] {
        assert!(!rest.contains(forbidden), "{path}: {forbidden}");
    }
}

#[tokio::test]
async fn every_page_has_a_title_one_heading_and_a_label_for_each_input() {
    let world = World::empty().await;
    let link = invited(&world).await;
    let officer = cites::UserId([0xB2; 16]);
    let account = world.account(officer, "officer", RoleSet::from(Role::IntakeOfficer)).await;
    let cookie = world.session(&account).await;
    let (application, permit, _) = world.things(Ownership::SameAgency).await;
    let filled = |path: &str| {
        let path = path.replace("{application}", &application.to_string());
        path.replace("{permit}", &permit.to_string()).replace("/set-up/{secret}", &link)
    };
    let mut looked_at = 0;
    for declared in &world.api.declared {
        let is_page = declared.method == Method::GET
            && !["/api", "/healthz", "/readyz", "/metrics", "/style.css", "/icon.svg", "/passkey.js"]
                .iter()
                .any(|other| declared.path.starts_with(other));
        // The way to an issuer and back leads on, and has no page of its own.
        if !is_page || declared.path == "/" || declared.path.starts_with("/sign-in/elsewhere") {
            continue;
        }
        let page = get(&world, &filled(&declared.path), Some(&cookie)).await;
        assert_eq!(page.status, StatusCode::OK, "{}: {}", declared.path, page.text);
        check_form(&page, &declared.path);
        looked_at += 1;
    }
    assert_eq!(looked_at, 13);
    let lost = get(&world, "/nothing/here", Some(&cookie)).await;
    assert_eq!((lost.status, lost.kind.as_str()), (StatusCode::NOT_FOUND, "text/html; charset=utf-8"));
    check_form(&lost, "a problem");
    check_form(&sign_in(&world, "another one altogether", "").await, "a wrong password");
    check_form(&world.fill_in("/second-factor/new", Some(&cookie), "").await, "a new second factor");
}

#[tokio::test]
async fn the_pages_show_what_is_kept_and_escape_it() {
    let world = World::empty().await;
    let officer = world.account(ASKER, "officer", RoleSet::from(Role::IntakeOfficer)).await;
    let cookie = world.session(&officer).await;
    let (application, permit, _) = world.things(Ownership::SameAgency).await;
    let mut work = world.work().await;
    let mut operator = world.office.store().operator(crate::world::OTHERS).await.unwrap().unwrap();
    operator.name = "Falcons <b>& Sons</b>".to_owned();
    work.put_operator(&operator);
    world.save(work).await;
    let queue = get(&world, "/queue", Some(&cookie)).await;
    for part in
        [&format!("/applications/{application}"), "Export permit", "2026-12-07", "&#60;b&#62;&#38; Sons"]
    {
        assert!(queue.text.contains(part), "{part}: {}", queue.text);
    }
    assert!(!queue.text.contains("<b>") && !queue.text.contains("Late"), "{}", queue.text);
    let paper = get(&world, &format!("/permits/{permit}"), Some(&cookie)).await;
    for part in ["Falco cherrug", "Issued, in force", "2027-05-29", &format!("/applications/{application}")] {
        assert!(paper.text.contains(part), "{part}: {}", paper.text);
    }
}

#[tokio::test]
async fn every_answer_forbids_what_the_pages_do_not_need() {
    let world = World::empty().await;
    for path in ["/sign-in", "/style.css", "/icon.svg", "/permits", "/api/permits", "/healthz", "/nothing"] {
        let request = Request::builder().uri(path).body(axum::body::Body::empty()).unwrap();
        let answer = world.send(request).await;
        let policy = answer.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.contains("default-src 'self'") && policy.contains("frame-ancestors 'none'"), "{path}");
        assert_eq!(answer.headers()[header::X_CONTENT_TYPE_OPTIONS], "nosniff", "{path}");
        assert!(policy.contains("script-src 'none'"), "{path}");
        assert_eq!(answer.headers()[header::REFERRER_POLICY], "same-origin", "{path}");
    }
    // The one page of somebody without a second factor that has a script: it makes a passkey.
    let account =
        world.account(cites::UserId([0xB2; 16]), "officer", RoleSet::from(Role::IntakeOfficer)).await;
    let cookie = world.session(&account).await;
    let request = Request::builder().uri("/second-factor").header(header::COOKIE, cookie);
    let answer = world.send(request.body(axum::body::Body::empty()).unwrap()).await;
    let policy = answer.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
    assert!(policy.contains("default-src 'self'") && !policy.contains("script-src"), "{policy}");
}

#[tokio::test]
async fn the_history_is_read_on_a_page_and_tells_an_applicant_no_officers_name() {
    let house = crate::house::House::open().await;
    let (path, _) = house.accepted().await;
    let path = format!("{}/history", path.trim_start_matches("/api"));
    let of_office = house.get(&path, &house.intake).await;
    check_form(&of_office, &path);
    for part in
        ["Accepts an application as complete", "Hands an application in", "What changed", "intake-officer"]
    {
        assert!(of_office.text.contains(part), "{part}: {}", of_office.text);
    }
    let of_applicant = house.get(&path, &house.applicant).await;
    assert_eq!(of_applicant.status, StatusCode::OK);
    let quota = house.quota("20 NAR").await;
    let permit = format!("{}/history", house.permit(quota).await.trim_start_matches("/api"));
    let of_permit = house.get(&permit, &house.intake).await;
    assert!(of_permit.text.contains("the history of the application"), "{}", of_permit.text);
    // Officers are told with their agency behind the name, and to who applies by the agency alone.
    assert!(of_office.text.contains("Made up, "), "{}", of_office.text);
    assert!(!of_applicant.text.contains("Made up, "), "{}", of_applicant.text);
}
