//! Reads rules from TOML. Every mistake is told with file, line and what to do.
//!
//! The form of a rule is described in `docs/reference/rules.md`. Conditions know equality, membership and
//! ranges; there is no language in which a rule could compute.

use std::collections::BTreeMap;
use std::ops::Range as Bytes;

use cites::{Amount, Day, DocumentKind, Outcome, Span, Unit};
use serde::Deserialize;
use toml::Spanned;

use super::error::{RuleError, Wrong};
use super::fact::Fact;
use super::model::{Effect, Issuer, Mask, Place, RequiredDocument, Rule, ShownAt, Source, Stage};
use super::test::{Range, Role, Test};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFile {
    #[expect(dead_code, reason = "for the reader of the file; asked for so that no file lacks it")]
    about: String,
    stage: Spanned<String>,
    #[serde(default)]
    rule: Vec<Spanned<RawRule>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRule {
    id: Spanned<String>,
    title: Spanned<String>,
    when: BTreeMap<Spanned<String>, Spanned<toml::Value>>,
    applies_to: Option<Spanned<Vec<String>>>,
    outcome: Spanned<String>,
    ask: Option<Spanned<String>>,
    #[serde(default)]
    documents: Vec<Spanned<RawDocument>>,
    #[serde(default)]
    overrides: Vec<Spanned<String>>,
    in_force: Spanned<RawSpan>,
    checked: Spanned<toml::value::Datetime>,
    confidence: Spanned<String>,
    source: Spanned<RawSource>,
    note: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawDocument {
    kind: String,
    #[serde(default)]
    or: Vec<String>,
    issued_by: String,
    shown_at: Option<String>,
    #[serde(default)]
    before: Vec<String>,
    order: u8,
    #[serde(default)]
    copy_suffices: bool,
    if_missing: Option<String>,
    #[serde(default)]
    stands_for: Vec<String>,
    why: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSpan {
    from: toml::value::Datetime,
    until: Option<toml::value::Datetime>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSource {
    title: String,
    clause: String,
    url: Option<String>,
}

/// A rule as read, with the names that only the whole book can resolve.
pub(super) struct ReadRule {
    pub(super) rule: Rule,
    /// Rules it is an exception to, by name, with their lines.
    pub(super) overrides: Vec<(String, Place)>,
    /// Its conditions on taxa.
    pub(super) taxa: Vec<TaxaCondition>,
}

/// A condition on taxa, by name.
pub(super) struct TaxaCondition {
    pub(super) names: Vec<String>,
    pub(super) within: bool,
    pub(super) place: Place,
}

/// Reads one file of rules.
///
/// # Errors
/// The first mistake, with its line.
pub(super) fn read(file: &str, text: &str, pack: Option<&str>) -> Result<Vec<ReadRule>, RuleError> {
    let at = Lines { file, text };
    let raw: RawFile = toml::from_str(text).map_err(|error| {
        let line = error.span().map_or(1, |span| at.line(&span));
        RuleError { place: Place { file: file.into(), line }, wrong: Wrong::Toml(error.message().to_owned()) }
    })?;
    let stage = at.word(&raw.stage, "stage", Stage::from_word, &words(Stage::ALL, Stage::as_str))?;
    raw.rule.iter().map(|rule| read_rule(at, stage, rule, pack)).collect()
}

fn read_rule(
    at: Lines,
    stage: Stage,
    raw: &Spanned<RawRule>,
    pack: Option<&str>,
) -> Result<ReadRule, RuleError> {
    let (place, raw) = (at.place(&raw.get_ref().id.span()), raw.get_ref());
    let effect = at.word(&raw.outcome, "outcome", Effect::from_word, &words(Effect::ALL, Effect::as_str))?;
    let mut when = Conditions::default();
    for (key, value) in &raw.when {
        read_condition(at, key, value, &mut when)?;
    }
    read_regimes(at, raw, stage, effect, &mut when)?;
    let documents = read_documents(at, raw, effect)?;
    let ask = raw
        .ask
        .as_ref()
        .map(|word| at.word(word, "State to ask", Issuer::from_word, &words(Issuer::ALL, Issuer::as_str)));
    let rule = Rule {
        key: at.slug(&raw.id)?.into(),
        title: at.told(&raw.title, "title")?.into(),
        stage,
        masks: when.masks.into(),
        tests: when.tests.into(),
        effect,
        ask: at.exactly_for(effect == Effect::Ask, ask.transpose()?, "ask", &place)?,
        documents: documents.into(),
        overrides: Box::default(),
        in_force: read_span(at, &raw.in_force)?,
        checked: at.day(raw.checked.get_ref(), &raw.checked.span())?,
        confidence: at.parse(raw.confidence.get_ref(), &raw.confidence.span())?,
        source: read_source(at, &raw.source)?,
        note: raw.note.as_deref().map(Into::into),
        pack: pack.map(Into::into),
        place,
    };
    let overrides =
        raw.overrides.iter().map(|name| (name.get_ref().clone(), at.place(&name.span()))).collect();
    Ok(ReadRule { rule, overrides, taxa: when.taxa })
}

/// The conditions of one rule, by their kind.
#[derive(Default)]
struct Conditions {
    masks: Vec<Mask>,
    tests: Vec<Test>,
    taxa: Vec<TaxaCondition>,
}

fn read_condition(
    at: Lines,
    key: &Spanned<String>,
    value: &Spanned<toml::Value>,
    when: &mut Conditions,
) -> Result<(), RuleError> {
    let (name, span) = (key.get_ref().as_str(), key.span());
    match name {
        "taxa" | "except_taxa" => {
            let names = at.strings(value, name)?;
            when.taxa.push(TaxaCondition { names, within: name == "taxa", place: at.place(&span) });
        }
        "term" => {
            let terms: Vec<cites::Term> = at.parse_all(value, name)?;
            when.tests.push(Test::Terms(terms.into_iter().collect()));
        }
        "exporter" | "importer" | "origin" => {
            let states: Vec<cites::Country> = at.parse_all(value, name)?;
            let role = match name {
                "exporter" => Role::Exporter,
                "importer" => Role::Importer,
                _ => Role::Origin,
            };
            when.tests.push(Test::States(role, Box::new(states.into_iter().collect())));
        }
        "quantity" => when.tests.push(Test::Amount(read_range(at, value)?)),
        _ => when.masks.push(read_mask(at, key, value)?),
    }
    Ok(())
}

fn read_mask(at: Lines, key: &Spanned<String>, value: &Spanned<toml::Value>) -> Result<Mask, RuleError> {
    let (name, span) = (key.get_ref().as_str(), key.span());
    let fact = Fact::from_key(name).filter(|fact| fact.vocabulary().is_some());
    let fact = fact.ok_or_else(|| at.wrong(&span, Wrong::UnknownFact(name.to_owned())))?;
    let denied = value.get_ref().as_table().and_then(|table| table.get("not"));
    let listed = denied.map(|denied| Spanned::new(value.span(), denied.clone()));
    let mut allowed = 0;
    for word in at.strings(listed.as_ref().unwrap_or(value), name)? {
        let place = fact.vocabulary().and_then(|list| (list.place_of)(&word)).ok_or_else(|| {
            let allowed = fact.words().collect::<Vec<_>>().join(", ");
            at.wrong(&span, Wrong::UnknownValue { fact: name.to_owned(), word: word.clone(), allowed })
        })?;
        allowed |= 1 << place;
    }
    let all = fact.vocabulary().map_or(0, |list| (1_u64 << list.count) - 1) as u32;
    let allowed = if denied.is_some() { all & !allowed } else { allowed };
    if allowed == 0 || allowed == all {
        return Err(at.wrong(&span, Wrong::AllOrNothing(name.to_owned())));
    }
    Ok(Mask { fact, allowed })
}

fn read_range(at: Lines, value: &Spanned<toml::Value>) -> Result<Range, RuleError> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct RawRange {
        unit: String,
        above: Option<String>,
        at_most: Option<String>,
    }
    let raw: RawRange =
        value.get_ref().clone().try_into().map_err(|error: toml::de::Error| {
            at.wrong(&value.span(), Wrong::Toml(error.message().to_owned()))
        })?;
    let amount = |text: Option<String>| -> Result<Option<Amount>, RuleError> {
        text.map(|text| at.parse(&text, &value.span())).transpose()
    };
    let (unit, _) =
        Unit::read(&raw.unit).map_err(|error| at.wrong(&value.span(), Wrong::Code(error.to_string())))?;
    let range = Range { unit, above: amount(raw.above)?, at_most: amount(raw.at_most)? };
    if range.above.is_none() && range.at_most.is_none() {
        return Err(at.wrong(&value.span(), Wrong::AllOrNothing("quantity".to_owned())));
    }
    Ok(range)
}

/// A rule that refuses before documents are asked for says in which regimes it does.
///
/// Source: a bar that is silent on a regime refers there, Res. Conf. 14.3 and the annotations give their scope.
fn read_regimes(
    at: Lines,
    raw: &RawRule,
    stage: Stage,
    effect: Effect,
    when: &mut Conditions,
) -> Result<(), RuleError> {
    let is_bar = effect == Effect::Refuse
        && matches!(stage, Stage::Ban | Stage::Suspension | Stage::Quota | Stage::Commercial);
    let Some(regimes) = &raw.applies_to else {
        let wrong = Wrong::BarWithoutRegimes(raw.id.get_ref().clone());
        return if is_bar { Err(at.wrong(&raw.id.span(), wrong)) } else { Ok(()) };
    };
    if when.masks.iter().any(|mask| mask.fact == Fact::Regime) {
        return Err(at.wrong(&regimes.span(), Wrong::RegimeTwice));
    }
    if regimes.get_ref().iter().any(|word| word == "all") {
        return Ok(());
    }
    let words = regimes.get_ref().iter().cloned().map(toml::Value::String).collect();
    let listed = Spanned::new(regimes.span(), toml::Value::Array(words));
    let key = Spanned::new(regimes.span(), Fact::Regime.key().to_owned());
    when.masks.push(read_mask(at, &key, &listed)?);
    Ok(())
}

fn read_documents(at: Lines, raw: &RawRule, effect: Effect) -> Result<Vec<RequiredDocument>, RuleError> {
    if (effect == Effect::Require) == raw.documents.is_empty() {
        return Err(at.wrong(&raw.id.span(), Wrong::DocumentsAndOutcome(raw.id.get_ref().clone())));
    }
    raw.documents.iter().map(|document| read_document(at, document)).collect()
}

fn read_document(at: Lines, raw: &Spanned<RawDocument>) -> Result<RequiredDocument, RuleError> {
    let (span, raw) = (raw.span(), raw.get_ref());
    let kinds = |texts: &[String]| -> Result<Box<[DocumentKind]>, RuleError> {
        texts.iter().map(|text| at.parse(text, &span)).collect()
    };
    let spanned = |text: &str| Spanned::new(span.clone(), text.to_owned());
    let shown_at = raw.shown_at.as_deref().unwrap_or(ShownAt::Both.as_str());
    let if_missing = raw.if_missing.as_deref().unwrap_or(Outcome::Refer.as_str());
    Ok(RequiredDocument {
        kind: at.parse(&raw.kind, &span)?,
        or: kinds(&raw.or)?,
        issued_by: at.word(
            &spanned(&raw.issued_by),
            "issuer",
            Issuer::from_word,
            &words(Issuer::ALL, Issuer::as_str),
        )?,
        shown_at: at.word(
            &spanned(shown_at),
            "border",
            ShownAt::from_word,
            &words(ShownAt::ALL, ShownAt::as_str),
        )?,
        before: kinds(&raw.before)?,
        order: raw.order,
        copy_suffices: raw.copy_suffices,
        if_missing: at.parse(if_missing, &span)?,
        stands_for: kinds(&raw.stands_for)?,
        why: at.told(&spanned(&raw.why), "why")?.into(),
    })
}

fn read_span(at: Lines, raw: &Spanned<RawSpan>) -> Result<Span, RuleError> {
    let (span, raw) = (raw.span(), raw.get_ref());
    let from = at.day(&raw.from, &span)?;
    let until = raw.until.as_ref().map(|day| at.day(day, &span)).transpose()?;
    match until {
        None => Ok(Span::since(from)),
        Some(until) => Span::between(from, until).ok_or_else(|| at.wrong(&span, Wrong::EndBeforeBegin)),
    }
}

fn read_source(at: Lines, raw: &Spanned<RawSource>) -> Result<Source, RuleError> {
    let (span, raw) = (raw.span(), raw.get_ref());
    let told = |text: &str, what| at.told(&Spanned::new(span.clone(), text.to_owned()), what).map(Box::from);
    Ok(Source {
        title: told(&raw.title, "source title")?,
        clause: told(&raw.clause, "source clause")?,
        url: raw.url.as_deref().map(|url| told(url, "source address")).transpose()?,
    })
}

fn words<T: Copy>(all: &[T], as_str: impl Fn(T) -> &'static str) -> String {
    all.iter().map(|word| as_str(*word)).collect::<Vec<_>>().join(", ")
}

/// A file's text, for turning byte offsets into lines and mistakes into errors.
#[derive(Clone, Copy)]
struct Lines<'a> {
    file: &'a str,
    text: &'a str,
}

impl Lines<'_> {
    fn line(self, span: &Bytes<usize>) -> usize {
        self.text.bytes().take(span.start).filter(|byte| *byte == b'\n').count() + 1
    }

    fn place(self, span: &Bytes<usize>) -> Place {
        Place { file: self.file.into(), line: self.line(span) }
    }

    fn wrong(self, span: &Bytes<usize>, wrong: Wrong) -> RuleError {
        RuleError { place: self.place(span), wrong }
    }

    fn word<T>(
        self,
        word: &Spanned<String>,
        what: &'static str,
        from_word: impl Fn(&str) -> Option<T>,
        allowed: &str,
    ) -> Result<T, RuleError> {
        from_word(word.get_ref()).ok_or_else(|| {
            let wrong =
                Wrong::UnknownWord { what, word: word.get_ref().clone(), allowed: allowed.to_owned() };
            self.wrong(&word.span(), wrong)
        })
    }

    fn parse<T: std::str::FromStr<Err: std::fmt::Display>>(
        self,
        text: &str,
        span: &Bytes<usize>,
    ) -> Result<T, RuleError> {
        text.parse().map_err(|error: T::Err| self.wrong(span, Wrong::Code(error.to_string())))
    }

    fn parse_all<T: std::str::FromStr<Err: std::fmt::Display>>(
        self,
        value: &Spanned<toml::Value>,
        key: &str,
    ) -> Result<Vec<T>, RuleError> {
        self.strings(value, key)?.iter().map(|text| self.parse(text, &value.span())).collect()
    }

    /// A list of texts, or one text; never empty.
    fn strings(self, value: &Spanned<toml::Value>, key: &str) -> Result<Vec<String>, RuleError> {
        let one = |value: &toml::Value| value.as_str().map(str::to_owned);
        let texts: Option<Vec<String>> = match value.get_ref() {
            toml::Value::Array(values) => values.iter().map(one).collect(),
            value => one(value).map(|text| vec![text]),
        };
        let texts = texts.filter(|texts| !texts.is_empty());
        texts.ok_or_else(|| self.wrong(&value.span(), Wrong::NotAList(key.to_owned())))
    }

    fn day(self, written: &toml::value::Datetime, span: &Bytes<usize>) -> Result<Day, RuleError> {
        if written.time.is_some() || written.offset.is_some() {
            return Err(self.wrong(span, Wrong::NotADay(written.to_string())));
        }
        self.parse(&written.to_string(), span)
    }

    fn told<'t>(self, text: &'t Spanned<String>, what: &'static str) -> Result<&'t str, RuleError> {
        let trimmed = text.get_ref().trim();
        if trimmed.is_empty() {
            Err(self.wrong(&text.span(), Wrong::Empty(what)))
        } else {
            Ok(text.get_ref())
        }
    }

    fn slug(self, id: &Spanned<String>) -> Result<&str, RuleError> {
        let text = id.get_ref();
        let good = text.split('-').all(|word| {
            !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        });
        if good { Ok(text) } else { Err(self.wrong(&id.span(), Wrong::NotASlug(text.clone()))) }
    }

    /// A key that must be there for one outcome and must not be for the others.
    fn exactly_for<T>(
        self,
        wanted: bool,
        value: Option<T>,
        key: &'static str,
        place: &Place,
    ) -> Result<Option<T>, RuleError> {
        if wanted == value.is_some() {
            return Ok(value);
        }
        Err(RuleError { place: place.clone(), wrong: Wrong::KeyAndOutcome(key) })
    }
}
