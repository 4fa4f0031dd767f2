//! The forty applications: who asks for what, and what became of it on which day before today.

/// A line as an applicant writes it: name, kind of specimen, quantity, unit, source, purpose, origin.
pub(super) type Line = [&'static str; 7];

/// An application and how it went.
pub(super) struct Story {
    /// Who writes it.
    pub(super) by: &'static str,
    /// The place of the operator.
    pub(super) operator: usize,
    pub(super) kind: &'static str,
    pub(super) other_side: &'static str,
    pub(super) lines: &'static [Line],
    /// What is done, and how many days ago.
    pub(super) steps: &'static [(u32, Step)],
}

impl Story {
    /// How many days ago it begins.
    pub(super) fn begins(&self) -> u32 {
        self.steps.first().map_or(0, |(days, _)| *days)
    }
}

/// Something that is done to an application or to the permit that came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Draft,
    Submit,
    Notice(&'static str),
    Answer,
    Accept,
    Withdraw,
    /// All lines, the first one on the quota of this place.
    Grant(Option<usize>),
    Refuse(&'static str),
    Issue,
    /// What crossed on line 1.
    Endorse(&'static str),
    Cancel(&'static str),
    Lose,
    Return,
}

const SAKERS: &[Line] = &[["Falco cherrug", "LIV", "4", "NAR", "C", "T", "CN"]];
const SAKERS_BY_CHINESE_NAME: &[Line] =
    &[["猎隼", "LIV", "2", "NAR", "C", "T", "CN"], ["Falco rusticolus", "LIV", "1", "NAR", "C", "T", "CN"]];
const ORCHIDS: &[Line] = &[
    ["Dendrobium nobile", "LIV", "200", "NAR", "A", "T", "CN"],
    ["Paphiopedilum micranthum", "LIV", "30", "NAR", "A", "T", "CN"],
];
const GINSENG: &[Line] = &[["Panax quinquefolius", "ROO", "25", "KIL", "A", "T", "CN"]];
const COSTUS: &[Line] = &[["Saussurea costus", "ROO", "120", "KIL", "A", "T", "CN"]];
const HORN: &[Line] = &[["Saiga tatarica", "HOR", "8", "KIL", "O", "T", "KZ"]];
const SAMPLES: &[Line] = &[
    ["Panthera uncia", "SPE", "40", "NAR", "W", "S", "CN"],
    ["Ursus arctos", "SPE", "25", "NAR", "W", "S", "CN"],
];
const TORTOISES: &[Line] = &[["Testudo horsfieldii", "LIV", "20", "NAR", "F", "T", "KZ"]];
const CIRCUS: &[Line] = &[
    ["Ursus arctos", "LIV", "2", "NAR", "C", "Q", "CN"],
    ["Macaca mulatta", "LIV", "6", "NAR", "C", "Q", "CN"],
];

const EXPORT: &str = "export-permit";
const IMPORT: &str = "import-permit";

const NO_PROOF: &str = "The certificate of captive breeding is missing.";
const NO_MARKS: &str = "The marks of the birds (ring numbers) are missing.";
const NOT_FOUND: &str = "The origin of the specimens cannot be shown.";
const NO_GROUND: &str =
    "The parent stock was not acquired lawfully, so that the finding of lawful acquisition cannot be made.";

use Step::{
    Accept, Answer, Cancel, Draft, Endorse, Grant, Issue, Lose, Notice, Refuse, Return, Submit, Withdraw,
};

const fn story(
    by: &'static str,
    operator: usize,
    (kind, other_side): (&'static str, &'static str),
    lines: &'static [Line],
    steps: &'static [(u32, Step)],
) -> Story {
    Story { by, operator, kind, other_side, lines, steps }
}

/// The applications, of every state there is.
pub(super) const STORIES: [Story; 40] = [
    // Drafts.
    story("applicant", 0, (EXPORT, "AE"), SAKERS, &[(1, Draft)]),
    story("applicant", 0, (EXPORT, "KZ"), SAKERS_BY_CHINESE_NAME, &[(0, Draft)]),
    story("agent", 1, (EXPORT, "KG"), ORCHIDS, &[(6, Draft)]),
    story("agent", 3, (EXPORT, "KZ"), SAMPLES, &[(2, Draft)]),
    story("intake", 5, (EXPORT, "KZ"), CIRCUS, &[(0, Draft)]),
    // Handed in and not looked at yet: in time, due, late.
    story("applicant", 0, (EXPORT, "SA"), SAKERS, &[(1, Draft), (0, Submit)]),
    story("applicant", 0, (EXPORT, "AE"), SAKERS_BY_CHINESE_NAME, &[(3, Draft), (2, Submit)]),
    story("agent", 1, (EXPORT, "KZ"), ORCHIDS, &[(8, Draft), (5, Submit)]),
    story("agent", 2, (EXPORT, "PK"), COSTUS, &[(9, Draft), (9, Submit)]),
    story("agent", 2, (IMPORT, "KZ"), TORTOISES, &[(16, Draft), (14, Submit)]),
    // Told what is missing.
    story("applicant", 0, (EXPORT, "AE"), SAKERS, &[(9, Draft), (7, Submit), (4, Notice(NO_MARKS))]),
    story("agent", 3, (EXPORT, "KZ"), SAMPLES, &[(20, Draft), (18, Submit), (15, Notice(NOT_FOUND))]),
    story("agent", 1, (EXPORT, "KG"), ORCHIDS, &[(5, Draft), (4, Submit), (1, Notice(NO_PROOF))]),
    story(
        "agent",
        1,
        (EXPORT, "KZ"),
        ORCHIDS,
        &[(12, Draft), (11, Submit), (8, Notice(NO_PROOF)), (1, Answer)],
    ),
    // Accepted: early, due, late.
    story("applicant", 0, (EXPORT, "KZ"), SAKERS, &[(6, Draft), (5, Submit), (2, Accept)]),
    story("applicant", 0, (EXPORT, "QA"), SAKERS_BY_CHINESE_NAME, &[(15, Draft), (14, Submit), (11, Accept)]),
    story("agent", 2, (EXPORT, "KZ"), GINSENG, &[(30, Draft), (29, Submit), (26, Accept)]),
    story("agent", 3, (EXPORT, "KZ"), SAMPLES, &[(33, Draft), (32, Submit), (29, Accept)]),
    story("agent", 2, (IMPORT, "KZ"), HORN, &[(45, Draft), (44, Submit), (40, Accept)]),
    story(
        "applicant",
        0,
        (EXPORT, "AE"),
        SAKERS,
        &[(26, Draft), (25, Submit), (21, Notice(NO_MARKS)), (17, Answer), (14, Accept)],
    ),
    // Granted and not issued yet.
    story(
        "applicant",
        0,
        (EXPORT, "KZ"),
        SAKERS,
        &[(20, Draft), (19, Submit), (16, Accept), (3, Grant(Some(0)))],
    ),
    story(
        "agent",
        2,
        (EXPORT, "KG"),
        GINSENG,
        &[(21, Draft), (20, Submit), (17, Accept), (1, Grant(Some(1)))],
    ),
    story("agent", 1, (EXPORT, "KZ"), ORCHIDS, &[(18, Draft), (17, Submit), (14, Accept), (0, Grant(None))]),
    // Refused and withdrawn.
    story(
        "agent",
        2,
        (IMPORT, "KZ"),
        HORN,
        &[(40, Draft), (38, Submit), (35, Accept), (18, Refuse(NOT_FOUND))],
    ),
    story(
        "applicant",
        0,
        (EXPORT, "AE"),
        SAKERS,
        &[(55, Draft), (54, Submit), (50, Accept), (28, Refuse(NO_GROUND))],
    ),
    story("agent", 1, (EXPORT, "KG"), ORCHIDS, &[(25, Draft), (24, Submit), (20, Withdraw)]),
    story(
        "applicant",
        0,
        (EXPORT, "SA"),
        SAKERS,
        &[(60, Draft), (59, Submit), (55, Accept), (40, Grant(Some(0))), (35, Withdraw)],
    ),
    // Issued: unused, used in part, used up, and every end of a permit.
    story(
        "applicant",
        0,
        (EXPORT, "KZ"),
        SAKERS,
        &[(40, Draft), (39, Submit), (36, Accept), (20, Grant(Some(0))), (18, Issue)],
    ),
    story(
        "applicant",
        0,
        (EXPORT, "AE"),
        SAKERS,
        &[(50, Draft), (49, Submit), (46, Accept), (30, Grant(Some(0))), (28, Issue), (10, Endorse("1 NAR"))],
    ),
    story(
        "applicant",
        0,
        (EXPORT, "QA"),
        SAKERS,
        &[
            (70, Draft),
            (69, Submit),
            (66, Accept),
            (50, Grant(Some(0))),
            (48, Issue),
            (30, Endorse("3 NAR")),
            (12, Endorse("1 NAR")),
        ],
    ),
    story(
        "agent",
        1,
        (EXPORT, "KZ"),
        ORCHIDS,
        &[(42, Draft), (41, Submit), (38, Accept), (22, Grant(None)), (21, Issue)],
    ),
    story(
        "agent",
        2,
        (EXPORT, "KG"),
        GINSENG,
        &[
            (52, Draft),
            (51, Submit),
            (48, Accept),
            (31, Grant(Some(1))),
            (30, Issue),
            (9, Endorse("12.5 KIL")),
        ],
    ),
    story(
        "agent",
        3,
        (EXPORT, "KZ"),
        SAMPLES,
        &[(62, Draft), (61, Submit), (58, Accept), (41, Grant(None)), (40, Issue)],
    ),
    story(
        "agent",
        2,
        (EXPORT, "PK"),
        COSTUS,
        &[(64, Draft), (63, Submit), (60, Accept), (43, Grant(None)), (42, Issue), (20, Endorse("120 KIL"))],
    ),
    story(
        "applicant",
        0,
        (EXPORT, "SA"),
        SAKERS,
        &[
            (80, Draft),
            (79, Submit),
            (76, Accept),
            (60, Grant(Some(0))),
            (58, Issue),
            (40, Cancel("The buyer withdrew; the permit came back unused.")),
        ],
    ),
    story(
        "agent",
        1,
        (EXPORT, "KG"),
        ORCHIDS,
        &[(75, Draft), (74, Submit), (71, Accept), (55, Grant(None)), (54, Issue), (33, Lose)],
    ),
    story(
        "applicant",
        0,
        (EXPORT, "KZ"),
        SAKERS,
        &[
            (85, Draft),
            (84, Submit),
            (81, Accept),
            (66, Grant(Some(0))),
            (65, Issue),
            (45, Endorse("2 NAR")),
            (25, Return),
        ],
    ),
    story(
        "agent",
        2,
        (EXPORT, "KG"),
        GINSENG,
        &[(78, Draft), (77, Submit), (74, Accept), (58, Grant(Some(1))), (57, Issue)],
    ),
    // Long enough ago that their permits have run out.
    story(
        "applicant",
        0,
        (EXPORT, "AE"),
        SAKERS,
        &[(260, Draft), (259, Submit), (256, Accept), (240, Grant(None)), (239, Issue)],
    ),
    story(
        "agent",
        2,
        (EXPORT, "KZ"),
        COSTUS,
        &[
            (270, Draft),
            (269, Submit),
            (266, Accept),
            (250, Grant(None)),
            (249, Issue),
            (200, Endorse("60 KIL")),
        ],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_go_on_in_time_and_an_application_is_accepted_before_it_is_decided() {
        for (place, story) in STORIES.iter().enumerate() {
            assert!(story.steps.is_sorted_by(|one, next| one.0 >= next.0), "{place}");
            assert_eq!(story.steps.first().map(|(_, step)| *step), Some(Draft), "{place}");
            let decided = story.steps.iter().position(|(_, step)| matches!(step, Grant(_) | Refuse(_)));
            let accepted = story.steps.iter().position(|(_, step)| *step == Accept);
            assert!(decided.is_none() || accepted < decided, "{place}");
        }
    }
}
