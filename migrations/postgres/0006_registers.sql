-- The registers beside the permits: establishments, papers of other countries that were seen, and who is called when
-- something happens.

CREATE TABLE establishment (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL,
    kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('breeding-operation', 'nursery', 'scientific-institution')),
    -- Its number in the register, as written there; empty until it has one.
    number TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    country TEXT COLLATE "C" NOT NULL,
    operator TEXT COLLATE "C" REFERENCES operator (id),
    content_json TEXT COLLATE "C" NOT NULL,
    registered_on TEXT COLLATE "C",
    ended_on TEXT COLLATE "C",
    changed_at TEXT COLLATE "C" NOT NULL
);

CREATE INDEX establishment_by_number ON establishment (kind, country, number);
CREATE INDEX establishment_by_name ON establishment (kind, name, id);
CREATE INDEX establishment_of_operator ON establishment (operator);

-- The number is folded, so that one paper is one row however its number was typed; as written it stands in the content.
CREATE TABLE foreign_paper (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL,
    issuer TEXT COLLATE "C" NOT NULL,
    number TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    issued_on TEXT COLLATE "C",
    last_day TEXT COLLATE "C",
    content_json TEXT COLLATE "C" NOT NULL,
    made_at TEXT COLLATE "C" NOT NULL,
    changed_at TEXT COLLATE "C" NOT NULL
);

CREATE UNIQUE INDEX foreign_paper_by_number ON foreign_paper (issuer, number);

CREATE TABLE foreign_paper_line (
    paper TEXT COLLATE "C" NOT NULL REFERENCES foreign_paper (id),
    line BIGINT NOT NULL,
    kingdom TEXT COLLATE "C",
    taxon TEXT COLLATE "C",
    unit TEXT COLLATE "C" NOT NULL,
    millionths BIGINT NOT NULL CHECK (millionths >= 0),
    content_json TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (paper, line)
);

CREATE TRIGGER foreign_paper_line_is_not_changed BEFORE UPDATE OR DELETE ON foreign_paper_line
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER foreign_paper_line_is_not_emptied BEFORE TRUNCATE ON foreign_paper_line
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- In the unit in which it was told: whether that converts is the register's question, not the database's.
CREATE TABLE foreign_paper_use (
    event TEXT COLLATE "C" NOT NULL REFERENCES event (id) DEFERRABLE INITIALLY DEFERRED,
    place BIGINT NOT NULL,
    paper TEXT COLLATE "C" NOT NULL REFERENCES foreign_paper (id),
    line BIGINT NOT NULL,
    unit TEXT COLLATE "C" NOT NULL,
    millionths BIGINT NOT NULL CHECK (millionths >= 0),
    day TEXT COLLATE "C" NOT NULL,
    port TEXT COLLATE "C",
    reference TEXT COLLATE "C",
    at TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (event, place)
);

CREATE INDEX foreign_paper_use_of_line ON foreign_paper_use (paper, line, unit, millionths);

CREATE TRIGGER foreign_paper_use_is_not_changed BEFORE UPDATE OR DELETE ON foreign_paper_use
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER foreign_paper_use_is_not_emptied BEFORE TRUNCATE ON foreign_paper_use
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE webhook (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL,
    operator TEXT COLLATE "C" REFERENCES operator (id),
    agency TEXT COLLATE "C" REFERENCES agency (id),
    url TEXT COLLATE "C" NOT NULL,
    secret TEXT COLLATE "C" NOT NULL,
    deeds TEXT COLLATE "C" NOT NULL,
    active BIGINT NOT NULL CHECK (active IN (0, 1)),
    changed_at TEXT COLLATE "C" NOT NULL,
    CHECK ((operator IS NULL) <> (agency IS NULL))
);

CREATE INDEX webhook_of_operator ON webhook (operator, active);
CREATE INDEX webhook_of_agency ON webhook (agency, active);
