-- What was done, by whom, and what must still be told of it: the history, the outbox, the settings.
-- An event is written in the transaction of its deed and never changed; the triggers refuse whoever tries.

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

CREATE INDEX event_of_thing ON event (thing_kind, thing, at, id);
CREATE INDEX event_of_account ON event (account, at, id);
CREATE INDEX event_in_time ON event (at, id);

CREATE TRIGGER event_is_not_updated BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'rows of event are never changed'); END;

CREATE TRIGGER event_is_not_deleted BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'rows of event are never changed'); END;

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

-- What is open alone, so that looking for work costs nothing however much was sent.
CREATE INDEX outbox_due ON outbox (due_at, event, place) WHERE done_at IS NULL AND given_up_at IS NULL;
CREATE INDEX outbox_given_up ON outbox (given_up_at) WHERE given_up_at IS NOT NULL;

CREATE TABLE setting (
    name TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    value_json TEXT NOT NULL,
    changed_at TEXT NOT NULL
) STRICT;

-- A request that is sent twice is answered twice and done once.
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
