//! Everything that happens to rows between two days.

use cites::{COUNTRIES, Day, Span, TaxonId};

use super::{Dated, Event, RowEvent};
use crate::bars::ListedTaxon;
use crate::book::{BookFaults, LawBook};
use crate::pack::Pack;

impl LawBook {
    /// Everything that happens to a row after `from`, up to `to` and on it. A quota of a year begins or ends
    /// with the year of `to`, where that year and the year of `from` differ in it.
    ///
    /// # Errors
    /// The faults of the book's tables.
    pub fn events(&self, from: Day, to: Day) -> Result<Vec<RowEvent<'_>>, BookFaults> {
        let mut found = Found { from, to, events: Vec::new() };
        self.of_listings(&mut found)?;
        self.of_bars(&mut found)?;
        for (id, rule) in self.rules()?.rules() {
            found.row(Dated::Rule(id, rule));
        }
        for pack in self.packs()? {
            found.pack(pack);
        }
        for fact in COUNTRIES.iter().flat_map(|fact| fact.country.party_facts()) {
            found.row(Dated::Party(fact));
        }
        self.of_years(&mut found)?;
        Ok(found.events)
    }

    fn of_listings<'b>(&'b self, found: &mut Found<'b>) -> Result<(), BookFaults> {
        for (_, entry) in self.listings()?.all() {
            let row = Dated::Entry(entry);
            found.row(row);
            found.at(entry.from_earliest.filter(|day| *day < entry.from), Event::MayBegin, row);
            let is_before_end = |day: &Day| entry.until.is_none_or(|until| *day < until);
            found.at(entry.until_earliest.filter(is_before_end), Event::MayEnd, row);
        }
        self.annotations()?.rows().iter().for_each(|row| found.row(Dated::Annotation(row)));
        self.deemed()?.rows().iter().for_each(|row| found.row(Dated::Deemed(row)));
        Ok(())
    }

    fn of_bars<'b>(&'b self, found: &mut Found<'b>) -> Result<(), BookFaults> {
        self.quotas()?.rows().iter().for_each(|row| found.row(Dated::Quota(row)));
        for row in self.suspensions()?.rows() {
            found.row(Dated::Suspension(row));
            found.at(last_seen(row.verified_to, row.span), Event::Unverified, Dated::Suspension(row));
        }
        for row in self.reservations()?.rows() {
            found.row(Dated::Reservation(row));
            // An end that is known tells that it held until then.
            let open = row.verified_to.filter(|_| row.span.until.is_none());
            found.at(last_seen(open, row.span), Event::Unverified, Dated::Reservation(row));
        }
        Ok(())
    }

    /// Quotas of the one year that are not those of the other.
    fn of_years<'b>(&'b self, found: &mut Found<'b>) -> Result<(), BookFaults> {
        let (before, after) = (found.from.year(), found.to.year());
        let Some(day) = Day::from_ymd(after, 1, 1).filter(|_| before < after) else { return Ok(()) };
        let yearly = self.yearly_quotas()?;
        for row in yearly.rows() {
            let years = row.year_first..=row.year_last;
            let holds = |year: i16| u16::try_from(year).is_ok_and(|year| years.contains(&year));
            let event = match (holds(before), holds(after)) {
                (true, false) => Event::Ends,
                (false, true) => Event::Begins,
                _ => continue,
            };
            let taxon = yearly.taxon_of(row).map_or(TaxonId(u32::MAX), ListedTaxon::id);
            found.events.push(RowEvent { day, event, row: Dated::YearlyQuota(row, taxon) });
        }
        Ok(())
    }
}

/// The day after the last on which a row was seen in force, where it goes on.
fn last_seen(verified_to: Option<Day>, span: Span) -> Option<Day> {
    verified_to.map(Day::next).filter(|day| span.contains(*day))
}

struct Found<'b> {
    from: Day,
    to: Day,
    events: Vec<RowEvent<'b>>,
}

impl<'b> Found<'b> {
    fn row(&mut self, row: Dated<'b>) {
        let span = row.span();
        self.at(span.until, Event::Ends, row);
        self.at(Some(span.from), Event::Begins, row);
    }

    fn at(&mut self, day: Option<Day>, event: Event, row: Dated<'b>) {
        if let Some(day) = day.filter(|day| self.from < *day && *day <= self.to) {
            self.events.push(RowEvent { day, event, row });
        }
    }

    fn pack(&mut self, pack: &'b Pack) {
        pack.national_list().entries().iter().for_each(|row| self.row(Dated::National(pack, row)));
        pack.all_prohibitions().iter().for_each(|row| self.row(Dated::Prohibition(pack, row)));
        pack.all_carried().iter().for_each(|row| self.row(Dated::Carried(pack, row)));
        pack.all_medicinal().iter().for_each(|row| self.row(Dated::Medicinal(pack, row)));
        pack.procedures().delegations.iter().for_each(|row| self.row(Dated::Delegation(pack, row)));
        pack.procedures().livestock.iter().for_each(|row| self.row(Dated::Livestock(pack, row)));
        pack.calendar().iter().for_each(|row| self.row(Dated::Calendar(pack, row)));
        pack.designations().iter().for_each(|row| self.row(Dated::Designation(pack, row)));
        for paper in &pack.manifest().documents {
            paper.validity.iter().for_each(|row| self.row(Dated::Validity(pack, paper, row)));
        }
    }
}
