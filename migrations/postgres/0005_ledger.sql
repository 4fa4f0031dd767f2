-- Quotas, permits, numbers and stamps. A balance is the sum of its moves and stands nowhere; a move or an entry is
-- never changed, and the triggers refuse whoever tries.

CREATE TABLE quota (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL,
    agency TEXT COLLATE "C" NOT NULL REFERENCES agency (id),
    year BIGINT NOT NULL,
    country TEXT COLLATE "C" NOT NULL,
    kingdom TEXT COLLATE "C" NOT NULL,
    taxon TEXT COLLATE "C" NOT NULL,
    -- Empty where the quota is for any.
    term TEXT COLLATE "C" NOT NULL,
    source TEXT COLLATE "C" NOT NULL,
    purpose TEXT COLLATE "C" NOT NULL,
    unit TEXT COLLATE "C" NOT NULL,
    basis TEXT COLLATE "C" NOT NULL,
    changed_at TEXT COLLATE "C" NOT NULL
);

CREATE UNIQUE INDEX quota_of_what ON quota (year, country, kingdom, taxon, term, source, purpose, unit);
CREATE INDEX quota_of_taxon ON quota (kingdom, taxon, year);
CREATE INDEX quota_of_agency ON quota (agency, year, id);

CREATE TABLE quota_move (
    event TEXT COLLATE "C" NOT NULL REFERENCES event (id) DEFERRABLE INITIALLY DEFERRED,
    place BIGINT NOT NULL,
    quota TEXT COLLATE "C" NOT NULL REFERENCES quota (id),
    application TEXT COLLATE "C" REFERENCES application (id),
    kind TEXT COLLATE "C" NOT NULL,
    millionths BIGINT NOT NULL CHECK (millionths > 0),
    at TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (event, place)
);

-- Holds all that a balance is summed from.
CREATE INDEX quota_move_of_quota ON quota_move (quota, kind, application, millionths);
CREATE INDEX quota_move_of_application ON quota_move (application, quota);

CREATE TRIGGER quota_move_is_not_changed BEFORE UPDATE OR DELETE ON quota_move
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER quota_move_is_not_emptied BEFORE TRUNCATE ON quota_move
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE number_series (
    office TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES agency (id),
    version BIGINT NOT NULL,
    form TEXT COLLATE "C" NOT NULL,
    changed_at TEXT COLLATE "C" NOT NULL
);

CREATE TABLE permit (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL,
    number TEXT COLLATE "C" NOT NULL,
    office TEXT COLLATE "C" NOT NULL REFERENCES agency (id),
    -- Of numbers that the office's series gave; none of permits that were taken over.
    year BIGINT,
    serial BIGINT,
    kind TEXT COLLATE "C" NOT NULL,
    application TEXT COLLATE "C" REFERENCES application (id),
    operator TEXT COLLATE "C" NOT NULL REFERENCES operator (id),
    -- `issued` until it ends; that it has expired follows from its last day.
    state TEXT COLLATE "C" NOT NULL,
    state_json TEXT COLLATE "C" NOT NULL,
    issued_on TEXT COLLATE "C" NOT NULL,
    last_day TEXT COLLATE "C" NOT NULL,
    replaces TEXT COLLATE "C" REFERENCES permit (id),
    edition TEXT COLLATE "C",
    face_json TEXT COLLATE "C" NOT NULL,
    changed_at TEXT COLLATE "C" NOT NULL,
    CHECK ((year IS NULL) = (serial IS NULL))
);

CREATE UNIQUE INDEX permit_by_number ON permit (number);
CREATE UNIQUE INDEX permit_by_serial ON permit (office, year, serial);
CREATE INDEX permit_of_office ON permit (office, issued_on, id);
CREATE INDEX permit_of_operator ON permit (operator, issued_on, id);
CREATE INDEX permit_of_application ON permit (application);
CREATE INDEX permit_in_time ON permit (issued_on, id);
CREATE INDEX permit_live ON permit (state, last_day, id);

CREATE TABLE permit_line (
    permit TEXT COLLATE "C" NOT NULL REFERENCES permit (id),
    line BIGINT NOT NULL,
    kingdom TEXT COLLATE "C" NOT NULL,
    taxon TEXT COLLATE "C" NOT NULL,
    unit TEXT COLLATE "C" NOT NULL,
    quota TEXT COLLATE "C" REFERENCES quota (id),
    content_json TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (permit, line)
);

-- A change of the law looks for the permits of a taxon.
CREATE INDEX permit_line_of_taxon ON permit_line (kingdom, taxon, permit);

CREATE TRIGGER permit_line_is_not_changed BEFORE UPDATE OR DELETE ON permit_line
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER permit_line_is_not_emptied BEFORE TRUNCATE ON permit_line
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE permit_move (
    event TEXT COLLATE "C" NOT NULL REFERENCES event (id) DEFERRABLE INITIALLY DEFERRED,
    place BIGINT NOT NULL,
    permit TEXT COLLATE "C" NOT NULL,
    line BIGINT NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    millionths BIGINT NOT NULL CHECK (millionths > 0),
    -- The day and the port of an endorsement.
    day TEXT COLLATE "C" NOT NULL,
    port TEXT COLLATE "C",
    at TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (event, place),
    FOREIGN KEY (permit, line) REFERENCES permit_line (permit, line)
);

CREATE INDEX permit_move_of_line ON permit_move (permit, line, kind, millionths);

CREATE TRIGGER permit_move_is_not_changed BEFORE UPDATE OR DELETE ON permit_move
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER permit_move_is_not_emptied BEFORE TRUNCATE ON permit_move
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A run that came in has no fate; something became of one stamp where first and last are the same.
CREATE TABLE stamp_entry (
    event TEXT COLLATE "C" NOT NULL REFERENCES event (id) DEFERRABLE INITIALLY DEFERRED,
    place BIGINT NOT NULL,
    office TEXT COLLATE "C" NOT NULL REFERENCES number_series (office),
    first BIGINT NOT NULL,
    last BIGINT NOT NULL,
    fate TEXT COLLATE "C" CHECK (fate IN ('issued', 'spoiled', 'lost')),
    permit TEXT COLLATE "C" REFERENCES permit (id),
    at TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (event, place),
    CHECK (first <= last),
    CHECK (fate IS NULL OR first = last)
);

CREATE INDEX stamp_entry_of_office ON stamp_entry (office, fate, first);
CREATE UNIQUE INDEX stamp_entry_once ON stamp_entry (office, first, fate) WHERE fate IS NOT NULL;
CREATE INDEX stamp_entry_of_permit ON stamp_entry (permit);

CREATE TRIGGER stamp_entry_is_not_changed BEFORE UPDATE OR DELETE ON stamp_entry
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER stamp_entry_is_not_emptied BEFORE TRUNCATE ON stamp_entry
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
