-- What was done, by whom, and what must still be told of it: the history, the outbox, the settings.
-- An event is written in the transaction of its deed and never changed; the triggers refuse whoever tries.

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are never changed', TG_TABLE_NAME;
END
$$;

CREATE TABLE event (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    at TEXT COLLATE "C" NOT NULL,
    actor TEXT COLLATE "C" NOT NULL CHECK (actor IN ('person', 'token', 'job')),
    account TEXT COLLATE "C",
    agency TEXT COLLATE "C",
    token TEXT COLLATE "C",
    job TEXT COLLATE "C",
    roles TEXT COLLATE "C" NOT NULL,
    deed TEXT COLLATE "C" NOT NULL,
    thing_kind TEXT COLLATE "C" NOT NULL,
    thing TEXT COLLATE "C" NOT NULL,
    thing_version BIGINT NOT NULL,
    before_json TEXT COLLATE "C",
    after_json TEXT COLLATE "C",
    edition TEXT COLLATE "C",
    CHECK ((actor = 'job') = (job IS NOT NULL)),
    CHECK ((actor = 'job') = (account IS NULL)),
    CHECK ((actor = 'token') = (token IS NOT NULL))
);

CREATE INDEX event_of_thing ON event (thing_kind, thing, at, id);
CREATE INDEX event_of_account ON event (account, at, id);
CREATE INDEX event_in_time ON event (at, id);

CREATE TRIGGER event_is_not_changed BEFORE UPDATE OR DELETE ON event
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER event_is_not_emptied BEFORE TRUNCATE ON event
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE outbox (
    event TEXT COLLATE "C" NOT NULL REFERENCES event (id) DEFERRABLE INITIALLY DEFERRED,
    place BIGINT NOT NULL,
    kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('mail', 'webhook')),
    target TEXT COLLATE "C" NOT NULL,
    payload TEXT COLLATE "C" NOT NULL,
    due_at TEXT COLLATE "C" NOT NULL,
    attempts BIGINT NOT NULL DEFAULT 0,
    taken_by TEXT COLLATE "C",
    done_at TEXT COLLATE "C",
    given_up_at TEXT COLLATE "C",
    last_error TEXT COLLATE "C",
    PRIMARY KEY (event, place)
);

-- What is open alone, so that looking for work costs nothing however much was sent.
CREATE INDEX outbox_due ON outbox (due_at, event, place) WHERE done_at IS NULL AND given_up_at IS NULL;
CREATE INDEX outbox_given_up ON outbox (given_up_at) WHERE given_up_at IS NOT NULL;

CREATE TABLE setting (
    name TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL,
    value_json TEXT COLLATE "C" NOT NULL,
    changed_at TEXT COLLATE "C" NOT NULL
);

-- A request that is sent twice is answered twice and done once.
CREATE TABLE idempotency_key (
    actor TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    request_hash TEXT COLLATE "C" NOT NULL,
    reply_status BIGINT,
    reply BYTEA,
    made_at TEXT COLLATE "C" NOT NULL,
    until_at TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (actor, name)
);

CREATE INDEX idempotency_key_until ON idempotency_key (until_at);
