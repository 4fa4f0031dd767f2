-- Applications with their files and letters. What is searched, joined or sorted by is a column; the state itself is
-- the JSON text of its type, which refuses what cannot be.

CREATE TABLE application (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    operator TEXT NOT NULL REFERENCES operator (id),
    -- The office in charge; none of a draft.
    agency TEXT REFERENCES agency (id),
    -- The kind of paper that is asked for, where it is told.
    kind TEXT,
    state TEXT NOT NULL,
    state_json TEXT NOT NULL,
    review_state TEXT,
    review_json TEXT,
    asked TEXT NOT NULL,
    -- The last day of the clock that runs; the last day of all where none does.
    due TEXT NOT NULL,
    submitted_on TEXT,
    edition TEXT,
    assessment_json TEXT,
    made_at TEXT NOT NULL,
    changed_at TEXT NOT NULL
) STRICT;

CREATE INDEX application_queue ON application (agency, state, due, id);
CREATE INDEX application_of_agency ON application (agency, made_at, id);
CREATE INDEX application_of_operator ON application (operator, made_at, id);
CREATE INDEX application_in_time ON application (made_at, id);

-- The agencies that were let in, and who has done which step: what decides who may see it or act on it.
CREATE TABLE application_let_in (
    application TEXT NOT NULL REFERENCES application (id),
    agency TEXT NOT NULL REFERENCES agency (id),
    PRIMARY KEY (application, agency)
) STRICT;

CREATE INDEX application_let_in_of_agency ON application_let_in (agency, application);

CREATE TABLE application_hand (
    application TEXT NOT NULL REFERENCES application (id),
    hand TEXT NOT NULL,
    account TEXT NOT NULL REFERENCES account (id),
    PRIMARY KEY (application, hand, account)
) STRICT;

-- A question to the Scientific Authority or abroad, by its number in the clock, and its letters.
CREATE TABLE consultation (
    application TEXT NOT NULL REFERENCES application (id),
    question INTEGER NOT NULL,
    version INTEGER NOT NULL,
    asked_of TEXT NOT NULL,
    agency TEXT REFERENCES agency (id),
    letter TEXT NOT NULL,
    asked_on TEXT NOT NULL,
    answer TEXT,
    answered_on TEXT,
    changed_at TEXT NOT NULL,
    PRIMARY KEY (application, question),
    CHECK ((answer IS NULL) = (answered_on IS NULL))
) STRICT;

-- What an agency was asked and has not answered.
CREATE INDEX consultation_open ON consultation (agency, asked_on, application) WHERE answered_on IS NULL;

CREATE TABLE attachment (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    application TEXT NOT NULL REFERENCES application (id),
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    bytes BLOB NOT NULL,
    account TEXT NOT NULL REFERENCES account (id),
    made_at TEXT NOT NULL,
    removed_at TEXT
) STRICT;

CREATE INDEX attachment_of_application ON attachment (application, made_at, id);
