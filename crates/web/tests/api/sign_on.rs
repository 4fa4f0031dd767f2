//! Signing on through an issuer that is made up here: what it is asked, whom it lets in, and whom nobody lets in.

use std::sync::{Arc, Mutex};

use access::{Role, RoleSet};
use axum::http::{Method, StatusCode};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use web::proof::id_token::NameClaim;
use web::sign_on::{Call, SignOn, SignOnSettings};

use crate::world::{ASKER, NOW, Reply, World};

const ISSUER: &str = "https://id.example/office";

/// An issuer: what it says of whoever comes, and what it was asked.
#[derive(Clone)]
struct Issuer {
    claims: Value,
    description: Value,
    /// The nonce that the browser brought, which the token repeats.
    nonce: Arc<Mutex<String>>,
    asked: Arc<Mutex<Vec<Call>>>,
}

impl Issuer {
    fn that_says(claims: Value) -> Issuer {
        let description = json!({
            "issuer": ISSUER,
            "authorization_endpoint": "https://id.example/authorize?tenant=1",
            "token_endpoint": "https://id.example/token",
        });
        Issuer { claims, description, nonce: Arc::default(), asked: Arc::default() }
    }

    fn answer(&self, call: Call) -> Result<Vec<u8>, String> {
        let answer = match call.url.as_str() {
            "https://id.example/office/.well-known/openid-configuration" => self.description.clone(),
            "https://id.example/token" => {
                let mut claims = json!({
                    "iss": ISSUER, "sub": "17", "aud": "countrygate", "exp": NOW.0 + 300, "iat": NOW.0,
                    "nonce": *self.nonce.lock().unwrap(),
                });
                claims.as_object_mut().unwrap().extend(self.claims.as_object().unwrap().clone());
                let token = format!("e30.{}.c2ln", URL_SAFE_NO_PAD.encode(claims.to_string()));
                json!({ "id_token": token, "access_token": "unused", "token_type": "Bearer" })
            }
            other => return Err(format!("{other} is not there")),
        };
        self.asked.lock().unwrap().push(call);
        Ok(answer.to_string().into_bytes())
    }

    async fn world(&self, vouches: bool) -> World {
        let settings = SignOnSettings {
            issuer: ISSUER.to_owned(),
            name: "the province".to_owned(),
            client: "countrygate".to_owned(),
            secret: "a secret: of both".to_owned(),
            origin: "https://office.example".to_owned(),
            claim: NameClaim::Email,
            vouches,
        };
        let issuer = self.clone();
        let ask = Arc::new(move |call| -> web::sign_on::Answering {
            let answer = issuer.answer(call);
            Box::pin(async { answer })
        });
        World::with_sign_on(SignOn::of(settings, ask)).await
    }
}

/// What a browser holds that was led to the issuer.
struct Led {
    cookie: String,
    state: String,
}

fn of_query<'q>(address: &'q str, name: &str) -> &'q str {
    let mut pairs = address.split_once('?').unwrap().1.split('&').filter_map(|pair| pair.split_once('='));
    pairs.find(|(own, _)| *own == name).unwrap_or_else(|| panic!("{name} is not in {address}")).1
}

async fn led(world: &World, issuer: &Issuer, next: &str) -> Led {
    let reply = world.call(Method::GET, &format!("/sign-in/elsewhere?next={next}"), None, None).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.text);
    let to = reply.location.unwrap();
    assert!(to.starts_with("https://id.example/authorize?tenant=1&response_type=code&"), "{to}");
    assert_eq!(of_query(&to, "redirect_uri"), "https%3A%2F%2Foffice.example%2Fsign-in%2Felsewhere%2Fback");
    assert_eq!(
        (of_query(&to, "code_challenge_method"), of_query(&to, "scope")),
        ("S256", "openid+email+profile")
    );
    *issuer.nonce.lock().unwrap() = of_query(&to, "nonce").to_owned();
    Led { cookie: reply.cookie.unwrap(), state: of_query(&to, "state").to_owned() }
}

async fn back(world: &World, cookie: Option<&str>, query: &str) -> Reply {
    world.call(Method::GET, &format!("/sign-in/elsewhere/back?{query}"), cookie, None).await
}

fn aygul() -> Value {
    json!({ "email": "Aygul@ma.example", "email_verified": true })
}

async fn with_aygul(issuer: &Issuer, role: Role, vouches: bool) -> World {
    let world = issuer.world(vouches).await;
    world.account(ASKER, "aygul@ma.example", RoleSet::from(role)).await;
    world
}

#[tokio::test]
async fn whom_the_issuer_knows_is_let_in_and_led_on() {
    let issuer = Issuer::that_says(aygul());
    let world = with_aygul(&issuer, Role::Applicant, false).await;
    let offered = world.call(Method::GET, "/sign-in?next=/permits", None, None).await;
    let link = r#"<a class="button" href="/sign-in/elsewhere?next=/permits">Sign in with the province</a>"#;
    assert!(offered.text.contains(link), "{}", offered.text);
    let led = led(&world, &issuer, "/permits").await;
    let begun = back(&world, Some(&led.cookie), &format!("code=c%26d&state={}", led.state)).await;
    assert_eq!(
        (begun.status, begun.location.as_deref()),
        (StatusCode::SEE_OTHER, Some("/permits")),
        "{}",
        begun.text
    );
    let page = world.call(Method::GET, "/permits", begun.cookie.as_deref(), None).await;
    assert_eq!(page.status, StatusCode::OK);
    let asked = issuer.asked.lock().unwrap();
    let [description, tokens] = asked.as_slice() else {
        panic!("the description is asked for once: {asked:?}")
    };
    assert_eq!((description.form.as_deref(), description.authorization.as_deref()), (None, None));
    // The secret is encoded before it is joined (RFC 6749 §2.3.1).
    let pair = base64::engine::general_purpose::STANDARD.encode("countrygate:a+secret%3A+of+both");
    assert_eq!(tokens.authorization, Some(format!("Basic {pair}")));
    let form = tokens.form.as_deref().unwrap();
    assert!(form.starts_with("grant_type=authorization_code&code=c%26d&redirect_uri=https%3A"), "{form}");
    assert_eq!(form.split_once("code_verifier=").unwrap().1.len(), 64);
}

