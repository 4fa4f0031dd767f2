-- What all migrations give, written by COUNTRYGATE_WRITE=1; never edited by hand.

CREATE TABLE account (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    login TEXT NOT NULL,
    name TEXT NOT NULL,
    mail TEXT,
    language TEXT NOT NULL,
    agency TEXT REFERENCES agency (id),
    -- Grows with every change of what the account may do, so that sessions change their tokens.
    rights INTEGER NOT NULL,
    barred INTEGER NOT NULL CHECK (barred IN (0, 1)),
    made_at TEXT NOT NULL,
    changed_at TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX account_by_login ON account (login);

CREATE INDEX account_of_agency ON account (agency, id);

CREATE TABLE account_role (
    account TEXT NOT NULL REFERENCES account (id),
    role TEXT NOT NULL,
    PRIMARY KEY (account, role)
) STRICT;

CREATE INDEX account_role_by_role ON account_role (role, account);

CREATE TABLE agency (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    name TEXT NOT NULL,
    authorities TEXT NOT NULL,
    source TEXT,
    changed_at TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX agency_by_name ON agency (name);

CREATE TABLE api_token (
    id TEXT NOT NULL PRIMARY KEY,
    account TEXT NOT NULL REFERENCES account (id),
    secret_hash TEXT NOT NULL,
    label TEXT NOT NULL,
    scopes TEXT NOT NULL,
    made_at TEXT NOT NULL,
    until_at TEXT NOT NULL,
    revoked_at TEXT,
    used_at TEXT
) STRICT;

CREATE UNIQUE INDEX api_token_by_hash ON api_token (secret_hash);

CREATE INDEX api_token_of_account ON api_token (account, made_at);

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
, stopped_by TEXT, stopped_question INTEGER, review_agency TEXT REFERENCES agency (id)) STRICT;

CREATE INDEX application_in_review ON application (review_agency, review_state, due, id);

CREATE INDEX application_in_time ON application (made_at, id);

CREATE INDEX application_of_agency ON application (agency, made_at, id);

CREATE INDEX application_of_operator ON application (operator, made_at, id);

CREATE INDEX application_queue ON application (agency, state, due, id);

CREATE TABLE application_hand (
    application TEXT NOT NULL REFERENCES application (id),
    hand TEXT NOT NULL,
    account TEXT NOT NULL REFERENCES account (id),
    PRIMARY KEY (application, hand, account)
) STRICT;

CREATE TABLE application_let_in (
    application TEXT NOT NULL REFERENCES application (id),
    agency TEXT NOT NULL REFERENCES agency (id),
    PRIMARY KEY (application, agency)
) STRICT;

CREATE INDEX application_let_in_of_agency ON application_let_in (agency, application);

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
    changed_at TEXT NOT NULL, advice_json TEXT,
    PRIMARY KEY (application, question),
    CHECK ((answer IS NULL) = (answered_on IS NULL))
) STRICT;

CREATE INDEX consultation_open ON consultation (agency, asked_on, application) WHERE answered_on IS NULL;

CREATE TABLE credential (
    id TEXT NOT NULL PRIMARY KEY,
    account TEXT NOT NULL REFERENCES account (id),
    kind TEXT NOT NULL CHECK (kind IN ('password', 'one-time-code', 'passkey', 'recovery-codes')),
    label TEXT NOT NULL,
    secret TEXT NOT NULL,
    -- The last step of a one-time code, or the counter of a passkey: what was shown is not taken again.
    counter INTEGER NOT NULL,
    made_at TEXT NOT NULL,
    used_at TEXT
) STRICT;

CREATE INDEX credential_of_account ON credential (account, kind);

CREATE UNIQUE INDEX credential_one_password ON credential (account) WHERE kind = 'password';

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

CREATE INDEX establishment_by_name ON establishment (kind, name, id);

CREATE INDEX establishment_by_number ON establishment (kind, country, number);

CREATE INDEX establishment_of_operator ON establishment (operator);

CREATE TRIGGER event_is_not_deleted BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'rows of event are never changed'); END;

CREATE TRIGGER event_is_not_updated BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'rows of event are never changed'); END;

CREATE TABLE event (
    id TEXT NOT NULL PRIMARY KEY,
    at TEXT NOT NULL,
    actor TEXT NOT NULL CHECK (actor IN ('person', 'token', 'job')),
    account TEXT,
    agency TEXT,
    token TEXT,
    job TEXT,
    roles TEXT NOT NULL,
    deed TEXT NOT NULL,
    thing_kind TEXT NOT NULL,
    thing TEXT NOT NULL,
    thing_version INTEGER NOT NULL,
    before_json TEXT,
    after_json TEXT,
    edition TEXT,
    CHECK ((actor = 'job') = (job IS NOT NULL)),
    CHECK ((actor = 'job') = (account IS NULL)),
    CHECK ((actor = 'token') = (token IS NOT NULL))
) STRICT;

