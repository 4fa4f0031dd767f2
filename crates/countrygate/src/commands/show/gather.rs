//! Gathers from the book what `law show` answers.

use std::collections::HashSet;

use anyhow::Result;
use cites::{Appendix, Country, Day, Place, Rank, SourceSet, TaxonId};
use law::annotation::{Coverage, FreeBy, SpecimenKind};
use law::bars::Movement;
use law::book::{LawBook, Standing};
use law::listing::InForce;
use law::{Entry, ListingDoubts, Origin, Subject};
use species::{Backbone, Language, Placement, Resolution};

use super::bars;
use super::view::{AnnotationView, CommonName, DeemedView, EntryView, Shown, SourceView, TaxonView};
use crate::commands::doubt::doubts;

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub struct Question<'s> {
    pub book: &'s LawBook,
    pub on: Day,
    pub origin: Option<Place>,
    pub term: Option<cites::Term>,
}

impl<'s> Question<'s> {
    /// Everything the book holds about what `resolution` stands for.
    ///
    /// # Errors
    /// The faults of the book's tables.
    pub fn answer(&self, input: &str, resolution: &Resolution<'_>) -> Result<Shown> {
        let origin = self.origin.map_or(Origin::Unstated, Origin::from);
        let standing = self.book.standing(resolution, &origin, self.on)?;
        let lineages = Lineages::of(self.book.backbone(), &standing);
        let (entries, coming, history) = self.entries(&standing, &lineages)?;
        let bars = bars::Bars { question: self, lineages: &lineages };
        Ok(Shown {
            edition: self.book.edition(),
            on: self.on,
            origin: self.origin,
            term: self.term,
            input: input.to_owned(),
            r#match: standing.kind.as_str(),
            rank: resolution.rank.map(Rank::as_str).filter(|_| standing.kind == resolution.kind),
            doubts: doubts(resolution, &standing),
            excluded_form: resolution.excluded_form.map(|form| form.note.clone()),
            taxa: standing.subjects.iter().map(|subject| self.taxon(subject)).collect(),
            listing: standing.appendices,
            listing_doubts: words(standing.doubts),
            verified: standing.verified,
            first_listed: self.first_listed(&standing)?,
            annotations: self.annotations(&standing)?,
            deemed: self.deemed(&standing, &lineages)?,
            suspensions: bars.suspensions()?,
            quotas: bars.quotas()?,
            yearly_quotas: bars.yearly_quotas()?,
            reservations: bars.reservations()?,
            reservation_history: bars.reservation_history()?,
            national: bars.national(&standing)?,
            matched: standing.matched.into_owned(),
            entries,
            coming,
            history,
        })
    }

    fn taxon(&self, subject: &Subject<'_>) -> TaxonView {
        let backbone = self.book.backbone();
        let common = Language::ALL.into_iter().flat_map(|language| {
            let names = backbone.vernaculars(subject.taxon, language);
            names.map(move |name| CommonName { language: language.as_str(), name: name.to_owned() })
        });
        TaxonView {
            name: backbone.name(subject.taxon).to_owned(),
            rank: backbone.rank(subject.taxon).as_str(),
            kingdom: backbone.kingdom(subject.taxon).as_str(),
            above: backbone
                .lineage(subject.taxon)
                .skip(1)
                .map(|taxon| backbone.name(taxon).to_owned())
                .collect(),
            common_names: common.collect(),
        }
    }

    fn first_listed(&self, standing: &Standing<'_>) -> Result<Option<Day>> {
        let listings = self.book.listings()?;
        let first = standing
            .subjects
            .iter()
            .filter_map(|subject| listings.first_listed(self.book.backbone(), subject));
        Ok(first.min().filter(|_| !standing.is_excluded_form))
    }

