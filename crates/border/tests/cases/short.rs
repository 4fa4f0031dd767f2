//! From the short form of a case to the long form of a consignment.
//!
//! `?` stands for what nobody has told. A paper named in short is in order in every box: a row says only
//! what is otherwise.

use border::consignment::{self, Consignment};
use cites::Day;
use toml::{Table, Value};

use super::row::Told;

/// The day and the consignment that a row tells, over what its file tells for all.
pub fn consignment(default: &Told, row: &Told) -> (Day, Consignment) {
    let on = row.on.or(default.on).expect("a row has a day");
    let on: Day = on.to_string().parse().expect("`on` is a day");
    let journey = row.journey.as_ref().or(default.journey.as_ref()).expect("a row has a journey");
    let mut whole = journey_of(journey, on);
    let goods = row.goods.as_ref().or(default.goods.as_ref()).expect("a row has goods").all();
    let lines: Vec<Table> = goods.iter().map(|text| goods_of(text)).collect();
    let papers = row.papers.as_ref().or(default.papers.as_ref()).cloned().unwrap_or_default();
    let papers: Vec<Value> =
        papers.iter().map(|paper| Value::Table(paper_of(paper, &whole, &lines, on))).collect();
    let mut lines = lines;
    for extra in [&default.line, &row.line].into_iter().flatten() {
        lines.iter_mut().for_each(|line| merge(line, extra));
    }
    for extra in [&default.lines, &row.lines].into_iter().flatten() {
        lines.iter_mut().zip(extra).for_each(|(line, extra)| merge(line, extra));
    }
    for extra in [&default.also, &row.also].into_iter().flatten() {
        merge(&mut whole, extra);
    }
    whole.insert("line".into(), Value::Array(lines.into_iter().map(Value::Table).collect()));
    whole.insert("paper".into(), Value::Array(papers));
    let text = toml::to_string(&whole).expect("a table is TOML");
    let read = consignment::from_toml(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    (on, read)
}

/// Puts `extra` over `table`, tables within tables; the text `?` takes a key away.
fn merge(table: &mut Table, extra: &Table) {
    for (key, value) in extra {
        match (table.get_mut(key), value) {
            (_, Value::String(text)) if text == "?" => {
                table.remove(key);
            }
            (Some(Value::Table(inner)), Value::Table(extra)) => merge(inner, extra),
            _ => {
                table.insert(key.clone(), value.clone());
            }
        }
    }
}

fn text(value: &str) -> Value {
    Value::String(value.to_owned())
}

fn set(table: &mut Table, key: &str, value: &str) {
    if value != "?" {
        table.insert(key.to_owned(), text(value));
    }
}

fn day(day: Day) -> Value {
    text(&day.to_string())
}

/// `import KZ > CN by cargo at Horgos for T > T`.
fn journey_of(journey: &str, on: Day) -> Table {
    let mut words = journey.split_whitespace();
    let mut table = Table::new();
    set(&mut table, "direction", words.next().expect("a direction"));
    let mut countries = Table::new();
    set(&mut countries, "export", words.next().expect("a State of export"));
    assert_eq!(words.next(), Some(">"), "{journey}");
    set(&mut countries, "import", words.next().expect("a State of import"));
    countries.insert("via".into(), Value::Array(Vec::new()));
    let rest: Vec<&str> = words.collect();
    let mut purpose = Table::new();
    let mut at = 0;
    while let Some(word) = rest.get(at) {
        let value = rest.get(at + 1).expect("a word after by, at or for");
        match *word {
            "by" => set(&mut table, "carrier", value),
            "at" => set(&mut table, "port", &value.replace('_', " ")),
            "for" => {
                set(&mut purpose, "export", value);
                assert_eq!(rest.get(at + 2), Some(&">"), "{journey}");
                set(&mut purpose, "import", rest.get(at + 3).expect("a purpose of import"));
                at += 2;
            }
            other => panic!("`{other}` in `{journey}`"),
        }
        at += 2;
    }
    let mut dates = Table::new();
    dates.insert("left".into(), day(on.plus_days(-3)));
    dates.insert("arrived".into(), day(on.plus_days(-1)));
    dates.insert("presented".into(), day(on));
    table.insert("countries".into(), Value::Table(countries));
    table.insert("purpose".into(), Value::Table(purpose));
    table.insert("dates".into(), Value::Table(dates));
    table
}

/// `HOR W 30 KGM Saiga tatarica from KZ`.
fn goods_of(goods: &str) -> Table {
    let (front, origin) = goods.rsplit_once(" from ").expect("goods have an origin, or `from ?`");
    let words: Vec<&str> = front.split_whitespace().collect();
    let [term, source, amount, unit, name @ ..] = words.as_slice() else {
        panic!("`{goods}` is no line of goods")
    };
    let mut table = Table::new();
    table.insert("name".into(), text(&name.join(" ")));
    set(&mut table, "term", term);
    set(&mut table, "source", source);
    if *amount != "?" {
        table.insert("quantity".into(), text(&format!("{amount} {unit}")));
    }
    set(&mut table, "origin", origin);
    table
}

/// `export-permit KZ II`: a paper in order in every box, or a table with `like` and what is otherwise.
fn paper_of(paper: &Value, journey: &Table, lines: &[Table], on: Day) -> Table {
    match paper {
        Value::String(short) => good_paper(short, journey, lines, on),
        Value::Table(table) => {
            let like = table.get("like").and_then(Value::as_str).expect("a paper is like a good one");
            let mut good = good_paper(like, journey, lines, on);
            let mut extra = table.clone();
            extra.remove("like");
            let of_lines = extra.remove("line");
            merge(&mut good, &extra);
            match of_lines {
                Some(Value::Table(extra)) => {
                    let blocks = good.get_mut("line").and_then(Value::as_array_mut).expect("blocks");
                    blocks.iter_mut().filter_map(Value::as_table_mut).for_each(|block| merge(block, &extra));
                }
                Some(list) => {
                    good.insert("line".into(), list);
                }
                None => {}
            }
            good
        }
        other => panic!("`{other}` is no paper"),
    }
}

fn good_paper(short: &str, journey: &Table, lines: &[Table], on: Day) -> Table {
    let mut words = short.split_whitespace();
    let kind = words.next().expect("a kind");
    let state = words.next().expect("a State");
    let appendix = words.next();
    let mut paper = Table::new();
    set(&mut paper, "kind", kind);
    set(&mut paper, "issuer", state);
    paper.insert("number".into(), text(&format!("{state}-1")));
    // Import permits are granted before export permits.
    let age = if kind == "import-permit" { 40 } else { 30 };
    paper.insert("issued".into(), day(on.plus_days(-age)));
    paper.insert("expires".into(), day(on.plus_days(60)));
    set(&mut paper, "form", "original");
    paper.insert("sealed".into(), Value::Boolean(true));
    set(&mut paper, "alteration", "none");
    paper.insert("authority_listed".into(), Value::Boolean(true));
    let mut endorsement = Table::new();
    endorsement.insert("on".into(), day(on.plus_days(-3)));
    paper.insert("endorsement".into(), Value::Table(endorsement));
    paper.insert("printed".into(), Value::Table(printed(kind, journey)));
    let blocks = lines.iter().map(|line| Value::Table(block(kind, appendix, line, on)));
    paper.insert("line".into(), Value::Array(blocks.collect()));
    paper
}

fn printed(kind: &str, journey: &Table) -> Table {
    let mut printed = Table::new();
    let of = |table: &str, key: &str| journey.get(table).and_then(|table| table.get(key)).cloned();
    let side = if kind.starts_with("import") || kind.starts_with("cn/") { "import" } else { "export" };
    if let Some(purpose) = of("purpose", side) {
        printed.insert("purpose".into(), purpose);
    }
    if let Some(destination) = of("countries", "import") {
        printed.insert("destination".into(), destination);
    }
    printed.insert("conditions".into(), text("none"));
    for yes in ["transport", "findings", "language_accepted"] {
        printed.insert(yes.into(), Value::Boolean(true));
    }
    printed
}

fn block(kind: &str, appendix: Option<&str>, line: &Table, on: Day) -> Table {
    let mut block = Table::new();
    for key in ["name", "term", "source", "quantity", "origin"] {
        if let Some(value) = line.get(key) {
            block.insert(key.into(), value.clone());
        }
    }
    if let Some(quantity) = line.get("quantity") {
        block.insert("endorsed".into(), quantity.clone());
    }
    if let Some(appendix) = appendix {
        set(&mut block, "appendix", appendix);
    }
    if kind == "re-export-certificate" {
        let mut origin = Table::new();
        origin.insert("number".into(), text("origin-1"));
        origin.insert("issued".into(), day(on.plus_days(-200)));
        block.insert("origin_permit".into(), Value::Table(origin));
    }
    block
}
