//! The papers presented, as a consignment file tells them.

use permits::{
    Alteration, EarlierPaper, Endorsement, Form, Grounds, Paper, PaperLine, Printed, QuotaStatement,
    Replacement, Retrospective, Told,
};

use super::MOST_PAPER_LINES;
use super::line::quantity;
use super::reader::Table;

const FORMS: [(&str, Form); 3] =
    [("original", Form::Original), ("electronic", Form::Electronic), ("copy", Form::Copy)];

const ALTERATIONS: [(&str, Alteration); 3] = [
    ("none", Alteration::Clean),
    ("authenticated", Alteration::Authenticated),
    ("unauthenticated", Alteration::Unauthenticated),
];

const GROUNDS: [(&str, Grounds); 4] = [
    ("wrong-advice", Grounds::WrongAdvice),
    ("technical-error", Grounds::TechnicalError),
    ("genuine-error", Grounds::GenuineError),
    ("none", Grounds::Neither),
];

/// A word of a short list.
fn word<T: Copy>(table: &Table<'_>, key: &'static str, list: &[(&'static str, T)]) -> Option<T> {
    let words: Vec<&str> = list.iter().map(|(word, _)| *word).collect();
    let from_word = |text: &str| list.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
    table.word(key, from_word, &words)
}

/// Reads one paper; `None` when even its kind cannot be read.
pub(super) fn read(table: Table<'_>) -> Option<Paper> {
    if !table.has("kind") {
        table.wrong("`kind` is missing; write what the paper is, such as export-permit");
    }
    let kind = table.code("kind");
    let paper = kind.map(Paper::of).map(|paper| Paper {
        number: table.told_text("number"),
        issuer: table.code("issuer"),
        authority_listed: table.flag("authority_listed"),
        issued: table.told("issued"),
        expires: table.told("expires"),
        form: word(&table, "form", &FORMS),
        sealed: table.flag("sealed"),
        alteration: word(&table, "alteration", &ALTERATIONS),
        endorsement: endorsement(&table),
        retrospective: retrospective(&table),
        replaces: replaces(&table),
        printed: printed(&table),
        lines: table.tables("line", MOST_PAPER_LINES).into_iter().map(line).collect(),
        ..paper
    });
    if paper.is_some() {
        table.done();
    }
    paper
}

fn endorsement(table: &Table<'_>) -> Told<Endorsement> {
    table.told_table("endorsement").map(|box_14| {
        let read = Endorsement { on: box_14.code("on"), port: box_14.text("port") };
        box_14.done();
        read
    })
}

fn retrospective(table: &Table<'_>) -> Told<Retrospective> {
    table.told_table("retrospective").map(|late| {
        let read = Retrospective {
            stated: late.flag("stated"),
            agreed: late.flag("agreed"),
            declared: late.flag("declared"),
            grounds: word(&late, "grounds", &GROUNDS),
        };
        late.done();
        read
    })
}

fn replaces(table: &Table<'_>) -> Told<Replacement> {
    table.told_table("replaces").map(|old| {
        let read = Replacement {
            number: old.needed_text("number", "write the number of the paper it replaces"),
            reason: old.text("reason"),
        };
        old.done();
        read
    })
}

fn printed(table: &Table<'_>) -> Printed {
    let Some(printed) = table.table("printed") else { return Printed::default() };
    let conditions_met =
        if printed.is_none("conditions") { Told::Absent } else { printed.flag("conditions_met").into() };
    let read = Printed {
        destination: printed.told("destination"),
        importer: printed.told_text("importer"),
        exporter: printed.told_text("exporter"),
        purpose: printed.told("purpose"),
        port: printed.told_text("port"),
        conditions_met,
        transport: printed.flag("transport"),
        findings: printed.flag("findings"),
        language_accepted: printed.flag("language_accepted"),
        cites_approval: printed.flag("cites_approval"),
        quota_year_ends: printed.code("quota_year_ends"),
    };
    printed.done();
    read
}

fn line(table: Table<'_>) -> PaperLine {
    let read = PaperLine {
        name: table.needed_text("name", "write the scientific name printed in box 7"),
        term: table.told("term"),
        appendix: table.told("appendix"),
        source: table.told("source"),
        quantity: quantity(&table, "quantity", Some("unit")).into(),
        quota: quota(&table),
        origin: table.told("origin"),
        origin_permit: earlier(&table, "origin_permit"),
        last_re_export: earlier(&table, "last_re_export"),
        operation: table.told_text("operation"),
        acquired: table.told("acquired"),
        marks: table.told_text("marks"),
        endorsed: quantity(&table, "endorsed", None).into(),
    };
    table.done();
    read
}

fn quota(table: &Table<'_>) -> Told<QuotaStatement> {
    let told = table.told_table("quota").map(|box_11a| {
        let used = quantity(&box_11a, "used", None);
        let annual = quantity(&box_11a, "annual", None);
        if used.is_none() || annual.is_none() {
            box_11a.wrong("box 11a has two amounts; write `used` and `annual`");
        }
        box_11a.done();
        used.zip(annual).map(|(used, annual)| QuotaStatement { used, annual })
    });
    match told {
        Told::Is(Some(statement)) => Told::Is(statement),
        Told::Absent => Told::Absent,
        Told::Is(None) | Told::Unknown => Told::Unknown,
    }
}

fn earlier(table: &Table<'_>, key: &'static str) -> Told<EarlierPaper> {
    table.told_table(key).map(|paper| {
        let read = EarlierPaper {
            number: paper.needed_text("number", "write the number of the earlier paper"),
            issued: paper.code("issued"),
            issuer: paper.code("issuer"),
        };
        paper.done();
        read
    })
}
