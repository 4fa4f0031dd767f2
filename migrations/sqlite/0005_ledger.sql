-- Quotas, permits, numbers and stamps. A balance is the sum of its moves and stands nowhere; a move or an entry is
-- never changed, and the triggers refuse whoever tries.

CREATE TABLE quota (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    agency TEXT NOT NULL REFERENCES agency (id),
    year INTEGER NOT NULL,
    country TEXT NOT NULL,
    kingdom TEXT NOT NULL,
    taxon TEXT NOT NULL,
    -- Empty where the quota is for any.
    term TEXT NOT NULL,
    source TEXT NOT NULL,
    purpose TEXT NOT NULL,
    unit TEXT NOT NULL,
    basis TEXT NOT NULL,
    changed_at TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX quota_of_what ON quota (year, country, kingdom, taxon, term, source, purpose, unit);
CREATE INDEX quota_of_taxon ON quota (kingdom, taxon, year);
CREATE INDEX quota_of_agency ON quota (agency, year, id);

CREATE TABLE quota_move (
    event TEXT NOT NULL REFERENCES event (id) DEFERRABLE INITIALLY DEFERRED,
    place INTEGER NOT NULL,
    quota TEXT NOT NULL REFERENCES quota (id),
    application TEXT REFERENCES application (id),
    kind TEXT NOT NULL,
    millionths INTEGER NOT NULL CHECK (millionths > 0),
    at TEXT NOT NULL,
    PRIMARY KEY (event, place)
) STRICT;

-- Holds all that a balance is summed from.
CREATE INDEX quota_move_of_quota ON quota_move (quota, kind, application, millionths);
CREATE INDEX quota_move_of_application ON quota_move (application, quota);

CREATE TRIGGER quota_move_is_not_updated BEFORE UPDATE ON quota_move
BEGIN SELECT RAISE(ABORT, 'rows of quota_move are never changed'); END;

CREATE TRIGGER quota_move_is_not_deleted BEFORE DELETE ON quota_move
BEGIN SELECT RAISE(ABORT, 'rows of quota_move are never changed'); END;

CREATE TABLE number_series (
    office TEXT NOT NULL PRIMARY KEY REFERENCES agency (id),
    version INTEGER NOT NULL,
    form TEXT NOT NULL,
    changed_at TEXT NOT NULL
) STRICT;

CREATE TABLE permit (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    number TEXT NOT NULL,
    office TEXT NOT NULL REFERENCES agency (id),
    -- Of numbers that the office's series gave; none of permits that were taken over.
    year INTEGER,
    serial INTEGER,
    kind TEXT NOT NULL,
    application TEXT REFERENCES application (id),
    operator TEXT NOT NULL REFERENCES operator (id),
    -- `issued` until it ends; that it has expired follows from its last day.
    state TEXT NOT NULL,
    state_json TEXT NOT NULL,
    issued_on TEXT NOT NULL,
    last_day TEXT NOT NULL,
    replaces TEXT REFERENCES permit (id),
    edition TEXT,
    face_json TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    CHECK ((year IS NULL) = (serial IS NULL))
) STRICT;

CREATE UNIQUE INDEX permit_by_number ON permit (number);
CREATE UNIQUE INDEX permit_by_serial ON permit (office, year, serial);
CREATE INDEX permit_of_office ON permit (office, issued_on, id);
CREATE INDEX permit_of_operator ON permit (operator, issued_on, id);
CREATE INDEX permit_of_application ON permit (application);
CREATE INDEX permit_in_time ON permit (issued_on, id);
CREATE INDEX permit_live ON permit (state, last_day, id);

CREATE TABLE permit_line (
    permit TEXT NOT NULL REFERENCES permit (id),
    line INTEGER NOT NULL,
    kingdom TEXT NOT NULL,
    taxon TEXT NOT NULL,
    unit TEXT NOT NULL,
    quota TEXT REFERENCES quota (id),
    content_json TEXT NOT NULL,
    PRIMARY KEY (permit, line)
) STRICT;

-- A change of the law looks for the permits of a taxon.
CREATE INDEX permit_line_of_taxon ON permit_line (kingdom, taxon, permit);

CREATE TRIGGER permit_line_is_not_updated BEFORE UPDATE ON permit_line
BEGIN SELECT RAISE(ABORT, 'rows of permit_line are never changed'); END;

CREATE TRIGGER permit_line_is_not_deleted BEFORE DELETE ON permit_line
BEGIN SELECT RAISE(ABORT, 'rows of permit_line are never changed'); END;

CREATE TABLE permit_move (
    event TEXT NOT NULL REFERENCES event (id) DEFERRABLE INITIALLY DEFERRED,
    place INTEGER NOT NULL,
    permit TEXT NOT NULL,
    line INTEGER NOT NULL,
    kind TEXT NOT NULL,
    millionths INTEGER NOT NULL CHECK (millionths > 0),
    -- The day and the port of an endorsement.
    day TEXT NOT NULL,
    port TEXT,
    at TEXT NOT NULL,
    PRIMARY KEY (event, place),
    FOREIGN KEY (permit, line) REFERENCES permit_line (permit, line)
) STRICT;

CREATE INDEX permit_move_of_line ON permit_move (permit, line, kind, millionths);

CREATE TRIGGER permit_move_is_not_updated BEFORE UPDATE ON permit_move
BEGIN SELECT RAISE(ABORT, 'rows of permit_move are never changed'); END;

CREATE TRIGGER permit_move_is_not_deleted BEFORE DELETE ON permit_move
BEGIN SELECT RAISE(ABORT, 'rows of permit_move are never changed'); END;

-- A run that came in has no fate; something became of one stamp where first and last are the same.
CREATE TABLE stamp_entry (
    event TEXT NOT NULL REFERENCES event (id) DEFERRABLE INITIALLY DEFERRED,
    place INTEGER NOT NULL,
    office TEXT NOT NULL REFERENCES number_series (office),
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    fate TEXT CHECK (fate IN ('issued', 'spoiled', 'lost')),
    permit TEXT REFERENCES permit (id),
    at TEXT NOT NULL,
    PRIMARY KEY (event, place),
    CHECK (first <= last),
    CHECK (fate IS NULL OR first = last)
) STRICT;

CREATE INDEX stamp_entry_of_office ON stamp_entry (office, fate, first);
CREATE UNIQUE INDEX stamp_entry_once ON stamp_entry (office, first, fate) WHERE fate IS NOT NULL;
CREATE INDEX stamp_entry_of_permit ON stamp_entry (permit);

CREATE TRIGGER stamp_entry_is_not_updated BEFORE UPDATE ON stamp_entry
BEGIN SELECT RAISE(ABORT, 'rows of stamp_entry are never changed'); END;

CREATE TRIGGER stamp_entry_is_not_deleted BEFORE DELETE ON stamp_entry
BEGIN SELECT RAISE(ABORT, 'rows of stamp_entry are never changed'); END;