CREATE INDEX event_in_time ON event (at, id);

CREATE INDEX event_of_account ON event (account, at, id);

CREATE INDEX event_of_thing ON event (thing_kind, thing, at, id);

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

CREATE TRIGGER foreign_paper_line_is_not_deleted BEFORE DELETE ON foreign_paper_line
BEGIN SELECT RAISE(ABORT, 'rows of foreign_paper_line are never changed'); END;

CREATE TRIGGER foreign_paper_line_is_not_updated BEFORE UPDATE ON foreign_paper_line
BEGIN SELECT RAISE(ABORT, 'rows of foreign_paper_line are never changed'); END;

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

CREATE TRIGGER foreign_paper_use_is_not_deleted BEFORE DELETE ON foreign_paper_use
BEGIN SELECT RAISE(ABORT, 'rows of foreign_paper_use are never changed'); END;

CREATE TRIGGER foreign_paper_use_is_not_updated BEFORE UPDATE ON foreign_paper_use
BEGIN SELECT RAISE(ABORT, 'rows of foreign_paper_use are never changed'); END;

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

CREATE TABLE idempotency_key (
    actor TEXT NOT NULL,
    name TEXT NOT NULL,
    request_hash TEXT NOT NULL,
    reply_status INTEGER,
    reply BLOB,
    made_at TEXT NOT NULL,
    until_at TEXT NOT NULL,
    PRIMARY KEY (actor, name)
) STRICT;

CREATE INDEX idempotency_key_until ON idempotency_key (until_at);

CREATE TABLE invitation (
    id TEXT NOT NULL PRIMARY KEY,
    secret_hash TEXT NOT NULL,
    account TEXT NOT NULL REFERENCES account (id),
    purpose TEXT NOT NULL CHECK (purpose IN ('first-administrator', 'welcome', 'reset')),
    made_at TEXT NOT NULL,
    until_at TEXT NOT NULL,
    used_at TEXT
) STRICT;

CREATE UNIQUE INDEX invitation_by_hash ON invitation (secret_hash);

CREATE INDEX invitation_of_account ON invitation (account);

CREATE TABLE migration (name TEXT NOT NULL PRIMARY KEY, hash TEXT NOT NULL, applied_at TEXT NOT NULL);

CREATE TABLE number_series (
    office TEXT NOT NULL PRIMARY KEY REFERENCES agency (id),
    version INTEGER NOT NULL,
    form TEXT NOT NULL,
    changed_at TEXT NOT NULL
) STRICT;

CREATE TABLE operator (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    name TEXT NOT NULL,
    country TEXT NOT NULL,
    address TEXT NOT NULL,
    -- The office that keeps its record.
    agency TEXT REFERENCES agency (id),
    content_json TEXT NOT NULL,
    made_at TEXT NOT NULL,
    changed_at TEXT NOT NULL
) STRICT;

CREATE INDEX operator_by_name ON operator (name, id);

CREATE TABLE operator_agent (
    operator TEXT NOT NULL REFERENCES operator (id),
    account TEXT NOT NULL REFERENCES account (id),
    since_at TEXT NOT NULL,
    PRIMARY KEY (operator, account)
) STRICT;

CREATE INDEX operator_agent_of_account ON operator_agent (account, operator);

CREATE TABLE outbox (
    event TEXT NOT NULL REFERENCES event (id) DEFERRABLE INITIALLY DEFERRED,
    place INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('mail', 'webhook')),
    target TEXT NOT NULL,
    payload TEXT NOT NULL,
    due_at TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    taken_by TEXT,
    done_at TEXT,
    given_up_at TEXT,
    last_error TEXT,
    PRIMARY KEY (event, place)
) STRICT;

CREATE INDEX outbox_calls ON outbox (target, event, place) WHERE kind = 'webhook';

CREATE INDEX outbox_due ON outbox (due_at, event, place) WHERE done_at IS NULL AND given_up_at IS NULL;

CREATE INDEX outbox_given_up ON outbox (given_up_at) WHERE given_up_at IS NOT NULL;

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
    changed_at TEXT NOT NULL, copy_awaited_since TEXT, amendment_asked_on TEXT,
    CHECK ((year IS NULL) = (serial IS NULL))
) STRICT;

CREATE INDEX permit_awaits_copy ON permit (office, copy_awaited_since, id) WHERE copy_awaited_since IS NOT NULL;