#[tokio::test]
async fn an_officer_shows_the_second_factor_unless_the_issuer_vouches_for_it() {
    for (vouches, to) in [(false, "/second-factor?next=/queue"), (true, "/queue")] {
        let issuer = Issuer::that_says(aygul());
        let world = with_aygul(&issuer, Role::DecisionOfficer, vouches).await;
        let led = led(&world, &issuer, "/queue").await;
        let begun = back(&world, Some(&led.cookie), &format!("code=c&state={}", led.state)).await;
        assert_eq!(begun.location.as_deref(), Some(to));
    }
}

#[tokio::test]
async fn nobody_comes_back_in_another_browser_or_with_another_answer() {
    let issuer = Issuer::that_says(aygul());
    let world = with_aygul(&issuer, Role::Applicant, false).await;
    let own = led(&world, &issuer, "/").await;
    let other = led(&world, &issuer, "/").await;
    let with_own = format!("code=c&state={}", own.state);
    for (cookie, query) in [
        (None, with_own.clone()),
        (Some(&other.cookie), with_own.clone()),
        (Some(&own.cookie), "code=c".to_owned()),
        (Some(&own.cookie), format!("code=c&state={}0", own.state)),
        (Some(&own.cookie), format!("{with_own}&iss=https%3A%2F%2Felsewhere.example")),
        // The token of another sign-on: the issuer repeats the nonce of the one that was begun last.
        (Some(&own.cookie), with_own.clone()),
        (Some(&own.cookie), format!("error=access_denied&state={}", own.state)),
    ] {
        let refused = back(&world, cookie.map(String::as_str), &query).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
        assert!(refused.text.contains(r#"role="alert""#), "{}", refused.text);
        assert!(!refused.cookie.is_some_and(|cookie| cookie.starts_with("countrygate=")), "{query}");
    }
}

#[tokio::test]
async fn what_an_issuer_says_of_an_error_is_told_as_a_word_alone() {
    let issuer = Issuer::that_says(aygul());
    let world = with_aygul(&issuer, Role::Applicant, false).await;
    let led = led(&world, &issuer, "/").await;
    for (error, told) in [("access_denied", "access_denied"), ("%3Cscript%3Ecall+1234", "without a word")] {
        let refused = back(&world, Some(&led.cookie), &format!("error={error}&state={}", led.state)).await;
        assert!(refused.text.contains(told) && !refused.text.contains("1234"), "{}", refused.text);
    }
}

#[tokio::test]
async fn a_stranger_and_who_is_barred_are_told_so() {
    for claims in [
        json!({ "email": "stranger@elsewhere.example", "email_verified": true }),
        json!({ "email": "aygul@ma.example", "email_verified": false }),
        json!({ "email": "aygul@ma.example" }),
        json!({ "preferred_username": "aygul@ma.example" }),
    ] {
        let issuer = Issuer::that_says(claims.clone());
        let world = with_aygul(&issuer, Role::Applicant, false).await;
        let led = led(&world, &issuer, "/").await;
        let refused = back(&world, Some(&led.cookie), &format!("code=c&state={}", led.state)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{claims}");
    }
    let issuer = Issuer::that_says(aygul());
    let world = with_aygul(&issuer, Role::Applicant, false).await;
    let mut work = world.work().await;
    let mut account = work.account(ASKER).await.unwrap().unwrap();
    account.barred = true;
    work.put_account(&account);
    world.save(work).await;
    let led = led(&world, &issuer, "/").await;
    let refused = back(&world, Some(&led.cookie), &format!("code=c&state={}", led.state)).await;
    assert!(refused.text.contains("nobody of that name may sign in here"), "{}", refused.text);
}

#[tokio::test]
async fn an_issuer_that_is_away_or_is_another_leads_nobody_anywhere() {
    for (name, value) in [
        ("issuer", json!("https://elsewhere.example")),
        ("token_endpoint", json!("http://id.example/token")),
        ("authorization_endpoint", json!("javascript:alert(1)")),
        ("authorization_endpoint", Value::Null),
    ] {
        let mut issuer = Issuer::that_says(aygul());
        issuer.description[name] = value.clone();
        let world = with_aygul(&issuer, Role::Applicant, false).await;
        let told = world.call(Method::GET, "/sign-in/elsewhere", None, None).await;
        assert_eq!((told.status, told.location), (StatusCode::UNPROCESSABLE_ENTITY, None), "{name}: {value}");
        assert!(told.text.contains("sign in with your password"), "{}", told.text);
    }
}

#[tokio::test]
async fn without_an_issuer_there_is_no_way_to_one() {
    let world = World::empty().await;
    for path in ["/sign-in/elsewhere", "/sign-in/elsewhere/back?code=c"] {
        let told = world.call(Method::GET, path, None, None).await;
        assert_eq!(told.status, StatusCode::NOT_FOUND, "{path}");
    }
    let page = world.call(Method::GET, "/sign-in", None, None).await;
    assert!(!page.text.contains("elsewhere"), "{}", page.text);
}
