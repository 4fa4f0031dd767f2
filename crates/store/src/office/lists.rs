//! Lists of applications and permits: what somebody may see, in pages, each way of seeing by an index of its own.

use cites::{AgencyId, Day};

use super::Sight;
use super::application::{ApplicationSummary, NO_DUE, SUMMARY as APPLICATION};
use super::permit::{PermitSummary, SUMMARY as PERMIT};
use crate::executor::{ReadError, Value, values};
use crate::history::LAST;
use crate::work::all;
use crate::{Page, Place, Store};

/// Which work of an agency is listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Queue<'a> {
    /// Applications in its charge, in a state by its word.
    InState(&'a str),
    /// Applications whose review it has, or had, in a state by its word; under way only while the application is.
    InReview(&'a str),
    /// Applications about which it was asked and has not answered.
    Asked,
}

/// Which permits of an office wait for something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PermitQueue {
    /// Goods were released on them and the endorsed copy has not come; the earliest release first.
    Copies,
    /// Another content is asked for; the earliest request first.
    Amendments,
}

/// Which permits are listed, by the word of their state on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PermitFilter<'a> {
    /// `issued`, `expired`, `cancelled`, `replaced`, `lost` or `returned`; `None` for all.
    pub state: Option<&'a str>,
    /// The day.
    pub on: Day,
}

/// One way of seeing: what is joined, and what must hold; `$WHO` stands for whoever sees so.
struct Way {
    join: &'static str,
    holds: &'static str,
    who: Value,
}

/// Puts the ways together: each gives the first rows of the page in its order, by its index, and the page is the first
/// of all of them. `$1` and `$2` are where the page begins.
fn list(columns: &str, table: &str, order: &str, ways: &[Way], filter: &str, first_free: usize) -> String {
    let alias = order.split('.').next().unwrap_or_default();
    let bare = order.rsplit('.').next().unwrap_or_default();
    let part = |(place, way): (usize, &Way)| {
        let holds = way.holds.replace("$WHO", &format!("${}", first_free + place));
        format!(
            "SELECT * FROM (SELECT {columns} FROM {table} {alias} {} WHERE {holds} \
             AND ({order}, {alias}.id) < ($1, $2) {filter} ORDER BY {order} DESC, {alias}.id DESC LIMIT $3) w{place}",
            way.join
        )
    };
    let parts: Vec<String> = ways.iter().enumerate().map(part).collect();
    format!("{} ORDER BY {bare} DESC, id DESC LIMIT $3", parts.join(" UNION "))
}

fn ways(sight: &Sight, [own, agency, let_in]: [(&'static str, &'static str); 3]) -> Vec<Way> {
    let way = |(join, holds), who| Way { join, holds, who };
    if sight.all {
        return vec![way(("", "$WHO = 1"), 1_i64.into())];
    }
    let mut ways = Vec::new();
    ways.extend(sight.own.map(|user| way(own, user.into())));
    ways.extend(sight.agency.map(|id| way(agency, id.into())));
    ways.extend(sight.let_in.map(|id| way(let_in, id.into())));
    ways
}

impl Store {
    /// Applications that somebody may see, latest begun first, `most` at a time, where wanted only those in a state by
    /// its word. By the index of operators, agencies or time; files that an agency was let in to are looked for by its
    /// own index and then sorted.
    ///
    /// # Errors
    /// The database fails, or a row cannot be read.
    pub async fn applications(
        &self,
        sight: &Sight,
        state: Option<&str>,
        after: Option<&Place>,
        most: u32,
    ) -> Result<Page<ApplicationSummary>, ReadError> {
        let ways = ways(
            sight,
            [
                ("JOIN operator_agent g ON g.operator = a.operator", "g.account = $WHO"),
                ("", "a.agency = $WHO"),
                ("JOIN application_let_in l ON l.application = a.id", "l.agency = $WHO"),
            ],
        );
        if ways.is_empty() {
            return Ok(Page { rows: Vec::new(), next: None });
        }
        let filter = "AND ($4 IS NULL OR a.state = $4)";
        let sql = list(APPLICATION, "application", "a.made_at", &ways, filter, 5);
        let (order, id) = after.map_or(LAST, Place::both);
        let mut row = values![order, id, i64::from(most) + 1, state];
        row.extend(ways.into_iter().map(|way| way.who));
        let found = all(&self.pool.rows(sql, row).await?, ApplicationSummary::read)?;
        Ok(Page::cut(found, most, |found| Place::new(found.made.to_string(), found.id.to_string())))
    }

