//! Measures of the running program, for those who watch it: how many requests were answered how, and how long they took.
//!
//! Source of truth: the counts kept here since the program began; of the database, what it answers when it is asked. The form is
//! that of Prometheus's text exposition (version 0.0.4). Nothing in it tells of persons, papers or paths.

use std::fmt::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use access::Thing;
use axum::extract::{Request, State};
use axum::http::header;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use store::outbox::Backlog;

use crate::Office;
use crate::caller::Caller;
use crate::problem::Problem;

/// Upper ends of the steps in which durations are counted, in milliseconds.
const STEPS_MILLISECONDS: [u64; 7] = [1, 5, 25, 100, 500, 2_500, 10_000];
/// Classes of statuses, from 1xx to 5xx.
const CLASSES: usize = 5;

/// What is counted.
#[derive(Debug, Default)]
pub struct Measures {
    answered: [AtomicU64; CLASSES],
    within: [AtomicU64; STEPS_MILLISECONDS.len()],
    microseconds: AtomicU64,
    being_answered: AtomicU64,
}

impl Measures {
    fn answered(&self, status: u16, took: Duration) {
        let class = usize::from(status / 100).saturating_sub(1);
        if let Some(count) = self.answered.get(class) {
            count.fetch_add(1, Ordering::Relaxed);
        }
        let step = STEPS_MILLISECONDS.iter().position(|step| took <= Duration::from_millis(*step));
        if let Some(count) = step.and_then(|step| self.within.get(step)) {
            count.fetch_add(1, Ordering::Relaxed);
        }
        let microseconds = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        self.microseconds.fetch_add(microseconds, Ordering::Relaxed);
    }

    /// As text.
    fn text(&self, backlog: Backlog) -> String {
        let read = |count: &AtomicU64| count.load(Ordering::Relaxed);
        let mut text = String::new();
        // Writing to a text cannot fail.
        let mut line = |line: std::fmt::Arguments<'_>| {
            let _ = writeln!(text, "{line}");
        };
        line(format_args!("# HELP countrygate_requests_total Requests answered, by class of status."));
        line(format_args!("# TYPE countrygate_requests_total counter"));
        let mut total = 0;
        for (class, count) in (1..).zip(&self.answered) {
            total += read(count);
            line(format_args!("countrygate_requests_total{{status=\"{class}xx\"}} {}", read(count)));
        }
        line(format_args!("# HELP countrygate_request_seconds How long answers took."));
        line(format_args!("# TYPE countrygate_request_seconds histogram"));
        let mut up_to = 0;
        for (step, count) in STEPS_MILLISECONDS.iter().zip(&self.within) {
            up_to += read(count);
            let seconds = Duration::from_millis(*step).as_secs_f64();
            line(format_args!("countrygate_request_seconds_bucket{{le=\"{seconds}\"}} {up_to}"));
        }
        line(format_args!("countrygate_request_seconds_bucket{{le=\"+Inf\"}} {total}"));
        let seconds = Duration::from_micros(read(&self.microseconds)).as_secs_f64();
        line(format_args!("countrygate_request_seconds_sum {seconds}"));
        line(format_args!("countrygate_request_seconds_count {total}"));
        line(format_args!("# HELP countrygate_requests_being_answered Requests not yet answered."));
        line(format_args!("# TYPE countrygate_requests_being_answered gauge"));
        line(format_args!("countrygate_requests_being_answered {}", read(&self.being_answered)));
        line(format_args!("# HELP countrygate_messages_waiting Mails and calls that have not gone out."));
        line(format_args!("# TYPE countrygate_messages_waiting gauge"));
        line(format_args!("countrygate_messages_waiting {}", backlog.open));
        line(format_args!("# HELP countrygate_messages_given_up Mails and calls that are not tried again."));
        line(format_args!("# TYPE countrygate_messages_given_up gauge"));
        line(format_args!("countrygate_messages_given_up {}", backlog.given_up));
        text
    }
}

/// Takes one off again however a request ends, also where who sent it has gone.
struct BeingAnswered<'m>(&'m AtomicU64);

impl Drop for BeingAnswered<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Stands around all routes and counts.
pub(crate) async fn counted(State(office): State<Office>, request: Request, next: Next) -> Response {
    let (measures, elapsed) = (office.measures(), office.parts().elapsed);
    measures.being_answered.fetch_add(1, Ordering::Relaxed);
    let being_answered = BeingAnswered(&measures.being_answered);
    let begun = elapsed();
    let response = next.run(request).await;
    drop(being_answered);
    measures.answered(response.status().as_u16(), elapsed().saturating_sub(begun));
    response
}

/// What was counted since the program began, in the text form of Prometheus.
#[utoipa::path(
    get, path = "/metrics", tag = "health",
    responses((status = 200, description = "The measures.", body = String, content_type = "text/plain"))
)]
pub(crate) async fn tell(State(office): State<Office>, caller: Caller) -> Result<Response, Problem> {
    caller.may(&Thing::house())?;
    let backlog = office.store().backlog().await?;
    let kind = [(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")];
    Ok((kind, office.measures().text(backlog)).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_counted_in_steps_adds_up_to_all() {
        let measures = Measures::default();
        for (status, milliseconds) in [(200, 1), (200, 3), (404, 30), (500, 60_000)] {
            measures.answered(status, Duration::from_millis(milliseconds));
        }
        let text = measures.text(Backlog { open: 7, given_up: 1 });
        for line in [
            "countrygate_requests_total{status=\"2xx\"} 2",
            "countrygate_requests_total{status=\"5xx\"} 1",
            "countrygate_request_seconds_bucket{le=\"0.001\"} 1",
            "countrygate_request_seconds_bucket{le=\"0.005\"} 2",
            "countrygate_request_seconds_bucket{le=\"10\"} 3",
            "countrygate_request_seconds_bucket{le=\"+Inf\"} 4",
            "countrygate_request_seconds_count 4",
            "countrygate_messages_waiting 7",
        ] {
            assert!(text.lines().any(|own| own == line), "{line}: {text}");
        }
    }
}