    /// The entries that say where the taxon stands, those to come, and those of other days.
    fn entries(
        &self,
        standing: &Standing<'_>,
        lineages: &Lineages,
    ) -> Result<(Vec<EntryView>, Vec<EntryView>, Vec<EntryView>)> {
        let listings = self.book.listings()?;
        let used: HashSet<&str> =
            standing.entries.iter().filter_map(|id| listings.entry(*id)).map(|entry| &*entry.id).collect();
        let above = lineages.above.iter().flat_map(|taxon| listings.of_taxon(*taxon));
        let below = lineages.own.iter().flat_map(|taxon| listings.within(*taxon));
        let mut seen = HashSet::new();
        let mut concerned: Vec<&Entry> = above.chain(below).filter(|entry| seen.insert(&*entry.id)).collect();
        concerned.sort_by_key(|entry| (entry.from, entry.taxon));
        let told = standing.entries.iter().filter_map(|id| listings.entry(*id));
        let begins = |entry: &&Entry| self.on < entry.from_earliest.unwrap_or(entry.from);
        let ends =
            |entry: &&Entry| entry.until.is_some_and(|until| self.on < until) && used.contains(&*entry.id);
        let coming = concerned.iter().copied().filter(|entry| begins(entry) || ends(entry));
        // What holds below a higher taxon is its members' history, not its own.
        let is_own =
            |entry: &&Entry| !lineages.is_higher || !lineages.is_below(self.book.backbone(), entry.taxon);
        let past = concerned.iter().copied().filter(|entry| !begins(entry)).filter(is_own);
        Ok((
            told.map(|entry| self.entry(entry)).collect(),
            coming.map(|entry| self.entry(entry)).collect(),
            past.map(|entry| self.entry(entry)).collect(),
        ))
    }

    fn entry(&self, entry: &Entry) -> EntryView {
        EntryView {
            id: entry.id.to_string(),
            taxon: self.book.backbone().name(entry.taxon).to_owned(),
            appendix: entry.appendix,
            party: entry.party,
            population: entry.population.named().collect(),
            except_population: entry.population.except().collect(),
            annotation: entry.annotation.as_deref().map(str::to_owned),
            note: entry.note.to_string(),
            from: entry.from,
            from_earliest: entry.from_earliest,
            until: entry.until,
            until_earliest: entry.until_earliest,
            event: entry.event.to_string(),
            in_force: match entry.in_force(self.on) {
                InForce::Yes => "yes",
                InForce::Perhaps => "perhaps",
                InForce::No => "no",
            },
            source: SourceView {
                source: entry.source.to_string(),
                confidence: entry.confidence.as_str(),
                verified: entry.is_verified(),
                checked: Some(entry.checked),
            },
        }
    }

    /// The text of each annotation in force, each once.
    fn annotations(&self, standing: &Standing<'_>) -> Result<Vec<AnnotationView>> {
        let listings = self.book.listings()?;
        let entries = standing.entries.iter().filter_map(|id| listings.entry(*id));
        let mut views: Vec<AnnotationView> = Vec::new();
        for entry in entries {
            let Some(symbol) = entry.annotation.as_deref() else { continue };
            if !views.iter().any(|view| view.symbol == symbol) {
                views.push(self.annotation(entry, symbol, standing)?);
            }
        }
        Ok(views)
    }

    fn annotation(&self, entry: &Entry, symbol: &str, standing: &Standing<'_>) -> Result<AnnotationView> {
        let annotations = self.book.annotations()?;
        let backbone = self.book.backbone();
        let text = annotations.text(symbol, self.on);
        let subject = standing
            .subjects
            .iter()
            .map(|subject| subject.taxon)
            .find(|taxon| backbone.is_within(*taxon, entry.taxon));
        let lineage: Vec<TaxonId> = backbone.lineage(subject.unwrap_or(entry.taxon)).collect();
        let answer = self.term.and_then(|term| {
            let kind = SpecimenKind {
                origin: self.origin.map(|place| place.country),
                sources: SourceSet::ALL,
                ..SpecimenKind::of(&lineage, term)
            };
            annotations.covers(symbol, self.on, &kind)
        });
        let (mut because, mut missing) = (None, Vec::new());
        let term = answer.map(|answer| match answer.coverage {
            Coverage::Covered => "covered",
            Coverage::Free { by } => {
                because = Some(match by {
                    FreeBy::NotNamed => "the text does not name it".to_owned(),
                    FreeBy::Term => "the text takes it out".to_owned(),
                    FreeBy::Clause(clause) => format!("the text takes it out: {}", clause.as_str()),
                });
                "free"
            }
            Coverage::Unknown { missing: facts } => {
                missing = facts.iter().map(law::bars::Missing::key).collect();
                "unknown"
            }
        });
        Ok(AnnotationView {
            symbol: symbol.to_owned(),
            taxon: backbone.name(entry.taxon).to_owned(),
            text: text.map(|text| text.words.to_string()),
            from: text.map(|text| text.span.from),
            until: text.and_then(|text| text.span.until),
            term,
            because,
            missing,
            source: text.map(|text| SourceView::of(&text.provenance)),
        })
    }