CREATE UNIQUE INDEX permit_by_number ON permit (number);

CREATE UNIQUE INDEX permit_by_serial ON permit (office, year, serial);

CREATE INDEX permit_in_time ON permit (issued_on, id);

CREATE INDEX permit_live ON permit (state, last_day, id);

CREATE INDEX permit_of_application ON permit (application);

CREATE INDEX permit_of_office ON permit (office, issued_on, id);

CREATE INDEX permit_of_operator ON permit (operator, issued_on, id);

CREATE INDEX permit_to_amend ON permit (office, amendment_asked_on, id) WHERE amendment_asked_on IS NOT NULL;

CREATE TRIGGER permit_line_is_not_deleted BEFORE DELETE ON permit_line
BEGIN SELECT RAISE(ABORT, 'rows of permit_line are never changed'); END;

CREATE TRIGGER permit_line_is_not_updated BEFORE UPDATE ON permit_line
BEGIN SELECT RAISE(ABORT, 'rows of permit_line are never changed'); END;

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

CREATE INDEX permit_line_of_taxon ON permit_line (kingdom, taxon, permit);

CREATE TRIGGER permit_move_is_not_deleted BEFORE DELETE ON permit_move
BEGIN SELECT RAISE(ABORT, 'rows of permit_move are never changed'); END;

CREATE TRIGGER permit_move_is_not_updated BEFORE UPDATE ON permit_move
BEGIN SELECT RAISE(ABORT, 'rows of permit_move are never changed'); END;

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

CREATE INDEX quota_of_agency ON quota (agency, year, id);

CREATE INDEX quota_of_taxon ON quota (kingdom, taxon, year);

CREATE UNIQUE INDEX quota_of_what ON quota (year, country, kingdom, taxon, term, source, purpose, unit);

CREATE TRIGGER quota_move_is_not_deleted BEFORE DELETE ON quota_move
BEGIN SELECT RAISE(ABORT, 'rows of quota_move are never changed'); END;

CREATE TRIGGER quota_move_is_not_updated BEFORE UPDATE ON quota_move
BEGIN SELECT RAISE(ABORT, 'rows of quota_move are never changed'); END;

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

CREATE INDEX quota_move_of_application ON quota_move (application, quota);

CREATE INDEX quota_move_of_quota ON quota_move (quota, kind, application, millionths);

CREATE TABLE session (
    id TEXT NOT NULL PRIMARY KEY,
    account TEXT NOT NULL REFERENCES account (id),
    token_hash TEXT NOT NULL,
    -- The token before the last change, and why it was changed.
    former_hash TEXT,
    former_why TEXT CHECK (former_why IN ('time', 'rights')),
    begun_at TEXT NOT NULL,
    seen_at TEXT NOT NULL,
    rotated_at TEXT NOT NULL,
    rights INTEGER NOT NULL,
    second_factor INTEGER NOT NULL CHECK (second_factor IN (0, 1)),
    revoked_at TEXT,
    address TEXT NOT NULL,
    device TEXT NOT NULL
) STRICT;

CREATE INDEX session_by_age ON session (begun_at);

CREATE UNIQUE INDEX session_by_former ON session (former_hash);

CREATE UNIQUE INDEX session_by_token ON session (token_hash);

CREATE INDEX session_of_account ON session (account, begun_at);

CREATE TABLE setting (
    name TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    value_json TEXT NOT NULL,
    changed_at TEXT NOT NULL
) STRICT;

CREATE TABLE sign_in_try (
    login TEXT NOT NULL,
    address TEXT NOT NULL,
    at TEXT NOT NULL,
    passed INTEGER NOT NULL CHECK (passed IN (0, 1))
) STRICT;

CREATE INDEX sign_in_try_in_time ON sign_in_try (at);

CREATE INDEX sign_in_try_of_address ON sign_in_try (address, at);

CREATE INDEX sign_in_try_of_login ON sign_in_try (login, at);

CREATE TRIGGER stamp_entry_is_not_deleted BEFORE DELETE ON stamp_entry
BEGIN SELECT RAISE(ABORT, 'rows of stamp_entry are never changed'); END;

CREATE TRIGGER stamp_entry_is_not_updated BEFORE UPDATE ON stamp_entry
BEGIN SELECT RAISE(ABORT, 'rows of stamp_entry are never changed'); END;

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

CREATE INDEX stamp_entry_of_permit ON stamp_entry (permit);

CREATE UNIQUE INDEX stamp_entry_once ON stamp_entry (office, first, fate) WHERE fate IS NOT NULL;

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

CREATE INDEX webhook_of_agency ON webhook (agency, active);

CREATE INDEX webhook_of_operator ON webhook (operator, active);
