-- Applications with their files and letters. What is searched, joined or sorted by is a column; the state itself is
-- the JSON text of its type, which refuses what cannot be.

CREATE TABLE application (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL,
    operator TEXT COLLATE "C" NOT NULL REFERENCES operator (id),
    -- The office in charge; none of a draft.
    agency TEXT COLLATE "C" REFERENCES agency (id),
    -- The kind of paper that is asked for, where it is told.
    kind TEXT COLLATE "C",
    state TEXT COLLATE "C" NOT NULL,
    state_json TEXT COLLATE "C" NOT NULL,
    review_state TEXT COLLATE "C",
    review_json TEXT COLLATE "C",
    asked TEXT COLLATE "C" NOT NULL,
    -- The last day of the clock that runs; the last day of all where none does.
    due TEXT COLLATE "C" NOT NULL,
    submitted_on TEXT COLLATE "C",
    edition TEXT COLLATE "C",
    assessment_json TEXT COLLATE "C",
    made_at TEXT COLLATE "C" NOT NULL,
    changed_at TEXT COLLATE "C" NOT NULL
);

CREATE INDEX application_queue ON application (agency, state, due, id);
CREATE INDEX application_of_agency ON application (agency, made_at, id);
CREATE INDEX application_of_operator ON application (operator, made_at, id);
CREATE INDEX application_in_time ON application (made_at, id);

-- The agencies that were let in, and who has done which step: what decides who may see it or act on it.
CREATE TABLE application_let_in (
    application TEXT COLLATE "C" NOT NULL REFERENCES application (id),
    agency TEXT COLLATE "C" NOT NULL REFERENCES agency (id),
    PRIMARY KEY (application, agency)
);

CREATE INDEX application_let_in_of_agency ON application_let_in (agency, application);

CREATE TABLE application_hand (
    application TEXT COLLATE "C" NOT NULL REFERENCES application (id),
    hand TEXT COLLATE "C" NOT NULL,
    account TEXT COLLATE "C" NOT NULL REFERENCES account (id),
    PRIMARY KEY (application, hand, account)
);

-- A question to the Scientific Authority or abroad, by its number in the clock, and its letters.
CREATE TABLE consultation (
    application TEXT COLLATE "C" NOT NULL REFERENCES application (id),
    question BIGINT NOT NULL,
    version BIGINT NOT NULL,
    asked_of TEXT COLLATE "C" NOT NULL,
    agency TEXT COLLATE "C" REFERENCES agency (id),
    letter TEXT COLLATE "C" NOT NULL,
    asked_on TEXT COLLATE "C" NOT NULL,
    answer TEXT COLLATE "C",
    answered_on TEXT COLLATE "C",
    changed_at TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (application, question),
    CHECK ((answer IS NULL) = (answered_on IS NULL))
);

-- What an agency was asked and has not answered.
CREATE INDEX consultation_open ON consultation (agency, asked_on, application) WHERE answered_on IS NULL;

CREATE TABLE attachment (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL,
    application TEXT COLLATE "C" NOT NULL REFERENCES application (id),
    name TEXT COLLATE "C" NOT NULL,
    media_type TEXT COLLATE "C" NOT NULL,
    size BIGINT NOT NULL,
    sha256 TEXT COLLATE "C" NOT NULL,
    bytes BYTEA NOT NULL,
    account TEXT COLLATE "C" NOT NULL REFERENCES account (id),
    made_at TEXT COLLATE "C" NOT NULL,
    removed_at TEXT COLLATE "C"
);

CREATE INDEX attachment_of_application ON attachment (application, made_at, id);