    /// Permits that somebody may see, latest issued first, `most` at a time. By the index of operators, offices or
    /// days; those on files that an agency was let in to are looked for by its own index and then sorted.
    ///
    /// # Errors
    /// The database fails, or a row cannot be read.
    pub async fn permits(
        &self,
        sight: &Sight,
        filter: PermitFilter<'_>,
        after: Option<&Place>,
        most: u32,
    ) -> Result<Page<PermitSummary>, ReadError> {
        let ways = ways(
            sight,
            [
                ("JOIN operator_agent g ON g.operator = p.operator", "g.account = $WHO"),
                ("", "p.office = $WHO"),
                ("JOIN application_let_in l ON l.application = p.application", "l.agency = $WHO"),
            ],
        );
        if ways.is_empty() {
            return Ok(Page { rows: Vec::new(), next: None });
        }
        let (first, last) = match filter.state {
            Some("issued") => (filter.on.to_string(), NO_DUE.to_owned()),
            Some("expired") => (String::new(), filter.on.previous().to_string()),
            _ => (String::new(), NO_DUE.to_owned()),
        };
        let state = filter.state.map(|state| if state == "expired" { "issued" } else { state });
        let wanted = "AND ($4 IS NULL OR p.state = $4) AND p.last_day >= $5 AND p.last_day <= $6";
        let sql = list(PERMIT, "permit", "p.issued_on", &ways, wanted, 7);
        let (order, id) = after.map_or(LAST, Place::both);
        let mut row = values![order, id, i64::from(most) + 1, state, first, last];
        row.extend(ways.into_iter().map(|way| way.who));
        let found = all(&self.pool.rows(sql, row).await?, PermitSummary::read)?;
        Ok(Page::cut(found, most, |found| Place::new(found.issued.to_string(), found.id.to_string())))
    }

    /// The work of an agency, what is due first at the top and what has no last day at the end, `most` at a time. In
    /// its charge or in its review: by the index of the queue; else by the index of what it was asked, and then sorted.
    ///
    /// # Errors
    /// The database fails, or a row cannot be read.
    pub async fn queue(
        &self,
        agency: AgencyId,
        queue: Queue<'_>,
        after: Option<&Place>,
        most: u32,
    ) -> Result<Page<ApplicationSummary>, ReadError> {
        let (holds, word) = match queue {
            Queue::InState(word) => ("a.agency = $4 AND a.state = $5", word),
            // A review waits for nobody once its application was taken back.
            Queue::InReview(word) => (
                "a.review_agency = $4 AND a.review_state = $5 \
                 AND (a.state IN ('received', 'incomplete', 'accepted') OR a.review_state IN ('approved', 'refused'))",
                word,
            ),
            Queue::Asked => (
                "a.id IN (SELECT application FROM consultation WHERE agency = $4 AND answered_on IS NULL) \
                 AND a.state = $5",
                "accepted",
            ),
        };
        let sql = format!(
            "SELECT {APPLICATION} FROM application a WHERE {holds} AND (a.due, a.id) > ($1, $2) \
             ORDER BY a.due, a.id LIMIT $3"
        );
        let (due, id) = after.map_or(("", ""), Place::both);
        let row = values![due, id, i64::from(most) + 1, agency, word];
        let found = all(&self.pool.rows(sql, row).await?, ApplicationSummary::read)?;
        let due = |due: Option<Day>| due.map_or_else(|| NO_DUE.to_owned(), |day| day.to_string());
        Ok(Page::cut(found, most, |found| Place::new(due(found.due), found.id.to_string())))
    }

    /// The permits of an office that wait for something, `most` at a time, those that wait longest first; by the index
    /// of what they wait for.
    ///
    /// # Errors
    /// The database fails, or a row cannot be read.
    pub async fn permit_queue(
        &self,
        office: AgencyId,
        queue: PermitQueue,
        after: Option<&Place>,
        most: u32,
    ) -> Result<Page<PermitSummary>, ReadError> {
        let since = match queue {
            PermitQueue::Copies => "p.copy_awaited_since",
            PermitQueue::Amendments => "p.amendment_asked_on",
        };
        let sql = format!(
            "SELECT {PERMIT}, {since} AS since FROM permit p WHERE p.office = $4 AND {since} IS NOT NULL \
             AND ({since}, p.id) > ($1, $2) ORDER BY {since}, p.id LIMIT $3"
        );
        let (begin, id) = after.map_or(("", ""), Place::both);
        let rows = self.pool.rows(sql, values![begin, id, i64::from(most) + 1, office]).await?;
        let found = all(&rows, |row| Ok((row.text("since")?, PermitSummary::read(row)?)))?;
        let page = Page::cut(found, most, |(since, found)| Place::new(since.clone(), found.id.to_string()));
        Ok(Page { rows: page.rows.into_iter().map(|(_, found)| found).collect(), next: page.next })
    }
}
