-- The registers beside the permits: establishments, papers of other countries that were seen, and who is called when
-- something happens.

CREATE TABLE establishment (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('breeding-operation', 'nursery', 'scientific-institution')),
    -- Its number in the register, as written there; empty until it has one.
    number TEXT NOT NULL,
    name TEXT NOT NULL,
    country TEXT NOT NULL,
    operator TEXT REFERENCES operator (id),
    content_json TEXT NOT NULL,
    registered_on TEXT,
    ended_on TEXT,
    changed_at TEXT NOT NULL
) STRICT;

CREATE INDEX establishment_by_number ON establishment (kind, country, number);
CREATE INDEX establishment_by_name ON establishment (kind, name, id);
CREATE INDEX establishment_of_operator ON establishment (operator);

-- The number is folded, so that one paper is one row however its number was typed; as written it stands in the content.
CREATE TABLE foreign_paper (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    issuer TEXT NOT NULL,
    number TEXT NOT NULL,
    kind TEXT NOT NULL,
    issued_on TEXT,
    last_day TEXT,
    content_json TEXT NOT NULL,
    made_at TEXT NOT NULL,
    changed_at TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX foreign_paper_by_number ON foreign_paper (issuer, number);

CREATE TABLE foreign_paper_line (
    paper TEXT NOT NULL REFERENCES foreign_paper (id),
    line INTEGER NOT NULL,
    kingdom TEXT,
    taxon TEXT,
    unit TEXT NOT NULL,
    millionths INTEGER NOT NULL CHECK (millionths >= 0),
    content_json TEXT NOT NULL,
    PRIMARY KEY (paper, line)
) STRICT;

CREATE TRIGGER foreign_paper_line_is_not_updated BEFORE UPDATE ON foreign_paper_line
BEGIN SELECT RAISE(ABORT, 'rows of foreign_paper_line are never changed'); END;

CREATE TRIGGER foreign_paper_line_is_not_deleted BEFORE DELETE ON foreign_paper_line
BEGIN SELECT RAISE(ABORT, 'rows of foreign_paper_line are never changed'); END;

-- In the unit in which it was told: whether that converts is the register's question, not the database's.
CREATE TABLE foreign_paper_use (
    event TEXT NOT NULL REFERENCES event (id) DEFERRABLE INITIALLY DEFERRED,
    place INTEGER NOT NULL,
    paper TEXT NOT NULL REFERENCES foreign_paper (id),
    line INTEGER NOT NULL,
    unit TEXT NOT NULL,
    millionths INTEGER NOT NULL CHECK (millionths >= 0),
    day TEXT NOT NULL,
    port TEXT,
    reference TEXT,
    at TEXT NOT NULL,
    PRIMARY KEY (event, place)
) STRICT;

CREATE INDEX foreign_paper_use_of_line ON foreign_paper_use (paper, line, unit, millionths);

CREATE TRIGGER foreign_paper_use_is_not_updated BEFORE UPDATE ON foreign_paper_use
BEGIN SELECT RAISE(ABORT, 'rows of foreign_paper_use are never changed'); END;

CREATE TRIGGER foreign_paper_use_is_not_deleted BEFORE DELETE ON foreign_paper_use
BEGIN SELECT RAISE(ABORT, 'rows of foreign_paper_use are never changed'); END;

CREATE TABLE webhook (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    operator TEXT REFERENCES operator (id),
    agency TEXT REFERENCES agency (id),
    url TEXT NOT NULL,
    secret TEXT NOT NULL,
    deeds TEXT NOT NULL,
    active INTEGER NOT NULL CHECK (active IN (0, 1)),
    changed_at TEXT NOT NULL,
    CHECK ((operator IS NULL) <> (agency IS NULL))
) STRICT;

CREATE INDEX webhook_of_operator ON webhook (operator, active);
CREATE INDEX webhook_of_agency ON webhook (agency, active);