    /// The rows that keep specimens of the taxon, the origin and the day in Appendix II.
    fn deemed(&self, standing: &Standing<'_>, lineages: &Lineages) -> Result<Vec<DeemedView>> {
        if !standing.appendices.contains(Appendix::II) {
            return Ok(Vec::new());
        }
        let mut views = Vec::new();
        for row in self.book.deemed()?.rows().iter().filter(|row| row.span.contains(self.on)) {
            let within = row.population.within();
            let here = self.origin.is_none_or(|origin| {
                within.is_empty() || within.iter().any(|place| place.country == origin.country)
            });
            let concerned = lineages.all.contains(&row.taxon.id());
            if !here || !concerned {
                continue;
            }
            let all_terms = row.terms == cites::TermSet::ALL;
            views.push(DeemedView {
                id: row.id.to_string(),
                taxon: self.book.backbone().name(row.taxon.id()).to_owned(),
                population: within.to_vec(),
                terms: if all_terms { Vec::new() } else { row.terms.iter().collect() },
                all_terms,
                purposes: wording::words::purposes(row.purposes),
                conditions: row.conditions.iter().map(|condition| condition.as_str()).collect(),
                otherwise: row.otherwise,
                from: row.span.from,
                until: row.span.until,
                source: SourceView::of(&row.provenance),
            });
        }
        Ok(views)
    }

    /// A line of which the taxon, the origin and the kind of specimen are told.
    pub fn movement<'a>(&self, lineage: &'a [TaxonId]) -> Movement<'a> {
        Movement {
            origin: self.origin,
            exporter: self.country(),
            terms: self.term.map_or(cites::TermSet::ALL, cites::TermSet::from),
            ..Movement::of(lineage, self.on)
        }
    }

    /// The State of origin.
    pub fn country(&self) -> Option<Country> {
        self.origin.map(|place| place.country)
    }
}

/// The taxa asked about with those above them.
pub struct Lineages {
    /// The taxa asked about.
    pub own: Vec<TaxonId>,
    /// Those above them, the nearest first.
    pub above: Vec<TaxonId>,
    /// All of them.
    pub all: HashSet<TaxonId>,
    /// Whether the first is a genus or higher.
    pub is_higher: bool,
    /// For each taxon asked about, itself and those above it.
    pub each: Vec<Vec<TaxonId>>,
}

impl Lineages {
    fn of(backbone: &Backbone, standing: &Standing<'_>) -> Lineages {
        let own: Vec<TaxonId> = standing.subjects.iter().map(|subject| subject.taxon).collect();
        let each: Vec<Vec<TaxonId>> = own.iter().map(|taxon| backbone.lineage(*taxon).collect()).collect();
        let mut above: Vec<TaxonId> =
            each.iter().flat_map(|lineage| lineage.iter().copied().skip(1)).collect();
        above.sort_by_key(|taxon| std::cmp::Reverse(backbone.rank(*taxon)));
        above.dedup();
        let is_member =
            standing.subjects.first().is_some_and(|subject| subject.placement == Placement::KnownMember);
        let is_higher = own.first().is_some_and(|taxon| backbone.rank(*taxon) < Rank::Species || is_member);
        let all = own.iter().chain(&above).copied().collect();
        Lineages { own, above, all, is_higher, each }
    }

    /// Whether a taxon lies below one asked about.
    fn is_below(&self, backbone: &Backbone, taxon: TaxonId) -> bool {
        self.own.iter().any(|own| *own != taxon && backbone.is_within(taxon, *own))
    }
}

/// The words of the doubts of a listing.
fn words(doubts: ListingDoubts) -> Vec<&'static str> {
    ListingDoubts::WORDS.iter().filter(|(doubt, _)| doubts.contains(*doubt)).map(|(_, word)| *word).collect()
}
